"""Commitments as newspapers tell them: who is asked, what is none, what became of each."""

from __future__ import annotations

import pytest

from commitments_help import bonds, coded, names

# Who stands in the words of a commitment, and is not the one it is made toward.
ASIDE = [
    ("Kenya's army chief offered to hand over any soldier named by a court.", "offer", "court"),
    ("Norway offered to let a Swiss panel inspect its ports.", "offer", "Swiss"),
    ("President Ruto vowed to take the case to the International Criminal Court.", "promise", "Court"),
    ("Chad insisted on deleting a passage critical of Libya.", "demand", "Libya"),
    ("The rebels demanded the punishment of commanders who had fled.", "demand", "commanders"),
    ("Togo's envoy demanded proof that Kofi Annan was alive.", "demand", "Annan"),
    ("Laos was pressing for a resolution naming China.", "demand", "China"),
    ("Kenya offered to free five of the divers.", "offer", "divers"),
    ("Mali warned of further measures if talks with the opposition do not start in May.", "threat", "opposition"),
    ("Uganda demanded justice, in a letter posted by her nephew Moses Okello.", "demand", "Okello"),
    ("Kenya's minister demanded an inquiry into Russian gold.", "demand", "Russia"),
    ("Chad called for the guns to be moved from the villages.", "demand", "villages"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "word"), ASIDE)
def test_who_is_only_spoken_of_is_not_asked(text: str, kind: str, word: str) -> None:
    (item,) = bonds(text, kind)
    assert not any(word in name for name in names(coded(text), item.to))


@pytest.mark.parametrize(
    ("text", "kind", "to"),
    [
        ("Ghana proposed to Togo to link a bank to the SWIFT system.", "offer", {"Togo"}),
        ("Kenya told Uganda to leave the island and threatened a blockade if it stayed.", "threat", {"Uganda"}),
        ("The rebels threatened to strike every town held by Mali.", "threat", {"Mali"}),
        ("Kenya offered to leave the island if Uganda paid.", "offer", {"Uganda"}),
    ],
)  # fmt: skip
def test_who_is_asked_or_threatened(text: str, kind: str, to: set[str]) -> None:
    (item,) = bonds(text, kind)
    assert to & names(coded(text), item.to) or not item.to
    assert names(coded(text), item.to) <= to


# Told as other words than the plain ones: kind, and what the content begins with.
TOLD = [
    ("Opposition parties called for the price of rice to be cut.", "demand", "the price of rice"),
    ("Kenya called for the camps to be emptied before winter.", "demand", "the camps to be emptied"),
    ("Norway's ministry handed Chad's envoy a note which asked that its boats stay in port.", "demand", "that its boats"),
    ("Uganda's president met both sides and gave them until May 5 to clear the road.", "demand", "to clear the road"),
    ("President Erdogan said he would open the dam if Brussels kept silent.", "threat", "he would open the dam"),
    ("The governor of Kenya's north threatened an answer.", "threat", "an answer"),
    ("Chad called on both to hold back and described the seizure as a mistake.", "demand", "both to hold back"),
    ("Mali asked the council to lift the embargo, a request backed by Togo.", "demand", "the council to lift"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "opening"), TOLD)
def test_is_told_in_other_words(text: str, kind: str, opening: str) -> None:
    texts = [item.text for item in bonds(text, kind)]
    assert any(told.removeprefix("to ").startswith(opening.removeprefix("to ")) for told in texts)
    assert not any("described" in told or "request" in told for told in texts)


NONE = [
    ("Norway defended its decision to send in the cavalry, which cleared the square.", "plan"),
    ("The gold was intended to buy deputies, the Ugandan minister said.", "plan"),
    ("Beijing is also negotiating with Hanoi over a new river treaty.", "agreement"),
    ("Kenya is negotiating with Uganda to reopen the ferry.", "agreement"),
    ("Chad expelled the consul for acts incompatible with the Vienna Convention.", "agreement"),
    ("She did not believe that new talks would help.", "plan"),
    ("The lawmaker asked whether the minister had sought their extradition.", "demand"),
    ("Oman had raised the readiness of its forces to protect the wells.", "offer"),
    ("There are aims that we want to reach, Kenya's president said.", "demand"),
    ("Putin told the deputies he believed Erdogan wanted the canal to be dug.", "demand"),
]


@pytest.mark.parametrize(("text", "kind"), NONE)
def test_binds_nobody(text: str, kind: str) -> None:
    assert not bonds(text, kind)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("“If the rebels have not gone by then,” Kenya's president warned, “we will drive them out”.",
         "If the rebels have not gone by then"),
        ("If the guards are not tried, Chad's foreign minister warned, his country will recall its envoy.",
         "If the guards are not tried"),
    ],
)  # fmt: skip
def test_a_speech_may_open_with_its_condition(text: str, condition: str) -> None:
    assert [item.condition for item in bonds(text, "threat")] == [condition]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Norway and Sweden, which have promised the mission $3 million, urged calm.", {"Norway", "Sweden"}),
        ("President Ruto spoke with his Somali colleague and pledged to send lorries, the Somali Radio Corporation said.",
         {"William Ruto"}),
    ],
)  # fmt: skip
def test_whose_promise_it_is(text: str, by: set[str]) -> None:
    (item,) = bonds(text, "promise")
    assert names(coded(text), item.by) == by


