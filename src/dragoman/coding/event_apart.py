"""Whom the words set apart from a deed: set aside, only a place, shielded, aimed at, or in flight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.event_open import NO_SIDE

if TYPE_CHECKING:
    from dragoman.coding.event_draft import Draft
    from dragoman.coding.event_roles import Roles
    from dragoman.coding.patterns import Syntax
    from dragoman.model import Mention

#: What sets somebody aside before a name, and how it hangs on it.
_SETS_ASIDE, _ONLY = frozenset({"rather", "instead", "not"}), frozenset({"only", "just", "merely"})
_BINDS = frozenset({"cc", "case", "advmod"})
_PEOPLE = frozenset({"person", "unnamed", "collective"})


def is_flight(draft: Draft, syntax: Syntax, roles: Roles) -> bool:
    """Whether people of no side only flee ("children fled the fighting"): they give up no ground."""
    if draft.type not in syntax.patterns.types("gives_ground"):
        return False
    fleeing = [(one.head, roles.index.entity(one)) for one in draft.actors]
    return syntax.lemma[draft.token] in syntax.patterns.lists["flees"] and all(
        entity.kind in _PEOPLE
        and not set(entity.sectors) - NO_SIDE
        and not (entity.sectors[:1] == ("UNK",) and syntax.behind(head, "of"))
        for head, entity in fleeing
    )  # "members of the group" are of its side


def is_set_aside(draft: Draft, syntax: Syntax) -> bool:
    """Whether it is what somebody did not do: "instead of warning Oman off, Kenya agreed to leave"."""
    words = draft.type in syntax.patterns.types("unsaid") and syntax.dep[draft.token] == "advcl"
    return words and bool(syntax.marks(draft.token) & _SETS_ASIDE)


def is_left_out(mention: Mention, syntax: Syntax) -> bool:
    """ "Will ask Kenya rather than Oman", "Kenya, not Oman, attacked": whom the words set aside."""
    return any(
        syntax.word[kid] in _SETS_ASIDE and syntax.word[kid + 1] not in _ONLY
        for kid in syntax.kids[mention.head]
        if kid < mention.head and syntax.dep[kid] in _BINDS
    )


def of_prison(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "Held in Kenyan camps": no camp holds anybody, Kenya does."""
    prisons = syntax.patterns.lists["prison"]
    held = [mention for mention in draft.actors if syntax.lemma[mention.head] in prisons]
    if draft.type in syntax.patterns.types("detains") and held:
        near = (
            word for mention in held
            for word in (*syntax.modifiers(mention.head), *syntax.possessors(mention.head))
        )  # fmt: skip
        found = [*draft.actors, *roles.actors(near)]
        draft.actors = [mention for mention in found if syntax.lemma[mention.head] not in prisons]


def of_shelter(draft: Draft, syntax: Syntax) -> None:
    """ "The tunnels shielded them from the shelling": who is shielded is struck."""
    verb = syntax.head[draft.token]
    if syntax.lemma[verb] not in syntax.patterns.lists["shields"]:
        return
    if "from" in syntax.prepositions(draft.token) or "against" in syntax.prepositions(draft.token):
        sides = syntax.arguments(verb)
        struck = [one for one in draft.actors if one.head in sides.object]
        draft.actors = [
            one for one in draft.actors if one.head not in (*sides.subject, *sides.object)
        ]
        draft.recipients = draft.recipients or struck


def of_against(draft: Draft, syntax: Syntax) -> None:
    """ "A legal challenge against the ministry's decision": those it is against do not make it."""
    against = syntax.behind(draft.token, "against") if syntax.is_noun(draft.token) else []
    below = {word for noun in against for word in syntax.subtree(noun)}
    aimed = [one for one in draft.actors if one.head in below]
    if aimed and draft.type in syntax.patterns.types("against"):
        draft.actors = [one for one in draft.actors if one not in aimed]
        told = [one for one in draft.recipients if one.head in below]
        draft.recipients = told or aimed
