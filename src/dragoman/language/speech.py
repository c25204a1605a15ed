"""Who says what: spans of source, cue and content from the network's scores, and their links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from dragoman.language.chains import Span, best_chains, forbidden, marginals, spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: kind, first token, end (half-open), probability, number of the attribution.
SpeechSpan = tuple[str, int, int, float, int]

# The weights below were chosen on PolNeAR dev articles: linked pairs 56.4 without, 59.0 with them
# (at the same spans, of which 62 could be had with perfect links).
#: Taken off every word's scores of content tags: on the dev articles fewer and surer contents
#: agree more often with the annotators (linked pairs 63.4 without, 64.6 with it).
CONTENT_DOUBT = 0.3
#: Taken off a link's log-probability, times the logarithm of one plus the words between.
DISTANCE = 1.0
#: Taken off for every sentence's end between the two.
SENTENCE = 2.0
#: A cue goes without a source only when that is likelier by this much (log-probability).
NO_SOURCE = 2.0


def rules(tags: Sequence[str], transitions: Floats) -> Floats:
    """Transition scores (tags + 1, tags) for ``decode``: learned ones, BIO's law, and doubt."""
    doubt = np.array([CONTENT_DOUBT * x.endswith("CONTENT") for x in tags], dtype=np.float32)
    found: Floats = forbidden(tags) + transitions - doubt
    return found


def decode(
    scores: Sequence[Floats],
    links: Sequence[Floats],
    starts: Sequence[NDArray[np.bool_]],
    table: Floats,
    tags: Sequence[str],
) -> list[tuple[list[SpeechSpan], Floats]]:
    """For each window its spans in text order, and log-probabilities (n, 7) of its words' tags.

    Args:
        scores, links: as in ``network.Scores``.
        starts: words that begin a sentence.
        table: transition scores (tags + 1, tags), see ``rules``.
    """
    if not scores:
        return []
    chances = marginals(scores, table)
    chosen = best_chains(scores, table)
    return [
        (Links(link, start).attributions(spans([tags[x] for x in path]), path, chance), chance)
        for path, chance, link, start in zip(chosen, chances, links, starts, strict=True)
    ]


class Links:
    """The link scores of one window: from a cue to its source, from a content to its cue."""

    def __init__(self, scores: Floats, starts: NDArray[np.bool_]) -> None:
        top = scores.max(1, keepdims=True)
        self.chance = scores - top - np.log(np.exp(scores - top).sum(1, keepdims=True))
        self.sentence = np.cumsum(starts)

    def attributions(
        self, found: Sequence[Span], path: NDArray[np.int64], chances: Floats
    ) -> list[SpeechSpan]:
        """The spans with the numbers of their attributions.

        Every cue makes one. A cue points at its source, if it has one; a content points at its
        cue. A source that two cues share stands twice, once with each number; what nothing
        points at stands alone.
        """
        certainty = chances[np.arange(len(path)), path]
        sources, cues, contents = (
            [x for x in found if x[0] == kind] for kind in ("SOURCE", "CUE", "CONTENT")
        )
        pairs: list[tuple[Span, int]] = [(cue, number) for number, cue in enumerate(cues)]
        linked = set()
        for number, cue in enumerate(cues):
            source = self._target(cue, sources, NO_SOURCE)
            if source is not None:
                linked.add(source)
                pairs.append((sources[source], number))
        alone = [x for i, x in enumerate(sources) if i not in linked]
        for content in contents:
            own = self._target(content, cues, np.inf)
            if own is None:
                alone.append(content)
            else:
                pairs.append((content, own))
        pairs.extend((span, len(cues) + i) for i, span in enumerate(alone))
        return sorted(
            (
                (kind, first, end, float(np.exp(certainty[first:end].min())), number)
                for (kind, first, end), number in pairs
            ),
            key=lambda x: (x[1], x[2], x[4]),
        )

    def _target(self, span: Span, candidates: Sequence[Span], favour: float) -> int | None:
        """Which candidate the span points at; None when pointing at itself wins by ``favour``."""
        if not candidates:
            return None
        first, end = span[1:]
        reached = []
        for _, a, b in candidates:
            between = max(a - end, first - b, 0)
            reached.append(
                float(self.chance[first, a:b].max())
                - DISTANCE * np.log1p(between)
                - SENTENCE * abs(int(self.sentence[first]) - int(self.sentence[a]))
            )
        best = int(np.argmax(reached))
        return best if reached[best] > self.chance[first, first] - favour else None
