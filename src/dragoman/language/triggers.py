"""Words that tell an event, their types and their parties, as the network sees them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dragoman.language.network import Scores

#: Probability of any event from which a word is given, and of a party from which it is.
LEAST_EVENT, LEAST_PARTY = 0.08, 0.03


class Trigger(NamedTuple):
    """One word as the trigger of an event.

    ``token``: its index in the Doc. ``chances``: type → probability, without "NONE"; they sum to
    the probability that there is an event. ``actors``, ``recipients``: heads of the parties,
    token → probability, the likeliest first.
    """

    token: int
    chances: dict[str, float]
    actors: dict[int, float]
    recipients: dict[int, float]

    @property
    def chance(self) -> float:
        """Probability that the word tells any event, 0–1."""
        return sum(self.chances.values())


def find(
    read: Iterable[tuple[int, int, Scores]], tokens: Sequence[int], kinds: Sequence[str]
) -> list[Trigger]:
    """The triggers of a text, in its order.

    Args:
        read: first word, end and scores of each window.
        tokens: index of each word's token in the Doc.
        kinds: what the event scores stand for, "NONE" first.
    """
    found = []
    for first, end, scores in read:
        chances = _softmax(scores.event)
        own = tokens[first:end]
        words = np.flatnonzero(1.0 - chances[:, 0] >= LEAST_EVENT)
        rows, actors, recipients = chances[words, 1:].tolist(), *_softmax(scores.role[:, words])
        for word, row, *parties in zip(words.tolist(), rows, actors, recipients, strict=True):
            told = dict(zip(kinds[1:], row, strict=True))
            found.append(Trigger(own[word], told, *(_likely(x, own, word) for x in parties)))
    return found


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    made: NDArray[np.float32] = raised / raised.sum(-1, keepdims=True)
    return made


def _likely(chances: NDArray[np.float32], tokens: Sequence[int], word: int) -> dict[int, float]:
    """The words that are likely the party; the trigger itself stands for nobody."""
    places = np.flatnonzero(chances >= LEAST_PARTY)
    likely = zip((-chances[places]).tolist(), places.tolist(), strict=True)
    return {tokens[i]: round(-chance, 4) for chance, i in sorted(likely) if i != word}
