"""A panel of event counts: a row for every unit and step of time, as regressions and plots take it.

    >>> import dragoman.panel
    >>> table = dragoman.panel.of_tables(["coded"], of="dyad", by="month")

Units are directed pairs of countries (``of="dyad"``), who acts (``"actor"``), who is acted on (``"recipient"``)
or where it happened (``"place"``). What happened counts, by the rules of the ledger's series: not what is
denied, supposed or yet to come, nor what is long past where no day of it is told; what two did together counts
both ways. ``Ledger.panel`` gives the same of a ledger. The command is ``dragoman panel``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import InputError
from dragoman.panel.counting import COUNTS, STEPS, UNITS, Wanted, counted

if TYPE_CHECKING:
    import pyarrow

__all__ = ["COUNTS", "STEPS", "UNITS", "of_tables"]


def of_tables(
    sources: Iterable[str | Path], *, of: str = "dyad", by: str = "month", count: str = "quad",
    one_a_day: bool = False, since: str | date | None = None, until: str | date | None = None,
    min_confidence: float = 0.0, sparse: bool = False,
) -> pyarrow.Table:  # fmt: skip
    """The panel of coded tables.

    Args:
        sources: Parquet files of events (``dragoman code --format parquet``), folders of ``dragoman corpus``, or
            folders of such files.
        of: the unit: "dyad", "actor", "recipient" or "place".
        by: the step: "day", "week" (from Monday), "month" or "year".
        count: "quad" for the four quad classes, "type" for PLOVER's types.
        one_a_day: count an actor, recipient and type once a day, as the field does where many stories tell the same.
        since, until: first and last day, both inclusive (YYYY-MM-DD); None: those of the events.
        min_confidence: leave out events under this probability, 0–1.
        sparse: leave out rows without an event; otherwise every unit that is seen has a row for every step.

    Returns:
        ``start`` (first day of the step), the unit with its Correlates of War and Gleditsch–Ward numbers, the
        counts, ``events``, and ``mean_score`` (PLOVER's, −10 to 10; null without events).

    Raises:
        InputError: a source is missing or holds no events of Dragoman's.
        UsageError: an unknown unit, step or count, or no day.
    """
    import duckdb

    wanted = Wanted.of(of, by, count, one_a_day, since, until, min_confidence, sparse)
    files = [str(file) for source in sources for file in _files(Path(source))]
    connection = duckdb.connect()
    try:
        return counted(connection, _EVENTS, [*_joint(), files], wanted)
    except duckdb.Error as error:
        reason = str(error).split("\n")[0][:200]
        if not all(file.endswith(".parquet") for file in files):
            reason = "a panel counts Parquet (dragoman code --format parquet, dragoman corpus)"
        raise InputError(
            ", ".join(files[:3]), f"no table of events: {reason}", code="parquet"
        ) from None
    finally:
        connection.close()


# One row an event, as ``counting`` takes it; a story that was coded twice tells its events once.
_EVENTS = """
    SELECT DISTINCT ON (event) coalesce(date.start, published)[1:10]::DATE AS day, list_transform(actors, lambda x: x.country) AS actors,
           list_transform(recipients, lambda x: x.country) AS recipients, place.country AS place, type, quad, score,
           concat(story_id, '-', id) AS event, confidence, aux, date IS NOT NULL AS dated,
           list_contains(?, type) OR list_contains(?, coded_by.rule)
               OR regexp_matches(lower(coalesce(text, '')), '\\b(each other|one another)\\b') AS joint
    FROM read_parquet(?)
"""


def _joint() -> list[list[str]]:
    """The types whose actors always do it together, and the patterns whose parties all act."""
    from dragoman.exports.cameo import joint_rules, scheme

    types = [name for name, row in scheme().rows.items() if row.reciprocal]
    return [types, sorted(joint_rules())]


def _files(source: Path) -> list[Path]:
    """The Parquet files of a source.

    Raises:
        InputError: there are none.
    """
    if source.is_dir():
        inner = source / "events"
        files = sorted((inner if inner.is_dir() else source).glob("*.parquet"))
        if not files:
            raise InputError(
                str(source), "the folder holds no Parquet file of events", code="empty"
            )
        return files
    if not source.exists():
        raise InputError(str(source), "no such file", code="missing")
    return [source]
