"""Deeds that are named again, and what nobody does to his own side: whole texts, read by the parser."""

from __future__ import annotations

import pytest

from dragoman.coder import Coder, load
from dragoman.model import Event, Record, Story
from events_help import row

STRIKES = (
    "The United States and Britain launched air strikes across Yemen in retaliation for Houthi attacks on "
    "shipping. Houthi spokesman Yahya Saree said five fighters had been killed in 73 strikes. "
    "Oman criticised the strikes."
)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load()


def record(coder: Coder, text: str) -> Record:
    return coder.code(Story(text=text, published="2024-01-12"))


def one(found: Record, type_: str, words: str) -> Event:
    (event,) = [
        event for event in found.events
        if event.type == type_
        and found.story.text[event.trigger.start : event.trigger.end] == words
    ]  # fmt: skip
    return event


def countries(parties) -> set[str]:
    return {party.country for party in parties}


def test_who_was_killed_in_the_strikes_and_whose_are_condemned(coder: Coder) -> None:
    found = record(coder, STRIKES)
    blamed = one(found, "ACCUSE", "criticised")
    (struck,) = [event for event in found.events if event.counts and event.counts.dead]
    assert struck.type == "ASSAULT" and countries(struck.actors) == {"USA", "GBR"}
    assert countries(blamed.recipients) == {"USA", "GBR"}


def test_an_envoy_does_not_warn_his_own_state(coder: Coder) -> None:
    text = "U.S. envoy Richard Norland warned that Washington would seek sanctions against Libya."
    (event,) = record(coder, text).events
    assert event.type == "THREATEN" and "USA" not in countries(event.recipients)


def test_who_hosts_and_who_is_hosted_meet(coder: Coder) -> None:
    (event,) = record(coder, "Emmanuel Macron hosted Olaf Scholz in Paris.").events
    assert countries(event.actors) == {"FRA", "DEU"} and not event.recipients


def test_what_is_protested_at_was_done(coder: Coder) -> None:
    text = "Iran summoned the Swiss envoy to protest at the seizure of an Iranian tanker by Greece."
    event = one(record(coder, text), "COERCE", "seizure")
    assert not event.aux and countries(event.actors) == {"GRC"}


def test_survivors_are_of_a_deed_that_was_done(coder: Coder) -> None:
    text = "The UN hopes to help survivors of Israeli strikes on Gaza."
    assert not one(record(coder, text), "ASSAULT", "strikes").aux


def test_they_who_said_it_are_not_first_named_in_it(coder: Coder) -> None:
    text = (
        "Oxfam said on Sunday that aid was late. “Villagers are marching in solidarity with the defenders "
        "of Afrin,” they said."
    )
    assert [item.source.entity for item in record(coder, text).statements if item.source] == [
        "oxfam", "oxfam",
    ]  # fmt: skip


def test_a_vow_that_threatens_is_a_threat_in_the_ledger(coder: Coder) -> None:
    text = "The strikes drew a vow of revenge from the Houthis, officials in Washington said."
    assert [item.kind for item in record(coder, text).commitments] == ["threat"]


def test_a_hyphen_cuts_no_demand(coder: Coder) -> None:
    found = record(coder, "The EU called for a cease-fire in Gaza.").commitments
    assert [item.text for item in found] == ["a cease-fire in Gaza"]


def test_the_dead_of_another_clause_are_not_counted(coder: Coder) -> None:
    text = (
        "Armenia said that two soldiers had been killed by Azerbaijani fire, hours after Baku accused Yerevan's "
        "forces of shooting at its positions."
    )
    assert one(record(coder, text), "ASSAULT", "shooting").counts is None


def test_a_reporter_sets_beside_what_is_said(coder: Coder) -> None:
    text = "Nicolas Maduro said he had spoken with Donald Trump, as U.S. forces sank another boat."
    assert not one(record(coder, text), "ASSAULT", "sank").attribution


