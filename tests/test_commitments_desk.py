"""What a crisis desk wants in its list of commitments and claims, and what it does not.

Stories are written for these tests; nobody said any of it.
"""

from __future__ import annotations

import pytest

from commitments_help import DAY, bonds, coded, names
from dragoman.coding import dates
from dragoman.coding.commitment_found import Found
from dragoman.coding.commitments import _not_itself
from dragoman.entities import EntityIndex
from dragoman.model import Entity, Span

NOISE = [
    ("The children can now get the care they need, the doctor said.", "demand"),
    ("The man, who is sought by the Polish police, left Warsaw.", "demand"),
    ("A mother in the camp said she would go home soon.", "promise"),
    ("Aid groups warned that thousands of children would go hungry in Sudan.", "threat"),
    ("The United Nations warned that many more villagers are likely to die.", "threat"),
    ("Poland warned that the militia will remain a danger to the region.", "threat"),
    ("Norway's president offered condolences to Poland.", "offer"),
    ("The Polish minister said he was optimistic about concluding a deal with Norway.", "agreement"),
    ("Poland's president hoped to sign an agreement with Norway.", "agreement"),
    ("Poland vowed to seek a ban on the flights.", "demand"),
    ("Poland gave the papers to Norway without seeking an assurance.", "demand"),
    ("The Polish government said it would not comment.", "promise"),
    ("Poland said demands for a pull-out were unreal.", "demand"),
    ("Poland offered no concessions to Norway.", "offer"),
    ("Poland demanded to know whether Norway would pay.", "demand"),
    ("Poland tried to extract a pledge from Norway to halt the flights.", "promise"),
    ("“There will be no running,” said Jan Zak. Ivo Sorel, a Polish leader, agreed.", "agreement"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), NOISE)
def test_is_noise(text: str, kind: str) -> None:
    assert [item.text for item in bonds(text, kind)] == []


THREATS = [
    ("Norway's unions threatened a walkout from January 9 if Poland closed the yards.", "a walkout from January 9"),
    ("The Polish army warned of a swift response to any raid by Norway.", "a swift response to any raid by Norway"),
    ("Poland promised retaliation.", "retaliation"),
    ("The Polish rebels warned that Norwegian tankers would become targets.", "that Norwegian tankers would become targets"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), THREATS)
def test_a_blow_that_is_announced_is_threatened(text: str, words: str) -> None:
    (threat,) = bonds(text, "threat")
    assert threat.text == words


@pytest.mark.parametrize(
    "text",
    [
        "Aid groups warned of a slow response to the floods in Poland.",
        "Poland warned of a hard winter.",
        "The mother warned that schools had become targets.",
    ],
)
def test_what_may_come_is_not_threatened(text: str) -> None:
    assert bonds(text, "threat") == []


DEMANDS = [
    ("Norway's opposition appealed to the Polish government for sanctions on its leaders.", "sanctions on its leaders"),
    ("Poland insisted that the raids must end first.", "that the raids must end first"),
    ("Norway insisted that the raids had ended.", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), DEMANDS)
def test_what_somebody_is_asked_for_or_must_do_is_demanded(text: str, words: str | None) -> None:
    assert [item.text for item in bonds(text, "demand")] == ([words] if words else [])


def test_what_a_state_will_give_is_a_plan() -> None:
    (plan,) = bonds("Norway will contribute 6 million euros to flood relief in Poland.", "plan")
    assert "Norway" in plan.text
    assert bonds("Rain will contribute to the floods in Poland.", "plan") == []


def test_accepting_a_truce_agrees_to_it() -> None:
    (bond,) = bonds("Poland and Norway accepted a truce brokered by Chile.", "agreement")
    assert bond.status == "agreed" and len(bond.by) == 2


def test_who_is_given_a_time_may_be_described_before_it() -> None:
    text = "Poland gave the officers who had ousted the king until Sunday to free him or face sanctions."
    (bond,) = bonds(text, "demand")
    assert bond.due is not None and bond.condition is None


SETTLED = [
    ("The presidents of Poland and Norway will meet in Oslo on Monday.", "2021-12-27"),
    ("Poland is to suspend the flights on Monday.", "2021-12-27"),
    ("Poland's president is due to visit Norway on January 5.", "2022-01-05"),
]


@pytest.mark.parametrize(("text", "day"), SETTLED)
def test_what_is_settled_is_a_plan_with_its_day(text: str, day: str) -> None:
    (plan,) = bonds(text, "plan")
    assert "Poland" in names(coded(text), plan.by) | {
        item.country for item in coded(text).entities if "POL" in item.country
    }
    assert plan.due is not None
    assert plan.due.start == day


