"""Crises at home: strikes, disputed votes, putsches, arrests of opponents, gangs.

The texts are written for these tests; nobody did any of it.
"""

from __future__ import annotations

import pytest

from dragoman.coder import Coder
from dragoman.model import Record, Story
from events_help import told_at


def read(coder: Coder, text: str) -> Record:
    return coder.code(Story(text=text, published="2024-03-05"))


RECIPIENTS = [
    # who is sent, or what somebody is made
    ("Mexico mourned its dead. Washington offered to send federal agents to help with the inquiry, an offer "
     "the Mexican government declined.", "offered", ["Mexico"]),
    ("Gunmen took a town in Colombia. The interior ministry promised to enlist the vigilantes as rural police "
     "if they disarm.", "promised", ["the vigilantes"]),
    # of those who rule, too
    ("The junta in Niger has arrested a former premier and two generals over a plot.", "arrested",
     ["a former premier", "two generals"]),
    ("President Omar Sadyk spoke in Bishkek. He sacked the interior minister on Monday.", "sacked",
     ["the interior minister"]),
    # who is let go is who was charged
    ("A judge in Lima ordered the release of the mayor, Luis Flor, who had been charged with fraud.", "charged",
     ["Luis Flor"]),
    # those who do it to each other
    ("Students clashed with riot police in Lima as a strike went on, injuring 20 people.", "clashed", []),
    # their own bomb
    ("Troops closed in on the house in Kano. The three militants were killed by their own bomb.", "killed",
     ["The three militants"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "names"), RECIPIENTS)
def test_whom_it_was_done_to(coder: Coder, text: str, word: str, names: list[str]) -> None:
    assert [party.name for party in told_at(read(coder, text), word).recipients] == names


ACTORS = [
    ("Troops closed in on the house in Kano. The three militants were killed by their own bomb.", "killed", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "names"), ACTORS)
def test_who_did_it(coder: Coder, text: str, word: str, names: list[str]) -> None:
    assert [party.name for party in told_at(read(coder, text), word).actors] == names


NOT_MEANT = [
    # nobody is guessed to act on his own house
    ("Kenya voted on Sunday. The electoral board counted the ballots. Its chief, Amina Were, dismissed "
     "claims of fraud.", "The electoral board", "dismissed"),
    ("Police in Accra used tear gas to break up a march by members of the Green Front.", "Green Front",
     "march"),
    # who was struck before, and who is only sent out
    ("Gunmen killed a candidate, Omar Khel, in Mali on Monday. President Moll condemned the murder.",
     "Omar Khel", "condemned"),
    ("Police in Chad arrested Omar Khel on Monday. The government deployed paramilitary guards in the city.",
     "Omar Khel", "deployed"),
    ("Police in Chad arrested Omar Khel on Monday. The government shut down the mobile networks.",
     "Omar Khel", "shut"),
    # a town behind the second verb
    ("Moll said Washington deplored the use of force and told reporters in Cairo he had called the Saudi "
     "foreign minister.", "Egypt", "deplored"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "word"), NOT_MEANT)
def test_whom_it_was_not_done_to(coder: Coder, text: str, name: str, word: str) -> None:
    assert name not in [party.name for party in told_at(read(coder, text), word).recipients]


NOT_DONE = [
    # the doer is told, though not who he is
    ("Doctors in Bahrain said soldiers had beaten nurses. The hospital was then seized by hostile "
     "elements.", "soldiers", "seized"),
    ("Police raided a camp in Oman. The government said the clinic had been taken over by \"hostile "
     "elements\".", "The government", "taken"),
    ("Police raided a camp in Manama. Three guards also died, the ministry said, after being run over by "
     "cars driven by fleeing protesters.", "Police", "died"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "word"), NOT_DONE)
def test_who_did_not_do_it(coder: Coder, text: str, name: str, word: str) -> None:
    record = read(coder, text)
    done = [e for e in record.events if text[e.trigger.start : e.trigger.end] == word]
    assert name not in [party.name for event in done for party in event.actors]


def test_days_before_a_deed_with_a_participle(coder: Coder) -> None:
    text = "Soldiers stormed a camp in Oman on Monday, killing five, two days after the king declared martial law."
    assert told_at(read(coder, text), "declared").date.start == "2024-03-02"


def test_a_town_and_a_colon_open_a_story(coder: Coder) -> None:
    text = "LAHORE: Police stormed a camp before dawn on Monday, killing five people."
    first, second = list(coder.parse(text).sents)
    assert (first.text, second[0].text) == ("LAHORE:", "Police")
    turns = "MOLL: We will march.\n\nKHEL: The police will not let you."
    assert len(list(coder.parse(turns).sents)) < 4


def test_those_who_accuse_each_other_accuse_nobody_else(coder: Coder) -> None:
    text = "Health officials in Bishkek counted four dead. The two sides accused each other of firing first."
    charges = [e for e in read(coder, text).events if e.type == "ACCUSE"]
    assert not [p.name for e in charges for p in e.recipients if "officials" in p.name]


@pytest.mark.parametrize(
    "text",
    [
        "Saudi Arabia sent 1,000 troops to help quell a month of unrest led by Shiite youths in Bahrain.",
        "Police in Accra used batons to break up a march by students on Monday.",
    ],
)
def test_what_is_put_down_goes_on(coder: Coder, text: str) -> None:
    assert [e.aux for e in read(coder, text).events if e.type == "PROTEST"] in ([], [()])


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        (
            "Omar Khel, who was in Oman to attend to his ailing wife, called the vote unfair.",
            "CONSULT",
        ),
        ("The exiled leader vowed to come back to Kenya on Friday to face trial.", "THREATEN"),
        ("Omar Khel, who beat President Moll of Chad in the first round, fell ill.", "ASSAULT"),
        ("The opposition leader announced a boycott of the polls in Mali.", "SANCTION"),
    ],
)
def test_what_it_is_not(coder: Coder, text: str, type_: str) -> None:
    assert type_ not in [e.type for e in read(coder, text).events]


