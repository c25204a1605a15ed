"""What a brief tells of demands, offers, promises, threats and plans: what is due, overdue, changed and open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from dragoman.ledger.asking_commitments import _FOLLOWED, _LATEST
from dragoman.ledger.brief.parts import Change, Evidence, Undertaking
from dragoman.ledger.brief.sources import Sources, some, step_day
from dragoman.ledger.brief.span import Days, back
from dragoman.ledger.commitments import OPEN, PARTLY, is_to_come
from dragoman.ledger.scope import Scope
from dragoman.ledger.undated import unknown_day

if TYPE_CHECKING:
    from dragoman.ledger.asking import Asking

Row = dict[str, Any]

KINDS = ("demand", "offer", "promise", "threat", "plan")
_OVERDUE = 30  # days after its due day that a commitment is still told of
_MOST = 4000  # rows that are looked at for what changed


def half(limit: int) -> int:
    """Lines of what matters less."""
    return max(1, limit // 2)


def open_counts(ledger: Asking, scope: Scope, days: Days) -> dict[str, int]:
    """How many commitments of each kind are open on the day."""
    known, values = scope.known()
    unknown = unknown_day(ledger.store, "commitment_states")
    touched, day_values = scope.days("day", "last_day", unknown)
    parties, party_values = scope.parties("by_countries", "to_countries")
    rows = ledger.store.query(
        f"SELECT kind, count(*) FROM commitment_states WHERE {known} AND {touched} AND {parties} AND {_FOLLOWED} "
        f"AND status IN {OPEN!r} AND (due_end IS NULL OR due_end >= ? OR status = ?) GROUP BY 1",
        [*values, *day_values, *party_values, days.day, PARTLY],
    )
    found = dict(rows)
    return {kind: found[kind] for kind in KINDS if kind in found}


def chosen(ledger: Asking, scope: Scope, days: Days, limit: int) -> list[Row]:
    """The rows of the commitments that are told, each once, with ``group`` and, where it changed, ``change``."""

    def made(limits: str, values: list[Any], order: str) -> Iterable[Row]:
        return ledger._made(scope, days.day, (f"{_FOLLOWED} AND {limits}", values), order)

    def is_open(row: Row) -> bool:
        return row["status"] in OPEN

    def is_late(row: Row) -> bool:
        return row["status"] in ("lapsed", PARTLY)

    def is_new(row: Row) -> bool:
        change = change_of(row, days)
        return change is None or change[0] is None

    groups: dict[str, Iterable[Row]] = {
        "due": filter(is_to_come, made("due_end >= ?", [days.day], "due_end, commitment_id")),
        "overdue": filter(is_late, made(
            "due_end < ? AND due_end >= ?",
            [days.day, min(days.last[0], back(days.day, timedelta(_OVERDUE)))], "due_end DESC, commitment_id")),
        "changed": sorted(filter(lambda row: change_of(row, days), islice(
            made("last_day >= ?", [days.last[0]], "last_day DESC, commitment_id"), _MOST)), key=is_new),
        "open": filter(is_open, made("due_end IS NULL", [], _LATEST)),
    }  # fmt: skip
    found: dict[str, Row] = {}
    for group, rows in groups.items():
        new = (row for row in rows if row["commitment_id"] not in found)
        for row in islice(new, limit if group != "open" else half(limit)):
            found[row["commitment_id"]] = row | {"group": group, "change": change_of(row, days)}
    return [*found.values()]


def change_of(row: Row, days: Days) -> tuple[str | None, Row] | None:
    """The status before the last days and the step that gave the one after; None where nothing changed in them.

    What lapsed in these days changed as well.
    """
    past = [step for step in row["history"] if (day := step_day(step["date"])) and day < days.last[0]]  # fmt: skip
    recent = [step for step in row["history"] if days.within(step_day(step["date"]))]
    before = past[-1]["status"] if past else None
    lapsed = row["status"] == "lapsed" and days.within(step_day(row["status_since"]))
    if lapsed:
        before = recent[-1]["status"] if recent else before
        return before, {"date": row["status_since"], "status": "lapsed", "by": []}
    last = next((step for step in reversed(recent) if step["status"] != before), None)
    return (before, last) if last and last["status"] == recent[-1]["status"] else None


def undertakings(ledger: Asking, rows: list[Row], days: Days, sources: Sources) -> tuple[Undertaking, ...]:  # fmt: skip
    """Commitments as lines, each with the words that make it and those of every step since."""
    steps = Steps(ledger, rows, sources)
    told = _told(ledger, rows)
    sources.read(item["story_id"] for item in told.values())
    sources.learn(
        name for row in rows for name in (*row["by_ids"], *row["to_ids"], *_speakers(row))
    )
    made = []
    for row in rows:
        items = [told[key] for key in some(row["items"]) if key in told]
        by = sources.names(row["by_ids"])
        evidence = [
            *(sources.evidence(item["story_id"], item["start_offset"], item["end_offset"], by=by)
              for item in items),
            *(steps.words(step) for step in row["history"] if step["rule"] != "as told"),
        ]  # fmt: skip
        due = row["due_end"]
        made.append(
            Undertaking(
                id=row["commitment_id"], group=row["group"], kind=row["kind"], day=row["day"], by=by,
                to=sources.names(row["to_ids"]), text=" ".join((row["text"] or "").split()),
                condition=row["condition"], due=due, due_text=row["due_text"],
                days_left=(due - days.day).days if due else None, status=row["status"],
                status_since=step_day(row["status_since"]), stories=row["stories"],
                evidence=tuple(item for item in evidence if item),
                evidence_left_out=max(0, len(row["items"]) - len(items)),
            )
        )  # fmt: skip
    return tuple(made)


def _speakers(row: Row) -> list[str]:
    return [name for step in row["history"] for name in step["by"] or ()]


def _told(ledger: Asking, rows: list[Row]) -> dict[int, Row]:
    """The commitments of single stories behind the rows, by key."""
    keys = [key for row in rows for key in some(row["items"])]
    if not keys:
        return {}
    found = ledger.store.dicts(
        "SELECT item, story_id, kind, start_offset, end_offset FROM commitment_rows WHERE item IN (SELECT unnest(?::UBIGINT[]))",
        [keys],
    )
    return {row["item"]: row for row in found}


class Steps:
    """The words behind the steps of histories: of an event its sentence, of speech what was said."""

    def __init__(self, ledger: Asking, rows: list[Row], sources: Sources) -> None:
        self._sources = sources
        steps = [step for row in rows for step in row["history"] if step["story"]]
        stories = sorted({step["story"] for step in steps})
        sources.read(stories)
        self._events, self._statements = {}, {}
        if not stories:
            return
        events = sorted({step["event"] for step in steps if step.get("event")})
        said = sorted({step["statement"] for step in steps if step.get("statement")})
        self._events = {(row[0], row[1]): row[2:] for row in ledger.store.query(
            "SELECT story_id, story_event, trigger_start, trigger_end, sentence_start, sentence_end, rule, coder, confidence "
            "FROM report_rows WHERE story_id IN (SELECT unnest(?::VARCHAR[])) AND story_event IN (SELECT unnest(?::VARCHAR[]))",
            [stories, events])} if events else {}  # fmt: skip
        self._statements = {(row[0], row[1]): row[2:] for row in ledger.store.query(
            "SELECT story_id, statement, start_offset, end_offset FROM statement_rows "
            "WHERE story_id IN (SELECT unnest(?::VARCHAR[])) AND statement IN (SELECT unnest(?::VARCHAR[]))",
            [stories, said])} if said else {}  # fmt: skip

    def words(self, step: Row) -> Evidence | None:
        """The words behind one step, with its day and the status after it."""
        facts: Row = {
            "day": step_day(step["date"]), "status": step["status"], "by": self._sources.names(step["by"]), "rule": step["rule"],
        }  # fmt: skip
        if step.get("start") is not None:
            return self._sources.evidence(step["story"], step["start"], step["end"], **facts)
        event = self._events.get((step["story"], step.get("event")))
        if event:
            facts["confidence"] = round(event[6], 3)
            return self._sources.evidence(step["story"], event[0], event[1], event[2:4], **facts)
        said = self._statements.get((step["story"], step.get("statement")))
        return self._sources.evidence(step["story"], said[0], said[1], **facts) if said else None


def foremost(found: list[Change], limit: int) -> tuple[Change, ...]:
    """The changes that are told, by rank and then the latest first; none but the first rank crowds the others out."""
    found = sorted(found, key=lambda item: (item.day, item.id), reverse=True)
    ranked = sorted(found, key=_rank)
    times: Counter[int] = Counter()
    fits: list[Change] = []
    others: list[Change] = []
    for item in ranked:
        times[_rank(item)] += 1
        crowds = _rank(item) and times[_rank(item)] > max(1, limit // 3)
        (others if crowds else fits).append(item)
    return tuple(sorted([*fits, *others][:limit], key=_rank))


def _rank(item: Change) -> int:
    """What was answered stands before what is new in dispute or agreed, before what ran out, before what is new."""
    if item.after == "lapsed":
        return 2
    if item.what in KINDS:
        return 0 if item.before else 3
    return 0 if item.before and item.what != "claim" else 1


def changes(rows: list[Row], sources: Sources) -> list[Change]:
    """What stands otherwise than before the last days, latest first."""
    found = []
    for row in rows:
        if row["change"]:
            before, step = row["change"]
            found.append(
                Change(
                    id=row["commitment_id"], what=row["kind"], day=step_day(step["date"]), before=before,  # type: ignore[arg-type]
                    text=" ".join((row["text"] or "").split()), after=step["status"], by=sources.names(step["by"]),
                )
            )  # fmt: skip
    return sorted(found, key=lambda item: (item.day, item.id), reverse=True)
