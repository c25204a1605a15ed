"""Who did a harm that is told without him, where the story leaves but one who can be meant.

Nobody is guessed to have killed, but for four ways in which news leaves him out and every reader knows him:
fighting is the two sides' whose war the story tells; who was beaten in custody was beaten by those who held
him; what officials say was done to their own side was done by the one they are at war with; and what armed
men say was done to those they fight they have done. Of 21 such answers in 697 stories coded by hand 18 were right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dragoman.coding.event_pronouns import NO_HOME
from dragoman.coding.event_roles import GOVERNING, last_before

if TYPE_CHECKING:
    from dragoman.coding.event_detail import Detail
    from dragoman.coding.event_draft import Draft
    from dragoman.model import Mention

    #: The countries that do a deed, those to which it is done, and what tells it.
    Deed = tuple[frozenset[str], frozenset[str], Draft]

#: Share of what a side has with others in harm that its one foe has.
_MOST = 0.6
#: Types of what states that are at odds say to each other.
_QUARREL = ("ACCUSE", "THREATEN")
#: How sure the answers are.
_CHANCE = 0.6
#: First sectors of those who speak for a side at war.
_OFFICIAL = (*GOVERNING, ("COP",), ("SPY",))
#: Sentences between whoever held somebody and the words of what was done to him.
_BACK = 3
_HELD = "arrest"
#: First sectors of those who fight, and of those of them who fight a state.
_REBELLING = (("REB",), ("UAF",), ("PRM",))
_FIGHTING = (("MIL",), *_REBELLING)


def name_unsaid(drafts: Sequence[Draft], detail: Detail) -> None:
    """Gives each harm of nobody, among a story's chosen drafts, whoever must be meant."""
    struck = detail.syntax.patterns.settings.get("struck")
    index = detail.index
    open_ = [
        draft for draft in drafts
        if draft.type == struck and not draft.actors and not draft.modes and draft.recipients
    ]  # fmt: skip
    if not open_:
        return
    told = [
        (index.countries(draft.actors), index.countries(draft.recipients), draft)
        for draft in drafts
        if draft.type in (struck, *_QUARREL) and "actor" not in draft.understood
        and "negation" not in draft.aux
    ]  # fmt: skip
    harms = [deed for deed in told if deed[2].type == struck]
    quarrels = [deed for deed in told if deed[2].type != struck and deed[0] and deed[1]]
    for draft in open_:
        found = (
            _both(draft, drafts, detail)
            or _holders(draft, drafts, detail)
            or _foe(draft, harms, quarrels, detail)
            or _claimed(draft, harms, detail)
        )
        if found:
            draft.actors = found
            draft.understood["actor"] = _CHANCE


def _both(draft: Draft, drafts: Iterable[Draft], detail: Detail) -> list[Mention]:
    """ "Three days of fighting in which 94 people were killed": the two states whose quarrel is told."""
    syntax, index = detail.syntax, detail.index
    if not syntax.is_noun(draft.token):
        return []
    if syntax.lemma[draft.token] not in syntax.patterns.lists["fighting"]:
        return []
    pairs: Counter[frozenset[str]] = Counter()
    for other in drafts:
        sides = index.countries(other.actors), index.countries(other.recipients)
        both = sides[0] | sides[1]
        if len(both) == 2 and not both & NO_HOME and (sides[0].isdisjoint(sides[1])):
            pairs[both] += 1
    (pair, number), *others = pairs.most_common(2) or [(frozenset[str](), 0)]
    if number < 2 or (others and others[0][1] * 2 > number):
        return []
    if not index.countries(draft.recipients) <= pair:
        return []
    found = [_named(country, draft, detail) for country in sorted(pair)]
    if None in found:
        return []
    return sorted((x for x in found if x is not None), key=lambda x: x.start)


