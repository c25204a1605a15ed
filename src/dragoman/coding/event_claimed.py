"""Who says that he did a deed told elsewhere, of which no doer is told, or only "gunmen"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dragoman.coding.event_draft import Draft
    from dragoman.coding.event_roles import Roles
    from dragoman.coding.patterns import Syntax

#: Words back in which an attack stands that somebody claims.
_CLAIMED = 80
#: Verbs by which somebody does "the attack".
_DOES = frozenset({"carry", "conduct", "stage", "mount", "launch", "perpetrate", "commit"})
#: Sectors of armed men whose side nobody tells.
_GUNMEN = ("UAF",)
_POINTS = frozenset({"the", "this", "that"})


def of_claims(drafts: Sequence[Draft], syntax: Syntax, roles: Roles) -> None:
    """ "Rebels claimed the attack", "said they were behind it": who says so did the one told before of
    which nobody is said to have, or somebody without a name."""
    struck = syntax.patterns.settings.get("struck")
    open_ones = [x for x in drafts if x.type == struck and _is_open(x, roles)]
    for verb, words in _claims(syntax, roles) if open_ones else ():
        claimants = [m for m in roles.actors(words) if roles.has_country(m)] or roles.actors(words)
        own_words = {word for noun in _claimed(verb, syntax) for word in syntax.subtree(noun)}
        own_words = {word for word in own_words if _says_which(word, syntax)}
        told = [x for x in open_ones if x.token in own_words and _is_open(x, roles)] or [
            x for x in open_ones if verb - _CLAIMED <= x.token < verb and _is_open(x, roles)
        ]
        doers = {mention.entity for x in told[-1:] for mention in x.actors}
        if not told or not claimants or claimants[0].entity in doers:
            continue
        if doers and not roles.has_country(claimants[0]):
            continue
        for draft in told:  # all words of the sentence that tell the deed
            own = roles.is_own_side(claimants[0], draft.recipients)
            if draft.sentence == told[-1].sentence and not own:
                draft.actors = claimants


def _is_open(draft: Draft, roles: Roles) -> bool:
    """Whether nobody is told to have done it, or only men of whom nothing is known."""
    entities = roles.index.entities
    return all(
        entities[mention.entity].kind == "unnamed"
        and mention.kind != "pronoun"
        and (
            entities[mention.entity].sectors[:1] == _GUNMEN or not roles.index.countries([mention])
        )
        for mention in draft.actors
    )


def _claims(syntax: Syntax, roles: Roles) -> Iterator[tuple[int, list[int]]]:
    """The words by which somebody claims an attack told before, and who does."""
    for word, lemma in enumerate(syntax.lemma):
        if lemma == "claim":
            if syntax.is_verb(word) and _claims_deed(word, syntax):
                yield word, list(syntax.arguments(word).subject)
        elif lemma in _DOES:
            deeds = syntax.arguments(word).object if syntax.is_verb(word) else ()
            if any(_is_told_deed(noun, syntax) for noun in deeds):
                yield from _by_own_words(word, list(syntax.arguments(word).subject), syntax, roles)
        elif syntax.word[word] == "behind" and _is_told_deed(syntax.head[word], syntax):
            noun = syntax.head[word]
            subjects = [kid for kid in syntax.kids[noun] if syntax.dep[kid] == "nsubj"]
            yield from _by_own_words(noun, subjects, syntax, roles)


def _claimed(verb: int, syntax: Syntax) -> list[int]:
    """What a verb of claiming has as its object: "claimed the bombing of a church"."""
    return list(syntax.arguments(verb).object) if syntax.lemma[verb] == "claim" else []


def _says_which(noun: int, syntax: Syntax) -> bool:
    """Whether a noun's own words tell what was done to whom or where: "the attack on a bus", not "the attack"."""
    return any(syntax.dep[kid].startswith(("nmod", "acl", "compound")) for kid in syntax.kids[noun])


def _claims_deed(verb: int, syntax: Syntax) -> bool:
    """Whether what is claimed is an attack, or the responsibility for one."""
    lists = syntax.patterns.lists
    return any(
        syntax.lemma[noun] in lists["deed_again"] or syntax.lemma[noun] == "responsibility"
        for noun in _claimed(verb, syntax)
    )


def _is_told_deed(noun: int, syntax: Syntax) -> bool:
    """Whether a noun is "the attack", told before."""
    kids = {syntax.word[kid] for kid in syntax.kids[noun]}
    return syntax.lemma[noun] in syntax.patterns.lists["deed_again"] and bool(kids & _POINTS)


def _by_own_words(
    clause: int, subjects: list[int], syntax: Syntax, roles: Roles
) -> Iterator[tuple[int, list[int]]]:
    """The clause and its subject, where it is who says so: "the group said it was behind the raid"."""
    said = syntax.head[clause]
    if syntax.dep[clause] != "ccomp":
        return
    speakers = [x for noun in syntax.arguments(said).subject for x in syntax.subtree(noun)]
    named = {mention.entity for x in speakers if (mention := roles.index.headed_by(x))}
    if any(mention.entity in named for mention in roles.actors(subjects)):
        yield clause, subjects
