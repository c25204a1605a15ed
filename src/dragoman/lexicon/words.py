"""Mistakes in the shipped tables of words: roles, places, word lists, descriptions, first names.

They belong to the room that finds entities, which stops at the first of them; here all are found.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import DataError
from dragoman.lexicon.tables import DATA_FOLDER

if TYPE_CHECKING:
    from dragoman.lexicon.build import Tables

PRIORITIES = frozenset("0123")
KINDS = frozenset({"person", "people", "body", "other"})
PLACES = frozenset({"city", "province", "water"})
FORMS = frozenset({"state", "organisation", "group", "place", "collective"})
GENDERS = frozenset({"male", "female"})
Cells = list[str]


def word_problems(tables: Tables, folder: Path = DATA_FOLDER) -> Iterator[DataError]:
    """Every mistake in the tables of words in ``folder``; tables that are not there are passed by.

    Args:
        tables: gives the codes and entries that rows may name.
        folder: where the tables are; the shipped ones by default.
    """
    ids = {entry.id for entry in tables.entries}

    def role(cells: Cells) -> Iterator[str]:
        yield from unknown("sector", cells[1].split("|") if cells[1] else (), tables.sectors)
        yield from unknown("priority", cells[2:3], PRIORITIES)
        yield from unknown("kind", cells[3:4], KINDS)
        yield from unknown("country", filter(None, cells[5:6]), tables.codes)

    def place(cells: Cells) -> Iterator[str]:
        yield from unknown("kind", cells[2:3], PLACES)
        if cells[1] or cells[2] != "water":
            yield from unknown("country", cells[1:2], tables.codes)
        if not cells[3].isdigit():
            yield f"population {cells[3]!r} is no number"

    def description(cells: Cells) -> Iterator[str]:
        yield from unknown("form", cells[1:2], FORMS)
        what, _, named = cells[2].partition(":")
        if what in ("among", "whole"):
            yield from unknown("entry", named.split("|"), ids)

    def homeland(cells: Cells) -> Iterator[str]:
        yield from unknown("entry", cells[:1], ids)
        yield from unknown("country", cells[1].split("|"), tables.codes)

    def town_namesake(cells: Cells) -> Iterator[str]:
        yield from unknown("country", cells[1].split("|"), tables.codes)

    def first_name(cells: Cells) -> Iterator[str]:
        yield from unknown("gender", cells[1:2], GENDERS)

    checks: tuple[tuple[str, int, int, Callable[[Cells], Iterator[str]]], ...] = (
        ("roles.tsv", 4, 1, role),
        ("places.tsv", 4, 2, place),
        ("descriptions.tsv", 3, 2, description),
        ("entity_words.tsv", 2, 2, lambda cells: iter(())),
        ("first_names.tsv", 2, 1, first_name),
        ("homelands.tsv", 2, 1, homeland),
        ("town_namesakes.tsv", 2, 1, town_namesake),
    )
    for name, columns, key, check in checks:
        if (folder / name).exists():
            yield from table_problems(folder / name, columns, key, check)


def unknown(what: str, values: Iterable[str], known: Container[str]) -> Iterator[str]:
    """A reason for every value that is not among the known ones."""
    for value in values:
        if value not in known:
            yield f"unknown {what} {value!r}"


def table_problems(
    path: Path, columns: int, key: int, check: Callable[[Cells], Iterator[str]]
) -> Iterator[DataError]:
    """Mistakes of one table: short rows, empty or repeated ones, and what ``check`` finds.

    Args:
        columns: cells a row must have.
        key: how many of the first cells no two rows may share.
    """
    seen: dict[tuple[str, ...], int] = {}
    header = True
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if header:
            header = False
            continue
        cells = line.split("\t")
        if len(cells) < columns:
            yield DataError(path.name, number, f"{len(cells)} columns, {columns} wanted")
            continue
        if not cells[0].strip():
            yield DataError(path.name, number, "the first column is empty")
        first = tuple(cells[:key])
        if first in seen:
            reason = f"{' '.join(first)!r} stands already in line {seen[first]}"
            yield DataError(path.name, number, reason)
        seen.setdefault(first, number)
        for reason in check(cells):
            yield DataError(path.name, number, reason)
