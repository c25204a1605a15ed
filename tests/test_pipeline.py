"""The whole pipeline: every line of a record leads to words, every reference to a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import dragoman
from dragoman.commands.code import code
from dragoman.model import Record, Span

EXAMPLES = Path(__file__).parents[1] / "examples"

REPORTS = {
    "accusation and denial": (
        "Ukraine accused Russia of shelling a village near Kharkiv on Monday. Moscow denied the charge, "
        "and a Kremlin spokesman said that Kyiv had staged the attack."
    ),
    "threat with a condition": (
        "The European Union warned on Friday that it would impose sanctions on Belarus if Minsk "
        "expelled more diplomats. “We are ready to act,” a senior EU official told reporters."
    ),
    "talks": (
        "The foreign ministers of Armenia and Azerbaijan will meet in Geneva next week, the United "
        "States said. Armenia has rejected Azerbaijan’s demand for a corridor."
    ),
    "nothing happens": "The lake is calm in the morning. Boats lie on the shore.",
    "odd": "“““ He said ” that\n\n‘no\n\n- - - U.S. President 3,000 % … \U0001f600 \u202eabc",
}


def test_the_contexts_of_a_lead_are_not_those_of_its_dateline(coder: dragoman.Coder) -> None:
    lead = "Soldiers raided a hospital in the north on Monday."
    with_place = coder.code(f"BANGUI, Jan 7, 2025 (Reuters) - {lead}\n\nNobody was hurt.")
    assert with_place.story.dateline
    assert {"military", "health"} <= set(with_place.events[0].contexts)


@pytest.mark.parametrize(
    ("text", "type_", "mode"),
    [
        ("Israeli settlers torched cars in the village of Huwara.", "ASSAULT", "destroy"),
        ("A suicide bomber killed nine soldiers in Mali.", "ASSAULT", "suicide-attack"),
        ("Oman removed Chad from its list of sponsors of terrorism.", "CONCEDE", None),
    ],
)
def test_what_a_row_of_the_table_settles(
    text: str, type_: str, mode: str | None, coder: dragoman.Coder
) -> None:
    assert [(x.type, x.mode) for x in coder.code(text).events] == [(type_, mode)]


def check(record: Record) -> None:
    """Raise AssertionError where a record does not hold together."""
    size = len(record.story.text)
    entities = {item.id for item in record.entities}
    statements = {item.id for item in record.statements}
    events = {item.id for item in record.events}

    def inside(*spans: Span | None) -> None:
        for span in spans:
            assert span is None or 0 <= span.start < span.end <= size, span

    for entity in record.entities:
        inside(*entity.mentions)
        assert entity.code == entity.country + "".join(entity.sectors)
        assert set(entity.members) <= entities
    for event in record.events:
        inside(event.trigger, event.sentence, *event.evidence)
        assert event.sentence.contains(event.trigger)
        assert set(event.attribution) <= statements
        assert 0 <= event.confidence <= 1
        assert event.quad in (1, 2, 3, 4)
        assert event.actors or event.recipients
        for who in (*event.actors, *event.recipients):
            assert who.entity in entities
            assert who.start is None or 0 <= who.start < (who.end or 0) <= size
        assert event.coded_by.rule or event.coded_by.model
    for statement in record.statements:
        assert statement.content
        inside(statement.cue, *statement.content)
        assert statement.parent is None or statement.parent in statements - {statement.id}
        assert not statement.source or statement.source.entity in entities | {None}
    for claim in record.claims:
        assert claim.event is None or claim.event in events
        assert claim.contested == bool(claim.asserted_by and claim.denied_by)
        assert {*claim.asserted_by, *claim.denied_by, *claim.reported_by} <= entities
    for item in record.commitments:
        inside(Span(item.start, item.end))
        assert {*item.by, *item.to, *item.parties} <= entities
        assert item.history
        assert item.status in {item.history[-1].status, "disputed"}
    for group in (
        record.entities,
        record.events,
        record.statements,
        record.claims,
        record.commitments,
    ):
        assert len({item.id for item in group}) == len(group)


@pytest.mark.parametrize("name", REPORTS)
def test_a_record_holds_together(coder: dragoman.Coder, name: str) -> None:
    record = coder.code(dragoman.Story(text=REPORTS[name], published="2021-12-23"))
    check(record)
    assert Record.from_dict(json.loads(json.dumps(record.to_dict()))) == record


@pytest.mark.parametrize("file", sorted(EXAMPLES.iterdir()), ids=lambda file: file.name)
def test_the_examples_hold_together(coder: dragoman.Coder, file: Path) -> None:
    record = coder.code(file)
    check(record)
    assert record.events
    assert record.statements
    assert record.commitments


def test_the_same_story_gives_the_same_bytes(coder: dragoman.Coder) -> None:
    stories = [dragoman.Story(text=text, published="2021-12-23") for text in REPORTS.values()]
    first = [json.dumps(coder.code(item).to_dict()) for item in stories]
    again = [json.dumps(coder.code(item).to_dict()) for item in reversed(stories)]
    assert first == again[::-1]


def test_who_did_what_to_whom_and_who_says_so(coder: dragoman.Coder) -> None:
    record = coder.code(
        dragoman.Story(text=REPORTS["accusation and denial"], published="2021-12-23")
    )
    accusation = next(item for item in record.events if item.type == "ACCUSE")
    assert {who.country for who in accusation.actors} == {"UKR"}
    assert {who.country for who in accusation.recipients} == {"RUS"}
    assert accusation.attribution == ()
    contested = [item for item in record.claims if item.contested]
    assert contested
    countries = {item.id: item.country for item in record.entities}
    assert {countries[key] for key in contested[0].asserted_by} == {"UKR"}
    assert {countries[key] for key in contested[0].denied_by} == {"RUS"}


def test_another_language_is_kept_and_not_coded(coder: dragoman.Coder) -> None:
    text = (
        "Der Außenminister hat am Montag erklärt, dass die Gespräche in Genf fortgesetzt werden. "
        "Die Regierung in Kiew wies den Vorschlag zurück und forderte neue Sanktionen gegen Moskau."
    )
    record = coder.code(text)
    assert record.story.language == "de"
    assert not record.events
    assert "language" in {note.code for note in record.story.notes}


def test_rules_alone_still_code() -> None:
    coder = dragoman.load(options=dragoman.coder.Options(models=False))
    record = coder.code(dragoman.Story(text=REPORTS["accusation and denial"]))
    check(record)
    assert record.events
    assert record.statements


def test_a_batch_survives_its_bad_inputs(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(
        json.dumps({"text": REPORTS["talks"], "date": "2021-12-23"}) + "\n{broken\n"
        + json.dumps({"text": REPORTS["threat with a condition"]}) + "\n", encoding="utf-8",
    )  # fmt: skip
    (tmp_path / "empty.txt").write_bytes(b"")
    out = tmp_path / "out.jsonl"
    result = CliRunner().invoke(
        code,
        [str(rows), str(tmp_path / "empty.txt"), "--format", "record", "-o", str(out), "--quiet"],
    )
    assert result.exit_code == 3
    assert len(out.read_text("utf-8").splitlines()) == 2
    assert "rows.jsonl" in result.output + (result.stderr or "")
    for line in out.read_text("utf-8").splitlines():
        check(Record.from_dict(json.loads(line)))
