"""``open_ledger`` and the ``Ledger``: add stories, correct, recode, and ask."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from dragoman.errors import UsageError
from dragoman.ledger import corrections, recoding, tellings
from dragoman.ledger.asking import Asking
from dragoman.ledger.kinds import KINDS
from dragoman.ledger.rows import Rows, key, moment, rows_of, run_id
from dragoman.ledger.settle import BATCH, settle, settle_at_once
from dragoman.ledger.store import Store
from dragoman.model import Record, content_id

if TYPE_CHECKING:
    from dragoman.coder import Coder

TITLE_DAYS = 3  # a story with the same title by the same publisher is a new version within this
TITLE_SHARED = 0.4  # and when it shares this much of its four-word shingles with the older one


@dataclass(frozen=True)
class Added:
    """What ``add`` did with a story: ``added``, ``unchanged`` or ``corrected`` (an older version stays).

    ``replaced`` is the id of the version whose place it took. ``events``, ``statements`` and
    ``commitments`` are what the story itself tells.
    """

    story_id: str
    outcome: str
    replaced: str | None = None
    events: int = 0
    statements: int = 0
    commitments: int = 0


def open_ledger(path: str | Path, read_only: bool = False) -> Ledger:
    """Open a ledger; a missing file is made, unless ``read_only``.

    Raises:
        LedgerLocked: another process has it open.
        LedgerFull: the disk is full.
        LedgerError: the file is no ledger, or a newer one, or missing.
    """
    ledger = Ledger(Store(path, read_only))
    if not read_only:
        ledger.settle()
    return ledger


class Ledger(Asking):
    """One record of a crisis in one file. Close it, or use it in a ``with`` block."""

    def __init__(self, store: Store) -> None:
        self.store = store
        # rows of stored stories that are settled nowhere yet, so that settling need not read them again
        self._fresh: dict[str, Rows] = {}
        # whether stored stories may wait to be settled: not known until ``settle`` has looked
        self._waiting = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; everything acknowledged is in it."""
        self.store.close()

    def add(self, record: Record, recorded: str | date | datetime | None = None) -> Added:
        """Store one story and everything that follows from it, or nothing.

        Args:
            recorded: when this came to be known (a day or a time, UTC); None is now, "published"
                is the story's own day.

        Raises:
            LedgerFull: the disk is full; nothing of this story was stored.
            LedgerError: the file cannot be written; nothing of this story was stored.
        """
        if self._waiting:
            self.settle()
        with self.store.transaction():
            added, fresh, waiting = self._store_together([record], recorded)
            settle_at_once(self.store, waiting, fresh)
        return added[0]

    def add_many(
        self, records: Iterable[Record], recorded: str | date | datetime | None = None,
        together: int = 1,
    ) -> Iterator[Added]:  # fmt: skip
        """Store many stories. Each is handed back once it is committed: from then on it is safe.

        What follows over stories is derived after every ``BATCH`` stories and at the end; when the
        process dies before that, the next opening does it.

        Args:
            together: stories in one transaction (each still whole or not at all).
        """
        pending: list[Record] = []
        unsettled = 0
        now = moment(None) if recorded is None else recorded
        try:
            for record in records:
                if pending and (len(pending) >= together or _clash(record, pending)):
                    yield from self._commit(pending, now)
                    unsettled += len(pending)
                    pending = []
                if unsettled >= BATCH:
                    self.settle()
                    unsettled = 0
                pending.append(record)
            if pending:
                yield from self._commit(pending, now)
        finally:
            self.settle()

    def settle(self) -> int:
        """Derive what stored stories still wait for; how many there were."""
        settled = 0
        if self.store.query("SELECT 1 FROM waiting_rows LIMIT 1"):
            with self._forgetting(), self.store.transaction():
                settled = settle(self.store, self._fresh)
        self._waiting = False
        return settled

    @contextlib.contextmanager
    def _forgetting(self) -> Iterator[None]:
        """Afterwards the stories are settled, or the rows in memory may not be those in the file."""
        try:
            yield
        finally:
            self._fresh = {}

    def _commit(self, records: list[Record], recorded: Any) -> list[Added]:
        self._waiting = True
        with self.store.transaction():
            added, told, waiting = self._store_together(records, recorded)
            self.store.append("waiting_rows", waiting)
        self._fresh |= told
        return added

    def _store_together(
        self, records: list[Record], recorded: Any
    ) -> tuple[list[Added], dict[str, Rows], list[dict[str, Any]]]:
        """Append the rows of stories that are not in the ledger yet.

        Hands on, beside what became of each, those rows by story, and the rows that say what must be settled.
        """
        hashes = self.store.known.among("story_hash", [key(record.story.id) for record in records])
        known = {row[0] for row in self.store.query(
            "SELECT story_id FROM story_rows WHERE story_hash IN (SELECT unnest(?::UBIGINT[]))", [hashes]
        )} if hashes else set()  # fmt: skip
        added: list[Added] = []
        everything: Rows = {}
        waiting: list[dict[str, Any]] = []
        told = {
            record.story.id: rows_of(record, _record_time(record, recorded))
            for record in records
            if record.story.id not in known
        }
        others = self._possible_versions([rows["story_rows"][0] for rows in told.values()])
        for record in records:
            if record.story.id not in told:
                added.append(Added(record.story.id, "unchanged"))
                continue
            rows = told[record.story.id]
            replaced = self._versions(rows["story_rows"][0], others, rows, waiting)
            for table, made in rows.items():
                everything.setdefault(table, []).extend(made)
            self.store.known.note(rows["story_rows"][0])
            waiting.append(_waiting(rows["story_rows"][0], rows["story_rows"][0]["recorded"]))
            added.append(
                Added(record.story.id, "corrected" if replaced else "added", replaced,
                      len(record.events), len(record.statements), len(record.commitments))
            )  # fmt: skip
        for table, made in everything.items():
            self.store.append(table, made)
        self._note_runs(records, everything)
        kept = {kind.table for kind in KINDS}
        fresh = {
            story: {table: made for table, made in rows.items() if table in kept}
            for story, rows in told.items()
        }
        return added, fresh, waiting

    def _possible_versions(self, stories: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Stored stories with the address, or the publisher and title, of one of these."""
        urls, titles = (
            self.store.known.among(name, [row[name] for row in stories if row[name] is not None])
            for name in ("url_hash", "title_hash")
        )
        if not urls and not titles:
            return []
        return self.store.dicts(
            "SELECT story_id, url_hash, title_hash, day, published, text, recorded FROM story_rows "
            "WHERE url_hash IN (SELECT unnest(?::UBIGINT[])) OR title_hash IN (SELECT unnest(?::UBIGINT[]))",
            [urls, titles],
        )

    def _versions(
        self,
        new: dict[str, Any],
        others: list[dict[str, Any]],
        rows: Rows,
        waiting: list[dict[str, Any]],
    ) -> str | None:
        """Note which older version the story replaces, or which newer one replaces it."""
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
        order = _version_order
        older = [row for row in versions if order(row) < order(new)]
        newer = [row for row in versions if order(row) > order(new)]
        pairs = []
        if older:
            pairs.append((max(older, key=order), new))
        if newer:
            pairs.append((new, min(newer, key=order)))
        for old, later in pairs:
            rows.setdefault("replacement_rows", []).append(
                {
                    "old_story": old["story_id"],
                    "new_story": later["story_id"],
                    "recorded": later["recorded"],
                }
            )
            self.store.known.note_replaced(old["story_id"])
            waiting.append(_waiting(old, later["recorded"]))
        return pairs[0][0]["story_id"] if older else None

    def _note_runs(self, records: Sequence[Record], everything: Rows) -> None:
        """Note coders that wrote for the first time."""
        stories = {row["run_id"]: row["recorded"] for row in everything.get("story_rows", [])}
        runs = {run_id(record): record.run for record in records}
        self.store.append("run_rows", [
            {"run_id": name, "dragoman": runs[name].dragoman, "recorded": stories[name],
             "models": json.dumps(runs[name].models, sort_keys=True),
             "lexicons": json.dumps(runs[name].lexicons, sort_keys=True),
             "options": json.dumps(runs[name].options, sort_keys=True)}
            for name in self.store.known.new_runs(stories)
        ])  # fmt: skip

    def correct(
        self, action: str, subject: str, analyst: str, *, other: str | None = None,
        field: str | None = None, value: Any = None, reason: str = "",
        recorded: str | date | datetime | None = None,
    ) -> str:  # fmt: skip
        """Record an analyst's correction; it survives recoding. Returns its id.

        Args:
            action: merge (with ``other``), split (``other`` = id of a story whose report does not
                belong), recode (``field``, ``value``), dismiss, confirm or note.
            subject: the id of an event, claim, commitment or agreement.
            analyst: who says so.

        Raises:
            UsageError: an action, id or field that does not exist.
        """
        if action not in corrections.ACTIONS:
            raise UsageError(
                f"no such correction: {action} (one of {', '.join(corrections.ACTIONS)})"
            )
        if not analyst.strip():
            raise UsageError("a correction names its analyst")
        kind, keys = self._subject(subject)
        if action == "recode" and field not in corrections.FIELDS[kind]:
            raise UsageError(f"recode takes one of {', '.join(corrections.FIELDS[kind])} as field")
        if action in ("merge", "split") and not other:
            raise UsageError(f"{action} needs a second id")
        others = self._others(action, kind, keys, other) if other else []
        if action == "split":
            keys = [item for item in keys if item not in others]
        when = moment(recorded)
        row = {
            "action": action, "subject": subject, "other": other, "field": field,
            "value": json.dumps(value), "analyst": analyst, "reason": reason, "recorded": when,
            "anchors": json.dumps({
                "kind": kind, "subject": corrections.anchors_of(self.store, kind, keys),
                "other": corrections.anchors_of(self.store, kind, others)}),
        }  # fmt: skip
        row["correction_id"] = "x" + content_id(*(str(row[name]) for name in sorted(row)))
        table, column = corrections.PLACES[kind][:2]
        with self.store.transaction():
            self.store.append("correction_rows", [row])
            self.store.query(
                "INSERT INTO waiting_rows BY NAME SELECT story_id, ?::TIMESTAMP AS moment, day, recorded FROM story_rows "
                f"WHERE story_id IN (SELECT story_id FROM {table} WHERE {column} IN (SELECT unnest(?::UBIGINT[])))",
                [when, [*keys, *others]],
            )  # fmt: skip
            settle(self.store)
        return str(row["correction_id"])

    def _subject(self, name: str) -> tuple[str, list[int]]:
        """Kind and item keys of an id.

        Raises:
            UsageError: the ledger has no such id.
        """
        for kind in corrections.PLACES:
            rows = self.store.query(
                f"SELECT item FROM {kind}_members WHERE group_id = ? ORDER BY day, item", [name]
            )
            if rows:
                return kind, [row[0] for row in rows]
        raise UsageError(f"{self.store.path}: no event, claim, commitment or agreement {name!r}")

    def _others(self, action: str, kind: str, keys: list[int], other: str) -> list[int]:
        if action == "merge":
            other_kind, found = self._subject(other)
            if other_kind != kind:
                raise UsageError(f"{other} is a {other_kind}, not a {kind}")
            return found
        table, column = corrections.PLACES[kind][:2]
        rows = self.store.query(
            f"SELECT {column} FROM {table} WHERE story_id = ? AND {column} IN (SELECT unnest(?::UBIGINT[]))",
            [other, keys],
        )
        if not rows:
            raise UsageError(f"story {other!r} has no report in it")
        return [row[0] for row in rows]

    def recode(self, coder: Coder | Callable[[Any], Record]) -> dict[str, Any]:
        """Code every stored story again and replace what was derived, in one transaction.

        Args:
            coder: a ``dragoman.Coder``, or any function from a story to its record.

        Returns:
            counts of stories, of changed stories, and of events, claims and commitments before, after,
            new and gone.
        """
        return recoding.recode(self.store, coder)


def _record_time(record: Record, recorded: Any) -> datetime:
    if recorded == "published":
        return moment(record.story.published)
    return moment(recorded)


def _waiting(story: dict[str, Any], when: datetime) -> dict[str, Any]:
    """A row that says: what follows from this story must be derived again, because of that time."""
    return {
        "story_id": story["story_id"],
        "moment": when,
        "day": story["day"],
        "recorded": story["recorded"],
    }


def _version_order(row: dict[str, Any]) -> tuple[Any, ...]:
    return (row["recorded"], row["published"] or date.min, row["story_id"])


def _same_column(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Same title by the same publisher: a version only when near in time and alike in words."""
    near = abs(old["day"] - new["day"]) <= timedelta(days=TITLE_DAYS)
    return near and tellings.shared(old["text"], new["text"]) >= TITLE_SHARED


def _clash(record: Record, pending: Sequence[Record]) -> bool:
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
