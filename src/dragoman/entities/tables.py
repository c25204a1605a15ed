"""The tables that only this room reads: roles, places, word lists, name endings, descriptions.

They stand beside the lexicon's own in ``lexicon/data`` and are loaded once a process. A bad row
raises ``DataError`` with file and line.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman.lexicon.build import OwnRole
from dragoman.lexicon.names import pieces
from dragoman.lexicon.words import GENDERS, KINDS, PRIORITIES
from dragoman.tables import DATA_FOLDER, Row, read_table

IRREGULAR = {"man": "men", "woman": "women", "child": "children", "wife": "wives",
             "thief": "thieves", "staff": "staff", "people": "people", "police": "police"}  # fmt: skip
KEEPS_MAN = ("german", "roman", "human", "ottoman", "shaman")


@dataclass(frozen=True, slots=True)
class Role:
    """What a role, title or kind of actor stands for ("riot police" → COP).

    Args:
        phrase: the phrase in the singular, small letters.
        sectors: PLOVER sector codes, most telling first.
        priority: 0 says nothing by itself ("men"), 1 takes the sectors of what it belongs to
            ("official", "spokesman"), 2 and 3 decide, 3 before 2.
        kind: person (one human being), people (a group of them), body (an institution), other.
        plural: whether this is the plural of the phrase.
        country: the country the words themselves tell ("Tory", "USS"), "" for most.
        cased: how the first word must be written: "" any way, "capital" ("House" is not "house"),
            "capitals" ("HMS").
    """

    phrase: str
    sectors: tuple[str, ...]
    priority: int
    kind: str
    plural: bool = False
    country: str = ""
    cased: str = ""


@dataclass(frozen=True, slots=True)
class Town:
    """A city or province: its name, ISO 3166-1 alpha-3 country, kind and population (0 unknown)."""

    name: str
    country: str
    kind: str
    population: int


def rows_of(name: str, *columns: str) -> Iterator[Row]:
    """The rows of a table of words.

    Raises:
        DataError: a column is missing, or a row lacks one.
    """
    return read_table(DATA_FOLDER / name, columns, whole=True)


def plural_of(phrase: str) -> str:
    """The plural of an English noun phrase in small letters ("army chief" → "army chiefs")."""
    front, _, last = phrase.rpartition(" ")
    for singular, plural in IRREGULAR.items():
        if last.endswith(singular) and not last.endswith(KEEPS_MAN):
            made = last[: -len(singular)] + plural
            return f"{front} {made}" if front else made
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        made = last[:-1] + "ies"
    elif last.endswith(("s", "x", "z", "ch", "sh")):
        made = last + "es"
    else:
        made = last + "s"
    return f"{front} {made}" if front else made


class PhraseTable:
    """Phrases found along a sequence of words, longest first."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, ...], object] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}  # by first piece, the longest first
        self._seconds: dict[str, set[str]] = {}  # by first piece, the pieces that go on with it

    def add(self, phrase: str, value: object) -> None:
        """Let ``phrase`` stand for ``value``; the first owner of a phrase keeps it."""
        key = pieces(phrase)
        if not key or key in self._held:
            return
        self._held[key] = value
        lengths = self._lengths.get(key[0], ())
        if len(key) not in lengths:
            self._lengths[key[0]] = tuple(sorted((*lengths, len(key)), reverse=True))
        if len(key) > 1:
            self._seconds.setdefault(key[0], set()).add(key[1])

    def begins(self, word: str) -> bool:
        """Whether any phrase begins with a word, given as it is compared."""
        return word in self._lengths

    def get(self, phrase: str) -> object | None:
        """What a whole phrase stands for."""
        return self._held.get(pieces(phrase))

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """All phrases, as the pieces they are compared by."""
        return iter(self._held)

    def values(self) -> Iterable[object]:
        """Everything that phrases stand for, in the order of adding."""
        return self._held.values()

    def longest(self, found: Sequence[tuple[str, ...]], first: int) -> tuple[int, object] | None:
        """The longest phrase beginning at word ``first``: end (exclusive) and what it stands for.

        Args:
            found: ``pieces`` of each word; empty ones (hyphens, "'s") are passed over.
        """
        start = found[first]
        if not start:
            return None
        lengths = self._lengths.get(start[0])
        if not lengths:
            return None
        if len(start) == 1 and not self._goes_on(found, first):
            value = self._held.get(start)
            return None if value is None else (first + 1, value)
        limit, run = lengths[0], list(start)
        ends = {len(run): first + 1}
        position = first + 1
        while len(run) < limit and position < len(found):
            more = found[position]
            if more:
                run.extend(more)
                ends[len(run)] = position + 1
            position += 1
        for length in lengths:
            end = ends.get(length)
            if end is not None:
                value = self._held.get(tuple(run[:length]))
                if value is not None:
                    return end, value
        return None

    def _goes_on(self, found: Sequence[tuple[str, ...]], first: int) -> bool:
        """Whether a phrase of more than a word's one piece may begin at word ``first``."""
        seconds = self._seconds.get(found[first][0])
        if seconds is not None:
            for position in range(first + 1, len(found)):
                if found[position]:
                    return found[position][0] in seconds
        return False


