"""Exports of LexisNexis: Nexis Uni and Lexis+ ("End of Document"), and Academic before them ("1 of 100 DOCUMENTS")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.days import MONTH_WORD
from dragoman.reading.deliveries.entry import Delivered, fields_of
from dragoman.reading.plain import split_blocks

_BEGINS = re.compile(r"^[ \t\f]*\d+ of \d+ DOCUMENTS?[ \t]*$", re.M)
_ENDS = re.compile(r"^[ \t\f]*End of Document[ \t]*$", re.M)
_TOLD = re.compile(r"^[ \t]*(?:Load-Date:|Length:|Body[ \t]*$)", re.M | re.I)
_DAY = re.compile(
    rf"(?:{MONTH_WORD} \d{{1,2}}, \d{{4}}|\d{{1,2}} {MONTH_WORD} \d{{4}})"
    r"(?:$|,? \(?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.{0,60}|,? .{0,40}edition\b.{0,40}|,? \d{1,2}:\d\d.{0,40})",
    re.I,
)
_FIELD = re.compile(r"([A-Z][A-Za-z /-]{2,28}):\s*(.*)", re.S)
_COPYRIGHT = re.compile(r"copyright\b|©|all rights reserved|\(c\) ", re.I)
_COVER = re.compile(
    r"(?:user name|date and time|job number|documents? \(\d+\)|client/matter|search terms|search type|narrowed by"
    r"|content type|timeline|sources?|news|language|about lexisnexis|privacy policy|terms & conditions|page \d+ of \d+"
    r"|\d{1,4}\. |download request|time of request|send to|terms:)",
    re.I,
)
_EDITION = re.compile(r".{0,60}\bedition\b.{0,40}", re.I)


def fits(text: str) -> bool:
    """Whether a text is such an export."""
    return bool(_BEGINS.search(text) or (_ENDS.search(text) and _TOLD.search(text)))


def entries(text: str, name: str) -> Iterator[Delivered]:
    """The stories of an export, in order; a piece that has no body among them is one as well, and empty."""
    pieces = _BEGINS.split(text)[1:] if _BEGINS.search(text) else _ENDS.split(text)
    if len(pieces) > 1 and not _TOLD.search(pieces[-1]) and not _FIELD.search(pieces[-1]):
        pieces.pop()  # what follows the last story
    for number, piece in enumerate(pieces, start=1):
        yield _entry(piece, f"{name}:{number}")


def _entry(piece: str, source: str) -> Delivered:
    """The story of one piece: a heading, named lines, the body, named lines."""
    known = fields_of("nexis")
    blocks = [block.text for block in split_blocks(piece)]
    told = [_named(block, known) for block in blocks]
    first = next((at for at, part in enumerate(told) if part), len(blocks))
    begin = _body_at(blocks, told, first)
    end = next(
        (at for at in range(begin, len(blocks)) if (part := told[at]) and part[0] in ("foot", "language", "url")),
        len(blocks),
    )  # fmt: skip
    parts: dict[str, str] = {}
    for at, part in enumerate(told):
        if part and part[0] not in ("head", "foot", "body") and not begin <= at < end:
            parts.setdefault(part[0], part[1])
    parts = _heading(blocks[: min(first, begin)]) | parts
    body = blocks[begin:end]
    if begin and (opening := told[begin - 1]) and opening[0] == "body" and opening[1]:
        body.insert(0, opening[1])
    return Delivered(source, "\n\n".join(line for line in body if not _is_notice(line)), parts)


def _named(block: str, known: dict[str, str]) -> tuple[str, str] | None:
    """What part of a story a named line carries, and its words; None for another block."""
    found = _FIELD.match(block)
    name, words = (found[1], found[2]) if found else (block, "")
    part = known.get(name.strip().upper())
    return (part, words.strip()) if part else None


def _body_at(blocks: list[str], told: list[tuple[str, str] | None], first: int) -> int:
    """Where the body begins: after the line that says so, else after the named lines at the head."""
    opened = next((at for at, part in enumerate(told) if part and part[0] == "body"), None)
    if opened is not None:
        return opened + 1
    at = first
    while at < len(blocks) and (_is_notice(blocks[at]) or ((part := told[at]) and part[0] not in ("foot", "url", "language"))):  # fmt: skip
        at += 1
    return at


def _is_notice(block: str) -> bool:
    return len(block) < 200 and _COPYRIGHT.match(block) is not None


def _heading(blocks: list[str]) -> dict[str, str]:
    """Title, publisher and day of what stands above the named lines.

    Nexis Uni: title, publisher, day. Academic: publisher, day (and edition), title. The cover of a
    download stands above the first.
    """
    blocks = [block for block in blocks if not _is_notice(block)]
    days = [at for at, block in enumerate(blocks) if _DAY.match(block)]
    if not days:
        rest = [block for block in blocks if not _COVER.match(block)]
        return {"title": rest[-1]} if rest else {}
    day = days[-1]
    above = [block for block in blocks[:day] if not _COVER.match(block)]
    below = [block for block in blocks[day + 1 :] if not _EDITION.fullmatch(block)]
    found = {"published": blocks[day], "publisher": above[-1] if above else ""}
    title = below[0] if below else above[-2] if len(above) > 1 else ""
    return found | {"title": title}
