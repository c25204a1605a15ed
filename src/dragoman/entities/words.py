"""The words of a story as plain lists: what the parse says, read from the Doc once.

Attributes of spaCy's tokens cost some 0.2 µs each, tokens themselves more; this room asks for them
several times a word.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from spacy.attrs import DEP, HEAD, IS_PUNCT, IS_SPACE, LEMMA, LOWER, ORTH, POS, SPACY, TAG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

NOMINAL_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
NOMINAL = frozenset({"NOUN", "PROPN"})
INSIDE = frozenset({"compound", "flat", "goeswith", "fixed", "nmod:desc"})
RIGHT = frozenset({"flat", "compound", "goeswith", "fixed"})
QUOTES = frozenset({*"\"'`«»‘’‚‛“”„‟‹›❮❯", "``", "''"})
MARKS = frozenset({"“", "``", "«", "”", "''", "»", '"'})
STOPS = frozenset("().;:!?")  # no noun phrase reaches across these
PREMODIFIERS = frozenset(
    {"det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "flat", "det:predet",
     "punct", "case", "goeswith", "cc:preconj"}
)  # fmt: skip
COMPLEMENTS = frozenset({"nmod", "obl"})
COMPLEMENT_CASES = frozenset(
    {"of", "in", "from", "at", "for", "inside", "within", "near", "across"}
)


class Words:
    """Lists over the words of one story, by their index.

    Attributes:
        story: the whole text.
        texts, lowers: as written, and in small letters.
        tags, deps, pos: PTB tags, UD labels ("ROOT" for roots), UD parts of speech.
        lemmas: in small letters.
        above: index of the head; a root's own.
        kids: indices of the children, in the order of the text.
        edges, last: index of the first and the last word under each.
        starts: offset of each in code points.
        points, spaces: whether each is punctuation, or white space.
        heads: whether each heads a noun phrase of its own.
        stops: whether no noun phrase reaches across the word.
    """

    def __init__(self, doc: Doc) -> None:
        strings = doc.vocab.strings
        table = doc.to_array([TAG, DEP, LEMMA, LOWER, ORTH, POS, HEAD, SPACY, IS_PUNCT, IS_SPACE])
        columns = table.T.tolist()
        name = {key: strings[key] for key in set().union(*columns[:6])}
        self.tags, self.deps, lemmas, self.lowers, self.texts, self.pos = (
            [name[key] for key in column] for column in columns[:6]
        )
        self.points: list[int] = columns[8]
        self.spaces: list[int] = columns[9]
        small = {lemma: lemma.lower() for lemma in set(lemmas)}
        self.lemmas = [small[lemma] for lemma in lemmas]
        above = np.arange(len(table)) + table[:, 6].astype(np.int64)  # offsets from the word
        self.above: list[int] = above.tolist()
        self.kids: list[list[int]] = [[] for _ in self.above]
        for place, head in enumerate(self.above):
            if head != place:
                self.kids[head].append(place)
        self.edges, self.last = edges_of(self.above)
        self.story: str = doc.text
        lengths = np.array([len(text) for text in self.texts], dtype=np.int64)
        ends = np.cumsum(lengths + (table[:, 7] != 0))
        self.starts: list[int] = np.concatenate([[0], ends[:-1]]).tolist() if len(ends) else []
        space = {text for text in set(self.texts) if text.isspace()}
        stop = space | QUOTES | STOPS
        self.stops = [text in stop for text in self.texts]
        self.heads = [
            (tag in NOMINAL_TAGS or pos in NOMINAL) and dep not in INSIDE
            for tag, pos, dep in zip(self.tags, self.pos, self.deps, strict=True)
        ]

    def __len__(self) -> int:
        return len(self.texts)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Half-open range of code points of a token range."""
        return self.starts[first], self.starts[last - 1] + len(self.texts[last - 1])

    def text(self, first: int, last: int) -> str:
        """The text of a range of words, as written, without the blank after it."""
        start, end = self.span(first, last)
        return self.story[start:end]

    def parted(self, place: int) -> bool:
        """Whether a blank stands right after a word; after a story's last one it is not told."""
        after = place + 1
        return after < len(self.starts) and self.starts[after] > self.span(place, after)[1]

    @cached_property
    def quoted(self) -> list[bool]:
        """Which words stand inside double quotation marks."""
        return quoted_words(self.texts)

    @cached_property
    def paragraphs(self) -> list[int]:
        """The number of its paragraph for every word."""
        found, number = [], 0
        for word in self.texts:
            found.append(number)
            number += "\n" in word
        return found

    def runs_on(self, place: int) -> bool:
        """Whether the head's own words go on to the right ("flat" and compound parts)."""
        return any(kid > place and self.deps[kid] in RIGHT for kid in self.kids[place])

    # phrases

    def phrase_first(self, place: int) -> int:
        """The first word of the noun phrase that a word heads: its determiner and modifiers."""
        deps, tags, first = self.deps, self.tags, place
        for kid in reversed(self.kids[place]):
            if kid > place:
                continue
            dep = deps[kid]
            if dep == "case" and tags[kid] != "POS":
                continue
            if dep not in PREMODIFIERS or dep == "punct":
                break
            edge = self.edges[kid]
            if True in self.stops[edge:first]:
                break
            if deps[edge] == "case" and tags[edge] != "POS":
                edge = min(edge + 1, kid)
            first = min(first, edge)
        return first

    def phrase_last(self, place: int) -> int:
        """Where the head's own words end (exclusive): after its flat and compound parts."""
        last = place + 1
        for kid in self.kids[place]:
            if kid < place:
                continue
            if self.deps[kid] in RIGHT and self.edges[kid] == last:
                last = self.last[kid] + 1
            elif kid >= last:
                break
        return last

    def complements(self, place: int, after: int) -> list[int]:
        """Heads of the prepositional phrases after ``after`` that say whose or of where."""
        return [
            kid for kid in self.kids[place]
            if kid >= after and kid > place and self.deps[kid] in COMPLEMENTS
            and self.case_of(kid) in COMPLEMENT_CASES
        ]  # fmt: skip

    def case_of(self, place: int) -> str:
        """The first word of case before a word, in small letters; "" where there is none."""
        for kid in self.kids[place]:
            if kid > place:
                break
            if self.deps[kid] == "case":
                return self.lowers[kid]
        return ""

    def preposition_of(self, place: int) -> str:
        """The preposition before a word's phrase, in small letters; "" where there is none."""
        for kid in self.kids[place]:
            if kid > place:
                break
            if self.deps[kid] == "case" and self.tags[kid] != "POS":
                return self.lowers[kid]
        return ""


def quoted_words(words: Sequence[str]) -> list[bool]:
    """Which words stand inside double quotation marks, line breaks being words of their own."""
    inside = False
    found = []
    for word in words:
        if word in MARKS or "\n" in word:
            if "\n" in word:
                inside = False
            if word in ("“", "``", "«"):
                inside = True
            found.append(inside)
            if word in ("”", "''", "»"):
                inside = False
            elif word == '"':
                inside = not inside
        else:
            found.append(inside)
    return found


def edges_of(above: list[int]) -> tuple[list[int], list[int]]:
    """The first and the last word under every word, itself included."""
    size = len(above)
    firsts, lasts = [-1] * size, [-1] * size
    for held, places in ((firsts, range(size)), (lasts, range(size - 1, -1, -1))):
        for place in places:
            over = place
            while held[over] < 0:  # whoever stands over a word that is reached is reached too
                held[over] = place
                over = above[over]
    return firsts, lasts
