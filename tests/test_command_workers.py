"""Several processes give what one gives, end on an error, and outlive one that dies."""

from __future__ import annotations

import multiprocessing
import os
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
