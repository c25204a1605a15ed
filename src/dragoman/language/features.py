"""What the encoder is told about a word besides its word pieces: its case and its layout.

The word pieces are uncased and know nothing of blank lines or open quotation marks; two small
learned tables put that back. Training and run time share these functions.
"""

from __future__ import annotations

from collections.abc import Sequence

CASES = 8
LAYOUTS = 8
OPENING = {"“", "``", "«", "„"}
CLOSING = {"”", "''", "»"}
STRAIGHT = {'"', "＂"}


def case_class(word: str) -> int:
    """0–6: lower, Title, UPPER, miXed, no letters but digits, neither, one capital letter."""
    if word.islower():
        return 0
    if word.isupper():
        return 6 if sum(map(str.isalpha, word)) == 1 else 2
    if any(map(str.isalpha, word)):
        return 1 if word[:1].isupper() and not any(map(str.isupper, word[1:])) else 3
    return 4 if any(map(str.isdigit, word)) else 5


def layouts(words: Sequence[str], spaces: Sequence[bool], paragraphs: Sequence[bool]) -> list[int]:
    """One number 0–7 a word: 1 for a space before it, 2 for the first word of a paragraph,
    4 for standing inside double quotation marks (the marks count as inside).

    An unclosed quotation ends with its paragraph.
    """
    inside = False
    found: list[int] = []
    for word, space, first in zip(words, spaces, paragraphs, strict=True):
        if first:
            inside = False
        closes = word in CLOSING or (word in STRAIGHT and inside)
        if word in OPENING or (word in STRAIGHT and not inside):
            inside = True
        found.append(int(space) + 2 * first + 4 * inside)
        if closes:
            inside = False
    return found
