"""Blocks of a story on their way to its text, and the step that makes text and offsets of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from dragoman.model import Note, Paragraph
from dragoman.reading.characters import plain_characters

_WHITE = re.compile(r"[ \t\n]+")


@dataclass(frozen=True)
class Block:
    """One piece of the story: its words and its kind (see ``model.Paragraph``)."""

    text: str
    kind: str = "text"
    linked: float = 0.0
    """Share of its characters that stand inside links, 0–1 (always 0 in plain text)."""

    def replace(self, **changes: object) -> Block:
        """A copy with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass
class Draft:
    """What was found in one input before the story is put together."""

    blocks: list[Block] = field(default_factory=list)
    title: str | None = None
    standfirst: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    credits: list[str] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    clocks: list[str] = field(default_factory=list)
    metadata_dates: list[tuple[str, str]] = field(default_factory=list)
    """(kind of evidence, ISO date) as the page's own data give it."""
    paywalled: bool = False
    """Whether a line that asks for payment was cut."""
    notes: list[Note] = field(default_factory=list)


def one_line(text: str) -> str:
    """The text with every run of white space made one space, invisible characters gone."""
    if not (text.isascii() and text.isprintable()):
        text = plain_characters(text)
    return _WHITE.sub(" ", text).strip()


def assemble(blocks: Iterable[Block]) -> tuple[str, tuple[Paragraph, ...]]:
    """The story's text, blocks parted by a blank line, and the span and kind of each block.

    A block of kind "dateline" is followed directly by the text it opens: no blank line parts
    them, so that "MOSCOW – Russia said" stays one line with two paragraphs.
    """
    pieces: list[str] = []
    paragraphs: list[Paragraph] = []
    position = 0
    glued = True
    for block in blocks:
        words = block.text.strip() if block.kind != "dateline" else block.text.lstrip()
        if not words:
            continue
        if not glued:
            pieces.append("\n\n")
            position += 2
        pieces.append(words)
        paragraphs.append(Paragraph(position, position + len(words.rstrip()), block.kind))
        position += len(words)
        glued = block.kind == "dateline"
    text = "".join(pieces)
    if text != text.rstrip():
        text = text.rstrip()
    return text, tuple(paragraphs)
