"""Who words go to that pass through somebody's hands: an embassy's, a go-between's.

"Lodged a protest against Chad through its embassy in Accra" goes to Chad, not to Ghana; "offered to
mediate" goes to both sides, or nobody knows to whom.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.coding.event_draft import Draft
    from dragoman.coding.event_roles import Roles
    from dragoman.coding.event_spoken import Spoken
    from dragoman.coding.patterns import Syntax
    from dragoman.model import Mention

#: What stands before that through which a state speaks.
_THROUGH = frozenset({"through", "via", "at", "from", "by"})
#: What stands before nothing else than a means.
_MEANS = frozenset({"through", "via"})
#: What stands before whom a protest goes to.
_AGAINST, _WITH = "against", "with"
_MEDIATION = frozenset({"mediation", "mediator", "broker", "go-between"})
#: Steps up from a word to the mission it stands in.
_STEPS = 3


def of_mission(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "Protested through its embassy in Accra": who else is told to be protested against, if anybody is,
    and never the one who speaks there."""
    if draft.type not in syntax.patterns.types("not_of_topic"):
        return
    lodged = [mention for mention in draft.recipients if _in_mission(mention.head, syntax)]
    if draft.recipients and not lodged:
        return
    nouns = [draft.token, *syntax.arguments(draft.token).object]
    if not any(_speaks_through(noun, syntax) for noun in nouns):
        return
    told = [
        mention
        for word in (_WITH, _AGAINST)
        for noun in nouns
        for mention in roles.recipients(_parties_of(syntax.behind(noun, word), syntax))
        if not _in_mission(mention.head, syntax)
    ]
    acting = {mention.entity for mention in draft.actors}
    told = [mention for mention in told if mention.entity not in acting]
    if told:
        draft.recipients = told[:1]
    elif lodged:
        draft.recipients = [m for m in draft.recipients if m not in lodged]


def _parties_of(nouns: list[int], syntax: Syntax) -> list[int]:
    """Nouns and those who own them: "against Chad's launch"."""
    owners = [k for noun in nouns for k in syntax.kids[noun] if syntax.dep[k] in _BEFORE]
    return [*owners, *nouns]


_BEFORE = frozenset({"nmod:poss", "amod", "compound"})


def _speaks_through(noun: int, syntax: Syntax) -> bool:
    """Whether "through its embassy" stands behind a word."""
    return any(syntax.is_mission(place) for word in _THROUGH for place in syntax.behind(noun, word))


def _in_mission(word: int, syntax: Syntax) -> bool:
    """Whether a word is, or says of whom or where, an embassy through which somebody speaks."""
    for _ in range(_STEPS):
        if syntax.is_mission(word) and _THROUGH & set(syntax.prepositions(word)):
            return True
        word = syntax.head[word]
    return False


def is_channel(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Lodged a protest through the embassies in Accra": nobody there is protested against."""
    word = mention.head
    for _ in range(_STEPS):
        if syntax.is_mission(word) and _MEANS & set(syntax.prepositions(word)):
            return draft.token < word
        word = syntax.head[word]
    return False


def is_go_between(draft: Draft, syntax: Syntax) -> bool:
    """Whether a draft is somebody's offer to mediate, or to host the talks of others."""
    if draft.type != "AGREE" or draft.reciprocal:
        return False
    mediates = syntax.patterns.lists["mediates"]
    return any(
        (syntax.dep[kid] in {"xcomp", "ccomp", "acl"} and syntax.lemma[kid] in mediates)
        or (syntax.dep[kid] in {"obj", "obl"} and syntax.lemma[kid] in _MEDIATION)
        for kid in syntax.kids[draft.token]
    )


def lacks_a_side(draft: Draft, syntax: Syntax) -> bool:
    """Whether a go-between's offer goes to one side only, and not because its own sentence says so."""
    first, last = draft.sentence
    return (
        len(draft.recipients) == 1
        and is_go_between(draft, syntax)
        and not first <= draft.recipients[0].head < last
    )


def both_sides(draft: Draft, story: Spoken) -> list[Mention]:
    """The one recipient of a go-between's offer, and the side over against it: who is joined to it by
    "and", else who near it deals with it most."""
    (one,) = draft.recipients
    acting = {mention.entity for mention in draft.actors}
    joined = [x for x in story.places.joined(one) if x.entity not in acting]
    if len(joined) > 1:
        return joined
    own, acts = story.index.countries([one]), story.index.countries(draft.actors)
    best, most = None, 0
    for other in story.candidates(draft, "recipient"):
        if other.countries & (own | acts) or other.mention.entity in acting:
            continue
        pairs = (frozenset((mine, theirs)) for mine in own for theirs in other.countries)
        dealings = max((story.dealings[pair] for pair in pairs), default=0)
        if dealings > most:
            best, most = other.mention, dealings
    return [one] if best is None else sorted((one, best), key=lambda x: x.start)
