"""Options and helpers that several commands share."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dragoman.errors import InputError

if TYPE_CHECKING:
    from dragoman.model import Record, Rejection, Story

_F = TypeVar("_F", bound=Callable[..., Any])


def coder_options(command: _F) -> _F:
    """The options that shape a coder: the same on every command that codes."""
    decorators: list[Callable[[_F], _F]] = [
            click.option("--lexicon", "lexicons", multiple=True, type=click.Path(exists=True),
                         metavar="PATH", help="A lexicon of your own, stacked over the shipped one."),
            click.option("--ontology", type=click.Path(exists=True, file_okay=False),
                         metavar="FOLDER", help="A coding scheme of your own instead of PLOVER."),
            click.option("--nlp", metavar="PIPELINE",
                         help="A spaCy pipeline with UD labels instead of the shipped parser."),
            click.option("--no-models", is_flag=True, help="Code by rules alone."),
            click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0,
                         show_default=True, help="Leave out events under this probability."),
            click.option("--types", metavar="T1,T2", default="",
                         help="Keep only these event types."),
            click.option("--only-with-recipient", is_flag=True,
                         help="Leave out events without a recipient."),
            click.option("--sport", is_flag=True, help="Code the events of stories of sport too."),
    ]  # fmt: skip
    for decorator in reversed(decorators):
        command = decorator(command)
    return command


def make_coder(values: dict[str, Any]) -> Any:
    """Take the coder options out of ``values`` and load a coder with them."""
    from dragoman.coder import Options, load

    return load(
        values.pop("nlp"),
        lexicons=[Path(item) for item in values.pop("lexicons")],
        ontology_folder=values.pop("ontology"),
        options=Options(
            models=not values.pop("no_models"),
            min_confidence=values.pop("min_confidence"),
            types=tuple(item for item in values.pop("types").upper().split(",") if item),
            only_with_recipient=values.pop("only_with_recipient"),
            sport=values.pop("sport"),
        ),
    )


def tables_of(values: dict[str, Any]) -> list[Path]:
    """The files that the coder options name, folders by the tables in them."""
    named = [Path(item) for item in (*values["lexicons"], values["ontology"]) if item]
    return [
        table for path in named for table in (path.rglob("*.tsv") if path.is_dir() else (path,))
    ]


def standard_input(source: str) -> Any:
    """What stands on standard input for ``-``, otherwise the source as it is."""
    if source != "-":
        return source
    from dragoman.reading.sources import Opened

    return Opened("standard input", data=sys.stdin.buffer.read())


def columns_option(pairs: tuple[str, ...]) -> dict[str, str]:
    """``("text=body", "published=date")`` as a mapping.

    Raises:
        click.UsageError: a pair has no ``=``.
    """
    mapping = {}
    for pair in pairs:
        name, sign, column = pair.partition("=")
        if not sign or not name or not column:
            raise click.UsageError(f"--column takes NAME=COLUMN, not {pair!r}")
        mapping[name.strip()] = column.strip()
    return mapping


def stored_records(sources: Iterable[str]) -> Iterator[Record | Rejection]:
    """Records of files of JSON objects, one a line; ``-`` is standard input.

    A line that is no record is handed on as a rejection that names file and line, a file that cannot
    be opened as one that names the file; empty lines are passed over.
    """
    from dragoman.model import Record, Rejection

    for source in sources:
        try:
            stream = click.open_file(source, encoding="utf-8")
        except OSError as error:
            yield Rejection(source, error.strerror or str(error), None, "missing")
            continue
        with stream:
            for number, line in enumerate(stream, 1):
                if not line.strip():
                    continue
                try:
                    yield Record.from_dict(json.loads(line))
                except (ValueError, TypeError, KeyError, AttributeError) as error:
                    yield Rejection(source, f"not a record: {error}", f"line {number}", "json")


def accepted(
    results: Iterable[Record | Rejection], rejected: list[Rejection]
) -> Iterator[Record]:  # fmt: skip
    """The records; rejections are put aside in ``rejected``."""
    from dragoman.model import Record

    for item in results:
        if isinstance(item, Record):
            yield item
        else:
            rejected.append(item)


def given_day(published: str | None) -> str | None:
    """The given day as YYYY-MM-DD.

    Raises:
        click.UsageError: it is no date.
    """
    from dragoman.reading.story import checked_date

    try:
        return checked_date(published, "--date")
    except InputError as error:
        raise click.UsageError(str(error)) from None


def dated(item: Story | Rejection, published: str | None) -> Story | Rejection:
    """The story, of the given day of publication where one is given."""
    from dragoman.model import Story

    if published is None or not isinstance(item, Story):
        return item
    return item.replace(published=published, published_basis="given")
