"""Work shared among processes: order, memory, a process that dies."""

from __future__ import annotations

import os

import pytest

from dragoman.errors import DragomanError
from dragoman.workers import AHEAD, in_order


def _start(word: str) -> None:
    global _word
    _word = word


def _told(number: int) -> str:
    if number < 0:
        os._exit(9)
    return f"{_word}{number}"


def test_results_come_in_order_and_items_are_read_as_they_are_needed() -> None:
    read = []

    def items():  # type: ignore[no-untyped-def]
        for number in range(200):
            read.append(number)
            yield number

    results = in_order(_told, items(), 2, _start, ("n",))
    assert next(results) == "n0"
    assert len(read) <= 2 * AHEAD + 1
    assert list(results) == [f"n{number}" for number in range(1, 200)]


def test_a_process_that_is_killed_is_an_error_of_one_line() -> None:
    with pytest.raises(DragomanError, match="a worker process was killed"):
        list(in_order(_told, [1, -1, 2], 2, _start, ("n",)))


def test_work_broken_off_ends_its_processes() -> None:
    results = in_order(_told, range(1_000), 2, _start, ("n",))
    assert next(results) == "n0"
    results.close()  # type: ignore[attr-defined]
