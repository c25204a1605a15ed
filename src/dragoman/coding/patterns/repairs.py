"""Slips that parsers make in coordinated news sentences, put right before patterns are tried."""

from __future__ import annotations

from collections.abc import Iterable


def reattach_gerunds(
    tag: list[str], dep: list[str], head: list[int], kids: list[list[int]]
) -> None:
    """ "accused Kenya of arming rebels and refusing to talk": the second gerund joins the first."""
    for index, label in enumerate(dep):
        above = head[index]
        if label != "conj" or tag[index] != "VBG" or tag[above] == "VBG":
            continue
        for kid in reversed(kids[above]):
            if above < kid < index and tag[kid] == "VBG" and dep[kid] != "aux":
                _move(index, kid, head, kids)
                break


def reattach_past_tenses(
    tag: list[str], dep: list[str], head: list[int], kids: list[list[int]]
) -> None:
    """ "demanded that Chad pay and said it would wait": the past tense joins the past tense."""
    for index, label in enumerate(dep):
        above = head[index]
        upper = head[above]
        if label != "conj" or tag[index] != "VBD":
            continue
        if tag[above] not in {"VB", "VBP"} and not tag[above].startswith(("JJ", "NN")):
            continue  # also "said the state of things was bad and called on Chad to"
        if dep[above] in {"ccomp", "xcomp", "advcl"} and tag[upper] == "VBD":
            _move(index, upper, head, kids)


def reattach_relatives(
    tag: list[str], dep: list[str], head: list[int], kids: list[list[int]]
) -> None:
    """ "offered talks with Chad, which it denied": the clause goes to the verb's last object.

    "Moll, who was held by Chad, is said …": to the subject, where it stands for one itself; to the
    noun before it, where it hangs on a word behind it or stands beside its verb ("freed Moll, whom it …").
    """
    for index, label in enumerate(dep):
        apart = label == "advcl" and any(tag[kid] == "WP" and kid < index for kid in kids[index])
        if apart or (label.endswith(":relcl") and head[index] > index):
            noun = _whose_relative(index, tag, dep, head, kids)
            if noun is not None:
                dep[index] = "acl:relcl"
                _move(index, noun, head, kids)
                continue
        if (
            label in _CLAUSE_SUBJECTS
            and (noun := _before_relative(index, tag, dep, head, kids)) is not None
        ):
            dep[index] = "acl:relcl"
            _move(index, noun, head, kids)
            continue
        if label != "advcl:relcl":
            continue
        dep[index] = "acl:relcl"
        for kid in reversed(kids[head[index]]):
            if kid < index and dep[kid] == "obj" and tag[kid].startswith("NN"):
                _move(index, kid, head, kids)
                break


def reattach_participles(
    tag: list[str], dep: list[str], head: list[int], kids: list[list[int]]
) -> None:
    """ "tested a truce brokered by Oman": the noun right before such a participle is what is tested."""
    for index, label in enumerate(dep):
        noun = index - 1
        if label not in _OF_NOUNS or tag[index] != "VBN" or noun not in kids[index]:
            continue
        if dep[noun] != "compound" or not tag[noun].startswith("NN"):
            continue
        if not any(dep[kid] == "obl:agent" and kid > index for kid in kids[index]):
            continue
        before = [kid for kid in kids[index] if kid < noun]
        dep[noun], dep[index] = label, "acl"
        _move(noun, head[index], head, kids)
        _move(index, noun, head, kids)
        for kid in before:
            _move(kid, noun, head, kids)


def _before_relative(
    clause: int, tag: list[str], dep: list[str], head: list[int], kids: list[list[int]]
) -> int | None:
    """The subject right before a clause that begins with "who" or "which", or None."""
    noun = _before_opener(clause, tag, dep, kids)
    if noun is None:
        return None
    while tag[noun].startswith("NN") and head[noun] != head[clause] and head[noun] != noun:
        noun = head[noun]
    below = tag[noun].startswith("NN") and head[noun] == head[clause]
    return noun if below and dep[noun].startswith("nsubj") else None


