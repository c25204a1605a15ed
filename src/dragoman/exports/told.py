"""An event beside its story: what every format is filled from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from dragoman.model import Event, Participant, Record, Story, content_id

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
    def number(self) -> int:
        """The key as a number of at most 15 digits, for sets whose ids are numbers."""
        return int(content_id(self.key)[:12], 16)

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

    def pairs(self) -> list[tuple[Participant | None, Participant | None]]:
        """Actor–recipient pairs for sets that are dyadic; None where a side is unknown."""
        return [
            (actor, recipient)
            for actor in self.event.actors or (None,)
            for recipient in self.event.recipients or (None,)
            if actor is None or recipient is None or actor.entity != recipient.entity
        ]  # fmt: skip


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
