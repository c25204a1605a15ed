"""What changed in one thing between two days, as a line of ``diff``. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dragoman.ledger import words

Row = dict[str, Any]

# Share of stems (0–1) that the words of what is gone and of what came in its place have in common.
_SAME_WORDS = 0.6


def successors(what: str, gone: Sequence[Row], new: Sequence[Row], key: str) -> dict[str, Row]:
    """Id of a new row → the row that is gone and in whose place it stands: a corrected story tells it again.

    Args:
        what: "event", "claim", "commitment" or "agreement".
        key: the column with the id.
    """
    left, found = list(gone), {}
    for row in new:
        best = max(left, key=lambda old: _alike(what, old, row), default=None)
        if best is not None and _alike(what, best, row) >= _SAME_WORDS:
            left.remove(best)
            untold = what == "event" and not (best["day_told"] or row["day_told"])
            # the day of a story that moves is no news of what it tells
            found[str(row[key])] = best | {"day": row["day"]} if untold else best
    return found


def _alike(what: str, old: Row, new: Row) -> float:
    """How alike the words of two things of one kind and of the same sides are, 0–1."""
    same = {
        "event": ("type", "aux", "actor"),
        "commitment": ("kind", "by_countries"),
        "agreement": ("term", "parties"),
    }
    if any(old[name] != new[name] for name in same.get(what, ())):
        return 0.0
    if what == "agreement":
        return 1.0
    return words.likeness(words.meaning(old["text"] or ""), words.meaning(new["text"] or ""))


def change(what: str, key: str, old: Row | None, new: Row | None, shown: str, told: Sequence[str]) -> Row | None:  # fmt: skip
    """A line that says what is new, changed (with what was and is) or gone; None where nothing changed.

    Args:
        shown: the column whose words are shown.
        told: the columns whose change is told.
    """
    row = new or old
    if row is None:
        return None
    text = _told_as(what, row) or row[shown]
    line = {"what": what, "id": key, "day": row["day"], "text": text, "before": None, "after": None}
    if old is None:
        after = {name: plain(row[name]) for name in told if row[name] not in (None, [])}
        return line | {"change": "new", "after": after}
    if new is None:
        return line | {"change": "gone"}
    before, after = _values(what, old, shown, told), _values(what, new, shown, told)
    changed = [name for name in after if before[name] != after[name]]
    if not changed:
        return None
    return line | {"change": "changed", "before": {n: before[n] for n in changed},
                   "after": {n: after[n] for n in changed}}  # fmt: skip


def _values(what: str, row: Row, shown: str, told: Sequence[str]) -> Row:
    values = {name: plain(row[name]) for name in told}
    return values if what == "event" else values | {shown: row[shown]}


def _told_as(what: str, row: Row) -> str:
    """An event or commitment in a line: a type or a text alone does not say whose it is; "" for the others."""
    if what == "event":
        kind, by, to, text = row["type"], row["actor_names"], row["recipient_names"], None
    elif what == "commitment":
        kind, by, to, text = row["kind"], row["by_countries"], row["to_countries"], row["text"]
    else:
        return ""
    sides = " → ".join(side for side in (", ".join(by), ", ".join(to)) if side)
    return ": ".join(part for part in (kind, sides, text) if part)


def plain(value: Any) -> Any:
    """A value as JSON takes it."""
    return value.isoformat() if hasattr(value, "isoformat") else value
