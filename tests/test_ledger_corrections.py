"""What an analyst may say of a ledger, what follows, and what is refused."""

from __future__ import annotations

from itertools import permutations

import pytest

from dragoman.errors import UsageError
from dragoman.ledger import open_ledger
from dragoman.ledger.bound import Bound
from dragoman.model import Record
from ledger_crisis import Builder, crisis


def shelling(number: int, day: str, *, place: str = "Zamora", more: str = "") -> Record:
    text = f"Peruvian shells killed 3 soldiers at {place}.{more} It was report {number}."
    builder = Builder(text, day, f"Paper {number}", f"https://x.example/{number}")
    return builder.event("ASSAULT", "PER", "ECU", "killed", place=place, dead=(3, 3)).record()


@pytest.fixture
def book(tmp_path):
    with open_ledger(tmp_path / "words.duckdb") as ledger:
        yield ledger


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    with open_ledger(tmp_path_factory.mktemp("full") / "full.duckdb") as ledger:
        list(ledger.add_many(crisis(), recorded="published"))
        yield ledger


def listed(ledger, kind: str) -> list[dict]:
    """All rows of a kind, each with its ``id``."""
    table = {"claim": "claims", "commitment": "commitments", "agreement": "agreements"}[kind]
    kept = "" if kind != "commitment" else " WHERE kind <> 'agreement'"
    rows = ledger.store.dicts(f"SELECT * FROM {table}{kept} ORDER BY {kind}_id")
    return [row | {"id": row[f"{kind}_id"]} for row in rows]


@pytest.mark.parametrize("kind", ["claim", "commitment", "agreement"])
def test_two_of_a_kind_are_merged_and_split_again(book, kind) -> None:
    list(book.add_many(crisis(), recorded="published"))
    told = "Peru and Brazil signed the Tacna treaty. Peru says that fish were poisoned in the lake."
    builder = Builder(told, "2025-03-04").claim("fish were poisoned in the lake", None, "PER", "")
    book.add(builder.record(), "2025-03-04")
    before = listed(book, kind)
    one, two = before[:2]
    book.correct("merge", one["id"], "A", other=two["id"])
    after = listed(book, kind)
    assert len(after) == len(before) - 1
    (merged,) = [row for row in after if row["id"] in (one["id"], two["id"])]
    assert merged["stories"] >= max(one["stories"], two["stories"])
    with pytest.raises(UsageError, match="already"):
        book.correct("merge", one["id"], "A", other=two["id"])
    story = next(
        item["story_id"]
        for item in book.why(merged["id"])["told_by"]
        if item["story_id"] != book.why(merged["id"])["told_by"][0]["story_id"]
    )
    book.correct("split", merged["id"], "B", other=story)
    assert len(listed(book, kind)) > len(after)


def test_a_dismissal_is_undone_by_confirming(book) -> None:
    book.add(shelling(1, "2025-03-06"), "2025-03-06")
    (event,) = book.events()
    book.correct("dismiss", event["event_id"], "A", recorded="2025-03-08")
    assert book.events() == []
    book.correct("note", event["event_id"], "A", reason="a rumour", recorded="2025-03-09")
    book.correct("confirm", event["event_id"], "B", recorded="2025-03-10")
    (again,) = book.events()
    assert (again["event_id"], again["confirmed"]) == (event["event_id"], True)
    assert [len(book.events(as_of=f"2025-03-{day:02}")) for day in (7, 8, 9, 10)] == [1, 0, 0, 1]


def test_a_commitment_is_dismissed_and_brought_back(book) -> None:
    list(book.add_many(crisis(), recorded="published"))
    one = listed(book, "commitment")[0]["id"]
    with pytest.raises(UsageError, match="confirm is for events"):
        book.correct("confirm", one, "A")
    book.correct("dismiss", one, "A")
    assert one not in {row["id"] for row in listed(book, "commitment")}
    book.correct("confirm", one, "A")
    assert one in {row["id"] for row in listed(book, "commitment")}


