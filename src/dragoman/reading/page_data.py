"""What a page says about itself in its head: JSON-LD, OpenGraph, meta tags, ``<time>``.

Only the fields the story needs; the dates are handed on as evidence and not judged here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lxml.html import HtmlElement

from dragoman.reading import knowledge
from dragoman.reading.blocks import one_line
from dragoman.reading.sources import original_address

_ARTICLE_TYPES = re.compile(r"article|posting|report|webpage|newsevent|broadcast|review", re.I)
_LINKED_DATA = "ld+json"
_MOST_OBJECTS = 20
"""So many places of a script that is no JSON as it stands are tried."""
_TRAILING, _OPENING = re.compile(r",(\s*[}\]])"), re.compile(r"[{\[](?=\s*[\"{\[])")
_PAGE_TYPES = re.compile(r"(?:web|item|collection|about|profile)page", re.I)
_TITLE_TAIL = re.compile(r"\s+(?:[|•·»—–]|-{1,2}|::)\s+[^|•·»—–]{2,60}$")
_SEPARATOR = re.compile(r"\s(?:[|•·»—–]|-{1,2}|::)\s")
_TITLE_WORDS = 4
_LABEL_WORDS = 2
"""A title cut to so few is none: they are a label before it ("Print", a site's name)."""
_HOUR = re.compile(r"\d{4}-\d{2}-\d{2}")


@cache
def published_names() -> frozenset[str]:
    """Names of meta tags that hold a page's publication date."""
    rows = knowledge.rows("columns.tsv", ("field", "names"))
    return frozenset({row["field"]: row["names"] for row in rows}["meta-published"].split())


@dataclass
class PageData:
    """Fields as the page gives them; None or empty where it does not."""

    title: str | None = None
    headings: list[str] = field(default_factory=list)
    description: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    article_body: str | None = None
    dates: list[tuple[str, str]] = field(default_factory=list)
    """(where it stood, date as written), best evidence first."""


def read_page_data(tree: HtmlElement) -> PageData:
    """The page's own data, JSON-LD first, then meta tags, then the title and headings."""
    data = PageData()
    for item in _of_the_page(list(_linked_data(tree)), tree):
        _take_linked_data(item, data)
    _take_meta(tree, data)
    _take_elements(tree, data)
    return data


def _of_the_page(items: list[dict[str, Any]], tree: HtmlElement) -> list[dict[str, Any]]:
    """The objects that speak of this page's story: articles before the page that holds them.

    Where one has the headline that stands on the page, other articles are other stories.
    """
    articles = [item for item in items if not _is_page(item)]
    shown = {_letters(head.text_content()) for head in tree.iter("h1")}
    told = [
        item for item in articles if _letters(_words(item.get("headline")) or "") in shown - {""}
    ]
    return (told or articles) + [item for item in items if _is_page(item)]


def _is_page(item: dict[str, Any]) -> bool:
    kind = item.get("@type", "")
    kinds = [name for name in (kind if isinstance(kind, list) else [kind]) if isinstance(name, str)]
    return all(_PAGE_TYPES.search(name) for name in kinds)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Every article-like object of the page's JSON-LD scripts; broken scripts are passed over.

    Where one names its publisher by an id alone, the object of that id stands in its place.
    """
    for script in tree.iter("script"):
        text = (script.text or "").strip()
        if _LINKED_DATA not in (script.get("type") or "").lower() or not 0 < len(text) <= 2_000_000:
            continue
        found = list(_objects(text))
        queue = found[:]
        named = _by_id(found)
        for _ in range(500):
            if not queue:
                break
            item = queue.pop(0)
            if isinstance(item, list):
                queue.extend(item)
            elif isinstance(item, dict):
                queue.extend(item[key] for key in ("@graph", "mainEntity") if key in item)
                kind = item.get("@type", "")
                kinds = kind if isinstance(kind, list) else [kind]
                if any(isinstance(name, str) and _ARTICLE_TYPES.search(name) for name in kinds):
                    publisher = item.get("publisher")
                    if isinstance(publisher, dict) and "name" not in publisher:
                        told = named.get(str(publisher.get("@id")))
                        item = {**item, "publisher": told or publisher}
                    yield item


def _objects(text: str) -> Iterator[Any]:
    """The objects of a script, also where it is wrapped as a comment, ends lists with a comma, or holds several."""
    try:
        yield json.loads(text, strict=False)
        return
    except (ValueError, RecursionError):
        text = _TRAILING.sub(r"\1", text)
    decoder, at = json.JSONDecoder(strict=False), 0
    for _ in range(_MOST_OBJECTS):
        if (start := _OPENING.search(text, at)) is None:
            return
        try:
            value, at = decoder.raw_decode(text, start.start())
        except (ValueError, RecursionError):
            at = start.end()
            continue
        yield value


def _by_id(found: list[Any]) -> dict[str, dict[str, Any]]:
    """The objects of a script that have an id and a name, also those in its ``@graph``."""
    listed = [part for item in found for part in (item if isinstance(item, list) else [item])]
    graphs = [item.get("@graph") for item in listed if isinstance(item, dict)]
    for graph in graphs:
        listed = [*listed, *graph] if isinstance(graph, list) else listed
    return {
        item["@id"]: item
        for item in listed[:500]
        if isinstance(item, dict) and isinstance(item.get("@id"), str) and "name" in item
    }


def _take_linked_data(item: dict[str, Any], data: PageData) -> None:
    data.title = data.title or _words(item.get("headline"))
    data.description = data.description or _words(item.get("description"))
    published = item.get("datePublished") or item.get("dateCreated")
    if isinstance(published, (str, int)) and str(published).strip():
        data.dates.append(("JSON-LD datePublished", str(published)))
    publisher = item.get("publisher")
    if isinstance(publisher, list) and publisher:
        publisher = publisher[0]
    if isinstance(publisher, dict):
        data.publisher = data.publisher or _words(publisher.get("name"))
    body = item.get("articleBody")
    if isinstance(body, str) and len(body) > len(data.article_body or ""):
        data.article_body = body
    language = item.get("inLanguage")
    if isinstance(language, str) and not data.language:
        data.language = language


def _take_meta(tree: HtmlElement, data: PageData) -> None:
    """OpenGraph and other meta tags, where JSON-LD was silent."""
    seen: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name and content and len(content) < 5_000:
            seen.setdefault(name.lower(), content)
    data.title = data.title or _words(seen.get("og:title") or seen.get("twitter:title"))
    data.description = data.description or _words(
        seen.get("og:description") or seen.get("description")
    )
    data.publisher = (
        _words(seen.get("og:site_name")) or data.publisher or _words(seen.get("application-name"))
    )
    data.url = seen.get("og:url")
    for name, content in seen.items():
        if name in published_names():
            data.dates.append((f"meta {name}", content))


def _take_elements(tree: HtmlElement, data: PageData) -> None:
    """Canonical address, language, ``<title>``, ``<h1>`` and the first dated ``<time>``."""
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "") and (link.get("href") or "").startswith("http"):
            data.url = link.get("href")
            break
    data.url = original_address(data.url)
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    data.language = language or data.language
    data.headings = [words for item in tree.iter("h1") if (words := one_line(item.text_content()))][
        :5
    ]
    title = tree.find(".//head/title")
    page_title = one_line(title.text_content()) if title is not None else ""
    if not data.title and page_title:
        data.title = _headline_of(page_title)
        data.title = next(
            (head for head in data.headings if _goes_on(data.title, head)), data.title
        )
    data.title = _without_site(data.title, data)
    if not data.title and data.headings:
        data.title = data.headings[0]
    for element in tree.iter("time"):
        stamp = element.get("datetime") or ""
        if _HOUR.match(stamp) and (
            element.get("pubdate") is not None or element.get("itemprop") == "datePublished"
        ):
            data.dates.append(("time element", stamp))
            break


def _goes_on(title: str, heading: str) -> bool:
    """Whether a heading of the page is the title in more words ("Statement" and "Statement on the raid")."""
    return len(title.split()) > _LABEL_WORDS and _letters(heading).startswith(_letters(title))


def _headline_of(page_title: str) -> str:
    """A page's ``<title>`` without the site's name behind it; what follows one word or two is none."""
    headline = _TITLE_TAIL.sub("", page_title)
    return headline if len(headline.split()) > _LABEL_WORDS else page_title


def _without_site(title: str | None, data: PageData) -> str | None:
    """The title without the site's name at one of its ends.

    It is known by the publisher's name, or by a headline on the page that is the rest of it.
    """
    if not title or not _SEPARATOR.search(title):
        return title
    for heading in data.headings:
        if (
            heading != title
            and len(heading.split()) >= _TITLE_WORDS
            and (title.startswith(heading) or title.endswith(heading))
        ):
            return heading
    parts = _SEPARATOR.split(title)
    site = (data.publisher or "").casefold()
    if len(parts) > 1 and site and parts[-1].strip().casefold() == site:
        return title[: title.rindex(parts[-1])].rstrip(" |•·»—–-:")
    if len(parts) > 1 and site and parts[0].strip().casefold() == site:
        return title[len(parts[0]) :].lstrip(" |•·»—–-:")
    return title


def _words(value: Any) -> str | None:
    """One line of text, or None for anything else or nothing."""
    if not isinstance(value, str):
        return None
    text = value
    if "&" in text:
        import html

        text = html.unescape(html.unescape(text))
    return one_line(text.replace("\xa0", " ")) or None
