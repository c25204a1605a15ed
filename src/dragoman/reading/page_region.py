"""Where on a page its running text stands: a second opinion beside trafilatura's.

Paragraphs are weighed by their words outside links; the region is the smallest element that holds
nearly all of them. It shows when trafilatura stopped early (a body in several containers) or took
in what stands outside (lists of other stories).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from dragoman.reading.blocks import Block, one_line
from dragoman.reading.plain import split_blocks

_OUTSIDE = frozenset(
    ["nav", "footer", "aside", "form", "figure", "figcaption", "script", "style", "noscript",
     "template", "select", "button", "iframe", "svg", "head", "dialog", "menu"]
)  # fmt: skip
_PARAGRAPHS = frozenset(
    ["p", "blockquote", "li", "pre", "dd", "dt", "td", "th", "div", "section", "article"]
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_INLINE = frozenset(
    ["a", "b", "i", "em", "strong", "span", "u", "font", "small", "sup", "sub", "abbr", "cite",
     "q", "mark", "time", "code", "s", "ins", "del", "wbr", "bdi", "label", "big", "tt"]
)  # fmt: skip
_WHITE = re.compile(r"\s+")
_NO_LETTERS = re.compile(r"[\W_]+")
_CLOSING = (".", "!", "?", ":", ";", "”", '"')
_MOST_BLOCKS = 4_000
"""Above it the region is not sought: comparing blocks grows with the square of their number."""
_SHORTEST = 60
"""Code points of a block that counts as running text."""
_NEAR = 15
"""So many blocks below its title a story begins."""
_WORTH = 0.1
"""Share of what was found that further paragraphs must make up."""
_MOST = 0.85
"""Share of the running text that the region must hold."""


Leaf = tuple[HtmlElement, Block]
"""A block and the element it stands in."""


@dataclass
class Region:
    """Its blocks in order, and all its words run together (for "is this block inside?")."""

    blocks: list[Block] = field(default_factory=list)
    places: list[tuple[str, int]] = field(default_factory=list)
    """For each block: tag and classes of the element that holds it, and its nearest article."""
    key: str = ""

    @property
    def size(self) -> int:
        """Code points of running text."""
        return sum(len(block.text) for block in self.blocks)

    def holds(self, text: str) -> bool:
        """Whether the words of a block stand in the region."""
        return key_of(text) in self.key


def key_of(text: str) -> str:
    """Letters and digits alone, for comparing texts whose white space differs."""
    return _NO_LETTERS.sub("", text)


def find_region(found: list[Leaf]) -> Region:
    """The region of a page's running text, given its leaf blocks; empty when it has none."""
    if len(found) > _MOST_BLOCKS:
        return Region()
    prose = [(element, block) for element, block in found if _counts(block)]
    total = sum(len(block.text) for _, block in prose)
    if not total:
        return Region()
    held: dict[HtmlElement, int] = defaultdict(int)
    for element, block in prose:
        held[element] += len(block.text)
        for ancestor in element.iterancestors():
            held[ancestor] += len(block.text)
    # ``held`` is filled from the inside out; the last element over the mark is not the smallest
    # in general, so the one with the fewest letters among those over the mark is taken.
    root = min(
        (item for item in held if held[item] >= _MOST * total),
        key=lambda item: (held[item], -_depth(item)),
    )
    inside = set(root.iter())
    kept = [(element, block) for element, block in found if element in inside]
    return Region(
        blocks=[block for _, block in kept],
        places=[_place(element) for element, _ in kept],
        key=key_of("".join(root.itertext())),
    )


def _place(element: HtmlElement) -> tuple[str, int]:
    """What holds a block (tag and classes), and a number for what holds that: the nearest
    ``<article>``, on pages without one the box round it."""
    holder = element.getparent() if element.tag == "p" else element
    if holder is None:
        return "", 0
    name = f"{holder.tag} {' '.join(sorted((holder.get('class') or '').split()))}"
    outer = next(element.iterancestors("article"), holder.getparent())
    return name.strip(), 0 if outer is None else id(outer)


def continued(blocks: list[Block], region: Region) -> list[Block]:
    """The blocks with the running text that goes on in further containers of the same kind.

    Some pages part a story into several boxes (an advertisement between them) and trafilatura
    takes the first. Paragraphs are taken over when they stand in the same ``<article>`` (or box), in
    a box of the same tag and classes as most of what was found, and make up a tenth or more.
    """
    known = key_of("".join(block.text for block in blocks))
    inside = [key_of(piece.text) in known for piece in region.blocks]
    weight: dict[tuple[str, int], int] = defaultdict(int)
    for piece, place, found in zip(region.blocks, region.places, inside, strict=True):
        weight[place] += len(piece.text) if found else 0
    if not weight:
        return blocks
    home = max(weight, key=lambda item: weight[item])
    size = sum(len(block.text) for block in blocks)
    if not home[1] or " " not in home[0] or weight[home] < 0.6 * size:
        return blocks
    more = [
        piece
        for piece, place, found in zip(region.blocks, region.places, inside, strict=True)
        if not found and place == home and _counts(piece)
    ]
    if sum(len(piece.text) for piece in more) < _WORTH * size:
        return blocks
    return [
        piece for piece, found in zip(region.blocks, inside, strict=True) if found or piece in more
    ]


