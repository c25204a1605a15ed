"""Coalitions: whom a story means by "the coalition", and what is nobody's name."""

from __future__ import annotations

import pytest

from dragoman.entities import find
from dragoman.model import Story

COALITION = "coalition-against-islamic-state"


def told(coder, text: str) -> dict[str, str]:  # type: ignore[no-untyped-def]
    """Words of every mention of a story of February 2017, with its entity."""
    story = Story(text=text, published="2017-02-01")
    index = find(coder.parse(text), story, coder.resolver)
    return {text[m.start : m.end]: m.entity for m in index.mentions}


@pytest.mark.parametrize(
    ("words", "text", "one"),
    [
        ("The Coalition", "CJTF-OIR hit a bridge. The Coalition lost no aircraft.", True),
        ("coalition", "CJTF-OIR sent drones. A coalition airstrike hit a depot.", True),
        ("the counter-ISIL coalition", "Jordan left the counter-ISIL coalition.", True),
        ("The coalition", "The coalition lost no aircraft.", False),
        ("The ruling coalition", "CJTF-OIR hit a bridge. The ruling coalition fell.", False),
        ("A coalition of parties", "CJTF-OIR hit a bridge. A coalition of parties met.", False),
    ],
)
def test_the_coalition_is_the_one_the_story_names(  # type: ignore[no-untyped-def]
    coder, words: str, text: str, one: bool
) -> None:
    assert (told(coder, text).get(words) == COALITION) is one


def test_a_thing_with_a_short_name_is_no_body(coder) -> None:  # type: ignore[no-untyped-def]
    assert not any(key.startswith("org:") for key in told(coder, "Rebels drove an ATV.").values())


def test_a_clan_is_a_group(coder) -> None:  # type: ignore[no-untyped-def]
    story = Story(text="The clan left the valley. Its elders stayed.", published="2017-02-01")
    index = find(coder.parse(story.text), story, coder.resolver)
    clan = next(m for m in index.mentions if story.text[m.start : m.end] == "The clan")
    its = next(m for m in index.mentions if story.text[m.start : m.end] == "Its")
    assert clan.entity == its.entity
