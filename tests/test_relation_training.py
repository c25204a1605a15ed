"""The tables that the relation model is taught with: own rows, and what AW's event types may be."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

from relation_data import COOPERATION, TYPES, own_pairs, side_types, swaps


def test_own_rows_are_marked_and_typed() -> None:
    rows = own_pairs()
    assert len(rows) > 2500
    for row in rows:
        assert row.types <= set(TYPES)
        assert row.holds == bool(row.types)
        assert row.actor is not None or row.recipient is not None
        for span in (row.actor, row.recipient):
            assert span is None or row.text[slice(*span)].strip()


def test_no_own_row_stands_twice_with_two_answers() -> None:
    seen: dict[object, object] = {}
    for row in own_pairs():
        key = (row.text, row.actor, row.recipient)
        assert seen.setdefault(key, row.types) == row.types, row.text


def test_exchanged_directed_rows_are_empty() -> None:
    exchanged = list(swaps(own_pairs()))
    assert exchanged
    for row in exchanged:
        assert row.holds == bool(row.types)


def test_each_type_of_the_second_corpus_lies_on_one_side() -> None:
    table = side_types()
    assert table["Conflict", "1"] == {"ASSAULT"}
    assert all((types <= COOPERATION) == (side == "0") for (_, side), types in table.items())


def test_a_type_on_the_wrong_side_is_named_with_its_line(tmp_path) -> None:
    path = tmp_path / "types.tsv"
    path.write_text("event_type\tgold\ttypes\tnote\nContact\t0\tCONSULT ASSAULT\t\n")
    with pytest.raises(ValueError, match=r"types\.tsv:2"):
        side_types(path)
