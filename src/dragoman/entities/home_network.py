"""Weighs the countries of a story against each other for everybody whose words tell none.

A small network: every entity looks at all places where a country is told, by what the encoder knows
of both and by how they stand to each other; what it sees of each country is weighed together with
``home_features``, ``home_deeds`` and ``person_names``. Then everybody looks at all others, whose
countries were weighed so, and is weighed again. ``training/homes.py`` makes ``data/homes.npz``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dragoman.entities.candidates import STATE
from dragoman.entities.home_deeds import DEEDS, deeds
from dragoman.entities.home_features import KINDS, SHARED, Scene
from dragoman.entities.home_others import others
from dragoman.entities.person_names import FEATURES, PersonNames
from dragoman.fitted import read_arrays

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dragoman.entities.unplaced import Open

    Floats = NDArray[np.float32]

FILE = Path(__file__).parent / "data" / "homes.npz"
LOOKS = 6  # ways in which an entity looks at the places, and at the others
CLOSE = 3  # words between an entity and a place right beside it
PAIR = 6 + KINDS  # numbers of an entity and a place
LOWEST, HIGHEST = np.float32(-30), np.float32(20)
FLOOR = np.float32(1e-3)
FAINT = np.float32(-8)  # logarithms of chances count down to it
WEIGHED = 3  # numbers of what was weighed first
BEGUN = ("query", "query_bias", "first", "key", "key_bias", "pair", "pair_bias", "nobody", "own",
         "own_bias", "hidden", "hidden_bias", "score")  # fmt: skip
AGAIN = ("query", "query_bias", "key", "key_bias", "pair", "pair_bias", "nobody", "hidden",
         "hidden_bias", "score")  # fmt: skip
ARRAYS = (*BEGUN, *(f"again_{name}" for name in AGAIN), "mean", "scale", "least")


class Seen(NamedTuple):
    """What the network reads of some entities of one story.

    ``rows``: (units, countries, features). ``states``, ``firsts``: (units, 384), what the encoder
    knows of all mentions of an entity, and of the one that names it. ``keys``: (places, 384).
    ``columns``: (places, countries), 1 for the country told there. ``pairs``: (units, places, ``PAIR``).
    ``apart``: (units, places), whether the place is none of the entity's own words. ``names``: (units,
    countries, ``FEATURES``), how well the name of a person fits. ``others``: (units, all units of
    the story, ``OTHERS``). ``chosen``: which of all these are.
    """

    rows: Floats
    states: Floats
    firsts: Floats
    keys: Floats
    columns: Floats
    pairs: Floats
    apart: NDArray[np.bool_]
    names: Floats
    others: Floats
    chosen: NDArray[np.int64]


def seen(scene: Scene, units: Sequence[Open], begin: int = 0, end: int | None = None) -> Seen:
    """The numbers of the entities of one story from ``begin`` to ``end``; where its Doc has no states,
    they are 0."""
    told = scene.maker.doc.user_data
    chosen = np.arange(len(units))[begin:end]
    part = units[begin:end]
    acts = deeds(part, scene.codes, scene.by_head, told.get("triggers", ()))
    heads = np.array([head for unit in part for head in unit.heads], dtype=np.int64)
    sizes = np.array([len(unit.heads) for unit in part])
    starts = np.cumsum(sizes) - sizes
    firsts = np.array([unit.draft.head for unit in part], dtype=np.int64)
    states = told.get("states")
    if states is None:
        states = np.zeros((len(scene.maker.doc), STATE), dtype=np.float16)
    pairs, apart = standing(scene, heads, starts, firsts)
    sums = np.add.reduceat(states[heads].astype(np.float32), starts, axis=0)
    return Seen(
        np.concatenate([scene.rows(part), acts], axis=2),
        (sums / sizes[:, None]).astype(np.float32),
        states[firsts].astype(np.float32),
        states[scene.place].astype(np.float32),
        np.eye(len(scene.codes), dtype=np.float32)[scene.column],
        pairs,
        apart,
        names_of(part, scene.codes),
        others(scene, units, chosen),
        chosen,
    )


def names_of(units: Sequence[Open], codes: Sequence[str]) -> Floats:
    """(units, countries, ``FEATURES``): how well names of persons fit; 0 of all others."""
    found = np.zeros((len(units), len(codes), FEATURES), dtype=np.float32)
    for row, unit in zip(found, units, strict=True):
        if unit.entity.startswith("person:"):
            row[:] = PersonNames.shipped().features(unit.draft.name, codes)
    return found


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

    def chances(self, parts: Sequence[Seen]) -> Floats:
        """(entities, countries): the chance of each; what is left to 1 is that of none of them.

        Args:
            parts: all open entities of one story, some at a time.
        """
        held = self.arrays
        begun = [self.begun(part) for part in parts]
        logs = np.concatenate([part_logs for part_logs, _ in begun])
        states = np.concatenate([part.states for part in parts])
        answers = parted(states @ held["again_key"] + held["again_key_bias"])
        found = []
        for part, (_, deep) in zip(parts, begun, strict=True):
            asks = parted(part.states @ held["again_query"] + held["again_query_bias"])
            pairs = part.others @ held["again_pair"] + held["again_pair_bias"]
            apart = part.chosen[:, None] != np.arange(len(states))
            looked = pooled(asks, answers, pairs, apart, np.exp(logs), held["again_nobody"])
            own = logs[part.chosen]
            below = own - own.max(1, keepdims=True)
            weighed = np.stack(
                [np.exp(own), np.maximum(own, FAINT) / 4, np.maximum(below, FAINT) / 4], axis=2
            )
            more = np.concatenate([looked, weighed], axis=2)
            last = more @ held["again_hidden"][-more.shape[2] :]
            found.append(np.exp(likelihoods(deep + last, held["again_score"])))
        made: Floats = np.concatenate(found)[:, :-1]
        return made

    def begun(self, story: Seen) -> tuple[Floats, Floats]:
        """(entities, countries and silence) logarithms of the chances weighed first, and what goes into
        the hidden numbers of the second time."""
        held = self.arrays
        asks = parted(
            story.states @ held["query"] + story.firsts @ held["first"] + held["query_bias"]
        )
        answers = parted(story.keys @ held["key"] + held["key_bias"])
        pairs = story.pairs @ held["pair"] + held["pair_bias"]
        looked = pooled(asks, answers, pairs, story.apart, story.columns, held["nobody"])
        own = np.tanh(story.states @ held["own"] + held["own_bias"])
        rows = (story.rows - held["mean"]) / held["scale"]
        deep, again = (
            hidden(
                rows, looked, own, story.names, held[f"{time}hidden"], held[f"{time}hidden_bias"]
            )
            for time in ("", "again_")
        )
        return likelihoods(deep, held["score"]), again


def parted(numbers: Floats) -> Floats:
    """(ways of looking, rows, numbers of each way) of (rows, all numbers)."""
    return numbers.reshape(len(numbers), LOOKS, -1).transpose(1, 0, 2)


def pooled(
    asks: Floats,
    answers: Floats,
    pairs: Floats,
    apart: NDArray[np.bool_],
    columns: Floats,
    nobody: Floats,
) -> Floats:
    """(entities, columns, 2 × ``LOOKS``): how much of what each entity sees is of each column.

    Args:
        asks, answers: (ways, entities, numbers), (ways, seen, numbers).
        pairs: (entities, seen, ways).
        apart: (entities, seen), False for what is not looked at.
        columns: (seen, columns).
        nobody: (ways,), how much it takes to see anything.
    """
    scores = asks @ answers.transpose(0, 2, 1) / np.float32(4) + pairs.transpose(2, 0, 1)
    weights = np.exp(np.clip(scores, LOWEST, HIGHEST)) * apart
    sums = (weights @ columns).transpose(1, 2, 0)
    total = weights.sum(2).T[:, None, :] + np.exp(nobody)
    made: Floats = np.concatenate([sums / total, np.log(sums + FLOOR) / 3], axis=2)
    return made


def hidden(
    rows: Floats, looked: Floats, own: Floats, names: Floats, weight: Floats, bias: Floats
) -> Floats:
    """(entities, countries and silence, hidden numbers), of what is read the first time."""
    size = rows.shape[2]
    ends = np.cumsum([size, 1, looked.shape[2], own.shape[1], names.shape[2]])
    first, silence, second, third, fourth = np.split(weight[: ends[-1]], ends[:-1])
    deep = rows @ first + looked @ second + names @ fourth
    about = slice(size - DEEDS - SHARED, size - DEEDS)
    silent = rows[:, 0, about] @ first[about] + silence
    shared = (own @ third + bias)[:, None]
    made: Floats = np.concatenate([deep, silent[:, None]], axis=1) + shared
    return made


def likelihoods(deep: Floats, score: Floats) -> Floats:
    """(entities, countries and silence): logarithms of chances that sum to 1."""
    scores = np.maximum(deep, 0) @ score
    top = scores.max(1, keepdims=True)
    made: Floats = scores - top - np.log(np.exp(scores - top).sum(1, keepdims=True))
    return made
