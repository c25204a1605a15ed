"""A verb has one subject: the other one gets its next best place."""

from __future__ import annotations

import numpy as np

from dragoman.language.subjects import one_subject

NSUBJ, APPOS, OBJ, ROOT = range(4)


def settled(arcs: list[list[float]], labels_of: dict[tuple[int, int], list[float]]) -> list[tuple]:
    """Heads and labels of "chief Halevi said" after the second subject is moved."""
    heads, labels = np.array([2, 2, 2]), np.array([NSUBJ, NSUBJ, ROOT])

    def score(words, heads):
        plain = [0.0, -5.0, -5.0, -9.0]
        rows = [
            labels_of.get((word, head), plain)
            for word, head in zip(words.tolist(), heads.tolist(), strict=True)
        ]
        return np.array(rows, dtype=np.float32)

    one_subject(np.array(arcs, dtype=np.float32), [0, 3], heads, labels, score, frozenset({NSUBJ}))
    return list(zip(heads.tolist(), labels.tolist(), strict=True))


def test_the_cheapest_other_place_is_taken() -> None:
    arcs = [[-9, -9, 8], [4, -9, 5], [-9, -9, 9]]  # "Halevi" nearly hangs on "chief"
    found = settled(arcs, {(1, 0): [-4.0, 3.0, -5.0, -9.0]})
    assert found == [(2, NSUBJ), (0, APPOS), (2, ROOT)]


def test_another_label_may_be_cheaper_than_another_head() -> None:
    arcs = [[-9, -9, 8], [-9, -9, 8], [-9, -9, 9]]
    found = settled(arcs, {(1, 2): [1.0, -5.0, 0.5, -9.0]})
    assert found == [(2, NSUBJ), (2, OBJ), (2, ROOT)]


def test_no_word_comes_under_one_that_hangs_on_it() -> None:
    heads, labels = np.array([2, 0, 2, 2]), np.array([NSUBJ, APPOS, ROOT, NSUBJ])
    arcs = np.array([[-9, 8, 8, -9], [8, -9, -9, -9], [0, 0, 9, 0], [-9, -9, 8, -9]], np.float32)

    def score(words, heads):
        return np.tile(np.array([0.0, -3.0, -3.0, -9.0], dtype=np.float32), (len(heads), 1))

    one_subject(arcs, [0, 4], heads, labels, score, frozenset({NSUBJ}))
    assert heads[0] != 1  # though the scores would have it so
