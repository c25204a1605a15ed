"""Whose commitment it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.commitment_changes import reads
from dragoman.coding.commitment_makers import innermost
from dragoman.coding.commitment_words import changes, makers
from dragoman.coding.cues import shipped_cues, word_list
from dragoman.coding.frames import Frame
from dragoman.coding.parties import parties_of, parties_under
from dragoman.coding.tokens import (
    children,
    is_infinitive_to,
    is_of,
    label,
    subject_of,
    subtree,
)
from dragoman.coding.undertaking_verbs import FIRST
from dragoman.coding.voices import voices
from dragoman.entities.index import EntityIndex
from dragoman.model import Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ANNOUNCING = word_list("announcing")
# What a party does to a promise, offer or threat of its own.
_OWN, _DONE = frozenset({"promise", "offer", "threat"}), frozenset({"violated", "withdrawn", "met"})
_GETTING, _ISSUING = word_list("getting"), word_list("issuing")
_TELLS = frozenset({"say", "promise", "confirm", "threaten"})


def owners(
    doc: Doc, frame: Frame, statements: Sequence[Statement], index: EntityIndex
) -> list[str]:
    """Whose commitment it is; empty where the text does not say.

    1. who speaks in the statement of which the word is the cue;
    2. who the word's subject, or the noun's owner, is;
    3. who issued the document that is the subject ("a statement by the rebels demanded …");
    4. whose plan a noun is by its verb ("reversed plans to …");
    5. the innermost speaker around it, where a verb has no subject of its own; a noun that nobody
       owns ("demands for a truce are unreal") is nobody's.
    """
    word = doc[frame.head]
    own = next(
        (s for s in statements if s.cue is not None and s.cue.start <= word.idx < s.cue.end), None
    )
    found = parties_of(doc, frame.source, frame.source_head, index)
    above = _finite_above(word) if frame.rule == "verb" else None
    if above is not None and (subject := subject_of(above)) is not None:
        found = parties_of(doc, [subject.i], subject.i, index) or found
    if word.lower_ == "committed" and not frame.source:  # "Chad was committed to": as in a passive
        found = [key for c in children(word, "nsubj") for key in parties_of(doc, [c.i], c.i, index)]
    found = _given_by(doc, frame, index) or found
    wanting = _whose_demand(doc, frame, found, index) or _announcer(doc, frame, index)
    if wanting:
        return wanting
    if own is not None and (not found or _pronoun(doc, frame)):
        found = list(voices(own, doc, index)) or found
    found = found or _named_beside(doc, frame, index)
    found = _both_that(doc, word, found, index)
    if found:
        spoken_for = own.source.speaks_for if own is not None and own.source is not None else ()
        return list(dict.fromkeys([*found, *spoken_for]))
    if _pronoun(doc, frame) and doc[frame.source[0]].lower_ in FIRST:
        around = innermost(word, [item for item in statements if item is not own])
        return list(voices(around, doc, index)) if around is not None else []
    if frame.source and not _is_place(frame, index):
        return _issuers(doc, frame, index)
    if frame.rule == "noun":
        user = _user(word)
        return parties_of(doc, [user.i], user.i, index) if user is not None else []
    inner = None if _made_to_somebody(word) else innermost(word, statements)
    return list(voices(inner, doc, index)) if inner is not None else []


def _finite_above(word: Token) -> Token | None:
    """The verb whose subject commits in "Oman told Chad to leave and threatened a blockade", hung on the infinitive,
    or in "Oman met Chad and pledged aid, an aide said", hung on the aide's verb."""
    up = word.head
    if word.tag_ not in ("VBD", "VBZ") or children(word, "nsubj"):
        return None
    if label(word) == "ccomp" and children(word, "cc") and up.i > word.i:
        beside = [c for c in children(up, "ccomp") if c.i < word.i and children(c, "nsubj")]
        return beside[-1] if beside else None
    if label(word) != "conj":
        return None
    under_to = up.tag_ == "VB" and any(is_infinitive_to(c) for c in up.children)
    return up.head if under_to and label(up) in ("xcomp", "advcl") else None


def _both_that(doc: Doc, word: Token, found: list[str], index: EntityIndex) -> list[str]:
    """Who commits, with the first of "Oman and Chad, which have promised"."""
    last = word.head
    several = any(c.tag_ == "VBP" for c in (word, *children(word, "aux")))
    if word.dep_ != "acl:relcl" or not several or label(last) != "conj" or not found:
        return found
    first = parties_of(doc, [last.head.i], last.head.i, index)
    return list(dict.fromkeys([*first, *found]))


def _given_by(doc: Doc, frame: Frame, index: EntityIndex) -> list[str]:
    """Who gave what another got: "won a pledge from Chad to stop", "obtained from both a promise to leave"."""
    noun = doc[frame.head]
    if frame.rule != "noun" or label(noun) != "obj" or noun.head.lemma_ not in _GETTING:
        return []
    givers = [
        item for item in (*children(noun, "nmod"), *children(noun.head, "obl"))
        if any(mark.lower_ == "from" for mark in children(item, "case"))
    ]  # fmt: skip
    return [key for item in givers for key in parties_under(doc, item, index)]


