"""A page with markup: its body through trafilatura, then the furniture rules all texts share.

The page is parsed once; metadata, date and body are taken from the same tree.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as lxml_html

from dragoman.errors import InputError
from dragoman.reading import furniture
from dragoman.reading.blocks import Block, Draft, one_line
from dragoman.reading.page_data import PageData, read_page_data

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ENOUGH = 250
"""Code points of body text below which the slower, second extraction is tried."""
_HEADINGS = frozenset(["head"])
_LIST_ITEMS = frozenset(["item"])
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def parse(text: str, source: str) -> HtmlElement:
    """The page's tree.

    Raises:
        InputError: nothing in it can be parsed as HTML.
    """
    parser = lxml_html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    data = _DECLARATION.sub("", text).encode("utf-8")
    try:
        tree = lxml_html.fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputError(source, f"not readable as HTML: {error}", code="html") from error
    return tree


def read_page(text: str, source: str, url: str | None) -> tuple[Draft, HtmlElement]:
    """The parts of a page with markup, and its tree (for the search of its date).

    The title and standfirst are kept in their fields and are not repeated in the blocks.

    Raises:
        InputError: no article text is found.
    """
    tree = parse(text, source)
    data = read_page_data(tree)
    draft = Draft(
        title=data.title, standfirst=data.description, publisher=data.publisher,
        url=url or data.url, language=data.language, metadata_dates=list(data.dates),
    )  # fmt: skip
    blocks = body_blocks(tree, url)
    blocks = _without_title(blocks, data)
    blocks = furniture.cut(blocks, draft)
    draft.blocks = blocks
    return draft, tree


def body_blocks(tree: HtmlElement, url: str | None) -> list[Block]:
    """The article's blocks as trafilatura finds them; the slower way when the fast one finds little."""
    blocks = _extract(tree, url, fast=True)
    if sum(len(block.text) for block in blocks) < _ENOUGH:
        second = _extract(tree, url, fast=False)
        if sum(len(b.text) for b in second) > sum(len(b.text) for b in blocks):
            return second
    return blocks


def _extract(tree: HtmlElement, url: str | None, *, fast: bool) -> list[Block]:
    from trafilatura import bare_extraction

    document = bare_extraction(
        tree, url=url, fast=fast, include_comments=False, include_links=True, with_metadata=False
    )
    body = getattr(document, "body", None)
    return [] if body is None else list(_blocks(body))


def _blocks(body: etree._Element) -> list[Block]:
    """Blocks of trafilatura's tree: headings, paragraphs, list items, quotes, table rows."""
    found: list[Block] = []
    for element in body:
        if element.tag in _HEADINGS:
            _add(found, element, "heading")
        elif element.tag == "list":
            for item in element.iter("item"):
                _add(found, item, "text")
        elif element.tag == "table":
            for row in element.iter("row"):
                _add(found, row, "text", " ")
        else:
            _add(found, element, "text")
        if element.tail and element.tail.strip():
            found.append(Block(one_line(element.tail)))
    return found


def _add(found: list[Block], element: etree._Element, kind: str, join: str = "") -> None:
    """Add the element's text, one block for each line that ``<lb>`` parts."""
    element = deepcopy(element)
    element.tail = None
    for line_break in element.iter("lb"):
        line_break.tail = "\n" + (line_break.tail or "")
    if join:
        for cell in element.iter("cell"):
            cell.tail = join
    links = sum(len(one_line("".join(link.itertext()))) for link in element.iter("ref"))
    whole = "".join(element.itertext())
    share = min(1.0, links / max(1, len(one_line(whole))))
    for line in whole.split("\n"):
        words = one_line(line)
        if words:
            found.append(Block(words, kind, share))


def _without_title(blocks: list[Block], data: PageData) -> list[Block]:
    """The blocks without a title that stands at their head."""
    titles = {_key(title) for title in (data.title, *data.headings) if title}
    kept = list(blocks)
    for _ in range(3):
        if kept and _key(kept[0].text) in titles:
            kept.pop(0)
    return kept


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()
