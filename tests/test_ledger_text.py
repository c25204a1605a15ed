"""A ledger's answers for eyes: nothing that is copied is broken, whatever the width."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from dragoman.cli import cli
from dragoman.ledger import open_ledger
from dragoman.ledger.scope import Table
from dragoman.ledger.table_text import table_text
from ledger_crisis import crisis

QUESTIONS = (
    ["timeline"], ["events"], ["commitments"], ["due", "2025-03-26"], ["claims"], ["agreements"], ["ceasefire"],
    ["actors"], ["dyad", "PER", "ECU"], ["index", "PER", "ECU"], ["diff", "2025-03-15", "2025-03-19"],
    ["search", "talks"],
)  # fmt: skip
IDS = ("id", "event_id", "commitment_id", "claim_id", "agreement_id", "story_id")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("text") / "l.duckdb"
    with open_ledger(file) as book:
        list(book.add_many(crisis(), recorded="published", together=25))
    return file


def told(path: Path, *words: object, columns: int | None = None) -> str:
    done = CliRunner(env={"COLUMNS": str(columns) if columns else None}).invoke(
        cli, [*map(str, words), "-l", str(path)]
    )
    assert done.exit_code == 0, done.exception
    return done.output


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("columns", [50, 80, 130, None])
def test_no_line_is_too_long_or_padded(
    path: Path, question: list[str], columns: int | None
) -> None:
    lines = told(path, *question, columns=columns).splitlines()
    assert lines and all(line == line.rstrip() for line in lines)
    facts_of_a_ceasefire = 3 if question == ["ceasefire"] else 0
    assert all(len(line) <= (columns or 160) for line in lines[facts_of_a_ceasefire:])


@pytest.mark.parametrize("columns", [50, 80, 130, None])
def test_ids_types_and_days_stay_whole(path: Path, columns: int | None) -> None:
    with open_ledger(path, read_only=True) as book:
        answers = {"timeline": book.timeline(), "events": book.events(), "commitments": book.commitments(),
                   "agreements": book.agreements(), "claims": book.claims()}  # fmt: skip
    for question, rows in answers.items():
        shown = told(path, question, columns=columns)
        for row in rows:
            for name in (*IDS, "type", "kind", "day", "when", "status"):
                if row.get(name) and not (name == "day" and question in ("timeline", "agreements")):
                    whole = name != "story_id" or question == "search"
                    assert not whole or str(row[name]) in shown, (question, name)


def test_a_narrow_terminal_gets_entries_and_a_wide_one_a_grid(path: Path) -> None:
    narrow = told(path, "commitments", columns=80).splitlines()
    assert narrow[:3] == [
        "  2025-03-03  demand  PER → ECU  refused",
        "    withdraw its soldiers from the border post of Falso Paquisha",
        f"    status since 2025-03-04 · {narrow[2].split()[-1]}",
    ]
    wide = told(path, "commitments", columns=160).splitlines()
    assert "─" * len(wide[2]) == wide[2] and "commitment id" in wide[1]
    assert "reported by" not in told(path, "claims")  # nobody merely reports


def test_who_only_suffers_stands_behind_the_arrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    row = {
        "type": "ASSAULT",
        "actor": None,
        "recipient": "four guards",
        "what": "Four guards died in a blast near a well outside the town of Wells.",
    }
    assert "ASSAULT  → four guards" in table_text(
        Table([row], list(row)), list(row), Path("narrow.txt")
    )


def test_what_changed_is_told_in_words(path: Path) -> None:
    for columns in (80, 160):
        shown = " ".join(told(path, "diff", "2025-03-15", "2025-03-19", columns=columns).split())
        assert "status in-force, violation count" in shown and "{" not in shown


def test_a_file_says_what_the_screen_says(path: Path, tmp_path: Path) -> None:
    questions = (["ceasefire"], ["ceasefire", "--since", "2026-01-01"], ["claims", "--since", "2027-01-01"],
                 ["timeline"])  # fmt: skip
    for question in questions:
        file = tmp_path / "answer.txt"
        assert told(path, *question, "-o", file) == ""
        assert file.read_text() == told(path, *question)
    assert told(path, "claims", "--since", "2027-01-01") == "nothing\n"
    shown = told(path, "ceasefire", "--since", "2026-01-01")
    assert "parties: ECU, PER" in shown and shown.endswith("  violations: none told\n")
    assert "Organization of American States" in told(path, "ceasefire")


def test_controls_in_a_ledger_are_not_printed() -> None:
    row = {"day": "2025-03-06", "text": "\x1b]0;EVIL\x07Peru \x1b[31mdenied\x9b0m it", "id": "e1"}
    assert "Peru denied it" in table_text(Table([row], list(row)), list(row), None)


def test_parties_that_stand_on_both_sides_are_named_once(path: Path) -> None:
    agreed = told(path, "commitments", columns=80).split("agreement")[1]
    assert agreed.startswith("  ECU, PER  ")
