"""Writes the pages of the documentation that are made from the program: the CLI reference,
the Python API and the table of limits; on request the excerpt of output in README.md, which codes the example page.

    python docs/build.py          # write docs/cli.md, docs/api.md and docs/limits.md
    python docs/build.py excerpt  # write the excerpt in README.md too
"""

from __future__ import annotations

import dataclasses
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import api
import click

from dragoman.cli import COMMANDS, cli
from dragoman.limits import LIMITS, Limits

DOCS = Path(__file__).parent
README = DOCS.parent / "README.md"


def commands(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with the words that call it."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from commands(inner, (*path, name))
    else:
        yield " ".join(path), command


def option_line(parameter: click.Parameter) -> str:
    """``- `--date DAY`: what it does``."""
    assert isinstance(parameter, click.Option)
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    value = (
        ""
        if parameter.is_flag
        else f" {parameter.metavar or parameter.make_metavar(click.Context(cli))}"
    )
    return f"- `{names}{value}`: {parameter.help or ''}".rstrip(": ")


def cli_page() -> str:
    """The reference of every command, argument and option."""
    lines = ["# The command line", "", "Made by `python docs/build.py`; do not edit.", ""]
    lines += [f"- `dragoman {name}`: {sentence}" for name, (_, sentence) in COMMANDS.items()]
    for words, command in commands(cli, ("dragoman",)):
        arguments = [
            p.metavar or (p.name or "").upper()
            for p in command.params
            if isinstance(p, click.Argument)
        ]
        lines += ["", f"## {words}", "", f"`{' '.join([words, '[OPTIONS]', *arguments])}`", ""]
        lines += [(command.help or "").strip().replace("\n    ", "\n"), ""]
        lines += [option_line(p) for p in command.params if isinstance(p, click.Option)]
    return "\n".join(lines).rstrip() + "\n"


def limits_page() -> str:
    """The table of limits."""
    defaults = {f.name: f.default for f in dataclasses.fields(Limits)}
    rows = [
        f"| `{name}` | {defaults[name]:,} {unit} | {what} |"
        for name, (unit, what) in LIMITS.items()
    ]
    head = ["# Limits", "", "Made by `python docs/build.py`; do not edit. Override with "
            "`dragoman.Limits(name=value)`.", "", "| limit | default | bounds |", "|---|---|---|"]  # fmt: skip
    return "\n".join(head + rows) + "\n"


EXAMPLE = "examples/border_crisis.html"
WIDTH = 90
# The words of the example page whose events, contested claim and commitments the excerpt shows, in this order.
EVENTS = ("close", "accused", "shelled", "turned", "asked")
CLAIM = "violating the truce"
COMMITMENTS = ("close every crossing", "joint commission", "suspend military aid")


def excerpt() -> str:
    """The part of README.md between its two marks: some of what ``dragoman read`` prints."""
    import dragoman
    from dragoman.web.terminal import show
    from dragoman.web.view import View

    record = dragoman.load().code(DOCS.parent / EXAMPLE)
    text = record.story.text
    told = {text[event.trigger.start : event.trigger.end]: event for event in record.events}
    events = type(record.events)(told[word] for word in EVENTS if word in told)
    commitments = tuple(
        next(item for item in record.commitments if words in item.text)
        for words in COMMITMENTS
        if any(words in item.text for item in record.commitments)
    )
    view = View(record)
    claims = tuple(c for c in record.claims if CLAIM in c.text or c not in view.contested)
    stream = io.StringIO()
    show(
        record.replace(events=events, claims=claims, commitments=commitments),
        file=stream, width=WIDTH,
    )  # fmt: skip
    shown = re.sub(r"\nWHO .*?\n(?=\nEVENTS)", "", stream.getvalue(), flags=re.S)
    lists = (
        ("EVENTS", view.events), ("CONTESTED", view.contested), ("COMMITMENTS", record.commitments),
    )  # fmt: skip
    for name, items in lists:
        shown = re.sub(rf"^{name}  \d+$", f"{name}  {len(items)}", shown, flags=re.M)
    numbers = ("none", "one", "two", "three", "four", "five")
    head = (
        f"From `dragoman read {EXAMPLE}` ({numbers[len(events)]} of its events, "
        f"{numbers[sum(claim in view.contested for claim in claims)]} contested claim, "
        f"{numbers[len(commitments)]} commitments):"
    )
    return f"<!-- excerpt -->\n{head}\n\n```text\n{shown.strip()}\n```\n<!-- /excerpt -->"


def readme() -> str:
    """README.md with the excerpt that the program gives now."""
    page = README.read_text(encoding="utf-8")
    return re.sub(r"<!-- excerpt -->.*<!-- /excerpt -->", lambda _: excerpt(), page, flags=re.S)


PAGES = {"cli.md": cli_page, "api.md": api.page, "limits.md": limits_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
    if "excerpt" in sys.argv[1:]:
        README.write_text(readme(), encoding="utf-8")
