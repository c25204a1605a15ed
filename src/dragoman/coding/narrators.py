"""Who "I" is outside all quotation marks: the author, where a byline or a closing note names one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.index import EntityIndex
from dragoman.model import Story

if TYPE_CHECKING:
    from spacy.tokens import Doc

# The words by which an author speaks in the own voice.
NARRATING = frozenset({"i", "me", "my", "myself"})
# What stands before the author's name: "By Ana Rao" at the top, "• Ana Rao is a fellow …" at the end.
_BULLETS = frozenset({"•", "·", "*", "–", "—"})


def narrator(doc: Doc, story: Story, index: EntityIndex) -> str | None:
    """The entity id of the story's author, or None where none is named as such.

    A name in ``story.credits`` that the story also holds; else the person after "By" at the head of
    a paragraph; else the person whom a note at the end tells about.
    """
    persons = {key: item for key, item in index.entities.items() if item.kind == "person"}
    credited = {name.casefold() for name in story.credits}
    for key, item in persons.items():
        if item.name.casefold() in credited:
            return key
    closing: str | None = None
    for mention in index.mentions:
        if mention.entity not in persons or mention.kind != "name" or mention.first == 0:
            continue
        before = doc[mention.first - 1]
        heads = before.i == 0 or "\n" in story.text[doc[before.i - 1].idx : before.idx]
        if before.lower_ == "by" and heads:
            return mention.entity
        told = mention.last < len(doc) and doc[mention.last].tag_ in ("VBZ", "VBD")
        if before.text in _BULLETS and told:
            closing = mention.entity
    return closing
