"""One report as it was read: the story, its paragraphs, and what was doubtful or rejected."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from dragoman.days import is_missing, iso_day
from dragoman.errors import InputError
from dragoman.model.plain import JsonType


@dataclass(frozen=True)
class Span(JsonType):
    """A half-open range of code points in ``story.text``."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two ranges share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this range."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True)
class Note(JsonType):
    """What was doubtful about an input: a stable ``code`` and a sentence for the reader."""

    code: str
    message: str


def content_id(*parts: str) -> str:
    """Sixteen hexadecimal digits of SHA-256 over the parts, each closed with a NUL."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()[:16]


@dataclass(frozen=True)
class Paragraph(JsonType):
    """One block of the story's text. ``kind``: title, standfirst, dateline, heading, text, caption."""

    start: int
    end: int
    kind: str = "text"


@dataclass(frozen=True)
class Story(JsonType):
    """One report after its furniture is cut away.

    Args:
        text: the story's text; every offset in a record counts code points of this string.
            It begins with the title and standfirst when the page has them, paragraphs are
            parted by a blank line.
        published: ISO date (YYYY-MM-DD; a ``datetime.date`` becomes one) or None when the evidence
            does not decide it.
        published_basis: what decided ``published`` ("metadata", "url", "dateline", "byline",
            "given", "text", ...), or None.
        language: ISO 639-1 code.
        id: content hash of title and text; filled in when left empty.
        implied_year: the year the text implies when ``published`` is None.

    Raises:
        InputError: ``published`` is no date, or ``text`` no string.
    """

    text: str
    id: str = ""
    source: str = ""
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    standfirst: str | None = None
    dateline: str | None = None
    language: str = "en"
    published: str | None = None
    published_basis: str | None = None
    credits: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    implied_year: int | None = None

    @property
    def day(self) -> str | None:
        """The day on which to ask who held an office: the day of publication, or the middle of
        the year that the text implies; None when neither is known."""
        return self.published or (f"{self.implied_year}-07-01" if self.implied_year else None)

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed, and with them those that follow from them."""
        if {"text", "title"} & set(changes) and self.id == content_id(self.title or "", self.text):
            changes.setdefault("id", "")
        if "text" in changes:
            changes.setdefault("paragraphs", ())
        if "published" in changes:
            changes.setdefault("published_basis", None)
        return dataclasses.replace(self, **changes)

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            reason = f"its text is a string, not {type(self.text).__name__}"
            raise InputError(self.source or "the story", reason, code="type")
        for name in ("url", "publisher", "title", "standfirst", "dateline", "id"):
            value = getattr(self, name)
            if value is not None and not isinstance(value, str):  # a cell of a table
                none = "" if name == "id" else None
                object.__setattr__(self, name, none if is_missing(value) else str(value))
        day = iso_day(self.published, self.source or "the story")
        object.__setattr__(self, "published", day)
        if not self.id:
            object.__setattr__(self, "id", content_id(self.title or "", self.text))
        if self.published and self.published_basis is None:
            object.__setattr__(self, "published_basis", "given")
        if not self.paragraphs:
            object.__setattr__(self, "paragraphs", tuple(paragraphs_of(self.text)))


def paragraphs_of(text: str) -> Iterable[Paragraph]:
    """The blocks of ``text`` between line breaks, trimmed of white space at both ends."""
    position = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            start = position + line.index(bare)
            yield Paragraph(start, start + len(bare))
        position += len(line)


@dataclass(frozen=True)
class Rejection(JsonType):
    """An input that could not be read: what, where and why. It costs only itself."""

    source: str
    reason: str
    place: str | None = None
    code: str = "unreadable"

    @classmethod
    def of(cls, error: InputError) -> Self:
        """What is handed on in the place of an input that cannot be read."""
        return cls(error.source, error.reason, error.place, error.code)

    def __str__(self) -> str:
        where = f"{self.source}:{self.place}" if self.place else self.source
        return f"{where}: {self.reason}"
