"""``dragoman corpus``: a corpus into a folder of Parquet parts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from dragoman.commands.code import INPUT_FORMATS, coded, read_inputs
from dragoman.commands.common import (
    FOLLOW,
    accepted,
    coder_options,
    count_undated,
    day_first_option,
    given_day,
    make_coder,
    tell_rejected,
    tell_undated,
)
from dragoman.model import Record, Rejection
from dragoman.printing import echo
from dragoman.writing import refuse_inputs


class ShareType(click.ParamType):
    """``2/8``: the second of eight machines."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The share that is written so."""
        from dragoman.corpus import Share

        if isinstance(value, Share):
            return value
        found = re.fullmatch(r"(\d{1,4})/(\d{1,4})", str(value))
        if found is None or not 1 <= int(found[1]) <= int(found[2]):
            self.fail(f"{value!r} is no share such as 2/8", param, ctx)
        return Share(int(found[1]), int(found[2]))


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--output", "folder", type=click.Path(file_okay=False, path_type=Path), required=True,
              metavar="FOLDER", help="The folder of the coded corpus; made if it is missing.")  # fmt: skip
@click.option("--share", type=ShareType(), default="1/1", metavar="I/N",
              help="Code the stories that fall to machine I of N; all may write into one folder.")  # fmt: skip
@click.option(
    "--records", is_flag=True, help="Keep whole records as well, for dragoman add --records."
)
@click.option("--part", "size", type=click.IntRange(1, 100_000), default=500, show_default=True,
              help="Stories in a part.")  # fmt: skip
@click.option("--column", "columns", multiple=True, metavar="NAME=COLUMN",
              help="Which column holds text, title, published, url, publisher, id.")  # fmt: skip
@click.option("--from", "input_format", type=click.Choice(INPUT_FORMATS), metavar="FORMAT",
              help="What INPUT is, where its ending does not tell.")  # fmt: skip
@click.option("--date", "published", metavar="DAY", help="The day of publication of every input.")
@day_first_option
@click.option("--follow", is_flag=True, help=FOLLOW)
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes.")
@click.option("--quiet", is_flag=True, help="Print only the sum.")
@coder_options
def corpus(sources: tuple[str, ...], folder: Path, share: Any, records: bool, size: int, columns: tuple[str, ...],
           input_format: str | None, published: str | None, day_first: bool | None, follow: bool, workers: int,
           quiet: bool, **values: Any) -> None:  # fmt: skip
    """Code a corpus into a folder of Parquet parts. Safe to repeat: it goes on where it stopped.

    INPUT is as for dragoman code. FOLDER/events and FOLDER/stories are each one table in many files. A story
    that is in the folder is not coded again, so that a run that was stopped, and a corpus that grew, cost only
    what is missing. Exit status 3: some inputs were rejected; each is listed, and tried again next time.
    """
    from dragoman.corpus import CodedCorpus

    refuse_inputs(folder / "events", sources)
    day = given_day(published)
    run = make_coder(dict(values), noting=False).run
    book = CodedCorpus(folder, run, share=share, size=size, records=records)
    before = len(book.done)
    rejected: list[Rejection] = []
    undated, foreign = Counter[str](), Counter[str]()
    stories = book.wanted(read_inputs(sources, input_format, columns, day, follow, day_first))
    told = [0, 0]
    records_of = accepted(coded(stories, workers, values), rejected)
    for part in book.keep(_counted(records_of, undated, foreign)):
        told = [told[0] + part.stories, told[1] + part.events]
        if not quiet:
            echo(f"{part.path.name}: {part.stories} stories, {part.events} events")
    click.echo(
        f"{told[0]} stories coded, {told[1]} events; {before} were there, {len(rejected)} rejected"
    )
    _tell_repeated(book.repeated)
    tell_undated(undated)
    if foreign:
        told_of = ", ".join(f"{name} {number}" for name, number in sorted(foreign.items()))
        echo(f"not coded, for they are not in English: {foreign.total()} ({told_of})", err=True)
    tell_rejected(rejected)


def _counted(
    records: Iterable[Record], undated: Counter[str], foreign: Counter[str]
) -> Iterator[Record]:
    """The records; those in another language, and those without a day of publication, are counted."""
    from dragoman.coder import Options

    for record in records:
        if record.story.language in Options().languages:
            count_undated(record.story, undated)
        else:
            foreign[record.story.language] += 1
        yield record


def _tell_repeated(repeated: Counter[str]) -> None:
    """Say on standard error how many stories were left out since the same one came before."""
    if number := repeated["words"]:
        echo(f"left out, for the same words came before: {number}", err=True)
    if number := repeated["id"]:
        echo(
            f"left out, for an earlier story had the same id: {number} "
            "(is the column of --column id=… a story's own?)",
            err=True,
        )
