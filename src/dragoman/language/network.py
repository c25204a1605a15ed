"""The trained network, one window at a time.

A window is run alone: int8 activations are scaled by what is in the window, so a padded batch of
several would give other numbers than each alone, and the same text would not always give the
same bytes. One window of 150 words fills one core.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dragoman.errors import ModelError
from dragoman.language.embedding import DATA, FIRST, LAST, PieceTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: Positions the encoder knows; a window has at most this many pieces, the two ends included.
PIECES = 512


@dataclass(frozen=True)
class Scores:
    """What the network says of one window of n words (all float32, before any softmax).

    ``start`` (n,): the word begins a sentence. ``tag``, ``universal``, ``name``, ``speech``:
    (n, kinds). ``arc``: (n, n) word by head, the diagonal for the root. ``label_parts``: four
    arrays (n, 128), see ``Network.labels``. ``link``: (n, n), from the first word of a cue to
    its source and of a content to its cue, the diagonal for none. ``states``: (n, 384).
    ``event``: (n, kinds) as the trigger of an event. ``role``: (2, n, n), from a trigger to its
    actor and its recipient, the diagonal for none.
    """

    states: Floats
    start: Floats
    tag: Floats
    universal: Floats
    name: Floats
    arc: Floats
    label_parts: tuple[Floats, Floats, Floats, Floats]
    speech: Floats
    link: Floats
    event: Floats
    role: Floats


class Network:
    """The shipped model. Runs on one thread; the same input gives the same bytes."""

    def __init__(self, folder: Path = DATA) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry("session.use_device_allocator_for_initializers", "1")
        self.folder = folder
        try:
            self.session = onnxruntime.InferenceSession(
                str(folder / "language.onnx"), options, providers=["CPUExecutionProvider"]
            )
            with np.load(folder / "language.npz") as arrays:
                self.arrays = {name: arrays[name] for name in arrays.files}
        except Exception as error:  # onnxruntime's errors have no common base
            raise ModelError(f"the language model in {folder} cannot be read: {error}") from error
        self.table = PieceTable.shared() if folder == DATA else PieceTable()
        self.names = {
            name.removeprefix("names_"): [str(x) for x in values]
            for name, values in self.arrays.items() if name.startswith("names_")
        }  # fmt: skip

    def run(
        self, pieces: Sequence[Sequence[int]], cases: Sequence[int], layouts: Sequence[int]
    ) -> Scores:
        """Scores of one window; one entry a word in each argument."""
        counts = np.fromiter((len(x) for x in pieces), np.int64, len(pieces))
        firsts = np.concatenate(([0], np.cumsum(counts)[:-1])) + 1
        flat = [FIRST, *(x for word in pieces for x in word), LAST]
        embedded = self.table.rows(flat)
        embedded[1:-1] += self.arrays["cases"][np.repeat(cases, counts)]
        embedded[1:-1] += self.arrays["layouts"][np.repeat(layouts, counts)]
        embedded[[0, -1]] += self.arrays["cases"][0] + self.arrays["layouts"][0]
        found = self.session.run(None, {"embedded": embedded[None], "firsts": firsts[None]})
        states, start, tag, universal, name, arc, p, q, r, s, *rest = found
        return Scores(states, start, tag, universal, name, arc, (p, q, r, s), *rest)

    def labels(self, scores: Scores, words: NDArray[np.int64], heads: NDArray[np.int64]) -> Floats:
        """Label scores (n, labels) of words each under its head (indices into the window)."""
        p, q, r, s = scores.label_parts
        hidden = gelu(p[words] + q[heads] + r[words] * s[heads])
        found: Floats = hidden @ self.arrays["label_weight"] + self.arrays["label_bias"]
        return found

    def hash(self) -> str:
        """Sixteen hexadecimal digits over the model's files."""
        digest = hashlib.sha256()
        for name in ("language.onnx", "language.npz", "pieces.npy", "pieces_scale.npy",
                     "tokenizer.json", "name_choice.tsv"):  # fmt: skip
            digest.update(self.file(name).read_bytes())
        return digest.hexdigest()[:16]

    def file(self, name: str) -> Path:
        """A file of the model; what its folder lacks is the shipped model's."""
        return self.folder / name if (self.folder / name).exists() else DATA / name


def gelu(x: Floats) -> Floats:
    """x times the normal distribution function, by Abramowitz and Stegun's 7.1.26 (error 1e-7)."""
    z = np.abs(x) * np.float32(0.7071067811865476)
    t = 1 / (1 + np.float32(0.3275911) * z)
    series = t * (0.254829592 + t * (-0.284496736 + t * (
        1.421413741 + t * (-1.453152027 + t * np.float32(1.061405429)))))  # fmt: skip
    tail = np.float32(0.5) * series * np.exp(-z * z)
    found: Floats = x * np.where(x >= 0, 1 - tail, tail)
    return found
