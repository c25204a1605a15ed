"""Numbers of people that several words make together: nobody, and sums of "12 soldiers and 3 civilians"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from dragoman.coding.count_words import KINDS, LOSSES, people_pattern
from dragoman.coding.number_words import NUMBER_PATTERN, bounds

#: Kinds of which nobody may be one.
_HARM = ("dead", "injured", "arrested")
_BE = r"(?:was|were|is|are|being|(?:has|have|had|has also|have also) been)"
_DONE = r"[\w-]+(?:(?:,| or| and| nor) (?:\w+ly )?[\w-]+){0,3}"
#: "Monks, 14, 15 and 16,", "aged between six and ten", "Mahsa Amini, 22, died": how old somebody is.
_AGE = r"(?:\d{1,3}|[a-z]+(?:-[a-z]+)?)"
_AGES = re.compile(
    rf"\b(?:aged?|ages|between the ages of)(?: of| from| between| about| around)? "
    rf"{_AGE}(?:(?:,|,? and|,? or| to| months and| to|-|–) ?(?!\w+(?:ed|ing)\b){_AGE}){{0,8}}\b"
    r"|(?<=[a-z]), \d{1,2}(?:, \d{1,2})*,? and \d{1,2}(?=[,.)]|$)"
    r"|(?-i:(?<=[A-Z]))[\w'’-]{0,30}[a-z], (?:(?:also|now|then|just|only) )?(?P<age>\d{1,2})(?=[,.;)]|$)",
    re.IGNORECASE,
)
#: Words that end the row of nouns under one verb.
_STOP = (
    r"(?:was|were|is|are|has|have|had|who|whom|which|that|when|while|after|before|but|as|including|"
    r"among|with|then|also|later|a|an)\b"
)
_HARMED = "|".join(pattern.pattern.removeprefix(r"\b") for pattern in KINDS.values())
_NOUNS = rf"(?: (?!{_STOP}|{_HARMED})[\w'’.-]+)"
_BETWEEN = re.compile(
    rf"{_NOUNS}{{0,11}}(?P<joint>,|,? and|,? plus|,? as well as)(?: (?:his|her|their|another))? $",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"{_NOUNS}{{0,6}}?,?(?: {_BE})?(?: (?:have|has|had))?(?: (?:\w+ly|also|all|later|shot))? "
    rf"(?={_HARMED})",
    re.IGNORECASE,
)
#: The verb of which numbers are the object: "killed 12 soldiers and 3 civilians".
_COUNTING = re.compile(
    rf"\b(?P<done>(?:{_HARMED})\w*) (?:the |another |a total of )?$", re.IGNORECASE
)
_NOUNS_END = re.compile(
    rf"{_NOUNS}{{1,4}}?(?=[.,;:)]|$| (?:in|on|at|near|during|by|outside|inside|from|since|it|he|she|they)\b)",
    re.IGNORECASE,
)


_FULL_NAME = re.compile(r"\b[A-Z][\w'’-]+ (?:[a-z]{1,3} )?[A-Z][\w'’-]+")


@cache
def _named(kind: str) -> re.Pattern[str]:
    """ "Killed Dara Moll and 12 others", "killing its candidate, Dara Moll, and at least 12 others"."""
    return re.compile(
        rf"(?P<done>{KINDS[kind].pattern}\w*) (?P<who>(?:(?!\b(?:and|or)\b|\d)[^.;:]){{3,90}}?),? and "
        rf"(?:(?P<floor>at least|more than|over) )?(?P<more>{NUMBER_PATTERN}) (?:others|other people)\b",
        re.IGNORECASE,
    )


@dataclass(frozen=True)
class Quantity:
    """A number of people, with where it stands in the sentence."""

    low: int
    high: int | None
    start: int
    end: int
    single: bool = False  # "a soldier", which counts only in a sum


@cache
def _nobody() -> tuple[re.Pattern[str], ...]:
    """How it is said that nobody was killed, injured, arrested."""
    people = people_pattern()
    who = (
        rf"(?P<who>\b(?:no[ -]?one|nobody|none(?: of [^.;,]{{1,40}}?)?(?= {_BE}\b)|not (?:a single|one)"
        rf"(?: [\w-]+){{0,2}}?(?: (?:{people}))|no(?: [\w-]+){{0,2}}? (?:{people})))"
    )
    return (
        re.compile(
            rf"{who}(?: else)?(?: {_BE})?(?: (?:\w+ly|so far|yet))? (?P<done>{_DONE})", re.IGNORECASE
        ),
        re.compile(
            rf"(?P<done>killing|injuring|wounding|hurting|(?:killed|injured|wounded|hurt|arrested|detained)"
            rf"(?: or \w+ed)?) {who}\b(?! \w+ing\b)",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?P<who>no) (?:(?:more|further|other|human|serious|civilian|military|major|mass) )?"
            r"(?P<done>(?:deaths?|fatalit\w+|injur\w+|casualt\w+|arrests?|wounded|dead)\b"
            r"(?:(?:,| or| and| nor) (?:deaths?|fatalit\w+|injur\w+|casualt\w+|arrests?)\b){0,2})",
            re.IGNORECASE,
        ),
    )  # fmt: skip


def nobody(text: str) -> Iterator[tuple[str, Quantity]]:
    """Kinds of which a sentence says that there was nobody, with the words that say it."""
    for pattern in _nobody() if "no" in text.lower() else ():
        for found in pattern.finditer(text):
            lost = bool(LOSSES.search(found["done"]))
            for kind in _HARM:
                if KINDS[kind].search(found["done"]) or (lost and kind != "arrested"):
                    yield kind, Quantity(0, 0, found.start("who"), found.end("who"))


def ages(text: str) -> list[tuple[int, int]]:
    """Where a sentence says how old somebody is."""
    return [found.span("age") if found["age"] else found.span() for found in _AGES.finditer(text)]


@cache
def _one_person(alone: bool) -> re.Pattern[str]:
    between = r"(?:(?!(?:of|and|or)\b)[\w'’-]+ )" if alone else r"(?:[\w'’-]+ )"
    return re.compile(
        rf"\ban? {between}{{0,3}}?(?:{people_pattern(plural=not alone)})\b(?!['’-])"
        # "a Croat and two Serbs"
        rf"|\ban? (?-i:[A-Z][a-z]{{2,}})(?=,? and (?:an?|{NUMBER_PATTERN})\b|, (?:an?|{NUMBER_PATTERN}) )",
        re.IGNORECASE,
    )


def singles(text: str, alone: bool = False) -> list[Quantity]:
    """Where a sentence speaks of "a soldier", "an Afghan fighter"; ``alone``: to the end of the noun, of
    nobody besides ("a group of soldiers")."""
    return [
        Quantity(
            1, 1, found.start(),
            found.end() if alone else found.start() + len(found.group().split()[0]),
            single=True,
        )
        for found in _one_person(alone).finditer(text)
    ]  # fmt: skip


def is_done_to(text: str, one: Quantity, kind: str) -> bool:
    """Whether a word of a kind stands right before somebody: "shot dead a soldier"."""
    before = _COUNTING.search(text, max(0, one.start - 40), one.start)
    return before is not None and KINDS[kind].match(before["done"]) is not None


def sums(text: str, quantities: Sequence[Quantity], kinds: Sequence[str]) -> dict[str, Quantity]:
    """For each kind the sum of the numbers joined under its verb: "12 soldiers and 3 civilians"; of "five soldiers,
    two Kenyans and three Omanis" the first number is the sum."""
    found: dict[str, Quantity] = {}
    for row in _rows(text, sorted({*quantities, *singles(text)}, key=lambda item: item.start)):
        highs = [item.high for item in row if item.high is not None]
        high = sum(highs) if len(highs) == len(row) else None
        total = Quantity(sum(item.low for item in row), high, row[0].start, row[-1].end)
        for kind in kinds:
            if kind not in found and _is_under(text, total, kind):
                found[kind] = row[0] if _is_split(row) else total
    return found


