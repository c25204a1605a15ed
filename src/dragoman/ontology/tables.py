"""Reads a coding scheme's folder and checks every row of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import DataError
from dragoman.ontology.scheme import CameoCode, Context, EventMode, EventTypeRow, Ontology

SHIPPED = Path(__file__).parent / "plover"
PATTERNS = "patterns"
"""The folder of a scheme's own event patterns, in the scheme's; it may be missing."""
LOWEST, HIGHEST = -10, 10
"""Bounds of a score: conflict to cooperation."""
TABLES = {
    "types.tsv": (
        "type", "quad", "score", "recipient_required", "reciprocal", "future", "refused",
        "cameo", "roots", "definition",
    ),
    "modes.tsv": ("type", "mode", "score", "cameo", "future", "cues", "definition"),
    "contexts.tsv": ("context", "cues", "definition"),
    "families.tsv": ("country", "family"),
    "cameo.tsv": ("code", "type", "mode", "contexts", "goldstein", "name"),
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One row of a table, with the file and line (1-based) it stands on."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def error(self, reason: str) -> DataError:
        """The error that names this row."""
        return DataError(self.file, self.line, reason)

    def number(self, column: str) -> float:
        """The cell as a number from -10 to 10, as scores are."""
        try:
            number = float(self[column])
        except ValueError:
            raise self.error(f"{column} must be a number, not {self[column]!r}") from None
        if not LOWEST <= number <= HIGHEST:  # nor is what is no number at all
            raise self.error(f"{column} must be {LOWEST} to {HIGHEST}, not {self[column]!r}")
        return number

    def flag(self, column: str) -> bool:
        """The cell as yes or no."""
        if self[column] not in {"yes", "no"}:
            raise self.error(f"{column} must be yes or no, not {self[column]!r}")
        return self[column] == "yes"

    def listed(self, column: str) -> tuple[str, ...]:
        """The cell as a list, parted by "|"."""
        return tuple(item.strip() for item in self[column].split("|") if item.strip())


def read_table(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a tab-separated table whose first line (comments aside) names its columns.

    Lines that begin with "#" and empty lines are skipped. Columns may be missing at the end of a
    row (they are empty then) and further columns may follow.

    Raises:
        DataError: the file is missing, cannot be read or is not UTF-8, a named column is not there, or a row has
            more cells than the header.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DataError(str(path), None, "no such table") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(str(path), None, f"cannot be read: {reason}") from None
    except UnicodeDecodeError as error:
        raise DataError(str(path), None, f"not UTF-8: {error.reason}") from None
    header: list[str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            missing = [name for name in columns if name not in header]
            if missing:
                raise DataError(str(path), number, f"column missing: {', '.join(missing)}")
            continue
        if len(cells) > len(header):
            raise DataError(str(path), number, f"{len(cells)} cells, the header has {len(header)}")
        cells += [""] * (len(header) - len(cells))
        yield Row(str(path), number, dict(zip(header, cells, strict=True)))


def load(folder: Path | str | None = None) -> Ontology:
    """The coding scheme in ``folder`` (None: the shipped PLOVER).

    Raises:
        DataError: a table or column is missing or a row is wrong; names file and line.
    """
    root = Path(folder) if folder else SHIPPED
    types = _types(root)
    patterns = tuple(sorted(root.glob(f"{PATTERNS}/*.tsv")))
    for path in patterns:
        if path.stem not in types:
            raise DataError(
                str(path),
                None,
                f"a table of patterns is named after a type of types.tsv, and {path.stem} is none",
            )
    modes = _modes(root, types)
    contexts = {
        row["context"]: Context(row["context"], row.listed("cues"), row["definition"])
        for row in read_table(root / "contexts.tsv", TABLES["contexts.tsv"])
    }
    return Ontology(
        name=root.name,
        rows=types,
        mode_rows=modes,
        contexts=contexts,
        cameo_rows=_cameo(root, types, modes, contexts),
        families={
            row["country"]: row["family"]
            for row in read_table(root / "families.tsv", TABLES["families.tsv"])
        },
        hashes={
            f"{root.name}/{name}": hashlib.sha256((root / name).read_bytes()).hexdigest()
            for name in (*TABLES, *(f"{PATTERNS}/{path.name}" for path in patterns))
        },
        patterns=patterns,
    )


def _types(root: Path) -> dict[str, EventTypeRow]:
    rows = list(read_table(root / "types.tsv", TABLES["types.tsv"]))
    names = {row["type"] for row in rows}
    types: dict[str, EventTypeRow] = {}
    for row in rows:
        if row["quad"] not in {"1", "2", "3", "4"}:
            raise row.error(f"quad must be 1, 2, 3 or 4, not {row['quad']!r}")
        for column in ("future", "refused"):
            if row[column] and row[column] not in names:
                raise row.error(f"{column} names no type of this table: {row[column]}")
        if row["type"] in types:
            raise row.error(f"type given twice: {row['type']}")
        types[row["type"]] = EventTypeRow(
            name=row["type"],
            quad=int(row["quad"]),
            score=row.number("score"),
            recipient_required=row.flag("recipient_required"),
            reciprocal=row.flag("reciprocal"),
            future=row["future"] or row["type"],
            refused=row["refused"] or row["type"],
            cameo=row["cameo"],
            definition=row["definition"],
        )
    return types


def _modes(root: Path, types: dict[str, EventTypeRow]) -> dict[str, dict[str, EventMode]]:
    modes: dict[str, dict[str, EventMode]] = {}
    for row in read_table(root / "modes.tsv", TABLES["modes.tsv"]):
        if row["type"] not in types:
            raise row.error(f"no such type: {row['type']}")
        if row["future"] and row["future"] not in types:
            raise row.error(f"future names no type: {row['future']}")
        held = modes.setdefault(row["type"], {})
        if row["mode"] in held:
            raise row.error(f"mode given twice: {row['type']} {row['mode']}")
        held[row["mode"]] = EventMode(
            type=row["type"],
            name=row["mode"],
            score=row.number("score"),
            cameo=row["cameo"],
            future=row["future"],
            cues=frozenset(row.listed("cues")),
            definition=row["definition"],
        )
    return modes


def _cameo(
    root: Path,
    types: dict[str, EventTypeRow],
    modes: dict[str, dict[str, EventMode]],
    contexts: dict[str, Context],
) -> dict[str, CameoCode]:
    codes: dict[str, CameoCode] = {}
    for row in read_table(root / "cameo.tsv", TABLES["cameo.tsv"]):
        if row["type"] not in types:
            raise row.error(f"no such type: {row['type']}")
        if row["mode"] and row["mode"] not in modes.get(row["type"], {}):
            raise row.error(f"{row['type']} has no mode {row['mode']!r}")
        unknown = [name for name in row.listed("contexts") if name not in contexts]
        if unknown:
            raise row.error(f"no such context: {', '.join(unknown)}")
        codes[row["code"]] = CameoCode(
            code=row["code"],
            type=row["type"],
            mode=row["mode"],
            contexts=row.listed("contexts"),
            goldstein=row.number("goldstein"),
            name=row["name"],
        )
    return codes
