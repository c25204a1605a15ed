"""Keys, countries and safe text: what every row is made with."""

from __future__ import annotations

from dragoman.model import Record, content_id

# ids made from the words of one story: who they are elsewhere is not known
PASSING = ("unnamed:", "person:", "place:")


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
