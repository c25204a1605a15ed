"""``dragoman watch``: news feeds into a ledger, round after round."""

from __future__ import annotations

import json
import re
import time
from datetime import datetime
from pathlib import Path
from textwrap import shorten
from typing import Any

import click

from dragoman.commands.common import FOLLOW, coder_options, make_coder
from dragoman.ledger.cli_options import ledger_option
from dragoman.model import Rejection
from dragoman.printing import echo

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
# Seconds between two rounds at the least: a publisher's server is a guest's host.
_LEAST = 60
_WIDTH = 110


class Period(click.ParamType):
    """A time such as ``90s``, ``15m``, ``2h``; the value is in seconds."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Seconds of a period as it is written."""
        found = re.fullmatch(r"(\d{1,6})\s*([smhd])", str(value).strip().lower())
        if found is None:
            self.fail(f"{value!r} is no time such as 90s, 15m or 2h", param, ctx)
        seconds = int(found[1]) * _UNITS[found[2]]
        if seconds < _LEAST:
            self.fail(f"{value!r} is shorter than a minute", param, ctx)
        return seconds


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="FEED...")
@ledger_option
@click.option("--every", type=Period(), default="15m", show_default=True, metavar="TIME",
              help="How long to wait between rounds: 90s, 15m, 2h.")  # fmt: skip
@click.option("--rounds", type=click.IntRange(1), metavar="N",
              help="Stop after so many rounds; 1 for a job that a scheduler starts.")  # fmt: skip
@click.option("--follow", is_flag=True, help=FOLLOW)
@click.option("--format", "form", type=click.Choice(("text", "jsonl")), default="text", show_default=True,
              help="For eyes, or one JSON object a line.")  # fmt: skip
@coder_options
def watch(sources: tuple[str, ...], path: Path, every: int, rounds: int | None, follow: bool, form: str,
          **values: Any) -> None:  # fmt: skip
    """Watch news feeds: code what is new, keep it in a ledger, and tell what changed.

    FEED is the address or the file of a feed (RSS, Atom, JSON Feed), or any other INPUT of dragoman add. Each
    story is named once it is safe in the ledger, with the events that nobody told before; then the
    commitments and agreements that stand differently. Stop it with Ctrl-C; it goes on where the ledger
    stands. Exit status 3 where the last round could not read something.
    """
    from dragoman.watch import Watch

    watching = Watch(sources, path, make_coder(values), follow=follow)
    done = 0
    while True:
        failed = False
        for item in watching.round():
            failed = failed or isinstance(item, Rejection)
            if isinstance(item, Rejection):
                echo(f"rejected {item}", err=True)
            elif form == "jsonl":
                echo(json.dumps(item.to_dict(), ensure_ascii=False, default=str))
            else:
                _tell(item)
        done += 1
        if rounds is not None and done >= rounds:
            break
        time.sleep(every)
    if failed:
        raise click.exceptions.Exit(3)


def _tell(item: Any) -> None:
    """One story or turn for eyes."""
    from dragoman.watch import News

    now = datetime.now().strftime("%H:%M")
    if not isinstance(item, News):
        parties = _parties(item.by, item.to)
        words = shorten(item.text, 60, placeholder=" …")
        echo(f"{now}  {item.kind} {item.before} → {item.status}  {parties}  “{words}”")
        return
    story = item.story
    title = story.title or story.text.split("\n", 1)[0]
    head = " · ".join(filter(None, (story.publisher, shorten(title, _WIDTH, placeholder=" …"))))
    echo(f"{now}  {head}" + (" (a new version)" if item.outcome == "corrected" else ""))
    for row in item.new:
        kind = "-".join(filter(None, (row["type"], row["mode"])))
        said = f"said by {', '.join(row['said_by'])}" if row["said_by"] else ""
        day, sure = str(row["day"] or ""), f"{row['confidence']:.0%}"
        facts = filter(None, (said, day, row["place"], sure, row["event_id"]))
        parties = _parties(row["actor_names"], row["recipient_names"])
        echo(f"       {kind}  {parties}  {' · '.join(facts)}")
    if item.again:
        echo(f"       told before: {len(item.again)}")


def _parties(by: Any, to: Any) -> str:
    """``Chad → Sudan``; one side alone where the other is not known."""
    return " → ".join(filter(None, (", ".join(by), ", ".join(to))))
