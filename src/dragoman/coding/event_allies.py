"""Who fights at whose side, and so strikes him not: "fought alongside the army"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.coding.event_draft import Draft
    from dragoman.coding.event_roles import Roles
    from dragoman.coding.patterns import Syntax
    from dragoman.model import Entity, Mention
    from dragoman.ontology import Ontology

_ARMED = frozenset({"MIL", "REB", "PRM"})


def of_allies(draft: Draft, syntax: Syntax, roles: Roles, ontology: Ontology) -> None:
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


def _is_untouched(mention: Mention, syntax: Syntax) -> bool:
    """Whether "alongside" or "on the side of" stands before a mention."""
    lists = syntax.patterns.lists
    head = mention.head
    cases = {syntax.word[kid] for kid in syntax.kids[head] if syntax.dep[kid] == "case"}
    if cases & lists["beside"]:
        return True
    return "of" in cases and syntax.lemma[syntax.head[head]] in lists["on_the_side"]
