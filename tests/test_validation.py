"""A sample of events judged by hand: drawn, written, filled in, scored."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

import dragoman
from dragoman import validation
from dragoman.cli import cli
from dragoman.errors import InputError, UsageError
from dragoman.exports import write as export

TEXTS = (
    "Chad accused Sudan on Monday of shelling the border town of Adre, killing three people. Sudan denied the charge.",
    "Kenya offered to host talks between Chad and Sudan. Chad's president met Sudan's foreign minister in Nairobi.",
    "=SUM(1) Ethiopia threatened to close its border with Eritrea unless Eritrea withdraws its troops. Police arrested 12 protesters in Asmara.",
)


@pytest.fixture(scope="module")
def records():
    coder = dragoman.load()
    return [
        coder.code(dragoman.Story(text=text, published=f"2026-03-0{day}"))
        for day, text in enumerate(TEXTS, start=2)
    ]


def fill(path: Path, answer) -> None:
    """Fill in a CSV sheet: the answer of each row and question."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row.update({question: answer(row, question) for question in validation.QUESTIONS})
    with path.open("w", encoding="cp1252", errors="replace", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=";")  # as a spreadsheet may save it
        writer.writeheader()
        writer.writerows(rows)


def test_the_same_seed_draws_the_same_in_any_order(records):
    number = sum(len(record.events) for record in records)
    everything = validation.draw(records, 1000)
    assert [row["n"] for row in everything] == list(range(1, number + 1))
    assert {row["stands_for"] for row in everything} == {1.0}
    shuffled = records[:]
    random.Random(1).shuffle(shuffled)
    few = validation.draw(records, 4)
    assert validation.draw(shuffled, 4) == few and len(few) == 4
    assert few[0]["stands_for"] == number / 4
    assert [row["event_id"] for row in few] != [row["event_id"] for row in validation.draw(records, 4, seed=8)]  # fmt: skip


def test_of_a_story_that_comes_twice_the_events_are_drawn_once(records):
    everything = validation.draw(records, 1000)
    for size in (3, 1000):
        for by in (None, "type"):
            once = validation.draw(records, size, by=by)
            assert validation.draw([*records, *records], size, by=by) == once
    assert validation.draw([*records, records[0]], 1000) == everything


def test_by_type_draws_rare_types_too(records):
    types = {event.type for record in records for event in record.events}
    drawn = validation.draw(records, len(types), by="type")
    assert sorted(row["type"] for row in drawn) == sorted(types)
    assert sum(row["stands_for"] for row in drawn) == sum(len(record.events) for record in records)


def test_a_row_shows_what_is_judged(records):
    row = next(row for row in validation.draw(records, 1000) if row["type"] == "ACCUSE")
    assert "‹accused›" in row["sentence"] and row["actors"].startswith("Chad (TCD")
    assert row["recipients"].startswith("Sudan") and row["published"] == "2026-03-02"
    assert row["event_right"] == ""


