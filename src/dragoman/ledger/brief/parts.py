"""What a brief holds, as frozen records. Days are dates; names are for eyes, ids are the ledger's own."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

FORMAT = "dragoman-brief-1"  # changes when a key changes its meaning


@dataclass(frozen=True)
class Evidence:
    """The words of one story behind a line.

    Args:
        sentence: the words; ``start`` and ``end`` are the part of it that is meant, in characters (null: all).
        day, status: of a step in a history, when it was and the status after it.
        by: names of those who say so; empty where the story itself does.
        asserted_by, denied_by: of a claim, names of those on each side in this story.
        rule: the path of the rule ("REQUEST.demand.that"); null for the model's own. confidence: 0 to 1.
    """

    story: str
    title: str
    publisher: str | None
    published: date | None
    url: str | None
    sentence: str
    start: int | None = None
    end: int | None = None
    day: date | None = None
    status: str | None = None
    by: tuple[str, ...] = ()
    asserted_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    rule: str | None = None
    coder: str | None = None
    confidence: float | None = None


@dataclass(frozen=True)
class Tally:
    """How much of something there was in the last days, and in as many days before."""

    what: str
    last: int
    before: int


@dataclass(frozen=True)
class Change:
    """What stands otherwise than before the last days: a commitment, an agreement or a contested claim. What was
    answered comes first, then what is contested or agreed, what ran out, and what is new.

    ``before`` is null for what is new.
    """

    id: str
    what: str
    day: date
    text: str
    before: str | None
    after: str
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Happened:
    """An event that is said to have happened.

    ``when`` is its day in words ("by" a day where no story tells it), ``contested`` the id of a contested claim that
    it is, ``reports`` counts stories and ``tellings`` independent ones. ``evidence_left_out``: stories not quoted.
    """

    id: str
    day: date
    when: str
    type: str
    mode: str | None
    quad: int
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    toll: str
    said_by: tuple[str, ...]
    reports: int
    tellings: int
    confidence: float
    contested: str | None
    denied_by: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    evidence_left_out: int = 0


@dataclass(frozen=True)
class Undertaking:
    """A demand, offer, promise, threat or plan.

    ``group`` says why it is told: "due" (its day is to come), "overdue" (its day is past and nothing tells that it
    was done, or all of it), "changed" (its status did in the last days) or "open".
    """

    id: str
    group: str
    kind: str
    day: date | None
    by: tuple[str, ...]
    to: tuple[str, ...]
    text: str
    condition: str | None
    due: date | None
    due_text: str | None
    days_left: int | None
    status: str
    status_since: date | None
    stories: int
    evidence: tuple[Evidence, ...]
    evidence_left_out: int = 0


@dataclass(frozen=True)
class Violation:
    """A report of violations on one day; ``count`` is null where none is told, ``sides`` are those blamed."""

    day: date | None
    reporter: str | None
    sides: tuple[str, ...]
    count: int | None
    comparison: str | None


@dataclass(frozen=True)
class Agreed:
    """An agreement: its days, whether it holds and who says so."""

    id: str
    name: str
    term: str
    parties: tuple[str, ...]
    scope: str | None
    agreed_on: date | None
    in_force_from: date | None
    until: date | None
    extended: tuple[str, ...]
    status: str
    status_since: date | None
    status_by: tuple[str, ...]
    stories: int
    violations: tuple[Violation, ...]
    evidence: tuple[Evidence, ...]
    evidence_left_out: int = 0


@dataclass(frozen=True)
class Contested:
    """A claim that some assert and others deny. confidence: the share of such claims that are right."""

    id: str
    day: date | None
    text: str
    asserted_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    reported_by: tuple[str, ...]
    confidence: float | None
    stories: int
    evidence: tuple[Evidence, ...]
    evidence_left_out: int = 0


@dataclass(frozen=True)
class Actor:
    """Who acts and is acted on; the four classes count what it did. ``lately``: acts of the last days."""

    id: str
    name: str
    acts: int
    receives: int
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int
    lately: int


@dataclass(frozen=True)
class Step:
    """One step of a series: sums of absolute scores, their difference, and how many events."""

    start: date
    cooperation: float
    conflict: float
    net: float
    events: int


@dataclass(frozen=True)
class Dyad:
    """Two parties and what they did to each other, ``by`` day, week or month."""

    one: str
    two: str
    name: str
    by: str
    events: int
    series: tuple[Step, ...]


@dataclass(frozen=True)
class Report:
    """A story of the ledger."""

    id: str
    published: date | None
    publisher: str | None
    title: str
    url: str | None


@dataclass(frozen=True)
class Brief:
    """A crisis on one page.

    Args:
        day: the day of the brief; ``as_of`` is null where all that is known was asked.
        last, before: first and last day of the last days and of as many before them.
        open: how many commitments of each kind are open on the day.
        left_out: how many more of each section there are than are told.
    """

    ledger: str
    day: date
    as_of: date | None
    since: date | None
    until: date | None
    between: tuple[str, ...]
    days: int
    last: tuple[date, date]
    before: tuple[date, date]
    stories: int
    undated: int
    publishers: int
    first_story: date | None
    last_story: date | None
    tallies: tuple[Tally, ...]
    changed: tuple[Change, ...]
    happened: tuple[Happened, ...]
    open: dict[str, int]
    commitments: tuple[Undertaking, ...]
    agreements: tuple[Agreed, ...]
    contested: tuple[Contested, ...]
    actors: tuple[Actor, ...]
    dyads: tuple[Dyad, ...]
    reports: tuple[Report, ...]
    left_out: dict[str, int]

    def to_dict(self) -> dict[str, Any]:
        """The brief as JSON takes it, days as YYYY-MM-DD."""
        return {"format": FORMAT, **_plain(self)}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
