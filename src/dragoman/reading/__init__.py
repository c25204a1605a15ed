"""Reading: bytes, pages, texts and tables become stories, furniture cut, date found or doubted.

``read`` makes one Story of one input; ``read_many`` makes many of files, folders and tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.reading.story import read

if TYPE_CHECKING:
    from dragoman.reading.many import read_many

__all__ = ["read", "read_many"]


def __getattr__(name: str) -> Any:
    """``read_many`` is loaded when it is used; it needs more than one story does."""
    if name == "read_many":
        from dragoman.reading.many import read_many

        return read_many
    raise AttributeError(f"module 'dragoman.reading' has no attribute {name!r}")
