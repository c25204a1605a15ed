"""Denials by what another's words are called: "called the report a provocation", "described that as a lie"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.claim_repeats import SURE, TELLING, told_by
from dragoman.coding.claim_sides import claim_nouns, contradictions
from dragoman.coding.cues import word_list
from dragoman.coding.propositions import Proposition
from dragoman.coding.tokens import tokens_in
from dragoman.coding.voices import parties_named, voices
from dragoman.entities.index import EntityIndex
from dragoman.model import Span, Statement, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

_CALLING = word_list("calls_it")
_FINDING = frozenset({"JJ", "JJR", "JJS", "RB", "CC", "VBN"})
_ENDS = frozenset({".", "!", "?"})
_JOINING = frozenset({"which", "that", "something"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "such", "it", "them"})
# Words in which such a denial says all, and sentences back in which what it answers was told.
_MOST, _BACK = 12, 2


def calls_in(statement: Statement, doc: Doc) -> list[int]:
    """The tokens of a cue that tells what something is called ("described as"); none of other statements."""
    if statement.cue is None or statement.act == "deny":
        return []
    cue = list(tokens_in(doc, statement.cue))
    return cue if any(doc[i].lemma_.lower() in _CALLING for i in cue) else []


def calls(statement: Statement, doc: Doc) -> list[Token]:
    """The words by which somebody calls something names; none of other statements."""
    cue = calls_in(statement, doc)
    if not cue:
        return []
    words = tokens_in(doc, Span(doc[cue[-1]].idx, statement.content[-1].end))
    end = next((i for i in words if i > cue[-1] and doc[i].text in _ENDS), len(doc))
    return [doc[i] for i in words if cue[-1] < i < end and doc[i].is_alpha]


def calls_untrue(statement: Statement, doc: Doc) -> bool:
    """Whether a statement calls what another said untrue, and points at it by a word."""
    words = [token.lower_ for token in calls(statement, doc)]
    if _follows(statement, doc):
        verdict = [*(doc[i].lower_ for i in calls_in(statement, doc)), *words]
        return len(words) <= _MOST and not contradictions()["refutes"].isdisjoint(verdict)
    if not 1 < len(words) <= _MOST or words[0] not in _POINTING:
        return False
    told = contradictions()["reference"] | claim_nouns()
    pointing = words[0] in contradictions()["one_thing"] | {"it", "them"} or words[1] in told
    return pointing and not contradictions()["refutes"].isdisjoint(words)


def _follows(statement: Statement, doc: Doc) -> bool:
    """Whether what is called so stands just before: "had shelled a town, which Chad called a lie", "an allegation
    the army called baseless"."""
    cue = calls_in(statement, doc)
    if not cue:
        return False
    told = [doc[i].lower_ for piece in statement.content if piece.end <= doc[cue[0]].idx
            for i in tokens_in(doc, piece) if doc[i].is_alpha]  # fmt: skip
    return bool(told) and (_JOINING.issuperset(told) or told[-1] in claim_nouns())


def judges(statement: Statement, doc: Doc) -> bool:
    """Whether a statement only says how good or bad somebody finds a deed: "called the veto shameful"."""
    words = calls(statement, doc)
    noun = next((place for place, token in enumerate(words) if token.tag_[:2] == "NN"), len(words))
    found = words[noun + 1 :]
    told = contradictions()["reference"] | claim_nouns()
    plain = told.isdisjoint(token.lower_ for token in words)
    return bool(found) and plain and all(token.tag_ in _FINDING for token in found)


def write_in(
    statement: Statement,
    doc: Doc,
    story: Story,
    index: EntityIndex,
    statements: Sequence[Statement],
    found: list[Proposition],
) -> None:
    """Write what is called untrue into the proposition it is about (``found`` is changed in place).

    That is what another said in the last sentence before it in which anybody else speaks, sooner where the one
    who answers is named in it.
    """
    speakers = voices(statement, doc, index)
    place = statement.content[0].start if statement.cue is None else statement.cue.start
    before = [
        other for other in statements
        if other.act in TELLING and other.source is not None and other.parent is None
        and other.content[-1].end <= place and _is_another(other, speakers, doc, index)
    ]  # fmt: skip
    low = _sentence(place, doc)
    for _ in range(_BACK + 1):
        near = [other for other in before if low.start_char <= other.content[0].start]
        if near:
            break
        low = doc[max(0, low.start - 1)].sent
    naming = [x for x in near if set(parties_named(x.content, doc, index)) & set(speakers)]
    charges = [other for other in naming or near if other.act in ("accuse", "claim")]
    for item in told_by((charges or naming or near)[-1:], speakers, doc, story, index, found):
        item.deny(speakers, statement.id, 0.85)
        item.refusals.add(statement.id)
        item.least = SURE


def _is_another(other: Statement, speakers: Sequence[str], doc: Doc, index: EntityIndex) -> bool:
    """Whether a statement is neither of those who answer nor of an official for whom they speak."""
    voiced = voices(other, doc, index)
    return bool(voiced and speakers) and voiced[0] not in speakers and speakers[0] not in voiced


def _sentence(place: int, doc: Doc) -> SpacySpan:
    return doc[tokens_in(doc, Span(place, place + 1))[0]].sent
