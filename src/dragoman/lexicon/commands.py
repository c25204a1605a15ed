"""What the commands do, as functions that give data."""

from __future__ import annotations

import re
from pathlib import Path

from dragoman.errors import DataError, UsageError
from dragoman.lexicon.build import read_tables
from dragoman.lexicon.compare import Disagreement, compare
from dragoman.lexicon.imports import slug
from dragoman.lexicon.lexicon import Lexicon, check, load
from dragoman.lexicon.tables import TABLES, full_date
from dragoman.lexicon.write import cell

SHIPPED = Path("-")


def described(lexicon: Lexicon, phrase: str, date: str | None = None) -> list[str]:
    """One line for each entry ``phrase`` may mean: code, id, name, how, dates, offices, place."""
    lines = []
    names = lexicon.lookup(phrase, date, any_case=True)
    known = {name.entry.id for name in names}
    found = [(name.entry, name.how) for name in names]
    found += [(e, "surname") for e in lexicon.surname(phrase, date) if e.id not in known]
    for entry, how in found:
        held = [
            f"{tenure.office} ({tenure.country or tenure.organisation}) "
            f"{tenure.since or '…'} to {tenure.until or '…'}"
            for tenure in lexicon.tenures(entry.id)
        ]
        time = (
            f", {entry.since or '…'} to {entry.until or '…'}" if entry.since or entry.until else ""
        )
        place = f"{entry.file}:{entry.line}"
        lines.append(
            f"{entry.code or '-'}  {entry.id}  {entry.name} [{entry.kind}, {how}{time}] {place}"
        )
        lines += [f"    {item}" for item in held]
    return lines


def add(
    folder: Path,
    name: str,
    country: str,
    kind: str = "organisation",
    sectors: str = "",
    aliases: str = "",
    since: str = "",
    until: str = "",
    key: str = "",
    note: str = "",
) -> tuple[Path, int]:
    """Append a row to the ``actors.tsv`` of a user's lexicon; gives the file and line.

    Lists are parted by ``|``, sectors by commas, too. The file is left as it was when the row is bad.

    Raises:
        DataError: the row has a mistake; it names file and line.
        UsageError: the folder is the shipped lexicon's.
    """
    if folder.resolve() == read_shipped_folder():
        raise UsageError("edit the shipped tables by hand, or keep a folder of your own")
    table = TABLES["actors"]
    columns = [*table.required, *table.optional]
    values = {
        "id": key or slug(name),
        "name": name,
        "country": country,
        "kind": kind,
        "sectors": "|".join(re.split(r"[|,;\s]+", sectors.strip())),
        "aliases": aliases,
        "from": since,
        "to": until,
        "note": note,
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "actors.tsv"
    before = _stored(path)
    text = before or ""
    if text and not text.endswith("\n"):
        text += "\n"
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    if not lines:
        text += "\t".join(columns) + "\n"
    header = lines[0].split("\t") if lines else columns
    path.write_text(
        text + "\t".join(cell(values.get(column, "")) for column in header) + "\n", encoding="utf-8"
    )
    line = text.count("\n") + 1
    problems = [
        error for error in check([folder]) if Path(error.file) == path and error.line == line
    ]
    if problems:
        if before is None:
            path.unlink()
        else:
            path.write_text(before, encoding="utf-8")
        raise problems[0]
    return path, line


def _stored(path: Path) -> str | None:
    """What a table holds, None where there is none.

    Raises:
        DataError: it is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8") if path.exists() else None
    except UnicodeDecodeError:
        raise DataError(str(path), None, "not UTF-8") from None


def day_of(option: str, told: str) -> str:
    """The day that an option tells, as YYYY-MM-DD; "" stays "".

    Raises:
        UsageError: it is no date.
    """
    try:
        return full_date(told)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from None


def read_shipped_folder() -> Path:
    """Where the shipped tables are."""
    from dragoman.lexicon.tables import DATA_FOLDER

    return DATA_FOLDER


def compare_paths(
    one: Path, other: Path, since: str = "", until: str = "", tolerance: int = 3
) -> list[Disagreement]:
    """Where two lexicons disagree; ``-`` is the shipped one, other folders stand alone.

    Raises:
        DataError: a lexicon has a mistake.
    """
    return compare(alone(one), alone(other), since, until, tolerance)


def alone(path: Path) -> Lexicon:
    """A lexicon folder without the shipped actors (codes and offices are the shipped ones)."""
    if path == SHIPPED:
        return load()
    tables = read_tables([path], with_shipped_actors=False)
    if tables.problems.found:
        raise tables.problems.found[0]
    return Lexicon(tables)
