"""The one sentence of a whole turn to speak that others deny: a claim is no answer of ten sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.propositions import Proposition, proposition_of, stem
from dragoman.coding.tokens import tokens_in
from dragoman.coding.turn_speakers import turn_speakers
from dragoman.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Words

    from dragoman.entities.index import EntityIndex
    from dragoman.model import Event, Statement, Story


def narrow(
    found: Sequence[Proposition],
    doc: Doc,
    story: Story,
    index: EntityIndex,
    events: Sequence[Event],
    statements: Sequence[Statement],
) -> None:
    """Keep of what somebody asserts in several sentences the one that is denied (``found`` is changed in place).

    Who only asks in an interview asserts nothing that another is told to say.
    """
    asking = turn_speakers(doc, index).asking
    known = {statement.id: statement for statement in statements}
    for item in found:
        if not (item.asserted_by and item.denied_by and item.statements):
            continue
        others = [key for key in item.asserted_by if key not in asking]
        item.asserted_by = others or item.asserted_by
        told = known.get(item.statements[0])
        if told is None or told.cue is not None or len(told.content) > 1:
            continue  # with a cue it is one clause
        denials = [
            one for key in item.statements[1:]
            if (one := known.get(key)) is not None
            and one.source is not None and one.source.entity in item.denied_by
        ]  # fmt: skip
        if any(_tells(told, denial) for denial in denials) and _is_known(item, found):
            item.asserted_by = []  # he only tells what one side says and the other denies
            continue
        sentences = _sentences(doc, Span(item.start, item.end))
        if sentences:
            denied = {
                word for one in denials for word in proposition_of(one, doc, story, index, []).stems
            }
            told_in = {event.id: event.sentence.start for event in events}.get(item.event or "", -1)
            places = [(one.cue or one.content[0]).start for one in denials]
            best = _best(sentences, denied, [*places, *_refusals(item, events)], told_in)
            item.start, item.end = best.start, best.end
            item.text = story.text[best.start : best.end]


def _refusals(item: Proposition, events: Sequence[Event]) -> list[int]:
    """Where those who deny a claim are told to reject anything."""
    denying = set(item.denied_by)
    return [
        event.trigger.start
        for event in events
        if event.type == "REJECT" and denying & {actor.entity for actor in event.actors}
    ]


def _tells(told: Statement, denial: Statement) -> bool:
    """Whether a denial stands in what somebody says."""
    place = denial.cue or denial.content[0]
    return any(piece.contains(place) for piece in told.content)


def _holds(sentence: Words, place: int) -> bool:
    return sentence.start_char <= place < sentence.end_char


def _is_known(item: Proposition, found: Sequence[Proposition]) -> bool:
    """Whether another claim is set against the same denial."""
    shown = set(item.statements[1:])
    return any(
        other is not item
        and other.asserted_by
        and other.denied_by
        and shown & set(other.statements)
        for other in found
    )


def _sentences(doc: Doc, span: Span) -> list[Words]:
    """The sentences that a range of code points holds, but for questions and names before a colon."""
    words = tokens_in(doc, span)
    if not words:
        return []
    found = []
    for sentence in {doc[word].sent.start: doc[word].sent for word in words}.values():
        end = sentence.text.strip()[-1:]
        if end not in ("?", ":", "") and sentence.start >= words[0]:
            found.append(sentence)
    return found


def _best(
    sentences: Sequence[Words], denied: set[str], denials: Sequence[int], told_in: int
) -> Span:
    """The sentence with most words of the denial; where none has any, the last before it, that of the deed which
    is claimed (``told_in``: where it begins), or the last of all."""
    held = [any(_holds(sentence, place) for place in denials) for sentence in sentences]
    shared = [
        0 if own else len(denied & set(filter(None, map(stem, sentence))))
        for sentence, own in zip(sentences, held, strict=True)
    ]
    most = max(shared)
    deed = [_holds(sentence, told_in) for sentence in sentences]
    place = shared.index(most) if most else held.index(True) - 1 if True in held else -1
    if not most and True not in held and True in deed:
        place = deed.index(True)
    chosen = sentences[place]
    first, text = chosen.start_char, chosen.text
    return Span(first, first + len(text.rstrip()))
