"""Who says what: spans of source, cue and content from the network's scores, and their links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dragoman.language.chains import Span, best_set, forbidden, span_chances

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: kind, first token, end (half-open), probability, number of the attribution.
SpeechSpan = tuple[str, int, int, float, int]

# The weights below were chosen on PolNeAR dev articles: linked pairs 56.4 without, 59.0 with them
# (at the same spans, of which 62 could be had with perfect links).
#: Probability that a span must have to be given. On the dev articles contents are exact in 71.5
#: instead of 70.7 with the best sequence of tags, sources in 83.9 and 83.7, cues in 76.4 and 76.2.
DOUBT = {"SOURCE": 0.3, "CUE": 0.35, "CONTENT": 0.35}
#: Probability over which a span is handed on for others to choose from. Of the dev articles'
#: contents 81 in 100 are among them, of cues 88, of sources 90.
LEAST = dict.fromkeys(DOUBT, 0.05)
#: Taken off a link's log-probability, times the logarithm of one plus the words between.
DISTANCE = 1.0
#: Taken off for every sentence's end between the two.
SENTENCE = 2.0
#: A cue goes without a source only when that is likelier by this much (log-probability).
NO_SOURCE = 2.0


def rules(tags: Sequence[str], transitions: Floats) -> Floats:
    """Transition scores (tags + 1, tags) for ``decode``: learned ones and BIO's law."""
    found: Floats = forbidden(tags) + transitions
    return found


@dataclass(frozen=True)
class Reading:
    """What is known of the speech in one window; words are numbered from the window's first.

    ``spans``: as chosen by the network alone, in text order. ``likely``: every span with a
    probability over ``LEAST``, and that probability. ``chance``: log-probabilities (n, 7) of the
    words' tags. ``links``: the link scores, to link other spans than those chosen.
    """

    spans: list[SpeechSpan]
    likely: list[tuple[float, Span]]
    chance: Floats
    links: Links


def decode(
    scores: Sequence[Floats],
    links: Sequence[Floats],
    starts: Sequence[NDArray[np.bool_]],
    table: Floats,
    tags: Sequence[str],
) -> list[Reading]:
    """What is said in each window.

    Args:
        scores, links: as in ``network.Scores``.
        starts: words that begin a sentence.
        table: transition scores (tags + 1, tags), see ``rules``.
    """
    found: list[Reading] = []
    if not scores:
        return found
    windows = span_chances(scores, table, tags, LEAST)
    for (likely, chance), link, start in zip(windows, links, starts, strict=True):
        linked = Links(link, start)
        chosen = best_set([(p - DOUBT[span[0]], span) for p, span in likely], len(chance))
        spans = linked.attributions(chosen, certainty(chosen, chance, tags))
        found.append(Reading(spans, likely, chance, linked))
    return found


def certainty(found: Sequence[Span], chance: Floats, tags: Sequence[str]) -> dict[Span, float]:
    """How sure the least sure word of each span is of its tag, 0–1."""
    sure = {}
    for kind, first, end in found:
        path = [tags.index(f"B-{kind}")] + [tags.index(f"I-{kind}")] * (end - first - 1)
        sure[kind, first, end] = float(np.exp(chance[np.arange(first, end), path].min()))
    return sure


def _edges(spans: Sequence[Span]) -> NDArray[np.int64]:
    """First words and ends of spans (n, 2), in order."""
    return np.array([span[1:] for span in spans], dtype=np.int64).reshape(-1, 2)


class Links:
    """The link scores of one window: from a cue to its source, from a content to its cue."""

    def __init__(self, scores: Floats, starts: NDArray[np.bool_]) -> None:
        top = scores.max(1, keepdims=True)
        self.chance = scores - top - np.log(np.exp(scores - top).sum(1, keepdims=True))
        self.sentence = np.cumsum(starts)

    def attributions(
        self, found: Sequence[Span], certainty: Mapping[Span, float]
    ) -> list[SpeechSpan]:
        """The spans with the numbers of their attributions.

        Every cue makes one. A cue points at its source, if it has one; a content points at its
        cue. A source that two cues share stands twice, once with each number; what nothing
        points at stands alone.
        """
        sources, cues, contents = (
            [x for x in found if x[0] == kind] for kind in ("SOURCE", "CUE", "CONTENT")
        )
        to_sources, to_cues = _edges(sources), _edges(cues)
        pairs: list[tuple[Span, int]] = [(cue, number) for number, cue in enumerate(cues)]
        linked = set()
        for number, cue in enumerate(cues):
            source = self._target(cue, to_sources, NO_SOURCE)
            if source is not None:
                linked.add(source)
                pairs.append((sources[source], number))
        alone = [x for i, x in enumerate(sources) if i not in linked]
        for content in contents:
            own = self._target(content, to_cues, np.inf)
            if own is None:
                alone.append(content)
            else:
                pairs.append((content, own))
        pairs.extend((span, len(cues) + i) for i, span in enumerate(alone))
        return sorted(
            ((*span, certainty[span], number) for span, number in pairs),
            key=lambda x: (x[1], x[2], x[4]),
        )

    def _target(self, span: Span, edges: NDArray[np.int64], favour: float) -> int | None:
        """Which candidate the span points at; None when pointing at itself wins by ``favour``."""
        if not len(edges):
            return None
        first, end = span[1:]
        begins, ends = edges.T
        row = np.append(self.chance[first], np.float32(-np.inf))
        best_inside = np.maximum.reduceat(row, edges.ravel())[::2]
        between = np.maximum(np.maximum(begins - end, first - ends), 0)
        reached = (
            best_inside.astype(np.float64)
            - DISTANCE * np.log1p(between)
            - SENTENCE * np.abs(self.sentence[first] - self.sentence[begins])
        )
        best = int(np.argmax(reached))
        return best if reached[best] > self.chance[first, first] - favour else None
