"""Datelines ("KYIV, Ukraine, March 3 (Reuters) – ") and the agencies behind a story."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dragoman.reading import knowledge
from dragoman.reading.blocks import Block, Draft

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DATE = rf"(?:{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+{_MONTH}(?:,?\s+\d{{4}})?)"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
_UPPER = rf"{_CAPITAL}[A-ZÀ-ÖØ-Þ.'’-]+(?:[ -]{_CAPITAL}[A-ZÀ-ÖØ-Þ.'’-]*){{0,3}}"
_NAME = rf"{_CAPITAL}[\w.'’-]+(?: (?:al|de|la|el|the|of|[A-ZÀ-ÖØ-Þ])[\w.'’-]*){{0,3}}"
_REST = rf"(?:[,/] ?(?:{_NAME}|{_UPPER})){{0,3}}"
_DASH = r"(?:\s*(?:—|–|--)\s*|\s+-\s+|(?<=\))\s*-\s*)(?=\S)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        # KYIV, Ukraine, March 3 (Reuters) —
        rf"(?P<place>{_UPPER}{_REST})(?:,? (?P<date>{_DATE}),?)?(?: ?\((?P<agency>[^()]{{2,60}})\))?{_DASH}",
        # Kyiv (Reuters) – and Hong Kong (CNN Business)
        rf"(?P<place>{_NAME}{_REST})(?:,? (?P<date>{_DATE}),?)? ?\((?P<agency>[^()]{{2,60}})\)(?:{_DASH}| (?={_CAPITAL}))",
        # (Reuters) —
        rf"\((?P<agency>[^()]{{2,60}})\){_DASH}",
        # NEW DELHI: and KYIV, March 3:
        rf"(?P<place>{_UPPER}{_REST})(?:,? (?P<date>{_DATE}),?)?(?: ?\((?P<agency>[^()]{{2,60}})\))?:\s+(?=[A-Z\"“‘])",
        # Indianapolis – Several
        rf"(?P<place>{_NAME}(?:, {_NAME})?)(?:,? (?P<date>{_DATE}),?)?\s+(?:—|–|--)\s+(?={_CAPITAL}[a-z’]* [a-z])",
    )
)
_LONGEST = 120


@dataclass(frozen=True)
class Dateline:
    """The words of a dateline as they stand (dash included), and what they name."""

    text: str
    place: str | None
    agency: str | None
    date: str | None


@cache
def _agencies() -> tuple[tuple[str, re.Pattern[str]], ...]:
    name = "datelines.tsv"
    return tuple(
        (agency, knowledge.pattern(name, line, rf"(?<!\w)(?:{pattern})(?!\w)"))
        for line, (agency, pattern) in knowledge.rows(name, ("agency", "pattern"))
    )


def agencies_in(text: str) -> list[str]:
    """Names of the agencies that the words of a dateline or credit line name."""
    return [agency for agency, pattern in _agencies() if pattern.search(text)]


def find(text: str) -> Dateline | None:
    """The dateline at the head of a paragraph, or None."""
    head = text[:_LONGEST]
    for form in _FORMS:
        match = form.match(head)
        if not match:
            continue
        parts = match.groupdict()
        agency = parts.get("agency")
        dated_place = parts.get("date") and parts["place"].split(",")[0].isupper()
        if agency and not agencies_in(agency) and not dated_place:
            continue
        return Dateline(match.group(), parts.get("place"), agency, parts.get("date"))
    return None


def split_first(draft: Draft) -> Dateline | None:
    """The story's dateline; its words become a block of their own, glued to the text they open."""
    for index, block in enumerate(draft.blocks):
        if block.kind != "text":
            continue
        dateline = find(block.text)
        if dateline is None:
            return None
        rest = block.text[len(dateline.text) :]
        draft.blocks[index : index + 1] = [Block(dateline.text, "dateline"), Block(rest, "text")]
        stripped = dateline.text.rstrip().rstrip("—–-:").rstrip()
        return Dateline(stripped, dateline.place, dateline.agency, dateline.date)
    return None


def credits_of(draft: Draft, dateline: Dateline | None) -> tuple[str, ...]:
    """Agencies named by dateline, bylines and credit lines, then the other credit lines as they stand."""
    found: list[str] = []
    if dateline and dateline.agency:
        found += agencies_in(dateline.agency)
    for line in draft.bylines:
        found += agencies_in(line)
    for line in draft.credits:
        found += agencies_in(line) or [line]
    return tuple(dict.fromkeys(found))