def test_two_people_held_in_one_sentence_are_two_deeds(coder: Coder) -> None:
    text = (
        "President Omar Sadyk spoke in Bishkek. He sacked the interior minister and ordered the arrest of "
        "Speaker Kanat Ibraev."
    )
    held = [e for e in read(coder, text).events if e.type == "COERCE"]
    assert [[p.name for p in e.recipients] for e in held] == [
        ["the interior minister"],
        ["Kanat Ibraev"],
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Clashes broke out between supporters of the two men on Bell Square in Bishkek.", "Bell Square"),
        ("Fighting between members of the two gangs in the port of Tumaco in Colombia killed four people.",
         "Tumaco"),
        ("President Omar Sadyk spoke by phone with Kanat Ibraev but not with Azamat Toktor.", "Azamat Toktor"),
        ("The envoy of Chad met the rebels but not the Malian army in Doha on Monday.", "the Malian army"),
    ],
)  # fmt: skip
def test_who_takes_no_part(coder: Coder, text: str, names: str) -> None:
    events = read(coder, text).events
    assert events
    assert names not in [p.name for e in events for p in (*e.actors, *e.recipients)]


@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        ("Kenya and Uganda signed a pact on Monday. They will send troops to Somalia.", "send",
         ["Kenya", "Uganda"]),
        ("Omar Sadyk and Kanat Ibraev met in Bishkek on Monday. They rejected the plan of the United Nations.",
         "rejected", ["Omar Sadyk", "Kanat Ibraev"]),
        ("Kenya thanked Uganda on Monday. It will send troops to Somalia.", "send", ["Kenya"]),
    ],
)  # fmt: skip
def test_they_are_both_who_were_told_of_together(
    coder: Coder, text: str, word: str, names: list[str]
) -> None:
    assert [party.name for party in told_at(read(coder, text), word).actors] == names


def test_who_is_praised_is_not_protested_against(coder: Coder) -> None:
    text = "Thousands rallied in Tunis in praise of Algeria on Monday."
    rallies = [e for e in read(coder, text).events if e.type == "PROTEST"]
    assert "Algeria" not in [p.name for e in rallies for p in e.recipients]
