"""What an analyst may change of a derived row, and which values each field takes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, get_args

from dragoman.errors import UsageError
from dragoman.ledger.commitments import BASE
from dragoman.model import CommitmentStatus, EventType
from dragoman.ontology import Ontology
from dragoman.ontology import load as load_ontology

Check = Callable[[Any], Any]
TYPES = frozenset(get_args(EventType))


@cache
def shipped_scheme() -> Ontology:
    """PLOVER, read once."""
    return load_ontology()


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("a text")
    return value


def _day(value: Any) -> str:
    try:
        return (value if isinstance(value, date) else date.fromisoformat(value)).isoformat()[:10]
    except (TypeError, ValueError) as error:
        raise ValueError("a day such as 2025-03-14") from error


def _quad(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= 4:
        raise ValueError("1, 2, 3 or 4")
    return value


def _score(value: Any) -> float:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or abs(value) > 10:
        raise ValueError("a number from -10 to 10")
    return float(value)


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def _like(pattern: str, told: str) -> Check:
    """A text (or whole number) of some form."""

    def check(value: Any) -> str:
        text = str(value) if type(value) in (str, int) else ""
        if not re.fullmatch(pattern, text):
            raise ValueError(told)
        return text

    return check


def _one_of(names: tuple[str, ...]) -> Check:
    def check(value: Any) -> str:
        if value not in names:
            raise ValueError(f"one of {', '.join(names)}")
        return str(value)

    return check


def _or_none(check: Check) -> Check:
    """The same, or nothing."""
    return lambda value: None if value is None else check(value)


_STATUS = _one_of(get_args(CommitmentStatus))
FIELDS: dict[str, dict[str, Check]] = {
    "report": {
        "type": _like(r"[A-Z]+", "an event type such as ASSAULT"),
        "mode": _or_none(_text),
        "cameo": _like(r"\d{2,4}", "a CAMEO code such as 190"),
        "quad": _quad,
        "score": _score,
        "place": _or_none(_text),
        "place_country": _or_none(_like(r"[A-Z]{3}", "a country code such as UKR")),
        "day": _day,
        "day_end": _day,
    },
    "claim": {"text": _text, "contested": _truth},
    "commitment": {
        "kind": _one_of(tuple(kind for kind in BASE if kind != "agreement")),
        "status": _STATUS,
        "text": _text,
        "due_end": _or_none(_day),
        "name": _or_none(_text),
    },
    "agreement": {
        "name": _text,
        "status": _STATUS,
        "scope": _or_none(_text),
        "until": _or_none(_day),
        "in_force_from": _or_none(_day),
    },
}
DAYS = frozenset({"day", "day_end", "due_end", "until", "in_force_from"})


def checked(kind: str, field: str | None, value: Any) -> Any:
    """A value for a field as JSON keeps it.

    Raises:
        UsageError: there is no such field, or it does not take the value.
    """
    if field not in FIELDS[kind]:
        raise UsageError(f"recode takes one of {', '.join(FIELDS[kind])} as field, not {field}")
    try:
        return FIELDS[kind][field](value)
    except ValueError as error:
        raise UsageError(f"recode {field}: {value!r} is not {error}") from error


def changed(state: dict[str, Any], kind: str, field: str, value: Any) -> bool:
    """Put a value into a derived row; False where an older version let through one that the field does not take."""
    try:
        value = checked(kind, field, value)
    except UsageError:
        return False
    if field in DAYS and value is not None:
        value = date.fromisoformat(value)
    if field == "day":  # however long it lasted, it lasts so long from another day on
        state |= {
            "day_end": state["day_end"] + (value - state["day"]),
            "dated": True,
            "day_told": True,
        }
    if field == "day_end":
        value = max(value, state["day"])
    state[field] = value
    if kind == "report" and field in ("type", "mode"):
        _follow(state, field)
    return True


def _follow(state: dict[str, Any], field: str) -> None:
    """What follows from an event's type and mode: a sanction that was an agreement is no conflict."""
    scheme, type_ = shipped_scheme(), state["type"]
    if type_ not in scheme.types or (state["mode"] or "") not in ("", *scheme.modes(type_)):
        if field == "mode" or type_ not in scheme.types:
            return  # of a scheme of the user's own
        state["mode"] = None
    mode = state["mode"]
    state["cameo"], state["score"] = scheme.cameo(type_, mode), scheme.score(type_, mode)
    state["quad"] = scheme.quad(type_)