def _is_split(row: Sequence[Quantity]) -> bool:
    """Whether the numbers behind the first only tell of whom it is made up."""
    first, rest = row[0], row[1:]
    return len(rest) > 1 and first.low == first.high == sum(item.low for item in rest)


def with_named(text: str, kinds: Sequence[str]) -> dict[str, Quantity]:
    """For each kind the one who is named and the others: "killed Dara Moll and 12 others" is 13."""
    found: dict[str, Quantity] = {}
    for kind in kinds if "other" in text else ():
        match = _named(kind).search(text) if kind in _HARM else None
        told = bounds(match["more"]) if match is not None else None
        if match is None or told is None or match["who"].count(",") > 1:
            continue
        if _FULL_NAME.search(match["who"]):
            high = None if match["floor"] or told[1] is None else told[1] + 1
            found[kind] = Quantity(told[0] + 1, high, match.start("who"), match.end("more"))
    return found


def _rows(text: str, items: Sequence[Quantity]) -> Iterator[list[Quantity]]:
    """Numbers joined to a row, the last by "and"."""
    row: list[Quantity] = []
    joint = ""
    for item in items:
        found = _BETWEEN.fullmatch(text, row[-1].end, item.start) if row else None
        if found is None and row:
            if len(row) > 1 and joint != ",":
                yield row
            row = []
        joint = found["joint"] if found is not None else ""
        row.append(item)
    if len(row) > 1 and joint != ",":
        yield row


def _is_under(text: str, total: Quantity, kind: str) -> bool:
    """Whether a row of numbers is what a word of the kind counts."""
    before = _COUNTING.search(text[max(0, total.start - 40) : total.start])
    if before is not None:
        named = KINDS[kind].match(before["done"]) is not None
        return named and _NOUNS_END.match(text, total.end) is not None
    behind = _AFTER.match(text, total.end)
    return behind is not None and KINDS[kind].match(text, behind.end()) is not None
