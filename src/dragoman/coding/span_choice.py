"""Which of the likely spans of source, cue and content are given, the rules' findings in view.

The parser's model alone chooses by its own probabilities (``language/speech.py``). Here each likely
span is weighed anew by what stands in ``span_features.py``, and the set that is most worth giving
is chosen and linked. The weights are learned by ``training/span_choice.py``.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dragoman.coding.drafts import Draft
from dragoman.coding.quotes import Quotation
from dragoman.coding.span_features import (
    COLUMNS,
    KINDS,
    Candidates,
    candidates,
    features,
    text_of,
    weighable,
)
from dragoman.language.chains import best_set, set_chances
from dragoman.language.speech import certainty
from dragoman.language.weights import read_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from dragoman.language.speech import Reading, SpeechSpan

    Floats = NDArray[np.float64]

TABLE = Path(__file__).parent / "data" / "span_choice.tsv"
#: Tags in the order of the model's columns.
TAGS = ("O", *(f"{x}-{kind}" for kind in KINDS for x in "BI"))
#: Probability that a span must have to be given, 0–1, for source, cue and content. Contents at 0.35
#: make linked pairs 0.2 better on PolNeAR, but one in a hundred statements of agency stories is lost.
DOUBT = (0.30, 0.30, 0.265)


@functools.cache
def shipped_weights() -> Floats:
    """The weights of the package, read once."""
    return read_weights(TABLE, COLUMNS, KINDS)


def chances_of(found: Candidates, columns: Floats, weights: Floats) -> Floats:
    """How likely each candidate is right to the letter, 0–1; of bare marks the model's own chance.

    Candidates over each other share their chance: at most one of them is right.

    Args:
        columns: (candidates, ``COLUMNS``).
        weights: as in ``read_weights``.
    """
    odds = (columns @ weights[1:] + weights[0])[np.arange(len(found.kind)), found.kind]
    chances = found.chance.copy()
    own = np.flatnonzero(~found.bare)
    chances[own], _ = set_chances(odds[own], found.window[own], found.first[own], found.end[own])
    return chances


def chosen(doc: Doc, ruled: Sequence[Draft], quotations: Sequence[Quotation]) -> list[SpeechSpan]:
    """Speech spans in tokens, like ``doc.user_data["speech_spans"]``.

    Those are what is given where the parser handed on nothing to choose from.

    Args:
        doc: the parsed story.
        ruled: what the rules found in it.
        quotations: its quotation marks, paired.
    """
    windows = doc.user_data.get("speech_windows")
    if not windows or not any(reading.likely for _, reading in windows):
        return list(doc.user_data["speech_spans"])
    readings, starts, found, columns = weighed(doc, ruled, quotations)
    chances = chances_of(found, columns, shipped_weights())
    return _given(windows, readings, starts, found, chances)


def weighed(
    doc: Doc, ruled: Sequence[Draft], quotations: Sequence[Quotation]
) -> tuple[list[Reading], list[int], Candidates, Floats]:
    """Readings of the windows, their first words, the spans to choose from, and their columns."""
    windows = doc.user_data["speech_windows"]
    readings = [reading for _, reading in windows]
    starts = [0, *np.cumsum([len(token) for token, _ in windows]).tolist()]
    text = text_of(doc, [i for token, _ in windows for i in token], quotations)
    found = candidates(text, readings, starts)
    return readings, starts, found, weighable(features(text, found, readings, starts, ruled))


def picked(found: Candidates, chances: Floats, doubt: Sequence[float] = DOUBT) -> list[int]:
    """Numbers of the candidates that, none over another, are most worth giving, in text order."""
    worth = chances - np.asarray(doubt)[found.kind]
    result: list[int] = []
    good = np.flatnonzero(worth > 0)
    for window in np.unique(found.window[good]).tolist():
        own = good[found.window[good] == window]
        base = int(found.first[own].min())
        first, end = found.first[own] - base, found.end[own] - base
        by_place = {
            (KINDS[k], int(a), int(b)): int(i)
            for k, a, b, i in zip(found.kind[own], first, end, own, strict=True)
        }
        values = [(float(worth[i]), span) for span, i in by_place.items()]
        result += [by_place[span] for span in best_set(values, int(end.max()))]
    return result


def _given(
    windows: Sequence[tuple[Sequence[int], Reading]],
    readings: Sequence[Reading],
    starts: Sequence[int],
    found: Candidates,
    chances: Floats,
) -> list[SpeechSpan]:
    """The chosen spans with their links, in tokens."""
    by_window: dict[int, list[tuple[str, int, int]]] = {}
    for number in picked(found, chances):
        window = int(found.window[number])
        first, end = int(found.first[number]), int(found.end[number])
        by_window.setdefault(window, []).append(
            (KINDS[found.kind[number]], first - starts[window], end - starts[window])
        )
    spans: list[SpeechSpan] = []
    group = 0
    for window, held in by_window.items():
        reading, token = readings[window], windows[window][0]
        linked = reading.links.attributions(held, certainty(held, reading.chance, TAGS))
        spans.extend(
            (kind, token[a], token[b - 1] + 1, sure, group + number)
            for kind, a, b, sure, number in linked
        )
        group += 1 + max(x[4] for x in linked)
    return spans
