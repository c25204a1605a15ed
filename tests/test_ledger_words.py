"""Words as the ledger compares and finds them: forms of a verb are one word."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.errors import DataError
from dragoman.ledger import act_words, open_ledger, words
from dragoman.ledger.answers import Answers, Later
from ledger_crisis import Builder

FORMS = (
    "withdraw withdrew withdrawn withdrawing withdrawal",
    "send sent sending sends",
    "free freed freeing",
    "leave left leaves leaving",
    "give gave given giving",
    "strike struck striking strikes",
    "hold held holding",
    "vote voted voting votes",
    "stop stopped stopping",
)


@pytest.mark.parametrize("forms", FORMS)
def test_forms_of_a_verb_have_one_stem(forms) -> None:
    assert len({words.stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("promise", "kind", "kept"),
    [
        ("withdraw its troops", "RETREAT", "The army withdrew its troops."),
        ("send grain", "AID", "The government sent grain."),
        ("free the pilots", "RETREAT", "The captured pilots were freed."),
        ("hold a summit", "CONSULT", "A summit was held in the capital."),
    ],
)
def test_a_promise_is_kept_in_whatever_form_of_its_verb(promise, kind, kept) -> None:
    made = {"item": 1, "kind": "promise", "day": date(2025, 3, 1), "by_countries": ["PER"], "by_ids": [],
            "to_countries": ["ECU"], "meaning": words.meaning(promise), "story_id": "a",
            "start_offset": 0, "end_offset": 20}  # fmt: skip
    report = {"report": 2, "type": kind, "aux": [], "actors": [], "actor_countries": ["PER"],
              "recipients": ["ECU"], "recipient_countries": ["ECU"], "meaning": words.meaning(kept), "day": date(2025, 3, 9), "said_by": [],
              "story_id": "b", "story_event": "e1", "recorded": None}  # fmt: skip
    (step,) = Answers([Later.event(report)]).to(made)
    assert (step["status"], step["rule"]) == ("met", "promise kept")


@pytest.fixture
def book(tmp_path):
    with open_ledger(tmp_path / "words.duckdb") as ledger:
        yield ledger


def test_search_finds_every_form_and_what_an_older_ledger_kept(book) -> None:
    book.add(Builder("Peru withdrew its troops from Zamora.", "2025-03-06").record())
    assert len(book.search("withdraw troops")) == 1
    old, new = words.word_key("withdrew"), words.word_key("withdraw")
    book.store.query("UPDATE word_rows SET word = ? WHERE word = ?", [old, new])
    assert len(book.search("withdrew troops")) == 1
    assert len(book.search("withdrew soldiers")) == 0


def test_search_as_of_a_day_finds_what_was_corrected_later(book) -> None:
    def told(dead: int, day: str):
        text = f"Peruvian shells killed {dead} soldiers at Zamora near the river."
        return Builder(text, day, url="https://x.example/1").record()

    book.add(told(12, "2025-03-01"), "2025-03-01")
    book.add(told(15, "2025-03-05"), "2025-03-05")
    for day, number in (("2025-02-28", 0), ("2025-03-02", 12), ("2025-03-06", 15), (None, 15)):
        found = book.search("shells Zamora", as_of=day)
        assert [f"killed {number}" in row["snippet"] for row in found] == [True] * bool(number)


def test_words_of_what_is_undone_are_checked_by_their_examples(monkeypatch) -> None:
    assert act_words.beside("undone").search("Chad left in May") is None
    assert act_words.beside("undone").search("Chad has yet to leave")
    rows = [(7, ["undone", "will", "Chad left.", "Chad will leave."])]
    monkeypatch.setattr(act_words, "data_rows", lambda *_: rows)
    with pytest.raises(DataError, match="7: the examples tell otherwise"):
        act_words.beside.__wrapped__("undone")
