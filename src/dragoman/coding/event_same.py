"""Whether two events of a story are one and the same, told twice.

Boosted trees (``trees``) weigh types, parties, days, words, the tree between the triggers and what
the language model makes of both. They were fitted on stories in which every telling of an event was
marked by hand (``training/event_same.py``); the numbers are in ``data/event_same.json``.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from dragoman.coding.trees import TypedTrees
from dragoman.fitted import read

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dragoman.coding.event_detail import Detail
    from dragoman.coding.event_draft import Draft
    from dragoman.model import Event, Participant

FILE = Path(__file__).parent / "data" / "event_same.json"
#: Relations of the lower of two triggers to the word above it.
DEPS = ("nsubj", "nsubj:pass", "obj", "obl", "nmod", "acl", "acl:relcl", "advcl", "conj", "xcomp",
        "ccomp", "appos", "compound", "parataxis")  # fmt: skip
_AUX = ("future", "hypothetical", "historical")
_STEPS = 4
_POINTERS = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her"})


class Telling(NamedTuple):
    """An event with what it was made of. ``words``: lemmas that carry its sentence's meaning."""

    draft: Draft
    event: Event
    words: frozenset[str]


class Same(TypedTrees):
    """The fitted trees.

    Args:
        data: ``least`` (probability from which two tellings are one), ``types``, ``start``, ``trees``.
    """

    @classmethod
    @cache
    def shipped(cls) -> Same:
        """The package's.

        Raises:
            ModelError: its file is missing or damaged.
        """
        return read(cls, FILE, "the table of tellings")

    def chances(
        self, pairs: Sequence[tuple[int, int, bool]], tellings: Sequence[Telling], detail: Detail
    ) -> dict[tuple[int, int], float]:
        """Probability that two tellings are one event.

        Args:
            pairs: places of the earlier and the later telling, and whether a rule makes them one.
            tellings: of the whole story, in order of the text.
        """
        if not pairs:
            return {}
        parts = [pairs[first : first + _AT_ONCE] for first in range(0, len(pairs), _AT_ONCE)]
        found = np.concatenate(
            [self._trees.chances(features(part, tellings, detail, self.types)) for part in parts]
        )
        places = [(one, two) for one, two, _ in pairs]
        return dict(zip(places, found.tolist(), strict=True))


#: Tellings of its kind that an event may repeat: so many before it, and so many of the story's first.
_NEAREST, _FIRST = 120, 8
#: Pairs weighed at a time: a book has hundreds of thousands.
_AT_ONCE = 10_000
_Side = tuple[set[str], set[str]]


def features(
    pairs: Sequence[tuple[int, int, bool]],
    tellings: Sequence[Telling],
    detail: Detail,
    types: Sequence[str],
) -> NDArray[np.float64]:
    """One row of numbers a pair, in the order that the trees know."""
    starts = detail.syntax.sentence_starts
    directions = _directions(tellings, detail.doc.user_data.get("states"))
    sides = [(_side(told.event.actors), _side(told.event.recipients)) for told in tellings]
    ranks = ranks_of([told.event.type for told in tellings])
    return np.array(
        [
            _row(tellings, one, two, ruled, ranks[two] - ranks[one] - 1, detail, starts)
            + _parties(sides[one], sides[two])
            + _words_of(tellings[one], tellings[two])
            + [round(float(own[one] @ own[two]), 4) for own in directions]
            + [float(tellings[one].event.type == name) for name in types]
            for one, two, ruled in pairs
        ]
    )


def ranks_of(kinds: Iterable[object]) -> list[int]:
    """Of each of a row of things, how many of its kind stand before it."""
    seen: Counter[object] = Counter()
    ranks = []
    for kind in kinds:
        ranks.append(seen[kind])
        seen[kind] += 1
    return ranks


def in_reach(kinds: Sequence[object]) -> list[list[int]]:
    """Of each telling, the places of the earlier ones of its kind that it may repeat.

    Those are the ``_NEAREST`` before it and the ``_FIRST`` of all. No story of ordinary length has
    as many of one kind; a book's would be weighed by the million.
    """
    held: dict[object, list[int]] = {}
    reach = []
    for place, kind in enumerate(kinds):
        own = held.setdefault(kind, [])
        first = own[: min(_FIRST, max(0, len(own) - _NEAREST))]
        reach.append([*first, *own[-_NEAREST:]])
        own.append(place)
    return reach


