"""Taking down an analyst's correction: what it is about, and whether it can be made."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from dragoman.errors import UsageError
from dragoman.ledger import corrections, recodable
from dragoman.ledger.row_parts import key
from dragoman.ledger.settle import settle
from dragoman.ledger.store import Store
from dragoman.model import content_id

Row = dict[str, Any]
# kind of item → table of its derived rows, their id, and what tells their items
DERIVED = {
    "report": ("event_rows", "event_id", "report_keys"),
    "claim": ("claim_states", "claim_id", "evidence"),
    "commitment": ("commitment_states", "commitment_id", "items"),
    "agreement": ("agreement_states", "agreement_id", "items"),
}


def correct(store: Store, action: str, subject: str, other: str | None, field: str | None, value: Any,
            analyst: str, reason: str, when: datetime) -> str:  # fmt: skip
    """See ``Ledger.correct``."""
    if action not in corrections.ACTIONS:
        raise UsageError(f"no such correction: {action} (one of {', '.join(corrections.ACTIONS)})")
    if not analyst.strip():
        raise UsageError("a correction names its analyst")
    if action in ("merge", "split") and not other:
        raise UsageError(f"{action} needs a second id")
    kind, keys = _subject(store, subject)
    if action == "recode":
        value = _new_value(store, kind, subject, field, value)
    if action == "confirm":
        _can_confirm(store, kind, keys, when)
    others = _others(store, action, kind, keys, other) if other else []
    if action == "split":
        keys = [item for item in keys if item not in others]
        if not keys:
            raise UsageError(f"split: only story {other} tells {subject}")
    row = {
        "action": action, "subject": subject, "other": other, "field": field,
        "value": json.dumps(value), "analyst": analyst, "reason": reason, "recorded": when,
        "anchors": json.dumps({
            "kind": kind, "subject": corrections.anchors_of(store, kind, keys),
            "other": corrections.anchors_of(store, kind, others)}),
    }  # fmt: skip
    row["correction_id"] = "x" + content_id(*(str(row[name]) for name in sorted(row)))
    table, column = corrections.PLACES[kind][:2]
    with store.transaction():
        store.append("correction_rows", [row])
        store.query(
            "INSERT INTO waiting_rows BY NAME SELECT story_id, ?::TIMESTAMP AS moment, day, recorded FROM story_rows "
            f"WHERE story_id IN (SELECT story_id FROM {table} WHERE {column} IN (SELECT unnest(?::UBIGINT[])))",
            [when, [*keys, *others]],
        )  # fmt: skip
        settle(store)
    return str(row["correction_id"])


def _subject(store: Store, name: str) -> tuple[str, list[int]]:
    """Kind and item keys of an id, also of one that was dismissed or merged into another.

    Raises:
        UsageError: the ledger has no such id.
    """
    for find in (_current, _past, _corrected):
        for kind in corrections.PLACES:
            if keys := find(store, kind, name):
                return kind, keys
    raise UsageError(f"{store.path}: no event, claim, commitment or agreement {name!r}")


def _current(store: Store, kind: str, name: str) -> list[int]:
    rows = store.query(
        f"SELECT item FROM {kind}_members WHERE group_id = ? ORDER BY day, item", [name]
    )
    return [row[0] for row in rows]


def _past(store: Store, kind: str, name: str) -> list[int]:
    """Items of the last derived row that had the id."""
    table, id_column, column = DERIVED[kind]
    rows = store.query(
        f"SELECT {column} FROM {table} WHERE {id_column} = ? ORDER BY known_from DESC LIMIT 1",
        [name],
    )
    if kind == "claim":
        told = [item for (evidence,) in rows for item in json.loads(evidence)]
        return [key(item["story"], "claim", item["claim"]) for item in told]
    return [item for (items,) in rows for item in items]


def _corrected(store: Store, kind: str, name: str) -> list[int]:
    """Items that an earlier correction of the id was about."""
    rows = store.query(
        "SELECT anchors FROM correction_rows WHERE subject = ? ORDER BY recorded DESC LIMIT 1",
        [name],
    )
    told = [json.loads(row[0]) for row in rows]
    return [
        item
        for anchors in told
        if anchors["kind"] == kind
        for item in corrections.keys_of(store, kind, anchors["subject"])
    ]


def _others(store: Store, action: str, kind: str, keys: list[int], other: str) -> list[int]:
    """Items of the second id: of what is merged, or of a story in it."""
    if action == "merge":
        other_kind, found = _subject(store, other)
        if other_kind != kind:
            raise UsageError(f"{other} is a {_shown(other_kind)}, not a {_shown(kind)}")
        if set(found) & set(keys):
            raise UsageError(f"merge: {other} is the same {_shown(kind)} already")
        return found
    table, column = corrections.PLACES[kind][:2]
    rows = store.query(
        f"SELECT {column} FROM {table} WHERE story_id = ? AND {column} IN (SELECT unnest(?::UBIGINT[]))",
        [other, keys],
    )
    if not rows:
        raise UsageError(f"story {other!r} has no report in it")
    return [row[0] for row in rows]


def _new_value(store: Store, kind: str, subject: str, field: str | None, value: Any) -> Any:
    """The value of a recoding, checked against what the ledger has."""
    value = recodable.checked(kind, field, value)
    if kind == "report" and field == "type" and value not in recodable.TYPES:
        own = {row[0] for row in store.query("SELECT DISTINCT type FROM report_rows")}
        if value not in own:
            raise UsageError(f"recode type: no such event type: {value}")
    if kind == "report" and field == "mode" and value is not None:
        _check_mode(store, subject, value)
    if field == "day_end":
        days = store.query(
            "SELECT day FROM event_rows WHERE event_id = ? AND known_to IS NULL", [subject]
        )
        if days and value < days[0][0].isoformat():
            raise UsageError(f"recode day_end: {value} is before its first day, {days[0][0]}")
    return value


def _check_mode(store: Store, subject: str, mode: str) -> None:
    """Refuse a mode that an event's type has neither in PLOVER nor anywhere in the ledger.

    Raises:
        UsageError: it has not.
    """
    found = store.query(
        "SELECT type FROM event_rows WHERE event_id = ? AND known_to IS NULL", [subject]
    )
    type_ = found[0][0] if found else ""
    told = store.query("SELECT DISTINCT mode FROM report_rows WHERE type = ?", [type_])
    scheme = recodable.shipped_scheme()
    own = scheme.modes(type_) if type_ in scheme.types else ()
    known = list(dict.fromkeys([*own, *(row[0] for row in told if row[0])]))
    if mode not in known:
        modes = f"one of {', '.join(known)}" if known else "it has none"
        raise UsageError(f"recode mode: {type_} has no mode {mode!r} ({modes})")


def _can_confirm(store: Store, kind: str, keys: list[int], when: datetime) -> None:
    """Refuse to confirm what has no place for it; what was dismissed can always be brought back."""
    if kind != "report" and not corrections.load(store).dismissed(kind, when) & set(keys):
        raise UsageError(f"confirm is for events; of a {kind}, note says what you know")


def _shown(kind: str) -> str:
    return "event" if kind == "report" else kind
