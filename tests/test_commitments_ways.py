"""One commitment said in many ways: passive, answered without its name, owned by an adjective.

Stories are written for these tests; nobody said any of it.
"""

from __future__ import annotations

import pytest

from commitments_help import DAY, bonds, coded, names

# Text, kind, whose it is, toward whom ("-" where nobody is), the status that the story leaves it in.
TOLD = [
    ("Poland has withdrawn its ultimatum to Norway.", "demand", "Poland", "Norway", "withdrawn"),
    (
        "Poland dropped a similar ultimatum in June after talks with Norway.",
        "demand",
        "Poland",
        "-",
        "withdrawn",
    ),
    (
        "Poland suspended its ferry accord with Norway on Monday.",
        "agreement",
        "Poland",
        "-",
        "withdrawn",
    ),
    (
        "Poland has suspended the accord on simplified transit of Norwegian ships.",
        "agreement",
        "Poland",
        "-",
        "withdrawn",
    ),
    (
        "Poland has closed its ports until Norway hands over the smugglers.",
        "demand",
        "Poland",
        "Norway",
        "demanded",
    ),
    (
        "Norway suspended its mediation until both sides return to the table.",
        "demand",
        "Norway",
        "-",
        "demanded",
    ),
    (
        "Power would be cut unless the bill was paid, Chad said, reading out a letter that it had received from Togo.",
        "threat",
        "Togo",
        "Chad",
        "threatened",
    ),
    (
        "Togo warned Chad that its power would be shut off unless the bill was settled.",
        "threat",
        "Togo",
        "Chad",
        "threatened",
    ),
    (
        "Deliveries of oil to Chad will be halted unless its debts are settled, the Togolese government said.",
        "threat",
        "Togo",
        "Chad",
        "threatened",
    ),
    (
        "A Togolese spokesman said deliveries would end if Chad did not pay by Friday.",
        "threat",
        "Togo",
        "Chad",
        "threatened",
    ),
    (
        "Norway rejected a proposal by Poland that it withdraw its patrol boats from the bay.",
        "demand",
        "Poland",
        "Norway",
        "refused",
    ),
    (
        "Poland proposed that Norway release the crew. Norway turned down the proposal.",
        "demand",
        "Poland",
        "Norway",
        "refused",
    ),
    ("Poland proposed that Norway host the fair.", "offer", "Poland", "Norway", "offered"),
    ("Poland proposed that both sides free their sailors.", "offer", "Poland", "-", "offered"),
    (
        "Poland will free the crew if Norway lifts its fees, its minister said. Norway turned down the offer.",
        "offer",
        "Poland",
        "Norway",
        "refused",
    ),
    (
        "Poland said it would free the crew if Norway lifted its fees, a proposal Norway rejected.",
        "offer",
        "Poland",
        "Norway",
        "refused",
    ),
    (
        "Norway has accepted a proposal by Poland to prolong the truce until May.",
        "offer",
        "Poland",
        "Norway",
        "agreed",
    ),
    (
        "Poland threatened to bomb Norway if it sank more boats. Poland withdrew a similar ultimatum in May.",
        "threat",
        "Poland",
        "Norway",
        "threatened",
    ),
    ("Norway was told by Poland to withdraw its ships.", "demand", "Poland", "Norway", "demanded"),
    ("Poland said it would not let the raid go unpunished.", "threat", "Poland", "-", "threatened"),
    ("Norway has been urged by Poland to leave.", "demand", "Poland", "Norway", "demanded"),
    ("Poland called for Norway to withdraw its ships.", "demand", "Poland", "Norway", "demanded"),
    (
        "Poland repeated its demand for Norway to free its sailors.",
        "demand",
        "Poland",
        "Norway",
        "demanded",
    ),
    ("Poland insists that Norway release the crew.", "demand", "Poland", "Norway", "demanded"),
    (
        "Poland demanded that Norway withdraw its ships. Norway refused.",
        "demand",
        "Poland",
        "Norway",
        "refused",
    ),
    (
        "Poland called on Norway to withdraw its ships, a demand Norway rejected.",
        "demand",
        "Poland",
        "Norway",
        "refused",
    ),
    (
        "Poland asked Norway to withdraw its ships, and Norway agreed.",
        "demand",
        "Poland",
        "Norway",
        "agreed",
    ),
    ("Norway was offered a truce by Poland.", "offer", "Poland", "Norway", "offered"),
    (
        "Poland offered Norway a truce, but Norway turned it down.",
        "offer",
        "Poland",
        "Norway",
        "refused",
    ),
    (
        "Poland offered Norway a truce on Monday. Norway accepted it on Tuesday.",
        "offer",
        "Poland",
        "Norway",
        "agreed",
    ),
    ("Norway spurned a Polish offer of talks.", "offer", "Poland", "Norway", "refused"),
    ("Poland says it is ready for talks with Norway.", "offer", "Poland", "Norway", "offered"),
    ("Poland said it stood ready to mediate.", "offer", "Poland", "-", "offered"),
    (
        "Poland failed to keep its promise to free the crew.",
        "promise",
        "Poland",
        "-",
        "violated",
    ),
    (
        "Poland has not kept its promise to free the crew.",
        "promise",
        "Poland",
        "-",
        "violated",
    ),
    (
        "Poland went back on its promise to free the crew.",
        "promise",
        "Poland",
        "-",
        "violated",
    ),
    (
        "Norway says Poland has broken its promise to free the crew.",
        "promise",
        "Poland",
        "-",
        "violated",
    ),
    (
        "Poland promised to free the crew by Friday but failed to do so.",
        "promise",
        "Poland",
        "-",
        "violated",
    ),
    (
        "Poland carried out its threat to close the border.",
        "threat",
        "Poland",
        "-",
        "met",
    ),
    (
        "Poland warned Norway of serious consequences if it did not withdraw.",
        "threat",
        "Poland",
        "Norway",
        "threatened",
    ),
    ("Under the deal, Poland will free ten sailors.", "plan", "Poland", "-", "planned"),
    ("Poland pulled out of its peace deal with Norway.", "agreement", "Poland", "-", "withdrawn"),
    (
        "The Togolese minister, Ama Tolli, had warned Chad on Sunday that Lome would shut the port unless the shelling "
        "stopped within a week.",
        "threat",
        "Ama Tolli",
        "Chad",
        "threatened",
    ),
    (
        "Chad will review the visas of Togolese officials and will close the bridge if Togo persists, its foreign "
        "ministry said.",
        "threat",
        "Chad",
        "Togo",
        "threatened",
    ),
    (
        "In Lome, spokeswoman Ama Tolli of the Togolese foreign ministry said the move would not go unanswered.",
        "threat",
        "Ama Tolli",
        "-",
        "threatened",
    ),
    (
        "Norway obtained from Chad and Togo a promise not to mine the river.",
        "promise",
        "Chad",
        "-",
        "promised",
    ),
    (
        "Norway urged Chad to free the crew. Chad has refused to take calls from Norway.",
        "demand",
        "Norway",
        "Chad",
        "demanded",
    ),
]


