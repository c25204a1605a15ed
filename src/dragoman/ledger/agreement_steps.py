"""What became of one agreement: the reported violations, and its status after each mention. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dragoman.ledger import sides

Row = dict[str, Any]


def is_undated(row: Row) -> bool:
    """Whether nobody tells the day of a mention."""
    return bool(row.get("undated"))


def day_text(row: Row) -> str | None:
    """The day as text; None where nobody tells it."""
    return None if is_undated(row) else row["day"].isoformat()


def violations_of(ordered: Sequence[Row], parties: Sequence[str]) -> list[Row]:
    """Reported violations with the reporter's own comparison: one for a day, reporter and sides, the fullest told."""
    seen: dict[tuple[Any, ...], Row] = {}
    for item in ordered:
        counted = item["count"] is not None
        if item["sign"] != "violated" and not (item["sign"] == "held" and counted):
            continue
        shown = {
            "day": day_text(item), "reporter": item["reporter"], "sides": _sides(item, parties),
            "count": item["count"], "previous": item["previous"],
            "comparison": item["comparison"], "story": item["story_id"],
            "start": item["start_offset"], "end": item["end_offset"],
        }  # fmt: skip
        of_day = shown["day"] or (None, shown["count"])  # of days unknown two counts are two
        key = (of_day, shown["reporter"], *sorted(shown["sides"]))
        if key not in seen or _fullness(shown) > _fullness(seen[key]):
            seen[key] = shown
    return list(seen.values())


def _fullness(shown: Row) -> int:
    """How much a report of violations tells: its count weighs most."""
    told = (shown["count"], shown["count"], shown["previous"], shown["comparison"])
    return sum(value is not None for value in told)


def _sides(item: Row, parties: Sequence[str]) -> list[str]:
    """Who is blamed: every party where the sentence says "both sides" or "each other"."""
    if item["sign"] == "violated" and sides.all_blamed(item.get("text") or ""):
        return sorted(parties)
    return item["sides"] or []


def history_of(ordered: Sequence[Row], parties: Sequence[str]) -> list[Row]:
    """Status after each mention that changes it or adds a voice."""
    history: list[Row] = []
    status = ""
    undated = is_undated(ordered[0])
    blamed: dict[str, set[str]] = {}  # who blames → whom
    for item in ordered:
        # what is told of a day unknown changes nothing that is known of a day
        new = (
            status
            if status and is_undated(item) != undated
            else _after(status, item, parties, blamed)
        )
        if new == status and item["sign"] not in ("extended", "violated", "denied"):
            continue
        if history and history[-1]["date"] == day_text(item) and _same_step(history[-1], item, new):
            continue
        status = new
        history.append({"date": day_text(item), "status": status, "said": item["sign"],
                        "by": [item["reporter"]] if item["reporter"] else [],
                        "sides": _sides(item, parties), "rule": f"sign: {item['sign']}",
                        "story": item["story_id"], "event": item["story_event"],
                        "statement": item["statement"], "start": item["start_offset"],
                        "end": item["end_offset"]})  # fmt: skip
    return history


def _same_step(last: Row, item: Row, status: str) -> bool:
    return bool(
        last["status"] == status and last["said"] == item["sign"]
        and last["by"] == ([item["reporter"]] if item["reporter"] else [])
    )  # fmt: skip


def _after(status: str, item: Row, parties: Sequence[str], blamed: dict[str, set[str]]) -> str:
    """The status after one mention; ``blamed`` collects the parties' accusations."""
    sign = item["sign"]
    if status in ("lapsed", "withdrawn") and sign not in ("extended", "in-force"):
        return status
    if sign == "agreed":
        return status or "agreed"
    if sign == "extended":
        return status if status in ("agreed", "disputed", "violated") else "in-force"
    if sign == "in-force":
        return status if status in ("violated", "disputed") else "in-force"
    if sign == "over":
        return "withdrawn" if item["sides"] else "lapsed"
    voice = _voice(item, parties)
    if sign == "held":
        if voice is None:
            blamed.clear()
            return "in-force"
        return "disputed" if status in ("violated", "disputed") else "in-force"
    if sign == "denied":
        return "disputed" if status in ("violated", "disputed") else status or "disputed"
    if sides.is_mutual(item.get("text") or ""):
        return "disputed"
    if voice is None:  # a monitor or the story itself: no party's word against the other's
        return "violated"
    blamed.setdefault(voice, set()).update(_sides(item, parties) or ["?"])
    return "disputed" if status == "disputed" or _each_other(blamed) else "violated"


def _each_other(blamed: dict[str, set[str]]) -> bool:
    """Whether some party is blamed that blames others, or two speak and it is not told whom they blame."""
    pairs = [(one, whom) for one in blamed for other, whom in blamed.items() if one != other]
    return any(one in whom or "?" in whom for one, whom in pairs)


def _voice(item: Row, parties: Sequence[str]) -> str | None:
    """The party that speaks (its country), or None when an outsider or the story does."""
    country: str | None = item.get("reporter_country")
    return country if country in parties else None
