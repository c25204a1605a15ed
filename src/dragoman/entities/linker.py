"""How likely each phrase of a story takes up each earlier one: a small trained network in numpy.

``training/coreference.py`` makes ``data/coreference.npz``. For every phrase the network weighs all
earlier phrases against "somebody new"; the weights of one phrase sum to one.
"""

from __future__ import annotations

import hashlib
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dragoman.entities.candidates import (
    DETERMINERS,
    FORMS,
    NUMBERS,
    ROLES,
    SORTS,
    STATE,
    Candidates,
    vectors_of,
)
from dragoman.entities.pairs import candidates_of, mention_features, one_hot, pair_features
from dragoman.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Integers = NDArray[np.integer[Any]]

MODEL = Path(__file__).resolve().parent / "data" / "coreference.npz"
KINDS = ("person", "organization", "place", "other")
FAINTEST = 2e-4  # below which a chance is not told: hundreds of them change nothing
MOST_AT_ONCE = 3000  # phrases of which all products are worked out in one matrix
ALONE = ("later", "earlier", "left", "right", "alone")  # layers over what one phrase tells
LAYERS = ("kind", "state", *ALONE, "pair", "hidden", "score", "new")
BLOCK = 512  # pairs that are weighed at a time: their numbers stay in the processor's cache
KEPT = 50_000  # nouns of which it is kept what they say by themselves
STATE_SCALE, NOUN_SCALE = 2.0, 8.0
#: Codes that tell a phrase's kind: how many there are of each, the scale of their one-hot rows.
CODES = (("sort", len(SORTS), 2.0), ("form", len(FORMS), 2.0), ("number", len(NUMBERS), 1.0),
         ("role", len(ROLES), 1.0), ("determiner", len(DETERMINERS), 1.0))  # fmt: skip


class Links:
    """What the network says of one story.

    Args:
        found: the phrases.
        kinds: (rows, 4) probabilities of ``KINDS``.
        starts: where each phrase's pairs begin in ``earlier`` and ``chance`` (one more at the end).
        earlier: rows of the earlier phrases.
        chance: probability that the later phrase takes up the earlier one; ``total`` sums them up
            for each phrase.
    """

    def __init__(
        self, found: Candidates, kinds: Floats, starts: Integers, earlier: Integers, chance: Floats
    ) -> None:
        self.found = found
        self.kinds = kinds
        self.kind_rows: list[list[float]] = kinds.tolist()
        sums = np.concatenate([[0.0], np.cumsum(chance, dtype=np.float64)])
        self.total: list[float] = np.diff(sums[starts]).tolist()
        kept = chance > FAINTEST
        before = np.concatenate([[0], np.cumsum(kept)])
        self.starts = before[starts].tolist()
        self.earlier = earlier[kept].tolist()
        self.chance = chance[kept].tolist()
        self.rows = {head: row for row, head in enumerate(found.heads.tolist())}

    def before(self, row: int) -> list[tuple[int, float]]:
        """Earlier rows and how likely ``row`` takes up each; those next to impossible left out."""
        first, last = self.starts[row], self.starts[row + 1]
        return list(zip(self.earlier[first:last], self.chance[first:last], strict=True))


