"""What a brief tells of events: what happened last, how much of what, who did it, and to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dragoman.ledger.brief.parts import Actor, Contested, Dyad, Happened, Step, Tally
from dragoman.ledger.brief.sources import Sources, some
from dragoman.ledger.brief.span import Days, back
from dragoman.ledger.row_parts import PASSING
from dragoman.ledger.scope import Party, Scope
from dragoman.ledger.undated import shown_day, unknown_day
from dragoman.model import DOUBTFUL

if TYPE_CHECKING:
    from dragoman.ledger.asking import Asking

Row = dict[str, Any]

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_ACTS = tuple(name.replace(" ", "_") for name in QUADS)
NEWEST, OTHER = 8, 4  # events told of the newest day, and of each other one
_FEW = 8  # with fewer than so many in the last days, what came before is told as well
_FURTHER = (30, 120, 1500)  # days back that are looked at then
_DONE = "NOT list_has_any(aux, ['negation', 'future', 'hypothetical', 'historical'])"
# How much an event weighs among those of its day: the dead, who else tells it, how far it is from indifferent, all
# by how surely it was. A toll whose day no words tell is often that of a whole war.
_WEIGHT = (
    "confidence * (abs(score) / 5 + 2 * ln(tellings) + CASE WHEN day_told THEN 1.5 ELSE 0 END "
    "- CASE WHEN actor_id IS NULL OR recipient_id IS NULL THEN 0.7 ELSE 0 END + CASE WHEN day_told THEN 1 ELSE 0.4 END "
    "* (ln(1 + least(coalesce(dead_low, 0), 1000)) + 0.5 * ln(1 + least(coalesce(injured_low, 0), 1000))))"
)
_TOLD_ENOUGH = 3  # events between two from which on their series is drawn
_DAILY, _WEEKLY = 45, 500  # days of a series that are shown day by day, and week by week


def _wanted(ledger: Asking, scope: Scope) -> tuple[str, list[Any]]:
    """SQL for events that happened, of a known day, not doubtful, in the scope."""
    known, values = scope.known()
    unknown = unknown_day(ledger.store, "event_rows")
    days, day_values = scope.days("day", "day", unknown)
    parties, party_values = scope.parties("actor_countries", "recipient_countries")
    return (
        f"{known} AND {days} AND {parties} AND {_DONE} AND confidence >= ? AND NOT {unknown}",
        [*values, *day_values, *party_values, DOUBTFUL],
    )


def newest(ledger: Asking, scope: Scope, days: Days, limit: int) -> tuple[list[Row], int]:
    """The rows of the newest events, the newest day first and its gravest first; how many more there are of these days."""
    rows: list[Row]
    first, last = days.last
    rows, count, far = [], 0, 0
    for far in (0, *_FURTHER):
        start = back(last, timedelta(far)) if far else first
        span = days.scope(scope, (min(first, start), last))
        rows, count = _ranked(ledger, span) if span.since and span.until and span.since <= span.until else ([], 0)  # fmt: skip
        if count >= _FEW:
            break
    if far:  # a quiet week: what came before it is told in few lines
        limit = _FEW
    chosen: list[Row] = []
    for _, group in groupby(rows, key=lambda row: row["day"]):
        room = (OTHER if chosen else NEWEST) if count > limit else limit
        chosen += [*group][:room]
    return chosen[:limit], max(0, count - min(limit, len(chosen)))


def _ranked(ledger: Asking, scope: Scope) -> tuple[list[Row], int]:
    """The gravest events of each day, and how many there are in all."""
    wanted, values = _wanted(ledger, scope)
    ((count,),) = ledger.store.query(f"SELECT count(*) FROM event_rows WHERE {wanted}", values)
    inner = (
        f"SELECT rowid, {_WEIGHT} AS weight FROM event_rows WHERE {wanted} "
        f"QUALIFY row_number() OVER (PARTITION BY day ORDER BY weight DESC, event_id) <= {NEWEST} "
        "ORDER BY day DESC LIMIT 400"
    )
    rows = ledger.store.dicts(
        f"SELECT e.*, weight, FALSE AS unknown FROM event_rows e JOIN ({inner}) chosen ON e.rowid = chosen.rowid "
        "ORDER BY day DESC, weight DESC, event_id",
        values,
    )
    return rows, count


def happened(ledger: Asking, rows: list[Row], disputes: Mapping[int, Contested], sources: Sources) -> tuple[Happened, ...]:  # fmt: skip
    """Events as lines, each with the words of its reports.

    Args:
        disputes: key of a report → the contested claim that its event is.
    """
    from dragoman.ledger.asking import toll_words

    told = _reports(ledger, rows)
    sources.read(report["story_id"] for report in told.values())
    sources.learn(name for row in (*rows, *told.values()) for name in row["said_by"] or ())
    sources.hear(told.values())
    made = []
    for row in rows:
        reports = [told[key] for key in some(row["report_keys"]) if key in told]
        claim = next((disputes[key] for key in row["report_keys"] if key in disputes), None)
        evidence = filter(None, (_evidence(sources, report) for report in reports))
        said = sources.names(row["said_by"])
        if not said:
            said = next(filter(None, map(sources.voices, reports)), ())
        made.append(
            Happened(
                id=row["event_id"], day=row["day"], when=shown_day(row), type=row["type"], mode=row["mode"],
                quad=row["quad"], actors=_once(row["actor_names"]), recipients=_once(row["recipient_names"]),
                place=row["place"], toll=toll_words(row), said_by=said, reports=row["reports"],
                tellings=row["tellings"], confidence=round(row["confidence"], 3),
                contested=claim.id if claim else None, denied_by=claim.denied_by if claim else (),
                evidence=tuple(evidence), evidence_left_out=max(0, len(row["report_keys"]) - len(reports)),
            )
        )  # fmt: skip
    return tuple(made)


def _once(names: list[str] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names or ()))


def _reports(ledger: Asking, rows: list[Row]) -> dict[int, Row]:
    keys = [key for row in rows for key in some(row["report_keys"])]
    if not keys:
        return {}
    found = ledger.store.dicts(
        "SELECT report, story_id, rule, coder, attribution, said_by, confidence, trigger_start, trigger_end, sentence_start, "
        "sentence_end FROM report_rows WHERE rowid IN (SELECT rowid FROM report_rows WHERE report IN (SELECT unnest(?::UBIGINT[])))",
        [keys],
    )
    return {row["report"]: row for row in found}


def _evidence(sources: Sources, report: Row) -> Any:
    return sources.evidence(
        report["story_id"], report["trigger_start"], report["trigger_end"],
        (report["sentence_start"], report["sentence_end"]),
        by=sources.voices(report), rule=report["rule"], coder=report["coder"],
        confidence=round(report["confidence"], 3),
    )  # fmt: skip


def tallies(ledger: Asking, scope: Scope, days: Days) -> list[Tally]:
    """Events by quad class in the last days and in those before, and how many of them count dead or injured."""
    wanted, values = _wanted(ledger, days.scope(scope, (days.before[0], days.last[1])))
    rows = ledger.store.query(
        "SELECT quad, day >= ?, count(*), count(*) FILTER (coalesce(dead_low, 0) + coalesce(injured_low, 0) > 0) "
        f"FROM event_rows WHERE {wanted} GROUP BY ALL",
        [days.last[0], *values],
    )
    found = {(quad, last): (count, harm) for quad, last, count, harm in rows}
    made = [
        Tally(name, *(found.get((quad, last), (0, 0))[0] for last in (True, False)))
        for quad, name in enumerate(QUADS, start=1)
    ]
    harm = [sum(item[1] for (_, when), item in found.items() if when is last) for last in (True, False)]  # fmt: skip
    return [*made, Tally("with dead or injured", *harm)]


def actors(ledger: Asking, scope: Scope, between: Any, days: Days, limit: int) -> tuple[Actor, ...]:  # fmt: skip
    """Who acts most, those left out who have a name in one story only.

    Args:
        between: the two parties as they were asked for.
    """
    asked: dict[str, Any] = {"as_of": scope.as_of, "between": between}
    rows = ledger.actors(**asked, since=scope.since, until=scope.until, limit=4 * limit)
    span = days.scope(scope, days.last)
    inside = span.since and span.until and span.since <= span.until
    recent = ledger.actors(**asked, since=span.since, until=span.until, limit=1000) if inside else []  # fmt: skip
    lately = {row["entity"]: row["acts"] for row in recent}
    named = [row for row in rows if not row["entity"].startswith(PASSING) and row["acts"]]
    return tuple(
        Actor(
            id=row["entity"], lately=lately.get(row["entity"], 0),
            **{name: row[name] for name in ("name", "acts", "receives", *_ACTS)},
        )
        for row in named[:limit]
    )  # fmt: skip


def dyads(ledger: Asking, scope: Scope, first: date | None, day: date, limit: int) -> tuple[Dyad, ...]:  # fmt: skip
    """The pairs that have most to do with each other, each with its series.

    Args:
        first: the day of the first story: what stories tell of long before is left out.
    """
    since = max(filter(None, (scope.since, first)), default=None)
    if since is None or since > day:
        return ()
    span = replace(scope, since=since, until=day)
    length = (day - since).days
    by = "day" if length <= _DAILY else "week" if length <= _WEEKLY else "month"
    made = []
    for pair in [scope.between] if scope.between else _pairs(ledger, span, limit):
        rows = ledger._index(replace(span, between=pair), by)
        events = sum(row["events"] for row in rows)
        if events >= (1 if scope.between else _TOLD_ENOUGH):
            steps = (Step(**{name: row[name] for name in ("start", "cooperation", "conflict", "net", "events")}) for row in rows)  # fmt: skip
            one, two = pair
            made.append(
                Dyad(one.key, two.key, f"{one.name} and {two.name}", by, events, tuple(steps))
            )
    return tuple(made)


def _pairs(ledger: Asking, scope: Scope, limit: int) -> list[tuple[Party, Party]]:
    """The pairs of countries (or groups that stand for themselves) with most events between them."""
    from dragoman.ledger.wording import party_name

    known, values = scope.known()
    days, day_values = scope.days()
    rows = ledger.store.query(
        f"SELECT least(actor, recipient) AS one, greatest(actor, recipient) AS two FROM dyad_rows WHERE {known} AND {days} "
        "AND actor <> recipient GROUP BY ALL ORDER BY count(*) DESC, one, two LIMIT ?",
        [*values, *day_values, limit],
    )
    codes = {code for row in rows for code in row}
    named = ledger.names_of(codes, scope.as_of)
    parties = {
        code: Party(code, named[code][0] if code in named else party_name(code, ()))
        for code in codes
    }
    return [(parties[one], parties[two]) for one, two in rows]
