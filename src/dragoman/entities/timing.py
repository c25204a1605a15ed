"""When an undated story was written, from whom it names and which years it tells.

Whoever is called "president" or "minister" in it was most likely in office, and a year that a story
tells of is seldom far from its own. The estimate decides which office a person is taken to hold
("Barham Salih", president of Iraq then, is not the commissioner he became later); it is too rough to
say who "the foreign minister" is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.entities.scan import Item
    from dragoman.lexicon import Lexicon

FIRST, LAST = 1995, 2026  # years that are weighed
YEAR = re.compile(r"(?:19|20)\d\d")
LATEST = 3.0  # weight of the latest year that the text tells, on itself
FADING = (1.0, 0.6, 0.3)  # how it falls from year to year after it
SPREAD = 4  # names of people from which their votes count in full
ENOUGH = 1.0  # weight that a year needs


def year_told(tokens: Sequence[str], items: Iterable[Item], lexicon: Lexicon) -> int | None:
    """The year an undated story most likely was written in; None where nothing tells it, or today.

    Args:
        tokens: the words of the story.
        items: its names, as they stand today.
        lexicon: the times in office.
    """
    weights: dict[int, float] = {}
    years = [int(token) for token in tokens if YEAR.fullmatch(token)]
    years = [year for year in years if FIRST <= year <= LAST]
    if years:
        latest = max(years)
        for gap, part in enumerate(FADING):
            weights[latest + gap] = LATEST * part
    people = {
        item.entry.id for item in items if item.entry is not None and item.entry.kind == "person"
    }
    votes: dict[int, int] = {}
    voting = 0
    for person in sorted(people):
        held = {
            year
            for tenure in lexicon.tenures(person)
            for year in range(FIRST, LAST + 1)
            if tenure.on(f"{year}-07-01")
        }
        voting += bool(held)
        for year in held:
            votes[year] = votes.get(year, 0) + 1
    for year, count in votes.items():
        weights[year] = weights.get(year, 0.0) + SPREAD * count / max(voting, SPREAD)
    if not weights:
        return None
    best = max(weights, key=lambda year: (weights[year], year))
    return best if best < LAST and weights[best] >= ENOUGH else None
