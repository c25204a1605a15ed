"""Who a phrase means: ``Resolver.resolve``. No parse, no network; microseconds a phrase."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from dragoman.entities.phrase import PhraseReader, Reading
from dragoman.entities.scan import Item, Scanner
from dragoman.entities.tables import first_names
from dragoman.lexicon import Entry, Lexicon
from dragoman.lexicon.names import pieces
from dragoman.model import Entity

WORD = re.compile(
    r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’ʻʼ](?!s\b)[^\W_]+)*\.?(?=\s|$)|[^\W_]+(?:['’](?!s\b)[^\W_]+)*"
    r"|['’]s\b|['’]|[-–,;:()]"
)
CONTEXT_LENGTH = 2000  # characters of context that are looked at
SHORT_NAME = 3  # letters by which first names are compared
POLITICAL = frozenset({"PTY", "OPP", "LEG", "MIL", "REB"})  # from where people come to office
GUESSED = 0.6  # confidence of a country that the context alone gives
KINDS = {"person": "unnamed", "people": "unnamed", "body": "organisation", "other": "other"}


def split_words(phrase: str) -> list[str]:
    """The words of a bare phrase: hyphens and "'s" stand alone, final full stops are dropped.

    >>> split_words("Russian-backed separatists' leader")
    ['Russian', '-', 'backed', 'separatists', "'", 'leader']
    """
    found = WORD.findall(phrase)
    return [word[:-1] if word.endswith(".") and word.count(".") == 1 else word for word in found]


def slug(text: str) -> str:
    """A key made of the words of a text ("Foreign Ministry" → "foreign-ministry")."""
    return "-".join(pieces(text)) or "unknown"


def without_accents(word: str) -> str:
    """A word with its plain letters ("Iván" → "Ivan")."""
    return "".join(
        letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter)
    )


def shares_first_name(word: str, person: Entry) -> bool:
    """Whether a first name begins like one of a person's ("Dmitri" like "Dmitry")."""
    known = {
        part[:SHORT_NAME]
        for name in (person.name, *person.aliases)
        for part in name.lower().split()[:-1]
    }
    return word.lower().rstrip(".")[:SHORT_NAME] in known


def fits_title(sectors: Sequence[str], person: Entry) -> bool:
    """Whether a title of these sectors may be that of a person of the tables.

    Nobody is a general and a lawmaker at once; but who was something may be called so still, and
    the tables may not know of a new office.
    """
    told, held = sectors[:1], person.sectors[:1]
    if not told or not held or told == held or held[0] == "ELI":
        return True
    return told[0] == "GOV" and held[0] in POLITICAL


