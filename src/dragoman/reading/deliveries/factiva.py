"""Exports of Factiva, as text, RTF or HTML, with the codes of its fields (HD, PD, LP, TD …) or without."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.days import MONTH_WORD
from dragoman.reading.deliveries.entry import Delivered, fields_of

_ENDS = re.compile(r"^[ \t|]*Document [A-Z0-9]{4,12}(?:19|20)\d{6}[a-z0-9]{6,12}[ \t|]*$", re.M)
_CODED = re.compile(r"[ \t|]*\b([A-Z]{2,3})(?:[ \t|]+(.*?))?[ \t|]*")
_LENGTH = re.compile(r"[\d,. ]+ words?")
_DAY = re.compile(rf"\d{{1,2}} {MONTH_WORD} \d{{4}}")
_TIME = re.compile(r"\d{1,2}:\d\d(?: (?:[AP]M|[A-Z]{2,4}))?", re.I)
_BYLINE = re.compile(r"by\s+\S.{2,120}", re.I)
_NOTICE = re.compile(r"\(?copyright\b|©|\(c\)", re.I)
_SHORT = 80  # code points: a longer line in the heading is the story's own
_HEAD_LINES = 10
_LANGUAGES = ("English", "French", "German", "Spanish", "Russian", "Arabic", "Chinese", "Italian", "Portuguese", "Dutch")  # fmt: skip
_NEEDED = {"HD", "PD"}


def fits(text: str) -> bool:
    """Whether a text is such an export."""
    return _ENDS.search(text) is not None


def entries(text: str, name: str) -> Iterator[Delivered]:
    """The stories of an export, in order."""
    pieces = _ENDS.split(text)[:-1]
    for number, piece in enumerate(pieces, start=1):
        lines = [line.strip() for line in piece.split("\n") if line.strip(" \t|\f")]
        source = f"{name}:{number}"
        coded = _coded(lines)
        yield Delivered(source, *coded) if coded else Delivered(source, *_plain(lines))


def _coded(lines: list[str]) -> tuple[str, dict[str, str]] | None:
    """Body and parts of a story whose lines begin with the codes of their fields; None for another."""
    known = fields_of("factiva")
    parts: dict[str, list[str]] = {}
    seen: set[str] = set()
    part = "head"
    for line in lines:
        found = _CODED.fullmatch(line)
        if found and found[1] in known and found[1] not in seen:
            seen.add(found[1])
            part = known[found[1]]
            line = found[2] or ""
        if line:
            parts.setdefault(part, []).append(line.strip(" |"))
    if not seen >= _NEEDED or "body" not in parts:
        return None
    body = "\n\n".join(parts.pop("body"))
    return body, {name: " ".join(words) for name, words in parts.items()}


def _plain(lines: list[str]) -> tuple[str, dict[str, str]]:
    """Body and parts of a story without codes: section, title, byline, length, day, time, publisher, its code, language, copyright, body."""
    length = next((at for at, line in enumerate(lines) if _LENGTH.fullmatch(line)), None)
    if length is None:
        return "\n\n".join(lines), {}
    heading = lines[:length]
    parts: dict[str, str] = {}
    if len(heading) > 1 and _BYLINE.fullmatch(heading[-1]):
        parts["byline"] = heading.pop()
    if heading:
        parts["title"] = heading[-1] if len(heading) < 3 else " ".join(heading[1:])
    at = length + 1
    if at < len(lines) and _DAY.fullmatch(lines[at]):
        parts["published"] = lines[at]
        at += 1
    if at < len(lines) and _TIME.fullmatch(lines[at]):
        at += 1
    if at < len(lines) and len(lines[at]) <= _SHORT:
        parts["publisher"] = lines[at]
        at += 1
    return "\n\n".join(lines[_body_at(lines, at, parts) :]), parts


def _body_at(lines: list[str], at: int, parts: dict[str, str]) -> int:
    """Where the body begins: after the copyright line, else after the line that names the language."""
    begin = at
    for number, line in enumerate(lines[at : at + _HEAD_LINES], start=at):
        if line in _LANGUAGES:
            parts["language"] = line
            begin = number + 1
        elif _NOTICE.match(line) and len(line) < 3 * _SHORT:
            return number + 1
        elif len(line) > _SHORT:
            break
    return begin
