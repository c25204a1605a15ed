"""The story of a page that is built by its script: it stands in the data that the script is given.

Frameworks put these data into the page as JSON, alone (``__NEXT_DATA__``) or given to a name
(``window.__PRELOADED_STATE__ = {...}``). Every site shapes them in its own way; what is looked for is the
longest running text in one place: one string, or a list of paragraphs.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml.html import HtmlElement

from dragoman.reading import furniture, knowledge
from dragoman.reading.blocks import Block, Draft
from dragoman.reading.page_mending import plain_body

_LARGEST = 5_000_000
"""Code points of a script that is looked into."""
_ENOUGH = 250
_MOST_VALUES = 200_000
_GIVEN = re.compile(r"[\w.$\]\"']\s*=\s*(?=[\[{])")
_TEXTS = frozenset(
    ["text", "content", "value", "html", "body", "markup", "paragraph", "paragraphs", "copy", "data", "children",
     "nodes", "articlebody", "innerhtml", "textcontent"]
)  # fmt: skip
"""Keys under which the words of a paragraph stand."""
_CARD = frozenset(["url", "slug", "href", "link", "permalink", "canonicalurl"])
_HEADED = frozenset(["headline", "title"])


@dataclass(frozen=True)
class Told:
    """The paragraphs of a story, and the days that stand beside them (see ``Draft.metadata_dates``)."""

    lines: list[str]
    dates: list[tuple[str, str]]


def scripts(tree: HtmlElement) -> list[str]:
    """The page's scripts that may hold data."""
    found = [script.text or "" for script in tree.iter("script") if not script.get("src")]
    return [text for text in found if "{" in text and _ENOUGH < len(text) <= _LARGEST]


def fill(draft: Draft, texts: list[str]) -> bool:
    """Give a draft the story that stands in scripts; whether there is one."""
    if (told := story_in(texts)) is None:
        return False
    draft.blocks = furniture.cut([Block(line) for line in told.lines], draft)
    draft.metadata_dates += told.dates
    return True


def story_in(texts: list[str]) -> Told | None:
    """The longest running text in the data of scripts; None where there is none."""
    best: Told | None = None
    for text in texts:
        for value in _values(text):
            found = _Search().of(value)
            if found and (best is None or _size(found.lines) > _size(best.lines)):
                best = found
    return best


def _values(text: str) -> Iterator[Any]:
    """The JSON of a script: all of it, or what it gives to its names."""
    try:
        yield json.loads(text)
        return
    except (ValueError, RecursionError):
        pass
    decoder, at = json.JSONDecoder(strict=False), 0
    while given := _GIVEN.search(text, at):
        at = given.end()
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            continue
        yield value


class _Search:
    """One walk through the data of a script."""

    def __init__(self) -> None:
        self.best: Told | None = None
        self.left = _MOST_VALUES

    def of(self, value: Any) -> Told | None:
        """The longest story in a value."""
        with contextlib.suppress(RecursionError):
            self._walk(value, ())
        return self.best

    def _walk(self, value: Any, above: tuple[dict[str, Any], ...]) -> None:
        self.left -= 1
        if self.left < 0:
            return
        if isinstance(value, dict):
            for item in value.values():
                self._walk(item, (*above, value))
        elif isinstance(value, list):
            self._weigh([line for item in value for line in _paragraphs(item)], above)
            for item in value:
                self._walk(item, above)
        elif isinstance(value, str) and len(value) >= _ENOUGH:
            self._weigh(_lines(value), above)

    def _weigh(self, lines: list[str], above: tuple[dict[str, Any], ...]) -> None:
        size = _size(lines)
        if size >= _ENOUGH and (self.best is None or size > _size(self.best.lines)):
            self.best = Told(lines, _dates(above))


def _size(lines: list[str]) -> int:
    return sum(len(line) for line in lines if furniture.is_prose(line))


def _lines(markup: str) -> list[str]:
    return [line for line in plain_body(markup).split("\n") if line]


def _paragraphs(item: Any) -> list[str]:
    """The lines of one member of a list: of a paragraph its words, of another story's card none."""
    if isinstance(item, str):
        return _lines(item)
    if not isinstance(item, dict):
        return []
    keys = {key.lower() for key in item}
    return [] if keys & _CARD and keys & _HEADED else _lines(_words(item))


def _words(value: Any) -> str:
    """The words under a paragraph's keys, in order, run together as they are."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(_words(item) for item in value)
    if isinstance(value, dict):
        return "".join(_words(part) for key, part in value.items() if key.lower() in _TEXTS)
    return ""


def _dates(above: tuple[dict[str, Any], ...]) -> list[tuple[str, str]]:
    """The day of publication in the nearest object round a story that has one."""
    for holder in reversed(above):
        told = {re.sub(r"[\W_]+", "", key).lower(): value for key, value in holder.items()}
        for name in _names_of_days():
            value = told.get(name)
            if isinstance(value, (str, int)) and str(value).strip():
                return [(f"page data {name}", str(value))]
    return []


@cache
def _names_of_days() -> tuple[str, ...]:
    """Names under which a day of publication stands, the surest first."""
    rows = knowledge.rows("columns.tsv", ("field", "names"))
    return tuple({row["field"]: row["names"] for row in rows}["published"].split())
