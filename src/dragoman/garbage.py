"""Python's search for cycles of objects, put off where there are none to be found."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def without_collecting() -> Iterator[None]:
    """No search for cycles meanwhile: for work that makes very many small objects and no cycle.

    What nobody holds any more is freed all the same.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
