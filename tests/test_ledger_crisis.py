"""The scripted crisis: every commitment and agreement has the right status on every day asked, with evidence."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from dragoman import exports
from dragoman.errors import UsageError
from dragoman.ledger import open_ledger, sign_finding
from dragoman.ledger.signs import patterns, sign_of
from dragoman.model import When
from ledger_crisis import PEOPLE, Builder, crisis

# words of the commitment → (first day, status from that day on) …
EXPECTED = {
    "withdraw its soldiers": [("03-03", "demanded"), ("03-04", "refused")],
    "apologise for the flight": [("03-04", "demanded")],
    "host talks": [("03-05", "offered"), ("03-10", "agreed"), ("03-12", "met")],
    "suspend arms sales": [("03-08", "threatened"), ("04-03", "met")],
    "free the three captured pilots": [("03-22", "promised"), ("03-25", "met")],
    "clear its mines": [("03-30", "promised"), ("04-06", "lapsed")],
    "meet in Lima": [("04-11", "planned"), ("04-21", "lapsed")],
    "ceasefire": [
        ("03-13", "agreed"), ("03-15", "in-force"), ("03-18", "violated"), ("03-20", "disputed"),
        ("03-28", "in-force"), ("04-07", "withdrawn"),
    ],
}  # fmt: skip
DAYS = [f"2025-03-{day:02}" for day in range(3, 32)] + [f"2025-04-{day:02}" for day in range(1, 25)]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    with open_ledger(tmp_path_factory.mktemp("crisis") / "crisis.duckdb") as ledger:
        list(ledger.add_many(crisis(), recorded="published", together=25))
        yield ledger


@pytest.mark.parametrize("day", DAYS)
def test_every_status_on_every_day(book, day) -> None:
    wanted = {}
    for words, steps in EXPECTED.items():
        past = [status for first, status in steps if f"2025-{first}" <= day]
        if past:
            wanted[words] = past[-1]
    found = {}
    for row in book.commitments(as_of=day):
        words = next(words for words in EXPECTED if words in row["text"])
        assert words not in found, "one commitment became two"
        found[words] = row["status"]
    assert found == wanted


def test_each_answer_names_the_words_that_gave_it(book) -> None:
    rules = {
        "withdraw its soldiers": [
            "as told",
            "demand countered",
            "demand refused",
            "talks after demand",
        ],
        "host talks": ["as told", "offer accepted", "offer fulfilled"],
        "suspend arms sales": ["as told", "threat carried out"],
        "free the three captured pilots": ["as told", "promise kept"],
    }
    evidence = {
        "demand refused": "Ecuador rejected Peru's demand",
        "offer accepted": "Peru accepted Brazil's offer",
        "offer fulfilled": "Brazil hosted the first talks",
        "threat carried out": "Brazil suspended its arms sales",
        "promise kept": "Peru freed the three captured pilots",
    }
    seen = set()
    for row in book.commitments():
        words = next((words for words in rules if words in row["text"]), None)
        if words is None:
            continue
        seen.add(words)
        assert [step["rule"] for step in row["history"]] == rules[words]
        for step in book.why(row["commitment_id"])["history"]:
            if step["rule"] in evidence:
                assert step["words"].startswith(evidence[step["rule"]])
    assert seen == set(rules)


def test_the_ceasefire_monitor(book) -> None:
    found = book.ceasefire("truce")
    assert found["parties"] == ["ECU", "PER"]
    assert found["scope"] == "the Cenepa valley"
    assert [str(found[k]) for k in ("agreed_on", "in_force_from", "until")] == [
        "2025-03-13",
        "2025-03-15",
        "2025-04-12",
    ]
    assert [(e["day"], e["until"]) for e in found["extensions"]] == [("2025-03-26", "2025-04-12")]
    shown = [
        (v["day"], v["reporter"], v["sides"], v["count"], v["previous"])
        for v in found["violations"]
    ]
    assert shown == [
        ("2025-03-16", "igo.oas", [], 0, None),
        ("2025-03-18", "igo.oas", [], 11, None),
        ("2025-03-18", "ecu.gov", ["PER"], None, None),
        ("2025-03-19", "igo.oas", [], 112, 11),
        ("2025-03-19", "ecu.gov", ["PER"], None, None),
    ]
    assert found["violations"][3]["comparison"] == "up from 11 the day before"
    assert book.ceasefire(as_of="2025-03-25")["until"].isoformat() == "2025-03-29"
    assert book.ceasefire(as_of="2025-03-25")["extensions"] == []


def test_one_shelling_told_by_three_stories_in_two_tellings(book) -> None:
    (event,) = [row for row in book.events(types="ASSAULT") if row["place"] == "Falso Paquisha"]
    assert (event["reports"], event["tellings"], event["dead_low"]) == (3, 2, 7)
    revisions = book.why(event["event_id"])["revisions"]
    assert [(r["low"], r["high"], r["day"]) for r in revisions] == [
        (3, None, "2025-03-06"),
        (7, 7, "2025-03-07"),
    ]
    (before,) = [
        row
        for row in book.events(types="ASSAULT", as_of="2025-03-06")
        if row["place"] == "Falso Paquisha"
    ]
    assert (before["reports"], before["tellings"], before["dead_low"]) == (2, 1, 3)


def test_the_shelling_is_a_contested_claim_from_the_denial_on(book) -> None:
    assert book.claims(contested=True, as_of="2025-03-06") == []
    (claim,) = book.claims(contested=True)
    assert (claim["asserted_by"], claim["denied_by"]) == (["ecu.gov"], ["per.gov"])
    assert claim["events"]


def test_the_questions_of_a_day(book) -> None:
    assert [row["type"] for row in book.timeline(since="2025-04-01")] == [
        "SANCTION",
        "REJECT",
        "ASSAULT",
    ]
    assert {row["type"] for row in book.events(between="BRA,PER")} == {
        "THREATEN",
        "AGREE",
        "CONSULT",
        "SANCTION",
    }
    due = book.due("2025-03-26")
    assert [(row["kind"], str(row["due_end"])) for row in due] == [("agreement", "2025-04-12")]
    lapsed = [row["text"] for row in book.due("2025-04-12") if row["status"] == "lapsed"]
    assert lapsed == ["clear its mines from the Cenepa road"]
    months = book.dyad("PER", "ECU", since="2025-04-01")
    assert [(str(r["month"]), r["actor"], r["events"]) for r in months] == [
        ("2025-04-01", "PER", 2)
    ]
    weeks = book.index("PER", "ECU", by="week")
    assert len(weeks) == 6
    assert [row["events"] for row in weeks][4] == 0  # the quiet week is there
    assert book.actors(limit=1)[0]["entity"] == "per.gov"
    acts = Counter(entity for row in book.events() for entity in row["actors"])
    received = Counter(entity for row in book.events() for entity in row["recipients"])
    assert {row["entity"]: (row["acts"], row["receives"]) for row in book.actors()} == {
        entity: (acts[entity], received[entity]) for entity in {*acts, *received}
    }
    changes = book.diff("2025-03-15", "2025-03-19")
    assert {(row["what"], row["change"]) for row in changes} == {
        ("event", "new"),
        ("agreement", "changed"),
    }
    assert [row["published"].isoformat() for row in book.search("captured pilots")] == [
        "2025-03-22",
        "2025-03-25",
    ]
    assert book.search("shells Paquisha")[0]["score"] > 0
    assert book.commitments(status="met", as_of="2025-03-25").to_arrow().num_rows == 2


def test_what_nobody_can_follow_is_shown_only_when_asked_for(tmp_path) -> None:
    """One story: a passer-by's hope, a hope toward nobody, and a demand on a neighbour."""
    text = "Peru demanded the return of two boats from Ecuador. Peru promised brighter days. A man named Ruiz vowed to walk home."
    people = PEOPLE | {"RUIZ": ("person:ruiz", "Ruiz", "", (), "Ruiz")}
    builder = Builder(text, "2025-03-04", "Paper 1", "https://news.example/boats", people=people)
    builder.commit("demand", "PER", "ECU", "the return of two boats")
    builder.commit("promise", "PER", "", "brighter days").commit(
        "promise", "RUIZ", "PER", "walk home", due="2025-03-09"
    )
    with open_ledger(tmp_path / "boats.duckdb") as ledger:
        ledger.add(builder.record(), recorded="published")
        assert [row["text"] for row in ledger.commitments()] == ["the return of two boats"]
        assert len(ledger.commitments(everything=True)) == 3
        assert not ledger.due("2025-03-05")
        assert [row["text"] for row in ledger.due("2025-03-05", everything=True)] == ["walk home"]