def test_agreed_to_do_is_an_agreement() -> None:
    (found,) = bonds("Poland has agreed to free ten sailors.", "agreement")
    assert found.text == "to free ten sailors"


def test_a_promise_told_twice_is_one() -> None:
    text = (
        "Poland promised to withdraw its gunboats from the strait. The weather was bad. "
        "Poland promised to withdraw its gunboats."
    )
    assert len(bonds(text, "promise")) == 1
    other = "Poland promised to free two sailors. Poland promised to free ten sailors."
    assert len(bonds(other, "promise")) == 2


def test_going_to_binds_like_will() -> None:
    text = '"We are not going to shell the port," the Polish president said.'
    (promise,) = bonds(text, "promise")
    assert "Poland" in names(coded(text), promise.by)


def test_the_day_of_a_past_act_is_no_due_date() -> None:
    text = "Poland vowed to punish the gunmen who had fired at its ship on Sunday."
    assert [item.due for item in coded(text).commitments] == [None]


RANGES = [
    ("24-25 January", "2022-01-24", "2022-01-25"),
    ("from 3 to 7 January", "2022-01-03", "2022-01-07"),
    ("January 26-28", "2022-01-26", "2022-01-28"),
    ("29 December to 2 January", "2021-12-29", "2022-01-02"),
    ("3–7 May 2019", "2019-05-03", "2019-05-07"),
    ("between 2014 and 2016", "2014-01-01", "2016-12-31"),
]


@pytest.mark.parametrize(("words", "start", "end"), RANGES)
def test_a_range_of_days_is_read_whole(words: str, start: str, end: str) -> None:
    when = dates.resolve(words, DAY)
    assert when is not None
    assert (when.start, when.end) == (start, end)


def test_the_first_in_months_looks_back() -> None:
    (found,) = dates.find("the first talks in eight months", DAY)
    assert found[2].end == DAY


def sides(text: str) -> list[tuple[set[str], set[str]]]:
    record = coded(text)
    return [
        (names(record, c.asserted_by), names(record, c.denied_by))
        for c in record.claims
        if c.contested
    ]


def test_a_claim_that_is_disputed_has_whoever_made_it() -> None:
    text = "Poland declared that the strait is free of mines, but the claim was disputed by Norway."
    (asserted, denied), *_ = sides(text)
    assert "Poland" in asserted
    assert "Norway" in denied


def test_what_is_disowned_is_no_claim() -> None:
    text = "The Polish minister disavowed his ties to Norway."
    assert [item.text for item in coded(text).claims if item.denied_by] == []


def test_an_assessment_is_its_owners() -> None:
    text = "Norway's ministers contradicted Poland's assessment that the militia had been defeated."
    (asserted, denied), *_ = sides(text)
    assert "Poland" in asserted
    assert "Norway" in denied


def test_a_truce_that_is_agreed_broken_and_disputed_is_one() -> None:
    text = (
        "Poland and Belarus agreed on a ceasefire on Monday. On Tuesday Poland accused Belarus of "
        "violating the ceasefire. Belarus denied that it had broken the truce and said it was "
        "observing the ceasefire."
    )
    (pact,) = bonds(text, "agreement")
    assert pact.status == "disputed"
    ((asserted, denied),) = sides(text)
    assert (asserted, denied) == ({"Poland"}, {"Belarus"})


ULTIMATUMS = [
    ("Poland gave Norway until Friday to leave the port.", "demand", "to leave the port"),
    ("Poland has given Norway 48 hours to withdraw its troops.", "demand", "withdraw its troops"),
    ("Poland threatened Norway with sanctions.", "threat", "sanctions"),
    ("Norway was threatened with sanctions by Poland.", "threat", "sanctions"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "words"), ULTIMATUMS)
def test_the_other_party_is_the_object(text: str, kind: str, words: str) -> None:
    (found,) = bonds(text, kind)
    assert words in found.text
    assert names(coded(text), found.by) == {"Poland"}
    assert names(coded(text), found.to) == {"Norway"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Poland gave Norway a day of rain.", "demand"),
        ("Poland did not give Norway until Friday to leave.", "demand"),
        ("The minister of Poland would not threaten Norway with sanctions.", "threat"),
        ('"If Norway helps, we will open the port," Poland\'s minister said.', "threat"),
        ('"If Norway pays, we will not close the port," Poland\'s minister said.', "threat"),
    ],
)
def test_no_ultimatum(text: str, kind: str) -> None:
    assert bonds(text, kind) == []


def test_a_hindrance_under_a_condition_is_threatened() -> None:
    text = '"If Norway does not leave, we will close the port," Poland\'s minister said.'
    (found,) = bonds(text, "threat")
    assert "close the port" in found.text


