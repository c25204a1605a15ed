"""Who says what: spans of source, cue and content from the network's scores, and their links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from dragoman.language.chains import Span, best_chains, marginals, spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: kind, first token, end (half-open), probability, number of the attribution.
SpeechSpan = tuple[str, int, int, float, int]


def decode(
    scores: Sequence[Floats], links: Sequence[Floats], rules: Floats, tags: Sequence[str]
) -> list[tuple[list[SpeechSpan], Floats]]:
    """For each window its spans in text order, and log-probabilities (n, 7) of its words' tags."""
    if not scores:
        return []
    chances = marginals(scores, rules)
    chosen = best_chains(scores, rules)
    return [
        (_linked(spans([tags[x] for x in path]), path, chance, link), chance)
        for path, chance, link in zip(chosen, chances, links, strict=True)
    ]


def _linked(
    found: list[Span], path: NDArray[np.int64], chances: Floats, links: Floats
) -> list[SpeechSpan]:
    """The spans of one window with the numbers of their attributions.

    A cue makes an attribution; it points at its source, and contents point at their cue. A
    source that two cues share stands twice, once with each number. A content without a cue joins
    the nearest attribution that can be its own, or makes one.
    """
    certainty = chances[np.arange(len(path)), path]
    chance = {
        (kind, a, b): float(np.exp(certainty[a:b].min())) for kind, a, b in found
    }
    by_kind = {
        kind: [x for x in found if x[0] == kind] for kind in ("SOURCE", "CUE", "CONTENT")
    }
    made: list[SpeechSpan] = []
    number = {cue[1]: i for i, cue in enumerate(by_kind["CUE"])}
    sourced = set()
    for cue in by_kind["CUE"]:
        made.append((*cue, chance[cue], number[cue[1]]))
        source = _target(links[cue[1]], cue[1], by_kind["SOURCE"])
        if source is not None:
            sourced.add(source)
            made.append((*source, chance[source], number[cue[1]]))
    others = len(number)
    for content in by_kind["CONTENT"]:
        cue = _target(links[content[1]], content[1], by_kind["CUE"])
        if cue is None:
            made.append((*content, chance[content], others))
            others += 1
        else:
            made.append((*content, chance[content], number[cue[1]]))
    for source in by_kind["SOURCE"]:
        if source not in sourced:
            made.append((*source, chance[source], others))
            others += 1
    made.sort(key=lambda x: (x[1], x[2], x[4]))
    return made


def _target(
    row: Floats, own: int, candidates: Sequence[tuple[str, int, int]]
) -> tuple[str, int, int] | None:
    """The candidate that ``row`` of the link scores points at; None when it points at itself.

    A candidate's score is the best of its words'.
    """
    if not candidates:
        return None
    reached = [float(row[a:b].max()) for _, a, b in candidates]
    best = int(np.argmax(reached))
    return candidates[best] if reached[best] > row[own] else None
