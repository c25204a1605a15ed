"""Which of the likely names of persons, organisations and places are given.

The network's best sequence of tags knows neither what the tables call a phrase nor how it is tagged
elsewhere in the text. Here each likely span is weighed by both, and the set that is most worth
giving is chosen. The weights are learned by ``training/name_choice.py``.
"""

from __future__ import annotations

import functools
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dragoman.language import chains
from dragoman.language.weights import read_weights
from dragoman.lexicon.phrases import phrases

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.floating]
    Tags = NDArray[np.int64]
    #: Phrase → kind → the summed chance of all its places in a text.
    Told = defaultdict[str, defaultdict[str, float]]

#: Kinds that are weighed; names of other kinds are the best sequence's.
KINDS = ("PER", "ORG", "LOC")
#: What is weighed of a span: the network's chance as log-odds, and that it is a name of any kind;
#: whether it begins with a capital; what the tables call it; and how much of it is found elsewhere
#: in the text as of this kind and as of others, up to once.
COLUMNS = (
    "odds", "any name", "capital", "place", "organisation", "person", "last name",
    "organisation word", "elsewhere so", "elsewhere other",
)  # fmt: skip
#: Probability by the network from which a span is weighed, 0–1.
LEAST = 0.03
#: Probability that a span must have to be given, 0–1: the mean of its own and that of any over it.
#: What is torn between two kinds or two ends is a name all the same.
DOUBT = 0.46
_GENITIVE = frozenset(("'s", "’s", "s"))


@dataclass(frozen=True)
class Candidates:
    """The likely names of one window of ``size`` words, all of ``KINDS``, and their ``COLUMNS``."""

    size: int
    spans: list[chains.Span]
    columns: Floats


class NameChoice:
    """Chooses the names of a text.

    Args:
        tags: the names of the network's name tags, in their order.
        rules: transitions between them, as in ``chains.best_chains``.
        doubt: taken off the scores of the tags, one each, where other kinds are chosen.
        table: the weights.
    """

    def __init__(self, tags: Sequence[str], rules: Floats, doubt: Floats, table: Path) -> None:
        self.tags, self.rules, self.doubt = tags, rules, doubt
        self.least = {tag[2:]: LEAST for tag in tags if tag.startswith("B-")}
        self.table = table

    @functools.cached_property
    def weights(self) -> Floats:
        """(constant and ``COLUMNS``, ``KINDS``), read once."""
        return read_weights(self.table, COLUMNS, KINDS)

    def chosen(self, texts: Sequence[Sequence[str]], scores: Sequence[Floats]) -> list[Tags]:
        """The name tags of every window of a text.

        Args:
            texts: the words of each window.
            scores: (words, tags) of each window.
        """
        if not scores:
            return []
        found = chains.best_chains([x - self.doubt for x in scores], self.rules)
        names = self.candidates(texts, scores, found)
        weighed = zip(texts, found, names, self._chances(names), strict=True)
        for text, tags, own, chances in weighed:
            for place, tag in enumerate(tags.tolist()):
                if self.tags[tag][2:] in KINDS:
                    tags[place] = self.tags.index("O")
            likely = list(zip(chances.tolist(), own.spans, strict=True))
            worth = [
                (
                    (x + min(1.0, sum(y for y, other in likely if _meet(span, other)))) / 2 - DOUBT,
                    span,
                )
                for x, span in likely
            ]
            for kind, first, end in _whole(chains.best_set(worth, own.size), text):
                tags[first:end] = self.tags.index(f"I-{kind}")
                tags[first] = self.tags.index(f"B-{kind}")
        return found

    def _chances(self, names: Sequence[Candidates]) -> list[Floats]:
        """How likely each span of each window is, its rivals in view."""
        spans = [span for own in names for span in own.spans]
        if not spans:
            return [np.zeros(0)] * len(names)
        counts = [len(own.spans) for own in names]
        window = np.repeat(np.arange(len(names)), counts)
        kind = np.array([KINDS.index(span[0]) for span in spans])
        first, end = (np.array([span[x] for span in spans]) for x in (1, 2))
        columns = np.concatenate([own.columns for own in names])
        odds = (columns @ self.weights[1:] + self.weights[0])[np.arange(len(kind)), kind]
        chances, _ = chains.set_chances(odds, window, first, end)
        return np.split(chances, np.cumsum(counts)[:-1])

    def candidates(
        self, texts: Sequence[Sequence[str]], scores: Sequence[Floats], best: Sequence[Tags]
    ) -> list[Candidates]:
        """The likely names of each window that are not over one of another kind.

        Args:
            best: the best tags of each window, which tell the names of other kinds.
        """
        likely = [
            spans for spans, _ in chains.span_chances(scores, self.rules, self.tags, self.least)
        ]
        told: Told = defaultdict(lambda: defaultdict(float))
        for text, spans in zip(texts, likely, strict=True):
            for chance, (kind, first, end) in spans:
                told[_phrase(text[first:end])][kind] += chance
        found = []
        for text, spans, tags in zip(texts, likely, best, strict=True):
            others = np.array([self.tags[x][2:] not in ("", *KINDS) for x in tags.tolist()])
            kept = [
                (chance, (kind, first, end)) for chance, (kind, first, end) in spans
                if kind in KINDS and not others[first:end].any()
            ]  # fmt: skip
            columns = np.array(_columns(text, spans, told, kept)).reshape(-1, len(COLUMNS))
            found.append(Candidates(len(text), [span for _, span in kept], columns))
        return found


