"""Dragoman reads the news of a political crisis and keeps its record.

Who did what to whom, who says so, and what was demanded, offered, agreed, threatened, denied
and kept: every line traceable to the words that say it.

    >>> import dragoman
    >>> coder = dragoman.load()
    >>> record = coder.code("report.html")

Importing the package loads no model; ``load`` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.errors import DragomanError, InputError
from dragoman.limits import Limits
from dragoman.model import Entity, Event, Record, Rejection, Relation, Story
from dragoman.version import __version__

if TYPE_CHECKING:
    from dragoman.coder import Coder, Options, load
    from dragoman.ledger import Ledger, open_ledger
    from dragoman.reading import read, read_many

__all__ = [
    "Coder",
    "DragomanError",
    "Entity",
    "Event",
    "InputError",
    "Ledger",
    "Limits",
    "Options",
    "Record",
    "Rejection",
    "Relation",
    "Story",
    "__version__",
    "load",
    "open_ledger",
    "read",
    "read_many",
]

_LAZY = {
    "Coder": "dragoman.coder",
    "Options": "dragoman.coder",
    "load": "dragoman.coder",
    "Ledger": "dragoman.ledger",
    "open_ledger": "dragoman.ledger",
    "read": "dragoman.reading",
    "read_many": "dragoman.reading",
}


def __getattr__(name: str) -> Any:
    """Load the heavy rooms only when one of their names is used."""
    if name in _LAZY:
        import importlib

        return getattr(importlib.import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'dragoman' has no attribute {name!r}")


def __dir__() -> list[str]:
    """What completion and ``help`` list: the names above, loaded or not."""
    return sorted(__all__)
