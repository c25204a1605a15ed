"""Rows that a reader of newspaper stories found wrong, as they should be.

The texts are written for these tests; nobody did any of it.
"""

from __future__ import annotations

import pytest

from dragoman.coder import Coder, load
from dragoman.model import Story
from events_help import row


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load()


def rows(coder: Coder, text: str, *types: str) -> set[str]:
    found = coder.code(Story(text=text, published="2025-03-17")).events
    return {row(event) for event in found if event.type in types}


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # What is expected has not been held, whatever the language model takes it for.
        ("The Kenyan adviser is expected to hold long talks with Ugandan ministers in Kampala over "
         "grain on Tuesday, after he tied a Kenyan withdrawal to conditions.", ["AGREE KEN+UGA >"]),
        # Who is to be let home, freed or settled is not asked.
        ("Kenya called for Oman to be expelled from the league.", ["REQUEST KEN >"]),
        ("Kenya urged Oman to be allowed to return.", ["REQUEST KEN > OMN"]),
        # A resignation is one, and a letter of it is no second one.
        ("The trip came in the wake of the subsequent resignation of Kenyan defence secretary James "
         "Otieno.", ["RETREAT KEN >"]),
        ("Kenyan defence secretary Jim Otieno resigned, handing in a letter of resignation "
         "critical of Ruto.", ["RETREAT KEN >", "ACCUSE KEN > KEN"]),
        # No camp holds anybody.
        ("Two Austrians were held in Kenyan camps.", ["COERCE KEN > AUT"]),
        ("The Austrian was originally held in al-Amal camp.", ["COERCE  > AUT"]),
        # Support for a murder is none for who was murdered.
        ("Oman welcomed the release of ten Kenyan prisoners by Chad.",
         ["SUPPORT OMN > TCD", "RETREAT TCD > KEN"]),
        # An attack that is put off is no threat.
        ("Uganda said it would postpone its attack on Kenya.", ["CONCEDE UGA > KEN future"]),
        # Whom the words set aside takes no part.
        ("Kenya criticised Oman rather than Chad.", ["ACCUSE KEN > OMN"]),
        ("Rebels attacked troops of Kenya, but not those of Oman.", ["ASSAULT KEN > KEN"]),
        # Who is freed from somebody's control is not let go by him.
        ("Goma was freed from rebel control last year.", ["ASSAULT  > COD"]),
        # What was denounced there was denounced; a call that is defied was made.
        ("Ruto took to Facebook to condemn Uganda.", ["ACCUSE KEN > UGA"]),
        ("Ruto's speech set the course for the disavowal of Kenya's invasion of Uganda.",
         ["ASSAULT KEN > UGA"]),
        ("Ruto had originally intended to urge Museveni to stop his attacks.",
         ["REQUEST KEN > UGA hypothetical"]),
        # People of no side give up no ground by fleeing.
        ("Women and children fled the fighting in Uganda.", []),
        # To clash over a bill is to quarrel; to back an overthrow is no support.
        ("Ruto clashed with Museveni over grain tariffs.", ["ACCUSE KEN > UGA"]),
        ("Kenya supported the removal of Museveni from power.", ["REQUEST KEN > UGA"]),
        # What is done instead of a deed leaves it undone; an attack that was not stopped was made.
        ("Rather than condemn Uganda, Ruto praised Oman.", ["SUPPORT KEN > OMN"]),
        ("Kenya failed to stop Uganda from attacking Goma.", ["ASSAULT UGA > COD"]),
        # Who fights with an army against another strikes the other, and whom he fights to oust.
        ("Kenyan militants had fought with Ugandan troops in the war against Islamic State.",
         ["ASSAULT KEN > IMG"]),
        ("Kenyan forces, fighting to defeat both the leader, Yoweri Museveni, and Islamic State, "
         "waited.", ["ASSAULT KEN > UGA"]),
        ("Kenyan troops have acted as a buffer between Uganda and Oman.", []),
        # A town captures nobody.
        ("Two Austrians were captured in Goma a month ago.", ["COERCE  > AUT"]),
        # Who answers a charge tells that it was made; an answer that is promised is a threat.
        ("Kenya rejected Uganda's claim that Kenyan troops had crossed the border.",
         ["REJECT KEN > UGA", "ACCUSE UGA > KEN"]),
        ("Ruto promised Uganda a harsh reply.", ["THREATEN KEN > UGA"]),
        ("Ruto vowed to veto the Ugandan plan.", ["THREATEN KEN > UGA"]),
        # What is called off is given up.
        ("Kenya called off the reprisal against Uganda.", ["CONCEDE KEN > UGA"]),
        # "The pair" are two people; "the two leaders" are those joined last.
        ("Ruto's ministers Peter Otieno and John Kamau flew home. The pair were arrested in Uganda "
         "on Monday.", ["COERCE UGA > KEN"]),
        ("Ruto and his Ugandan counterpart, Yoweri Museveni, waited in Goma. Congo left Congolese "
         "rebels alone. No Congolese force will attack, the two leaders agreed.",
         ["AGREE KEN+UGA > COD"]),
    ],
)  # fmt: skip
def test_rows(coder: Coder, text: str, right: list[str]) -> None:
    types = ("AGREE", "REQUEST", "CONSULT", "RETREAT", "CONCEDE", "ACCUSE", "COERCE", "SUPPORT",
             "THREATEN", "ASSAULT", "REJECT", "COOPERATE", "AID")  # fmt: skip
    assert rows(coder, text, *types) == set(right)


