"""Who and what only stands beside a deed: other days, other counts, other people of its sentence.

The texts are written for these tests; nobody did any of it.
"""

from __future__ import annotations

import pytest

from dragoman.coder import Coder, load
from dragoman.model import Record, Story
from events_help import told_at


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load()


def read(coder: Coder, text: str, day: str = "2026-06-06") -> Record:
    return coder.code(Story(text=text, published=day))


DAYS = [
    ("The session came a day after a Sudanese drone strike on a lorry in the town of Adre killed six "
     "people.", "strike", "2026-06-05"),
    ("Togo's envoy reminded Ghana of what Mali had done in 2017, when it downed a Niger helicopter near "
     "the border.", "downed", "2017-01-01"),
    ("Fighting between two clans in eastern Chad has killed 70 people since Sunday, the Red Cross said, "
     "while Sudan bombed an army base near Abeche.", "bombed", "2026-06-06"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "day"), DAYS)
def test_day(coder: Coder, text: str, word: str, day: str) -> None:
    event = told_at(read(coder, text), word)
    assert event.date is not None
    assert event.date.start == day


def test_what_is_called_for_is_still_to_come(coder: Coder) -> None:
    """The day of a strike that is called for is not that of the call, and lies ahead."""
    record = read(coder, "Togo's opposition called on Ghana to join a strike on July 4.")
    days = [event.date.start for event in record.events if event.date is not None]
    assert not any(day.startswith("2025") for day in days)


def test_what_is_done_while_another_deed_is_done_has_its_own_place_and_dead(coder: Coder) -> None:
    record = read(coder, DAYS[-1][0])
    killed, bombed = told_at(record, "killed"), told_at(record, "bombed")
    assert bombed.counts is None
    assert killed.counts is not None and killed.counts.dead is not None
    assert killed.counts.dead.low == 70
    assert killed.place is None or killed.place.text != "Abeche"


def test_who_is_arrested_was_not_fired_on(coder: Coder) -> None:
    record = read(
        coder, "Zambian police fired tear gas and arrested 41 people in Ndola on Tuesday."
    )
    fired = [e for e in record.events if record.story.text[e.trigger.start :].startswith("fired")]
    assert all(party.name != "41 people" for event in fired for party in event.recipients)
    assert told_at(record, "arrested").recipients[0].name == "41 people"


def test_who_says_so_at_the_end_was_not_struck(coder: Coder) -> None:
    text = (
        "Gunmen stormed a camp near Kenge in Congo on Tuesday, killing at least 30 people and setting "
        "fire to dozens of huts, officials and survivors said."
    )
    record = read(coder, text)
    struck = {party.name for event in record.events for party in event.recipients}
    assert "survivors" not in struck
    assert "at least 30 people" in struck


def test_those_who_are_to_be_freed_are_asked_for_nothing(coder: Coder) -> None:
    text = (
        "The army of Togo has jailed 2,000 people. Ghana demanded on Friday that all 2,000 prisoners "
        "be freed."
    )
    record = read(coder, text)
    asked = [party.name for e in record.events if e.type == "REQUEST" for party in e.recipients]
    assert "all 2,000 prisoners" not in asked
    (demand,) = [item for item in record.commitments if item.kind == "demand"]
    names = {one.id: one.name for one in record.entities}
    assert "all 2,000 prisoners" not in [names[key] for key in demand.to]


def test_a_border_is_closed_to_a_state_and_to_no_man_of_it(coder: Coder) -> None:
    text = (
        "Gunmen killed 12 people in the Haitian town of Saint-Marc on Tuesday. Gang leader Jean Baptiste "
        "denied ordering it and blamed a rival.\n\nHaiti's police asked for help. The Dominican Republic "
        "has closed its border crossings and sent 900 extra soldiers to the frontier."
    )
    record = read(coder, text)
    done = [
        party for e in record.events if e.type in {"MOBILIZE", "SANCTION"} and e.actors
        for party in e.recipients if e.actors[0].country == "DOM"
    ]  # fmt: skip
    assert all(party.name != "Jean Baptiste" for party in done)


