"""Who is only spoken of in what somebody asks, offers, refuses or threatens, and is not who it goes to.

"Demanded the return of the envoy", "asked that the sanctions on Chad be lifted", "agreed to send an
inspector", "threatened to leave if the raid drove Malians out".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.coding.event_draft import Draft
    from dragoman.coding.event_roles import Roles
    from dragoman.coding.patterns import Syntax
    from dragoman.model import Mention

_SUPPOSING = frozenset({"if", "unless"})
_ANSWERS = frozenset({"AGREE", "REJECT", "THREATEN"})
_JUDGES = frozenset({"ACCUSE", "SUPPORT", "REJECT"})
_PERSONS = frozenset({"him", "her", "them"})
#: Who is sent so is of those to whom it is done.
_AWAY = frozenset({"home", "back", "away", "packing"})
#: How words stand above each other in one noun phrase.
_IN_PHRASE = ("nmod", "amod", "compound", "conj", "appos", "nummod", "flat")
_STEPS = 6


def is_only_spoken_of(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """Whether somebody is in the words of a request, an offer or a threat only by what is to be done."""
    tests = (_is_freed, _is_in_passive, _is_sent, _is_driven, _calls_it)
    return any(test(mention, draft, syntax) for test in tests)


def of_talks(draft: Draft, syntax: Syntax, roles: Roles) -> None:
    """ "Will fly to Goma for talks with the bloc": with it, and not with Goma alone."""
    if draft.type != "AGREE" or draft.reciprocal or not syntax.is_verb(draft.token):
        return
    held = {mention.entity for mention in (*draft.actors, *draft.recipients)}
    talks = [
        noun for noun in syntax.arguments(draft.token).oblique.get("for", ())
        if syntax.lemma[noun] in syntax.patterns.lists["talk"]
    ]  # fmt: skip
    others = [other for noun in talks for other in syntax.behind(noun, "with")]
    draft.recipients += [
        one for one in roles.recipients(others)
        if one.entity not in held and roles.has_country(one)
    ]  # fmt: skip


def _top(word: int, syntax: Syntax) -> int:
    """The first word of a noun phrase above a word in it."""
    for _ in range(_STEPS):
        if not syntax.dep[word].startswith(_IN_PHRASE) or syntax.head[word] == word:
            break
        word = syntax.head[word]
    return word


def _is_freed(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Demanded his return", "called for the release of the men", "pleaded for them"."""
    if draft.type != "REQUEST":
        return False
    word = mention.head
    if syntax.word[word] in _PERSONS and syntax.dep[word] == "obl":
        return syntax.head[word] == draft.token and "for" in syntax.prepositions(word)
    for _ in range(_STEPS):
        above = syntax.head[word]
        if above == word or not syntax.dep[word].startswith(_IN_PHRASE):
            return False
        owned = syntax.dep[word] == "nmod:poss" or "of" in syntax.prepositions(word)
        if owned and syntax.lemma[above] in syntax.patterns.lists["asked_back"]:
            return draft.token < above
        word = above
    return False


def _is_in_passive(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Asked that the sanctions on Chad be lifted": nobody there is told to lift them."""
    if draft.type != "REQUEST":
        return False
    word = _top(mention.head, syntax)
    clause = syntax.head[word]
    if syntax.dep[word] != "nsubj:pass" or syntax.head[clause] != draft.token:
        return False
    found = syntax.arguments(clause)
    return "that" in syntax.marks(clause) and found.passive and not found.agent


def _is_sent(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Offered to send observers", "refused to send a delegation": they are not whom it is offered to."""
    if draft.type not in _ANSWERS or mention.kind == "name":
        return False
    lists, word = syntax.patterns.lists, mention.head
    if syntax.lemma[word] not in lists["sent_out"] and syntax.lemma[word] not in lists["troops"]:
        return False
    word = syntax.first_joined(word)
    verb = syntax.head[word]
    return (
        syntax.dep[word] == "obj"
        and syntax.lemma[verb] in lists["sends_out"]
        and draft.token in (verb, syntax.head[verb])
        and not any(
            syntax.dep[kid] in {"compound:prt", "iobj"} or syntax.word[kid] in _AWAY
            for kid in syntax.kids[verb]
        )
    )


def _is_driven(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Threatened to leave if the raid drove Malians out": to whom another does it is not threatened."""
    if draft.type != "THREATEN":
        return False
    word = syntax.first_joined(mention.head)
    verb = syntax.head[word]
    if syntax.dep[word] != "obj" or syntax.dep[verb] != "advcl":
        return False
    acting = {one.head for one in draft.actors}
    doing = [kid for kid in syntax.kids[verb] if syntax.dep[kid] == "nsubj"]
    nouns = [kid for kid in doing if syntax.tag[kid].startswith("NN") and kid not in acting]
    return bool(nouns and _SUPPOSING & syntax.marks(verb))


def _calls_it(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Denounced the raid, which Chad called an act of war": Chad has not done it, but says what it is."""
    if draft.type not in _JUDGES:
        return False
    word = _top(mention.head, syntax)
    verb = syntax.head[word]
    above = syntax.head[verb]
    return (
        syntax.dep[word] == "nsubj"
        and syntax.dep[verb].startswith("acl:relcl")
        and syntax.lemma[verb] in syntax.patterns.lists["calls_it"]
        and verb != draft.token
        and syntax.head[above] == draft.token
    )
