"""Shapes of a chart as a PNG file: pixels in an array, letters from ``data/glyphs.tsv``."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np

from dragoman.ledger.plot import Box, Label, Line, Shape
from dragoman.ledger.signs import data_rows

_COLUMNS, _GAP = 5, 1  # a letter is five pixels wide, with one between letters
_STEPS = 4  # points set along each pixel of a line


def png(shapes: Iterable[Shape], width: int, height: int) -> bytes:
    """The shapes, later ones on top, as a PNG of so many pixels."""
    pixels = np.full((height, width, 3), 255, dtype=np.uint8)
    for shape in shapes:
        if isinstance(shape, Box):
            _box(pixels, shape)
        elif isinstance(shape, Line):
            _line(pixels, shape)
        else:
            _label(pixels, shape)
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"".join(
        (b"\x89PNG\r\n\x1a\n", _chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(rows, 9)),
         _chunk(b"IEND", b""))
    )  # fmt: skip


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _colour(text: str) -> tuple[int, int, int]:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def _box(pixels: np.ndarray[Any, Any], box: Box) -> None:
    left, top = round(box.x), round(box.y)
    right, bottom = round(box.x + box.width), round(box.y + box.height)
    pixels[top : max(bottom, top + 1), left : max(right, left + 1)] = _colour(box.colour)


def _line(pixels: np.ndarray[Any, Any], line: Line) -> None:
    height, width = pixels.shape[:2]
    for (x, y), (x_two, y_two) in zip(line.points, line.points[1:], strict=False):
        count = int(max(abs(x_two - x), abs(y_two - y)) * _STEPS) + 2
        across = np.clip(np.rint(np.linspace(x, x_two, count)).astype(int), 0, width - 1)
        down = np.clip(np.rint(np.linspace(y, y_two, count)).astype(int), 0, height - 1)
        pixels[down, across] = _colour(line.colour)


def _label(pixels: np.ndarray[Any, Any], label: Label) -> None:
    """Capital letters; a larger size is drawn bold."""
    shown = [
        glyphs()[letter] for letter in label.text.upper() if letter in glyphs() or letter == " "
    ]
    wide = len(shown) * (_COLUMNS + _GAP)
    left = round(label.x - {"start": 0.0, "middle": wide / 2, "end": float(wide)}[label.anchor])
    top = round(label.y) - 8
    height, width = pixels.shape[:2]
    for number, glyph in enumerate(shown):
        down, across = np.nonzero(glyph)
        for shift in range(2 if label.size > 12 else 1):
            x = across + left + number * (_COLUMNS + _GAP) + shift
            kept = (x >= 0) & (x < width) & (down + top >= 0) & (down + top < height)
            pixels[down[kept] + top, x[kept]] = _colour(label.colour)


@lru_cache(maxsize=1)
def glyphs() -> dict[str, np.ndarray[Any, Any]]:
    """Letter → seven rows of five pixels, true where it is black."""
    found = {" ": np.zeros((7, _COLUMNS), dtype=bool)}
    for _, (letter, columns) in data_rows("glyphs.tsv", 2):
        bits = [[bool(byte >> row & 1) for byte in bytes.fromhex(columns)] for row in range(7)]
        found[letter] = np.array(bits)
    return found
