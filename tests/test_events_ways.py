"""Ways in which news tells a deed, each with its type, parties and mode.

The sentences are written for these tests; nobody did any of it.
"""

from __future__ import annotations

import pytest

from dragoman.coder import Coder, load
from dragoman.model import Story
from events_help import row


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load()


@pytest.mark.parametrize(
    ("text", "right", "mode"),
    [
        # What is put on hold is given up where it was aimed at somebody, and broken off where it was shared.
        ("Kenya has put a Ugandan tax on hold after weeks of complaints.", "CONCEDE KEN > UGA", None),
        ("Kenya put talks with Uganda on hold.", "SANCTION KEN > UGA", "discontinue"),
        ("Oman accepted a ruling by a Chadian court over the wreck.", "CONCEDE OMN > TCD", None),
        ("Kenya has withdrawn its ultimatum to Uganda.", "CONCEDE KEN > UGA", None),
        # Hostages are taken, seized, and people taken hostage.
        ("Somali gunmen took hostages from a Kenyan village near the coast.", "ASSAULT SOM > KEN",
         "abduct"),
        ("Two Kenyan nurses were taken hostage by Somali gunmen.", "ASSAULT SOM > KEN", "abduct"),
        # Who walks out of prison was let go.
        ("The Kenyan opposition leader walked out of prison on Friday.", "RETREAT KEN > KEN",
         "release"),
        ("Kenya let two lorries of rice into Uganda through the northern crossing.",
         "RETREAT KEN > UGA", "access"),
        ("Rioters in Kampala, Uganda, set dozens of cars ablaze.", "PROTEST UGA >", "riot"),
        ("Protesters hurled bricks at Ugandan officers outside the station in Kampala.",
         "PROTEST UGA > UGA", "riot"),
        # Ships that are handed over are a gift, and troops that protect somebody are help.
        ("Kenya handed two patrol boats to Uganda.", "AID KEN > UGA", None),
        ("Ten Kenyan helicopters were handed to the Ugandan army.", "AID KEN > UGA", None),
        ("Kenya sent troops to protect Uganda's president during the mutiny.", "AID KEN > UGA", None),
        ("Kenyan rescuers pulled nine Ugandans from the rubble of a hotel.", "AID KEN > UGA", None),
        ("Kenyan police freed ten Ugandan women from traffickers in a raid on a farm.",
         "AID KEN > UGA", None),
        ("Kenya handed over 29 cartel bosses to Uganda.", "COOPERATE KEN > UGA", None),
        # A province in which people die is nobody's act.
        ("Police in Uganda say nine traders were killed in an ambush in Gulu district.",
         "ASSAULT  > UGA", None),
        # Who is dragged out and killed kills nobody, and police who charge with batons accuse nobody.
        ("A Kenyan trader was pulled from his car in Kampala and killed.", "ASSAULT  > KEN", None),
        ("Kenyan police charged the Ugandan marchers with batons.", "ASSAULT KEN > UGA",
         "crowd-control"),
        ("Kenya evacuated its embassy staff from Sudan.", "RETREAT KEN > SDN", "withdraw"),
        ("Kenyan gunmen slit the throats of nine Ugandan fishermen.", "ASSAULT KEN > UGA", "primitive"),
        # Each of two peoples before one noun takes part; an army's drone may strike at home.
        ("Kenya's minister telephoned his Ugandan and Sudanese counterparts.",
         "CONSULT KEN+SDN+UGA >", "phone"),
        ("An army drone of Ethiopia struck a lorry.", "ASSAULT ETH >", "drone"),
        # An arrest in absentia is a threat.
        ("A Kenyan court issued an arrest warrant in absentia for a Ugandan editor.",
         "THREATEN KEN > UGA", "arrest"),
        # What is to be given up is conceded in words, whoever sees it.
        ("Kenya will pull its troops out of Uganda, the ministry said.", "CONCEDE KEN > UGA future",
         None),
        ("Chad announced the withdrawal of its forces from Mali by the end of the year.",
         "CONCEDE TCD > MLI", None),
        # What is done no longer is refused, by the one to the other.
        ("Kenya will no longer send weapons to Uganda, its president said.", "REJECT KEN > UGA",
         "assist"),
        ("Kenya said it would no longer host the Ugandan envoy.", "REJECT KEN > UGA", None),
        # Two states before one noun are two parties; so are both of an agreement between them.
        ("Kenyan and Ugandan coastguards staged a joint drill off Mombasa.", "COOPERATE KEN+UGA >",
         None),
        ("An agreement between Kenya and Uganda on access to the lake was struck in Muscat.",
         "AGREE KEN+UGA >", None),
        ("Kenya's minister met his counterpart from Uganda in Muscat on Monday.",
         "CONSULT KEN+UGA >", None),
        ("Kenya lodged a diplomatic protest against Uganda over the use of flares.",
         "ACCUSE KEN > UGA", "disapprove"),
        # A plural at the head of a sentence is known as well.
        ("Kenya has had a hard year. Ministers scrapped a pension reform on Tuesday.",
         "CONCEDE KEN > KEN", None),
        # Elections are free, and nobody is to be freed.
        ("Kenya called on Uganda to hold free and fair elections.", "REQUEST KEN > UGA", "change"),
    ],
)  # fmt: skip
def test_a_deed_told_in_one_way_of_many(
    coder: Coder, text: str, right: str, mode: str | None
) -> None:
    found = coder.code(Story(text=text, published="2025-03-17")).events
    assert [(row(event), event.mode) for event in found] == [(right, mode)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Rebels of the Lord's Army stopped a bus of a Kenyan school on Friday and took nine girls "
         "hostage in Uganda.", {"COERCE stopped", "ASSAULT took"}),
        ("Benin reopened its border with Togo, which it had shut on Saturday.",
         {"CONCEDE reopened", "SANCTION shut"}),
    ],
)  # fmt: skip
def test_each_deed_of_a_sentence_is_told_once(coder: Coder, text: str, told: set[str]) -> None:
    found = coder.code(Story(text=text, published="2025-03-17")).events
    words = [f"{x.type} {text[x.trigger.start : x.trigger.end]}" for x in found]
    assert sorted(words) == sorted(told)
