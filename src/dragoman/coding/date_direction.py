"""Which way a time expression looks from the story's day, by the verb that it hangs on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.coding.cues import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

_NO_RANK = "|".join(sorted(word_list("no superlative")))
#: Words that rank: the first of its kind, the worst; no "request", no "Budapest".
FIRST = (
    r"\b(?:first|second|third|fourth|fifth|most|only|worst"
    rf"|(?!(?:{_NO_RANK})\b)[a-z]{{3,}}est)\b"
)
_FUTURE_AUXILIARIES = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_FUTURE_GOVERNORS = word_list("ahead")
_AIMING = word_list("aiming")
#: What may or should be done is to come, unless it was done or could not be.
_MAY = frozenset({"may", "might", "could", "must", "should"})
_NOT_TO_COME = frozenset({"have", "not", "n't", "n’t", "never"})
#: Who calls, and what he calls others to, or for.
_CALLING = word_list("calling")
_CALLS = {"to": word_list("called_to"), "for": word_list("called_for")}
_ON = frozenset({"on", "in", "this"})
#: Before the day on which something to come begins.
_FROM = frozenset({"from", "starting", "beginning"})
#: How "due" hangs on what is due, and what stands before "to meet" of a meeting to come.
_HELPERS = frozenset({"aux", "mark", "cop", "advmod"})
_IS = frozenset({"is", "are", "was", "were"})
#: How a time hangs on the verb it is about, or a day on its month.
_TIMES = frozenset({"obl", "nummod", "compound", "flat", "advmod", "nmod", "det", "case"})


def looks_forward(token: Token) -> bool:
    """Whether the verb that a time expression hangs on speaks of the future."""
    opens = any(x.lower_ in _FROM and x.dep_ == "case" for x in (token, *token.lefts))
    if _is_set_for(token):
        return True
    aim, time = opens, token  # "threatened a strike from Thursday"
    for _ in range(4):
        if any(child.lower_ in _FUTURE_AUXILIARIES for child in token.lefts):
            return True
        if aim and token.lemma_.lower() in _AIMING:  # "agreed to meet on Friday"
            return all(child.lower_ != "had" for child in token.lefts)
        if token.lemma_.lower() in _CALLING and any(
            child.dep_ == "obl"
            and child.i < time.i
            and any(child.lemma_.lower() in _CALLS.get(word.lower_, ()) for word in child.lefts)
            for child in token.rights
        ):  # "called supporters to a rally on Friday", "called for a march on Friday"
            return all(child.lower_ != "had" for child in token.lefts)
        if token.lower_ in _FUTURE_GOVERNORS:
            return True
        if any(
            child.lower_ in _FUTURE_GOVERNORS and child.dep_ in _HELPERS for child in token.lefts
        ):
            return True  # "are due to meet"
        before = {child.lower_ for child in token.lefts}
        if "to" in before and before & _IS and "have" not in before:
            return True  # "is to meet"
        if "would" in before and "have" not in before:
            return True  # "said it would meet"
        if before & _MAY and not before & _NOT_TO_COME and token.tag_ == "VB":
            return True  # "may vote on Thursday", not "could not leave"
        wanted = (token.tag_ == "VBN" and "be" in before and "could" not in before) or (
            token.tag_ == "VB" and "that" in before
        )
        if wanted and "to" not in before:
            return True  # "demanded that it be dropped by Monday", "that it leave on Monday"
        aim = opens or ("to" in before and token.dep_ == "xcomp")
        if {"to", "be"} <= before and token.dep_ == "acl":  # "talks to be held on Friday"
            noun = token.doc[token.head.left_edge.i : token.i].text
            return not re.search(FIRST, noun, re.IGNORECASE)  # "the first to be freed"
        if token.tag_ in {"VBD", "VBN", "VBZ", "VBP"} or token.head.i == token.i:
            return False
        token = token.head
    return False


def looks_back(token: Token) -> bool:
    """Whether a time expression hangs on a verb of what was done ("on May 16, police arrested …").

    Nothing is known of a time that hangs on a noun ("called an election on May 16"), or that a
    preposition puts ahead ("put the vote off to May 16").
    """
    for _ in range(3):
        if {child.lower_ for child in token.lefts if child.dep_ == "case"} - _ON:
            return False
        label = token.dep_.split(":")[0]
        if label not in _TIMES or token.head.i == token.i:
            return False
        token = token.head
        if token.tag_ in {"VBD", "VBN"}:
            if token.lemma_.lower() in _AIMING:
                return False  # "had proposed a meeting on March 27"
            helpers = {child.tag_ for child in token.lefts if child.dep_.startswith("aux")}
            return "MD" not in helpers and "TO" not in helpers
    return False


def _is_set_for(token: Token) -> bool:
    """ "A strike called for Friday", "summoned them for March 12"; not "regret for Friday's attack"."""
    day = token.head if token.head.is_digit and token.head.i > token.i else token
    return any(
        word.lower_ == "for" and word.dep_ == "case" and word.i == token.i - 1 for word in day.lefts
    )
