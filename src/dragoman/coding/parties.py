"""Which entities a phrase stands for: one, several joined by "and", or a collective's members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.commitment_content import goal_of_other
from dragoman.coding.cues import word_list
from dragoman.coding.speakers import head_of, mention_of
from dragoman.coding.tokens import (
    agent_of,
    children,
    is_of,
    label,
    subtree,
    tokens_in,
    told_before_that,
)
from dragoman.coding.voices import coordinated, with_states
from dragoman.entities.index import EntityIndex
from dragoman.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.coding.frames import Frame


def parties_under(doc: Doc, word: Token | None, index: EntityIndex) -> tuple[str, ...]:
    """The entities that a word's whole phrase names, and the states that officials among them speak for;
    nobody where there is no word."""
    if word is None:
        return ()
    return with_states(parties_of(doc, sorted(subtree(word)), word.i, index), index)


def parties_of(doc: Doc, tokens: Sequence[int], head: int | None, index: EntityIndex) -> list[str]:
    """Entity ids of a phrase, its conjuncts included; empty where none is known."""
    if not tokens:
        return []
    head = head if head is not None and head in tokens else head_of(doc, tokens)
    found: list[str] = []
    for token in (doc[head], *_conjuncts(doc[head])):
        mention = mention_of(doc, tokens if token.i in tokens else [token.i], token.i, index)
        if mention is not None and not mention.as_place:
            found += index.members(mention)
    if found:  # a phrase whose noun is nobody ("a deal with Belmar") stands for nobody
        found += coordinated(doc, range(tokens[0], tokens[-1] + 1), index)
    return [key for key in dict.fromkeys(found) if index.entities[key].kind != "place"]


def _conjuncts(token: Token) -> list[Token]:
    return [item for item in token.subtree if label(item) == "conj" and item.head.i == token.i]


_UNDERGONE = word_list("undergone")
_LET_GO = word_list("let_go")
_PROOFS, _REFERRING = word_list("proofs"), word_list("referring")
_WISHES = frozenset({"want", "need", "wish", "like"})


def toward(doc: Doc, frame: Frame, where: Sequence[str], index: EntityIndex) -> list[str]:
    """The other party of a commitment: the verb's object, or the noun after one of its prepositions.

    Looks at the verb's own dependents, then at those of the content ("guarantees from the US").
    """
    word = doc[frame.head]
    if any(_is_wished(item, word) for item in children(word, "obj", "iobj", "obl")):
        return []
    persons = children(word, *(("obj", "iobj") if "object" in where else ("iobj",)))
    persons = persons or told_before_that(word)
    if "object" in where and not persons:  # "called on Belmar to …"
        persons = [
            item
            for item in children(word, "obl")
            if any(child.i in frame.cue_tokens for child in item.children)
        ]
    for item in persons:
        found = parties_of(doc, [item.i], item.i, index)
        if found:
            return found
    if agent_of(word) is not None:  # "Ostria was told by Belmar to leave"
        asked = [t for t in children(word, "nsubj:pass") if t.i not in frame.content]
        found = [key for t in asked for key in parties_of(doc, [t.i], t.i, index)]
        if found:
            return found
    goal = goal_of_other(doc, frame)
    if goal is not None and any(c.dep_ == "aux:pass" for c in goal.children):
        return []  # "called for the troops to be withdrawn from the villages"
    if goal is not None:  # "called for Belmar's troops to leave"
        for item in children(word, "obl", "nmod"):
            if item.i in frame.content and any(c.lower_ == "for" for c in item.children):
                return parties_of(doc, sorted(subtree(item)), item.i, index)
    inside = [doc[i] for i in sorted(frame.content)]
    for token in inside:  # "demanded that Belmar hand over the head of the guards"
        if label(token) == "nsubj" and label(token.head) == "ccomp" and token.head.head.i == word.i:
            if token.dep_ == "nsubj:pass" and token.head.lemma_.lower() in _LET_GO:
                return []  # "demanded that the men be freed": they are not asked
            found = parties_of(doc, [token.i], token.i, index) if token.tag_[:3] != "PRP" else []
            if found:
                return found
    near = [token for token in inside if _shallow(token, frame)]
    found = []
    own = list(word.children)
    beside: list[Token] = []
    if frame.rule == "noun" and label(word) == "obj":  # "withdrew its offer of talks | to Ostria"
        beside = [t for t in word.head.children if t.i > word.i]
    for token in [*own, *near, *beside]:
        marks = {child.lower_ for child in token.children if label(child) == "case"}
        if label(token) in ("obl", "nmod") and marks & set(where) and not _undergoes(token):
            if found and token.i in frame.content and token not in own:
                continue  # "proposed to Togo to link a bank to the Union": put to Togo
            if not _is_goal(token) and not token.head.tag_.startswith("JJ"):
                found += parties_of(doc, [token.i], token.i, index)
    if found:
        return list(dict.fromkeys(found))
    for token in inside:
        if token.dep_ != "nsubj" or not _shallow(token.head, frame):
            continue  # "called for the men to be freed": they are not asked
        for_whom = any(c.lower_ == "for" for c in (*token.children, *token.head.children))
        if label(token.head) in ("ccomp", "acl") and token.head.head.lemma_ in _PROOFS:
            continue  # "demanded proof that the envoy is alive"
        if token.tag_[:3] != "PRP" and (for_whom or label(token.head) in ("ccomp", "xcomp")):
            return parties_of(doc, [token.i], token.i, index)
    return []


def _is_wished(item: Token, verb: Token) -> bool:
    """Whether something is to be done to somebody: "appealed for her to be freed", "wants him tried"."""
    goals = [c for c in children(verb, "advcl", "xcomp") if c.i > item.i]
    undergone = any(c.dep_ == "aux:pass" for goal in goals[:1] for c in goal.children)
    opens = {c.lower_ for c in (*item.children, *(c for goal in goals[:1] for c in goal.children))}
    return undergone and ("for" in opens or verb.lemma_ in _WISHES)


def _undergoes(item: Token) -> bool:
    """ "The release of its citizen", "the return of the captives": they are asked for nothing."""
    return item.head.lemma_.lower() in _UNDERGONE and is_of(item)


def _is_goal(item: Token) -> bool:
    """Whether something is to be brought there: "to take the case to the court", "to return to the Union"."""
    return item.head.lemma_ in _REFERRING and any(c.lower_ == "to" for c in item.children)


def _shallow(token: Token, frame: Frame) -> bool:
    """Whether a word of the content hangs on its top word, or on the top word's object."""
    up = token
    for _ in range(2):
        if up.i not in frame.content:
            return True
        up = up.head
    return up.i not in frame.content or label(up) == "obj"


def within(span: Span, doc: Doc, index: EntityIndex) -> list[str]:
    """Entities named inside a span, members of collectives unfolded, places left out."""
    tokens = tokens_in(doc, span)
    if not tokens:
        return []
    found = [
        key
        for mention in index.within(tokens[0], tokens[-1] + 1)
        if not mention.as_place and mention.kind != "pronoun"
        for key in index.members(mention)
    ]
    return list(dict.fromkeys(found))
