"""The ledger of the shipped page says of its truce what the record says."""

from __future__ import annotations

from pathlib import Path

from dragoman.coder import load
from dragoman.ledger import open_ledger

PAGE = Path(__file__).parents[1] / "examples" / "border_crisis.html"


def test_the_truce_of_the_shipped_page_keeps_the_day_it_was_agreed_on(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "crisis.duckdb") as ledger:
        ledger.add(load().code(PAGE))
        truce = ledger.ceasefire("SDN-TCD")
    assert (str(truce["agreed_on"]), str(truce["in_force_from"])) == ("2026-03-01", "2026-03-03")
    assert truce["status"] == "disputed"
