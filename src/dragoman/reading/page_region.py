"""Where on a page its running text stands: a second opinion beside trafilatura's.

Paragraphs are weighed by their words outside links; the region is the smallest element that holds
nearly all of them. It shows when trafilatura stopped early (a body in several containers) or took
in what stands outside (lists of other stories).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from lxml.html import HtmlElement

from dragoman.reading import furniture
from dragoman.reading.blocks import Block, one_line

_OUTSIDE = frozenset(
    ["nav", "footer", "aside", "form", "figure", "figcaption", "script", "style", "noscript",
     "template", "select", "button", "iframe", "svg", "head", "dialog", "menu"]
)  # fmt: skip
_PARAGRAPHS = frozenset(["p", "blockquote", "li", "pre", "dd", "td", "div", "section", "article"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_INLINE = frozenset(
    ["a", "b", "i", "em", "strong", "span", "u", "font", "small", "sup", "sub", "abbr", "cite",
     "q", "mark", "time", "code", "s", "ins", "del", "wbr", "bdi", "label", "big", "tt"]
)  # fmt: skip
_MOST_BLOCKS = 4_000
"""Above it the region is not sought: comparing blocks grows with the square of their number."""
_SHORTEST = 60
"""Code points of a block that counts as running text."""
_NEVER_PRUNED = frozenset(["html", "body", "main", "article", "h1", "script", "style", "head"])
_STORY_SHARE = 0.2
_MOST = 0.85
"""Share of the running text that the region must hold."""


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
    return re.sub(r"\W+", "", text)


def find_region(tree: HtmlElement) -> Region:
    """The region of a page's running text; empty when it has none."""
    found = _leaf_blocks(tree)
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
    """What holds a block (tag and classes), and a number for the nearest ``<article>`` (0: none)."""
    holder = element.getparent() if element.tag == "p" else element
    name = (
        f"{holder.tag} {' '.join(sorted((holder.get('class') or '').split()))}"
        if holder is not None
        else ""
    )
    article = next((id(item) for item in element.iterancestors("article")), 0)
    return name.strip(), article


def continued(blocks: list[Block], region: Region) -> list[Block]:
    """The blocks with the running text that goes on in further containers of the same kind.

    Some pages part a story into several boxes (an advertisement between them) and trafilatura
    takes the first. Paragraphs are taken over when they stand in the same ``<article>``, in a box
    of the same tag and classes as most of what was found, and make up a third or more.
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
    if sum(len(piece.text) for piece in more) < size / 3:
        return blocks
    return [
        piece for piece, found in zip(region.blocks, inside, strict=True) if found or piece in more
    ]


def _depth(element: HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())


def _counts(block: Block) -> bool:
    return block.kind == "text" and len(block.text) >= _SHORTEST and block.linked < 0.5


@cache
def _class_rules() -> tuple[re.Pattern[str], ...]:
    return tuple(rule.pattern for rule in furniture.rules() if rule.action == "class")


@cache
def is_furniture_class(name: str) -> bool:
    """Whether an element's class or id (one token) marks it as no part of the story."""
    return any(pattern.fullmatch(name) for pattern in _class_rules())


def prune(tree: HtmlElement) -> None:
    """Take elements out of the tree whose class or id says they are furniture; tails stay.

    An element that holds a fifth of the page's paragraphs is the story, whatever its class says
    ("modal-enabled", "breadcrumb").
    """
    total = sum(_paragraph_size(item) for item in tree.iter("p"))
    for element in tree.xpath("//*[@class or @id]"):
        if element.tag in _NEVER_PRUNED or element.getparent() is None:
            continue
        names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
        if not any(is_furniture_class(name) for name in names):
            continue
        if sum(_paragraph_size(item) for item in element.iter("p")) <= _STORY_SHARE * total:
            element.drop_tree()


def _paragraph_size(paragraph: HtmlElement) -> int:
    return len(paragraph.text_content().strip())


def _leaf_blocks(tree: HtmlElement) -> list[tuple[HtmlElement, Block]]:
    """Blocks of text with the element they stand in, in the order of the page."""
    body = tree.find("body")
    root = tree if body is None else body
    found: list[tuple[HtmlElement, Block]] = []
    stack = [root]
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str) or element.tag in _OUTSIDE or _hidden(element):
            continue
        if element.tag in _HEADINGS:
            _add(found, element, "heading", _inline_text(element))
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
    """The words of the element and its inline children (``<br>`` as line break), and how many
    characters of them stand in links."""
    pieces: list[str] = [element.text or ""]
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
        pieces.append(child.tail or "")
    return "".join(pieces), linked


def _add(
    found: list[tuple[HtmlElement, Block]], element: HtmlElement, kind: str, text: tuple[str, int]
) -> None:
    words, linked = text
    share = min(1.0, linked / max(1, len(one_line(words))))
    for line in (
        words.split("\n")
        if "\n\n" in re.sub(r"[ \t]+", "", words) or element.tag == "div"
        else [words]
    ):
        line = one_line(line)
        if line:
            found.append((element, Block(line, kind, share)))
