"""The brief of a ledger: what it holds as of a day, and that nothing known later leaks into it."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date, timedelta

import pytest

from dragoman.errors import UsageError
from dragoman.ledger import open_ledger
from dragoman.ledger.brief.parts import (
    FORMAT,
    Actor,
    Agreed,
    Brief,
    Change,
    Contested,
    Dyad,
    Evidence,
    Happened,
    Report,
    Step,
    Tally,
    Undertaking,
    Violation,
)
from dragoman.ledger.brief.undertaken import foremost
from dragoman.model import Source
from dragoman.web.brief import brief_text, render
from ledger_crisis import PEOPLE, Builder, crisis


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    with open_ledger(tmp_path_factory.mktemp("brief") / "crisis.duckdb") as ledger:
        list(ledger.add_many(crisis(), recorded="published", together=25))
        yield ledger


@pytest.fixture(scope="module")
def april(book) -> Brief:
    return book.brief(as_of="2025-04-06")


def named(lines, words: str):
    return next(line for line in lines if words in line.text)


def test_the_head_tells_how_many_stories_of_which_days(april) -> None:
    assert (april.ledger, april.day, april.stories, april.publishers) == ("crisis.duckdb", date(2025, 4, 6), 22, 4)  # fmt: skip
    assert (april.first_story, april.last_story) == (date(2025, 3, 3), date(2025, 4, 3))
    assert april.last == (date(2025, 3, 31), date(2025, 4, 6))
    assert april.before == (date(2025, 3, 24), date(2025, 3, 30))
    tallies = {item.what: (item.last, item.before) for item in april.tallies}
    assert tallies["stories"] == (1, 4)
    assert tallies["material conflict"] == (1, 0)


@pytest.mark.parametrize(
    ("words", "group", "status"),
    [
        ("clear its mines", "overdue", "lapsed"),
        ("suspend arms sales", "changed", "met"),
        ("apologise for the flight", "open", "demanded"),
    ],
)
def test_a_commitment_is_told_for_its_reason(april, words, group, status) -> None:
    line = named(april.commitments, words)
    assert (line.group, line.status) == (group, status)


@pytest.mark.parametrize(
    ("day", "group", "left"), [("2025-04-01", "due", 4), ("2025-04-06", "overdue", -1)]
)
def test_a_due_day_is_to_come_and_then_past(book, day, group, left) -> None:
    line = named(book.brief(as_of=day).commitments, "clear its mines")
    assert (line.group, line.days_left) == (group, left)


def test_what_changed_tells_both_statuses_and_whose_word_it_is(april, book) -> None:
    assert [(item.what, item.before, item.after) for item in april.changed] == [
        ("threat", "threatened", "met"),
        ("promise", "promised", "lapsed"),
    ]
    (truce,) = [item for item in book.brief(as_of="2025-03-20").changed if item.what == "ceasefire"]
    assert (truce.before, truce.after, truce.by) == ("agreed", "disputed", ("Peru",))


def test_no_kind_of_change_crowds_out_the_others() -> None:
    def change(number: int, what: str, before: str | None, after: str) -> Change:
        return Change(f"{what}{number}", what, date(2025, 3, 1 + number), what, before, after)

    claims = [change(number, "claim", None, "contested") for number in range(9)]
    others = [change(0, "plan", None, "planned"), change(1, "demand", "demanded", "met"), change(2, "offer", "offered", "lapsed")]  # fmt: skip
    told = foremost([*claims, *others], 6)
    assert [item.what for item in told] == ["demand", "claim", "claim", "claim", "offer", "plan"]
    assert [item.id for item in told[1:4]] == ["claim8", "claim7", "claim6"]


def test_the_truce_holds_its_violations_by_reporter_and_side(april) -> None:
    (truce,) = april.agreements
    assert (truce.parties, truce.status, truce.until) == (("Ecuador", "Peru"), "in-force", date(2025, 4, 12))  # fmt: skip
    told = {(item.day, item.reporter, item.sides, item.count) for item in truce.violations}
    monitor = "Organization of American States"
    assert (date(2025, 3, 19), monitor, (), 112) in told
    assert (date(2025, 3, 18), "Ecuador", ("Peru",), None) in told
    assert any("recorded 112 ceasefire violations" in item.sentence for item in truce.evidence)


def test_a_contested_event_says_so_and_who_denies_it(book) -> None:
    found = book.brief(as_of="2025-03-08")
    (claim,) = found.contested
    assert (claim.asserted_by, claim.denied_by) == (("Ecuador",), ("Peru",))
    shelling = next(line for line in found.happened if line.contested == claim.id)
    assert (shelling.toll, shelling.denied_by, shelling.place) == ("7 dead", ("Peru",), "Falso Paquisha")  # fmt: skip
    assert (shelling.reports, shelling.tellings) == (3, 2)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("envoys of وزارة", "envoys of وزارة"),
        ("they", "an unnamed source"),
        (None, "an unnamed source"),
    ],
)
def test_who_is_in_no_table_speaks_by_the_words_of_the_story(tmp_path, words, told) -> None:
    made = Builder("Envoys said Peru shelled Zarumilla.", "2025-03-05", "Gazette")
    made.says("PER", "say", "said", "Peru shelled Zarumilla").event(
        "ASSAULT", "PER", "", "shelled", said="s1"
    )
    (said,) = made.statements
    made.statements[0] = said.replace(source=Source(None, words, None, None) if words else None)
    with open_ledger(tmp_path / "told.duckdb") as ledger:
        ledger.add(made.record(), recorded="published")
        (line,) = ledger.brief(as_of="2025-03-06").happened
    assert line.said_by == (told,) and line.evidence[0].by == (told,)


def test_every_event_leads_to_words_rule_and_story(april) -> None:
    for line in april.happened:
        assert line.evidence
        for item in line.evidence:
            assert item.url
            assert item.url.startswith("https://news.example/")
            assert item.rule == f"{line.type.lower()}.test"
            assert item.confidence == 0.9
            assert item.start is None or 0 <= item.start < item.end <= len(item.sentence)


@pytest.mark.parametrize("day", ["2025-03-07", "2025-03-14", "2025-03-27"])
def test_a_brief_as_of_a_day_is_that_of_a_ledger_that_ends_there(book, tmp_path, day) -> None:
    with open_ledger(tmp_path / "crisis.duckdb") as earlier:
        known = [record for record in crisis() if (record.story.published or "") <= day]
        list(earlier.add_many(known, recorded="published"))
        assert book.brief(as_of=day).to_dict() == earlier.brief(as_of=day).to_dict()


def test_a_name_that_only_a_later_story_gives_is_not_told(tmp_path) -> None:
    def told(name: str, day: str) -> Builder:
        people = PEOPLE | {"PER": ("per.gov", name, "PER", ("GOV",), r"Lima\b")}
        return Builder(f"Lima demanded that Ecuador withdraw its men. On {day} Lima spoke.", day, people=people)  # fmt: skip

    with open_ledger(tmp_path / "a.duckdb") as ledger:
        for name, day in (("Lima", "2025-03-01"), ("A Later Name", "2025-03-09")):
            story = told(name, day).event("REQUEST", "PER", "ECU", "demanded")
            made = story.commit("demand", "PER", "ECU", "withdraw its men")
            ledger.add(made.record(), recorded="published")
        assert ledger.brief(as_of="2025-03-02").commitments[0].by == ("Lima",)


def test_the_days_are_counted_back_from_the_newest_story_where_it_is_old(book) -> None:
    found = book.brief()
    assert found.day >= date(2026, 1, 1)
    assert found.last == (date(2025, 4, 5), date(2025, 4, 11))
    assert "counted back from there" in brief_text(found)


def test_a_week_without_a_story_is_a_quiet_week(book) -> None:
    found = book.brief(as_of="2025-04-22")
    assert found.last == (date(2025, 4, 16), date(2025, 4, 22))
    assert "No story of the last 7 days is known; the newest is of 2025-04-11." in brief_text(found)
    assert [line.day for line in found.happened[:2]] == [date(2025, 4, 9), date(2025, 4, 7)]


def test_days_and_parties_narrow_the_brief(book) -> None:
    found = book.brief(between="BRA,PER", until="2025-03-12")
    assert found.between == ("Brazil", "Peru")
    assert found.day == date(2025, 3, 12)
    assert {frozenset(line.actors) & {"Brazil"} for line in found.happened if not line.recipients} <= {frozenset({"Brazil"})}  # fmt: skip
    assert [(item.one, item.two) for item in found.dyads] == [("BRA", "PER")]
    assert all(item.published <= date(2025, 3, 12) for item in found.reports)


@pytest.mark.parametrize(
    "asked",
    [{"days": 0}, {"limit": 0}, {"as_of": "Monday"}, {"between": "PER"}, {"since": "2025-04-01", "until": "2025-03-01"}],
)  # fmt: skip
def test_what_cannot_be_asked_is_a_mistake_of_the_asker(book, asked) -> None:
    with pytest.raises(UsageError):
        book.brief(**asked)


@pytest.mark.parametrize("day", ["0001-01-01", "2025-01-01", "9999-12-30"])
def test_any_day_can_be_asked(book, day) -> None:
    found = book.brief(as_of=day, days=3650)
    assert found.day == date.fromisoformat(day)
    assert render(found)
    assert brief_text(found)


def test_an_empty_ledger_says_so(tmp_path) -> None:
    with open_ledger(tmp_path / "empty.duckdb") as ledger:
        found = ledger.brief()
    assert (found.stories, found.happened, found.changed) == (0, (), ())
    assert "No stories are in this ledger" in render(found)
    assert "No stories are in this ledger" in brief_text(found)


def test_a_story_without_a_date_stands_on_no_day(tmp_path) -> None:
    with open_ledger(tmp_path / "undated.duckdb") as ledger:
        story = Builder("Peru shelled Ecuador. Peru threatened to close the road.", None)
        story.event("ASSAULT", "PER", "ECU", "shelled").commit("threat", "PER", "ECU", "close the road")  # fmt: skip
        ledger.add(story.record())
        found = ledger.brief()
    assert (found.stories, found.undated, found.first_story) == (1, 1, None)
    assert (found.happened, found.dyads, found.changed) == ((), (), ())
    assert [(line.group, line.day, line.status_since) for line in found.commitments] == [("open", None, None)]  # fmt: skip
    assert "1 without a date" in brief_text(found)
    assert "no date" in render(found)


def test_sections_are_cut_and_say_what_is_left_out(tmp_path) -> None:
    with open_ledger(tmp_path / "many.duckdb") as ledger:
        stories = []
        for number in range(40):
            word = "".join(chr(97 + int(digit)) for digit in str(number)) + "ville"
            text = f"Peru shelled {word} in Ecuador on Monday. Ecuador demanded that Peru leave {word}."
            story = Builder(text, "2025-03-10", f"Paper {number}", f"https://news.example/{number}")
            story.event("ASSAULT", "PER", "ECU", "shelled", place=word, dead=(number + 1, None), day="2025-03-10")  # fmt: skip
            stories.append(story.commit("demand", "ECU", "PER", f"leave {word}").record())
        list(ledger.add_many(stories, recorded="published", together=40))
        found = ledger.brief(as_of="2025-03-10", limit=5)
        count = len(ledger.timeline())
    assert [line.toll for line in found.happened[:2]] == ["at least 40 dead", "at least 39 dead"]
    assert len(found.happened) <= 10
    assert found.left_out["happened"] == count - len(found.happened)
    assert len(found.commitments) <= 8
    assert found.left_out["reports"] == 25
    assert "dragoman timeline" in brief_text(found)


@pytest.mark.parametrize(
    ("part", "keys"),
    [
        (Brief, "ledger day as_of since until between days last before stories undated publishers first_story last_story tallies changed happened open commitments agreements contested actors dyads reports left_out"),
        (Tally, "what last before"),
        (Change, "id what day text before after by"),
        (Happened, "id day when type mode quad actors recipients place toll said_by reports tellings confidence contested denied_by evidence evidence_left_out"),
        (Undertaking, "id group kind day by to text condition due due_text days_left status status_since stories evidence evidence_left_out"),
        (Agreed, "id name term parties scope agreed_on in_force_from until extended status status_since status_by stories violations evidence evidence_left_out"),
        (Violation, "day reporter sides count comparison"),
        (Contested, "id day text asserted_by denied_by reported_by confidence stories evidence evidence_left_out"),
        (Actor, "id name acts receives verbal_cooperation material_cooperation verbal_conflict material_conflict lately"),
        (Dyad, "one two name by events series"),
        (Step, "start cooperation conflict net events"),
        (Report, "id published publisher title url"),
        (Evidence, "story title publisher published url sentence start end day status by asserted_by denied_by rule coder confidence"),
    ],
)  # fmt: skip
def test_the_keys_of_its_json_stay(part, keys) -> None:
    assert [item.name for item in fields(part)] == keys.split()


def test_json_holds_days_as_text_and_all_that_the_page_shows(april) -> None:
    told = json.loads(json.dumps(april.to_dict()))
    assert told["format"] == FORMAT
    assert told["day"] == "2025-04-06"
    assert told["last"] == ["2025-03-31", "2025-04-06"]
    page = render(april)
    for section in ("happened", "commitments", "agreements", "contested"):
        for line in told[section]:
            assert f'id="{line["id"]}"' in page
            assert line["evidence"]


def test_a_series_covers_every_step_to_the_day(april) -> None:
    (first, *_) = april.dyads
    assert (first.name, first.by) == ("Ecuador and Peru", "day")
    days = [step.start for step in first.series]
    assert days == [date(2025, 3, 3) + timedelta(number) for number in range(35)]
