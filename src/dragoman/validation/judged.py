"""What a sheet that was filled in says: how often the coder is right, with what room for chance, by type and by confidence."""

from __future__ import annotations

import io
import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import InputError
from dragoman.limits import Limits
from dragoman.reading import spreadsheets
from dragoman.reading.sources import open_stored, read_bytes
from dragoman.reading.tables import csv_rows
from dragoman.validation.sample import QUESTIONS

_MEANINGS = {
    **dict.fromkeys(("yes", "y", "1", "true", "right", "1.0"), True),
    **dict.fromkeys(("no", "n", "0", "false", "wrong", "0.0"), False),
    **dict.fromkeys(("", "unsure", "?", "-", "n/a", "na"), None),
}
_Z = 1.959964  # of a normal distribution, for 95 in 100
_BANDS = (0.0, 0.25, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
NEEDED = ("event_id", "type", "event_right")
"""Columns by which a sheet is known."""


@dataclass(frozen=True)
class _Judged:
    """One row of a sheet: what is needed of it, and the answers (True, False, None where there is none)."""

    key: str
    type: str
    confidence: float | None
    weight: float
    answers: Mapping[str, bool | None]

    @property
    def all_right(self) -> bool | None:
        """Whether everything that was judged is right; None where nothing was."""
        told = [answer for answer in self.answers.values() if answer is not None]
        return all(told) if told else None


def is_sheet(path: str | Path) -> bool:
    """Whether a file is a sheet by its ending; what it holds is seen when it is read."""
    return Path(path).suffix.lower() in (".csv", ".xlsx")


def score(path: str | Path) -> dict[str, Any]:
    """The figures of a sheet that was filled in.

    ``questions`` has of each question, and of ``all_right``, the share of yes among the rows that were judged,
    ``low`` and ``high`` of its 95 % interval (Wilson's, rows weighed by how many events each stands for), and how
    many were judged; ``types`` the same of ``event_right`` by type; ``confidence`` by bands of the coder's own
    probability, whose mean stands beside.

    Raises:
        InputError: it is no such sheet, a cell is no answer, or nothing was judged.
    """
    rows = _rows(Path(path))
    asked = {name: [(row.answers[name], row.weight) for row in rows] for name in QUESTIONS}
    asked["all_right"] = [(row.all_right, row.weight) for row in rows]
    questions = {name: _share(answers) for name, answers in asked.items()}
    if not any(found["judged"] for found in questions.values()):
        raise InputError(str(path), "no row has an answer (yes, no or unsure) yet", code="empty")
    types = sorted({row.type for row in rows})
    return {
        "kind": "sheet",
        "n": len(rows),
        "questions": {name: found for name, found in questions.items() if found["judged"]},
        "types": {
            name: found
            for name in types
            if (found := _share(_answers(row for row in rows if row.type == name)))["judged"]
        },
        "confidence": _by_confidence(rows),
    }


def agreement(path: str | Path, other: str | Path) -> dict[str, dict[str, Any]]:
    """How far two people who judged the same sheet agree: of each question the rows both judged, the share of
    equal answers, and Cohen's kappa (None where both always said the same).

    Raises:
        InputError: a file is no such sheet, or they have no row in common.
    """
    one = {row.key: row for row in _rows(Path(path))}
    two = {row.key: row for row in _rows(Path(other))}
    both = [(one[key], two[key]) for key in one if key in two]
    if not both:
        raise InputError(str(other), f"has no row of {path}", code="column")
    result = {}
    for name in QUESTIONS:
        pairs = [
            (first, second)
            for left, right in both
            if (first := left.answers[name]) is not None
            and (second := right.answers[name]) is not None
        ]
        if pairs:
            result[name] = _kappa(pairs)
    return result


def _kappa(pairs: Sequence[tuple[bool, bool]]) -> dict[str, Any]:
    number = len(pairs)
    same = sum(one == two for one, two in pairs) / number
    first, second = sum(one for one, _ in pairs) / number, sum(two for _, two in pairs) / number
    chance = first * second + (1 - first) * (1 - second)
    kappa = None if chance == 1 else round((same - chance) / (1 - chance), 4)
    return {"judged": number, "agreed": round(same, 4), "kappa": kappa}


def _answers(rows: Iterable[_Judged]) -> list[tuple[bool | None, float]]:
    return [(row.answers["event_right"], row.weight) for row in rows]


def _share(answers: Iterable[tuple[bool | None, float]]) -> dict[str, Any]:
    """The share of yes among answers, each weighed, with Wilson's interval for as many as they are worth."""
    told = [(answer, weight) for answer, weight in answers if answer is not None]
    if not told:
        return {"judged": 0, "right": None, "low": None, "high": None}
    total = sum(weight for _, weight in told)
    right = sum(weight for answer, weight in told if answer) / total
    worth = total**2 / sum(weight**2 for _, weight in told)
    middle = (right + _Z**2 / (2 * worth)) / (1 + _Z**2 / worth)
    half = (
        _Z * math.sqrt(right * (1 - right) / worth + _Z**2 / (4 * worth**2)) / (1 + _Z**2 / worth)
    )
    return {
        "judged": len(told),
        "right": round(right, 4),
        "low": round(max(0.0, middle - half), 4),
        "high": round(min(1.0, middle + half), 4),
    }


def _by_confidence(rows: Sequence[_Judged]) -> list[dict[str, Any]]:
    """``event_right`` by bands of the coder's probability."""
    found = []
    for low, high in itertools.pairwise(_BANDS):
        held = [
            (row.confidence, row)
            for row in rows
            if row.confidence is not None
            and (low <= row.confidence < high or row.confidence == high == 1.0)
            and row.answers["event_right"] is not None
        ]
        if held:
            mean = sum(chance for chance, _ in held) / len(held)
            found.append(
                {"from": low, "to": high, "mean": round(mean, 4)} | _share(_answers(row for _, row in held))
            )  # fmt: skip
    return found


def _rows(path: Path) -> list[_Judged]:
    """The rows of a sheet, in CSV as any spreadsheet saves it, or Excel.

    Raises:
        InputError: it is no such sheet, or a cell is no answer.
    """
    name, limits = str(path), Limits()
    if path.suffix.lower() == ".xlsx":
        found = spreadsheets.rows(read_bytes(path, limits), name, limits, {})
        return [_judged(row, name, place) for place, row in found]
    with open_stored(path) as stream:
        found = csv_rows(io.BufferedReader(stream), name, limits)
        return [_judged(row, name, place) for place, row in found]


def _judged(row: Mapping[str, Any] | InputError, name: str, place: str) -> _Judged:
    if isinstance(row, InputError):
        raise row
    lacking = [column for column in NEEDED if column not in row]
    if lacking:
        reason = f"no sheet of dragoman sample: no column {', '.join(lacking)}"
        raise InputError(name, reason, code="column")
    return _Judged(
        f"{row.get('story_id')}|{row['event_id']}",
        str(row["type"]),
        _number(row, "confidence", name, place),
        _number(row, "stands_for", name, place) or 1.0,
        {question: _answer(row, question, name, place) for question in QUESTIONS},
    )


def _answer(row: Mapping[str, Any], question: str, name: str, place: str) -> bool | None:
    cell = row.get(question)
    told = "" if cell is None else str(cell).strip().lower()
    if told not in _MEANINGS:
        reason = f"{question}: yes, no or unsure, not {str(cell)[:40]!r}"
        raise InputError(name, reason, place, "field")
    return _MEANINGS[told]


def _number(row: Mapping[str, Any], column: str, name: str, place: str) -> float | None:
    cell = row.get(column)
    if cell is None or cell == "":
        return None
    try:
        return float(str(cell).replace(",", "."))
    except ValueError:
        raise InputError(name, f"{column}: no number: {str(cell)[:40]!r}", place, "field") from None


def table(result: Mapping[str, Any]) -> str:
    """The figures as lines for eyes."""
    lines = [
        f"sheet: {result['n']} events",
        "",
        f"{'':<20}{'judged':>7}{'right':>8}   95 % interval",
    ]
    for name, found in {**result["questions"], **result["types"]}.items():
        if name in result["types"] and name == next(iter(result["types"])):
            lines += ["", "event_right, by type"]
        lines.append(f"{name:<20}{_figures(found)}")
    if result["confidence"]:
        lines += ["", "event_right, by the coder's own probability (its mean in brackets)"]
    for found in result["confidence"]:
        band = f"{found['from']:.2f}–{found['to']:.2f} ({found['mean']:.2f})"
        lines.append(f"{band:<20}{_figures(found)}")
    for name, found in result.get("agreement", {}).items():
        if name == next(iter(result["agreement"])):
            lines += ["", f"{'two who judged':<20}{'both':>7}{'agreed':>8}   Cohen's kappa"]
        kappa = "–" if found["kappa"] is None else f"{found['kappa']:.2f}"
        lines.append(f"{name:<20}{found['judged']:>7}{found['agreed']:>8.3f}   {kappa}")
    return "\n".join(lines)


def _figures(found: Mapping[str, Any]) -> str:
    return f"{found['judged']:>7}{found['right']:>8.3f}   {found['low']:.3f} to {found['high']:.3f}"
