"""Words to items: the names, roles, places and telling words of a phrase or a whole story."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from dragoman.entities.tables import Role, Town, roles_with, towns, words
from dragoman.lexicon import Entry, Lexicon, Name
from dragoman.lexicon.names import pieces

HYPHENS = frozenset("-–‐‑")
SILENT = frozenset({*HYPHENS, "'s", "’s", "'", "’"})
BARRIER = ("",)  # the key of a word that no phrase runs across: a comma, a line break
PEOPLE_HOWS = frozenset({"adjective", "noun"})
SHIP_NAME = 5  # words of a ship's name with its prefix, at most
PERSONAL = frozenset({"person", "people"})
STATE_KINDS = frozenset({"state", "region"})
#: What stands before the "PM" of a time of day, and before no prime minister.
_CLOCK = re.compile(r"\d{1,2}(?:[:.]\d\d)?")
KEPT = 50_000  # words of which it is kept what they are


@dataclass(slots=True)
class Item:
    """Something told by words ``first`` to ``last`` (half-open): a name, role, town or modifier.

    ``names`` are the lexicon's readings, best first. ``backer`` is true for a state that only
    stands behind what follows ("Russian-backed"). ``modifier`` is "former" or "".
    """

    first: int
    last: int
    names: tuple[Name, ...] = ()
    role: Role | None = None
    town: Town | None = None
    modifier: str = ""
    backer: bool = False

    @property
    def entry(self) -> Entry | None:
        """The best entry of a name."""
        return self.names[0].entry if self.names else None

    @property
    def how(self) -> str:
        """How the best name names it: name, alias, adjective, noun, capital, seat; "" for others."""
        return self.names[0].how if self.names else ""

    @property
    def is_state(self) -> bool:
        """Whether the best reading is a state or region, by any of its names."""
        return bool(self.names) and self.names[0].entry.kind in STATE_KINDS

    @property
    def country(self) -> str:
        """The country the item tells of, "" where it tells of none."""
        if self.backer:
            return ""
        if self.names:
            return self.names[0].entry.country
        if self.town:
            return self.town.country
        return self.role.country if self.role else ""


def best_first(
    names: tuple[Name, ...],
    sure: Mapping[str, int],
    hints: frozenset[str],
    lands: frozenset[str],
    label: str,
) -> tuple[Name, ...]:
    """Readings ordered by what the surroundings say.

    Args:
        sure: how often the text names each entry by a name of one meaning ("Tbilisi", "Atlanta").
        hints: countries the text speaks of.
        lands: those of them whose provinces it names, or that alone it speaks of.
        label: the name tagger's label of the words, "" where it has none.
    """
    if len(names) < 2:
        return names

    def rank(name: Name) -> tuple[bool, bool, int, bool]:
        person = name.entry.kind == "person"
        return (
            label == "PER" and not person,
            label in ("LOC", "GPE") and person,
            -sure.get(name.entry.id, 0),
            bool(hints)
            and name.entry.country not in (lands if name.entry.kind == "region" else hints),
        )

    return tuple(sorted(names, key=rank))


class Told(NamedTuple):
    """What is known of a word wherever it stands.

    Args:
        key: its pieces; empty for a hyphen, ``BARRIER`` for what no phrase runs across.
        plain: whether nothing begins at it unless a hyphen follows it.
        begins: whether something may begin at it, whatever follows it.
        former: whether it says that somebody held an office before.
        opens: whether it is either of both.
        capital: whether a name may begin at it, whatever follows it.
        particle: whether a name may begin at it where a capital follows ("el Fasher").
        role: whether a role begins with its first piece.
        town: whether a town does.
        side: whether it tells but the side of a party ("ruling").
    """

    key: tuple[str, ...]
    plain: bool
    begins: bool
    former: bool
    opens: bool
    capital: bool
    particle: bool
    role: bool
    town: bool
    side: bool


#: Words behind the initial in a name that are looked at.
_MIDDLE = 3


def is_initial(word: str) -> bool:
    """Whether a word is a single capital with a stop ("V.")."""
    return len(word) == 2 and word[1] == "." and word[0].isupper()


class Scanner:
    """Finds items along words, with the lexicon and this room's tables.

    What words are by themselves is kept from story to story, for ``KEPT`` words at most.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.roles = roles_with(lexicon.roles)
        self.towns = towns()
        self.lists = words()
        self.known: dict[str, Told] = {}

    def learn(self, word: str) -> Told:
        """What a word is by itself, kept for the next time."""
        lists, initial = self.lists, word[:1]
        found = pieces(word)
        head = found[0] if found else ""
        low = word.lower()
        small = word.isalpha() and word.islower()
        capital = initial.isupper() or initial.isdigit() or (initial in "'’ʿ" and len(word) > 2)
        role, particle = self.roles.begins(head), word in lists["particle"]
        former = low in lists["former"]
        told = Told(
            key=found or (() if word in SILENT else BARRIER),
            plain=small and not particle and word not in lists["former"] and not role,
            begins=capital or particle or role,
            former=former,
            opens=capital or particle or role or former,
            capital=capital,
            particle=particle,
            role=role,
            town=self.towns.begins(head),
            side=word in lists["in power"] or word in lists["in opposition"],
        )
        if len(self.known) >= KEPT:
            self.known.clear()
        self.known[word] = told
        return told

    def known_of(self, tokens: Sequence[str]) -> list[Told]:
        """What each word of a story is by itself."""
        try:
            return list(map(self.known.__getitem__, tokens))
        except KeyError:
            return [self.known.get(token) or self.learn(token) for token in tokens]

    def scan(self, tokens: Sequence[str], date: str | None) -> list[Item]:
        """All items, longest first from the left, none overlapping."""
        found: list[Item] = []
        told = self.known_of(tokens)
        keys = [word.key for word in told]
        hyphened = {
            place - 1 for place, token in enumerate(tokens)
            if token in HYPHENS and place and (token == "-" or not told[place - 1].plain)
        }  # fmt: skip
        free = 0  # the first word that no item holds
        for place in [p for p, word in enumerate(told) if word.opens or p in hyphened]:
            if place < free:
                continue
            word = told[place]
            begins = word.key and (word.begins or place in hyphened)
            item = self.item_at(tokens, keys, place, date, word) if begins else None
            if item is not None:
                found.append(item)
                free = item.last
            elif word.former:
                found.append(Item(place, place + 1, modifier="former"))
        self.mark_backers(tokens, found)
        found = self.called_after(tokens, found)
        self.take_bodies_home(tokens, keys, found)
        return self.name_ships(tokens, found)

    def item_at(
        self, tokens: Sequence[str], keys: Sequence[tuple[str, ...]], first: int,
        date: str | None, word: Told,
    ) -> Item | None:  # fmt: skip
        """The longest item that begins at word ``first``; a name wins over a role of its length."""
        best: Item | None = None
        capital = word.capital or self.joins_capital(tokens, first, word)
        if capital:
            match = self.lexicon.longest(tokens, first, date)
            if (
                match is not None
                and match.names
                and tokens[match.end : match.end + 1] != ["$"]  # "US$ 4 million"
                and not self.cuts(tokens, first, match.end, date, word)
            ):
                best = Item(first, match.end, names=match.names)
            if first + 2 < len(tokens) and is_initial(tokens[first + 1]):
                if not is_initial(tokens[first + 2]):
                    best = self.with_initial(tokens, first, date, best)
        role = self.role_at(tokens, keys, first) if word.role else None
        if role is not None and (best is None or role[0] > best.last):
            after = self.role_at(tokens, keys, best.last) if best else None
            titled = after is not None and after[0] == role[0] and after[1].kind in PERSONAL
            if not titled:  # "CIA director" is a name and a role
                best = Item(first, role[0], role=role[1])
        if capital and word.town:
            town = self.towns.longest(keys, first)
            if town is not None and (best is None or town[0] > best.last):
                assert isinstance(town[1], Town)
                best = Item(first, town[0], town=town[1])
        return best

    def with_initial(
        self, tokens: Sequence[str], first: int, date: str | None, best: Item | None
    ) -> Item | None:
        """The person whose name has one more letter in it: "Vladimir V. Putin".

        With two ("George H. W. Bush") it is another's.
        """
        plain = [tokens[first], *tokens[first + 2 : first + 2 + _MIDDLE]]
        match = self.lexicon.longest(plain, 0, date)
        if match is None or match.end < 2 or not match.names:
            return best
        people = tuple(name for name in match.names if name.entry.kind == "person")
        if not people or (best is not None and best.last > first + match.end):
            return best
        return Item(first, first + match.end + 1, names=people)

    def cuts(
        self, tokens: Sequence[str], first: int, end: int, date: str | None, word: Told
    ) -> bool:
        """Whether words end inside a longer name: "Crown Prince Mohammed" before "bin Zayed",
        "President Hassan" before "Rouhani"."""
        if end >= len(tokens) or end - first < 2:
            return False
        after = tokens[end]
        if after in self.lists["particle"]:
            if end + 1 == len(tokens):
                return False
        elif not (after[:1].isupper() and word.role):
            return False
        longer = (self.lexicon.longest(tokens, place, date) for place in range(first + 1, end))
        return any(
            match is not None and match.end > end and match.names[0].entry.kind == "person"
            for match in longer if match is None or match.names
        )  # fmt: skip

    def joins_capital(self, tokens: Sequence[str], first: int, word: Told) -> bool:
        """Whether a word in small letters may open a name: "al-Qaeda", "el Fasher"."""
        after = first + 1
        if after < len(tokens) and tokens[after] in HYPHENS:
            after += 1
        elif not word.particle:
            return False
        return after < len(tokens) and tokens[after][:1].isupper()

    def role_at(
        self, tokens: Sequence[str], keys: Sequence[tuple[str, ...]], first: int
    ) -> tuple[int, Role] | None:
        """The longest role that begins at word ``first``, with its end (exclusive)."""
        if first >= len(tokens):
            return None
        found = self.roles.longest(keys, first)
        if found is None:
            return None
        end, role = found
        assert isinstance(role, Role)
        word = tokens[first]
        if (role.cased and not word[:1].isupper()) or (
            role.cased == "capitals" and not word.isupper()
        ):
            return None
        if keys[first] == ("pm",) and first and _CLOCK.fullmatch(tokens[first - 1]):
            return None  # "at 5 PM"
        return end, role

    def called_after(self, tokens: Sequence[str], items: list[Item]) -> list[Item]:
        """The items without title and town inside a name: "Queen Mary University", no town of Mary."""
        dropped: set[int] = set()
        for number, item in enumerate(items):
            if item.role is None or item.role.kind != "person":
                continue
            body = next(
                (other for other in items[number + 1 : number + 3] if other.role is not None), None
            )
            if body is None or body.role is None or body.role.kind != "body":
                continue
            between = range(item.last, body.first)
            if not 1 <= len(between) <= 2:
                continue
            if not (self.is_title_case(tokens, item) and self.is_title_case(tokens, body)):
                continue
            held = [other for other in items if item.last <= other.first < body.first]
            if any(other.names or other.modifier for other in held):
                continue
            if all(tokens[place].istitle() for place in between):
                dropped |= {id(item), *(id(other) for other in held)}
        return [item for item in items if id(item) not in dropped] if dropped else items

    def is_title_case(self, tokens: Sequence[str], item: Item) -> bool:
        """Whether every word of an item begins with a capital."""
        return all(tokens[place][:1].isupper() for place in range(item.first, item.last))

    def take_bodies_home(
        self, tokens: Sequence[str], keys: Sequence[tuple[str, ...]], items: Sequence[Item]
    ) -> None:
        """Make a state's body or party a mere role after the name of another state or its town.

        "Seoul Metropolitan Police" is no Scotland Yard, "the Polish Home Office" no British one,
        "Albania's ruling Labour Party" not Britain's, "the Kenyan Red Cross" not Geneva's.
        """
        known = self.known
        beside = (
            item for item in items
            if item.last - item.first > 1 or not (known.get(tokens[item.first]) or self.learn(tokens[item.first])).side
        )  # fmt: skip
        for before, item in pairwise(beside):
            entry = item.entry
            if entry is None or before.backer or not self.is_homely(entry):
                continue
            if not all(self.is_between(token) for token in tokens[before.last : item.first]):
                continue
            foreign = before.country not in ("", entry.country)
            if not foreign or not (before.is_state or before.town is not None):
                continue
            role = self.role_at(tokens, keys, item.first)
            if role is not None and role[0] == item.last:
                item.names, item.role = (), role[1]

    def is_homely(self, entry: Entry) -> bool:
        """Whether an entry is of a kind of which other states have one of the same name."""
        if entry.kind == "organisation":  # societies of many states under one name
            return entry.country == "NGO"
        return entry.kind == "body" or (entry.kind == "group" and entry.sectors[:1] == ("PTY",))

    def is_between(self, token: str) -> bool:
        """Whether a word may stand between a state and its body or party: "'s", "ruling"."""
        return token in SILENT or (self.known.get(token) or self.learn(token)).side

    def name_ships(self, tokens: Sequence[str], items: list[Item]) -> list[Item]:
        """Let the prefix of a ship take in the ship's name, whoever it is called after."""
        prefixes = self.lists["ship prefix"]
        kept: list[Item] = []
        for item in items:
            if kept and item.first < kept[-1].last:
                continue
            if tokens[item.first] in prefixes and item.role is not None:
                while (
                    item.last < min(len(tokens), item.first + SHIP_NAME)
                    and tokens[item.last][:1].isupper()
                ):
                    item.last += 1
            kept.append(item)
        return kept

    def mark_backers(self, tokens: Sequence[str], items: list[Item]) -> None:
        """Mark the states in "Russian-backed", "pro-Russian", "anti-American"."""
        backed, stance = self.lists["backed"], self.lists["stance"]
        for item in items:
            if not item.names:
                continue
            end = item.last
            if (
                end + 1 < len(tokens)
                and tokens[end] in HYPHENS
                and tokens[end + 1].lower() in backed
            ):
                item.backer = True
            elif item.first >= 1:
                before = tokens[item.first - 1]
                if before in HYPHENS and item.first >= 2:
                    before = tokens[item.first - 2]
                item.backer = before.lower().rstrip("-") in stance
