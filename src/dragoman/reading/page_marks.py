"""Marks of print on a page, put right in its tree: initials set large, numbers of notes, the line that dates it."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from dragoman.reading import furniture
from dragoman.reading.blocks import one_line
from dragoman.reading.characters import unescaped
from dragoman.reading.dates import parse_date, tells_of_change

_INITIAL = re.compile(r"[\"'“‘«]?[A-ZÀ-Þ]")
_GOES_ON = re.compile(r"[\u200b\u2060]?[a-zß-ÿ’']")
_NUMBER = re.compile(r"\[?\s*(?:\d{1,3}|note \d{1,3})\s*\]?|[*†‡§]")
_BARE_NUMBER = re.compile(r"\d{1,3}|[*†‡§]")
_INLINE = frozenset(["span", "b", "strong", "i", "em", "big", "font", "div", "p"])
_WEEKDAY = re.compile(r"(?:mon|tues?|wed|thu|fri|sat|sun)", re.I)
_MASTHEAD = re.compile(
    r"\b(?:header|nav\w*|masthead|top(?:bar|nav|line)?|date-?time|clock)\b", re.I
)
_MENU = 3
"""Links between a day and the title below it, from which on it stands over a menu."""
_LONGEST_STAMP = 120
_RUNNING = 60
"""Code points of a piece of text with which the story has begun."""


def mended(tree: HtmlElement, titles: set[str]) -> list[str]:
    """The lines that date the story under its title; the tree has its initials and no numbers of notes then.

    Args:
        titles: what the page's title may be, in small letters and digits alone.
    """
    unescape_twice(tree)
    stamp = stamp_below_title(tree, titles)
    join_initials(tree)
    drop_note_numbers(tree)
    return [stamp] if stamp else []


def unescape_twice(tree: HtmlElement) -> None:
    """Turn entities that were escaped once too often into what they stand for ("the army&#39;s")."""
    for element in tree.iter():
        if element.text and "&" in element.text:
            element.text = unescaped(element.text)
        if element.tail and "&" in element.tail:
            element.tail = unescaped(element.tail)


def join_initials(tree: HtmlElement) -> None:
    """Put the large first letter of a story back before the rest of its word.

    It stands in an element of its own ("<span>A</span>rmed men"), at times twice, once for eyes and once
    for who listens, at times in a box before the paragraph.
    """
    for element in [item for item in tree.iter() if item.tag in _INLINE and _is_initial(item)]:
        parent = element.getparent()
        if parent is None:
            continue
        letter, following = one_line(element.text_content()), element.getnext()
        if element.tail and _GOES_ON.match(element.tail):
            element.tail = letter + element.tail
        elif _is_blank(element.tail) and following is not None and _goes_on(following):
            following.text = letter + (following.text or "").lstrip()
        elif not (
            _is_blank(element.tail)
            and following is not None
            and one_line(following.text_content()) == letter
            and following.tail
            and _GOES_ON.match(following.tail)
        ):
            continue
        element.drop_tree()


def _is_initial(element: HtmlElement) -> bool:
    text = element.text if len(element) == 0 else None
    if text is None and len(element) == 1 and len(element[0]) == 0:
        text = (element.text or "") + (element[0].text or "") + (element[0].tail or "")
    return text is not None and _INITIAL.fullmatch(text.strip()) is not None


def _goes_on(element: HtmlElement) -> bool:
    text = element.text or ""
    return element.tag == "p" and text[:1].islower() and len(text) > 1


def _is_blank(text: str | None) -> bool:
    return not (text and text.strip())


def drop_note_numbers(tree: HtmlElement) -> None:
    """Take out the numbers that lead to notes ("said.<sup>1</sup>", "[2]"); years and powers stay."""
    for link in tree.xpath("//a[contains(@href, '#')]"):
        words = one_line(link.text_content())
        raised = next(link.iterancestors("sup"), None)
        box = link if raised is None or one_line(raised.text_content()) != words else raised
        is_raised = raised is not None or next(link.iter("sup"), None) is not None
        if _NUMBER.fullmatch(words) and (is_raised or not _BARE_NUMBER.fullmatch(words)):
            box.drop_tree()


def stamp_below_title(tree: HtmlElement, titles: set[str]) -> str | None:
    """The line between title and story that says when it was published, as it stands there.

    Boxes that hold it are often cut for their names, and with them what may contradict the page's data.
    """
    elements = iter(tree.iter())
    for element in elements:
        if element.tag in ("h1", "h2") and _key(element.text_content()) in titles:
            break
    for element in elements:
        if not isinstance(element.tag, str):
            continue
        if max(_length(element.text), _length(element.tail)) >= _RUNNING and element.tag != "a":
            return None
        words = one_line(element.text_content())
        if len(words) > _LONGEST_STAMP or not any(letter.isdigit() for letter in words):
            continue
        if not furniture.match(words, "stamp", "clock", "byline") or tells_of_change(words):
            continue
        if parse_date(words):
            return words
    return None


def clocks_above_title(tree: HtmlElement, titles: set[str]) -> list[str]:
    """The days in a page's masthead, which say when it was saved: with a weekday, above menus or in a head
    that does not hold the title.

    Args:
        titles: as for ``mended``.
    """
    found: list[tuple[HtmlElement, int]] = []
    links = 0
    for element in tree.iter():
        if element.tag in ("h1", "h2") and _key(element.text_content()) in titles:
            holders = set(element.iterancestors())
            return [
                one_line(item.text_content())
                for item, before in found
                if _is_masthead(item, holders, links - before)
            ]
        links += element.tag == "a"
        if (
            isinstance(element.tag, str)
            and len(element) == 0
            and element.text
            and _is_clock(one_line(element.text))
        ):
            found.append((element, links))
    return []


def _is_clock(words: str) -> bool:
    return (
        len(words) <= _LONGEST_STAMP
        and _WEEKDAY.match(words) is not None
        and parse_date(words) is not None
        and furniture.match(words, "clock") is not None
    )


def _is_masthead(clock: HtmlElement, holders: set[HtmlElement], links: int) -> bool:
    boxes = [box for box in (clock, *clock.iterancestors()) if box not in holders]
    named = (f"{box.tag} {box.get('class') or ''} {box.get('id') or ''}" for box in boxes)
    return links >= _MENU or any(_MASTHEAD.search(names) for names in named)


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _length(text: str | None) -> int:
    return len(text.strip()) if text else 0
