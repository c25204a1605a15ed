"""Names of persons that are written otherwise than in the tables."""

from __future__ import annotations

import pytest

from dragoman.lexicon import Lexicon, load
from dragoman.lexicon.spelling import alike, parts, sound


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Moamer Kadhafi", "muammar-gaddafi"),
        ("Hassan Rowhani", "hassan-rouhani"),
        ("Abdulfattah al-Sisi", "abdel-fattah-al-sisi"),
        ("Volodimir Zelenskiy", "volodymyr-zelensky"),
        ("Nuri al-Maleki", "nouri-al-maliki"),
    ],
)
def test_other_spellings(lexicon: Lexicon, name: str, key: str) -> None:
    found = lexicon.spelled(name, "2014-06-01")
    assert found is not None and found.id == key


@pytest.mark.parametrize(
    "name",
    [
        "Rowhani",
        "Mohammed Ali",
        "Mohammed Rehman",
        "Jon Kerrey",
        "Ahmed Siala",
        "Anthony Loke",
        "Ahmad Mohammad Mohammad",
    ],
)
def test_one_word_and_names_of_others_stay_unknown(lexicon: Lexicon, name: str) -> None:
    assert lexicon.spelled(name) is None


def test_what_is_compared() -> None:
    assert parts("Abdulfattah al-Sisi") == parts("Abdel Fattah el-Sisi") == ("fattah", "sisi")
    assert sound("qaddafi") == sound("gadhafi")
    assert alike("shoygu", "shoigu") and not alike("ahmed", "mohamed")
    assert alike("omar", "umar") and not alike("lake", "loke")
