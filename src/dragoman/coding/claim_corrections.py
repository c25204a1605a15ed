"""A toll that its own speaker corrects: what was claimed first is taken back, what is said now is claimed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.later_tolls import corrected
from dragoman.coding.propositions import Proposition, proposition_of_words
from dragoman.coding.voices import parties_named, voices
from dragoman.entities.index import EntityIndex
from dragoman.model import Event, Span, Statement, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc


def take_back_corrected(
    found: list[Proposition],
    doc: Doc,
    story: Story,
    index: EntityIndex,
    events: Sequence[Event],
    statements: Sequence[Statement],
) -> None:
    """Write into the propositions which of them their own speakers corrected (``found`` is changed in place).

    The first claim stays, denied by who made it; the event is the second one's.
    """
    for event, sentence in corrected(events, doc):
        item = next((x for x in found if x.event == event.id and x.asserted_by), None)
        if item is None:
            continue
        statement, words = _said_in(sentence, statements)
        if statement is not None:
            speaking = {*voices(statement, doc, index)}
        else:
            speaking = {*parties_named([sentence], doc, index)}
        own = [key for key in item.asserted_by if key in speaking]
        if not own:
            continue
        lands = {index.entities[key].country for key in own} - {""}
        own += [  # an army and its state are one speaker
            key
            for key in item.asserted_by
            if key not in own and index.entities[key].country in lands
        ]
        now = proposition_of_words(words, doc, story, set(item.about), event)
        now.asserted_by, now.confidence = own, item.confidence
        now.statements = [statement.id] if statement is not None else []
        if item.end > sentence.start:  # one statement holds both
            item.end = item.start + len(story.text[item.start : sentence.start].rstrip(" .\n"))
            item.text = story.text[item.start : item.end]
        item.event = None
        item.asserted_by = [key for key in item.asserted_by if key not in own]
        item.deny(own, statement.id if statement is not None else None, item.confidence)
        found.append(now)


def _said_in(sentence: Span, statements: Sequence[Statement]) -> tuple[Statement | None, Span]:
    """The statement of a correction with its words there; the sentence where none has any."""
    for statement in statements:
        for piece in statement.content:
            if sentence.contains(piece):
                return statement, piece
    return None, sentence
