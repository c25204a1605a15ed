"""What a title is about, before a colon, and who speaks there: "Haiti: a year of gangs", "Kremlin: no talks"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.cues import word_list
from dragoman.coding.tokens import tokens_in
from dragoman.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.coding.drafts import Draft
    from dragoman.entities.index import EntityIndex

_QUOTES = frozenset("\"'“”‘’«»")
_OWN = frozenset({"i", "we", "our", "us", "my", "it", "its"})
_HOUSES = word_list("houses")


def without_topics(found: Sequence[Draft], doc: Doc, text: str, index: EntityIndex) -> list[Draft]:
    """The drafts without those that take what a line is about for a speaker."""
    return [item for item in found if not _opens_line(item, doc, text, index)]


def _opens_line(draft: Draft, doc: Doc, text: str, index: EntityIndex) -> bool:
    """Whether a draft's speaker ends what a line has before its colon, and that is a topic."""
    words = draft.source
    if draft.cue or not words or not draft.content:
        return False
    after = words[-1] + 1
    if doc[after : after + 1].text != ":" or draft.content[0].start < doc[after].idx:
        return False
    begin = text.rfind("\n", 0, doc[words[0]].idx) + 1
    label = tokens_in(doc, Span(begin, doc[after].idx))
    return len(label) <= _LONGEST and is_topic(doc, label, draft.content[-1], index)


_LONGEST = 8


def is_topic(doc: Doc, tokens: Sequence[int], content: Span, index: EntityIndex) -> bool:
    """Whether what stands before a colon is what a story is about: "Haiti: a year of gangs", "Niger coup: …".

    A state speaks where its words are quoted, are those of a "we", or tell what somebody must or will do.
    """
    if _HOUSES.issuperset(doc[i].lower_ for i in tokens):
        return False
    mentions = list(index.within(tokens[0], tokens[-1] + 1))
    ended = [mention for mention in mentions if mention.last == tokens[-1] + 1]
    if not ended and not doc[tokens[-1]].tag_.startswith("NNP"):
        return True  # "Sudan crackdown", "Turkey and a broken bridge"
    words = [doc[i] for i in tokens_in(doc, content)]
    if words and words[-1].text == "?" and words[0].text not in _QUOTES:
        return True
    if not any(index.entities[mention.entity].kind in ("state", "place") for mention in ended):
        return False
    return not any(
        word.text in _QUOTES or word.tag_ == "MD" or (word.lower_ in _OWN and word.text != "US")
        for word in words
    )
