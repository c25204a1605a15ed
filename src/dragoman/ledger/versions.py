"""Which story takes the place of which: corrected versions, and the same story once its date is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from dragoman.ledger import tellings
from dragoman.ledger.row_parts import key
from dragoman.ledger.store import Store
from dragoman.model import Record, Story, content_id

Row = dict[str, Any]
Rows = dict[str, list[Row]]

TITLE_DAYS = 3  # a story with the same title by the same publisher is a new version within this
TITLE_SHARED = 0.4  # and when it shares this much of its four-word shingles with the older one


def known_stories(store: Store, records: Sequence[Record]) -> dict[str, bool]:
    """Those of the stories that the ledger has, also under their ``dated_id`` → whether they have a date."""
    ids = {name for r in records for name in (r.story.id, dated_id(r.story))}
    hashes = store.known.among("story_hash", [key(name) for name in ids])
    if not hashes:
        return {}
    return dict(store.query(
        "SELECT story_id, published IS NOT NULL FROM story_rows WHERE story_hash IN (SELECT unnest(?::UBIGINT[]))",
        [hashes],
    ))  # fmt: skip


def dated_id(story: Story) -> str:
    """The id of a story that the ledger has already, without its date, once somebody gives that."""
    return content_id(story.id, story.published) if story.published else story.id


def with_dates(
    records: Sequence[Record], known: Mapping[str, bool]
) -> tuple[list[Record], dict[str, str]]:
    """The records; one whose story is known without its date gets an id of its own: new id → old."""
    found, originals = [], {}
    for record in records:
        story = record.story
        if story.published and known.get(story.id) is False:
            record = record.replace(story=story.replace(id=dated_id(story)))
            originals[record.story.id] = story.id
        found.append(record)
    return found, originals


def possible_versions(
    store: Store, stories: Sequence[Row], originals: Mapping[str, str]
) -> list[Row]:
    """Stored stories with the address, or the publisher and title, of one of these, or without its date."""
    urls, titles = (
        store.known.among(name, [row[name] for row in stories if row[name] is not None])
        for name in ("url_hash", "title_hash")
    )
    hashes = [key(name) for name in originals.values()]
    if not urls and not titles and not hashes:
        return []
    return store.dicts(
        "SELECT story_id, url_hash, title_hash, day, published, text, recorded FROM story_rows "
        "WHERE url_hash IN (SELECT unnest(?::UBIGINT[])) OR title_hash IN (SELECT unnest(?::UBIGINT[])) "
        "OR story_hash IN (SELECT unnest(?::UBIGINT[]))",
        [urls, titles, hashes],
    )


def note_versions(
    store: Store, new: Row, others: Sequence[Row], original: str | None, rows: Rows, waiting: list[Row]
) -> str | None:  # fmt: skip
    """Note which older version the story replaces, or which newer one replaces it.

    Args:
        original: the id of the same story without its date: it is older, whenever it was recorded.
    """
    pairs = _pairs(new, others, original)
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


def _pairs(new: Row, others: Sequence[Row], original: str | None) -> list[tuple[Row, Row]]:
    """Older and newer version, for each that the new story makes."""
    undated = next((row for row in others if row["story_id"] == original), None)
    if undated is not None:
        return [(undated, new)]
    versions = [
        row
        for row in others
        if (new["url_hash"] is not None and row["url_hash"] == new["url_hash"])
        or (
            new["title_hash"] is not None
            and row["title_hash"] == new["title_hash"]
            and _same_column(row, new)
        )
    ]
    older = [row for row in versions if _order(row) < _order(new)]
    newer = [row for row in versions if _order(row) > _order(new)]
    pairs = [(max(older, key=_order), new)] if older else []
    return [*pairs, (new, min(newer, key=_order))] if newer else pairs


def _order(row: dict[str, Any]) -> tuple[Any, ...]:
    return (row["recorded"], row["published"] or date.min, row["story_id"])


def _same_column(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Same title by the same publisher: a version only when near in time and alike in words."""
    near = abs(old["day"] - new["day"]) <= timedelta(days=TITLE_DAYS)
    return near and tellings.shared(old["text"], new["text"]) >= TITLE_SHARED


def waiting_row(story: dict[str, Any], when: datetime) -> dict[str, Any]:
    """A row that says: what follows from this story must be derived again, because of that time."""
    return {
        "story_id": story["story_id"],
        "moment": when,
        "day": story["day"],
        "recorded": story["recorded"],
    }


def may_clash(record: Record, pending: Sequence[Record]) -> bool:
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
