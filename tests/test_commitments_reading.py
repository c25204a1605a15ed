"""Commitments, claims and names as a desk reads them: one short story for each class of mistake.

Stories are written for these tests; nobody said any of it.
"""

from __future__ import annotations

from functools import cache

import pytest

import dragoman
from dragoman.model import Commitment, Record, Story

DAY = "2021-12-23"


@cache
def coded(text: str, day: str = DAY) -> Record:
    return _coder().code(Story(text=text, published=day))


@cache
def _coder() -> dragoman.Coder:
    return dragoman.load()


def bonds(text: str, kind: str) -> list[Commitment]:
    """The commitments of one kind in a story."""
    return [item for item in coded(text).commitments if item.kind == kind]


def names(record: Record, ids: tuple[str, ...]) -> set[str]:
    return {item.name for key in ids if (item := record.entity(key)) is not None}


NONE_OF_THE_KIND = [
    # what is left open
    ("The Kremlin declined to say whether Russia would sign the paper.", "promise"),
    ("Poland will decide on Friday whether to send the tanks.", "plan"),
    # what stands in a condition
    ("Turkey threatened to close the strait unless Greece agreed to direct talks.", "agreement"),
    ("Poland warned that it would shut the border should Belarus resume the flights.", "demand"),
    # what nobody wants, what is wanted of no party, what says nothing
    ("It is a war that nobody wants and everybody is preparing for, said a Polish diplomat.", "demand"),
    ("All France wants to do is to leave.", "demand"),
    # what is no agreement
    ("The Polish president said Germany had reached the end of the road.", "agreement"),
    # forecasts
    ("Turkey warned that an assault on the city would lead to a wave of refugees.", "threat"),
    ("Turkey warned that thousands of people could be killed in the city.", "threat"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), NONE_OF_THE_KIND)
def test_is_no_commitment(text: str, kind: str) -> None:
    assert [item.text for item in bonds(text, kind)] == []


def test_a_threat_is_to_the_one_whose_act_is_its_condition() -> None:
    text = "The White House warned that the United States and its allies would respond if Russia attacked."
    (threat,) = bonds(text, "threat")
    assert names(coded(text), threat.to) == {"Russia"}
    assert "Russia attacked" in (threat.condition or "")


def test_countermeasures_are_threatened() -> None:
    text = '"If Poland goes on, Russia will take resolute countermeasures," the Kremlin said.'
    (threat,) = bonds(text, "threat")
    assert names(coded(text), threat.to) == {"Poland"}


def test_an_agreement_that_stands_has_no_condition() -> None:
    text = (
        "The United States said it would defend Norway under the 1949 Atlantic Treaty if "
        "its ships came under attack."
    )
    (pact,) = bonds(text, "agreement")
    assert (pact.name, pact.condition) == ("1949 Atlantic Treaty", None)


def test_agreed_on_a_day_is_agreed_to_do() -> None:
    text = "Poland and Belarus agreed on Wednesday to resume talks in Vienna next week."
    found = bonds(text, "agreement")
    assert [item.text for item in found] == ["to resume talks in Vienna next week"]


def test_a_name_beats_the_description_that_comes_first() -> None:
    record = coded("The defense minister, Anselm Grauer, left Berlin. Grauer gave no reason.")
    assert "Anselm Grauer" in {item.name for item in record.entities}
    assert "The defense minister" not in {item.name for item in record.entities}


def test_the_title_told_beats_the_dates_of_a_tenure() -> None:
    record = coded("Polish Foreign Minister Radosław Sikorski left Warsaw.", "2017-03-01")
    person = next(item for item in record.entities if "Sikorski" in item.name)
    assert person.sectors[:1] == ("GOV",)
    former = coded("Former Polish Foreign Minister Radosław Sikorski left Warsaw.", "2017-03-01")
    assert next(i for i in former.entities if "Sikorski" in i.name).sectors[:1] == ("ELI",)