def test_who_blusters_if_another_stays_is_the_one_who_told_him_to_go() -> None:
    text = "Tehran has told Baghdad to disarm the groups and threatened a raid if it does not."
    (threat,) = bonds(text, "threat")
    assert names(coded(text), threat.by) == {"Iran"}


# What became of a commitment: its kind, and all its statuses.
ANSWERED = [
    ("Kenya asked NATO to escort its ships. NATO said it had no plans to do so.", "demand", "demanded refused"),
    ("Tariq Aziz had been asked by Iraqi officials to move to a hotel and had refused.", "demand", "demanded refused"),
    ("Chad offered to open its books. Japan did not take up the offer.", "offer", "offered refused"),
    ("Norway offered to host the talks, an idea which Uganda has rejected.", "offer", "offered refused"),
    ("Oman called for a national congress. Yemeni ministers rejected the idea.", "demand", "demanded refused"),
    ("Oman proposed a truce. Iraq said it would consider it. Qatar did not accept the idea.", "offer", "offered refused"),
    ("Guterres proposed that monitors be sent to the lake. Rwanda agreed. Burundi refused, and shut the pier.", "offer",
     "offered agreed refused"),
    ("Mali's leaders resisted calls from the African Union to hold a vote.", "demand", "demanded refused"),
    # Of another thing, or of nobody in particular.
    ("Kenya will send a nurse to Goma. Togo complained that pledges to share its maize had not been kept.", "plan", "planned"),
    ("Kenya promised to send a nurse. Togo said a neighbour that did not keep its promises deserved nothing.", "promise",
     "promised"),
    ("Egypt called for an immediate truce. It also expressed its rejection of any settlement of Gazans in Sinai.", "demand",
     "demanded"),
    ("Egypt called for restraint. Chad's minister has rejected what she terms rash words from abroad.", "demand", "demanded"),
    ("Peru asked Chile to buy its grapes. Chile's minister rejected the idea of a subsidy for salmon.", "demand", "demanded"),
    ("Libya's council proposed a meeting of the union, which has held no summit for decades.", "offer", "offered"),
    ("Kenya promised to recognise Somaliland, which broke away from Somalia in 1991.", "promise", "promised"),
    ("Turkey demanded that Libya halt the march. Its parliament ratified a motion on guns at Chad's request.", "demand",
     "demanded"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "statuses"), ANSWERED)
def test_what_became_of_it(text: str, kind: str, statuses: str) -> None:
    item = bonds(text, kind)[0]
    assert " ".join(dict.fromkeys(step.status for step in item.history)) == statuses


def test_a_pact_is_left_and_no_decree_of_one_who_serves_it_ends_it() -> None:
    (pact,) = bonds("Russia quit the Black Sea grain deal last month.", "agreement")
    assert pact.status == "withdrawn"
    text = (
        "Parliament suspended the decrees of the envoy, who holds office under the Dayton accords."
    )
    assert all(item.status == "agreed" for item in bonds(text, "agreement"))
    text = "Such a step is provided for in the UN resolution that ended the war."
    assert all(item.status == "agreed" for item in bonds(text, "agreement"))


@pytest.mark.parametrize(
    "text",
    [
        "Egypt signed a defence pact with Somalia this month.",
        "The rebel leader had signed a truce with Chad only six weeks before.",
    ],
)
def test_the_day_of_signing_is_no_due_day(text: str) -> None:
    assert [item.due for item in bonds(text, "agreement")] == [None]


def test_a_group_that_its_own_name_follows_is_no_other() -> None:
    text = "M23 took the port. The civic movement Filimbi demanded the departure of the mission."
    assert not any("March 23 Movement" in names(coded(text), x.by) for x in bonds(text, "demand"))


def test_time_to_answer_is_the_day_of_the_demand() -> None:
    text = "Chad demanded that Togo free its crew, and gave it until the end of the month to answer. Togo rejected the demand."
    (demand,) = bonds(text, "demand")
    assert (demand.status, demand.due and demand.due.end) == ("refused", "2021-12-31")


def test_a_reason_is_no_promise() -> None:
    text = "Rebels say the battle was a victory, because it will open the road to Goma."
    assert not bonds(text, "promise")


def test_who_tells_the_crowd_is_who_calls() -> None:
    text = "“He has sold our fields,” opposition leader Vitali Klitschko told the crowd, and called for early polls."
    assert [names(coded(text), item.by) for item in bonds(text, "demand")] == [{"Vitali Klitschko"}]
