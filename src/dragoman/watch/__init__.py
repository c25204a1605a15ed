"""Watching news feeds: what is new in them is coded and kept in a ledger, round after round.

    watch = Watch(["https://example.org/world.rss"], "crisis.duckdb", dragoman.load())
    for news in watch.round():
        print(news)

Nothing is kept between rounds but what has been seen; a watch that was stopped goes on where the
ledger stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import InputError
from dragoman.ledger.ledger import Ledger, open_ledger
from dragoman.limits import Limits
from dragoman.model import Record, Rejection, Story
from dragoman.reading import feeds, read_many
from dragoman.reading.sources import Marks, Opened, is_address, open_source
from dragoman.reading.tables import is_feed

if TYPE_CHECKING:
    from dragoman.coder import Coder

# Stories coded before the ledger is opened to take them, so that others can ask in between.
TOGETHER = 20
_STORY = ("id", "title", "publisher", "url", "published", "source")


@dataclass(frozen=True)
class News:
    """A story that a feed brought, and what it changed.

    ``outcome`` is that of ``Ledger.add``: "added", "corrected" (a version of an earlier one) or "unchanged".
    ``new`` are rows of the ledger's ``events`` that nobody told before, ``again`` those told by earlier
    stories too. Both hold only what is said to have happened, or is threatened, asked or promised.
    """

    story: Story
    outcome: str
    new: tuple[dict[str, Any], ...] = ()
    again: tuple[dict[str, Any], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data: what the story is, and its events, days as they are written."""
        story = {part: getattr(self.story, part) for part in _STORY}
        return {
            "outcome": self.outcome,
            "story": story,
            "new": list(self.new),
            "again": list(self.again),
        }


@dataclass(frozen=True)
class Turn:
    """A commitment or an agreement of the ledger that stands differently after a round."""

    id: str
    kind: str
    text: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    before: str
    status: str

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {"outcome": "turned", **asdict(self)}


class Watch:
    """Feeds, the ledger they go into, and what was seen of them.

    Args:
        sources: addresses or files of feeds; a page, a folder or a table is read as ``read_many`` does.
        ledger: path of the ledger; made if it is missing.
        coder: from ``dragoman.load``.
        follow: read the pages that items lead to, not the feed's words; pages the ledger has are not asked again.
    """

    def __init__(
        self, sources: Sequence[str | Path], ledger: str | Path, coder: Coder, *,
        follow: bool = False, limits: Limits | None = None,
    ) -> None:  # fmt: skip
        self.sources, self.ledger, self.coder = list(sources), ledger, coder
        self.follow, self.limits = follow, limits or Limits()
        self._seen: set[str] = set()
        self._refused: set[str] = set()
        self._marks: dict[str, Marks] = {}

    def round(self) -> Iterator[News | Turn | Rejection]:
        """Read every feed once: its new stories, each when it is safe in the ledger, then what turned.

        A feed or an item that cannot be read costs only itself and is tried again in the next round; an item
        is named once.

        Raises:
            LedgerError: the ledger cannot be opened or written; what was handed on before is in it.
        """
        rejected: list[Rejection] = []
        with open_ledger(self.ledger) as ledger:
            before = _standing(ledger)
        records = self._records(rejected)
        while some := list(islice(records, TOGETHER)):
            with open_ledger(self.ledger) as ledger:
                told = self._kept(ledger, some)
            yield from told
        with open_ledger(self.ledger) as ledger:
            turned = _turns(ledger, before)
        yield from turned
        yield from rejected

    def _records(self, rejected: list[Rejection]) -> Iterator[Record]:
        for item in self.coder.pipe(self._new_stories()):
            if isinstance(item, Record):
                yield item
            elif str(item) not in self._refused:
                self._refused.add(str(item))
                rejected.append(item)

    def _new_stories(self) -> Iterator[Story | Rejection]:
        """The stories that were in no earlier round, nor in the ledger."""
        for source in self.sources:
            for item in self._stories(source):
                if isinstance(item, Story):
                    if item.id in self._seen:
                        continue
                    self._seen.add(item.id)
                yield item

    def _stories(self, source: str | Path) -> Iterator[Story | Rejection]:
        """The stories of a source that the ledger has not; with ``follow``, of pages it has not read.

        An address that answers that it is as it was in a round of which everything was read is not read again.
        """
        if not is_address(str(source)):
            yield from self._stories_of(source, str(source))
            return
        address = str(source)
        try:
            opened = open_source(address, self.limits, self._marks.get(address, ()))
        except InputError as error:
            yield Rejection.of(error)
            return
        if opened.unchanged:
            return
        whole = True
        for item in self._stories_of(opened, address):
            whole = whole and isinstance(item, Story) and not _is_left_for_later(item)
            yield item
        if whole:
            self._marks[address] = opened.marks

    def _stories_of(self, source: str | Path | Opened, name: str) -> Iterator[Story | Rejection]:
        """The new stories of a file, a folder, or what an address answered."""
        try:
            opened = open_source(source, self.limits) if self.follow else None
            data = (opened.data or b"") if opened else b""
            if not is_feed(data):
                told = list(read_many([source], limits=self.limits))
                known = self._held("story_id", [x.id for x in told if isinstance(x, Story)])
                yield from (x for x in told if isinstance(x, Rejection) or x.id not in known)
                return
            items = list(feeds.items(data, name, self.limits))
        except InputError as error:
            yield Rejection.of(error)
            return
        known = self._held("url", [x.url for x in items if isinstance(x, feeds.Item) and x.url])
        unread = [x for x in items if isinstance(x, InputError) or x.url not in known]
        yield from feeds.stories(unread, self.limits, follow=True)

    def _held(self, column: str, values: Sequence[str]) -> set[str]:
        """Those of some ids or addresses of stories that the ledger holds."""
        with open_ledger(self.ledger) as ledger:
            rows = ledger.store.query(
                f"SELECT DISTINCT {column} FROM story_versions WHERE list_contains(?, {column})",
                [list(values)],
            )
        return {row[0] for row in rows}

    def _kept(self, ledger: Ledger, records: Sequence[Record]) -> list[News | Rejection]:
        """Store records, then ask what each of them told that nobody had told."""
        added = list(ledger.add_many(records, together=TOGETHER))
        fresh = {item.story_id for item in added}
        told: list[News | Rejection] = []
        for item, record in zip(added, records, strict=True):
            if item.reason:
                told.append(Rejection(item.story_id, item.reason, code="value"))
                continue
            rows = _events_of(ledger, item.story_id)
            new = tuple(row for row in rows if set(row["told_by"]) <= fresh)
            again = tuple(row for row in rows if not set(row["told_by"]) <= fresh)
            told.append(News(record.story, item.outcome, new, again))
        return told


