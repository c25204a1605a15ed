"""``dragoman why``: the words, the path and the rule behind one line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from dragoman.commands.common import standard_input, stored_records
from dragoman.errors import InputError, UsageError
from dragoman.model import Event, Record, Rejection
from dragoman.printing import echo
from dragoman.reading.sources import is_address, open_stored
from dragoman.reading.tables import kind_of
from dragoman.web.view import View, days


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="[RECORD] ID")
@click.option("-l", "--ledger", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Ask a ledger instead of a record file.")  # fmt: skip
@click.option("--story", metavar="ID", help="Which story, when the record file holds several.")
@click.option("--as-of", metavar="DAY", help="With --ledger: as it stood at the end of this day.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True,
              help="With --ledger: for eyes, or everything.")  # fmt: skip
def why(
    words: tuple[str, ...], ledger: Path | None, story: str | None, as_of: str | None, form: str
) -> None:
    """Show the words and the rule behind an event.

    RECORD is a file that ``dragoman code --format record`` wrote, or a story (page, text, address), which is
    coded now, without options; ID is the event's id, as ``dragoman read`` shows it. With --ledger, ID is the id of any line of the ledger and RECORD is left out.
    """
    if len(words) != (2 if ledger is None else 1):
        raise click.UsageError("why needs RECORD and ID, or --ledger FILE and ID")
    key = words[-1]
    if ledger is not None:
        _why_in_ledger(ledger, key, as_of, form)
        return
    record = words[0]
    for item in _records(record):
        if isinstance(item, Rejection):
            raise InputError(item.source, item.reason, item.place, item.code)
        if story and item.story.id != story:
            continue
        for event in item.events:
            if event.id == key:
                explain(item, event)
                return
    raise UsageError(f"{record}: no event {key!r}" + (f" in story {story}" if story else ""))


def _records(source: str) -> Iterator[Record | Rejection]:
    """The records of a file of records; the one of a story."""
    if source == "-" or not _is_story(source):
        yield from stored_records([source])
        return
    from dragoman.coder import load

    yield load().code(standard_input(source))


def _is_story(source: str) -> bool:
    """Whether an input is a story: an address, or a file that neither begins as JSON nor is compressed."""
    if is_address(source):
        return True
    with open_stored(Path(source)) as raw:
        head = raw.read(4096)
    return kind_of(source) is None and not (head.lstrip()[:1] in (b"{", b"[", b"") or b"\0" in head)


def _why_in_ledger(path: Path, key: str, as_of: str | None, form: str) -> None:
    from dragoman.ledger import open_ledger

    with open_ledger(path, read_only=True) as book:
        found = book.why(key, as_of=as_of)
    if form == "json":
        click.echo(json.dumps(found, indent=1, ensure_ascii=False, default=str))
    else:
        from dragoman.ledger.why_text import why_text

        echo(why_text(found).rstrip("\n"))


def explain(record: Record, event: Event) -> None:
    """Print one event with its sentence marked, its path, its rule and its attribution."""
    from rich.console import Console

    from dragoman.web.styled import Words

    view = View(record)
    console = (
        Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=100)
    )
    console.print(Words(f"{view.label(event)}  {view.parties(event)}", style="bold"))
    console.print(Words(marked(record, event).strip()))
    by = event.coded_by
    rows = [
        ("rule", by.rule or f"{by.model} (model)"),
        ("path", event.path or ""),
        ("codes", f"CAMEO {event.cameo}, quad class {event.quad}, score {event.score:g}"),
        ("said by", view.attribution(event) or "the story itself"),
        ("date", _date(event)),
        ("confidence", f"{event.confidence:.2f}, by {by.coder} {by.version}"),
    ]
    for name, value in rows:
        if value:
            console.print(Words(f"{name:>11}  ", style="dim") + Words(value))
    for key in event.attribution:
        statement = view.statements.get(key)
        if statement:
            words = " … ".join(view.words(piece) for piece in statement.content)
            console.print(
                Words(f"{key:>11}  ", style="dim")
                + Words(f"{view.speaker(statement)} ({statement.act}): {words}")
            )


def _date(event: Event) -> str:
    """The event's day or days, and the words they come from."""
    if event.date is None:
        return "not told"
    words = f" from “{event.date.text}”" if event.date.text else " (the day of the report)"
    return days(event.date) + words


def marked(record: Record, event: Event) -> str:
    """The event's sentence with [actor: …], [recipient: …] and «trigger» marked, as plain text."""
    text = record.story.text
    marks: list[tuple[int, int, str, str]] = [(event.trigger.start, event.trigger.end, "«", "»")]
    for role, items in (("actor", event.actors), ("recipient", event.recipients)):
        marks += [
            (p.start, p.end, f"[{role}: ", "]")
            for p in items
            if p.start is not None and p.end is not None
        ]
    inserts: list[tuple[int, int, str]] = []
    for start, end, left, right in dict.fromkeys(marks):
        if event.sentence.start <= start and end <= event.sentence.end:
            inserts += [(start, 1, left), (end, 0, right)]
    out, position = [], event.sentence.start
    for place, _, mark in sorted(inserts, key=lambda item: item[:2]):
        out.append(text[position:place] + mark)
        position = place
    out.append(text[position : event.sentence.end])
    return "".join(out).replace("\n", " ")
