"""What was asked, offered and threatened over many days, and what became of it, as several outlets tell it.

Stories are written for these tests; nothing of it happened.
"""

from __future__ import annotations

import pytest

import dragoman
from dragoman.ledger import open_ledger


@pytest.fixture
def book(tmp_path, coder):
    """A ledger to which stories are told as (day, text), each known from its own day."""
    with open_ledger(tmp_path / "months.duckdb") as ledger:

        def tell(day: str, text: str, title: str = "") -> None:
            whole = f"{title}\n\n{text}" if title else text
            story = dragoman.Story(text=whole, title=title, published=day, publisher="Wire")
            ledger.add(coder.code(story), recorded=day)

        ledger.tell = tell
        yield ledger


def told(ledger, kind: str, day: str | None = None) -> list[str]:
    """The statuses of all commitments of a kind."""
    return [row["status"] for row in ledger.commitments(kind=kind, as_of=day, everything=True)]


def test_what_was_demanded_and_granted_is_met(book) -> None:
    book.tell("2026-03-03", "Malawi demanded on Tuesday that Zambia reopen the Mwami crossing.")
    book.tell("2026-03-10", "Zambia said it would reopen the Mwami crossing on 20 March.")
    assert told(book, "demand", "2026-03-11") == ["agreed"]
    book.tell("2026-03-21", "Zambia reopened the Mwami crossing to Malawi on Friday.")
    assert told(book, "demand") == ["met"]


def test_who_leaves_the_border_of_whoever_demanded_it_has_done_so(book) -> None:
    book.tell("2026-03-03", "Togo moved 300 soldiers to its border with Benin on Tuesday. Benin demanded the immediate withdrawal of the troops.")  # fmt: skip
    book.tell(
        "2026-04-10",
        "The last Togolese soldiers left the border with Benin on Friday, witnesses said.",
    )
    assert told(book, "demand") == ["met"]


def test_a_threat_is_carried_out_on_one_of_those_it_spoke_of_and_lapses_only_after_the_day(
    book,
) -> None:
    book.tell("2026-02-02", "The Lamu Brigade threatened on Monday to execute a captive every week unless Kenya freed "
              "its prisoners by 9 February.")  # fmt: skip
    assert told(book, "threat", "2026-02-10") == ["threatened"]
    assert told(book, "threat", "2026-03-20") == ["lapsed"]
    book.tell(
        "2026-02-11", "The Lamu Brigade executed a Kenyan teacher on Wednesday, the army said."
    )
    assert told(book, "threat", "2026-02-12") == ["met"]


def test_an_offer_of_one_word_is_fulfilled_by_that_word(book) -> None:
    book.tell("2026-05-04", "Qatar offered on Monday to mediate between Chad and Sudan.")
    book.tell(
        "2026-05-20",
        "Qatar mediated in the dispute between Chad and Sudan on Wednesday.",
    )
    assert told(book, "offer") == ["met"]


def test_what_both_are_to_do_is_done_when_the_second_has_done_it(book) -> None:
    book.tell("2026-05-06", "Chad and Sudan agreed a ceasefire on Wednesday. Under the deal both countries are to pull "
              "their troops back from the Tine valley by 13 May.")  # fmt: skip
    book.tell("2026-05-12", "Chad withdrew its troops from the Tine valley on Tuesday.")
    assert told(book, "plan", "2026-05-13") == ["in-force"]
    book.tell("2026-05-18", "Sudan withdrew its troops from the Tine valley on Monday.")
    assert told(book, "plan") == ["met"]


def test_an_old_refusal_of_what_is_now_agreed_changes_nothing(book) -> None:
    book.tell(
        "2026-01-12",
        "The African Union demanded that Gabon recount the votes of its election by 30 January.",
    )
    book.tell("2026-02-02", "Gabon agreed on Monday to recount the votes, yielding to an African Union demand that its "
              "government had rejected for a month.")  # fmt: skip
    assert told(book, "demand", "2026-02-01") == ["lapsed"]
    assert told(book, "demand") == ["agreed"]


def test_whom_a_sentence_describes_and_its_title_names_is_one_and_so_is_his_threat(book) -> None:
    book.tell("2026-01-12", "West African leaders gave Gabon until 30 January to recount the votes of its election and to "
              "free 40 prisoners, and threatened to impose sanctions if it did not.",
              "ECOWAS gives Gabon until 30 January to recount votes")  # fmt: skip
    assert told(book, "demand", "2026-01-13") == ["demanded"]
    book.tell("2026-01-20", "Gabon's government freed 18 of the 40 prisoners on Tuesday.")
    assert told(book, "demand", "2026-01-21") == ["in-force"]
    book.tell("2026-01-31", "ECOWAS imposed sanctions on Gabon on Saturday.")
    assert told(book, "threat") == ["met"]


def test_the_offer_that_brought_them_together_is_told_again_and_met(book) -> None:
    book.tell(
        "2026-04-09", "Ghana offered on Thursday to host talks between Togo and Benin in Accra."
    )
    book.tell("2026-05-08", "The foreign ministers of Togo and Benin met in Accra on Friday for the talks that Ghana had "
              "offered to host a month ago.")  # fmt: skip
    assert told(book, "offer") == ["met"]


def test_a_demand_is_refused_by_who_will_not_do_it(book) -> None:
    book.tell(
        "2026-04-09",
        "The African Union called on Gabon on Thursday to recount the votes of its election.",
    )
    book.tell(
        "2026-04-11", "“We will not recount one vote,” Gabon's foreign minister said on Saturday."
    )
    assert told(book, "demand") == ["refused"]


