"""What a command writes never destroys what it reads, and is whole or not there at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dragoman.cli import cli
from dragoman.errors import UsageError
from dragoman.ledger import open_ledger
from dragoman.writing import refuse_inputs, written
from ledger_crisis import crisis

QUESTIONS = (
    ["timeline"],
    ["dyad", "PER", "ECU"],
    ["index", "PER", "ECU"],
    ["ceasefire"],
    ["export"],
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("writing") / "l.duckdb"
    with open_ledger(path) as book:
        list(book.add_many(crisis()[:12], recorded="published", together=12))
    return path


def call(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def refused(result: Result, words: str) -> None:
    assert isinstance(result.exception, UsageError) and result.exception.exit_code == 2
    assert words in str(result.exception) and "\n" not in str(result.exception)


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_never_goes_over_its_ledger(ledger: Path, question: list[str]) -> None:
    before = ledger.read_bytes()
    link = ledger.with_name("link.duckdb")
    link.unlink(missing_ok=True)
    os.link(ledger, link)
    for target in (ledger, link, f"{ledger}.wal"):
        refused(call(*question, "-l", ledger, "-o", target), "what is read would be lost")
    assert ledger.read_bytes() == before


def test_a_plot_never_goes_over_its_ledger(ledger: Path) -> None:
    refused(call("index", "PER", "ECU", "-l", ledger, "--plot", ledger), "would be lost")


def test_stories_are_not_written_over(tmp_path: Path) -> None:
    rows = tmp_path / "in.jsonl"
    rows.write_text('{"text": "Ukraine accused Russia of shelling a village on Monday."}\n')
    before = rows.read_bytes()
    for source in (rows, tmp_path, tmp_path / "*.jsonl"):
        refused(call("code", source, "-o", rows, "--quiet"), str(rows))
    refused(call("read", rows, "--html", rows), str(rows))
    assert rows.read_bytes() == before
    refuse_inputs(rows, ["https://paper.example/a", "Peru accused Ecuador.", tmp_path / "b.jsonl"])


def test_a_file_stays_until_another_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("old")
    target.chmod(0o640)
    with pytest.raises(KeyboardInterrupt), written(target) as part:
        part.write_text("half")
        raise KeyboardInterrupt
    assert [item.name for item in tmp_path.iterdir()] == ["out.txt"]
    assert target.read_text() == "old"
    with written(target) as part:
        part.write_text("new")
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_what_was_coded_before_a_stop_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "events.jsonl"
    with pytest.raises(KeyboardInterrupt), written(target, keep=True) as part:
        part.write_text("half")
        raise KeyboardInterrupt
    assert not target.exists() and part.read_text() == "half"
    assert str(part) in capsys.readouterr().err


def test_a_link_and_a_device_stay_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with written(tmp_path / "link") as part:
        part.write_text("words")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real").read_text() == "words"
    with written(Path("/dev/null")) as part:
        assert part == Path("/dev/null")


@pytest.mark.parametrize("form", ["table", "csv", "json", "arrow"])
def test_where_nothing_can_be_written_is_one_line(ledger: Path, form: str) -> None:
    gone = "/nonexistent/a"
    words = f"cannot write {gone}: no such folder"
    refused(call("dyad", "PER", "ECU", "-l", ledger, "--format", form, "-o", gone), words)
    refused(call("export", "-l", ledger, "-o", gone), words)
    plot = ["index", "PER", "ECU", "-l", ledger, "--plot", "/nonexistent/a.svg"]
    refused(call(*plot), "cannot write /nonexistent/a.svg: no such folder")
    refused(call("timeline", "-l", ledger, "-o", "/dev/full"), "cannot write /dev/full: No space")
