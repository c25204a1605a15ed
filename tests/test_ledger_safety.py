"""What a ledger does with values it cannot keep, and with stories that a dead process left to be merged."""

from __future__ import annotations

import os

import pytest

from dragoman.errors import LedgerError, LedgerLocked, LedgerUnfit, UsageError
from dragoman.ledger import ledger as ledger_module
from dragoman.ledger import open_ledger
from dragoman.ledger.row_parts import MOST
from dragoman.model import Record
from ledger_crisis import Builder, crisis


def told(number: int) -> Record:
    """A story that tells of so many dead."""
    builder = Builder(f"Peruvian shells killed {number} soldiers at Zamora.", "2025-03-06")
    return builder.event(
        "ASSAULT", "PER", "ECU", "killed", place="Zamora", dead=(number, number)
    ).record()


@pytest.mark.parametrize(("number", "kept"), [(5 * 10**9, 5 * 10**9), (10**25, MOST)])
def test_a_large_number_is_kept_or_cut(tmp_path, number, kept) -> None:
    with open_ledger(tmp_path / "x.duckdb") as ledger:
        assert ledger.add(told(number)).outcome == "added"
        assert [row["dead_low"] for row in ledger.events()] == [kept]


def test_a_value_that_cannot_be_kept_costs_its_story_alone(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(ledger_module, "fitting", lambda rows: rows)
    bad, good = told(10**25), crisis()[3]
    with open_ledger(tmp_path / "x.duckdb") as ledger:
        with pytest.raises(LedgerUnfit, match=r"x\.duckdb: a value cannot be kept"):
            ledger.add(bad)
        done = list(ledger.add_many([good, bad], together=5))
        assert [item.outcome for item in done] == ["added", "rejected"]
        assert "cannot be kept" in str(done[1].reason)
        assert ledger.store.query("SELECT story_id FROM stories") == [(good.story.id,)]
        assert ledger.events()


def test_a_record_time_that_is_none_is_wrong_usage(tmp_path) -> None:
    with open_ledger(tmp_path / "x.duckdb") as ledger:
        with pytest.raises(UsageError, match="'yesterday'"):
            ledger.add(told(3), "yesterday")
        with pytest.raises(UsageError, match="'soon'"):
            list(ledger.add_many([told(3)], "soon"))


@pytest.fixture
def left(tmp_path):
    """A ledger whose process died before its stories were merged."""
    ledger = open_ledger(tmp_path / "left.duckdb")
    ledger._commit(crisis(), "published")
    ledger.store.close()
    return tmp_path / "left.duckdb"


def test_a_question_settles_first_what_a_dead_process_left(left) -> None:
    with open_ledger(left, read_only=True) as ledger:
        assert ledger.store.read_only
        assert ledger.store.query("SELECT count(*) FROM waiting_rows") == [(0,)]
        assert len(ledger.events()) > 10


def test_where_nothing_can_be_written_a_question_says_what_would_be_missing(
    left, monkeypatch
) -> None:
    plain = ledger_module.Store

    def store(path, read_only=False):
        if not read_only:
            raise LedgerLocked(f"{path}: another process has this ledger open")
        return plain(path, read_only=True)

    monkeypatch.setattr(ledger_module, "Store", store)
    with pytest.raises(LedgerLocked, match=r"25 stored stories .* another process") as caught:
        open_ledger(left, read_only=True)
    assert str(caught.value).count(str(left)) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_may_only_be_read_says_so(left) -> None:
    left.chmod(0o444)
    left.parent.chmod(0o555)
    try:
        with pytest.raises(LedgerError, match="25 stored stories"):
            open_ledger(left, read_only=True)
    finally:
        left.parent.chmod(0o755)


@pytest.mark.parametrize(
    ("kind", "told"),
    [("cut", "cut short"), ("empty", "the file is empty"), ("nowhere", "no such folder")],
)
def test_a_file_that_cannot_be_opened_says_what_to_do(tmp_path, kind: str, told: str) -> None:
    path = tmp_path / "kept.duckdb"
    if kind == "cut":
        open_ledger(path).close()
        path.write_bytes(path.read_bytes()[:50_000])
    elif kind == "empty":
        path.touch()
    else:
        path = tmp_path / "nowhere" / "kept.duckdb"
    with pytest.raises(LedgerError, match=told):
        open_ledger(path)
