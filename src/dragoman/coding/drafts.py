"""A statement in the making: tokens and spans, before its parts are resolved and numbered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.coding.cues import Cue
from dragoman.model import Span
from dragoman.reading import datelines

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass
class Draft:
    """Who says what, by token indices (source, cue, addressee) and code points (content).

    ``origin``: rule name, or "model". ``borrowed``: the source was taken from a neighbour.
    """

    cue_row: Cue | None
    cue: list[int]
    source: list[int]
    source_head: int | None
    content: list[Span]
    addressee: list[int] = field(default_factory=list)
    origin: str = ""
    confidence: float = 1.0
    borrowed: bool = False

    @property
    def hull(self) -> Span:
        """From the first to the last piece of content."""
        return Span(self.content[0].start, self.content[-1].end)

    def cue_start(self, doc: Doc) -> int:
        """Code point where the cue begins; of a statement without one, where its content does."""
        return doc[self.cue[0]].idx if self.cue else self.content[0].start


def tidy(text: str, pieces: list[Span]) -> list[Span]:
    """Pieces in order, white space trimmed, overlapping ones made one, empty ones dropped."""
    result: list[Span] = []
    filed = dict(datelines.spans(text))  # where the report was filed is said by nobody
    for piece in sorted(pieces, key=lambda item: (item.start, -item.end)):
        start, end = piece.start, piece.end
        start = filed.get(start, start)
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start >= end or not any(sign.isalnum() for sign in text[start:end]):
            continue
        if result and start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(end, result[-1].end))
        else:
            result.append(Span(start, end))
    return result


def without(pieces: list[Span], gap: Span) -> list[Span]:
    """The pieces with a stretch cut out."""
    result: list[Span] = []
    for piece in pieces:
        if not piece.overlaps(gap):
            result.append(piece)
            continue
        if piece.start < gap.start:
            result.append(Span(piece.start, gap.start))
        if gap.end < piece.end:
            result.append(Span(gap.end, piece.end))
    return result
