"""Corpora of newswires in SGML: Gigaword and its kin (<DOC id=…>), TREC's (<DOCNO>), many stories a file."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache

from dragoman.reading import knowledge
from dragoman.reading.deliveries.entry import Delivered

_BEGINS = re.compile(r"\s*<DOC(?:\s+id\s*=\s*\"[^\"<>]{1,80}\"[^<>]{0,200}|\s*)>", re.I)
_STORY = re.compile(r"<DOC\b([^<>]*)>(.*?)</DOC>", re.I | re.S)
_ID = re.compile(r"id\s*=\s*\"([^\"]+)\"", re.I)
_NUMBER = re.compile(r"<DOCNO>\s*(.*?)\s*</DOCNO>", re.I | re.S)
_LONG_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_SHORT_DAY = re.compile(r"(?<!\d)(\d\d)(\d\d)(\d\d)(?!\d)")
_LETTERS = re.compile(r"[A-Za-z]+")
_TAG = re.compile(r"<[^<>]{1,200}>")
_PARAGRAPH = re.compile(r"</?P>|\n(?=[ \t]{2,}\S)|\n[ \t]*\n", re.I)
_PARTS = {"HEADLINE": "title", "HEAD": "title", "HL": "title", "DATELINE": "dateline", "BYLINE": "byline", "DATE_TIME": "published"}  # fmt: skip


def fits(text: str) -> bool:
    """Whether a text is such a file."""
    return _BEGINS.match(text) is not None


def entries(text: str, name: str) -> Iterator[Delivered]:
    """The stories of a file, in order."""
    for number, found in enumerate(_STORY.finditer(text), start=1):
        yield _entry(found[1], found[2], f"{name}:{number}")


def _entry(attributes: str, inner: str, source: str) -> Delivered:
    named = _ID.search(attributes) or _NUMBER.search(inner)
    told = named[1] if named else ""
    parts = {part: words for tag, part in _PARTS.items() if (words := _inside(inner, tag))}
    if day := _day(told):
        parts.setdefault("published", day)
    if agency := _agency(told):
        parts["publisher"] = agency
    pieces = _PARAGRAPH.split(_between(inner, "TEXT"))
    paragraphs = (" ".join(html.unescape(_TAG.sub(" ", piece)).split()) for piece in pieces)
    return Delivered(source, "\n\n".join(words for words in paragraphs if words), parts)


def _between(inner: str, tag: str) -> str:
    found = re.search(rf"<{tag}>(.*?)</{tag}>", inner, re.I | re.S)
    return found[1] if found else ""


def _inside(inner: str, tag: str) -> str:
    """The words of an element on one line."""
    return " ".join(html.unescape(_TAG.sub(" ", _between(inner, tag))).split())


def _day(told: str) -> str | None:
    """The day that a story's id holds, as YYYY-MM-DD."""
    if found := _LONG_DAY.search(told):
        return "-".join(found.groups())
    found = _SHORT_DAY.search(told)
    return f"19{found[1]}-{found[2]}-{found[3]}" if found else None


@cache
def _agencies() -> dict[str, str]:
    rows = knowledge.rows("delivery_agencies.tsv", ("prefix", "agency"))
    return {row["prefix"]: row["agency"] for row in rows}


def _agency(told: str) -> str | None:
    found = _LETTERS.match(told)
    return _agencies().get(found[0].upper()) if found else None
