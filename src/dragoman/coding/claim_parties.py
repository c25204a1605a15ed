"""Where and how each party of a story is spoken of, held for the questions that every denial asks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dragoman.coding.claim_sides import claim_nouns, contradictions
from dragoman.coding.voices import with_states

if TYPE_CHECKING:
    from dragoman.entities.index import EntityIndex
    from dragoman.entities.words import Words
    from dragoman.model import Event, Mention

_POINTING = frozenset({"nmod:poss", "nmod", "compound", "amod"})


class Place(NamedTuple):
    """One mention of a party.

    ``start``: code point. ``sentence``: its number. ``dep``: relation of its head. ``leads``: it is a
    subject. ``points``: it is the party whose claim is spoken of ("Ukraine's claims").
    """

    mention: Mention
    start: int
    sentence: int
    dep: str
    leads: bool
    points: bool


class Places:
    """The mentions of one party, in order of the text."""

    def __init__(self, mentions: Sequence[Mention], words: Words, starts: Sequence[int]) -> None:
        """``starts``: the first token of each sentence."""
        self._all = [_place_of(mention, words, starts) for mention in mentions]
        self._starts = [place.start for place in self._all]

    def __len__(self) -> int:
        return len(self._all)

    def between(self, first: int, last: int) -> list[Place]:
        """The mentions that begin at one of the code points, both ends included."""
        return self._all[bisect_left(self._starts, first) : bisect_right(self._starts, last)]

    def nearest(self, point: int) -> Place | None:
        """The mention that begins nearest to a code point, the earlier of two; None without any."""
        starts = self._starts
        behind = bisect_left(starts, point)
        if not behind:
            return self._all[0] if starts else None
        before = bisect_left(starts, starts[behind - 1])  # the first of those that begin there
        nearer = behind == len(starts) or point - starts[before] <= starts[behind] - point
        return self._all[before if nearer else behind]


def _place_of(mention: Mention, words: Words, starts: Sequence[int]) -> Place:
    head, dep = mention.head, words.deps[mention.head]
    return Place(
        mention=mention,
        start=mention.start,
        sentence=bisect_right(starts, mention.first) - 1,
        dep=dep,
        leads=dep.startswith("nsubj"),
        points=dep in _POINTING and words.lowers[words.above[head]] in _words_for_claims(),
    )


@cache
def _words_for_claims() -> frozenset[str]:
    """Nouns for what somebody claims."""
    return claim_nouns() | contradictions()["reference"]


class Charges:
    """Who accuses whom: the events of accusing of a story, by who takes part in them."""

    def __init__(self, events: Sequence[Event], index: EntityIndex) -> None:
        self._by: dict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        self._against: dict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        for event in events:
            if event.type != "ACCUSE" or not event.actors:
                continue
            start = event.trigger.start
            accusing = frozenset(item.entity for item in event.actors)
            accused = frozenset(with_states([item.entity for item in event.recipients], index))
            for key in accusing:
                self._by[key].append((start, accused))
            for key in accused:
                self._against[key].append((start, accusing))

    def by(self, key: str) -> Sequence[tuple[int, frozenset[str]]]:
        """Code points of somebody's charges, and whom each accuses."""
        return self._by.get(key, ())

    def against(self, key: str) -> Sequence[tuple[int, frozenset[str]]]:
        """Code points of the charges against somebody, and whose each is."""
        return self._against.get(key, ())
