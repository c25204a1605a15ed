"""Who did a harm that is told without him, where the story leaves but one who can be meant.

Nobody is guessed to have killed, but for three ways in which news leaves him out and every reader knows him:
fighting is the two sides' whose war the story tells; who was beaten in custody was beaten by those who held
him; and what officials say was done to their own side was done by the one they are at war with. Of 12 such
answers in 697 stories coded by hand 10 were right.
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

#: Share of what a side has with others in harm that its one foe has.
_MOST = 0.6
#: How sure the answers are.
_CHANCE = 0.6
#: First sectors of those who speak for a side at war.
_OFFICIAL = (*GOVERNING, ("COP",), ("SPY",))
#: Sentences between whoever held somebody and the words of what was done to him.
_BACK = 3
_HELD = "arrest"


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
    harms = [
        (index.countries(draft.actors), index.countries(draft.recipients), draft)
        for draft in drafts
        if draft.type == struck and "actor" not in draft.understood and "negation" not in draft.aux
    ]
    for draft in open_:
        found = (
            _both(draft, drafts, detail)
            or _holders(draft, drafts, detail)
            or _foe(draft, harms, detail)
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
    draft: Draft, harms: Iterable[tuple[frozenset[str], frozenset[str], Draft]], detail: Detail
) -> list[Mention]:
    """ "Accra said its post was shelled": the one state with which Accra's is at war in the story."""
    index = detail.index
    own = index.countries(draft.recipients)
    if len(own) != 1 or own & NO_HOME or not _speaks_for(own, draft, detail):
        return []
    foes: Counter[str] = Counter()
    for acting, struck, _ in harms:
        if own & acting and own & struck:
            return []  # there is war at home as well
        if own <= acting:
            foes.update(struck - NO_HOME)
        elif own <= struck:
            foes.update(acting - NO_HOME)
    (foe, number), *_ = foes.most_common(1) or [("", 0)]
    if not foe or number < _MOST * foes.total():
        return []
    found = _named(foe, draft, detail)
    return [] if found is None else [found]


def _speaks_for(own: frozenset[str], draft: Draft, detail: Detail) -> bool:
    """Whether officials of a country say it."""
    if draft.speaker is None:
        return False
    index = detail.index
    for word in detail.syntax.arguments(draft.speaker).surface:
        mention = index.headed_by(word)
        if mention is None or index.countries([mention]) != own:
            continue
        entity = index.entity(mention)
        if entity.kind == "state" or entity.sectors[:1] in _OFFICIAL:
            return True
    return False


def _named(country: str, draft: Draft, detail: Detail) -> Mention | None:
    """Where the story speaks of a state before a draft, else where it first does."""
    found = [
        mention for mention in detail.index.mentions
        if mention.entity == country and mention.kind != "pronoun"
    ]  # fmt: skip
    return last_before(found, draft.token)