def test_those_warned_against_are_not_warned(coder: Coder) -> None:
    record = read(coder, "Norway's foreign minister warned against attacking Mali.")
    told = [party.country for e in record.events if e.type == "THREATEN" for party in e.recipients]
    assert "MLI" not in told


def test_a_curfew_that_is_lifted_restricts_nobody(coder: Coder) -> None:
    text = (
        "The new rulers of Togo released four opposition leaders on Friday and lifted the night curfew in"
        " Lome."
    )
    record = read(coder, text)
    assert {e.type for e in record.events if e.confidence >= 0.5} <= {"RETREAT", "CONCEDE"}
    assert told_at(record, "released").type == "RETREAT"


def test_who_strikes_after_another_has_struck_is_told_apart(coder: Coder) -> None:
    record = read(
        coder, "Police in Togo fired tear gas after masked men attacked students in Lome."
    )
    attacked = told_at(record, "attacked")
    assert [party.name for party in attacked.actors] == ["masked men"]
    assert all(
        "masked men" not in {party.name for party in event.actors}
        for event in record.events
        if event.trigger != attacked.trigger
    )


def test_the_dead_of_a_harm_told_again_are_its_dead(coder: Coder) -> None:
    text = (
        "Overnight, Russia launched 90 drones at Ukraine. In Sumy, a school was hit and a night guard was"
        " killed."
    )
    dead = [
        e.counts.dead.low
        for e in read(coder, text).events
        if e.counts is not None and e.counts.dead
    ]
    assert dead == [1]


def test_those_of_a_murder_are_dead(coder: Coder) -> None:
    text = "Judges said Salim Haddad, a Libyan, took part in the murder of 18 captives in Benghazi in May."
    event = told_at(read(coder, text), "murder")
    assert event.counts is not None and event.counts.dead is not None
    assert event.counts.dead.low == 18


def test_a_clause_with_where_has_day_and_place_of_what_it_explains(coder: Coder) -> None:
    text = (
        "The riot began on Thursday at a jail in Machala, where members of a gang attacked rivals of Los"
        " Lobos with grenades."
    )
    event = told_at(read(coder, "Ecuador's police are alarmed.\n\n" + text), "attacked")
    assert event.date is not None and event.date.start == "2026-06-04"
    assert event.place is not None and event.place.text == "Machala"


def test_who_marches_meanwhile_is_asked_for_nothing(coder: Coder) -> None:
    text = (
        "Somalia demanded on Friday that Israel withdraw its envoy, as thousands of people marched through"
        " Mogadishu."
    )
    record = read(coder, text)
    asked = [party.name for e in record.events if e.type == "REQUEST" for party in e.recipients]
    assert asked == ["Israel"]
    marched = told_at(record, "marched")
    assert marched.place is not None and marched.place.text == "Mogadishu"


def test_who_fired_first_is_told_apart_from_the_exchange(coder: Coder) -> None:
    text = (
        "Azerbaijani and Armenian forces exchanged fire near Jermuk on Friday. Armenia's army said"
        " Azerbaijani troops opened fire first, killing one soldier."
    )
    record = read(coder, text)
    assert {party.country for party in told_at(record, "exchanged").actors} == {"ARM", "AZE"}
    assert {party.country for party in told_at(record, "opened").actors} == {"AZE"}


def test_a_strike_that_is_called_for_is_due_on_its_day(coder: Coder) -> None:
    text = "Togo's main opposition party called for a general strike on Wednesday and Thursday."
    (demand,) = read(coder, text).commitments
    assert demand.due is not None
    assert (demand.due.start, demand.due.end) == ("2026-06-10", "2026-06-11")


def test_who_is_promised_help_is_not_accused(coder: Coder) -> None:
    text = "The European Union condemned the incident and promised Benin 20 million euros."
    record = read(coder, text)
    (accused,) = (event for event in record.events if event.type == "ACCUSE")
    (promised,) = (event for event in record.events if event.type == "AGREE")
    assert not accused.recipients
    assert [party.country for party in promised.recipients] == ["BEN"]
