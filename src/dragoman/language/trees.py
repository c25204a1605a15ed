"""Dependency trees from arc scores: the best head of each word, repaired only where needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.floating]
    Heads = NDArray[np.int64]

#: Roots that are tried when the best heads form no tree.
ROOTS_TRIED = 3
#: …and only those whose score is within this of the best one's.
CLOSE = 4.0
#: In sentences longer than this only the likeliest root is tried.
LONG = 80


def best_tree(scores: Floats) -> Heads:
    """The heads of one sentence: a tree with one root, which is its own head.

    Args:
        scores: (n, n), word by head; the diagonal holds the scores of being the root.
    """
    heads: Heads = scores.argmax(1)
    if is_tree(heads):
        return heads
    size = len(scores)
    own = scores.diagonal()
    others = scores - np.where(np.eye(size, dtype=bool), np.inf, 0.0)
    gain = own - others.max(1)
    best: tuple[float, Heads] | None = None
    tried = ROOTS_TRIED if size <= LONG else 1
    order = np.argsort(-gain, kind="stable")[:tried]
    for root in order[gain[order] > gain[order[0]] - CLOSE]:
        found = _spanning(others, int(root))
        total = float(scores[np.arange(size), found].sum())
        if best is None or total > best[0]:
            best = total, found
    assert best is not None
    return best[1]


def is_tree(heads: Heads) -> bool:
    """Whether there is one root (its own head) that every word leads up to."""
    places = np.arange(len(heads))
    if (heads == places).sum() != 1:
        return False
    up = heads
    steps = 1
    while steps < len(heads):
        up = up[up]
        steps *= 2
    return bool((up == up[0]).all())


def _spanning(scores: Floats, root: int) -> Heads:
    """The best tree under ``root`` (Chu, Liu and Edmonds); the diagonal is minus infinity."""
    scores = scores.astype(np.float64)
    size = len(scores)
    scores[root] = -np.inf
    scores[root, root] = 0.0
    heads: Heads = scores.argmax(1)
    cycle = _cycle(heads, root)
    if cycle is None:
        return heads
    inside = np.zeros(size, dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    members = np.flatnonzero(inside)
    # The cycle becomes one node, the last of a smaller graph.
    small = np.full((len(outside) + 1,) * 2, -np.inf)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    leaving = scores[np.ix_(outside, members)]
    small[:-1, -1] = leaving.max(1)
    entering = scores[np.ix_(members, outside)] - scores[members, heads[members]][:, None]
    small[-1, :-1] = entering.max(0)
    chosen = _spanning(small, int(np.searchsorted(outside, root)))
    found = heads.copy()
    for place, word in enumerate(outside):
        head = chosen[place]
        found[word] = members[leaving[place].argmax()] if head == len(outside) else outside[head]
    found[root] = root
    entry = int(chosen[-1])
    found[members[entering[:, entry].argmax()]] = outside[entry]
    return found


def _cycle(heads: Heads, root: int) -> list[int] | None:
    """The words of one cycle that does not hold the root, or None."""
    state = np.zeros(len(heads), dtype=np.int8)
    state[root] = 2
    for first in range(len(heads)):
        path = []
        word = first
        while state[word] == 0:
            state[word] = 1
            path.append(word)
            word = int(heads[word])
        if state[word] == 1:
            return path[path.index(word) :]
        state[path] = 2
    return None
