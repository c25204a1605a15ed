"""Options that the ledger's commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from dragoman.ledger import output as out

_F = TypeVar("_F", bound=Callable[..., Any])
_PATH = click.Path(dir_okay=False, path_type=Path)

ledger_option = click.option(
    "-l", "--ledger", "path", type=_PATH, required=True, metavar="FILE", help="The ledger."
)
as_of_option = click.option(
    "--as-of", metavar="DAY", help="Answer from what was known at the end of this day."
)
between_option = click.option(
    "--between",
    metavar="A,B",
    help="Two parties, such as RUS,UKR or Israel,Hamas: by name, code or id.",
)
since_option = click.option("--since", metavar="DAY", help="From this day on, inclusive.")
until_option = click.option("--until", metavar="DAY", help="Up to this day, inclusive.")
limit_option = click.option(
    "--limit", type=click.IntRange(1), default=1000, show_default=True, help="Rows at most."
)
format_options = (
    click.option("--format", "form", type=click.Choice(out.FORMATS), default="table", show_default=True, help="How the answer is written."),
    click.option("-o", "--output", type=_PATH, metavar="FILE", help="Write here instead of standard output."),
)  # fmt: skip


def options(*extra: Any) -> Callable[[_F], _F]:
    """The options of a question."""

    def decorate(command: _F) -> _F:
        for option in reversed((ledger_option, as_of_option, *extra, *format_options)):
            command = option(command)
        return command

    return decorate


question_options = options(between_option, since_option, until_option, limit_option)
