"""Words that speak for a type or a mode of the codebook, and where they stand to a marked pair.

The table ``data/relation_lexicon.tsv`` holds one regular expression a row, read against the
lower-cased sentence in which the actor is ``@a`` and the recipient ``@r``. Hits do not decide:
they are features beside the network's scores (see ``relation.py``), and they name the mode.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path

from dragoman.model import EventType
from dragoman.tables import read_table

TYPES: tuple[str, ...] = EventType.__args__  # type: ignore[attr-defined]
TABLE = Path(__file__).parent / "data" / "relation_lexicon.tsv"
COLUMNS = ("type", "mode", "pattern", "note")

#: Code points after the second span within which a hit still counts as near.
REACH = 60
#: Before a first span that these words govern, a hit within ``REACH`` is near too.
GOVERNED = re.compile(r"\b(?:by|between|with|of|from|among|against|for) (?:the |an? )?$")
#: Strength of a hit that lies neither between the spans nor just behind them.
FAR = 0.35
#: Code points of the sentence that are searched (long sentences are cut round the spans).
SEARCHED = 1500

Offsets = tuple[int, int]


@dataclass(frozen=True)
class Entry:
    """One row of the table; ``name`` is ``TYPE:line`` and ends up as the reason of a mode."""

    type: str
    mode: str | None
    pattern: re.Pattern[str]
    name: str


@dataclass(frozen=True)
class Hits:
    """What the table finds in one marked sentence.

    ``near[i]`` is the strength (0 to 1) of the best hit for ``TYPES[i]``; ``first[i]`` is 1.0 for
    the types whose hit is the earliest behind the actor; ``modes`` maps a type to its modes with
    the strength and the row that found them.
    """

    near: tuple[float, ...]
    first: tuple[float, ...]
    modes: dict[str, dict[str, tuple[float, str]]]

    def mode(self, kind: str) -> tuple[str | None, str | None]:
        """The mode found for type ``kind`` and the row that says so, or (None, None)."""
        found = self.modes.get(kind)
        if not found:
            return None, None
        best = max(found, key=lambda mode: found[mode][0])
        return best, found[best][1]


@functools.cache
def entries(path: Path = TABLE) -> tuple[Entry, ...]:
    """The rows of the table at ``path``.

    Raises:
        DataError: a row has an unknown type, a bad expression or too few cells.
    """
    return tuple(
        Entry(row.one_of("type", TYPES), row["mode"] or None, row.pattern("pattern", flags=0),
              f"{row['type']}:{row.line}")
        for row in read_table(path, COLUMNS, whole=True)
    )  # fmt: skip


def placed(
    text: str, actor: Offsets | None, recipient: Offsets | None
) -> tuple[str, int | None, int | None]:
    """The lower-cased sentence with ``@a`` and ``@r``, and where those two stand (or None)."""
    low = text.lower()
    if len(low) != len(text):  # a few letters grow when lower-cased
        low = "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
    spans = [(s, sign) for s, sign in ((actor, "@a"), (recipient, "@r")) if s and s[1] > s[0]]
    spans.sort(key=lambda item: (item[0][0], -item[0][1]))
    pieces: list[str] = []
    position = length = 0
    where: dict[str, int] = {}
    for (start, end), sign in spans:
        before = low[position : max(start, position)]
        pieces += [before, sign]
        where[sign] = length + len(before)
        length += len(before) + len(sign)
        if start < position:  # a span inside the other: both stand at one place
            pieces.append(" ")
            length += 1
        position = max(position, end)
    pieces.append(low[position:])
    return "".join(pieces), where.get("@a"), where.get("@r")


def look_up(text: str, actor: Offsets | None, recipient: Offsets | None) -> Hits:
    """Search the table in one marked sentence. Spans are half-open code points."""
    low, first, second = placed(text, actor, recipient)
    known = sorted(place for place in (first, second) if place is not None) or [0]
    cut = max(0, known[0] - SEARCHED // 2)
    low = low[cut : known[-1] + SEARCHED // 2]
    known = [place - cut for place in known]
    start = (first if first is not None else known[0] + cut) - cut
    opening = known[0] - REACH if GOVERNED.search(low[: known[0]]) else known[0]
    near = dict.fromkeys(TYPES, 0.0)
    earliest: dict[str, int] = {}
    modes: dict[str, dict[str, tuple[float, str]]] = {}
    for entry in entries():
        for match in entry.pattern.finditer(low):
            at = match.start()
            strength = 1.0 if opening <= at <= known[-1] + REACH else FAR
            near[entry.type] = max(near[entry.type], strength)
            if at >= start:
                earliest[entry.type] = min(earliest.get(entry.type, at), at)
            if entry.mode:
                found = modes.setdefault(entry.type, {})
                found[entry.mode] = max(found.get(entry.mode, (0.0, "")), (strength, entry.name))
    soonest = min(earliest.values(), default=-1)
    return Hits(
        tuple(near[kind] for kind in TYPES),
        tuple(float(kind in earliest and earliest[kind] <= soonest + 6) for kind in TYPES),
        modes,
    )
