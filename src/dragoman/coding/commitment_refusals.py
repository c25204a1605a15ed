"""What a party says it will not do though others want it to: "would not withdraw", "refused to attend".

No promise is made by it. It is a demand that was refused: of the party that refuses, by nobody where the story
does not say who wants it; where the story has told the demand, that demand was refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dragoman.coding.commitment_changes import happened
from dragoman.coding.commitment_found import Found
from dragoman.coding.commitment_standing import private
from dragoman.coding.commitment_words import agreements
from dragoman.coding.cues import word_list
from dragoman.coding.parties import parties_of
from dragoman.coding.tokens import (
    children,
    is_infinitive_to,
    is_negated,
    label,
    span_of,
    subject_of,
    subtree,
    tokens_in,
    trimmed,
    verbs,
)
from dragoman.coding.voices import with_states

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.entities.index import EntityIndex
    from dragoman.model import Span

#: What others want of a party, beside giving ground; what it gives to those who want it.
_YIELDING = word_list("yielding_acts")
_WANTED = word_list("refused_acts") | _YIELDING
_PARTING = word_list("leaves_ground")
_PHRASES = word_list("refused_phrases")
_REFUSES = word_list("refusing")
#: What it would be no relief to end or leave: "would not end its support", "would not leave the alliance".
_KEPT = word_list("kept_up") | frozenset(agreements()["agreement"])
#: "Rejected calls to step down".
_REJECTS, _CALLS = word_list("rejecting_calls"), word_list("calls_to_act")
#: "Refused to leave, as Chad had asked".
_ASKS = word_list("asks_as")
_TOLD = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_OUT_OF = frozenset({"from", "of", "to"})


def is_refused(verb: Token) -> bool:
    """Whether doing what a verb says would give others what they want of the one who will not do it."""
    lemma = verb.lemma_.lower()
    phrased = any(
        f"{lemma}_{c.lower_}" in _PHRASES for c in children(verb, "compound:prt", "obj", "advmod")
    )
    if lemma not in _WANTED and not phrased:
        return False
    if lemma not in _YIELDING:
        return True
    about = [
        noun for noun in children(verb, "obj", "obl", "xcomp")
        if label(noun) == "obj" or any(c.lower_ in _OUT_OF for c in children(noun, "case"))
    ]  # fmt: skip
    about += [below for noun in about for below in children(noun, "compound")]
    return _KEPT.isdisjoint(noun.lemma_.lower() for noun in about)


def find(doc: Doc, index: EntityIndex) -> Iterator[Found]:
    """What parties refused to do, told by the verb of refusing."""
    for word in verbs(doc):
        act = None if is_negated(word) else _act(word)
        out = (
            act is not None
            and act.tag_ == "VBG"
            and word.tag_ in _TOLD
            and not any(c.tag_ == "MD" for c in word.children)
        )
        if act is None or not (out or happened(word)):
            continue
        subject = subject_of(word) if act is not None and is_refused(act) else None
        if act is None or subject is None:
            continue
        who = with_states(parties_of(doc, [subject.i], subject.i, index), index)
        span = span_of(doc, trimmed(doc, {i for i in subtree(act) if i > word.i}))
        if who and not private(who, index):
            refused = refusal(who, span, act.i)
            refused.by = [key for key in _askers(doc, word, act, index) if key not in who]
            yield refused


def _askers(doc: Doc, word: Token, act: Token, index: EntityIndex) -> list[str]:
    """Who wanted it, where a clause says so: "refused to leave, as Chad had asked"."""
    for clause in (c for verb in (word, act) for c in children(verb, "advcl")):
        subject = subject_of(clause)
        told = any(c.lower_ == "as" and label(c) == "mark" for c in clause.children)
        if told and subject is not None and clause.lemma_.lower() in _ASKS:
            return [*with_states(parties_of(doc, [subject.i], subject.i, index), index)]
    return []


def _act(word: Token) -> Token | None:
    """The act that a verb says will not be done: "refused to leave", "ruled out leaving", "rejected calls to leave"."""
    lemma = word.lemma_.lower()
    if lemma in _REFUSES:
        goals = children(word, "xcomp")
    elif lemma == "rule" and any(c.lower_ == "out" for c in children(word, "compound:prt")):
        return next((c for c in children(word, "xcomp", "ccomp") if c.tag_ == "VBG"), None)
    elif lemma in _REJECTS:
        asked = [noun for noun in children(word, "obj") if noun.lemma_.lower() in _CALLS]
        goals = [c for noun in asked for c in children(noun, "acl")]
    else:
        return None
    return next((c for c in goals if any(map(is_infinitive_to, c.children))), None)


def refusal(who: Sequence[str], span: Span, head: int) -> Found:
    """The demand that a party refuses to meet."""
    return Found("demand", "refused", [], list(who), span, head)


def answered(doc: Doc, found: Sequence[Found]) -> Iterator[tuple[Found, Found]]:
    """Each refusal of what the story has told that somebody demands of the same party, with that demand."""
    for item in found:
        if item.status != "refused" or item.by:
            continue
        act = doc[item.head].lemma_.lower()
        acts = _PARTING if act in _PARTING else {act}
        wanted = (
            one for one in found
            if one.kind == "demand" and one.by and one.span.end <= item.span.start
            and (not one.to or set(one.to) & set(item.to))
            and any(doc[i].lemma_.lower() in acts for i in tokens_in(doc, one.span))
        )  # fmt: skip
        last = max(wanted, key=lambda one: one.span.start, default=None)
        if last is not None:
            yield item, last
