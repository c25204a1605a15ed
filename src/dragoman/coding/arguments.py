"""What a verb of speech governs: the words said, by the order of trust of its row in the table."""

from __future__ import annotations

from bisect import bisect_left
from itertools import takewhile
from typing import TYPE_CHECKING

from dragoman.coding.cues import Cue, word_list
from dragoman.coding.tokens import (
    RELATIVES,
    agent_of,
    children,
    is_infinitive_to,
    is_verb,
    label,
    noun_phrase,
    subtree,
    that_of,
    told_before_that,
    which_of,
)
from dragoman.entities.words import words_of

if TYPE_CHECKING:
    from spacy.tokens import Token


def _reach(first: Token, last: Token, stop: set[int]) -> set[int]:
    """Everything from the left edge of one argument to the right edge of another."""
    tokens = subtree(first) | subtree(last)
    return set(range(min(tokens), max(tokens) + 1)) - stop


def _clause(verb: Token) -> set[int]:
    """The clause said: the ccomp, or the clause the verb is thrown into as an aside."""
    own = [child for child in children(verb, "ccomp") if child.i != verb.i]
    if children(verb, "expl"):  # "it is claimed that …"
        own += [child for child in children(verb, "csubj") if child.i > verb.i]
    own += [
        child
        for child in children(verb, "advcl", "acl")
        if child.i > verb.i and opens_with_that(child)
    ]
    own = [child for child in own if child.i > verb.i][:1] or own[-1:]
    if own:
        stop = subtree(verb, [*own, *children(verb, "parataxis")])
        tokens: set[int] = set()
        for item in own:
            tokens |= subtree(item)
        low, high = min(tokens), max(tokens)
        mark = that_of(own[0])
        if mark is not None and mark.i > verb.i:
            stop = {index for index in stop if not mark.i < index < own[0].i}
            if told_before_that(verb):
                low = mark.i  # whom one tells is no part of what is told
        return {index for index in range(low, high + 1) if index not in stop}
    for aside in children(verb, "parataxis"):
        if is_clause(aside) and aside.i < verb.i and not _stop_between(aside, verb):
            return subtree(aside) - {verb.i}
    if label(verb) == "parataxis" and verb.head.i != verb.i and not _stop_between(verb.head, verb):
        host = verb.head
        tokens = subtree(host, [verb])
        return stretch_without(tokens, subtree(verb))
    for aside in children(verb, "parataxis"):
        if is_clause(aside) and not _stop_between(aside, verb):
            return subtree(aside)
    return set()


def _stop_between(one: Token, other: Token) -> bool:
    """Whether a full stop or line break parts two tokens (the parser ran two sentences together)."""
    low, high = sorted((one.i, other.i))
    doc = one.doc
    return any(
        "\n" in doc[index].text
        or (doc[index].text in (".", "?", "!") and doc[index + 1].text[:1].isupper())
        for index in range(low, high)
    )


def _stretch(token: Token) -> tuple[int, int]:
    """First and last (exclusive) token between the full stops or line breaks around a token."""
    ends = words_of(token.doc).ends_of_lines
    number = bisect_left(ends, token.i)
    low = ends[number - 1] + 1 if number else 0
    return low, ends[number] if number < len(ends) else len(token.doc)


def opens_with_that(token: Token) -> bool:
    """Whether a clause opens with "that" as its mark, whatever the parser called it."""
    return that_of(token) is not None


def is_clause(token: Token) -> bool:
    """Whether a token heads a clause: a verb, or a predicate with subject or copula."""
    return is_verb(token) or any(
        label(child) in ("nsubj", "cop", "csubj") for child in token.children
    )


def stretch_without(tokens: set[int], without: set[int]) -> set[int]:
    """Everything from the first to the last of the tokens, some left out."""
    return {index for index in range(min(tokens), max(tokens) + 1) if index not in without}


