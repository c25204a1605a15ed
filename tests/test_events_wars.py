"""Dispatches on wars: who strikes whom, on what day, with how many dead, and what nobody is told to have done.

The texts are written for these tests; nobody did any of it.
"""

from __future__ import annotations

import pytest

from dragoman.coder import Coder
from dragoman.model import Record, Story
from events_help import told_at


def read(coder: Coder, text: str) -> Record:
    return coder.code(Story(text=text, published="2025-11-20"))


AHEAD = [
    "The envoy of Oman was due to arrive in Goma on Friday with a plan to end the siege.",
    "Mali was to sign the truce on Friday.",
]  # fmt: skip


@pytest.mark.parametrize("text", AHEAD)
def test_what_was_due_lies_ahead(coder: Coder, text: str) -> None:
    days = [event.date.start for event in read(coder, text).events if event.date is not None]
    assert days == ["2025-11-21"]


def test_who_died_elsewhere_was_not_abducted(coder: Coder) -> None:
    text = (
        "Rebels hijacked a bus in Colombia on Monday and kidnapped Senator Pablo Rey, the army said. At least "
        "four peasants died when a bomb fell on a barn near Neiva, neighbours said."
    )
    event = told_at(read(coder, text), "kidnapped")
    assert event.counts is None


ATTACKERS = [
    "In June men on mules rode down from the hills and killed nine Malian soldiers. The army said the attackers "
    "carried rockets and that it killed six of them.",
    "The bazaar of Tessalit, in Mali, opens at noon. Men on mules came over the dunes and shot nine Malian "
    "soldiers. The army said the assailants had rockets and that it killed six of them.",
]  # fmt: skip


@pytest.mark.parametrize("text", ATTACKERS)
def test_the_attackers_are_those_who_struck(coder: Coder, text: str) -> None:
    killed = [event for event in read(coder, text).events if event.type == "ASSAULT"][-1]
    assert [party.name.lower() for party in killed.recipients] == ["men"]


