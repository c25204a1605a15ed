"""Who says that an event happened: the chain of statements each event stands inside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.cues import Cue, shipped_cues
from dragoman.coding.tokens import tokens_in
from dragoman.model import Event, Events, Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc


def attribute(events: Sequence[Event], statements: Sequence[Statement], doc: Doc) -> Events:
    """The events, each with the ids of the statements that hold its trigger, outermost first.

    The event that a speech act is ("accused", "threatened") stands outside the statement that it
    makes: its trigger is the cue, and the reporter vouches for it. An event in the reporter's own
    voice has an empty chain. Wishes and plans ("hopes to sign") assert nothing and are no link.
    """
    links = [item for item in statements if asserts(item, doc)]
    return Events(
        event.replace(attribution=chain(event.trigger, links)) for event in events
    )


def asserts(statement: Statement, doc: Doc) -> bool:
    """Whether being inside the statement makes an event something that is said, not only wished."""
    if statement.act != "think":
        return True
    row = cue_of(statement, doc)
    return row is not None and "clause" in row.takes and "to" not in row.takes


def cue_of(statement: Statement, doc: Doc) -> Cue | None:
    """The row of the table of cues that a statement's cue goes by."""
    if statement.cue is None:
        return None
    return shipped_cues().act_of([doc[i].lower_ for i in tokens_in(doc, statement.cue)])


def chain(trigger: Span, statements: Sequence[Statement]) -> tuple[str, ...]:
    """Ids of the statements whose content holds the trigger, outermost first."""
    holding = [
        item
        for item in statements
        if any(piece.start <= trigger.start < piece.end for piece in item.content)
        and not (item.cue is not None and item.cue.overlaps(trigger))
    ]
    return tuple(item.id for item in sorted(holding, key=_size, reverse=True))


def _size(statement: Statement) -> tuple[int, int]:
    """Outer statements are longer; of two as long, the one that begins first is outer."""
    first, last = statement.content[0], statement.content[-1]
    return last.end - first.start, -first.start
