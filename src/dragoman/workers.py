"""Work shared among processes, its input read no faster than it is done."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from dragoman.errors import DragomanError

#: Items under way for each process: enough that none waits, few enough to hold in memory.
AHEAD = 8
Item = TypeVar("Item")
Result = TypeVar("Result")


def in_order(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    workers: int,
    start: Callable[..., None],
    given: tuple[Any, ...],
) -> Iterator[Result]:
    """What ``function`` makes of the items, in their order, by several processes.

    Args:
        start: is called once in each process, with ``given``.

    Raises:
        DragomanError: a process was killed.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, start, given) as pool:
        waiting: deque[Future[Result]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(function, item))
                if len(waiting) > workers * AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool:
            reason = "a worker process was killed (out of memory?); code with fewer --workers"
            raise DragomanError(reason) from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