def test_another_report_of_what_was_dismissed_is_shown_but_no_copy(book) -> None:
    words = " Villagers fled down the river in boats, and the army closed the road to the coast at noon."
    book.add(shelling(1, "2025-03-06", more=words), "2025-03-06")
    (event,) = book.events()
    book.correct("dismiss", event["event_id"], "A", recorded="2025-03-06T12:00")
    book.add(shelling(2, "2025-03-06", more=words), "2025-03-07")
    assert book.events() == []
    book.add(shelling(3, "2025-03-06", more=" A nurse counted them."), "2025-03-07")
    (shown,) = book.events()
    assert (shown["reports"], shown["event_id"] == event["event_id"]) == (1, False)
    book.correct("confirm", event["event_id"], "A", recorded="2025-03-08")
    assert [row["reports"] for row in book.events()] == [3]


def test_the_later_word_of_merge_and_split_holds(book) -> None:
    first, second = shelling(1, "2025-03-06"), shelling(2, "2025-03-06", place="Loja")
    for record in (first, second):
        book.add(record)
    one, two = (row["event_id"] for row in book.events())
    for _ in range(2):
        book.correct("merge", one, "A", other=two)
        (merged,) = book.events()
        other = next(
            row["story_id"]
            for row in book.why(merged["event_id"])["told_by"]
            if row["story_id"] != merged["story_id"]
        )
        book.correct("split", merged["event_id"], "A", other=other)
        assert len(book.events()) == 2
    with pytest.raises(UsageError, match="only story"):
        book.correct("split", one, "A", other=book.why(one)["told_by"][0]["story_id"])


WRONG = [
    ("day", None), ("day", "not a day"), ("day", "2022-3-1"), ("day_end", "2020-01-01"), ("quad", 99), ("quad", "x"),
    ("quad", True), ("score", "x"), ("score", float("nan")), ("type", "NOSUCH"), ("type", 5), ("place", 7),
    ("place_country", "Peru"), ("cameo", "war"), ("colour", "red"),
    ("mode", "nosuch"), ("mode", ""), ("mode", 5),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_a_value_that_a_field_does_not_take_is_refused(full, field, value) -> None:
    event = full.events(limit=1)[0]["event_id"]
    with pytest.raises(UsageError, match=r"^recode"):
        full.correct("recode", event, "A", field=field, value=value)
    assert full.store.query("SELECT count(*) FROM corrections") == [(0,)]


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [("claim", "contested", "yes"), ("commitment", "status", "done"), ("commitment", "due_end", "soon"),
     ("commitment", "kind", "agreement"), ("agreement", "until", "2022-13-01"), ("agreement", "name", "")],
)  # fmt: skip
def test_so_are_values_of_other_kinds(full, kind, field, value) -> None:
    with pytest.raises(UsageError, match=f"recode {field}"):
        full.correct("recode", listed(full, kind)[0]["id"], "A", field=field, value=value)


def test_a_record_time_of_a_correction_is_checked(full) -> None:
    with pytest.raises(UsageError, match="yesterday"):
        full.correct("note", full.events(limit=1)[0]["event_id"], "A", recorded="yesterday")


def test_values_that_fit_are_taken_and_the_last_day_moves_with_the_first(book) -> None:
    book.add(shelling(1, "2025-03-06"))
    (event,) = book.events()
    for field, value in (
        ("day", "2025-03-10"), ("day_end", "2025-03-12"), ("day", "2025-03-01"), ("type", "COERCE"),
        ("mode", "arrest"), ("cameo", 190), ("quad", 4), ("score", 3), ("place", None), ("place_country", "PER"),
    ):  # fmt: skip
        book.correct("recode", event["event_id"], "A", field=field, value=value)
    (row,) = book.events()
    shown = (str(row["day"]), str(row["day_end"]), row["dated"], row["cameo"], row["type"])
    assert shown == ("2025-03-01", "2025-03-03", True, "190", "COERCE")
    assert (row["quad"], row["score"], row["place"], row["mode"]) == (4, 3.0, None, "arrest")
    days = book.store.query("SELECT count(*) FROM event_rows WHERE known_to IS NULL")
    assert days == [(1,)]


