"""Texts that are no agency copy: the words that are coded in their place, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dragoman.informal.back import own_words
from dragoman.informal.casing import with_capitals
from dragoman.informal.rewritten import Rewritten

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.lexicon import Lexicon
    from dragoman.model import Story

__all__ = ["Rewritten", "in_plain_words", "own_words"]


def in_plain_words(
    story: Story, parse: Callable[[str], Doc], lexicon: Lexicon
) -> Rewritten | None:
    """The words of a story as an agency would write them; None where they are those that stand there.

    Args:
        parse: reads a text.
    """
    text = with_capitals(story.text, parse, lexicon, story.day)
    return None if text == story.text else Rewritten(story.text, text)
