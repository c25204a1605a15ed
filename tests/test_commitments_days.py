"""Promises of what is in an authority's hands, offers told again, ultimatums of two sentences, answers told as to come.

Stories are written for these tests; nobody said any of it.
"""

from __future__ import annotations

import pytest

from commitments_help import coded, names

DAY = "2025-11-26"
# Text, kind, words, whose it is, the last day on which it is due ("-" where none is told).
TOLD = [
    ("Gabon's army said half of the convoy had left and the rest would follow by 9 December.", "promise", "the rest would follow by 9 December", "Gabon", "2025-12-09"),
    ("Gabon's interior minister said the curfew would be lifted on Friday.", "promise", "the curfew would be lifted on Friday", "Gabon", "2025-11-28"),
    ("Gabon agreed to a recount of the votes. It will be completed by 10 December, the interior ministry said.", "promise", "It will be completed by 10 December", "Gabon", "2025-12-10"),
    ("The African Union froze the assets of Gabon's generals. It said the sanctions would be eased as soon as the prisoners were freed.", "promise", "the sanctions would be eased as soon as the prisoners were freed", "African Union", "-"),
    ("Togo had promised to withdraw its soldiers from the border by 25 November, but some were still there on Wednesday.", "promise", "to withdraw its soldiers from the border", "Togo", "2025-11-25"),
    ("Togo promised to reopen the road before the new year.", "promise", "to reopen the road", "Togo", "2026-01-01"),
    ("The envoys of Togo and Benin met in Accra on Monday for the talks that Ghana had offered to host three weeks ago.", "offer", "the talks that Ghana had offered to host", "Ghana", "-"),
    ("Togo demanded that Benin release its pilots. It threatened to close the port unless they came home by 3 December.", "demand", "that Benin release its pilots", "Togo", "2025-12-03"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "words", "maker", "due"), TOLD)
def test_what_is_bound_and_until_when(
    text: str, kind: str, words: str, maker: str, due: str
) -> None:
    record = coded(text, DAY)
    (item,) = [one for one in record.commitments if one.kind == kind]
    assert words in item.text
    assert maker in names(record, item.by)
    assert (item.due.end if item.due else "-") == due


@pytest.mark.parametrize(
    "text",
    [
        "An analyst said the sanctions would be lifted by Friday.",
        "Gabon said it hoped the sanctions would be lifted by Friday.",
        "Residents said the soldiers would leave by Monday.",
        "Gabon's army said the withdrawal of Togo's troops would be completed by Friday.",
        "Gabon said the curfew would be lifted.",
        "Togo released two pilots on Saturday instead of the three it had promised.",
    ],
)
def test_what_is_no_promise(text: str) -> None:
    assert not [item for item in coded(text, DAY).commitments if item.kind == "promise"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ghana repeated its offer to mediate. Togo said it would accept it.", "agreed"),
        ("Ghana offered Togo on Tuesday to mediate. Togo said it would accept the offer.", "agreed"),
        ("Ghana offered Togo on Tuesday to mediate. Togo said it would not accept the offer.", "refused"),
        ("Ghana offered Togo on Tuesday to mediate. Togo said it would accept the offer if Benin did.", "offered"),
    ],
)  # fmt: skip
def test_an_answer_told_as_to_come_is_an_answer(text: str, status: str) -> None:
    record = coded(text, DAY)
    (offer,) = [one for one in record.commitments if one.kind == "offer"]
    assert offer.status == status


def test_an_offer_told_again_was_made_on_its_own_day() -> None:
    text = TOLD[6][0]
    record = coded(text, DAY)
    (offer,) = [one for one in record.commitments if one.kind == "offer"]
    assert offer.history[0].date == "2025-11-03"
    assert [e.date.start for e in record.events if e.type == "AGREE" and e.date] == ["2025-11-03"]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Togo declared a 36-hour ceasefire from Friday.", ("TGO",)),
        ("Togo announced a unilateral ceasefire on Monday.", ("TGO",)),
        ("Togo and Benin declared a truce on Monday.", ("TGO", "BEN")),
        # of whoever only announces what others agreed, or has not declared one, there is none
        ("Togo announced a ceasefire.", None),
        ("Togo declared a truce between Chad and Mali.", None),
        ("Togo would declare a truce.", None),
        ("Togo declared no truce.", None),
    ],
)  # fmt: skip
def test_a_truce_of_ones_own(text: str, by: tuple[str, ...] | None) -> None:
    truces = [one for one in coded(text, DAY).commitments if one.kind == "agreement"]
    assert [one.by for one in truces if one.by] == ([by] if by is not None else [])


def test_a_truce_of_ones_own_is_violated() -> None:
    text = "Togo declared a 30-hour truce on Saturday. Benin accused Togolese forces of violating the truce."
    (truce,) = [one for one in coded(text, DAY).commitments if one.kind == "agreement"]
    assert truce.status == "violated"


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("Kofi Adu, Togo's president, ruled out resigning.", True),
        ("Togo rejected calls to withdraw its troops.", True),
        ("Togo has not ruled out leaving Goma.", False),
        ("Togo may rule out withdrawing its troops.", False),
    ],
)
def test_what_is_ruled_out_is_a_demand_refused(text: str, refused: bool) -> None:
    demands = [one for one in coded(text, DAY).commitments if one.kind == "demand"]
    assert [one.status for one in demands] == (["refused"] if refused else [])


def test_a_demand_that_is_ruled_out_was_refused() -> None:
    text = "Crowds demanded that Kofi Adu, Togo's president, resign. Adu ruled out resigning on Monday."
    (demand,) = [one for one in coded(text, DAY).commitments if one.kind == "demand"]
    assert demand.status == "refused" and demand.by