UNSAID = [
    # what officials say was done to their own side
    ("Thai jets bombed a Cambodian village on Monday. Phnom Penh said on Wednesday that five of its soldiers had "
     "been wounded near Preah Vihear.", "wounded", 0, ["THA"]),
    # fighting is of the two whose war is told
    ("Kyrgyz soldiers shelled a Tajik village on Monday. Tajikistan accused Kyrgyzstan of breaking the truce. "
     "The truce ended three days of clashes in which 60 people were killed.", "clashes", 0, ["KGZ", "TJK"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "place", "actors"), UNSAID)
def test_who_must_have_done_it(
    coder: Coder, text: str, word: str, place: int, actors: list[str]
) -> None:
    record = read(coder, text)
    told = [
        event for event in record.events
        if record.story.text[event.trigger.start : event.trigger.end] == word
    ]  # fmt: skip
    assert sorted({party.country for party in told[place].actors}) == actors


def test_nobody_is_named_where_two_wars_are_told(coder: Coder) -> None:
    text = (
        "Thai jets bombed a Cambodian village on Monday and a Vietnamese gunboat attacked a Cambodian trawler. "
        "Phnom Penh said on Wednesday that five of its soldiers had been wounded near Preah Vihear."
    )
    assert not told_at(read(coder, text), "wounded").actors


def test_dollars_are_no_state(coder: Coder) -> None:
    record = read(coder, "Norway and Japan have each pledged US$ 500,000.")
    assert "USA" not in {entity.id for entity in record.entities}


FIRED_UPON = [
    "Togo's army said its soldiers were fired upon at a border post on Tuesday.",
    "The Togolese patrol was fired at near Cinkasse.",
    "Togo said one of its patrols was fired on.",
]  # fmt: skip


@pytest.mark.parametrize("text", FIRED_UPON)
def test_who_is_fired_upon_has_not_fired(coder: Coder, text: str) -> None:
    (event,) = [event for event in read(coder, text).events if event.type == "ASSAULT"]
    assert not event.actors
    assert {party.country for party in event.recipients} == {"TGO"}


def test_nobody_shoots_down_what_is_his_own(coder: Coder) -> None:
    text = (
        "Russian forces launched 30 drones at Sumy, Poltava and Izium, Ukraine's air force said, adding that it had "
        "shot down 22 of them."
    )
    assert {x.country for x in told_at(read(coder, text), "shot").recipients} == {"RUS"}


OWN_PEOPLE = [
    ("Peruvian gunmen kidnapped Rosa Diaz, the mayor of a Colombian town, on Monday. Her husband accused President "
     "Pastrana of doing nothing.", "accused", "Rosa Diaz's husband"),
    ("The FARC freed a Peruvian nun. Carlos Castano, who leads a militia in Colombia, said he wanted peace, but "
     "his men massacred nine villagers.", "massacred", "Carlos Castano's men"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "name"), OWN_PEOPLE)
def test_his_people_may_act_on_their_countrymen(
    coder: Coder, text: str, word: str, name: str
) -> None:
    assert [party.name for party in told_at(read(coder, text), word).actors] == [name]


def test_what_stands_before_a_semicolon_is_not_said_behind_it(coder: Coder) -> None:
    text = (
        "The Arakan Army is on the march in Myanmar. Since May, by its count, it has overrun nine posts; junta chief "
        "Min Aung Hlaing told a council on Monday that the country would break apart."
    )
    assert [x.name for x in told_at(read(coder, text), "overrun").actors] == ["Arakan Army"]


SIDES = [
    ("Wagner attacked Soledar on Monday. Its founder, Pavel Orlov, said the town would fall.", "Pavel Orlov", "RUSPRM"),
    ("Al-Shabaab attacked Baidoa. Its spokesman, Ali Dheere, said thirty men had died.", "Ali Dheere", "SOMREB"),
    ("The M23 took Goma in Congo. Its commander, Pierre Bahati, spoke on the radio.", "Pierre Bahati", "CODREB"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "code"), SIDES)
def test_who_leads_a_group_is_of_its_side(coder: Coder, text: str, name: str, code: str) -> None:
    (found,) = [entity for entity in read(coder, text).entities if entity.name == name]
    assert found.code == code


def test_no_pipeline_has_leaders(coder: Coder) -> None:
    text = (
        "Fighters of the ELN attacked an oil pipeline in Colombia. Its leaders had offered a truce."
    )
    assert "pipeline" not in " ".join(
        entity.name for entity in read(coder, text).entities if "leader" in entity.name
    )


def test_who_died_by_a_new_bomb_died_in_a_deed_of_its_own(coder: Coder) -> None:
    text = (
        "Rebels hijacked a bus in Colombia on Monday and kidnapped Senator Pablo Rey. Four peasants died when a bomb "
        "fell on a barn, neighbours said."
    )
    assert told_at(read(coder, text), "died").counts is not None


NOT_BY = [
    ("A convoy of ninety lorries, which the army escorted from Kidal in Mali, was attacked twice near Ber.", "attacked"),
    ("A bus that police guarded was bombed near Lome in Togo on Monday.", "bombed"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word"), NOT_BY)
def test_who_escorts_it_has_not_struck_it(coder: Coder, text: str, word: str) -> None:
    assert not told_at(read(coder, text), word).actors


def test_power_is_seized_from_nobody_private(coder: Coder) -> None:
    text = (
        "Aminata Walet walked to Gao with her children. The junta of Colonel Assimi Goita, which seized power in 2020, "
        "told French soldiers to leave Mali."
    )
    assert "Aminata Walet" not in {x.name for x in told_at(read(coder, text), "seized").recipients}


def test_both_are_those_who_dealt_with_each_other(coder: Coder) -> None:
    text = (
        "France has left Mali. French soldiers went home and France cut its aid to Mali. The Tuareg accuse the junta of "
        "betraying a pact. The junta accuses them of theft. Algeria has invited both to talks."
    )
    names = {x.country for x in told_at(read(coder, text), "invited").recipients}
    assert "FRA" not in names


GUNS = [
    ("France backed the Malian army with air strikes near Gao.", "AID"),
    ("The Kenyan brigade supported the Congolese army with artillery and attack helicopters.", "AID"),
    ("Germany supported the Malian army with three million euros.", "SUPPORT"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), GUNS)
def test_support_by_fire_is_no_praise(coder: Coder, text: str, kind: str) -> None:
    told = {event.type for event in read(coder, text).events}
    assert told & {"AID", "SUPPORT"} == {kind}


def test_what_is_led_by_a_state_is_its_own(coder: Coder) -> None:
    record = read(coder, "Oman declined to join the U.S.-led naval force off Yemen.")
    (force,) = [entity for entity in record.entities if entity.name.endswith("force")]
    assert force.country == "USA"


def test_two_that_one_voice_owns_are_of_one_side(coder: Coder) -> None:
    text = (
        "The Bosnian Serb army denied shelling the town and accused the Muslim-led government of lying. Its staff in "
        "Pale said three of its soldiers were killed by fire from Foca on Sunday."
    )
    names = [x.name for x in told_at(read(coder, text), "killed").recipients]
    assert names == ["Bosnian Serbs's soldiers"]


IT = [
    ("The navy of Oman seized a Chadian trawler on Monday. Chad denounced it.", "denounced", {"OMN"}),
    ("Washington put the Houthis back on its list of terrorist groups. Mohammed Abdulsalam, their negotiator, said the "
     "step changed nothing, and Iran condemned it.", "condemned", {"USA"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "countries"), IT)
def test_it_is_the_deed_that_is_condemned(
    coder: Coder, text: str, word: str, countries: set[str]
) -> None:
    assert {x.country for x in told_at(read(coder, text), word).recipients} == countries


def test_a_mediator_goes_between_those_his_talks_name(coder: Coder) -> None:
    text = (
        "Oman's envoy Hans Moll flew to Riyadh on Tuesday. Chad said nothing new of a truce with Mali since a ceasefire "
        "brokered by former president Jimmy Carter."
    )
    names = {x.name for x in told_at(read(coder, text), "brokered").actors}
    assert names <= {"Jimmy Carter", "Chad", "Mali"}


MODES = [
    ("Turkey urged both sides in Libya to keep the road open and offered to host a meeting of ministers.", "urged"),
    ("Rafael Grossi, who met President Zelensky last week, repeated his call for a zone around the plant.", "repeated"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word"), MODES)
def test_modes_are_of_the_deed_alone(coder: Coder, text: str, word: str) -> None:
    assert told_at(read(coder, text), word).mode is None


JOINED = [
    ("The Red Crescent offered to mediate, and Oman, Chad and Togo, part of a group of nine states, urged the rebels of "
     "Mali to resume talks.", "offered", 1),
    ("Oman condemned the raid, and Chad and Mali recalled their envoys from Togo.", "condemned", 1),
    ("Oman condemned the raid, and Chad and Mali recalled their envoys from Togo.", "recalled", 2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "number"), JOINED)
def test_who_stands_behind_the_verb_has_a_verb_of_his_own(
    coder: Coder, text: str, word: str, number: int
) -> None:
    assert len(told_at(read(coder, text), word).actors) == number


def test_no_foreign_ministry_is_one_of_both_sides(coder: Coder) -> None:
    text = (
        "The FARC attacked Colombian soldiers near Cali. The army fought the FARC for a day and the military sent jets "
        "against the FARC. Congress in Washington told the Pentagon to send no aid. A bishop urged both sides to spare "
        "civilians."
    )
    assert "USA" not in {x.country for x in told_at(read(coder, text), "urged").recipients}


def test_who_is_warned_is_told_before_whom_he_must_not_help(coder: Coder) -> None:
    text = "The ELN attacked Cali in Colombia. The AUC warned townsfolk in the valley not to help the rebels."
    assert [x.name for x in told_at(read(coder, text), "warned").recipients] == ["townsfolk"]


def test_no_fault_is_blamed_on_anybody(coder: Coder) -> None:
    text = (
        "Rebels said they shot down a jet near Loikaw in Myanmar; the army blamed engine trouble."
    )
    assert not [event for event in read(coder, text).events if event.type == "ACCUSE"]


def test_no_month_is_a_town(coder: Coder) -> None:
    text = (
        "Britain will leave Mali. In March, says a report of the United Nations that Bamako rejects, Malian troops "
        "killed ninety people near Moura."
    )
    assert "March" not in {event.place.text for event in read(coder, text).events if event.place}


def test_a_town_is_not_carried_off(coder: Coder) -> None:
    text = "Some 200 Taliban fighters seized the district centre of Barg-e-Matal in Afghanistan, its police chief said."
    assert told_at(read(coder, text), "seized").mode != "abduct"
    assert (
        told_at(read(coder, "Rebels captured two Kenyan nuns near Goma."), "captured").mode
        == "abduct"
    )
