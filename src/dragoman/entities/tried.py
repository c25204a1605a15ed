"""Whom judges and jailers try and hold: their own countrymen, where these are politicians or opponents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.unplaced import NO_STATES

if TYPE_CHECKING:
    from dragoman.entities.mentions import Draft
    from dragoman.entities.settled import Settled
    from dragoman.entities.unplaced import Open

JUSTICE = frozenset({"JUD", "COP"})
AT_HOME = frozenset({"OPP", "PTY", "LEG"})  # who is mostly tried where he is at home
RELATIVE = frozenset({"acl:relcl", "acl"})


def tried_home(story: Settled, unit: Open) -> str:
    """The country of the politicians that a judge, a prosecutor or a jailer tries or holds by the
    clause that tells who he is ("the judge who convicted" an opposition leader of Mali), "" for others.

    Args:
        story: what the words of the story tell.
        unit: somebody whose own words tell no country.
    """
    reading, words = unit.draft.reading, story.words
    if reading is None or JUSTICE.isdisjoint(reading.sectors[:1]):
        return ""
    verbs = [
        verb for head in unit.heads for verb in words.kids[head]
        if words.deps[verb] in RELATIVE and words.tags[verb] != "VBN"
        and words.lemmas[verb].lower() in story.lists["tries"]
    ]  # fmt: skip
    codes = {
        story.known.get(held.entity, "") for verb in verbs for held in those_tried(story, verb)
        if held.form in ("person", "people") and is_political(story, held)
    }  # fmt: skip
    return codes.pop() if len(codes) == 1 and codes.isdisjoint(NO_STATES) else ""


def those_tried(story: Settled, verb: int) -> list[Draft]:
    """Those to whom a verb tells that something is done."""
    words = story.words
    heads = [kid for kid in words.kids[verb] if words.deps[kid] == "obj" and kid > verb]
    return [story.by_head[head] for head in heads if head in story.by_head]


def is_political(story: Settled, held: Draft) -> bool:
    """Whether any phrase for somebody tells that he is a politician or an opponent of those in office."""
    return any(
        draft.reading is not None and not AT_HOME.isdisjoint(draft.reading.sectors)
        for draft in story.held[held.entity]
    )
