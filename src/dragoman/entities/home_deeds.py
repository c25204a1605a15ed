"""What the events of a story tell of where its people are from, as the language model sees them.

Who strikes, accuses or meets a country is often not of it; who acts beside one often is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from dragoman.entities.unplaced import Open
    from dragoman.language.triggers import Trigger

    Floats = NDArray[np.float32]

AGAINST = frozenset({"ASSAULT", "COERCE", "ACCUSE", "THREATEN", "REJECT", "SANCTION", "PROTEST",
                     "MOBILIZE"})  # fmt: skip
TOGETHER = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
SORTS = 3  # of events: against somebody, with or for somebody, others
DEEDS = 5 * SORTS  # numbers of each entity and country
MOST = 3.0


def deeds(
    units: Sequence[Open],
    codes: Sequence[str],
    by_head: Mapping[int, str],
    triggers: Sequence[Trigger],
) -> Floats:
    """How much each entity acts on each country, is acted on by it, and stands beside it in events.

    Args:
        units: the entities.
        codes: the countries.
        by_head: token → country of whom it heads.
        triggers: the events that the language model sees in the story.

    Returns:
        (units, countries, ``DEEDS``): probabilities summed up, by sort of event; the last three tell
        of the entity alone, in how many events it takes part.
    """
    found = np.zeros((len(units), len(codes), DEEDS), dtype=np.float32)
    rows = {head: row for row, unit in reversed(list(enumerate(units))) for head in unit.heads}
    columns = {code: place for place, code in enumerate(codes)}
    for trigger in triggers:
        sides = trigger.actors, trigger.recipients
        if rows.keys().isdisjoint(sides[0]) and rows.keys().isdisjoint(sides[1]):
            continue
        sorts = np.array(sorts_of(trigger), dtype=np.float32)
        for role, own in enumerate(sides):
            for word, chance in own.items():
                row = rows.get(word)
                if row is None:
                    continue
                found[row, :, 4 * SORTS :] += chance / 2 * sorts
                for first, others in ((role, sides[1 - role]), (2 + role, own)):
                    for other, likely in others.items():
                        column = columns.get(by_head.get(other, ""))
                        if other != word and column is not None:
                            place = slice(first * SORTS, (first + 1) * SORTS)
                            found[row, column, place] += chance * likely * sorts
    return np.minimum(found, np.float32(MOST))


def sorts_of(trigger: Trigger) -> tuple[float, float, float]:
    """How likely an event of each sort is."""
    against = sum(chance for name, chance in trigger.chances.items() if name in AGAINST)
    together = sum(chance for name, chance in trigger.chances.items() if name in TOGETHER)
    return against, together, max(0.0, trigger.chance - against - together)