def test_what_lasts_for_years_is_on_the_timeline_once(tmp_path) -> None:
    builder = Builder(
        "Brazil has fed Peru since 1990.",
        "2025-03-04",
        "Paper 1",
        "https://news.example/feeds",
    )
    fed = builder.event("AID", "BRA", "PER", "fed", day="1990-01-01").events[0]
    builder.events[0] = fed.replace(date=When("1990-01-01", "2025-03-04", "since 1990"))
    with open_ledger(tmp_path / "feeds.duckdb") as ledger:
        ledger.add(builder.record(), recorded="published")
        assert not ledger.timeline(since="2025-03-01")
        assert len(ledger.timeline(since="1990-01-01")) == 1
        assert len(ledger.events(since="2025-03-01")) == 1


@pytest.mark.parametrize(
    ("words", "scope"),
    [
        ("agreed to a truce in the Cenepa valley until May", "the Cenepa valley"),
        ("a truce took hold in northern Zamora had it been kept", "northern Zamora"),
        ("signed a truce in June", None),
        ("the truce left the guns in place", None),
    ],
)
def test_where_an_agreement_holds(words, scope) -> None:
    assert sign_finding._scope(words, []) == scope


@pytest.mark.parametrize("row", patterns(), ids=lambda row: row[0])
def test_every_sign_fires_on_its_example_and_not_on_the_other(row) -> None:
    sign, pattern, example, other = row
    if sign.startswith("not "):
        taken = sign.split()[1:]
        assert pattern.search(example)
        assert sign_of(example) not in taken
        assert sign_of(other) in taken
    else:
        assert sign_of(example) == sign
        assert not pattern.search(other)


