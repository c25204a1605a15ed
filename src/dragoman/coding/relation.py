"""Which type of the codebook holds between two marked spans of a sentence, with probabilities.

Two opinions are multiplied: that of a small trained network, which reads the sentence with its
two marks, and that of a regression (``data/relation.json``) over what the table
``data/relation_lexicon.tsv`` finds near them. Where there is no event from the first span to the
second, the answer is no type; exchanged spans are such a case.

The files are made by ``training/relation.py``; ``data/RELATION_CARD.md`` says from what.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dragoman.coding.relation_input import VOCABULARY, marked_pieces
from dragoman.coding.relation_lexicon import TYPES, Hits, look_up
from dragoman.errors import ModelError
from dragoman.language.embedding import PieceTable
from dragoman.model import Relation
from dragoman.ontology import load as load_ontology

if TYPE_CHECKING:
    from numpy.typing import NDArray

DATA = Path(__file__).parent / "data"
#: The two types that the training pairs do not tell apart (PLV calls both YIELD).
MERGED = ("CONCEDE", "RETREAT")
Offsets = tuple[int, int]
Pair = tuple[str, Offsets | None, Offsets | None]


def hashes(folder: Path = DATA) -> dict[str, str]:
    """File name → SHA-256 of every file the model consists of; loads nothing."""
    names = ("relation.onnx", "relation_marks.npy", "relation.json", "relation_lexicon.tsv")
    return {
        f"coding/{name}": hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in names
        if (folder / name).exists()
    }


def merged_logs(kinds: NDArray[Any], classes: Sequence[str]) -> NDArray[np.float64]:
    """Log-probabilities of the ``classes``, YIELD being the sum of ``MERGED``."""
    shifted = np.exp(kinds.astype(np.float64) - float(kinds.max()))
    chances = dict(zip(TYPES, shifted / shifted.sum(), strict=True))
    chances["YIELD"] = sum(chances[kind] for kind in MERGED)
    return np.log(np.array([chances[kind] for kind in classes]) + 1e-9)


def joined(
    network: NDArray[np.float64], lexicon: NDArray[np.float64], share: float
) -> NDArray[np.float64]:
    """Probabilities from log-probabilities of the network and scores of the lexicon.

    ``share`` is the lexicon's weight where the network's is one.
    """
    known = lexicon - lexicon.max()
    logs = network + share * (known - np.log(np.exp(known).sum()))
    chances = np.exp(logs - logs.max())
    return chances / chances.sum()


class RelationModel:
    """The shipped relation model; runs on one thread, the same input gives the same bytes.

    A pair is always scored alone: int8 activations are scaled by what is in the input, and a
    padded batch would give other numbers than each pair by itself.
    """

    def __init__(self, folder: Path = DATA) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / "relation.onnx"), options, providers=["CPUExecutionProvider"]
            )
            self._marks = np.load(folder / "relation_marks.npy")
            settings = json.loads((folder / "relation.json").read_text(encoding="utf-8"))
            self.version: str = settings["version"]
            self._classes: list[str] = settings["classes"]
            self._weights = np.array(settings["weights"], dtype=np.float64)
            self._bias = np.array(settings["bias"], dtype=np.float64)
            self._share: float = settings["share"]
            self._threshold: float = settings["threshold"]
        except Exception as error:  # onnxruntime raises its own kinds, all bare Exceptions
            raise ModelError(f"the relation model in {folder} cannot be read: {error}") from error
        self._table = PieceTable.shared()
        self._ontology = load_ontology(None)

    @classmethod
    def load(cls, folder: Path | None = None) -> RelationModel:
        """The shipped model, or the one in ``folder``.

        Raises:
            ModelError: a file is missing or damaged.
        """
        return cls(folder or DATA)

    def relate(
        self, sentence: str, actor: Offsets | None = None, recipient: Offsets | None = None
    ) -> Relation:
        """What goes from ``actor`` to ``recipient``; spans are half-open code points or None.

        ``scores`` holds a probability for each type and for "NONE"; they sum to one. ``type`` is
        None where the probability that the pair stands in no event this way is too high.
        ``rule`` names the row of the lexicon that speaks for the type's mode, if one does.
        """
        if not sentence.strip():
            return Relation(None, None, None, {**dict.fromkeys(TYPES, 0.0), "NONE": 1.0})
        kinds, held = self._network_scores(sentence, actor, recipient)
        return self._combined(kinds, held, look_up(sentence, actor, recipient))

    def relate_many(self, pairs: Iterable[Pair]) -> list[Relation]:
        """``relate`` for each (sentence, actor, recipient), in order."""
        return [self.relate(*pair) for pair in pairs]

    def _network_scores(
        self, sentence: str, actor: Offsets | None, recipient: Offsets | None
    ) -> tuple[NDArray[np.float32], float]:
        marked = marked_pieces(self._table.tokenizer, sentence, actor, recipient)
        pieces = np.array(marked.pieces)
        is_mark = pieces >= VOCABULARY
        rows = self._table.rows(np.where(is_mark, 0, pieces))
        rows[is_mark] = self._marks[pieces[is_mark] - VOCABULARY]
        inputs = {
            "embeddings": rows[None],
            "actor": np.array([marked.actor], dtype=np.int64),
            "recipient": np.array([marked.recipient], dtype=np.int64),
        }
        kinds, held = self._session.run(None, inputs)
        return kinds[0], float(held[0])

    def _combined(self, kinds: NDArray[np.float32], held: float, hits: Hits) -> Relation:
        lexicon = self._weights @ np.array(hits.near + hits.first) + self._bias
        chances = joined(merged_logs(kinds, self._classes), lexicon, self._share)
        holds = 1.0 / (1.0 + np.exp(-held))
        merged = dict(zip(self._classes, chances, strict=True))
        scores = self._unmerged(merged, kinds, hits)
        best = max(merged, key=merged.__getitem__)
        if best not in scores:
            best = max(MERGED, key=scores.__getitem__)
        full = {kind: float(scores[kind] * holds) for kind in TYPES}
        full["NONE"] = float(1.0 - holds)
        if holds < self._threshold:
            return Relation(None, None, None, full)
        mode, rule = hits.mode(best)
        return Relation(best, self._ontology.quad(best), mode, full, rule)

    @staticmethod
    def _unmerged(
        merged: dict[str, Any], kinds: NDArray[np.float32], hits: Hits
    ) -> dict[str, float]:
        """Chances of the sixteen types: YIELD's share is split by network and lexicon."""
        first, second = (TYPES.index(kind) for kind in MERGED)
        odds = float(kinds[first] - kinds[second]) + hits.near[first] - hits.near[second]
        share = 1.0 / (1.0 + np.exp(-odds))
        scores = {kind: float(chance) for kind, chance in merged.items() if kind != "YIELD"}
        scores[MERGED[0]] = float(merged["YIELD"] * share)
        scores[MERGED[1]] = float(merged["YIELD"] * (1.0 - share))
        return scores
