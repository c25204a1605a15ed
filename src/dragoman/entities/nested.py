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
PARTING = frozenset({"(", ")", ":", ";", "–", "—", "-", "and", "or"})
JOINS = frozenset({"compound", "flat", "nmod"})


def beside_names(
    doc: Doc, words: Words, drafts: Sequence[Draft], by_head: Mapping[int, Draft]
) -> list[Draft]:
    """Drafts of nouns that syntax sets beside a named draft and that have none of their own."""
    found: list[Draft] = []
    deps = words.deps
    for draft in drafts:
        if draft.kind not in ("name", "title") or not draft.entity or draft.number == "plural":
            continue
        if by_head.get(draft.head) is not draft:
            continue
        head, over = draft.head, words.above[draft.head]
        others = [
            kid for kid in words.kids[head]
            if kid > head and deps[kid] == "appos" and between(words, head, kid)
        ]  # fmt: skip
        before = owned_before(words, draft)
        if before is not None:
            others.append(before)
        elif deps[head] == "appos" and between(words, over, head):
            others.append(over)
        for other in others:
            if words.tags[other] != "NN" or other in by_head or deps[other] in ("compound", "flat"):
                continue
            found.append(described(doc[other], draft, words.stops))
    return found


def owned_before(words: Words, draft: Draft) -> int | None:
    """The noun with an owner that stands right before a name: "[their] coach" of Dara Moll."""
    tags, first, place = words.tags, draft.first, draft.head
    if place - 1 <= first:
        return None
    while place > first and tags[place - 1] in ("NNP", "NNPS"):
        place -= 1
    if place - 1 <= first or tags[place - 1] != "NN":
        return None
    owned = tags[first] == "PRP$" or "POS" in tags[first : place - 1]
    apposed = words.deps[draft.head] == "appos" and tags[first] == "DT"
    return place - 1 if owned or apposed else None


def between(words: Words, first: int, second: int) -> bool:
    """Whether a comma parts two phrases, and no bracket, dash or "and"."""
    if "," not in words.texts[first:second]:
        return False
    inside = slice(first + 1, words.edges[second])
    return PARTING.isdisjoint(words.texts[inside]) and not any(words.spaces[inside])


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
    bodies = [ent for ent in words.ents if ent.label == "ORG" and ent.end - ent.start > 1]
    for draft in drafts if bodies else ():
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
    found: list[Draft] = []
    if not known:
        return found
    states = {draft.last - 1 for draft in drafts if draft.form == "state" and draft.kind == "name"}
    longest = max(len(names) for names in known)
    for ent in bodies:
        if ent.end - 1 in states:
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
