"""Where the noun phrases of a story begin and end, and which names, roles and towns stand in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.entities.names import StoryNames
from dragoman.entities.phrase import PhraseReader, Reading, office_days
from dragoman.entities.scan import Item
from dragoman.entities.years import days_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

PLAIN_TAGS = frozenset({"DT", "JJ", "NN", "NNS", "NNP", "NNPS", "CD", "PRP$"})  # of no punctuation
STRAY_TAGS = frozenset({"CC", "POS", "TO"})


@dataclass(slots=True)
class Phrase:
    """A noun phrase in the making.

    Args:
        head: the word whose relations are the phrase's.
        first, last: token range, half-open.
        core: the items in it, in the order of the text.
        tails: heads of its complements ("of Mali"), which stand after ``last``.
    """

    head: int
    first: int
    last: int
    core: list[Item]
    tails: list[int]


class StoryPhrases:
    """The words and items of one story, by the phrases they stand in.

    Args:
        doc: the parsed story.
        reader: puts items together.
        date: ISO day of the story, or None.
        days: ISO days on all of which whoever is meant by an office holds it; None = on ``date``.
    """

    def __init__(
        self, doc: Doc, reader: PhraseReader, date: str | None, days: Sequence[str] | None = None
    ) -> None:
        self.doc = doc
        self.reader = reader
        self.scanner = reader.scanner
        self.lists = reader.scanner.lists
        self.days = office_days(date) if days is None else days
        self.names = StoryNames(doc, reader, date)
        self.at = self.names.at
        self.date = self.names.date  # for a story without one, as its words tell
        self.tokens = self.names.tokens
        self.words = self.names.words
        self.roots: dict[tuple[int, int], int] = {}

    def phrase(self, place: int, item: Item | None, last: int) -> Phrase:
        """The phrase that a word heads, its complements still left out.

        Args:
            place: the head.
            item: the item it stands in.
            last: where the head's own words end (exclusive).
        """
        words = self.words
        first = words.phrase_first(place)
        while last - 1 > place and words.points[last - 1]:
            last -= 1
        if item is not None:
            first, last = min(first, item.first), max(last, item.last)
        at_first = self.at.get(first)
        if at_first is not None and at_first.last <= place:
            first = min(first, at_first.first)  # "State of Iraq and [the Levant] fighters"
        first = self.with_owner(self.trimmed(first, place))
        if first >= 1 and words.lowers[first] in ("least", "most"):
            first -= words.lowers[first - 1] == "at"  # "at least three people"
        return Phrase(place, first, last, self.between(first, last), [])

    def with_patron(self, last: int) -> int:
        """The end moved behind whom forces are "loyal to"."""
        words, pledge = self.words, last - 1
        if words.lowers[pledge] not in self.lists["pledged"]:
            return last
        patrons = [kid for kid in words.kids[pledge] if kid > pledge and words.deps[kid] == "obl"]
        if not patrons:
            return last
        item = self.at.get(patrons[0])
        return max(words.phrase_last(patrons[0]), item.last if item is not None else last)

    def trimmed(self, first: int, head: int) -> int:
        """The start of a phrase without punctuation, conjunctions and stray "'s"."""
        words = self.words
        if (
            first
            and words.lowers[first] in self.lists["outcome"]
            and words.tags[first - 1][:2] == "VB"
        ):
            first += first < head  # "shot dead three reporters"
        if words.tags[first] in PLAIN_TAGS:
            return first
        while first < head and (
            words.points[first] or words.tags[first] in STRAY_TAGS or words.spaces[first]
        ):
            first += 1
        return first

    def with_owner(self, first: int) -> int:
        """The start moved to the owner right before it ("Albania 's" + "parliament")."""
        if first >= 2 and self.words.tags[first - 1] == "POS":
            item = self.at.get(first - 2)
            if item is not None and item.last == first - 1 and (item.names or item.town):
                return item.first
        return first

    def end_with(self, phrase: Phrase) -> int:
        """Where a phrase ends with its complements of "of" and "for": "head of [the army]"."""
        last = phrase.last
        for tail in phrase.tails:
            if self.words.preposition_of(tail) in ("of", "for"):
                last = max(last, self.end_of(tail))
        return last

    def end_of(self, place: int) -> int:
        """Where the phrase of a complement ends: at its own words and its own "of"."""
        words = self.words
        end = words.phrase_last(place)
        item = self.at.get(place)
        if item is not None:
            end = max(end, item.last)
        for inner in words.complements(place, end):
            if words.preposition_of(inner) == "of":
                end = max(end, self.end_of(inner))
        return end

    def head_of(self, item: Item) -> int:
        """The word of an item whose relations are the item's."""
        if item.last - item.first == 1:
            return item.first
        root = self.roots.get((item.first, item.last))
        if root is None:
            root = self.words.root_of(item.first, item.last)
            root = root if not self.words.spaces[root] else item.last - 1
            self.roots[item.first, item.last] = root
        return root

    # the items of a phrase

    def between(self, first: int, last: int) -> list[Item]:
        """Items that lie in a token range."""
        found: list[Item] = []
        at, position = self.at, first
        while position < last:
            item = at.get(position)
            if item is None:
                position += 1
                continue
            end = item.last
            if item.first >= first and end <= last:
                found.append(item)
            position = end if end > position else position + 1
        return found

    def tail_of(self, head: int) -> list[Item]:
        """The items of a complement, without those of what it is only set beside or against.

        "Members of the coalition against the group" are none of the group's.
        """
        words = self.words
        first, last = words.edges[head], words.last[head] + 1
        items = self.between(first, last)
        if not items:
            return items
        passed = {
            part.i
            for place in range(head + 1, last)
            if words.deps[place] in ("nmod", "obl")
            and words.preposition_of(place) in self.lists["beside"]
            and self.is_under(place, head)
            for part in self.doc[place].subtree
        }
        return [item for item in items if item.first not in passed] if passed else items

    def is_under(self, place: int, head: int) -> bool:
        """Whether a word stands under another in the tree."""
        above = self.words.above
        while place != head:
            if above[place] == place:
                return False
            place = above[place]
        return True

    def read(self, items: Sequence[Item], last: int) -> Reading | None:
        """What items tell together, None for nobody; ``last`` is where their phrase ends."""
        days = self.days
        if any(item.role is not None for item in items):
            days = days_told(self.words, items[0].first, days)
        return self.reader.read(self.tokens, items, last, self.date, days=days)
