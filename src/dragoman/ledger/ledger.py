"""``open_ledger`` and the ``Ledger``: add stories, correct, recode, and ask."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from dragoman.errors import LedgerError, LedgerOlder, LedgerUnfit, UsageError, of_kind
from dragoman.ledger import correcting, recoding, versions
from dragoman.ledger.asking import Asking
from dragoman.ledger.kinds import KINDS
from dragoman.ledger.row_parts import fitting
from dragoman.ledger.rows import Rows, moment, rows_of, run_id
from dragoman.ledger.settle import BATCH, settle, settle_at_once
from dragoman.ledger.store import Store
from dragoman.model import Record

if TYPE_CHECKING:
    from dragoman.coder import Coder
    from dragoman.ledger.brief.parts import Brief
    from dragoman.ledger.scope import Day


@dataclass(frozen=True)
class Added:
    """What became of a story: ``added``, ``unchanged``, ``corrected`` (an older version stays) or ``rejected``.

    ``replaced`` is the id of the version whose place it took. ``events``, ``statements`` and
    ``commitments`` are what the story itself tells. ``dated`` is whether its date is known, ``source`` where it
    was read. ``reason`` says why it was rejected.
    """

    story_id: str
    outcome: str
    replaced: str | None = None
    events: int = 0
    statements: int = 0
    commitments: int = 0
    dated: bool = True
    source: str = ""
    reason: str | None = None


def open_ledger(path: str | Path, read_only: bool = False) -> Ledger:
    """Open a ledger; a missing file is made, unless ``read_only``.

    Raises:
        LedgerLocked: another process has it open.
        LedgerFull: the disk is full.
        LedgerError: the file is no ledger, or a newer one, or missing.
        UsageError: ``path`` is no path.
    """
    if not isinstance(path, (str, Path)):
        raise UsageError(f"open_ledger wants a path, not {type(path).__name__}")
    if read_only:
        return _for_reading(path)
    ledger = Ledger(Store(path))
    ledger.settle()
    return ledger


def _for_reading(path: str | Path) -> Ledger:
    """A ledger of which nothing waits: a process that died left stories that no question would find.

    Raises:
        LedgerError: stories wait, or the file is of an older version, and it cannot be written.
    """
    try:
        ledger = Ledger(Store(path, read_only=True))
    except LedgerOlder as older:
        _settle_first(path, str(older))
        return Ledger(Store(path, read_only=True))
    waiting = ledger.store.query("SELECT count(DISTINCT story_id) FROM waiting_rows")[0][0]
    if not waiting:
        return ledger
    ledger.close()
    _settle_first(
        path, f"{path}: {waiting} stored stories are not merged yet and would be left out"
    )
    return Ledger(Store(path, read_only=True))


def _settle_first(path: str | Path, why: str) -> None:
    """Open the file for writing for a moment, which settles it; ``why`` is told when that is not possible."""
    try:
        open_ledger(path).close()
    except LedgerError as error:
        reason = str(error).removeprefix(f"{path}: ")
        raise type(error)(f"{why}; the file cannot be written now: {reason}") from error


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
            LedgerError: the file cannot be written, or not hold a value; nothing of this story was stored.
            UsageError: ``recorded`` is no day or time, or ``record`` no record.
        """
        of_kind(record, Record, "add wants a record (coder.code makes one of a story)")
        when = checked_time(recorded)
        if self._waiting:
            self.settle()
        with self.store.transaction():
            added, fresh, waiting = self._store_together([record], when)
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

        A story that holds a value that cannot be kept is rejected alone.
        """
        pending: list[Record] = []
        unsettled = 0
        now = checked_time(recorded)
        try:
            for record in records:
                of_kind(record, Record, "add_many wants records (coder.code makes one of a story)")
                if pending and (len(pending) >= together or versions.clash(record, pending)):
                    yield from self._commit_fitting(pending, now)
                    unsettled += len(pending)
                    pending = []
                if unsettled >= BATCH:
                    self.settle()
                    unsettled = 0
                pending.append(record)
            if pending:
                yield from self._commit_fitting(pending, now)
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

    def _commit_fitting(self, records: list[Record], recorded: Any) -> list[Added]:
        """Store stories together; where a value of one cannot be kept, that one is left out."""
        try:
            return self._commit(records, recorded)
        except LedgerUnfit as error:
            if len(records) == 1:
                return [Added(records[0].story.id, "rejected", reason=str(error))]
            return [added for one in records for added in self._commit_fitting([one], recorded)]

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
        named = versions.named(self.store, records)
        known = versions.stored_stories(self.store, [record.story.id for record, _ in named])
        added: list[Added] = []
        everything: Rows = {}
        waiting: list[dict[str, Any]] = []
        told = {
            record.story.id: fitting(rows_of(record, _record_time(record, recorded)))
            for record, _ in named
            if record.story.id not in known
        }
        others = versions.possible(self.store, [rows["story_rows"][0] for rows in told.values()])
        for record, twins in named:
            if record.story.id not in told:
                added.append(self._unchanged(record, known[record.story.id]))
                continue
            rows = told[record.story.id]
            new = rows["story_rows"][0]
            pairs = versions.replacements(new, others, twins)
            replaced = versions.note(self.store, pairs, new, rows, waiting)
            for table, made in rows.items():
                everything.setdefault(table, []).extend(made)
            self.store.known.note(new)
            waiting.append(versions.waiting_row(new, new["recorded"]))
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

    def _unchanged(self, record: Record, stored: dict[str, Any]) -> Added:
        """What is said of a story that is in the ledger; its date may be known by now."""
        story = record.story
        dated = stored["published"] is not None or bool(self.store.known.replaced([story.id]))
        return Added(story.id, "unchanged", dated=dated, source=story.source)

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
            subject: the id of an event, claim, commitment or agreement; ``confirm`` undoes ``dismiss``.
            analyst: who says so.

        Raises:
            UsageError: an action, id, field or value that does not exist, or that this kind has not.
        """
        when = moment(checked_time(recorded))
        return correcting.correct(
            self.store, action, subject, other, field, value, analyst, reason, when
        )

    def brief(self, *, as_of: Day = None, between: Any = None, since: Day = None, until: Day = None,
              days: int = 7, limit: int = 12) -> Brief:  # fmt: skip
        """The crisis on one page, as of a day: what happened last, what is due, agreed and contested, who and whom.

        Args:
            days: what changed in so many last days is told, as against as many before. They are counted from the day
                asked (``as_of``, ``until``, else today); where the newest story is over a month older, from its day.
            limit: lines of a section at most: of events twice as many, of claims and agreements fewer.

        Raises:
            UsageError: a day, a party or a number is none.
        """
        from dragoman.ledger.brief import brief  # only who asks for it waits for it

        return brief(self, as_of=as_of, between=between, since=since, until=until, days=days, limit=limit)  # fmt: skip

    def recode(self, coder: Coder | Callable[[Any], Record]) -> dict[str, Any]:
        """Code every stored story again and replace what was derived, in one transaction.

        Args:
            coder: a ``dragoman.Coder``, or any function from a story to its record.

        Returns:
            counts of stories, of changed stories, and of events, claims and commitments before, after,
            new and gone.
        """
        return recoding.recode(self.store, coder)


def checked_time(recorded: Any) -> Any:
    """A record time as a time, "published" as it is.

    Raises:
        UsageError: it is no day or time.
    """
    try:
        return recorded if recorded == "published" else moment(recorded)
    except (ValueError, TypeError, AttributeError) as error:
        raise UsageError(f"recorded: no day or time: {recorded!r}") from error


def _record_time(record: Record, recorded: Any) -> datetime:
    return moment(record.story.published if recorded == "published" else recorded)
