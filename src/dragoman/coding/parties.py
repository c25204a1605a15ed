"""Which entities a phrase stands for: one, several joined by "and", or a collective's members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.speakers import head_of, mention_of
from dragoman.coding.tokens import children, label, tokens_in, told_before_that
from dragoman.coding.voices import coordinated
from dragoman.entities.index import EntityIndex
from dragoman.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.coding.frames import Frame


def parties_of(doc: Doc, tokens: Sequence[int], head: int | None, index: EntityIndex) -> list[str]:
    """Entity ids of a phrase, its conjuncts included; empty where none is known."""
    if not tokens:
        return []
    head = head if head is not None and head in tokens else head_of(doc, tokens)
    found: list[str] = []
    for token in (doc[head], *_conjuncts(doc[head])):
        mention = mention_of(doc, tokens if token.i in tokens else [token.i], token.i, index)
        if mention is not None and not mention.as_place:
            found += [item.entity for item in index.participants(mention)]
    if found:  # a phrase whose noun is nobody ("a deal with Belmar") stands for nobody
        found += coordinated(doc, range(tokens[0], tokens[-1] + 1), index)
    return [key for key in dict.fromkeys(found) if index.entities[key].kind != "place"]


def _conjuncts(token: Token) -> list[Token]:
    return [item for item in token.subtree if label(item) == "conj" and item.head.i == token.i]


def toward(doc: Doc, frame: Frame, where: Sequence[str], index: EntityIndex) -> list[str]:
    """The other party of a commitment: the verb's object, or the noun after one of its prepositions.

    Looks at the verb's own dependents, then at those of the content ("guarantees from the US").
    """
    word = doc[frame.head]
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
    inside = [doc[i] for i in sorted(frame.content)]
    for token in inside:  # "demanded that Belmar hand over the head of the guards"
        if label(token) == "nsubj" and label(token.head) == "ccomp" and token.head.head.i == word.i:
            found = parties_of(doc, [token.i], token.i, index) if token.tag_[:3] != "PRP" else []
            if found:
                return found
    near = [token for token in inside if _shallow(token, frame)]
    found = []
    for token in [*word.children, *near]:
        marks = {child.lower_ for child in token.children if label(child) == "case"}
        if label(token) in ("obl", "nmod") and marks & set(where):
            found += parties_of(doc, [token.i], token.i, index)
    if found:
        return list(dict.fromkeys(found))
    for token in inside:
        if label(token) != "nsubj" or not _shallow(token.head, frame):
            continue
        for_whom = any(c.lower_ == "for" for c in (*token.children, *token.head.children))
        if token.tag_[:3] != "PRP" and (for_whom or label(token.head) in ("ccomp", "xcomp")):
            return parties_of(doc, [token.i], token.i, index)
    return []


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
        item.entity
        for mention in index.within(tokens[0], tokens[-1] + 1)
        if not mention.as_place and mention.kind != "pronoun"
        for item in index.participants(mention)
    ]
    return list(dict.fromkeys(found))