def test_the_time_that_is_given_is_the_due_date_and_no_condition() -> None:
    (found,) = bonds("Poland gave Norway until Friday to leave the port.", "demand")
    assert found.due is not None and found.due.text == "until Friday"
    assert found.condition is None


def test_a_quotation_in_a_condition_stays_whole() -> None:
    text = 'Poland threatened to close the port unless Norway left its "club of friends".'
    (found,) = bonds(text, "threat")
    assert found.condition == 'unless Norway left its "club of friends"'


def test_what_is_to_expire_has_not_lapsed() -> None:
    text = "Poland and Norway signed a truce on Monday. The truce, which expires on May 18, holds."
    assert all(item.status != "lapsed" for item in bonds(text, "agreement"))


def test_a_demand_goes_to_who_is_to_meet_it() -> None:
    text = "Poland has demanded that Norway hand over Dara Moll, the leader of Boko Haram."
    record = coded(text)
    (found,) = [item for item in record.commitments if item.kind == "demand"]
    assert names(record, found.to) == {"Norway"}


def test_a_threat_is_to_those_at_whom_it_is_aimed() -> None:
    record = coded("Iran threatened to strike Israel on Monday.")
    (threat,) = [item for item in record.commitments if item.kind == "threat"]
    assert [one.name for one in record.entities if one.id in threat.to] == ["Israel"]


def test_a_condition_goes_on_behind_a_shortened_month() -> None:
    record = coded(
        "The rebels said they would attack unless Kenya withdraws by Oct. 5 from the town."
    )
    conditions = [item.condition for item in record.commitments]
    assert conditions == ["unless Kenya withdraws by Oct. 5 from the town"]


def test_a_promise_is_not_kept_once_it_is_kept() -> None:
    text = "Chad promised to withdraw its troops. Kenya will open the road once Chad fulfils its promise."
    statuses = {item.status for item in coded(text).commitments if item.kind == "promise"}
    assert "met" not in statuses


def test_a_truce_merely_named_was_not_agreed_on_the_day_of_the_story() -> None:
    (truce,) = coded("The ceasefire in Poland has held, the army said.").commitments
    assert [(step.status, step.date) for step in truce.history] == [
        ("agreed", None),
        ("in-force", DAY),
    ]


def test_who_is_told_beside_the_subject_plans_nothing() -> None:
    text = "Ruto and Museveni, who have armed the government and the rebels, will meet on Friday."
    (plan,) = bonds(text, "plan")
    assert "the rebels" not in names(coded(text), plan.by)


def test_the_time_in_a_condition_is_the_due_date() -> None:
    (threat,) = bonds(
        "Poland threatened to leave if Norway had not paid within 48 hours.", "threat"
    )
    assert threat.due is not None and threat.due.text == "within 48 hours"
    text = "Poland threatened to suspend the ceasefire if its men were not freed within 48 hours."
    assert [item.due for item in bonds(text, "agreement")] in ([], [None])


def test_who_is_shut_out_shuts_nobody_out() -> None:
    text = (
        "Poland warned that Poland would close the border with Norway unless Norway paid by Sunday."
    )
    assert {key for item in bonds(text, "threat") for key in item.by} == {"POL"}


def test_who_was_committed_is_bound_and_not_who_says_so() -> None:
    text = "Ruto insisted that Museveni was committed to a peace process."
    (promise,) = bonds(text, "promise")
    assert names(coded(text), promise.by) == {"Yoweri Museveni"}


@pytest.mark.parametrize(
    "text",
    [
        "Talks between Poland and Norway planned for Sunday will not go ahead, Oslo said.",
        "The talks planned for Sunday between Poland and Norway have been called off.",
        "Talks between Poland and Norway due to begin on Monday were cancelled.",
    ],
)
def test_talks_that_will_not_be_are_no_plan_that_stands(text: str) -> None:
    assert [(item.kind, item.status) for item in coded(text).commitments] == [("plan", "withdrawn")]


def test_a_phone_call_demands_nothing_and_what_is_under_a_condition_breaks_nothing() -> None:
    call = "Poland and Norway agreed in a phone call on Friday to resume border talks next week."
    assert not [item for item in coded(call).commitments if item.kind == "demand"]
    threat = coded("Poland threatened to close the border if the truce is broken again.")
    assert "violated" not in {item.status for item in threat.commitments}
    talks = coded("Poland met Norway. Talks between the two countries will resume on Wednesday.")
    assert len([item for item in talks.commitments if item.kind == "plan"]) == 1


def test_a_truce_in_headline_and_body_is_one() -> None:
    text = "Poland, Norway agree truce\n\nPoland and Norway agreed to a truce brokered by Chile. The truce will take effect on Monday."  # fmt: skip
    assert [item.kind for item in coded(text).commitments] == ["agreement"]
    both = coded("Poland and Norway agreed a truce mediated by Chile. Both sides vowed to free their captives.")  # fmt: skip
    assert {"POL", "NOR"} == set(next(k.by for k in both.commitments if k.kind == "promise"))


