"""The commands that write into a ledger: add, recode, correct."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import click

from dragoman.commands.common import (
    FOLLOW,
    accepted,
    coder_options,
    columns_option,
    dated,
    day_first_option,
    given_day,
    make_coder,
    standard_input,
    stored_records,
    tell_rejected,
)
from dragoman.ledger.cli_options import ledger_option
from dragoman.ledger.corrections import ACTIONS
from dragoman.ledger.ledger import Added, checked_time, open_ledger
from dragoman.model import Record
from dragoman.printing import echo


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="INPUT...")
@ledger_option
@click.option("--column", "columns", multiple=True, metavar="NAME=COLUMN",
              help="Which column holds text, title, published, url, publisher, id.")  # fmt: skip
@click.option("--date", "published", metavar="DAY", help="The day of publication of every input.")
@day_first_option
@click.option("--follow", is_flag=True, help=FOLLOW)
@click.option(
    "--recorded",
    metavar="DAY",
    help="When this came to be known: a day or time, or published for each story's own day; now if not given.",
)
@click.option(
    "--together",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    help="Stories committed at once.",
)
@click.option(
    "--records", is_flag=True, help="INPUT is files of records (dragoman code --format record)."
)
@click.option("--quiet", is_flag=True, help="Print only the sum.")
@coder_options
def add(sources: tuple[str, ...], path: Path, columns: tuple[str, ...], published: str | None, day_first: bool | None, follow: bool,
        recorded: str | None, together: int, records: bool, quiet: bool, **values: Any) -> None:  # fmt: skip
    """Read, code and store stories in a ledger. Safe to repeat: the same story twice changes nothing.

    Each story is named once it is safe in the ledger, whatever happens after. Exit status 3: some inputs
    were rejected; each is listed.
    """
    from dragoman.model import Rejection

    day = given_day(published)
    if records and day:
        raise click.UsageError("--date is for stories that are to be coded, not for --records")
    rejected: list[Rejection] = []
    counts: dict[str, int] = {}
    with open_ledger(path):  # what it may say against the file is said before anything is coded
        now = checked_time(recorded)
    coded = (
        stored_records(sources)
        if records
        else _coded(sources, columns, day, values, follow, day_first)
    )
    told = accepted(coded, rejected)
    for some in [told] if records else _together(told, together):
        with open_ledger(path) as ledger:
            for added in ledger.add_many(some, now, together):
                if added.reason:
                    rejected.append(Rejection(added.story_id, added.reason, code="value"))
                    continue
                counts[added.outcome] = counts.get(added.outcome, 0) + 1
                if not quiet:
                    more = f", in place of {added.replaced}" if added.replaced else ""
                    echo(f"{added.outcome} {added.story_id}: {added.events} events{more}")
                if not added.dated:
                    echo(_undated(added), err=True)
    click.echo(
        ", ".join(f"{counts.get(name, 0)} {name}" for name in ("added", "corrected", "unchanged"))
        + f", {len(rejected)} rejected"
    )
    tell_rejected(rejected)


def _together(records: Iterable[Record], size: int) -> Iterator[list[Record]]:
    """So many records at a time: they are coded before the ledger is opened, so that others may ask it."""
    told = iter(records)
    while some := list(islice(told, size)):
        yield some


def _undated(added: Added) -> str:
    """Names a story without a date, and how to give it."""
    where = f" ({added.source})" if added.source else ""
    return (
        f"undated {added.story_id}{where}: nobody knows when its events were, so dyad and index leave them out; "
        "add it with --date DAY"
    )


def _coded(
    sources: tuple[str, ...], columns: tuple[str, ...], day: str | None, values: dict[str, Any],
    follow: bool, day_first: bool | None,
) -> Iterator[Any]:  # fmt: skip
    from dragoman import reading

    coder = make_coder(values)
    stories = reading.read_many(
        [standard_input(item) for item in sources],
        columns=columns_option(columns) or None,
        follow=follow,
        day_first=day_first,
    )
    yield from coder.pipe(dated(item, day) for item in stories)


@click.command()
@ledger_option
@coder_options
def recode(path: Path, **values: Any) -> None:
    """Code the ledger's stories again with this coder and report what changed. Corrections stay."""
    coder = make_coder(values)
    with open_ledger(path) as ledger:
        report = ledger.recode(coder)
    click.echo(f"{report['stories']} stories coded again, {report['changed']} told differently")
    for name in ("events", "claims", "commitments", "agreements"):
        row = report[name]
        click.echo(
            f"{name}: {row['before']} before, {row['after']} after, {row['new']} new, {row['gone']} gone"
        )


@click.command()
@click.argument("action", type=click.Choice(ACTIONS))
@click.argument("subject", metavar="ID")
@click.argument("other", required=False, metavar="[OTHER]")
@ledger_option
@click.option("--analyst", required=True, metavar="NAME", help="Who says so.")
@click.option("--field", metavar="NAME", help="recode: what to change.")
@click.option("--value", metavar="VALUE", help="recode: what it should be.")
@click.option("--reason", default="", metavar="TEXT", help="Why.")
def correct(action: str, subject: str, other: str | None, path: Path, analyst: str, field: str | None,
            value: str | None, reason: str) -> None:  # fmt: skip
    """Record an analyst's correction; it survives recoding.

    merge ID OTHER: two events are one. split ID STORY: that story's report is another event. recode ID
    --field F --value V. dismiss, confirm, note ID.
    """
    with open_ledger(path) as ledger:
        made = ledger.correct(
            action, subject, analyst, other=other, field=field, value=_value(value), reason=reason
        )
    click.echo(made)


def _value(text: str | None) -> Any:
    """A number where it is one, otherwise the text."""
    try:
        return json.loads(text) if text is not None else None
    except ValueError:
        return text
