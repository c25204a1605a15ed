"""Whether two events of a story are one and the same, told twice.

Boosted trees (``trees``) weigh types, parties, days, words, the tree between the triggers and what
the language model makes of both. They were fitted on stories in which every telling of an event was
marked by hand (``training/event_same.py``); the numbers are in ``data/event_same.json.gz``.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import numpy as np

from dragoman.coding.states import mean_of, states_of
from dragoman.coding.trees import TypedTrees
from dragoman.fitted import read

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dragoman.coding.event_detail import Detail
    from dragoman.coding.event_draft import Draft
    from dragoman.model import Counts, Event, Participant, When

FILE = Path(__file__).parent / "data" / "event_same.json.gz"
#: Relations of the lower of two triggers to the word above it.
DEPS = ("nsubj", "nsubj:pass", "obj", "obl", "nmod", "acl", "acl:relcl", "advcl", "conj", "xcomp",
        "ccomp", "appos", "compound", "parataxis")  # fmt: skip
_AUX = ("future", "hypothetical", "historical")
_STEPS = 4
_Thing = TypeVar("_Thing", bound=Hashable)
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
        told = Pairs(tellings, detail, self.types)
        parts = [pairs[first : first + _AT_ONCE] for first in range(0, len(pairs), _AT_ONCE)]
        found = np.concatenate([self._trees.chances(told.rows(part)) for part in parts])
        places = [(one, two) for one, two, _ in pairs]
        return dict(zip(places, found.tolist(), strict=True))


#: Tellings of its kind that an event may repeat: so many before it, and so many of the story's first.
_NEAREST, _FIRST = 120, 8
#: Pairs weighed at a time: a book has hundreds of thousands.
_AT_ONCE = 1000
_Side = tuple[frozenset[str], frozenset[str]]
#: What two events meet in: mode, reality, day, place and counts.
_Settings = tuple["str | None", tuple[str, ...], "When | None", "str | None", "Counts | None"]


def features(
    pairs: Sequence[tuple[int, int, bool]],
    tellings: Sequence[Telling],
    detail: Detail,
    types: Sequence[str],
) -> NDArray[np.float64]:
    """One row of numbers a pair, in the order that the trees know."""
    return Pairs(tellings, detail, types).rows(pairs)


class Pairs:
    """The pairs of tellings of a story; what is asked of a telling is asked once for all its pairs."""

    def __init__(self, tellings: Sequence[Telling], detail: Detail, types: Sequence[str]) -> None:
        syntax = detail.syntax
        drafts = [told.draft for told in tellings]
        events = [told.event for told in tellings]
        self._words = _Sets([told.words for told in tellings])
        self._above = [_above(draft.token, detail) for draft in drafts]
        self._places = [draft.token for draft in drafts]
        self._tokens = np.array(self._places)
        self._numbers = np.array([bisect_right(syntax.sentence_starts, d.token) for d in drafts])
        self._ranks = np.array(ranks_of([event.type for event in events]))
        self._alone = np.array(
            [
                (
                    event.sentence.start < detail.lead_end, syntax.is_noun(draft.token),
                    _pointed(draft.token, detail), draft.coder == "model",
                    detail.is_said(draft.token),
                )
                for draft, event in zip(drafts, events, strict=True)
            ],
            dtype=float,
        )  # fmt: skip
        self._keys = np.column_stack(
            [
                _numbered(keys)
                for keys in (
                    [draft.sentence for draft in drafts],
                    [syntax.lemma[draft.token] for draft in drafts],
                    [draft.rule for draft in drafts],
                    [draft.reciprocal for draft in drafts],
                )
            ]
        )
        sides = [_side(event.actors) for event in events]
        sides += [_side(event.recipients) for event in events]
        self._entities = _Sets([entities for entities, _ in sides])
        self._countries = _Sets([countries for _, countries in sides])
        self._settings = _Once(_circumstances, [_settings(event) for event in events])
        self._directions = _directions(tellings, states_of(detail.doc))
        self._kinds = np.array([[event.type == name for name in types] for event in events])

    def rows(self, pairs: Sequence[tuple[int, int, bool]]) -> NDArray[np.float64]:
        """One row of numbers a pair."""
        ones, twos, ruled = (np.array(column) for column in zip(*pairs, strict=True))
        tokens, numbers, many = self._tokens, self._numbers, len(self._tokens)
        same = (self._keys[ones] == self._keys[twos]).T
        first, second = self._alone[ones].T, self._alone[twos].T
        words = self._words.meet(ones, twos)
        return np.column_stack(
            [
                ruled,
                same[0],
                _logs(tokens[twos] - tokens[ones]),
                _logs(numbers[twos] - numbers[ones]),
                np.minimum(numbers[ones], numbers[twos]),
                self._ranks[twos] - self._ranks[ones] - 1,
                first[0], second[0], same[1], first[1], second[1], first[2], second[2],
                same[2], first[3] + second[3], same[3], first[4], second[4],
                self._linked(pairs),
                self._alike(ones, twos), self._alike(many + ones, many + twos),
                self._alike(ones, many + twos), self._alike(many + ones, twos),
                self._settings.of(ones, twos),
                words.shared, words.of_smaller, words.of_all,
                *[_cosines(own[ones], own[twos]) for own in self._directions],
                self._kinds[ones],
            ]
        )  # fmt: skip

    def _alike(self, ours: NDArray[np.int64], theirs: NDArray[np.int64]) -> NDArray[np.float64]:
        """How pairs of sides meet, by entity and by country."""
        entities = self._entities.meet(ours, theirs)
        countries = self._countries.meet(ours, theirs)
        return np.column_stack(
            [
                entities.first - entities.second,
                entities.empty, entities.of_smaller, entities.of_all,
                countries.empty, countries.of_smaller, countries.of_all,
                (countries.empty == 0) & (countries.shared == 0),
            ]
        )  # fmt: skip

    def _linked(self, pairs: Sequence[tuple[int, int, bool]]) -> NDArray[np.float64]:
        """Steps from one trigger up to the other (0: it is not above), and the lower one's relation."""
        above, places = self._above, self._places
        made = np.zeros((len(pairs), 2 + len(DEPS)))
        for row, (one, two, _) in enumerate(pairs):
            for sign, low, high in ((-1.0, two, one), (1.0, one, two)):
                found = above[low].get(places[high])
                if found is not None:
                    made[row] = [found[0], sign, *(found[1] == name for name in DEPS)]
        return made


