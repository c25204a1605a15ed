"""The lexicon: tables loaded, stacked and asked. ``load`` raises at the first mistake, ``check``
returns them all.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from dragoman.errors import DataError
from dragoman.garbage import without_collecting
from dragoman.lexicon.build import Tables, read_tables
from dragoman.lexicon.check import problems_of
from dragoman.lexicon.entry import Entry, Match, Name, State, Tenure
from dragoman.lexicon.index import KEPT, NameIndex
from dragoman.lexicon.names import key_of, pieces
from dragoman.lexicon.spelling import Spellings
from dragoman.lexicon.words import word_problems

TODAY = "9999-12-31"  # asked without a date, a tenure that has no end still runs
PLACE_HOWS = frozenset({"adjective", "noun", "capital"})


class Lexicon:
    """Names, offices and sectors by date. Get one from ``load``.

    All dates are ISO days (YYYY-MM-DD) or None for "as the tables stand today". Where a date is
    given, answers hold on that day; when nothing of that name holds then, what holds at other
    times is given instead ("Soviet Union" in a story of 2021): ``entry.on(date)`` tells.
    """

    def __init__(self, tables: Tables) -> None:
        self.hashes: dict[str, str] = tables.hashes
        self.sector_codes: dict[str, str] = tables.sectors
        self.country_codes: dict[str, str] = tables.codes
        self.entries: tuple[Entry, ...] = tuple(tables.entries)
        self.states: dict[str, State] = tables.states
        self.offices = tables.offices
        self.roles = tables.roles
        self._tables = tables
        self._index: NameIndex = tables.index
        self._dated: dict[tuple[str, str | None], Entry] = {}
        self._fitted: dict[tuple[str, str | None], tuple[Name, ...]] = {}  # phrase and day
        self._by_id: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            self._by_id[entry.id].append(entry)

    # by name

    def lookup(self, phrase: str, date: str | None = None, any_case: bool = False) -> list[Name]:
        """All names ``phrase`` may be, with how ("adjective", "capital", "alias" …).

        Args:
            phrase: a name as written; accents, hyphens and a leading article do not matter.
            date: the day it was written, or None.
            any_case: also take "us" for "US".
        """
        return self._fit(self._index.get(phrase, any_case), date)

    def find(self, phrase: str, date: str | None = None, any_case: bool = False) -> list[Entry]:
        """The entries that own ``phrase`` as name, alias or seat of power, best first.

        A user's lexicon comes before the shipped one. Several entries = the name is ambiguous.
        """
        names = self.lookup(phrase, date, any_case)
        return list(dict.fromkeys(name.entry for name in names if name.how not in PLACE_HOWS))

    def longest(
        self, words: Sequence[str], first: int = 0, date: str | None = None
    ) -> Match | None:
        """The longest name beginning at token ``first``, or None. An article is no beginning."""
        found = self._index.longest(words, first)
        if found is None:
            return None
        end, phrase, names = found
        held = self._fitted.get((phrase, date))
        if held is None:
            if len(self._fitted) >= KEPT:
                self._fitted.clear()
            held = self._fitted[phrase, date] = tuple(self._fit(names, date))
        return Match(first, end, held)

    def matches(self, words: Sequence[str], date: str | None = None) -> list[Match]:
        """All names in a sequence of tokens, longest first from the left, none overlapping."""
        found: list[Match] = []
        position = 0
        while position < len(words):
            match = self.longest(words, position, date)
            if match is None:
                position += 1
            else:
                found.append(match)
                position = match.end
        return found

    def surname(self, word: str, date: str | None = None) -> list[Entry]:
        """People whose family name is ``word`` ("Lavrov", "Xi", "al-Burhan").

        Those in office on ``date`` come first; the list may be long ("Kim").
        """
        held = self._surnames.get(" ".join(pieces(word)), ())
        day = date or TODAY
        serving = [key for key in held if any(t.on(day) for t in self.tenures(key))]
        ordered = [*serving, *(key for key in held if key not in serving)]
        return [person for key in ordered if (person := self.entry(key, date))]

    def spelled(self, name: str, date: str | None = None) -> Entry | None:
        """The person whose full name may be written so ("Hassan Rowhani"), where there is but one.

        Args:
            name: a name in several words that is in no table.
            date: the day it was written, or None.
        """
        key = self._spellings.find(name)
        return self.entry(key, date) if key else None

    # by id

    def entry(self, key: str, date: str | None = None) -> Entry | None:
        """The entry with this id as it stood on ``date`` (a person's sectors are that day's)."""
        rows = self._by_id.get(key)
        if not rows:
            return None
        fitting = [row for row in rows if row.on(date or TODAY)] or rows
        return self._on_day(fitting[-1] if date is None else fitting[0], date)

    def country(self, code: str) -> Entry | None:
        """The state (or disputed state) with this ISO 3166-1 alpha-3 code or id."""
        state = self.states.get(code)
        return state.entry if state else None

    def state(self, code: str) -> State | None:
        """Demonyms, capitals, seats, codes and neighbours of a state."""
        return self.states.get(code)

    # states by what stands for them

    def demonym(self, word: str, date: str | None = None) -> list[Entry]:
        """States and regions of an adjective or people's name ("Russian", "Poles")."""
        return self._how(word, date, {"adjective", "noun"})

    def capital_of(self, city: str, date: str | None = None) -> list[Entry]:
        """States whose capital is ``city``."""
        return self._how(city, date, {"capital"})

    def seat(self, phrase: str, date: str | None = None) -> list[Entry]:
        """States whose seat of power ``phrase`` is ("the Kremlin", "White House")."""
        return self._how(phrase, date, {"seat"})

    # offices

    def holder(self, country: str, office: str, date: str | None = None) -> list[Entry]:
        """Who held an office on a day; several where an office has several holders.

        Args:
            country: ISO 3166-1 alpha-3 code, or an organisation's id ("nato").
            office: an id of ``offices.tsv`` ("head-of-state", "foreign-minister").
            date: ISO day; the day a successor takes over belongs to the successor.
        """
        day = date or TODAY
        found: list[Entry] = []
        for tenure in self._offices.get((country, office), ()):
            if tenure.on(day):
                person = self.entry(tenure.person, date)
                if person:
                    found.append(dataclasses.replace(person, office=office))
        return found

    def tenures(self, person: str) -> tuple[Tenure, ...]:
        """All times in office of a person, earliest first."""
        return self._tenures.get(person, ())

    def tenures_of(self, country: str, office: str) -> tuple[Tenure, ...]:
        """All tenures of an office, earliest first (country or organisation as in ``holder``)."""
        return self._offices.get((country, office), ())

    def all_offices(self) -> dict[tuple[str, str], tuple[Tenure, ...]]:
        """All tenures by (country or organisation, office)."""
        return dict(self._offices)

    def office_of_title(self, title: str, country: str = "") -> tuple[str, ...]:
        """Ids of the offices a title names ("taoiseach"; "Secretary of State" with USA)."""
        key = " ".join(key_of(title))
        own = self._tables.country_titles.get((country, key))
        return own or self._tables.titles.get(key, ())

    def person_country_and_sectors(
        self, person: str, date: str | None = None
    ) -> tuple[str, tuple[str, ...]]:
        """Country and sectors of a person on a day.

        In office: those of the highest office held (the order of ``offices.tsv``). Otherwise the
        person's own sectors if the table gives any; otherwise what ``offices.tsv`` says of former
        holders of the last office (ELI after a government's), or the last office's own.
        """
        rows = self._by_id[person]
        day = date or TODAY
        tenures = self.tenures(person)
        serving = [tenure for tenure in tenures if tenure.on(day)]
        if serving:
            rank, home = self._tables.office_rank, rows[-1].country
            best = min(  # a monarch of several realms is of his own
                serving, key=lambda t: (rank.get(t.office, len(rank)), t.country != home)
            )
            return best.country, best.sectors
        country, own = rows[-1].country, rows[-1].sectors
        ended = [tenure for tenure in tenures if tenure.until and tenure.until <= day]
        if own or not ended:
            return country, own
        last = max(ended, key=lambda tenure: tenure.until)
        return country, self.offices[last.office].former or last.sectors

    # inside

    def _how(self, phrase: str, date: str | None, hows: Iterable[str]) -> list[Entry]:
        names = self.lookup(phrase, date)
        return list(dict.fromkeys(name.entry for name in names if name.how in hows))

    def _fit(self, names: list[Name], date: str | None) -> list[Name]:
        if len(names) == 1 and names[0].entry.kind != "person":
            return names
        fitting = [name for name in names if name.entry.on(date or TODAY)] or names
        if len(fitting) > 1:
            fitting = sorted(fitting, key=lambda name: -name.entry.layer)
        return [
            dataclasses.replace(name, entry=self._on_day(name.entry, date))
            if name.entry.kind == "person"
            else name
            for name in fitting
        ]

    def _on_day(self, entry: Entry, date: str | None) -> Entry:
        if entry.kind != "person" or entry.id not in self._tenures:
            return entry
        held = self._dated.get((entry.id, date))
        if held is None:
            country, sectors = self.person_country_and_sectors(entry.id, date)
            held = dataclasses.replace(entry, country=country, sectors=sectors)
            if len(self._dated) > 100_000:
                self._dated.clear()
            self._dated[entry.id, date] = held
        return held

    @cached_property
    def _tenures(self) -> dict[str, tuple[Tenure, ...]]:
        grouped: dict[str, list[Tenure]] = defaultdict(list)
        for tenure in self._tables.tenures:
            grouped[tenure.person].append(tenure)
        return {key: tuple(sorted(rows, key=lambda t: t.since)) for key, rows in grouped.items()}

    @cached_property
    def _offices(self) -> dict[tuple[str, str], tuple[Tenure, ...]]:
        grouped: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
        for tenure in self._tables.tenures:
            if tenure.organisation:
                grouped[tenure.organisation, tenure.office].append(tenure)
            if not tenure.organisation or tenure.country not in self.states:
                grouped[tenure.country, tenure.office].append(tenure)
        return {key: tuple(sorted(rows, key=lambda t: t.since)) for key, rows in grouped.items()}

    @cached_property
    def _spellings(self) -> Spellings:
        return Spellings(entry for entry in self.entries if entry.kind == "person")

    @cached_property
    def _surnames(self) -> dict[str, tuple[str, ...]]:
        grouped: dict[str, dict[str, None]] = defaultdict(dict)
        for entry in self.entries:
            if entry.kind != "person":
                continue
            state = self.states.get(entry.country)
            first = bool(state and state.family_name_first)
            for name in (entry.name, *entry.aliases):
                words = name.split()
                parts = [words[0] if first else words[-1]]
                if not first and len(words) > 2 and words[-2].islower():
                    parts.append(" ".join(words[-2:]))
                for part in parts:
                    grouped[" ".join(pieces(part))][entry.id] = None
                    bare = pieces(part)
                    if len(bare) > 1:
                        grouped[bare[-1]][entry.id] = None
        return {key: tuple(held) for key, held in grouped.items()}


def load(paths: Sequence[Path] = ()) -> Lexicon:
    """The shipped tables with the user's stacked over them.

    Args:
        paths: folders of tables, or table files, in the order of stacking (last wins).

    Raises:
        DataError: the first mistake in a table; ``check`` gives all of them.
    """
    with without_collecting():  # thousands of small objects that all stay: a third of the load
        tables = read_tables([Path(path) for path in paths])
    if tables.problems.found:
        raise tables.problems.found[0]
    return Lexicon(tables)


def check(paths: Sequence[Path] = ()) -> list[DataError]:
    """Every mistake in the shipped tables and those in ``paths``, by file and line."""
    tables = read_tables([Path(path) for path in paths])
    found = [*tables.problems.found, *problems_of(tables), *word_problems(tables)]
    return sorted(found, key=lambda error: (error.file, error.line or 0))
