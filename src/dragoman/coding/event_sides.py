"""Parties that the words themselves settle, whether pattern or language model found them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.event_apart import is_abstaining, leave_out, of_accord, of_gap, of_shelter
from dragoman.coding.event_armed import of_escort, of_fired_on, of_ground, of_site
from dragoman.coding.event_asked import of_talks
from dragoman.coding.event_borders import of_border
from dragoman.coding.event_channels import of_mission
from dragoman.coding.event_claimed import of_claims
from dragoman.coding.event_clauses import of_clauses
from dragoman.coding.event_holders import of_holders
from dragoman.coding.event_open import is_rally_for, of_captives, says_above
from dragoman.coding.event_roles import GOVERNING
from dragoman.coding.event_topic import ABOUT, is_not_asked
from dragoman.coding.event_undergone import (
    of_agent,
    of_attacker,
    of_blamed,
    of_denied,
    of_owned,
    of_record,
    of_scene,
    of_target,
    of_told_agent,
    of_victims,
)
from dragoman.coding.event_untouched import is_captor, is_untouched
from dragoman.entities.tables import towns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.coding.event_draft import Draft
    from dragoman.coding.event_roles import Roles
    from dragoman.coding.patterns import Syntax
    from dragoman.model import Entity, Mention
    from dragoman.ontology import Ontology

_BEFORE_NOUN = frozenset({"amod", "compound", "nmod:desc"})
_SUPPOSING = frozenset({"if", "unless"})
_BESIDE = _SUPPOSING | {"after", "before", "while", "as", "when"}
#: Types of what somebody says he will do.
_OF_DEEDS = frozenset({"AGREE", "THREATEN"})
#: Letters of the id of a state; regions have longer ones.
_STATE_CODE = 3
_HYPHENS = frozenset({"-", "–", "‑"})
_ARMED = frozenset({"MIL", "REB", "PRM"})


def settle_sides(drafts: Sequence[Draft], syntax: Syntax, roles: Roles, ontology: Ontology) -> None:
    """Corrects the parties of drafts in place."""
    for draft in drafts:
        _of_compound(draft, syntax, roles)
        _of_allies(draft, syntax, roles, ontology)
        of_accord(draft, syntax, roles)
        _of_own_state(draft, syntax, roles)
        of_clauses(draft, syntax, roles)
        leave_out(draft, drafts, syntax, roles)
        draft.recipients = [
            mention for mention in draft.recipients
            if not (
                _is_supposed(mention, draft, syntax)
                or is_not_asked(mention, draft, syntax)
                or _is_scene(mention, draft, syntax, roles)
                or _is_mediator(mention, draft, syntax)
                or _is_own_place(mention, draft, syntax, roles)
                or is_abstaining(mention, draft, syntax)
                or is_untouched(mention, draft, syntax)
                or _is_own_force(mention, draft, syntax, roles)
                or _is_likeness(mention, syntax)
            )
        ]  # fmt: skip
        _of_own_people(draft, syntax, roles)
        of_talks(draft, syntax, roles)
        of_mission(draft, syntax, roles)
        of_gap(draft, syntax)
        _of_captives(draft, syntax)
        of_border(draft, syntax, roles)
        of_told_agent(draft, syntax)
        of_blamed(draft, syntax, roles)
        of_denied(draft, syntax, roles)
        if is_rally_for(draft, syntax) or draft.mode in syntax.patterns.types("of_oneself"):
            draft.recipients = []
        if draft.type == syntax.patterns.settings.get("struck"):
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
    of_victims(drafts, syntax, roles)
    for draft in drafts:
        draft.recipients = [
            one for one in draft.recipients
            if not is_captor(one, draft, syntax, roles.index.entity(one).sectors)
        ]  # fmt: skip
    of_claims(drafts, syntax, roles)
    of_holders(drafts, syntax, roles)


def _is_supposed(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Threatened war if the hostages were not freed", "consequences if it hit Taiwan": who only undergoes
    what "if" supposes; of an agreement also what came before or after it."""
    word = syntax.first_joined(mention.head)
    verb = syntax.head[word]
    undergone = {"nsubj:pass", "obj"} if draft.type == "THREATEN" else {"nsubj:pass"}
    return (
        syntax.dep[word] in undergone
        and verb != draft.token
        and syntax.dep[verb] == "advcl"
        and bool((_SUPPOSING if draft.type != "AGREE" else _BESIDE) & syntax.marks(verb))
    )


def _is_scene(mention: Mention, draft: Draft, syntax: Syntax, roles: Roles) -> bool:
    """ "Condemned the Timbuktu bombing": nobody speaks against the town that was struck."""
    return (
        draft.type in syntax.patterns.types("not_of_topic")
        and roles.index.entity(mention).kind == "place"
        and syntax.lemma[syntax.head[mention.head]] in syntax.patterns.lists["violence_noun"]
    )


