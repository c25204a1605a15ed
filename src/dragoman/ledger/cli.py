"""The ledger's commands: add, recode, correct, and one for every question."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from dragoman.commands.common import coder_options, columns_option, make_coder, standard_input
from dragoman.ledger import output as out
from dragoman.ledger.ledger import Ledger, open_ledger
from dragoman.ledger.plot import svg, terminal

_F = TypeVar("_F", bound=Callable[..., Any])
_PATH = click.Path(dir_okay=False, path_type=Path)

ledger_option = click.option(
    "-l", "--ledger", "path", type=_PATH, required=True, metavar="FILE", help="The ledger."
)
as_of_option = click.option(
    "--as-of", metavar="DAY", help="Answer from what was known at the end of this day."
)
between_option = click.option(
    "--between", metavar="A,B", help="Two countries, such as RUS,UKR: both are parties."
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


def _options(*extra: Any) -> Callable[[_F], _F]:
    """The options of a question."""

    def decorate(command: _F) -> _F:
        for option in reversed((ledger_option, as_of_option, *extra, *format_options)):
            command = option(command)
        return command

    return decorate


question_options = _options(between_option, since_option, until_option, limit_option)


def _ask(path: Path, question: Callable[[Ledger], Any], form: str, output: Path | None,
         columns: tuple[str, ...] | None = None) -> None:  # fmt: skip
    with open_ledger(path, read_only=True) as ledger:
        out.show(question(ledger), form, output, columns)


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="INPUT...")
@ledger_option
@click.option("--column", "columns", multiple=True, metavar="NAME=COLUMN",
              help="Which column holds text, title, published, url, publisher, id.")  # fmt: skip
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
def add(sources: tuple[str, ...], path: Path, columns: tuple[str, ...], recorded: str | None, together: int,
        records: bool, quiet: bool, **values: Any) -> None:  # fmt: skip
    """Read, code and store stories in a ledger. Safe to repeat: the same story twice changes nothing.

    Each story is named once it is safe in the ledger, whatever happens after. Exit status 3: some inputs
    were rejected; each is listed.
    """
    from dragoman.model import Rejection

    rejected: list[Rejection] = []
    counts: dict[str, int] = {}
    with open_ledger(path) as ledger:
        coded = _stored_records(sources) if records else _coded(sources, columns, values)
        for added in ledger.add_many(_accepted(coded, rejected), recorded, together):
            counts[added.outcome] = counts.get(added.outcome, 0) + 1
            if not quiet:
                more = f", in place of {added.replaced}" if added.replaced else ""
                click.echo(f"{added.outcome} {added.story_id}: {added.events} events{more}")
    click.echo(
        ", ".join(f"{counts.get(name, 0)} {name}" for name in ("added", "corrected", "unchanged"))
        + f", {len(rejected)} rejected"
    )
    for item in rejected:
        click.echo(f"rejected {item}", err=True)
    if rejected:
        raise click.exceptions.Exit(3)


def _coded(
    sources: tuple[str, ...], columns: tuple[str, ...], values: dict[str, Any]
) -> Iterator[Any]:
    from dragoman import reading

    coder = make_coder(values)
    stories = reading.read_many(
        [standard_input(item) for item in sources], columns=columns_option(columns) or None
    )
    yield from coder.pipe(stories)


def _stored_records(sources: tuple[str, ...]) -> Iterator[Any]:
    """Records of JSON lines; a line that is none is a rejection."""
    from dragoman.model import Record, Rejection

    for source in sources:
        stream = click.open_file(source, encoding="utf-8")
        for number, line in enumerate(stream, 1):
            try:
                yield Record.from_dict(json.loads(line))
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                yield Rejection(source, f"not a record: {error}", f"line {number}", "json")


def _accepted(results: Iterator[Any], rejected: list[Any]) -> Iterator[Any]:
    from dragoman.model import Record

    for item in results:
        if isinstance(item, Record):
            yield item
        else:
            rejected.append(item)


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
@click.argument(
    "action", type=click.Choice(("merge", "split", "recode", "dismiss", "confirm", "note"))
)
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


@click.command()
@question_options
def timeline(path: Path, form: str, output: Path | None, **limits: Any) -> None:
    """What happened, in order, once each."""
    columns = ("day", "type", "actor", "recipient", "what", "said_by", "tellings", "id")
    _ask(path, lambda ledger: ledger.timeline(**limits), form, output, columns)


@click.command()
@click.option("--types", metavar="T1,T2", help="Keep only these event types.")
@click.option("--most-told", is_flag=True, help="Most reported first instead of latest first.")
@question_options
def events(
    path: Path, form: str, output: Path | None, types: str | None, most_told: bool, **limits: Any
) -> None:
    """The ledger's events as a table, latest first."""
    columns = (
        "day",
        "type",
        "mode",
        "actor_codes",
        "recipient_codes",
        "place",
        "dead_low",
        "reports",
        "tellings",
        "event_id",
        "text",
    )
    _ask(
        path,
        lambda ledger: ledger.events(
            types=types, order="reports" if most_told else "day", **limits
        ),
        form,
        output,
        columns,
    )


_COMMITMENT = (
    "day",
    "kind",
    "by_countries",
    "to_countries",
    "text",
    "condition",
    "due_end",
    "status",
    "status_since",
    "commitment_id",
)


@click.command()
@click.option(
    "--kind",
    type=click.Choice(("demand", "offer", "promise", "agreement", "threat", "plan")),
    help="Only these.",
)
@click.option("--status", metavar="STATUS", help="Only those with this status on the day asked.")
@question_options
def commitments(
    path: Path, form: str, output: Path | None, kind: str | None, status: str | None, **limits: Any
) -> None:
    """Demands, offers, promises, threats, plans and agreements, with their status."""
    _ask(
        path,
        lambda ledger: ledger.commitments(kind=kind, status=status, **limits),
        form,
        output,
        _COMMITMENT,
    )


