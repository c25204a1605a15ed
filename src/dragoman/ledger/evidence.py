"""Which later reports answer which earlier commitments: found once, when either comes in, and kept as rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from dragoman.ledger.answers import Answers, Later, able_keys, can_answer, longest
from dragoman.ledger.batch import Batch, shifted, stretches, within
from dragoman.ledger.components import items_of, settled_rows
from dragoman.ledger.deriving import gone_stories
from dragoman.ledger.kinds import COMMITMENT, REPORT
from dragoman.ledger.store import Store

Row = dict[str, Any]

_REPORT = (
    "r.report, r.type, r.aux, r.actors, r.actor_countries, r.recipient_countries, r.meaning, r.day, r.story_id, "
    "r.story_event, r.said_by, r.recorded"
)
_COMMITMENT = (
    "r.item, r.kind, r.day, r.by_ids, r.by_countries, r.to_countries, r.meaning, r.story_id, r.story_commitment, "
    "r.recorded"
)


def find_answers(store: Store, batch: Batch) -> dict[int, set[datetime]]:
    """Find what answers what among the batch's stories; hands on the items answered, with the time."""
    new = [row for row in items_of(store, COMMITMENT, batch) if row["component"] is None]
    reports = [
        row
        for row in items_of(store, REPORT, batch)
        if row["component"] is None and can_answer(row)
    ]
    found = _answers_to_new(store, new, reports) if new else []
    found += _answers_to_older(store, reports) if reports else []
    store.append("evidence_rows", found)
    answered: dict[int, set[datetime]] = {}
    for step in found:
        answered.setdefault(step["item"], set()).add(step["recorded"])
    replaced = gone_stories(store, set(batch.moments))
    for item, story in store.query(
        "SELECT item, story_id FROM evidence_rows WHERE story_id IN (SELECT unnest(?::VARCHAR[]))",
        [sorted(replaced)],
    ) if replaced else []:  # fmt: skip
        answered.setdefault(item, set()).add(replaced[story])
    return answered


def steps_toward(items: list[Row], store: Store) -> dict[int, list[Row]]:
    """Commitment's key → the steps that later reports add to it. None is earlier than it."""
    found: dict[int, list[Row]] = {}
    if not items:
        return found
    for step in store.dicts(
        "SELECT * FROM evidence_rows WHERE day >= ? AND item IN (SELECT unnest(?::UBIGINT[]))",
        [min(item["day"] for item in items), [item["item"] for item in items]],
    ):
        found.setdefault(step["item"], []).append(step)
    return found


def _answers_to_new(store: Store, new: list[Row], reports: list[Row]) -> list[Row]:
    """What reports and commitments, settled or of this batch, say about new commitments, and they about older."""
    reach = longest()
    low, high = min(r["day"] for r in new), shifted(max(r["day"] for r in new), reach)
    parties = sorted({p for row in new for p in (*row["by_countries"], *row["to_countries"])})
    later = [*reports, *settled_rows(store, REPORT, _REPORT, (
        # the narrow columns first: the lists of every part of the table that holds one such day took 20 ms
        "SELECT i, p FROM (SELECT report AS i, rowid AS p, unnest(list_concat(actors, actor_countries, recipient_countries)) "
        "AS v FROM report_rows WHERE rowid IN (SELECT rowid FROM report_rows WHERE day BETWEEN ? AND ? "
        "AND merge_key IN (SELECT unnest(?::UBIGINT[])))) WHERE v IN (SELECT unnest(?::VARCHAR[]))",
        [low, high, able_keys(), parties],
    ), ("m.day BETWEEN ? AND ?", [low, high]))]  # fmt: skip
    before = shifted(low, -reach)
    others = settled_rows(store, COMMITMENT, _COMMITMENT, (
        "SELECT i, p FROM (SELECT item AS i, rowid AS p, unnest(list_concat(by_countries, to_countries)) AS v "
        "FROM commitment_rows WHERE day BETWEEN ? AND ?) WHERE v IN (SELECT unnest(?::VARCHAR[]))",
        [before, high, parties],
    ), ("m.day BETWEEN ? AND ?", [before, high]))  # fmt: skip
    told = Answers([*map(Later.event, later), *map(Later.commitment, [*new, *others])])
    found = [step for one in new for step in told.to(one)]
    again = Answers(map(Later.commitment, new))
    return found + [step for one in others for step in again.to(one)]


def _answers_to_older(store: Store, reports: list[Row]) -> list[Row]:
    """What new reports say about commitments that are settled already."""
    reach = longest()
    found = stretches([shifted(r["day"], -(reach // 2)) for r in reports], reach // 2 + 1)
    limit, days = within("r.day", found)
    same = within("m.day", found)
    names, first, last = _when_named(reports, reach)
    older = settled_rows(store, COMMITMENT, _COMMITMENT, (
        "SELECT i, p FROM (SELECT r.item AS i, r.rowid AS p, r.day AS d, unnest(list_concat(r.by_countries, r.to_countries)) AS v "
        f"FROM commitment_rows r WHERE {limit}) JOIN (SELECT unnest(?::VARCHAR[]) AS v, unnest(?::DATE[]) AS low, "
        "unnest(?::DATE[]) AS high) named USING (v) WHERE d BETWEEN low AND high",
        [*days, names, first, last],
    ), same)  # fmt: skip
    told = Answers(map(Later.event, reports))
    return [step for one in older for step in told.to(one)]


def _when_named(reports: list[Row], reach: int) -> tuple[list[str], list[date], list[date]]:
    """Countries and actors of reports, with the days on which commitments they may answer were made."""
    days: dict[str, list[date]] = {}
    for report in reports:
        for name in {*report["actor_countries"], *report["actors"], *report["recipient_countries"]}:
            days.setdefault(name, []).append(shifted(report["day"], -(reach // 2)))
    found = [
        (name, low, high)
        for name, told in days.items()
        for low, high in stretches(told, reach // 2 + 1, most=40)
    ]
    return [row[0] for row in found], [row[1] for row in found], [row[2] for row in found]
