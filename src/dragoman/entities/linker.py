"""How likely each phrase of a story takes up each earlier one: a small trained network in numpy.

``training/coreference.py`` makes ``data/coreference.npz``. For every phrase the network weighs all
earlier phrases against "somebody new"; the weights of one phrase sum to one.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dragoman.entities.candidates import FORMS, NUMBERS, SORTS, Candidates
from dragoman.entities.pairs import candidates_of, mention_features, one_hot, pair_features
from dragoman.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]

MODEL = Path(__file__).resolve().parent / "data" / "coreference.npz"
KINDS = ("person", "organization", "place", "other")
ARRAYS = frozenset({"kind.weight", "kind.bias", "state.weight", "state.bias", "later.weight",
                    "later.bias", "earlier.weight", "pair.weight", "pair.bias", "hidden.weight",
                    "hidden.bias", "score.weight", "score.bias", "left.weight", "left.bias",
                    "right.weight", "right.bias", "alone.weight", "alone.bias", "new.weight",
                    "new.bias"})  # fmt: skip


class Links:
    """What the network says of one story.

    Args:
        found: the phrases.
        kinds: (rows, 4) probabilities of ``KINDS``.
        starts: where each phrase's pairs begin in ``earlier`` and ``chance`` (one more at the end).
        earlier: rows of the earlier phrases.
        chance: probability that the later phrase takes up the earlier one.
    """

    def __init__(
        self, found: Candidates, kinds: Floats, starts: Integers, earlier: Integers, chance: Floats
    ) -> None:
        self.found = found
        self.kinds = kinds
        self.starts = starts.tolist()
        self.earlier = earlier.tolist()
        self.chance = chance.tolist()
        self.rows = {head: row for row, head in enumerate(found.heads.tolist())}

    def before(self, row: int) -> list[tuple[int, float]]:
        """Earlier rows and how likely ``row`` takes up each."""
        first, last = self.starts[row], self.starts[row + 1]
        return list(zip(self.earlier[first:last], self.chance[first:last], strict=True))


class LinkModel:
    """The network's weights.

    Args:
        arrays: one array a layer, see ``ARRAYS``.
    """

    def __init__(self, arrays: dict[str, Floats]) -> None:
        self.arrays = arrays

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> LinkModel:
        """The shipped weights.

        Raises:
            ModelError: the file is missing or damaged.
        """
        try:
            with np.load(MODEL, allow_pickle=False) as held:
                arrays = {name: held[name].astype(np.float32) for name in held.files}
        except (OSError, ValueError) as error:
            raise ModelError(f"the linking model {MODEL} cannot be read: {error}") from error
        missing = sorted(ARRAYS - arrays.keys())
        if missing:
            raise ModelError(f"the linking model {MODEL} lacks {', '.join(missing)}")
        return cls(arrays)

    def layer(self, name: str, rows: Floats) -> Floats:
        """One linear layer."""
        found: Floats = rows @ self.arrays[f"{name}.weight"].T
        bias = self.arrays.get(f"{name}.bias")
        return found if bias is None else found + bias

    def kinds(self, found: Candidates) -> Floats:
        """Probabilities of person, organisation, place, other."""
        scores = self.layer("kind", kind_features(found))
        scores = np.exp(scores - scores.max(1, keepdims=True))
        chances: Floats = scores / scores.sum(1, keepdims=True)
        return chances

    def links(self, found: Candidates) -> Links:
        """What the network says of the phrases of one story."""
        size = len(found)
        kinds = self.kinds(found)
        later, earlier = candidates_of(found)
        pairs = pair_features(found, kinds, later, earlier)
        state = np.tanh(self.layer("state", found.states))
        rows = np.concatenate([mention_features(found, kinds), state], axis=1)
        hidden = self.layer("later", rows)[later] + self.layer("earlier", rows)[earlier]
        hidden += self.layer("pair", pairs)
        hidden = np.maximum(self.layer("hidden", np.maximum(hidden, 0)), 0)
        scores = self.layer("score", hidden)[:, 0]
        scores += (self.layer("left", rows)[later] * self.layer("right", rows)[earlier]).sum(1) / 4
        new = self.layer("new", np.maximum(self.layer("alone", rows), 0))[:, 0]
        top = max(scores.max(initial=0), new.max(initial=0))
        scores, new = np.exp(scores - top), np.exp(new - top)
        total = np.bincount(later, scores, size) + new
        starts = np.searchsorted(later, np.arange(size + 1))
        return Links(found, kinds, starts, earlier, scores / total[later])


def kind_features(found: Candidates) -> Floats:
    """What tells whether a phrase means a person, an organisation or a place."""
    return np.concatenate(
        [
            found.states, one_hot(found.sort, len(SORTS)) * 2,
            one_hot(found.form, len(FORMS)) * 2, one_hot(found.number, len(NUMBERS)),
        ], axis=1,
    )  # fmt: skip
