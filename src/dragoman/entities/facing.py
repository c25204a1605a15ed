"""Two people of whom one does something to the other: "Kuleba telephoned Popescu, and the two agreed"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.grammar import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc, Token

    from dragoman.entities.mentions import Draft

#: Heads of collectives that no noun of theirs tells what they are.
BARE = {"two": 2, "both": 2, "pair": 2, "duo": 2, "three": 3}
_BACK = 1  # sentences back
_OPEN = frozenset({"xcomp", "advcl", "conj"})


def facing(
    doc: Doc, by_head: Mapping[int, Draft], sentence: Sequence[int], draft: Draft
) -> list[str]:
    """Ids of the people a bare "the two" or "the three" means, who faced each other shortly before.

    The nearest verb before it of which one person is the subject and others the object ("met the
    minister", "spoke with the minister") tells who they are, in its own sentence or in the one
    before; as many as the number says. None where no such verb stands there.
    """
    wanted = BARE.get(doc[draft.head].lower_, 0)
    here = sentence[draft.head]
    if not wanted:
        return []
    for head in sorted((x for x in by_head if x < draft.first), reverse=True):
        if here - sentence[head] > _BACK:
            break
        first, verb = by_head[head], doc[head].head
        if doc[head].dep_ not in SUBJECTS or not _is_one(first) or verb.i > draft.first:
            continue
        for toward in _toward(verb):
            other = by_head.get(toward.i)
            if other is None or not head < toward.i < draft.first:
                continue
            found = [first.entity, *(other.members or [other.entity])]
            beside = [
                by_head[kid.i] for kid in toward.rights if kid.dep_ == "conj" and kid.i in by_head
            ]
            if wanted == len(beside) + 1 == 2 and all(map(_is_one, (other, *beside))):
                return [other.entity, beside[0].entity]  # "sacked General Moll and General Holm"
            if _are_people(other) and len(set(found)) == len(found) == wanted:
                return found
        if sentence[head] < here:
            break  # the sentence before speaks of its first subject
    return []


def _toward(verb: Token) -> list[Token]:
    """The objects of a verb and of what is done with it: "flew there to meet the minister"."""
    found = []
    for kid in verb.rights:
        case = next((x.lower_ for x in kid.lefts if x.dep_ == "case"), "")
        if kid.dep_ == "obj" or (kid.dep_ == "obl" and case == "with"):
            found.append(kid)
        elif kid.dep_ in _OPEN and not any(x.dep_ in SUBJECTS for x in kid.children):
            found += _toward(kid)
    return found


def _is_one(draft: Draft) -> bool:
    """Whether a draft is one person, known by now."""
    return draft.form == "person" and draft.number == "singular" and bool(draft.entity)


def _are_people(draft: Draft) -> bool:
    """Whether a draft is a person, or several whose members are known."""
    return bool(draft.entity) and (_is_one(draft) or bool(draft.members))
