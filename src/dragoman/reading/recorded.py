"""The story of a record that was coded before, read again."""

from __future__ import annotations

from typing import Any

from dragoman.errors import InputError
from dragoman.model import Story
from dragoman.printing import without_controls
from dragoman.reading.dates import is_day

_WORDS = (
    "text", "id", "source", "url", "publisher", "title", "standfirst", "dateline", "language",
    "published", "published_basis",
)  # fmt: skip
"""Parts of a story that are text."""


def recorded_story(data: dict[str, Any], name: str, place: str) -> Story:
    """The story of a record, to be coded again.

    Raises:
        InputError: it is no story.
    """
    try:
        check_story(data)
        return _without_controls(Story.from_dict(data))
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(name, f"not the story of a record: {error}", place, "json") from None


def check_story(data: dict[str, Any]) -> None:
    """Refuse the plain data of a story whose parts are no text, or whose day is none.

    Raises:
        ValueError: it names the part.
    """
    for part in _WORDS:
        if data.get(part) is not None and not isinstance(data[part], str):
            raise ValueError(f"its {part} is no text: {str(data[part])[:40]}")
    day = data.get("published")
    if day and not is_day(day):
        raise ValueError(f"its day of publication is no YYYY-MM-DD: {day[:40]!r}")


def _without_controls(story: Story) -> Story:
    """A story whose text and facts hold no control characters; its paragraphs are those of its text then."""
    changes: dict[str, Any] = {
        part: without_controls(told)
        for part in ("text", "id", "url", "publisher", "title", "standfirst", "dateline")
        if (told := getattr(story, part)) and told != without_controls(told)
    }
    if "text" in changes:
        changes["paragraphs"] = ()
    return story.replace(**changes) if changes else story
