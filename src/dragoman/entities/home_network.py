"""Weighs the countries of a story against each other for everybody whose words tell none.

A small network: every entity looks at all places where a country is told, by what the encoder knows
of both and by how they stand to each other; what it sees of each country is weighed together with
``home_features`` and ``home_deeds``. ``training/homes.py`` makes ``data/homes.npz``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dragoman.entities.candidates import STATE
from dragoman.entities.home_deeds import DEEDS, deeds
from dragoman.entities.home_features import KINDS, SHARED, Scene
from dragoman.fitted import read_arrays

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dragoman.entities.unplaced import Open

    Floats = NDArray[np.float32]

FILE = Path(__file__).parent / "data" / "homes.npz"
LOOKS = 4  # ways in which an entity looks at the places
CLOSE = 3  # words between an entity and a place right beside it
PAIR = 6 + KINDS  # numbers of an entity and a place
LOWEST, HIGHEST = np.float32(-30), np.float32(20)
FLOOR = np.float32(1e-3)
ARRAYS = ("query", "query_bias", "first", "key", "key_bias", "pair", "pair_bias", "nobody", "own",
          "own_bias", "mean", "scale", "hidden", "hidden_bias", "score", "least")  # fmt: skip


class Seen(NamedTuple):
    """What the network reads of one story.

    ``rows``: (units, countries, features). ``states``, ``firsts``: (units, 384), what the encoder
    knows of all mentions of an entity, and of the one that names it. ``keys``: (places, 384).
    ``columns``: (places, countries), 1 for the country told there. ``pairs``: (units, places, ``PAIR``).
    ``apart``: (units, places), whether the place is none of the entity's own words.
    """

    rows: Floats
    states: Floats
    firsts: Floats
    keys: Floats
    columns: Floats
    pairs: Floats
    apart: NDArray[np.bool_]


def seen(scene: Scene, units: Sequence[Open]) -> Seen:
    """The numbers of the entities of one story; where its Doc has no states, they are 0."""
    told = scene.maker.doc.user_data
    acts = deeds(units, scene.codes, scene.by_head, told.get("triggers", ()))
    heads = np.array([head for unit in units for head in unit.heads], dtype=np.int64)
    sizes = np.array([len(unit.heads) for unit in units])
    starts = np.cumsum(sizes) - sizes
    firsts = np.array([unit.draft.head for unit in units], dtype=np.int64)
    states = told.get("states")
    if states is None:
        states = np.zeros((len(scene.maker.doc), STATE), dtype=np.float16)
    pairs, apart = standing(scene, heads, starts, firsts)
    sums = np.add.reduceat(states[heads].astype(np.float32), starts, axis=0)
    return Seen(
        np.concatenate([scene.rows(units), acts], axis=2),
        (sums / sizes[:, None]).astype(np.float32),
        states[firsts].astype(np.float32),
        states[scene.place].astype(np.float32),
        np.eye(len(scene.codes), dtype=np.float32)[scene.column],
        pairs,
        apart,
    )


def standing(
    scene: Scene, heads: NDArray[np.int64], starts: NDArray[np.int64], firsts: NDArray[np.int64]
) -> tuple[Floats, NDArray[np.bool_]]:
    """How entities stand to the places where countries are told.

    Args:
        heads: tokens of all mentions, entity by entity.
        starts: where each entity's begin.
        firsts: the token that names each entity.

    Returns:
        (entities, places, ``PAIR``) numbers; whether the place is none of the entity's own words.
    """
    gap = scene.place[None, :] - heads[:, None]
    nearest = np.minimum.reduceat(2 * np.abs(gap) + (gap < 0), starts, axis=0)
    far = nearest // 2
    side = np.where(nearest % 2, -1, 1) * (far > 0)
    line = scene.sentences[heads][:, None] == scene.sentences[scene.place][None, :]
    same = np.logical_or.reduceat(line, starts, axis=0)
    from_first = np.abs(scene.place[None, :] - firsts[:, None])
    distance = (np.log1p(np.arange(len(scene.sentences) + 1)) / 4).astype(np.float32)
    found = np.empty((len(starts), len(scene.place), PAIR), dtype=np.float32)
    parts = (side, distance.take(far), distance.take(from_first), same, far <= CLOSE, side * same)
    for place, part in enumerate(parts):
        found[:, :, place] = part
    found[:, :, len(parts) :] = np.eye(KINDS, dtype=np.float32)[scene.kind]
    return found, far > 0


class HomeModel:
    """The fitted numbers.

    Args:
        arrays: those of ``ARRAYS``; ``least`` is the chance from which a country is given.
    """

    def __init__(self, arrays: dict[str, Floats]) -> None:
        self.arrays = {name: arrays[name].astype(np.float32) for name in ARRAYS}
        self.least = float(self.arrays["least"])

    @classmethod
    @cache
    def shipped(cls) -> HomeModel:
        """The package's.

        Raises:
            ModelError: its file is missing or damaged.
        """
        return read_arrays(cls, FILE, "the table of homes")

    def chances(self, story: Seen) -> Floats:
        """(entities, countries): the chance of each; what is left to 1 is that of none of them."""
        held = self.arrays
        looked = self.looks(story)
        rows = (story.rows - held["mean"]) / held["scale"]
        size, own = rows.shape[2], np.tanh(story.states @ held["own"] + held["own_bias"])
        weight = held["hidden"]  # rows, silence, looks, own words
        hidden = rows @ weight[:size] + looked @ weight[size + 1 : -own.shape[1]]
        shared = (own @ weight[-own.shape[1] :] + held["hidden_bias"])[:, None]
        scores = np.maximum(hidden + shared, 0) @ held["score"]
        about = slice(size - DEEDS - SHARED, size - DEEDS)
        alone = rows[:, 0, about] @ weight[about] + weight[size]
        silent = np.maximum(alone + shared[:, 0], 0) @ held["score"]
        top = np.maximum(scores.max(1), silent)
        weights = np.exp(scores - top[:, None])
        made: Floats = weights / (weights.sum(1) + np.exp(silent - top))[:, None]
        return made

    def looks(self, story: Seen) -> Floats:
        """(entities, countries, 2 × ``LOOKS``): how much of what an entity sees is of each country."""
        held = self.arrays
        asks = story.states @ held["query"] + story.firsts @ held["first"] + held["query_bias"]
        answers = story.keys @ held["key"] + held["key_bias"]
        asks = asks.reshape(len(asks), LOOKS, -1).transpose(1, 0, 2)
        answers = answers.reshape(len(answers), LOOKS, -1).transpose(1, 2, 0)
        scores = asks @ answers / np.float32(4)  # ways, entities, places
        scores += (story.pairs @ held["pair"] + held["pair_bias"]).transpose(2, 0, 1)
        weights = np.exp(np.clip(scores, LOWEST, HIGHEST)) * story.apart
        pooled = (weights @ story.columns).transpose(1, 2, 0)
        total = weights.sum(2).T[:, None, :] + np.exp(held["nobody"])
        made: Floats = np.concatenate([pooled / total, np.log(pooled + FLOOR) / 3], axis=2)
        return made
