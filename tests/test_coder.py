"""The coder's promises around the pipeline: options, faults, versions."""

from __future__ import annotations

import datetime
import io
import pickle
import subprocess
import sys
from pathlib import Path

import numpy
import pandas
import pytest

import dragoman
from dragoman import exports, tables
from dragoman.coder import Options
from dragoman.errors import DataError, InputError, UsageError
from dragoman.model import Record, Rejection

ATTACK = "Rebels attacked an army base in Mali. The government condemned the attack."


def test_a_fault_of_ours_costs_one_story(
    coder: dragoman.Coder, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = coder.parse

    def faulty(text: str) -> object:
        if "boom" in text:
            raise ZeroDivisionError("boom")
        return real(text)

    monkeypatch.setattr(coder, "parse", faulty)
    stories = [dragoman.Story(text=text) for text in (ATTACK, "boom", ATTACK)]
    first, second, third = coder.pipe(stories)
    assert isinstance(first, Record)
    assert isinstance(third, Record)
    assert isinstance(second, Rejection)
    assert second.code == "fault"
    assert "ZeroDivisionError" in str(second)


def test_a_type_that_does_not_exist_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="NONSENSE"):
        dragoman.load(options=Options(types=("NONSENSE",)))


def test_one_name_stands_for_a_list_of_one(tmp_path: Path) -> None:
    assert dragoman.load(options=Options(types="AID")).options.types == ("AID",)  # type: ignore[arg-type]
    with pytest.raises(DataError, match="none: no such"):
        dragoman.load(lexicons=str(tmp_path / "none"))
    with pytest.raises(UsageError, match="probability"):
        dragoman.load(options=Options(min_confidence=5))


def test_a_table_or_a_path_is_piped_by_its_rows(coder: dragoman.Coder, tmp_path: Path) -> None:
    frame = pandas.DataFrame({"text": ["Kenya met Chad.", None], "date": ["2025-01-07", None]})
    frame.to_csv(tmp_path / "rows.csv", index=False)
    for source in (frame, str(tmp_path / "rows.csv")):
        first, second = coder.pipe(source)
        assert isinstance(first, Record) and first.story.published == "2025-01-07"
        assert isinstance(second, Rejection) and "no text" in second.reason


