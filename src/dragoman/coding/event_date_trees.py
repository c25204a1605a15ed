"""How far a time expression stands in the tree from what it may date, and what parts the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.cues import word_list

if TYPE_CHECKING:
    from dragoman.coding.patterns import Syntax

#: Steps up the tree within which a time expression may stand from what it dates.
_NEAR = 3
PERFECT = frozenset({"has", "have", "'ve", "’ve"})
PRESENT = frozenset({"is", "are", "'re", "’re", "am"})
#: Before a deed that words are about.
_SUBJECT_MATTER = frozenset(
    {"for", "over", "about", "against", "following", "after", "since", "with"}
)
#: Participles of what is said in writing or on the air.
_ISSUED = word_list("issued")


def is_of_word(syntax: Syntax, first: int, token: int) -> bool:
    """Whether a time behind somebody who said something is that of his words, and of no other deed: "flew in
    over a statement by Ruto in May"."""
    said = syntax.patterns.governors["saying_nouns"]
    noun = first - 1
    while noun > 0 and syntax.dep[noun] in {"flat", "compound", "nmod:desc"}:
        noun = syntax.head[noun]
    words = syntax.head[noun]
    return (
        "by" in syntax.prepositions(noun)
        and syntax.lemma[words] in said
        and syntax.is_noun(words)
        and token != syntax.head[words]
        and token not in syntax.subtree(words)
    )


def helpers(syntax: Syntax, verb: int) -> set[str]:
    """The auxiliaries of a verb."""
    return {syntax.word[kid] for kid in syntax.kids[verb] if syntax.dep[kid].startswith("aux")}


def is_of_its_own_time(syntax: Syntax, verb: int) -> bool:
    """Whether a joined verb tells of the present: "left in 2012 and is being tried"."""
    return syntax.dep[verb] == "conj" and bool(helpers(syntax, verb) & (PRESENT | PERFECT))


def chain_above(syntax: Syntax, token: int) -> list[int]:
    """The trigger and the words above it that belong to the same deed."""
    chain = [token]
    for _ in range(3):
        above = syntax.head[token]
        if above == token or syntax.dep[token] in {"ccomp", "parataxis", "advcl"}:
            break
        if is_of_its_own_time(syntax, token):
            break
        if syntax.dep[token] == "conj" and syntax.is_verb(token) > syntax.is_verb(above):
            break  # "ruling since 1999 and accused of theft"
        chain.append(above)
        token = above
    return chain


def distance(syntax: Syntax, first: int, last: int, chain: list[int]) -> int | None:
    """Steps from a time expression up to the trigger's chain, or None: another verb's."""
    token = outer(syntax, first, last)[0]
    near = _NEAR
    for steps in range(_NEAR + 1):
        if token in chain and steps < near:
            return steps + 2 * chain.index(token)
        if _is_issued(syntax, token, chain[0]):
            near = _NEAR + 1
        elif steps and syntax.is_verb(token) and not _reduced(syntax, token, chain[0]):
            return None
        if syntax.head[token] == token or syntax.dep[token] == "appos":
            return None  # "Ann Moll, until last autumn a judge," does nothing in autumn by that
        token = syntax.head[token]
    return None


def outer(syntax: Syntax, first: int, last: int) -> list[int]:
    """The words of a time expression that hang on others outside it; its first word where none do."""
    return [i for i in range(first, last) if not first <= syntax.head[i] < last] or [first]


def is_of_deed(syntax: Syntax, first: int, last: int, trigger: int) -> bool:
    """Whether a time is that of a deed that a trigger's words are about: "condemned the attack of 9 March",
    "Friday's attack"; in "said in a letter of 9 March" it is that of the words."""
    time = outer(syntax, first, last)[0]
    noun, dep = syntax.head[time], syntax.dep[time]
    before = time < noun and dep.startswith(("compound", "nmod"))
    owned = before or (dep.startswith("nmod") and "of" in syntax.prepositions(time))
    if not owned or noun == trigger or not syntax.is_noun(noun) or syntax.is_time(noun):
        return False
    while syntax.dep[noun] in {"nmod", "conj"}:
        noun = syntax.head[noun]
    if noun == trigger or syntax.dep[noun] in {"obj", "nsubj:pass"}:
        return True
    return not _SUBJECT_MATTER.isdisjoint(syntax.prepositions(noun))


def _is_issued(syntax: Syntax, verb: int, trigger: int) -> bool:
    """Whether a participle tells when the words of a deed were issued: "in a letter dated Nov. 5"."""
    noun = syntax.head[verb]
    return (
        syntax.word[verb] in _ISSUED
        and syntax.dep[verb] == "acl"
        and syntax.dep[noun] == "obl"
        and syntax.head[noun] == trigger
    )


def _reduced(syntax: Syntax, verb: int, trigger: int) -> bool:
    """Whether a participle tells of the trigger's deed: "an offensive begun on Saturday"."""
    noun = syntax.head[verb]
    own = noun == trigger or (syntax.head[noun] == trigger and syntax.dep[noun] in {"obj", "obl"})
    return own and syntax.dep[verb] == "acl" and syntax.tag[verb] == "VBN"
