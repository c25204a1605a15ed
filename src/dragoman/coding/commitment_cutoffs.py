"""Threats told without the one who would carry them out: "gas would be cut unless the arrears were paid"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dragoman.coding.commitment_makers import innermost
from dragoman.coding.commitment_standing import private
from dragoman.coding.cues import word_list
from dragoman.coding.parties import parties_of
from dragoman.coding.tokens import children, is_negated, label, subtree, verbs
from dragoman.coding.undertaking_verbs import WILL
from dragoman.coding.undertakings import Undertaking, clause_span, teller, withheld
from dragoman.coding.voices import voices, with_states
from dragoman.entities.index import EntityIndex
from dragoman.model import Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CUTS, _ENDS, _SUPPLIES = word_list("cut_off"), word_list("run_out"), word_list("supplies")
_PAPERS = word_list("sent_papers")
# Acts of statements in which nobody threatens.
_OPEN = frozenset({"deny", "ask", "think"})
_TRADING = frozenset({"BUS", "MNC"})


def find(doc: Doc, index: EntityIndex, statements: Sequence[Statement]) -> Iterator[Undertaking]:
    """Threats to cut something off unless another gives way, told in the passive or of the thing itself.

    Whose they are: the sender of the letter that tells them, else who speaks; who is to suffer must
    be somebody else.
    """
    for verb in verbs(doc):
        if not _cuts(verb) or is_negated(verb):
            continue
        condition = _condition(verb)
        inner = innermost(verb, statements) if condition is not None else None
        if condition is None or inner is None or inner.act in _OPEN or withheld(doc, inner):
            continue
        piece = next(p for p in inner.content if p.start <= verb.idx < p.end)
        speakers = teller(doc, verb, piece, index) or voices(inner, doc, index)
        sent_by = _sender(doc, verb, index)
        by = sent_by or speakers
        to = _struck(doc, verb, condition, index)
        to = to or tuple(
            k for k in (speakers if sent_by else _told(doc, verb, index)) if k not in by
        )
        if not by or private(by, index) or set(by) & set(to):
            continue
        sells = any(_TRADING & {*index.entities[key].sectors} for key in by)
        span = clause_span(doc, verb, piece) if to or sells else None
        if span is not None:
            yield Undertaking("threat", "threatened", tuple(by), to, span, verb.i)


def _cuts(verb: Token) -> bool:
    """Whether something will be cut off ("would be cut"), or ends of itself ("deliveries will end")."""
    if not any(child.lower_ in WILL for child in verb.children if label(child) == "aux"):
        return False
    if verb.lemma_.lower() in _CUTS and children(verb, "nsubj:pass"):
        return True
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    ends = verb.lemma_.lower() in _ENDS and not children(verb, "obj")
    return ends and subject is not None and subject.lemma_.lower() in _SUPPLIES


def _condition(verb: Token) -> Token | None:
    """The verb of "unless …" or "if … not" beside it."""
    for clause in children(verb, "advcl"):
        marks = {child.lower_ for child in clause.children if child.i < clause.i}
        if "unless" in marks or ("if" in marks and is_negated(clause)):
            return clause
    return None


def _sender(doc: Doc, verb: Token, index: EntityIndex) -> tuple[str, ...]:
    """Who sent the letter of which the sentence tells: "a letter that it received from Gazprom"."""
    for token in verb.sent:
        if token.lemma_.lower() not in _PAPERS or not token.tag_.startswith("NN"):
            continue
        for i in sorted(subtree(token)):
            if i > token.i and any(c.lower_ == "from" for c in children(doc[i], "case")):
                found = parties_of(doc, [i], i, index)
                if found:
                    return with_states(found, index)
    return ()


def _told(doc: Doc, verb: Token, index: EntityIndex) -> tuple[str, ...]:
    """Who is told it: "Moldova" in "warned Moldova that gas would be cut"."""
    telling = verb.head if label(verb) == "ccomp" else None
    for item in children(telling, "iobj", "obj") if telling is not None else ():
        found = parties_of(doc, [item.i], item.i, index)
        if found:
            return with_states(found, index)
    return ()


def _struck(doc: Doc, verb: Token, condition: Token, index: EntityIndex) -> tuple[str, ...]:
    """Who is to suffer: named with what is cut off ("supplies to Togo"), or who is to give way."""
    things = [*children(verb, "nsubj:pass", "nsubj"), *children(verb, "obl")]
    subject = next((c for c in condition.children if c.dep_ == "nsubj"), None)
    for item in (*things, *([subject] if subject is not None else [])):
        if label(item) == "obl" and not any(c.lower_ == "to" for c in children(item, "case")):
            continue
        named = (m for i in sorted(subtree(item)) if (m := index.headed_by(i)) is not None)
        found = [key for m in named if m.kind != "pronoun" for key in index.members(m)]
        if found:
            return with_states(found, index)
    return ()
