"""``open_ledger`` and the ``Ledger``: add stories, correct, recode, and ask."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from dragoman.errors import UsageError
from dragoman.ledger import corrections, recoding
from dragoman.ledger.asking import Asking
from dragoman.ledger.kinds import KINDS
from dragoman.ledger.rows import Rows, moment, rows_of, run_id
from dragoman.ledger.settle import BATCH, settle, settle_at_once
from dragoman.ledger.store import Store
from dragoman.ledger.versions import (
    known_stories,
    may_clash,
    note_versions,
    possible_versions,
    waiting_row,
    with_dates,
)
from dragoman.model import Record, content_id

if TYPE_CHECKING:
    from dragoman.coder import Coder


@dataclass(frozen=True)
class Added:
    """What ``add`` did with a story: ``added``, ``unchanged`` or ``corrected`` (an older version stays).

    ``replaced`` is the id of the version whose place it took. ``events``, ``statements`` and
    ``commitments`` are what the story itself tells. ``dated`` is whether its date is known, ``source`` where it
    was read.
    """

    story_id: str
    outcome: str
    replaced: str | None = None
    events: int = 0
    statements: int = 0
    commitments: int = 0
    dated: bool = True
    source: str = ""


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
                if pending and (len(pending) >= together or may_clash(record, pending)):
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
        known = known_stories(self.store, records)
        records, originals = with_dates(records, known)
        added: list[Added] = []
        everything: Rows = {}
        waiting: list[dict[str, Any]] = []
        told = {
            record.story.id: rows_of(record, _record_time(record, recorded))
            for record in records
            if record.story.id not in known
        }
        stories = [rows["story_rows"][0] for rows in told.values()]
        others = possible_versions(self.store, stories, originals)
        for record in records:
            if record.story.id not in told:
                dated = known[record.story.id] or bool(self.store.known.replaced([record.story.id]))
                added.append(
                    Added(record.story.id, "unchanged", dated=dated, source=record.story.source)
                )
                continue
            rows = told[record.story.id]
            original = originals.get(record.story.id)
            replaced = note_versions(
                self.store, rows["story_rows"][0], others, original, rows, waiting
            )
            for table, made in rows.items():
                everything.setdefault(table, []).extend(made)
            self.store.known.note(rows["story_rows"][0])
            waiting.append(waiting_row(rows["story_rows"][0], rows["story_rows"][0]["recorded"]))
            added.append(
                Added(record.story.id, "corrected" if replaced else "added", replaced,
                      len(record.events), len(record.statements), len(record.commitments),
                      record.story.published is not None, record.story.source)
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
