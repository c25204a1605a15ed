"""Datelines ("KYIV, Ukraine, March 3 (Reuters) – ") and the agencies behind a story."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from dragoman.days import MONTH_WORD
from dragoman.reading import knowledge
from dragoman.reading.blocks import Block, Draft

_DATE = rf"(?:{MONTH_WORD}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+{MONTH_WORD}(?:,?\s+\d{{4}})?)"
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
_NAMES = 3  # words of an agency's name
_HEAD = re.compile(r"^[^\S\n]*(?=\S)", re.MULTILINE)


@dataclass(frozen=True)
class Dateline:
    """The words of a dateline as they stand (dash included), and what they name."""

    text: str
    place: str | None
    agency: str | None
    date: str | None


@cache
def _agencies() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["agency"], row.pattern("pattern", r"(?<!\w)(?:%s)(?!\w)"))
        for row in knowledge.rows("datelines.tsv", ("agency", "pattern"))
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
        place, agency, date = (parts.get(name) for name in ("place", "agency", "date"))
        town = (place or "").split(",")[0]
        dashed = match.group().rstrip().endswith(("—", "–", "-"))
        if (
            agency
            and not agencies_in(agency)
            and not (town.isupper() and (date or (dashed and _is_name(agency, town))))
        ):
            continue
        return Dateline(match.group(), place, agency, date)
    return None


def _is_name(words: str, town: str) -> bool:
    """Whether words in brackets may be the name of an agency in no table: not what letters before them stand for."""
    names = words.split()
    initials = "".join(name[0] for name in names)
    return len(names) <= _NAMES and initials.isupper() and initials != town


@lru_cache(maxsize=4)
def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where datelines stand in a text, each at the head of a line: half-open ranges of code points, dash included."""
    heads = [match.end() for match in _HEAD.finditer(text)]
    found = ((head, find(text[head : head + _LONGEST])) for head in heads)
    return tuple((head, head + len(dateline.text)) for head, dateline in found if dateline)


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
