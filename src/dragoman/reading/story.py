"""One input to one Story: the steps of reading, top to bottom, in ``read``."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.days import is_missing
from dragoman.errors import InputError, LimitExceeded
from dragoman.limits import Limits
from dragoman.model import Note, Story
from dragoman.printing import without_controls
from dragoman.reading import (
    characters,
    datelines,
    dates,
    documents,
    languages,
    mhtml,
    tables,
    webarchive,
)
from dragoman.reading.blocks import Draft, assemble, one_line
from dragoman.reading.columns import is_header
from dragoman.reading.plain import read_plain
from dragoman.reading.sources import Opened, open_source, original_address

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PAGE = re.compile(
    r"<(?:!doctype html|html|head|body|article|main|div|p|section|h1|span|table)\b", re.I
)
_A_FEED = "a feed, not one story; dragoman code reads its items (in Python: read_many)"
_OTHER_XML = re.compile(r"^\s*<\?xml[^>]*\?>", re.I)
_SHORT_STORY = 1_500
"""Code points; a paywall note is added to stories under this."""


def read(
    source: str | Path | bytes,
    url: str | None = None,
    published: str | None = None,
    limits: Limits | None = None,
) -> Story:
    """The story in ``source``; no coding.

    1. open: path, bytes, string or address to bytes, within the limits;
    2. decode: bytes to clean text;
    3. split: page or plain text to blocks, furniture cut;
    4. join: blocks to the story's text with the span and kind of each paragraph;
    5. judge: language and date, with notes on what is doubtful.

    Args:
        source: path, ``http(s)`` address, HTML, plain text, or bytes of a file (also compressed): a page, a text, a
            Word, OpenDocument, RTF or PDF document, a mail, an agency's file.
        url: the address a saved page came from.
        published: ISO date (YYYY-MM-DD) that overrides all evidence.
        limits: bounds on size; see ``dragoman.limits``.

    Raises:
        InputError: it cannot be read; the text names source, place and reason in one line.
        LimitExceeded: it is larger than a limit.
    """
    limits = limits or Limits()
    opened = documents.as_text(open_source(source, limits), limits)
    if opened.data is not None and tables.is_feed(opened.data):
        raise InputError(opened.source, _A_FEED, code="feed")
    if opened.data is not None and _holds_rows(opened):
        reason = "holds rows, not one story; dragoman code reads them (in Python: read_many)"
        raise InputError(opened.source, reason, code="table")
    if (delivered := _delivered(opened, url, published, limits)) is not None:
        return delivered
    return story_of(opened, url=url, published=published, limits=limits)


def _delivered(
    opened: Opened, url: str | None, published: str | None, limits: Limits
) -> Story | None:
    """The one story of a delivery (a mail, an agency's file, an export); None for an input that is none.

    Raises:
        InputError: it holds several ("table"), or none that can be read.
    """
    from dragoman.reading import deliveries

    entries = deliveries.found(opened)
    if entries is None:
        return None
    first, second = next(entries, None), next(entries, None)
    if first is None:
        raise InputError(opened.source, "it holds no story", code="empty")
    if second is not None:
        reason = "holds several stories, not one; dragoman code reads them (in Python: read_many)"
        raise InputError(opened.source, reason, code="table")
    given = checked_date(published, opened.source)
    if address := url or opened.url:
        first.parts["url"] = address
    return deliveries.story_of_delivered(replace(first, source=opened.source), limits, given)


def _holds_rows(opened: Opened) -> bool:
    """Whether an input is a table or an archive of many stories, by its ending or its first bytes."""
    data = opened.data or b""
    told = tables.kind_of(opened.source) or documents.kind_of(data) or tables.sniff(data)
    return told is not None or is_header(tables.first_cells(data), {})


def story_of(
    opened: Opened,
    *,
    url: str | None = None,
    published: str | None = None,
    title: str | None = None,
    limits: Limits,
) -> Story:
    """The story in an opened input (steps 2 to 5 of ``read``). ``title`` overrides the input's."""
    if opened.data is not None and mhtml.is_mhtml(opened.data):
        opened = mhtml.page_of(opened)
    elif opened.data is not None and webarchive.is_webarchive(opened.data):
        opened = webarchive.page_of(opened)
    name = opened.source
    given = checked_date(published, name)
    if opened.text is not None:
        raw, notes = opened.text, []
    else:
        decoded = characters.decode(opened.data or b"", name, opened.charset)
        raw, notes = decoded.text, list(decoded.notes)
    is_page = opened.is_page or _PAGE.search(raw[:20_000]) is not None
    text, cleaning = characters.clean(raw, markup=is_page)
    notes += cleaning
    if not text.strip():
        raise InputError(name, "the input is empty", code="empty")
    draft, tree = split(text, name, url or original_address(opened.url), limits, is_page=is_page)
    draft.notes[:0] = notes
    draft.title = one_line(title or "") or draft.title
    return put_together(draft, name, given, limits, tree)


def put_together(
    draft: Draft, name: str, given: str | None, limits: Limits, tree: HtmlElement | None = None
) -> Story:
    """The story of a draft (steps 4 and 5 of ``read``).

    Args:
        name: of the input, for messages; the story's ``source``.
        given: the user's date (YYYY-MM-DD), which overrides all evidence.
        tree: of a page, for a search of its date.

    Raises:
        InputError: no text is left.
        LimitExceeded: more than ``limits.story_characters``.
    """
    dateline = datelines.split_first(draft)
    body, paragraphs = assemble(draft.blocks)
    if not body:
        raise InputError(name, "no story text is left after furniture is cut", code="empty")
    if len(body) > limits.story_characters:
        raise LimitExceeded(
            name,
            f"{len(body):,} characters of story; at most {limits.story_characters:,}",
            code="limit",
        )
    if draft.paywalled and len(body) < _SHORT_STORY:
        draft.notes.append(Note("paywall", "the page asks for payment; the text may be cut short"))
    language = languages.identify(body, draft)
    when = dates.weigh(draft, body, dateline, tree, given, name)
    return Story(
        text=body, source=name, url=without_controls(draft.url) if draft.url else None, publisher=draft.publisher, title=draft.title,
        standfirst=draft.standfirst, dateline=dateline.text if dateline else None,
        language=language, published=when.published, published_basis=when.basis,
        credits=datelines.credits_of(draft, dateline), notes=(*draft.notes, *when.notes),
        paragraphs=paragraphs,
        implied_year=when.implied_year,
    )  # fmt: skip


def split(
    text: str, name: str, url: str | None, limits: Limits, *, is_page: bool
) -> tuple[Draft, HtmlElement | None]:
    """The parts of a page or text, and the page's tree (None for plain text).

    Raises:
        InputError: it is a feed, other XML, or a page that holds no story.
        LimitExceeded: a plain text far longer than ``limits.story_characters``.
    """
    if tables.is_feed(text[:8_000].encode("utf-8", "replace")):
        raise InputError(name, _A_FEED, code="feed")
    if is_page:
        from dragoman.reading.page import read_page

        return read_page(text, name, url)
    if _OTHER_XML.match(text):
        raise InputError(name, "this is XML, neither a page nor a text", code="xml")
    if len(text) > 2 * limits.story_characters:
        reason = f"{len(text):,} characters of text; at most {limits.story_characters:,}"
        raise LimitExceeded(name, reason, code="limit")
    draft = read_plain(text)
    draft.url = url
    return draft, None


def checked_date(published: str | None, source: str) -> str | None:
    """The given date as YYYY-MM-DD.

    Raises:
        InputError: it is no date ("date").
    """
    if is_missing(published) or not str(published).strip():
        return None
    found = dates.parse_date(str(published))
    if found is None:
        raise InputError(source, f"not a date (YYYY-MM-DD): {published!r}", code="date")
    return found.isoformat()
