"""Parties that the words themselves settle, whether pattern or language model found them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.event_allies import of_allies
from dragoman.coding.event_apart import is_abstaining, leave_out, of_accord, of_gap
from dragoman.coding.event_asked import of_talks
from dragoman.coding.event_borders import of_border
from dragoman.coding.event_channels import of_mission
from dragoman.coding.event_claimed import of_claims
from dragoman.coding.event_clauses import of_clauses
from dragoman.coding.event_holders import of_holders
from dragoman.coding.event_open import is_rally_for, of_captives
from dragoman.coding.event_roles import GOVERNING
from dragoman.coding.event_strikes import of_strike
from dragoman.coding.event_topic import is_not_asked
from dragoman.coding.event_undergone import (
    of_blamed,
    of_denied,
    of_told_agent,
    of_victims,
)
from dragoman.coding.event_untouched import is_captor, is_untouched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.coding.event_draft import Draft
    from dragoman.coding.event_roles import Roles
    from dragoman.coding.patterns import Syntax
    from dragoman.model import Mention
    from dragoman.ontology import Ontology

_BEFORE_NOUN = frozenset({"amod", "compound", "nmod:desc"})
_SUPPOSING = frozenset({"if", "unless"})
_BESIDE = _SUPPOSING | {"after", "before", "while", "as", "when"}
#: Types of what somebody says he will do.
_OF_DEEDS = frozenset({"AGREE", "THREATEN"})
_HYPHENS = frozenset({"-", "–", "‑"})


def settle_sides(drafts: Sequence[Draft], syntax: Syntax, roles: Roles, ontology: Ontology) -> None:
    """Corrects the parties of drafts in place."""
    for draft in drafts:
        _of_compound(draft, syntax, roles)
        of_allies(draft, syntax, roles, ontology)
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
        of_told_agent(draft, syntax, roles)
        of_blamed(draft, syntax, roles)
        of_denied(draft, syntax, roles)
        if is_rally_for(draft, syntax) or draft.mode in syntax.patterns.types("of_oneself"):
            draft.recipients = []
        if draft.type == syntax.patterns.settings.get("struck"):
            of_strike(draft, syntax, roles)
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
    """ "Agreed on a truce after talks mediated by Qatar", "accused each other of breaking a truce brokered by Oman":
    nobody agrees with who only mediates, or blames him."""
    word = syntax.first_joined(mention.head)
    return (
        draft.type in ("AGREE", "ACCUSE")
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
