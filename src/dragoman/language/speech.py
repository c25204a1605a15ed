"""Who says what: spans of source, cue and content from the network's scores, and their links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from dragoman.language.chains import Span, forbidden, likely_spans

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
    chosen = likely_spans(scores, table, tags, DOUBT)
    return [
        (Links(link, start).attributions(found, _certainty(found, chance, tags)), chance)
        for (found, chance), link, start in zip(chosen, links, starts, strict=True)
    ]


def _certainty(found: Sequence[Span], chance: Floats, tags: Sequence[str]) -> dict[Span, float]:
    """How sure the least sure word of each span is of its tag, 0–1."""
    sure = {}
    for kind, first, end in found:
        path = [tags.index(f"B-{kind}")] + [tags.index(f"I-{kind}")] * (end - first - 1)
        sure[kind, first, end] = float(np.exp(chance[np.arange(first, end), path].min()))
    return sure


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
            ((*span, certainty[span], number) for span, number in pairs),
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
