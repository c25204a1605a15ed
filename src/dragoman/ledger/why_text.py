"""The answer of ``Ledger.why`` for eyes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from textwrap import fill
from typing import Any

_WIDTH = 100  # columns at most, and of a pipe
_NARROWEST = 40
_LABEL = 22
_SHOWN = (
    "day", "type", "mode", "aux", "kind", "text", "name", "actor_names", "recipient_names", "by_countries",
    "to_countries", "parties", "condition", "due_end", "place", "dead_low", "injured_low", "arrested_low", "agreed_on",
    "in_force_from", "until", "status", "contested", "asserted_by", "denied_by", "reported_by", "said_by", "reports",
    "independent_tellings", "confidence", "confirmed", "known_from", "known_to",
)  # fmt: skip


_SPEAKERS = ("asserted_by", "denied_by", "reported_by", "said_by", "by", "sides")


def why_text(found: dict[str, Any]) -> str:
    """Facts first, then the words of every story behind them, the history and the analysts' corrections."""
    found = _with_names(found)
    lines: list[str] = []
    for name in _SHOWN:
        value = found.get(name)
        if value not in (None, [], "", False):
            lines.append(
                _fitted(f"{name.replace('_', ' '):>{_LABEL}}  {_plain(value)}", _LABEL + 2)
            )
    lines += _section("told by", (line for item in found["told_by"] for line in _telling(item)))
    lines += _section(
        "history", (line for step in found.get("history") or [] for line in _step(step))
    )
    lines += _section("numbers", (_revision(item) for item in found.get("revisions") or []))
    lines += _section("violations", (_violation(item) for item in found.get("violations") or []))
    lines += _section("corrections", (_correction(item) for item in found["corrections"]))
    return "\n".join(lines) + "\n"


def _with_names(found: dict[str, Any]) -> dict[str, Any]:
    """The answer with names in place of the ids of who speaks and who is blamed."""
    names: dict[str, str] = found.get("names") or {}

    def named(row: dict[str, Any]) -> dict[str, Any]:
        lists = {
            key: [names.get(item, item) for item in row[key]] for key in _SPEAKERS if row.get(key)
        }
        one = (
            {"reporter": names.get(row["reporter"], row["reporter"])} if row.get("reporter") else {}
        )
        return row | lists | one

    rows = {
        key: [named(row) for row in found[key]]
        for key in ("told_by", "history", "violations")
        if found.get(key)
    }
    return named(found) | rows


def _fitted(line: str, indent: int) -> str:
    """A line broken between words where the terminal is narrower; lines that were broken stay."""
    width = max(_NARROWEST, min(_WIDTH, shutil.get_terminal_size((_WIDTH, 24)).columns))
    if "\n" in line or len(line) <= width:
        return line
    return fill(
        line, width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    )


def _section(title: str, lines: Iterator[str]) -> list[str]:
    found = [_fitted(line, 6) for line in lines]
    return ["", title, *found] if found else []


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _quoted(words: str | None) -> Iterator[str]:
    if words:
        yield f"      “{' '.join(words.split())}”"


def _telling(item: dict[str, Any]) -> Iterator[str]:
    where = (item.get("published"), item.get("publisher"), item.get("title"), item["story_id"])
    more = [f"rule {item['rule']}"] if item.get("rule") else []
    more += [f"said by {_plain(item['said_by'])}"] if item.get("said_by") else []
    more += [f"sign: {item['sign']}"] if item.get("sign") else []
    more += [f"asserted by {_plain(item['asserted_by'])}"] if item.get("asserted_by") else []
    more += [f"denied by {_plain(item['denied_by'])}"] if item.get("denied_by") else []
    yield "  " + " · ".join(str(part) for part in where if part)
    yield from _quoted(item.get("words"))
    if more:
        yield "      " + "; ".join(more)


def _step(step: dict[str, Any]) -> Iterator[str]:
    by = f" — says {_plain(step['by'])}" if step.get("by") else ""
    yield f"  {step['date'] or 'day unknown'}  {step['status']}{by} ({step['rule']}; story {step['story'] or 'none'})"
    yield from _quoted(step.get("words"))


def _revision(item: dict[str, Any]) -> str:
    high = "" if item["high"] in (None, item["low"]) else f" to {item['high']}"
    return f"  {item['day']}  {item['of']}: {item['low']}{high} (story {item['story']})"


def _violation(item: dict[str, Any]) -> str:
    count = {None: "violation", 0: "no violations", 1: "1 violation"}.get(
        item["count"], f"{item['count']} violations"
    )
    sides = f" by {_plain(item['sides'])}" if item["sides"] else ""
    compared = f" ({item['comparison']})" if item["comparison"] else ""
    return (
        f"  {item['day']}  {count}{sides}{compared}, says {item['reporter'] or 'the story itself'}"
    )


def _correction(item: dict[str, Any]) -> str:
    changed = f" {item['field']} = {item['value']}" if item["field"] else ""
    other = f" {item['other']}" if item["other"] else ""
    reason = f": {item['reason']}" if item["reason"] else ""
    return f"  {str(item['recorded'])[:10]}  {item['analyst']}: {item['action']}{other}{changed}{reason}"
