"""Which stories are versions of one, and under which id a story is kept. Of two versions one is current.

A story has the id of its words. The same words from another publisher or address are another report, with an id
of its own; the same words from the same place with another day of publication are a new version.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from dragoman.ledger import tellings
from dragoman.ledger.row_parts import key, safe
from dragoman.ledger.store import Store
from dragoman.model import Record, Story, content_id

Row = dict[str, Any]
Rows = dict[str, list[Row]]

# At the same address a story is a new version within so many days, or when it shares so much of its four-word
# shingles; with the same title by the same publisher both are wanted.
VERSION_DAYS = 3
VERSION_SHARED = 0.4
_COLUMNS = "story_id, url_hash, title_hash, day, published, publisher, url, text, recorded"


def named(store: Store, records: Sequence[Record]) -> list[tuple[Record, list[Row]]]:
    """Records under the ids that the ledger keeps them by, each with stored stories that differ only in the day."""
    stored = stored_stories(store, [record.story.id for record in records])
    return [_named(store, record, stored.get(record.story.id)) for record in records]


def _named(store: Store, record: Record, stored: Row | None) -> tuple[Record, list[Row]]:
    """A record, with another id where its words are known from elsewhere or of another day."""
    story = record.story
    if stored is not None and _elsewhere(stored, story):
        record = _renamed(record, "at", story.publisher or "", story.url or "")
        stored = stored_stories(store, [record.story.id]).get(record.story.id)
    if stored is None or not story.published or story.published[:10] == str(stored["published"]):
        return record, []
    return _renamed(record, "on", story.published[:10]), _twins(store, stored)


def _renamed(record: Record, *why: str) -> Record:
    return record.replace(story=record.story.replace(id=content_id(record.story.id, *why)))


def _elsewhere(stored: Row, story: Story) -> bool:
    """Whether a story comes from another address than a stored one, or else another publisher."""
    if stored["url"] and story.url:
        return bool(stored["url"] != safe(story.url))
    return bool(
        stored["publisher"] and story.publisher and stored["publisher"] != safe(story.publisher)
    )


def stored_stories(store: Store, names: Sequence[str]) -> dict[str, Row]:
    """Those of the stories that the ledger has, by id."""
    hashes = store.known.among("story_hash", map(key, names))
    if not hashes:
        return {}
    rows = store.dicts(
        f"SELECT {_COLUMNS} FROM story_rows WHERE story_hash IN (SELECT unnest(?::UBIGINT[]))",
        [hashes],
    )
    return {row["story_id"]: row for row in rows}


def _twins(store: Store, stored: Row) -> list[Row]:
    """A story and its versions that have the same words."""
    found, names = {stored["story_id"]: stored}, [stored["story_id"]]
    while names:
        pairs = store.query(
            "SELECT old_story, new_story FROM replacement_rows WHERE old_story IN (SELECT unnest(?::VARCHAR[])) "
            "OR new_story IN (SELECT unnest(?::VARCHAR[]))", [names, names],
        )  # fmt: skip
        more = stored_stories(
            store, sorted({name for pair in pairs for name in pair} - found.keys())
        )
        more = {name: row for name, row in more.items() if row["text"] == stored["text"]}
        found |= more
        names = list(more)
    return list(found.values())


def possible(store: Store, stories: Sequence[Row]) -> list[Row]:
    """Stored stories with the address, or the publisher and title, of one of these."""
    urls, titles = (
        store.known.among(name, [row[name] for row in stories if row[name] is not None])
        for name in ("url_hash", "title_hash")
    )
    if not urls and not titles:
        return []
    return store.dicts(
        f"SELECT {_COLUMNS} FROM story_rows "
        "WHERE url_hash IN (SELECT unnest(?::UBIGINT[])) OR title_hash IN (SELECT unnest(?::UBIGINT[]))",
        [urls, titles],
    )


def replacements(
    new: Row, others: Sequence[Row], twins: Sequence[Row] = ()
) -> list[tuple[Row, Row]]:
    """Which stored version a new story takes the place of, and which takes its place: older and newer, in pairs.

    Args:
        others: stored stories with its address or title.
        twins: stored stories with its words, from the same place, told of another day.
    """
    same = {row["story_id"] for row in twins}
    texts = [row for row in others if row["story_id"] not in same and _is_version(row, new)]
    return [*_beside(new, twins, _day_order), *_beside(new, texts, _order)]


def _beside(new: Row, versions: Sequence[Row], order: Any) -> list[tuple[Row, Row]]:
    """The last version before a new one with it, and it with the first after; and with it each that it outdates sooner.

    A version counts until any later one is known: in whatever order they come, it is paired with the one that was
    known first.
    """
    older = sorted((row for row in versions if order(row) < order(new)), key=order, reverse=True)
    newer = sorted((row for row in versions if order(row) > order(new)), key=order)
    pairs = [(old, new) for at, old in enumerate(older) if _is_first_known(new, older[:at])]
    return pairs + [(new, row) for at, row in enumerate(newer) if _is_first_known(row, newer[:at])]


def _is_first_known(row: Row, others: Sequence[Row]) -> bool:
    return all(row["recorded"] < other["recorded"] for other in others)


def _order(row: Row) -> tuple[Any, ...]:
    """Versions by their day of publication (of recording where it is not known)."""
    return (row["day"], row["recorded"], row["story_id"])


def _day_order(row: Row) -> tuple[Any, ...]:
    """The same words with several days: a day before none, then what was said last."""
    told = row["published"]
    return (told is not None, row["recorded"], told or date.min, row["story_id"])


def _is_version(old: Row, new: Row) -> bool:
    """Whether two stories are versions of one: the same address or title, near in time or alike in words."""
    near = abs(old["day"] - new["day"]) <= timedelta(days=VERSION_DAYS)
    if new["url_hash"] is not None and old["url_hash"] == new["url_hash"]:
        return near or _alike(old, new)
    titled = new["title_hash"] is not None and old["title_hash"] == new["title_hash"]
    return titled and near and _alike(old, new)


def _alike(old: Row, new: Row) -> bool:
    return tellings.shared(old["text"], new["text"]) >= VERSION_SHARED


def note(
    store: Store, pairs: Sequence[tuple[Row, Row]], new: Row, rows: Rows, waiting: list[Row]
) -> str | None:
    """Note which versions take the place of older ones; the id of the one whose place the new story takes."""
    for old, later in pairs:
        rows.setdefault("replacement_rows", []).append(
            {
                "old_story": old["story_id"],
                "new_story": later["story_id"],
                "recorded": later["recorded"],
            }
        )
        store.known.note_replaced(old["story_id"])
        waiting.append(waiting_row(old, later["recorded"]))
    return next((old["story_id"] for old, later in pairs if later is new), None)


def waiting_row(story: Row, when: datetime) -> Row:
    """A row that says: what follows from this story must be derived again, because of that time."""
    return {
        "story_id": story["story_id"],
        "moment": when,
        "day": story["day"],
        "recorded": story["recorded"],
    }


def clash(record: Record, pending: Sequence[Record]) -> bool:
    """Whether a waiting story is the same one or may be another version of it."""
    story = record.story
    return any(
        story.id == other.story.id
        or (story.url and story.url == other.story.url)
        or (
            story.title
            and (story.publisher, story.title) == (other.story.publisher, other.story.title)
        )
        for other in pending
    )
