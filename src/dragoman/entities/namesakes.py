"""Names that the tables hold and that are somebody else's in this story: ships, first names, namesakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from typing import TYPE_CHECKING

from dragoman.entities.grammar import SUBJECTS
from dragoman.entities.resolve import SHORT_NAME, shares_first_name
from dragoman.entities.spans import PLACE_LABELS
from dragoman.entities.tables import first_names
from dragoman.entities.words import INSIDE
from dragoman.lexicon.names import pieces

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.entities.phrase import PhraseReader
    from dragoman.entities.scan import Item
    from dragoman.entities.words import Tagged, Words
    from dragoman.lexicon import Entry


def covered_any(covered: Container[int], *places: int) -> bool:
    """Whether an item stands at one of the words."""
    return any(place in covered for place in places)


class Namesakes:
    """What the words around a name of the tables tell against it."""

    doc: Doc
    reader: PhraseReader
    words: Words
    tokens: Sequence[str]
    ents: Sequence[Tagged]
    scanned: Sequence[Item]
    called: set[int]
    countries: Counter[str]

    def key(self, position: int) -> str:
        """A word as names are compared by."""
        return " ".join(pieces(self.tokens[position]))

    def family_names(self, items: list[Item]) -> dict[str, int]:
        """Last words of the full names of people in the story, by the tagger or the tables, and where each first
        stands."""
        ends = [ent.end - 1 for ent in self.ents if ent.label == "PER" and ent.end - ent.start > 1]
        ends += [
            item.last - 1
            for item in items
            if item.entry is not None and item.entry.kind == "person" and item.last - item.first > 1
        ]
        return {self.key(place): place for place in sorted(ends, reverse=True)}

    def is_family_name(self, item: Item, label: str, families: Mapping[str, int]) -> bool:
        """Whether a country's or town's name is the last name of somebody of the story: "Hassan" after
        "Amal Hassan"; a town's also where no tag says so but it acts, or is silent and nothing places it."""
        if not (item.town is not None or item.is_state) or item.last - item.first > 1:
            return False
        told = families.get(self.key(item.first))
        if told is None:
            return False
        if label == "PER":
            return True
        if item.town is None or label in PLACE_LABELS:
            acts = item.town is not None and self.words.deps[item.first] in SUBJECTS
            if not acts and self.can_only_be_his(item, told):
                self.called.add(item.first)
            return acts or item.first in self.called
        return not self.is_placed(item.first)

    def is_placed(self, position: int) -> bool:
        """Whether the word before says that a name is a place's."""
        before = self.words.lowers[max(0, position - 1) : position]
        return not self.reader.scanner.lists["locative"].isdisjoint(before)

    def can_only_be_his(self, item: Item, told: int) -> bool:
        """Whether the name of a state or town is somebody's whom the story has named in full before, and who has
        the name alone: "Jordan" after "Jill Jordan", where nothing is in Jordan and nobody is Jordanian.

        Args:
            told: where the person's last name first stands.
        """
        if item.first <= told or self.words.deps[item.first] in ("amod", "compound"):
            return False
        if self.words.lowers[max(0, told - 1)] in self.reader.scanner.lists["link"]:
            return False  # "Abdullah of Jordan"
        key, entry = self.key(item.first), item.entry
        for other in self.scanned:
            if other.last - other.first == 1 and self.key(other.first) == key:
                if other.first < told or self.is_placed(other.first):
                    return False
            elif entry is not None and other.entry is not None:
                if other.entry.country == entry.country and other.is_state:
                    return False
        return True

    def is_ships(self, first: int, last: int) -> bool:
        """Whether words like a person's name are a ship's: "the destroyer Carney", "the Carney"."""
        lowers, tags = self.words.lowers, self.words.tags
        if not first:
            return False
        if lowers[first - 1] in self.reader.scanner.lists["vessel"]:
            return tags[first - 1] == "NN"
        return (
            last - first == 1
            and lowers[first - 1] == "the"
            and tags[first] == "NNP"
            and tags[last : last + 1] not in (["NN"], ["NNS"], ["NNP"], ["NNPS"], ["HYPH"], ["POS"])
            and self.words.deps[first] not in INSIDE
        )

    def is_part_of_place(self, item: Item, ent: Tagged | None, items: Sequence[Item]) -> bool:
        """Whether a town's name is a part of a place's that no table holds, in a story that speaks of other lands:
        "[Santa Cruz] del Norte", "Ust-[Kamen]", but not "[Goma] airport" nor "the [Goma]-Bukavu road"."""
        if ent is None or ent.label not in PLACE_LABELS or not self.countries:
            return False
        rest = {*range(ent.start, ent.end)} - {*range(item.first, item.last)}
        if not rest or (item.town is None and item.how != "capital"):
            return False
        if self.is_land_told(item):
            return False
        lists, lowers = self.reader.scanner.lists, self.words.lowers
        kinds = lists["site"] | lists["placehead"] | lists["part of a town"]
        if any(lowers[place] in kinds for place in rest):
            return False
        joined = {self.tokens[item.first - 1], *self.tokens[item.last : item.last + 1]} & {"-", "–"}
        particles = any(self.tokens[place].islower() for place in rest)
        if not particles and (not joined or item.town is None):  # "Bamako-Sénou", "Saint Bruno"
            return False
        linked = {
            place
            for mark, place in ((item.first - 1, item.first - 2), (item.last, item.last + 1))
            if self.tokens[mark : mark + 1] in (["-"], ["–"], ["/"], ["and"])
        }
        others = [x for x in items if x is not item]
        named = {x.first for x in others} | {x.last - 1 for x in others}
        return linked.isdisjoint(rest & named)

    def is_land_told(self, item: Item) -> bool:
        """Whether the story speaks of a place's country by another name."""
        text = self.tokens[item.first : item.last]
        return any(
            other.is_state
            and other.country == item.country
            and self.tokens[other.first : other.last] != text
            for other in self.scanned
        )

    def is_first_name(self, item: Item, covered: Container[int]) -> bool:
        """Whether the name of a country or town is somebody's first name ("Israel Adesanya")."""
        after = item.last
        if not (item.town or item.is_state) or after - item.first > 1:
            return False
        if after >= len(self.tokens) or after in covered:
            return False
        if self.tokens[item.first] not in first_names():
            return False
        word, next_word = self.doc[item.first], self.doc[after]
        return (
            next_word.tag_ == "NNP"
            and next_word.is_title
            and next_word.dep_ == "flat"
            and next_word.head.i == word.i
        )

    def is_stranger(self, item: Item, covered: Container[int]) -> bool:
        """Whether a last name has another first name before it ("Sofiya" before "Qureshi")."""
        entry = item.entry
        if entry is None or entry.kind != "person":
            return False
        if item.last - item.first > 1 and not self.tokens[item.first].islower():
            return False  # but "Kofi" before "dos Santos"
        return self.first_name_before(item.first, entry, covered) is not None

    def first_name_before(self, position: int, entry: Entry, covered: Container[int]) -> int | None:
        """The first name before a last name where it is not that of ``entry``: its position."""
        before = position - 1
        if before < 0 or before in covered:
            return None
        if self.half_of_name(position, covered):
            return before - 2
        token, name = self.doc[before], self.doc[position]
        joined = token.head.i in (position, name.head.i) or name.head.i == before
        if not (joined and token.tag_ == "NNP" and token.is_title):
            return None
        word = token.lower_.rstrip(".")
        if word in self.reader.scanner.lists["title"] or len(word) < SHORT_NAME:
            return None
        return None if shares_first_name(word, entry) else before

    def half_of_name(self, position: int, covered: Container[int]) -> bool:
        """Whether a last name only ends a double one of somebody else ("Amal Sorel-Putin")."""
        hyphen, half, first = position - 1, position - 2, position - 3
        if (
            first < 0
            or self.tokens[hyphen] not in ("-", "\u2011")
            or covered_any(covered, half, first)
        ):
            return False
        joined = not (self.words.blanks[half] or self.words.blanks[hyphen])
        tags = self.words.tags[first : half + 1]
        return joined and {"NNP"}.issuperset(tags) and self.tokens[half].istitle()

    def called_by_first_name(self, item: Item, ent: Tagged | None) -> bool:
        """Whether a leader's last name is somebody's first: "Paul Marsh", "his mother, Sharon"."""
        entry = item.entry
        if entry is None or entry.kind != "person":
            return False
        if item.last - item.first > 1:  # "President Hassan" before "Marlow"
            inner = ent is not None and item.first < ent.start < item.last < ent.end
            return inner and self.tokens[item.last].istitle()
        if " " in item.names[0].text:
            return False
        if self.tokens[item.first] not in first_names():
            return False
        longer = ent is not None and ent.start == item.first and ent.end > item.last
        return longer or self.kin_before(item.first)

    def kin_before(self, position: int) -> bool:
        """Whether a word for kin stands right before a name ("his father Paul", "her son, Paul")."""
        before = self.words.lowers[max(0, position - 2) : position]
        kin = self.reader.scanner.lists["kin"]
        return bool(before) and (before[-1] in kin or (before[-1] == "," and before[0] in kin))