def test_the_sql_of_the_documentation_runs(book) -> None:
    text = (Path(__file__).parents[1] / "docs" / "ledger.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| `(\w+)[^|]*\| `[^|]*\| `(SELECT.*)` \|$", text, re.M)
    assert len(found) == 13
    for command, sql in found:
        assert hasattr(book, command)
        book.store.query(sql)


def test_the_commands_answer(book, tmp_path) -> None:
    from click.testing import CliRunner

    from dragoman.ledger import cli

    path = tmp_path / "copy.duckdb"
    with open_ledger(path) as ledger:
        list(ledger.add_many(crisis()[:12], recorded="published", together=12))
    calls = {
        "timeline": [], "events": ["--types", "assault"], "commitments": ["--as-of", "2025-03-09"], "due": ["2025-03-14"],
        "claims": ["--contested"], "agreements": [], "ceasefire": [], "actors": [], "dyad": ["PER", "ECU"],
        "index": ["PER", "ECU", "--plot", str(tmp_path / "plot.svg")], "diff": ["2025-03-05", "2025-03-09"],
        "search": ["shelling"],
    }  # fmt: skip
    for name, words in calls.items():
        for form in ("table", "csv", "json", "arrow"):
            output = tmp_path / f"{name}.{form}"
            done = CliRunner().invoke(
                getattr(cli, name), [*words, "-l", str(path), "--format", form, "-o", str(output)]
            )
            assert done.exit_code == 0, (name, form, done.output, done.exception)
            assert output.stat().st_size > 0
    assert (tmp_path / "plot.svg").read_text().startswith("<svg")
    words = ["PER", "ECU", "-l", str(path), "--format", "json", "--plot"]
    assert CliRunner().invoke(cli.index, [*words, str(tmp_path / "plot.png")]).exit_code == 0
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG\r\n")
    assert "conflict" in CliRunner().invoke(cli.index, [*words, "-"]).output
    bad = CliRunner().invoke(cli.index, [*words, str(tmp_path / "plot.gif")])
    assert isinstance(bad.exception, UsageError)
    json.loads((tmp_path / "claims.json").read_text())
    bad = CliRunner().invoke(cli.timeline, ["-l", str(path), "--as-of", "yesterday"])
    assert isinstance(bad.exception, UsageError)


def test_why_shows_the_words_behind_every_line(book, tmp_path) -> None:
    from click.testing import CliRunner

    from dragoman.commands.why import why

    promise = next(row for row in book.commitments(kind="promise") if "pilots" in row["text"])
    found = book.why(promise["commitment_id"])
    assert all(step.get("words") or step["rule"] == "as told" for step in found["history"])
    before = book.why(promise["commitment_id"], as_of="2025-03-23")
    assert len(before["history"]) < len(found["history"])
    with pytest.raises(UsageError, match="on 2025-03-01"):
        book.why(promise["commitment_id"], as_of="2025-03-01")
    full = tmp_path / "copy.duckdb"
    with open_ledger(full) as ledger:
        list(ledger.add_many(crisis(), recorded="published", together=25))
    for name in (
        promise["commitment_id"],
        book.events(types="ASSAULT")[0]["event_id"],
        book.claims()[0]["claim_id"],
        book.agreements()[0]["agreement_id"],
    ):
        for form, expected in (("text", "told by"), ("json", '"told_by"')):
            done = CliRunner().invoke(why, [name, "-l", str(full), "--format", form])
            assert done.exit_code == 0, done.exception
            assert expected in done.output
    told = CliRunner().invoke(why, [book.agreements()[0]["agreement_id"], "-l", str(full)]).output
    assert "violated — says Ecuador" in told
    assert "11 violations, says Organization of American States" in told


@pytest.mark.parametrize("form", exports.FORMATS)
def test_the_ledger_exports_each_event_once(form, tmp_path) -> None:
    from click.testing import CliRunner

    from dragoman.ledger import cli

    files = []
    for name, told in (("forward", crisis()), ("backward", crisis()[::-1] * 2)):
        path = tmp_path / f"{name}.duckdb"
        with open_ledger(path) as ledger:
            list(ledger.add_many(told, recorded="published", together=9))
            once = len(ledger.events())
            reports = ledger.store.query("SELECT count(*) FROM reports")[0][0]
        files.append(tmp_path / f"{name}.{form}")
        words = ["-l", str(path), "--format", form, "-o", str(files[-1])]
        assert CliRunner().invoke(cli.export, words).exit_code == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    rows = list(exports.read(files[0], form))
    if form in ("events", "csv", "parquet"):
        assert len(rows) == once < reports
    if form == "record":
        assert sum(len(row["events"]) for row in rows) == once
