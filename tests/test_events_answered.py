"""Dispatches of states that answer each other: ultimatums, offers, deals with two halves, wars at home.

The texts are written for these tests; nobody did any of it.
"""

from __future__ import annotations

import pytest

from dragoman.coder import Coder
from dragoman.model import Record, Story
from events_help import told_at


def read(coder: Coder, text: str) -> Record:
    return coder.code(Story(text=text, published="2025-11-20"))


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


ASKED = [
    # who had asked for what is refused or done
    ("The attorney general of Colombia refused to suspend arrest warrants for 19 clan leaders, as President "
     "Gustavo Petro had asked.", "refused", ["gustavo-petro"]),
    # troops that are pledged, or one's own, are promised nothing
    ("Senegal and Ivory Coast pledged troops.", "pledged", []),
    ("The Wagner chief, Yevgeny Prigozhin, hailed the coup and offered his fighters' services.", "offered", []),
    # who is to watch a truce is offered none
    ("Chad's negotiator offered the FARC a truce that would be watched by Oman.", "offered", ["farc"]),
    # whose soldiers "whose soldiers" are
    ("The general scrapped five pacts with France, whose soldiers he gave a month to leave.", "gave",
     ["FRA-MIL"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "recipients"), ASKED)
def test_who_is_answered(coder: Coder, text: str, word: str, recipients: list[str]) -> None:
    assert [party.entity for party in told_at(read(coder, text), word).recipients] == recipients


def test_who_was_to_be_met_denied_nobody(coder: Coder) -> None:
    record = read(
        coder,
        "Niger's junta seized power. The envoy of Chad was denied a meeting with Mohamed Bazoum.",
    )
    assert "mohamed-bazoum" not in [party.entity for party in told_at(record, "denied").actors]


def test_who_speaks_is_promised_nothing_by_his_country(coder: Coder) -> None:
    text = (
        "Niger fell silent. Ivory Coast's Alassane Ouattara said his country would supply a battalion and finance it "
        "for three months."
    )
    for event in read(coder, text).events:
        assert "alassane-ouattara" not in [party.entity for party in event.recipients]


def test_who_counts_the_dead_has_not_killed_them(coder: Coder) -> None:
    text = "A boy was killed on Friday in Cali. The army of Colombia said 40 people have been killed since March."
    events = [event for event in read(coder, text).events if event.type == "ASSAULT"]
    assert len(events) == 2  # a year's dead are not the boy of one day
    assert not any(event.actors for event in events)


def test_a_threat_told_to_an_envoy_is_one(coder: Coder) -> None:
    text = "Two officials said Niger's junta had told the envoy, Ann Marsh, that it would kill Mohamed Bazoum."
    threats = [event for event in read(coder, text).events if event.type == "THREATEN"]
    assert [[party.entity for party in event.recipients] for event in threats] == [
        ["mohamed-bazoum"]
    ]


def test_who_will_not_stand_in_the_way_refuses_nothing(coder: Coder) -> None:
    record = read(coder, "Egypt will not stand in the way of Ethiopia's accession.")
    assert all(event.type != "REJECT" for event in record.events)


def test_the_bloc_is_the_one_called_so(coder: Coder) -> None:
    text = (
        "ECOWAS met in Abuja. Chad is not a member of the bloc. The European Union has suspended aid to Niger. "
        "Moscow cautioned the bloc against an attack."
    )
    assert [party.entity for party in told_at(read(coder, text), "cautioned").recipients] == [
        "ecowas"
    ]


def test_another_bloc_told_at_length_is_the_bloc(coder: Coder) -> None:
    text = (
        "The European Union met. The bloc froze aid to Niger. ECOWAS met in Abuja. It said it would act. ECOWAS said "
        "the bloc would fight."
    )
    record = read(coder, text)
    assert text.rindex("the bloc") in [
        mention.start
        for entity in record.entities
        if entity.id == "ecowas"
        for mention in entity.mentions
    ]


NOTHING = ["The ELN said it had agreed to no such thing.", "The rebels of Mali agreed to nothing."]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_not_agreed_to_is_no_agreement(coder: Coder, text: str) -> None:
    assert not any(item.kind == "agreement" for item in read(coder, text).commitments)


BONDS = [
    ("General Omar Moll of Niger gave French troops a month to leave the country.", "demand", "to leave the country"),
    ("Mali and Burkina Faso warned that any raid on Niger would be considered a declaration of war.",
     "threat", "that any raid on Niger would be considered a declaration of war"),
    ("Chad and Libya agreed to no-fly zones.", "agreement", "no-fly zones"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "content"), BONDS)
def test_ultimatums_and_what_would_be_war(coder: Coder, text: str, kind: str, content: str) -> None:
    assert [(item.kind, item.text) for item in read(coder, text).commitments] == [(kind, content)]


def test_a_refusal_names_who_had_asked(coder: Coder) -> None:
    record = read(coder, "Kenya refused to open the border, as Somalia had demanded.")
    assert [(item.status, item.by, item.to) for item in record.commitments] == [
        ("refused", ("SOM",), ("KEN",)),
    ]  # fmt: skip


def test_what_is_denied_to_be_war_is_no_threat(coder: Coder) -> None:
    assert not read(
        coder, "Chad denied that the raid would be considered an act of war."
    ).commitments


def test_a_war_taken_up_in_a_quotation_is_a_threat(coder: Coder) -> None:
    record = read(
        coder, '"Any raid on Niger will be considered a declaration of war," Mali warned.'
    )
    assert [(item.kind, item.by) for item in record.commitments] == [("threat", ("MLI",))]


TRUCES = [
    ("A ceasefire brokered by Oman on Tuesday evening held through most of the night but was broken before dawn, Kenya and Somalia said "
     "on Thursday, each accusing the other of firing first.", ("KEN", "SOM")),
    ("Kenya and Somalia accused each other of breaking a truce brokered by Oman.", ("KEN", "SOM")),
    ("Kenya said Somalia had broken a truce agreed on Tuesday.", ("SOM",)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sides"), TRUCES)
def test_a_truce_that_somebody_brokered_stands_between_its_sides(
    coder: Coder, text: str, sides: tuple[str, ...]
) -> None:
    record = read(coder, text)
    assert [item.by for item in record.commitments if item.kind == "agreement"] == [sides]
    for event in record.events:
        assert event.type != "ACCUSE" or "OMN" not in [party.entity for party in event.recipients]


@pytest.mark.parametrize("text", [
    "Kenya called for a truce brokered by Oman.", "Kenya would break a truce signed by its foes.",
])  # fmt: skip
def test_a_truce_wished_for_or_supposed_does_not_stand(coder: Coder, text: str) -> None:
    assert not any(item.kind == "agreement" for item in read(coder, text).commitments)


def test_who_is_named_in_its_clause_is_not_it(coder: Coder) -> None:
    text = (
        "Kenya blamed Somalia. Mogadishu's defence ministry rejected the charge. It said Kenyan gunners had wounded an "
        "officer at a well, which Nairobi denied."
    )
    it = text.index("It said")
    assert "KEN" not in [
        entity.id
        for entity in read(coder, text).entities
        if it in [mention.start for mention in entity.mentions]
    ]


def test_a_condition_reaches_to_its_comma(coder: Coder) -> None:
    text = '"If political means fail, we will raise the question of an armed response," Pashinyan told his cabinet.'
    assert [item.condition for item in read(coder, text).commitments] == ["If political means fail"]


def test_a_promise_holds_both_its_clauses(coder: Coder) -> None:
    record = read(coder, "Chad promised that the camp would be shut and that the guns would go.")
    assert [item.text for item in record.commitments] == [
        "that the camp would be shut and that the guns would go"
    ]


def test_who_will_not_abandon_people_refuses_nothing(coder: Coder) -> None:
    record = read(coder, "The United Nations will not abandon the people of South Sudan.")
    assert all(event.type != "REJECT" for event in record.events)


def test_what_is_to_be_done_by_force_is_threatened(coder: Coder) -> None:
    text = (
        'President Ilham Aliyev of Azerbaijan demanded a road. Armenia had undertaken to build it, he said, and "if it '
        'does not keep its word, we will open the corridor by force".'
    )
    threats = [item for item in read(coder, text).commitments if item.kind == "threat"]
    assert [(item.by[0], item.to, item.condition) for item in threats] == [
        ("ilham-aliyev", ("ARM",), "if it does not keep its word"),
    ]  # fmt: skip


def test_what_will_not_be_taken_by_force_is_no_threat(coder: Coder) -> None:
    record = read(coder, "Chad will not take the town by force, its president said.")
    assert all(item.kind != "threat" for item in record.commitments)


def test_who_denies_in_a_clause_of_what_was_said_denies_what_was_said(coder: Coder) -> None:
    text = (
        "Kenya blamed Somalia. Mogadishu's defence ministry rejected the report of the raid. It said Kenyan gunners had "
        "wounded an officer at Afmadow, which Nairobi denied."
    )
    claims = [claim for claim in read(coder, text).claims if "KEN" in claim.denied_by]
    assert claims
    assert all("SOM" in claim.asserted_by and "KEN" not in claim.asserted_by for claim in claims)


def test_the_opposition_is_set_against_its_own_state(coder: Coder) -> None:
    text = (
        "Venezuela's parliament passed a law. Opposition leader Maria Corina Machado called it a trick and demanded that "
        "the government free six of her aides who were arrested last month."
    )
    event = next(event for event in read(coder, text).events if event.type == "COERCE")
    assert [party.entity for party in event.actors] == ["VEN"]
    assert event.recipients[0].entity.startswith(("maria-corina-machado", "VEN"))


def test_whose_town_is_struck_has_not_struck_it(coder: Coder) -> None:
    record = read(
        coder, "Three mortar shells hit the Chinese border town of Nansan on Monday, wounding five."
    )
    for event in record.events:
        assert "CHN" not in [party.entity for party in event.actors]


def test_rebels_sentence_nobody(coder: Coder) -> None:
    text = (
        "The Arakan Army seized a dozen towns in Myanmar. Omar Moll, a colonel, has been convicted of giving up the town, "
        "according to two military sources."
    )
    for event in read(coder, text).events:
        if text[event.trigger.start : event.trigger.end] == "convicted":
            assert "REB" not in [sector for party in event.actors for sector in party.sectors]


def test_a_claim_is_told_without_holes(coder: Coder) -> None:
    text = (
        "The spokesman Tanju Bilgic said the PKK had infiltrated the airport and threatened flight safety, an accusation "
        "that the airport's director, Handren Hiwa, dismissed."
    )
    claims = [claim.text for claim in read(coder, text).claims if claim.contested]
    assert claims == ["the PKK had infiltrated the airport and threatened flight safety"]


def test_the_council_to_which_it_is_brought_is_not_warned(coder: Coder) -> None:
    text = "Baghdad summoned Turkey's envoy. It has warned that it will take the matter to the Security Council if the raids go on."
    (threat,) = (event for event in read(coder, text).events if event.type == "THREATEN")
    assert "un-security-council" not in [party.entity for party in threat.recipients]
