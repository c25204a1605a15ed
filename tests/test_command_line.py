"""The command line starts at once and says what went wrong in one line."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from dragoman.cli import COMMANDS

HEAVY = ("torch", "spacy", "onnxruntime", "duckdb", "pyarrow", "trafilatura", "numpy", "rich")


def run(*words: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dragoman.cli", *words],
        input=given, capture_output=True, text=True, check=False,
    )  # fmt: skip


def seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_help_is_instant_and_names_every_command() -> None:
    times = []
    for _ in range(3):
        begin = seconds_of_children()
        result = run("--help")
        times.append(seconds_of_children() - begin)
    assert result.returncode == 0
    for name in COMMANDS:
        assert f"\n  {name} " in result.stdout
    assert min(times) < 0.3  # of the processor: the clock also counts what else the machine does


def test_importing_the_package_loads_no_model() -> None:
    words = f"import sys, dragoman; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_missing_file_is_one_line() -> None:
    result = run("read", "no-such-file.html")
    assert result.returncode != 0
    assert "no-such-file.html" in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_wrong_option_is_a_usage_error() -> None:
    assert run("code", "--format", "nonsense", "x").returncode == 2
    assert run("nonsense").returncode == 2


def test_a_rejected_input_is_status_three_and_the_rest_is_done(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "good.txt").write_text("Ukraine accused Russia of shelling a village on Monday.")
    result = run("code", str(tmp_path), "--date", "2021-12-23")
    assert result.returncode == 3
    assert result.stderr.splitlines() == [f"rejected {tmp_path / 'empty.txt'}: the input is empty"]
    assert '"2021-12-20"' in result.stdout
    assert run("read", str(tmp_path / "empty.txt")).returncode == 3


def test_a_day_that_is_none_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Ukraine accused Russia of shelling a village on Monday.")
    result = run("code", str(tmp_path), "--date", "soon")
    assert result.returncode == 2
    assert "not a date" in result.stderr


def test_rows_and_stories_in_another_language_on_standard_input() -> None:
    rows = '{"words": "Министр сказал, что они не вернутся к столу до мая, и что это было на столе."}\n'
    result = run("code", "-", "--column", "text=words", given=rows)
    assert result.returncode == 0
    assert "not coded standard input:1: it is in 'ru'" in result.stderr
    assert result.stdout == ""


def test_stories_without_a_day_are_counted() -> None:
    table = "text,date\nKenya met Chad.,3/4/2025\nChad met Mali.,\nMali met Peru.,2025-01-07\n"
    result = run("code", "-", "--from", "csv", given=table)
    assert "without a day of publication: 2, 1 of them with one that is no plain" in result.stderr


def test_a_reader_that_stops_early_costs_no_page(tmp_path: Path) -> None:
    story = tmp_path / "good.txt"
    story.write_text("Ukraine accused Russia of shelling a village on Monday.")
    page = tmp_path / "page.html"
    words = f"{sys.executable} -m dragoman.cli read {story} --html {page} | true"
    subprocess.run(["bash", "-c", words], check=True, capture_output=True)
    assert "accused" in page.read_text()


def test_a_full_disk_is_one_line() -> None:
    for words in (("--version",), ("lexicon", "find", "Putin")):
        with open("/dev/full", "w") as full:
            done = subprocess.run(
                [sys.executable, "-m", "dragoman.cli", *words],
                stdout=full, stderr=subprocess.PIPE, text=True, check=False,
            )  # fmt: skip
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1 and "No space left" in done.stderr


def test_a_folder_that_cannot_be_made_is_one_line() -> None:
    done = run("lexicon", "add", "Foo", "--into", "/proc/none", "--country", "FRA")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1 and "/proc/none" in done.stderr
