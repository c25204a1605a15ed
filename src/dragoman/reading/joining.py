"""Sentences that were broken over lines, boxes or pages made one again."""

from __future__ import annotations

import re

from dragoman.reading.blocks import Block
from dragoman.reading.languages import function_words

_BROKEN_WORD = re.compile(r"([^\W\d_]+)-$")
_FIRST_WORD = re.compile(r"[a-zß-öø-ÿ]+")


def joined(blocks: list[Block]) -> list[Block]:
    """The blocks, a sentence that goes on in the next block (a line a box) made one again."""
    made: list[Block] = []
    for block in blocks:
        last = made[-1] if made else None
        if (
            last
            and last.kind == block.kind == "text"
            and block.text[:1].islower()
            and (last.text.endswith(",") or last.text.rsplit(" ", 1)[-1] in function_words())
        ):
            made[-1] = last.replace(text=f"{last.text} {block.text}")
        else:
            made.append(block)
    return made


def lines_joined(lines: list[str], text: str) -> str:
    """The lines of a paragraph as one; a word parted at a line's end is made whole.

    Args:
        text: where the word may stand elsewhere: it decides whether its hyphen stays.
    """
    whole = lines[0]
    for line in lines[1:]:
        if not parted(whole, line):
            whole = f"{whole} {line}"
        else:
            whole = whole[: len(whole) - broken_word(whole, line, text)] + line
    return whole


def parted(before: str, line: str) -> bool:
    """Whether a line ends in a part of a word, or of a name ("al-" and "Ani"), that goes on in the next."""
    left = _BROKEN_WORD.search(before)
    return left is not None and left[1][-1].islower() and line[:1].isalpha()


def broken_word(before: str, line: str, text: str) -> int:
    """How many code points at a line's end part a word that has no hyphen: 1 or 0.

    Args:
        text: where the word may stand elsewhere: it decides whether its hyphen stays.
    """
    left, right = _BROKEN_WORD.search(before), _FIRST_WORD.match(line)
    if left is None or right is None or not left[1][-1].islower():
        return 0
    return 0 if f"{left[1]}-{right[0]}" in text else 1
