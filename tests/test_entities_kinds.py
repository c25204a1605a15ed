"""States of a kind, waters, counted people, names written otherwise: whole texts, read by the parser."""

from __future__ import annotations

import pytest

from dragoman.coder import Coder, load
from dragoman.model import Story


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load()


def who(coder: Coder, text: str, day: str = "2017-06-20") -> dict[str, tuple[str, str]]:
    """Words of the first mention → name and country of the entity."""
    record = coder.code(Story(text=text, published=day))
    return {
        text[mention.start : mention.end]: (entity.name, entity.country)
        for entity in record.entities for mention in entity.mentions
    }  # fmt: skip


def parties(coder: Coder, text: str, day: str = "2017-06-20") -> list[tuple[str, set, set]]:
    record = coder.code(Story(text=text, published=day))
    return [
        (event.type, {x.country for x in event.actors}, {x.country for x in event.recipients})
        for event in record.events
    ]


def test_four_states_of_a_kind_are_those_listed(coder: Coder) -> None:
    text = (
        "Four Arab countries have severed ties with Qatar. "
        "Saudi Arabia, Egypt, Bahrain and the UAE accused Doha of terrorism."
    )
    assert ("SANCTION", {"SAU", "EGY", "BHR", "ARE"}, {"QAT"}) in parties(coder, text)


def test_the_baltic_states_are_three(coder: Coder) -> None:
    found = parties(coder, "The Baltic states warned Russia on Monday.")
    assert found == [("THREATEN", {"EST", "LVA", "LTU"}, {"RUS"})]


def test_a_sea_is_nobodys(coder: Coder) -> None:
    assert who(coder, "Iran sent two warships to the Gulf on Monday.")["Gulf"][1] == ""


def test_counted_soldiers_are_not_the_army(coder: Coder) -> None:
    found = who(
        coder, "Five Turkish soldiers were killed in Syria. Turkish soldiers entered Idlib."
    )
    assert found["Five Turkish soldiers"] == ("Five Turkish soldiers", "TUR")
    assert found["Turkish soldiers"] == ("Turkish Armed Forces", "TUR")


def test_a_name_of_two_words_that_are_names_of_others(coder: Coder) -> None:
    text = "Kassem Sulaimani, an Iranian general, landed in Baghdad on Thursday."
    assert who(coder, text)["Kassem Sulaimani"] == ("Qassem Soleimani", "IRN")


def test_a_court_in_the_hague_is_no_dutch_one(coder: Coder) -> None:
    assert who(coder, "A tribunal in The Hague rejected China's claims.")["A tribunal"][1] == "IGO"
    assert who(coder, "A Dutch court in The Hague jailed a man.")["A Dutch court"][1] == "NLD"


def test_warships_are_not_of_whom_they_encircle(coder: Coder) -> None:
    found = who(coder, "China encircled Taiwan with naval vessels on Thursday.")
    assert found["naval vessels"][1] == "CHN"
