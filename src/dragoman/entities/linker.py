"""How likely each phrase of a story takes up each earlier one: a small trained network in numpy.

``training/coreference.py`` makes ``data/coreference.npz``. For every phrase the network weighs all
earlier phrases against "somebody new"; the weights of one phrase sum to one.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dragoman.entities.candidates import (
    DETERMINERS,
    FORMS,
    NUMBERS,
    ROLES,
    SORTS,
    Candidates,
)
from dragoman.entities.pairs import candidates_of, mention_features, one_hot, pair_features
from dragoman.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]

MODEL = Path(__file__).resolve().parent / "data" / "coreference.npz"
KINDS = ("person", "organization", "place", "other")
FAINTEST = 2e-4  # below which a chance is not told: hundreds of them change nothing
MOST_AT_ONCE = 3000  # phrases of which all products are worked out in one matrix
LAYERS = ("state", "later", "earlier", "pair", "hidden", "score", "left", "right", "alone", "new")


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
    """The weights of several networks, whose chances are averaged.

    Args:
        arrays: one array a layer: "kind.…" once, those of ``LAYERS`` for each network under its
            number ("0.state.weight").
    """

    def __init__(self, arrays: dict[str, Floats]) -> None:
        self.arrays = arrays
        self.joined: dict[str, tuple[Floats, Floats]] = {}
        self.networks = sorted({name.split(".")[0] for name in arrays} - {"kind"})

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
        wanted = {"kind"} | {
            f"{number}.{name}" for number in model.networks or "0" for name in LAYERS
        }
        missing = sorted(name for name in wanted if f"{name}.weight" not in arrays)
        if missing:
            raise ModelError(f"the linking model {MODEL} lacks {', '.join(missing)}")
        return model

    def layer(self, name: str, rows: Floats) -> Floats:
        """One linear layer."""
        found: Floats = rows @ self.arrays[f"{name}.weight"].T
        bias = self.arrays.get(f"{name}.bias")
        return found if bias is None else found + bias

    def kinds(self, found: Candidates) -> Floats:
        """Probabilities of person, organisation, place, other: one linear layer, block by block."""
        dense, coded = kind_blocks(found)
        weight = self.arrays["kind.weight"].T
        scores = np.tile(self.arrays["kind.bias"], (len(found), 1))
        place = 0
        for rows, scale in dense:
            scores += rows @ (weight[place : place + rows.shape[1]] * np.float32(scale))
            place += rows.shape[1]
        for numbers, size, scale in coded:
            scores += (weight[place : place + size] * np.float32(scale)).take(numbers, axis=0)
            place += size
        scores = np.exp(scores - scores.max(1, keepdims=True))
        chances: Floats = scores / scores.sum(1, keepdims=True)
        return chances

    def links(self, found: Candidates) -> Links:
        """What the networks say of the phrases of one story."""
        kinds = self.kinds(found)
        later, earlier = candidates_of(found)
        pairs = pair_features(found, kinds, later, earlier)
        rows = mention_features(found, kinds)
        starts = np.searchsorted(later, np.arange(len(found) + 1))
        chance = self.chances(found.states, rows, pairs, later, earlier, starts)
        return Links(found, kinds, starts, earlier, chance)

    def chances(
        self, states: Floats, alone: Floats, pairs: Floats, later: Integers, earlier: Integers,
        starts: Integers,
    ) -> Floats:  # fmt: skip
        """The chance of every pair, the mean of all networks."""
        seen = np.tanh(self.together("state", states))
        size = seen.shape[1] // len(self.networks)
        parts = [
            np.concatenate([alone, seen[:, number * size : (number + 1) * size]], axis=1)
            for number in range(len(self.networks))
        ]
        firsts = np.concatenate(self.each("later", parts), axis=1)
        seconds = np.concatenate(self.each("earlier", parts), axis=1)
        hidden = self.together("pair", pairs)
        hidden += np.repeat(firsts, np.diff(starts), axis=0)
        hidden += seconds.take(earlier, axis=0)
        np.maximum(hidden, 0, out=hidden)
        half = hidden.shape[1] // len(self.networks)
        lefts, rights = self.each("left", parts), self.each("right", parts)
        total = np.zeros(len(later), dtype=np.float32)
        for number, name in enumerate(self.networks):
            deep = self.layer(f"{name}.hidden", hidden[:, number * half : (number + 1) * half])
            scores = self.layer(f"{name}.score", np.maximum(deep, 0, out=deep))[:, 0]
            scores += products(lefts[number], rights[number], later, earlier)
            new = self.layer(f"{name}.alone", parts[number])
            new = self.layer(f"{name}.new", np.maximum(new, 0, out=new))[:, 0]
            top = max(scores.max(initial=0), new.max(initial=0))
            scores, new = np.exp(scores - top), np.exp(new - top)
            sums = np.bincount(later, scores, len(new)).astype(np.float32) + new
            total += scores / np.repeat(sums, np.diff(starts))
        return total / np.float32(len(self.networks))

    def together(self, name: str, rows: Floats) -> Floats:
        """One layer of all networks side by side, over the same rows."""
        held = self.joined.get(name)
        if held is None:
            layers = [f"{number}.{name}" for number in self.networks]
            weight = np.concatenate([self.arrays[f"{layer}.weight"] for layer in layers])
            bias = np.concatenate([self.arrays[f"{layer}.bias"] for layer in layers])
            held = self.joined[name] = (np.ascontiguousarray(weight.T), bias)
        found: Floats = rows @ held[0]
        found += held[1]
        return found

    def each(self, name: str, parts: list[Floats]) -> list[Floats]:
        """One layer of every network over its own rows."""
        return [
            self.layer(f"{number}.{name}", rows)
            for number, rows in zip(self.networks, parts, strict=True)
        ]


@lru_cache(maxsize=1)
def hashes() -> dict[str, str]:
    """File name → SHA-256 of the linking model."""
    return {"entities/coreference.npz": hashlib.sha256(MODEL.read_bytes()).hexdigest()}


def products(lefts: Floats, rights: Floats, later: Integers, earlier: Integers) -> Floats:
    """The scaled product of two phrases, for every pair.

    Of a long text only those of the pairs: all of them would not fit into memory.
    """
    if len(lefts) <= MOST_AT_ONCE:
        found: Floats = (lefts @ rights.T / np.float32(4))[later, earlier]
        return found
    pairs: Floats = np.einsum("ij,ij->i", lefts[later], rights[earlier]) / np.float32(4)
    return pairs


def kind_blocks(
    found: Candidates,
) -> tuple[list[tuple[Floats, float]], list[tuple[Integers, int, float]]]:
    """What tells whether a phrase means a person, an organisation or a place.

    Returns:
        Arrays of one row a phrase, each with its scale; codes of each phrase, each with the number
        of codes and the scale of their one-hot rows.
    """
    return [(found.states, 2.0), (found.vectors, 8.0)], [
        (found.sort, len(SORTS), 2.0), (found.form, len(FORMS), 2.0),
        (found.number, len(NUMBERS), 1.0), (found.role, len(ROLES), 1.0),
        (found.determiner, len(DETERMINERS), 1.0),
    ]  # fmt: skip


def kind_features(found: Candidates) -> Floats:
    """``kind_blocks`` as one array, for training."""
    dense, coded = kind_blocks(found)
    return np.concatenate(
        [rows * scale for rows, scale in dense]
        + [one_hot(numbers, size) * scale for numbers, size, scale in coded],
        axis=1,
    ).astype(np.float32)