def test_hostages_are_not_those_who_took_them(coder: Coder) -> None:
    text = "Kidnappers are holding nurses who were captured by Boko Haram in Chad."
    held = [event for event in record(coder, text).events if event.type in ("COERCE", "ASSAULT")]
    assert held and "boko-haram" not in {x.entity for event in held for x in event.recipients}


def test_a_deal_that_is_struck_is_not_one_told_before(coder: Coder) -> None:
    text = (
        "Boko Haram agreed to free two nurses. Canada and Chad struck a deal in spring to repatriate "
        "families."
    )
    event = one(record(coder, text), "AGREE", "struck")
    assert countries(event.actors) == {"CAN", "TCD"} and not event.recipients


@pytest.mark.parametrize(
    "text",
    [
        "Four people were killed in a road accident near Lagos.",
        "A ferry sank off Libya, killing 60 migrants.",
        "Three soldiers were killed when their helicopter crashed in bad weather.",
    ],
)
def test_nobody_is_attacked_in_an_accident(coder: Coder, text: str) -> None:
    assert not [event for event in record(coder, text).events if event.type == "ASSAULT"]


def test_who_fights_alongside_each_other_is_on_one_side(coder: Coder) -> None:
    text = "Libyan rebels and Chadian soldiers have fought alongside each other throughout the war."
    assert all(event.type == "COOPERATE" for event in record(coder, text).events)


def test_the_launch_that_is_denounced_is_of_whoever_launched(coder: Coder) -> None:
    text = "North Korea tested two missiles on Tuesday. Norway said it was watching. Japan denounced the launch."
    assert countries(one(record(coder, text), "ACCUSE", "denounced").recipients) == {"PRK"}


@pytest.mark.parametrize(
    ("text", "type_", "word"),
    [
        ("Jordan expelled two Yemenis over the leak.", "SANCTION", "expelled"),
        ("Jordan expelled hundreds of Yemeni refugees.", "COERCE", "expelled"),
    ],
)
def test_whom_a_state_expels(coder: Coder, text: str, type_: str, word: str) -> None:
    assert countries(one(record(coder, text), type_, word).recipients) == {"YEM"}


def test_where_a_minister_will_travel_is_whom_he_agrees_with(coder: Coder) -> None:
    text = "Kenyan Foreign Minister Raychelle Omamo will travel to Kampala next week for talks."
    event = one(record(coder, text), "AGREE", "travel")
    assert countries(event.actors) == {"KEN"} and countries(event.recipients) == {"UGA"}


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # An answer in a relative clause goes to whoever made what is answered.
        ("Kenya offered Somalia a truce, which Mogadishu accepted on Friday.", "AGREE SOM > KEN"),
        ("Kenya demanded an apology from Somalia, a step that Mogadishu described as blackmail.",
         "ACCUSE SOM > KEN"),
        # What is only to be studied was asked before.
        ("Kenya asked Somalia to leave the talks. Libya said it was watching. Mogadishu promised to consider "
         "the request.", "AGREE SOM > KEN"),
        # The same stem names a deed again.
        ("Kenya began delivering artillery to Chad. Oman said it was watching. Libya condemned the deliveries.",
         "ACCUSE LBY > KEN"),
        # "It" is the deed, and not who spoke last.
        ("Kenya shelled a village in Somalia. Oman urged restraint. Chad condemned it.", "ACCUSE TCD > KEN"),
        # A mediator stands between those whose deal was told; his own deal is none.
        ("Chad and Libya signed a truce on Monday. Oman, which brokered it, will send monitors.",
         "CONSULT LBY+OMN+TCD >"),
        ("Chad and Oman signed a truce on Monday. Oman, which brokered it, will send monitors.",
         "CONSULT OMN >"),
        # A verdict is the court's.
        ("The International Court of Justice awarded the islet to Kenya on Monday. Somali fishermen put out to "
         "sea. Oman's envoy was in Cairo. Ghana welcomed the verdict.", "SUPPORT GHA > UNO"),
    ],
)  # fmt: skip
def test_whose_deed_is_meant(coder: Coder, text: str, right: str) -> None:
    assert right in [row(event) for event in record(coder, text).events]
