"""What is proposed and is no offer: an act by which the other side would give way ("a proposal that Chad
withdraw its troops" is a demand)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.commitment_words import Maker, changes
from dragoman.coding.cues import word_list
from dragoman.coding.frames import Frame
from dragoman.coding.parties import parties_under
from dragoman.coding.tokens import children, label, subject_of
from dragoman.entities.index import EntityIndex

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_YIELDING = word_list("yielding_acts")


def asked_to_yield(
    doc: Doc, frame: Frame, maker: Maker, by: Sequence[str], index: EntityIndex
) -> list[str]:
    """Who is to give way by what is proposed (entity ids); empty where nobody or the proposer is.

    Args:
        by: whose proposal it is.
    """
    act = _act(doc, frame) if maker.kind == "offer" else None
    if act is None:
        return []
    subject = _subject(doc, act)
    if subject is None or subject.dep_ == "nsubj:pass":
        return []
    if subject.tag_ == "PRP":
        return [key for key in _who_refuses(doc, frame, index) if key not in by]
    found = parties_under(doc, subject, index)
    both = sum(index.entities[key].kind == "state" for key in found) > 1
    return [] if both or set(found) & set(by) else list(found)


def _act(doc: Doc, frame: Frame) -> Token | None:
    """The bare verb of yielding that is proposed: "withdraw" in "that it withdraw its troops"."""
    clauses = children(doc[frame.head], "ccomp", "acl", "csubj", "appos", "xcomp")
    return next(
        (
            clause
            for clause in clauses
            if clause.i in frame.content
            and clause.tag_ in ("VB", "VBP")
            and clause.lemma_.lower() in _YIELDING
            and _that_before(doc, clause, frame.head) is not None
        ),
        None,
    )


def _subject(doc: Doc, act: Token) -> Token | None:
    """The subject of the act, or the pronoun between "that" and it that the parse hung elsewhere."""
    own = next((c for c in act.children if c.dep_ in ("nsubj", "nsubj:pass")), None)
    if own is not None:
        return own
    asked = [c for c in children(act.head, "iobj", "obj") if c.i < act.i]
    mark = _that_before(doc, act, act.head.i)
    if label(act) == "xcomp" and asked:
        return asked[0]
    return next((t for t in doc[mark : act.i] if t.tag_ == "PRP"), None)


def _that_before(doc: Doc, act: Token, head: int) -> int | None:
    """The place of the "that" which opens the act's clause, after the word that proposes it."""
    return next((i for i in range(head + 1, act.i) if doc[i].lower_ == "that"), None)


def _who_refuses(doc: Doc, frame: Frame, index: EntityIndex) -> tuple[str, ...]:
    """Who turns down a proposal "that it withdraw": the one who "it" is."""
    noun = doc[frame.head]
    verb = noun.head
    refused = any(row.status == "refused" for row in changes().get(verb.lower_, ()))
    if not refused or label(noun) != "obj":
        return ()
    subject = subject_of(verb)
    if subject is None:
        return ()
    return parties_under(doc, subject, index)
