"""What the words of a story commit somebody to, and what only sounds like it.

Stories are written for these tests; nobody said any of it.
"""

from __future__ import annotations

import pytest

from commitments_help import bonds, coded, names

NOISE = [
    ('"I would tell them that I am sorry," the Polish minister said.', "promise"),
    ('"We will win this election," Norway\'s prime minister said.', "promise"),
    ("Norway said it would have struck back.", "promise"),
    ("Poland turned down the offer, arguing that it would amount to surrender.", "promise"),
    ('"We need leaders who will stand up to Poland," Norway\'s minister said.', "promise"),
    ("Poland agreed that the talks were useful.", "agreement"),
    ("Poland promised that all was well.", "promise"),
    ("Norway needs the port if it ever intends to return.", "plan"),
    ("Poland's president seeks their approval.", "demand"),
    ("Poland's foreign ministry expects its minister to have a hard day in Oslo.", "demand"),
    ("Poland's president offered himself as a mediator.", "offer"),
    ("A wife must turn 21 to live with a Polish man, Norway's minister said.", "demand"),
    ("Everyone should hear this, Norway's minister said.", "demand"),
    ("Poland warned that Norway was putting the fishermen at risk.", "threat"),
    ("The minister spoke at the Democratic National Convention.", "agreement"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), NOISE)
def test_is_noise(text: str, kind: str) -> None:
    assert [item.text for item in bonds(text, kind)] == []


HELD = [
    ("The Polish president pleaded with Norway to halt the attack.", "demand", "halt the attack"),
    ("Norway's decision to pull troops out of Mali came late.", "plan", "pull troops out"),
    ("Norway warned Poland against sending troops.", "demand", "sending troops"),
    ("Norway warned Poland not to send troops.", "demand", "not to send troops"),
    ("Poland vowed to strike the port.", "threat", "strike the port"),
    ("Norway said it would not attack the port.", "promise", "not attack"),
    ("Norway's minister said there would be no attack on the port.", "promise", "no attack"),
    ('"We will continue to arm the rebels," Norway\'s minister said.', "promise", "arm the rebels"),
    ("Norwegian troops would remain in the port, Norway's minister said.", "promise", "remain"),
    ("Norway and Poland will attempt to reach a deal in Oslo.", "plan", "reach a deal"),
    ("The zone will be in place by 30 December, Poland and Norway agreed.", "agreement", "place"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "words"), HELD)
def test_is_kept(text: str, kind: str, words: str) -> None:
    assert [item for item in bonds(text, kind) if words in item.text]


def test_i_would_ask_is_a_demand_on_whom_one_asks() -> None:
    text = '"I would ask the Polish government not to close the port, and if it is shut, to open it," Norway\'s minister said.'
    [demand] = bonds(text, "demand")
    assert "Poland" in names(coded(text), demand.to)
    assert bonds(text, "promise") == []


def test_who_should_be_tried_is_not_asked_for_it() -> None:
    [demand] = bonds("The Polish rebels should be tried, Norway's minister said.", "demand")
    assert demand.to == ()


def test_an_agreement_in_passing_takes_no_bystander() -> None:
    text = "Poland's president spoke of Norway as he criticised the Iran nuclear deal."
    [deal] = bonds(text, "agreement")
    assert names(coded(text), deal.by) <= {"Iran"}


def test_the_parts_of_an_agreement_are_its_parties() -> None:
    text = (
        "Poland and Norway agreed on a ceasefire on Wednesday. "
        "Heavy guns will be withdrawn from the port by 30 December."
    )
    [part] = bonds(text, "plan")
    assert names(coded(text), part.by) == {"Poland", "Norway"}
    assert part.due is not None and part.due.end == "2021-12-30"


def test_the_sides_that_agreed_are_those_of_the_deal() -> None:
    text = (
        "Poland and Norway agreed on a ceasefire on Wednesday. "
        "The Polish president said the sides had agreed to open the roads by 30 December."
    )
    found = [item for item in bonds(text, "agreement") if "open the roads" in item.text]
    assert len(found) == 1
    assert names(coded(text), found[0].by) >= {"Poland", "Norway"}


def test_his_plan_is_the_one_who_signals_it() -> None:
    text = (
        "After a call with the Norwegian president, Jonas Holm, the Polish president signalled his "
        "intention to leave the pact."
    )
    [plan] = bonds(text, "plan")
    assert "Poland" in names(coded(text), plan.by)


def test_what_is_said_ends_with_the_quotation() -> None:
    text = '"Norway is committed to working with Poland," said Jonas Holm, the prime minister.'
    [promise] = bonds(text, "promise")
    assert promise.text.strip() == "working with Poland"


def test_meeting_somebody_keeps_no_promise() -> None:
    text = "Poland promised to free the envoys of Norway. Norway's minister met the envoys."
    [promise] = bonds(text, "promise")
    assert promise.status == "promised"


def test_meeting_a_demand_does() -> None:
    text = "Poland demanded that Norway free the sailors. Norway met the demand on Monday."
    [demand] = bonds(text, "demand")
    assert demand.status == "met"


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Norway will close the port if the talks fail.", "if the talks fail"),
        ("Norway will hold talks in Oslo, but Poland will close the port if they fail.", None),
    ],
)
def test_a_condition_belongs_to_its_own_clause(text: str, held: str | None) -> None:
    found = bonds(text, "plan")
    assert found[0].condition == held
