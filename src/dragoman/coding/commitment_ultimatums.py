"""Ultimatums and threats whose object is the other party: "gave Belmar until Friday to leave",
"threatened Belmar with sanctions"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.coding import dates
from dragoman.coding.commitment_parts import UNTIL
from dragoman.coding.commitment_standing import private
from dragoman.coding.cues import word_list
from dragoman.coding.parties import parties_under
from dragoman.coding.tokens import (
    agent_of,
    children,
    is_infinitive_to,
    span_of,
    subject_of,
    subtree,
    trimmed,
    verbs,
)
from dragoman.coding.undertakings import Undertaking
from dragoman.entities.index import EntityIndex
from dragoman.model import When
from dragoman.numerals import NUMBER

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_GRANTING, _SPANS = word_list("granting_time"), word_list("spans_of_time")
# "Three days", "48-hour".
_LENGTH = re.compile(
    rf"\b(?P<number>{NUMBER}|an?)[ -](?P<unit>hour|day|week|month)s?\b", re.IGNORECASE
)
_UNSURE = frozenset({"could", "might", "may", "can", "not", "n't", "n’t", "never", "would"})


def find(doc: Doc, index: EntityIndex) -> Iterator[Undertaking]:
    """Demands that give the other party a time, and threats of what stands after "with"."""
    for verb in verbs(doc):
        lemma = verb.lemma_.lower()
        if lemma not in _GRANTING and lemma != "threaten":
            continue
        if any(child.lower_ in _UNSURE for child in verb.children):
            continue
        if lemma in _GRANTING:
            content, kind, status = _time_to(verb), "demand", "demanded"
        else:
            content, kind, status = _measure(verb), "threat", "threatened"
        by = parties_under(doc, _maker(verb), index) if content else ()
        to = next(
            (keys for met in _other_sides(verb) if (keys := parties_under(doc, met, index))), ()
        )
        unnamed = not to and lemma in _GRANTING and _somebody(verb)
        to = tuple(key for key in to if key not in by)
        if not content or not by or not (to or unnamed) or private(by, index):
            continue
        span = span_of(doc, trimmed(doc, content))
        yield Undertaking(kind, status, by, to, span, verb.i)


def _passive(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj:pass", "aux:pass") for child in verb.children)


def _maker(verb: Token) -> Token | None:
    """Who gives the time or threatens: the subject, or the agent after "by"."""
    if _passive(verb):
        return agent_of(verb) or next(
            (a for a in map(agent_of, _acts(verb)) if a is not None), None
        )
    subject = subject_of(verb)
    return subject if subject is not None and subject.dep_ == "nsubj" else None


def _other_sides(verb: Token) -> list[Token]:
    """Who may be given the time or threatened: an object, one after "to", or the subject of a passive."""
    if _passive(verb):
        return [child for child in verb.children if child.dep_ == "nsubj:pass"]
    met = children(verb, "iobj") or [
        c for c in children(verb, "obj") if c.lemma_.lower() not in _SPANS
    ]
    if verb.lemma_.lower() in _GRANTING:  # "gave three days to leave to the envoys"
        after = [*children(verb, "obl"), *(c for a in _acts(verb) for c in children(a, "obl"))]
        met += [item for item in after if any(c.lower_ == "to" for c in children(item, "case"))]
    return met


def _times(verb: Token) -> list[Token]:
    """The stretches of time that are given, also where the parse holds them for a mere time ("gave them a month")."""
    return [
        c
        for c in children(verb, "obj", "obl")
        if c.lemma_.lower() in _SPANS and not children(c, "case")
    ]


def _somebody(verb: Token) -> bool:
    """Whether a time is given to somebody whom the story may not name: "gave them until Friday"."""
    return any(
        item.tag_ in ("PRP", "NNS", "NN", "NNP") and not item.lower_.endswith(("self", "selves"))
        for item in _other_sides(verb)
        if item.lemma_.lower() not in _SPANS
    )


def _acts(verb: Token) -> list[Token]:
    """The acts for which a time may be given."""
    times = _times(verb)
    acts = children(verb, "xcomp", "advcl") + [a for t in times for a in children(t, "acl")]
    return [a for a in acts if a.i > verb.i and any(is_infinitive_to(c) for c in a.children)]


def _time_to(verb: Token) -> set[int]:
    """The act for which a time is given: "to leave" in "gave it until Friday to leave"."""
    times = _times(verb)
    acts = _acts(verb)
    reach = max((act.i for act in acts), default=verb.i)
    until = any(token.lower_ in UNTIL for token in verb.doc[verb.i : reach])
    if not acts or not (times or until):
        return set()
    given = [c for c in children(acts[0], "obl") if not times or c.i > reach]
    to = [c for c in given if any(k.lower_ == "to" for k in children(c, "case"))]
    apart = [*to, *filter(None, [agent_of(acts[0])])] if not children(verb, "iobj") else []
    return subtree(acts[0], apart)


def time_granted(head: Token, day: str | None) -> When | None:
    """By when something is to be done for which a stretch of time is given: "gave it three days to leave",
    "a 48-hour ultimatum".

    Args:
        head: the word that makes the demand.
        day: when it was made.
    """
    if head.tag_.startswith("NN"):
        words = [token for token in head.subtree if token.i < head.i]
    elif head.lemma_.lower() in _GRANTING:
        times = [item for item in children(head, "obj") if item.lemma_.lower() in _SPANS]
        words = [token for item in times for token in head.doc[item.left_edge.i : item.i + 1]]
    else:
        return None
    if not words:
        return None
    first, last = words[0].i, words[-1].i + 1
    found = _LENGTH.search(head.doc[first:last].text)
    if found is None:
        return None
    told = dates.resolve(f"within {found['number']} {found['unit']}s", day)
    return told.replace(text=found[0]) if told is not None else When("", "", found[0])


def _measure(verb: Token) -> set[int]:
    """What is threatened: "sanctions" in "threatened Belmar with sanctions", not what stands behind another
    verb joined to it ("threatened Belmar and seized Ostin with the aid of settlers")."""
    for item in children(verb, "obl"):
        marks = {child.i for child in item.children if child.lower_ == "with"}
        joined = any(x.dep_ == "conj" and x.head.i == verb.i for x in verb.doc[verb.i : item.i])
        if marks and item.i > verb.i and not joined:
            return subtree(item) - marks
    return set()
