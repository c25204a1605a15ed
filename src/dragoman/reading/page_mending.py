"""What the extraction of a page broke is made whole: paragraphs torn at links, several run together,
parts left out that the page's own data hold.

``leaves`` are the blocks of the page itself (``page_region.leaf_blocks``), in its order.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

from dragoman.reading.blocks import Block, one_line
from dragoman.reading.page_region import Region, key_of

_REACH = 80
"""How many of the page's blocks ahead a torn paragraph is sought."""
_GAP = 40
"""Letters of a paragraph that may be missing between two of its pieces (a button, a flag)."""
_WHOLE = 0.8
"""Share of a paragraph's letters that its pieces must hold to be made whole."""
_GLUED = 120
"""Code points of a block that may be several paragraphs glued together."""
_ENOUGH = 250
_AGREED = 0.9
_TEASER = 0.6
_SHORT_KEY = 15
_PAGE_NUMBER = 3
_TAGS = re.compile(r"<(?:br|/p|/div|/h[1-6]|/li)\b[^>]*>", re.I)
_ANY_TAG = re.compile(r"<[^<>]{1,500}>")


def mended(blocks: list[Block], leaves: list[Block]) -> list[Block]:
    """The blocks, pieces of one paragraph joined, and words parted where the page parts them.

    The extraction tears a paragraph at links when its text stands in no ``<p>``, and drops the
    blanks round them ("overhaulthat"); a coder of sentences cannot live with either.
    """
    keys = [key_of(block.text) for block in blocks]
    leaf_keys = [key_of(leaf.text) for leaf in leaves]
    places: dict[str, int] = {}
    for place, key in enumerate(leaf_keys):
        places.setdefault(key, place)
    made: list[Block] = []
    index = at = 0
    while index < len(blocks):
        if not keys[index] or (keys[index].isdigit() and len(keys[index]) <= _PAGE_NUMBER):
            index += 1  # a stroke between links, the number of a page or picture
            continue
        if keys[index] in places:
            at = places[keys[index]]
            made.append(blocks[index].replace(text=leaves[at].text))
            index += 1
            continue
        whole, taken = _whole(keys, index, leaf_keys, at)
        if whole is None:
            made.append(blocks[index])
            index += 1
        else:
            at = whole
            made.append(leaves[whole])
            index += taken
    return made


def _whole(keys: list[str], first: int, leaf_keys: list[str], at: int) -> tuple[int | None, int]:
    """Which of the page's blocks the pieces from ``first`` on make up, and how many they are."""
    start = keys[first]
    if not start:
        return None, 0
    for place in range(at, min(at + _REACH, len(leaf_keys))):
        leaf = leaf_keys[place]
        if len(leaf) <= len(start) or not leaf.startswith(start):
            continue
        position, held, taken = len(start), len(start), 1
        for key in keys[first + 1 :]:
            found = leaf.find(key, position, position + _GAP + len(key)) if key else -1
            if found < 0:
                break
            position, held, taken = found + len(key), held + len(key), taken + 1
        if taken > 1 and held >= _WHOLE * len(leaf):
            return place, taken
    return None, 0


def with_headings(blocks: list[Block], leaves: list[Block]) -> list[Block]:
    """The blocks with the headings that stand directly before one of them, where none was found.

    The extraction's last resort gathers paragraphs alone.
    """
    if any(block.kind == "heading" for block in blocks):
        return blocks
    headed = [
        (key_of(following.text), leaf)
        for leaf, following in pairwise(leaves)
        if leaf.kind == "heading" and following.kind != "heading"
    ]
    made: list[Block] = []
    for block in blocks:
        key = key_of(block.text)
        place = next(
            (i for i, (start, _) in enumerate(headed) if start and key.startswith(start)), -1
        )
        if place >= 0:
            _, heading = headed.pop(place)
            made += [heading] if made else []
        made.append(block)
    return made


def parted(blocks: list[Block], region: Region) -> list[Block]:
    """The blocks, those into which the extraction glued many paragraphs parted again.

    It does so where the story stands in a table cell or between line breaks.
    """
    inner = [(key, piece) for piece in region.blocks if (key := key_of(piece.text))]
    whole = {key for key, _ in inner}
    made: list[Block] = []
    for block in blocks:
        key = key_of(block.text) if len(block.text) > _GLUED else ""
        pieces = _pieces(key, inner) if key and key not in whole else []
        size = sum(len(piece.text) for piece in pieces)
        if len(pieces) >= 2 and 0.8 * len(block.text) <= size <= 1.2 * len(block.text):
            made.extend(pieces)
        else:
            made.append(block)
    return made


def _pieces(key: str, inner: list[tuple[str, Block]]) -> list[Block]:
    """The region's blocks that stand in a glued block, one after the other."""
    found: list[Block] = []
    position = 0
    for part, piece in inner:
        place = key.find(part, position, position + 2 * len(part) + _GAP)
        if place >= 0:
            found.append(piece)
            position = place + len(part)
    return found


def checked(blocks: list[Block], leaves: list[Block], article_body: str | None) -> list[Block]:
    """The blocks held against the text that the page's own data (JSON-LD) give as the story's.

    Where both agree, what stands before and after the agreed text is dropped. Where the blocks
    miss much of it, the page's own blocks are searched for it; a page that shows its story only
    by script has it in its data alone. A teaser (much shorter than what was found) says nothing.
    """
    body = plain_body(article_body)
    key = key_of(body)
    if len(body) < _ENOUGH:
        return blocks
    keys = [key_of(block.text) for block in blocks]
    inside = [bool(item) and item in key for item in keys]
    held = sum(len(item) for item, found in zip(keys, inside, strict=True) if found)
    if held >= _AGREED * len(key):
        if len(key) < _TEASER * sum(len(item) for item in keys):
            return blocks
        first = inside.index(True)
        last = len(inside) - inside[::-1].index(True)
        return [
            block
            for block, found in zip(blocks[first:last], inside[first:last], strict=True)
            if found or block.linked <= 0.5
        ]
    if sum(len(item) for item in keys) > len(key) / _TEASER:
        return blocks
    told = _told_by(leaves, key)
    if sum(len(key_of(block.text)) for block in told) >= _AGREED * len(key):
        return told
    return blocks if held >= 0.5 * len(key) else [Block(line) for line in body.split("\n")]


def _told_by(leaves: list[Block], key: str) -> list[Block]:
    """The page's blocks from the first to the last that the body holds, headings between kept."""
    marks = [len(item := key_of(leaf.text)) >= _SHORT_KEY and item in key for leaf in leaves]
    if True not in marks:
        return []
    first, last = marks.index(True), len(marks) - marks[::-1].index(True)
    return [
        leaf
        for leaf, mark in zip(leaves[first:last], marks[first:last], strict=True)
        if mark or leaf.kind == "heading" or key_of(leaf.text) in key
    ]


def plain_body(article_body: str | None) -> str:
    """The words of a JSON-LD articleBody, one paragraph a line, markup taken out."""
    text = unescape(unescape(article_body or ""))
    text = _ANY_TAG.sub("", _TAGS.sub("\n", text))
    lines = (one_line(line) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