def _row(
    tellings: Sequence[Telling],
    one: int,
    two: int,
    ruled: bool,
    between: int,
    detail: Detail,
    starts: list[int],
) -> list[float]:
    first, second = tellings[one], tellings[two]
    syntax, left, right = detail.syntax, first.draft, second.draft
    numbers = [bisect_right(starts, draft.token) for draft in (left, right)]
    row = [
        float(ruled),
        float(left.sentence == right.sentence),
        math.log1p(abs(right.token - left.token)),
        math.log1p(abs(numbers[1] - numbers[0])),
        float(min(numbers)),
        float(between),
        float(first.event.sentence.start < detail.lead_end),
        float(second.event.sentence.start < detail.lead_end),
        float(syntax.lemma[left.token] == syntax.lemma[right.token]),
        float(syntax.is_noun(left.token)),
        float(syntax.is_noun(right.token)),
        _pointed(left.token, detail),
        _pointed(right.token, detail),
        float(left.rule == right.rule),
        float((left.coder == "model") + (right.coder == "model")),
        float(left.reciprocal == right.reciprocal),
        float(detail.is_said(left.token)),
        float(detail.is_said(right.token)),
    ]
    return row + _linked(left.token, right.token, detail)


def _words_of(first: Telling, second: Telling) -> list[float]:
    """How two tellings meet in their circumstances, and in the words of their content."""
    shared = len(first.words & second.words)
    return [
        *_circumstances(first.event, second.event),
        float(shared),
        shared / max(1, min(len(first.words), len(second.words))),
        shared / max(1, len(first.words | second.words)),
    ]


def _pointed(token: int, detail: Detail) -> float:
    """Whether a noun points back ("the attack"): 1, or is new ("an attack"): -1."""
    syntax = detail.syntax
    if not syntax.is_noun(token):
        return 0.0
    words = {syntax.word[kid] for kid in syntax.kids[token]}
    return 1.0 if words & _POINTERS else -1.0 if words & {"a", "an", "another"} else 0.0


def _linked(one: int, two: int, detail: Detail) -> list[float]:
    """Steps from one trigger up to the other (0: it is not above), and the lower one's relation."""
    for sign, (low, high) in ((1.0, (one, two)), (-1.0, (two, one))):
        token = low
        for steps in range(1, _STEPS + 1):
            above = detail.syntax.head[token]
            if above == high:
                own = detail.syntax.dep[low if steps == 1 else token]
                return [float(steps), sign, *(float(own == name) for name in DEPS)]
            if above == token:
                break
            token = above
    return [0.0] * (2 + len(DEPS))


def _side(parties: Sequence[Participant]) -> _Side:
    """The entities and the countries of a side."""
    countries = {party.country for party in parties} - {""}
    return {party.entity for party in parties}, countries


def _parties(one: tuple[_Side, _Side], two: tuple[_Side, _Side]) -> list[float]:
    """How actors meet actors, recipients recipients, and each the other."""
    return [
        *_alike(one[0], two[0]),
        *_alike(one[1], two[1]),
        *_alike(one[0], two[1]),
        *_alike(one[1], two[0]),
    ]


def _alike(ours: _Side, theirs: _Side) -> list[float]:
    """How two sides meet: by entity and by country."""
    (one, first), (two, second) = ours, theirs
    return [
        float(len(one)) - float(len(two)),
        float(not one) + float(not two),
        len(one & two) / max(1, min(len(one), len(two))),
        len(one & two) / max(1, len(one | two)),
        float(not first) + float(not second),
        len(first & second) / max(1, min(len(first), len(second))),
        len(first & second) / max(1, len(first | second)),
        float(bool(first) and bool(second) and not first & second),
    ]


def _circumstances(one: Event, two: Event) -> list[float]:
    """Mode, reality, day, place and counts: alike, or against each other."""
    row = [
        float(bool(one.mode) and one.mode == two.mode),
        float(bool(one.mode) and bool(two.mode) and one.mode != two.mode),
        float(one.aux == two.aux),
        *(float((name in one.aux) != (name in two.aux)) for name in _AUX),
        *(float(name in one.aux and name in two.aux) for name in _AUX),
    ]
    days = [event.date if event.date is not None and event.date.text else None
            for event in (one, two)]  # fmt: skip
    told = [day for day in days if day is not None]
    meet = len(told) == 2 and told[0].start <= told[1].end and told[1].start <= told[0].end
    row += [
        float(len(told)),
        float(meet),
        float(len(told) == 2 and not meet),
        float(len(told) == 2 and told[0].text == told[1].text),
    ]
    places = [event.place.name for event in (one, two) if event.place is not None]
    row += [
        float(len(places) == 2 and places[0] == places[1]),
        float(len(places) == 2 and places[0] != places[1]),
    ]
    counted = [event.counts for event in (one, two) if event.counts is not None]
    row += [float(len(counted)), float(len(counted) == 2 and counted[0] == counted[1])]
    return row


def _directions(
    tellings: Sequence[Telling], states: NDArray[Any] | None
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What the language model makes of each trigger and of each sentence, as unit vectors.

    Their products are the cosines; zeros where there is no model.
    """
    if states is None:
        none = np.zeros((len(tellings), 1), np.float32)
        return none, none
    triggers = states[[told.draft.token for told in tellings]].astype(np.float32)
    sentences = [states[slice(*told.draft.sentence)].mean(0, dtype=np.float32) for told in tellings]
    return _units(triggers), _units(np.array(sentences, np.float32))


def _units(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    made: NDArray[np.float32] = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return made
