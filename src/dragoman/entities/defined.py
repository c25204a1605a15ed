"""What a paper calls those it binds: "Chad and the Front for Change (hereinafter "the Parties") … the Front"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.entities.aliases import BODY, take

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc

    from dragoman.entities.mentions import Draft
    from dragoman.entities.words import Words

#: The words that define, with what is defined in the group "term".
_DEFINING = re.compile(
    r"[,(]\s*(?:(?:individually|jointly|collectively|together|hereinafter|hereafter|henceforth|further|also|"
    r"as|called|styled|known|referred|to|the)\s+){0,6}"
    r"[\"“‘'](?:the\s+)?(?P<term>[A-Z][\w-]*(?:\s+[A-Z][\w-]*){0,3})[\"”’']",
)
#: Before whom an undertaking of each or none is told: "each Party", "neither Side".
_EACH = frozenset({"the", "both", "each", "either", "neither", "all", "this", "these"})
_ACTING = frozenset({"state", "organisation", "group", "collective"})
#: What a body's short name is followed by in its long one: "the Front", "the Front for Change".
_OF = frozenset({"for", "of", "and"})


def defined(
    doc: Doc, drafts: Sequence[Draft], words: Words, lists: Mapping[str, frozenset[str]]
) -> None:
    """Give drafts that a paper has defined the entities they were defined as, and short names those of long ones.

    Args:
        drafts: all of them, those of names with their entities.
        lists: "joint term" are words for all parties together, "short body" those a body is called by.
    """
    text = doc.text
    terms: dict[str, list[Draft]] = {}
    if '"' in text or "“" in text or "'" in text or "‘" in text:
        for found in _DEFINING.finditer(text):
            term = found["term"].lower()
            meant = _meant(words, drafts, found.start(), term in lists["joint term"])
            if meant:
                terms.setdefault(term, meant)
    for draft in drafts if terms else ():
        told = [words.lowers[place] for place in range(draft.first, draft.last)]
        term = " ".join(told[told[0] in _EACH :])
        known = terms.get(term) or terms.get(term + "s") or terms.get(_plural(term))
        if known and draft not in known:
            _give(draft, known)
    _shortened(drafts, words, lists["short body"])


def _plural(term: str) -> str:
    return term[:-1] + "ies" if term.endswith("y") else term


def _meant(words: Words, drafts: Sequence[Draft], place: int, joint: bool) -> list[Draft]:
    """The drafts before a definition: all that its paragraph names for a joint term, else the last.

    Args:
        place: code point at which the definition begins.
    """
    before = [
        draft for draft in drafts
        if words.ends[draft.last - 1] <= place and draft.entity and draft.form in _ACTING
        and not draft.as_place
    ]  # fmt: skip
    if not before:
        return []
    last = max(before, key=lambda draft: (draft.last, draft.last - draft.first))
    if not joint:
        near = place - words.ends[last.last - 1] <= 2
        return [last] if near else []
    number = words.paragraphs[last.head]
    found = [draft for draft in before if words.paragraphs[draft.head] == number]
    whole = [
        draft for draft in found
        if not any(o.first <= draft.first and draft.last <= o.last and o is not draft
                   and o.last - o.first > draft.last - draft.first for o in found)
    ]  # fmt: skip
    return list({draft.entity: draft for draft in whole}.values())


def _give(draft: Draft, meant: Sequence[Draft]) -> None:
    """Let a draft stand for those it was defined as."""
    if len(meant) == 1:
        take(draft, meant[0])
        draft.members = meant[0].members
    else:
        draft.members = tuple(sorted(one.entity for one in meant))
        draft.entity, draft.form, draft.reading = "+".join(draft.members), "collective", None
        draft.number, draft.role = "plural", None
    draft.kind, draft.definite = "description", True


def _shortened(drafts: Sequence[Draft], words: Words, short: frozenset[str]) -> None:
    """ "The Front" is the one body whose name begins with "Front for" or "Front of"."""
    open_ = []
    for draft in drafts:
        if draft.entity.startswith(BODY):
            told = _name_of(draft, words)
            if len(told) > 1 or (told and told[0] in short):
                open_.append((draft, told))
    if not open_:
        return
    whole: dict[str, list[tuple[list[str], Draft]]] = {}
    for other in drafts:
        name = _name_of(other, words) if other.entity and other.form in _ACTING else []
        if len(name) > 2 and not _OF.isdisjoint(name):
            whole.setdefault(name[0], []).append((name, other))
    for draft, told in open_:
        size = len(told)
        long = {
            other.entity: other for name, other in whole.get(told[0], ())
            if len(name) > size + 1 and name[:size] == told and name[size] in _OF
        }  # fmt: skip
        if len(long) == 1:
            take(draft, next(iter(long.values())))


def _name_of(draft: Draft, words: Words) -> list[str]:
    """The words of a draft without its article."""
    told = words.lowers[draft.first : draft.last]
    return told[1:] if told[:1] == ["the"] else told
