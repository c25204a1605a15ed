"""Reads a coding scheme's folder and checks every row of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from dragoman.errors import DataError
from dragoman.ontology.scheme import CameoCode, Context, EventMode, EventTypeRow, Ontology
from dragoman.tables import read_table

SHIPPED = Path(__file__).parent / "plover"
PATTERNS = "patterns"
"""The folder of a scheme's own event patterns, in the scheme's; it may be missing."""
SCORES = -10, 10
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


def load(folder: Path | str | None = None) -> Ontology:
    """The coding scheme in ``folder`` (None: the shipped PLOVER).

    Raises:
        DataError: a table or column is missing or a row is wrong; names file and line.
    """
    root = Path(folder) if folder else SHIPPED
    types = _types(root)
    _all_there(root)
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
        shipped=root == SHIPPED,
    )


def _all_there(root: Path) -> None:
    """See that no table is missing.

    Raises:
        DataError: one is.
    """
    for name, columns in TABLES.items():
        if not (root / name).exists():
            told = f"no such table; an empty file will do, or one with the columns {', '.join(columns)}"
            raise DataError(str(root / name), None, told)


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
            score=row.number("score", *SCORES),
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
            score=row.number("score", *SCORES),
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
            goldstein=row.number("goldstein", *SCORES),
            name=row["name"],
        )
    return codes
