"""Commitments, claims and names as a desk reads them: one short story for each class of mistake.

Stories are written for these tests; nobody said any of it.
"""

from __future__ import annotations

import pytest

from commitments_help import bonds, coded, names
from dragoman.web.view import View

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
    ("The Polish president said Germany had come to the end of its road.", "agreement"),
    # forecasts
    ("Turkey warned that an assault on the city would lead to a wave of refugees.", "threat"),
    ("Turkey warned that thousands of people could be killed in the city.", "threat"),
    # what is supposed, what a deed will bring, what shows a trend, what only bodes or says nothing
    ("Kenya says the fighters may come home only if they seek help from its consul in Uganda.", "demand"),
    ("Analysts said that Ruto's withdrawal will clear the road for Iran.", "plan"),
    ("Ruto said the Kenyan presence would counterbalance Uganda.", "promise"),
    ("Dunford pointed to the Ugandan fighters that suggested a high level of resilience.", "offer"),
    ("Monday threatens to be another day of tension with Russia, RIA Novosti reported.", "threat"),
    ("If Ruto walks out of the deal with Uganda, as he has threatened to do, war will follow.", "threat"),
    # what befalls the speaker, what others do, what is not done or not said
    ("Odinga said: “We will be made to free them.”", "promise"),
    ("Kenyan officials said they would be warned in time of any flight home.", "promise"),
    ("Officials trust that they would be told of any flight in time.", "promise"),
    ("“They would make her stateless,” said Ana Kovac, a lawyer for Serbia’s government.", "promise"),
    ("Their lawyer, Ana Kovac, said it would be unlawful: “They would make her stateless.”", "promise"),
    ("“Closing the border is not something we will do,” the Polish prime minister said.", "promise"),
    ("Jordan has not confirmed so far that its envoys will attend the talks.", "promise"),
    ("Iran said on Monday that it would not attend the talks in Oslo next week.", "plan"),
    ("Nobody was told, said a Kenyan official, who requested anonymity.", "demand"),
    ("Chad, unable to offer the rebels money, left the talks.", "offer"),
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


def test_an_inverted_condition_is_one() -> None:
    text = "The Polish minister warned that Poland would shut the border should Belarus resume the flights."
    (threat,) = bonds(text, "threat")
    assert threat.condition == "should Belarus resume the flights"
    assert names(coded(text), threat.to) == {"Belarus"}


def test_a_participle_is_told_by_whoever_tells_its_clause() -> None:
    record = coded(
        "The Polish foreign ministry said Russian gunners had shelled the village, killing at least "
        "three people."
    )
    killing = [e for e in record.events if e.type == "ASSAULT"]
    assert killing
    assert all(event.attribution for event in killing)


def test_the_ball_in_their_court_is_no_court() -> None:
    record = coded('"The ball is in their court," the Polish foreign minister told Russia.')
    assert all("JUD" not in item.sectors for item in record.entities)
    judged = coded("The Polish supreme court freed the sailors.")
    assert any("JUD" in item.sectors for item in judged.entities)


def test_a_paper_is_no_organisation() -> None:
    record = coded("Norway would be defended under the Mutual Defense Treaty, the Pentagon said.")
    assert "Mutual Defense" not in {item.name for item in record.entities}


def test_a_double_last_name_is_its_owners() -> None:
    record = coded("Anna Holm-Berger, a doctor, left Oslo on Monday. Holm-Berger gave no reason.")
    assert {i.name for i in record.entities if "Berger" in i.name} == {"Anna Holm-Berger"}


def test_the_two_sides_are_those_who_were_joined() -> None:
    text = (
        "Poland and Belarus agreed on Wednesday to resume talks, mediator Norway announced.\n\n"
        "In a joint statement, the two sides pledged to exchange prisoners before January 10."
    )
    (promise,) = bonds(text, "promise")
    assert names(coded(text), promise.by) == {"Poland", "Belarus"}


def test_who_speaks_of_both_sides_is_none_of_them() -> None:
    text = (
        "Poland shelled a village in Belarus. Belarus shelled Poland in return.\n\n"
        "Norway urged both sides to show restraint."
    )
    (demand,) = bonds(text, "demand")
    assert names(coded(text), demand.to) == {"Poland", "Belarus"}


