"""What single sentences of agency copy tell, on which day, of whom, and what they only ask or forecast.

The sentences are written for these tests; nobody did any of it.
"""

from __future__ import annotations

import pytest

from dragoman.coder import Coder, load
from dragoman.model import Event, Record, Story

#: A Wednesday.
DAY = "2025-03-05"


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load()


def read(coder: Coder, text: str) -> Record:
    return coder.code(Story(text=text, published=DAY))


def the_event(record: Record, type_: str) -> Event:
    (found,) = (event for event in record.events if event.type == type_)
    return found


def names(parties) -> list[str]:
    return [party.name for party in parties]


# Text, type, the day it is of, whether it is to come.
DATED = [
    ("Teachers in Chile began preparing on Tuesday for a strike called for Friday.", "PROTEST", "2025-03-07", True),
    ("Nurses in Ghana have called a general strike for March 11.", "PROTEST", "2025-03-11", True),
    ("Police in Mali banned a march called for Sunday by the opposition.", "COERCE", DAY, False),
    ("Police in Mali banned a march called for Sunday by the opposition.", "PROTEST", "2025-03-09", True),
    ("The opposition in Benin called a rally for Saturday in Cotonou.", "REQUEST", DAY, False),
    ("Union leaders in Peru called for a march on Saturday against the levy.", "REQUEST", DAY, False),
    ("Kenya condemned Sunday's attack on the Somali parliament.", "ACCUSE", DAY, False),
    ("Norway condemns the attack of 9 February on the embassy of Peru.", "ACCUSE", DAY, False),
    ("Norway condemns the attack of 9 February on the embassy of Peru.", "ASSAULT", "2025-02-09", False),
    ("Chile apologised to Bolivia for Friday's shooting.", "CONCEDE", DAY, False),
    ("In a letter of 27 February, Benin accused Togo of smuggling.", "ACCUSE", "2025-02-27", False),
    ("Gabon expelled the Spanish ambassador on Monday.", "SANCTION", "2025-03-03", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "type_", "day", "to_come"), DATED)
def test_of_which_day_it_is(coder: Coder, text: str, type_: str, day: str, to_come: bool) -> None:
    event = the_event(read(coder, text), type_)
    assert event.date is not None
    assert (event.date.start, "future" in event.aux) == (day, to_come)


def test_what_is_proposed_for_a_day_is_due_then(coder: Coder) -> None:
    record = read(
        coder, "Norway proposed to receive the envoys on Monday and urged Chad to free the guards."
    )
    offer, demand = sorted(record.commitments, key=lambda one: one.start)
    assert (offer.kind, offer.due and offer.due.start) == ("offer", "2025-03-10")
    assert (demand.kind, demand.due) == ("demand", None)


# What is told, who was struck, how many died and how many were hurt.
COUNTED = [
    ("Kenyan marines stormed a hijacked trawler off Lamu. Two pirates were killed and three wounded in the raid.", 2, 3),
    ("The Malian army attacked jihadist positions near Gao. Six fighters were killed and four hurt in the assault.", 6, 4),
    ("Peruvian soldiers raided a camp on Monday. Five rebels were killed and nine injured in the operation.", 5, 9),
]  # fmt: skip


@pytest.mark.parametrize(("text", "dead", "hurt"), COUNTED)
def test_who_is_counted_where_the_raid_is_told_again(
    coder: Coder, text: str, dead: int, hurt: int
) -> None:
    event = the_event(read(coder, text), "ASSAULT")
    assert event.mode != "abduct"
    assert event.counts is not None and event.counts.dead is not None and event.counts.injured
    assert (event.counts.dead.low, event.counts.injured.low) == (dead, hurt)


def test_who_deplores_a_bombing_has_not_done_it(coder: Coder) -> None:
    record = read(coder, "Ghana deplores the bombing of 27 February in Togo.")
    assert the_event(record, "ASSAULT").actors == ()


def test_where_an_attack_killed_is_not_who_killed(coder: Coder) -> None:
    record = read(coder, "An attack in Nigeria killed four teachers on Monday.")
    assert the_event(record, "ASSAULT").actors == ()


ASKED = [
    "Has Togo recalled its envoy from Benin?",
    "Did Sudan bomb the clinic?",
    "Is it true that Iran has supplied drones to Sudan?",
    '"Did your soldiers kill the two priests?" the judge asked the Peruvian colonel.',
    '"When will Moldova expel the Belarusian ambassador?" a lawmaker asked.',
    "Q: Will you invade Syria? A: We hope that it does not come to that.",
    "Will Niger release its president? Nobody in Niamey would say.",
]


@pytest.mark.parametrize("text", ASKED)
def test_a_question_is_no_event(coder: Coder, text: str) -> None:
    assert read(coder, text).events == ()


def test_why_something_was_done_takes_it_for_a_fact(coder: Coder) -> None:
    record = read(coder, "Why did the government of Chad arrest the opposition leader?")
    assert names(the_event(record, "COERCE").actors) == ["Chad"]


