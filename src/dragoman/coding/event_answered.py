"""Whom the other's words make the recipient: who asked, who spoke of "such a step", the other side of a deal or
of a condition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.coding.event_draft import Draft
    from dragoman.coding.event_roles import Roles
    from dragoman.coding.patterns import Syntax
    from dragoman.entities.index import EntityIndex
    from dragoman.model import Mention

#: Types of who speaks of what is to come, and events back in which "such a step" was spoken of.
_SPEAKS_OF, _NEAR = frozenset({"THREATEN", "REQUEST", "AGREE"}), 3
#: Types of what one side of a deal is to do for the other.
_OWED = frozenset({"AGREE", "CONCEDE", "RETREAT"})
#: Types of who does what was asked of him, or will not.
_ANSWERS = frozenset({"REJECT", "AGREE", "CONCEDE", "RETREAT"})
#: Types that a condition says to whom they are addressed.
_ADDRESSED = frozenset({"THREATEN", "AGREE"})
#: The two sides of a war at home, by who fights it, and what is no party to it.
_SIDES = {"MIL": "state", "GOV": "state", "REB": "rebels", "PRM": "rebels"}
_LANDS = frozenset({"state", "place"})


def others(parties: Sequence[Mention], draft: Draft, index: EntityIndex) -> list[Mention]:
    """Those who are not the draft's own actors, nor of their countries."""
    own = index.countries(draft.actors)
    entities = {mention.entity for mention in draft.actors}
    return [
        mention for mention in parties
        if not index.countries([mention]) & own and mention.entity not in entities
    ]  # fmt: skip


def answers_asker(draft: Draft, before: Sequence[Draft], index: EntityIndex) -> None:
    """ "Asked his counterpart to control the border. She promised an inquiry": the promise goes to who asked."""
    if draft.type != "AGREE" or draft.recipients or draft.reciprocal or len(draft.actors) != 1:
        return
    for deed in reversed(before):
        if deed.sentence[1] < draft.sentence[0] or deed.sentence == draft.sentence:
            return
        asked = deed.type == "REQUEST" and not deed.aux
        if asked and draft.actors[0].entity in {one.entity for one in deed.recipients}:
            draft.recipients = others(deed.actors, draft, index)
            return


def such_a_step(draft: Draft, before: Sequence[Draft], index: EntityIndex) -> None:
    """ "Threatened to send troops. The alliance ruled out such a step": whoever spoke of it just before."""
    for deed in reversed(before[-_NEAR:]):
        found = others(deed.actors, draft, index)
        if deed.type in _SPEAKS_OF and found:
            draft.recipients, draft.named_again = found, True
            return


def of_deal(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "Under the deal, Chad will withdraw and Oman will pay": each owes it to the other."""
    if draft.type not in _OWED or draft.recipients or draft.reciprocal or not draft.actors:
        return
    verb = syntax.first_joined(draft.token)
    deals = syntax.arguments(verb).oblique.get("under", ())
    if not any(syntax.lemma[noun] in syntax.patterns.lists["accord"] for noun in deals):
        return
    own = {word for one in draft.actors for word in range(one.first, one.last)}
    subjects = [
        noun for joined in syntax.conjuncts(verb) for noun in syntax.arguments(joined).subject
        if noun not in own
    ]  # fmt: skip
    draft.recipients = others(roles.actors(dict.fromkeys(subjects)), draft, roles.index)


def as_asked(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "Refused to drop the case against two men, as Chad had asked": Chad is who is answered."""
    if draft.type not in _ANSWERS or not draft.actors or draft.reciprocal:
        return
    verbs = [draft.token, *syntax.arguments(draft.token).clauses]
    for clause in (kid for verb in verbs for kid in syntax.kids[verb]):
        told = syntax.dep[clause] == "advcl" and "as" in syntax.marks(clause)
        if told and syntax.lemma[clause] in syntax.patterns.lists["request_verb"]:
            found = roles.actors(syntax.arguments(clause).subject)
            if found and not {one.entity for one in found} & {one.entity for one in draft.actors}:
                draft.recipients = found
            return


def by_condition(draft: Draft, roles: Roles) -> None:
    """ "threatened to leave unless Chad paid": the threat goes to Chad."""
    if draft.type not in _ADDRESSED or draft.hit is None or draft.reciprocal:
        return
    index, own = roles.index, roles.index.countries(draft.actors)
    if index.countries(draft.recipients) - own:
        return
    told = roles.recipients(roles.ways.follow(draft.token, ("if",), "verb"))
    found = [one for one in told if (home := index.countries([one])) and not home & own]
    if not found and all(index.entity(one).kind in _LANDS for one in draft.recipients):
        found = [one for one in told if _fights(one, draft, index)]
    if found:
        draft.recipients = found


def _fights(mention: Mention, draft: Draft, index: EntityIndex) -> bool:
    """Whether somebody is the other side of a war at home: the army for rebels, rebels for the army."""
    sides = {_armed(actor, index) for actor in draft.actors}
    side = _armed(mention, index)
    return bool(side) and bool(sides) and "" not in sides and side not in sides


def _armed(mention: Mention, index: EntityIndex) -> str:
    first, *_ = (*index.entity(mention).sectors, "")
    return _SIDES.get(first, "")
