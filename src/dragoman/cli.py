"""The command line: ``dragoman COMMAND``. Each command's module is loaded when it is used."""

from __future__ import annotations

import importlib
import os
import signal
import sys
from typing import NoReturn

import click

from dragoman.errors import DragomanError
from dragoman.printing import echo, forgive_encoding
from dragoman.version import __version__

# name → (module:function, the sentence shown by --help); nothing is imported to show the help
COMMANDS: dict[str, tuple[str, str]] = {
    "read": ("dragoman.commands.read:read", "Read one story and show its record, for eyes."),
    "code": (
        "dragoman.commands.code:code",
        "Code stories into records, events or tables, for programs.",
    ),
    "corpus": (
        "dragoman.corpus.cli:corpus",
        "Code a corpus into a folder of Parquet parts; it goes on where it stopped.",
    ),
    "why": (
        "dragoman.commands.why:why",
        "Show the words and the rule behind an event of a record, or a line of a ledger.",
    ),
    "add": ("dragoman.ledger.cli_writing:add", "Read, code and store stories in a ledger."),
    "watch": (
        "dragoman.watch.cli:watch",
        "Watch news feeds: keep what is new in a ledger, and tell what changed.",
    ),
    "recode": (
        "dragoman.ledger.cli_writing:recode",
        "Code a ledger's stories again and report what changed.",
    ),
    "correct": (
        "dragoman.ledger.cli_writing:correct",
        "Record an analyst's correction in a ledger.",
    ),
    "brief": (
        "dragoman.commands.brief:brief",
        "The crisis on one page: what happened last, what is due, agreed and contested.",
    ),
    "timeline": ("dragoman.ledger.cli:timeline", "What happened, in order, once each."),
    "events": ("dragoman.ledger.cli:events", "The ledger's events as a table."),
    "commitments": (
        "dragoman.ledger.cli:commitments",
        "Demands, offers, promises, threats and their status.",
    ),
    "due": ("dragoman.ledger.cli:due", "What is due, and what lapsed."),
    "claims": ("dragoman.ledger.cli:claims", "Who asserts what, and who denies it."),
    "agreements": ("dragoman.ledger.cli:agreements", "Agreements, and whether they hold."),
    "ceasefire": (
        "dragoman.ledger.cli:ceasefire",
        "One ceasefire: parties, scope, violations by day.",
    ),
    "actors": ("dragoman.ledger.cli:actors", "Who acts, and how often."),
    "dyad": ("dragoman.ledger.cli:dyad", "Monthly counts and scores between two countries."),
    "index": ("dragoman.ledger.cli:index", "A series of cooperation and conflict, with a plot."),
    "panel": (
        "dragoman.panel.cli:panel",
        "Counts by pair of countries, actor or place and by day to year, gaps filled.",
    ),
    "diff": ("dragoman.ledger.cli:diff", "What changed in what was known between two days."),
    "search": ("dragoman.ledger.cli:search", "Full text over stories and statements."),
    "export": ("dragoman.ledger.cli:export", "A ledger's events in the field's own formats."),
    "lexicon": (
        "dragoman.lexicon.cli:lexicon_group",
        "Check, search, extend, import and compare actor tables.",
    ),
    "patterns": (
        "dragoman.commands.tools:patterns",
        "Test the event patterns on their own examples.",
    ),
    "sample": (
        "dragoman.validation.cli:sample",
        "Draw events into a sheet, to judge by hand how right the coder is.",
    ),
    "eval": ("dragoman.commands.tools:evaluate", "Score the coder on a labelled data set."),
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Command names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="dragoman %(version)s")
def cli() -> None:
    """Read the news of a political crisis and keep its record: who did what to whom, who says so,
    and what was demanded, offered, agreed, threatened, denied and kept.

    Exit status: 0 done; 2 usage; 3 some inputs were rejected (each is listed); 1 anything else.
    """


def main() -> None:
    """Entry point: errors raised on purpose become one line on standard error."""
    forgive_encoding()
    stops: list[int] = []

    def note(number: int, _: object) -> NoReturn:
        stops.append(number)
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, note)
    try:
        try:
            status = cli(standalone_mode=False)  # click hands an Exit's status back as the result
            sys.stdout.flush()  # what cannot be written is told here, not when the interpreter ends
        except BaseException:
            if stops:  # whatever a library makes of being interrupted
                raise click.Abort from None
            raise
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        click.echo("stopped", err=True)
        sys.exit(128 + (stops or [signal.SIGINT])[0])
    except BrokenPipeError:
        _drop_output()
        sys.exit(0)
    except DragomanError as error:
        echo(f"dragoman: {error}", err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        _drop_output()
        where = f"{error.filename}: " if error.filename else "cannot read or write: "
        echo(f"dragoman: {where}{error.strerror or error}", err=True)
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)


def _drop_output() -> None:
    """Let what is still to be written to a standard output that takes nothing more go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


if __name__ == "__main__":
    main()
