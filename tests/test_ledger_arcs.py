"""Crises told over weeks by several outlets: an ultimatum, a truce, an offer of talks, a threat that was carried out.

Stories are written for these tests; nothing of it happened.
"""

from __future__ import annotations

import pytest

from dragoman.ledger import open_ledger
from dragoman.reading.many import read_many

ULTIMATUM = [
    ("2026-03-02", "Ethiopia gives Eritrea until 14 March to leave Zalambessa",
     "ADDIS ABABA, March 2 - Ethiopia on Monday demanded that Eritrea withdraw its soldiers from the border town of "
     "Zalambessa by 14 March, and warned that it would close the border if they stayed."),
    ("2026-03-03", "Asmara rejects ultimatum over border town",
     "Eritrea has rejected an Ethiopian demand that it pull its soldiers out of Zalambessa."),
    ("2026-03-11", "Eritrea agrees to pull out of border town",
     "DJIBOUTI, March 11 - Eritrea on Wednesday agreed to withdraw its soldiers from Zalambessa, Djibouti's foreign "
     "minister said."),
    ("2026-03-13", "Eritrean troops leave Zalambessa",
     "Eritrean soldiers withdrew from the Ethiopian border town of Zalambessa on Friday, residents said."),
]  # fmt: skip
TRUCE = [
    ("2026-05-04", "Thailand and Cambodia sign ceasefire in Kuala Lumpur",
     "KUALA LUMPUR (Mekong Press) - Thailand and Cambodia signed a ceasefire on Monday that is to last until 18 May, "
     "ending eleven days of fighting in which 41 people died."),
    ("2026-05-07", "Army: truce broken",
     "The Thai army on Thursday accused Cambodia of violating the ceasefire. Cambodia's defence ministry denied it and "
     "said it was Thai soldiers who had broken the truce."),
    ("2026-05-08", "Observers report violations",
     "Observers of the Association of Southeast Asian Nations said on Friday that they had recorded nine violations of "
     "the ceasefire between Thailand and Cambodia since Tuesday. They said the truce was holding."),
    ("2026-05-26", "Bangkok no longer bound",
     "The prime minister said Thailand no longer considered itself bound by the truce with Cambodia."),
]  # fmt: skip
TALKS = [
    ("2026-06-01", "Chile offers Bolivia talks on water",
     "SANTIAGO, June 1 - Chile offered on Monday to hold talks with Bolivia on the waters of the Lauca river."),
    ("2026-06-02", "Bolivia turns down offer", "Bolivia on Tuesday rejected Chile's offer of talks on the Lauca."),
    ("2026-06-15", "Bolivia accepts talks",
     "Bolivia has accepted an offer by Chile to hold talks on the Lauca river. The foreign ministers of Bolivia and "
     "Chile will meet in Montevideo on 24 June."),
    ("2026-06-23", "Meeting postponed",
     "The meeting of the foreign ministers of Bolivia and Chile planned for Wednesday in Montevideo has been postponed "
     "until 2 July, the Bolivian foreign ministry said."),
    ("2026-07-02", "Ministers meet",
     "The foreign ministers of Chile and Bolivia met in Montevideo on Thursday for talks on the Lauca river that La Paz "
     "had first refused."),
    ("2026-07-08", "How two neighbours came to talk",
     "When Chile offered talks on the Lauca on 1 June, Bolivia refused. Two weeks later it accepted."),
]  # fmt: skip
SANCTIONS = [
    ("2026-02-16", "EU threatens Georgia with sanctions over media law",
     "BRUSSELS, Feb 16 - The European Union on Monday threatened to impose sanctions on Georgia unless its parliament "
     "withdraws a law on media by 1 March."),
    ("2026-03-03", "EU imposes sanctions",
     "BRUSSELS, March 3 - The European Union imposed sanctions on 14 Georgian officials on Tuesday."),
    ("2026-04-28", "EU lifts sanctions on Georgia",
     "BRUSSELS, April 28 - The European Union on Tuesday lifted the sanctions that it had imposed on 14 Georgian "
     "officials in March."),
]  # fmt: skip


@pytest.fixture
def book(tmp_path, coder):
    """A function that makes a ledger of stories (day, title, text), each known from its own day."""
    opened = []

    def made(stories):
        rows = [
            {"published": day, "title": title, "text": text, "publisher": f"Wire {number % 2}"}
            for number, (day, title, text) in enumerate(stories)
        ]
        ledger = open_ledger(tmp_path / "arc.duckdb")
        opened.append(ledger)
        for story in read_many(rows):
            ledger.add(coder.code(story), recorded="published")
        return ledger

    yield made
    for ledger in opened:
        ledger.close()