def test_a_network_or_newspaper_is_not_understood_to_be_met_or_struck(coder: Coder) -> None:
    text = (
        "On Twitter on Saturday Ruto defended his plan. The war began in 2011, but Kenyan airstrikes "
        "there began in September 2014."
    )
    (strike,) = rows(coder, text, "ASSAULT")
    assert strike.startswith("ASSAULT KEN >") and "USA" not in strike


def test_two_people_who_resign_are_two_events(coder: Coder) -> None:
    text = (
        "Brett Otieno, the Kenyan envoy, has resigned. His resignation follows that of Kenya's "
        "defence minister, James Kamau. Kamau resigned on Thursday in protest."
    )
    found = coder.code(Story(text=text, published="2025-03-17")).events
    left = [e.actors[0].name for e in found if e.type == "RETREAT"]
    assert {"Brett Otieno", "James Kamau"} <= set(left)


def test_who_is_to_be_let_home_is_no_party_to_the_demand(coder: Coder) -> None:
    text = "Otieno's family have appealed to Uganda for him to be allowed to return to Kenya."
    (demand,) = coder.code(Story(text=text, published="2025-03-17")).commitments
    assert demand.to == ("UGA",)


def test_the_pair_are_the_two_who_acted_last(coder: Coder) -> None:
    text = (
        "Peter Otieno and John Kamau, who fought in Uganda, are wanted for the killing of Jane Maina "
        "and Mary Wanjiku. The pair were arrested in Uganda on Monday."
    )
    found = coder.code(Story(text=text, published="2025-03-17")).events
    (arrest,) = (e for e in found if e.type == "COERCE")
    assert {x.name for x in arrest.recipients} == {"Peter Otieno", "John Kamau"}


def test_a_call_that_is_defied_was_made(coder: Coder) -> None:
    text = "Ruto vowed to expel Oman despite Museveni's call for troops to return home."
    (call,) = rows(coder, text, "REQUEST")
    assert "future" not in call


def test_whose_words_threaten_is_not_threatened_with_his_allies(coder: Coder) -> None:
    text = "Ruto has vowed Kenya and its allies will expel every single Ugandan soldier from Goma."
    (threat,) = coder.code(Story(text=text, published="2025-03-17")).commitments
    assert threat.kind == "threat" and "UGA" in threat.to


def test_a_region_is_not_understood_to_be_refused(coder: Coder) -> None:
    text = "Ruto's minister spoke of Idlib. There would be no military operation there, he said."
    assert not any("Idlib" in x for x in rows(coder, text, "REJECT", "AGREE"))


def test_what_somebody_did_before_dates_nothing_else_of_his(coder: Coder) -> None:
    text = "Kenya, which ended its campaign in May, accused Oman of arming the rebels."
    days = [e.date.start for e in coder.code(Story(text=text, published="2024-03-05")).events
            if e.type == "ACCUSE" and e.date]  # fmt: skip
    assert days == ["2024-03-05"]


def test_a_weapon_is_not_understood_to_be_given_anything(coder: Coder) -> None:
    text = "Kenya said Oman had supplied the missiles."
    aid = [
        e for e in coder.code(Story(text=text, published="2024-03-05")).events if e.type == "AID"
    ]
    assert aid and not any("missiles" in x.name for e in aid for x in e.recipients)
