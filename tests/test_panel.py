"""Panels: counts by unit and step of time."""

from __future__ import annotations

from datetime import date

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import dragoman
from dragoman import exports, panel
from dragoman.cli import cli
from dragoman.corpus import CodedCorpus
from dragoman.errors import InputError, UsageError

TEXTS = (
    ("2026-01-05", "Chad accused Sudan on Monday of shelling its village of Adre. Sudan denied shelling the village."),
    ("2026-01-06", "Kenya's president met Chad's president in Nairobi on Tuesday."),
    ("2026-03-10", "Chad accused Sudan on Tuesday of arming rebels. Kenya may close its border with Sudan."),
    ("2026-03-11", "Police in Sudan arrested 12 protesters on Wednesday."),
)  # fmt: skip


@pytest.fixture(scope="module")
def records():
    coder = dragoman.load()
    return [coder.code(dragoman.Story(text=text, published=day)) for day, text in TEXTS]


@pytest.fixture(scope="module")
def folder(records, tmp_path_factory):
    path = tmp_path_factory.mktemp("coded")
    list(CodedCorpus(path, records[0].run).keep(iter(records)))
    return path


@pytest.fixture(scope="module")
def ledger(records, tmp_path_factory):
    path = tmp_path_factory.mktemp("ledger") / "crisis.duckdb"
    with dragoman.open_ledger(path) as opened:
        for record in records:
            opened.add(record, recorded="published")
    return path


def cells(table, *names):
    return [tuple(row[name] for name in names) for row in table.to_pylist()]


def test_every_dyad_has_a_row_for_every_month(folder):
    table = panel.of_tables([folder])
    assert table.column_names == [
        "start", "actor", "recipient", "actor_cow", "recipient_cow", "actor_gw", "recipient_gw", "verbal_cooperation",
        "material_cooperation", "verbal_conflict", "material_conflict", "events", "mean_score",
    ]  # fmt: skip
    rows = [row for row in table.to_pylist() if (row["actor"], row["recipient"]) == ("TCD", "SDN")]
    assert [(row["start"].month, row["verbal_conflict"]) for row in rows] == [
        (1, 1),
        (2, 0),
        (3, 1),
    ]
    assert rows[0]["actor_cow"] == 483 and rows[1]["mean_score"] is None
    assert {row["start"] for row in table.to_pylist()} == {
        date(2026, month, 1) for month in (1, 2, 3)
    }
    dyads = set(cells(table, "actor", "recipient"))
    assert ("KEN", "TCD") in dyads and ("TCD", "KEN") in dyads and ("KEN", "KEN") not in dyads
    assert ("KEN", "SDN") not in dyads  # what may be is no deed


def test_what_was_denied_or_may_be_does_not_count(folder, records):
    rows = panel.of_tables([folder], of="actor", by="year", sparse=True).to_pylist()
    told = [event for record in records for event in record.events]
    real = [event for event in told if not {"negation", "future", "hypothetical"} & set(event.aux)]
    chad = [event for event in real if "TCD" in {party.country for party in event.actors}]
    assert [row["events"] for row in rows if row["actor"] == "TCD"] == [len(chad)]
    assert len(real) < len(told)


def test_other_units_steps_and_columns(folder):
    place = panel.of_tables([folder], of="place", by="year", sparse=True)
    assert ("KEN", 1) in cells(place, "country", "events")
    types = panel.of_tables(
        [folder], of="actor", by="day", count="type", since="2026-01-05", until="2026-01-07"
    )
    assert {"accuse", "consult", "assault"} <= set(types.column_names)
    chad = [row for row in types.to_pylist() if row["actor"] == "TCD"]
    assert [(row["start"].day, row["accuse"], row["consult"]) for row in chad] == [
        (5, 1, 0),
        (6, 0, 1),
        (7, 0, 0),
    ]
    weeks = panel.of_tables([folder], by="week", of="recipient")
    assert all(row[0].weekday() == 0 for row in cells(weeks, "start"))


def test_once_a_day_counts_what_several_stories_tell_once(records, tmp_path):
    exports.write(
        [*records, records[0].replace(story=records[0].story.replace(id="copy"))],
        "parquet",
        tmp_path / "e.parquet",
    )

    def accused(**how):
        return [row["verbal_conflict"] for row in panel.of_tables([tmp_path / "e.parquet"], sparse=True, **how).to_pylist()
                if (row["actor"], row["recipient"]) == ("TCD", "SDN")]  # fmt: skip

    assert accused() == [2, 1] and accused(one_a_day=True) == [1, 1]


@pytest.mark.parametrize("of", ["dyad", "actor", "recipient", "place"])
def test_what_was_coded_twice_counts_once(folder, records, tmp_path, of):
    exports.write([*records, *records], "parquet", tmp_path / "twice.parquet")
    once = panel.of_tables([folder], of=of)
    assert panel.of_tables([tmp_path / "twice.parquet"], of=of).equals(once)
    assert panel.of_tables([folder, tmp_path / "twice.parquet"], of=of).equals(once)


def test_a_table_that_is_no_parquet_says_what_is_wanted(records, tmp_path):
    exports.write(records, "csv", tmp_path / "events.csv")
    with pytest.raises(InputError, match="a panel counts Parquet"):
        panel.of_tables([tmp_path / "events.csv"])


def test_a_ledger_gives_the_same_and_what_was_known(folder, ledger):
    with dragoman.open_ledger(ledger, read_only=True) as opened:
        assert opened.panel().to_pylist() == panel.of_tables([folder]).to_pylist()
        early = opened.panel(as_of="2026-01-31")
        assert {row[0].month for row in cells(early, "start")} == {1}
        names = ("actor", "recipient", "events", "mean_score")
        found = cells(opened.panel(sparse=True), *names)
        series = [tuple(row[name] for name in names) for row in opened.dyad("TCD", "SDN")]
        assert sorted(series) == sorted(row for row in found if set(row[:2]) == {"TCD", "SDN"})


def test_the_command_writes_csv_and_parquet(folder, ledger, tmp_path):
    run = CliRunner().invoke(cli, ["panel", str(folder), "--sparse"])
    assert run.exit_code == 0 and run.output.splitlines()[0].startswith("start,actor,recipient")
    target = tmp_path / "panel.parquet"
    run = CliRunner().invoke(cli, ["panel", "-l", str(ledger), "--of", "actor", "-o", str(target)])
    assert run.exit_code == 0 and pq.read_table(target).num_rows > 0
    for wrong in ([], ["--of", "planet", str(folder)], [str(folder), "--as-of", "2026-01-01"], [str(folder), "-o", "a.txt"]):  # fmt: skip
        assert CliRunner().invoke(cli, ["panel", *wrong]).exit_code == 2


def test_no_events_give_an_empty_panel_and_no_table_one_line(tmp_path, records):
    empty = records[0].replace(events=type(records[0].events)(()))
    exports.write([empty], "parquet", tmp_path / "none.parquet")
    assert panel.of_tables([tmp_path / "none.parquet"]).num_rows == 0
    pq.write_table(panel.of_tables([tmp_path / "none.parquet"]), tmp_path / "other.parquet")
    for source, words in (
        ("other.parquet", "no table of events"),
        ("gone", "no such file"),
        (".", ""),
    ):
        with pytest.raises(InputError) as refused:
            panel.of_tables([tmp_path / source] if source != "." else [tmp_path / "sub"])
        assert words in str(refused.value) and "\n" not in str(refused.value)
    with pytest.raises(UsageError, match="by is day, week, month or year, not 'hour'"):
        panel.of_tables([tmp_path], by="hour")
