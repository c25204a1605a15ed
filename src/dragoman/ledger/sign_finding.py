"""Every sentence of a story that says something about an agreement, with what it tells of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dragoman.ledger import days
from dragoman.ledger.sides import (
    Mentioned,
    blamed,
    is_party,
    mentioned,
    parties_of,
    reporter_of,
    without,
)
from dragoman.ledger.signs import (
    Sign,
    is_taken,
    known_name,
    made_in,
    mediated,
    named,
    patterns,
    sign_in,
    terms,
    told,
)
from dragoman.model import Record, Span

_OF_OWN_DAY = re.compile(r" (?:of|from) (\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2})\b(?:,? \d{4}\b)?")
# Behind the making of an agreement: "and took effect at midnight".
_CAME = re.compile(
    r"\b(?:and|which) (?:took (?:effect|hold)|(?:came|went) into (?:force|effect)|entered into force)\b"
)
_BROKEN_IT = re.compile(r"\b(violat(?:ed|ing|es)|br(?:oke|oken|eaking|eached|eaching)) it\b", re.I)
_UNTIL = re.compile(
    r"\b(?:until|till|through|to(?= \d| the end of| january| february| march| april| may \d| june| july"
    r"| august| september| october| november| december))\b([^;]{3,40})",
    re.I,
)
_FROM = re.compile(r"\b(?:from|on|at|since)\b([^.;]{3,40})", re.I)
_COUNT = re.compile(r"\b(\d[\d,]*|no|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
                    r" (?:new |fresh |further |more |alleged |armed )?(?:[\w-]+ )?(?:violations|breaches)\b", re.I)  # fmt: skip
_COMPARED = re.compile(
    r"(?:\b(?:up|down|compared (?:with|to)|against|as against|versus)\b(?: from)? (\d[\d,]*|no|none|one|two|three|"
    r"four|five|six|seven|eight|nine|ten|eleven|twelve)\b[^.;,]{0,50})", re.I)  # fmt: skip
_OF_DAY = re.compile(r"\b(?:(mon|tues|wednes|thurs|fri|satur|sun)day)[’']s (?:\w+ )?$", re.I)
_STARTING = re.compile(r"\b(?:from|starting|beginning)(?: on| at)?\b([^;]{3,40})", re.I)
_SIGNED_IN = re.compile(r"\b(?:sign(?:ed|s|ing)|initial(?:l)?ed)\b[^,;]{0,60} in (?:the )?[A-Z]")
_SCOPE = re.compile(
    r"\b(?:along|in|across|over|around|throughout) "
    r"((?:the )?[A-Za-z][^,.;]{2,50}?)(?=[,.;]|$| (?:until|till|for|from|at|on|after|before|by|that|which) )"
)
# a name with at most two words before it; what follows it is dropped, unless it is a single word ("valley")
_PLACE = re.compile(
    r"(?:[a-z-]+ ){0,2}(?P<name>[A-Z][\w’'-]*)(?: (?:of (?:the )?|and (?:the )?)?[A-Z][\w’'-]*)*"
)
_TITLES = frozenset({"New", "Fresh", "Latest", "Fragile", "The", "A", "An", "Under", "In", "But", "And", "On", "After", "Both", "This", "That", "Its",
                     "Their", "No", "UN", "EU", "US", "UK", "NATO", "Nato", "Observers", "Monitors", "Recent", "Former"})  # fmt: skip
# Sign, where its words end, and the term, name, day and year of the agreement.
_Told = tuple[str, int, str, str | None, date | None, int | None]


def find_signs(record: Record, published: date | None) -> list[Sign]:
    """Every sentence of the story that says something about an agreement.

    Args:
        published: what "Friday" is counted from; None where nobody knows: then only full dates count.
    """
    found: list[Sign] = []
    for span in told(record):
        words = record.story.text[span.start : span.end]
        term = next(
            ((name, hit) for name, pattern in terms() if (hit := pattern.search(words))), None
        )
        told_sign = sign_in(words) if term else None
        if term is None and (again := _of_the_last(found, words)):
            found.append(_filled(record, span, words, *again, published))
            continue
        if term is None or told_sign is None:
            continue
        sign, sign_end = told_sign
        words, own_day = _without_its_day(words, term[1].end(), published)
        name, day, year = _name(words[: term[1].start()], published)
        day = day or own_day
        name = name or known_name(words[term[1].start() :])
        if sign == "agreed" and published:
            year = year or made_in(words[term[1].end() :], published)
        if (
            term[0] == "agreement"
            and not (name or year or day)
            and sign not in ("agreed", "violated")
        ):
            continue  # "the deal is holding": whose? too many agreements are meant by such words
        found.append(
            _filled(record, span, words, sign, sign_end, term[0], name, day, year, published)
        )
        came = _CAME.search(words) if sign == "agreed" else None
        if came is not None:
            forced = days.told_day(words, published)
            found.append(
                replace(found[-1], sign="in-force", start=span.start + came.start(), day=forced)
            )
        if sign == "violated" and (holds := _holds_as_well(record, found[-1])):
            found.append(holds)
    return found


def _without_its_day(words: str, at: int, published: date | None) -> tuple[str, date | None]:
    """The words without the day by which an agreement is named ("the ceasefire of 10 April"), and that day.

    Args:
        at: where the word for the agreement ends.
    """
    own = _OF_OWN_DAY.match(words, at)
    day = days.named_day(own[1], published, ahead=False) if own else None
    if own is None or day is None:
        return words, None
    return words[:at] + " " * (own.end() - at) + words[own.end() :], day


def _of_the_last(found: Sequence[Sign], words: str) -> _Told | None:
    """What a sentence without a word for it says of the truce told before ("recorded no violations", "has broken it
    twice"): sign, where its words end, and which agreement; None where it says nothing."""
    last = found[-1] if found else None
    if last is None or last.term != "ceasefire" or last.sign == "proposed":
        return None
    full = _COUNT.sub(r"\g<0> of the truce", words)
    if full == words:
        full = _BROKEN_IT.sub(r"\1 the truce", words)
    told_sign = sign_in(full) if full != words else None
    if told_sign is None or told_sign[0] not in ("violated", "held"):
        return None
    return *told_sign, last.term, last.name, last.name_day, last.name_year


def _holds_as_well(record: Record, sign: Sign) -> Sign | None:
    """That a truce is holding, where a monitor says so beside the violations that he counts."""
    reporter = record.entity(sign.reporter) if sign.reporter else None
    if reporter is None or is_party(reporter):
        return None
    for kind, pattern, _, _ in patterns():
        hit = pattern.search(sign.text) if kind == "held" else None
        if hit and not is_taken(sign.text, kind, hit.start(), hit.end()):
            place = sign.start + hit.start()
            return replace(
                sign, sign=kind, start=place, count=None, previous=None, comparison=None, sides=()
            )
    return None


def _name(before: str, published: date | None) -> tuple[str | None, date | None, int | None]:
    """The name, day or year that stands right before the word for the agreement."""
    if found := _OF_DAY.search(before):
        day = days.weekday(found[1] + "day", published, ahead=False) if published else None
        return None, day, None
    found_name = named().search(before)
    if found_name is None:
        return None, None, None
    year = int(found_name[1]) if found_name[1] else None
    words = re.split(r"[\s-]+", (found_name[2] or "").strip())
    kept = [word for word in words if word and word not in _TITLES]
    if kept and kept[-1].endswith(("’s", "'s")):
        return None, None, None  # "Russia's deal", "September's truce": whose or when, not a name
    return (" ".join(kept).lower() or None), None, year


def _filled(record: Record, span: Span, words: str, sign: str, sign_end: int, term: str, name: str | None,
            name_day: date | None, year: int | None, published: date | None) -> Sign:  # fmt: skip
    inside = mentioned(record, span)
    between = without(inside, words, mediated())
    reporter, statement = reporter_of(record, span, words, inside)
    count, previous, comparison = _counts(words)
    if count == 0:
        sign = "held"
    until = None
    if ahead := _UNTIL.search(words):
        until = days.last_day(ahead[1], published)
    begins = None
    if sign == "in-force":
        ahead_of = " will " in words or " would " in words
        # "they agreed on Monday to a truce that takes effect on Friday": the day after the words, where one is told
        tails = (words[sign_end:], words)
        told = (
            days.named_day(hit[1], published, ahead=ahead_of)
            for part in tails
            for hit in _FROM.finditer(part)
        )
        begins = next((day for day in told if day), None)
    elif sign in ("violated", "held"):
        begins = days.told_day(words, published)
    sides = blamed(words, inside, reporter) if sign in ("violated", "over") else ()
    if until is None and sign in ("agreed", "extended", "in-force"):
        first = _STARTING.search(words)
        start = days.named_day(first[1], published, ahead=True) if first else None
        until = days.spell_end(words, start or begins or published)
    scope = _scope(words, inside) if sign in ("agreed", "in-force", "extended") else None
    if scope and scope.upper() in (record.story.dateline or "").upper():
        scope = None  # "signed a truce in Oslo", filed from there
    if scope and _SIGNED_IN.search(words) and f" in {scope}" in words:
        scope = None
    return Sign(
        sign, term, name, name_day, year, span.start, span.end, words, reporter, sides,
        parties_of(record, span, between, name, reporter, statement),
        count, previous, comparison, begins, until, scope, statement,
    )  # fmt: skip


def _scope(words: str, inside: Mentioned) -> str | None:
    """The part of the country that an agreement is for: "the Cenepa valley"; a name, and not of somebody."""
    found = _SCOPE.search(words)
    place = _PLACE.match(found[1]) if found else None
    if found is None or place is None or days.is_named(place["name"]):
        return None
    start, end = found.start(1), found.start(1) + len(place[0])
    if any(
        start <= at < end and entity.kind in ("organisation", "person") for at, entity in inside
    ):
        return None
    rest = found[1][place.end() :].split()
    return f"{place[0]} {rest[0]}" if len(rest) == 1 else place[0]


def _counts(words: str) -> tuple[int | None, int | None, str | None]:
    """Number of violations, the number of the earlier period, and the words of the comparison."""
    counted, compared = _COUNT.search(words), _COMPARED.search(words)
    if counted is None:
        return None, None, None
    count = 0 if counted[1].lower() == "no" else days.number(counted[1])
    if compared is None:
        return count, None, None
    previous = 0 if compared[1].lower() in ("no", "none") else days.number(compared[1])
    return count, previous, compared[0].strip()
