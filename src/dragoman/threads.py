"""Numpy on one thread while a story is read and coded."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


def one_thread() -> AbstractContextManager[Any]:
    """Keeps the matrix products of this process on one thread inside the ``with`` block.

    Those of a story are small: more threads wait for each other (a text took twice the processor
    time to parse on two cores), and stand in the way of the processes beside. What the user's own
    numpy does outside the block is left as it is.
    """
    return _controller().limit(limits=1, user_api="blas")
