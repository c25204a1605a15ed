"""The tables of speech: every row loads, every mistake is named with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.coding.commitment_words import agreements, changes, makers, read_makers
from dragoman.coding.cues import (
    hedge_weight,
    inflected,
    read_cues,
    read_hedges,
    shipped_cues,
    shipped_hedges,
)
from dragoman.errors import DataError

HEAD = "cue\tpart\tact\ttakes\tpresupposes\tstrength\thedge\tforms\tnote\n"


def test_shipped_tables_load() -> None:
    assert len(shipped_cues().all) > 400
    assert len(shipped_hedges()) > 20
    assert makers()[1] and changes() and agreements()["condition"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("say\tverb\tshout\tquote\t-\tstrong\t-\t\t", "act"),
        ("say\tvrb\tsay\tquote\t-\tstrong\t-\t\t", "part"),
        ("say\tverb\tsay\tquotation\t-\tstrong\t-\t\t", "takes"),
        ("say\tverb\tsay\tquote\tmaybe\tstrong\t-\t\t", "presupposes"),
        ("say\tverb\tsay\tquote\t-\thuge\t-\t\t", "strength"),
        ("say\tverb\tsay", "columns"),
    ],
)
def test_a_bad_cue_names_file_and_line(tmp_path: Path, row: str, says: str) -> None:
    path = tmp_path / "cues.tsv"
    path.write_text(f"# head\n{HEAD}{row}\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_cues(path)
    assert caught.value.line == 3
    assert says in str(caught.value) and "cues.tsv:3" in str(caught.value)


def test_a_cue_given_twice_is_a_mistake(tmp_path: Path) -> None:
    path = tmp_path / "cues.tsv"
    row = "say\tverb\tsay\tquote\t-\tstrong\t-\t\t\n"
    path.write_text(HEAD + row + row, encoding="utf-8")
    with pytest.raises(DataError, match="line 2 already"):
        read_cues(path)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.tsv"):
        read_cues(tmp_path / "none.tsv")


def test_a_hedge_needs_a_weight(tmp_path: Path) -> None:
    path = tmp_path / "hedges.tsv"
    path.write_text("hedge\tkind\tweight\nmay\tmodal\theavy\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_hedges(path)
    assert caught.value.line == 2


def test_a_bad_commitment_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "commitments.tsv"
    path.write_text(
        "word\tpart\tkind\tstatus\ttakes\ttoward\tnote\nvow\tverb\toath\tpromised\tto\t-\t\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError, match="kind"):
        read_makers(path)


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("accuse", {"accuse", "accuses", "accused", "accusing"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("confess", {"confess", "confesses", "confessed", "confessing"}),
    ],
)
def test_regular_forms(verb: str, forms: set[str]) -> None:
    assert inflected(verb) == forms


@pytest.mark.parametrize(
    ("words", "act"),
    [
        (["has", "accused"], "accuse"),
        (["called", "for"], "demand"),
        (["according", "to"], "say"),
        (["denies"], "deny"),
        (["threatened"], "threaten"),
        (["hoped"], "think"),
    ],
)
def test_the_act_of_a_cue(words: list[str], act: str) -> None:
    row = shipped_cues().act_of(words)
    assert row is not None and row.act == act


def test_hedges_weigh() -> None:
    assert hedge_weight("it may be preparing an attack") >= 0.5
    assert hedge_weight("it attacked the town") == 0.0


@pytest.mark.parametrize(
    ("words", "act"), [("denied supporting", "deny"), ("refused to say", "say"), ("denied", "deny")]
)
def test_a_denial_stays_one_whatever_is_denied(words: str, act: str) -> None:
    found = shipped_cues().act_of(words.split())
    assert found is not None and found.act == act