class Resolver:
    """Resolves phrases with one lexicon. Safe to share; of what it has seen it keeps only which words tell
    something.

    Args:
        lexicon: the tables of names, offices and dates.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.scanner = Scanner(lexicon)
        self.reader = PhraseReader(self.scanner)

    def resolve(self, phrase: str, context: str = "", date: str | None = None) -> Entity | None:
        """Who ``phrase`` means.

        Args:
            phrase: a name, title, role or description, as written.
            context: words around it or about it; they decide between readings and give the
                country where the phrase tells none.
            date: ISO day it was written on; None = as the tables stand today.

        Returns:
            An entity, or None where the phrase tells of nobody. A country by its own name has no
            sectors; its capital or seat of power has GOV.
        """
        tokens = split_words(phrase)
        if not tokens:
            return None
        hints = self.countries_of(context, date) if context else ()
        reading = self.read(tokens, date, hints)
        return self.entity(reading, phrase) if reading else None

    def read(
        self, tokens: Sequence[str], date: str | None, hints: Sequence[str] = ()
    ) -> Reading | None:
        """The reading of a phrase given as words."""
        items = self.scanner.scan(tokens, date)
        items = [item for item in items if not self.is_stranger(tokens, items, item)]
        if hints:
            self.order_readings(items, hints)
        head_end = self.head_end(tokens, items)
        if tokens[head_end : head_end + 1] == [","] and not any(
            item.first < head_end for item in items
        ):
            return self.read(
                tokens[head_end + 1 :], date, hints
            )  # an unknown name, then what it is
        reading = self.reader.read(tokens, items, head_end, date, hints[0] if hints else "")
        if reading is not None and reading.how == "office":
            return self.apposed(tokens, items, reading) or reading
        if reading is None or (
            reading.entry is None and self.name_follows(tokens, items, head_end)
        ):
            return self.by_surname(tokens, items, reading, date) or reading
        return reading

    def apposed(
        self, tokens: Sequence[str], items: Sequence[Item], office: Reading
    ) -> Reading | None:
        """The person whose name stands after an office ("the home secretary, Dara Moll"), or None."""
        first = next((place + 1 for place, token in enumerate(tokens) if token == ","), 0)
        last = next(
            (place for place in range(first, len(tokens)) if tokens[place] == ","), len(tokens)
        )
        words = tokens[first:last]
        if not first or not words or not all(word[:1].isupper() for word in words):
            return None
        sectors = office.role.sectors if office.role is not None else office.sectors
        item = next((item for item in items if item.first <= first < item.last), None)
        if item is None or (item.town is not None and item.last < last):
            return Reading(None, "", office.country, sectors, office.role, located=office.located)
        entry = item.entry
        if entry is None or entry.kind != "person" or item.last != last:
            return None
        return Reading(entry, item.how, entry.country or office.country, sectors, located="own")

    def order_readings(self, items: Sequence[Item], hints: Sequence[str]) -> None:
        """Put first the readings whose country the context speaks of."""
        for item in items:
            if len(item.names) > 1:
                known = [name for name in item.names if name.entry.country in hints]
                others = [name for name in item.names if name not in known]
                item.names = (*known, *others)

    def head_end(self, tokens: Sequence[str], items: Sequence[Item]) -> int:
        """Where the head's own words end: at the first preposition, comma or clause."""
        lists = self.scanner.lists
        links, breaks = lists["link"], lists["break"]
        for position, token in enumerate(tokens):
            low = token.lower()
            if (low in links or low in breaks) and position:
                if not any(item.first <= position < item.last for item in items):
                    return position
        return len(tokens)

    def name_follows(self, tokens: Sequence[str], items: Sequence[Item], end: int) -> bool:
        """Whether the head ends in a capitalised word that no table knows."""
        last = end - 1
        covered = any(item.first <= last < item.last for item in items)
        return last >= 0 and tokens[last][:1].isupper() and not covered

    def by_surname(
        self,
        tokens: Sequence[str],
        items: Sequence[Item],
        reading: Reading | None,
        date: str | None,
    ) -> Reading | None:
        """ "Deputy Secretary Hicks", "Lavrov": the one person of that family name who fits."""
        end = self.head_end(tokens, items)
        if self.first_name_before(tokens, items, end - 1):
            return None
        people = self.lexicon.surname(tokens[end - 1], date) if end else []
        if reading is not None and reading.country and reading.located == "own":
            people = [person for person in people if person.country == reading.country]
        if reading is not None and reading.sectors:
            people = [p for p in people if fits_title(reading.sectors, p)]
            if len(people) > 1:
                people = [p for p in people if p.sectors[:1] == reading.sectors[:1]] or people
        if len(people) != 1:
            return None
        person = people[0]
        return Reading(person, "surname", person.country, person.sectors, located="own")

    def is_stranger(self, tokens: Sequence[str], items: Sequence[Item], item: Item) -> bool:
        """Whether a last name has a first name before it that is not its owner's, or is a town's
        ("Ana Quito")."""
        entry = item.entry
        if item.first and item.last - item.first == 1 and (item.town or item.how == "capital"):
            before = tokens[item.first - 1]
            unnamed = not any(other.first < item.first <= other.last for other in items)
            return unnamed and without_accents(before) in first_names()
        if entry is None or entry.kind != "person" or item.last - item.first > 1:
            return False
        if not self.first_name_before(tokens, items, item.first):
            return False
        return not shares_first_name(tokens[item.first - 1], entry)

    def first_name_before(
        self, tokens: Sequence[str], items: Sequence[Item], position: int
    ) -> bool:
        """Whether an unknown capitalised word before a last name makes it another person's."""
        before = position - 1
        if before < 0 or not tokens[before][:1].isupper():
            return False
        if any(item.first <= before < item.last for item in items):
            return False
        return tokens[before].lower().rstrip(".") not in self.scanner.lists["title"]

    def countries_of(self, text: str, date: str | None) -> tuple[str, ...]:
        """Countries a text speaks of, the most often named first."""
        counts: dict[str, int] = {}
        for item in self.scanner.scan(split_words(text[:CONTEXT_LENGTH]), date):
            if item.country:
                counts[item.country] = counts.get(item.country, 0) + 1
        return tuple(sorted(counts, key=lambda code: -counts[code]))

    def entity(self, reading: Reading, phrase: str) -> Entity:
        """A reading as an entity."""
        entry = reading.entry
        if entry is not None:
            return entity_of(entry, reading)
        kind = (
            KINDS[reading.role.kind]
            if reading.role
            else "place"
            if reading.how == "town"
            else "other"
        )
        return Entity(
            id=slug(phrase),
            name=phrase.strip(),
            country=reading.country,
            sectors=reading.sectors,
            kind=kind,
            confidence=GUESSED if reading.located == "context" else 0.9,
        )


def entity_of(entry: Entry, reading: Reading) -> Entity:
    """A lexicon entry, with country and sectors as the phrase and the day give them."""
    return Entity(
        id=entry.id,
        name=entry.name,
        country=reading.country,
        sectors=reading.sectors,
        kind=entry.entity_kind,
        note=entry.note or None,
    )
