"""Names of the story, ambiguous ones settled by the story itself."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dragoman.entities.acronyms import short_names, with_halves, with_short_names
from dragoman.entities.besides import only_home
from dragoman.entities.namesakes import Namesakes
from dragoman.entities.phrase import PhraseReader
from dragoman.entities.scan import PEOPLE_HOWS, Item, best_first
from dragoman.entities.spans import PLACE_LABELS, places_told, towns_of_story, whole_names
from dragoman.entities.tables import Role, Town, homelands
from dragoman.entities.tagged_names import add_tagged, people_by_surname
from dragoman.entities.timing import year_told
from dragoman.entities.words import Tagged, words_of
from dragoman.lexicon import Name
from dragoman.lexicon.names import pieces

if TYPE_CHECKING:
    from spacy.tokens import Doc

SURE_TOWN = 100_000  # inhabitants from which a town's name outweighs the tagger's "person"
HALF, LESS = 0.1, 0.03  # what a name and an adjective tell of where a story plays, beside a place
NEAR = 2.0  # what a state told right beside a people tells of where it lives


def is_sure(item: Item) -> bool:
    """Whether an item is a name of one meaning."""
    names = item.names
    if len(names) < 2:
        return bool(names)
    return all(name.entry.id == names[0].entry.id for name in names)


def positions(items: Iterable[Item]) -> dict[int, Item]:
    """The item over each token."""
    found: dict[int, Item] = {}
    for item in items:
        first, last = item.first, item.last
        found[first] = item
        if last - first > 1:
            for position in range(first + 1, last):
                found[position] = item
    return found


class StoryNames(Namesakes):
    """All names of one story as items, ambiguous ones settled by the story itself.

    Args:
        doc: the parsed story.
        reader: puts items together.
        date: ISO day of the story; None = a day of the year that its own words tell.
    """

    def __init__(self, doc: Doc, reader: PhraseReader, date: str | None) -> None:
        self.doc = doc
        self.reader = reader
        self.lexicon = reader.lexicon
        self.date = date
        self.words = words_of(doc)
        self.tokens = self.words.texts
        self.ents = whole_names(self.words, reader.scanner.lists)
        self.ent_at = {i: ent for ent in self.ents for i in range(ent.start, ent.end)}
        items = [
            item for item in reader.scanner.scan(self.tokens, date) if not self.is_passed_on(item)
        ]
        year = year_told(self.tokens, items, self.lexicon) if date is None else None
        if year is not None:
            self.date = date = f"{year}-07-01"
            for item in items:
                item.names = tuple(self.on_day(name) for name in item.names)
        self.scanned = items
        self.called: set[int] = set()  # words that are like a state's or town's and name a person
        self.countries = self.count(items)
        self.sure = Counter(item.names[0].entry.id for item in items if is_sure(item))
        self.items = self.settled(items)
        self.items = places_told(self.words, self.items, reader.scanner.lists)
        self.items = towns_of_story(self.items)
        self.items = with_halves(self.tokens, self.items, self.lexicon)
        self.settle_peoples()
        self.items = [item for item in self.items if not self.of_people_elsewhere(item)]
        self.at = positions(self.items)
        self.inner: list[Item] = []  # places in the names of bodies: "Bank of [Ghana]"
        self.full_names = people_by_surname(self)
        add_tagged(self)
        short = short_names(self.tokens, self.items, self.lexicon)
        self.items = with_short_names(self.tokens, self.items, short)
        self.at = positions(self.items)

    def ends_place(self, item: Item, ent: Tagged | None) -> bool:
        """Whether a town's name is only the end of a longer one: "Brak al-[Shati]"."""
        before = item.first - 3
        joined = self.tokens[item.first - 2 : item.first]
        return (
            ent is not None
            and ent.start <= before
            and joined[-1:] == ["-"]
            and joined[0].lower() in self.reader.scanner.lists["name article"]
        )

    def is_passed_on(self, item: Item) -> bool:
        """Whether "RT" says that somebody's words are passed on ("RT @envoy: …"), and names no station."""
        told = self.tokens[item.first : item.last + 1]
        return told[0] == "RT" and len(told) == 2 and told[1].startswith("@")

    def on_day(self, name: Name) -> Name:
        """A name with what its owner was on the day of the story."""
        held = self.lexicon.entry(name.entry.id, self.date)
        if held is None or held == name.entry or held.kind != name.entry.kind:
            return name
        return dataclasses.replace(name, entry=held)

    def count(self, items: list[Item]) -> Counter[str]:
        """How often each country is named by a name of one meaning."""
        found: Counter[str] = Counter()
        for item in items:
            if item.names and item.is_state and is_sure(item):
                found[item.country] += 1
        return found

    def settled(self, items: list[Item]) -> list[Item]:
        """Items with the readings that fit the story first, those inside tagged people left out."""
        bodies = {
            x.entry.country
            for x in items
            if x.names and is_sure(x) and x.entry and x.entry.kind == "body"
        }
        towns = {x.town.country for x in items if x.town and x.town.population >= SURE_TOWN}
        # "Sudan's army" and "Omdurman" speak of Sudan
        hints = frozenset(self.countries) | bodies | towns
        provinces = {x.town.country for x in items if x.town and x.town.kind == "province"}
        lands = frozenset(provinces) if len(hints) > 1 else hints
        families = self.family_names(items)
        kept: list[Item] = []
        for item in items:
            ent = self.tagged(item)
            label = ent.label if ent is not None else ""
            if ent is not None and label == "PER" and self.inside_person(item, ent):
                continue
            if item.town is not None and self.ends_place(item, ent):
                continue
            if self.is_part_of_place(item, ent, items):
                continue
            if item.entry is not None and item.entry.kind == "person":
                if self.is_ships(item.first, item.last):
                    continue
            if item.names and self.called_by_first_name(item, ent):
                title = self.reader.scanner.roles.get(self.tokens[item.first])
                if item.last - item.first < 2 or not isinstance(title, Role):
                    continue
                item = Item(item.first, item.first + 1, role=title)
            if self.is_family_name(item, label, families):
                continue
            if item.names:
                item.names = best_first(item.names, self.sure, hints, lands, label)
                if item.last - item.first == 1 and self.common_word(item):
                    continue
                item = self.last_of_a_name(item)
                if self.is_town(item, label):
                    item = Item(item.first, item.last, town=self.town_of(item))
                if self.is_namesake_abroad(item):
                    continue
                if self.of_another_state(item):
                    role = self.reader.scanner.roles.get(
                        " ".join(self.tokens[item.first : item.last])
                    )
                    if not isinstance(role, Role):
                        continue
                    item = Item(item.first, item.last, role=role)
            if item.role is not None and self.is_adjective(item):
                continue
            kept.append(item)
        covered = positions(kept)
        return [
            item for item in kept
            if not (item.names or item.town)
            or not (self.is_stranger(item, covered) or self.is_first_name(item, covered))
        ]  # fmt: skip

    def of_another_state(self, item: Item) -> bool:
        """Whether a name that bodies of several states have is hardly that of the tables' body.

        "Congress" and "the Justice and Development Party" in a story that never speaks of their
        country, that says whose they are ("Peru's Congress"), or that speaks more of another
        state whose parliament is called so.
        """
        entry = item.entry
        if entry is None or not self.countries:
            return False
        name, first = item.names[0].text.lower(), item.first
        shared = name in self.reader.scanner.lists["shared name"]
        owned = first > 1 and self.words.tags[first - 1] == "POS"
        if not shared and not (owned and entry.kind == "body" and item.last - first > 1):
            return False
        while first and self.words.lowers[first - 1] in self.reader.scanner.lists["rank of a body"]:
            first -= 1
        owners = [x for x in self.owners(first, item.last) if x.entry.kind == "state"]
        if owners or not shared:
            return bool(owners) and all(x.entry.country != entry.country for x in owners)
        if entry.kind == "organisation":
            return first < item.first  # "the High Security Council" is not the world's
        told = self.countries[entry.country]
        return told == 0 or any(
            self.countries[country] > told
            for country in self.reader.scanner.lists.get(f"{name} land", ())
        )

    def is_namesake_abroad(self, item: Item) -> bool:
        """Whether the name of a group of one state is another's by the adjective before it, and no part of a
        longer phrase: "the Eritrean [Islamic Jihad]" is not the Palestinian one."""
        entry, first, last = item.entry, item.first, item.last
        if entry is None or entry.kind != "group" or last - first < 2 or not first:
            return False
        if self.words.deps[last - 1] in ("compound", "nmod:poss", "amod"):
            return False  # "an Israeli Islamic Jihad prisoner"
        if self.words.tags[first - 1] not in ("JJ", "NNP"):
            return False
        owners = [x.entry for x in self.lexicon.lookup(self.tokens[first - 1])]
        states = {owner.country for owner in owners if owner.kind == "state"}
        home = self.lexicon.entry(entry.country)  # none of a group of many lands
        return home is not None and bool(states) and entry.country not in states

    def owners(self, first: int, last: int) -> Sequence[Name]:
        """Who is named right before or behind a body's name: "Peru's …", "Peruvian …", "… of Peru"."""
        lookup, words = self.lexicon.lookup, self.words
        if first > 1 and words.tags[first - 1] == "POS":
            return lookup(self.tokens[first - 2])
        if first and words.tags[first - 1] in ("JJ", "NNP"):
            return lookup(self.tokens[first - 1])
        if words.lowers[last : last + 1] == ["of"] and last + 1 < len(self.tokens):
            return lookup(self.tokens[last + 1])
        return ()

    def last_of_a_name(self, item: Item) -> Item:
        """The mere role of a body's short name that ends a longer one ("National Dialogue Congress")."""
        entry, place = item.entry, item.first
        if entry is None or entry.kind not in ("body", "organisation") or place == 0:
            return item
        if item.last - place > 1 or self.words.tags[place - 1] not in ("NNP", "NNPS"):
            return item
        role = self.reader.scanner.roles.get(self.tokens[place])
        if not isinstance(role, Role) or not self.tokens[place - 1].istitle():
            return item
        before = self.lexicon.lookup(self.tokens[place - 1])
        if any(name.entry.country == entry.country for name in before):
            return item
        return Item(place, item.last, role=role)

    def is_adjective(self, item: Item) -> bool:
        """Whether a word for people only tells the kind of what follows ("National Congress")."""
        place = item.first
        if item.last - place > 1 or self.words.deps[place] not in ("amod", "compound"):
            return False
        assert item.role is not None
        return item.role.phrase in self.reader.scanner.lists["adjective role"] and (
            self.words.tags[place] in ("JJ", "NNP") and self.words.above[place] > place
        )

    def settle_peoples(self) -> None:
        """Give the peoples of several states ("Kurds") the one whose places the story names most."""
        lands = homelands()
        held = [item for item in self.items if item.names and item.names[0].entry.id in lands]
        if not held:
            return
        weights: dict[str, float] = defaultdict(float)
        at = positions(self.items)
        locative, lowers = self.reader.scanner.lists["locative"], self.words.lowers
        for item in self.items:
            if not (item.names or item.town or item.country):
                continue
            before = lowers[max(0, item.first - 2) : item.first]
            if item.town is not None or not locative.isdisjoint(before):
                weights[item.country] += 1
            elif item.names:
                weights[item.country] += LESS if item.how in PEOPLE_HOWS else HALF
        for place in {item.first for item in held}:  # "Syrian Kurds", "the Kurds of Syria"
            for near in (place - 1, place + 2):
                state = at.get(near)
                if state is not None and state.is_state:
                    weights[state.country] += NEAR
        for item in held:
            entry = item.names[0].entry
            best = max(lands[entry.id], key=lambda code: weights[code])
            if weights[best]:
                name = dataclasses.replace(
                    item.names[0], entry=dataclasses.replace(entry, country=best)
                )
                item.names = (name, *item.names[1:])

    def of_people_elsewhere(self, item: Item) -> bool:
        """Whether an adjective is of a people that is at home where the story plays, not of their
        state: "Turkmen villages" in Syria. Whose they are the words around tell."""
        if item.how != "adjective" or item.last - item.first > 1:
            return False
        name = item.names[0].text
        return bool(only_home(self, item.first, name, item.country))

    def town_of(self, item: Item) -> Town | None:
        """The town of an item's name, in the region whose capital it is or by the table."""
        entry = item.entry
        if entry is not None and entry.kind == "region" and item.how == "capital":
            return Town(item.names[0].text, entry.country, "city", 0)
        keys = [pieces(token) for token in self.tokens[item.first : item.last]]
        found = self.reader.scanner.towns.longest(keys, 0)
        town = found[1] if found is not None and found[0] == len(keys) else None
        return town if isinstance(town, Town) else None

    def is_town(self, item: Item, label: str) -> bool:
        """Whether a region's capital, or somebody's last name, is meant as the town it also is.

        "Goma fell" is the town, "Erbil accused" the region; "hold Djibo" is the town where the
        story speaks of its country and not of the man's.
        """
        entry = item.entry
        if entry is None or entry.kind not in ("region", "person"):
            return False
        town = self.town_of(item)
        if town is None:
            return False
        if entry.kind == "region":
            token = self.doc[item.last - 1]
            speaks = (
                token.dep_ == "nsubj"
                and token.head.lemma_.lower() in (self.reader.scanner.lists["speech"])
            )
            return item.how == "capital" and not speaks
        if item.last - item.first > 1 or label == "PER":
            return False
        gone = entry.country not in self.countries or "ELI" in entry.sectors
        full = any(
            other.entry is entry or (other.entry is not None and other.entry.id == entry.id)
            for other in self.scanned
            if other.last - other.first > 1
        )
        return label in PLACE_LABELS or (town.country in self.countries and gone and not full)

    def tagged(self, item: Item) -> Tagged | None:
        """The tagged name that the item's last word stands in."""
        return self.ent_at.get(item.last - 1)

    def inside_person(self, item: Item, ent: Tagged) -> bool:
        """Whether the item is only a part of a person's name ("Jordan" in "Michael Jordan")."""
        if item.entry is not None and item.entry.kind == "person":
            return False
        if item.last - item.first >= ent.end - ent.start:
            return item.town is not None and item.town.population < SURE_TOWN
        if item.role is not None:
            return item.first > ent.start or item.role.kind != "person"
        return item.first > ent.start or ent.end > item.last

    def common_word(self, item: Item) -> bool:
        """Whether a one-word name is used as a common word ("May", "Will") by its tag."""
        tag = self.words.tags[item.first]
        entry = item.entry
        assert entry is not None
        return tag in ("MD", "VB", "VBD", "VBP", "VBZ", "IN", "RB", "WP", "WRB", "PRP") and (
            entry.kind not in ("state",) and not self.tokens[item.first].isupper()
        )
