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
        left, right = _BROKEN_WORD.search(whole), _FIRST_WORD.match(line)
        if left and right and left[1][-1].islower():
            keeps = f"{left[1]}-{right[0]}" in text
            whole = (whole if keeps else whole[:-1]) + line
        elif left and left[1][-1].islower() and line[:1].isupper():
            whole += line  # "the Al-" and "Ani"
        else:
            whole = f"{whole} {line}"
    return whole
