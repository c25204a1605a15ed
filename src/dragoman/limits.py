"""All limits in one table, each with its unit and reason; every one can be overridden.

``Limits()`` holds the defaults; ``Limits(story_characters=2_000_000)`` changes one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Limits:
    """Bounds on what an input may cost. See ``LIMITS`` for what each is for."""

    input_bytes: int = 20_000_000
    decompressed_bytes: int = 100_000_000
    story_characters: int = 1_000_000
    sentence_words: int = 2_000
    fetch_seconds: float = 30.0
    fetch_hops: int = 5
    feed_bytes: int = 5_000_000


LIMITS: dict[str, tuple[str, str]] = {
    "input_bytes": ("bytes", "one file, page or row as it arrives"),
    "decompressed_bytes": ("bytes", "one input after gzip, zip, xz or WARC decompression"),
    "story_characters": ("code points", "the text of one story"),
    "sentence_words": (
        "words",
        "one sentence; longer ones are cut and noted (the shipped parser cuts at 300)",
    ),
    "fetch_seconds": ("seconds", "one fetch in all, hops included"),
    "fetch_hops": ("redirects", "one fetch; http and https only, never to a private address"),
    "feed_bytes": ("bytes", "one news feed (RSS, Atom, JSON Feed)"),
}

assert set(LIMITS) == {item.name for item in fields(Limits)}