def test_an_ultimatum_is_one_demand_from_its_making_to_its_keeping(book) -> None:
    ledger = book(ULTIMATUM)
    days = ("2026-03-02", "2026-03-04", "2026-03-12", "2026-03-14")
    told = [[row["status"] for row in ledger.commitments(kind="demand", as_of=day)] for day in days]
    assert told == [["demanded"], ["refused"], ["agreed"], ["met"]]
    # refused, it runs out on its day all the same
    (due,) = [row for row in ledger.due("2026-03-05") if row["kind"] == "demand"]
    assert str(due["due_end"]) == "2026-03-14"
    assert len(ledger.commitments(kind="promise")) == 1  # the title's is that of the first sentence


def test_a_truce_of_two_is_one_whoever_died_before_it_and_counts_its_days(book) -> None:
    ledger = book(TRUCE)
    (truce,) = ledger.agreements()
    assert (truce["parties"], truce["status"]) == (["KHM", "THA"], "lapsed")
    assert not truce["name"].startswith("2026")
    assert [row["status"] for row in ledger.agreements(as_of="2026-05-07")] == ["disputed"]
    assert [row["status"] for row in ledger.agreements(as_of="2026-05-09")] == ["in-force"]


def test_an_offer_is_refused_accepted_and_met_and_put_off_is_not_given_up(book) -> None:
    ledger = book(TALKS)
    (offer,) = ledger.commitments(kind="offer")
    assert offer["status"] == "met"
    (plan,) = ledger.commitments(kind="plan")
    assert (plan["status"], str(plan["due_end"])) == ("met", "2026-07-02")
    (plan,) = ledger.commitments(kind="plan", as_of="2026-06-24")
    assert (plan["status"], str(plan["due_end"])) == ("planned", "2026-07-02")


def test_what_was_carried_out_is_not_withdrawn_and_stands_at_its_day(book) -> None:
    ledger = book(SANCTIONS)
    (threat,) = ledger.commitments(kind="threat")
    assert (threat["status"], str(threat["status_since"])) == ("met", "2026-03-03")
    (imposed,) = [row for row in ledger.events(types="SANCTION") if row["reports"] > 1]
    assert str(imposed["day"]) == "2026-03-03"


def test_a_threat_is_carried_out_on_those_whom_it_was_made_to_and_a_condition_is_no_not(
    book,
) -> None:
    ledger = book([
        ("2026-05-11", "Turkey tells fighters to leave Kobani",
         "Turkey on Monday gave the Syrian Democratic Forces until Friday to leave the town of Kobani and threatened to "
         "attack if they did not go."),
        ("2026-05-18", "Turkish jets strike",
         "Turkish warplanes attacked positions of the Syrian Democratic Forces around Kobani on Monday, killing 11 "
         "fighters."),
    ])  # fmt: skip
    (threat,) = ledger.commitments(kind="threat")
    assert (threat["status"], str(threat["status_since"])) == ("met", "2026-05-18")


def test_the_same_deed_told_weeks_later_and_of_gunmen_who_are_named_then_is_one(book) -> None:
    ledger = book([
        ("2026-04-06", "Engineers seized", "Gunmen kidnapped four Indian engineers near Kayes in Mali on Sunday."),
        ("2026-04-18", "Engineers freed",
         "JNIM on Saturday freed the four Indian engineers it had kidnapped near Kayes two weeks ago."),
    ])  # fmt: skip
    (seized,) = [row for row in ledger.events(types="ASSAULT") if row["mode"] == "abduct"]
    assert (seized["reports"], str(seized["day"])) == (2, "2026-04-05")


def test_a_withdrawal_from_the_town_that_was_named_keeps_the_promise_late(book) -> None:
    ledger = book([
        ("2026-01-19", "Troops to leave",
         "Rwanda promised on Monday to withdraw its troops from the airport of Goma in eastern Congo by 31 January."),
        ("2026-02-09", "Troops home",
         "Rwandan forces completed their withdrawal from Goma airport on Monday, nine days later than agreed."),
    ])  # fmt: skip
    assert [row["status"] for row in ledger.commitments(as_of="2026-02-02")] == ["lapsed"]
    (promise,) = ledger.commitments()
    assert (promise["status"], str(promise["status_since"])) == ("met", "2026-02-09")
