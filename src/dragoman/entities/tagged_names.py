"""Names that no table holds, as the name tagger sees them, and the surnames of a story's people."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dragoman.entities.grammar import SUBJECTS
from dragoman.entities.pointers import descriptions
from dragoman.entities.resolve import fits_title, slug
from dragoman.entities.scan import PEOPLE_HOWS, Item
from dragoman.entities.spans import PLACE_LABELS
from dragoman.entities.tables import first_names
from dragoman.entities.words import INSIDE, Tagged
from dragoman.lexicon import Entry, Name
from dragoman.lexicon.names import pieces

if TYPE_CHECKING:
    from dragoman.entities.names import StoryNames
    from dragoman.entities.phrase import Reading

SPOKEN_OF = 0.08  # share of country names from which a story speaks of somebody's country
WITH_TWO = 3  # words of the shortest name that has two family names
TELLING = 2  # priority from which a title decides sectors


def open_entry(key: str, name: str, kind: str, country: str = "",
               sectors: tuple[str, ...] = ()) -> Entry:  # fmt: skip
    """An entry for a name that no table holds. ``kind`` may also be "place"."""
    return Entry(key, name, (), kind, country, sectors)


def person_called(story: StoryNames, text: str) -> Entry:
    """The lexicon's person whose full name may be written so, or somebody unknown."""
    spelled = story.lexicon.spelled(text, story.date)
    return spelled or open_entry(f"person:{slug(text)}", text, "person")


def people_by_surname(story: StoryNames) -> dict[str, Entry]:
    """Last words of the full names of people in the story, with whom they name first."""
    found: dict[str, Entry] = {}
    people: dict[str, Entry] = {}
    last_names: dict[str, Entry] = {}
    for item in story.items:
        entry = item.entry
        if entry is not None and entry.kind == "person" and item.last - item.first > 1:
            people.setdefault(entry.id, entry)
            text = story.words.text(item.first, item.last)
            if entry.name.lower().endswith(f" {text.lower()}"):  # "dos Santos"
                last_names.setdefault(story.key(item.last - 1), entry)
                continue
            found.setdefault(story.key(item.last - 1), entry)
            state = story.lexicon.state(entry.country)
            if state is not None and state.family_name_first:
                found.setdefault(story.key(item.first), entry)
    held = {item.last - 1 for item in story.items if item.names}
    for ent in story.ents:
        if ent.label == "PER" and ent.end - ent.start > 1 and ent.end - 1 not in held:
            entry = person_called(story, story.words.text(ent.start, ent.end))
            people.setdefault(entry.id, entry)
            found.setdefault(story.key(ent.end - 1), entry)
    for key, entry in last_names.items():
        found.setdefault(key, entry)
    first: dict[str, set[str]] = defaultdict(set)
    inner: dict[str, set[str]] = defaultdict(set)
    for entry in people.values():
        parts = pieces(entry.name.split(" ")[0])
        for word in {" ".join(parts), *parts[:1]}:  # "Waker" of "Waker-uz-Zaman"
            first[word].add(entry.id)
        inner[first_of_two(entry)].add(entry.id)
    inner.pop("", None)
    for keys in (inner, first):
        for key, ids in keys.items():
            if len(ids) == 1:  # "Hillary", where no other one is spoken of
                found.setdefault(key, people[ids.pop()])
    return found


def word_key(word: str) -> str:
    """A word as names are compared by."""
    return " ".join(pieces(word))


def first_of_two(entry: Entry) -> str:
    """The first of somebody's two family names, as names are compared by: "quispe" of "Felipe Quispe
    Choque", whom the papers call Quispe. Of a middle name that is a first name, "".
    """
    words = entry.name.split(" ")
    if len(words) < WITH_TWO or words[-2] in first_names() or not words[-2].istitle():
        return ""
    return word_key(words[-2])


