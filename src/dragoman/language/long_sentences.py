"""Sentences longer than a limit are cut: what reads them takes the square of their words, or more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import DEP, HEAD

if TYPE_CHECKING:
    from spacy.tokens import Doc


def cut(doc: Doc, most: int) -> int:
    """Cut the sentences of a Doc so that none has more than ``most`` tokens; how many cuts it took.

    A part keeps its tree; what hung on a word of another part hangs on the part's first loose word.
    """
    if not doc.has_annotation("SENT_START"):
        return 0
    places = [
        place
        for sentence in doc.sents
        for place in range(sentence.start + most, sentence.end, most)
    ]
    if places and doc.has_annotation("DEP"):
        _cut_trees(doc, places)
    else:
        for place in places:
            doc[place].is_sent_start = True
    return len(places)


def _cut_trees(doc: Doc, places: list[int]) -> None:
    """Begin sentences at these tokens, a whole tree in each."""
    root, beside = doc.vocab.strings.add("ROOT"), doc.vocab.strings.add("parataxis")
    rows: Any = doc.to_array([HEAD, DEP])
    starts = sorted({*places, *(sentence.start for sentence in doc.sents), len(doc)})
    number = np.searchsorted(starts, np.arange(len(doc)), side="right")
    tokens = np.arange(len(doc))
    heads = tokens + rows[:, 0].astype(np.int64)
    tops: dict[int, int] = {}
    loose = np.flatnonzero((number[heads] != number) | (heads == tokens)).tolist()
    for token in sorted(loose, key=lambda place: heads[place] != place):  # its own root is its top
        top = tops.setdefault(int(number[token]), token)
        rows[token, 0] = np.uint64((top - token) % 2**64)
        rows[token, 1] = root if top == token else beside
    doc.from_array([HEAD, DEP], rows)
