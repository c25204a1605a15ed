"""Dispatches of states that answer each other: ultimatums, offers, deals with two halves, wars at home.

The texts are written for these tests; nobody did any of it.
"""

from __future__ import annotations

import pytest

from dragoman.coder import Coder
from dragoman.model import Event, Record, Story


def read(coder: Coder, text: str) -> Record:
    return coder.code(Story(text=text, published="2025-11-20"))


def told_at(record: Record, word: str) -> Event:
    """The event whose trigger is a word."""
    return next(
        e for e in record.events if record.story.text[e.trigger.start : e.trigger.end] == word
    )


ACTORS = [
    # those who come from both of two states are theirs
    ("Kenya and Somalia recalled their envoys after soldiers from both countries clashed near a well.",
     "clashed", ["KEN-MIL", "SOM-MIL"]),
    ("Kenya and Somalia are at odds. Gunboats of the two countries exchanged fire on the Juba River.",
     "exchanged", ["KEN-MIL", "SOM-MIL"]),
    # whose rebels are spoken of agree to nothing
    ("Chad and Sudan agreed not to host each other's rebels.", "agreed", ["TCD", "SDN"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "actors"), ACTORS)
def test_who_acts(coder: Coder, text: str, word: str, actors: list[str]) -> None:
    event = told_at(read(coder, text), word)
    assert [party.entity for party in event.actors] == actors
    assert not event.recipients


RECIPIENTS = [
    # the government that the opposition at home speaks of
    ("Guyana rejected an ultimatum of Venezuela. The Venezuelan opposition leader, Maria Corina Machado, "
     "called the law a trick and demanded that the government free her aides.", "demanded", ["VEN"]),
    # "such a step" is whose it was
    ("Serbia threatened to send soldiers into Kosovo. NATO ruled out such a step.", "ruled", ["SRB"]),
    ("Turkey said it would send warships to Libya. Egypt condemned such a move.", "condemned", ["TUR"]),
    # whom somebody answers
    ("Chad asked France for helicopters. Paris promised an answer.", "promised", ["TCD"]),
    # each of two owes it to the other
    ("Under the accord, Serbia will drop the fines and Kosovo will pay compensation.", "drop", ["XKX"]),
    ("Under the accord, Serbia will drop the fines and Kosovo will pay compensation.", "pay", ["SRB"]),
    # the other side of a war at home
    ("Sudan's Rapid Support Forces threatened to march on Port Sudan if the army does not lift its siege.",
     "threatened", ["unnamed:army-1"]),
    # nothing is done to where a road leads
    ("Kosovo Serbs began to dismantle barricades on the main road to Serbia.", "dismantle", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "recipients"), RECIPIENTS)
def test_to_whom_it_is_done(coder: Coder, text: str, word: str, recipients: list[str]) -> None:
    assert [party.entity for party in told_at(read(coder, text), word).recipients] == recipients


def test_nothing_is_promised_to_ones_own_men(coder: Coder) -> None:
    text = "The Azawad Front and the CMA of Mali promised to withdraw their fighters."
    event = told_at(read(coder, text), "promised")
    assert all("fighter" not in party.entity for party in event.recipients)


def test_roadblocks_taken_down_are_a_retreat(coder: Coder) -> None:
    event = told_at(read(coder, "Miners in La Paz took down their barricades."), "took")
    assert event.type == "RETREAT"


def test_police_who_clear_roadblocks_do_not_retreat(coder: Coder) -> None:
    record = read(coder, "Police in La Paz removed the barricades of the miners.")
    assert all(event.type != "RETREAT" for event in record.events)


def test_nobody_is_warned_by_his_own_spokesman(coder: Coder) -> None:
    record = read(coder, "The Taliban signed a truce. If it is broken, the Taliban's spokesman warned, the "
                         "group will answer any attack.")  # fmt: skip
    for event in record.events:
        if event.type == "THREATEN":
            assert all(party.entity != "taliban" for party in event.recipients)


CALLED = [
    "Kenya accused Somalia of arming militias, which Somalia's foreign minister called a lie.",
    "The army of Kenya said Somali soldiers had killed two shepherds, an allegation that Mogadishu called baseless.",
    "Kenya accused Somalia of arming militias, a charge that Mogadishu described as absurd.",
]


@pytest.mark.parametrize("text", CALLED)
def test_what_the_other_calls_untrue_is_contested(coder: Coder, text: str) -> None:
    claims = [claim for claim in read(coder, text).claims if claim.contested]
    assert any("SOM" in claim.denied_by for claim in claims)


def test_what_the_other_calls_justified_is_not_contested(coder: Coder) -> None:
    text = "Kenya said Somali soldiers had shelled a well. The attack, which Mogadishu called justified, went on."
    assert not any(claim.contested for claim in read(coder, text).claims)


AGREED = [
    ("Chad and Sudan agreed not to attack each other.", "not to attack each other"),
    ("The paper by which Chad agreed not to mine the road was read out.", "not to mine the road"),
    ("Chad has agreed to never mine the road.", "to never mine the road"),
]


@pytest.mark.parametrize(("text", "content"), AGREED)
def test_what_is_agreed_keeps_its_not(coder: Coder, text: str, content: str) -> None:
    assert [item.text for item in read(coder, text).commitments] == [content]


def test_both_halves_of_a_deal_are_planned(coder: Coder) -> None:
    record = read(
        coder, "Under the accord, Serbia will drop the fines and Kosovo will pay compensation."
    )
    assert [(item.kind, item.by) for item in record.commitments] == [
        ("plan", ("SRB",)), ("plan", ("XKX",)),
    ]  # fmt: skip
