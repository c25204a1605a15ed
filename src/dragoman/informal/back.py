"""A record of coded words as a record of the story's own: every range and every quotation."""

from __future__ import annotations

import dataclasses
from typing import Any

from dragoman.informal.rewritten import Rewritten
from dragoman.model import Commitment, JsonType, Note, Record, Story

_RECASED = Note("capitals", "written without capitals in part or whole; names may be missed")


def own_words(record: Record, story: Story, rewritten: Rewritten) -> Record:
    """The record with all ranges counted in the story as it stands, and its words quoted from there.

    Args:
        record: of the story in the words that were coded.
        story: as it stands.
    """
    notes = (*record.story.notes, _RECASED) if rewritten.recased else record.story.notes
    return dataclasses.replace(
        record,
        story=story.replace(notes=notes),
        **{
            item.name: _own(getattr(record, item.name), rewritten)
            for item in dataclasses.fields(record)
            if item.name not in ("story", "run")
        },
    )


def _own(value: Any, rewritten: Rewritten) -> Any:
    """Any value of a record, in the story's own ranges and words."""
    if isinstance(value, tuple):
        items = [_own(item, rewritten) for item in value]
        return type(value)(items)
    if not isinstance(value, JsonType):
        return value
    changes = {
        item.name: _own(held, rewritten)
        for item in dataclasses.fields(value)
        if isinstance(held := getattr(value, item.name), (tuple, JsonType))
    }
    start, end = getattr(value, "start", None), getattr(value, "end", None)
    if isinstance(start, int) and isinstance(end, int):
        changes["start"], changes["end"] = rewritten.back(start, end)
        if isinstance(words := getattr(value, "text", None), str):
            changes["text"] = rewritten.in_own_words(words, start, end)
    elif isinstance(words := getattr(value, "text", None), str):
        changes["text"] = rewritten.in_own_words(words, 0, 0)
    if isinstance(value, Commitment) and value.condition:
        changes["condition"] = rewritten.in_own_words(value.condition, value.start, value.start)
    return value.replace(**changes)
