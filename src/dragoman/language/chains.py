"""Spans from tag scores: B- and I- tags that follow each other as they must."""

from __future__ import annotations

from collections.abc import Sequence
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
    found = np.zeros((many, size), dtype=np.int64)
    rows = np.arange(many)
    found[rows, lengths - 1] = best[rows, lengths - 1].argmax(1)
    for word in range(size - 1, 0, -1):
        inside = lengths > word
        found[inside, word - 1] = back[rows, word, found[:, word]][inside]
    return [x[:n] for x, n in zip(found, lengths, strict=True)]


def marginals(scores: Sequence[Floats], table: Floats) -> list[Floats]:
    """Log-probabilities (words, tags) of each word's tag in each window, all sequences considered."""
    whole, lengths = _padded(scores)
    many, size, count = whole.shape
    # In probabilities, scaled at every word: one matrix product a step.
    chances = np.exp(np.maximum(table.astype(np.float64), -30.0)) * (table > FORBIDDEN / 2)
    steps, back = chances[:count], chances[:count].T.copy()
    words = np.exp(whole - whole.max(2, keepdims=True))
    ahead, behind = np.empty((many, size, count)), np.ones((many, size, count))
    here = words[:, 0] * chances[count]
    ahead[:, 0] = here / here.sum(1, keepdims=True)
    for word in range(1, size):
        here = (ahead[:, word - 1] @ steps) * words[:, word]
        ahead[:, word] = here / here.sum(1, keepdims=True)
    for word in range(size - 2, -1, -1):
        inside = lengths > word + 1
        here = (words[inside, word + 1] * behind[inside, word + 1]) @ back
        behind[inside, word] = here / here.sum(1, keepdims=True)
    both = ahead * behind
    logs = np.log(both / both.sum(2, keepdims=True) + 1e-9).astype(np.float32)
    return [x[:n] for x, n in zip(logs, lengths, strict=True)]


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
