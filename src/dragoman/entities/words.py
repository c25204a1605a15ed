"""The words of a story as plain lists: what the parse says, read from the Doc once.

Attributes of spaCy's tokens cost some 0.2 µs each, tokens themselves more; this room asks for them
several times a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, LOWER, ORTH, POS, SPACY, TAG

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

NOMINAL_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
NOMINAL = frozenset({"NOUN", "PROPN"})
INSIDE = frozenset({"compound", "flat", "goeswith", "fixed", "nmod:desc"})
RIGHT = frozenset({"flat", "compound", "goeswith", "fixed"})
QUOTES = frozenset({*"\"'`«»‘’‚‛“”„‟‹›❮❯", "``", "''"})
STOPS = frozenset("().;:!?")  # no noun phrase reaches across these


class Words:
    """Lists over the words of one story, by their index.

    Attributes:
        texts, lowers: as written, and in small letters.
        tags, deps, pos: PTB tags, UD labels ("ROOT" for roots), UD parts of speech.
        lemmas: in small letters.
        above: index of the head; a root's own.
        kids: indices of the children, in the order of the text.
        last: index of the last word under each.
        starts: offset of each in code points.
        stops: whether no noun phrase reaches across the word.
    """

    def __init__(self, doc: Doc) -> None:
        strings = doc.vocab.strings
        table = doc.to_array([TAG, DEP, LEMMA, LOWER, ORTH, POS, HEAD, SPACY])
        columns = table[:, :6].T.tolist()
        name = {key: strings[key] for key in set().union(*columns)}
        self.tags, self.deps, lemmas, self.lowers, self.texts, self.pos = (
            [name[key] for key in column] for column in columns
        )
        small = {lemma: lemma.lower() for lemma in set(lemmas)}
        self.lemmas = [small[lemma] for lemma in lemmas]
        above = np.arange(len(table)) + table[:, 6].astype(np.int64)  # offsets from the word
        self.above: list[int] = above.tolist()
        self.kids: list[list[int]] = [[] for _ in self.above]
        for place, head in enumerate(self.above):
            if head != place:
                self.kids[head].append(place)
        self.last = last_words(above)
        lengths = np.array([len(text) for text in self.texts], dtype=np.int64)
        ends = np.cumsum(lengths + (table[:, 7] != 0))
        self.starts: list[int] = np.concatenate([[0], ends[:-1]]).tolist() if len(ends) else []
        space = {text for text in set(self.texts) if text.isspace()}
        stop = space | QUOTES | STOPS
        self.stops = [text in stop for text in self.texts]

    def __len__(self) -> int:
        return len(self.texts)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Half-open range of code points of a token range."""
        return self.starts[first], self.starts[last - 1] + len(self.texts[last - 1])

    def paragraphs(self) -> list[int]:
        """The number of its paragraph for every word."""
        found, number = [], 0
        for word in self.texts:
            found.append(number)
            number += "\n" in word
        return found

    def is_head(self, place: int) -> bool:
        """Whether a word heads a noun phrase of its own."""
        return (self.tags[place] in NOMINAL_TAGS or self.pos[place] in NOMINAL) and self.deps[
            place
        ] not in INSIDE

    def runs_on(self, place: int) -> bool:
        """Whether the head's own words go on to the right ("flat" and compound parts)."""
        return any(kid > place and self.deps[kid] in RIGHT for kid in self.kids[place])


def last_words(above: NDArray[np.int64]) -> list[int]:
    """The last word under every word."""
    last = np.arange(len(above))
    for _ in range(60):  # no tree of a sentence is deeper
        before = last.copy()
        np.maximum.at(last, above, before)
        if np.array_equal(last, before):
            break
    found: list[int] = last.tolist()
    return found
