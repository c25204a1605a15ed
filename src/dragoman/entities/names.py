"""Names of the story: the lexicon's, and those that only the name tagger sees."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Container, Iterable
from typing import TYPE_CHECKING

from dragoman.entities.acronyms import short_names, with_short_names
from dragoman.entities.phrase import PhraseReader, Reading
from dragoman.entities.pointers import descriptions
from dragoman.entities.resolve import SHORT_NAME, fits_title, shares_first_name, slug
from dragoman.entities.scan import PEOPLE_HOWS, Item, best_first
from dragoman.entities.spans import PLACE_LABELS, places_told, whole_names
from dragoman.entities.tables import Role, Town, first_names, homelands
from dragoman.entities.timing import year_told
from dragoman.entities.words import INSIDE, Words
from dragoman.lexicon import Entry, Name
from dragoman.lexicon.names import pieces

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

SURE_TOWN = 100_000  # inhabitants from which a town's name outweighs the tagger's "person"
HALF, LESS = 0.1, 0.03  # what a name and an adjective tell of where a story plays, beside a place
NEAR = 2.0  # what a state told right beside a people tells of where it lives
SPOKEN_OF = 0.08  # share of country names from which a story speaks of somebody's country
TELLING = 2  # priority from which a title decides sectors


def open_entry(key: str, name: str, kind: str, country: str = "",
               sectors: tuple[str, ...] = ()) -> Entry:  # fmt: skip
    """An entry for a name that no table holds. ``kind`` may also be "place"."""
    return Entry(key, name, (), kind, country, sectors)


def is_sure(item: Item) -> bool:
    """Whether an item is a name of one meaning."""
    names = item.names
    return len(names) == 1 or (
        bool(names) and all(name.entry.id == names[0].entry.id for name in names)
    )


def positions(items: Iterable[Item]) -> dict[int, Item]:
    """The item over each token."""
    return {position: item for item in items for position in range(item.first, item.last)}


class StoryNames:
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
        self.words = Words(doc)
        self.tokens = self.words.texts
        self.ents = whole_names(doc, self.words)
        self.ent_at = {i: ent for ent in self.ents for i in range(ent.start, ent.end)}
        items = reader.scanner.scan(self.tokens, date)
        year = year_told(self.tokens, items, self.lexicon) if date is None else None
        if year is not None:
            self.date = date = f"{year}-07-01"
            for item in items:
                item.names = tuple(self.on_day(name) for name in item.names)
        self.scanned = items
        self.countries = self.count(items)
        self.sure = Counter(item.names[0].entry.id for item in items if is_sure(item))
        self.items = self.settled(items)
        self.items = places_told(self.words, self.items, reader.scanner.lists)
        self.settle_peoples()
        self.at = positions(self.items)
        self.inner: list[Item] = []  # places in the names of bodies: "Bank of [Ghana]"
        self.full_names = self.people_by_surname()
        self.add_tagged()
        short = short_names(self.tokens, self.items, self.lexicon)
        self.items = with_short_names(self.tokens, self.items, short)
        self.at = positions(self.items)

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
            if item.is_state and is_sure(item):
                found[item.country] += 1
        return found

    def settled(self, items: list[Item]) -> list[Item]:
        """Items with the readings that fit the story first, those inside tagged people left out."""
        hints = frozenset(self.countries)
        families = {
            self.key(ent.end - 1)
            for ent in self.ents
            if ent.label_ == "PER" and ent.end - ent.start > 1
        }
        kept: list[Item] = []
        for item in items:
            ent = self.tagged(item)
            label = ent.label_ if ent is not None else ""
            if ent is not None and label == "PER" and self.inside_person(item, ent):
                continue
            if self.called_by_first_name(item, ent):
                continue
            if label == "PER" and (item.town is not None or item.is_state):
                if item.last - item.first == 1 and self.key(item.first) in families:
                    continue  # "Hassan" after "Amal Hassan"
            if item.names:
                item.names = best_first(item.names, self.sure, hints, label)
                if item.last - item.first == 1 and self.common_word(item):
                    continue
                item = self.last_of_a_name(item)
                if self.is_town(item, label):
                    item = Item(item.first, item.last, town=self.town_of(item))
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
        covered = {position for item in kept for position in range(item.first, item.last)}
        return [
            item for item in kept
            if not (self.is_stranger(item, covered) or self.is_first_name(item, covered))
        ]  # fmt: skip

    def of_another_state(self, item: Item) -> bool:
        """Whether a name that bodies of several states have is hardly that of the tables' body.

        "Congress" and "the Justice and Development Party" in a story that never speaks of their
        country, or that says whose they are ("Peru's Congress").
        """
        entry = item.entry
        if entry is None or not self.countries:
            return False
        if item.names[0].text.lower() not in self.reader.scanner.lists["shared name"]:
            return False
        owners: tuple[Name, ...] = ()
        if item.first > 1 and self.words.tags[item.first - 1] == "POS":
            owners = tuple(self.lexicon.lookup(self.tokens[item.first - 2]))
        if any(name.entry.kind == "state" for name in owners):
            return all(name.entry.country != entry.country for name in owners)
        return self.countries[entry.country] == 0

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
        held = [item for item in self.items if item.entry is not None and item.entry.id in lands]
        if not held:
            return
        weights: dict[str, float] = defaultdict(float)
        at = positions(self.items)
        locative = self.reader.scanner.lists["locative"]
        for item in self.items:
            before = self.tokens[max(0, item.first - 2) : item.first]
            if item.town is not None or any(word.lower() in locative for word in before):
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

    def is_first_name(self, item: Item, covered: set[int]) -> bool:
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
        entry, town = item.entry, self.town_of(item)
        if entry is None or town is None:
            return False
        if entry.kind == "region":
            token = self.doc[item.last - 1]
            speaks = (
                token.dep_ == "nsubj"
                and token.head.lemma_.lower() in (self.reader.scanner.lists["speech"])
            )
            return item.how == "capital" and not speaks
        if entry.kind != "person" or item.last - item.first > 1 or label == "PER":
            return False
        gone = entry.country not in self.countries or "ELI" in entry.sectors
        full = any(
            other.entry is entry or (other.entry is not None and other.entry.id == entry.id)
            for other in self.scanned
            if other.last - other.first > 1
        )
        return label in PLACE_LABELS or (town.country in self.countries and gone and not full)

    def is_stranger(self, item: Item, covered: Container[int]) -> bool:
        """Whether a last name has another first name before it ("Sofiya" before "Qureshi")."""
        entry = item.entry
        if entry is None or entry.kind != "person" or item.last - item.first > 1:
            return False
        return self.first_name_before(item.first, entry, covered) is not None

    def first_name_before(self, position: int, entry: Entry, covered: Container[int]) -> int | None:
        """The first name before a last name where it is not that of ``entry``: its position."""
        before = position - 1
        if before < 0 or before in covered:
            return None
        token, name = self.doc[before], self.doc[position]
        joined = token.head.i in (position, name.head.i) or name.head.i == before
        if not (joined and token.tag_ == "NNP" and token.is_title):
            return None
        word = token.lower_.rstrip(".")
        if word in self.reader.scanner.lists["title"] or len(word) < SHORT_NAME:
            return None
        return None if shares_first_name(word, entry) else before

    def called_by_first_name(self, item: Item, ent: Span | None) -> bool:
        """Whether a leader's last name is somebody's first: "Paul Marsh", "his mother, Sharon"."""
        entry = item.entry
        if entry is None or entry.kind != "person" or " " in item.names[0].text:
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

    def tagged(self, item: Item) -> Span | None:
        """The tagged name that the item's last word stands in."""
        return self.ent_at.get(item.last - 1)

    def inside_person(self, item: Item, ent: Span) -> bool:
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

    def people_by_surname(self) -> dict[str, Entry]:
        """Last words of the full names of people in the story, with whom they name first."""
        found: dict[str, Entry] = {}
        people: dict[str, Entry] = {}
        for item in self.items:
            entry = item.entry
            if entry is not None and entry.kind == "person" and item.last - item.first > 1:
                people.setdefault(entry.id, entry)
                found.setdefault(self.key(item.last - 1), entry)
                state = self.lexicon.state(entry.country)
                if state is not None and state.family_name_first:
                    found.setdefault(self.key(item.first), entry)
        held = {item.last - 1 for item in self.items if item.names}
        for ent in self.ents:
            if ent.label_ == "PER" and ent.end - ent.start > 1 and ent.end - 1 not in held:
                entry = open_entry(f"person:{slug(ent.text)}", ent.text, "person")
                people.setdefault(entry.id, entry)
                found.setdefault(self.key(ent.end - 1), entry)
        first: dict[str, set[str]] = defaultdict(set)
        for entry in people.values():
            first[" ".join(pieces(entry.name.split(" ")[0]))].add(entry.id)
        for key, ids in first.items():
            if len(ids) == 1:  # "Hillary", where no other one is spoken of
                found.setdefault(key, people[ids.pop()])
        return found

    def key(self, position: int) -> str:
        """A word as names are compared by."""
        return " ".join(pieces(self.tokens[position]))

    def add_tagged(self) -> None:
        """Items for tagged names that no table holds, and for surnames."""
        held = {
            position for position, item in self.at.items() if item.names or item.town
        }  # fmt: skip
        things = self.named_things()
        for ent in self.ents:
            first, last = ent.start, ent.end
            while first < last and self.tokens[first].lower() in ("the", "a", "an"):
                first += 1
            if first < last and self.key(last - 1) in things:
                continue
            if any(
                item.names and (item.first < first or item.last > last)
                for item in self.around(first, last)
            ):
                continue  # the lexicon's name is longer than the tagger's
            if first >= last or any(position in held for position in range(first, last)):
                if not (ent.label_ == "ORG" and self.own_name(first, last)):
                    continue
            made = self.from_tag(ent, first, last)
            if made is not None:
                for item in self.around(made.first, made.last):
                    if self.lies_in(item) and item.first > made.first:
                        self.inner.append(item)
                    for position in range(item.first, item.last):
                        del self.at[position]
                self.put(made)
        self.add_untagged_surnames()
        self.prefer_told()
        found = {id(item): item for item in self.at.values()}
        self.items = sorted(found.values(), key=lambda item: item.first)

    def named_things(self) -> frozenset[str]:
        """Names that the story gives to storms and operations ("Hurricane Maria", "Maria")."""
        things = self.reader.scanner.lists["named thing"]
        lowers = self.words.lowers
        return frozenset(
            self.key(place + 1)
            for place in range(len(lowers) - 1)
            if lowers[place] in things and self.words.tags[place + 1] in ("NNP", "NNPS")
        ) - {""}

    def put(self, item: Item) -> None:
        """Let an item stand at its words."""
        for position in range(item.first, item.last):
            self.at[position] = item

    def around(self, first: int, last: int) -> list[Item]:
        """Items that share a word with a token range, in the order of the text."""
        found: list[Item] = []
        for position in range(first, last):
            item = self.at.get(position)
            if item is not None and (not found or found[-1] is not item):
                found.append(item)
        return found

    def inside(self, first: int, last: int) -> list[Item]:
        """Items that lie in a token range, in the order of the text."""
        return [
            item for item in self.around(first, last) if item.first >= first and item.last <= last
        ]

    def from_tag(self, ent: Span, first: int, last: int) -> Item | None:
        """The item of one tagged name, or None where roles and states say it better."""
        text = self.words.text(first, last)
        if ent.label_ == "PER":
            while last - first > 1 and (self.role_at(first) or self.national(first)):
                first += 1  # "President", "Spaniard" tagged as part of a name
            final = self.at.get(last - 1)
            if final is not None and final.role:
                return None  # a title alone, or one that goes on
            entry = self.person(first, last)
            if entry is not None and last - first == 1 and entry.kind == "person":
                before = self.first_name_before(first, entry, self.at)
                if before is not None:
                    first, text = before, self.words.text(before, last)
                    entry = open_entry(f"person:{slug(text)}", text, "person")
            return Item(first, last, names=(Name(entry, "name", text),)) if entry else None
        final = self.at.get(last - 1)
        if final is not None and final.role and final.last > last:
            return None  # "Alabama House" of "Alabama House Speaker"
        inner = self.inside(first, last)
        if ent.label_ == "ORG":
            if self.names_paper(last) or self.one_of_a_kind(first, last):
                return None
            person = self.full_names.get(self.key(first)) if last - first == 1 else None
            if person is not None and self.words.lowers[first - 1 : first] != ["the"]:
                return Item(first, last, names=(Name(person, "surname", text),))
            if inner and inner[-1].last == last and not self.own_name(first, last):
                return None
            known = self.short_of(first, last)
            if known is not None:
                return Item(first, last, names=(Name(known, "alias", text),))
            reading = self.told_inside(inner, first, last)
            entry = open_entry(
                f"org:{slug(text)}", text, "organisation",
                reading.country if reading else "", reading.sectors if reading else (),
            )  # fmt: skip
            return Item(first, last, names=(Name(entry, "name", text),))
        if ent.label_ in PLACE_LABELS and not inner and not descriptions()["many"].get(text):
            return Item(
                first,
                last,
                names=(Name(open_entry(f"place:{slug(text)}", text, "place"), "name", text),),
            )
        return None

    def lies_in(self, item: Item) -> bool:
        """Whether a state or town stands after "of" or "in"."""
        placed = item.town is not None or (item.is_state and item.how not in PEOPLE_HOWS)
        before = self.words.lowers[max(0, item.first - 2) : item.first]
        return placed and not self.reader.scanner.lists["link"].isdisjoint(before)

    def short_of(self, first: int, last: int) -> Entry | None:
        """Whose name a single word ends, where one body of the story is called so ("the Times")."""
        if last - first > 1 or self.words.lowers[first - 1 : first] != ["the"]:
            return None
        key = self.key(first)
        held = {
            item.entry.id: item.entry
            for item in self.items
            if item.last - item.first > 1
            and item.entry is not None
            and item.entry.kind in ("organisation", "media", "body")
            and self.key(item.last - 1) == key
        }
        return next(iter(held.values())) if len(held) == 1 else None

    def told_inside(self, inner: list[Item], first: int, last: int) -> Reading | None:
        """What the name of a body tells: its kind, and its place after "of" or "in".

        Words that are only called like a town or a title are passed over: "Queen Mary University
        of London" lies in no town of Mary.
        """
        links = self.reader.scanner.lists["link"]
        end = next(
            (p for p in range(first + 1, last) if self.words.lowers[p] in links), last
        )  # fmt: skip
        bodies = any(item.role is not None and item.role.kind == "body" for item in inner)
        kept = []
        for item in inner:
            if item.role is not None and item.role.kind == "person" and bodies:
                continue
            if item.town is not None and first < item.first and item.last < last:
                if self.words.lowers[item.first - 1] not in links:
                    continue
            kept.append(item)
        return self.reader.read(self.tokens, kept, end, self.date) if kept else None

    def names_paper(self, last: int) -> bool:
        """Whether the word after a name makes it that of a paper ("Mutual Defense Treaty")."""
        return any(
            word.istitle() and word.lower() in self.reader.scanner.lists["paper"]
            for word in self.tokens[last - 1 : last + 1]
        )

    def one_of_a_kind(self, first: int, last: int) -> bool:
        """Whether a short name is that of a kind of things ("an ATV"): bodies take no "a"."""
        return (
            last - first == 1
            and self.words.lowers[max(0, first - 1) : first] in (["a"], ["an"])
            and self.words.deps[first] not in INSIDE
        )

    def role_at(self, position: int) -> bool:
        """Whether a role or title begins at the word."""
        item = self.at.get(position)
        return (
            item is not None
            and item.first == position
            and item.role is not None
            and item.role.kind == "person"
        )

    def national(self, position: int) -> bool:
        """Whether a word is the name of a state's people ("Spaniard", "Briton")."""
        item = self.at.get(position)
        return (
            item is not None and item.is_state and item.how == "noun" and item.last == position + 1
        )

    def own_name(self, first: int, last: int) -> bool:
        """Whether a tagged organisation has a name of its own before or after its kind.

        "Oxford University" and "Bank of America" have; "Ukraine's Foreign Ministry" has not.
        """
        inner = self.inside(first, last)
        if any(item.names and not item.is_state for item in inner):
            return False
        covered = {position for item in inner for position in range(item.first, item.last)}
        towns = any(item.town is not None for item in inner)
        loose = any(
            self.tokens[position][:1].isupper()
            for position in range(first, last)
            if position not in covered
        )
        bodies = [item for item in inner if item.role is not None and item.role.kind == "body"]
        plain = any(  # "the National Association of Defense Lawyers"
            item.role is not None and item.role.priority == 0
            and self.words.lowers[item.last : item.last + 1] in (["of"], ["for"])
            and item.last + 1 < last and self.tokens[item.last + 1][:1].isupper()
            for item in bodies
        ) and not any(item.names for item in inner)  # fmt: skip
        return last - first > 1 and (loose or plain or (towns and bool(bodies)))

    def person(self, first: int, last: int) -> Entry | None:
        """Who a tagged personal name is: of the story, of the lexicon, or somebody unknown."""
        text = self.words.text(first, last)
        known = self.full_names.get(self.key(last - 1))
        if last - first == 1:
            return (
                known
                or self.by_surname(last - 1)
                or open_entry(f"person:{slug(text)}", text, "person")
            )
        if known is not None and (known.name == text or known.name.endswith(f" {text}")):
            return known  # "de Mistura", "Russell-Moyle"
        return open_entry(f"person:{slug(text)}", text, "person")

    def by_surname(self, position: int) -> Entry | None:
        """The one person in office of that family name whose country the story speaks of."""
        before = self.at.get(position - 1)
        title = before.role if before is not None else None
        if self.kin_before(position) or (title is None and self.tokens[position] in first_names()):
            return None
        people = self.lexicon.surname(self.tokens[position], self.date)
        total = sum(self.countries.values())
        near = [p for p in people if self.countries[p.country] > SPOKEN_OF * total]
        if title is not None and title.kind == "person" and title.priority >= TELLING:
            near = [person for person in near if fits_title(title.sectors, person)]
        if len(near) > 1:
            near = [person for person in near if "ELI" not in person.sectors] or near
        if len(near) == 1:
            return near[0]
        return None

    def prefer_told(self) -> None:
        """Give last names to whom the story names in full: "Bush" after "Jeb Bush"."""
        full = {
            item.entry.id for item in self.at.values()
            if item.entry is not None and item.last - item.first > 1
        }  # fmt: skip
        for place, item in list(self.at.items()):
            entry = item.entry
            if entry is None or entry.kind != "person" or item.last - item.first > 1:
                continue
            told = self.full_names.get(self.key(place))
            if entry.id not in full and told is not None and told.id != entry.id:
                if self.key(place) == " ".join(pieces(told.name.split(" ")[-1])):
                    self.put(
                        Item(place, place + 1, names=(Name(told, "surname", item.names[0].text),))
                    )

    def add_untagged_surnames(self) -> None:
        """Family names of people of the story that the tagger left out."""
        tags = self.words.tags
        for place, text in enumerate(self.tokens):
            if tags[place] not in ("NNP", "NNPS") or place in self.at or not text[:1].isupper():
                continue
            entry = self.full_names.get(self.key(place))
            if entry is not None:
                self.put(Item(place, place + 1, names=(Name(entry, "surname", text),)))


def dated(entry: Entry, country: str, sectors: tuple[str, ...]) -> Entry:
    """The entry with what the story tells where the tables tell nothing."""
    return dataclasses.replace(
        entry, country=entry.country or country, sectors=entry.sectors or sectors
    )
