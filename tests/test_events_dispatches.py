"""Dense dispatches, in which a clause, a voice or a town stands close to a deed and takes no part in it.

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
    # a relative clause that the parser hangs on what stands behind it
    ("Recep Tayyip Erdogan, who met Trump this month, held talks in Baku.", "met",
     ["recep-tayyip-erdogan", "donald-trump"]),
    # a town joined to another by "or"
    ("Envoys of Oman and Chad are to hold a new round of talks in Paris or Baku.", "hold",
     ["OMN-envoy", "TCD-envoy"]),
    # the one a spokesman speaks for
    ("A spokesman for President Gitanas Nauseda said he would raise the matter with German Chancellor "
     "Friedrich Merz in Berlin.", "raise", ["gitanas-nauseda"]),
    ("Prime Minister Modi visited Paris on Monday. An Indian official said he had phoned Erdogan.",
     "phoned", ["narendra-modi", "recep-tayyip-erdogan"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "actors"), ACTORS)
def test_who_acts(coder: Coder, text: str, word: str, actors: list[str]) -> None:
    assert [party.entity for party in told_at(read(coder, text), word).actors] == actors


def test_an_official_of_another_country_speaks_of_himself(coder: Coder) -> None:
    record = read(coder, "Trump spoke in Texas. A Mexican official said he had phoned Merz.")
    assert "donald-trump" not in [party.entity for party in told_at(record, "phoned").actors]


def test_armed_men_strike_their_countrymen(coder: Coder) -> None:
    text = (
        "The United States, Germany and Togo told their citizens to leave Mali. Fighters of the "
        "alliance have burnt tankers. On Thursday they ambushed a convoy, killing seven drivers and "
        "kidnapping two others, two security sources said."
    )
    events = [event for event in read(coder, text).events if event.type == "ASSAULT"]
    assert events
    assert all("USA" not in [party.entity for party in event.actors] for event in events)


def test_a_government_asks_its_own_citizens(coder: Coder) -> None:
    text = (
        "Rebels tightened their blockade of Mali. The United States and Togo told their citizens to "
        "leave Mali at once as the rebels closed in on the capital."
    )
    record = read(coder, text)
    assert all(
        "MLI" not in [p.entity for p in e.recipients] for e in record.events if e.type == "REQUEST"
    )
    assert all(held.condition is None for held in record.commitments)


MODES = [
    "The Red Cross denied having held any such meeting with rebel leaders in Niger.",
    "Belarus denied any role in the smuggling and said it was ready for talks with Lithuania.",
]  # fmt: skip


@pytest.mark.parametrize("text", MODES)
def test_what_is_denied_gives_no_mode(coder: Coder, text: str) -> None:
    assert told_at(read(coder, text), "denied").mode is None


def test_what_a_union_asks_for_goes_to_the_state_and_to_no_lawyer_of_it(coder: Coder) -> None:
    text = (
        "Niger's military rulers released four ministers on Tuesday. The four left a prison shortly "
        "before dawn, their lawyer Moussa Coulibaly said. A fifth detainee was still being held, "
        "Coulibaly added.\n\nECOWAS welcomed the step and called for the immediate release of the rest."
    )
    asked = told_at(read(coder, text), "called")
    assert all("Coulibaly" not in party.name for party in asked.recipients)


def test_a_weapon_told_again_is_its_users(coder: Coder) -> None:
    text = (
        "Rebels attacked an outpost on Monday. The army of Chad said it had struck their camps with "
        "drones bought from Turkey. Residents said the drones had hit a market, killing 12 civilians."
    )
    struck = [
        event for event in read(coder, text).events
        if any("market" in party.name for party in event.recipients)
    ]  # fmt: skip
    assert struck
    assert all([party.country for party in event.actors] == ["TCD"] for event in struck)


def test_a_plant_strikes_nobody(coder: Coder) -> None:
    text = (
        "Libya's largest refinery stopped work on Wednesday after shells set tanks ablaze during "
        "clashes in the city of Zawiya, killing at least five people."
    )
    for event in read(coder, text).events:
        if event.type == "ASSAULT":
            assert all("refinery" not in party.name for party in event.actors)


def test_the_dead_of_a_clause_with_when_are_its_own(coder: Coder) -> None:
    text = (
        "Mexico said American forces had struck boats in the Caribbean. U.S. forces have killed at least "
        "83 people in 21 strikes, most recently on Saturday, when three men died in the Pacific."
    )
    dead = [
        event.counts.dead.low for event in read(coder, text).events
        if event.counts is not None and event.counts.dead is not None
    ]  # fmt: skip
    assert 83 in dead
    assert set(dead) <= {83, 3}


UNDONE = [
    ("Croatia decided against recalling its ambassador from Serbia.", "recalling"),
    ("Members of Togo's parliament voted against expelling Ghana's envoy.", "expelling"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word"), UNDONE)
def test_what_is_decided_against_is_not_done(coder: Coder, text: str, word: str) -> None:
    record = read(coder, text)
    words = [text[e.trigger.start : e.trigger.end] for e in record.events if e.type == "SANCTION"]
    assert word not in words


def test_a_tense_of_its_own_is_not_to_come(coder: Coder) -> None:
    text = (
        "Pashinyan has said he will put a new constitution to a referendum next year but denies acting "
        "at the behest of Azerbaijan."
    )
    assert "future" not in told_at(read(coder, text), "denies").aux


def test_who_is_held_on_suspicion_has_done_it(coder: Coder) -> None:
    text = (
        "Chad's police held the Malian cleric Amadou Diarra on suspicion of arming rebels of Togo."
    )
    for event in read(coder, text).events:
        if text[event.trigger.start : event.trigger.end] == "arming":
            assert [party.country for party in event.actors] == ["MLI"]


def test_drills_announced_for_days_to_come(coder: Coder) -> None:
    record = read(coder, "China announced drills around the shoal from Saturday to Tuesday.")
    days = [event.date.start for event in record.events if event.date is not None]
    assert days
    assert min(days) >= "2025-11-20"


def test_a_destroyer_is_not_the_coastguard(coder: Coder) -> None:
    text = (
        "A Japanese destroyer sailed through the strait on Monday. Chinese ships entered waters around "
        "the islands, Japan's coastguard said."
    )
    ids = {entity.id for entity in read(coder, text).entities}
    assert "JPN-coastguard" in ids
    assert "JPN-MIL" not in ids


PROMISED = [
    "A general had been promised his freedom but was still being held, his lawyer Moussa Coulibaly said.",
    "The United Nations demanded that Israel guarantee safe passage.",
]  # fmt: skip


@pytest.mark.parametrize("text", PROMISED)
def test_no_promise_of_who_only_tells_of_one_or_is_asked_for_one(coder: Coder, text: str) -> None:
    assert all(held.kind != "promise" for held in read(coder, text).commitments)


def test_who_was_killed_when_police_fired_is_one_deed(coder: Coder) -> None:
    text = (
        "At least nine people were killed in the Ugandan town of Butambala when police fired on a crowd "
        "outside a tallying centre, a hospital worker said."
    )
    assert len([event for event in read(coder, text).events if event.type == "ASSAULT"]) == 1


def test_what_is_rehearsed_is_not_done(coder: Coder) -> None:
    text = (
        "Israel's air force had rehearsed long-range strikes on Iran last week, two officials said."
    )
    assert not [event for event in read(coder, text).events if event.type == "ASSAULT"]


def test_an_inquiry_suspended_is_a_concession(coder: Coder) -> None:
    event = told_at(read(coder, "China suspended its inquiry into European brandy."), "suspended")
    assert event.type == "CONCEDE"


def test_a_strike_called_from_a_day_on_lies_ahead(coder: Coder) -> None:
    record = read(coder, "Togo's opposition called a general strike from Monday.")
    days = [event.date.start for event in record.events if event.date is not None]
    assert all(day >= "2025-11-20" for day in days)


def test_nothing_promised_is_no_promise(coder: Coder) -> None:
    record = read(coder, "Japan promised nothing on rice, its negotiator said in Washington.")
    assert all(held.kind != "promise" for held in record.commitments)


def test_a_charge_of_no_words_is_no_claim(coder: Coder) -> None:
    record = read(
        coder, "Rwanda denied that its troops had entered Uvira, as the United States alleged."
    )
    assert [claim.text for claim in record.claims] == ["that its troops had entered Uvira"]


RECIPIENTS = [
    # a region is spoken of again as the region
    ("Ethiopia's Tigray region is short of grain. Addis Ababa sent aid to the region.", "sent", ["tigray"]),
    # whom the verb accuses is accused, though he be of the accuser's own country
    ("Vadim Krasnoselsky of Moldova accused Chisinau of strangling trade.", "accused", ["MDA"]),
    # who underwent a deed is not blamed for it
    ("The United Nations condemned the torture of Marsh by Togo's police.", "condemned", ["TGO-COP"]),
    # what is demanded is not asked for it
    ("Farmers in Peru demand early elections, a constituent assembly and lower prices.", "demand", []),
    # one's own police are not those whom a denial is against
    ("Prime Minister Oumar Diallo of Togo spoke. He denied that police had been told to shoot.", "denied", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "recipients"), RECIPIENTS)
def test_to_whom_it_is_done(coder: Coder, text: str, word: str, recipients: list[str]) -> None:
    assert [party.entity for party in told_at(read(coder, text), word).recipients] == recipients


def test_who_is_met_is_not_who_meets_him(coder: Coder) -> None:
    text = (
        "Ukraine accused Fico of acting at the behest of Vladimir Putin, whom he had met in Sochi."
    )
    actors = [party.entity for party in told_at(read(coder, text), "met").actors]
    assert actors == ["robert-fico", "vladimir-putin"]


def test_strikes_that_are_weighed_are_none(coder: Coder) -> None:
    text = "NATO commanders were weighing air strikes on Togo after a shell killed 37 people in Lome, officials said."
    record = read(coder, text)
    words = [text[e.trigger.start : e.trigger.end] for e in record.events if e.type == "ASSAULT"]
    assert "weighing" not in words and "strikes" not in [
        text[e.trigger.start : e.trigger.end] for e in record.events if e.confidence >= 0.5
    ]


def test_ministers_who_resign_are_no_crowd(coder: Coder) -> None:
    text = "Protesters marched in Lome. Four ministers have resigned since the protests began."
    sizes = [e.counts.size for e in read(coder, text).events if e.counts is not None]
    assert sizes == [None] * len(sizes)


def test_an_offer_under_a_condition_behind_it(coder: Coder) -> None:
    text = "China has offered talks on a pact provided that Togo tows away the wreck."
    (held,) = [item for item in read(coder, text).commitments if item.kind == "offer"]
    assert held.condition == "provided that Togo tows away the wreck"


def test_who_is_met_is_not_spoken_for(coder: Coder) -> None:
    text = "President Oumar Diallo, in Paris to meet U.S. envoy Ann Marsh, threatened to boycott talks."
    (held,) = [item for item in read(coder, text).commitments if item.kind == "threat"]
    assert "USA" not in held.by


def test_two_who_agree_in_words_of_a_third(coder: Coder) -> None:
    text = (
        "The Ethiopian government and Tigrayan forces agreed on Wednesday to end two years of fighting, "
        "envoys of the African Union said, in a deal struck in Lome."
    )
    record = read(coder, text)
    assert [party.entity for party in told_at(record, "agreed").actors] == ["ETH", "tplf"]
    assert not [event for event in record.events if event.type == "ASSAULT"]


@pytest.mark.parametrize(
    ("text", "word", "other"),
    [
        ("Albania proposed that NATO take over the north, a plan Serbia rejected.", "proposed", "SRB"),
        ("Japan warned China on Monday of grave consequences if it shelled Taiwan.", "warned", "TWN"),
    ],
)  # fmt: skip
def test_who_stands_beside_is_not_meant(coder: Coder, text: str, word: str, other: str) -> None:
    event = told_at(read(coder, text), word)
    assert event.recipients and other not in [party.entity for party in event.recipients]


def test_calls_that_nobody_answered_are_no_refusal(coder: Coder) -> None:
    record = read(coder, "Mali bombed Goma. A government spokesman did not answer calls.")
    assert all(event.type != "REJECT" for event in record.events)


def test_who_fights_beside_an_army_does_not_strike_his_own_state(coder: Coder) -> None:
    text = "Neither named Eritrea, whose troops fought beside the federal army in Ethiopia in May."
    assert all(
        "ERI" not in [party.entity for party in event.recipients]
        for event in read(coder, text).events
    )


def test_a_name_before_a_verb_is_no_part_of_the_object(coder: Coder) -> None:
    text = (
        "On Thursday, hours after the signing, the TPLF accused federal troops of shelling Maychew in breach "
        "of the truce."
    )
    assert [party.entity for party in told_at(read(coder, text), "accused").actors] == ["tplf"]


def test_who_tells_of_killings_has_not_killed(coder: Coder) -> None:
    text = 'The envoy, Otty Patino, answered that it would wait "while people are being killed at home".'
    for event in read(coder, text).events:
        assert event.type != "ASSAULT" or "person:otty-patino" not in [
            party.entity for party in event.actors
        ]


def test_warrants_are_no_arrests(coder: Coder) -> None:
    text = "Petro declared an emergency across Colombia and renewed arrest warrants for 31 rebels."
    counts = [event.counts for event in read(coder, text).events if event.counts is not None]
    assert all(held.arrested is None for held in counts)


def test_a_statue_is_nobody(coder: Coder) -> None:
    text = "Crowds in Dhaka toppled a statue of Sheikh Hasina."
    assert all(
        "sheikh-hasina" not in [party.entity for party in event.recipients]
        for event in read(coder, text).events
    )


def test_a_wish_that_is_denied_is_no_demand(coder: Coder) -> None:
    assert read(coder, "Lee denied that he wanted a formal split.").commitments == ()


def test_soldiers_who_clash_with_a_crowd_are_not_in_it(coder: Coder) -> None:
    text = (
        "Nine people were killed in clashes between soldiers and protesters in Khartoum, Sudan. Tens of "
        "thousands took to the streets."
    )
    crowd = [event for event in read(coder, text).events if event.type == "PROTEST"]
    assert all("MIL" not in party.sectors for event in crowd for party in event.actors)


def test_bank_employees_arrest_nobody(coder: Coder) -> None:
    text = (
        "Sudan's bank employees declared a strike. The Umma Party denounced the arrests as a coup."
    )
    jailed = [event for event in read(coder, text).events if event.type == "COERCE"]
    assert all("LAB" not in party.sectors for event in jailed for party in event.actors)


def test_a_truce_serves_whom_it_is_not_given_to(coder: Coder) -> None:
    text = "Togo's army announced a ceasefire to help victims of an earthquake."
    event = told_at(read(coder, text), "announced")
    assert event.type == "RETREAT" and not event.recipients


def test_who_has_yet_to_answer_refuses_nothing(coder: Coder) -> None:
    record = read(coder, "Mali offered talks. Chad has yet to answer. Oman has yet to respond.")
    assert all(event.type != "REJECT" for event in record.events)