def add_tagged(story: StoryNames) -> None:
    """Items for tagged names that no table holds, and for surnames."""
    held = {
        position for position, item in story.at.items() if item.names or item.town
    }  # fmt: skip
    things = named_things(story)
    for ent in story.ents:
        first, last = ent.start, ent.end
        while first < last and story.tokens[first].lower() in ("the", "a", "an"):
            first += 1
        if first < last and story.key(last - 1) in things:
            continue
        if ent.label == "PER" and story.is_ships(first, last):
            continue
        if any(
            item.names and (item.first < first or item.last > last)
            for item in around(story, first, last)
        ):
            continue  # the lexicon's name is longer than the tagger's
        if first >= last or any(position in held for position in range(first, last)):
            own = ent.label == "ORG" and own_name(story, first, last)
            if not own and not two_in_one(story, ent.label, first, last):
                continue
        made = from_tag(story, ent, first, last)
        if made is not None:
            for item in around(story, made.first, made.last):
                if lies_in(story, item) and item.first > made.first:
                    story.inner.append(item)
                for position in range(item.first, item.last):
                    del story.at[position]
            put(story, made)
    add_untagged_surnames(story)
    prefer_told(story)
    found = {id(item): item for item in story.at.values()}
    story.items = sorted(found.values(), key=lambda item: item.first)


def two_in_one(story: StoryNames, label: str, first: int, last: int) -> bool:
    """Whether a person's name, written otherwise, is made of words that name others as well.

    "Qassem" and "Suleimani" are names of people of their own.
    """
    held = inside(story, first, last)
    return (
        label == "PER"
        and last - first > 1
        and all(item.last - item.first == 1 for item in held)
        and all(item.entry is not None and item.entry.kind == "person" for item in held)
        and story.lexicon.spelled(story.words.text(first, last), story.date) is not None
    )


def named_things(story: StoryNames) -> frozenset[str]:
    """Names that the story gives to storms and operations ("Hurricane Maria", "Maria")."""
    things = story.reader.scanner.lists["named thing"]
    lowers = story.words.lowers
    return frozenset(
        story.key(place + 1)
        for place in range(len(lowers) - 1)
        if lowers[place] in things and story.words.tags[place + 1] in ("NNP", "NNPS")
    ) - {""}


def put(story: StoryNames, item: Item) -> None:
    """Let an item stand at its words."""
    for position in range(item.first, item.last):
        story.at[position] = item


def around(story: StoryNames, first: int, last: int) -> list[Item]:
    """Items that share a word with a token range, in the order of the text."""
    found: list[Item] = []
    for position in range(first, last):
        item = story.at.get(position)
        if item is not None and (not found or found[-1] is not item):
            found.append(item)
    return found


def inside(story: StoryNames, first: int, last: int) -> list[Item]:
    """Items that lie in a token range, in the order of the text."""
    return [
        item for item in around(story, first, last) if item.first >= first and item.last <= last
    ]


def from_tag(story: StoryNames, ent: Tagged, first: int, last: int) -> Item | None:
    """The item of one tagged name, or None where roles and states say it better."""
    text = story.words.text(first, last)
    if ent.label == "PER":
        while last - first > 1 and (role_at(story, first) or national(story, first)):
            first += 1  # "President", "Spaniard" tagged as part of a name
        final = story.at.get(last - 1)
        if final is not None and final.role:
            return None  # a title alone, or one that goes on
        entry = who_is(story, first, last)
        if entry is not None and last - first == 1 and entry.kind == "person":
            before = story.first_name_before(first, entry, story.at)
            if before is not None:
                first, text = before, story.words.text(before, last)
                entry = person_called(story, text)
        return Item(first, last, names=(Name(entry, "name", text),)) if entry else None
    final = story.at.get(last - 1)
    if final is not None and final.role and final.last > last:
        return None  # "Alabama House" of "Alabama House Speaker"
    inner = inside(story, first, last)
    if ent.label == "ORG":
        if names_paper(story, last) or one_of_a_kind(story, first, last):
            return None
        if story.words.lowers[first - 1 : first] == ["the"] and descriptions()["one"].get(text):
            return None  # "the Sultanate" of the story
        person = story.full_names.get(story.key(first)) if last - first == 1 else None
        if (
            person is not None
            and not story.is_ships(first, last)
            and (story.words.lowers[first - 1 : first] != ["the"])
        ):
            return Item(first, last, names=(Name(person, "surname", text),))
        if inner and inner[-1].last == last and not own_name(story, first, last):
            return None
        known = short_of(story, first, last)
        if known is not None:
            return Item(first, last, names=(Name(known, "alias", text),))
        reading = told_inside(story, inner, first, last)
        entry = open_entry(
            f"org:{slug(text)}", text, "organisation",
            reading.country if reading else "", reading.sectors if reading else (),
        )  # fmt: skip
        return Item(first, last, names=(Name(entry, "name", text),))
    many = descriptions()["many"]
    person = story.full_names.get(story.key(first)) if last - first == 1 and not inner else None
    acts = first in story.called or story.words.deps[first] in SUBJECTS
    if person is not None and acts:  # "Hassan", of "Amal Hassan"
        return Item(first, last, names=(Name(person, "surname", text),))
    if story.words.lowers[first - 1 : first] == ["the"] and descriptions()["one"].get(text):
        return None
    titled = story.words.lowers[first] in story.reader.scanner.lists["named after"]
    if ent.label in PLACE_LABELS and (titled or not inner) and not many.get(text.removesuffix("s")):
        return Item(
            first,
            last,
            names=(Name(open_entry(f"place:{slug(text)}", text, "place"), "name", text),),
        )
    return None


