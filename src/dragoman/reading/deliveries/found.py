"""Which delivery an input is, and its entries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.reading import characters
from dragoman.reading.deliveries import factiva, mails, newsroom, newswire, nexis, proquest
from dragoman.reading.deliveries.entry import Delivered
from dragoman.reading.sources import Opened

# What one of the deliveries below holds somewhere, in bytes: most inputs hold none of it and are not decoded twice.
_LIKELY = re.compile(
    rb"\d of \d+ DOCUMENTS?\s*$|^[ \t\f]*End of Document\s*$|^[ \t|]*Document(?: |\xa0|\xc2\xa0)[A-Z0-9]{4,12}(?:19|20)\d{6}|^_{20,}"
    rb"|<DOC[\s>]|<(?:\w+:)?(?:nitf|news(?:item|message|ml))\b|class=\"article \w\wArticle\"",
    re.M | re.I,
)
_HEADING = re.compile(
    r"^#{1,6} ", re.M
)  # of a document's headings, which here are titles and names of fields
_TWO_BYTES = (b"\xff\xfe", b"\xfe\xff")  # the mark of UTF-16
_TEXTS = (nexis, factiva, proquest, newswire, newsroom)
_FACTIVA_PAGE = re.compile(r"<div[^<>]{0,200}class=\"article \w\wArticle\"", re.I)


def found(opened: Opened) -> Iterator[Delivered] | None:
    """The entries of a delivery, in order; None for an input that is none.

    Raises:
        InputError: it is one, but no text or no well-formed XML.
    """
    name = opened.source
    if opened.text is None and mails.fits(opened.data or b""):
        return mails.entries(opened.data or b"", name)
    text = _text(opened)
    if text is None:
        return None
    if _FACTIVA_PAGE.search(text):
        text = _page_lines(text)
    reader = next((reader for reader in _TEXTS if reader.fits(text)), None)
    return reader.entries(text, name) if reader else None


def _text(opened: Opened) -> str | None:
    """The text of an input that may be a delivery, its lines ended by ``\\n``."""
    text = opened.text
    data = opened.data or b"" if text is None else text.encode("utf-8", "replace")
    if not _LIKELY.search(data) and not data.startswith(_TWO_BYTES):
        return None
    if text is None:
        text = characters.decode(data, opened.source, opened.charset).text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return _HEADING.sub("", text)


def _page_lines(text: str) -> str:
    """A page's blocks as lines, for a delivery that comes as a page or as text alike."""
    from lxml import html

    tree = html.document_fromstring(text)
    lines: list[str] = []
    for article in tree.xpath("//div[contains(@class, 'article ')]"):
        blocks = article.xpath(".//p | .//div[not(.//div or .//p or .//table)] | .//tr")
        for block in blocks:
            cells = block.xpath("./td")
            words = [" ".join(cell.text_content().split()) for cell in cells or [block]]
            if any(words):
                lines.append("|".join(words))
    return "\n".join(lines)
