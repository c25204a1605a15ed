"""Who stands in the words of a commitment and is not the other side: the court in "offered to hand over whoever the
court names", the country in "a text naming it"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.commitment_found import Found
from dragoman.coding.cues import word_list
from dragoman.coding.tokens import children, is_infinitive_to, is_of, label, tokens_in
from dragoman.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# "Let a panel see the books", "free five of the crew": who is let, or let go, is not the one it is offered to.
_LET, _LET_GO = word_list("lets_do"), word_list("let_go")
_PROOFS = word_list("proofs")
_ABOUT = frozenset({"into", "about", "over", "concerning", "regarding"})


def stands_aside(doc: Doc, place: Span, item: Found, named: bool) -> bool:
    """Whether a party's words stand in a commitment, or behind it, and not as its other side.

    So it is in a clause that only tells about a thing ("measures drawn up by the Union", "strikes that killed
    20 people"), in the condition, behind what an inquiry is into, and with those who are let do or let go.

    Args:
        place: the party's words.
        named: it has a name: "a town held by the rebels" is threatened as theirs.
    """
    tokens = tokens_in(doc, place)
    if not tokens or tokens[0] < item.head:
        return False
    word = next((doc[i] for i in tokens if doc[i].head.i not in tokens), doc[tokens[-1]])
    if _in_condition(doc, word, item) or _is_to_be_shown(word):
        return True
    if item.kind != "threat" and label(word) == "obl" and word.head.tag_.startswith("JJ"):
        return True  # "a line critical of Oman"
    if not (named and item.kind == "threat") and _tells_about(word, item):
        return True
    if item.kind == "demand" and label(word) in ("amod", "compound"):
        return any(c.lower_ in _ABOUT for c in children(word.head, "case"))
    if item.kind != "offer":
        return False
    part = word.head if label(word) == "nmod" and is_of(word) else word
    verb = part.head
    return label(part) == "obj" and verb.i >= item.head and _lets(verb)


def _is_to_be_shown(word: Token) -> bool:
    """Whether it is only to be shown how somebody is: "proof that the envoy is alive"."""
    clause = word.head
    return label(clause) in ("ccomp", "acl") and clause.head.lemma_ in _PROOFS


def _lets(verb: Token) -> bool:
    particles = {c.lower_ for c in verb.children if c.dep_ == "compound:prt"}
    return verb.lemma_ in _LET | _LET_GO or (verb.lemma_ == "hand" and "over" in particles)


def _in_condition(doc: Doc, word: Token, item: Found) -> bool:
    """Whether a word stands in the condition of the commitment; whose act that is has been asked before."""
    if not item.condition:
        return False
    start = doc.text.find(item.condition, doc[item.head].sent.start_char)
    inside = start >= 0 and start <= word.idx < start + len(item.condition)
    return inside and (
        label(word) != "nsubj" or item.kind != "offer"
    )  # "will leave if the rebels do"


def _tells_about(word: Token, item: Found) -> bool:
    """Whether a word stands in a relative clause or participle behind the word that commits; "the plan to strike Chad"
    tells the act itself."""
    token = word
    while token.head.i != token.i and token.i != item.head:
        to = any(is_infinitive_to(c) for c in token.children)
        if label(token) == "acl" and token.i > item.head and token.head.i != item.head and not to:
            return True
        token = token.head
    return False


__all__ = ["stands_aside"]
