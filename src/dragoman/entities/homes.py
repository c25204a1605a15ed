"""Which country a story speaks of at a point in it: for "civilians", "the rebels", "officials".

People on the ground are at home where the places around them lie; officials belong to the states
that act around them. Measured on 650 parties of hand-coded stories whose words tell no country:
0.75 right, 0.81 of those above ``SHARE``.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from dragoman.entities.tables import homelands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.entities.mentions import Draft

Weighing = tuple[float, float, float]
NO_STATES = frozenset({"", "UNO", "IGO", "NGO", "EUR", "MNC", "ISM", "IMG"})
DECAY = 0.93  # what a mention weighs beside the one after it
AHEAD = 25  # words after a phrase that are looked at with those before it
STORY = 20.0  # what all mentions of the story weigh together
SENTENCE = 1.5  # how much more a mention of the same sentence weighs
SHARE = 0.4  # of all weight, what the country must have
#: Weights of places, adjectives and other mentions for people on the ground, and for officials.
GROUND, OFFICES = (3.0, 0.3, 0.5), (2.0, 0.5, 1.0)
ACTING = (0.3, 0.7, 1.0)  # for "the country's army", where other places are told


class Homes:
    """Weighs the countries of one story.

    Args:
        drafts: those whose countries the words tell count; in the order of the text.
        sentences: number of the sentence of every token.
    """

    def __init__(self, drafts: Sequence[Draft], sentences: Sequence[int]) -> None:
        self.sentences = sentences
        lands = homelands()
        told = [
            (draft.head, draft.reading.country, kind_of(draft))
            for draft in drafts
            if draft.kind != "pronoun"
            and draft.reading is not None
            and draft.reading.country not in NO_STATES
            and draft.confidence > 0.6
            and draft.entity not in lands  # their country is itself read from the places
        ]
        told.sort()
        self.heads = [head for head, _, _ in told]
        self.told = told
        self.views = {
            weights: View(told, weights, sentences) for weights in (GROUND, OFFICES, ACTING)
        }

    def country(self, head: int, weighing: Weighing) -> str:
        """The country spoken of at a token, "" where none leads.

        Args:
            head: index of the token.
            weighing: ``GROUND``, ``OFFICES`` or ``ACTING``.
        """
        if not self.told:
            return ""
        view = self.views[weighing]
        weights = dict(view.story)
        for code, weight in view.before[bisect_right(self.heads, head + AHEAD)].items():
            weights[code] += weight
        for code, weight in view.sentence.get(self.sentences[head], {}).items():
            weights[code] += SENTENCE * weight
        best = max(weights, key=lambda code: (weights[code], code))
        return best if weights[best] >= SHARE * sum(weights.values()) else ""

    def acting(self, head: int) -> str:
        """The country of whoever the same sentence names last before a token, places apart."""
        here = self.sentences[head]
        for place, code, kind in reversed(self.told):
            if place < head and self.sentences[place] == here and kind:
                return code
            if self.sentences[place] < here:
                break
        return ""


class View:
    """Weights of countries over one story: of all of it, up to each mention, in each sentence."""

    def __init__(
        self,
        told: Sequence[tuple[int, str, int]],
        weights: Weighing,
        sentences: Sequence[int],
    ) -> None:
        total = sum(weights[kind] for _, _, kind in told) or 1.0
        self.story: dict[str, float] = {}
        self.sentence: dict[int, dict[str, float]] = {}
        running: dict[str, float] = {}
        self.before: list[dict[str, float]] = [running]
        for head, code, kind in told:
            weight = weights[kind]
            self.story[code] = self.story.get(code, 0.0) + STORY * weight / total
            here = self.sentence.setdefault(sentences[head], {})
            here[code] = here.get(code, 0.0) + weight
            running = {other: DECAY * held for other, held in running.items()}
            running[code] = running.get(code, 0.0) + weight
            self.before.append(running)


def kind_of(draft: Draft) -> int:
    """0 for a name used as a place, 1 for an adjective, 2 for anything else."""
    return 0 if draft.as_place else 1 if draft.kind == "adjective" else 2
