"""Numbers and names of the calendar that every room reads alike."""

from __future__ import annotations

import pytest

from dragoman.days import month_number
from dragoman.ledger.days import number
from dragoman.numerals import small
from dragoman.reading.inner_evidence import number_of


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("seven", 7),
        ("Nineteen", 19),
        ("forty-five", 45),
        ("ninety nine", 99),
        ("forty-odd", None),
        ("", None),
    ],
)
def test_small_numbers_in_words(words, value):
    assert small(words) == value
    assert number(words) == value
    assert number_of(words) == value


@pytest.mark.parametrize(
    ("name", "value"), [("March", 3), ("Sept.", 9), ("dec", 12), ("Mon", 0), ("", 0)]
)
def test_months_by_name(name, value):
    assert month_number(name) == value
