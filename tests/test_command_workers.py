"""Several processes give what one gives, end on an error, and outlive one that dies."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest

from dragoman.commands.workers import code_in_processes
from dragoman.errors import UsageError
from dragoman.model import Record, Rejection, Story

VALUES: dict[str, Any] = {
    "nlp": None, "lexicons": (), "ontology": None, "no_models": True, "min_confidence": 0.0,
    "types": "", "only_with_recipient": False, "sport": False,
}  # fmt: skip


class Deadly(Story):
    """A story that ends the process which receives it."""

    def __reduce__(self) -> Any:
        return os._exit, (1,)


def story(number: int) -> Story:
    return Story(f"Kenya accused Chad of shelling village {number}.", id=str(number))


def test_a_wrong_option_ends_it() -> None:
    with pytest.raises(UsageError, match="FOO"):
        next(code_in_processes([story(1)], 2, {**VALUES, "types": "FOO"}))


def test_a_story_that_costs_its_process_costs_only_itself() -> None:
    items = [story(1), Deadly("Kenya fell.", id="2", source="two.txt"), story(3), story(4)]
    found = list(code_in_processes(items, 2, VALUES))
    assert [item.story.id for item in found if isinstance(item, Record)] == ["1", "3", "4"]
    assert isinstance(found[1], Rejection) and found[1].source == "two.txt"


@pytest.mark.slow
def test_a_process_that_is_killed_costs_nothing() -> None:
    def stories() -> Iterator[Story]:
        for number in range(40):
            if number == 20:
                multiprocessing.active_children()[0].kill()
            yield story(number)

    found = list(code_in_processes(stories(), 2, VALUES))
    assert [item.story.id for item in found if isinstance(item, Record)] == [
        str(number) for number in range(40)
    ]


def test_a_second_stop_in_the_shutdown_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped_again(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    before = set(multiprocessing.active_children())
    found = code_in_processes(map(story, range(40)), 2, VALUES)
    next(found)
    monkeypatch.setattr(ProcessPoolExecutor, "shutdown", stopped_again)
    with pytest.raises(KeyboardInterrupt):
        found.close()  # type: ignore[attr-defined]
    for child in set(multiprocessing.active_children()) - before:
        child.join(10)
        assert not _lives(child.pid)


def _lives(pid: int | None) -> bool:
    """Whether the system knows the process, whatever two threads that waited for it took note of."""
    try:
        os.kill(pid or 0, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_names_what_it_has_written(tmp_path, number: signal.Signals) -> None:
    out = tmp_path / "events.csv"
    rows = [{"text": story(place).text, "date": "2021-12-23"} for place in range(20_000)]
    told_in = tmp_path / "stories.jsonl"
    told_in.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    command = [sys.executable, "-m", "dragoman", "code", str(told_in), "--no-models", "--quiet",
               "--format", "csv", "-o", str(out)]  # fmt: skip
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    written: list[Any] = []
    for _ in range(3000):  # a busy machine loads slowly
        written = [part for part in tmp_path.glob(".events.csv.*.part") if part.stat().st_size]
        if written or run.poll() is not None:
            break
        time.sleep(0.1)
    run.send_signal(number)
    _, told = run.communicate(timeout=60)
    assert run.returncode == 128 + number and "stopped" in told
    assert not out.exists() and str(written[0]) in told
