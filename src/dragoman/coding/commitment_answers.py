"""What becomes of a commitment that is not named, or named again by its noun.

"Belmar refused", "turned it down", "failed to do so"; "accepted the pause", "agreed to the mediator's proposal".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dragoman.coding.commitment_changes import happened, is_another, reads, tells_another
from dragoman.coding.commitment_found import Found
from dragoman.coding.commitment_words import Change, noun_kinds
from dragoman.coding.parties import parties_of
from dragoman.coding.tokens import (
    children,
    is_negated,
    label,
    lowers,
    sentence_of,
    subject_of,
    tokens_in,
)
from dragoman.coding.voices import with_states
from dragoman.entities.index import EntityIndex

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_POINTING = frozenset({"it", "this", "them", "both"})
_KINDS = frozenset({"demand", "offer", "promise"})
_STATUSES = frozenset({"refused", "agreed", "met"})
_DO = frozenset({"do", "does", "did", "done"})
_WILL, _TAKES = frozenset({"will", "would"}), frozenset({"accept", "decline", "reject", "refuse"})
_SAYS = frozenset({"say", "announce", "tell", "declare", "state", "add", "confirm"})
_OPEN, _KNOWN = frozenset({"demand", "offer"}), frozenset({"the", "this", "that", "these", "those"})
_PLANS = frozenset({"plan", "plans", "intention", "intentions"})
_FEW = 3  # tokens before the verb
#: How far back, in tokens, an offer may stand that is accepted by its noun.
FAR = 150


def answers_in(
    doc: Doc, table: Mapping[str, Sequence[Change]], index: EntityIndex, found: Sequence[Found]
) -> Iterator[tuple[str, Token, Found]]:
    """Status, the word that says so, and the demand or offer that it answers.

    It is the last one told before it, in its sentence or the one before, if that was made to the
    one who answers; "has not done so" breaks the last promise, if it was made by that party.
    """
    told = sorted((x for x in found if x.kind in _KINDS), key=lambda item: item.head)
    words = lowers(doc) if told else []
    for token in (doc[i] for i, word in enumerate(words) if word in table or word in _DO):
        status = _not_done(token) if token.lower_ in _DO else _answer(token, table)
        subject = _answerer(token) if status is not None else None
        start, _ = sentence_of(doc, token.i)
        low, _ = sentence_of(doc, max(0, start - 1))
        if start - low <= _FEW + 1:  # "Belmar agreed. Ostria refused."
            low, _ = sentence_of(doc, max(0, low - 1))
        last = next((x for x in reversed(told) if low <= x.head < token.i), None)
        if status is None or last is None or subject is None:
            continue
        who = set(with_states(parties_of(doc, [subject.i], subject.i, index), index))
        own = last.kind == "promise"
        asked = set(last.by if own else last.to)
        points = any(c.lower_ in _POINTING for c in children(token, "obj"))
        if not asked and (points or _says_no_more(token)):
            asked = who  # "an offer to mediate. Belmar accepted it"
        if own != (status == "violated") or not who & asked:
            continue
        if own or not who & set(last.by):
            yield status, token, last


def named_again(
    doc: Doc, table: Mapping[str, Sequence[Change]], index: EntityIndex, found: Sequence[Found]
) -> Iterator[tuple[str, Token, Found]]:
    """Status, the word that says so, and the offer or demand that it accepts or refuses by its noun.

    It is the last one told before that the noun can mean: "the proposal" of anything proposed, "the pause"
    of one that is a pause; made by somebody else than who accepts.
    """
    told = sorted((x for x in found if _OPEN & {*x.called}), key=lambda item: item.head)
    words = lowers(doc) if told else []
    for verb in (doc[i] for i, word in enumerate(words) if word in table):
        status = _taken(verb, table)
        nouns = _the_answered(verb) if status is not None else []
        subject = subject_of(verb) if nouns else None
        if status is None or subject is None:
            continue
        who = set(with_states(parties_of(doc, [subject.i], subject.i, index), index))
        near = [
            x for x in told
            if verb.i - FAR < x.head < verb.i and x.span.end <= nouns[0].idx and not who & set(x.by)
            and any(_is_of(noun, x, doc) and _fits(noun, x, doc, index) for noun in nouns)
        ]  # fmt: skip
        if near:
            yield status, verb, near[-1]


def answering_only(verb: Token, item: Found) -> bool:
    """Whether all that an agreement tells is that another's offer was accepted: "agreed to the proposal"; or all
    that a promise tells ("would accept it")."""
    if item.head == verb.i and says_so(verb):
        return item.kind == "promise" or (item.status == "refused" and not item.by)
    if item.kind != "agreement" or item.pact or item.head != verb.i:
        return False
    pointing = (
        noun for noun in _the_answered(verb) if "offer" in noun_kinds().get(noun.lower_, ())
    )
    return any(item.span.start <= noun.idx < item.span.end for noun in pointing)


def says_so(verb: Token) -> bool:
    """Whether it is said that what is put before somebody will be taken: "said Belmar would accept it"."""
    helpers = {c.lower_ for c in verb.children if label(c) == "aux"}
    if not helpers & _WILL or verb.lemma_ not in _TAKES:
        return False
    told = label(verb) == "ccomp" and verb.head.lemma_ in _SAYS and not is_negated(verb.head)
    under = any(c.lower_ in ("if", "unless") for k in verb.children for c in k.children)
    return told and verb.head.tag_ in ("VBD", "VBZ", "VBP") and not under


def who_answers(doc: Doc, verb: Token, item: Found, index: EntityIndex) -> list[str]:
    """Who answers, as those toward whom a commitment was made."""
    subject = subject_of(verb)
    actors = parties_of(doc, [subject.i], subject.i, index) if subject is not None else []
    return [key for key in with_states(actors, index) if key not in item.by]


def _told(verb: Token) -> bool:
    """Whether an answer was given: it happened, or it is said that it will be."""
    if label(verb) in ("acl", "amod"):
        return False
    did = any(c.lower_ == "did" for c in verb.children)  # "has not accepted" may still do so
    return says_so(verb) or (happened(verb) and (did or not is_negated(verb)))


def _unless_negated(verb: Token, status: str | None) -> str | None:
    """The status to which a verb leads; "would not accept" refuses, and not to refuse says nothing."""
    if not is_negated(verb):
        return status
    return "refused" if status == "agreed" else None


def _taken(verb: Token, table: Mapping[str, Sequence[Change]]) -> str | None:
    """Whether a verb accepts or refuses what is put before somebody, as the status that this leads to."""
    if not _told(verb):
        return None
    if verb.lemma_ == "agree" and verb.tag_.startswith("VB"):
        return None if is_negated(verb) else "agreed"
    rows = (row for row in table[verb.lower_] if row.reading == "direct" and reads(verb, row))
    taken = (row.status for row in rows if row.status in ("agreed", "refused"))
    return _unless_negated(verb, next(taken, None))


def _the_answered(verb: Token) -> list[Token]:
    """The nouns, known to the reader, of what a verb accepts: "the pause", "Oman's proposal"."""
    things = children(verb, "obj", "obl", "nsubj:pass")
    if verb.lemma_ == "agree":
        things = [c for c in things if any(k.lower_ in ("to", "on") for k in c.children)]
    return [
        noun for noun in things
        if any(k.lower_ in _KNOWN or k.dep_ == "nmod:poss" for k in noun.children)
        and noun.tag_.startswith("NN") and not is_another(noun)
    ]  # fmt: skip


def _is_of(noun: Token, item: Found, doc: Doc) -> bool:
    """Whether a noun can mean what a commitment is about."""
    if {*item.called} & {*noun_kinds().get(noun.lower_, ())}:
        return True
    inside = tokens_in(doc, item.span)
    tops = (doc[i] for i in inside if doc[i].head.i not in inside or doc[i].head.i == i)
    return any(top.lemma_ == noun.lemma_ for top in tops if top.tag_.startswith("NN"))


def _fits(noun: Token, item: Found, doc: Doc, index: EntityIndex) -> bool:
    """Whether a noun can mean a commitment by what it says of its matter and its owner: not "the idea of a federation",
    nor "Chad's proposal" of one that Togo made."""
    if tells_another(noun, tokens_in(doc, item.span)):
        return False
    owners = [
        key for c in children(noun, "nmod:poss") for key in parties_of(doc, [c.i], c.i, index)
    ]
    return not owners or bool({*with_states(owners, index)} & {*with_states(item.by, index)})


def _answer(verb: Token, table: Mapping[str, Sequence[Change]]) -> str | None:
    """The status that a word of answering leads to; None where it names what it answers."""
    if not _told(verb):
        return None
    things = children(verb, "obj", "iobj", "xcomp", "ccomp")
    after = [c for c in children(verb, "obl", "advcl") if c.i > verb.i]
    bare = not things and all(any(k.lower_ == "on" for k in c.children) for c in after)
    points = bool(things) and all(c.lower_ in _POINTING for c in things)
    for change in table[verb.lower_]:
        fits = bare if change.reading == "bare" else change.reading == "direct" and points
        if fits and change.status in _STATUSES and reads(verb, change):
            return _unless_negated(verb, change.status)
    return None


def _answerer(verb: Token) -> Token | None:
    """Who answers: the subject, or that of "had been asked to leave and had refused", "had no plans to do so"."""
    if label(verb) == "acl" and label(verb.head) == "obj":
        return subject_of(verb.head.head)
    active = not any(c.dep_ == "aux:pass" for c in verb.children)
    if label(verb) == "conj" and active and not children(verb, "nsubj"):
        asked = [c for c in verb.head.children if c.dep_ == "nsubj:pass"]
        if asked:
            return asked[0]
    return subject_of(verb)


def _says_no_more(verb: Token) -> bool:
    """Whether a sentence begins with the bare answer: "Belmar refused, and closed the bridge"."""
    return label(verb) == "ROOT" and verb.i - verb.sent.start <= _FEW and verb.tag_ == "VBD"


def _not_done(verb: Token) -> str | None:
    """The status that "has not done so", "failed to do so" or "had no plans to do so" leads to, or None."""
    if verb.nbor(1).lower_ != "so" if verb.i + 1 < len(verb.doc) else True:
        return None
    plans = verb.head
    if label(verb) == "acl" and plans.lower_ in _PLANS and plans.head.lemma_ == "have":
        return "refused" if any(c.lower_ == "no" for c in plans.children) else None
    failed = label(verb) == "xcomp" and verb.head.lemma_ == "fail" and not is_negated(verb.head)
    undone = is_negated(verb) and happened(verb)
    yet = any(c.lower_ == "yet" for c in verb.children)
    return "violated" if (failed or undone) and not yet else None


__all__ = ["answering_only", "answers_in", "named_again", "who_answers"]
