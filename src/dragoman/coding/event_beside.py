"""Who stands beside an event that names no party for a role, and cannot be meant: who acts on the same side,
whom only a relative clause tells of, one alone where several do it to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.coding.event_draft import Draft
    from dragoman.coding.patterns import Syntax
    from dragoman.entities.index import EntityIndex
    from dragoman.model import Mention

#: Whom a relative clause tells of, and nothing else does.
_ANYBODY = frozenset({"those", "anyone", "anybody", "everyone", "whoever", "all"})
#: What members of a council do with a motion, each for himself.
_VOTES = frozenset({"vote", "abstain"})
#: Steps up from a word to the clause that it stands in.
_UP = 5
_EACH_OTHER = frozenset({"each", "other", "another"})

#: Codes of bodies to which states bring their quarrels.
_BODIES = frozenset({"UNO", "IGO"})
_HELPS = frozenset({"AGREE", "AID", "SUPPORT"})
_OPPOSES = frozenset({"ACCUSE", "THREATEN", "SANCTION"})


def is_beside(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """Whether somebody acts on the same side, or in a clause of his own beside: "fought alongside Chad",
    "Chad voted against, and Oman abstained", "vowed that those who tortured farmers would be tried"."""
    word = syntax.first_joined(mention.head)
    verb = syntax.head[word]
    if "alongside" in syntax.prepositions(word) and verb == draft.token:
        return True
    if syntax.dep[word] == "obj" and syntax.dep[verb] == "acl:relcl":
        return syntax.word[syntax.head[verb]] in _ANYBODY
    votes = syntax.lemma[draft.token] in _VOTES and syntax.lemma[verb] in _VOTES
    return votes and verb != draft.token and syntax.dep[word] == "nsubj"


def is_roads_end(mention: Mention, syntax: Syntax, index: EntityIndex) -> bool:
    """ "Cleared the main road to Chad": nothing is done to the state where a road leads."""
    word = mention.head
    if (
        index.entity(mention).kind != "state"
        or syntax.dep[word] != "nmod"
        or "to" not in syntax.prepositions(word)
    ):
        return False
    return syntax.lemma[syntax.head[word]] in syntax.patterns.lists["leads_to"]


def is_forum(mention: Mention, draft: Draft, syntax: Syntax, index: EntityIndex) -> bool:
    """ "Warned that it would take the matter to the Security Council": the council is not warned."""
    entity = index.entity(mention)
    if draft.type != "THREATEN" or (
        entity.country not in _BODIES and entity.sectors[-1:] != ("JUD",)
    ):
        return False
    verb = syntax.head[mention.head]
    return "to" in syntax.prepositions(mention.head) and (
        syntax.lemma[verb] in syntax.patterns.lists["refers"]
    )


def is_denied_to(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "The envoy was denied a meeting with the prisoner": he is not who denied it."""
    verb = draft.token
    if draft.type != "REJECT" or not syntax.is_verb(verb):
        return False
    if all(syntax.dep[kid] != "nsubj:pass" for kid in syntax.kids[verb]):
        return False
    denied = (kid for kid in syntax.kids[verb] if syntax.dep[kid] == "obj")
    return any(mention.head in syntax.subtree(noun) for noun in denied)


def is_hours_away(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Chad shut the road hours after a bomb hurt ten officers": nothing but the bomb is done to them; who did
    it may be answered."""
    word, below = mention.head, mention.head
    for _ in range(_UP):
        if syntax.dep[word] == "advcl" and syntax.is_apart(word):
            return syntax.dep[below] != "nsubj" and draft.token not in syntax.subtree(word)
        if syntax.head[word] in (word, draft.token):
            return False
        below, word = word, syntax.head[word]
    return False


def is_alone(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """Whether somebody is one, where several do it to each other ("both sides blamed each other")."""
    objects = {syntax.word[noun] for noun in syntax.arguments(draft.token).object}
    one = syntax.dep[mention.head] != "conj" and len(syntax.conjuncts(mention.head)) == 1
    return one and not objects.isdisjoint(_EACH_OTHER)


def is_struck_beside(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """Whether what befell somebody is told beside what befell others: "four officers were hurt and 20 men
    arrested" does not say that the four arrested anybody."""
    verb = draft.token
    if syntax.dep[verb] != "conj" or not syntax.is_verb(verb):
        return False
    own, before = syntax.arguments(verb), syntax.arguments(syntax.head[verb])
    return own.passive and before.passive and mention.head in before.surface


def is_charged_with(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """Whether somebody is told only in what another is accused of, and accuses nobody by it: "accused of bombing
    a clinic"."""
    if draft.type != "ACCUSE" or not syntax.is_verb(draft.token):
        return False
    below = {
        word for clause in syntax.arguments(draft.token).clauses if "of" in syntax.marks(clause)
        for word in syntax.subtree(clause)
    }  # fmt: skip
    return mention.head in below and draft.token < mention.head


def helped_beside(draft: Draft, drafts: Sequence[Draft]) -> set[str]:
    """Whom the one who accuses or threatens helps in the same sentence: "condemned the raid and promised
    Chad help"."""
    if draft.type not in _OPPOSES:
        return set()
    acting = {mention.entity for mention in draft.actors}
    return {
        mention.entity
        for other in drafts
        if other.sentence == draft.sentence and other.type in _HELPS
        and acting & {one.entity for one in other.actors}
        for mention in other.recipients
    }  # fmt: skip
