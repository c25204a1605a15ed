"""Who takes part in a deed and who only in the clause beside it; what newspapers put into one sentence.

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
    found = coder.code(Story(text=text, published="2024-03-05")).events
    return {row(event) for event in found if event.type in types}


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        # Who does one thing to somebody has not done what the clause beside it tells of him.
        ("The couple, who were stripped of their French passports, were captured in March by Malian "
         "soldiers.", ["COERCE FRA > FRA"], ["COERCE MLI > FRA restrict"]),
        ("The imam, stripped of his Canadian citizenship last year, was arrested by Kenyan police on "
         "Monday.", ["COERCE CAN > CAN", "COERCE KEN > CAN"], []),
        ("The town that Sudan attacked on Monday was held by Chadian rebels.",
         ["ASSAULT SDN > SDN"], ["ASSAULT TCD > SDN"]),
        ("The man was stripped of his Omani medals and beaten by Kenyan police.",
         ["ASSAULT KEN > OMN"], []),
        # Nor is it done to whom the same sentence tells after "and".
        ("The men are Ahmed Ould, killed in a French airstrike in 2019, and Musa Keita, jailed for ten "
         "years by a court in Bamako in May.",
         ["ASSAULT FRA > MLI historical", "COERCE MLI > MLI"], []),
        # What somebody fights to do is done to whom he fights; what is announced is told once.
        ("Kenya fought to drive al-Shabaab from parts of Somalia.", ["ASSAULT KEN > SOM"], []),
        ("Ruto pledged that his forces would withdraw from Somalia by June.",
         ["CONCEDE KEN > SOM"], ["AGREE KEN > SOM"]),
        ("A furore followed Ruto's announcement in May that Kenyan forces would leave Somalia.",
         ["CONCEDE KEN > SOM"], ["AGREE KEN > SOM"]),
        # A court that keeps somebody in jail asks nothing of him; nor does a warning in advance threaten.
        ("A Kenyan court ruled that the Somali suspect must remain behind bars.",
         ["COERCE KEN > SOM"], ["REQUEST KEN > SOM"]),
        ("The US gave Russia advance notice of the raid.", ["CONSULT RUS+USA >"],
         ["THREATEN USA > RUS"]),
        ("Kenya has set up a consulate in Libya.", ["SUPPORT KEN > LBY"], []),
        # Who leaves an agreement gives up no ground; the town it is called after takes no part in it.
        ("Kenya has pulled out of the grain deal with Chad.", ["SANCTION KEN > TCD"],
         ["RETREAT KEN > TCD"]),
        ("Kenya withdrew from the border post after a deal with Uganda.", ["RETREAT KEN > UGA"],
         ["SANCTION KEN > UGA"]),
        ("Kenya rejected the Geneva agreement. Oman left it.", [],
         ["REJECT KEN > CHE"]),
        ("Kenya rejected the Geneva agreement with Chad.", ["REJECT KEN > TCD"], []),
        ("Kenya fears the rebels Rwanda is fighting in Goma.", [], ["ASSAULT KEN > COD"]),
    ],
)  # fmt: skip
def test_the_clause_beside_a_deed(
    coder: Coder, text: str, right: list[str], wrong: list[str]
) -> None:
    found = rows(coder, text, *{line.split()[0] for line in (*right, *wrong)})
    assert set(right) <= found
    assert found.isdisjoint(wrong)


def test_what_stands_before_and_is_of_the_first_alone(coder: Coder) -> None:
    text = (
        "The men are Ahmed Ould, killed in a French airstrike in 2019, and Musa Keita, jailed for "
        "ten years by a court in Bamako in May."
    )
    (killed,) = (
        event for event in coder.code(Story(text=text, published="2024-03-05")).events
        if event.type == "ASSAULT"
    )  # fmt: skip
    assert [party.name for party in killed.recipients] == ["Ahmed Ould"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Kenya might sign the pact with Oman on Friday.", "2024-03-08"),
        ("Rebels could be seen shelling Goma on Friday.", "2024-03-01"),
        ("Rebels must have shelled Goma on Friday.", "2024-03-01"),
    ],
)
def test_what_may_be_done_on_a_day_is_to_come(coder: Coder, text: str, day: str) -> None:
    found = coder.code(Story(text=text, published="2024-03-05")).events
    assert [event.date.start for event in found if event.date] == [day]


def test_nobody_is_understood_where_some_have_done_it(coder: Coder) -> None:
    text = "Ruto has been criticised by some for his silence. Assad spoke in Damascus."
    assert "ACCUSE SYR > KEN" not in rows(coder, text, "ACCUSE")


def test_who_signs_up_to_a_newsletter_agrees_to_nothing(coder: Coder) -> None:
    text = (
        "Trump met Ruto. Remember: readers may sign up to the Lagos evening newsletter at no cost."
    )
    assert not rows(coder, text, "AGREE")


def test_what_rebels_hold_is_struck_where_it_lies(coder: Coder) -> None:
    text = (
        "Sudan has seen more bloodshed as Chadian jets have bombed rebel-held positions. Ethiopian "
        "forces are in Kassala."
    )
    assert rows(coder, text, "ASSAULT") == {"ASSAULT TCD > SDN"}


def test_no_official_is_understood_to_speak_against_his_own_state(coder: Coder) -> None:
    text = (
        "The UN warned Chad and Sudan. Chad's deputy foreign minister, Ali Moll, called the threat "
        "of a strike extremely dangerous, and Chad again said that Chad was ready."
    )
    assert "ACCUSE TCD > TCD" not in rows(coder, text, "ACCUSE")


def test_a_continent_is_of_no_country(coder: Coder) -> None:
    found = coder.code(
        Story(text="Ruto made a trip to Asia in May.", published="2024-03-05")
    ).events
    assert not any(party.country for event in found for party in event.recipients)
