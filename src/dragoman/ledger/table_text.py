"""An answer as text for eyes: a grid where there is room, else an entry of a few lines for each row.

Ids, types and days are never broken, so that an id can be copied into ``dragoman why``.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid

from dragoman.ledger.scope import Table
from dragoman.web.styled import Words
from dragoman.web.terminal import hanging
from dragoman.web.view import quotable

NOTHING = "nothing"
PIPED_WIDTH = 160  # columns of what goes to a file or a pipe, unless COLUMNS says otherwise
_GRID_FROM = 120  # columns from which a grid may wrap its words, not its headings alone; below, rows become entries
_LEAST = 16  # columns that a wrapped column keeps, longest words aside
_READABLE = 36  # columns that the words of a story keep
_LONGEST_WORD = 24  # a value without blanks and no longer is not broken
_GAP = 3
_SIDES = (("actor", "recipient"), ("actor_codes", "recipient_codes"), ("by_countries", "to_countries"))  # fmt: skip
_HEAD = ("when", "start", "month", "published", "day", "change", "what", "type", "mode", "kind", "name", "publisher")  # fmt: skip
_WORDS = ("what", "title", "text", "snippet")
_NARROWEST = 40
_LABELS = {
    "dead_low": "dead at least",
    "due_end": "due",
    "by_countries": "by",
    "to_countries": "toward",
}


def table_text(answer: Table, columns: Sequence[str], output: Path | None) -> str:
    """The answer's text, lines ended by ``\\n``.

    Args:
        columns: those shown; the ones empty in every row are left out.
        output: the file that it is for; None is standard output, coloured when watched.
    """
    if not answer:
        return f"{NOTHING}\n"
    cells = {name: [_told(row[name]) for row in answer] for name in columns}
    cells = {name: values for name, values in cells.items() if any(values)}
    console = _console(output)
    with console.capture() as captured:
        widths = _widths(cells, console.width)
        if widths:
            _grid(console, cells, widths)
        else:
            for number in range(len(answer)):
                _entry(console, {name: values[number] for name, values in cells.items()})
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _console(output: Path | None) -> Console:
    """Where it is laid out: as wide as the terminal or COLUMNS; a file is no terminal."""
    if output is None:
        width = shutil.get_terminal_size((PIPED_WIDTH, 24)).columns
        return Console(file=sys.stdout, width=max(width, _NARROWEST), highlight=False)
    told = os.environ.get("COLUMNS", "")
    width = int(told) if told.isdigit() and int(told) else PIPED_WIDTH
    return Console(file=io.StringIO(), width=max(width, _NARROWEST), highlight=False)


def _told(value: Any) -> str:
    """A value in words: lists joined, pairs as "status in-force, until 2025-04-12", nothing as ""."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, dict):
        return ", ".join(f"{_label(key)} {_told(item) or 'none'}" for key, item in value.items())
    if isinstance(value, list):
        if any(isinstance(item, (dict, list)) for item in value):
            return json.dumps(value, ensure_ascii=False, default=str)
        return "; ".join(map(str, value))
    return " ".join(str(value).split())


def _label(name: str) -> str:
    return _LABELS.get(name, name.replace("_", " "))


def _is_id(name: str) -> bool:
    return name in ("id", "story") or name.endswith("_id")


def _least(name: str, values: Sequence[str]) -> int:
    """The width below which a column would break what must stay whole."""
    longest = max(map(cell_len, values))
    if name == "when" or _is_id(name) or not any(" " in value for value in values):
        return max(
            longest if longest <= _LONGEST_WORD or _is_id(name) else _LONGEST_WORD,
            _word(_label(name)),
        )
    words = max(_word(value) for value in values)
    return max(min(longest, max(_LEAST, min(words, _LONGEST_WORD))), _word(_label(name)))


def _word(text: str) -> int:
    """The width of the longest word."""
    return max(map(cell_len, text.split()), default=0)


def _widths(cells: dict[str, list[str]], width: int) -> list[int] | None:
    """A width for each column, or None where rows are better told as entries."""
    natural = [max(cell_len(_label(name)), *map(cell_len, told)) for name, told in cells.items()]
    room = width - _GAP * (len(cells) - 1)
    if sum(natural) <= room:
        return natural
    widths = [_least(name, told) for name, told in cells.items()]
    wordy = any(" " in value for told in cells.values() for value in told)
    if (wordy and width < _GRID_FROM) or sum(widths) > room:
        return None
    for _ in range(room - sum(widths)):
        wanting = [full - given for full, given in zip(natural, widths, strict=True)]
        widths[wanting.index(max(wanting))] += 1
    cramped = any(
        name in _WORDS and given < min(full, _READABLE)
        for name, full, given in zip(cells, natural, widths, strict=True)
    )
    return None if cramped else widths


def _grid(console: Console, cells: dict[str, list[str]], widths: Sequence[int]) -> None:
    grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name, width in zip(cells, widths, strict=True):
        grid.add_column(_label(name), width=width, overflow="fold")
    for row in zip(*cells.values(), strict=True):
        grid.add_row(*map(Words, row))
    console.print(grid)


def _entry(console: Console, row: dict[str, str]) -> None:
    """One row as ``dragoman read`` shows an event: a head, its words, then facts and the id."""
    left = {name: told for name, told in row.items() if told}
    hanging(console, _head(left))
    words = [quotable(left.pop(name)) for name in _WORDS if name in left]
    facts = [_fact(name, left[name]) for name in sorted(left, key=_is_id)]  # the id stands last
    lines = [(told, "italic") for told in words]
    lines += [(told, "dim") for told in _packed(facts, console.width - 4)]
    for told, style in lines:
        console.print(Padding(Words(told, style=style), (0, 0, 0, 4), expand=False))


def _head(left: dict[str, str]) -> Words:
    """The head of an entry; what stands in it is taken out of the row.

    ``what`` is a kind of thing where something changed, and words of a story elsewhere.
    """
    names = [name for name in _HEAD if name in left and (name != "what" or "change" in left)]
    parts = [(left.pop(name), "") for name in names]
    for pair in _SIDES:
        actor, recipient = (left.pop(name, "").replace(";", ",") for name in pair)
        if recipient and recipient != actor:
            actor = f"{actor} → {recipient}".lstrip()
        parts += [(actor, "bold")] if actor else []
    parts += [(left.pop("status"), "yellow")] if "status" in left else []
    parts += [(f"due {left.pop('due_end')}", "cyan")] if "due_end" in left else []
    head = Words()
    for told, style in parts:
        head.append("  " if head else "").append(told, style)
    return head


def _fact(name: str, told: str) -> str:
    """ "tellings 2"; an id, and what is so or not, without more."""
    if _is_id(name):
        return told
    if told in ("yes", "no"):
        return "not " * (told == "no") + _label(name)
    return f"{_label(name)} {told}"


def _packed(facts: Sequence[str], width: int) -> list[str]:
    """The facts in lines that are broken only between two."""
    lines: list[str] = []
    for fact in facts:
        if lines and cell_len(f"{lines[-1]} · {fact}") <= width:
            lines[-1] += f" · {fact}"
        else:
            lines.append(fact)
    return lines