# Text, type, who acts, toward whom.
DONE = [
    ("Talks between Laos and Thailand fell apart on Friday.", "REJECT", ["Laos", "Thailand"], []),
    ("Talks between Chile and Peru collapsed on Monday.", "REJECT", ["Chile", "Peru"], []),
    ("The talks between Chile and Peru broke up after two hours.", "CONSULT", ["Chile", "Peru"], []),
    ("Spain's ambassador returned to Peru on Monday.", "CONCEDE", ["Spain's ambassador"], ["Peru"]),
    ("Qatar sent its ambassador back to Chad.", "CONCEDE", ["Qatar"], ["Chad"]),
    ("Deputies of the Chadian opposition threw smoke bombs at the speaker.", "PROTEST", None, None),
    ("Togo's vice-president was placed under house arrest.", "COERCE", [], None),
    ("Chinese jets circled Palau on Sunday.", "MOBILIZE", ["Chinese jets"], ["Palau"]),
    ("Two Russian frigates shadowed a Norwegian ship.", "MOBILIZE", None, ["a Norwegian ship"]),
    ("Oman said it had paused its mediation between Chad and Mali.", "SANCTION", ["Oman"], ["Chad", "Mali"]),
    ("Kenya recalled its high commissioner from New Delhi.", "SANCTION", ["Kenya"], ["India"]),
    ("Eritrea denied that its soldiers had massacred civilians in Axum.", "REJECT", ["Eritrea"], []),
    ("The army in Mali dissolved the parliament on Friday.", "COERCE", None, ["the parliament"]),
    ("Omani troops are fighting alongside Chad's in Darfur.", "ASSAULT", None, []),
    ("Togo's minister shuttled between Kigali and Kinshasa.", "CONSULT", None, ["Rwanda", "Democratic Republic of the Congo"]),
    ("Oman and Chad, which quarrelled in May, exchanged ambassadors.", "SUPPORT", ["Oman", "Chad"], []),
    ("Chad demanded that Oman's ambassador leave within 48 hours.", "REQUEST", ["Chad"], ["Oman's ambassador"]),
    ("Oman handed Chad's envoy a note of protest.", "ACCUSE", ["Oman"], ["Chad's envoy"]),
    ("The Omani ministry presented Chad's envoy with a protest note.", "ACCUSE", None, ["Chad's envoy"]),
    ("A Greek frigate detained two smugglers off Libya.", "COERCE", ["A Greek frigate"], ["two smugglers"]),
    ("The Danish navy freed a tanker that pirates seized off Yemen.", "RETREAT", ["The Danish navy"], ["a tanker"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "type_", "actors", "recipients"), DONE)
def test_who_did_it_to_whom(
    coder: Coder, text: str, type_: str, actors: list[str] | None, recipients: list[str] | None
) -> None:
    event = the_event(read(coder, text), type_)
    assert actors is None or names(event.actors) == actors
    assert recipients is None or names(event.recipients) == recipients


def test_by_what_somebody_could_respond_is_not_done(coder: Coder) -> None:
    event = the_event(
        read(coder, "Kenya could respond by expelling the Chadian diplomats."), "SANCTION"
    )
    assert event.aux == ("hypothetical",)
    event = the_event(
        read(coder, "Kenya responded by expelling the Chadian diplomats."), "SANCTION"
    )
    assert event.aux == ()


# A headline's bare word, and who it is by the first sentence.
HEADLINED = [
    ("Army retakes town from rebels\n\nCongolese troops on Tuesday recaptured Sake, which M23 rebels seized last week.",
     "rebels", "March 23 Movement"),
    ("Police rescue hostages from gunmen\n\nKenyan police on Monday rescued five hostages held by gunmen in Garissa.",
     "hostages", "five hostages"),
    ("Commandos free ship from pirates\n\nIndian commandos stormed a ship hijacked by Somali pirates on Friday.",
     "Commandos", "Indian commandos"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "name"), HEADLINED)
def test_a_bare_word_of_a_headline_is_who_the_lead_tells(
    coder: Coder, text: str, word: str, name: str
) -> None:
    start = text.index(word)
    (found,) = (one for one in read(coder, text).entities for m in one.mentions if m.start == start)
    assert found.name == name


def test_who_votes_or_abstains_beside_others_is_not_refused_by_them(coder: Coder) -> None:
    record = read(coder, "Peru and Chile voted against, and Cuba abstained.")
    assert all(event.recipients == () for event in record.events)


NOBODY = [
    "Neither Chad nor Sudan agreed to the ceasefire.",
    "Neither Kenya nor Uganda attacked the convoy.",
    "Neither side has accepted the proposal.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_what_neither_of_two_has_done_is_not_done(coder: Coder, text: str) -> None:
    record = read(coder, text)
    assert record.events == () and record.commitments == ()


def test_neither_of_two_accepts_what_a_third_proposed(coder: Coder) -> None:
    record = read(coder, "Neither Chad nor Sudan has accepted the plan that Norway put forward.")
    assert "AGREE" not in {event.type for event in record.events}
    assert [one.status for one in record.commitments] == ["offered"]


def test_who_is_wounded_hours_before_is_not_counted_with_the_answer(coder: Coder) -> None:
    text = "Israel's strikes on Beirut came hours after Hezbollah fired rockets at Haifa, wounding seven."
    first, second = read(coder, text).events
    assert names(first.recipients) == ["Lebanon"]
    assert first.counts is None and second.counts is not None


def test_not_since_a_year_is_no_time(coder: Coder) -> None:
    text = "Not since 2008 have so many Georgians taken to the streets against their government."
    event = the_event(read(coder, text), "PROTEST")
    assert event.date is not None and event.date.start == DAY


def test_who_takes_an_office_promises_nothing(coder: Coder) -> None:
    record = read(
        coder, "The general swore himself in as president of Chad and dissolved parliament."
    )
    assert record.commitments == ()


UNDONE = [
    "Pakistan would be mad to shell Kabul and close the border.",
    "It would be a mistake for Chad to bomb Niger and expel its inspectors.",
    "Ghana has yet to reply to Togo.",
]


@pytest.mark.parametrize("text", UNDONE)
def test_what_is_advised_against_or_unanswered_is_no_event(coder: Coder, text: str) -> None:
    assert read(coder, text).events == ()


def test_who_is_said_not_to_have_been_killed_asserts_nothing(coder: Coder) -> None:
    record = read(coder, "Eritrea denied that its soldiers had massacred civilians in Axum.")
    assert not any(claim.contested for claim in record.claims)
