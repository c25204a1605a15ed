"""Which claims of two stories are one, and who stands where on it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dragoman.ledger import claims, words

Row = dict[str, Any]


def told(text: str, asserted: str, denied: str = "", confidence: float = 0.8, item: int = 1) -> Row:
    return {
        "item": item, "day": date(2025, 3, item), "text": text, "meaning": words.meaning(text),
        "asserted_by": asserted.split(), "denied_by": denied.split(), "reported_by": [], "confidence": confidence,
        "story_id": f"s{item}", "story_claim": "c1", "start_offset": 0, "end_offset": 9, "report": None, "statements": [],
    }  # fmt: skip


SAME = [
    # the same side says it again
    (told("troops burned the mill at Orsa", "PER", "ECU"), told("that troops had burned the mill", "PER")),
    # somebody else says the same of the same place
    (told("troops burned the mill at Orsa", "PER", "ECU"), told("soldiers and troops burned the Orsa mill", "un")),
    # people without a name are who they are, whatever their number
    (told("rebels blew up the water tower", "unnamed:doctor-2"), told("rebels blew up a tower", "unnamed:doctor-7")),
]  # fmt: skip
OTHER = [
    # nobody and no place is told of both
    (told("the other side fired first", "PER", "ECU"), told("that police had fired first", "SRB", "XKX")),
    # what one side denies the other asserts
    (told("gunmen shot a teacher near Orsa", "PER", "ECU"), told("gunmen shot a guard near Orsa", "ECU", "PER")),
    # two deeds, or two days, by their tolls
    (told("shells killed 17 people in a camp near Orsa", "PER"), told("shells killed 31 people in Orsa", "PER")),
    # one word is no claim
    (told("called it a provocation", "PER", "ECU"), told("described the parade as a provocation", "PER")),
    # to be accused is no deed
    (told("accused the army", "PER"), told("accused the police", "PER")),
]  # fmt: skip


@pytest.mark.parametrize(("one", "two"), SAME)
def test_two_tellings_of_one_claim(one: Row, two: Row) -> None:
    assert claims.same_claim(one, two)


@pytest.mark.parametrize(("one", "two"), OTHER)
def test_claims_of_two_quarrels(one: Row, two: Row) -> None:
    assert not claims.same_claim(one, two)


def test_a_doubtful_denial_does_not_stand_beside_a_sure_one() -> None:
    text = "troops burned the mill at Orsa"
    state = claims.claim_state(
        [told(text, "PER", "ECU", 0.9, 1), told(text, "PER", "BRA", 0.2, 2), told(text, "un", "", 0.5, 3)]
    )  # fmt: skip
    assert (state["asserted_by"], state["denied_by"]) == (["PER", "un"], ["ECU"])
    assert state["contested"] and state["stories"] == 3
