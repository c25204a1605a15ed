"""A verb has one subject: where the decoder gave it two, one of them gets its next best place.

Heads are found word by word, so that "The chief of staff, Herzi Halevi, said" may get two subjects.
Of all other places for either of them the one that costs the network's scores least is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dragoman.language.mending import is_above

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Floats = NDArray[np.float32]

#: Other heads that are tried for a subject, the likeliest.
_TRIED = 3


class Place(NamedTuple):
    """Another place of a word, and what the scores lose by it."""

    loss: float
    word: int
    head: int
    label: int


def one_subject(
    arcs: Floats,
    bounds: list[int],
    heads: Numbers,
    labels: Numbers,
    score: Callable[[Numbers, Numbers], Floats],
    subjects: frozenset[int],
) -> None:
    """Changes heads and labels in place.

    Args:
        arcs: (words, words) scores of heads.
        bounds: where sentences begin, and the number of words.
        heads, labels: (words,) numbers; a root is its own head.
        score: words and their heads → (words, labels) scores of the labels of each.
        subjects: the labels of subjects.
    """
    held = np.isin(labels, list(subjects))
    counts = np.bincount(heads[held], minlength=len(heads))
    for verb in np.flatnonzero(counts > 1).tolist():
        words = np.flatnonzero(held & (heads == verb)).tolist()
        last = next(place for place in bounds if place > verb)
        first = max(place for place in bounds if place <= verb)
        places = [
            x for word in words for x in _others(word, first, last, arcs, heads, score, subjects)
        ]
        if places:
            best = min(places)
            heads[best.word], labels[best.word] = best.head, best.label


def _others(
    word: int, first: int, last: int, arcs: Floats, heads: Numbers,
    score: Callable[[Numbers, Numbers], Floats], subjects: frozenset[int],
) -> list[Place]:  # fmt: skip
    """The places a subject may have but this: another label there, or one of the likeliest heads."""
    head = int(heads[word])
    order = np.argsort(-arcs[word, first:last], kind="stable")[: _TRIED + 2] + first
    others = [x for x in order.tolist() if x not in (head, word)][:_TRIED]
    others = [x for x in others if not is_above(heads, word, x)]
    own, *scores = score(np.full(len(others) + 1, word), np.array([head, *others]))
    now = float(own[list(subjects)].max())
    rest = own.copy()
    rest[list(subjects)] = -np.inf
    found = [Place(now - float(rest.max()), word, head, int(rest.argmax()))]
    for other, under in zip(others, scores, strict=True):
        loss = float(arcs[word, head] - arcs[word, other]) + now - float(under.max())
        found.append(Place(loss, word, other, int(under.argmax())))
    return found
