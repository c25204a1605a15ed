"""Deeds that are only to come and told by the verb above as well, and deeds that were not done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.coding.event_aux import Reality
    from dragoman.coding.event_draft import Draft
    from dragoman.coding.patterns import Syntax
    from dragoman.ontology import Ontology

_NOT = frozenset({"not", "n't", "n’t", "never"})
_DENIES = frozenset({"deny", "refuse", "decline"})
_DID = frozenset({"did", "has", "have", "had", "was", "were"})


def without_foretold(drafts: Sequence[Draft], syntax: Syntax, ontology: Ontology) -> list[Draft]:
    """The drafts, of a deed to come and of the verb that plans it one: "plans to expel the envoys" is a threat,
    "plans to send rice" a promise, "plans to free the captives" a concession."""
    above = {(draft.token, draft.type): draft for draft in drafts}
    left: list[Draft] = []
    for draft in drafts:
        if not _is_infinitive(draft, syntax):
            continue
        for token in (draft.token, syntax.head[draft.token]):
            for type_ in _types_to_come(draft, ontology):
                upper = above.get((token, type_))
                if upper is None or upper is draft or not _same_doer(draft, upper):
                    continue
                if ontology.future(draft.type) != draft.type:
                    left.append(draft)
                elif upper.coder == "model":
                    left.append(upper)
    return [draft for draft in drafts if all(draft is not one for one in left)]


def _is_infinitive(draft: Draft, syntax: Syntax) -> bool:
    """Whether a deed hangs on the verb above as what is to be done."""
    return syntax.dep[draft.token] == "xcomp" and "to" in syntax.marks(draft.token)


def _types_to_come(draft: Draft, ontology: Ontology) -> set[str]:
    """The types that the coding scheme gives a deed while it is to come, without its own."""
    types = {draft.type} if draft.hit is None else {draft.type, draft.hit.pattern.type}
    later = {ontology.future(type_, draft.mode or None) for type_ in types}
    if later == {draft.type}:  # "vowed to mass troops", "plans to free the captives"
        later = {ontology.future(name) for name in ontology.types if ontology.future(name) != name}
    return {name for name in later if name != draft.type}


def _same_doer(draft: Draft, upper: Draft) -> bool:
    one, other = ({mention.entity for mention in x.actors} for x in (draft, upper))
    return not one or not other or bool(one & other)


def is_denied(token: int, syntax: Syntax) -> bool:
    """ "Denied threatening Chad", "refused to condemn Oman", "has yet to condemn it": it is said that this was not
    said."""
    if syntax.word[max(0, token - 2) : token] == ["yet", "to"]:
        return True
    above = syntax.lemma[syntax.head[token]]
    return syntax.dep[token] == "xcomp" and above in _DENIES


def is_not_done(
    token: int, undone: Mapping[int, str], reality: Reality, syntax: Syntax, ontology: Ontology
) -> bool:
    """ "Did not bomb the town", "has not rejected the plan", as the story tells it: nobody refuses anything by
    leaving a harm undone, or words unsaid.

    Args:
        token: a verb, or the word that denies it.
        undone: types of the patterns, by the verbs whose deed was not done.
        reality: the auxiliary modes of the token.
    """
    verb = syntax.head[token] if syntax.word[token] in _NOT else token
    type_ = undone.get(verb)
    if type_ is None or ontology.quad(type_) < 3 or reality.speaker_verb is not None:
        return False
    helpers = {syntax.word[kid] for kid in syntax.kids[verb] if syntax.dep[kid].startswith("aux")}
    yet = syntax.word[max(0, verb - 2) : verb] == ["yet", "to"]
    return yet or bool(helpers & _DID) or "without" in syntax.marks(verb)


def is_unanswered(token: int, syntax: Syntax) -> bool:
    """ "Has yet to reply", "did not answer calls": who has said nothing so far refuses nothing."""
    word = syntax.word
    verb = syntax.head[token] if word[token] in _NOT else token
    if syntax.lemma[verb] in syntax.patterns.lists["replies"]:
        found = syntax.arguments(verb)
        calls = syntax.patterns.lists["calls_to_answer"]
        asked = (*found.object, *found.oblique.get("to", ()))
        negated = any(word[kid] in _NOT for kid in syntax.kids[verb])
        if negated and any(syntax.lemma[noun] in calls for noun in asked):
            return True
    if word[token] == "yet" and word[token + 1 : token + 2] == ["to"]:
        token += 2
    elif word[max(0, token - 2) : token] != ["yet", "to"]:
        return False
    answers = syntax.patterns.lists["answers_yet"]
    return token < len(word) and syntax.lemma[token] in answers
