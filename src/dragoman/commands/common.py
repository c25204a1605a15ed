"""Options and helpers that several commands share."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dragoman.errors import InputError
from dragoman.printing import echo

if TYPE_CHECKING:
    from dragoman.model import Record, Rejection, Story
    from dragoman.ontology import Ontology

_F = TypeVar("_F", bound=Callable[..., Any])
FOLLOW = "Of a feed: read the pages that its items lead to, not what it carries of them."


def day_first_option(command: _F) -> _F:
    """Which of its first two numbers is the day in a table's 3/4/2026."""
    return click.option(
        "--day-first/--month-first", "day_first", default=None,
        help="Of a table: 3/4/2026 is 3 April, or March 4. Without it such a day is left out and told.",
    )(command)  # fmt: skip


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


def make_coder(values: dict[str, Any], *, noting: bool = True) -> Any:
    """Take the coder options out of ``values`` and load a coder with them.

    Args:
        noting: say on standard error which event types a coding scheme of the user's own lacks.
    """
    from dragoman.coder import Options, load

    own = values["ontology"]
    coder = load(
        values.pop("nlp"),
        lexicons=[Path(item) for item in values.pop("lexicons")],
        ontology_folder=values.pop("ontology"),
        options=Options(
            models=not values.pop("no_models"),
            min_confidence=values.pop("min_confidence"),
            types=tuple(values.pop("types").upper().replace(",", " ").split()),
            only_with_recipient=values.pop("only_with_recipient"),
            sport=values.pop("sport"),
        ),
    )
    if own and noting:
        _note_lacking(own, coder.ontology)
    return coder


def _note_lacking(folder: str, scheme: Ontology) -> None:
    """Say on standard error which of PLOVER's types and modes a scheme of the user's own has not."""
    from dragoman import ontology

    plover = ontology.load()
    lacking = [name for name in plover.types if name not in scheme.types]
    if lacking:
        named = ", ".join(lacking)
        echo(
            f"note: {folder} has no type {named}: the shipped patterns of it are left out", err=True
        )
    fewer = [
        f"{name} {mode}" for name in plover.types if name in scheme.types
        for mode in plover.modes(name) if mode not in scheme.modes(name)
    ]  # fmt: skip
    if fewer:
        echo(f"note: {folder} has no mode {', '.join(fewer)}: never given", err=True)


def tables_of(values: dict[str, Any]) -> list[Path]:
    """The files that the coder options name, folders by the tables in them."""
    named = [Path(item) for item in (*values["lexicons"], values["ontology"]) if item]
    return [
        table for path in named for table in (path.rglob("*.tsv") if path.is_dir() else (path,))
    ]


def standard_input(source: str) -> Any:
    """What an INPUT stands for: standard input for ``-``, an address, otherwise a path or pattern.

    Raises:
        click.UsageError: it is empty.
    """
    from dragoman.reading.sources import Opened, has_scheme

    if source == "-":
        return Opened("standard input", data=sys.stdin.buffer.read())
    if not source.strip():  # a variable of the shell that holds nothing is not this folder
        raise click.UsageError("an INPUT is empty")
    return source if has_scheme(source) else Path(source)


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
    """Records of files of JSON objects, one a line, compressed or not; ``-`` is standard input.

    A line that is no record is handed on as a rejection that names file and line, a file that cannot
    be opened, or holds no text, as one that names the file; empty lines are passed over.
    """
    from dragoman.model import Rejection

    for source in sources:
        try:
            yield from _records_of(source)
        except InputError as error:
            yield Rejection.of(error)


def _records_of(source: str) -> Iterator[Record | Rejection]:
    """The records of one file.

    Raises:
        InputError: it cannot be opened, or holds no text.
    """
    from dragoman.limits import Limits
    from dragoman.model import Record, Rejection
    from dragoman.reading.compressed import open_stream
    from dragoman.reading.recorded import check_story
    from dragoman.reading.sources import open_stored
    from dragoman.reading.tables import jsonl_rows

    with sys.stdin.buffer if source == "-" else open_stored(Path(source)) as raw:
        head = raw.peek(6)  # type: ignore[union-attr]
        stream = open_stream(raw, source, head[:6])
        if stream is raw and b"\0" in head:
            raise InputError(source, "binary, not a file of records", code="binary")
        for place, row in jsonl_rows(stream, source, Limits()):
            if isinstance(row, InputError):
                yield Rejection(source, f"not a record: {row.reason}", place, row.code)
                continue
            try:
                check_story(row["story"])
                yield Record.from_dict(row)
            except (ValueError, TypeError, KeyError, AttributeError, InputError) as error:
                yield Rejection(source, f"not a record: {error}", place, "json")


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


def tell_rejected(rejected: Iterable[Rejection]) -> None:
    """List what was rejected on standard error; the command ends with status 3 where something was."""
    told = [f"rejected {item}" for item in rejected]
    for line in told:
        echo(line, err=True)
    if told:
        raise click.exceptions.Exit(InputError.exit_code)


def tell_left_out(number: int) -> None:
    """Say how many events a table has no place for."""
    if number:
        echo(
            f"left out as denied, supposed, to come or long past: {number} (--unreal writes them)",
            err=True,
        )


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


def count_undated(story: Story, undated: Counter[str]) -> None:
    """Count a story that has no day of publication, apart where its table told one."""
    if story.published is None:
        undated["all"] += 1
        undated["date-unread"] += any(note.code == "date-unread" for note in story.notes)


def tell_undated(undated: Counter[str]) -> None:
    """Say on standard error how many stories have no day, and what gives them one."""
    if not undated:
        return
    told, help_ = "", "--date gives all one"
    if undated["date-unread"]:
        told = f", {undated['date-unread']} of them with one that is no plain date (YYYY-MM-DD)"
        help_ += ", --day-first or --month-first says how 3/4/2026 is meant"
    echo(f"stories without a day of publication: {undated['all']}{told}; {help_}", err=True)
