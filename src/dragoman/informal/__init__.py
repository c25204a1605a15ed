"""Texts that are no agency copy: the words that are coded in their place, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.informal import faults, posts, shorthand, tickers, wrapping
from dragoman.informal.back import own_words
from dragoman.informal.casing import with_capitals
from dragoman.informal.rewritten import Edit, Rewritten, rewrite

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.lexicon import Lexicon
    from dragoman.model import Story

__all__ = ["Rewritten", "in_plain_words", "own_words"]


def in_plain_words(story: Story, parse: Callable[[str], Doc], lexicon: Lexicon) -> Rewritten | None:
    """The words of a story as an agency would write them; None where they are those that stand there.

    Args:
        parse: reads a text.
    """
    edits = list(_edits(story, lexicon))
    made = rewrite(story.text, edits) if edits else Rewritten(story.text, story.text)
    text = with_capitals(made.text, parse, lexicon, story.day)
    return None if text == story.text else replace(made, text=text, recased=text != made.text)


def _edits(story: Story, lexicon: Lexicon) -> Iterator[Edit]:
    """What of a story is read in other words."""
    text = story.text
    if posts.is_post(text):
        yield from posts.edits(text, lexicon)
    if shorthand.is_short(text):
        yield from shorthand.edits(text, lexicon, story.published)
    yield from tickers.edits(text)
    yield from faults.edits(text)
    yield from wrapping.edits(text)