def _is_mediator(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Agreed on a truce after talks mediated by Qatar": nobody agrees with who only mediates."""
    word = syntax.first_joined(mention.head)
    return (
        draft.type == "AGREE"
        and len(draft.actors) > 1
        and syntax.dep[word] == "obl:agent"
        and syntax.lemma[syntax.head[word]] in syntax.patterns.lists["mediates"]
    )


def _is_likeness(mention: Mention, syntax: Syntax) -> bool:
    """ "Pulled down a statue of her father": nothing is done to him."""
    noun = syntax.head[mention.head]
    return mention.head in syntax.behind(noun, "of") and (
        syntax.lemma[noun] in syntax.patterns.lists["likeness"]
    )


def _is_own_place(mention: Mention, draft: Draft, syntax: Syntax, roles: Roles) -> bool:
    """ "Offered to host talks in its capital": nobody agrees with the place where he does it."""
    return (
        draft.type == "AGREE"
        and "in" in syntax.prepositions(mention.head)
        and roles.index.countries([mention]) <= roles.index.countries(draft.actors)
    )


def _is_own_force(mention: Mention, draft: Draft, syntax: Syntax, roles: Roles) -> bool:
    """ "Warned that its army was ready": who is to do it is not who is warned."""
    word = syntax.first_joined(mention.head)
    verb = syntax.head[word]
    return (
        draft.type in _OF_DEEDS
        and roles.index.entity(mention).sectors[:1] in GOVERNING
        and syntax.dep[word] == "nsubj"
        and verb != draft.token
        and syntax.head[verb] == draft.token
        and syntax.dep[verb] in {"ccomp", "advcl", "parataxis"}
        and bool(roles.index.countries([mention]) & roles.index.countries(draft.actors))
    )


def _is_ones_own(noun: int, syntax: Syntax) -> bool:
    """Whether "its" stands before a noun, or before what somebody is ("its envoy, Jane Mwangi")."""
    before = [kid for kid in syntax.kids[noun] if syntax.dep[kid] == "nmod:desc"]
    return any(syntax.tag[kid] == "PRP$" for word in (noun, *before) for kid in syntax.kids[word])


def _of_own_people(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "Recalled its envoy": no state punishes its own; in "had its envoy expelled" another does it."""
    if draft.type not in syntax.patterns.types("not_of_own_people"):
        return
    acting = [roles.index.entity(mention) for mention in draft.actors]
    if not all(one.kind == "state" or one.sectors[:1] in GOVERNING for one in acting):
        return
    own, above = roles.index.countries(draft.actors), syntax.head[draft.token]
    had = syntax.lemma[above] == "have" and syntax.dep[draft.token] in {"xcomp", "ccomp"}
    objects = syntax.arguments(above if had else draft.token).object
    owned = {
        word for noun in objects for word in (noun, *syntax.kids[noun])
        if syntax.dep[word] in {"obj", "appos"} and _is_ones_own(noun, syntax)
    }  # fmt: skip
    theirs = [
        one for one in draft.recipients
        if one.head in owned and roles.index.countries([one]) & own
    ]  # fmt: skip
    if theirs and had:
        subjects = syntax.arguments(above).subject
        draft.actors = [one for one in draft.actors if one.head not in subjects]
    else:
        draft.recipients = [one for one in draft.recipients if one not in theirs]


def _of_captives(draft: Draft, syntax: Syntax) -> None:
    """ "The hostages are held in Goma": the town is not who holds them."""
    if of_captives(draft, syntax):
        draft.actors = [
            mention for mention in draft.actors
            if syntax.dep[mention.head] != "obl" or "in" not in syntax.prepositions(mention.head)
        ]  # fmt: skip


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


def _of_compound(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "Chadian-backed rebels": what stands before the hyphen acts on what stands behind."""
    token = draft.token
    if syntax.tag[token] != "VBN" or not 2 <= token < len(syntax.word) - 1:
        return
    if syntax.word[token - 1] not in _HYPHENS or not _begins_noun(token + 1, syntax):
        return
    noun = token + 1
    while syntax.dep[noun] in _BEFORE_NOUN and syntax.head[noun] > noun:
        noun = syntax.head[noun]
    actors = roles.actors([token - 2])
    acting = {mention.entity for mention in actors}
    head = roles.index.headed_by(noun)
    if actors and head is not None and head.entity not in acting:
        draft.actors, draft.recipients = actors, [head]


def _begins_noun(word: int, syntax: Syntax) -> bool:
    return syntax.is_noun(word) or syntax.dep[word] in _BEFORE_NOUN


def _of_allies(draft: Draft, syntax: Syntax, roles: Roles, ontology: Ontology) -> None:
    """ "fought alongside the army": nobody strikes those at whose side he fights."""
    lists, settings = syntax.patterns.lists, syntax.patterns.settings
    if draft.type != settings.get("struck") or syntax.lemma[draft.token] not in lists["fights"]:
        return
    allies = [mention for mention in draft.recipients if _is_untouched(mention, syntax)]
    allies = allies or _beside(draft, syntax, roles)
    if joined := _joined(draft, syntax, roles):
        draft.actors = [mention for mention in draft.actors if mention not in joined]
        draft.recipients, draft.reciprocal, allies = [*draft.recipients, *joined], False, joined
    if not allies and not _among_themselves(draft, syntax):
        return
    draft.recipients = [mention for mention in draft.recipients if mention not in allies]
    together = settings.get("beside", "")
    if not draft.recipients and together in ontology.types:
        draft.type, draft.mode, draft.cameo, draft.recipients = together, "", "", allies


def _beside(draft: Draft, syntax: Syntax, roles: Roles) -> list[Mention]:
    """ "Chad, whose troops fought beside the army": at whose side they fight who are told to strike only their own
    state."""
    own = roles.index.countries(draft.actors)
    only_own = bool(draft.recipients) and not roles.index.countries(draft.recipients) - own
    if not only_own or not syntax.is_verb(draft.token):
        return []
    oblique = syntax.arguments(draft.token).oblique
    found = roles.recipients(
        noun for word in syntax.patterns.lists["beside"] for noun in oblique.get(word, ())
    )
    if found:
        draft.recipients = []
    return [one for one in found if one.entity not in {x.entity for x in draft.actors}]


def _joined(draft: Draft, syntax: Syntax, roles: Roles) -> list[Mention]:
    """ "Two Ghanaians fought with the Omani army": the armed whom single people go to war with."""
    arguments, index = syntax.arguments(draft.token), roles.index
    behind = arguments.oblique.get("with", ())
    others = [mention for mention in draft.actors if mention.head in behind]
    armed = all(not _ARMED.isdisjoint(index.entity(mention).sectors) for mention in others)
    if not (draft.reciprocal and others and armed):
        return []
    volunteers = syntax.patterns.lists["volunteers"]
    single = [
        syntax.lemma[mention.head] in volunteers or _is_private(index.entity(mention))
        for mention in draft.actors if mention not in others
    ]  # fmt: skip
    single = single or [syntax.lemma[word] in volunteers for word in arguments.subject]
    return others if single and all(single) else []


def _is_private(entity: Entity) -> bool:
    """Whether somebody is one person, or people of a nation without a part to play."""
    return entity.kind in {"person", "people"} or (entity.kind == "unnamed" and not entity.sectors)


def _among_themselves(draft: Draft, syntax: Syntax) -> bool:
    """ "Alongside each other", "side by side": all who fight here are on one side."""
    oblique = syntax.arguments(draft.token).oblique
    beside = [noun for word in syntax.patterns.lists["beside"] for noun in oblique.get(word, ())]
    sides = [noun for noun in oblique.get("by", ()) if noun > 1 and syntax.lemma[noun] == "side"]
    return not draft.recipients and (
        any(syntax.lemma[noun] in {"each", "one"} for noun in beside)
        or any(syntax.lemma[noun - 2] == "side" for noun in sides)
    )


def _of_own_state(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "The envoy warned that Washington would act": no government warns or accuses its own state."""
    if draft.type not in syntax.patterns.types("not_of_own_state"):
        return
    acting = [roles.index.entity(mention) for mention in draft.actors]
    own = {
        entity.country for entity in acting
        if entity.country and entity.kind != "state" and entity.sectors[:1] in GOVERNING
    }  # fmt: skip
    if own:
        told = syntax.arguments(draft.token).object if syntax.is_verb(draft.token) else ()
        draft.recipients = [
            mention for mention in draft.recipients
            if (entity := roles.index.entity(mention)).kind != "state" or entity.id not in own
            or (mention.head in told and mention.kind == "name")
        ]  # fmt: skip


def _is_untouched(mention: Mention, syntax: Syntax) -> bool:
    """Whether "alongside" or "on the side of" stands before a mention."""
    lists = syntax.patterns.lists
    head = mention.head
    cases = {syntax.word[kid] for kid in syntax.kids[head] if syntax.dep[kid] == "case"}
    if cases & lists["beside"]:
        return True
    return "of" in cases and syntax.lemma[syntax.head[head]] in lists["on_the_side"]