@pytest.mark.parametrize(("text", "kind", "by", "to", "status"), TOLD)
def test_it_is_one_commitment_however_it_is_said(
    text: str, kind: str, by: str, to: str, status: str
) -> None:
    (found,) = bonds(text, kind)
    assert by in names(coded(text), found.by)
    assert names(coded(text), found.to) == ({to} if to != "-" else set())
    assert found.status == status


NONE = [
    (
        "Oil supplies to Chad will be halted unless its debts are paid, Chad's government said.",
        "threat",
    ),
    ("The road will be closed unless the snow melts, Polish police said.", "threat"),
    ("Poland has not withdrawn its ultimatum to Norway.", "demand"),
    ("Poland closed the bridge until the floods recede.", "demand"),
    ("Poland suspended the flights until Norway had paid.", "demand"),
    ("Poland denied threatening to bomb Norway.", "threat"),
    ("Poland denied that it had promised Norway a loan.", "promise"),
    ("Poland insists that Norway attacked first.", "demand"),
    ("Poland insists that its soldiers never left.", "demand"),
    ("Under the proposed deal, Poland will free ten sailors.", "plan"),
]


@pytest.mark.parametrize(("text", "kind"), NONE)
def test_it_is_no_commitment(text: str, kind: str) -> None:
    assert bonds(text, kind) == []


