"""What is due and what was promised in a ledger of more commitments than an answer has rows."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from dragoman import open_ledger
from dragoman.errors import UsageError
from ledger_crisis import Builder

FIRST = date(2022, 1, 1)
MANY = 1200


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A demand a day for three years, each due 90 days later; the oldest alone is refused, one is due next."""
    with open_ledger(tmp_path_factory.mktemp("many") / "many.duckdb") as ledger:
        demand = Builder("Peru demanded a bridge.", str(FIRST)).commit("demand", "PER", "ECU", "bridge")  # fmt: skip
        ledger.add(demand.record(), recorded="published")
        names = ledger.store.columns("commitment_states")
        (row,) = ledger.store.dicts("SELECT * FROM commitment_states")
        ledger.store.query("DELETE FROM commitment_states")
        rows = []
        for number in range(MANY):
            day = FIRST + timedelta(days=number)
            history = row["history"].replace(str(FIRST), str(day))
            if number == 0:
                history = history.replace('"demanded"', '"refused"')
            due = day + timedelta(days=90) if number else None
            more = {"commitment_id": f"k{number:04}", "day": day, "last_day": day, "history": history,
                    "due_end": due, "known_from": datetime.combine(day, time()), "text": f"bridge {number}"}  # fmt: skip
            rows.append({name: (row | more)[name] for name in names})
        ledger.store.append("commitment_states", rows)
        yield ledger


def test_what_is_due_next_is_found_among_many(many) -> None:
    asked = str(FIRST + timedelta(days=MANY + 85))
    found = many.due(asked, limit=5)
    assert [row["text"] for row in found] == [f"bridge {MANY - n}" for n in (5, 4, 3, 2, 1)]
    lapsed = many.due(str(FIRST + timedelta(days=MANY + 200)), limit=2)
    assert [(row["text"], row["status"]) for row in lapsed] == [
        (f"bridge {MANY - 1}", "lapsed"),
        (f"bridge {MANY - 2}", "lapsed"),
    ]


def test_a_status_is_found_among_many_and_the_latest_are_kept(many) -> None:
    assert [row["text"] for row in many.commitments(status="refused", limit=5)] == ["bridge 0"]
    assert [row["text"] for row in many.commitments(limit=2)] == [
        f"bridge {MANY - 2}",
        f"bridge {MANY - 1}",
    ]
    assert len(many.commitments(limit=5000)) == MANY


def test_the_day_asked_is_not_the_day_of_knowledge(many) -> None:
    known = "2022-01-04"
    assert [row["text"] for row in many.due(as_of=known)] == ["bridge 1", "bridge 2", "bridge 3"]
    later = many.due("2022-04-03", as_of=known)
    assert [(row["text"], row["status"]) for row in later] == [
        ("bridge 2", "demanded"),
        ("bridge 3", "demanded"),
        ("bridge 1", "lapsed"),
    ]


def test_types_take_blanks_and_an_unknown_order_is_an_error(many) -> None:
    assert list(many.events(types="ASSAULT, ACCUSE")) == []
    with pytest.raises(UsageError, match="order"):
        many.events(order="size")
