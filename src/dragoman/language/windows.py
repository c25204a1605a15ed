"""How a long text is cut into the windows that the network reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Words in a window; the network was trained on windows of whole sentences up to this size.
WORDS = 150
#: A sentence longer than WORDS is read in one window up to this size, then it is cut.
MOST_WORDS = 300
#: A paragraph's end is preferred over a sentence's from this many words on.
LEAST_WORDS = 60
ENDS = frozenset((".", "?", "!", "...", "…", "?!", "!!", "!?"))
QUOTES = frozenset(('"', "”", "''", ")", "’", "'"))


@dataclass(frozen=True)
class Words:
    """The words of a text, white space left out.

    ``token``: index of each word's token in the Doc. ``space``: white space stands before it.
    ``paragraph``: it opens a paragraph. ``dateline``: it stands in the dateline of one.
    ``spoken``: the words that begin what is said behind "Ana Rao:".
    """

    text: tuple[str, ...]
    token: tuple[int, ...]
    space: tuple[bool, ...]
    paragraph: tuple[bool, ...]
    dateline: tuple[bool, ...] = ()
    spoken: frozenset[int] = frozenset()


def opens_paragraph(gap: str, before: str, word: str) -> bool:
    """Whether a word opens a paragraph, by the white space before it and the word before that.

    A blank line always parts; one line break does unless the line is plainly broken in mid-sentence.
    """
    breaks = gap.count("\n") or gap.count("\r") or gap.count("\u2028") or gap.count("\u2029")
    if not breaks:
        return False
    if breaks > 1:
        return True
    return before in ENDS | QUOTES or not (word[:1].islower() or word in (",", ";", ")"))


def next_cut(words: Words, pieces: Sequence[int], first: int, room: int) -> tuple[int, bool]:
    """End (half-open) of the window that starts at ``first``, and whether it is a sentence's end.

    Args:
        pieces: number of word pieces of each word.
        room: pieces that fit into one window.
    """
    size = len(words.text)
    limit, used = first, 0
    while limit < size and limit - first < WORDS and used + pieces[limit] <= room:
        used += pieces[limit]
        limit += 1
    if limit == size:
        return size, True
    limit = max(limit, first + 1)
    for end in range(limit, first + min(LEAST_WORDS, limit - first) - 1, -1):
        if end > first and words.paragraph[end]:
            return end, True
    for end in range(limit, first, -1):
        if _sure_end(words, end):
            return end, True
    for end in range(limit, first, -1):
        if words.paragraph[end]:
            return end, True
    return limit, False


def longest_cut(words: Words, pieces: Sequence[int], first: int, room: int) -> int:
    """End of the longest window that starts at ``first``, stopping at a paragraph's end."""
    end, used = first, 0
    while end < len(words.text) and end - first < MOST_WORDS and used + pieces[end] <= room:
        if end > first and words.paragraph[end]:
            break
        used += pieces[end]
        end += 1
    return max(end, first + 1)


def _sure_end(words: Words, end: int) -> bool:
    """Whether a sentence plainly ends before ``end``: a full stop, perhaps a quote, a capital."""
    text = words.text
    last = end - 1
    if text[last] in QUOTES and last:
        if words.space[last]:
            return False
        last -= 1
    opens = text[end][:1]
    return text[last] in ENDS and words.space[end] and (opens.isupper() or opens in '"“')
