"""Whom a warning is only about: those who must not be struck, or are not to be dealt with, are not warned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.event_untouched import head_of_phrase

if TYPE_CHECKING:
    from dragoman.coding.event_draft import Draft
    from dragoman.coding.patterns import Syntax
    from dragoman.model import Mention

_WARNS = frozenset({"warn", "caution", "advise"})
#: What stands before those whom a deed befalls.
_BEFALLS = frozenset({"on", "against", "of", "upon", "in", "into"})
_ANYBODY = frozenset({"those", "anyone", "anybody", "everyone", "whoever"})
#: Before a deed of which nobody says that it was done.
_ANY = frozenset({"a", "an", "any", "another", "further", "new", "such"})


def is_warned_of(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """Whether a warning says only what must not befall somebody."""
    if draft.type != "THREATEN":
        return False
    tests = (_is_dealt_with, _is_defended, _is_sheltered, _has_treaty)
    return any(test(mention, draft, syntax) for test in tests)


def is_warned_against(syntax: Syntax, token: int) -> bool:
    """ "Warned against an Omani raid": whether it was made the words do not say."""
    above = syntax.head[token]
    if syntax.lemma[above] not in _WARNS or "against" not in syntax.prepositions(token):
        return False
    return any(syntax.word[kid] in _ANY for kid in syntax.kids[token])


def _is_dealt_with(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Warned against attacking Chad", "against any attempt to disarm the rebels"."""
    if syntax.lemma[draft.token] not in _WARNS:
        return False
    for act in syntax.kids[draft.token]:
        if "against" not in syntax.marks(act):
            continue
        if syntax.tag[act] == "VBG" and mention.head in syntax.subtree(act):
            return True
        below = [x for x in syntax.kids[act] if syntax.dep[x].startswith("acl")]
        if any(mention.head in syntax.subtree(x) for x in below):
            return syntax.is_noun(act)
    return False


def _is_defended(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Warned that any attack on its soldiers would be answered", "against strikes on its ports"."""
    word, lists = head_of_phrase(mention.head, syntax), syntax.patterns.lists
    deed = syntax.head[word]
    if deed in (word, draft.token) or not _BEFALLS & set(syntax.prepositions(word)):
        return False
    if syntax.lemma[deed] not in lists["violence_noun"] | lists["undergone"] | lists["trespass"]:
        return False
    deed = syntax.first_joined(deed)
    cases, verb = set(syntax.prepositions(deed)), syntax.head[deed]
    if "as" in cases or ("against" in cases and syntax.lemma[verb] in _WARNS):
        return True
    return (
        syntax.dep[deed].startswith("nsubj")
        and any(syntax.tag[kid] == "MD" for kid in syntax.kids[verb])
        and syntax.lemma[verb] not in lists["occurrence"] | lists["grows"]
    )


def _is_sheltered(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Warned that anyone who hides rebels would be tried"."""
    word = syntax.first_joined(mention.head)
    verb = syntax.head[word]
    return (
        syntax.dep[word] == "obj"
        and syntax.dep[verb].startswith("acl")
        and syntax.word[syntax.head[verb]] in _ANYBODY
    )


def _has_treaty(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Warned that an attack would set off its treaty with Chad": Chad is its ally."""
    word, lists = syntax.first_joined(mention.head), syntax.patterns.lists
    bond = syntax.head[word]
    if syntax.lemma[bond] not in lists["bond"] or "with" not in syntax.prepositions(word):
        return False
    return syntax.lemma[syntax.head[bond]] in lists["sets_off"]
