"""The lexicon's commands say in one line what they cannot read or write."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import DataError, InputError, UsageError
from dragoman.lexicon.commands import add, day_of
from dragoman.lexicon.imports import decoded, import_csv
from dragoman.lexicon.lexicon import load


def test_a_day_that_is_none_is_refused() -> None:
    assert day_of("--from", "2021-12") == "2021-12-01"
    with pytest.raises(UsageError, match="--from: 'garbage' is not a date"):
        day_of("--from", "garbage")


def test_binary_files_and_broken_tables_are_named(tmp_path: Path) -> None:
    path = tmp_path / "noise.csv"
    path.write_bytes(bytes(range(256)))
    with pytest.raises(InputError, match="binary"):
        decoded(path)
    path.write_bytes(b"name,country\nA\rB,FRA\n")
    with pytest.raises(InputError, match="not a CSV table"):
        import_csv(path, tmp_path / "out", "actors", {"name": "name"}, load())


def test_a_row_is_added_to_an_empty_table_and_to_none_that_is_no_text(tmp_path: Path) -> None:
    table = tmp_path / "actors.tsv"
    table.write_text("# mine\n")
    assert add(tmp_path, "Front of Zenda", "FRA") == (table, 3)
    table.write_bytes(b"\xff\xfe\x90")
    with pytest.raises(DataError, match="not UTF-8"):
        add(tmp_path, "Front of Zenda", "FRA")