def lies_in(story: StoryNames, item: Item) -> bool:
    """Whether a state or town stands after "of" or "in"."""
    placed = item.town is not None or (item.is_state and item.how not in PEOPLE_HOWS)
    before = story.words.lowers[max(0, item.first - 2) : item.first]
    return placed and not story.reader.scanner.lists["link"].isdisjoint(before)


def short_of(story: StoryNames, first: int, last: int) -> Entry | None:
    """Whose name a single word ends, where one body of the story is called so ("the Times")."""
    if last - first > 1 or story.words.lowers[first - 1 : first] != ["the"]:
        return None
    key = story.key(first)
    held = {
        item.entry.id: item.entry
        for item in story.items
        if item.last - item.first > 1
        and item.entry is not None
        and item.entry.kind in ("organisation", "media", "body")
        and story.key(item.last - 1) == key
    }
    return next(iter(held.values())) if len(held) == 1 else None


def told_inside(story: StoryNames, inner: list[Item], first: int, last: int) -> Reading | None:
    """What the name of a body tells: its kind, and its place after "of" or "in".

    Words that are only called like a town or a title are passed over: "Queen Mary University
    of London" lies in no town of Mary.
    """
    links = story.reader.scanner.lists["link"]
    end = next(
        (p for p in range(first + 1, last) if story.words.lowers[p] in links), last
    )  # fmt: skip
    bodies = any(item.role is not None and item.role.kind == "body" for item in inner)
    kept = []
    for item in inner:
        if item.role is not None and item.role.kind == "person" and bodies:
            continue
        if item.town is not None and first < item.first and item.last < last:
            if story.words.lowers[item.first - 1] not in links:
                continue
        kept.append(item)
    return story.reader.read(story.tokens, kept, end, story.date) if kept else None


def names_paper(story: StoryNames, last: int) -> bool:
    """Whether the word after a name makes it that of a paper ("Mutual Defense Treaty")."""
    return any(
        word.istitle() and word.lower() in story.reader.scanner.lists["paper"]
        for word in story.tokens[last - 1 : last + 1]
    )


def one_of_a_kind(story: StoryNames, first: int, last: int) -> bool:
    """Whether a short name is that of a kind of things ("an ATV"): bodies take no "a"."""
    return (
        last - first == 1
        and story.words.lowers[max(0, first - 1) : first] in (["a"], ["an"])
        and story.words.deps[first] not in INSIDE
    )


def role_at(story: StoryNames, position: int) -> bool:
    """Whether a role or title begins at the word."""
    item = story.at.get(position)
    return (
        item is not None
        and item.first == position
        and item.role is not None
        and item.role.kind == "person"
    )


def national(story: StoryNames, position: int) -> bool:
    """Whether a word is the name of a state's people ("Spaniard", "Briton")."""
    item = story.at.get(position)
    return item is not None and item.is_state and item.how == "noun" and item.last == position + 1


