"""Exports of ProQuest as text: stories parted by lines, their fields named ("Publication date: Dec 23, 2021")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.reading.deliveries.entry import Delivered, fields_of

_RULE = re.compile(r"^[ \t]*_{20,}[ \t]*$", re.M)
_TOLD = re.compile(r"^(?:Full text|Publication title|ProQuest document ID): ", re.M | re.I)
_FIELD = re.compile(r"([A-Z][A-Za-z /-]{2,30}):[ \t]*(.*)")
_NUMBER = re.compile(r"Document \d+ of \d+|Report Information.*|Table of contents|\d+\. .*", re.I)


def fits(text: str) -> bool:
    """Whether a text is such an export."""
    return bool(_RULE.search(text) and _TOLD.search(text))


def entries(text: str, name: str) -> Iterator[Delivered]:
    """The stories of an export, in order."""
    pieces = [piece for piece in _RULE.split(text) if _TOLD.search(piece)]
    for number, piece in enumerate(pieces, start=1):
        yield _entry(piece, f"{name}:{number}")


def _entry(piece: str, source: str) -> Delivered:
    known = fields_of("proquest")
    parts: dict[str, str] = {}
    body: list[str] = []
    part = "title"
    for line in piece.split("\n"):
        found = _FIELD.fullmatch(line.strip())
        if found and found[1].upper() in known:
            part = known[found[1].upper()]
            line = found[2]
            if part not in ("body", "head", "foot") and line:
                parts[part] = line
        if part == "body":
            body.append(line)
        elif part == "title" and line.strip() and not _NUMBER.fullmatch(line.strip()):
            parts.setdefault("title", line.strip())
    if publisher := parts.get("publisher"):
        parts["publisher"] = publisher.partition(";")[0].strip()
    return Delivered(source, "\n".join(body).strip(), parts)
