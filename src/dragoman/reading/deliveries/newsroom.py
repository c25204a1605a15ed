"""What newsrooms exchange: NITF, NewsML-G2 and the XML of the Reuters corpus, one story or many a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dragoman.errors import InputError
from dragoman.reading.deliveries.entry import Delivered

_ROOT = re.compile(
    r"\s*(?:<\?xml[^>]{0,300}\?>\s*)?(?:<(?:!--.{0,2000}?--|!doctype[^\[>]{0,300}(?:\[.{0,2000}?\]\s*)?|\?[^>]{0,500}\?)>\s*){0,5}"
    r"<(?:\w+:)?(?:nitf|newsItem|newsMessage|newsitem|NewsML)\b",
    re.S | re.I,
)
_STORIES = ("nitf", "newsItem", "newsitem", "NewsItem")
_TITLES = (
    ".//{*}hedline/{*}hl1", ".//{*}contentMeta/{*}headline", ".//{*}HeadLine", "{*}headline",
    ".//{*}head/{*}title", "{*}title",
)  # fmt: skip
_DAYS = (
    (".//{*}pubdata", "date.publication"), (".//{*}docdata/{*}date.issue", "norm"), (".", "date"),
    (".//{*}contentMeta/{*}contentCreated", None), (".//{*}itemMeta/{*}firstCreated", None),
    (".//{*}itemMeta/{*}versionCreated", None), (".//{*}FirstCreated", None), (".//{*}DateLine", None),
)  # fmt: skip
_PUBLISHERS = (
    (".//{*}pubdata", "name"), (".//{*}itemMeta/{*}provider/{*}name", None),
    (".//{*}itemMeta/{*}provider", "literal"), (".//{*}Provider/{*}Party", "FormalName"),
    (".//{*}doc.copyright", "holder"),
)  # fmt: skip
_BODIES = (
    ".//{*}body.content/{*}block[@class='full_text']", ".//{*}body/{*}body.content",
    ".//{*}inlineXML//{*}body", ".//{*}DataContent//{*}body", "{*}text", ".//{*}body", ".//{*}inlineData",
)  # fmt: skip
_COMPACT_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T.*)?")


def fits(text: str) -> bool:
    """Whether a text is such a file."""
    return _ROOT.match(text[:8_000]) is not None


def entries(text: str, name: str) -> Iterator[Delivered]:
    """The stories of a file, in order; entities of its own and what stands elsewhere are not read.

    Raises:
        InputError: it is no well-formed XML ("xml").
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(name, f"damaged XML: {error}", code="xml") from None
    items = [
        item for item in root.iter(*(f"{{*}}{tag}" for tag in _STORIES)) if _is_outermost(item)
    ]
    for number, item in enumerate(items, start=1):
        yield _entry(item, f"{name}:{number}")


def _is_outermost(item: Any) -> bool:
    """Whether an element is a story that no other story's element holds (NITF inside NewsML is one story)."""
    return not any(holder.tag.rpartition("}")[2] in _STORIES for holder in item.iterancestors())


def _entry(item: Any, source: str) -> Delivered:
    parts = {
        "title": next((words for path in _TITLES if (words := _words(item.find(path)))), ""),
        "byline": _words(item.find(".//{*}byline")) or _words(item.find(".//{*}by")),
        "dateline": _words(item.find(".//{*}dateline")),
        "published": _told(item, _DAYS),
        "publisher": _told(item, _PUBLISHERS),
        "language": item.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
    }
    if compact := _COMPACT_DAY.fullmatch(parts["published"]):
        parts["published"] = "-".join(compact.groups())
    body = next((found for path in _BODIES if (found := item.find(path)) is not None), None)
    return Delivered(source, "\n\n".join(_paragraphs(body)), {k: v for k, v in parts.items() if v})


def _told(item: Any, places: tuple[tuple[str, str | None], ...]) -> str:
    """What the first of the places holds that is there: an attribute, or the words of an element."""
    for path, attribute in places:
        found = item if path == "." else item.find(path)
        if found is not None:
            words = (found.get(attribute) or "") if attribute else _words(found)
            if words:
                return words
    return ""


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _paragraphs(body: Any) -> Iterator[str]:
    """The paragraphs of a body: of its elements ``p``, else its lines."""
    if body is None:
        return
    found = [words for item in body.iter("{*}p") if (words := _words(item))]
    if found:
        yield from found
    else:
        yield from (line for line in "".join(body.itertext()).split("\n") if line.strip())