@pytest.mark.parametrize(
    ("text", "words", "end"),
    [
        ("Poland gave the Norwegian envoy three days to leave.", "three days", "2021-12-26"),
        ("Poland gave three days to leave to the Norwegian envoy.", "three days", "2021-12-26"),
        ("On Monday Poland gave Norway's sailors 72 hours to go home.", "72 hours", "2021-12-23"),
        ("Norway's sailors were given a week to leave by Poland.", "a week", "2021-12-30"),
        ("Poland issued a 48-hour ultimatum to Norway to free the crew.", "48-hour", "2021-12-25"),
    ],
)
def test_a_stretch_of_time_granted_is_a_due_day(text: str, words: str, end: str) -> None:
    (demand,) = bonds(text, "demand")
    assert demand.due is not None and (demand.due.text, demand.due.end) == (words, end)
    assert {"Norway"} <= {
        e.name for k in demand.to if (e := coded(text).entity(k)) and e.kind == "state"
    }


def test_time_granted_under_a_condition_is_due_on_no_day() -> None:
    text = "Poland gave the Norwegian envoy 72 hours to leave should the sanctions be approved."
    (demand,) = bonds(text, "demand")
    assert demand.due is None and demand.condition == "should the sanctions be approved"


def test_both_acts_of_a_threat_are_told_and_whom_the_second_strikes() -> None:
    text = (
        "Poland said it would close its ports and expel Norwegian sailors if the fees were raised."
    )
    (threat,) = bonds(text, "threat")
    assert "close its ports" in threat.text and "expel Norwegian sailors" in threat.text
    assert (
        "Norway" in names(coded(text), threat.to) and threat.condition == "if the fees were raised"
    )


def test_a_time_in_the_clause_beside_is_not_its_due_day() -> None:
    text = "Poland called for a joint inquiry, and Norway has asked Chad to send its papers within ten days."
    first, second = bonds(text, "demand")
    assert first.due is None and second.due is not None


def test_an_act_if_the_other_refuses_is_a_threat() -> None:
    text = '"If Norway refuses, we will go to the court," Poland\'s foreign minister said.'
    assert [item.status for item in bonds(text, "threat")] == ["threatened"]


def test_a_condition_behind_what_was_agreed() -> None:
    text = (
        "Poland agreed on Monday to free the crew, but only on condition that Norway pay the fine."
    )
    (agreed,) = bonds(text, "agreement")
    assert agreed.condition == "on condition that Norway pay the fine"


def test_both_acts_of_a_promise_are_told() -> None:
    text = (
        "Poland promised to free the crew by the end of May and to report on the trial every week."
    )
    (promise,) = bonds(text, "promise")
    assert promise.text.startswith("to free the crew") and "to report on the trial" in promise.text


def test_who_has_not_been_asked_does_not_answer() -> None:
    text = "Poland offered Norway a truce. Chad refused."
    assert bonds(text, "offer")[0].status == "offered"


@pytest.mark.parametrize(
    ("text", "status", "to"),
    [
        ("The mediators offered a three-day pause in the fighting. The rebels accepted the pause.",
         "agreed", {"The rebels"}),
        ("The United Nations proposed a ceasefire in Hodeidah. The Houthis agreed to the proposal.",
         "agreed", {"Houthis"}),
        ("Qatar proposed a swap of prisoners. Ukraine said it had agreed to the mediator's proposal.",
         "agreed", {"Ukraine"}),
        ("Turkey proposed a safe zone in northern Syria. Washington agreed to the zone last week.",
         "agreed", {"United States"}),
        ("Kenya proposed a humanitarian pause in eastern Congo. M23 rejected the pause.",
         "refused", {"March 23 Movement"}),
        # Not accepted: who would accept under a condition, who did not agree.
        ("Armenia offered to free six soldiers. Azerbaijan said it would accept the offer if all were freed.",
         "offered", None),
        ("Egypt proposed a swap of detainees. Hamas did not agree to the proposal.", "offered", None),
    ],
)  # fmt: skip
def test_what_is_accepted_by_its_noun(text: str, status: str, to: set[str] | None) -> None:
    record = coded(text)
    offer = next(item for item in record.commitments if item.kind == "offer")
    assert offer.status == status
    assert to is None or names(record, offer.to) == to
    # "Agreed to the proposal" is the answer to the offer, and no agreement of its own.
    assert not any("proposal" in item.text for item in record.commitments)


