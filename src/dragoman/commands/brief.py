"""``dragoman brief``: a crisis on one page, from a ledger."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import click

from dragoman.ledger.cli_options import (
    as_of_option,
    between_option,
    ledger_option,
    since_option,
    until_option,
)

_PATH = click.Path(dir_okay=False, path_type=Path)
_WIDTH = 100  # columns in a file or pipe


@click.command()
@ledger_option
@as_of_option
@between_option
@since_option
@until_option
@click.option("--days", type=click.IntRange(1, 3650), default=7, show_default=True,
              help="What changed in so many last days is told, as against as many before.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1, 200), default=12, show_default=True,
              help="Lines of a section at most: of events twice as many, of claims and agreements fewer.")  # fmt: skip
@click.option("--html", "page", type=_PATH, metavar="FILE", help="Also write one self-contained web page.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True,
              help="A page for the terminal, or all of it for programs.")  # fmt: skip
@click.option("-o", "--output", type=_PATH, metavar="FILE", help="Write here instead of standard output.")  # fmt: skip
def brief(path: Path, page: Path | None, form: str, output: Path | None, **limits: Any) -> None:
    """The crisis on one page: what happened last, what is due, agreed and contested, and what changed."""
    from dragoman.ledger import open_ledger
    from dragoman.ledger.output import write_text
    from dragoman.web.brief import brief_text, render
    from dragoman.writing import refuse_inputs

    refuse_inputs(page, [path])
    refuse_inputs(output, [path] if page is None else [path, page])
    with open_ledger(path, read_only=True) as ledger:
        found = ledger.brief(**limits)
    if page is not None:  # first: standard output may be a pipe that closes early
        from dragoman.commands.read import write_page

        write_page(page, render(found))
    if form == "json":
        write_text(json.dumps(found.to_dict(), ensure_ascii=False, indent=1) + "\n", output)
        return
    width = _WIDTH if output else shutil.get_terminal_size((_WIDTH, 24)).columns
    write_text(brief_text(found, width), output)
