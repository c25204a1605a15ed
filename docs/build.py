"""Writes the pages of the documentation that are made from the program: the CLI reference and
the table of limits.

    python docs/build.py          # write docs/cli.md and docs/limits.md
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import click

from dragoman.cli import COMMANDS, cli
from dragoman.limits import LIMITS, Limits

DOCS = Path(__file__).parent


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


PAGES = {"cli.md": cli_page, "limits.md": limits_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
