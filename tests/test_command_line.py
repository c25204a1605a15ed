"""The command line starts at once and says what went wrong in one line."""

from __future__ import annotations

import subprocess
import sys
import time

from dragoman.cli import COMMANDS

HEAVY = ("torch", "spacy", "onnxruntime", "duckdb", "pyarrow", "trafilatura", "numpy", "rich")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dragoman.cli", *words], capture_output=True, text=True, check=False
    )


def test_help_is_instant_and_names_every_command() -> None:
    times = []
    for _ in range(5):
        begin = time.perf_counter()
        result = run("--help")
        times.append(time.perf_counter() - begin)
    assert result.returncode == 0
    for name in COMMANDS:
        assert f"\n  {name} " in result.stdout
    assert min(times) < 0.6  # 0.3 s on an idle machine; benchmarks/start.py prints the figure


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
