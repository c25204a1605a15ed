"""Which words tell what is committed to, beside the word that makes the commitment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.commitment_words import Maker
from dragoman.coding.cues import shipped_cues
from dragoman.coding.frames import Frame
from dragoman.coding.tokens import (
    NEGATIONS,
    agent_of,
    children,
    is_infinitive_to,
    label,
    subject_of,
    subtree,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def complete_content(doc: Doc, frame: Frame, maker: Maker) -> None:
    """Settle which tokens tell what is committed to (``frame.content`` is changed in place).

    They are the frame's own, or the clause that "it" stands for; without whom one asks and without
    asides, with the "to" of an infinitive that belongs to the cue. Empty where nothing is told.
    """
    frame.content = _of_one_asked(doc, frame) or frame.content or _it_was(doc, frame)
    if _as_many(doc, frame):
        frame.content = set()
    if not frame.content:
        return
    offered = _what_it_is_of(doc, frame)
    if offered:
        frame.content = offered
        return
    frame.content |= _asked_for(doc, frame) | _and_to(doc, frame) | _and_that(doc, frame)
    if "object" in maker.toward:
        frame.content = _beyond_addressee(doc, frame)
    frame.content -= _told_aside(doc, frame) | _told_beside(doc, frame)
    frame.content |= _to_of_cue(doc, frame)


def _as_many(doc: Doc, frame: Frame) -> bool:
    """Whether a word only says how many were spoken of before: "freed two instead of the three it had promised"."""
    word = doc[frame.head]
    return word.dep_ == "acl:relcl" and word.head.tag_ == "CD" and not children(word, "xcomp")


def _what_it_is_of(doc: Doc, frame: Frame) -> set[int]:
    """The content of "the talks that Belmar had offered to host a month ago": what it is of, and the act."""
    word = doc[frame.head]
    acts = [c for c in children(word, "xcomp") if c.i > word.i and _under_to(c)]
    if word.dep_ != "acl:relcl" or not acts:
        return set()
    if any(c.i > acts[0].i for c in children(acts[0], "obj", "ccomp", "xcomp")):
        return set()
    thing, subject = word.head, subject_of(word)
    if not thing.tag_.startswith("NN") or subject is None or subject.tag_ in ("WDT", "WP"):
        return set()
    first = min(
        [c.i for c in thing.children if label(c) in ("det", "amod", "compound")] or [thing.i]
    )
    return set(range(min(first, thing.i), acts[0].i + 1)) if thing.i < word.i else set()


def _to_of_cue(doc: Doc, frame: Frame) -> set[int]:
    """The "to" of "agreed to leave" that belongs to the cue, with what denies it: "agreed not to leave"."""
    found = [i for i in frame.cue_tokens if _infinitive(doc, i)]
    denied = [i - 1 for i in found if i and doc[i - 1].lower_ in NEGATIONS]
    return {*denied, *found}


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


def _of_one_asked(doc: Doc, frame: Frame) -> set[int]:
    """The content of "Ostria was told by Belmar to leave": what the one asked is to do."""
    word = doc[frame.head]
    if frame.cue is None or "person-to" not in frame.cue.takes or agent_of(word) is None:
        return set()
    goals = [c for c in children(word, "xcomp", "advcl") if c.i > word.i and c.tag_ == "VB"]
    return subtree(goals[0]) if goals and children(word, "nsubj:pass") else set()


def _asked_for(doc: Doc, frame: Frame) -> set[int]:
    """The "to leave" of "called for Belmar to leave", where the parse hung it on the verb."""
    goal = goal_of_other(doc, frame)
    if goal is None:
        return set()
    words = subtree(goal) - set(frame.cue_tokens)
    mark = _for_of(doc, frame)  # "called for | the camps to be emptied"
    return words | set(range(mark + 1, goal.i)) if mark is not None else words


def _and_to(doc: Doc, frame: Frame) -> set[int]:
    """The second act of "promised to arrest him by May and to report on it", where the parse hung it on the verb."""
    word = doc[frame.head]
    first = [c for c in children(word, "xcomp", "acl") if c.i in frame.content and _under_to(c)]
    if not first:
        return set()
    after = max(frame.content)
    found: set[int] = set()
    for act in children(word, "conj"):
        if act.i > after and act.tag_ == "VB" and _under_to(act) and not children(act, "nsubj"):
            found |= subtree(act) | set(range(after + 1, act.i))
            after = max(found)
    return found


def _and_that(doc: Doc, frame: Frame) -> set[int]:
    """The second clause of "promised that the camp would be shut and that the guns would go"."""
    word, found = doc[frame.head], set[int]()
    if not any(c.i in frame.content and under_that(c) for c in children(word, "ccomp")):
        return found
    after = max(frame.content)
    for clause in children(word, "conj", "ccomp"):
        joined = doc[after + 1].lower_ in ("and", "or", ",") if after + 1 < len(doc) else False
        if joined and clause.i > after and under_that(clause):
            inner = {i for i in subtree(clause) if i > after}
            found |= inner | set(range(after + 1, clause.i))
            after = max(found)
    return found


def under_that(clause: Token) -> bool:
    """Whether a clause opens with "that"."""
    return any(c.lower_ == "that" and label(c) == "mark" for c in clause.children)


def _under_to(verb: Token) -> bool:
    return any(is_infinitive_to(child) for child in verb.children)


def goal_of_other(doc: Doc, frame: Frame) -> Token | None:
    """What another is to do by "called for Belmar to leave", "its demand for …"; None where no such words stand."""
    if not frame.content:
        return None
    if doc[min(frame.content) - 1].lower_ != "for" and _for_of(doc, frame) is None:
        return None
    goals = [
        c for c in children(doc[frame.head], "xcomp", "advcl", "acl")
        if c.tag_ == "VB" or (c.tag_ == "VBN" and _under_to(c))  # "for the price to be cut"
    ]  # fmt: skip
    return next(
        (c for c in goals if c.i in frame.content or min(subtree(c)) - 1 in frame.content), None
    )


def _for_of(doc: Doc, frame: Frame) -> int | None:
    """The place of the "for" of "called for the camps to be emptied", hung on the act."""
    if frame.cue is None or frame.cue.words[-1] != "for" or frame.rule != "verb":
        return None
    marks = [i for i in frame.cue_tokens if doc[i].lower_ == "for" and label(doc[i]) == "mark"]
    return marks[-1] if marks and doc[marks[-1]].head.i in frame.content else None


def _beyond_addressee(doc: Doc, frame: Frame) -> set[int]:
    """The content; where it is only whom one asks ("asked the council for a session"), what for."""
    asked = [c for c in children(doc[frame.head], "obj", "iobj") if c.i in frame.content]
    asked = asked or [  # "appealed to the council for a session"
        c
        for c in children(doc[frame.head], "obl")
        if c.i in frame.content and any(kid.i in frame.cue_tokens for kid in c.children)
    ]
    for child in children(asked[0], "nmod") if asked and not children(asked[0], "acl") else []:
        marks = [c.i for c in child.children if label(c) == "case" and c.lower_ == "for"]
        if marks and asked[0].i < child.i and asked[0].tag_ != "NNS":
            return subtree(child) - set(marks)
    if not asked or frame.content - set().union(*(subtree(c) for c in asked)):
        return frame.content
    if doc[asked[0].i].tag_[:3] not in ("NNP", "NN", "NNS", "PRP"):
        return frame.content
    for child in children(doc[frame.head], "obl"):
        marks = [c.i for c in child.children if label(c) == "case" and c.lower_ == "for"]
        if marks and child.i > asked[0].i:
            return subtree(child) - set(marks)
    return frame.content


def _told_beside(doc: Doc, frame: Frame) -> set[int]:
    """Words of the content that tell what was done beside it, hung on the infinitive: "called on both to hold back and
    described the seizure as unhelpful"."""
    for i in sorted(frame.content):
        token = doc[i]
        finite = token.tag_ in ("VBD", "VBZ") and label(token) == "conj" and token.head.i < i
        if finite and token.head.tag_ == "VB" and token.head.i in frame.content:
            if _under_to(token.head) and not children(token, "nsubj"):
                joins = [c.i for c in children(token, "cc") if c.i < i]
                return {k for k in frame.content if joins and k >= joins[0]}
    return set()


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
