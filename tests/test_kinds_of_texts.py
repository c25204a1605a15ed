"""Texts that are no news stories: statements, communiqués, reports of monitors, briefs, interviews.

The texts are written for these tests; nobody did any of it.
"""

from __future__ import annotations

import pytest

import dragoman
from dragoman.coder import Coder, load
from dragoman.model import Record, Story


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load()


def read(coder: Coder, text: str, day: str = "2025-03-17") -> Record:
    return coder.code(Story(text=text, published=day))


def told(record: Record) -> set[tuple[str, str, str]]:
    """Type, countries that act and countries acted on, of every event."""
    return {
        (
            event.type,
            "+".join(sorted({x.country for x in event.actors})),
            "+".join(sorted({x.country for x in event.recipients})),
        )
        for event in record.events
    }


TOLD = [
    (
        "Talks in Oslo\n\nThe presidents of Chad and Sudan met in Oslo.\n\nChad and Sudan:\n"
        "1. Agreed to reopen the border post at Tine;\n"
        "2. Condemned the attacks of the Rapid Support Forces on Sudanese traders.\n",
        {("ACCUSE", "SDN+TCD", "SDN"), ("ASSAULT", "SDN", "SDN")},
    ),
    (
        "Chad, at the close of the talks, has:\n- thanked Qatar for its help;\n- urged Sudan to send back the lorries.\n",
        {("SUPPORT", "TCD", "QAT"), ("REQUEST", "TCD", "SDN")},
    ),
    (
        "In Donetsk region, the SMM recorded 31 ceasefire violations, including ten explosions.",
        {("ASSAULT", "", "UKR")},
    ),
    (
        "An envoy of the Ukrainian army told the monitors that armed formations had shelled its positions."
        " The rebels said that Ukrainian forces had opened fire first.",
        {("ASSAULT", "UKR", "UKR")},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_tells(coder: Coder, text: str, expected: set[tuple[str, str, str]]) -> None:
    assert expected <= told(read(coder, text))


SPARED = [
    ("In Donetsk region, the SMM recorded 31 ceasefire violations.", ("ASSAULT", "IGO", "UKR")),
    ("Chad met Sudan.\n\nThe talks:\n1. A memorandum was read.\n2. Condemned the raid on Oman.",
     ("ACCUSE", "SDN", "OMN")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wrong"), SPARED)
def test_does_not_tell(coder: Coder, text: str, wrong: tuple[str, str, str]) -> None:
    assert wrong not in told(read(coder, text))


def test_each_side_fired_first_by_the_others_word(coder: Coder) -> None:
    record = read(coder, TOLD[3][0])
    fired = [{x.entity for x in event.actors} for event in record.events if event.type == "ASSAULT"]
    assert {"ukrainian-armed-forces"} in fired and len(fired) == 2


def test_what_an_item_undertakes_binds_those_of_the_opening_line(coder: Coder) -> None:
    text = "Joint communiqué\n\nChad and Sudan met in Oslo.\n\nThe two countries:\n1. Undertook to finish the talks by May."
    (bond,) = [item for item in read(coder, text).commitments if item.kind == "promise"]
    assert set(bond.by) == {"TCD", "SDN"}


def test_a_joint_statement_demands_in_the_name_of_each(coder: Coder) -> None:
    text = "Joint statement by Norway, Japan and Canada\n\nWe call on Chad to free the sailors."
    (bond,) = read(coder, text).commitments
    assert (set(bond.by), set(bond.to)) == ({"NOR", "JPN", "CAN"}, {"TCD"})


INTERVIEW = (
    "“We are not tired”\n\nInterview with the spokesman of the Kachin Independence Army, Colonel Dara Moll\n\n"
    "Q: Did you take Bhamo?\nA: We captured the airfield on Friday.\n\n"
    "Q: The junta says you lost forty men. Will you talk?\nA: We cannot accept talks while it bombs our villages."
)


def test_we_of_an_answer_is_whose_spokesman_answers(coder: Coder) -> None:
    record = read(coder, INTERVIEW)
    acting = {x.entity for e in record.events if e.type in ("ASSAULT", "REJECT") for x in e.actors}
    assert "kachin-independence-army" in acting


def test_a_story_with_one_label_is_no_interview(coder: Coder) -> None:
    text = "Q: what now? Rebels of the Kachin Independence Army left.\n\nWe asked the army of Chad to leave."
    mentions = {
        one.id
        for one in read(coder, text).entities
        for m in one.mentions
        if text[m.start : m.end] == "We"
    }
    assert "kachin-independence-army" not in mentions


def test_the_day_from_which_something_is_to_be_is_to_come(coder: Coder) -> None:
    record = read(
        coder,
        "The unions of Kenya threatened Uganda with a boycott. Kenya promised Uganda aid from May 2.",
    )
    assert {e.date.start for e in record.events if e.date is not None} <= {"2025-03-17"}


SIDES = [
    ("The bombing of the Kenyan embassy killed two guards.", "ASSAULT", "", "KEN"),
    (
        "Shelling of the Chadian clinic at Tine by Sudanese rebels killed 15 people, a ministry reports.",
        "ASSAULT",
        "SDN",
        "TCD",
    ),
    ("President Ruto of Kenya said Uganda was to blame for the raid.", "ACCUSE", "KEN", "UGA"),
    ("Kenya condemned the Ugandan rebels' capture of Busia and their shelling of a camp.", "ACCUSE", "KEN", "UGA"),
]  # fmt: skip


SIDES.append(
    ("The US Treasury removed two Cypriot lawyers from its list.", "CONCEDE", "USA", "CYP")
)


@pytest.mark.parametrize(("text", "type_", "actor", "recipient"), SIDES)
def test_who_undergoes_a_deed_or_is_blamed_did_not_do_it_or_blame(
    coder: Coder, text: str, type_: str, actor: str, recipient: str
) -> None:
    found = told(read(coder, text))
    assert (type_, actor, recipient) in found
    assert not any(kind == type_ and acting == recipient != actor for kind, acting, _ in found)


def test_an_armed_group_behind_of_has_attacked(coder: Coder) -> None:
    text = "Ireland spoke of the attack of Hamas on 7 March."
    (attack,) = (e for e in read(coder, text).events if e.type == "ASSAULT")
    assert {x.entity for x in attack.actors} == {"hamas"}


def test_the_rebels_are_not_the_army_told_before(coder: Coder) -> None:
    text = "Colombia's army says the ELN has taken 26 people. The rebels reject that figure."
    (reply,) = (e for e in read(coder, text).events if e.type == "REJECT")
    assert "colombian-army" not in {x.entity for x in reply.actors}


def test_the_two_leaders_are_those_told_of_again_and_again(coder: Coder) -> None:
    text = (
        "Secretary of State Antony Blinken spoke with Rwandan President Paul Kagame about Congo."
        " Secretary Blinken welcomed President Kagame's pledge to attend a summit hosted by Angolan"
        " President João Lourenço. The two leaders discussed the need for a truce in Congo."
    )
    members = {
        part
        for one in read(coder, text, "2024-02-15").entities
        for part in one.members
        if one.members
    }
    assert members == {"antony-blinken", "paul-kagame"}


BRIEFS = (
    "Ties cut\nQUITO – Mexico broke off ties with Ecuador on Monday.\n\n"
    "Rebels reject vote\nN'DJAMENA – Rebels in Chad said they would not recognise the May vote.\n\n"
    "Strike\nATHENS – Dockers in Greece walked off the job on Monday.\n"
)


def test_stories_in_brief_have_parties_of_their_own(coder: Coder) -> None:
    for event in read(coder, BRIEFS).events:
        parties = {x.country for x in (*event.actors, *event.recipients)}
        assert len(parties & {"MEX", "TCD", "GRC"}) <= 1 and not parties >= {"TCD", "ECU"}


def test_one_dateline_parts_no_story() -> None:
    import spacy

    from dragoman.coding.sections import sections

    words = spacy.blank("en")
    one, several = words("QUITO – Mexico broke off ties.\n\nIt said so on Monday."), words(BRIEFS)
    assert set(sections(one)) == {0}
    first = {
        text: next(t.i for t in several if t.text == text)
        for text in ("Mexico", "Rebels", "Dockers", "Strike")
    }
    assert [sections(several)[place] for place in first.values()] == [0, 1, 2, 2]


PARTIES = [
    ("Niger's junta seized power in July. It signed a defence pact with Mali and Chad on Monday.", "AGREE", "MLI+NER+TCD"),
    (
        "Vietnam's president hosted the foreign minister of Laos. The two foreign ministries then held a consultation.",
        "CONSULT",
        "LAO+VNM",
    ),
    ("India and China met in Oslo. The two armies pulled back from the lake.", "RETREAT", "CHN+IND"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "type_", "actors"), PARTIES)
def test_all_who_act_together_are_told(coder: Coder, text: str, type_: str, actors: str) -> None:
    assert actors in {acting for kind, acting, _ in told(read(coder, text)) if kind == type_}


def test_both_parties_are_those_set_apart_by_between(coder: Coder) -> None:
    text = "Fighting raged in Sudan between the army and the Rapid Support Forces. Both parties shelled Nyala."
    members = [one.members for one in read(coder, text).entities if one.members]
    assert members and "SDN" not in members[0] and "rsf-sudan" in members[0]


def test_soldiers_are_not_of_the_state_over_the_border(coder: Coder) -> None:
    text = "A soldier died in western Niger near the border with Burkina Faso when gunmen ambushed a patrol."
    (attack,) = (e for e in read(coder, text).events if e.type == "ASSAULT")
    assert countries(attack.recipients) == {"NER"} and "BFA" not in countries(attack.actors)


def countries(parties) -> set[str]:
    return {party.country for party in parties}


def test_the_reporter_of_a_broadcast_is_no_party(coder: Coder) -> None:
    text = (
        "ANCHOR: Senegal has postponed its vote. Our reporter Awa Ndiaye is in Dakar.\n\n"
        "NDIAYE: The ECOWAS bloc has voiced concern and asked for a new date to be set.\n\nANCHOR: Thank you."
    )
    parties = {x.name for e in read(coder, text).events for x in (*e.actors, *e.recipients)}
    assert "Awa Ndiaye" not in parties


def test_the_ministers_over_a_list_are_those_who_met(coder: Coder) -> None:
    text = (
        "The Foreign Minister of Indonesia, Dara Moll, and the Foreign Minister of New Zealand, Ivo Sorel, met"
        " in Jakarta.\n\nThe Ministers:\n(a) welcomed the release of a pilot;\n(b) agreed to double trade by 2029."
    )
    (bond,) = (x for x in read(coder, text).commitments if x.kind == "agreement")
    assert {"IDN", "NZL"} <= set(bond.by)


def test_we_under_a_letterhead_is_the_ministry_that_it_names():
    text = (
        "Ministry of Foreign Affairs of the Republic of Kenya\n\nNairobi, 9 September 2024\n\n"
        "We call on Somalia to withdraw its forces from the border."
    )
    record = dragoman.load().code(dragoman.Story(text=text, published="2024-09-09"))
    names = {item.id: item.country for item in record.entities}
    (demand,) = record.commitments
    assert demand.kind == "demand" and {names[key] for key in demand.by} == {"KEN"}
    assert {names[key] for key in demand.to} == {"SOM"}
