"""The items of a news feed (RSS, Atom, RDF, JSON Feed), each read as one story.

Many feeds carry a sentence or two of each story, some the whole of it. What an item carries is read
as it is; a short one is noted ("excerpt"), and ``follow`` reads the page it leads to instead.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.errors import InputError, LimitExceeded
from dragoman.limits import Limits
from dragoman.model import Note, Rejection, Story
from dragoman.reading.blocks import one_line
from dragoman.reading.columns import row_date
from dragoman.reading.sources import Opened, is_address, open_source
from dragoman.reading.story import story_of
from dragoman.reading.tables import is_json_feed

_TAG = re.compile(r"<[a-z!/][^<>]{0,400}>", re.I)
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?li|/?ul|/h[1-6])\b[^<>]*>", re.I)
_ASIDE = re.compile(
    r"<(script|style|figure|iframe|head|title)\b.*?</\1>"
    r"|<(\w+)\b[^<>]*\bstyle\s*=\s*[\"'][^\"'<>]*display\s*:\s*none[^<>]*>.*?</\2>",
    re.I | re.S,
)
_LAST_LINK = re.compile(r"<a\b[^<>]*>[^<>]{0,80}</a>[.\s]*(?:</p>\s*)?$", re.I)
# Words of an item under which it is noted as a summary of its story.
_WHOLE = 120


@dataclass(frozen=True)
class Item:
    """One entry of a feed, as it is written there."""

    source: str
    """feed:N, N the 1-based number of the item."""
    body: str
    """The longest of what it carries: markup or text, empty where it has a title alone."""
    title: str
    url: str | None
    published: str | None
    publisher: str | None


def items(data: bytes, name: str, limits: Limits) -> Iterator[Item | InputError]:
    """The items of a feed, in its order; one that is none as its error.

    Raises:
        InputError: it is no feed, or a damaged one that holds no item ("feed").
        LimitExceeded: it is larger than ``limits.feed_bytes``.
    """
    if len(data) > limits.feed_bytes:
        reason = f"{len(data):,} bytes of feed; at most {limits.feed_bytes:,} are read"
        raise LimitExceeded(name, reason, code="limit")
    found: Sequence[Item | InputError]
    found = _json_items(data, name) if is_json_feed(data) else _xml_items(data, name)
    if not found:
        raise InputError(name, "a feed without items", code="empty")
    yield from found


def _xml_items(data: bytes, name: str) -> list[Item]:
    import feedparser

    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False)
    if not feed.entries and feed.bozo:
        reason = " ".join(str(feed.bozo_exception).split())[:200]
        raise InputError(name, f"a damaged feed: {reason}", code="feed")
    publisher = _plain(feed.feed.get("title")) or None
    return [
        Item(
            f"{name}:{number}",
            max((*(part.get("value") or "" for part in entry.get("content", ())),
                 entry.get("summary") or ""), key=len),
            _plain(entry.get("title")),
            entry.get("link"),
            entry.get("published") or entry.get("updated"),
            publisher,
        )
        for number, entry in enumerate(feed.entries, start=1)
    ]  # fmt: skip


def _json_items(data: bytes, name: str) -> list[Item | InputError]:
    import json

    try:
        feed = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(name, f"a damaged feed: {error}", code="feed") from None
    entries = feed.get("items")
    return [
        Item(
            f"{name}:{number}",
            _text(entry, "content_html") or _text(entry, "content_text") or _text(entry, "summary"),
            _plain(_text(entry, "title")),
            _text(entry, "url") or _text(entry, "external_url") or None,
            _text(entry, "date_published") or _text(entry, "date_modified") or None,
            _plain(_text(feed, "title")) or None,
        )
        if isinstance(entry, dict)
        else InputError(name, "an item that is no JSON object", str(number), "json")
        for number, entry in enumerate(entries if isinstance(entries, list) else [], start=1)
    ]


def _text(entry: dict[str, Any], part: str) -> str:
    """A part of a JSON item where it is a text, otherwise an empty one."""
    found = entry.get(part)
    return found if isinstance(found, str) else ""


def _plain(text: str | None) -> str:
    """A title without tags, on one line."""
    return one_line(_TAG.sub("", text or ""))


def stories(
    found: Iterable[Item | InputError], limits: Limits, *, follow: bool = False
) -> Iterator[Story | Rejection]:
    """The story of each item, or why there is none, in their order."""
    for item in found:
        try:
            if isinstance(item, InputError):
                raise item
            yield story_of_item(item, limits, follow=follow)
        except InputError as error:
            yield Rejection.of(error)


def story_of_item(item: Item, limits: Limits, *, follow: bool = False) -> Story:
    """The story of an item: what the feed carries of it, or with ``follow`` the page it leads to.

    Raises:
        InputError: the item holds no text, or none that can be read.
    """
    if follow:
        return _followed(item, limits)
    return _carried(item, limits)


def _followed(item: Item, limits: Limits) -> Story:
    """The page an item leads to; where it cannot be fetched, what the feed carries, with a note."""
    try:
        if not item.url or not is_address(item.url):
            raise InputError(item.source, "the item has no address", code="fetch")
        opened = open_source(item.url, limits)
        story = story_of(opened, url=item.url, limits=limits)
    except InputError as error:
        story = _carried(item, limits)
        note = Note("not-followed", f"its page was not read: {error.reason}; these are the feed's words")  # fmt: skip
        return story.replace(notes=(*story.notes, note))
    if story.published is not None:
        return story
    day, _ = row_date(item.published)
    return story.replace(published=day, published_basis="metadata") if day else story


def _carried(item: Item, limits: Limits) -> Story:
    """The story that the feed's own words tell: its page where it holds the whole, else title and summary."""
    text = lines_of_markup(item.body)
    if not text and not item.title:
        raise InputError(item.source, "an item without text", code="empty")
    whole = len(text.split()) >= _WHOLE
    if whole and _TAG.search(item.body):
        page = f"<html><body><article>{item.body}</article></body></html>"
        opened = Opened(item.source, text=page, is_page=True)
    else:
        opened = Opened(item.source, text=f"{item.title}\n\n{text}", is_page=False)
    day, notes = row_date(item.published)
    story = story_of(opened, url=item.url, published=day, title=item.title, limits=limits)
    if not whole:
        words = (
            f"the feed carries {len(text.split())} words of it; --follow reads the page it leads to"
        )
        notes = (*notes, Note("excerpt", words))
    basis = "metadata" if story.published_basis == "given" else story.published_basis
    return story.replace(
        publisher=item.publisher or story.publisher,
        published_basis=basis,
        notes=(*story.notes, *notes),
    )


def lines_of_markup(markup: str) -> str:
    """Text of a few lines of markup: a paragraph a line, tags and what points elsewhere left out."""
    text = _LAST_LINK.sub(r"<br>\g<0>", _ASIDE.sub(" ", markup.strip()))
    return html.unescape(_TAG.sub("", _BREAK.sub("\n\n", text))).strip()
