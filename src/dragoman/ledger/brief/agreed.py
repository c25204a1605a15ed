"""What a brief tells of agreements and of contested claims."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dragoman.ledger.asking_agreements import _within, with_status
from dragoman.ledger.brief.parts import Agreed, Change, Contested, Evidence, Violation
from dragoman.ledger.brief.sources import QUOTED, Sources, some, step_day
from dragoman.ledger.brief.span import Days, back
from dragoman.ledger.brief.undertaken import Steps, change_of
from dragoman.ledger.scope import Scope
from dragoman.ledger.undated import unknown_day
from dragoman.ledger.wording import party_name
from dragoman.model import DOUBTFUL

if TYPE_CHECKING:
    from dragoman.ledger.asking import Asking

Row = dict[str, Any]

_ALIVE = ("agreed", "in-force", "violated", "disputed")
_LOOKED_AT = 60  # of more agreements, those that were in the news last
_CLAIMS = 2000  # of more contested claims, the latest
_RECENT = 90  # days in which an agreement was in the news that stands before older ones
_STEPS = 12  # steps of a history whose words are told, the last ones


def agreements(ledger: Asking, scope: Scope, days: Days, limit: int) -> tuple[list[Row], int]:
    """The rows of the agreements that matter most on the day, with what changed; how many more there are."""
    known, values = scope.known()
    unknown = unknown_day(ledger.store, "agreement_states")
    touched, day_values = scope.days("day", "last_day", unknown)
    parties, party_values = scope.parties("party_countries")
    limits, given = f"{known} AND {touched} AND {parties}", [*values, *day_values, *party_values]
    ((count,),) = ledger.store.query(f"SELECT count(*) FROM agreement_states WHERE {limits}", given)
    rows = ledger.store.dicts(
        f"SELECT *, {unknown} AS unknown FROM agreement_states WHERE {limits} ORDER BY unknown, last_day DESC, "
        f"stories DESC, agreement_id LIMIT {_LOOKED_AT}",
        given,
    )
    shown = [with_status(row, days.day) for row in rows]
    for row in shown:
        row["change"] = change_of(row, days)
        row["violations"] = [item for item in json.loads(row["violations"]) if _within(item["day"], replace(scope, as_of=None), days.day)]  # fmt: skip
    recent = back(days.last[1], timedelta(_RECENT))
    shown.sort(key=lambda row: _matters(row, recent), reverse=True)
    return shown[:limit], max(0, count - limit)


def _matters(row: Row, recent: date) -> tuple[Any, ...]:
    """What stands first: what changed, what holds or is broken and was lately in the news, truces, and what more
    stories tell."""
    alive = row["status"] in _ALIVE and row["day"] is not None
    told = row["last_day"] or date.min
    return (
        bool(row["change"]), alive and told >= recent, alive, row["term"] == "ceasefire", row["stories"] > 1,
        told, row["agreement_id"],
    )  # fmt: skip


def agreed(ledger: Asking, rows: list[Row], days: Days, sources: Sources) -> tuple[Agreed, ...]:
    """Agreements as lines, each with the words of every step."""
    for row in rows:
        row["history"] = row["history"][-_STEPS:]
    steps = Steps(ledger, rows, sources)
    sources.learn(
        name
        for row in rows
        for name in (
            *row["parties"], *row["party_countries"],
            *(name for step in row["history"] for name in step["by"] or ()),
            *(item["reporter"] for item in row["violations"] if item["reporter"]),
            *(side for item in row["violations"] for side in item["sides"]),
        )
    )  # fmt: skip
    return tuple(_agreement(row, days, steps, sources) for row in rows)


def _agreement(row: Row, days: Days, steps: Steps, sources: Sources) -> Agreed:
    until = days.day.isoformat()
    extensions = [e for e in json.loads(row["extensions"]) if (e["day"] or "") <= until]
    evidence = filter(None, (steps.words(step) for step in row["history"]))
    return Agreed(
        id=row["agreement_id"], name=row["name"], term=row["term"], parties=_parties(row["party_countries"], sources, row["parties"]),
        scope=row["scope"], agreed_on=row["agreed_on"], in_force_from=row["in_force_from"], until=row["until"],
        extended=tuple(f"{e['day'] or 'a day not told'} until {e['until'] or 'a day not told'}" for e in extensions),
        status=row["status"], status_since=step_day(row["status_since"]), status_by=sources.names(row["status_by"]),
        stories=row["stories"], violations=tuple(_violation(item, sources) for item in row["violations"]),
        evidence=tuple(evidence),
    )  # fmt: skip


def _parties(countries: list[str], sources: Sources, ids: list[str] | None = None) -> tuple[str, ...]:  # fmt: skip
    """The names of the parties; of a code that stands for many ("IMG") that of the one among ``ids`` who is meant."""
    names = {code: sources.names([code])[0] for code in countries}
    return tuple(
        party_name(code, ids or ()) if name == code or (ids and code not in ids) else name
        for code, name in names.items()
    )


def _violation(item: Row, sources: Sources) -> Violation:
    return Violation(
        day=step_day(item["day"]), reporter=sources.names([item["reporter"]])[0] if item["reporter"] else None,
        sides=_parties(item["sides"], sources), count=item["count"], comparison=item["comparison"],
    )  # fmt: skip


def agreement_changes(rows: list[Row], sources: Sources) -> list[Change]:
    """Agreements that stand otherwise than before the last days."""
    found = []
    for row in rows:
        if row["change"]:
            before, step = row["change"]
            found.append(
                Change(row["agreement_id"], row["term"], step_day(step["date"]), row["name"], before,  # type: ignore[arg-type]
                       step["status"], sources.names(step["by"]))
            )  # fmt: skip
    return found


def contested(ledger: Asking, scope: Scope, limit: int, sources: Sources) -> tuple[list[Row], tuple[Contested, ...], int]:  # fmt: skip
    """Contested claims, the latest first, with the words of either side; how many more there are."""
    rows = ledger._claims(replace(scope, limit=_CLAIMS), True, False)
    count = len(rows)
    if count == _CLAIMS and not scope.between:
        wanted, values = ledger._wanted_claims(scope, True, False)
        ((count,),) = ledger.store.query(
            f"SELECT count(*) FROM claim_states WHERE {wanted}", values
        )
    rows.sort(key=lambda row: (not row["unknown"], row["last_day"], row["claim_id"]), reverse=True)
    for row in rows:
        row["told"] = json.loads(row["evidence"])
    shown = rows[:limit]
    sources.read(item["story"] for row in shown for item in some(row["told"]))
    said = _statements(ledger, shown)
    sources.learn(
        name for row in shown for name in (*row["asserted_by"], *row["denied_by"], *row["reported_by"])
    )  # fmt: skip
    sources.learn(row["source"] for row in said.values() if row["source"])
    return rows, tuple(_claim(row, said, sources) for row in shown), max(0, count - limit)


def _claim(row: Row, said: dict[tuple[str, str], Row], sources: Sources) -> Contested:
    told = some(row["told"])
    return Contested(
        id=row["claim_id"], day=None if row["unknown"] else row["day"], text=" ".join((row["text"] or "").split()),
        asserted_by=sources.names(row["asserted_by"]), denied_by=sources.names(row["denied_by"]),
        reported_by=sources.names(row["reported_by"]), confidence=row["confidence"], stories=row["stories"],
        evidence=tuple(item for one in told for item in _claim_evidence(row, one, said, sources)),
        evidence_left_out=max(0, len(row["told"]) - len(told)),
    )  # fmt: skip


def _claim_evidence(
    row: Row, item: Row, said: dict[tuple[str, str], Row], sources: Sources
) -> list[Evidence]:
    """The sentence of a claim in one story, and those of the statements on either side."""
    sides = {"asserted_by": sources.names(item["asserted_by"]), "denied_by": sources.names(item["denied_by"])}  # fmt: skip
    found: dict[str, Evidence] = {}
    first = sources.evidence(item["story"], item["start"], item["end"], **sides)
    if item["start"] is None:  # no one place of the story says it
        first = sources.bare(item["story"], row["text"] or "", **sides)
    if first:
        found[first.sentence] = first
    for key in item["statements"][:QUOTED]:
        spoken = said.get((item["story"], key))
        side = next(
            (name for name in sides if spoken and spoken["source"] in (item[name] or ())), None
        )
        if spoken is None or side is None:
            continue
        words = sources.evidence(
            item["story"], spoken["start_offset"], spoken["end_offset"],
            **{side: sources.names([spoken["source"]])},
        )  # fmt: skip
        if words:
            found.setdefault(words.sentence, words)
    return [*found.values()]


def _statements(ledger: Asking, rows: list[Row]) -> dict[tuple[str, str], Row]:
    told = [item for row in rows for item in some(row["told"])]
    keys = {key for item in told for key in item["statements"]}
    if not keys:
        return {}
    found = ledger.store.dicts(
        "SELECT story_id, statement, source, start_offset, end_offset FROM statement_rows WHERE story_id IN "
        "(SELECT unnest(?::VARCHAR[])) AND statement IN (SELECT unnest(?::VARCHAR[]))",
        [sorted({item["story"] for item in told}), sorted(keys)],
    )  # fmt: skip
    return {(row["story_id"], row["statement"]): row for row in found}


def disputes(rows: list[Row], lines: tuple[Contested, ...], sources: Sources) -> dict[int, Contested]:  # fmt: skip
    """Key of a report → the contested claim that its event is, also of those claims that are not told."""
    shown = {line.id: line for line in lines}
    found: dict[int, Contested] = {}
    for row in rows:
        sure = (row["confidence"] or 0) >= DOUBTFUL
        for item in row["told"] if sure else ():
            if item["report"] is not None:
                line = shown.get(row["claim_id"])
                if line is None:
                    sources.learn(row["denied_by"])
                    line = Contested(row["claim_id"], row["day"], row["text"], (), sources.names(row["denied_by"]), (), row["confidence"], row["stories"], ())  # fmt: skip
                found.setdefault(item["report"], line)
    return found


def claim_changes(rows: list[Row], lines: tuple[Contested, ...], days: Days) -> list[Change]:
    """Claims told here that both sides stand behind only since the last days."""
    told = {row["claim_id"]: row["told"] for row in rows}
    found = []
    for line in lines:
        evidence = told[line.id]
        past = [item for item in evidence if (step_day(item["day"]) or days.day) < days.last[0]]
        recent = [day for item in evidence if (item["asserted_by"] or item["denied_by"])
                  if days.within(day := step_day(item["day"]))]  # fmt: skip
        both = any(i["asserted_by"] for i in past) and any(i["denied_by"] for i in past)
        if line.day and recent and not both:
            before = "told" if past else None
            found.append(Change(line.id, "claim", max(filter(None, recent)), line.text, before, "contested", line.denied_by))  # fmt: skip
    return found