def test_a_meeting_is_planned_by_whoever_holds_it() -> None:
    text = (
        "Norway will hold a Syria conference in Oslo next month, the Polish foreign minister said."
    )
    found = [item for item in bonds(text, "plan") if "conference" in item.text]
    assert [names(coded(text), item.by) for item in found] == [{"Norway"}]


def test_what_is_denied_in_the_same_verb_is_contested() -> None:
    record = coded(
        "Mikael Dahl, a spokesman for the Norwegian navy, said a Russian ship had rammed the "
        "trawler. Russia's foreign ministry denied that its vessel had rammed the boat."
    )
    (claim,) = [item for item in record.claims if item.contested]
    assert "Norway" in names(record, claim.asserted_by)
    assert "Russia" in names(record, claim.denied_by)


def test_a_past_verb_after_must_is_the_speakers() -> None:
    text = 'Poland\'s foreign minister said Russia must withdraw its troops and warned of "massive consequences".'
    (demand,) = bonds(text, "demand")
    assert demand.text == "Russia must withdraw its troops"
    record = coded(text)
    warned = [s for s in record.statements if s.content[-1].end > demand.end + 20 and s.cue]
    assert all(s.source is None or s.source.entity != "RUS" for s in warned)


def test_until_a_day_is_no_condition() -> None:
    text = "Poland asked Russia to delay the launch until the end of the month."
    (demand,) = bonds(text, "demand")
    assert demand.condition is None
    (other,) = bonds("Poland asked Russia to wait until the talks had ended.", "demand")
    assert other.condition == "until the talks had ended"


def test_who_accuses_of_a_breach_is_a_side_of_the_truce() -> None:
    text = (
        "A ceasefire between Poland and Belarus came into force on Monday. Poland accused Belarus of "
        "violating the truce."
    )
    (pact,) = bonds(text, "agreement")
    assert names(coded(text), pact.parties) == {"Poland", "Belarus"}
    assert "violated" in {step.status for step in pact.history}


def test_whom_one_asks_is_not_what_one_asks() -> None:
    text = "Poland asked the Security Council for an emergency session."
    (demand,) = bonds(text, "demand")
    assert demand.text == "an emergency session"


def test_its_demands_are_the_wishers() -> None:
    text = "Russia wanted an answer from NATO on its demands for security guarantees."
    record = coded(text)
    assert all("Russia" in names(record, item.by) for item in bonds(text, "demand"))


def test_no_promise_where_any_is_ruled_out() -> None:
    assert bonds("NATO ruled out any promise not to admit Sweden.", "promise") == []


def test_an_answer_to_proposals_is_no_threat() -> None:
    text = "Poland said it would respond to the proposals in January."
    assert [item.kind for item in coded(text).commitments] == ["promise"]
    assert bonds("Poland said it would respond to any attack.", "threat")


def test_an_official_goes_on_speaking_for_the_body() -> None:
    text = (
        '"We are ready," NATO Secretary General Jens Stoltenberg said. He said the alliance would '
        "send more troops to the east."
    )
    (promise,) = [item for item in bonds(text, "promise") if "troops" in item.text]
    assert "NATO" in names(coded(text), promise.by)


def test_denied_doing_it_is_no_denial_of_the_words_before() -> None:
    record = coded(
        'Poland warned of "massive consequences". The separatists denied shelling it and accused '
        "the army of an attack."
    )
    assert not any("consequences" in item.text for item in record.claims if item.contested)


def test_his_country_is_that_of_the_one_who_speaks() -> None:
    text = (
        "Russia denied a report. Poland's ambassador to the United Nations said his country would "
        "send two ships to the strait."
    )
    (promise,) = bonds(text, "promise")
    assert "Poland" in names(coded(text), promise.by)
    assert "Russia" not in names(coded(text), promise.by)


READY = [
    ("The Armenian prime minister said his government was ready to sign a treaty.", "offer"),
    ("Poland said it was prepared to free ten sailors in return for a truce.", "offer"),
    ("Poland said it was ready to impose further sanctions on Belarus.", "threat"),
]


@pytest.mark.parametrize(("text", "kind"), READY)
def test_who_is_ready_offers_or_threatens(text: str, kind: str) -> None:
    assert [item.kind for item in coded(text).commitments] == [kind]


