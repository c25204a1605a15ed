"""Who takes part only in the clause beside a deed, and not in the deed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.patterns.tree import RELATIVES
from dragoman.entities.tables import towns

if TYPE_CHECKING:
    from dragoman.coding.event_draft import Draft
    from dragoman.coding.event_roles import Roles
    from dragoman.coding.patterns import Syntax
    from dragoman.model import Mention

#: Relations of a verb to the verb above it, with which it shares the noun that both describe.
_BELOW = frozenset({"xcomp", "ccomp", "conj"})
#: How many verbs may stand between a deed and the noun that its clause describes.
_DEPTH = 4


def is_name_of_accord(mention: Mention, syntax: Syntax) -> bool:
    """ "Quit the Paris climate accord": the town after which it is called takes no part in it."""
    word = mention.head
    noun = syntax.head[word]
    if syntax.dep[word] not in {"compound", "nmod:desc", "amod"} or noun < word:
        return False
    if syntax.lemma[noun] not in syntax.patterns.lists["called_after"]:
        return False
    return towns().get(syntax.doc[mention.first : mention.last].text) is not None


def of_clauses(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """Corrects the parties of a draft in place."""
    draft.actors = [one for one in draft.actors if not is_name_of_accord(one, syntax)]
    draft.recipients = [one for one in draft.recipients if not is_name_of_accord(one, syntax)]
    if not syntax.is_verb(draft.token):
        return
    _of_other_agent(draft, syntax, roles)
    _of_gap(draft, syntax, roles)
    _of_first_joined(draft, syntax)
    _of_other_subject(draft, syntax)
    _of_aside(draft, syntax)
    _of_purpose(draft, syntax)


def _of_other_agent(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "The man, who was stripped of his passport, was held by rebels": the rebels only hold him."""
    if not syntax.arguments(draft.token).passive:
        return
    others = [mention for mention in draft.actors if _acts_beside(mention, draft.token, syntax)]
    if others:
        left = [mention for mention in draft.actors if mention not in others]
        told = roles.actors(draft.hit.actors) if draft.hit is not None else []
        known = {mention.entity for mention in (*others, *draft.recipients)}
        draft.actors = left or [mention for mention in told if mention.entity not in known]
        draft.settled.add("actor")


def _acts_beside(mention: Mention, token: int, syntax: Syntax) -> bool:
    """Whether somebody behind "by" belongs to a verb of which a deed's clause only describes the subject,
    or the other way round."""
    word = syntax.first_joined(mention.head)
    verb = syntax.head[word]
    if syntax.dep[word] != "obl:agent" or syntax.first_joined(verb) == syntax.first_joined(token):
        return False
    return _describes_subject(token, verb, syntax) or _describes_subject(verb, token, syntax)


def _describes_subject(clause: int, verb: int, syntax: Syntax) -> bool:
    """Whether a verb's clause hangs on the subject of another verb."""
    clause = syntax.first_joined(clause)
    noun = syntax.head[clause]
    return (
        syntax.dep[clause].startswith("acl")
        and syntax.dep[noun] in {"nsubj", "nsubj:pass"}
        and syntax.head[noun] == verb
    )


