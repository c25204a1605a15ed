"""Days in the ledger (of agreements, of stories without a date, of series and the timeline) and sides of a truce."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from dragoman import open_ledger
from dragoman.errors import UsageError
from dragoman.model import StatusChange
from ledger_crisis import Builder

TRUCE = (
    "Peru said that guns would be moved unless Ecuador stopped them, a day after a ceasefire came into force.\n"
    "Brazil brokered the ceasefire on Sunday in Quito.\n"
    "Ecuador rejected the demand and accused Peruvian troops of violating the truce overnight.\n"
    "Peru denied the accusation."
)
STEPS = (
    ("2025-03-09", "agreed", None, "e1"),
    ("2025-03-10", "in-force", None, "e2"),
    ("2025-03-11", "violated", "s1", None),
)


@pytest.fixture
def book(tmp_path):
    with open_ledger(tmp_path / "ledger.duckdb") as ledger:
        yield ledger


def truce(published: str | None = "2025-03-11", steps=STEPS):
    """A story of a truce whose steps the coder tells, each with a day of its own."""
    made = Builder(TRUCE, published, title="A truce")
    made.event("AGREE", "BRA", "PER ECU", "brokered", day="2025-03-09")
    made.event("RETREAT", "PER", "ECU", "came into force", day="2025-03-10")
    made.says("ECU", "accuse", "accused", "Peruvian troops of violating the truce overnight")
    made.says("PER", "deny", "denied", "the accusation")
    made.claim("Peruvian troops violated the truce", None, "ECU", "PER")
    made.commit("agreement", "PER ECU", "", "ceasefire")
    record = made.record()
    where = made.at("Peruvian troops of violating the truce overnight")
    claim = record.claims[0].replace(start=where.start, end=where.end, statements=("s1", "s2"))
    pact = record.commitments[0].replace(history=tuple(StatusChange(*step) for step in steps))
    return record.replace(claims=(claim,), commitments=(pact,))


def truce_without_a_day():
    """The same where neither the story nor anything in it has a day."""
    steps = (
        (None, "agreed", None, None),
        (None, "in-force", None, None),
        (None, "violated", "s1", None),
    )
    undated = truce(None, steps)
    days = [event.replace(date=None) for event in undated.events]
    return undated.replace(events=type(undated.events)(days))


def test_each_step_of_an_agreement_keeps_its_day_and_its_voice(book) -> None:
    book.add(truce(), recorded="published")
    found = book.ceasefire("PER-ECU")
    assert [str(found[name]) for name in ("agreed_on", "in_force_from")] == ["2025-03-09", "2025-03-10"]  # fmt: skip
    assert found["status"] == "disputed"
    assert [(v["reporter"], v["sides"]) for v in found["violations"]] == [("ecu.gov", ["PER"])]
    assert [(step["said"], step["by"]) for step in found["history"]][2:] == [
        ("violated", ["ecu.gov"]),
        ("denied", ["per.gov"]),
    ]


def test_a_year_is_no_day_on_which_something_was_agreed(book) -> None:
    record = truce(steps=(STEPS[0], STEPS[2]))
    year = record.events[0].date.replace(start="2025-01-01", end="2025-12-31")
    events = type(record.events)([record.events[0].replace(date=year), record.events[1]])
    book.add(record.replace(events=events), recorded="published")
    assert book.ceasefire("PER-ECU")["agreed_on"] is None


def test_a_story_without_a_date_has_no_day_in_any_answer(book) -> None:
    added = book.add(truce_without_a_day(), recorded="published")
    assert not added.dated
    series = book.index("PER", "ECU")
    assert (list(series), list(book.dyad("PER", "ECU"))) == ([], [])
    assert series.note.startswith("1 event left out")
    assert book.store.query("SELECT count(*) FROM dyads") == [(0,)]
    pact = book.ceasefire()
    assert pact["name"].endswith("ceasefire (day unknown)")
    assert (pact["in_force_from"], pact["agreed_on"], pact["status_since"]) == (None, None, None)
    assert {row["when"] for row in book.timeline()} == {"day unknown"}
    assert book.timeline(since="2020-01-01") == []
    assert [row["day"] for row in book.claims(contested=True)] == [None]


def test_the_day_that_an_analyst_gives_an_event_without_one_counts(book) -> None:
    made = Builder("Peru killed Ecuador.", None).event("ASSAULT", "PER", "ECU", "killed")
    book.add(made.record(), recorded="2025-04-01")
    (event,) = book.events()
    book.correct("recode", event["event_id"], "me", field="day", value="2025-03-10")
    assert [(str(row["start"]), row["events"]) for row in book.index("PER", "ECU", by="day")] == [
        ("2025-03-10", 1)
    ]


def test_agreements_of_a_day_and_of_none_are_joined_by_an_analyst(book) -> None:
    book.add(truce_without_a_day())
    book.add(truce().replace(story=truce().story.replace(id="dated")), recorded="published")
    one, two = (row["agreement_id"] for row in book.agreements())
    book.correct("merge", one, "me", other=two)
    (pact,) = book.agreements()
    assert str(pact["in_force_from"]) == "2025-03-10"


def test_what_has_a_day_comes_before_what_has_none(book) -> None:
    book.add(truce(None))
    book.add(truce().replace(story=truce().story.replace(id="dated")), recorded="published")
    assert str(book.ceasefire()["in_force_from"]) == "2025-03-10"
    assert str(book.claims(contested=True)[0]["day"]) == "2025-03-11"


def test_a_date_given_later_takes_the_place_of_none(book) -> None:
    old = book.add(truce(None), recorded="2026-01-01")
    new = book.add(truce(), recorded="published")
    assert (new.outcome, new.replaced) == ("corrected", old.story_id)
    assert len(book.index("PER", "ECU", by="day")) == 1
    again = [book.add(truce()), book.add(truce(None))]
    assert [(item.outcome, item.dated) for item in again] == [("unchanged", True)] * 2


def test_a_series_counts_what_happened(book) -> None:
    made = Builder("Peru killed, threatened, spared and once bombed Ecuador.", "2025-03-11")
    made.event("ASSAULT", "PER", "ECU", "killed", day="2025-03-10")
    made.event("ASSAULT", "PER", "ECU", "threatened", aux=("future",), day="2025-04-01")
    made.event("ASSAULT", "PER", "ECU", "spared", aux=("negation",))
    made.event("ASSAULT", "PER", "ECU", "bombed", aux=("historical",))
    book.add(made.record(), recorded="published")
    assert [row["events"] for row in book.index("PER", "ECU", by="month")] == [1]


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2018-01-01", "2018-12-31", "2018"),
        ("2018-02-01", "2018-02-28", "2018-02"),
        ("2018-02-03", "2018-02-04", "2018-02-03"),
        ("2018-02-03", "2018-06-04", "2018-02-03 to 2018-06-04"),
    ],
)
def test_the_timeline_tells_no_day_that_no_story_tells(book, start, end, shown) -> None:
    record = (
        Builder("Peru killed Ecuador.", "2019-03-11")
        .event("ASSAULT", "PER", "ECU", "killed", day=start)
        .record()
    )
    event = record.events[0]
    dated = event.replace(date=event.date.replace(end=end))
    book.add(record.replace(events=type(record.events)([dated])), recorded="published")
    assert [row["when"] for row in book.timeline()] == [shown]
    with pytest.raises(UsageError, match="since 2019-03-02 is later than until 2019-03-01"):
        book.timeline(since="2019-03-02", until="2019-03-01")


def test_a_day_that_words_tell_goes_before_that_of_a_story(book) -> None:
    for day, words, told in (
        ("2025-03-11", "struck the post", ""),
        ("2025-03-11", "struck the post at dawn", "on Monday"),
    ):
        made = Builder(f"Peru {words}.", "2025-03-11", told, f"https://news.example/{told}")
        (event,) = made.event(
            "ASSAULT", "PER", "ECU", "struck", day="2025-03-10" if told else day
        ).events
        made.events = [event.replace(date=event.date.replace(text=told))]
        book.add(made.record(), recorded="published")
        rows = book.timeline(dated=True)
        assert [row["when"] for row in rows] == (["2025-03-10"] if told else [])


def test_the_sides_of_a_truce_are_those_named_first_where_all_are_named_as_often(book) -> None:
    text = (
        "Peru and Ecuador extended the ceasefire until 12 April 2025. A paper was signed in Brazil."
    )
    made = Builder(text, "2025-03-26").says("PER", "say", "extended", "the ceasefire")
    book.add(made.record(), recorded="published")
    assert book.ceasefire()["parties"] == ["ECU", "PER"]


def test_an_extension_by_a_week_counts_from_the_last_day_so_far(book) -> None:
    for day, text in (
        ("2025-03-13", "Peru and Ecuador agreed to a ceasefire until 29 March."),
        ("2025-03-26", "Peru and Ecuador extended the ceasefire by a week."),
    ):
        book.add(Builder(text, day).record(), recorded="published")
    found = book.ceasefire()
    assert str(found["until"]) == "2025-04-05"
    assert [str(e["until"]) for e in found["extensions"]] == ["2025-04-05"]


def test_neither_who_reports_a_truce_nor_where_it_was_signed_is_a_side(book) -> None:
    text = "Peru and Ecuador agreed to a ceasefire, Brazil said."
    record = Builder(text, "2025-03-13").says(
        "BRA", "say", "said", "Peru and Ecuador agreed to a ceasefire"
    )
    book.add(record.record(), recorded="published")
    later = Builder("Peru and Ecuador violated the Brazil truce.", "2025-03-20")
    book.add(later.record(), recorded="published")
    assert [row["parties"] for row in book.agreements()] == [["ECU", "PER"]] * 2


def test_add_names_a_story_without_a_date_and_how_to_give_it(tmp_path) -> None:
    from dragoman.ledger.cli_writing import add

    records = tmp_path / "records.jsonl"
    records.write_text(json.dumps(truce(None).to_dict()), encoding="utf-8")
    words = [str(records), "--records", "-l", str(tmp_path / "ledger.duckdb")]
    told = CliRunner().invoke(add, words)
    assert [line.startswith("undated ") for line in told.stderr.splitlines()] == [True]
    assert "--date DAY" in told.stderr
    assert CliRunner().invoke(add, [*words, "--date", "2025-03-11"]).exit_code == 2
