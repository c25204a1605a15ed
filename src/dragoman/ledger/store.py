"""The one door to the DuckDB file: opening, transactions, and errors that say what is safe.

Every call to the database goes through ``Store.query`` or ``Store.append``, so a test can make
the n-th of them fail.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from dragoman.errors import LedgerError, LedgerFull, LedgerLocked, LedgerUnfit
from dragoman.ledger import migrations, schema
from dragoman.ledger.far import Far
from dragoman.ledger.known import Known

_FULL = ("no space left", "disk full", "could not write all bytes", "out of disk", "disk quota",
         "file too large")  # fmt: skip
# a value that does not fit its column
_UNFIT = (pa.ArrowException, OverflowError, duckdb.DataError)
_ALIAS = "ledger"
_MAGIC = (8, b"DUCK")  # where a DuckDB file says that it is one
LOCK_WAIT = 10.0  # seconds for which a ledger that another process has open is waited for
_LOCK_LOOK = 0.1  # seconds between two looks
_HOLDER = re.compile(r"PID (\d+)")
# The log grows so long before it is moved into the file: at five million events each move takes 0.4 s.
_LOG = "128MB"


#: What DuckDB says of a file that it cannot open, and what that means to whoever named it.
_REASONS = (
    (
        "could not read enough bytes",
        "the file is cut short or damaged; take it from a copy, or add the stories again",
    ),
    ("not a valid duckdb database", "not a ledger: the file is empty; remove it, or name another"),
    ("no such file or directory", "there is no such folder"),
    ("permission denied", "no permission to write there"),
    ("read-only file system", "the disk can only be read"),
)


class Store:
    """An open ledger file. Use ``with store.transaction():`` round everything that belongs together.

    Args:
        path: the DuckDB file; made when missing, unless ``read_only``.

    Raises:
        LedgerLocked: another process has the file open, and still has after ``LOCK_WAIT`` seconds.
        LedgerFull: the disk is full.
        LedgerError: the file cannot be opened, or is not a ledger.
    """

    def __init__(self, path: str | Path, read_only: bool = False, threads: int = 2) -> None:
        self.path, self.read_only = str(path), read_only
        if read_only and not Path(path).exists():
            raise LedgerError(f"{path}: no such ledger")
        _refuse_others(Path(path), read_only)
        self._connection = duckdb.connect(
            config={
                "threads": threads,
                "autoinstall_known_extensions": False,
                "wal_autocheckpoint": _LOG,
            }
        )
        try:
            with self._readable_errors():
                self._attach()
                if not read_only:
                    with self.transaction():
                        migrations.prepare(self.query)
                else:
                    migrations.require_current(self.query)
        except LedgerError as error:
            self._connection.close()
            if self.path in str(error):
                raise
            raise type(error)(f"{path}: {error}") from None
        self._types: dict[str, pa.Schema] = {}
        self.known = Known(self)
        self.far = Far(self)

    def _attach(self) -> None:
        quoted = self.path.replace("'", "''")
        new = not Path(self.path).exists() or not Path(self.path).stat().st_size
        options = ["TYPE duckdb"]  # else the ending decides, and rows for "a.csv" are kept nowhere
        if self.read_only:
            options.append("READ_ONLY")
        elif new:
            options.append(f"STORAGE_VERSION '{schema.STORAGE_VERSION}'")
        self._wait_for(f"ATTACH '{quoted}' AS {_ALIAS} ({', '.join(options)})")
        self._connection.execute(f"USE {_ALIAS}")
        # what takes longer than two seconds would draw a bar on standard output, among the answers
        self._connection.execute("SET enable_progress_bar = false")

    def _wait_for(self, attach: str) -> None:
        """Attach the file; while another process has it open, look again for some seconds."""
        end = time.monotonic() + LOCK_WAIT
        while True:
            try:
                self._connection.execute(attach)
                return
            except duckdb.IOException as error:
                if not _is_held(str(error)) or time.monotonic() >= end:
                    raise
            time.sleep(_LOCK_LOOK)

    def query(self, statement: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
        """Run SQL and return its rows (none for a statement that has none)."""
        with self._readable_errors():
            self._hook()
            cursor = self._connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def dicts(self, statement: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        """Rows as dictionaries, column name → value."""
        with self._readable_errors():
            self._hook()
            cursor = self._connection.execute(statement, values)
            names = [item[0] for item in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def arrow(self, statement: str, values: list[Any] | None = None) -> pa.Table:
        """The result as an Arrow table."""
        with self._readable_errors():
            self._hook()
            return self._connection.sql(statement, params=values).to_arrow_table()

    def asked(self, question: Callable[[duckdb.DuckDBPyConnection], pa.Table]) -> pa.Table:
        """The answer to a question of several statements; what it makes on the way is temporary."""
        with self._readable_errors():
            self._hook()
            return question(self._connection)

    def append(self, table: str, rows: list[dict[str, Any]]) -> None:
        """Append rows (dictionaries; missing keys become null) to a table."""
        if not rows:
            return
        with self._readable_errors():
            self._hook()
            batch = pa.Table.from_pylist(rows, schema=self._schema(table))
            self._connection.register("incoming", batch)
            try:
                self._connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")
            finally:
                self._connection.unregister("incoming")

    def _schema(self, table: str) -> pa.Schema:
        if table not in self._types:
            empty = self._connection.sql(f"SELECT * FROM {table} LIMIT 0").to_arrow_table()
            self._types[table] = empty.schema
        return self._types[table]

    def _hook(self) -> None:
        """Nothing; tests put a fault here."""

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is committed together, or not at all."""
        with self._readable_errors():
            self._connection.execute("BEGIN TRANSACTION")
            try:
                yield
                self._hook()
                self._connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(duckdb.Error):
                    self._connection.execute("ROLLBACK")
                raise

    def checkpoint(self) -> None:
        """Move what is committed from the log into the file."""
        with contextlib.suppress(duckdb.Error):
            self._connection.execute(f"CHECKPOINT {_ALIAS}")

    @contextlib.contextmanager
    def _readable_errors(self) -> Iterator[None]:
        try:
            yield
        except (*_UNFIT, duckdb.Error, OSError) as error:
            raise self._explained(error) from error

    def _explained(self, error: Exception) -> LedgerError:
        words = " ".join(str(error).split())
        if isinstance(error, _UNFIT):
            return LedgerUnfit(f"{self.path}: a value cannot be kept: {words[:300]}")
        low = words.lower()
        if _is_held(words) or "already attached" in low or "same file" in low:
            holder = _HOLDER.search(words)
            who = f"another process (PID {holder[1]})" if holder else "another process"
            return LedgerLocked(
                f"{self.path}: {who} has this ledger open; wait for it to finish, or read a copy of the file"
            )
        if any(item in low for item in _FULL):
            return LedgerFull(
                f"{self.path}: the disk is full. Every story reported as added is safe; the story "
                "in hand was not stored. Free some space and run the same command again"
            )
        told = next((reason for sign, reason in _REASONS if sign in low), "")
        return LedgerError(f"{self.path}: {told or words[:300]}")

    def close(self) -> None:
        """Close the file; what was committed stays."""
        if not self.read_only:
            self.checkpoint()
        self._connection.close()

    def columns(self, table: str) -> list[str]:
        """Names of a table's columns, in order."""
        return list(self._schema(table).names)


def _is_held(words: str) -> bool:
    """Whether an error says that another process has the file open."""
    low = words.lower()
    return "lock" in low and "conflict" in low


def _refuse_others(path: Path, read_only: bool) -> None:
    """Refuse a file that DuckDB did not write; an empty one may be in the making.

    Raises:
        LedgerError: it is no ledger.
    """
    place, magic = _MAGIC
    try:
        with path.open("rb") as stream:
            head = stream.read(place + len(magic))
    except FileNotFoundError:
        return
    except OSError as error:
        raise LedgerError(f"{path}: {error.strerror}") from None
    if head[place:] != magic and (head or read_only):
        raise LedgerError(f"{path}: not a ledger")
