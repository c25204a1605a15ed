"""Mentions that stand beside or inside a name and mean the same: "[his brother] Amal Moll", "the voice"."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dragoman.entities.mentions import Draft, phrase_first

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc, Token

    from dragoman.entities.words import Words

INNER = frozenset({"person", "place", "state"})
OFTEN = 2  # mentions of who is looked for in longer names
JOINS = frozenset({"compound", "flat", "nmod"})


def beside_names(
    doc: Doc, drafts: Sequence[Draft], by_head: Mapping[int, Draft], stops: Sequence[bool]
) -> list[Draft]:
    """Drafts of nouns that syntax sets beside a named draft and that have none of their own."""
    found: list[Draft] = []
    for draft in drafts:
        if draft.kind not in ("name", "title") or not draft.entity or draft.number == "plural":
            continue
        if by_head.get(draft.head) is not draft:
            continue
        token = doc[draft.head]
        others = [kid for kid in token.rights if kid.dep_ == "appos" and between(doc, token, kid)]
        before = owned_before(doc, draft)
        if before is not None:
            others.append(before)
        elif token.dep_ == "appos" and between(doc, token.head, token):
            others.append(token.head)
        for other in others:
            if other.tag_ != "NN" or other.i in by_head or other.dep_ in ("compound", "flat"):
                continue
            found.append(described(other, draft, stops))
    return found


def owned_before(doc: Doc, draft: Draft) -> Token | None:
    """The noun with an owner that stands right before a name: "[their] coach" of Dara Moll."""
    place = draft.head
    if place - 1 <= draft.first:
        return None
    while place > draft.first and doc[place - 1].tag_ in ("NNP", "NNPS"):
        place -= 1
    if place - 1 <= draft.first:
        return None
    noun = doc[place - 1]
    if noun.tag_ != "NN":
        return None
    owned = doc[draft.first].tag_ == "PRP$" or any(
        word.tag_ == "POS" for word in doc[draft.first : place - 1]
    )
    apposed = doc[draft.head].dep_ == "appos" and doc[draft.first].tag_ == "DT"
    return noun if owned or apposed else None


def between(doc: Doc, first: Token, second: Token) -> bool:
    """Whether a comma parts two phrases, and no bracket, dash or "and"."""
    return any(word.text == "," for word in doc[first.i : second.i]) and not any(
        word.text in ("(", ")", ":", ";", "–", "—", "-", "and", "or") or word.is_space
        for word in doc[first.i + 1 : second.left_edge.i]
    )


def described(token: Token, draft: Draft, stops: Sequence[bool]) -> Draft:
    """The draft of a noun that describes whom another draft names."""
    first = phrase_first(token, stops)
    while first < token.i and (token.doc[first].is_punct or token.doc[first].tag_ in ("CC", "POS")):
        first += 1
    made = Draft(first, token.i + 1, token.i, "description", entity=draft.entity, form=draft.form)
    made.as_place, made.nameless, made.confidence = draft.as_place, True, 0.9
    return made


def inside_names(
    words: Words, drafts: Sequence[Draft], by_head: Mapping[int, Draft]
) -> list[Draft]:
    """Drafts of names that the names of bodies begin with or hold: "[Denver] Weekly".

    Whoever is named but once besides may be another one.
    """
    told = Counter(draft.entity for draft in drafts)
    known: dict[tuple[str, ...], Draft] = {}
    for draft in drafts:
        if draft.kind != "name" or draft.form not in INNER:
            continue
        if not draft.entity or told[draft.entity] < OFTEN:
            continue
        names = tuple(
            words.texts[place] for place in range(draft.first, draft.last)
            if words.tags[place] in ("NNP", "NNPS")
        )  # fmt: skip
        if len(names) == draft.last - draft.first - (words.lowers[draft.first] == "the"):
            known.setdefault(names, draft)
    states = {draft.last - 1 for draft in drafts if draft.form == "state" and draft.kind == "name"}
    found: list[Draft] = []
    if not known:
        return found
    longest = max(len(names) for names in known)
    for ent in words.ents:
        if ent.label_ != "ORG" or ent.end - ent.start < 2 or ent.end - 1 in states:
            continue
        texts = words.texts[ent.start : ent.end]
        place = 0
        while place < len(texts):
            step = 1
            for size in range(min(longest, len(texts) - place), 0, -1):
                held = known.get(tuple(texts[place : place + size]))
                last = ent.start + place + size
                if held is None or size == len(texts) or words.deps[last - 1] not in JOINS:
                    continue
                if any(at in by_head for at in range(last - size, last)):
                    continue
                made = Draft(
                    last - size, last, last - 1, "name", entity=held.entity, form=held.form
                )
                made.as_place, made.nameless, made.confidence = held.as_place, True, 0.9
                found.append(made)
                step = size
                break
            place += step
    return found