def test_options_choose_events(coder: dragoman.Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    every = coder.code(dragoman.Story(text=ATTACK)).events
    assert {"ASSAULT"} <= {item.type for item in every}
    monkeypatch.setattr(coder, "options", Options(types=("ASSAULT",)))
    assert {item.type for item in coder.code(dragoman.Story(text=ATTACK)).events} == {"ASSAULT"}
    monkeypatch.setattr(coder, "options", Options(min_confidence=1.0))
    assert len(coder.code(dragoman.Story(text=ATTACK)).events) <= len(every)


def test_a_coder_prints_as_one_short_line(coder: dragoman.Coder) -> None:
    assert isinstance(coder.options, dragoman.Options)
    assert "plover" in repr(coder) and len(repr(coder)) < 300


def test_relate_needs_a_span(coder: dragoman.Coder) -> None:
    for span in (None, (0, 50), (3, 1)):
        with pytest.raises(UsageError):
            coder.relate("A met B.", span)
    numbers = numpy.array([[0, 5], [14, 18]])  # as columns of a table give them
    told = coder.relate("Kenya accused Chad of spying.", numbers[0], numbers[1])
    assert told == coder.relate("Kenya accused Chad of spying.", (0, 5), (14, 18))
    assert coder.read(dragoman.Story(text="A met B."), published=pandas.NaT).published is None
    assert coder.resolve("Kenya", date=pandas.NaT) == coder.resolve("Kenya")


def test_a_value_of_the_wrong_kind_is_named_in_one_line(coder: dragoman.Coder) -> None:
    calls = {
        "parse wants a text, not Story": lambda: coder.parse(dragoman.Story(text=ATTACK)),  # type: ignore[arg-type]
        "resolve wants a phrase, not NoneType": lambda: coder.resolve(None),  # type: ignore[arg-type]
        "relate wants a sentence, not NoneType": lambda: coder.relate(None, actor=(0, 6)),  # type: ignore[arg-type]
        "relate wants a span as (start, end), not 'Rebels'": lambda: coder.relate(ATTACK, actor="Rebels"),  # type: ignore[arg-type]
        "pipe wants stories, paths or a table, not int": lambda: list(coder.pipe(5)),  # type: ignore[arg-type]
        "load wants dragoman.Options as options, not dict": lambda: dragoman.load(options={"a": 1}),  # type: ignore[arg-type]
        "min_confidence is a probability, not 'low'": lambda: dragoman.load(options=Options(min_confidence="low")),  # type: ignore[arg-type]
        "open_ledger wants a path, not NoneType": lambda: dragoman.open_ledger(None),  # type: ignore[arg-type]
        "write wants records or events, not dict": lambda: exports.write([{}], "csv", io.StringIO()),  # type: ignore[list-item]
    }  # fmt: skip
    for told, call in calls.items():
        with pytest.raises(UsageError) as raised:
            call()
        assert str(raised.value) == told


def test_a_coder_stays_in_its_process(coder: dragoman.Coder) -> None:
    with pytest.raises(TypeError, match=r"dragoman.load\(\) there"):
        pickle.dumps(coder)


def test_every_public_name_is_listed() -> None:
    assert {"load", "read", "read_many", "open_ledger", "Options"} <= set(dir(dragoman))


def test_relate_knows_direction(coder: dragoman.Coder) -> None:
    sentence = "Ankara accused Athens of arming the islands."
    assert coder.relate(sentence, (0, 6), (15, 21)).type == "ACCUSE"
    assert coder.relate(sentence, (15, 21), (0, 6)).type != "ACCUSE"


def test_resolve_follows_the_calendar(coder: dragoman.Coder) -> None:
    then = coder.resolve("the German chancellor", date="2015-06-01")
    later = coder.resolve("the German chancellor", date="2022-06-01")
    assert then is not None
    assert later is not None
    assert (then.country, later.country) == ("DEU", "DEU")
    assert then.name != later.name


def test_the_run_names_versions_and_hashes(coder: dragoman.Coder) -> None:
    run = coder.run
    assert run.dragoman == dragoman.__version__
    assert run.models
    assert run.lexicons["tables"]


def test_the_run_covers_the_tables_of_every_room() -> None:
    named = {
        "coding/patterns/lists.toml", "coding/data/word_lists.tsv", "language/data/lemmas.tsv",
        "lexicon/data/roles.tsv", "lexicon/data/places.tsv", "lexicon/data/furniture.tsv",
    }  # fmt: skip
    assert named <= set(tables.hashes())


def test_the_run_says_what_shaped_the_record(
    coder: dragoman.Coder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert coder.run.options["languages"] == ["en"]
    assert coder.run.options["limits"]["sentence_words"] == 2_000
    ruled = dragoman.Coder(
        coder.pipeline, coder.lexicon, coder.ontology, Options(models=False), dragoman.Limits()
    )
    assert ruled.run.models == coder.pipeline.hashes


def test_a_story_in_another_language_is_kept_with_a_note(coder: dragoman.Coder) -> None:
    story = dragoman.Story(text="Армия атаковала город.", language="ru")
    record = coder.code(story)
    assert [note.code for note in record.story.notes] == ["language"]
    assert "'ru'" in record.story.notes[0].message
    assert coder.code(record.story).story.notes == record.story.notes
    assert record.story.id == story.id


def test_a_cut_sentence_is_noted(coder: dragoman.Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Mali attacked Chad and Niger condemned Mali while Kenya sent aid to Chad"
    assert coder.code(dragoman.Story(text=text)).story.notes == ()
    monkeypatch.setattr(coder, "limits", dragoman.Limits(sentence_words=8))
    record = coder.code(dragoman.Story(text=text))
    assert [note.code for note in record.story.notes] == ["sentence-cut"]
    assert {text[e.trigger.start : e.trigger.end] for e in record.events} >= {"attacked"}


@pytest.mark.parametrize("source", [ATTACK, dragoman.Story(text=ATTACK, published="2020-01-01")])
def test_a_given_day_is_taken_the_same_from_a_text_and_a_story(
    coder: dragoman.Coder, source: str | dragoman.Story
) -> None:
    for given in ("2021-12-23", "23 December 2021", datetime.date(2021, 12, 23)):
        story = coder.code(source, published=given).story
        assert (story.published, story.published_basis) == ("2021-12-23", "given")
    with pytest.raises(InputError, match=r"not a date \(YYYY-MM-DD\): 'nonsense'"):
        coder.code(source, published="nonsense")


def test_somebody_is_asked_for_on_a_day_or_not_at_all(coder: dragoman.Coder) -> None:
    then = coder.resolve("the German chancellor", date=datetime.date(2015, 6, 1))
    assert then == coder.resolve("the German chancellor", date="2015-06-01")
    with pytest.raises(InputError, match=r"not a date \(YYYY-MM-DD\): 'nonsense'"):
        coder.resolve("the German chancellor", date="nonsense")


ORDERED = """
import hashlib, json, sys
from pathlib import Path
import dragoman
coder = dragoman.load()
texts = [json.loads(p.read_text())["text"] for p in sorted(Path(sys.argv[1]).glob("*.json"))]
records = {t: coder.code(dragoman.Story(text=t)).to_dict() for t in texts[:: int(sys.argv[2])]}
print(hashlib.sha256(json.dumps([records[t] for t in texts]).encode()).hexdigest())
"""


def test_a_record_does_not_depend_on_the_stories_before() -> None:
    folder = str(Path(__file__).parent / "data" / "gold")
    digests = {
        subprocess.run(
            [sys.executable, "-c", ORDERED, folder, step], check=True, capture_output=True
        ).stdout
        for step in ("1", "-1")
    }
    assert len(digests) == 1