def _whose_relative(
    clause: int, tag: list[str], dep: list[str], head: list[int], kids: list[list[int]]
) -> int | None:
    """The noun of the phrase right before such a clause, whatever it is there, or None."""
    noun = _before_opener(clause, tag, dep, kids)
    if noun is None or not tag[noun].startswith("NN"):
        return None
    while tag[head[noun]].startswith("NN") and head[noun] < noun:
        noun = head[noun]
    return noun


def _before_opener(
    clause: int, tag: list[str], dep: list[str], kids: list[list[int]]
) -> int | None:
    """The word before the comma that a clause with "who" or "which" follows, or None."""
    first = min([clause, *(kid for kid in kids[clause] if dep[kid] != "punct")])
    if tag[first] not in {"WP", "WDT"} or first < 2 or dep[first - 1] != "punct":
        return None
    return first - 2


#: How nouns hang on what they belong to.
_OF_NOUNS = frozenset({"obj", "obl", "nsubj", "nsubj:pass", "nmod"})
_CLAUSE_SUBJECTS = frozenset({"csubj", "csubj:pass"})
#: Prepositions that open a clause as well.
_OPENERS = frozenset({"after", "before", "since", "until", "as"})


def rejoin_subjects(
    word: list[str], dep: list[str], head: list[int], kids: list[list[int]]
) -> None:
    """ "after Chad and Mali accused Togo": what stands before "and" is a subject too."""
    for index, label in enumerate(dep):
        if label != "nsubj":
            continue
        joint, verb = min([index, *kids[index]]) - 1, head[index]
        if joint < 1 or dep[joint] != "cc" or head[joint] not in (index, verb):
            continue
        for kid in kids[verb]:
            opener = next((k for k in kids[kid] if dep[k] == "case"), None)
            if opener is None or word[opener] not in _OPENERS or dep[kid] != "obl":
                continue
            if max([kid, *kids[kid]]) == joint - 1:
                dep[opener], dep[kid], dep[index] = "mark", "nsubj", "conj"
                _move(opener, verb, head, kids)
                _move(joint, index, head, kids)
                _move(index, kid, head, kids)
                break


def reattach_subjects(dep: list[str], head: list[int], kids: list[list[int]]) -> None:
    """ "We demand that Chad close it": a second subject, behind "that", goes to the clause it opens."""
    for index, label in enumerate(dep):
        verb = head[index]
        if label != "nsubj" or index < verb:
            continue
        if not any(dep[kid] == "nsubj" and kid < verb for kid in kids[verb]):
            continue
        for clause in kids[verb]:
            opened = any(dep[kid] == "mark" and verb < kid < index for kid in kids[clause])
            if clause > index and dep[clause] in {"ccomp", "xcomp"} and opened:
                _move(index, clause, head, kids)
                break


def reroot_infinitives(
    word: list[str], tag: list[str], dep: list[str], head: list[int], kids: list[list[int]],
    roots: Iterable[int],
) -> None:  # fmt: skip
    """ "Omani president to meet Chadian minister": the noun that opens such a headline is the subject of what is
    to be done.

    Args:
        roots: nouns for those who can act that are the root of their sentence.
    """
    for noun in roots:
        below = [kid for kid in kids[noun] if kid > noun and dep[kid] != "punct"]
        verb = below[0] if below else noun
        if dep[verb] != "acl" or tag[verb] != "VB" or word[noun + 1] != "to":
            continue
        if any(tag[kid].startswith("VB") or dep[kid] == "cop" for kid in kids[noun] if kid != verb):
            continue
        dep[verb], dep[noun] = dep[noun], "nsubj"
        kids[noun].remove(verb)
        head[verb] = verb
        head[noun] = verb
        kids[verb].insert(0, noun)
        for kid in below[1:]:
            _move(kid, verb, head, kids)


def _move(index: int, target: int, head: list[int], kids: list[list[int]]) -> None:
    kids[head[index]].remove(index)
    kids[target].append(index)
    head[index] = target