def arguments_of(verb: Token, cue: Cue, further: list[int]) -> set[int]:
    """The content of a verb by what it takes, in the order of the table's trust."""
    doc = verb.doc
    stop = {verb.i, *further}
    objects = _objects(verb, further)
    after = [
        item
        for item in verb.children
        if item.i > verb.i
        and (label(item) in ("xcomp", "ccomp", "obl", "advcl"))
        and not _is_time(item)
    ]
    for kind in cue.takes:
        if kind in ("that", "base"):
            clauses = [item for item in children(verb, "ccomp") if item.i > verb.i]
            if kind == "base":  # "insisted that Belmar leave"
                clauses = [item for item in clauses if _is_bare(item)]
            if clauses:
                return subtree(clauses[0]) - stop
        elif kind == "clause":
            found = _clause(verb)
            if found:
                return found - stop
        elif kind in ("to", "gerund"):
            goals = [item for item in children(verb, "xcomp") if item.i > verb.i]
            if not goals and kind == "to" and not objects:  # "agreed on Friday to meet"
                goals = [
                    item
                    for item in after
                    if label(item) == "advcl" and any(is_infinitive_to(c) for c in item.children)
                ]
            if goals:
                return _reach(goals[0], goals[0], stop)
        elif kind in ("person-to", "person-of") and objects:
            goal = next((item for item in after if _continues_person(item, kind)), None)
            if goal is None and kind == "person-of":
                goal = _of_beside(objects[0])
            if goal is None and cue.takes == ("person-to",):
                continue
            return _reach(objects[0], goal if goal is not None else objects[0], stop)
        elif kind == "person-of" and _is_bare_charge(verb):
            goal = next((item for item in after if _continues_person(item, kind)), None)
            if goal is not None:
                return _reach(goal, goal, stop)
        elif kind == "object" and objects:
            last = objects[0]
            for item in after:
                if item.i > last.i and not _is_circumstance(item):
                    last = item
                elif item.i > last.i:
                    break
            return _reach(objects[0], last, stop)
        elif kind == "object" and cue.strength != "weak":
            patient = next((c for c in verb.children if c.dep_ == "nsubj:pass"), None)
            if patient is not None and agent_of(verb) is not None:
                return subtree(patient)
        elif kind == "prep" and further:
            governed = [
                item
                for item in takewhile(lambda up: up.i != verb.i, doc[further[-1]].ancestors)
                if item.i > further[-1]
            ] or [item for item in after + objects if item.i > further[-1]]
            if governed:
                tokens = subtree(governed[-1] if governed[-1].i > verb.i else governed[0])
                return {index for index in tokens if index > further[-1]}
    return set()


def _is_bare_charge(verb: Token) -> bool:
    """Whether a participle tells what somebody is charged with beside his name: "Belmar, long accused of lying"."""
    told = any(label(child) in ("aux", "nsubj", "obj") for child in verb.children)
    return verb.tag_ == "VBN" and label(verb) in ("acl", "advcl", "amod", "conj") and not told


def _objects(verb: Token, further: list[int]) -> list[Token]:
    """What a verb is done to: its objects behind it, else what its further words ("of") govern."""
    objects = (
        [item for item in children(verb, "obj") if item.i > verb.i]
        or [item for item in children(verb, "iobj") if item.i > verb.i]
        or [
            item
            for item in children(verb, "xcomp")
            if item.i > verb.i and item.tag_[:2] in ("NN", "PR")
        ]
    )
    if further and not objects:
        objects = [
            item
            for item in children(verb, "obl")
            if any(child.i in further for child in item.children)
        ]
    return objects


_OUGHT = frozenset({"must", "should"})


def _is_bare(clause: Token) -> bool:
    """Whether a clause says what is to be done, by its bare verb or by "must": "that Belmar leave"."""
    helpers = [child for child in clause.children if label(child) in ("aux", "cop")]
    first = helpers[0] if helpers else clause
    if first.lower_ in _OUGHT:
        return True
    return first.tag_ == "VB" and first.lower_ == first.lemma_.lower()


def case_of(token: Token) -> str:
    """The preposition of a noun, lower case, or an empty string."""
    return next((child.lower_ for child in token.children if label(child) == "case"), "")