def test_a_step_has_the_day_that_its_words_tell() -> None:
    record = coded("Egypt offered Hamas a 40-day truce. Hamas accepted the offer on Monday.")
    (offer,) = [item for item in record.commitments if item.kind == "offer"]
    assert [step.date for step in offer.history] == [DAY, "2021-12-20"]


def test_the_day_from_which_or_by_which_is_threatened_is_to_come() -> None:
    text = "Pakistan's TTP threatened attacks on courts from Monday."
    record = coded(text)
    (threat,) = [item for item in record.commitments if item.kind == "threat"]
    assert threat.due is not None and threat.due.start == "2021-12-27"
    assert [event.date.start for event in record.events if event.date] == [DAY]


@pytest.mark.parametrize(
    "text",
    [
        "Hamas will hand over three hostages on Saturday.",
        "The rebels are to hand over 20 soldiers to the Red Cross on Monday.",
        "Turkey will extradite two suspects to Iraq on Monday.",
    ],
)
def test_who_is_to_be_handed_over_is_planned(text: str) -> None:
    (plan,) = [item for item in coded(text).commitments if item.kind == "plan"]
    assert plan.due is not None and plan.due.start > DAY


@pytest.mark.parametrize(
    ("text", "kind", "by", "to", "status"),
    [
        # what others want of a party and it will not do is a demand refused, whoever made it
        ("Norway said it would not withdraw its ships from the bay.", "demand", "", "Norway", "refused"),
        ("Norway refused to attend the talks in Lima.", "demand", "", "Norway", "refused"),
        ("Norway's government said it would not take part in the dialogue.", "demand", "", "Norway", "refused"),
        ("Poland demanded that Norway withdraw its ships. Norway said it would not pull out.",
         "demand", "Poland", "Norway", "refused"),
        # what a party was told to do, though nobody says by whom
        ("The rebels were told to hand over their weapons by Friday.", "demand", "", "The rebels", "demanded"),
        ("Norway has been told to pay its debts.", "demand", "", "Norway", "demanded"),
        ("Norway was told to leave the bay by Poland.", "demand", "Poland", "Norway", "demanded"),
        # what nobody need fear is promised; what is promised in so many words, too
        ("Norway said it would not attack the port.", "promise", "Norway", "", "promised"),
        ("Norway said it would not pull out of the treaty.", "promise", "Norway", "", "promised"),
        ("Norway said it would not end its support for Poland.", "promise", "Norway", "", "promised"),
        ("Norway promised that it would not attend the summit.", "promise", "Norway", "", "promised"),
        ("Poland vowed not to expel the refugees.", "promise", "Poland", "", "promised"),
        # and under "unless" it threatens
        ("Norway said it would not release the crew unless Poland pays.",
         "threat", "Norway", "Poland", "threatened"),
    ],
)  # fmt: skip
def test_what_is_refused_is_not_promised(
    text: str, kind: str, by: str, to: str, status: str
) -> None:
    (item,) = coded(text).commitments
    assert (item.kind, item.status) == (kind, status)
    record = coded(text)
    assert by in names(record, item.by) or by == "" == "".join(item.by)
    assert to in names(record, item.to) or to == "" == "".join(item.to)


@pytest.mark.parametrize(
    "text",
    [
        "If Norway is told to leave, it will appeal.",
        "Norway has not been told to withdraw.",
        "The villagers were told to expect rain.",
        "Norway declined to comment.",
    ],
)
def test_nothing_is_demanded_of_who_is_told_nothing(text: str) -> None:
    assert [item for item in coded(text).commitments if item.kind == "demand"] == []
