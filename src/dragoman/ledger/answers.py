"""Which later report answers which earlier commitment, by the rules of ``data/answers.tsv``. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dragoman.errors import DataError
from dragoman.ledger import words
from dragoman.ledger.rows import aux_class
from dragoman.ledger.signs import _table

Row = dict[str, Any]
_COUNTRY = re.compile(r"[A-Z]{3}")
SHARED_STEMS = 2  # one word in common ("decision", a name) answers nothing
OPEN_LIKENESS = 0.4  # where the commitment names no other side


@dataclass(frozen=True)
class Rule:
    """One row of the table. ``likeness`` is a share of stems (0–1), ``days`` a length in days."""

    name: str
    kinds: frozenset[str]
    later: frozenset[str]
    doer: str
    aux: str
    likeness: float
    days: int
    status: str


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules in the order of the table.

    Raises:
        DataError: a row cannot be read; names its line.
    """
    made = []
    for number, cells in _table("answers.tsv", 8):
        try:
            made.append(
                Rule(cells[0], frozenset(cells[1].split(",")), frozenset(cells[2].split(",")),
                     cells[3], cells[4], float(cells[5]), int(cells[6]), cells[7])
            )  # fmt: skip
        except ValueError as error:
            raise DataError("ledger/data/answers.tsv", number, str(error)) from error
        if made[-1].doer not in ("by", "to") or made[-1].aux not in ("did", "not"):
            raise DataError(
                "ledger/data/answers.tsv", number, "doer is by or to, aux is did or not"
            )
    return tuple(made)


@lru_cache(maxsize=1)
def longest() -> int:
    """Days after which no rule holds any more."""
    return max(rule.days for rule in rules())


@lru_cache(maxsize=4096)
def _rules_for(kind: str, later: str, aux: str) -> tuple[Rule, ...]:
    """The rules by which such a later report can answer such a commitment."""
    return tuple(
        rule for rule in rules() if kind in rule.kinds and later in rule.later and aux == rule.aux
    )


def event_answers(commitment: Row, report: Row) -> list[Row]:
    """Steps that an event report adds to the history of a commitment (one at most)."""
    able = _rules_for(commitment["kind"], report["type"], aux_class(report["aux"]))
    rule, alike = _answering(
        able, commitment, report, "actor_countries", "recipient_countries", "actors"
    )
    if rule is None:
        return []
    return [{
        "item": commitment["item"], "status": rule.status, "rule": rule.name, "likeness": alike,
        "story_id": report["story_id"], "story_event": report["story_event"], "statement": None,
        "said_by": report["said_by"], "day": report["day"], "recorded": report["recorded"],
    }]  # fmt: skip


def commitment_answers(commitment: Row, later: Row) -> list[Row]:
    """Steps that a later commitment (a counter-demand, a promise) adds to an earlier one (one at most)."""
    if later["item"] == commitment["item"]:
        return []
    able = _rules_for(commitment["kind"], "commitment:" + later["kind"], "did")
    rule, alike = _answering(able, commitment, later, "by_countries", "to_countries", "by_ids")
    if rule is None:
        return []
    return [{
        "item": commitment["item"], "status": rule.status, "rule": rule.name, "likeness": alike,
        "story_id": later["story_id"], "story_event": None, "statement": later["story_commitment"],
        "said_by": later["by_ids"], "day": later["day"], "recorded": later["recorded"],
    }]  # fmt: skip


def _answering(
    able: tuple[Rule, ...], commitment: Row, later: Row, acting: str, receiving: str, ids: str
) -> tuple[Rule | None, float]:
    """The first rule whose conditions all hold, and how alike the words are."""
    if not able:
        return None, 0.0
    gap = (later["day"] - commitment["day"]).days
    if gap < 0 or gap > longest():
        return None, 0.0
    doers = {name for name in later[acting] if name} or set(later[ids])
    toward = {name for name in later[receiving] if name}
    by, to = set(commitment["by_countries"]), set(commitment["to_countries"])
    alike = words.inclusion(commitment["meaning"], later["meaning"])
    shared = len(set(commitment["meaning"]) & set(later["meaning"]))
    for rule in able:
        if gap > rule.days or (rule.likeness and shared < SHARED_STEMS):
            continue
        if alike >= _wanted(rule, doers, toward, by, to):
            return rule, round(alike, 4)
    return None, 0.0


def _wanted(rule: Rule, doers: set[str], toward: set[str], by: set[str], to: set[str]) -> float:
    """How alike the words must be, given who acts; over 1 when the wrong side does.

    A demand on nobody in particular may be answered by whoever turns to its maker, in words nearer to its own.
    """
    wanted, other = (by, to) if rule.doer == "by" else (to, by)
    if doers & wanted and not doers <= other - wanted:
        return rule.likeness
    unknown = rule.doer == "to" and not any(_COUNTRY.fullmatch(item) for item in to)
    return max(rule.likeness, OPEN_LIKENESS) if unknown and doers - by and toward & by else 2.0
