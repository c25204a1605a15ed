"""An event beside its story: what every format is filled from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from dragoman.exports import cameo
from dragoman.model import Event, Participant, Record, Story, content_id

Row = dict[str, Any]
UNREAL = frozenset({"future", "historical", "hypothetical", "negation"})
_SENTENCE_END = re.compile(r"[.!?][”\"’')]*\s+(?=[“\"‘'(]?[A-Z0-9])|\n")


@dataclass(frozen=True)
class Told:
    """An event and the record it stands in (None for a bare event)."""

    event: Event
    record: Record | None

    @property
    def story(self) -> Story | None:
        """The story, if there is one."""
        return self.record.story if self.record else None

    @property
    def key(self) -> str:
        """A key of the event that is unique in any set: story and event."""
        return f"{self.story.id}-{self.event.id}" if self.story else self.event.id

    @property
    def published(self) -> date | None:
        """The day of publication."""
        text = self.story.published if self.story else None
        return date.fromisoformat(text[:10]) if text else None

    @property
    def first(self) -> date | None:
        """The event's first day; the day of publication where the text tells none."""
        return date.fromisoformat(self.event.date.start[:10]) if self.event.date else self.published

    @property
    def last(self) -> date | None:
        """The event's last day."""
        return date.fromisoformat(self.event.date.end[:10]) if self.event.date else self.published

    def words(self, start: int | None, end: int | None) -> str:
        """Words of the story on one line; empty without a story."""
        if self.story is None or start is None or end is None:
            return ""
        return " ".join(self.story.text[start:end].split())

    @property
    def sentence(self) -> str:
        """The sentence of the event."""
        return self.words(self.event.sentence.start, self.event.sentence.end)

    @property
    def trigger(self) -> str:
        """The words that the event was seen by."""
        return self.words(self.event.trigger.start, self.event.trigger.end)

    @cached_property
    def sentence_number(self) -> int:
        """Which sentence of the story it is, from 1; 1 without a story."""
        if self.story is None:
            return 1
        before = self.story.text[: self.event.sentence.start]
        return 1 + sum(
            1
            for found in _SENTENCE_END.finditer(before)
            if before[found.end() :].strip() or found[0] != "\n"
        )

    @property
    def said_by(self) -> list[str]:
        """Names of the sources round the event, outermost first."""
        if self.record is None:
            return []
        sources = {item.id: item.source for item in self.record.statements}
        return [source.text for item in self.event.attribution if (source := sources.get(item))]

    @cached_property
    def cameo(self) -> str:
        """The CAMEO code for sets that have CAMEO's codes."""
        return cameo.code(self.event, self.trigger, self.sentence)

    @property
    def goldstein(self) -> float:
        """The Goldstein score of that code."""
        return cameo.goldstein(self.event, self.cameo)

    @property
    def is_real(self) -> bool:
        """Whether it happened in the time that the story tells of."""
        return not set(self.event.aux) & UNREAL

    def pair_number(self, one: Participant | None, two: Participant | None) -> int:
        """A number of at most 15 digits for one pair of the event, the same in every set."""
        sides = (party.entity if party else "" for party in (one, two))
        return int(content_id(self.key, *sides)[:12], 16)

    def pair_rows(
        self,
        common: Row,
        number: str,
        roles: tuple[str, str],
        side: Callable[[str, Participant | None], Row],
    ) -> list[Row]:
        """One row for each actor–recipient pair.

        Args:
            common: the columns that all of them share.
            number: the column of the pair's number.
            roles: what the set calls actor and recipient.
            side: the columns of one of the two.
        """
        return [
            common
            | {number: self.pair_number(one, two)}
            | side(roles[0], one)
            | side(roles[1], two)
            for one, two in self.pairs()
        ]

    def pairs(self) -> list[tuple[Participant | None, Participant | None]]:
        """Actor–recipient pairs for sets that are dyadic; None where a side is unknown.

        Actors who did something together and to nobody else are paired with each other.
        """
        together = self._joint_pairs() if not self.event.recipients else []
        return together or [
            (actor, recipient)
            for actor in self.event.actors or (None,)
            for recipient in self.event.recipients or (None,)
            if actor is None or recipient is None or actor.entity != recipient.entity
        ]

    def _joint_pairs(self) -> list[tuple[Participant | None, Participant | None]]:
        """Ordered pairs of the actors of a joint act; of one side only where there is no other."""
        if not cameo.is_joint(self.event, self.cameo, self.sentence):
            return []
        pairs = [
            (one, two)
            for one in self.event.actors
            for two in self.event.actors
            if one.entity != two.entity
        ]
        across = [(one, two) for one, two in pairs if not _same_side(one, two)]
        return [*(across or pairs)]


def _same_side(one: Participant, two: Participant) -> bool:
    """Whether both are of one country and have the same sectors."""
    return one.country == two.country != "" and one.sectors == two.sectors


def told(items: Iterable[Any]) -> Iterator[Told]:
    """Every event of records, of events, or of lists of events."""
    for item in items:
        if isinstance(item, Record):
            for event in item.events:
                yield Told(event, item)
        elif isinstance(item, Event):
            yield Told(item, None)
        else:
            for event in item:
                yield Told(event, None)
