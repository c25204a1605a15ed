"""Whether those who commit can commit a party, and whether a warning announces the warner's own act.

A crisis record keeps what parties do, not what people would like: a mother's wish, a columnist's
"we should" and a forecast of hunger are no commitments.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.commitment_words import Maker
from dragoman.coding.cues import word_list
from dragoman.coding.frames import Frame
from dragoman.coding.parties import parties_under
from dragoman.coding.tokens import children, is_infinitive_to, label, subject_of
from dragoman.coding.voices import voices
from dragoman.entities.index import EntityIndex
from dragoman.model import Entity, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Sectors of people who speak for nobody but themselves.
_PRIVATE = frozenset({"CVL", "UNK", "EDU", "MED", "REF", "JRN"})
# Bodies that have nothing to strike with: their warnings tell what others will suffer.
_UNARMED = frozenset({"UNO", "IGO", "NGO"})
_ORGANISED = word_list("organised")
_WEAK, _OWN_NEED = word_list("weak_wishes"), word_list("own_needs")
_SUFFERS, _PUNISHMENTS = word_list("suffers"), word_list("punishments")
_HOSTILE, _ASSAULTS = word_list("hostile"), word_list("assaults")
_FORECASTING = word_list("forecasting")
_ASKED = frozenset({"if", "whether", "who", "what", "why", "how", "where", "when"})
_PRONOUNS = frozenset({"it", "we", "he", "she", "they", "i"})
_WARNING = frozenset({"warn", "caution"})
_AIMED_AT = frozenset({"target"})  # "all ships will be legitimate targets"


def stands(
    doc: Doc,
    frame: Frame,
    maker: Maker,
    by: Sequence[str],
    statements: Sequence[Statement],
    index: EntityIndex,
) -> bool:
    """Whether a word of committing counts, given whose commitment it would be (entity ids)."""
    word = doc[frame.head]
    lemma = word.lemma_.lower()
    if frame.rule == "verb":
        if maker.kind == "demand" and (_looks_back(frame) or _asks_a_question(doc, frame)):
            return lemma not in _WEAK and not _asks_a_question(doc, frame)
        if lemma in _OWN_NEED and not _own_need(word, by, statements, doc, index):
            return False
        if maker.kind == "demand" and lemma in _WEAK and _only_a_person(doc, frame, index):
            return False
    if maker.kind == "threat" and lemma in _WARNING and frame.rule == "verb":
        return _menaces(doc, frame, by, index)
    if private(by, index):
        return maker.kind == "demand" and lemma not in _WEAK and frame.rule == "verb"
    return True


def private(ids: Sequence[str], index: EntityIndex) -> bool:
    """Whether all of them are people who speak for nobody but themselves."""
    return all(_is_private(index.entities[key]) for key in ids if key in index.entities)


def _is_private(entity: Entity) -> bool:
    if entity.kind not in ("person", "unnamed"):
        return False
    if entity.kind == "unnamed" and _ORGANISED & set(entity.name.lower().split()):
        return False  # "the student movement", "a drivers' union"
    return bool(entity.sectors) and set(entity.sectors) <= _PRIVATE


def _looks_back(frame: Frame) -> bool:
    """Whether what is wanted lies before the verb alone ("the care they need", "a man sought by …")."""
    return bool(frame.content) and max(frame.content) < frame.head


def _asks_a_question(doc: Doc, frame: Frame) -> bool:
    """Whether a question is asked ("asked the man if he was a soldier")."""
    first = next((doc[i] for i in sorted(frame.content) if not doc[i].is_punct), None)
    return first is not None and first.lower_ in _ASKED and label(first) in ("mark", "advmod")


def _only_a_person(doc: Doc, frame: Frame, index: EntityIndex) -> bool:
    """Whether a person and nothing else is wanted ("the police want Holm")."""
    words = [i for i in sorted(frame.content) if doc[i].is_alpha]
    mention = index.covering(words[0]) if words else None
    if mention is None or index.entities[mention.entity].kind != "person":
        return False
    return all(mention.first <= i < mention.last for i in words)


def _own_need(
    word: Token, by: Sequence[str], statements: Sequence[Statement], doc: Doc, index: EntityIndex
) -> bool:
    """Whether a need is told by the one who has it: what others are said to need is a view of things."""
    subject = subject_of(word)
    if subject is not None and subject.lower_ in ("we", "i"):
        return True
    return any(
        set(voices(item, doc, index)) & set(by)
        for item in statements
        if any(piece.start <= word.idx < piece.end for piece in item.content)
    )


def _menaces(doc: Doc, frame: Frame, by: Sequence[str], index: EntityIndex) -> bool:
    """Whether a warning announces an act of the warner's own or of its side.

    "Warned that it would respond", "that any attack will be met with force", "of consequences if
    …" do; "warned that children will die" and "that Isis will remain a danger" do not.
    """
    unarmed = all(
        index.entities[key].country in _UNARMED or "NGO" in index.entities[key].sectors
        for key in by
    )
    lemmas = {doc[i].lemma_.lower() for i in frame.content} | {doc[i].lower_ for i in frame.content}
    strikes = bool(lemmas & (_PUNISHMENTS | _ASSAULTS | _HOSTILE | _AIMED_AT))
    clause = next((c for c in children(doc[frame.head], "ccomp") if c.i in frame.content), None)
    if clause is None:
        return not unarmed and (
            strikes or any(c.i in frame.content for c in children(doc[frame.head], "xcomp"))
        )
    if any(c.lower_ in ("should", "must") for c in clause.children):
        return False  # what others should do is demanded of them
    subject = subject_of(clause)
    acting = parties_under(doc, subject, index)
    if subject is not None and subject.dep_ != "expl" and set(acting) & set(by):
        return any(c.tag_ == "MD" or is_infinitive_to(c) for c in clause.children) or _plans(clause)
    if subject is not None and subject.lower_ in _PRONOUNS and not acting:
        return subject.dep_ != "expl" and not unarmed
    if unarmed or clause.lemma_.lower() in _FORECASTING:
        return False
    return strikes


def _plans(clause: Token) -> bool:
    """Whether a clause tells what is meant to be done: "that it intended to …", "was going to …"."""
    return any(c.tag_ == "VB" for c in children(clause, "xcomp"))
