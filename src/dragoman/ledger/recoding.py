"""Coding stored stories again: the texts stay, every derived row is made anew."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from dragoman.ledger.row_parts import fitting
from dragoman.ledger.rows import moment, rows_of, run_id, unpacked
from dragoman.ledger.settle import settle
from dragoman.ledger.store import Store
from dragoman.model import Record, Story

TOLD = ("report_rows", "statement_rows", "entity_rows", "claim_rows", "commitment_rows",
        "agreement_rows", "evidence_rows")  # fmt: skip
DERIVED = (
    "story_members",
    "near_report_members",
    "far_report_members",
    "claim_members",
    "commitment_members",
    "agreement_members",
    "event_rows",
    "claim_states",
    "commitment_states",
    "agreement_states",
    "dyad_rows",
)
_COUNTED = {"events": ("event_rows", "event_id"), "claims": ("claim_states", "claim_id"),
            "commitments": ("commitment_states", "commitment_id"),
            "agreements": ("agreement_states", "agreement_id")}  # fmt: skip
_STEP = 100


def recode(store: Store, coder: Any) -> dict[str, Any]:
    """See ``Ledger.recode``."""
    code: Callable[[Story], Record] = coder.code if hasattr(coder, "code") else coder
    before = {name: _ids(store, *where) for name, where in _COUNTED.items()}
    stories, changed, runs = 0, 0, {}
    with store.transaction():
        for table in (*TOLD, *DERIVED):
            store.query(f"DELETE FROM {table}")
        for old, recorded in stored(store):
            record = code(old.story)
            if record.story.text != old.story.text:
                raise ValueError(f"story {old.story.id}: the coder changed the text")
            record = record.replace(story=old.story)
            stories += 1
            changed += _told(record) != _told(old)
            runs[run_id(record)] = record.run
            rows = fitting(rows_of(record, recorded))
            for table in TOLD:
                store.append(table, rows.get(table, []))
            packed = rows["story_rows"][0]
            store.query(
                "UPDATE story_rows SET record = ?, run_id = ? WHERE story_hash = ?",
                [packed["record"], packed["run_id"], packed["story_hash"]],
            )
        now = moment(None)
        store.query("DELETE FROM waiting_rows")
        store.query(
            "INSERT INTO waiting_rows BY NAME "
            "SELECT story_id, recorded AS moment, day, recorded FROM story_rows"
        )
        settle(store)
        report: dict[str, Any] = {"stories": stories, "changed": changed}
        for name, where in _COUNTED.items():
            after = _ids(store, *where)
            report[name] = {"before": len(before[name]), "after": len(after),
                            "new": len(after - before[name]), "gone": len(before[name] - after)}  # fmt: skip
        _note(store, runs, report, now)
    return report


def _note(store: Store, runs: dict[str, Any], report: dict[str, Any], now: Any) -> None:
    known = {row[0] for row in store.query("SELECT run_id FROM run_rows")}
    for name, run in sorted(runs.items()):
        if name not in known:
            store.append("run_rows", [{
                "run_id": name, "dragoman": run.dragoman, "recorded": now,
                "models": json.dumps(run.models, sort_keys=True),
                "lexicons": json.dumps(run.lexicons, sort_keys=True),
                "options": json.dumps(run.options, sort_keys=True)}])  # fmt: skip
        store.append("recoding_rows", [{"run_id": name, "stories": report["stories"],
                                        "changed": report["changed"], "recorded": now,
                                        "summary": json.dumps(report)}])  # fmt: skip


def stored(store: Store, current: bool = False) -> Iterator[tuple[Record, Any]]:
    """Stored stories with their record times, by day and id, a few at a time.

    Args:
        current: leave out versions that a corrected story replaced.
    """
    gone = " ANTI JOIN replacement_rows r ON story_rows.story_id = r.old_story" if current else ""
    keys = store.query(f"SELECT story_hash FROM story_rows{gone} ORDER BY day, story_id")
    for start in range(0, len(keys), _STEP):
        part = [row[0] for row in keys[start : start + _STEP]]
        rows = store.query(
            "SELECT record, text, recorded FROM story_rows WHERE story_hash IN (SELECT unnest(?::UBIGINT[])) "
            "ORDER BY day, story_id", [part],
        )  # fmt: skip
        for blob, text, recorded in rows:
            yield unpacked(blob, text), recorded


def _told(record: Record) -> dict[str, Any]:
    data = record.to_dict()
    data.pop("run")
    return data


def _ids(store: Store, table: str, column: str) -> set[str]:
    return {row[0] for row in store.query(f"SELECT {column} FROM {table} WHERE known_to IS NULL")}
