"""Who has the turn in a transcript or an interview, by the paragraph, and whose turns only ask."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from dragoman.entities.interviews import ANSWERER, labelled_turns, turn_labels
from dragoman.entities.words import Words, words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.entities.index import EntityIndex

_KEPT = "dragoman.turn speakers"
_ONESELF = frozenset({"i", "me", "my"})
#: Turns, and the part of them that end in a question, from which somebody only asks.
_TURNS, _ASKED = 2, 2 / 3


class TurnSpeakers(NamedTuple):
    """``by_paragraph``: the entity whose words a paragraph is. ``asking``: entities that only ask."""

    by_paragraph: dict[int, str]
    asking: frozenset[str]

    def at(self, doc: Doc, token: int) -> str:
        """Who speaks the paragraph of a word outside quotation marks; "" where nobody is told."""
        words = words_of(doc)
        if not self.by_paragraph or words.quoted[token]:
            return ""
        return self.by_paragraph.get(words.paragraphs[token], "")


def turn_speakers(doc: Doc, index: EntityIndex) -> TurnSpeakers:
    """The turns of a story; without any in most."""
    kept: TurnSpeakers | None = doc.user_data.get(_KEPT)
    if kept is None:
        kept = doc.user_data[_KEPT] = _found(words_of(doc), index)
    return kept


def _found(words: Words, index: EntityIndex) -> TurnSpeakers:
    if ":" not in words.texts:
        return TurnSpeakers({}, frozenset())
    speakers: dict[int, str] = {}
    for number, label in turn_labels(words).items():
        named = (
            [m for m in index.within(label.start, label.stop) if m.kind != "pronoun"]
            if label
            else []
        )
        if named:
            speakers[number] = named[-1].entity
    return TurnSpeakers(_with_answers(words, index, speakers), _asking(words, speakers))


def _with_answers(words: Words, index: EntityIndex, speakers: dict[int, str]) -> dict[int, str]:
    """The speakers with the one who says "I" behind the "A:" of an interview."""
    turns = labelled_turns(words, words.paragraphs)
    told = Counter(
        mention.entity
        for mention in (index.mentions if turns else ())
        if mention.kind == "pronoun" and words.lowers[mention.head] in _ONESELF
        and turns[words.paragraphs[mention.head]] == ANSWERER
    )  # fmt: skip
    if not told:
        return speakers
    answerer = told.most_common(1)[0][0]
    answers = {number: answerer for number, turn in enumerate(turns) if turn == ANSWERER}
    return answers | speakers


def _asking(words: Words, speakers: dict[int, str]) -> frozenset[str]:
    """Those of whose turns most end in a question mark."""
    finals: dict[int, str] = {}
    for place, number in enumerate(words.paragraphs):
        if number in speakers and not words.lowers[place].isspace():
            finals[number] = words.texts[place]
    times = Counter(speakers.values())
    asked = Counter(speakers[number] for number, final in finals.items() if final == "?")
    return frozenset(
        entity for entity, count in asked.items()
        if times[entity] >= _TURNS and count >= _ASKED * times[entity]
    )  # fmt: skip
