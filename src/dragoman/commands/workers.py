"""Coding in several processes: the same records in the same order as one process gives."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.connection import wait
from typing import Any

from dragoman.commands.common import make_coder
from dragoman.errors import DragomanError
from dragoman.model import Record, Rejection, Story

Item = Story | Rejection
_WINDOW = 8
"""Stories handed out at once for each process: enough to keep it busy, few enough to hold."""
_LOST_IN_A_ROW = 3
"""So many stories lost one after the other are no fault of the stories."""
_worker_coder: Any = None


def code_in_processes(
    stories: Iterable[Item], workers: int, values: dict[str, Any]
) -> Iterator[Record | Rejection]:
    """Records in the order of the stories, coded by ``workers`` processes.

    A story whose process dies is tried once more by itself; if that process dies as well, the story is
    rejected and the rest goes on.

    Args:
        values: the coder options of the command line (see ``common.make_coder``).

    Raises:
        DragomanError: an option is wrong, or one process after the other dies.
    """
    make_coder(dict(values))  # what is wrong with the options is told here, once
    incoming = iter(stories)
    waiting: deque[Item] = deque()
    lost = 0
    while True:
        yield from _until_broken(incoming, waiting, workers, values)
        if not waiting:
            return
        result = _alone(waiting.popleft(), values)
        yield result
        lost = lost + 1 if isinstance(result, Rejection) and result.code == "killed" else 0
        if lost == _LOST_IN_A_ROW:
            raise DragomanError(
                f"{lost} stories in a row cost the process that coded them, the last of them "
                f"{result.source}; the records before them are written"  # type: ignore[union-attr]
            )


def _until_broken(
    incoming: Iterator[Item], waiting: deque[Item], workers: int, values: dict[str, Any]
) -> Iterator[Record | Rejection]:
    """Code until all is done or a process dies; what is not coded then is left in ``waiting``."""
    pool = _pool(workers, values)
    results: deque[Future[Record | Rejection]] = deque()
    try:
        while True:
            waiting.extend(islice(incoming, workers * _WINDOW - len(waiting)))
            for item in islice(waiting, len(results), None):
                results.append(pool.submit(_code_in_worker, item))
            if not waiting:
                return
            result = results[0].result()
            results.popleft()
            waiting.popleft()
            yield result
    except BrokenProcessPool:
        return
    except BaseException:  # a second Ctrl-C in the shutdown would leave it waiting for ever
        for child in multiprocessing.active_children():
            child.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _alone(item: Item, values: dict[str, Any]) -> Record | Rejection:
    """The record of one story, coded by a process of its own."""
    with _pool(1, values) as pool:
        try:
            return pool.submit(_code_in_worker, item).result()
        except BrokenProcessPool:
            reason = "the process that coded it was killed twice (out of memory?)"
            name = item.source or item.id if isinstance(item, Story) else item.source
            return Rejection(name, reason, None, "killed")


def _pool(workers: int, values: dict[str, Any]) -> ProcessPoolExecutor:
    """So many new processes, each with a coder of its own."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, context, _start_worker, (values,))


def _start_worker(values: dict[str, Any]) -> None:
    """Load the coder; a stop of the whole is the first process's to handle."""
    global _worker_coder
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker_coder = make_coder(dict(values), noting=False)


def _end_with_parent() -> None:
    """End this process when the one that started it is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _code_in_worker(item: Item) -> Record | Rejection:
    """The record of one story, or why there is none."""
    result: Record | Rejection = next(iter(_worker_coder.pipe([item])))
    return result