def _is_left_for_later(story: Story) -> bool:
    """Whether a story's page could not be read, so that another round may read it."""
    return any(note.code == "not-followed" for note in story.notes)


def _events_of(ledger: Ledger, story: str) -> list[dict[str, Any]]:
    """The ledger's events that a story tells and that are not denied, imagined or past, gravest last."""
    rows = ledger.store.dicts(
        """
        SELECT e.event_id, e.type, e.mode, e.quad, e.day, e.actor_names, e.recipient_names, e.place,
               e.said_by, e.confidence, list(DISTINCT r.story_id) AS told_by
        FROM events e JOIN reports r ON r.event_id = e.event_id
        WHERE e.event_id IN (SELECT event_id FROM reports WHERE story_id = ?)
          AND NOT list_has_any(e.aux, ['negation', 'hypothetical', 'historical'])
        GROUP BY ALL ORDER BY e.quad DESC, e.confidence DESC, e.event_id
        """,
        [story],
    )
    names = ledger.names_of({key for row in rows for key in row["said_by"] or ()})
    for row in rows:
        row["said_by"] = [names[key][0] if key in names else key for key in row["said_by"] or ()]
    return rows


def _standing(ledger: Ledger) -> dict[str, dict[str, Any]]:
    """Commitments and agreements by id, as they stand."""
    rows = ledger.store.dicts(
        "SELECT commitment_id AS id, kind, text, by_ids, to_ids, status FROM commitments"
    )
    return {row["id"]: row for row in rows}


def _turns(ledger: Ledger, before: dict[str, dict[str, Any]]) -> list[Turn]:
    """What stands differently than before."""
    turned = [
        (before[key]["status"], row)
        for key, row in _standing(ledger).items()
        if key in before and before[key]["status"] != row["status"]
    ]
    ids = {key for _, row in turned for key in (*(row["by_ids"] or ()), *(row["to_ids"] or ()))}
    names = {key: name for key, (name, _) in ledger.names_of(ids).items()}
    return [
        Turn(
            row["id"], row["kind"], row["text"],
            tuple(names.get(key, key) for key in row["by_ids"] or ()),
            tuple(names.get(key, key) for key in row["to_ids"] or ()), old, row["status"],
        )
        for old, row in turned
    ]  # fmt: skip


__all__ = ["News", "Turn", "Watch"]
