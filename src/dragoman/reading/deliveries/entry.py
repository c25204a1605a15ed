"""One story of a delivery: its parts as the delivery names them, and the Story made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from dragoman.limits import Limits
from dragoman.model import Story
from dragoman.reading import characters, datelines, knowledge
from dragoman.reading.blocks import Block, Draft, one_line
from dragoman.reading.columns import row_date
from dragoman.reading.plain import body_of, split_blocks
from dragoman.reading.story import put_together

_PARTS = ("title", "byline", "dateline", "standfirst", "published", "publisher", "language", "url", "body", "head", "foot")  # fmt: skip
_NO_LETTER = re.compile(r"[\W_]+")


@dataclass
class Delivered:
    """The parts of one story as a delivery gives them; what it does not name is empty."""

    source: str
    """file:N, N the 1-based number of the story in it."""
    body: str = ""
    """Plain text, paragraphs parted by blank lines."""
    parts: dict[str, str] = field(default_factory=dict)
    """title, byline, dateline, standfirst, published, publisher, language, url."""


@cache
def fields_of(delivery: str) -> dict[str, str]:
    """The part of a story that each named line of a delivery carries, by the line's name in capitals.

    Raises:
        DataError: a row names a part that no story has.
    """
    rows = knowledge.rows("delivery_fields.tsv", ("delivery", "part", "names"))
    return {
        name: row.one_of("part", _PARTS)
        for row in rows
        if row["delivery"] == delivery
        for name in row.listed("names")
    }


def story_of_delivered(entry: Delivered, limits: Limits, given: str | None = None) -> Story:
    """The story that an entry tells.

    Args:
        given: the user's date (YYYY-MM-DD), over the delivery's.

    Raises:
        InputError: it holds no text ("empty").
        LimitExceeded: the text is longer than ``limits.story_characters``.
    """
    parts = {name: one_line(words) for name, words in entry.parts.items()}
    draft = Draft(
        title=parts.get("title") or None,
        standfirst=parts.get("standfirst") or None,
        publisher=parts.get("publisher") or None,
        url=parts.get("url") or None,
        language=parts.get("language") or None,
        bylines=[words for words in [parts.get("byline")] if words],
    )
    day, notes = row_date(parts.get("published"))
    if day:
        draft.metadata_dates.append(("delivery", day))
    heads = [
        Block(words, kind)
        for words, kind in ((draft.title, "title"), (draft.standfirst, "standfirst"))
        if words
    ]
    text, cleaning = characters.clean(entry.body)
    body = body_of(_without_heads(split_blocks(text), heads), draft)
    draft.blocks = [*heads, *body] if body else []
    draft.notes += (*cleaning, *notes)
    story = put_together(draft, entry.source, given, limits)
    agencies = datelines.agencies_in(story.publisher or "")
    changes = {
        "dateline": story.dateline or parts.get("dateline") or None,
        "credits": tuple(dict.fromkeys((*story.credits, *agencies))),
    }
    return story.replace(**changes)


def _without_heads(blocks: list[Block], heads: Iterable[Block]) -> list[Block]:
    """The blocks of a body, without title and standfirst where they stand at its head once more."""
    known = {_NO_LETTER.sub("", head.text).lower() for head in heads}
    while blocks and _NO_LETTER.sub("", blocks[0].text).lower() in known:
        blocks = blocks[1:]
    return blocks
