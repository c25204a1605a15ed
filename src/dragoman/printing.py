"""What may reach a terminal: no control characters, and nothing that its character set lacks."""

from __future__ import annotations

import codecs
import re
import sys
from typing import Any

import click

# Control sequences of ECMA-48: with parameters, with a string up to its end, and the short ones. Those that
# begin with a single C1 character are told from mojibake by their digits.
_SEQUENCE = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]|\x9b[0-?]+[@-~]"
    "|(?:\x1b[\\]PX^_]|\x9d(?=[0-9]+;))[^\x07\x1b\x9c\n<]{0,1000}(?:\x07|\x1b\\\\|\x9c)"
    "|\x1b[ -/]*[0-~]?"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_NEAREST = {
    "→": "->", "─": "-", "…": "...", "–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "«": "<<",
    "»": ">>", "·": "-", "×": "x", "\xa0": " ",
    "▁": "_", "▂": ".", "▃": "-", "▄": "~", "▅": "=", "▆": "+", "▇": "*", "█": "#",
}  # fmt: skip


def without_sequences(text: str) -> str:
    """The text without the control sequences of a terminal."""
    if any(mark in text for mark in "\x1b\x9b\x9d"):  # ten times faster than a search
        return _SEQUENCE.sub("", text)
    return text


def without_controls(text: str) -> str:
    """The text without control sequences and control characters, line ends and tabs kept."""
    return _CONTROL.sub("", without_sequences(text))


def echo(text: object, err: bool = False) -> None:
    """Print a line that holds words of an input."""
    click.echo(without_controls(str(text)), err=err)


def forgive_encoding() -> None:
    """Standard output and error write the nearest thing where their character set lacks a character."""
    codecs.register_error("nearest", _nearest)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="nearest")


def _nearest(error: Any) -> tuple[str, int]:
    """What stands for the characters that cannot be written."""
    words = error.object[error.start : error.end]
    return "".join(_NEAREST.get(character, "?") for character in words), error.end
