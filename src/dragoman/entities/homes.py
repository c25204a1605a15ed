"""The countries of people and bodies whose own words tell none: "police", "his parents", "Ann Marsh".

A small network weighs the countries that the story speaks of (``home_features``) against each other
and against silence. It was fitted on stories whose parties were coded by hand
(``training/homes.py``); the numbers are in ``data/homes.json``, measured in ``data/HOMES_CARD.md``.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dragoman.entities import linker
from dragoman.entities.barred import barred
from dragoman.entities.besides import has_role
from dragoman.entities.home_features import Scene
from dragoman.entities.unplaced import OFFICIAL, Open, open_entities
from dragoman.fitted import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dragoman.entities.drafts import DraftMaker
    from dragoman.entities.mentions import Draft

    Floats = NDArray[np.float32]

FAINT = 1e-3  # below which what is left beside barred countries tells nothing
FILE = Path(__file__).parent / "data" / "homes.json"


class HomeModel:
    """The fitted numbers.

    Args:
        data: ``least`` (chance from which a country is given), ``hidden`` (one row a feature, the
            last for silence), ``bias``, ``score`` and ``start`` (first feature that is told of the
            entity rather than of the country).
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self.least = float(data["least"])
        self.start = int(data["start"])
        self.hidden = np.array(data["hidden"], dtype=np.float32)
        self.bias = np.array(data["bias"], dtype=np.float32)
        self.score = np.array(data["score"], dtype=np.float32)

    @classmethod
    @cache
    def shipped(cls) -> HomeModel:
        """The package's.

        Raises:
            ModelError: its file is missing or damaged.
        """
        return read(cls, FILE, "the table of homes")

    def chances(self, rows: Floats) -> Floats:
        """The chance of every country, for each entity; what is left to 1 is that of silence.

        Args:
            rows: (entities, countries, features), as ``Scene.rows`` gives them.
        """
        scores = np.maximum(rows @ self.hidden[:-1] + self.bias, 0) @ self.score
        about = rows[:, 0, self.start :] @ self.hidden[self.start : -1]
        silent = np.maximum(about + self.hidden[-1] + self.bias, 0) @ self.score
        top = np.maximum(scores.max(1), silent)
        weights = np.exp(scores - top[:, None])
        made: Floats = weights / (weights.sum(1) + np.exp(silent - top))[:, None]
        return made


def homes(
    drafts: Sequence[Draft], sentences: Sequence[int], maker: DraftMaker
) -> dict[str, tuple[str, float]]:
    """Entity → the country it is likely of, and the chance of it; where none is likely, nothing.

    Args:
        drafts: all of them, in the order of the text.
        sentences: number of the sentence of every token.
        maker: what made the drafts.
    """
    units = open_entities(drafts, maker)
    if not units:
        return {}
    scene = Scene(drafts, sentences, maker)
    if not scene.codes:
        return {}
    model = HomeModel.shipped()
    chances = model.chances(scene.rows(units))
    for unit, row in zip(units, chances, strict=True):
        others = [scene.codes.index(code) for code in barred(scene, unit) & set(scene.codes)]
        if others:
            rest = 1.0 - float(row[others].sum())
            row[others] = 0.0
            if not has_role(unit.draft, maker.lists["other_side"]):
                row /= max(rest, FAINT)
    found: dict[str, tuple[str, float]] = {}
    for unit, row in zip(units, chances, strict=True):
        place = int(row.argmax())
        if row[place] >= model.least:
            found[unit.entity] = (scene.codes[place], float(row[place]))
        elif len(scene.dateline) == 1 and called_by_office(unit):
            found[unit.entity] = (next(iter(scene.dateline)), model.least)
    return found


def called_by_office(unit: Open) -> bool:
    """Whether a report calls somebody by an office alone: "Foreign Minister Todd" is of the country
    it comes from."""
    reading = unit.draft.reading
    named = unit.entity.startswith("person:")
    return named and reading is not None and bool(OFFICIAL & set(reading.sectors[:1]))


@cache
def hashes() -> dict[str, str]:
    """File name → SHA-256 of the fitted numbers of this room."""
    own = hashlib.sha256(FILE.read_bytes()).hexdigest()
    return {**linker.hashes(), "entities/homes.json": own}
