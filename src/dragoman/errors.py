"""Every error the package raises on purpose.

DragomanError
├── InputError          one input could not be read (names source, place and reason)
│   └── LimitExceeded   an input is larger than a documented limit
├── DataError           a table of knowledge (lexicon, ontology, patterns) has a bad row
├── ModelError          a shipped or given model cannot be loaded
├── LedgerError         the ledger cannot be opened, read or written
│   ├── LedgerLocked    another process holds it
│   ├── LedgerFull      the disk is full; what was acknowledged is safe
│   ├── LedgerOlder     it was written by an older version and only opened for reading
│   └── LedgerUnfit     a record holds a value that the ledger cannot keep
└── UsageError          options that contradict each other or name nothing
"""

from __future__ import annotations

from typing import Any


class DragomanError(Exception):
    """Base of all errors raised on purpose; its text is one line for the user."""

    exit_code = 1
    """Status with which the command line ends on it."""


class InputError(DragomanError):
    """One input could not be read. ``source`` and ``place`` say which and where.

    ``code`` is a stable word for programs ("empty", "binary", "charset", "truncated", "json",
    "column", "missing", "permission", "feed", "login", "language", "limit", "fetch", ...).
    """

    exit_code = 3

    def __init__(
        self, source: str, reason: str, place: str | None = None, code: str = "unreadable"
    ) -> None:
        self.source, self.reason, self.place, self.code = source, reason, place, code
        where = f"{source}:{place}" if place else source
        super().__init__(f"{where}: {reason}")


class LimitExceeded(InputError):
    """An input is larger than one of the limits in ``dragoman.limits``."""


class DataError(DragomanError):
    """A bad row in a table of knowledge: file, line (1-based, None for the whole file), reason."""

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        self.file, self.line, self.reason = file, line, reason
        super().__init__(f"{file}:{line}: {reason}" if line else f"{file}: {reason}")


class ModelError(DragomanError):
    """A model file is missing, damaged or of another version."""


class LedgerError(DragomanError):
    """The ledger cannot be opened, read or written."""


class LedgerLocked(LedgerError):
    """Another process holds the ledger."""


class LedgerFull(LedgerError):
    """The disk is full; the message says what is safe."""


class LedgerOlder(LedgerError):
    """The ledger must be brought forward before it can be read."""


class LedgerUnfit(LedgerError):
    """A record holds a value that the ledger cannot keep; nothing of it was stored."""


class UsageError(DragomanError):
    """Options that contradict each other, or that name nothing."""

    exit_code = 2


def of_kind(value: Any, kind: type, what: str) -> Any:
    """``value`` where it is of the kind that a call takes.

    Args:
        what: the call and what it takes, such as "resolve wants a phrase".

    Raises:
        UsageError: it is of another kind; the text names both.
    """
    if not isinstance(value, kind):
        raise UsageError(f"{what}, not {type(value).__name__}")
    return value
