"""The words of a story as plain lists: what the parse says, read from the Doc once.

Attributes of spaCy's tokens cost some 0.2 µs each, tokens themselves more; this room asks for them
several times a word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from spacy.attrs import (
    DEP,
    HEAD,
    IS_PUNCT,
    IS_SPACE,
    LEMMA,
    LOWER,
    ORTH,
    POS,
    SENT_START,
    SPACY,
    TAG,
)

from dragoman.language.turns import Turn, turns
from dragoman.reading import datelines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.strings import StringStore
    from spacy.tokens import Doc

NOMINAL_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
NOMINAL = frozenset({"NOUN", "PROPN"})
TITLE = "nmod:desc"  # a title before a name
INSIDE = frozenset({"compound", "flat", "goeswith", "fixed", TITLE})
RIGHT = frozenset({"flat", "compound", "goeswith", "fixed"})
QUOTES = frozenset({*"\"'`«»‘’‚‛“”„‟‹›❮❯", "``", "''"})
MARKS = frozenset({"“", "``", "«", "”", "''", "»", '"'})
FULL_STOPS = frozenset(".?!")
STOPS = frozenset("().;:!?")  # no noun phrase reaches across these
CLAUSAL = frozenset({"cop", "nsubj", "nsubj:pass"})  # nor across these: a clause is no modifier
KEPT = 200_000
KNOWN: dict[int, str] = {}  # spaCy's number of a string is the same in every vocabulary
SMALL: dict[int, str] = {}  # the same strings in small letters, of lemmas
_KEPT = "token_words"
ASKING = frozenset({"WRB", "WDT", "WP"})
LEADS = frozenset({"case", "cc"})  # no phrase begins with these
PREMODIFIERS = frozenset(
    {"det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "flat", "det:predet",
     "punct", "case", "goeswith", "cc:preconj"}
)  # fmt: skip
COMPLEMENTS = frozenset({"nmod", "obl"})
COMPLEMENT_CASES = frozenset(
    {"of", "in", "from", "at", "for", "inside", "within", "near", "across"}
)


class Tagged(NamedTuple):
    """A tagged name: a half-open range of words, and its label."""

    start: int
    end: int
    label: str


class Words:
    """Lists over the words of one story, by their index.

    Attributes:
        ents: the tagged names, as the parse has them.
        texts, lowers: as written, and in small letters.
        tags, deps, pos: PTB tags, UD labels ("ROOT" for roots), UD parts of speech.
        lemmas: in small letters.
        above: index of the head; a root's own.
        kids: indices of the children, in the order of the text.
        edges, last: index of the first and the last word under each.
        sentences: the first word of every sentence of the parse.
        openings: the first word of every sentence, once somebody has asked for it.
        years: the years that sentences tell of, once somebody has asked for them.
        starts, ends: offsets of each in code points.
        blanks: whether a blank stands right after each.
        points, spaces: whether each is punctuation, or white space.
        heads: whether each heads a noun phrase of its own.
        stops: whether no noun phrase reaches across the word.
    """

    def __init__(self, doc: Doc) -> None:
        strings = doc.vocab.strings
        table = doc.to_array(
            [TAG, DEP, LOWER, ORTH, POS, LEMMA, HEAD, SPACY, IS_PUNCT, IS_SPACE, SENT_START]
        )
        columns = table.T.tolist()
        self.tags, self.deps, self.lowers, self.texts, self.pos = (
            written(column, strings) for column in columns[:5]
        )
        self.lemmas = written(columns[5], strings, SMALL)
        self.blanks: list[int] = columns[7]
        self.points: list[int] = columns[8]
        self.spaces: list[int] = columns[9]
        above = np.arange(len(table)) + table[:, 6].astype(np.int64)  # offsets from the word
        self.above: list[int] = above.tolist()
        self.kids: list[Sequence[int]] = [()] * len(self.above)  # most words have none
        below: dict[int, list[int]] = defaultdict(list)
        for place, head in enumerate(self.above):
            if head != place:
                below[head].append(place)
        for head, kids in below.items():
            self.kids[head] = kids
        self.edges, self.last = edges_of(self.above)
        begins = np.flatnonzero(table[1:, 10] == 1) + 1
        self.sentences: list[int] = [*range(min(1, len(table))), *begins.tolist()]
        self.openings: dict[int, int] | None = None
        self.years: dict[int, tuple[int, int]] | None = None
        self.ents = [Tagged(ent.start, ent.end, ent.label_) for ent in doc.ents]
        sizes = np.array(list(map(len, self.texts)), dtype=np.int64)
        steps = sizes + np.array(self.blanks, dtype=np.int64)
        starts = np.cumsum(steps) - steps
        self.starts: list[int] = starts.tolist()
        self.ends: list[int] = (starts + sizes).tolist()
        space = {text for text in set(self.texts) if text.isspace()}
        stop = space | QUOTES | STOPS
        self.stops = [text in stop for text in self.texts]
        self.heads = [
            tag in NOMINAL_TAGS or pos in NOMINAL
            for tag, pos in zip(self.tags, self.pos, strict=True)
        ]
        for dep in INSIDE & self.labelled.keys():
            for place in self.labelled[dep]:
                self.heads[place] = self.heads[place] and self.set_off(place)

    def __len__(self) -> int:
        return len(self.texts)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Half-open range of code points of a token range."""
        return self.starts[first], self.ends[last - 1]

    def text(self, first: int, last: int) -> str:
        """The text of a range of words, as written, without the blank after it."""
        if last - first == 1:
            return self.texts[first]
        start, end = self.span(first, last)
        return self.story[start:end]

    @cached_property
    def story(self) -> str:
        """The whole text."""
        pairs = zip(self.texts, self.blanks, strict=True)
        return "".join([f"{text} " if blank else text for text, blank in pairs])

    @cached_property
    def labelled(self) -> dict[str, list[int]]:
        """The places of each UD label, in the order of the text."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, dep in enumerate(self.deps):
            found[dep].append(place)
        return dict(found)

    @cached_property
    def bounds(self) -> list[tuple[int, int]]:
        """The first and the last (exclusive) word of every sentence of the parse."""
        return list(pairwise([*self.sentences, len(self)]))

    def set_off(self, place: int) -> bool:
        """Whether a comma stands between a title and its name: "Mali's envoy, Dara Moll,"."""
        over = self.above[place]
        return self.deps[place] == TITLE and "," in self.texts[place:over]

    def parted(self, place: int) -> bool:
        """Whether a blank stands right after a word."""
        return bool(self.blanks[place])

    @cached_property
    def quoted(self) -> list[bool]:
        """Which words stand inside double quotation marks."""
        return quoted_words(self.texts)

    @cached_property
    def filed(self) -> list[bool]:
        """Which words stand in a dateline: they tell where the story was filed."""
        found = [False] * len(self)
        for first, end in datelines.spans(self.story):
            for place in range(bisect_left(self.starts, first), bisect_left(self.starts, end)):
                found[place] = True
        return found

    @cached_property
    def paragraphs(self) -> list[int]:
        """The number of its paragraph for every word."""
        found: list[int] = []
        for number, place in enumerate(self.breaks):
            found += [number] * (place + 1 - len(found))
        found += [len(self.breaks)] * (len(self.texts) - len(found))
        return found

    @cached_property
    def turns(self) -> dict[int, Turn]:
        """Whose words each paragraph of a transcript or a debate is, by its first word."""
        opens = [0, *(place + 1 for place in self.breaks if place + 1 < len(self.texts))]
        return turns(self.texts, opens)

    @cached_property
    def breaks(self) -> list[int]:
        """The places of the line breaks."""
        return [place for place, word in enumerate(self.texts) if "\n" in word]

    @cached_property
    def ends_of_lines(self) -> list[int]:
        """The places of full stops, of question and exclamation marks, and of line breaks."""
        return [
            place for place, text in enumerate(self.texts) if text in FULL_STOPS or "\n" in text
        ]

    def runs_on(self, place: int) -> bool:
        """Whether the head's own words go on to the right ("flat" and compound parts)."""
        kids = self.kids[place]
        if not kids or kids[-1] < place:
            return False
        return any(kid > place and self.deps[kid] in RIGHT for kid in kids)

    # phrases

    def phrase_first(self, place: int) -> int:
        """The first word of the noun phrase that a word heads: its determiner and modifiers."""
        deps, tags, first = self.deps, self.tags, place
        for kid in reversed(self.kids[place]):
            if kid > place:
                continue
            dep = deps[kid]
            if dep not in PREMODIFIERS or dep == "punct" or (dep == "case" and tags[kid] != "POS"):
                break  # "both by the rebels": what stands before "by" is not in the phrase
            edge = self.edges[kid]
            if True in self.stops[edge:first] or not CLAUSAL.isdisjoint(deps[edge:first]):
                break
            if self.lowers[edge] == "as" and kid == edge + 1:  # "as 700 rebels fled"
                edge = kid
            while edge < kid and deps[edge] in LEADS and tags[edge] != "POS":
                edge += 1
            first = min(first, edge)
        if first < place and tags[first] in ASKING:  # "how many | foreign volunteers"
            first = min(place, first + 1 + (self.lowers[first] == "how"))
        return first

    def phrase_last(self, place: int) -> int:
        """Where the head's own words end (exclusive): after its flat and compound parts."""
        last, kids = place + 1, self.kids[place]
        if not kids or kids[-1] < place:
            return last
        for kid in kids:
            if kid < place:
                continue
            if self.deps[kid] in RIGHT and self.edges[kid] == last:
                last = self.last[kid] + 1
            elif kid >= last:
                break
        return last

    def root_of(self, first: int, last: int) -> int:
        """The word of a range that stands highest in the tree, the first of several."""
        above = self.above
        outer = [place for place in range(first, last) if not first <= above[place] < last]
        for place in range(first, last):
            if above[place] == place:
                return place
        if len(outer) < 2:
            return outer[0] if outer else first
        return min(outer, key=self.depth)

    def depth(self, place: int) -> int:
        """How many words stand over a word; as many as there are over blanks and points."""
        above, steps = self.above, 0
        if (self.points[place] or self.spaces[place]) and not self.kids[place]:
            return len(self) - 1
        while above[place] != place:
            place = above[place]
            steps += 1
        return steps

    def complements(self, place: int, after: int) -> list[int]:
        """Heads of the prepositional phrases after ``after`` that say whose or of where."""
        deps = self.deps
        return [
            kid for kid in self.kids[place]
            if kid > place and kid >= after and deps[kid] in COMPLEMENTS
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

    def one_of(self, place: int) -> int:
        """The noun of which "one" is one: "soldiers" of "one of its soldiers"; -1 for other words."""
        if self.lowers[place] != "one":
            return -1
        return next((kid for kid in self.kids[place] if self.case_of(kid) == "of"), -1)

    def preposition_of(self, place: int) -> str:
        """The preposition before a word's phrase, in small letters; "" where there is none."""
        for kid in self.kids[place]:
            if kid > place:
                break
            if self.deps[kid] == "case" and self.tags[kid] != "POS":
                return self.lowers[kid]
        return ""


def words_of(doc: Doc) -> Words:
    """The words of a Doc, read from it once and kept with it (``token_words``)."""
    found: Words | None = doc.user_data.get(_KEPT)
    if found is None:
        found = doc.user_data[_KEPT] = Words(doc)
    return found


def quoted_words(words: Sequence[str]) -> list[bool]:
    """Which words stand inside double quotation marks, line breaks being words of their own."""
    inside = False
    found: list[bool] = []
    marks = [place for place, word in enumerate(words) if word in MARKS or "\n" in word]
    for place in marks:
        word = words[place]
        found += [inside] * (place - len(found))
        if "\n" in word:
            inside = False
        if word in ("“", "``", "«"):
            inside = True
        found.append(inside)
        if word in ("”", "''", "»"):
            inside = False
        elif word == '"':
            inside = not inside
    found += [inside] * (len(words) - len(found))
    return found


def written(column: list[int], strings: StringStore, known: dict[int, str] = KNOWN) -> list[str]:
    """The strings of a column of spaCy's numbers; they are kept, for ``KEPT`` numbers at most.

    Args:
        known: what is kept: ``KNOWN``, or ``SMALL`` for strings in small letters.
    """
    try:
        return list(map(known.__getitem__, column))
    except KeyError:
        if len(known) > KEPT:
            known.clear()
        small = known is SMALL
        told = {key: strings[key].lower() if small else strings[key] for key in set(column)}
        known.update(told)
        return [told[key] for key in column]


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
