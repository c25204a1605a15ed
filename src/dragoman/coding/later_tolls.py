"""A toll that a later sentence of the story corrects or raises is the toll of the event told before.

"Five soldiers were killed, not seven", "the army later revised the toll to eleven" and "the toll from the
blast rose to nine" tell of no other deed: the event keeps its place and gets the number told last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dragoman.coding import counts
from dragoman.coding.count_words import counts_no_people
from dragoman.coding.cues import DATA
from dragoman.coding.number_words import NUMBER_PATTERN, bounds
from dragoman.coding.voices import voices
from dragoman.model import Count, Counts, Event, Events, Span, Statement
from dragoman.tables import word_lists

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.entities.index import EntityIndex

_KINDS = ("dead", "injured")
#: Code points between an event and the sentence that corrects or raises its toll.
_NEAR = 900
#: The nouns that a number of dead is told with; where numbers are counted "dead" stands for them.
_TOLL = re.compile(r"\b(?:death toll|toll|body count|number of (?:the )?dead)\b", re.IGNORECASE)
#: "Five soldiers were killed, not seven": the number that is taken back.
_NOT = re.compile(
    rf",?\s(?:and not|not|rather than|instead of)(?: the)? (?P<old>{NUMBER_PATTERN})"
    r"(?:,(?= (?:had|have|has|was|were|are|is|did|died)\b)|(?= as\b| (?:it|they|he|she)\b|[.,;:]|\s*$))",
    re.IGNORECASE,
)
#: "It was four", before "not five".
_IT_WAS = re.compile(
    rf"\b(?:it was|it is|there were|(?:number|figure|toll) (?:was|is)) (?P<new>{NUMBER_PATTERN})\s*$",
    re.IGNORECASE,
)


#: Behind a word of correcting, where what is right begins: "…: five were killed", "…, saying five were killed".
_SAID = re.compile(r"[,:;]|\b(?:and|that|saying)\b")
#: "Corrected the army's figures": those of another.
_OTHERS = re.compile(r"['’]s?\s")


class LaterToll(NamedTuple):
    """The toll that a sentence gives of a deed told before it.

    Args:
        old: the number that it takes back; None where it does not say which.
        grown: more have died since; what was told before was no mistake.
        disputes: nothing but "not seven" tells that a number is taken back: another may say so too.
        bare: it is a number alone ("corrected the number to two"), of the dead or the injured.
    """

    sentence: Span
    counts: Counts
    old: int | None
    grown: bool
    disputes: bool = False
    bare: bool = False


def with_later_tolls(
    events: Events, statements: Sequence[Statement], doc: Doc, index: EntityIndex
) -> Events:
    """The attributed events of a story, each with the toll that the story gives last of it."""
    if not any(_counted(event) for event in events):
        return events
    held = list(events)
    said = {statement.id: statement for statement in statements}
    for toll in _tolls(doc):
        place = _whose(toll, held, doc.text)
        if place is None and toll.bare and toll.counts.dead is not None:  # of the injured, then
            toll = toll._replace(counts=Counts(injured=toll.counts.dead))
            place = _whose(toll, held, doc.text)
        if place is not None and toll.disputes and not _own(toll, held[place], said, doc, index):
            continue
        if place is None:
            continue
        event = held[place]
        again = [
            other for other in held
            if other is not event and other.type == event.type and toll.sentence.contains(other.trigger)
            and _alike(other.counts, toll.counts)
        ]  # fmt: skip
        held[place] = _with_toll(event, toll, again)
        held = [other for other in held if other not in again]
    return Events(held)


def _own(
    toll: LaterToll, event: Event, said: dict[str, Statement], doc: Doc, index: EntityIndex
) -> bool:
    """Whether a toll is given by who gave the one before: another who says "not seven" disputes it."""
    inside = [
        statement for statement in said.values()
        if any(toll.sentence.contains(piece) for piece in statement.content)
    ]  # fmt: skip
    before = [said[key] for key in event.attribution if key in said]
    if not inside or not before:
        return not inside and not before
    now = {key for statement in inside for key in voices(statement, doc, index)}
    return any(not now.isdisjoint(voices(statement, doc, index)) for statement in before)


def corrected(events: Iterable[Event], doc: Doc) -> list[tuple[Event, Span]]:
    """The events whose toll a sentence other than their own corrects, with that sentence."""
    found = []
    for event in events:
        told = _counted(event)
        if told is None or event.sentence.start <= told.start < event.sentence.end:
            continue
        toll = next(
            (x for x in _tolls(doc) if x.sentence.start <= told.start < x.sentence.end), None
        )
        if toll is not None and not toll.grown:
            found.append((event, toll.sentence))
    return found


def _tolls(doc: Doc) -> list[LaterToll]:
    """The sentences that correct or raise a toll, in order of the text."""
    found: list[LaterToll] = []
    for match in _signs().finditer(doc.text):
        if found and match.start() < found[-1].sentence.end:
            continue
        word = doc.char_span(match.start(), match.start() + 1, alignment_mode="expand")
        if word is not None:
            sentence = word[0].sent
            span = Span(sentence.start_char, sentence.end_char)
            toll = _corrected(sentence.text, span) or _grown(sentence.text, span)
            if toll is not None:
                found.append(toll)
    return found


def _corrected(text: str, span: Span) -> LaterToll | None:
    """The toll of a sentence that takes another back."""
    denied = _NOT.search(text)
    verb = _corrects().search(text)
    if verb is not None and _OTHERS.search(verb.group()):
        return None
    if verb is None and denied is None:
        return None
    old = denied and bounds(denied["old"])
    if denied is not None and counts_no_people(text, denied.end()):
        return None
    if denied is not None:
        text = _blank(text, denied.start(), denied.end())
    before = _earlier().search(text)
    if before is not None:
        old = old or bounds(before["old"])
        text = _blank(text, before.start(), before.end())
    text = _with_dead(text)
    if verb is None:
        held = counts.find(text, span.start, _KINDS) or _it_was(text, denied, span)
    else:
        said = _SAID.search(text, verb.end())
        behind = _blank(text, 0, said.start()) if said is not None else ""
        held = (
            counts.find(behind, span.start, _KINDS)
            or _bare(text, verb, span)
            or counts.find(text[: verb.start()], span.start, _KINDS)
        )
    old_number = old[0] if old else None
    bare = verb is not None or _IT_WAS.search(text) is not None
    if held is None:
        return None
    return LaterToll(span, held, old_number, False, verb is None, bare and held.injured is None)


def _it_was(text: str, denied: re.Match[str] | None, span: Span) -> Counts | None:
    """The number of "it was four, not five"."""
    number = _IT_WAS.search(text, 0, denied.start()) if denied is not None else None
    value = bounds(number["new"]) if number is not None else None
    if number is None or value is None:
        return None
    places = (span.start + number.start("new"), span.start + number.end("new"))
    return Counts(dead=Count(value[0], value[1], *places))


def _bare(text: str, verb: re.Match[str], span: Span) -> Counts | None:
    """The number that a toll is corrected to: "corrected the number to 20"."""
    number = _to().match(text, verb.end())
    value = bounds(number["new"]) if number is not None else None
    if number is None or value is None or counts_no_people(text, number.end()):
        return None
    places = (span.start + number.start("new"), span.start + number.end("new"))
    return Counts(dead=Count(value[0], value[1], *places))


def _grown(text: str, span: Span) -> LaterToll | None:
    """The toll of a sentence in which a toll has grown."""
    if _raised().search(text) is None or _all_told().search(text):
        return None
    held = counts.find(_with_dead(text), span.start, ("dead",))
    return None if held is None else LaterToll(span, held, None, True)


def _whose(toll: LaterToll, events: Sequence[Event], text: str) -> int | None:
    """The place of the event, told before, whose toll it is."""
    said = text[toll.sentence.start : toll.sentence.end]
    near = [
        place for place, event in enumerate(events)
        if event.sentence.end <= toll.sentence.start and _counted(event) is not None
        and _may_be(toll, event)
    ]  # fmt: skip
    there = [
        place for place in near if (town := events[place].place) is not None and town.text in said
    ]
    return max(there or near, key=lambda place: events[place].trigger.start, default=None)


def _may_be(toll: LaterToll, event: Event) -> bool:
    """Whether a toll may be an event's: the number taken back is its own, or it is told soon after."""
    for kind in _KINDS:
        old, new = getattr(event.counts, kind), getattr(toll.counts, kind)
        if old is None or new is None or old.low == new.low:
            continue
        if toll.old is not None:
            return bool(old.low == toll.old)
        if toll.sentence.start - event.sentence.end > _NEAR:
            return False
        return not toll.grown or new.low > old.low
    return False


