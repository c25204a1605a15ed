"""The states of a border at which something is done: they are where it was done, and neither did nor
underwent it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.coding.event_draft import Draft
    from dragoman.coding.event_roles import Roles
    from dragoman.coding.patterns import Syntax
    from dragoman.entities.index import EntityIndex
    from dragoman.model import Mention

#: What stands before a border where something is done, and before the states that it parts.
_PLACED = frozenset({"on", "at", "near", "along", "across", "by", "over"})
_PARTS = frozenset({"with", "between", "of"})
_BEFORE = frozenset({"amod", "compound", "nmod:poss", "flat", "conj", "nmod:desc"})
#: What stands before those who are shot at.
_AIMED = ("on", "at")


def of_border(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "Two killed on Kenyan-Somali border", "shot a trader on the Omani border": no state of the border has done
    it, nor undergone it where there are two or people are told."""
    if draft.type not in syntax.patterns.types("at_borders"):
        return
    told = len(draft.recipients)
    draft.actors = [
        one for one in draft.actors if not is_at_border(one, draft, "actor", syntax, roles.index)
    ]
    draft.recipients = [
        one for one in draft.recipients
        if not is_at_border(one, draft, "recipient", syntax, roles.index)
    ]  # fmt: skip
    if told and not draft.recipients:
        struck = [
            one for one in roles.recipients(_people(draft, syntax))
            if not is_at_border(one, draft, "recipient", syntax, roles.index)
        ]  # fmt: skip
        passive = syntax.is_verb(draft.token) and syntax.arguments(draft.token).passive
        if passive:  # "two guards shot on the border"
            draft.actors = [one for one in draft.actors if one not in struck]
        acting = {one.entity for one in draft.actors}
        draft.recipients = [one for one in struck if one.entity not in acting]


def is_at_border(
    mention: Mention, draft: Draft, role: str, syntax: Syntax, index: EntityIndex
) -> bool:
    """Whether a state is told only for the border at which something is done to people."""
    if draft.type not in syntax.patterns.types("at_borders"):
        return False
    border = _border_of(mention, syntax)
    if border is None:
        return False
    if role == "actor":  # "were held at the Omani border": Oman holds them
        one_state = not _parts_two(border, syntax, index)
        return not (one_state and draft.type in syntax.patterns.types("detains"))
    return bool(_people(draft, syntax)) or _parts_two(border, syntax, index)


def _border_of(mention: Mention, syntax: Syntax) -> int | None:
    """The border at which something is done and that a state is told to have, or None."""
    word, borders = mention.head, syntax.patterns.lists["frontiers"]
    while syntax.lemma[word] not in borders:
        above = syntax.head[word]
        before = syntax.dep[word] in _BEFORE
        behind = syntax.dep[word].startswith("nmod") and _PARTS & set(syntax.prepositions(word))
        if above == word or not (before or behind):
            return None
        word = above
    return word if _PLACED & set(syntax.prepositions(word)) else None


def _parts_two(border: int, syntax: Syntax, index: EntityIndex) -> bool:
    """Whether a border is named for two states ("the Chad-Sudan border")."""
    words = syntax.subtree(border)
    return len(index.countries(list(index.within(words[0], words[-1] + 1)))) > 1


def _people(draft: Draft, syntax: Syntax) -> Sequence[int]:
    """Words for the people to whom something is told to be done, and not to a town or a post."""
    if not syntax.is_verb(draft.token):
        return ()
    arguments, lists = syntax.arguments(draft.token), syntax.patterns.lists
    aimed = [x for word in _AIMED for x in arguments.oblique.get(word, ())]
    things = lists["target"] | lists["territory"] | lists["frontiers"]
    return [
        x for x in arguments.object or aimed
        if syntax.lemma[x] not in things and not syntax.is_place(x)
    ]  # fmt: skip