def own_name(story: StoryNames, first: int, last: int) -> bool:
    """Whether a tagged organisation has a name of its own before or after its kind.

    "Oxford University" and "Bank of America" have; "Ukraine's Foreign Ministry" has not.
    """
    lists = story.reader.scanner.lists
    if last - first > 2 and not lists["leads in"].isdisjoint(story.words.lowers[first - 1 : first]):
        return True  # "the group [Mothers of Mopti]"
    inner = inside(story, first, last)
    if any(item.names and not item.is_state for item in inner):
        return False
    covered = {position for item in inner for position in range(item.first, item.last)}
    towns = any(item.town is not None for item in inner)
    loose = any(
        story.tokens[position][:1].isupper()
        for position in range(first, last)
        if position not in covered
    )
    bodies = [item for item in inner if item.role is not None and item.role.kind == "body"]
    plain = any(  # "the National Association of Defense Lawyers"
        item.role is not None and item.role.priority == 0
        and story.words.lowers[item.last : item.last + 1] in (["of"], ["for"])
        and item.last + 1 < last and story.tokens[item.last + 1][:1].isupper()
        for item in bodies
    ) and not any(item.names for item in inner)  # fmt: skip
    theirs = any(  # "the Chadian Doctors' Network"
        story.tokens[position] in ("'", "’")
        and story.tokens[position - 1][:1].isupper()
        and story.tokens[position + 1][:1].isupper()
        for position in range(first + 1, last - 1)
    )
    return last - first > 1 and (loose or plain or theirs or (towns and bool(bodies)))


def who_is(story: StoryNames, first: int, last: int) -> Entry | None:
    """Who a tagged personal name is: of the story, of the lexicon, or somebody unknown."""
    text = story.words.text(first, last)
    known = story.full_names.get(story.key(last - 1))
    if last - first == 1:
        return (
            known
            or by_surname(story, last - 1)
            or open_entry(f"person:{slug(text)}", text, "person")
        )
    if known is not None and f" {known.name}".lower().endswith(f" {text}".lower()):
        return known  # "de Mistura", "Russell-Moyle", "Van Dijk" of "Pieter van Dijk"
    return person_called(story, text)


def by_surname(story: StoryNames, position: int) -> Entry | None:
    """The one person in office of that family name whose country the story speaks of."""
    before = story.at.get(position - 1)
    title = before.role if before is not None else None
    if story.kin_before(position) or (title is None and story.tokens[position] in first_names()):
        return None
    people = story.lexicon.surname(story.tokens[position], story.date)
    total = sum(story.countries.values())
    near = [p for p in people if story.countries[p.country] > SPOKEN_OF * total]
    if title is not None and title.kind == "person" and title.priority >= TELLING:
        near = [person for person in near if fits_title(title.sectors, person)]
    if len(near) > 1:
        near = [person for person in near if "ELI" not in person.sectors] or near
    if len(near) == 1:
        return near[0]
    return None


def prefer_told(story: StoryNames) -> None:
    """Give last names to whom the story names in full: "Bush" after "Jeb Bush"."""
    full = {
        item.entry.id for item in story.at.values()
        if item.last - item.first > 1 and item.entry is not None
    }  # fmt: skip
    for place, item in list(story.at.items()):
        entry = item.entry if item.last - item.first == 1 else None
        if entry is None or entry.kind != "person":
            continue
        told = story.full_names.get(story.key(place))
        if entry.id not in full and told is not None and told.id != entry.id:
            if story.key(place) in (word_key(told.name.split(" ")[-1]), first_of_two(told)):
                put(
                    story,
                    Item(place, place + 1, names=(Name(told, "surname", item.names[0].text),)),
                )
    prefer_told_with_particles(story)


def prefer_told_with_particles(story: StoryNames) -> None:
    """The same for last names of several words: "dos Santos" after "Otto dos Santos"."""
    items = {id(item): item for item in story.at.values()}.values()
    for item in list(items):
        entry, last = item.entry, item.last - 1
        if entry is None or entry.kind != "person" or last == item.first:
            continue
        told = story.full_names.get(story.key(last))
        if told is None or told.id == entry.id:
            continue
        text = story.words.text(item.first, item.last)
        longer = any(other.entry is entry and other.last - other.first > 2 for other in items)
        if not longer and told.name.lower().endswith(f" {text.lower()}"):
            put(story, Item(item.first, item.last, names=(Name(told, "surname", text),)))


def add_untagged_surnames(story: StoryNames) -> None:
    """Family names of people of the story that the tagger left out."""
    tags = story.words.tags
    for place, text in enumerate(story.tokens):
        if tags[place] not in ("NNP", "NNPS") or place in story.at or not text[:1].isupper():
            continue
        entry = story.full_names.get(story.key(place))
        if entry is not None and not story.is_ships(place, place + 1):
            put(story, Item(place, place + 1, names=(Name(entry, "surname", text),)))
