"""``dragoman panel``: counts by unit and step of time."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from dragoman.panel.counting import COUNTS, STEPS, UNITS
from dragoman.writing import refuse_inputs, written

_PATH = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("sources", nargs=-1, metavar="[TABLES...]")
@click.option("-l", "--ledger", type=_PATH, metavar="FILE", help="Count the events of a ledger instead of tables.")  # fmt: skip
@click.option("--of", type=click.Choice(list(UNITS)), default="dyad", show_default=True,
              help="A row for: a directed pair of countries, who acts, who is acted on, where it happened.")  # fmt: skip
@click.option("--by", type=click.Choice(STEPS), default="month", show_default=True, help="Length of a step.")  # fmt: skip
@click.option("--count", type=click.Choice(COUNTS), default="quad", show_default=True,
              help="Columns: the four quad classes, or the types.")  # fmt: skip
@click.option("--one-a-day", is_flag=True, help="Count an actor, recipient and type once a day.")
@click.option("--since", metavar="DAY", help="From this day on, inclusive.")
@click.option("--until", metavar="DAY", help="Up to this day, inclusive.")
@click.option("--as-of", metavar="DAY", help="With --ledger: from what was known at the end of this day.")  # fmt: skip
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, show_default=True,
              help="Leave out events under this probability.")  # fmt: skip
@click.option("--sparse", is_flag=True, help="Leave out rows without an event.")
@click.option("-o", "--output", type=_PATH, metavar="FILE",
              help="Write here (.csv or .parquet) instead of CSV on standard output.")  # fmt: skip
def panel(sources: tuple[str, ...], ledger: Path | None, as_of: str | None, output: Path | None, **wanted: Any) -> None:  # fmt: skip
    """Count events by unit and step of time, gaps filled with noughts: a panel for a regression.

    TABLES are Parquet files of dragoman code --format parquet or folders of dragoman corpus. What happened
    counts, not what is denied, supposed or to come; what two did together counts both ways.
    """
    if bool(sources) == (ledger is not None):
        raise click.UsageError("give tables of events, or --ledger FILE")
    if as_of is not None and ledger is None:
        raise click.UsageError("--as-of is for a ledger")
    if output is not None and output.suffix.lower() not in (".csv", ".parquet"):
        raise click.UsageError(f"{output}: a panel is .csv or .parquet")
    refuse_inputs(output, [*sources, *([str(ledger)] if ledger else [])])
    _write(_made(sources, ledger, as_of, wanted), output)


def _made(sources: tuple[str, ...], ledger: Path | None, as_of: str | None, wanted: dict[str, Any]) -> Any:  # fmt: skip
    if ledger is None:
        from dragoman.panel import of_tables

        return of_tables(sources, **wanted)
    from dragoman.ledger import open_ledger

    with open_ledger(ledger, read_only=True) as opened:
        return opened.panel(as_of=as_of, **wanted)


def _write(table: Any, output: Path | None) -> None:
    import pyarrow.parquet

    if output is None:
        _write_csv(table, sys.stdout.buffer)
        return
    with written(output) as part:
        if output.suffix.lower() == ".parquet":
            pyarrow.parquet.write_table(table, part, compression="zstd")
            return
        with part.open("wb") as file:
            _write_csv(table, file)


def _write_csv(table: Any, file: Any) -> None:
    import pyarrow.csv

    file.write(f"{','.join(table.column_names)}\n".encode())
    options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="needed")
    pyarrow.csv.write_csv(table, file, options)