def _holders(draft: Draft, drafts: Iterable[Draft], detail: Detail) -> list[Mention]:
    """ "Was beaten in custody": those who held him, told in the sentence or shortly before."""
    syntax, index = detail.syntax, detail.index
    if syntax.lemma[draft.token] not in syntax.patterns.lists["maltreats"]:
        return []
    first, last = draft.sentence
    held = syntax.patterns.lists["custody"]
    if held.isdisjoint(syntax.lemma[first:last]):
        return []
    told = {mention.entity for mention in draft.recipients}
    own = index.countries(draft.recipients)
    best: tuple[tuple[bool, bool, int], list[Mention]] | None = None
    for other in drafts:
        if other.type != "COERCE" or other.mode != _HELD or not index.countries(other.actors):
            continue
        if other.token > draft.token and other.sentence != draft.sentence:
            continue
        same = bool(told & {mention.entity for mention in other.recipients})
        if not (same or own & index.countries(other.recipients)):
            continue
        worth = (same, other.sentence == draft.sentence, other.token)
        if best is None or worth > best[0]:
            best = worth, other.actors
    if best is None:
        return []
    return [mention for mention in best[1] if mention.entity not in told]


def _foe(
    draft: Draft, harms: Iterable[Deed], quarrels: Iterable[Deed], detail: Detail
) -> list[Mention]:
    """ "Accra said its post was shelled": the one state with which Accra's is at war in the story."""
    index = detail.index
    own = index.countries(draft.recipients)
    if len(own) != 1 or own & NO_HOME or not _speaks_for(own, draft, detail):
        return []
    foe = _at_war_with(own, harms, quarrels)
    found = _named(foe, draft, detail) if foe else None
    return [] if found is None else [found]


def _at_war_with(own: frozenset[str], harms: Iterable[Deed], quarrels: Iterable[Deed] = ()) -> str:
    """The state that has most of the harm a side does and suffers in a story, "" where there is as much
    war at home; where no harm is told between states, the only one with which the side quarrels."""
    foes = _against(own, harms)
    (foe, number), *_ = foes.most_common(1) or [("", 0)]
    if not foe:
        accused = _against(own, quarrels)
        return next(iter(accused)) if len(accused) == 1 and own.isdisjoint(accused) else ""
    return foe if own.isdisjoint([foe]) and number >= _MOST * foes.total() else ""


def _against(own: frozenset[str], deeds: Iterable[Deed]) -> Counter[str]:
    """How many deeds stand between a side and each state, itself too."""
    foes: Counter[str] = Counter()
    for acting, struck, _ in deeds:
        if own & acting and own & struck and acting | struck == own:
            foes.update(own)
        elif own <= acting | struck:  # "the two armies exchanged fire"
            foes.update((acting | struck) - own - NO_HOME)
    return foes


def _speaks_for(own: frozenset[str], draft: Draft, detail: Detail) -> bool:
    """Whether officials of a country say it."""
    return any(
        detail.index.countries([mention]) == own and _official(mention, detail)
        for mention in _speakers(draft, detail)
    )


def _official(mention: Mention, detail: Detail) -> bool:
    """Whether somebody speaks for a state: itself, or one of its bodies."""
    entity = detail.index.entity(mention)
    return entity.kind == "state" or entity.sectors[:1] in _OFFICIAL


def _speakers(draft: Draft, detail: Detail) -> list[Mention]:
    """Who says what a draft tells."""
    if draft.speaker is None:
        return []
    words = detail.syntax.arguments(draft.speaker).surface
    found = [detail.index.headed_by(word) for word in words]
    return [mention for mention in found if mention is not None]


def _claimed(draft: Draft, harms: Iterable[Deed], detail: Detail) -> list[Mention]:
    """ "Nine militants were killed, the army said": the army, which tells of what it did to those it fights."""
    index = detail.index
    struck = [index.entity(mention) for mention in draft.recipients]
    if detail.syntax.is_noun(draft.token) or any(
        entity.sectors[:1] not in _FIGHTING for entity in struck
    ):
        return []
    for mention in _speakers(draft, detail):
        side, own = index.entity(mention), index.countries([mention])
        rebels = side.sectors[:1] in _REBELLING
        if len(own) != 1 or not (rebels or _official(mention, detail)):
            continue
        for entity in struck:
            at_home = entity.country in own and (entity.sectors[:1] in _REBELLING) != rebels
            if not at_home and entity.country != _at_war_with(own, harms):
                break
        else:
            return [mention]
    return []


def _named(country: str, draft: Draft, detail: Detail) -> Mention | None:
    """Where the story speaks of a state before a draft, else where it first does."""
    found = [
        mention for mention in detail.index.mentions
        if mention.entity == country and mention.kind != "pronoun"
    ]  # fmt: skip
    return last_before(found, draft.token)