@lru_cache(maxsize=1)
def shipped_roles() -> tuple[Role, ...]:
    """The rows of ``roles.tsv``: a phrase that begins with a capital must be written so.

    Raises:
        DataError: a row is bad.
    """
    return tuple(
        Role(
            row["phrase"].lower(),
            row.listed("sectors"),
            int(row.one_of("priority", PRIORITIES)),
            row.one_of("kind", KINDS),
            country=row["country"],
            cased=case_of(row["phrase"].split(" ")[0]),
        )
        for row in rows_of("roles.tsv", "phrase", "sectors", "priority", "kind")
    )


def case_of(word: str) -> str:
    """How a word of ``roles.tsv`` wants to be written (``Role.cased``)."""
    if len(word) > 1 and word.isupper():
        return "capitals"
    return "capital" if word[:1].isupper() else ""


def table_of(made: Sequence[Role]) -> PhraseTable:
    """Roles by phrase, singular and plural; a singular comes before another's plural."""
    table = PhraseTable()
    for role in made:
        table.add(role.phrase, role)
    for role in made:
        if role.phrase not in words()["no plural"]:
            table.add(plural_of(role.phrase), dataclasses.replace(role, plural=True))
    return table


@lru_cache(maxsize=1)
def roles() -> PhraseTable:
    """All shipped roles, singular and plural."""
    return table_of(shipped_roles())


def roles_with(own: Mapping[str, OwnRole]) -> PhraseTable:
    """The shipped roles with a user's on top.

    A user's row says what a phrase stands for. What kind of thing it is and how much it weighs
    come from the shipped role of that phrase, or else of its last words ("security organ").
    """
    if not own:
        return roles()
    shipped = roles()
    made: list[Role] = []
    for phrase, told in own.items():
        like = next(
            (found for words in tails(phrase) if isinstance(found := shipped.get(words), Role)),
            None,
        )
        made.append(
            Role(
                phrase,
                told.sectors,
                max(2, like.priority) if like else 2,
                like.kind if like else "person",
                plural=told.plural,
                country=told.country,
            )
        )
    table = PhraseTable()
    for role in made:
        table.add(role.phrase, role)
    for role in made:
        if not role.plural:
            table.add(plural_of(role.phrase), dataclasses.replace(role, plural=True))
    for held in shipped.values():
        assert isinstance(held, Role)
        table.add(plural_of(held.phrase) if held.plural else held.phrase, held)
    return table


def tails(phrase: str) -> Iterator[str]:
    """A phrase, then its last words, ever fewer ("riot police unit", "police unit", "unit")."""
    words = phrase.split(" ")
    return (" ".join(words[start:]) for start in range(len(words)))


@lru_cache(maxsize=1)
def towns() -> PhraseTable:
    """Cities and provinces by name.

    Raises:
        DataError: a row of ``places.tsv`` is bad.
    """
    table = PhraseTable()
    for row in rows_of("places.tsv", "name", "country", "kind", "population"):
        name = row["name"]
        table.add(name, Town(name, row["country"], row["kind"], int(row["population"])))
    return table


@lru_cache(maxsize=1)
def words() -> dict[str, frozenset[str]]:
    """Lists of words by the name of the list ("former", "backed", "locative" …)."""
    found: dict[str, set[str]] = {}
    for row in rows_of("entity_words.tsv", "list", "word"):
        found.setdefault(row["list"], set()).add(row["word"])
    return {name: frozenset(held) for name, held in found.items()}


@lru_cache(maxsize=1)
def homelands() -> dict[str, tuple[str, ...]]:
    """The states that each people of several states lives in, by the people's id."""
    return {
        row["id"]: row.listed("countries") for row in rows_of("homelands.tsv", "id", "countries")
    }


@lru_cache(maxsize=1)
def town_namesakes() -> dict[str, tuple[str, ...]]:
    """The other states in which a town of the same name lies, by its name."""
    rows = rows_of("town_namesakes.tsv", "name", "countries")
    return {row["name"]: row.listed("countries") for row in rows}


@lru_cache(maxsize=1)
def first_names() -> dict[str, str]:
    """First names that tell a gender: "male" or "female"; those of both are left out.

    Raises:
        DataError: a row of ``first_names.tsv`` has another gender.
    """
    rows = rows_of("first_names.tsv", "name", "gender")
    return {row["name"]: row.one_of("gender", GENDERS) for row in rows}
