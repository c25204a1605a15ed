"""Dispatches of diplomacy: who "the two" are, who speaks next, and whose namesake a group is.

The texts are written for these tests; nobody did any of it.
"""

from __future__ import annotations

import pytest

from dragoman.coder import Coder
from dragoman.model import Event, Record, Story


def read(coder: Coder, text: str) -> Record:
    return coder.code(Story(text=text, published="2024-03-05"))


def told(record: Record, kind: str) -> Event:
    """The last event of a type."""
    return [event for event in record.events if event.type == kind][-1]


TWO = [
    # a visitor and whom he met, a caller and whom he thanked, though two states are told of more often
    ("Chad and Niger have quarrelled for years, and Chad blames Niger. The Togolese minister, Kodjo Adedze, met the "
     "Ghanaian trade secretary, Ama Tolli, and the two signed a memorandum on flights.",
     {"Kodjo Adedze", "Ama Tolli"}),
    ("Togo and Benin are at odds, and Togo blames Benin. Ghana's Kofi Mensah thanked Kodjo Adedze by telephone and "
     "the two agreed to meet in Tamale.", {"Kofi Mensah", "Kodjo Adedze"}),
    # in the sentence after
    ("Chad and Niger are at odds. Chad's envoy, Ahmat Tolli, spoke with Niger's Issa Barmou on Monday. "
     "The two agreed to reopen the border.", {"Ahmat Tolli", "Issa Barmou"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "both"), TWO)
def test_the_two_are_who_faced_each_other(coder: Coder, text: str, both: set[str]) -> None:
    assert {party.name for party in told(read(coder, text), "AGREE").actors} == both


def test_the_three_are_a_visitor_and_those_he_met(coder: Coder) -> None:
    text = (
        "A doctor spoke. Finland's prime minister, Ville Salo, flew to Riga to meet his Latvian and Estonian "
        "colleagues; the three said they might leave and demanded that airlines stop flights to Minsk."
    )
    asked = told(read(coder, text), "REQUEST")
    assert {party.country for party in asked.actors} == {"FIN", "LVA", "EST"}


def test_who_is_thanked_by_telephone_thanks_nobody(coder: Coder) -> None:
    text = "Ghana's Kofi Mensah thanked Togo's Kodjo Adedze by telephone."
    thanks = told(read(coder, text), "SUPPORT")
    assert [party.name for party in thanks.actors] == ["Kofi Mensah"]
    assert [party.name for party in thanks.recipients] == ["Kodjo Adedze"]


NEXT = [
    # a woman is not the man who spoke last
    ("U.S. Ambassador Susan Marsh left the chamber after her Omani counterpart, Bashar Tolli, accused Washington "
     "of hypocrisy. She later said the council had failed.", "Susan Marsh"),
    # whom a sentence is about goes on, though others tell of it behind
    ("A Western diplomat said voices were raised. Kodjo Adedze rejected a plan for the ports, two officials said. "
     "He offered to answer written questions.", "Kodjo Adedze"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), NEXT)
def test_who_speaks_next(coder: Coder, text: str, name: str) -> None:
    record = read(coder, text)
    names = {item.id: item.name for item in record.entities}
    source = record.statements[-1].source
    assert source is not None
    assert source.entity is not None
    assert names[source.entity] == name


ABROAD = [
    ("The Eritrean Islamic Jihad claimed on Friday that it had killed 14 soldiers.", "ERI"),
    ("Members of the Sudanese Muslim Brotherhood attacked a barracks.", "SDN"),
    ("Fighters of Islamic Jihad in Gaza attacked a barracks.", "PSE"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country"), ABROAD)
def test_a_group_of_another_land_is_a_namesake(coder: Coder, text: str, country: str) -> None:
    assert [x.country for x in told(read(coder, text), "ASSAULT").actors] == [country]


def test_rebels_who_are_accused_strike_soldiers_of_their_own_country(coder: Coder) -> None:
    text = "The Arab League met. Chad accuses rebels from the north of the attack and says they have killed 70 soldiers."
    assert [x.name for x in told(read(coder, text), "ASSAULT").actors] == ["rebels"]


def test_men_whose_parachutes_fail_are_struck_by_nobody(coder: Coder) -> None:
    text = "Two Togolese paratroopers were killed in an exercise near Kara when their parachutes failed."
    assert not [event for event in read(coder, text).events if event.type == "ASSAULT"]


NAMES = [
    ("Oman's envoy, Yusuf bin Tolli, came to Lome. Bin Tolli waited.", "Bin Tolli", "Yusuf bin Tolli"),
    ("General Pieter van Dyke spoke. Van Dyke left.", "Van Dyke", "Pieter van Dyke"),
    # a middle name that nobody else has
    ("The mayor of Kara, Hassan Goulo Aptin, spoke. Mr Goulo has refused to resign.", "Goulo", "Hassan Goulo Aptin"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "short", "full"), NAMES)
def test_a_short_name_is_the_full_ones(coder: Coder, text: str, short: str, full: str) -> None:
    record = read(coder, text)
    owner = next(entity for entity in record.entities if entity.name == full)
    place = text.rindex(short)
    assert any(x.start <= place < x.end for x in owner.mentions)


GOVERNMENTS = [
    ("The government of Qatar sent an envoy to Kenya. Kenya's opposition leader, Raila Odinga, demanded that the "
     "government resign.", "KEN"),
    ("The government of Togo sent an envoy to Ghana. Ghana's trade unions urged the government to resign.", "GHA"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country"), GOVERNMENTS)
def test_an_opposition_speaks_of_its_own_government(coder: Coder, text: str, country: str) -> None:
    asked = told(read(coder, text), "REQUEST")
    assert [party.country for party in asked.recipients] == [country]


HELD = [
    # the demand goes to whoever was told to hold him, past others who are spoken of in between
    ("Togo arrested Kofi Mensah, a Ghanaian editor, in May. American officials spoke of tariffs with Donald Trump. "
     "Ghana demanded again on Monday that he be freed.", "TGO"),
    ("Togo detained Kofi Mensah, a Ghanaian. Ghana's foreign minister, Ama Tolli, said Mensah was being held "
     "arbitrarily and called for his release.", "TGO"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country"), HELD)
def test_a_release_is_asked_of_who_holds(coder: Coder, text: str, country: str) -> None:
    record = read(coder, text)
    assert [party.country for party in told(record, "REQUEST").recipients] == [country]
    assert all(
        [party.country for party in event.actors] == [country]
        for event in record.events if event.type == "COERCE"
    )  # fmt: skip


def test_who_trade_accusations_do_not_accuse_themselves(coder: Coder) -> None:
    text = (
        "Togo accuses Ghana of sheltering plotters\n\nLOME - Togo and Ghana traded accusations on Friday over 2,000 "
        "migrants stranded between their border posts."
    )
    for event in read(coder, text).events:
        acting = {party.entity for party in event.actors}
        assert acting.isdisjoint(party.entity for party in event.recipients)


WAYS = [
    ("Togo vowed to retaliate with tariffs on Ghanaian cement.", "restrict"),
    ("Togo warned Ghana on Monday not to retaliate.", None),
    ("Togo vowed to retaliate against Ghana for the raid.", "violence"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "mode"), WAYS)
def test_a_blow_in_trade_is_no_violence(coder: Coder, text: str, mode: str | None) -> None:
    assert told(read(coder, text), "THREATEN").mode == mode


ASKED = [
    ("Kenya urged Togo to free the sailors and Ghana to lift its ban.", {"TGO", "GHA"}),
    ("Kenya appealed to Togo to stop the flights and to Ghana to send doctors.", {"TGO", "GHA"}),
    ("Kenya called on Togo to let inspectors in and on Ghana to hold its fire.", {"TGO", "GHA"}),
    # the second is a thing to be done to, and is asked for nothing
    ("Kenya urged Togo to free the sailors and the cooks to please Ghana.", {"TGO"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "asked"), ASKED)
def test_two_are_asked_for_different_things(coder: Coder, text: str, asked: set[str]) -> None:
    assert {party.country for party in told(read(coder, text), "REQUEST").recipients} == asked
