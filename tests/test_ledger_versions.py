"""Versions of a story: which is current, and what is no version at all."""

from __future__ import annotations

from itertools import permutations

import pytest

from dragoman.ledger import open_ledger
from dragoman.model import Record
from ledger_crisis import Builder

ADDRESS = "https://x.example/live"


def shelling(dead: int, day: str | None, publisher: str = "Wire", url: str | None = ADDRESS,
             more: str = "") -> Record:  # fmt: skip
    text = f"Peruvian shells killed {dead} soldiers at Zamora near the river on that morning.{more}"
    builder = Builder(text, day, publisher, url)
    return builder.event("ASSAULT", "PER", "ECU", "killed", place="Zamora", dead=(dead, dead)).record()  # fmt: skip


@pytest.fixture
def book(tmp_path):
    with open_ledger(tmp_path / "versions.duckdb") as ledger:
        yield ledger


def dead(book, **limits) -> list[int]:
    return [row["dead_low"] for row in book.events(**limits)]


def test_an_older_version_that_comes_in_late_does_not_take_the_newer_ones_place(book) -> None:
    new, old = shelling(25, "2025-03-05"), shelling(12, "2025-03-01")
    assert book.add(new, "2025-03-06").outcome == "added"
    done = book.add(old, "2025-03-09")
    assert (done.outcome, done.replaced) == ("added", None)
    assert dead(book) == [25]
    assert dead(book, as_of="2025-03-07") == [25]
    assert book.store.query("SELECT old_story, new_story FROM replacement_rows") == [
        (old.story.id, new.story.id)
    ]


def test_an_address_whose_page_became_another_story_replaces_nothing(book) -> None:
    def page(text: str, day: str) -> Record:
        builder = Builder(text, day, "Wire", ADDRESS)
        return builder.event("SANCTION", "BRA", "PER", "sanctions").record()

    book.add(shelling(12, "2025-03-01"), "2025-03-01")
    later = page("Brazil imposed sanctions on Peru over its arms sales.", "2025-03-22")
    assert book.add(later, "2025-03-22").outcome == "added"
    assert {row["type"] for row in book.events()} == {"ASSAULT", "SANCTION"}
    near = page("Brazil lifted its sanctions on Peru after a week of talks.", "2025-03-24")
    assert book.add(near, "2025-03-24").outcome == "corrected"


@pytest.mark.parametrize("backwards", [False, True])
def test_the_same_words_from_two_publishers_are_two_reports_and_one_telling(book, backwards) -> None:  # fmt: skip
    one = shelling(12, "2025-03-01", "Wire", "https://wire.example/1")
    two = shelling(12, "2025-03-02", "Paper", "https://paper.example/9")
    turns = [two, one] if backwards else [one, two]
    assert [book.add(record, "2025-03-03").outcome for record in turns] == ["added", "added"]
    assert [book.add(record).outcome for record in turns] == ["unchanged", "unchanged"]
    (event,) = book.events()
    assert (event["reports"], event["tellings"]) == (2, 1)
    told = {row["publisher"] for row in book.why(event["event_id"])["told_by"]}
    assert told == {"Wire", "Paper"}


def test_a_story_gets_its_day_and_another_day(book) -> None:
    assert book.add(shelling(12, None), "2025-03-09").outcome == "added"
    for day, outcome in (
        ("2025-03-05", "corrected"),
        ("2025-03-05", "unchanged"),
        ("2025-03-02", "corrected"),
        (None, "unchanged"),
    ):
        assert book.add(shelling(12, day), "2025-03-10").outcome == outcome, day
    assert [(str(row["day"]), row["reports"]) for row in book.events()] == [("2025-03-05", 1)]
    assert book.store.query("SELECT count(*) FROM stories") == [(1,)]
    assert book.add(shelling(12, "2025-03-03"), "2025-03-11").outcome == "corrected"
    assert [str(row["day"]) for row in book.events()] == ["2025-03-03"]


def test_a_day_gained_goes_before_none_whatever_was_recorded_when(book) -> None:
    book.add(shelling(12, None))
    assert book.add(shelling(12, "2025-03-02"), "published").outcome == "corrected"
    assert [str(row["day"]) for row in book.events()] == ["2025-03-02"]


def test_what_was_current_on_any_day_does_not_depend_on_the_order_of_versions(tmp_path) -> None:
    """The second version was recorded last."""
    told = [(3, "2025-03-01", "2025-03-01"), (5, "2025-03-02", "2025-03-09"),
            (7, "2025-03-03", "2025-03-04"), (9, "2025-03-04", "2025-03-12")]  # fmt: skip
    answers = []
    for number, turns in enumerate(list(permutations(told))[::5]):
        with open_ledger(tmp_path / f"{number}.duckdb") as ledger:
            for dead_then, day, recorded in turns:
                ledger.add(shelling(dead_then, day), recorded)
            days = ("2025-03-02", "2025-03-05", "2025-03-10", "2025-03-13")
            answers.append([dead(ledger, as_of=day) for day in days])
    assert answers == [[[3], [7], [7], [9]]] * len(answers)
