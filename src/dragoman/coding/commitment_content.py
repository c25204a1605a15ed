"""Which words tell what is committed to, beside the word that makes the commitment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.commitment_words import Maker
from dragoman.coding.cues import shipped_cues
from dragoman.coding.frames import Frame
from dragoman.coding.tokens import children, is_infinitive_to, label, subtree

if TYPE_CHECKING:
    from spacy.tokens import Doc


def complete_content(doc: Doc, frame: Frame, maker: Maker) -> None:
    """Settle which tokens tell what is committed to (``frame.content`` is changed in place).

    They are the frame's own, or the clause that "it" stands for; without whom one asks and without
    asides, with the "to" of an infinitive that belongs to the cue. Empty where nothing is told.
    """
    frame.content = frame.content or _it_was(doc, frame)
    if not frame.content:
        return
    if "object" in maker.toward:
        frame.content = _beyond_addressee(doc, frame)
    frame.content -= _told_aside(doc, frame)
    frame.content |= {i for i in frame.cue_tokens if _infinitive(doc, i)}  # "agreed to leave"


def _infinitive(doc: Doc, place: int) -> bool:
    """Whether a token is the "to" of an infinitive, not that of "committed to leaving"."""
    return is_infinitive_to(doc[place]) and all(t.tag_ != "VBG" for t in doc[place + 1 : place + 2])


def _it_was(doc: Doc, frame: Frame) -> set[int]:
    """The content of "it was agreed that they would meet": the clause "it" stands for."""
    word = doc[frame.head]
    if frame.rule != "verb" or not any(c.lower_ == "it" for c in children(word, "expl", "nsubj")):
        return set()
    clauses = children(word, "csubj", "ccomp")
    return subtree(clauses[0]) if clauses and clauses[0].i > word.i else set()


def _beyond_addressee(doc: Doc, frame: Frame) -> set[int]:
    """The content; where it is only whom one asks ("asked the council for a session"), what for."""
    asked = [c for c in children(doc[frame.head], "obj", "iobj") if c.i in frame.content]
    if not asked or frame.content - set().union(*(subtree(c) for c in asked)):
        return frame.content
    if doc[asked[0].i].tag_[:3] not in ("NNP", "NN", "NNS", "PRP"):
        return frame.content
    for child in children(doc[frame.head], "obl"):
        marks = [c.i for c in child.children if label(c) == "case" and c.lower_ == "for"]
        if marks and child.i > asked[0].i:
            return subtree(child) - set(marks)
    return frame.content


def _told_aside(doc: Doc, frame: Frame) -> set[int]:
    """Words of the content in which somebody tells the rest (", the mediator announced")."""
    found: set[int] = set()
    for i in frame.content:
        aside = doc[i]
        if (
            label(aside) == "parataxis"
            and aside.head.i < i
            and i + 1 not in frame.content - subtree(aside)
        ):
            speaks = shipped_cues().starting(aside.lower_, "verb")
            found |= subtree(aside) if speaks and aside.tag_ in ("VBD", "VBZ") else set()
    return found