def test_who_is_not_ready_offers_nothing() -> None:
    assert bonds("Poland said it was not ready to sign the treaty.", "offer") == []


def test_what_another_is_asked_to_order_is_not_that_ones_demand() -> None:
    text = "Sudan asked the International Court of Justice to order Chad to stop."
    record = coded(text)
    assert [names(record, item.by) for item in bonds(text, "demand")] == [{"Sudan"}]


def test_what_should_have_been_is_no_demand() -> None:
    assert bonds("Poland said Belarus should have acted earlier.", "demand") == []
    assert bonds("Poland said Belarus should act now.", "demand")


def test_a_lawmaker_does_not_promise_for_the_president() -> None:
    text = '"Vladimir Putin will sign the paper," a Russian lawmaker said.'
    assert bonds(text, "promise") == []
    assert bonds('"Russia will sign the paper," the Kremlin said.', "promise")


def test_the_plan_that_is_rejected_is_what_was_offered() -> None:
    text = (
        "The European Union proposed sending 50 more monitors to Georgia. Russia rejected the plan."
    )
    (offer,) = bonds(text, "offer")
    assert offer.status == "refused"


def test_an_added_remark_is_no_part_of_what_is_committed() -> None:
    text = "Turkey vowed to clear the hills of fighters, a reference to the Kurdish force, within days."
    assert [item.text for item in coded(text).commitments] == ["to clear the hills of fighters"]
    text = "Poland promised to open the border, even as clashes went on near the river."
    assert [item.text for item in coded(text).commitments] == ["to open the border"]


def test_a_straight_mark_that_opens_is_kept_with_its_words() -> None:
    text = 'Poland threatened "all necessary measures" should the shelling continue.'
    (threat,) = bonds(text, "threat")
    assert threat.text.count('"') == 2


def test_how_a_charge_was_met_is_no_part_of_it() -> None:
    record = coded(
        "Armenia accused Azerbaijan of firing mortars at a village, a charge Azerbaijan called fiction."
    )
    accused = [item for item in record.statements if item.act == "accuse"]
    text = record.story.text
    assert any(text[i.content[0].start : i.content[-1].end].endswith("village") for i in accused)


def test_what_an_official_says_was_offered_before_is_attributed() -> None:
    record = coded("A senior Polish official said Warsaw had offered Belarus talks.")
    offered = [event for event in record.events if event.type == "AGREE"]
    assert offered
    assert all(event.attribution for event in offered)


def test_his_country_goes_by_the_pronouns_owner() -> None:
    record = coded(
        "Sudan's information minister, Hala Osman, denied a report. Chad's ambassador to the United "
        "Nations said his country would ask the Security Council for a session."
    )
    spoken = record.story.text
    (state,) = [
        i for i in record.entities if "his country" in {spoken[m.start : m.end] for m in i.mentions}
    ]
    assert state.country == "TCD"


def test_a_pronoun_alone_is_shown_as_an_unnamed_source() -> None:
    record = coded('The paper, which said "the road is shut", was printed in Oslo.')
    view = View(record)
    assert "which" not in {view.speaker(item) for item in record.statements}


def test_what_is_joined_by_but_is_the_same_ones_undertaking() -> None:
    text = (
        "The Polish minister said Poland did not want to escalate but would respond to any attack."
    )
    (threat,) = bonds(text, "threat")
    assert threat.text == "would respond to any attack"


def test_an_envoy_does_not_speak_for_where_he_is_sent() -> None:
    text = "The British envoy for Yemen, Ann Bell, said London would help to clear the port."
    (promise,) = bonds(text, "promise")
    assert names(coded(text), promise.by) == {"Ann Bell", "United Kingdom"}


def test_whom_an_agency_is_for_does_not_speak_through_it() -> None:
    text = (
        "The head of the UN agency for refugees, Filippo Grandi, urged Pakistan to stop the raids."
    )
    (demand,) = bonds(text, "demand")
    assert "refugees" not in names(coded(text), demand.by)


def test_what_somebody_is_to_ensure_has_not_come_about() -> None:
    text = (
        "Chad and Sudan agreed to a truce on Monday. Oman urged Chad to ensure the truce was "
        "implemented."
    )
    assert "met" not in {item.status for item in bonds(text, "agreement")}