@click.command()
@click.argument("day", required=False)
@question_options
def due(path: Path, form: str, output: Path | None, day: str | None, **limits: Any) -> None:
    """What is due on or after DAY (today), next first; then what lapsed."""
    _ask(
        path,
        lambda ledger: ledger.due(day, **limits),
        form,
        output,
        ("due_end", *_COMMITMENT[:6], "status", "commitment_id"),
    )


@click.command()
@click.option(
    "--contested", is_flag=True, help="Only those that someone asserts and someone denies."
)
@question_options
def claims(path: Path, form: str, output: Path | None, contested: bool, **limits: Any) -> None:
    """Who asserts what, and who denies it."""
    _ask(path, lambda ledger: ledger.claims(contested=contested, **limits), form, output,
         ("day", "text", "asserted_by", "denied_by", "reported_by", "contested", "stories", "claim_id"))  # fmt: skip


@click.command()
@question_options
def agreements(path: Path, form: str, output: Path | None, **limits: Any) -> None:
    """Agreements, their days, and whether they hold."""
    _ask(path, lambda ledger: ledger.agreements(**limits), form, output,
         ("name", "term", "parties", "scope", "agreed_on", "in_force_from", "until", "status", "violation_count", "agreement_id"))  # fmt: skip


@click.command()
@click.argument("name", default="")
@_options(between_option, since_option, until_option)
def ceasefire(path: Path, form: str, output: Path | None, name: str, **limits: Any) -> None:
    """One ceasefire: parties, scope, in force from, extensions, violations by day, reporter and side.

    NAME is its name, id or parties; without one the latest is shown.
    """
    from dragoman.ledger.scope import Table

    with open_ledger(path, read_only=True) as ledger:
        found = ledger.ceasefire(name, **limits)
    if form == "json":
        out.write_text(json.dumps(found, indent=1, ensure_ascii=False, default=str) + "\n", output)
        return
    columns = ("day", "reporter", "sides", "count", "previous", "comparison", "story")
    if form == "table" and output is None:
        click.echo(
            f"{found['name']} ({found['agreement_id']}): {found['status']} since {found['status_since']}"
        )
        for label, key in (("parties", "parties"), ("scope", "scope"), ("agreed on", "agreed_on"),
                           ("in force from", "in_force_from"), ("until", "until")):  # fmt: skip
            value = ", ".join(found[key]) if isinstance(found[key], list) else found[key]
            click.echo(f"  {label}: {value or 'not told'}")
        for item in found["extensions"]:
            click.echo(f"  extended on {item['day']} until {item['until'] or 'a day not told'}")
    out.show(Table(found["violations"], columns), form, output)


@click.command()
@question_options
def actors(path: Path, form: str, output: Path | None, **limits: Any) -> None:
    """Who acts and who is acted on, most active first."""
    _ask(path, lambda ledger: ledger.actors(**limits), form, output)


@click.command()
@click.argument("one")
@click.argument("two")
@click.option("--one-a-day", is_flag=True, help="Count an actor, recipient and type once a day.")
@_options(since_option, until_option)
def dyad(
    path: Path, form: str, output: Path | None, one: str, two: str, one_a_day: bool, **limits: Any
) -> None:
    """Monthly counts by quad class and mean score between two countries, such as RUS UKR."""
    _ask(path, lambda ledger: ledger.dyad(one, two, one_a_day=one_a_day, **limits), form, output)


@click.command()
@click.argument("one")
@click.argument("two")
@click.option(
    "--by",
    type=click.Choice(("day", "week", "month")),
    default="week",
    show_default=True,
    help="Length of a step.",
)
@click.option("--one-a-day", is_flag=True, help="Count an actor, recipient and type once a day.")
@click.option(
    "--plot",
    type=_PATH,
    metavar="FILE.svg",
    help="Draw the series into an SVG file; - draws it in the terminal.",
)
@_options(since_option, until_option)
def index(path: Path, form: str, output: Path | None, one: str, two: str, by: str, one_a_day: bool,
          plot: Path | None, **limits: Any) -> None:  # fmt: skip
    """A series of cooperation and conflict between two countries, gaps filled."""
    with open_ledger(path, read_only=True) as ledger:
        series = ledger.index(one, two, by=by, one_a_day=one_a_day, **limits)
    title = f"{one.upper()} and {two.upper()}, by {by}"
    if plot is not None and str(plot) == "-":
        click.echo(terminal(series, title, shutil.get_terminal_size((100, 24)).columns))
        return
    if plot is not None:
        plot.write_text(svg(series, title), encoding="utf-8")
    out.show(series, form, output)


@click.command()
@click.argument("first", metavar="DAY1")
@click.argument("second", metavar="DAY2")
@ledger_option
@between_option
@since_option
@until_option
@limit_option
@format_options[0]
@format_options[1]
def diff(
    first: str, second: str, path: Path, form: str, output: Path | None, **limits: Any
) -> None:
    """What changed in what was known between the ends of two days."""
    _ask(
        path,
        lambda ledger: ledger.diff(first, second, **limits),
        form,
        output,
        ("change", "what", "day", "text", "before", "after", "id"),
    )


@click.command()
@click.argument("words", nargs=-1, required=True)
@question_options
def search(
    words: tuple[str, ...], path: Path, form: str, output: Path | None, **limits: Any
) -> None:
    """Stories (and the statements in them) that hold all the words."""
    limits["limit"] = min(limits["limit"], 100)
    _ask(
        path,
        lambda ledger: ledger.search(" ".join(words), **limits),
        form,
        output,
        ("published", "publisher", "title", "source", "snippet", "story_id"),
    )
