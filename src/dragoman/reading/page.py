"""A page with markup: its body through trafilatura, then the furniture rules all texts share.

The page is parsed once; metadata, date and body are taken from the same tree.
"""

from __future__ import annotations

import logging
import re
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as lxml_html

from dragoman.errors import InputError, LimitExceeded
from dragoman.model import Note
from dragoman.reading import (
    furniture,
    page_marks,
    page_mending,
    page_pruning,
    page_region,
    page_state,
)
from dragoman.reading.blocks import Block, Draft, one_line
from dragoman.reading.joining import joined
from dragoman.reading.page_data import PageData, read_page_data
from dragoman.reading.page_region import Region
from dragoman.reading.plain import read_plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ENOUGH = 250
"""Code points of body text below which the slower, second extraction is tried."""
_WORTH_A_LOOK = 150_000
_LONGEST_TAG = 20_000
# The end of the text closes a tag and a quote too: so every try succeeds and the search is linear.
_TAG = re.compile(r"""<([A-Za-z][\w:-]*+)(?:[^>"']++|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*+(?:>|\Z)""")
MOST_TAGS = 60_000
"""The extraction takes about 11 s at this size; the largest of 90 news pages has 1,582."""
DEEPEST = 500
"""Tags inside each other; the extraction's cost grows with the square of it (7 s at 2,000)."""
_LINK_SHARE = 0.9
_LONGEST_LINK = 300
_DOUBTED = 0.3
"""Share of trafilatura's text outside the region above which the region is not believed."""
_SCRAPS = 0.25
"""Share of running text in the extraction below which the region is believed instead."""
_ABOVE_TITLE = 0.2
"""Above the title stands at most so much, measured by what stands below it."""
_STANDFIRST_WORDS = 7
_HEADINGS = frozenset(["head"])
FAULTS = (
    ValueError, TypeError, AttributeError, LookupError, ArithmeticError, AssertionError,
    RecursionError, etree.LxmlError,
)  # fmt: skip
"""What the page libraries raise on pages that their authors did not foresee."""
_NO_TEXT = ("script", "style", "svg", "iframe", "template", "canvas", "object")
_WHOLE_PAGE = re.compile(r"<(?:html|body)\b", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def parse(text: str, source: str) -> HtmlElement:
    """The page's tree.

    Raises:
        InputError: nothing in it can be parsed as HTML.
    """
    parser = lxml_html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    data = _DECLARATION.sub("", _without_giant_tags(text)).encode("utf-8")
    try:
        tree = lxml_html.fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputError(source, f"not readable as HTML: {error}", code="html") from error
    return tree


def _without_giant_tags(text: str) -> str:
    """The page with every giant tag bare of its attributes.

    libxml2 compares each attribute with all others: 100,000 in one tag cost minutes. A "tag" that
    holds a closing tag is a stray quote on an honest page and stays.
    """
    return text if len(text) < _WORTH_A_LOOK else _TAG.sub(_bare_when_giant, text)


def _bare_when_giant(tag: re.Match[str]) -> str:
    giant = tag.end() - tag.start() > _LONGEST_TAG and "</" not in tag[0]
    return f"<{tag[1]}>" if giant else tag[0]


def read_page(text: str, source: str, url: str | None) -> tuple[Draft, HtmlElement]:
    """The parts of a page with markup, and its tree (for the search of its date).

    The title and standfirst are kept in their fields and are not repeated in the blocks.

    Raises:
        InputError: no article text is found.
        LimitExceeded: more than ``MOST_TAGS`` tags.
    """
    tree = parse(text, source)
    data = read_page_data(tree)
    draft = Draft(
        title=furniture.strip_prefix(data.title) if data.title else None,
        standfirst=data.description, publisher=data.publisher,
        url=url or data.url, language=data.language, metadata_dates=list(data.dates),
    )  # fmt: skip
    tags, depth = size_and_depth(tree)
    if tags > MOST_TAGS:
        reason = f"{tags:,} tags; at most {MOST_TAGS:,} are read on a page"
        raise LimitExceeded(source, reason, code="limit")
    if depth > DEEPEST:
        draft.notes.append(Note("markup", "tags nested too deep; the page was read as plain text"))
        draft.blocks = read_plain(_bare_text(tree)).blocks
        return draft, tree
    scripts = page_state.scripts(tree)
    etree.strip_elements(tree, *_NO_TEXT, with_tail=False)
    titles = {page_region.key_of(words).lower() for words in (data.title, *data.headings) if words}
    draft.clocks += page_marks.clocks_above_title(tree, titles)
    draft.bylines += page_marks.mended(tree, titles)
    page_pruning.prune(tree)
    page_pruning.drop_cards(tree, draft.url)
    page_pruning.join_posts(tree)
    draft.standfirst = page_pruning.take_standfirst(tree) or draft.standfirst
    found = page_region.leaf_blocks(tree)
    leaves = [block for _, block in found]
    region = page_region.find_region(found)
    blocks = body_blocks(tree, url, region)
    blocks = page_region.below_title(blocks, found, titles)
    blocks = page_mending.parted(page_mending.mended(blocks, leaves), region)
    blocks = page_mending.with_headings(_inside(blocks, region), leaves)
    blocks = page_region.without_gaps(page_region.continued(blocks, region), region)
    blocks = page_mending.checked(blocks, leaves, data.article_body)
    blocks = _without_links(joined(blocks))
    blocks = furniture.cut(furniture.without_pull_quotes(blocks), draft)
    draft.blocks = blocks = _without_head(blocks, data, draft)
    if sum(len(block.text) for block in blocks) < _ENOUGH and _asks_for_password(tree):
        raise InputError(source, "a log-in page; there is no story on it", code="login")
    if _unlinked(blocks) < _ENOUGH and not any(_may_be_story(block) for block in blocks):
        if not _WHOLE_PAGE.search(text):
            draft.blocks = read_plain(_bare_text(tree)).blocks
            return draft, tree
        if page_state.fill(draft, scripts):
            return draft, tree
        raise InputError(source, "no article text is found on the page", code="empty")
    return draft, tree


def size_and_depth(tree: HtmlElement) -> tuple[int, int]:
    """How many tags a page has, and how many stand inside each other at the deepest place."""
    count = depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            count += 1
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    return count, deepest


def _bare_text(tree: HtmlElement) -> str:
    """The words of a page, one line for each piece between tags."""
    etree.strip_elements(tree, "script", "style", "head", with_tail=False)
    return "\n".join(one_line(piece) for piece in tree.itertext() if piece.strip())


def _may_be_story(block: Block) -> bool:
    return block.linked <= _LINK_SHARE and furniture.is_prose(block.text)


def _asks_for_password(tree: HtmlElement) -> bool:
    return any((item.get("type") or "").lower() == "password" for item in tree.iter("input"))


def body_blocks(tree: HtmlElement, url: str | None, region: Region) -> list[Block]:
    """The article's blocks as trafilatura finds them.

    The slower way is tried when the fast one finds little, or much outside the region of running
    text; the region stands in when neither finds anything or both find mostly scraps.
    """
    blocks = _extract(tree, url, fast=True)
    if _unlinked(blocks) < _ENOUGH or _share_outside(blocks, region) > _DOUBTED:
        second = _extract(tree, url, fast=False)
        if _is_better(second, blocks, region):
            blocks = second
    if region.size >= _ENOUGH and _share_of_prose(blocks) < _SCRAPS:
        return region.blocks
    return blocks or region.blocks


def _is_better(second: list[Block], first: list[Block], region: Region) -> bool:
    if _unlinked(first) < _ENOUGH:
        return _unlinked(second) > _unlinked(first)
    return _unlinked(second) >= _ENOUGH and (
        _share_outside(second, region) < _share_outside(first, region)
    )


def _share_outside(blocks: list[Block], region: Region) -> float:
    """Share of the blocks' characters that stand outside the region, 0–1; 0 without a region."""
    if not region.blocks:
        return 0.0
    total = sum(len(block.text) for block in blocks)
    outside = sum(len(block.text) for block in blocks if not region.holds(block.text))
    return outside / max(1, total)


def _share_of_prose(blocks: list[Block]) -> float:
    total = sum(len(block.text) for block in blocks)
    return sum(len(block.text) for block in blocks if _may_be_story(block)) / max(1, total)


def _unlinked(blocks: list[Block]) -> int:
    """Code points of the blocks outside links."""
    return sum(len(block.text) for block in blocks if block.linked <= _LINK_SHARE)


def _extract(tree: HtmlElement, url: str | None, *, fast: bool) -> list[Block]:
    """Trafilatura's blocks; none where it fails on a page, so that the region can stand in."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # our errors say it better
    try:
        document = bare_extraction(
            tree,
            url=url,
            fast=fast,
            include_comments=False,
            include_links=True,
            with_metadata=False,
        )
    except FAULTS:
        return []
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


def _inside(blocks: list[Block], region: Region) -> list[Block]:
    """The blocks without headings and scraps that stand outside the region of running text.

    When much is outside, the two opinions are about different things; then all blocks stay.
    """
    outside = [block for block in blocks if not region.holds(block.text)]
    total = sum(len(block.text) for block in blocks)
    if not region.blocks or sum(len(block.text) for block in outside) > _DOUBTED * total:
        return blocks
    dropped = {
        id(block)
        for block in outside
        if block.kind == "heading" or block.linked > 0.5 or not furniture.is_prose(block.text)
    }
    return [block for block in blocks if id(block) not in dropped]


def _without_head(blocks: list[Block], data: PageData, draft: Draft) -> list[Block]:
    """The blocks without title and standfirst at their head; a standfirst found here is kept."""
    titles = {_key(title) for title in (data.title, *data.headings) if title}
    blocks = _from_title(blocks, titles)
    first = next((i for i, block in enumerate(blocks) if block.kind != "heading"), len(blocks))
    kept: list[Block] = []
    for index, block in enumerate(blocks):
        if index <= min(first, 3) and _key(block.text) in titles:
            first += index == first
            continue
        if index < first < len(blocks) and len(block.text.split()) >= _STANDFIRST_WORDS:
            draft.standfirst = block.text
            continue
        if not kept and _is_standfirst(block, draft):
            continue
        kept.append(block)
    return kept


def _from_title(blocks: list[Block], titles: set[str]) -> list[Block]:
    """The blocks below the page's title where it stands among the first: above it are captions."""
    for index, block in enumerate(blocks[:5]):
        if block.kind == "heading" and _key(block.text) in titles:
            above = sum(len(item.text) for item in blocks[:index])
            below = sum(len(item.text) for item in blocks[index + 1 :])
            return blocks[index + 1 :] if above <= _ABOVE_TITLE * below else blocks
    return blocks


def _is_standfirst(block: Block, draft: Draft) -> bool:
    """Whether a block says what the page gives as its description, and is no sentence of the story."""
    return (
        draft.standfirst is not None
        and _key(block.text) == _key(draft.standfirst)
        and not block.text.rstrip("\"'”’)]").endswith((".", "!", "?", "…"))
    )


def _without_links(blocks: list[Block]) -> list[Block]:
    """The blocks without lines that are nothing but a link, unless they close a sentence."""
    return [
        block
        for block in blocks
        if block.linked <= _LINK_SHARE
        or len(block.text) > _LONGEST_LINK
        or (furniture.is_prose(block.text) and block.text.endswith((".", ".”", '."')))
    ]


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()
