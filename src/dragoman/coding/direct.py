"""Which quotation belongs to which cue: "…," said X; X said: "…"; and quotations that go on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.quotes import Quotation, scare_quote
from dragoman.coding.tokens import tokens_in
from dragoman.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.coding.frames import Frame

# How many tokens may part a quotation from its cue ("…," the minister of X, Y, told reporters).
REACH = 24
_ENDS_OPEN = re.compile(r"[,?!—–…-]\s*$")
_LEADS_IN = re.compile(r"(?:[,:;—–-]|\bthat)\s*$")


@dataclass(frozen=True)
class Attachment:
    """A quotation and the number of the frame that it belongs to."""

    quotation: Quotation
    frame: int
    side: str  # "before" or "after": where the cue stands


def takes_quotation(frame: Frame) -> bool:
    """Whether the frame's cue can govern a quotation."""
    return frame.cue is not None and "quote" in frame.cue.takes and frame.rule == "verb"


def quoted_tokens(doc: Doc, quotations: Sequence[Quotation]) -> set[int]:
    """Indices of all tokens inside quotations."""
    return {index for item in quotations for index in tokens_in(doc, Span(item.start, item.end))}


def attach(
    doc: Doc, quotations: Sequence[Quotation], frames: Sequence[Frame]
) -> tuple[list[Attachment], list[Quotation]]:
    """Quotations with the cue that stands beside them, and the quotations left without one.

    Only outer quotations are looked at; words in marks inside a reported clause stay with it.
    """
    text = doc.text  # put together anew each time it is asked for
    outer = [item for item in quotations if item.depth == 0]
    inside = quoted_tokens(doc, outer)
    cues = [
        (frame.head, number)
        for number, frame in enumerate(frames)
        if takes_quotation(frame) and frame.head not in inside
    ]
    found: list[Attachment] = []
    left: list[Quotation] = []
    for item in outer:
        frame = _cue_after(doc, text, item, outer, cues)
        if frame is not None and not _inside_clause(doc, item, frames, frame):
            found.append(Attachment(item, frame, "after"))
            continue
        frame = _cue_before(doc, text, item, outer, cues, frames)
        if frame is not None:
            found.append(Attachment(item, frame, "before"))
        else:
            left.append(item)
    return found, left


def _inside_clause(doc: Doc, item: Quotation, frames: Sequence[Frame], own: int) -> bool:
    """Whether words in marks are part of what an earlier cue reports ('said it was "vile," and')."""
    words = tokens_in(doc, Span(item.start, item.end))
    if not words:
        return True
    return any(
        number != own and words[0] in frame.content and min(frame.content) < words[0]
        and frame.head < words[0]
        for number, frame in enumerate(frames)
        if frame.content
    )  # fmt: skip


def _cue_after(
    doc: Doc,
    text: str,
    item: Quotation,
    outer: Sequence[Quotation],
    cues: Sequence[tuple[int, int]],
) -> int | None:
    if not (
        _ENDS_OPEN.search(text[item.start : item.end]) or text[item.outer_end :].startswith(",")
    ):
        return None
    limit = min(
        (q.outer_start for q in outer if q.outer_start >= item.outer_end), default=len(text)
    )
    region = tokens_in(doc, Span(item.outer_end, max(limit, item.outer_end)))
    for step, index in enumerate(region):
        token = doc[index]
        if "\n" in token.text or step > REACH:
            return None
        if (
            token.is_sent_start
            and step > 1
            and token.text[:1].isupper()
            and doc[index - 1].text in ".?!"
        ):
            return None
        for head, number in cues:
            if head == index:
                return number
    return None


def _cue_before(
    doc: Doc,
    text: str,
    item: Quotation,
    outer: Sequence[Quotation],
    cues: Sequence[tuple[int, int]],
    frames: Sequence[Frame],
) -> int | None:
    floor = max((q.outer_end for q in outer if q.outer_end <= item.outer_start), default=0)
    region = tokens_in(doc, Span(floor, item.outer_start))
    lead = text[floor : item.outer_start]
    colon = lead.rstrip().endswith(":")
    if not lead.strip():
        return None
    for step, index in enumerate(reversed(region)):
        token = doc[index]
        if "\n" in token.text and not colon:
            return None
        if step > REACH:
            return None
        for head, number in cues:
            if head == index:
                if scare_quote(text, item) and step > 1 and not colon:
                    return None
                direct = _LEADS_IN.search(lead) or step <= 1
                return number if direct or not frames[number].content else None
        if token.is_sent_start and step > 0 and not colon:
            return None
    return None


def continues(text: str, item: Quotation, before: int) -> bool:
    """Whether a quotation goes on right after the sentence that ends at ``before``.

    True where nothing but white space, marks or dots stands between.
    """
    return not re.search(r"\w", text[before : item.outer_start])
