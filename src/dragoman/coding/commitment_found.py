"""A commitment in the making, before it has its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.model import Span, StatusChange, When


@dataclass
class Found:
    """A commitment in the making; ``head`` is the token of the word that makes it."""

    kind: str
    status: str
    by: list[str]
    to: list[str]
    span: Span
    head: int
    name: str | None = None
    parties: list[str] = field(default_factory=list)
    history: list[StatusChange] = field(default_factory=list)
    condition: str | None = None
    due: When | None = None
    confidence: float = 0.8
    meeting: bool = False
    again: tuple[Span, ...] = ()
    pact: bool = False  # an agreement by its noun
    retold: list[int] = field(default_factory=list)  # heads of later tellings

    @property
    def called(self) -> tuple[str, ...]:
        """The kinds that a noun may call it by: a promise under a condition is an offer too."""
        return (self.kind, "offer") if self.kind == "promise" and self.condition else (self.kind,)

    def step(self, date: str | None, status: str, statement: str | None, event: str | None) -> None:
        """Add a step to the history; two sides at odds make the status disputed."""
        change = StatusChange(date, status, statement, event)
        if change in self.history:
            return
        self.history.append(change)
        opposed = {"violated", "in-force", "met"}
        steps = {item.status for item in self.history} & opposed
        self.status = "disputed" if "violated" in steps and len(steps) > 1 else status


def last_parties(found: Sequence[Found], place: int, reach: int | None = None) -> list[str]:
    """The parties (entity ids) of the last agreement that ends before a place; empty where none does.

    Args:
        place: code point.
        reach: how far before it, in code points, the agreement may end; no limit where None.
    """
    told = [
        item
        for item in found
        if item.kind == "agreement"
        and len(item.by) > 1
        and place - item.span.end > 0
        and (reach is None or place - item.span.end < reach)
    ]
    return list(told[-1].by) if told else []
