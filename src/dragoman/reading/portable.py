"""The paragraphs of a PDF file: lines joined, page numbers and lines that head or foot every page left out."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from dragoman.errors import InputError
from dragoman.limits import Limits
from dragoman.reading.joining import lines_joined

_PAGE_NUMBER = re.compile(r"(?:page )?[-–— ]*(?:\d{1,4}|[ivxl]{1,6})[-–— ]*(?:(?:/|of) *\d{1,4})?", re.I)  # fmt: skip
_BULLET = re.compile(r"(?:[•▪‣●○*–-]|\(?[a-z0-9]{1,3}[.)])\s", re.I)
_CLOSED = re.compile(r"[.!?…:;][\"'”’)\]]*$")
_EDGE = 2  # boxes at the top and at the foot of a page that may be the same on every page
_SHORT = 0.85  # of a box's width: a line under it that closes a sentence closes its paragraph
_INDENT = 0.02  # of a box's width: the first line of a paragraph stands in by more
_LEAST = 60.0  # points: narrower boxes are not split
_HOLLOW = re.compile(r"\(cid:\d+\)")

# It tells at length what it mends in a file.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


def paragraphs(data: bytes, name: str, limits: Limits) -> Iterator[str]:
    """The paragraphs of a PDF in reading order, columns one after the other.

    Raises:
        InputError: locked by a password ("locked") or damaged ("damaged").
    """
    pages = list(_pages(data, name, limits))
    repeated = _repeated(pages)
    text = "\n".join(line for page in pages for box in page for line, _ in box)
    last = ""
    for page in pages:
        kept = (box for box in page if not _is_furniture(box, repeated))
        for words in (lines_joined(lines, text) for box in kept for lines in _split(box)):
            if last and _goes_on(last, words):
                last = lines_joined([last, words], text)
                continue
            if last:
                yield last
            last = words
    if last:
        yield last


Box = list[tuple[str, tuple[float, float]]]
"""The lines of one block of a page: words, and where it begins and ends (points from the left)."""


def _pages(data: bytes, name: str, limits: Limits) -> Iterator[list[Box]]:
    """The blocks of every page, until more words are read than a story may hold."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextBox
    from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed
    from pdfminer.pdftypes import PDFException
    from pdfminer.psexceptions import PSException

    read = 0
    try:
        for page in extract_pages(io.BytesIO(data), laparams=LAParams()):
            boxes = [_box(item) for item in page if isinstance(item, LTTextBox)]
            yield [box for box in boxes if box]
            read += sum(len(line) for box in boxes for line, _ in box)
            if read > 2 * limits.story_characters:
                return
    except (PDFPasswordIncorrect, PDFTextExtractionNotAllowed):
        raise InputError(name, "a PDF that is locked by a password", code="locked") from None
    except (PDFException, PSException, AssertionError) as error:
        reason = " ".join(str(error).split())[:160] or type(error).__name__
        raise InputError(name, f"a damaged PDF: {reason}", code="damaged") from None


def _box(item: Any) -> Box:
    """The lines of a block; letters without a meaning that a font lists by number are left out."""
    lines = (
        (_HOLLOW.sub("", " ".join(line.get_text().split())), (line.x0, line.x1)) for line in item
    )
    return [(words, ends) for words, ends in lines if words]


def _words(box: Box) -> str:
    return " ".join(line for line, _ in box)


def _shape(box: Box) -> str:
    """A block's words with every number alike, by which it is known again on other pages."""
    return re.sub(r"\d+", "0", _words(box))


def _repeated(pages: list[list[Box]]) -> set[str]:
    """What stands at the top or the foot of at least half of the pages, and of two."""
    seen = Counter(
        shape for page in pages for shape in {_shape(box) for box in page[:_EDGE] + page[-_EDGE:]}
    )
    return {shape for shape, times in seen.items() if times >= max(2, len(pages) / 2)}


def _goes_on(last: str, words: str) -> bool:
    """Whether words go on with a sentence that the block before, in another column or page, left open."""
    return words[:1].islower() and not _CLOSED.search(last) and not _BULLET.match(words)


def _is_furniture(box: Box, repeated: set[str]) -> bool:
    return _PAGE_NUMBER.fullmatch(_words(box)) is not None or _shape(box) in repeated


def _split(box: Box) -> Iterator[list[str]]:
    """The lines of each paragraph of a block: one begins with an indent or a bullet, or after a short last line."""
    left = min(start for _, (start, _) in box)
    right = max(end for _, (_, end) in box)
    width = right - left
    lines: list[str] = []
    short = False
    for words, (start, end) in box:
        indented = width > _LEAST and start - left > _INDENT * width
        closed = bool(lines) and _CLOSED.search(lines[-1]) is not None
        if lines and (_BULLET.match(words) or (closed and (short or indented))):
            yield lines
            lines = []
        lines.append(words)
        short = width > _LEAST and end - left < _SHORT * width
    if lines:
        yield lines
