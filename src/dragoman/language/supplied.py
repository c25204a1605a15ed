"""Paragraphs that open with a verb, its subject standing over them: "The Security Council, … 1. Demands that …".

No news is written so, and the network takes such a "Demands" for a noun. It is therefore shown
"it demands", and what it says of the "it" is taken away again.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from dragoman.language.features import case_class
from dragoman.language.network import Scores
from dragoman.tables import word_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dragoman.language.windows import Words

    Floats = NDArray[np.float32]

#: What is shown in the place of the subject, and the case and layout of a word inside a sentence.
SUBJECT, SMALL, INSIDE = "it", 0, 1
VERBS, ADVERBS = word_list("language", "resolving"), word_list("language", "before_resolving")
#: The most words of a line that says who speaks, of a number before the verb and of adverbs there.
LINE, NUMBER, BEFORE = 14, 4, 2
MARKS = frozenset(".()[]•·*-–—:")
JOINTS = frozenset({",", ";"})
#: What ends the line that says who speaks.
ENDS = frozenset({",", ":"})
#: Fields of the scores that have words along their last two axes.
SQUARE = frozenset({"arc", "link", "role"})


class Shown(NamedTuple):
    """What the network is shown of one window: word pieces, cases and layouts, one a word."""

    pieces: Sequence[Sequence[int]]
    cases: Sequence[int]
    layouts: Sequence[int]


def lacking(words: Words) -> list[int]:
    """The words that open a paragraph, behind its number, as verbs whose subject stands over it, in order.

    None in a text without a line such as "The General Assembly,".
    """
    opens = [place for place, first in enumerate(words.paragraph) if first]
    found: list[int] = []
    if not opens:
        return found
    spoken = False
    for first, end in zip(opens, [*opens[1:], len(words.text)], strict=True):
        if spoken:
            place = verb_of(words.text, first, end)
            if place is not None:
                found += [place, *joined(words.text, place, end)]
        spoken = spoken or says_who(words.text[first:end])
    return found


def says_who(line: Sequence[str]) -> bool:
    """Whether a line is no more than who speaks in the paragraphs below: "The Security Council,"."""
    if not 2 <= len(line) <= LINE or line[-1] not in ENDS or line[0].lower() != "the":
        return False
    return line[1][:1].isupper()


def verb_of(text: Sequence[str], first: int, end: int) -> int | None:
    """Where the verb that opens a paragraph, or the adverb before it, stands; None where none does."""
    place = first
    while place < min(end, first + NUMBER) and is_number(text[place]):
        place += 1
    for word in text[place : min(end, place + BEFORE + 1)]:
        if word.lower() in VERBS:
            return place
        if word.lower() not in ADVERBS:
            return None
    return None


def joined(text: Sequence[str], first: int, end: int) -> list[int]:
    """Where further verbs of a paragraph, or adverbs before them, stand: "…, and further calls upon …"."""
    found = []
    for place in range(first + 1, end - 1):
        if text[place].lower() == "and" and text[place - 1] in JOINTS:
            behind = verb_of(text, place + 1, min(end, place + BEFORE + 2))
            found += [behind] if behind == place + 1 else []
    return found


def is_number(word: str) -> bool:
    """Whether a word is (a part of) the number or the bullet of a paragraph."""
    plain = word.strip(".()")
    return MARKS.issuperset(word) or plain.isdigit() or (len(plain) == 1 and plain.isalpha())


def with_subjects(shown: Shown, places: Sequence[int], subject: Sequence[int]) -> Shown:
    """The window with a subject before the words at some places, which are shown in small letters.

    Args:
        subject: the word pieces of the subject.
    """
    found: tuple[list[Sequence[int]], list[int], list[int]] = ([], [], [])
    for place, (pieces, case, layout) in enumerate(zip(*shown, strict=True)):
        if place in places:
            opens = not place or layout & 2
            found[0].append(subject)
            found[1].append(case_class(SUBJECT.title()) if opens else SMALL)
            found[2].append(layout)
            case, layout = SMALL, INSIDE | (layout & 4)
        found[0].append(pieces)
        found[1].append(case)
        found[2].append(layout)
    return Shown(*found)


def without_subjects(scores: Scores, places: Sequence[int]) -> Scores:
    """The scores without those of the subjects; what pointed at one of these points at nothing.

    Args:
        places: where in the window the words stand before which a subject was shown.
    """
    gone = [place + number for number, place in enumerate(places)]
    start = scores.start.copy()
    start[[place + 1 for place in gone]] = start[gone]
    told: dict[str, Any] = {"start": np.delete(start, gone)}
    for field in fields(Scores):
        value = getattr(scores, field.name)
        if field.name in SQUARE:
            told[field.name] = _square(value, gone)
        elif field.name == "label_parts":
            told[field.name] = tuple(np.delete(part, gone, axis=0) for part in value)
        elif field.name != "start":
            told[field.name] = np.delete(value, gone, axis=0)
    return replace(scores, **told)


def _square(scores: Floats, gone: Sequence[int]) -> Floats:
    """Word-by-word scores without some words; what was for these goes to the diagonal, which is for none."""
    held: Floats = scores.copy()
    size = held.shape[-1]
    own = np.arange(size)
    for place in gone:
        held[..., own, own] = np.logaddexp(held[..., own, own], held[..., :, place])
    return np.delete(np.delete(held, gone, axis=-1), gone, axis=-2)
