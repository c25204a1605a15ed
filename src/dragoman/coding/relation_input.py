"""How a sentence with two marked spans becomes word pieces for the relation network.

Four pieces that no text contains stand round the spans. The training uses this same module, so
what the network learned is what it reads.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

#: Pieces read at most; of a longer sentence those nearest to the marks are kept.
PIECE_LIMIT = 128
#: Code points on each side of the spans that are looked at, before cutting to pieces.
CHARACTER_LIMIT = 1200

#: Pieces have numbers below this one (MiniLM's count of them), marks from here on.
VOCABULARY = 30522
FIRST, LAST = 101, 102
ACTOR_OPENS, ACTOR_CLOSES, RECIPIENT_OPENS, RECIPIENT_CLOSES = range(VOCABULARY, VOCABULARY + 4)

Offsets = tuple[int, int]


@dataclass(frozen=True)
class MarkedPieces:
    """Piece numbers of one marked sentence.

    Numbers from ``VOCABULARY`` on are marks. ``actor`` and ``recipient`` are the indices of the
    opening marks in ``pieces``, -1 where there is no such span.
    """

    pieces: list[int]
    actor: int
    recipient: int


def marked_pieces(
    tokenizer: Tokenizer, text: str, actor: Offsets | None, recipient: Offsets | None
) -> MarkedPieces:
    """The pieces of ``text`` with marks round the spans (half-open code points).

    Spans may touch, overlap, be empty or reach over the ends of the text; they are then clipped.
    """
    marks: list[tuple[int, int, int, int]] = []
    for order, (span, opens) in enumerate(((actor, ACTOR_OPENS), (recipient, RECIPIENT_OPENS))):
        if span is not None:
            start, end = _clip(span, len(text))
            marks.append((start, 1, order, opens))
            marks.append((end, 0 if end > start else 2, -order, opens + 1))
    marks.sort()
    text_from = max(0, marks[0][0] - CHARACTER_LIMIT) if marks else 0
    text_to = min(len(text), marks[-1][0] + CHARACTER_LIMIT) if marks else 2 * CHARACTER_LIMIT
    cuts = [text_from, *(mark[0] for mark in marks), text_to]
    pieces = [FIRST]
    for number, (start, end) in enumerate(itertools.pairwise(cuts)):
        if end > start:
            segment = text[start:end]
            if len(segment) > 2 * CHARACTER_LIMIT:
                segment = segment[:CHARACTER_LIMIT] + " " + segment[-CHARACTER_LIMIT:]
            pieces += tokenizer.encode(segment, add_special_tokens=False).ids
        if number < len(marks):
            pieces.append(marks[number][3])
    pieces.append(LAST)
    pieces = _nearest_to_marks(pieces)
    return MarkedPieces(pieces, _index(pieces, ACTOR_OPENS), _index(pieces, RECIPIENT_OPENS))


def _clip(span: Offsets, length: int) -> Offsets:
    start = min(max(span[0], 0), length)
    return start, min(max(span[1], start), length)


def _index(pieces: list[int], piece: int) -> int:
    return pieces.index(piece) if piece in pieces else -1


def _nearest_to_marks(pieces: list[int]) -> list[int]:
    """The ``PIECE_LIMIT`` pieces nearest to a mark, in their order; all when they are fewer."""
    if len(pieces) <= PIECE_LIMIT:
        return pieces
    places = [place for place, piece in enumerate(pieces) if piece >= VOCABULARY] or [0]
    distance = [min(abs(number - place) for place in places) for number in range(len(pieces))]
    distance[0] = distance[-1] = 0
    order = sorted(range(len(pieces)), key=lambda number: (distance[number], number))
    return [pieces[number] for number in sorted(order[:PIECE_LIMIT])]
