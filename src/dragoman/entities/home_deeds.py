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
    rows = {head: row for row, unit in reversed(list(enumerate(units))) for head in unit.heads}
    columns = {code: place for place, code in enumerate(codes)}
    told = {head: columns[code] for head, code in by_head.items() if code in columns}
    alone = [[0.0] * SORTS for _ in units]
    places: list[tuple[int, int, int]] = []  # row, column and side of everything told
    weights: list[tuple[float, ...]] = []
    for trigger in triggers:
        sides = trigger.actors, trigger.recipients
        if rows.keys().isdisjoint(sides[0]) and rows.keys().isdisjoint(sides[1]):
            continue
        against, together, other_sorts = sorts_of(trigger)
        placed = [
            [(word, told[word], likely) for word, likely in side.items() if word in told]
            for side in sides
        ]
        for role, own in enumerate(sides):
            for word, chance in own.items():
                row = rows.get(word)
                if row is None:
                    continue
                half, sums = chance / 2, alone[row]
                sums[0] += half * against
                sums[1] += half * together
                sums[2] += half * other_sorts
                for first, others in ((role, placed[1 - role]), (2 + role, placed[role])):
                    for other, column, likely in others:
                        if other != word:
                            both = chance * likely
                            places.append((row, column, first))
                            weights.append((both * against, both * together, both * other_sorts))
    found = np.zeros((len(units), len(codes), DEEDS // SORTS, SORTS), dtype=np.float32)
    found[:, :, -1] = np.array(alone, dtype=np.float32)[:, None]
    if places:
        np.add.at(found, tuple(np.array(places).T), np.array(weights, dtype=np.float32))
    return np.minimum(found.reshape(len(units), len(codes), DEEDS), np.float32(MOST))


def sorts_of(trigger: Trigger) -> tuple[float, float, float]:
    """How likely an event of each sort is."""
    against = together = total = 0.0
    for name, chance in trigger.chances.items():
        total += chance
        if name in AGAINST:
            against += chance
        elif name in TOGETHER:
            together += chance
    return against, together, max(0.0, total - against - together)
