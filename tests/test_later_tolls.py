"""A toll that a later sentence corrects or raises belongs to the event told before; texts of our own."""

from __future__ import annotations

import pytest

from dragoman.coder import Coder, load
from dragoman.model import Record, Story


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load()


def coded(coder: Coder, text: str) -> Record:
    return coder.code(Story(text=text, published="2024-03-05"))


def tolls(record: Record) -> list[int]:
    """The dead of each event that has any."""
    return [x.counts.dead.low for x in record.events if x.counts is not None and x.counts.dead]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("The ministry said seven soldiers were killed in a rebel ambush in northern Benin. The ministry "
         "corrected an earlier report: five soldiers were killed, not seven.", [5]),
        ("Nigeria's army said nine troops had been killed in an attack by gunmen near Maiduguri. The army later "
         "corrected its statement, saying six troops had been killed.", [6]),
        ("Police in Colombo said fourteen people were killed in the bombing of a bus on Sunday. Police later "
         "revised the death toll to eleven.", [11]),
        ("Gunmen killed 20 villagers in Plateau state, the governor said. The governor's office had earlier put "
         "the toll at 25, but corrected the number to 20.", [20]),
        ("Mali's army said nine soldiers were killed in an ambush on Friday. Six soldiers died, it said on "
         "Saturday, correcting its earlier figure of nine.", [6]),
        ("Mali's army said rebels had killed five of its men near Gao. It was four, not five, it said on "
         "Wednesday.", [4]),
        ("Chad's army said six soldiers were killed in an ambush near Tine. Four soldiers, not six, had been "
         "killed, Chad's army said on Friday.", [4]),
        # A toll that has grown.
        ("A blast killed five people in Lahore on Monday. The explosion, whose toll rose to seven, was claimed by "
         "the Pakistani Taliban.", [7]),
        ("At least 12 people were killed in an air strike on a school in Khartoum. The death toll rose to 15 on "
         "Tuesday, doctors said.", [15]),
        # The town says whose toll it is.
        ("A suicide bomber killed ten people in Kabul on Monday. On Sunday a bomb killed four in Herat. The death "
         "toll in Kabul rose to 14, the ministry said.", [14, 4]),
        # Another who says "not seven" disputes it; the toll of a flood or a war is none of the event's.
        ("The army said seven rebels were killed in a raid near Goma on Monday. The rebels said three fighters "
         "were killed, not seven.", [7]),
        ("Rebels shot dead four policemen in Assam on Monday. The toll from the floods in Assam rose to 40.", [4]),
        ("Gunmen killed twenty farmers in Zamfara on Monday. The government withdrew its statement on the killing "
         "of three priests.", [20]),
    ],
)  # fmt: skip
def test_the_toll_told_last_is_the_events(coder: Coder, text: str, right: list[int]) -> None:
    assert tolls(coded(coder, text)) == right


@pytest.mark.parametrize(
    "text",
    [
        "The ministry said seven soldiers were killed in a rebel ambush in northern Benin. The ministry corrected "
        "an earlier report: five soldiers were killed, not seven.",
        "Nigeria's army said nine troops had been killed in an attack by gunmen near Maiduguri. The army later "
        "corrected its statement, saying six troops had been killed, not nine.",
        "An Israeli strike killed four people in Tyre on Sunday, Lebanon's health ministry said. The ministry later "
        "lowered the toll to three.",
    ],
)
def test_who_corrects_a_toll_takes_his_claim_back(coder: Coder, text: str) -> None:
    record = coded(coder, text)
    first, second = record.claims
    assert first.event is None and not first.asserted_by and first.denied_by == second.asserted_by
    assert not first.contested and not second.contested
    event = next(item for item in record.events if item.id == second.event)
    assert event.counts is not None and event.counts.dead is not None
    assert second.start is not None and second.end is not None
    assert second.start <= event.counts.dead.start < second.end
    assert [x.type for x in record.events] == ["ASSAULT"]  # to correct is no deed of its own
