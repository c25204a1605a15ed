"""What hangs on a verb: its subjects, objects, prepositional phrases and clauses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.coding.patterns.tree import Tree

RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})

_SUPPOSING = frozenset({"if", "unless", "lest"})
#: Where shots go or come from, and how often or when: who "shot" so has fired.
_SHOTS = frozenset({"at", "into", "from", "toward", "towards", "through", "over", "across", "past"})
_RIGHT_BEHIND = [[word] for word in ("from", "into", "at")]
_ANSWERS = frozenset({"back", "first", "repeatedly", "indiscriminately"})


@dataclass
class Arguments:
    """What hangs on a verb (or a predicate adjective), voice already undone.

    ``oblique`` maps a preposition to its nouns ("" where there is none).
    """

    subject: list[int] = field(default_factory=list)
    object: list[int] = field(default_factory=list)
    indirect: list[int] = field(default_factory=list)
    agent: list[int] = field(default_factory=list)
    oblique: dict[str, list[int]] = field(default_factory=dict)
    clauses: list[int] = field(default_factory=list)
    particles: list[int] = field(default_factory=list)
    adverbs: list[int] = field(default_factory=list)
    auxiliaries: list[int] = field(default_factory=list)
    passive: bool = False
    surface: list[int] = field(default_factory=list)


def gather(tree: Tree, verb: int) -> Arguments:
    """What hangs on a verb or predicate adjective itself; its subjects as they stand."""
    found = Arguments()
    unsure = False  # a passive subject without "was" is now and then a misread past tense
    for kid in tree.kids[verb]:
        dep = tree.dep[kid]
        if dep in {"nsubj", "nsubj:outer"}:
            found.surface.append(tree.antecedent(kid))
        elif dep == "nsubj:pass":
            found.surface.append(tree.antecedent(kid))
            unsure = True
        elif dep == "aux:pass":
            found.passive = True
        elif dep == "aux":
            found.auxiliaries.append(kid)
        elif dep == "obj":
            _take_object(tree, kid, found)
        elif dep == "iobj":
            found.indirect.append(kid)
        elif dep == "obl:agent" and "according" not in tree.prepositions(kid):
            found.agent.append(kid)
        elif dep.startswith(("obl", "nmod")):
            _take_oblique(tree, kid, found)
        elif dep == "compound:prt":
            found.particles.append(kid)
        elif dep.startswith("advmod"):
            found.adverbs.append(kid)
        elif dep == "advcl" and _SUPPOSING & tree.marks(kid):
            continue  # "unless Chad pays" is no content of the verb above
        elif (
            dep in {"xcomp", "ccomp", "advcl", "acl", "csubj"}
            or dep.startswith("acl")
            or (dep == "parataxis" and "that" in tree.marks(kid))
        ):
            found.clauses.append(kid)
    _put_right(tree, verb, found, unsure)
    return found


def _put_right(tree: Tree, verb: int, found: Arguments, unsure: bool) -> None:
    """Voice and objects that the parse leaves open.

    Args:
        unsure: whether a subject is told to be a passive one.
    """
    bare = tree.tag[verb] == "VBN" and not found.auxiliaries and not found.surface
    if bare and "by" in found.oblique and not found.object:
        found.passive = True
    if unsure and not (found.object or found.clauses):
        found.passive = True
    lists = tree.patterns.lists
    whom = (
        not found.object and tree.lemma[verb] in lists["told_of_whom"] | lists["brought_to_court"]
    )
    if found.agent and not found.auxiliaries and (tree.tag[verb] == "VBN" or whom):
        found.passive = True  # "Chad given ten jets by Oman", "sued over the wreck by Oman"
    if not found.auxiliaries and found.surface and _is_participle(tree, verb):
        found.passive = True
        found.agent = found.agent or [
            kid for noun in found.object for kid in tree.kids[noun]
            if "by" in tree.prepositions(kid) and tree.dep[kid].startswith("nmod")
        ]  # fmt: skip
    if "by" in found.oblique and found.passive and not found.agent:
        found.agent = list(found.oblique["by"])
    if not found.object and found.indirect:  # "asked Togo to", "warned Japan that"
        found.object = list(found.indirect)
        for person in found.indirect:
            found.clauses += [kid for kid in tree.kids[person] if tree.dep[kid] in {"acl", "advcl"}]
    if not found.object:  # a bare noun hung on as xcomp is most often a misread object
        found.object = [
            kid
            for kid in found.clauses
            if tree.dep[kid] == "xcomp" and tree.tag[kid] in {"NNP", "NNPS", "NNS", "NN"}
        ]
    found.passive = found.passive or _is_undergone(tree, verb, found)


def _is_participle(tree: Tree, verb: int) -> bool:
    """Whether a sentence's verb can be nothing but a passive participle, of which a headline leaves out "was": "Chad
    given an ultimatum"."""
    own = tree.head[verb] == verb and tree.tag[verb] == "VBN"
    return own and tree.word[verb].endswith(("en", "wn")) and tree.lemma[verb] != "fall"


def _is_undergone(tree: Tree, verb: int, found: Arguments) -> bool:
    """Whether a headline leaves out "was": "policeman stabbed in Lome" tells of nobody else whom he stabbed."""
    if tree.tag[verb] not in {"VBN", "VBD"} or found.object or found.auxiliaries:
        return False
    lists, lemma = tree.patterns.lists, tree.lemma[verb]
    if lemma in lists["told_of_whom"] and tree.head[verb] == verb:
        of_it = (
            any(
                {"of", "for", "over", "to", "with"} & tree.marks(kid)
                and tree.dep[kid] != "advcl:relcl"
                for kid in found.clauses
            )
            or {"of", "for", "over", "with"} & found.oblique.keys()
        )
        return bool(of_it and found.surface) and all(one < verb for one in found.surface)
    if lemma not in lists["needs_whom"] and lemma not in lists["shoots"]:
        return False
    if not found.surface or any(one > verb or tree.word[one] in RELATIVES for one in found.surface):
        return False
    if lemma in lists["shoots"] and (
        _SHOTS & found.oblique.keys()
        or tree.word[verb + 1 : verb + 2] in _RIGHT_BEHIND  # "shot from moving lorries"
        or any(tree.word[x] in _ANSWERS for x in found.adverbs)
    ):
        return False
    further = (kid for kid in tree.kids[verb] if tree.dep[kid] == "conj")
    return not any(tree.dep[kid] == "obj" for one in further for kid in tree.kids[one])


def _take_object(tree: Tree, kid: int, found: Arguments) -> None:
    found.object.append(tree.antecedent(kid))
    for below in tree.kids[kid]:  # "accused Russia of plotting" is often hung on "Russia"
        if tree.dep[below] in {"acl", "advcl", "ccomp", "xcomp"}:
            found.clauses.append(below)


def _take_oblique(tree: Tree, kid: int, found: Arguments) -> None:
    for preposition in tree.prepositions(kid):
        found.oblique.setdefault(preposition, []).append(kid)
    for below in tree.kids[kid]:
        if tree.dep[below] in {"acl", "advcl", "ccomp"} and tree.dep[kid].startswith("obl"):
            found.clauses.append(below)