def test_with_the_type_goes_what_follows_from_it(book) -> None:
    book.add(shelling(1, "2025-03-06"))
    (event,) = book.events()
    name = event["event_id"]
    assert (event["type"], event["quad"]) == ("ASSAULT", 4)
    book.correct("recode", name, "A", field="type", value="CONSULT")
    (row,) = book.events()
    assert (row["type"], row["mode"], row["quad"], row["cameo"]) == ("CONSULT", None, 1, "040")
    assert row["score"] > 0
    with pytest.raises(UsageError, match=r"CONSULT has no mode 'aerial' \(one of visit, "):
        book.correct("recode", name, "A", field="mode", value="aerial")
    book.correct("recode", name, "A", field="mode", value="phone")
    (row,) = book.events()
    assert (row["mode"], row["cameo"]) == ("phone", "041")
    assert book.store.query("SELECT DISTINCT quad FROM dyads") in ([], [(1,)])


def test_what_an_older_version_let_through_is_passed_over(book) -> None:
    book.add(shelling(1, "2025-03-06"))
    (event,) = book.events()
    book.correct("recode", event["event_id"], "A", field="place", value="Loja")
    book.store.query("UPDATE correction_rows SET field = 'day', value = 'null'")
    book.add(shelling(2, "2025-03-06", more=" Soldiers at Zamora were killed by shells."))
    (row,) = book.events()
    assert (str(row["day"]), row["reports"]) == ("2025-03-06", 2)


def test_analysts_groups() -> None:
    items = [{"item": number} for number in range(5)]
    groups = [items[:3], items[3:4], items[4:]]

    def regrouped(together: set, apart: set) -> list[list[int]]:
        bound = Bound({frozenset(p) for p in together}, {frozenset(p) for p in apart})
        found = bound.regrouped(groups, lambda row: row["item"])
        return sorted([row["item"] for row in group] for group in found)

    assert regrouped({(0, 3)}, set()) == [[0, 1, 2, 3], [4]]
    assert regrouped({(0, 3), (3, 4)}, set()) == [[0, 1, 2, 3, 4]]
    assert regrouped(set(), {(0, 1), (0, 2)}) == [[0], [1, 2], [3], [4]]
    assert regrouped({(0, 3)}, {(0, 1)}) == [[0, 2, 3], [1], [4]]


def test_an_event_that_lost_its_day_in_an_older_version_is_made_again(tmp_path) -> None:
    path = tmp_path / "old.duckdb"
    with open_ledger(path) as ledger:
        ledger.add(shelling(1, "2025-03-06"))
        (event,) = ledger.events()
        ledger.store.query("UPDATE event_rows SET day = NULL")
        ledger.store.query("UPDATE settings SET value = '6' WHERE name = 'schema_version'")
    with open_ledger(path) as ledger:
        rows = ledger.store.query("SELECT event_id, day, known_to FROM event_rows")
        assert [(row[0], str(row[1]), row[2]) for row in rows] == [
            (event["event_id"], "2025-03-06", None)
        ]


@pytest.mark.parametrize("days", permutations((1, 2, 3)))
def test_what_is_parted_from_one_and_put_to_another_takes_nothing_along(days) -> None:
    first, parted, other = ({"item": number, "day": day} for number, day in enumerate(days))
    bound = Bound(together={frozenset((1, 2))}, apart={frozenset((0, 1))})
    groups = bound.regrouped([[first, parted], [other]], lambda item: item["day"])
    assert sorted(sorted(item["item"] for item in group) for group in groups) == [[0], [1, 2]]