def _continues_person(token: Token, kind: str) -> bool:
    """Whether the words after the person say what is asked of, or laid to, them."""
    if kind == "person-to":
        return label(token) in ("xcomp", "ccomp", "advcl") and any(
            child.lower_ == "to" for child in token.children
        )
    marks = {c.lower_ for c in token.children if label(c) in ("case", "mark")}
    return (bool(marks & {"of", "for", "in", "over"}) and "for" not in marks) or "of" in marks


def _of_beside(person: Token) -> Token | None:
    """What follows "of" right after the accused, where the parse does not tie the two."""
    doc, place = person.doc, max(subtree(person)) + 1
    if place + 1 >= len(doc) or doc[place].lower_ not in ("of", "for"):
        return None
    for token in doc[place + 1 : place + 8]:
        if token.tag_.startswith(("VBG", "NN")):
            return token if token.i > place else None
    return None


def _is_circumstance(token: Token) -> bool:
    """Whether a phrase says how or when something was said, and is no part of what was said."""
    marks = {c.lower_ for c in token.children if label(c) in ("case", "mark")}
    return bool(marks & _CIRCUMSTANCES) or (
        label(token) == "advcl" and token.tag_ != "VB" and not marks & {"for", "as"}
    )


_CIRCUMSTANCES = word_list("circumstances")


def _is_time(token: Token) -> bool:
    """Whether an oblique says when ("on Thursday", "last week")."""
    return token.dep_ in ("obl:tmod", "obl:unmarked") or token.lower_ in _DAYS


_DAYS = word_list("days")


def around_aside(verb: Token, cue: Cue, source: list[int]) -> set[int]:
    """The sentence around "…, X said on Thursday, …" where the parse does not tie the two.

    Wants a comma or quotation mark right before the speaker (or the verb, when it comes first) and
    the end of the sentence or another comma within a few words after.
    """
    doc = verb.doc
    start, end = _stretch(verb)
    if not source or not {"quote", "clause"} <= set(cue.takes):
        return set()
    first, last = min(*source, verb.i), max(*source, verb.i)
    if last - first > 16 or first - 1 <= start or doc[first - 1].text != ",":
        return set()
    after = last + 1
    while after < end and doc[after].text not in (",", ".", ";") and after - last < 7:
        if is_verb(doc[after]):
            return set()
        after += 1
    if after < end and doc[after].text not in (",", ".", ";"):
        return set()
    before = set(range(start, first - 1))
    if not any(is_verb(doc[index]) for index in before):
        return set()
    rest = set(range(after + 1, end)) if doc[min(after, len(doc) - 1)].text == "," else set()
    return before | rest


_ADVERBS = frozenset({"where", "when", "why"})


def _is_bare_relative(verb: Token) -> bool:
    """ "allegations that Moscow denies": read as a clause with "that", though nothing is denied in it."""
    return (
        verb.dep_ == "acl"
        and opens_with_that(verb)
        and not any(label(c) in ("obj", "ccomp", "xcomp", "iobj", "obl") for c in verb.children)
    )


def antecedent_of(verb: Token, cue: Cue, subject: Token | None) -> set[int]:
    """The noun a relative clause says something of: "allegations that Moscow denies"."""
    noun = verb.head
    which = None if verb.dep_.endswith(":relcl") else which_of(verb)
    if verb.dep_ == "advcl:relcl" or which is not None:  # hung on the verb before: its object
        if any(item.i < verb.i for item in children(noun, "ccomp")):
            joining = next((c for c in verb.children if c.lower_ in RELATIVES), None)
            if joining is not None:
                return {joining.i}  # "It said he had fled, which Chad denied"
        noun = next((item for item in children(noun, "obj") if item.i < verb.i), noun)
    if which is not None and not noun.tag_.startswith("NN"):
        noun = which  # all that was told before it
    if (
        not (verb.dep_.endswith(":relcl") or _is_bare_relative(verb) or which is not None)
        or not {"object", "clause"} & set(cue.takes)
        or subject is None
    ):
        return set()
    if subject.head.i != verb.i or subject.lower_ in RELATIVES or noun.i > verb.i:
        return set()
    if any(child.lower_ in _ADVERBS for child in verb.children):
        return set()  # "states, where they agree with": nothing is agreed that stands before it
    return set(noun_phrase(noun)) - subtree(verb)
