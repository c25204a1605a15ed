"""The ledger's questions as commands. Those that write are in ``cli_writing``."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import click

from dragoman.exports import FORMATS
from dragoman.ledger import output as out
from dragoman.ledger.cli_options import (
    between_option,
    format_options,
    ledger_option,
    limit_option,
    options,
    question_options,
    since_option,
    until_option,
)
from dragoman.ledger.ledger import Ledger, open_ledger
from dragoman.ledger.plot import terminal, write_plot
from dragoman.ledger.scope import Table
from dragoman.model import CommitmentKind
from dragoman.printing import without_controls
from dragoman.writing import readable_errors, refuse_inputs, written

_SPEAKERS = ("said_by", "asserted_by", "denied_by", "reported_by")
_PATH = click.Path(dir_okay=False, path_type=Path)


def _ask(path: Path, question: Callable[[Ledger], Any], form: str, output: Path | None,
         columns: tuple[str, ...] | None = None) -> None:  # fmt: skip
    refuse_inputs(output, [path])
    with open_ledger(path, read_only=True) as ledger:
        answer = question(ledger)
        if form == "table":
            _name(answer, ledger)
        out.show(answer, form, output, columns)
    _note(answer)


def _note(answer: Table) -> None:
    """What an answer leaves out, beside it and never in it."""
    if answer.note:
        click.echo(answer.note, err=True)


def _name(answer: Table, ledger: Ledger) -> None:
    """For eyes: names in place of the ids of who speaks, also in what was before and is after; no count where nobody counted."""
    for row in answer:
        for name in ("violation_reports", "violation_count"):
            if row.get(name) == 0:
                row[name] = None
    tellings = [told for row in answer for told in (row, row.get("before"), row.get("after"))]
    held = [(told, name) for told in tellings if told for name in _SPEAKERS if told.get(name)]
    named = ledger.names_of({key for row, name in held for key in row[name]})
    for row, name in held:
        row[name] = list(dict.fromkeys(named.get(key, (key,))[0] for key in row[name]))
    ledger.name_sides(row for row in answer if row.get("by_ids") and row["kind"] != "agreement")


@click.command()
@click.option(
    "--dated",
    is_flag=True,
    help="Only events whose day a story's words tell ('on Monday'), not those that stand at the day of their story.",
)
@question_options
def timeline(path: Path, form: str, output: Path | None, **limits: Any) -> None:
    """What happened, in order, once each; "by" a day where no story tells it."""
    columns = ("when", "type", "actor", "recipient", "what", "toll", "said_by", "tellings", "id")
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


_everything = click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Also what one story tells of people unknown, or toward nobody, without day or condition.",
)


@click.command()
@click.option(
    "--kind",
    type=click.Choice(get_args(CommitmentKind)),
    help="Only these.",
)
@click.option(
    "--status",
    metavar="STATUS",
    help="Only those with this status on the day asked; also open, kept or broken.",
)
@_everything
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
@_everything
@question_options
def due(path: Path, form: str, output: Path | None, day: str | None, **limits: Any) -> None:
    """What is due on or after DAY (today), next first; then what lapsed or was kept in part."""
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
@click.option("--all", "everything", is_flag=True, help="Doubtful disputes (under 50%) as well.")
@question_options
def claims(path: Path, form: str, output: Path | None, contested: bool, everything: bool,
           **limits: Any) -> None:  # fmt: skip
    """Who asserts what, and who denies it."""
    _ask(path, lambda ledger: ledger.claims(contested=contested, everything=everything, **limits), form, output,
         ("day", "text", "asserted_by", "denied_by", "reported_by", "contested", "confidence", "stories",
          "claim_id"))  # fmt: skip


@click.command()
@question_options
def agreements(path: Path, form: str, output: Path | None, **limits: Any) -> None:
    """Agreements, their days, and whether they hold."""
    _ask(path, lambda ledger: ledger.agreements(**limits), form, output,
         ("name", "term", "parties", "scope", "agreed_on", "in_force_from", "until", "status", "violation_reports", "violation_count", "agreement_id"))  # fmt: skip


@click.command()
@click.argument("name", default="")
@options(between_option, since_option, until_option)
def ceasefire(path: Path, form: str, output: Path | None, name: str, **limits: Any) -> None:
    """One ceasefire: parties, scope, in force from, extensions, violations by day, reporter and side.

    NAME is its name, id or parties; without one the latest is shown.
    """
    refuse_inputs(output, [path])
    with open_ledger(path, read_only=True) as ledger:
        found = ledger.ceasefire(name, **limits)
        if form == "table":
            _name_reporters(found["violations"], ledger)
    if form == "json":
        out.write_text(json.dumps(found, indent=1, ensure_ascii=False, default=str) + "\n", output)
        return
    columns = ("day", "reporter", "sides", "count", "previous", "comparison", "story")
    violations = Table(found["violations"], columns)
    if form != "table":
        out.show(violations, form, output)
        return
    told = "  violations: none told\n"
    if violations:
        told = "  violations:\n" + out.as_table(violations, columns, output)
    out.write_text(without_controls(_facts_of(found)) + told, output)


def _name_reporters(violations: list[dict[str, Any]], ledger: Ledger) -> None:
    """For eyes: the names of those who report violations in place of their ids."""
    named = ledger.names_of({item["reporter"] for item in violations if item["reporter"]})
    for item in violations:
        item["reporter"] = named.get(item["reporter"], (item["reporter"],))[0]


def _facts_of(found: dict[str, Any]) -> str:
    """A ceasefire's name, status, parties and days."""
    lines = [
        f"{found['name']} ({found['agreement_id']}): {found['status']} since {found['status_since'] or 'a day not told'}"
    ]
    for label, key in (("parties", "parties"), ("scope", "scope"), ("agreed on", "agreed_on"),
                       ("in force from", "in_force_from"), ("until", "until")):  # fmt: skip
        value = ", ".join(found[key]) if isinstance(found[key], list) else found[key]
        lines.append(f"  {label}: {value or 'not told'}")
    for item in found["extensions"]:
        lines.append(
            f"  extended on {item['day'] or 'a day not told'} until {item['until'] or 'a day not told'}"
        )
    return "\n".join(lines) + "\n"