def test_an_agreement_is_known_by_its_day_and_whoever_keeps_it_keeps_it_today(book) -> None:
    book.tell("2026-04-10", "Togo and Benin agreed a ceasefire on Friday.")
    book.tell("2026-05-06", "Togo and Benin met on Wednesday. Togo's foreign minister said the ceasefire of 10 April was being "
              "observed by both sides.")  # fmt: skip
    (truce,) = book.agreements()
    assert str(truce["agreed_on"]) == "2026-04-10"
    assert truce["status"] == "in-force"
    assert {str(row["day"]) for row in book.events(types="RETREAT")} <= {"2026-05-06"}


def test_a_monitor_who_counts_breaches_and_says_it_holds_and_one_who_counts_none(book) -> None:
    book.tell("2026-04-10", "Togo and Benin agreed a ceasefire on Friday.")
    book.tell("2026-04-13", "Togo accused Benin of breaking the ceasefire on Sunday. Benin denied it. The African Union said "
              "its monitors had recorded no violations.")  # fmt: skip
    assert [row["status"] for row in book.agreements(as_of="2026-04-14")] == ["in-force"]
    book.tell("2026-04-20", "Benin accused Togo of breaking the ceasefire on Sunday. The African Union said it had counted "
              "two violations, both with rifles, and that the truce was holding.")  # fmt: skip
    (truce,) = book.agreements()
    assert (truce["status"], truce["violation_count"]) == ("in-force", 2)


def test_a_body_that_no_table_knows_is_a_side_of_a_truce_with_its_government(book) -> None:
    book.tell("2026-02-10", "The Kenyan government and the Lamu Liberation Brigade agreed on the release of six nurses, Qatar, "
              "which mediated, announced on Tuesday. The parties also agreed to a truce until 15 March.")  # fmt: skip
    (truce,) = book.agreements()
    assert truce["parties"] == ["KEN", "org:lamu-liberation-brigade"]
    assert truce["name"].startswith("Kenya–Lamu Liberation Brigade")
    book.tell("2026-02-20", "The army accused the Lamu Liberation Brigade on Friday of violating the truce with Kenya. The group "
              "denied it.")  # fmt: skip
    assert [row["status"] for row in book.agreements()][:1] in (["disputed"], ["lapsed"])
    assert [row["status"] for row in book.agreements(as_of="2026-02-21")] == ["disputed"]


def test_a_toll_told_with_and_without_those_who_fought_is_of_one_day_and_place(book) -> None:
    book.tell("2026-04-06", "Togolese and Beninese soldiers exchanged fire in Porga on Monday, killing at least four people and "
              "wounding 11, officials on both sides said.")  # fmt: skip
    book.tell("2026-04-07", "Six people were killed and 15 wounded in Monday's fighting in Porga, Benin's health ministry said on "
              "Tuesday.")  # fmt: skip
    (fight,) = [row for row in book.events(types="ASSAULT") if row["dead_low"]]
    assert (fight["dead_low"], fight["reports"]) == (6, 2)


def test_an_agreement_that_was_reached_and_took_effect(book) -> None:
    book.tell("2026-04-09", "Togo and Benin agreed a ceasefire on Wednesday. The truce was reached in a telephone call between "
              "their presidents and took effect at noon.")  # fmt: skip
    (truce,) = book.agreements()
    assert truce["status"] == "in-force"


def test_troops_that_were_to_leave_by_a_day_have_left(book) -> None:
    book.tell("2026-04-18", "Togo's defence ministry said that floods had cut the road and that the remaining troops would leave by "
              "22 April.")  # fmt: skip
    book.tell(
        "2026-04-23",
        "The last Togolese soldiers left their posts on the Mono river on Wednesday, the African Union said.",
    )
    assert told(book, "promise") == ["met"]


def test_compensation_that_was_refused_and_is_paid(book) -> None:
    book.tell(
        "2026-05-06",
        "Benin demanded compensation from Togo for three border guards who died; Togo rejected the demand.",
    )
    assert told(book, "demand", "2026-05-07") == ["refused"]
    book.tell("2026-06-30", "Togo on Monday paid compensation to the families of the three border guards of Benin, a demand that it "
              "had first refused.")  # fmt: skip
    assert told(book, "demand") == ["met"]


def test_who_answers_is_told_and_what_is_only_undertaken_is_not_done(book) -> None:
    book.tell(
        "2026-02-05",
        "Benin demanded on Thursday that Togo withdraw its soldiers from Porga. Togo rejected the demand.",
    )
    (demand,) = book.commitments(kind="demand")
    assert (demand["status"], demand["history"][-1]["by"]) == ("refused", ["TGO"])
    book.tell("2026-02-14", "Togo undertook on Saturday to withdraw its soldiers from Porga by 28 February, and Benin promised to "
              "open the Joda crossing.")  # fmt: skip
    assert told(book, "demand", "2026-02-15") == ["agreed"]


def test_a_town_abroad_that_bears_the_name_makes_nobody_a_party(book) -> None:
    book.tell(
        "2014-02-17",
        "Sudan opened the Joda crossing on Monday, three days after it signed a truce with South Sudan.",
    )
    assert [row["parties"] for row in book.agreements()] == [["SDN", "SSD"]]
