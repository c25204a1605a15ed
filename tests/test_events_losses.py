"""Who was killed, held or taken where only numbers are told, and what became of threats of missiles.

The texts are written for these tests; nobody did any of it.
"""

from __future__ import annotations

import pytest

from dragoman.coder import Coder, load
from dragoman.model import Event, Story
from events_help import row


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load()


def events(coder: Coder, text: str) -> tuple[Event, ...]:
    return coder.code(Story(text=text, published="2025-03-05")).events


def told(event: Event) -> str:
    """Type, mode and the names of actors and recipients."""
    sides = ("+".join(party.name for party in side) for side in (event.actors, event.recipients))
    return " ".join([event.type, event.mode or "-", " > ".join(sides)])


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # numbers that stand for people, with where it befell them
        ("Police arrested dozens in Accra on Monday.", "COERCE arrest Police > dozens"),
        ("Police arrested more than 200 in Accra.", "COERCE arrest Police > more than 200"),
        ("Rebels killed at least 12 in Goma.", "ASSAULT - Rebels > at least 12"),
        ("Soldiers freed ten men and arrested 20 more in Lome.", "COERCE arrest Soldiers > 20 more"),
        # one verb of harm after another
        ("Chad killed two soldiers of Mali and wounded 30 others.", "ASSAULT - Chad > two soldiers"),
        # who is taken is no toll of the raid
        ("Rebels seized a mast in Mali, abducting 30 nurses.", "ASSAULT abduct Rebels > 30 nurses"),
        ("A suicide bomber struck a checkpoint in Mogadishu.",
         "ASSAULT suicide-attack A suicide bomber > a checkpoint"),
        # shown to all, aimed at nobody
        ("North Korea fired a ballistic missile into the Sea of Japan, South Korea said.",
         "MOBILIZE weapons North Korea > "),
        ("North Korea fired two missiles toward the East Sea.", "MOBILIZE weapons North Korea > "),
        ("North Korea fired a missile over Japan.", "MOBILIZE weapons North Korea > Japan"),
        ("Hamas fired rockets into Israel.", "ASSAULT heavy-weapons Hamas > Israel"),
        # at whose border
        ("Hundreds of Sudanese refugees were turned back at the Chadian border, aid workers said.",
         "COERCE - Chad > Sudanese refugees"),
        # a government protests in words; who says that another did it did not do it
        ("Venezuela protested at the deportation of its citizens.",
         "ACCUSE disapprove Venezuela > Venezuela's citizens"),
        ("The Bolivian general told reporters the president had asked him to stage it.",
         "REQUEST - Luis Arce > The Bolivian general"),
        ("Turkey blocked access to Instagram.", "COERCE censor Turkey > Instagram"),
        # who talked is not where they talked
        ("Egypt's foreign minister flew to Doha for talks with the Hamas leadership.",
         "CONSULT - Badr Abdelatty+the Hamas leadership > "),
    ],
)  # fmt: skip
def test_who_was_harmed_or_met(coder: Coder, text: str, right: str) -> None:
    assert right in [told(event) for event in events(coder, text)]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Three peacekeepers were killed when their vehicle struck a mine near Bria.",
         "ASSAULT UNO > CAF"),
        ("Eritrea, which did not sign the pact, has yet to withdraw its troops from Tigray.",
         "RETREAT ERI > ETH"),
        ("Hundreds rallied in Belgrade after a station canopy collapsed, killing 15 people.",
         "ASSAULT  > SRB"),
        ("Hundreds of British volunteers have fought with the Ukrainian army.",
         "ASSAULT GBR+UKR >"),
    ],
)  # fmt: skip
def test_what_was_not_done(coder: Coder, text: str, wrong: str) -> None:
    assert wrong not in [row(event) for event in events(coder, text)]


def test_who_is_the_sixth_killed_was_killed(coder: Coder) -> None:
    text = (
        "Moll is thought to have been a fifth Danish trader killed in Chad since the first "
        "foreign traders left the town."
    )
    (event,) = (event for event in events(coder, text) if event.type == "ASSAULT")
    assert (event.actors, [party.country for party in event.recipients]) == ((), ["DNK"])


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("Mali might sign a deal with Chad.", True),
        ("The talks might end with Chad signing a peace deal with Mali.", True),
        ("Analysts said Mali could sign a deal with Chad.", True),
        ("Mali said it could sign a deal with Chad.", False),
        ("The talks ended with Chad signing a peace deal with Mali.", False),
    ],
)
def test_a_pact_that_only_may_come(coder: Coder, text: str, open_: bool) -> None:
    record = coder.code(Story(text=text, published="2025-03-05"))
    (pact,) = (event for event in record.events if event.type == "AGREE")
    assert ("hypothetical" in pact.aux) is open_
    assert not (open_ and record.commitments)


@pytest.mark.parametrize(
    "text",
    [
        "Workers at a Libyan oilfield halted production to protest against fuel shortages.",
        "Thousands of Georgians took to the streets of Tbilisi to denounce the foreign agents bill.",
    ],
)
def test_what_was_done_to_protest(coder: Coder, text: str) -> None:
    assert all("hypothetical" not in event.aux for event in events(coder, text))


@pytest.mark.parametrize(
    "text",
    [
        "The United States pledged military aid to Ukraine.",
        "Algeria refused France permission to use its airspace.",
    ],
)
def test_who_gets_it_is_no_place(coder: Coder, text: str) -> None:
    assert [event.place for event in events(coder, text)] == [None]


def test_the_dead_before_when_are_counted(coder: Coder) -> None:
    text = (
        "Two Turkish soldiers died and three were hurt when a roadside bomb hit their convoy in "
        "northern Iraq."
    )
    counts = [event.counts for event in events(coder, text) if event.counts is not None]
    assert [(x.dead.low, x.injured.low) for x in counts if x.dead and x.injured] == [(2, 3)]


def test_who_tells_of_an_attack_did_not_undergo_it(coder: Coder) -> None:
    text = (
        "Chad accused Libyan troops of shelling a camp. Army spokesman Idriss Moll said artillery was fired "
        "from across the border at dawn."
    )
    struck = {party.name for event in events(coder, text) for party in event.recipients}
    assert "Idriss Moll" not in struck


@pytest.mark.parametrize(
    ("text", "told"),
    [  # whom a deed killed and whom it wounded are of one deed, wherever the participles hang
        ("Oman's health minister, Salim Harthi, said Emirati gunners had shelled the port of Khasab on Tuesday, "
         "killing at least five dockers and wounding 14. The Emirati army denied it.", [(5, 14)]),
        ("Togolese gendarmes killed four Beninese fishermen and wounded nine on Tuesday.", [(4, 9)]),
        # What others did in a clause of their own has a toll of its own.
        ("Omani jets bombed a rebel camp on Tuesday, killing 30 fighters, and Emirati troops attacked another, "
         "wounding eight.", [(30, None), (None, 8)]),
    ],
)  # fmt: skip
def test_a_toll_is_told_once(
    coder: Coder, text: str, told: list[tuple[int | None, int | None]]
) -> None:
    counts = [event.counts for event in events(coder, text) if event.counts is not None]
    found = [(x.dead and x.dead.low, x.injured and x.injured.low) for x in counts]
    assert found == told