@click.command()
@question_options
def actors(path: Path, form: str, output: Path | None, **limits: Any) -> None:
    """Who acts and who is acted on, most active first."""
    _ask(path, lambda ledger: ledger.actors(**limits), form, output)


@click.command()
@click.argument("one")
@click.argument("two")
@click.option("--one-a-day", is_flag=True, help="Count an actor, recipient and type once a day.")
@options(since_option, until_option)
def dyad(
    path: Path, form: str, output: Path | None, one: str, two: str, one_a_day: bool, **limits: Any
) -> None:
    """Monthly counts by quad class and mean score between two parties, such as RUS UKR or Israel Hamas."""
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
    metavar="FILE",
    help="Draw the series into an .svg or .png file; - draws it in the terminal.",
)
@options(since_option, until_option)
def index(path: Path, form: str, output: Path | None, one: str, two: str, by: str, one_a_day: bool,
          plot: Path | None, **limits: Any) -> None:  # fmt: skip
    """A series of cooperation and conflict between two parties, gaps filled."""
    for target in (output, plot):
        refuse_inputs(target, [path])
    with open_ledger(path, read_only=True) as ledger:
        series = ledger.index(one, two, by=by, one_a_day=one_a_day, **limits)
        title = f"{ledger.pair_name(one, two)}, by {by}"
    if plot is not None and str(plot) == "-":
        click.echo(terminal(series, title, shutil.get_terminal_size((100, 24)).columns))
        _note(series)
        return
    if plot is not None:
        with readable_errors(plot):
            write_plot(series, title, plot)
    out.show(series, form, output)
    _note(series)


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


@click.command()
@ledger_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="events", show_default=True,
              help="As for dragoman code: PLOVER JSON, a flat table, or a set of the field's.")  # fmt: skip
@click.option("-o", "--output", type=_PATH, metavar="FILE",
              help="Write here instead of standard output (needed for parquet).")  # fmt: skip
@click.option("--every-report", is_flag=True, help="Every report of an event, not only the first.")
@click.option("--unreal", is_flag=True,
              help="polecat, icews, gdelt, phoenix: also what is denied, supposed, to come or long past.")  # fmt: skip
def export(path: Path, form: str, output: Path | None, every_report: bool, unreal: bool) -> None:
    """The ledger's events in the field's formats, each once, by day of the story."""
    from dragoman import exports
    from dragoman.commands.common import tell_left_out

    if form == "parquet" and output is None:
        raise click.UsageError("parquet needs -o FILE")
    refuse_inputs(output, [path])
    with open_ledger(path, read_only=True) as ledger:
        records = ledger.records(once=not every_report)
        if output is None:
            exports.write(records, form, sys.stdout, unreal=unreal, left_out=tell_left_out)
            return
        with written(output) as part:
            exports.write(records, form, part, unreal=unreal, left_out=tell_left_out)
