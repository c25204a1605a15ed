"""The coder's promises around the pipeline: options, faults, versions."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import dragoman
from dragoman.coder import Options
from dragoman.errors import UsageError
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


def test_options_choose_events(coder: dragoman.Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    every = coder.code(dragoman.Story(text=ATTACK)).events
    assert {"ASSAULT"} <= {item.type for item in every}
    monkeypatch.setattr(coder, "options", Options(types=("ASSAULT",)))
    assert {item.type for item in coder.code(dragoman.Story(text=ATTACK)).events} == {"ASSAULT"}
    monkeypatch.setattr(coder, "options", Options(min_confidence=1.0))
    assert len(coder.code(dragoman.Story(text=ATTACK)).events) <= len(every)


def test_relate_needs_a_span(coder: dragoman.Coder) -> None:
    with pytest.raises(UsageError):
        coder.relate("A met B.")


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
