"""What two did together stands between the two: talks, agreements, exchanges, clashes."""

from __future__ import annotations

import pytest

import dragoman

TEXTS = (
    ("2026-03-02", "Kenya's president met Chad's president in Nairobi on Monday."),
    ("2026-03-03", "Chad and Sudan exchanged prisoners on Tuesday."),
    ("2026-03-04", "The Rapid Support Forces and the Sudanese army clashed in Omdurman on Wednesday."),
    ("2026-03-05", "Chad accused Sudan on Thursday of shelling a village."),
)  # fmt: skip


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    coder = dragoman.load()
    path = tmp_path_factory.mktemp("together") / "crisis.duckdb"
    with dragoman.open_ledger(path) as opened:
        for day, text in TEXTS:
            opened.add(coder.code(dragoman.Story(text=text, published=day)), recorded=day)
        yield opened


def test_talks_stand_in_the_series_of_those_who_held_them(ledger):
    rows = ledger.dyad("KEN", "TCD")
    assert {(row["actor"], row["recipient"], row["verbal_cooperation"]) for row in rows} == {
        ("KEN", "TCD", 1),
        ("TCD", "KEN", 1),
    }
    (week,) = ledger.index("KEN", "TCD", by="week")
    assert (week["events"], week["cooperation"], week["conflict"]) == (1, 2.5, 0)


def test_an_exchange_is_both_sides_deed_and_a_charge_one_sides(ledger):
    (month,) = [row for row in ledger.dyad("TCD", "SDN") if row["actor"] == "TCD"]
    (other,) = [row for row in ledger.dyad("TCD", "SDN") if row["actor"] == "SDN"]
    assert (month["material_cooperation"], month["verbal_conflict"]) == (1, 1)
    assert (other["material_cooperation"], other["verbal_conflict"]) == (1, 0)
    assert other["material_conflict"] == 1  # the shelling that is charged
    assert ledger.index("TCD", "SDN", by="month")[0]["events"] == 3


def test_two_of_one_country_who_clash_stand_in_its_own_row(ledger):
    assert ledger.store.query("SELECT actor, recipient, type FROM dyads WHERE actor = 'SDN' AND recipient = 'SDN'") == [
        ("SDN", "SDN", "ASSAULT")
    ]  # fmt: skip
    rows = ledger.dyad("Rapid Support Forces", "Sudanese army")
    assert {row["material_conflict"] for row in rows} == {1} and len(rows) == 2
