"""Who struck and who was struck, as the words of an attack settle it, whoever found the parties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.event_apart import of_shelter
from dragoman.coding.event_armed import of_escort, of_fired_on, of_ground, of_site
from dragoman.coding.event_barred import says_above
from dragoman.coding.event_topic import ABOUT
from dragoman.coding.event_undergone import (
    of_agent,
    of_attacker,
    of_owned,
    of_record,
    of_scene,
    of_target,
)
from dragoman.entities.tables import towns

if TYPE_CHECKING:
    from dragoman.coding.event_draft import Draft
    from dragoman.coding.event_roles import Roles
    from dragoman.coding.patterns import Syntax
    from dragoman.model import Mention

#: Letters of the id of a state; regions have longer ones.
_STATE_CODE = 3
_ARMED = frozenset({"MIL", "REB", "PRM"})


def of_strike(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """Corrects the parties of an attack in place."""
    of_scene(draft, syntax)
    of_owned(draft, syntax)
    of_fired_on(draft, syntax, roles)
    of_escort(draft, syntax)
    of_ground(draft, syntax, roles)
    _of_town(draft, syntax, roles)
    of_site(draft, syntax, roles)
    of_attacker(draft, syntax, roles)
    of_target(draft, syntax, roles)
    _of_moved(draft, syntax)
    _of_teller(draft, syntax, roles)
    of_shelter(draft, syntax)
    _of_weapon(draft, syntax, roles)
    _of_others(draft, syntax)
    _of_loss(draft, syntax, roles)
    _of_inquiry(draft, syntax)
    of_record(draft, syntax)
    of_agent(draft, syntax, roles)
    _of_hand(draft, syntax, roles)


def _of_town(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "The Paris attacks (killed ten)": a town before a noun of harm is where it strikes, not who."""
    nouns = [draft.token]
    if not syntax.is_noun(draft.token):
        nouns = syntax.arguments(draft.token).subject
    struck = [
        mention for mention in draft.actors
        if mention.kind in {"name", "adjective"} and syntax.dep[mention.head] == "compound"
        and any(
            mention.head in syntax.modifiers(noun) and _is_where(mention, noun, syntax, roles)
            for noun in nouns
        )
    ]  # fmt: skip
    if struck:
        draft.actors = [mention for mention in draft.actors if mention not in struck]
        draft.recipients = draft.recipients or struck


def _is_where(mention: Mention, noun: int, syntax: Syntax, roles: Roles) -> bool:
    """Whether somebody before a noun is a place, which may be in no table; or a region, or what a town
    stands for, before harm without a target ("the Tokyo strike on Seoul" is Japan's)."""
    words, entity = syntax.doc[mention.first : mention.last].text, roles.index.entity(mention)
    if entity.kind == "place":
        return True
    harm = syntax.lemma[noun] in syntax.patterns.lists["violence_noun"]
    if not harm or syntax.behind(noun, "on") or syntax.behind(noun, "against"):
        return False
    if entity.name == words:
        return entity.kind == "state" and len(entity.id) != _STATE_CODE
    return towns().get(words) is not None


def _of_moved(draft: Draft, syntax: Syntax) -> None:
    """ "The attack persuaded the president to act": whom a deed moves has not done it."""
    draft.actors = [
        mention for mention in draft.actors
        if not (
            syntax.dep[mention.head] in {"obj", "iobj"}
            and draft.token in syntax.arguments(syntax.head[mention.head]).subject
        )
    ]  # fmt: skip


def _of_teller(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "People were being killed in their homes, the minister said": he who only tells of it has not done it."""
    if not syntax.is_verb(draft.token) or not syntax.arguments(draft.token).passive:
        return
    agents = syntax.arguments(draft.token).agent
    draft.actors = [
        one for one in draft.actors
        if one.head in agents
        or roles.index.entity(one).kind != "person"
        or not _ARMED.isdisjoint(roles.index.entity(one).sectors)
        or not says_above(one, draft.token, syntax, roles.index)
    ]  # fmt: skip


def _of_hand(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "Chad was behind the bombing", "the rebels behind the attack": they did it."""
    deed = draft.token
    if "behind" not in syntax.prepositions(deed):
        return
    subjects = [kid for kid in syntax.kids[deed] if syntax.dep[kid] == "nsubj"]
    if not subjects and syntax.dep[deed] == "nmod":
        subjects = [syntax.head[deed]]
    struck = {mention.entity for mention in draft.recipients}
    found = [x for x in roles.actors(subjects) if x.entity not in struck]
    draft.actors = found or draft.actors


def _of_weapon(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "Killed by a missile": whoever fired it is not told; of "Chadian missiles" Chad did."""
    weapons = syntax.patterns.lists["weapons"]
    fired = [
        mention for mention in draft.actors
        if mention.kind != "name" and syntax.lemma[mention.head] in weapons
    ]  # fmt: skip
    owners = roles.actors(word for mention in fired for word in syntax.modifiers(mention.head))
    draft.actors = [mention for mention in (*draft.actors, *owners) if mention not in fired]


def _of_others(draft: Draft, syntax: Syntax) -> None:
    """ "Killed in a town held by rebels", "killed a day after rebels left": they have not killed there."""
    draft.actors = [
        mention for mention in draft.actors
        if not (
            (above := syntax.head[mention.head]) != draft.token
            and (_holds(mention.head, draft, syntax)
                 or (syntax.is_apart(above) and draft.token not in syntax.subtree(above)))
        )
    ]  # fmt: skip


def _holds(word: int, draft: Draft, syntax: Syntax) -> bool:
    """Whether somebody is told to hold the ground on which a deed that is told before is done."""
    verb = syntax.head[word]
    return (
        syntax.dep[verb].startswith("acl")
        and draft.token < verb
        and syntax.lemma[verb] in syntax.patterns.lists["holds"]
        and "by" in syntax.prepositions(word)
    )


def _of_loss(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "Lost the town to the army": who loses is struck, by those to whom he loses."""
    token = draft.token
    verb = token if syntax.is_verb(token) else syntax.governing_verb(token)
    if verb is None or syntax.lemma[verb] not in syntax.patterns.lists["loses"]:
        return
    arguments = syntax.arguments(verb)
    losers = [] if arguments.passive else roles.recipients(arguments.subject)
    winners = roles.actors(arguments.oblique.get("to", ())) or draft.actors
    losing = {mention.entity for mention in losers}
    if losers:
        if draft.seen is not None and losing & {mention.entity for mention in draft.actors}:
            seen = draft.seen  # the language model took him for the attacker
            draft.seen = seen._replace(actors=seen.recipients, recipients=seen.actors)
        draft.actors = [mention for mention in winners if mention.entity not in losing]
        draft.recipients = losers


def _of_inquiry(draft: Draft, syntax: Syntax) -> None:
    """ "A report by the mission on attacks": who looks into a deed or tells of it has not done it."""
    above, cases = syntax.head[draft.token], set(syntax.prepositions(draft.token))
    if syntax.dep[above].startswith("acl"):
        above = syntax.head[above]  # "an inquiry led by the mission into attacks"
    if not syntax.is_noun(draft.token) or not syntax.is_noun(above):
        return
    tells = syntax.lemma[above] in syntax.patterns.lists["tells_of_deed"]
    if "into" in cases or (tells and ABOUT & cases):
        before = [word for word in syntax.subtree(above) if word < draft.token]
        draft.actors = [mention for mention in draft.actors if mention.head not in before]
