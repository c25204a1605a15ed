"""Which later reports answer which earlier commitments: found once, when either comes in, and kept as rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from dragoman.ledger import answers
from dragoman.ledger.batch import Batch, stretches, within
from dragoman.ledger.components import items_of
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
    reports = [row for row in items_of(store, REPORT, batch) if row["component"] is None]
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


def _answers_to_new(store: Store, new: list[Row], reports: list[Row]) -> list[Row]:
    """What reports and commitments, settled or of this batch, say about new commitments, and they about older."""
    reach = answers.longest()
    low, high = min(r["day"] for r in new), max(r["day"] for r in new) + timedelta(days=reach)
    parties = sorted({p for row in new for p in (*row["by_countries"], *row["to_countries"])})
    later = [*reports, *store.dicts(
        f"SELECT {_REPORT} FROM report_rows r JOIN report_members m ON m.item = r.report AND m.day = r.day "
        "WHERE r.day BETWEEN ? AND ? AND m.day BETWEEN ? AND ? AND (list_has_any(actor_countries, ?::VARCHAR[]) "
        "OR list_has_any(actors, ?::VARCHAR[]) OR list_has_any(recipient_countries, ?::VARCHAR[]))",
        [low, high, low, high, parties, parties, parties],
    )]  # fmt: skip
    days = [low - timedelta(days=reach), high]
    others = store.dicts(
        f"SELECT {_COMMITMENT} FROM commitment_rows r JOIN commitment_members m ON m.item = r.item AND m.day = r.day "
        "WHERE r.day BETWEEN ? AND ? AND m.day BETWEEN ? AND ? AND list_has_any(r.keys, ?::UBIGINT[])",
        [*days, *days, sorted({key for item in new for key in item["keys"]})],
    )
    found = _answered(new, later)
    for one, two in [(o, t) for o in new for t in [*new, *others]] + [
        (o, t) for o in others for t in new
    ]:
        found += answers.commitment_answers(one, two)
    return found


def _answers_to_older(store: Store, reports: list[Row]) -> list[Row]:
    """What new reports say about commitments that are settled already."""
    parties = sorted({c for r in reports
                      for c in (*r["actor_countries"], *r["actors"], *r["recipient_countries"]) if c})  # fmt: skip
    reach = answers.longest()
    found = stretches([r["day"] - timedelta(days=reach // 2) for r in reports], reach // 2 + 1)
    limit, days = within("r.day", found)
    older = store.dicts(
        f"SELECT {_COMMITMENT} FROM commitment_rows r JOIN commitment_members m ON m.item = r.item AND m.day = r.day "
        f"WHERE {limit} AND {within('m.day', found)[0]} AND (list_has_any(by_countries, ?::VARCHAR[]) "
        "OR list_has_any(to_countries, ?::VARCHAR[]))",
        [*days, *days, parties, parties],
    )
    return _answered(older, reports)


def _answered(made: list[Row], reports: list[Row]) -> list[Row]:
    """Answers among reports to commitments, tried only where they share a party."""
    naming: dict[str, dict[int, Row]] = {}
    for report in reports:
        for name in {*report["actor_countries"], *report["actors"], *report["recipient_countries"]}:
            naming.setdefault(name, {})[report["report"]] = report
    found = []
    for one in made:
        near: dict[int, Row] = {}
        for name in {*one["by_countries"], *one["to_countries"]}:
            near |= naming.get(name, {})
        for report in near.values():
            found += answers.event_answers(one, report)
    return found
