"""Whose state it is that jails or turns away where nobody is said to do it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.coding.event_roles import Roles
    from dragoman.coding.patterns import Syntax
    from dragoman.model import Mention


def authorities(token: int, type_: str, syntax: Syntax, roles: Roles) -> list[Mention]:
    """ "was jailed in Oman": where nobody is said to do it, the state of the place does."""
    if type_ != "COERCE" or not syntax.is_verb(token):
        return []
    arguments = syntax.arguments(token)
    if not arguments.passive or arguments.agent:
        return []
    entries = _borders(arguments.oblique.get("at", []), syntax, roles)
    places = arguments.oblique.get("in", []) + entries
    if any(syntax.is_mission(place) for place in places):
        return []  # "held in the Argentine embassy"
    known = [mention for mention in roles.actors(places) if roles.has_country(mention)][:1]
    if syntax.lemma[token] in syntax.patterns.lists["lawful"]:
        return [_state_of(mention, roles) for mention in known]
    return [mention for mention in known if roles.index.entity(mention).kind != "place"]


def _borders(places: Sequence[int], syntax: Syntax, roles: Roles) -> list[int]:
    """Whose border stands behind "at": "were turned back at the Chadian border"."""
    borders = syntax.patterns.lists["entries"]
    found = [syntax.modifiers(place) for place in places if syntax.lemma[place] in borders]
    return [words[0] for words in found if len(roles.index.countries(roles.actors(words))) == 1]


def _state_of(mention: Mention, roles: Roles) -> Mention:
    """For a town the state in which it lies, where the story speaks of that."""
    index = roles.index
    town = index.entity(mention)
    states = (x for x in index.mentions if index.entity(x).id == town.country)
    return next(states, mention) if town.kind == "place" else mention