def _made_to_somebody(word: Token) -> bool:
    """Whether it only tells who got it: "he had been promised his freedom, his lawyer said"."""
    cues, table = makers()
    given = any(table[cue.line].kind in _OWN for cue in cues.starting(word.lower_, "verb"))
    passive = children(word, "aux:pass", "nsubj:pass")
    return given and bool(passive and children(word, "obj", "xcomp", "ccomp"))


def _named_beside(doc: Doc, frame: Frame, index: EntityIndex) -> list[str]:
    """Who a bare pronoun is by the name put beside it ("it [the Belmar government] has promised"),
    or whose "the demands of the opposition that …" are."""
    if frame.source and frame.source_head is not None:
        beside = children(doc[frame.source_head], "appos")
    elif frame.rule == "noun":
        beside = [
            c for c in children(doc[frame.head], "nmod") if is_of(c) and c.i < min(frame.content)
        ]
        beside += [  # "a Belmarian offer of talks", "the UN proposal"
            c
            for c in children(doc[frame.head], "amod", "compound")
            if c.text[:1].isupper() and (c.dep_ == "amod" or c.text.isupper())
        ]
    else:
        return []
    return [key for item in beside for key in parties_of(doc, [item.i], item.i, index)]


def _whose_demand(doc: Doc, frame: Frame, found: list[str], index: EntityIndex) -> list[str]:
    """Whose "its demands" are in "Ostria wanted an answer from Belmar on its demands": the wisher's.

    Empty unless the pronoun was taken for the one of whom something is wanted.
    """
    owner = [doc[i] for i in frame.source]
    if frame.rule != "noun" or not found or len(owner) != 1 or owner[0].tag_[:3] != "PRP":
        return []
    cues, table = makers()
    token = doc[frame.head]
    for _ in range(5):
        token = token.head
        if any(table[c.line].kind == "demand" for c in cues.starting(token.lower_, "verb")):
            asked = [t for t in token.subtree if _marked(t) and t.i < frame.head]
            if not any(set(found) & set(parties_of(doc, [t.i], t.i, index)) for t in asked):
                return []
            subject = subject_of(token)
            return parties_of(doc, [subject.i], subject.i, index) if subject is not None else []
    return []


def _announcer(doc: Doc, frame: Frame, index: EntityIndex) -> list[str]:
    """Whose "his plan" is in "Mr Holm has signalled his plan to …": the one who announces it."""
    owner = [doc[i] for i in frame.source]
    word = doc[frame.head]
    if frame.rule != "noun" or len(owner) != 1 or owner[0].tag_ != "PRP$" or label(word) != "obj":
        return []
    verb = word.head
    told = verb.lower_ in _ANNOUNCING or any(
        cue.act in _TELLS for cue in shipped_cues().starting(verb.lower_, "verb")
    )
    made = makers()[0].starting(word.lower_, "noun")
    own = any(makers()[1][cue.line].kind in _OWN for cue in made)
    changed = own and any(
        row.status in _DONE and row.reading == "direct" and reads(verb, row)
        for row in changes().get(verb.lower_, ())
    )  # "its pledge" in "Belmar says Ostria broke its pledge"
    subject = subject_of(verb) if told or changed else None
    if subject is None or subject.tag_[:3] == "PRP":
        return []
    return parties_of(doc, [subject.i], subject.i, index)


def _marked(token: Token) -> bool:
    """Whether a noun stands after "from" or "of"."""
    return any(label(c) == "case" and c.lower_ in ("from", "of") for c in token.children)


def _pronoun(doc: Doc, frame: Frame) -> bool:
    return len(frame.source) == 1 and doc[frame.source[0]].tag_ == "PRP"


def _is_place(frame: Frame, index: EntityIndex) -> bool:
    """Whether the subject is a place (the dateline, taken for one by the parse)."""
    head = frame.source_head if frame.source_head is not None else frame.source[-1]
    mention = index.headed_by(head) or index.covering(head)
    return mention is not None and mention.as_place


def _issuers(doc: Doc, frame: Frame, index: EntityIndex) -> list[str]:
    """Who is behind a document: "a statement issued by the rebels", "a letter from Belmar"."""
    head = frame.source_head if frame.source_head is not None else frame.source[0]
    for i in sorted(subtree(doc[head])):
        marks = {child.lower_ for child in doc[i].children if label(child) == "case"}
        if i < frame.head and marks & {"by", "from", "of"}:
            found = parties_of(doc, [i], i, index)
            if found:
                return found
    asking = doc[frame.head]
    paper = asking.head if asking.dep_ == "acl:relcl" and asking.head.i < frame.head else doc[head]
    verb = paper.head
    if label(paper) == "obj" and verb.lemma_ in _ISSUING and verb.i < paper.i < frame.head:
        subject = subject_of(verb)  # "handed the envoy a note which asked"
        return parties_of(doc, [subject.i], subject.i, index) if subject is not None else []
    return []


def _user(noun: Token) -> Token | None:
    """The subject of the verb that announces, keeps or gives up what a noun names."""
    token = noun
    for _ in range(3):
        up = token.head
        if up.i == token.i:
            return None
        if up.tag_.startswith("VB"):
            withdrawn = any(
                row.status == "withdrawn" and reads(up, row) for row in changes().get(up.lower_, ())
            )
            if label(token) not in ("obj", "obl") or not (up.lower_ in _ANNOUNCING or withdrawn):
                return None
            return subject_of(up)
        token = up
    return None