def test_a_sheet_that_was_filled_in_is_scored(records, tmp_path):
    path = tmp_path / "sheet.csv"
    drawn = validation.draw(records, 1000)
    validation.write(drawn, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with pytest.raises(InputError, match="no row has an answer"):
        validation.score(path)
    fill(path, lambda row, question: ("No" if row["type"] == "CONSULT" else "YES") if question == "event_right" else "")  # fmt: skip
    found = validation.score(path)
    wrong = sum(row["type"] == "CONSULT" for row in drawn)
    right = found["questions"]["event_right"]
    assert right["right"] == round(1 - wrong / len(drawn), 4) and right["judged"] == len(drawn)
    assert right["low"] < right["right"] < right["high"]
    assert set(found["questions"]) == {"event_right", "all_right"}
    assert found["types"]["CONSULT"]["right"] == 0 and found["types"]["ACCUSE"]["right"] == 1
    assert sum(band["judged"] for band in found["confidence"]) == len(drawn)


def test_rows_of_a_sheet_by_type_are_weighed(tmp_path):
    path = tmp_path / "sheet.csv"
    lines = ["story_id,event_id,type,confidence,stands_for,event_right"]
    lines += [f"s,{n},ASSAULT,0.9,90,{'yes' if n else 'no'}" for n in range(2)]
    lines += [f"s,{n},AID,0.9,10,yes" for n in range(2, 4)]
    path.write_text("\n".join(lines))
    assert validation.score(path)["questions"]["event_right"]["right"] == 0.55


def test_wilsons_interval():
    from dragoman.validation.judged import _share

    found = _share([(True, 1.0)] * 81 + [(False, 1.0)] * 19)
    assert (found["low"], found["high"]) == (0.7222, 0.8749)  # Newcombe 1998's formula, 81 of 100
    assert _share([(True, 1.0)] * 10)["high"] == 1.0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("story_id,event_id,type,event_right\ns,e,AID,perhaps\n", ":2: event_right: yes, no or unsure, not 'perhaps'"),
        ("a,b\n1,2\n", "no sheet of dragoman sample: no column event_id, type, event_right"),
    ],
)  # fmt: skip
def test_what_is_no_sheet_or_no_answer_is_named(text, message, tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text(text)
    with pytest.raises(InputError) as refused:
        validation.score(path)
    assert message in str(refused.value)


def test_two_who_judged_are_compared(tmp_path):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    head = "story_id,event_id,type,confidence,event_right\n"
    one.write_text(head + "".join(f"s,{n},AID,,{'yes' if n < 6 else 'no'}\n" for n in range(10)))
    two.write_text(head + "".join(f"s,{n},AID,,{'yes' if n < 5 else 'no'}\n" for n in range(10)))
    assert validation.agreement(one, two) == {
        "event_right": {"judged": 10, "agreed": 0.9, "kappa": 0.8}
    }
    result = CliRunner().invoke(cli, ["eval", str(one), "--second", str(two)])
    assert result.exit_code == 0 and "kappa" in result.output and "0.80" in result.output


def test_the_command_draws_from_records_and_a_ledger(records, tmp_path):
    stored, book = tmp_path / "records.jsonl", tmp_path / "sheet.xlsx"
    export(records, "record", stored)
    run = CliRunner().invoke(cli, ["sample", str(stored), "-n", "5", "--by", "type", "-o", str(book)])  # fmt: skip
    assert run.exit_code == 0, run.output
    sheet = openpyxl.load_workbook(book).active
    assert sheet.max_row == 6
    names = [cell.value for cell in sheet[1]]
    for row in range(2, 7):
        sheet.cell(row, names.index("event_right") + 1).value = "yes"
    sheet.parent.save(book)
    assert validation.score(book)["questions"]["event_right"]["right"] == 1

    ledger = tmp_path / "crisis.duckdb"
    with dragoman.open_ledger(ledger) as opened:
        list(opened.add_many(records))
    run = CliRunner().invoke(cli, ["sample", "-l", str(ledger), "--types", "accuse", "-o", str(tmp_path / "a.csv")])  # fmt: skip
    assert run.exit_code == 0, run.output
    with (tmp_path / "a.csv").open(encoding="utf-8-sig") as file:
        assert {row["type"] for row in csv.DictReader(file)} == {"ACCUSE"}
    assert CliRunner().invoke(cli, ["sample", "-o", str(book)]).exit_code == 2


def test_the_command_says_why_there_is_nothing_to_draw(tmp_path):
    done = CliRunner().invoke(
        cli, ["sample", str(tmp_path / "none.jsonl"), "-o", str(tmp_path / "sheet.csv")]
    )
    assert done.exit_code == 3 and "rejected" in done.stderr and "none.jsonl" in done.stderr


def test_no_cell_is_run_as_a_formula_and_other_endings_are_refused(records, tmp_path):
    drawn = validation.draw(records, 1000)
    path = tmp_path / "sheet.xlsx"
    validation.write(drawn, path)
    sheet = openpyxl.load_workbook(path).active
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    with pytest.raises(UsageError, match=r"\.csv or \.xlsx"):
        validation.write(drawn, tmp_path / "sheet.txt")
    with pytest.raises(UsageError, match="no events"):
        validation.write([], path)
