"""The one reader of tables: what it lets pass, and what it says of mistakes."""

from __future__ import annotations

import re
import tomllib

import pytest

from dragoman.errors import DataError
from dragoman.tables import PACKAGE, Row, read_table, word_list, word_lists


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "rivers.tsv"
    path.write_text(
        "# of the land\nname\tkind\tlength\n\n Aul \tlong\t900\nBrin\tshort\nCole\n", "utf-8"
    )
    return path


def test_cells_are_trimmed_and_missing_ones_empty(table):
    rows = list(read_table(table, ("name", "kind")))
    assert [(row.line, *row.cells.values()) for row in rows] == [
        (4, "Aul", "long", "900"), (5, "Brin", "short", ""), (6, "Cole", "", ""),
    ]  # fmt: skip


def test_a_whole_row_lacks_no_named_column(table):
    with pytest.raises(DataError, match=r"rivers\.tsv:6: 1 cells"):
        list(read_table(table, ("name", "kind"), whole=True))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no header line"),
        ("name\n", "1: column missing: kind"),
        ("name\tkind\nAul\tlong\t9\n", "2: 3 cells"),
    ],
)
def test_a_table_of_another_shape_is_named(tmp_path, text, says):
    path = tmp_path / "rivers.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError, match=says):
        list(read_table(path, ("name", "kind"), whole=True))


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda row: row.number("length", 0, 99), "length must be 0 to 99, not '900'"),
        (lambda row: row.number("kind", 0, 99), "kind must be a number"),
        (lambda row: row.flag("kind"), "kind must be one of yes, no, not 'long'"),
        (
            lambda row: row.some_of("name", ("Aul", "Brin")),
            "name must be one of Aul, Brin, not 'Cole'",
        ),
        (lambda row: row.pattern("pattern"), "pattern is no regular expression"),
    ],
)
def test_a_bad_cell_is_named_with_file_and_line(ask, says):
    row = Row(
        "rivers.tsv", 4, {"name": "Aul Cole", "kind": "long", "length": "900", "pattern": "("}
    )
    with pytest.raises(DataError) as error:
        ask(row)
    assert str(error.value).startswith("rivers.tsv:4: ") and says in str(error.value)


def test_a_list_that_is_not_there_is_named():
    assert "vowed" in word_list("language", "tells")
    with pytest.raises(DataError, match=r"word_lists\.tsv: no list 'tels'"):
        word_list("language", "tels")


def test_a_list_given_twice_or_empty_is_named(tmp_path):
    path = tmp_path / "word_lists.tsv"
    for row, line in (("winds\t\n", 2), ("seas\tnorth\nseas\tsouth\n", 3)):
        path.with_suffix(f".{line}").write_text(f"list\twords\n{row}", "utf-8")
        with pytest.raises(DataError, match=f":{line}: .* is empty or given twice"):
            word_lists(path.with_suffix(f".{line}"))


def test_no_list_stands_that_nothing_asks_for():
    code = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    tables = list(PACKAGE.rglob("word_lists.tsv"))
    assert len(tables) > 3
    assert not [name for path in tables for name in word_lists(path) if f'"{name}"' not in code]
    patterns = PACKAGE / "coding" / "patterns"
    asked = code + "".join(path.read_text("utf-8") for path in patterns.glob("*.t*"))
    lists = tomllib.loads((patterns / "lists.toml").read_text("utf-8"))["words"]
    assert not [name for name in lists if not re.search(rf'"{name}"|@{name}\b', asked)]