def _with_toll(event: Event, toll: LaterToll, again: Sequence[Event]) -> Event:
    assert event.counts is not None
    new = {kind: count for kind in _KINDS if (count := getattr(toll.counts, kind)) is not None}
    own = event.evidence or (event.sentence,)
    told = (span for other in again for span in (other.evidence or (other.sentence,)))
    evidence = sorted({*own, toll.sentence, *told}, key=lambda span: (span.start, span.end))
    return event.replace(counts=event.counts.replace(**new), evidence=tuple(evidence))


def _counted(event: Event) -> Count | None:
    """The dead of an event, else its injured."""
    return (event.counts.dead or event.counts.injured) if event.counts is not None else None


def _alike(one: Counts | None, other: Counts) -> bool:
    return one is None or any(
        getattr(one, kind) == getattr(other, kind) is not None for kind in _KINDS
    )


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _with_dead(text: str) -> str:
    """The text with "dead" for the words of a toll, as long as before."""
    return _TOLL.sub(lambda found: "dead".rjust(len(found.group())), text)


def _any(name: str) -> str:
    return "|".join(sorted(word_lists(DATA / "count_words.tsv")[name], key=len, reverse=True))


@cache
def _corrects() -> re.Pattern[str]:
    """A word of correcting with what is corrected: "corrected an earlier report", "in a correction"."""
    return re.compile(
        rf"\b(?:correction\b|(?:{_any('correcting')}) (?:(?:[\w’'-]+ ){{0,4}}?)(?:{_any('told_before')})\b)",
        re.IGNORECASE,
    )


