"""``dragoman sample``: events to judge by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from dragoman.commands.common import accepted, stored_records, tell_rejected
from dragoman.model import Record, Rejection
from dragoman.printing import echo
from dragoman.writing import refuse_inputs

_PATH = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("records", nargs=-1, metavar="[RECORDS...]")
@click.option("-l", "--ledger", type=_PATH, metavar="FILE", help="Draw from a ledger instead of files of records.")  # fmt: skip
@click.option("-n", "size", type=click.IntRange(1, 100_000), default=200, show_default=True, help="Events to draw.")  # fmt: skip
@click.option("--by", type=click.Choice(["type"]), help="As many of each type, rare ones too.")
@click.option("--types", metavar="T1,T2", default="", help="Only events of these types.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, show_default=True,
              help="Only events of at least this probability.")  # fmt: skip
@click.option("--seed", type=int, default=7, show_default=True, help="Another number draws other events.")  # fmt: skip
@click.option("-o", "--output", type=_PATH, required=True, metavar="SHEET", help="The sheet: .csv or .xlsx.")  # fmt: skip
def sample(records: tuple[str, ...], ledger: Path | None, size: int, by: str | None, types: str,
           min_confidence: float, seed: int, output: Path) -> None:  # fmt: skip
    """Draw events by chance into a sheet, to judge by hand how right the coder is on a corpus.

    RECORDS are files that dragoman code --format record wrote. Fill the columns event_right, actors_right,
    recipients_right, date_right, place_right and said_by_right with yes, no or unsure (blank: not judged);
    then dragoman eval SHEET says how often the coder is right, and how sure that is.
    """
    from dragoman import validation

    if bool(records) == (ledger is not None):
        raise click.UsageError("give files of records, or --ledger FILE")
    refuse_inputs(output, [*records, *([str(ledger)] if ledger else [])])
    wanted = frozenset(types.upper().replace(",", " ").split())
    rejected: list[Rejection] = []
    drawn = validation.draw(
        _chosen(_records(records, ledger, rejected), wanted, min_confidence), size, by=by, seed=seed
    )
    if not drawn and rejected:  # why there is nothing to draw from
        tell_rejected(rejected)
    validation.write(drawn, output)
    echo(f"{len(drawn)} events in {output}", err=True)
    tell_rejected(rejected)


def _records(
    files: tuple[str, ...], ledger: Path | None, rejected: list[Rejection]
) -> Iterator[Record]:
    """The records of files, or of a ledger."""
    if ledger is None:
        yield from accepted(stored_records(files), rejected)
        return
    from dragoman.ledger import open_ledger

    with open_ledger(ledger, read_only=True) as opened:
        yield from opened.records()


def _chosen(records: Iterator[Record], types: frozenset[str], least: float) -> Iterator[Record]:
    """The records, each with the events that may be drawn."""
    for record in records:
        events = record.events
        kept = [e for e in events if e.confidence >= least and (not types or e.type in types)]
        yield record if len(kept) == len(events) else record.replace(events=type(events)(kept))
