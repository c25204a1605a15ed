"""Keys, countries and safe text: what every row is made with."""

from __future__ import annotations

import re
from typing import Any

from dragoman.model import COUNTED, Record, content_id

Rows = dict[str, list[dict[str, Any]]]

# ids made from the words of one story: who they are elsewhere is not known
PASSING = ("unnamed:", "person:", "place:")


# people of whom the words tell no more than that: their country is a guess
_BARE = re.compile(r"unnamed:(?:people|person|civilian)-\d+")


def is_bare_people(entity: str) -> bool:
    """Whether an id is of people told by nothing but their number: "seven people"."""
    return _BARE.fullmatch(entity) is not None


def key(*parts: str) -> int:
    """A 64-bit key made of the parts."""
    return int(content_id(*parts), 16)


def safe(text: str | None) -> str | None:
    """Text that the database takes: lone surrogates become U+FFFD."""
    return None if text is None else text.encode("utf-8", "replace").decode("utf-8")


def countries_of(record: Record, ids: tuple[str, ...] | list[str]) -> list[str]:
    """Countries of entities (their ids where they have none), collectives spread, in order."""
    found: list[str] = []
    for item in ids:
        entity = record.entity(item)
        if entity and entity.members:
            found.extend(countries_of(record, [m for m in entity.members if m != item]))
        else:
            found.append(entity.country if entity and entity.country else item)
    return list(dict.fromkeys(found))


MOST = 10**12  # more than anybody counts; sums of such numbers still fit their columns
_NUMBERS = {
    "report_rows": [f"{name}_{end}" for name in COUNTED for end in ("low", "high")],
    "agreement_rows": ["count", "previous"],
}


def fitting(rows: Rows) -> Rows:
    """The rows of a story, with no number told that is larger than any count."""
    for table, columns in _NUMBERS.items():
        for row in rows.get(table, ()):
            for column in columns:
                if row.get(column) is not None:
                    row[column] = min(row[column], MOST)
    return rows
