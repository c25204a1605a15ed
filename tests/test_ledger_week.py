"""What a desk asks after a week of stories: one truce, what was kept in part, what a correction changed, who died.

Stories are written for these tests; nothing of it happened.
"""

from __future__ import annotations

import pytest

import dragoman
from dragoman.ledger import act_words, open_ledger, signs


@pytest.fixture
def book(tmp_path, coder):
    """A ledger to which stories are told as (day, text), each known from its own day."""
    with open_ledger(tmp_path / "week.duckdb") as ledger:

        def tell(day: str, text: str, url: str | None = None) -> None:
            story = dragoman.Story(text=text, published=day, url=url, publisher="Wire")
            ledger.add(coder.code(story), recorded=day)

        ledger.tell = tell
        yield ledger


def test_who_mediates_a_truce_is_no_side_of_it_and_it_is_one_truce(book) -> None:
    book.tell("2026-05-06", "Kenya and Sudan agreed on Wednesday to a ceasefire mediated by Qatar, the Qatari foreign "
              "ministry said. The ceasefire will take effect at midnight and last for 30 days.")  # fmt: skip
    book.tell("2026-05-07", "Kenya accused Sudan on Thursday of violating the ceasefire. Sudan denied the accusation.")  # fmt: skip
    book.tell("2026-05-20", "Kenya and Sudan resumed talks in Doha, Qatar's foreign minister said. The two sides agreed "
              "to set up a commission. UN monitors said the ceasefire was holding.")  # fmt: skip
    (truce,) = book.agreements()
    assert (truce["parties"], truce["until"].isoformat()) == (["KEN", "SDN"], "2026-06-05")
    assert truce["agreed_on"].isoformat() == "2026-05-06"


@pytest.mark.parametrize("state", ["Pakistan", "Sudan", "Iran"])
def test_a_state_whose_name_ends_in_an_agrees(state: str) -> None:
    assert signs.sign_of(f"Kenya and {state} agreed to a ceasefire.") == "agreed"
    assert signs.sign_of("Kenya recalled an agreed ceasefire.") is None


def test_a_promise_is_kept_in_part_and_then_wholly(book) -> None:
    book.tell("2026-05-06", "Kenya promised to release six captured Sudanese soldiers by May 11.")
    book.tell("2026-05-08", "Kenya released three of the six captured Sudanese soldiers on Friday.")
    assert [row["status"] for row in book.commitments(as_of="2026-05-12")] == ["in-force"]
    assert [row["status"] for row in book.due("2026-05-12")] == ["in-force"]
    book.tell(
        "2026-05-15", "Kenya released the last three captured Sudanese soldiers on Friday evening."
    )
    assert [row["status"] for row in book.commitments()] == ["met"]


@pytest.mark.parametrize(
    ("promised", "told", "part"),
    [
        ("to free four pilots", "freed two pilots", True),
        ("to free four pilots", "freed the last two pilots", False),
        ("to free its prisoners", "freed half of its prisoners", True),
        ("to free its prisoners", "freed all six of the prisoners", False),
        ("to reopen two of five crossings", "reopened two border crossings", False),
        ("to free four pilots by May 11", "freed the pilots after two weeks", False),
    ],
)
def test_how_much_was_done(promised: str, told: str, part: bool) -> None:
    assert act_words.is_part(promised, told, 0, 5) is part


def test_a_corrected_story_is_a_change_and_the_timeline_tells_the_toll(book) -> None:
    told = "Sudanese shells killed {} people in the town of Garissa on Saturday, Kenyan police said. Eight more were hurt."  # fmt: skip
    book.tell("2026-05-09", told.format("at least three"), "https://wire.example/1")
    assert [row["toll"] for row in book.timeline()] == ["at least 3 dead"]
    book.tell("2026-05-10", told.format("two"), "https://wire.example/1")
    (event,) = [row for row in book.diff("2026-05-09", "2026-05-10") if row["what"] == "event"]
    assert (event["change"], event["before"]["dead_low"], event["after"]["dead_low"]) == ("changed", 3, 2)  # fmt: skip


def test_tolls_of_one_attack_are_one_event(book) -> None:
    book.tell("2026-05-09", "Sudanese shelling killed two civilians in the village of Ardal on Saturday, Kenya's interior ministry said.")  # fmt: skip
    book.tell("2026-05-09", "At least three people were killed when shells fired by Sudanese forces hit Ardal, Kenyan police said on Saturday.")  # fmt: skip
    (event,) = book.events(types="ASSAULT")
    assert (event["place"], event["reports"]) == ("Ardal", 2)


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("The ICC issued an arrest warrant for a Sudanese general.", {"COERCE"}),
        ("President William Ruto ordered all crossings with Somalia closed.", {"SANCTION"}),
        ("Sudan met Kenya's demand for an apology.", {"CONCEDE", "REQUEST"}),
        ("Talks between Kenya and Somalia were called off on Monday.", {"REJECT"}),
        ("Kenya withdrew its heavy weapons from the border on Tuesday.", {"RETREAT"}),
    ],
)
def test_what_a_desk_reads_as_one_deed(coder, text: str, types: set[str]) -> None:
    record = coder.code(dragoman.Story(text=text, published="2026-05-18"))
    assert {event.type for event in record.events} == types


def test_who_kills_is_not_counted_among_the_dead_and_monitors_are_of_their_body(coder) -> None:
    text = "The US imposed sanctions on two Sudanese generals for the killing of protesters in Khartoum. OSCE observers said Kenya left."  # fmt: skip
    record = coder.code(dragoman.Story(text=text, published="2026-05-18"))
    assert not [event for event in record.events if event.counts]
    assert "osce" in {entity.id for entity in record.entities}
    assert "osce-smm" not in {entity.id for entity in record.entities}


def test_what_both_promised_and_one_did_is_kept_in_part(book) -> None:
    book.tell("2026-05-06", "Kenya and Sudan promised to withdraw their heavy weapons from the border by May 12.")  # fmt: skip
    book.tell(
        "2026-05-11", "Kenya withdrew its heavy weapons from the border on Monday, the OSCE said."
    )
    assert [row["status"] for row in book.commitments(kind="promise")] == ["in-force"]


def test_talks_that_were_to_resume_have_resumed_and_a_crossing_is_open_again(book) -> None:
    book.tell("2026-05-18", "Kenya met Sudan. Talks between the two countries will resume on Wednesday in Doha. "
              "Kenya will reopen two of five crossings with Sudan on Tuesday.")  # fmt: skip
    book.tell("2026-05-19", "Kenya reopened two border crossings with Sudan on Tuesday.")
    book.tell("2026-05-20", "Kenya and Sudan resumed talks in Doha on Wednesday.")
    assert {row["status"] for row in book.commitments(everything=True)} == {"met"}
    assert "CONCEDE" in {row["type"] for row in book.timeline()}
