"""``dragoman read``: one story's record for eyes, in the terminal or as one web page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from dragoman.commands.common import coder_options, make_coder, standard_input, tables_of
from dragoman.writing import refuse_inputs, written


@click.command()
@click.argument("source", metavar="INPUT")
@click.option(
    "--date",
    "published",
    metavar="DAY",
    help="The day of publication (YYYY-MM-DD), over the page's own.",
)
@click.option("--url", metavar="ADDRESS", help="The address a saved page came from.")
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Also write one self-contained web page.")  # fmt: skip
@click.option(
    "--width", type=click.IntRange(40), help="Columns to wrap at; the terminal's by default."
)
@click.option("--all", "everything", is_flag=True,
              help="Show doubtful events and contested claims (under 50%) as well.")  # fmt: skip
@coder_options
def read(source: str, published: str | None, url: str | None, page: Path | None,
         width: int | None, everything: bool, **values: Any) -> None:  # fmt: skip
    """Read one story and show its record, for eyes.

    INPUT is a file (page, text, Word, OpenDocument, RTF, PDF, mail), an address, or - for standard input.
    """
    refuse_inputs(page, [source, *tables_of(values)])
    coder = make_coder(values)
    record = coder.code(standard_input(source), url=url, published=published)
    if page is not None:  # first: standard output may be a pipe that closes early
        from dragoman.web.page import render

        write_page(page, render(record, everything=everything))
    from dragoman.web.terminal import show

    show(record, width=width, everything=everything)


def write_page(path: Path, text: str) -> None:
    """Write one web page and say so on standard error.

    Raises:
        UsageError: it cannot be written there.
    """
    with written(path) as part:
        part.write_text(text, encoding="utf-8", errors="replace")
    click.echo(f"wrote {path}", err=True)
