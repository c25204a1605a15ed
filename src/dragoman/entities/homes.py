"""The countries of people and bodies whose own words tell none: "police", "his parents", "Ann Marsh".

A small network (``home_network``) weighs the countries that the story speaks of against each other
and against silence. It was fitted on stories whose parties were coded by hand
(``training/homes.py``) and is measured in ``data/HOMES_CARD.md``.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from dragoman.entities import linker
from dragoman.entities.barred import barred
from dragoman.entities.besides import has_role
from dragoman.entities.home_features import Scene
from dragoman.entities.home_network import FILE, HomeModel, seen
from dragoman.entities.person_names import FILE as NAMES
from dragoman.entities.unplaced import OFFICIAL, Open, open_entities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.entities.drafts import DraftMaker
    from dragoman.entities.mentions import Draft

CELLS = 300_000  # entities are weighed so many at a time that those times the places are not more
FAINT = 1e-3  # below which what is left beside barred countries tells nothing


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
    many = max(1, CELLS // max(1, len(scene.place), len(units)))
    begins = range(0, len(units), many)
    chances = model.chances([seen(scene, units, begin, begin + many) for begin in begins])
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
    names = hashlib.sha256(NAMES.read_bytes()).hexdigest()
    return {**linker.hashes(), "entities/homes.npz": own, "entities/person_names.npz": names}
