"""The places that sentences begin with: "In Bamako the police …"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.unplaced import NO_STATES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.entities.drafts import DraftMaker
    from dragoman.entities.mentions import Draft
    from dragoman.entities.words import Words


STEPS = 12  # words up the tree


def first_words(sentences: Sequence[int], words: Words) -> dict[int, int]:
    """Number of a sentence → its first word that is no punctuation; kept with the words of the story.

    Args:
        sentences: number of the sentence of every token, the same for every caller of a story.
        words: the words of the story.
    """
    if words.openings is None:
        stops = words.stops
        words.openings = {
            sentences[place]: place for place in reversed(range(len(stops))) if not stops[place]
        }
    return words.openings


def places_said(
    drafts: Sequence[Draft], sentences: Sequence[int], maker: DraftMaker
) -> Mapping[int, Draft]:
    """Sentence → the place that it begins with ("In Bamako the police …").

    A town alone tells nothing where the story never speaks of the country that the tables
    have for it, nor does a seat of government.

    Args:
        drafts: all of them, in the order of the text.
        sentences: number of the sentence of every token.
        maker: what made the drafts (words, names).
    """
    words = maker.words
    firsts = first_words(sentences, words)
    told = {
        draft.reading.country for draft in drafts
        if draft.reading is not None and draft.reading.how != "town"
    }  # fmt: skip
    found: dict[int, Draft] = {}
    for draft in drafts:
        number, reading = sentences[draft.head], draft.reading
        if not draft.as_place or reading is None or number in found:
            continue
        first = firsts.get(number, draft.head)
        if words.above[first] != draft.head:
            continue
        if words.lowers[first] not in maker.lists["locative"]:
            continue
        if reading.how == "seat" or (reading.how == "town" and reading.country not in told):
            continue
        if reading.country not in NO_STATES and not words.filed[draft.head]:
            found[number] = draft
    return found


def where_told(place: int, words: Words, by_head: Mapping[int, Draft]) -> str:
    """The country of the place that a word's clause is about: "Niger, where soldiers seized power"."""
    for _ in range(STEPS):
        over = words.above[place]
        if over == place or words.deps[place] == "ccomp":
            return ""
        if words.deps[place] == "acl:relcl":
            told = by_head.get(over)
            if not any(words.lowers[kid] == "where" for kid in words.kids[place]):
                return ""
            reading = told.reading if told is not None else None
            return reading.country if reading and reading.country not in NO_STATES else ""
        place = over
    return ""
