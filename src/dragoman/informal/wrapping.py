"""Paragraphs broken at a fixed width, with words parted at the ends of lines, read as one line each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dragoman.informal.rewritten import Edit
from dragoman.reading import joining
from dragoman.reading.plain import wrapped

_CHUNK = re.compile(r"[^\n]+(?:\n[^\n]+)+")
_FEWEST = 3
_PARTED = re.compile(r"[a-z]-\n[ ]*[a-z]")


def edits(text: str) -> Iterator[Edit]:
    """Where a line's end is a space, or nothing, of its sentence."""
    if "\n" not in text.replace("\n\n", ""):  # every line is a paragraph
        return
    parted = _PARTED.search(text) is not None
    for chunk in _CHUNK.finditer(text):
        lines = chunk[0].split("\n")
        if len(lines) < _FEWEST and not parted:  # a headline and a line
            continue
        if not wrapped([line.strip() for line in lines if line.strip()], parted):
            continue
        place = chunk.start()
        for line, after in pairwise(lines):
            place += len(line) + 1
            joint = "" if joining.parted(line, after) else " "
            yield Edit(place - 1 - joining.broken_word(line, after, text), place, joint)