@cache
def _earlier() -> re.Pattern[str]:
    """A number told before, named as such: "an earlier figure of eleven"."""
    return re.compile(
        rf"\b(?:earlier|previous|initial|first|original)(?: \w+)? (?:{_any('told_before')}) of (?P<old>{NUMBER_PATTERN})\b",
        re.IGNORECASE,
    )


@cache
def _to() -> re.Pattern[str]:
    return re.compile(
        rf"(?: (?:down|up|from (?:{NUMBER_PATTERN})))? to (?P<new>{NUMBER_PATTERN})\b",
        re.IGNORECASE,
    )


@cache
def _raised() -> re.Pattern[str]:
    """A toll that has grown, or a deed that "has now left eleven dead"."""
    deed = rf"(?:the|that|this) (?:[\w-]+ )?(?:{_any('deeds')})\b[^.;]{{0,30}}?\bnow\b"
    return re.compile(
        rf"{_TOLL.pattern}[^.;]{{0,60}}?\b(?:{_any('grown')})\b|^\s*{deed}", re.IGNORECASE
    )


@cache
def _all_told() -> re.Pattern[str]:
    """What makes a toll that of many deeds, or of nobody's."""
    return re.compile(
        rf"\b(?:{_any('all_told')}|(?:years?|months?|weeks) of)\b|this (?:year|month|week)\b",
        re.IGNORECASE,
    )


@cache
def _signs() -> re.Pattern[str]:
    """One of the words without which no sentence corrects or raises a toll."""
    return re.compile(
        rf"\b(?:{_any('correcting')})\b|\b(?:not|rather than|instead of)(?: the)? (?:{NUMBER_PATTERN})\b|"
        rf"\b(?:toll|body count|number of (?:the )?dead)\b|\bnow\b",
        re.IGNORECASE,
    )
