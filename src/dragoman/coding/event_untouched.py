"""Who stands beside a deed in the sentence and is not struck, asked or told anything by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.coding.event_draft import Draft
    from dragoman.coding.patterns import Syntax
    from dragoman.model import Mention

_MEANWHILE = frozenset({"as", "while"})
_WARNS = frozenset({"warn", "caution", "advise"})
#: What ends the words that a source at the end of its sentence follows.
_ENDS = frozenset({".", '."', "”", '"', ";", ":", ",", "?", "!"})


def is_untouched(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """Whether nothing is done to somebody who is named as a recipient."""
    tests = (_is_source, _is_of_next_verb, _acts_meanwhile)
    return any(test(mention, draft, syntax) for test in tests)


def _is_source(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Burnt tents, officials and survivors said.": they say so, whatever they were hung on."""
    word, last = mention.last, len(syntax.word)
    if word + 1 >= last or draft.token > word or syntax.tag[word] not in {"VBD", "VBP", "VBZ"}:
        return False
    if syntax.lemma[word] not in syntax.patterns.governors["reporting"]:
        return False
    return syntax.word[word + 1] in _ENDS and not syntax.arguments(word).object


def _is_of_next_verb(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Fired tear gas and arrested ten men", "condemned the raid and promised Chad help": whom the second
    verb has, where the first has its own."""
    verb = draft.token
    if not syntax.is_verb(verb):
        return False
    word = mention.head
    while syntax.dep[word] == "conj" and syntax.is_noun(syntax.head[word]):
        word = syntax.head[word]
    other = syntax.head[word]
    own = [kid for kid in syntax.kids[verb] if syntax.dep[kid] == "obj"]
    return (
        syntax.dep[word] in {"obj", "iobj"}
        and other > verb
        and syntax.dep[other] == "conj"
        and syntax.head[other] == verb
        and any(kid < other and mention.head not in syntax.subtree(kid) for kid in own)
    )


def _acts_meanwhile(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Demanded that Oman withdraw, as thousands of people marched": what they did is told beside it."""
    word = mention.head
    while syntax.dep[word] in {"conj", "nmod"} and syntax.head[word] != word:
        word = syntax.head[word]
    verb = syntax.head[word]
    return (
        syntax.dep[word] == "nsubj"
        and syntax.dep[verb] == "advcl"
        and syntax.head[verb] == draft.token
        and bool(syntax.marks(verb) & _MEANWHILE)
        and draft.type in syntax.patterns.types("unsaid")
    )


def is_let_go(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Demanded that 300 prisoners be freed": they are not asked to do it."""
    if draft.type != "REQUEST":
        return False
    word = syntax.first_joined(mention.head)
    verb = syntax.head[word]
    return (
        syntax.dep[word] == "nsubj:pass"
        and syntax.head[verb] == draft.token
        and syntax.lemma[verb] in syntax.patterns.lists["lets_go"]
    )


def is_of_apposition(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "The council, a body of exiled lawmakers, demanded": they are named for what it is."""
    return syntax.tag[mention.head] == "NNS" and any(
        syntax.dep[kid] == "appos" and mention.head in syntax.subtree(kid)
        for actor in draft.actors for kid in syntax.kids[actor.head]
    )  # fmt: skip


def is_warned_of(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Warned against attacking Chad": it is not Chad that is warned."""
    if syntax.lemma[draft.token] not in _WARNS:
        return False
    acts = [
        kid for kid in syntax.kids[draft.token]
        if syntax.tag[kid] == "VBG" and "against" in syntax.marks(kid)
    ]  # fmt: skip
    return any(mention.head in syntax.subtree(act) for act in acts)
