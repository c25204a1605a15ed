"""Agreements in the ledger: what was not agreed, who blames whom, what is counted once, until when it runs."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman import open_ledger
from dragoman.ledger import days
from dragoman.ledger.signs import sign_of
from dragoman.model import Paragraph, StatusChange, When
from ledger_crisis import PEOPLE, Builder


@pytest.fixture
def book(tmp_path):
    with open_ledger(tmp_path / "ledger.duckdb") as ledger:
        yield ledger


def told(book, *stories: tuple[str, str]):
    """The ledger after some stories, each a day and its text."""
    for number, (day, text) in enumerate(stories):
        record = Builder(text, day, f"Paper {number}", f"https://news.example/{number}").record()
        book.add(record, recorded="published")
    return book


@pytest.mark.parametrize(
    "text",
    [
        "Peru and Ecuador did not sign the ceasefire on Tuesday.",
        "Neither Peru nor Ecuador has agreed to a ceasefire.",
        "Peru and Ecuador could extend the ceasefire.",
        "Talks on a ceasefire between Peru and Ecuador ended without agreement.",
    ],
)
def test_what_was_not_agreed_is_no_agreement_even_where_the_coder_has_one(book, text) -> None:
    made = Builder(text, "2025-03-12").commit("agreement", "PER ECU", "", "ceasefire")
    book.add(made.record(), recorded="published")
    assert book.agreements() == []


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Although talks failed in May, Peru and Ecuador agreed to a ceasefire.", "agreed"),
        ("The truce, which neither side was expected to keep, took effect on Monday.", "in-force"),
        ("No shots could be heard since the truce took effect.", "in-force"),
        ("Peru warned that a raid would violate the ceasefire.", None),
        ("Peru and Ecuador may yet sign a ceasefire.", None),
        ("Peru and Ecuador have much to gain from an agreed truce.", None),
    ],
)
def test_what_is_unreal_in_another_clause_undoes_nothing(text, sign) -> None:
    assert sign_of(text) == sign


TRUCE = ("2025-03-10", "Peru and Ecuador agreed to a ceasefire.")


@pytest.mark.parametrize(
    ("text", "status", "sides"),
    [
        ("Peru and Ecuador accused each other of violating the ceasefire.", "disputed", ["ECU", "PER"]),
        ("Peru and Ecuador traded accusations of ceasefire violations.", "disputed", ["ECU", "PER"]),
        ("Peru and Ecuador violated the ceasefire, the OAS said.", "violated", ["PER", "ECU"]),
        ("The OAS accused Peru and Ecuador of violating the ceasefire.", "violated", ["PER", "ECU"]),
        ("Peru accused Ecuador of violating the ceasefire.", "violated", ["ECU"]),
        ("Shells fell on a post of Peru, the OAS said, in the first violation of the ceasefire.", "violated", []),
    ],
)  # fmt: skip
def test_all_who_are_blamed_are_named(book, text, status, sides) -> None:
    found = told(book, TRUCE, ("2025-03-12", text)).ceasefire()
    assert (found["status"], found["violations"][0]["sides"]) == (status, sides)


def test_both_parties_of_a_named_agreement_are_parties_whoever_accuses(book) -> None:
    told(
        book,
        ("2025-03-12", "Peru accused Ecuador of violating the Itamaraty agreement."),
        ("2025-03-13", "Ecuador accused Peru of violating the Itamaraty agreement."),
    )
    (row,) = book.agreements()
    assert (sorted(row["parties"]), row["status"]) == (["ECU", "PER"], "disputed")


def test_all_whom_and_joins_are_parties(book) -> None:
    text = "Brazil, Peru and Ecuador agreed to a ceasefire."
    record = Builder(text, "2025-03-10").says("BRA", "agree", "agreed", "a ceasefire").record()
    book.add(record, recorded="published")
    assert book.ceasefire()["parties"] == ["BRA", "ECU", "PER"]


def test_violations_of_one_day_count_once_however_often_they_are_told(book) -> None:
    count = "The OAS recorded 450 ceasefire violations by Peru and Ecuador on Monday"
    told(
        book,
        ("2025-03-01", "Peru and Ecuador agreed to a ceasefire."),
        ("2025-03-11", f"{count}."),
        ("2025-03-12", f"{count}, up from 200 the day before."),
        (
            "2025-03-12",
            "The OAS recorded 20 ceasefire violations by Peru and by Ecuador on Tuesday.",
        ),
    )
    assert book.agreements()[0]["violation_count"] == 470
    shown = [(v["day"], v["count"], v["previous"]) for v in book.ceasefire()["violations"]]
    assert shown == [("2025-03-10", 450, 200), ("2025-03-11", 20, None)]


@pytest.mark.parametrize(
    ("stories", "rows"),
    [
        (["Peru and Ecuador signed the Itamaraty nuclear deal in 1998.", "Ecuador violated the 1998 agreement, Peru said.",
          "Ecuador and Peru quarrel over the nuclear deal they signed in 1998; Peru respected the nuclear accord."], [["ECU", "PER"]]),
        (["Brazil violated the nuclear deal with Peru.", "Ecuador respected the nuclear accord."], [["BRA", "PER"], ["ECU"]]),
        (["Peru and Brazil signed a deal in 1998.", "Peru and Ecuador signed a deal in 1998."], [["BRA", "PER"], ["ECU", "PER"]]),
        (["Peru pulled out of the JCPOA.", "Peru violated the Joint Comprehensive Plan of Action."], [["PER"]]),
        (["Brazil said the truce between Peru and Ecuador had taken effect in Brazil."], [["ECU", "PER"]]),
        (["Peru and Ecuador signed a ceasefire in Brazil."], [["ECU", "PER"]]),
    ],
)  # fmt: skip
def test_one_agreement_of_several_names_is_one_where_parties_agree(book, stories, rows) -> None:
    told(book, *((f"2025-03-{10 + at}", text) for at, text in enumerate(stories)))
    assert sorted(sorted(row["parties"]) for row in book.agreements()) == rows
    if "in 1998" in stories[0]:
        assert {row["agreed_on"] for row in book.agreements()} == {None}


def test_a_new_ceasefire_of_one_pair_is_another(book) -> None:
    told(
        book,
        TRUCE,
        (
            "2025-05-30",
            "Peru and Ecuador agreed to a new ceasefire. The first truce collapsed in May.",
        ),
    )
    assert [row["status"] for row in book.agreements()] == ["agreed", "agreed"]


def test_a_group_that_agrees_with_its_own_country_stands_for_itself(book) -> None:
    people = PEOPLE | {"RSF": ("rsf-sudan", "Rapid Support Forces", "PER", ("REB",), "RSF")}
    for day, text in (
        ("2025-03-10", "Peru and the RSF agreed to a ceasefire in Brazil."),
        ("2025-03-12", "Peru accused the RSF of violating the truce."),
    ):
        made = Builder(text, day, people=people)
        made.entities["RSF"] = made.entities["RSF"].replace(kind="group")
        book.add(made.record(), recorded="published")
    (row,) = book.agreements(between="Peru,rsf-sudan")
    assert row["name"] == "Peru–Rapid Support Forces ceasefire of 2025-03-10"
    assert book.ceasefire()["violations"][0]["sides"] == ["rsf-sudan"]


def test_who_is_opposed_to_a_deal_has_not_made_it(book) -> None:
    made = Builder("Peru is opposed to the Itamaraty deal with Ecuador.", "2025-03-12").event(
        "AGREE", "PER", "ECU", "deal"
    )
    made.commit("agreement", "PER ECU", "", "Itamaraty deal", name="Itamaraty deal")
    pact = made.commitments[0]
    made.commitments = [pact.replace(history=(StatusChange("2025-03-12", "agreed", event="e1"),))]
    book.add(made.record(), recorded="published")
    assert [row["agreed_on"] for row in book.agreements()] == [None]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("The OAS said on Tuesday that it saw 12 violations on Monday.", "2025-03-10"),
        ("Peru accused Ecuador on Tuesday of violating Sunday's truce.", "2025-03-11"),
        ("The ceasefire agreed on Sunday was violated.", None),
        ("The OAS saw 12 violations in the past week.", None),
    ],
)
def test_the_day_that_a_violation_is_told_of(words, day) -> None:
    assert days.told_day(words, date(2025, 3, 12)) == (day and date.fromisoformat(day))


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("ceasefire until Aug. 31", "2025-08-31"),
        ("ceasefire until Feb. 28", "2026-02-28"),
        ("ceasefire until 1 May", "2025-05-01"),
        ("ceasefire until the end of May", "2025-05-31"),
        ("ceasefire for thirty days", "2025-06-04"),
        ("30-day ceasefire", "2025-06-04"),
        ("three-day humanitarian truce from Friday", "2025-05-12"),
        ("ceasefire a day after talks", None),
    ],
)
def test_until_when_a_truce_is_to_last(book, words, until) -> None:
    told(book, ("2025-05-05", f"Peru and Ecuador agreed to a {words}."))
    (row,) = book.agreements()
    assert row["until"] == (until and date.fromisoformat(until))


def test_what_is_extended_after_its_last_day_counts_from_that_day(book) -> None:
    told(
        book,
        ("2025-03-13", "Peru and Ecuador agreed to a ceasefire until 29 March."),
        ("2025-03-30", "Peru and Ecuador extended the ceasefire by a week."),
    )
    assert str(book.ceasefire()["until"]) == "2025-04-05"


COUNT = ("2025-03-12", "The OAS counted 14 ceasefire violations on the Peruvian side.")
OTHER = ("2025-03-09", "Brazil and Chile agreed to a ceasefire.")
THIRD = ("2025-03-09", "Peru and Chile agreed to a ceasefire.")
PEOPLE_HERE = PEOPLE | {"CHL": ("chl.gov", "Chile", "CHL", ("GOV",), "Chile(?:an)?")}


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize(
    ("stories", "counts"),
    [
        ([TRUCE, OTHER, COUNT], [14, 0]),
        ([TRUCE, THIRD, COUNT], [0, 0]),
        ([TRUCE, OTHER, ("2025-03-12", "The OAS counted 9 ceasefire violations.")], [0, 0]),
        ([TRUCE, ("2025-09-12", COUNT[1])], [0]),
        ([COUNT], []),
    ],
)
def test_a_monitors_report_belongs_to_the_one_truce_of_its_side(
    book, stories, counts, backwards
) -> None:
    for number, (day, text) in sorted(enumerate(stories), reverse=backwards):
        made = Builder(text, day, f"Paper {number}", people=PEOPLE_HERE)
        book.add(made.record(), recorded="published")
    assert [row["violation_count"] for row in book.agreements()] == counts


def test_an_analyst_says_of_which_truce_a_monitors_report_is(book) -> None:
    """Parted from the truce that it could mean, it stands alone until it is put to another."""
    for number, (day, text) in enumerate([TRUCE, OTHER, COUNT]):
        made = Builder(text, day, f"Paper {number}", people=PEOPLE_HERE)
        story = book.add(made.record(), recorded="published").story_id
    own, other = (row["agreement_id"] for row in book.agreements())
    book.correct("split", own, "me", other=story)
    alone = next(row for row in book.agreements() if not row["parties"])
    book.correct("merge", other, "me", other=alone["agreement_id"])
    assert [row["violation_count"] for row in book.agreements()] == [0, 14]


def test_both_sides_of_a_truce_are_those_of_the_ledgers_truce(book) -> None:
    told(book, TRUCE)
    both = Builder("Both sides violated the ceasefire, the OAS said.", "2025-03-12")
    both.says("OAS", "say", "said", "Both sides violated the ceasefire")
    book.add(both.record(), recorded="published")
    assert book.ceasefire()["violations"][0]["sides"] == ["ECU", "PER"]


def test_a_side_that_accuses_makes_no_truce_of_the_two_others(book) -> None:
    stories = (
        ("2025-03-09", "Peru, Ecuador and Chile agreed to a ceasefire."),
        ("2025-03-12", "Ecuador accused Peru of violating the ceasefire with Chile."),
        ("2025-03-13", "Chile accused Peru of violating the ceasefire with Ecuador."),
    )
    for number, (day, text) in enumerate(stories):
        made = Builder(text, day, f"Paper {number}", people=PEOPLE_HERE)
        book.add(made.record(), recorded="published")
    (row,) = book.agreements()
    assert (row["parties"], row["status"]) == (["CHL", "ECU", "PER"], "violated")


def test_what_is_only_named_was_not_agreed_that_day(book) -> None:
    named = Builder("Peru and Ecuador know that the Itamaraty deal is unloved.", "2025-03-12")
    book.add(named.commit("agreement", "PER ECU", "", "Itamaraty deal", name="Itamaraty deal").record())  # fmt: skip
    assert [(row["name"], row["agreed_on"]) for row in book.agreements()] == [
        ("Itamaraty agreement", None)
    ]


def test_an_agreement_of_which_a_year_alone_is_told_is_of_that_year(book) -> None:
    text = "Peru and Ecuador remember the deal that they signed last year."
    made = Builder(text, "2025-03-12").event("AGREE", "PER", "ECU", "signed")
    event = made.events[0].replace(date=When("2024-01-01", "2024-12-31", "last year"))
    made.events[0] = event
    made.commit("agreement", "PER ECU", "", "deal")
    step = StatusChange("2024-01-01", "agreed", event=event.id)
    made.commitments[0] = made.commitments[0].replace(history=(step,))
    book.add(made.record())
    assert [(row["name"], row["agreed_on"]) for row in book.agreements()] == [
        ("2024 agreement", None)
    ]


def test_a_truce_is_known_by_where_it_was_signed_and_holds_until_it_is_over(book) -> None:
    told(book,
         ("2025-03-10", "OSLO, March 10 (AFP) - Peru and Ecuador signed a ceasefire in Oslo on Monday."),
         ("2025-03-12", "Peru accused Ecuador of violating the Oslo ceasefire."),
         ("2025-03-13", "The Organization of American States recorded four violations of the ceasefire between "
                        "Peru and Ecuador.\n\nIt said the Oslo ceasefire was holding."),
         ("2025-03-14", "Peru threatened to suspend the Oslo ceasefire."))  # fmt: skip
    (found,) = book.agreements()
    assert (found["name"], found["status"]) == ("Oslo ceasefire", "in-force")
    assert (str(found["agreed_on"]), found["violation_count"]) == ("2025-03-10", 4)


def test_neither_an_agency_nor_where_it_files_from_is_a_party(book) -> None:
    people = PEOPLE | {
        "AFP": ("afp", "AFP", "FRA", ("JRN",), "AFP"),
        "BRA": ("place:brasilia", "Brasilia", "BRA", (), "BRASILIA"),
    }
    text = "BRASILIA (AFP) - Peru signed a ceasefire with Ecuador in Brasilia, both told AFP."
    made = Builder(text, "2025-03-10", people=people)
    parts = Paragraph(0, 17, "dateline"), Paragraph(17, len(text), "text")
    made.story = made.story.replace(paragraphs=parts, dateline="BRASILIA (AFP)")
    book.add(made.record(), recorded="published")
    (found,) = book.agreements()
    assert (found["parties"], found["scope"]) == (["ECU", "PER"], None)


@pytest.mark.parametrize(
    ("text", "agreed", "begins"),
    [
        ("Peru and Ecuador agreed on Monday to a ceasefire that will take effect at 0600 GMT on Friday.", None, "2025-03-14"),
        ("The ceasefire between Peru and Ecuador will come into force on Thursday, Brazil said on Tuesday.", None, "2025-03-13"),
        ("On Sunday the ceasefire between Peru and Ecuador took effect.", None, "2025-03-09"),
    ],
)  # fmt: skip
def test_a_truce_begins_on_the_day_behind_its_beginning(book, text, agreed, begins) -> None:
    (found,) = told(book, ("2025-03-11", text)).agreements()
    assert (found["agreed_on"], str(found["in_force_from"])) == (agreed, begins)


def test_where_a_truce_was_signed_is_not_where_it_holds(book) -> None:
    signed = "Peru and Ecuador signed a ceasefire in Quito on Monday."
    assert told(book, ("2025-03-11", signed)).agreements()[0]["scope"] is None


def test_who_saw_no_evidence_of_a_violation_reports_none(book) -> None:
    text = "Monitors of the OAS said they saw no evidence of any violation by Peru or Ecuador."
    none = Builder(text, "2025-03-12").commit("agreement", "PER ECU", "", "violation")
    book.add(Builder(TRUCE[1], TRUCE[0]).record(), recorded="published")
    book.add(none.record(), recorded="published")
    assert book.ceasefire()["violations"] == []
    assert sign_of("Monitors saw no sign of a breach of the ceasefire by Peru.") != "violated"


def test_who_tells_of_violations_is_counted_where_nobody_counted_them(book, tmp_path) -> None:
    told(book, TRUCE, ("2025-03-12", "Peru accused Ecuador of violating the ceasefire."))
    (row,) = book.agreements()
    assert (row["violation_reports"], row["violation_count"]) == (1, 0)


def test_a_truce_in_force_that_runs_out_is_due_once(book) -> None:
    text = "Peru and Ecuador agreed on Monday to a ceasefire that takes effect on March 11 and lasts until March 25."
    made = Builder(text, "2025-03-10").commit("agreement", "PER ECU", "", "ceasefire")
    book.add(made.record(), recorded="published")
    ids = [row["commitment_id"] for row in book.due("2025-03-15", as_of="2025-03-15")]
    assert len(ids) == 1 and book.due("2025-03-15", as_of="2025-03-15")[0]["due_end"] == date(
        2025, 3, 25
    )


def test_a_pact_over_which_talks_are_held_is_not_in_force() -> None:
    text = "A peace deal is ruled out, but envoys of Peru and Ecuador are to hold talks in Lima."
    assert sign_of(text) != "held"
    assert sign_of("The ceasefire between Peru and Ecuador held on Sunday.") == "held"
