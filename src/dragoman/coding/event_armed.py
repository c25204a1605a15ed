"""Who strikes where only his weapon is told, or where he is of the country of those he strikes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dragoman.coding.event_roles import ARMED

if TYPE_CHECKING:
    from dragoman.coding.event_draft import Draft
    from dragoman.coding.event_roles import Roles
    from dragoman.coding.patterns import Syntax
    from dragoman.entities.index import EntityIndex

_SHOOTS, _AT = frozenset({"fire", "shoot"}), frozenset({"at", "on", "upon"})
_TAKES = frozenset({"capture", "seize", "take", "hold"})
#: Words back to the deed in which a weapon was told.
_WEAPONS_BACK = 60


def strike_countrymen(draft: Draft, syntax: Syntax, index: EntityIndex) -> bool:
    """Whether armed men strike others of their country: "they killed two drivers and took three", and rebels
    soldiers."""
    by, struck = [
        {index.entity(mention).sectors[:1] for mention in side}.intersection(ARMED)
        for side in (draft.actors, draft.recipients)
    ]
    apart = bool(by) and by.isdisjoint(struck)
    return apart and draft.type == syntax.patterns.settings.get("struck")


def by_weapon(draft: Draft, before: Sequence[Draft], syntax: Syntax) -> None:
    """ "The army struck with drones bought abroad. The drones hit a market": whoever used them before."""
    if draft.type != syntax.patterns.settings.get("struck"):
        return
    words: Sequence[int] = draft.hit.actors if draft.hit is not None else ()
    if draft.hit is None and syntax.is_verb(draft.token):
        words = syntax.arguments(draft.token).subject
    if len(words) != 1 or syntax.lemma[words[0]] not in syntax.patterns.lists["hardware"]:
        return
    if [syntax.word[kid] for kid in syntax.kids[words[0]]] != ["the"]:
        return  # "Chadian drones", "the drones of the rebels"
    for deed in reversed(before):
        used = deed.type in syntax.patterns.types("uses_weapons") and deed.actors
        if not used or draft.token - deed.token > _WEAPONS_BACK:
            continue
        told = {syntax.lemma[word] for word in syntax.subtree(deed.token)}
        if syntax.lemma[words[0]] in told:
            draft.actors = list(deed.actors)
            return


def of_fired_on(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "The patrol was fired upon near Goma": it has not fired, whatever the little word hangs on."""
    token = draft.token
    if syntax.lemma[token] not in _SHOOTS or token + 1 == len(syntax.word):
        return
    arguments = syntax.arguments(token)
    if syntax.word[token + 1] not in _AT or not arguments.passive:
        return
    struck = roles.recipients(arguments.surface)
    if struck:
        draft.actors = roles.actors(arguments.agent)
        draft.recipients = struck
        draft.settled |= {"actor", "recipient"}


def of_escort(draft: Draft, syntax: Syntax) -> None:
    """ "A convoy which the army escorted was attacked": not by the army."""
    escorts = syntax.patterns.lists["escorts"] | syntax.patterns.lists["holds"]
    draft.actors = [
        mention for mention in draft.actors
        if not (
            syntax.dep[above := syntax.head[mention.head]] == "acl:relcl"
            and syntax.lemma[above] in escorts
            and not syntax.tag[mention.head].startswith("W")
            and draft.token not in syntax.subtree(above)
        )
    ]  # fmt: skip


def of_ground(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "Seized the centre of Goma": a town is not carried off."""
    if syntax.lemma[draft.token] not in _TAKES:
        return
    ground = [
        mention.as_place or roles.index.entity(mention).kind == "place"
        for mention in draft.recipients
    ]
    if ground and all(ground) and draft.mode in syntax.patterns.types("of_people"):
        draft.mode = draft.cameo = ""


def of_site(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "The refinery closed after shells hit it, killing five": no plant has killed anybody."""
    sites = syntax.patterns.lists["sites"]
    draft.actors = [
        mention for mention in draft.actors
        if syntax.lemma[mention.head] not in sites
        or roles.index.entity(mention).kind in ("state", "place")
    ]  # fmt: skip


def mode_of_aircraft(
    draft: Draft, cues: Mapping[str, Sequence[str]], mode: str | None, syntax: Syntax
) -> str | None:
    """The mode that the doer's own word tells, where the deed tells none, or only that it was by bombs: "Chadian
    drones confirmed hitting a depot", "after their warplanes bombed it".

    Args:
        cues: modes by lemma.
        mode: what the words of the deed tell.
    """
    lemma, aircraft = syntax.lemma, syntax.patterns.lists["bombs_by_air"]
    if mode and lemma[draft.token] != "bomb":
        return mode
    means = (lemma[who.head] for who in draft.actors if lemma[who.head] in aircraft)
    return next((cues[word][0] for word in means if cues.get(word)), mode)