def _whole(spans: Sequence[chains.Span], text: Sequence[str]) -> list[chains.Span]:
    """The spans, none of an organisation left open: "Court of Appeal of" goes on with the name behind it."""
    found: list[chains.Span] = []
    for kind, first, end in sorted(spans, key=lambda span: span[1]):
        if found and _is_open(found[-1], text) and found[-1][2] == first:
            found[-1] = (found[-1][0], found[-1][1], end)
        else:
            found.append((kind, first, end))
    for place, (kind, first, end) in enumerate(found):
        while end - first > 1 and _is_open((kind, first, end), text):
            end -= 1
            found[place] = kind, first, end
    return found


def _is_open(span: chains.Span, text: Sequence[str]) -> bool:
    kind, first, end = span
    words = [word.lower() for word in text[first:end]]
    return kind == "ORG" and (words[-1:] == ["of"] or words[-2:] == ["of", "the"])


def _meet(one: chains.Span, other: chains.Span) -> bool:
    return one[1] < other[2] and other[1] < one[2]


def _phrase(words: Sequence[str]) -> str:
    return " ".join(words).replace(" - ", "-").lower()


def _columns(
    text: Sequence[str],
    spans: Sequence[tuple[float, chains.Span]],
    told: Told,
    kept: Sequence[tuple[float, chains.Span]],
) -> list[list[float]]:
    """A row of ``COLUMNS`` for each span kept."""
    here: dict[tuple[int, int], float] = defaultdict(float)
    for chance, (_, first, end) in spans:
        here[first, end] += chance
    tables = phrases()
    rows = []
    for chance, (kind, first, end) in kept:
        elsewhere = told[_phrase(text[first:end])]
        so = elsewhere[kind] - chance
        other = sum(elsewhere.values()) - here[first, end] - so
        words = text[first:end]
        words = words[len(words) > 1 and words[0].lower() == "the" :]
        words = words[: len(words) - (len(words) > 1 and words[-1] in _GENITIVE)]
        phrase = " ".join(words).replace(" - ", "-")
        rows.append([
            _odds(chance), _odds(min(1.0, here[first, end])), text[first][:1].isupper(),
            phrase in tables["place"], phrase in tables["organisation"], phrase in tables["person"],
            words[-1] in tables["last name"], not tables["organisation word"].isdisjoint(word.lower() for word in words),
            min(1.0, so), min(1.0, max(0.0, other)),
        ])  # fmt: skip
    return rows


def _odds(chance: float) -> float:
    return math.log((chance + 0.005) / (1.005 - chance))
