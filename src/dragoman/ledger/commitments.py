"""When two stories tell one commitment, and what became of it. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from dragoman.ledger import leading, words
from dragoman.model import content_id

Row = dict[str, Any]

WINDOW = 60  # days after which the same words are a new commitment
ALIKE = 0.45
SHORTLY = 30  # days in which "the offer", told in a word of it, is the one made in more
# "Will attend" and "will not attend" are two.
NOT = re.compile(r"\b(?:not|never|no longer|boycott\w*)\b|n[’']t\b")
# "The talks set for Monday have been postponed until 3 May" are the talks of Monday.
PUT_OFF = re.compile(r"\b(?:postponed|delayed|moved|rescheduled|adjourned) (?:un)?(?:till?|to)\b")
_CONDITION = re.compile(r"\b(?:if|unless|until)\b", re.I)
BASE = {
    "demand": "demanded", "offer": "offered", "promise": "promised", "agreement": "agreed",
    "threat": "threatened", "plan": "planned",
}  # fmt: skip
OPEN = ("demanded", "offered", "promised", "threatened", "planned", "agreed", "in-force")
PARTLY = "in-force"  # being kept: done in part; the rest may follow, or be overdue
UNKEPT = tuple(status for status in OPEN if status != PARTLY)  # what lapses after its due day
_DONE = ("met", PARTLY)
_RUNS_OUT = (*OPEN, "refused")  # a demand that was refused runs out on its last day all the same
_KEPT, _BROKEN = ("met",), ("violated", "refused")
_ONE_OF_THEM = ", by "  # in the name of a rule, before who of several did it
_ONE_ACT = ", act "  # in the name of a rule, before which of several acts was done
_ANSWERS = ("agreed", "refused", "promised", "offered")


def order(row: Row) -> tuple[Any, ...]:
    """Commitments in the order of their day, then of their key."""
    return (row["day"], row["item"])


def same_commitment(first: Row, second: Row) -> bool:
    """Whether two stories tell one commitment: kind, maker, other side and content agree."""
    if first["kind"] != second["kind"] or abs((first["day"] - second["day"]).days) > WINDOW:
        return False
    if not set(first["by_countries"]) & set(second["by_countries"]):
        return False
    to_one, to_two = set(first["to_countries"]), set(second["to_countries"])
    if to_one and to_two and not to_one & to_two:
        return False
    if is_not_to(first["text"]) != is_not_to(second["text"]):
        return False
    one, two = (words.folded(row["meaning"]) for row in (first, second))
    if words.overlap(one, two) >= ALIKE:
        return True
    # between the same two: the same last day and a word in common, or "his offer of talks" told in short
    alone = (
        not to_one and not to_two and len({*first["by_countries"]} & {*second["by_countries"]}) > 1
    )
    put_off = alone and any(PUT_OFF.search(row["text"] or "") for row in (first, second))
    shared = bool(one & two) and (bool(to_one & to_two) or put_off)
    if shared and first["due_end"] and first["due_end"] == second["due_end"]:
        return True
    return shared and (one <= two or two <= one) and _near(first, second)


def _near(first: Row, second: Row) -> bool:
    return abs((first["day"] - second["day"]).days) <= SHORTLY


def is_not_to(text: str | None) -> bool:
    """Whether something is not to be, not merely its condition ("to halt exports if the border is not opened")."""
    return bool(NOT.search(_CONDITION.split(text or "", maxsplit=1)[0]))


def split(items: Sequence[Row], settled: Sequence[Row] = ()) -> list[list[Row]]:
    """Groups of commitments, each joined to the first one it matches.

    Args:
        settled: what is known of the grouping so far, see ``leading.split``.
    """
    return leading.split(items, order, same_commitment, settled)


def commitment_state(group: Sequence[Row], evidence: dict[int, list[Row]]) -> Row:
    """One commitment with the history of its status.

    Args:
        evidence: item key → later reports that answer it (rows of ``evidence_rows``).
    """
    first = group[0]
    by = _union(group, "by_countries")
    history = fold(
        BASE.get(first["kind"]) or str(first["status"]), _by_all(_steps(group, evidence), by)
    )
    due = [item for item in group if item["due_end"]]
    latest = max(due, key=lambda item: (item["day"], item["due_end"])) if due else first
    return {
        "commitment_id": "k" + content_id(first["story_id"], "commitment", first["story_commitment"]),
        "day": first["day"], "kind": first["kind"],
        "last_day": max([date.fromisoformat(step["date"]) for step in history] + [g["day"] for g in group]),
        "name": next((item["name"] for item in group if item["name"]), None),
        "by_ids": _union(group, "by_ids"), "to_ids": _union(group, "to_ids"), "by_countries": by,
        "to_countries": _union(group, "to_countries"), "text": first["text"],
        "condition": next((item["condition"] for item in group if item["condition"]), None),
        "due_start": latest["due_start"], "due_end": latest["due_end"],
        "due_text": latest["due_text"], "status": history[-1]["status"],
        "history": json.dumps(history), "stories": len({item["story_id"] for item in group}),
        "items": [item["item"] for item in group],
    }  # fmt: skip


def _steps(group: Sequence[Row], evidence: dict[int, list[Row]]) -> list[Row]:
    """What each story says of the status itself, and what later reports add."""
    steps = []
    for item in group:
        for step in json.loads(item["history"] or "[]") or [
            {"date": None, "status": item["status"]}
        ]:
            answered = step["status"] in ("refused", "agreed") and item["kind"] in (
                "demand",
                "offer",
            )
            steps.append(
                {"date": (step.get("date") or item["day"].isoformat())[:10], "status": step["status"],
                 "by": item["to_ids"] if answered else item["by_ids"], "story": item["story_id"], "event": step.get("event"),
                 "statement": step.get("statement"), "rule": "as told"}
            )  # fmt: skip
        for step in evidence.get(item["item"], ()):
            steps.append(
                {"date": step["day"].isoformat(), "status": step["status"], "by": step["said_by"],
                 "story": step["story_id"], "event": step["story_event"],
                 "statement": step["statement"], "rule": step["rule"]}
            )  # fmt: skip
    return steps


def one_of_them(rule: str, doers: Sequence[str]) -> str:
    """The name of a rule by which one of several has done what all were to do."""
    return f"{rule}{_ONE_OF_THEM}{', '.join(doers)}"


def one_of_several(rule: str, number: int, of: int) -> str:
    """The name of a rule by which one of several acts was done; they are counted from one."""
    return f"{rule}{_ONE_ACT}{number} of {of}"


def _by_all(steps: list[Row], bound: Sequence[str]) -> list[Row]:
    """The steps, where each of several has done his part, or each of several acts is done: with the last it is met."""
    left, acts = set(bound), set[str]()
    for step in sorted(steps, key=_order_of_step):
        _, own, doers = step["rule"].partition(_ONE_OF_THEM)
        if own and left:
            left -= {*doers.split(", ")}
            step["status"] = step["status"] if left else "met"
        _, one, told = step["rule"].partition(_ONE_ACT)
        if one:
            number, _, most = told.partition(" of ")
            acts.add(number)
            step["status"] = "met" if len(acts) == int(most) else step["status"]
    return steps


def fold(base: str, steps: Sequence[Row]) -> list[Row]:
    """The history of a status: steps in order of their day, each with the status after it.

    A restatement leaves the status as it is; a step marked ``=`` is noted only, the first time. When one side says
    kept and another says broken, the commitment is disputed.
    """
    history: list[Row] = []
    status: str | None = None
    seen: set[tuple[Any, ...]] = set()
    for step in sorted(steps, key=_order_of_step):
        new = _after(status, step, base, history)
        mark = (step["date"], step["status"], step["rule"], tuple(step["by"] or ()), step["story"])
        noted = step["status"] == "=" and (step["rule"], "=") in {
            (item["rule"], item["said"]) for item in history
        }
        answered = status in _DONE and step["status"] in _ANSWERS
        answered = answered or (status == "met" and step["status"] == "withdrawn")
        if (
            mark in seen
            or noted
            or answered
            or (new == status and step["status"] in (base, status))
        ):
            continue
        seen.add(mark)
        status = new
        history.append({"date": step["date"], "status": status, "said": step["status"],
                        "by": list(step["by"] or []), "rule": step["rule"], "story": step["story"],
                        "event": step["event"], "statement": step["statement"]})  # fmt: skip
    return history


def _after(status: str | None, step: Row, base: str, history: list[Row]) -> str:
    new: str = step["status"]
    if status is None:
        return base if new == "=" else new
    if (status in _DONE and new in _ANSWERS) or (status == "met" and new in (PARTLY, "withdrawn")):
        return status  # what is done is not accepted, refused or dropped any more
    if new in ("=", base):
        return status if status != "withdrawn" or new == "=" else base
    voices = {name for item in history if item["said"] == status for name in item["by"]}
    other_voice = set(step["by"] or ()) != voices
    if status in _KEPT and new in _BROKEN and step["by"] and other_voice:
        return "disputed"
    if status == "violated" and new in _KEPT and step["by"] and other_voice:
        return "disputed"
    return new


_RANK = {"demanded": 0, "offered": 0, "promised": 0, "threatened": 0, "planned": 0, "=": 1}


def _order_of_step(step: Row) -> tuple[Any, ...]:
    """By day; on one day the making of the commitment comes first, then notes, then answers."""
    return (step["date"], _RANK.get(step["status"], 2), step["status"], step["story"],
            step["event"] or "", step["statement"] or "")  # fmt: skip


def status_on(
    history: Sequence[Row], day: date, until: date | None = None, running: Sequence[str] = UNKEPT
) -> str:
    """The status on a day: the last step up to it; open ones whose due day is past have lapsed, but for what was
    agreed only after that day.

    Args:
        until: the last day on which it could be kept, inclusive; None = open.
        running: the statuses that lapse after that day.
    """
    past = steps_until(history, day)
    status: str = past[-1]["status"]
    told_after = status == "agreed" and bool(until and past[-1]["date"] > until.isoformat())
    if until is not None and until < day and status in running and not told_after:
        return "lapsed"
    return status


def is_to_come(row: Row) -> bool:
    """Whether what a commitment asks for, or tells of, is still to come on its due day."""
    return row["status"] in (_RUNS_OUT if row["kind"] == "demand" else OPEN)


def steps_until(history: Sequence[Row], day: date) -> list[Row]:
    """The steps up to a day, the first in any case; a step whose day nobody tells (None) is no later one."""
    past = [step for step in history if (step["date"] or "") <= day.isoformat()]
    return past or list(history[:1])


def _union(group: Sequence[Row], column: str) -> list[str]:
    return list(dict.fromkeys(value for item in group for value in item[column] or []))
