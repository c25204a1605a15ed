"""Which of many things lie where a question asks, without asking all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.model import Span

#: Code points under one heading.
_WIDTH = 200


class Nearby:
    """Things by where their spans lie in a text.

    Args:
        things: the spans of each, in the order by which it is numbered.
    """

    def __init__(self, things: Iterable[Sequence[Span]]) -> None:
        self._held: dict[int, list[int]] = {}
        for number, spans in enumerate(things):
            for heading in _headings(spans):
                self._held.setdefault(heading, []).append(number)

    def at(self, *spans: Span) -> list[int]:
        """Numbers of all things that touch one of the spans, and of some beside them, in order."""
        return sorted({n for heading in _headings(spans) for n in self._held.get(heading, ())})


def _headings(spans: Sequence[Span]) -> set[int]:
    """Where the spans stand, their edges included."""
    return {
        heading
        for span in spans
        for heading in range(max(0, span.start) // _WIDTH, span.end // _WIDTH + 1)
    }