class LinkModel:
    """The weights of the network.

    Args:
        arrays: one array for the weight and one for the bias of each layer ("state.weight").
    """

    def __init__(self, arrays: dict[str, Floats]) -> None:
        self.arrays = arrays
        self.layers: dict[str | tuple[str, ...], tuple[Floats, Floats]] = {}
        self.nouns: dict[str, bytes] = {}  # what a noun by itself says of its kind, as floats

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
        model = cls(arrays)
        missing = sorted(name for name in LAYERS if f"{name}.weight" not in arrays)
        if missing:
            raise ModelError(f"the linking model {MODEL} lacks {', '.join(missing)}")
        return model

    def kinds(self, found: Candidates) -> Floats:
        """Probabilities of person, organisation, place, other: one linear layer, block by block."""
        states, nouns, *codes = self.kind_parts
        scores: Floats = found.states @ states + self.arrays["kind.bias"]
        if len(self.nouns) > KEPT:
            self.nouns.clear()
        for noun in set(found.nouns) - self.nouns.keys():  # one by one: the same in every story
            self.nouns[noun] = (vectors_of([noun]) @ nouns).astype(np.float32).tobytes()
        told = b"".join([self.nouns[noun] for noun in found.nouns])
        scores += np.frombuffer(told, dtype=np.float32).reshape(scores.shape)
        for (name, _, _), weight in zip(CODES, codes, strict=True):
            scores += weight.take(getattr(found, name), axis=0)
        scores = np.exp(scores - scores.max(1, keepdims=True))
        chances: Floats = scores / scores.sum(1, keepdims=True)
        return chances

    @cached_property
    def kind_parts(self) -> list[Floats]:
        """The scaled weights of ``kinds``: of the encoder's states, of nouns, of each code."""
        ends = np.cumsum([STATE, STATE, *(size for _, size, _ in CODES)])
        scales = [STATE_SCALE, NOUN_SCALE, *(scale for _, _, scale in CODES)]
        weights = np.split(self.arrays["kind.weight"].T, ends[:-1])
        return [weight * np.float32(scale) for weight, scale in zip(weights, scales, strict=True)]

    def links(self, found: Candidates) -> Links:
        """What the network says of the phrases of one story."""
        kinds = self.kinds(found)
        later, earlier = candidates_of(found)
        pairs = pair_features(found, kinds, later, earlier)
        rows = mention_features(found, kinds)
        starts = np.searchsorted(later, np.arange(len(found) + 1))
        chance = self.chances(found.states, rows, pairs, later, earlier)
        return Links(found, kinds, starts, earlier, chance)

    def chances(
        self, states: Floats, alone: Floats, pairs: Floats, later: Integers, earlier: Integers
    ) -> Floats:
        """The chance of every pair."""
        rows = np.concatenate([alone, np.tanh(self.layer("state", states))], axis=1)
        ends = np.cumsum([len(self.arrays[f"{name}.weight"]) for name in ALONE])
        firsts, seconds, left, right, new = np.split(self.layer(ALONE, rows), ends[:-1], axis=1)
        new = self.layer("new", np.maximum(new, 0))[:, 0]
        scores = products(left, right, later, earlier)
        for first in range(0, len(later), BLOCK):
            block = slice(first, first + BLOCK)
            hidden = self.layer("pair", pairs[block])
            hidden += firsts.take(later[block], axis=0)
            hidden += seconds.take(earlier[block], axis=0)
            deep = self.layer("hidden", np.maximum(hidden, 0, out=hidden))
            scores[block] += self.layer("score", np.maximum(deep, 0, out=deep))[:, 0]
        top = max(scores.max(initial=0), new.max(initial=0))
        scores, new = np.exp(scores - top), np.exp(new - top)
        sums = np.bincount(later, scores, len(new)).astype(np.float32) + new
        chances: Floats = scores / sums.take(later)
        return chances

    def layer(self, name: str | tuple[str, ...], rows: Floats) -> Floats:
        """One linear layer, or several side by side, over the same rows."""
        held = self.layers.get(name)
        if held is None:
            names = (name,) if isinstance(name, str) else name
            weights = [self.arrays[f"{name}.weight"] for name in names]
            biases = [
                self.arrays.get(f"{name}.bias", np.zeros(len(weight), dtype=np.float32))
                for name, weight in zip(names, weights, strict=True)
            ]
            held = np.ascontiguousarray(np.concatenate(weights).T), np.concatenate(biases)
            self.layers[name] = held
        found: Floats = rows @ held[0]
        found += held[1]
        return found


@lru_cache(maxsize=1)
def hashes() -> dict[str, str]:
    """File name → SHA-256 of the linking model."""
    return {"entities/coreference.npz": hashlib.sha256(MODEL.read_bytes()).hexdigest()}


def products(lefts: Floats, rights: Floats, later: Integers, earlier: Integers) -> Floats:
    """The scaled product of two phrases, for every pair.

    Of a long text only those of the pairs: all of them would not fit into memory.
    """
    if len(lefts) <= MOST_AT_ONCE:
        found: Floats = (lefts @ rights.T).take(later * len(rights) + earlier)
        return found / np.float32(4)
    pairs: Floats = np.einsum("ij,ij->i", lefts[later], rights[earlier]) / np.float32(4)
    return pairs


def kind_features(found: Candidates) -> Floats:
    """What ``LinkModel.kinds`` reads, as one array, for training."""
    return np.concatenate(
        [found.states * STATE_SCALE, vectors_of(found.nouns) * NOUN_SCALE]
        + [one_hot(getattr(found, name), size) * scale for name, size, scale in CODES],
        axis=1,
    ).astype(np.float32)
