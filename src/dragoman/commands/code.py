"""``dragoman code``: many stories into records, events or tables."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from dragoman.commands.common import (
    FOLLOW,
    accepted,
    coder_options,
    columns_option,
    count_undated,
    dated,
    day_first_option,
    given_day,
    make_coder,
    standard_input,
    tables_of,
    tell_left_out,
    tell_rejected,
    tell_undated,
)
from dragoman.exports import FORMATS
from dragoman.model import Record, Rejection, Story
from dragoman.printing import echo
from dragoman.writing import refuse_inputs, written

INPUT_FORMATS = ("jsonl", "json", "csv", "tsv", "parquet", "xlsx", "warc", "feed", "page", "text")


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="INPUT...")
@click.option("--format", "form", type=click.Choice(FORMATS), default="events", show_default=True,
              help="events is PLOVER JSON, one a line; record is the whole record, one a line.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write here instead of standard output (needed for parquet).")  # fmt: skip
@click.option("--column", "columns", multiple=True, metavar="NAME=COLUMN",
              help="Which column holds text, title, published, url, publisher, id.")  # fmt: skip
@click.option("--from", "input_format", type=click.Choice(INPUT_FORMATS), metavar="FORMAT",
              help="What INPUT is, where its ending does not tell (- for CSV, say): "
              + ", ".join(INPUT_FORMATS) + ".")  # fmt: skip
@click.option("--date", "published", metavar="DAY", help="The day of publication of every input.")
@day_first_option
@click.option("--follow", is_flag=True, help=FOLLOW)
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
@click.option("--unreal", is_flag=True,
              help="polecat, icews, gdelt, phoenix: also what is denied, supposed, to come or long past.")  # fmt: skip
@coder_options
def code(sources: tuple[str, ...], form: str, output: Path | None, columns: tuple[str, ...],
         input_format: str | None, published: str | None, day_first: bool | None, follow: bool, workers: int, quiet: bool, unreal: bool, **values: Any) -> None:  # fmt: skip
    """Code stories into records, events or tables, for programs.

    INPUT is a file (page, text, Word, PDF, mail, feed, an export of Nexis, Factiva or ProQuest, JSONL, CSV, Excel,
    Parquet, compressed or not), a folder, a pattern, an address, or - for standard input. Rejected inputs are listed on standard error; the exit status is then 3.
    """
    if form == "parquet" and output is None:
        raise click.UsageError("parquet needs -o FILE")
    refuse_inputs(output, [*sources, *tables_of(values)])
    day = given_day(published)
    rejected: list[Rejection] = []
    foreign: list[Story] = []
    stories = read_inputs(sources, input_format, columns, day, follow, day_first)
    results = coded(stories, workers, values)
    records = accepted(_progress(results, quiet or not sys.stderr.isatty()), rejected)
    undated = Counter[str]()
    _write(_noting(records, foreign, undated), form, output, unreal)
    tell_undated(undated)
    for story in foreign:
        echo(f"not coded {story.source}: it is in {story.language!r}, not English", err=True)
    tell_rejected(rejected)


def read_inputs(
    sources: tuple[str, ...], input_format: str | None, columns: tuple[str, ...], day: str | None,
    follow: bool, day_first: bool | None,
) -> Iterator[Story | Rejection]:  # fmt: skip
    """The stories of the inputs, of the given day where there is one."""
    from dragoman.reading.many import read_many

    stories = read_many(
        [standard_input(item) for item in sources],
        columns=columns_option(columns) or None,
        format=input_format,
        follow=follow,
        day_first=day_first,
    )
    return (dated(item, day) for item in stories)


def _write(records: Iterable[Record], form: str, output: Path | None, unreal: bool) -> None:
    """Write as records come; what is in a file when the run is stopped is kept beside it."""
    from dragoman import exports

    if output is None:
        exports.write(records, form, sys.stdout, unreal=unreal, left_out=tell_left_out)
        return
    with written(output, keep=True) as part:
        exports.write(records, form, part, unreal=unreal, left_out=tell_left_out)


def _noting(
    records: Iterable[Record], foreign: list[Story], undated: Counter[str]
) -> Iterator[Record]:
    """The records; stories that were not coded for their language are put aside in ``foreign``,
    those without a day of publication are counted in ``undated``."""
    from dragoman.coder import Options

    for record in records:
        story = record.story
        if story.language not in Options().languages:
            foreign.append(story.replace(text="", paragraphs=()))
        else:
            count_undated(story, undated)
        yield record


def coded(
    stories: Iterable[Story | Rejection], workers: int, values: dict[str, Any]
) -> Iterator[Record | Rejection]:
    """Records in the order of the stories, by one process or several."""
    if workers == 1:
        yield from make_coder(values).pipe(stories)
        return
    from dragoman.commands.workers import code_in_processes

    yield from code_in_processes(stories, workers, values)


def _progress(results: Iterable[Any], quiet: bool) -> Iterator[Any]:
    """Pass results on, with a count and a rate on standard error when someone is watching."""
    if quiet:
        yield from results
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    with Progress(SpinnerColumn(), TextColumn("{task.completed} stories"), TimeElapsedColumn(),
                  console=Console(stderr=True), transient=True) as bar:  # fmt: skip
        task = bar.add_task("stories", total=None)
        for item in results:
            yield item
            bar.advance(task)