class _Once(Generic[_Thing]):
    """A function of two things, worked out once for all that are alike."""

    def __init__(
        self, function: Callable[[_Thing, _Thing], list[float]], things: Sequence[_Thing]
    ) -> None:
        self._function = function
        self._own = _numbered(things)
        self._distinct = list(dict.fromkeys(things))
        self._found: dict[int, list[float]] = {}

    def of(self, ones: NDArray[np.int64], twos: NDArray[np.int64]) -> NDArray[np.float64]:
        """The rows of pairs of things, by their places."""
        held, many = self._distinct, len(self._distinct)
        keys = (self._own[ones] * many + self._own[twos]).tolist()
        for key in set(keys) - self._found.keys():
            self._found[key] = self._function(held[key // many], held[key % many])
        return np.array([self._found[key] for key in keys])


def _numbered(things: Sequence[Hashable]) -> NDArray[np.int64]:
    """A number for each thing, the same for all that are alike."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(thing, len(numbers)) for thing in things])


def _logs(gaps: NDArray[np.int64]) -> list[float]:
    return [math.log1p(abs(gap)) for gap in gaps.tolist()]


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


def _cosines(ones: NDArray[np.float32], twos: NDArray[np.float32]) -> list[float]:
    """Products of unit vectors, row by row."""
    products = ones[:, None, :] @ twos[:, :, None]
    return [round(product, 4) for product in products.ravel().tolist()]


def _pointed(token: int, detail: Detail) -> float:
    """Whether a noun points back ("the attack"): 1, or is new ("an attack"): -1."""
    syntax = detail.syntax
    if not syntax.is_noun(token):
        return 0.0
    words = {syntax.word[kid] for kid in syntax.kids[token]}
    return 1.0 if words & _POINTERS else -1.0 if words & {"a", "an", "another"} else 0.0


def _above(token: int, detail: Detail) -> dict[int, tuple[int, str]]:
    """The words over a token, ``_STEPS`` at most: the steps up to each, and the relation to it."""
    found: dict[int, tuple[int, str]] = {}
    for steps in range(1, _STEPS + 1):
        above = detail.syntax.head[token]
        found.setdefault(above, (steps, detail.syntax.dep[token]))
        token = above
    return found


def _side(parties: Sequence[Participant]) -> _Side:
    """The entities and the countries of a side."""
    countries = frozenset(party.country for party in parties) - {""}
    return frozenset(party.entity for party in parties), countries


class _Meeting(NamedTuple):
    """Of pairs of sets: how many are in each and in both, how many of the two are empty, and what share
    of the smaller and of all together those in both are."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    shared: NDArray[np.int64]
    empty: NDArray[np.int64]
    of_smaller: NDArray[np.float64]
    of_all: NDArray[np.float64]


class _Sets:
    """The sets of all tellings, by their places."""

    def __init__(self, sets: Sequence[frozenset[str]]) -> None:
        self._sets = sets
        self._sizes = np.array([len(held) for held in sets])

    def meet(self, ours: NDArray[np.int64], theirs: NDArray[np.int64]) -> _Meeting:
        """How pairs of them meet."""
        held, first, second = self._sets, self._sizes[ours], self._sizes[theirs]
        pairs = zip(ours.tolist(), theirs.tolist(), strict=True)
        shared = np.array([len(held[one] & held[two]) for one, two in pairs])
        return _Meeting(
            first, second, shared,
            (first == 0).astype(np.int64) + (second == 0),
            shared / np.maximum(1, np.minimum(first, second)),
            shared / np.maximum(1, first + second - shared),
        )  # fmt: skip


def _settings(event: Event) -> _Settings:
    """What two events may meet in; a day only where the words tell it."""
    day = event.date if event.date is not None and event.date.text else None
    place = event.place.name if event.place is not None else None
    return event.mode, event.aux, day, place, event.counts


def _circumstances(one: _Settings, two: _Settings) -> list[float]:
    """Mode, reality, day, place and counts: alike, or against each other."""
    mode, aux = one[0] or "", one[1]
    mode_too, aux_too = two[0] or "", two[1]
    row = [
        float(bool(mode) and mode == mode_too),
        float(bool(mode) and bool(mode_too) and mode != mode_too),
        float(aux == aux_too),
        *(float((name in aux) != (name in aux_too)) for name in _AUX),
        *(float(name in aux and name in aux_too) for name in _AUX),
    ]
    told = [day for day in (one[2], two[2]) if day is not None]
    meet = len(told) == 2 and told[0].start <= told[1].end and told[1].start <= told[0].end
    row += [
        float(len(told)),
        float(meet),
        float(len(told) == 2 and not meet),
        float(len(told) == 2 and told[0].text == told[1].text),
    ]
    places = [place for place in (one[3], two[3]) if place is not None]
    row += [
        float(len(places) == 2 and places[0] == places[1]),
        float(len(places) == 2 and places[0] != places[1]),
    ]
    counted = [counts for counts in (one[4], two[4]) if counts is not None]
    row += [float(len(counted)), float(len(counted) == 2 and counted[0] == counted[1])]
    return row


def _directions(
    tellings: Sequence[Telling], states: NDArray[np.float32] | None
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What the language model makes of each trigger and of each sentence, as unit vectors.

    Their products are the cosines; zeros where there is no model.
    """
    if states is None:
        none = np.zeros((len(tellings), 1), np.float32)
        return none, none
    triggers = states[[told.draft.token for told in tellings]]
    spans = [told.draft.sentence for told in tellings]
    means = {span: mean_of(states[slice(*span)]) for span in set(spans)}
    return _units(triggers), _units(np.array([means[span] for span in spans], np.float32))


def _units(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    made: NDArray[np.float32] = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return made