def test_both_who_are_urged_are_asked() -> None:
    (demand,) = bonds(
        "The African Union urged Chad and Sudan to pull their guns back from the wells and offered help.",
        "demand",
    )
    assert demand.to == ("TCD", "SDN") and demand.text.startswith("Chad and Sudan to pull")


def test_a_state_demands_nothing_of_its_own_soldiers() -> None:
    people = {
        "TCD": Entity("TCD", "Chad", "TCD", ("GOV",), "TCDGOV", kind="state"),
        "TCD-MIL": Entity("TCD-MIL", "its soldiers", "TCD", ("MIL",), "TCDMIL"),
        "fact": Entity("fact", "Rebels of Chad", "TCD", ("REB",), "TCDREB", kind="group"),
    }
    index = EntityIndex(people.values(), ())
    for kind, to in (("demand", ["fact"]), ("threat", ["fact"]), ("promise", ["TCD-MIL", "fact"])):
        found = Found(kind, "", ["TCD"], ["TCD-MIL", "fact"], Span(0, 1), 0)
        assert _not_itself(found, index) == to


def test_what_a_deal_lets_go_is_planned_and_a_question_plans_nothing() -> None:
    text = "Under the truce, Chad will free the nine guards by Friday. The African Union will send observers at Sudan's request, its chairman said."
    plans = bonds(text, "plan")
    assert plans[0].text == "Chad will free the nine guards by Friday"
    assert plans[1].text == "The African Union will send observers at Sudan's request"
    assert not bonds("Will Chad send its envoy back?\n\nNobody in the capital knew.", "plan")


def test_who_speaks_in_a_transcript_binds_himself() -> None:
    text = (
        "HOST: Minister, what now?\n\nDEBY: We demand an apology by Friday.\n\nHOST: And then?\n\n"
        "DEBY: If they refuse, we will close the border. We will bring the case to the United Nations."
    )
    record = coded(f"Interview with Chad's president Mahamat Deby.\n\n{text}")
    told = {(item.kind, item.text) for item in record.commitments}
    assert {("demand", "an apology"), ("threat", "we will close the border"),
            ("promise", "We will bring the case to the United Nations")} <= told  # fmt: skip
    assert all("TCD" in item.by for item in record.commitments)


def test_a_minister_binds_the_body_that_is_to_act() -> None:
    (promise,) = bonds("Kaja Kallas promised that the European Union would lift the sanctions on Chad within ten days.", "promise")  # fmt: skip
    assert "european-union" in promise.by
    assert "european-union" not in promise.to


def test_what_had_been_demanded_by_a_day_was_due_on_the_last_such_day() -> None:
    (demand,) = bonds("Chad, which had demanded the release of the pilots by 8 December, thanked Sudan.", "demand")  # fmt: skip
    assert demand.due is not None and demand.due.end == "2021-12-08"


ORDERED = [
    ("Norway's prime minister ordered a review of all contracts with Poland by 31 January.", "2022-01-31"),
    ("Poland's president ordered an inquiry.", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "due"), ORDERED)
def test_an_inquiry_is_ordered(text: str, due: str | None) -> None:
    (item,) = bonds(text, "demand")
    assert (item.due.end if item.due is not None else None) == due


def test_an_order_for_goods_is_no_demand() -> None:
    assert bonds("Poland's defence minister ordered 40 tanks in Norway.", "demand") == []


def test_what_would_otherwise_be_done_is_a_threat() -> None:
    text = "Poland gave Norway five days to remove the buoys, saying that its coast guard would otherwise cut them."
    (item,) = bonds(text, "threat")
    assert "otherwise" in item.text


def test_what_will_be_done_if_not_is_a_threat() -> None:
    text = "“If not, we will occupy the hall,” said Jan Zak of the Polish dockers' union."
    (item,) = bonds(text, "threat")
    assert item.condition == "If not"


def test_a_students_movement_can_threaten() -> None:
    assert bonds("The Polish student movement threatened to block the motorways.", "threat")
    assert not bonds("A Polish student threatened to leave the country.", "threat")


def test_what_is_only_offered_is_not_violated() -> None:
    text = (
        "President Lee, who has offered the North unconditional talks, spoke in Seoul. The opposition"
        " accused the government of hiding the breach of its network."
    )
    assert [item.status for item in bonds(text, "offer")] == ["offered"]


def test_a_leader_will_address_the_nation() -> None:
    text = "Poland's president cut short his trip and will address the nation on Saturday."
    (item,) = bonds(text, "plan")
    assert item.due is not None
    assert item.due.end == "2021-12-25"
