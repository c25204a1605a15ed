"""Words of a record as rich prints them."""

from __future__ import annotations

from typing import Any

from rich.text import Text

from dragoman.printing import without_controls


class Words(Text):
    """A text for a terminal that holds no control characters, whatever the input held."""

    def __init__(self, text: str = "", *args: Any, **options: Any) -> None:
        super().__init__(without_controls(text), *args, **options)

    def append(self, text: Any, style: Any = None) -> Words:
        """Add words, or another text."""
        super().append(without_controls(text) if isinstance(text, str) else text, style)
        return self
