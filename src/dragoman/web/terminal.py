"""The record for eyes in a terminal: coloured when watched, plain when piped."""

from __future__ import annotations

from textwrap import shorten
from typing import IO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from dragoman.model import COUNTED, Event, Record
from dragoman.web.styled import Words
from dragoman.web.view import View, days, one_line, quotable
from dragoman.web.words import bounds, day_words

PIPED_WIDTH = 100
QUAD_STYLE = {1: "green", 2: "bold green", 3: "dark_orange", 4: "bold red"}


def show(
    record: Record,
    file: IO[str] | None = None,
    width: int | None = None,
    *,
    everything: bool = False,
) -> None:
    """Print the record: the story, who is in it, events, claims, commitments and doubts.

    Args:
        file: where to print; standard output by default.
        width: columns to wrap at; the terminal's, or 100 when piped.
        everything: doubtful events and contested claims as well.
    """
    console = Console(file=file, width=width, highlight=False, soft_wrap=False)
    if console.is_terminal:
        _show(console, View(record, everything))
        return
    plain = Console(file=file, width=width or PIPED_WIDTH, highlight=False)
    with plain.capture() as captured:
        _show(plain, View(record, everything))
    for line in captured.get().splitlines():  # rich pads lines to the width
        print(line.rstrip(), file=file)


def _show(console: Console, view: View) -> None:
    _story(console, view)
    _cast(console, view)
    _events(console, view)
    _claims(console, view)
    _commitments(console, view)
    _doubts(console, view)


def _heading(console: Console, words: str, count: int | None = None) -> None:
    console.print()
    line = Words(words.upper(), style="bold")
    if count is not None:
        line.append(f"  {count}", style="dim")
    console.print(line)


def hanging(console: Console, head: Words) -> None:
    """Print a head; where it needs several lines, the later ones stand further in."""
    first, *more = head.wrap(console, console.width - 6)
    console.print(Padding(first, (0, 0, 0, 2), expand=False))
    for line in more:
        console.print(Padding(line, (0, 0, 0, 6), expand=False))


def _story(console: Console, view: View) -> None:
    story = view.record.story
    first = shorten(story.text.split("\n", 1)[0], 200, placeholder=" …")
    console.print(Words(story.title or first or "(no text)", style="bold"))
    facts = [
        story.publisher,
        day_words(story),
        f"{len(story.text.split())} words",
        *story.credits,
    ]
    console.print(Words(" · ".join(item for item in facts if item), style="dim"))
    if story.language != "en":
        console.print(Words(f"language: {story.language}; not coded", style="yellow"))


def _cast(console: Console, view: View) -> None:
    if not view.cast:
        return
    _heading(console, "Who", len(view.cast))
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for entity in view.cast[:24]:
        table.add_row(
            Words(entity.name),
            Words(entity.code, style="cyan"),
            Words(f"{len(entity.mentions)}×", style="dim"),
        )
    console.print(Padding(table, (0, 0, 0, 2), expand=False))
    if len(view.cast) > 24:
        console.print(Words(f"  and {len(view.cast) - 24} more", style="dim"))


def _events(console: Console, view: View) -> None:
    _heading(console, "Events", len(view.events))
    for event in view.events:
        head = Words(view.label(event), style=QUAD_STYLE.get(event.quad, ""))
        head.append("  ")
        head.append(view.parties(event), style="bold")
        hanging(console, head)
        _event_details(console, view, event)
    _left_out(console, view.events_left_out)


def _left_out(console: Console, words: str) -> None:
    if words:
        console.print(Words(f"  {words} (--all shows them)", style="dim"))


def _event_details(console: Console, view: View, event: Event) -> None:
    facts = [
        f"said by {said}" if (said := view.attribution(event)) else "",
        days(event.date),
        event.place.name if event.place else "",
        *count_words(event),
        f"told {len(event.evidence)} times" if len(event.evidence) > 1 else "",
        f"{event.confidence:.0%}",
        view.brackets(event),
        event.id,
    ]
    console.print(
        Padding(
            Words(" · ".join(item for item in facts if item), style="dim"),
            (0, 0, 0, 4),
            expand=False,
        )
    )
    before, trigger, after = view.excerpt(event)
    line = Words(before, style="italic")
    line.append(trigger, style="underline")
    line.append(after)
    console.print(Padding(line, (0, 0, 0, 4), expand=False))


def count_words(event: Event) -> list[str]:
    """``["7 dead", "at least 20 injured", "up to 9 arrested", "crowd of 300"]``."""
    if event.counts is None:
        return []
    found = []
    for name in COUNTED:
        count = getattr(event.counts, name)
        if count is None:
            continue
        told = bounds(count.low, count.high)
        found.append(f"crowd of {told}" if name == "size" else f"{told} {name}")
    return found


def _claims(console: Console, view: View) -> None:
    if not view.contested and not view.claims_left_out:
        return
    _heading(console, "Contested", len(view.contested) or None)
    for claim in view.contested:
        console.print(Padding(Words(f"“{quotable(claim.text)}”"), (0, 0, 0, 2), expand=False))
        sides = [
            ("asserted by", claim.asserted_by),
            ("denied by", claim.denied_by),
            ("reported by", claim.reported_by),
        ]
        told = [f"{word} {view.names(keys)}" for word, keys in sides if keys]
        line = " · ".join([*told, view.sureness(claim)])
        console.print(Padding(Words(line, style="dim"), (0, 0, 0, 4), expand=False))
    _left_out(console, view.claims_left_out)


def _commitments(console: Console, view: View) -> None:
    if not view.record.commitments:
        return
    _heading(console, "Commitments", len(view.record.commitments))
    for item in view.record.commitments:
        head = Words(f"{item.kind:<10}", style="magenta")
        who = view.commitment(item)
        head.append(f"{item.name} ({who})" if item.name else who, style="bold")
        head.append(f"  {item.status}", style="yellow")
        if item.due:
            head.append(f"  due {days(item.due)}", style="cyan")
        hanging(console, head)
        console.print(
            Padding(Words(f"“{quotable(item.text)}”", style="italic"), (0, 0, 0, 4), expand=False)
        )
        if item.condition:
            console.print(
                Padding(
                    Words(f"condition: {one_line(item.condition)}", style="dim"),
                    (0, 0, 0, 4),
                    expand=False,
                )
            )
        if len(item.history) > 1 or (item.history and item.history[0].statement):
            console.print(
                Padding(
                    Words("; ".join(view.history(item)), style="dim"), (0, 0, 0, 4), expand=False
                )
            )


def _doubts(console: Console, view: View) -> None:
    if not view.record.story.notes:
        return
    _heading(console, "Doubts", len(view.record.story.notes))
    for note in view.record.story.notes:
        console.print(Padding(Words(f"{note.message} [{note.code}]"), (0, 0, 0, 2), expand=False))
