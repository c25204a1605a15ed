"""Spans from tag scores: B- and I- tags that follow each other as they must."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.floating]
    Tags = NDArray[np.int64]

#: A span of tokens: kind, first token, end (half-open).
Span = tuple[str, int, int]
FORBIDDEN = -1e6


def forbidden(tags: Sequence[str]) -> Floats:
    """(tags + 1, tags) of zeros, and a huge penalty where an I- follows no B- or I- of its kind.

    The last row is for the first word.
    """
    table = np.zeros((len(tags) + 1, len(tags)), dtype=np.float32)
    for column, tag in enumerate(tags):
        if tag.startswith("I-"):
            for row, before in enumerate([*tags, "O"]):
                if before[2:] != tag[2:]:
                    table[row, column] = FORBIDDEN
    return table


def best_chains(scores: Sequence[Floats], table: Floats) -> list[Tags]:
    """The best sequence of tags of each window (Viterbi): scores of words plus transitions.

    Where ``table`` only forbids, the best tag of every word is the answer if it breaks no rule,
    and that is looked at first.

    Args:
        scores: one array (words, tags) a window.
        table: (tags + 1, tags), from tag to tag; the last row is for the first word.
    """
    found: list[Tags] = [x.argmax(1) for x in scores]
    count = len(table) - 1
    rest = list(range(len(found)))
    if not ((table != 0) & (table > FORBIDDEN / 2)).any():
        rest = [
            i for i, tags in enumerate(found)
            if table[np.concatenate(([count], tags[:-1])), tags].min() < FORBIDDEN / 2
        ]  # fmt: skip
    if rest:
        for i, tags in zip(rest, _viterbi([scores[i] for i in rest], table), strict=True):
            found[i] = tags
    return found


def _padded(scores: Sequence[Floats]) -> tuple[Floats, Tags]:
    """One array (windows, words, tags), short windows filled up with zeros, and their lengths."""
    lengths = np.array([len(x) for x in scores])
    whole = np.zeros((len(scores), int(lengths.max()), scores[0].shape[1]), dtype=np.float64)
    for row, x in zip(whole, scores, strict=True):
        row[: len(x)] = x
    return whole, lengths


def _viterbi(scores: Sequence[Floats], table: Floats) -> list[Tags]:
    whole, lengths = _padded(scores)
    many, size, count = whole.shape
    steps = table[:count].T.astype(np.float64)
    back = np.zeros((many, size, count), dtype=np.int64)
    best = np.empty((many, size, count))
    best[:, 0] = whole[:, 0] + table[count]
    for word in range(1, size):
        reached = best[:, word - 1, None, :] + steps
        back[:, word] = reached.argmax(2)
        best[:, word] = reached.max(2) + whole[:, word]
    found: list[Tags] = []
    for before, reached, size in zip(back, best, lengths.tolist(), strict=True):
        path = [int(reached[size - 1].argmax())]
        for tags in reversed(before[1:size].tolist()):
            path.append(tags[path[-1]])
        found.append(np.array(path[::-1], dtype=np.int64))
    return found


def marginals(scores: Sequence[Floats], table: Floats) -> list[tuple[Floats, Floats]]:
    """Two arrays (words, tags) for each window, all sequences of tags considered.

    The first holds the log-probability of each word's tag. The second says how likely the rest of
    the window is from a word on, given its tag there, its own scores counted; of use only in
    proportion.
    """
    whole, lengths = _padded(scores)
    many, size, count = whole.shape
    # In probabilities, scaled at every word: one matrix product a step, from both ends at once.
    chances = _chance_table(table)
    both_ways = np.stack([chances[:count], chances[:count].T])
    words = np.exp(whole - whole.max(2, keepdims=True))
    windows = np.arange(many)[:, None]
    mirrored = np.maximum(lengths[:, None] - 1 - np.arange(size), 0)  # from each window's last word
    turned = words[windows, mirrored]
    held = np.ones((size, 2, many, count))  # by step: ahead of the first word, behind the last
    here = words[:, 0] * chances[count]
    held[0, 0] = here / here.sum(1, keepdims=True)
    reached = np.stack([held[0, 0], turned[:, 0]])
    for step in range(1, size):
        now = reached @ both_ways
        now[0] *= words[:, step]
        np.divide(now, np.add.reduce(now, axis=2, keepdims=True), out=held[step])
        reached[0] = held[step, 0]
        np.multiply(turned[:, step], held[step, 1], out=reached[1])
    ahead, behind = held[:, 0].transpose(1, 0, 2), held[mirrored, 1, windows]
    both = ahead * behind
    logs = np.log(both / both.sum(2, keepdims=True) + 1e-9).astype(np.float32)
    onward = words * behind
    return [(x[:n], y[:n]) for x, y, n in zip(logs, onward, lengths, strict=True)]


def _chance_table(table: Floats) -> Floats:
    """Transition scores as factors; what is forbidden is 0."""
    found: Floats = np.exp(np.maximum(table.astype(np.float64), -30.0)) * (table > FORBIDDEN / 2)
    return found


def span_chances(
    scores: Sequence[Floats], table: Floats, tags: Sequence[str], least: Mapping[str, float]
) -> list[tuple[list[tuple[float, Span]], Floats]]:
    """The spans of each window that are likely, and the log-probabilities of ``marginals``.

    Where a whole span counts only when both its ends are right, the best sequence of tags is not
    the best set of spans. A span's probability is that of just this span, from its first word to
    its last: the chain of tags after a word is known to depend on that word's tag alone.

    Args:
        scores, table: as in ``best_chains``.
        least: kind → probability over which a span is given, 0–1.
    """
    factors = _chance_table(table)[: len(tags)]
    found = []
    for logs, onward in marginals(scores, table):
        reach = onward @ factors.T  # (words, tags): everything that can follow a tag
        likely: list[tuple[float, Span]] = []
        for kind, over in least.items():
            begin, go_on = tags.index(f"B-{kind}"), tags.index(f"I-{kind}")
            begins = np.exp(logs[:, begin])
            if not (begins > over).any():
                continue
            # The probability that the span goes on with a word, after its first and after another.
            after = [
                factors[tag, go_on] * onward[1:, go_on] / (reach[1:, tag] + 1e-300)
                for tag in (begin, go_on)
            ]
            likely += _likely(kind, begins, after, over)
        found.append((likely, logs))
    return found


def _likely(
    kind: str, begins: Floats, after: Sequence[Floats], least: float
) -> list[tuple[float, Span]]:
    """Spans of a kind with probability over ``least``, and that probability."""
    size, found = len(begins), []
    second, later = ([*x.tolist(), 0.0] for x in after)
    for first in np.flatnonzero(begins > least).tolist():
        begun, onward = float(begins[first]), second[first]
        chance, lasting = begun * (1.0 - onward), 1.0
        if chance > least:
            found.append((chance, (kind, first, first + 1)))
        for last in range(first + 1, size):
            reached = begun * (onward * lasting)
            if reached <= least:  # it only falls from here on
                break
            chance = reached * (1.0 - later[last])
            if chance > least:
                found.append((chance, (kind, first, last + 1)))
            lasting *= later[last]
    return found


def best_set(worth: Sequence[tuple[float, Span]], size: int) -> list[Span]:
    """The spans, none over another, whose worth sums to most, in text order; at most 0 is left out."""
    ending: dict[int, list[tuple[float, Span]]] = {}
    for value, span in worth:
        if value > 0:
            ending.setdefault(span[2], []).append((value, span))
    best, chosen = [0.0] * (size + 1), [None] * (size + 1)  # type: list[float], list[Span | None]
    for end in range(1, size + 1):
        best[end] = best[end - 1]
        for value, span in ending.get(end, ()):
            if best[span[1]] + value > best[end]:
                best[end], chosen[end] = best[span[1]] + value, span
    found: list[Span] = []
    end = size
    while end > 0:
        span_here = chosen[end]
        if span_here is None:
            end -= 1
        else:
            found.append(span_here)
            end = span_here[1]
    return found[::-1]


def set_chances(odds: Floats, window: Tags, first: Tags, end: Tags) -> tuple[Floats, Floats]:
    """How likely each span is among those that hold, and the logarithm of each window's whole.

    Of every window all sets of spans are weighed, none over another; a set weighs e to the sum
    of its spans' odds. A span is as likely as the sets with it weigh of the whole.

    Args:
        odds: log-odds of every span, -30 to 30 or so, whatever its rivals are.
        window, first, end: its window, first word and end (half-open).
    """
    windows, row = np.unique(window, return_inverse=True)
    # Only words where a span begins or ends matter: they are numbered in each window.
    spread = int(end.max(initial=0)) + 1
    keys = np.unique(np.concatenate((row * spread + first, row * spread + end)))
    origin = np.searchsorted(keys, row * spread)
    opens = np.searchsorted(keys, row * spread + first) - origin
    closes = np.searchsorted(keys, row * spread + end) - origin
    size = int(closes.max(initial=0)) + 1
    ahead, behind = np.zeros((len(windows), size)), np.zeros((len(windows), size))
    for place in range(1, size):
        ahead[:, place] = ahead[:, place - 1]
        own = np.flatnonzero(closes == place)
        np.logaddexp.at(ahead[:, place], row[own], ahead[row[own], opens[own]] + odds[own])
    for place in range(size - 2, -1, -1):
        behind[:, place] = behind[:, place + 1]
        own = np.flatnonzero(opens == place)
        np.logaddexp.at(behind[:, place], row[own], behind[row[own], closes[own]] + odds[own])
    whole = ahead[:, -1]
    chances: Floats = np.exp(ahead[row, opens] + odds + behind[row, closes] - whole[row])
    return chances, whole


def spans(tags: Sequence[str]) -> list[Span]:
    """The spans a legal sequence of B-, I- and O tags stands for."""
    found: list[Span] = []
    start = None
    for place, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I-"):
            found.append((tags[start][2:], start, place))
            start = None
        if tag.startswith("B-"):
            start = place
    return found