def without_gaps(blocks: list[Block], region: Region) -> list[Block]:
    """The blocks with the sentences that stand right before the first or between two, in boxes of their kind.

    The extraction passes over paragraphs that bold type alone makes ("<div><b>Four men ...").
    """
    places = {key_of(piece.text): place for place, piece in enumerate(region.blocks)}
    found = [places.get(key_of(block.text), -1) for block in blocks]
    told = {place for place in found if place >= 0 and region.blocks[place].kind == "text"}
    kinds = {region.places[place] for place in told}
    times = Counter(key_of(piece.text) for piece in region.blocks)
    made: list[Block] = []
    before = min(told, default=0)
    while before and region.places[before - 1] in kinds and _closed(region.blocks[before - 1]):
        before -= 1
    for block, place in zip(blocks, found, strict=True):
        if place in told:
            made += [
                region.blocks[between]
                for between in range(before, place)
                if between not in told
                and region.places[between] in kinds
                and _closed(region.blocks[between])
                and times[key_of(region.blocks[between].text)] == 1
            ]
            before = max(before, place + 1)
        made.append(block)
    return made


def _closed(block: Block) -> bool:
    return _counts(block) and block.text.rstrip("\"'”’)]").endswith((".", "!", "?"))


def below_title(blocks: list[Block], found: list[Leaf], titles: set[str]) -> list[Block]:
    """The running text right below the page's title, where the extraction has none of it.

    On a page whose paragraphs stand in no ``<p>``, the extraction's last resort gathers those that
    do: notes about the site. What stands below the title in boxes of one kind is taken instead,
    when it is two blocks or more and at least half as long as what was found.
    """
    heads = [
        i
        for i, (_, leaf) in enumerate(found)
        if leaf.kind == "heading" and key_of(leaf.text).lower() in titles
    ]
    if not heads:
        return blocks
    below = found[heads[0] + 1 :]
    lead = next((i for i, (_, leaf) in enumerate(below[:_NEAR]) if _counts(leaf)), None)
    if lead is None:
        return blocks
    known = key_of("".join(block.text for block in blocks))
    home = _place(below[lead][0])
    told = [leaf for element, leaf in below[lead:] if _place(element) == home]
    size = sum(len(leaf.text) for leaf in told)
    if len(told) < 2 or 2 * size < sum(len(block.text) for block in blocks):
        return blocks
    return blocks if any(key_of(leaf.text) in known for leaf in told) else told


def _depth(element: HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())


def _counts(block: Block) -> bool:
    return block.kind == "text" and len(block.text) >= _SHORTEST and block.linked < 0.5


def leaf_blocks(tree: HtmlElement) -> list[Leaf]:
    """Blocks of text with the element they stand in, in the order of the page."""
    body = tree.find("body")
    root = tree if body is None else body
    found: list[Leaf] = []
    stack = [root]
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str) or element.tag in _OUTSIDE or _hidden(element):
            continue
        if element.tag in _HEADINGS:
            _add(found, element, "heading", _inline_text(element))
            continue
        if element.tag == "pre":
            found += [(element, block) for block in split_blocks(element.text_content())]
            continue
        if element.tag in _PARAGRAPHS and _has_own_text(element):
            _add(found, element, "text", _inline_text(element))
        stack.extend(
            child
            for child in reversed(element)
            if not (isinstance(child.tag, str) and child.tag in _INLINE and _has_own_text(element))
        )
    return found


def _hidden(element: HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return (
        "display:none" in style
        or element.get("aria-hidden") == "true"
        or element.get("hidden") is not None
    )


def _has_own_text(element: HtmlElement) -> bool:
    """Whether words stand in the element itself or in inline elements directly in it."""
    if element.text and element.text.strip():
        return True
    for child in element:
        if child.tail and child.tail.strip():
            return True
        if isinstance(child.tag, str) and child.tag in _INLINE and (child.text or "").strip():
            return True
    return False


def _inline_text(element: HtmlElement) -> tuple[str, int]:
    """The words of the element and its inline children (``\\n`` where the page breaks the line),
    and how many characters of them stand in links."""
    pieces: list[str] = [_blanks(element.text)]
    linked = 0
    for child in element:
        if isinstance(child.tag, str):
            if child.tag == "br":
                pieces.append("\n")
            elif child.tag in _INLINE or element.tag in _HEADINGS:
                words, links = _inline_text(child)
                linked += len(words.strip()) if child.tag == "a" else links
                pieces.append(words)
            else:
                pieces.append("\n")
        pieces.append(_blanks(child.tail))
    return "".join(pieces), linked


def _blanks(text: str | None) -> str:
    return _WHITE.sub(" ", text) if text else ""


def _add(found: list[Leaf], element: HtmlElement, kind: str, text: tuple[str, int]) -> None:
    words, linked = text
    share = min(1.0, linked / max(1, len(one_line(words))))
    for line in _lines(words) if kind == "text" else [words]:
        line = one_line(line)
        if line:
            found.append((element, Block(line, kind, share)))


def _lines(words: str) -> list[str]:
    """The lines of a paragraph; one that goes on with a small letter is no line of its own."""
    lines: list[str] = []
    for line in words.split("\n"):
        line = line.strip()
        if lines and line[:1].islower() and not lines[-1].endswith(_CLOSING):
            lines[-1] = f"{lines[-1]} {line}"
        elif line:
            lines.append(line)
    return lines