def _of_gap(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "Gave arms to the rebels Chad is fighting": Chad fights them, whoever arms them."""
    verb = draft.token
    kids = syntax.kids[verb]
    subjects = [
        kid for kid in kids
        if syntax.dep[kid] == "nsubj" and syntax.word[kid] not in RELATIVES and kid < verb
    ]  # fmt: skip
    relative = syntax.dep[verb] == "acl:relcl" and not syntax.arguments(verb).passive
    if not relative or not subjects or not _is_open(verb, syntax):
        return
    own = [mention for mention in roles.actors(subjects) if roles.has_country(mention)]
    acting = {mention.entity for mention in draft.actors}
    struck = {mention.entity for mention in draft.recipients}
    if (
        own
        and acting.isdisjoint(x.entity for x in own)
        and struck.isdisjoint(x.entity for x in own)
    ):
        draft.actors = own
        draft.settled.add("actor")
    described = roles.index.headed_by(syntax.head[verb])
    if described is None:
        return
    if not struck and roles.index.entity(described).kind != "place":
        acting = {mention.entity for mention in draft.actors}
        draft.recipients = [described] if described.entity not in acting else []
    if described.entity in struck:
        inside = {*syntax.subtree(verb), *syntax.conjuncts(syntax.head[verb])}
        draft.recipients = [
            mention for mention in draft.recipients
            if mention.entity == described.entity or mention.head in inside
        ]  # fmt: skip


def _is_open(verb: int, syntax: Syntax) -> bool:
    """Whether the object of a relative clause is the noun that it describes: no other stands in it, no
    preposition before its "which", and no "whose" before its subject."""
    owners = (inner for kid in syntax.kids[verb] for inner in syntax.kids[kid])
    return all(syntax.word[inner] != "whose" for inner in owners) and not any(
        (syntax.dep[kid] in {"obj", "ccomp", "xcomp"} and syntax.word[kid] not in RELATIVES)
        or (syntax.word[kid] in RELATIVES and any(syntax.prepositions(kid)))
        or (syntax.word[kid] in {"where", "when", "why", "whose"})
        for kid in syntax.kids[verb]
    )  # fmt: skip


def _of_first_joined(draft: Draft, syntax: Syntax) -> None:
    """ "Musa, killed in a raid, and Adam, jailed in May": what stands before "and" is of Musa alone."""
    verb = draft.token
    for _ in range(_DEPTH):
        if syntax.dep[verb] not in _BELOW:
            break
        verb = syntax.head[verb]
    noun = syntax.head[verb]
    if not syntax.dep[verb].startswith("acl") or not syntax.is_noun(noun):
        return
    further = {
        word for kid in syntax.kids[noun] if syntax.dep[kid] == "conj" and kid > draft.token
        for word in syntax.subtree(kid)
    }  # fmt: skip
    if further:
        draft.recipients = [x for x in draft.recipients if x.head not in further]
        draft.actors = [x for x in draft.actors if x.head not in further]


def _of_other_subject(draft: Draft, syntax: Syntax) -> None:
    """ "Four men were held and a gun was seized": the gun was, and not from all who are told."""
    verb = draft.token
    found = syntax.arguments(verb)
    own = [kid for kid in syntax.kids[verb] if syntax.dep[kid] == "nsubj:pass"]
    if not found.passive or not own:
        return
    joined = {syntax.first_joined(verb), *syntax.conjuncts(syntax.first_joined(verb))} - {verb}
    others = {
        word for other in joined for kid in syntax.kids[other] if syntax.dep[kid] == "nsubj:pass"
        for word in syntax.conjuncts(kid)
    }  # fmt: skip
    draft.recipients = [one for one in draft.recipients if one.head not in others]


def _of_aside(draft: Draft, syntax: Syntax) -> None:
    """ "Proposed that NATO take over, a plan Serbia rejected": Serbia is asked for nothing."""
    aside = [one for one in draft.recipients if _acts_aside(one, draft.token, syntax)]
    if aside and len(aside) < len(draft.recipients):
        draft.recipients = [one for one in draft.recipients if one not in aside]


def _acts_aside(mention: Mention, token: int, syntax: Syntax) -> bool:
    """Whether somebody is the subject of a clause that describes a noun below a deed's verb."""
    word = syntax.first_joined(mention.head)
    verb = syntax.head[word]
    if syntax.dep[word] != "nsubj" or verb not in syntax.subtree(token):
        return False
    if syntax.dep[verb] == "acl:relcl":
        return syntax.dep[syntax.head[verb]] in {"appos", "obj", "parataxis"}
    before = mention.first - 1  # "a plan Serbia rejected", hung on the verb before
    return syntax.dep[verb] == "parataxis" and syntax.is_noun(before) and before > token


def _of_purpose(draft: Draft, syntax: Syntax) -> None:
    """ "Announced a truce to help victims of a quake": nothing is given up to those whom it is to serve."""
    if draft.type != "RETREAT":
        return
    goals = {
        verb for verb in syntax.subtree(draft.token)
        if verb != draft.token and syntax.dep[verb] in {"acl", "advcl"} and "to" in syntax.marks(verb)
    }  # fmt: skip
    draft.recipients = [
        one for one in draft.recipients
        if syntax.dep[one.head] != "obj" or syntax.head[one.head] not in goals
    ]  # fmt: skip
