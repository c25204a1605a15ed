"""What no English tree has where losses are told, put right after the decoder.

- In "a strike killed 12 and wounded 30 others" the wounding is a second verb, and no quality of the others.
- In "12 people were killed and 30 wounded" the thirty were wounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from dragoman.language.mending_kinds import Kinds, way_up
from dragoman.tables import word_list

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

#: What befalls people who are counted, as verbs of the past and as participles.
_TOLLS = word_list("language", "tolls")
#: What counts them, and what may stand between the verb and the count.
_COUNTS, _ABOUT = word_list("language", "counts"), word_list("language", "about")
#: The most words between the verb and the count ("at least", "as many as").
_NEAR = 4


class Tolls(Kinds):
    """Mends what "and" joins in a toll.

    Args:
        tags: the names of the model's Penn tags, in their order.
        labels: the names of its dependency labels, in their order.
    """

    def __init__(self, tags: Sequence[str], labels: Sequence[str]) -> None:
        super().__init__(tags, labels)
        self.count = tags.index("CD") if "CD" in tags else -1
        self.more = {place for place, name in enumerate(tags) if name in ("JJ", "JJR")}

    def mend(self, text: Sequence[str], tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        """Changes tags, heads and labels in place, as ``Mender.mend`` does."""
        for place in range(2, len(text)):
            if text[place] not in _TOLLS:
                continue
            if text[place - 1] in ("and", ","):
                self._second_verb(place, text, tags, heads, labels)
            elif int(tags[place]) == self.adjective:
                self._undergone(place, tags, heads, labels)

    def _second_verb(
        self, place: int, text: Sequence[str], tags: Numbers, heads: Numbers, labels: Numbers
    ) -> None:
        last = self._counted(place + 1, text, tags)
        verb = next((up for up in way_up(heads, place - 2) if text[up] in _TOLLS), -1)
        first = place - 2
        if last < 0 or not 0 <= verb < first or int(tags[verb]) not in self.verbs:
            return
        heads[place], labels[place] = verb, self.number["conj"]
        if int(tags[place]) == self.adjective:
            tags[place] = tags[verb]
        heads[place - 1] = place
        self._object(range(place + 1, last + 1), place, tags, heads, labels)
        behind = range(verb + 1, place - 1)
        told = [k for k in behind if labels[k] == self.number["obj"] and heads[k] == verb]
        if not told and int(heads[first]) not in behind:
            self._object([first], verb, tags, heads, labels)

    def _counted(self, place: int, text: Sequence[str], tags: Numbers) -> int:
        """Where the count that begins at a word ends, with the noun that is counted; -1 without one."""
        count = place
        while count < min(len(text), place + _NEAR) and text[count] in _ABOUT:
            count += 1
        if count >= len(text) or not (int(tags[count]) == self.count or text[count] in _COUNTS):
            return -1
        last = count
        while last + 1 < len(text) and (
            int(tags[last + 1]) in self.nouns | self.more | {self.count}
        ):
            last += 1
        return last

    def _object(
        self, words: Sequence[int], verb: int, tags: Numbers, heads: Numbers, labels: Numbers
    ) -> None:
        """Makes the last noun of some words, or the last of them, what the verb befell."""
        head = next((k for k in reversed(words) if int(tags[k]) in self.nouns), words[-1])
        for word in words:
            if word != head and int(heads[word]) not in words:
                heads[word] = head
                if int(tags[word]) == self.count:
                    labels[word] = self.number["nummod"]
        heads[head], labels[head] = verb, self.number["obj"]

    def _undergone(self, place: int, tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        """ "Were killed and 30 [people] wounded"."""
        verb, count = int(heads[place]), place - 1
        passive = ((heads == verb) & (labels == self.number["aux:pass"])).any()
        counted = int(tags[count]) in self.nouns | {self.count} and heads[count] == place
        if passive and counted and labels[place] == self.number["conj"] and verb < count:
            tags[place], labels[count] = self.participle, self.number["nsubj:pass"]
