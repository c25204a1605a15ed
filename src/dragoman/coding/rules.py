"""Statements by rules alone: syntax and quotation marks. Works without any model of speech."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.cues import Cues
from dragoman.coding.direct import Attachment, attach, continues, quoted_tokens
from dragoman.coding.drafts import Draft, tidy
from dragoman.coding.frames import Frame, frames_of
from dragoman.coding.quotes import Quotation, scare_quote
from dragoman.coding.tokens import pieces_of, tokens_in
from dragoman.entities.words import FULL_STOPS, words_of
from dragoman.model import Span, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc


def drafts(doc: Doc, story: Story, quotations: Sequence[Quotation], cues: Cues) -> list[Draft]:
    """Every statement that syntax and quotation marks show.

    1. frames of all cue words, from the parse;
    2. quotations tied to the cue beside them;
    3. frames whose content a quotation fills or a clause gives;
    4. quotations without a cue, joined to the speech they go on, or given to the last speaker.
    """
    frames = frames_of(doc, cues)
    attached, left = attach(doc, quotations, frames)
    inside = quoted_tokens(doc, [item for item in quotations if item.depth == 0])
    by_frame: dict[int, list[Attachment]] = {}
    for item in attached:
        by_frame.setdefault(item.frame, []).append(item)
    found: list[Draft] = []
    for number, frame in enumerate(frames):
        draft = _draft(doc, story.text, frame, by_frame.get(number, []), quotations, inside)
        if draft is not None:
            found.append(draft)
    left = _join_chains(story.text, found, attached, left)
    _continue_speech(doc, story, found, left)
    return found


def _join_chains(
    text: str,
    found: Sequence[Draft],
    attached: Sequence[Attachment],
    left: Sequence[Quotation],
) -> list[Quotation]:
    """Give the earlier and later paragraphs of one long quotation to the draft that holds one."""
    rest: list[Quotation] = []
    for item in left:
        twin = next((a.quotation for a in attached if a.quotation.chain == item.chain), None)
        holder = None
        if twin is not None:
            place = Span(twin.start, twin.end)
            holder = next((d for d in found if any(p.overlaps(place) for p in d.content)), None)
        if holder is None:
            rest.append(item)
        else:
            holder.content = tidy(text, [*holder.content, Span(item.start, item.end)])
    return rest


def _draft(
    doc: Doc,
    text: str,
    frame: Frame,
    attached: Sequence[Attachment],
    quotations: Sequence[Quotation],
    inside: set[int],
) -> Draft | None:
    """The draft of a frame, or None where the evidence is too thin to call it speech."""
    content: list[Span] = []
    if attached:
        content = [Span(item.quotation.start, item.quotation.end) for item in attached]
        content += _led_in(doc, text, frame, attached, inside)
    elif frame.content:
        pieces = [
            _in_line(text, doc[frame.head].idx, piece) for piece in pieces_of(doc, frame.content)
        ]
        pieces = [_in_sentence(doc, frame.head, piece, inside) for piece in pieces]
        content = _with_whole_quotations(pieces, quotations)
    content = tidy(text, content)
    if not content or not _is_speech(doc, frame, bool(attached), frame.head in inside):
        return None
    return Draft(
        cue_row=frame.cue,
        cue=frame.cue_tokens,
        source=frame.source,
        source_head=frame.source_head,
        content=content,
        addressee=frame.addressee,
        origin=f"rule:{frame.rule}",
        confidence=0.9 if attached else 0.75,
    )


def _is_speech(doc: Doc, frame: Frame, quoted: bool, in_quotation: bool) -> bool:
    """Whether a frame with content is a statement of the story."""
    if quoted:
        return True
    cue = frame.cue
    if cue is None or in_quotation:
        # Of the cue words inside quotations, annotators mark one in fifty as speech.
        return False
    word = doc[frame.head]
    if frame.rule == "verb":
        infinitive = word.tag_ == "VB" and any(c.lower_ == "to" for c in word.children)
        if cue.strength == "weak" or infinitive or (word.tag_ == "VB" and cue.act == "think"):
            return False
        if not frame.source:
            passive = any(child.dep_ == "aux:pass" for child in word.children)
            return cue.strength == "strong" or passive
        return True
    if frame.rule == "noun":
        return bool(frame.source) or (cue.strength == "strong" and _has_that(doc, frame))
    return True


def _has_that(doc: Doc, frame: Frame) -> bool:
    """Whether the content is a "that" clause."""
    return bool(frame.content) and doc[min(frame.content)].lower_ == "that"


def _led_in(
    doc: Doc, text: str, frame: Frame, attached: Sequence[Attachment], inside: set[int]
) -> list[Span]:
    """The reported words outside the marks that lead into a quotation ('that the plan is "a lie"').

    A quotation that is part of a clause is said with the clause; one that stands alone is not.
    """
    first = tokens_in(doc, Span(attached[0].quotation.start, attached[0].quotation.end))
    if not frame.content or not first:
        return []
    before = first[0] - 1
    lower = doc[first[0]].text[:1].islower()
    while before >= 0 and (
        doc[before].is_quote or doc[before].is_space or (lower and doc[before].text == ",")
    ):
        before -= 1
    final = tokens_in(doc, Span(attached[-1].quotation.start, attached[-1].quotation.end))
    if not final:  # a quotation that holds no word
        return []
    last = final[-1] + 1
    while last < len(doc) and (doc[last].is_quote or doc[last].is_space):
        last += 1
    adjacent = before in frame.content or (last in frame.content and doc[last].is_alpha)
    if not adjacent or before in inside:
        return []
    line = [_in_line(text, doc[frame.head].idx, piece) for piece in pieces_of(doc, frame.content)]
    return [_in_sentence(doc, frame.head, piece, inside) for piece in line]


def _in_sentence(doc: Doc, head: int, piece: Span, inside: set[int]) -> Span:
    """The part of a piece on the cue's side of a full stop that the parse ran over."""
    low, high = piece.start, piece.end
    words = words_of(doc)
    for index in tokens_in(doc, piece):
        if words.texts[index] not in FULL_STOPS or index in inside:
            continue
        if not any(following[:1].isupper() for following in words.texts[index + 1 : index + 2]):
            continue
        if index < head:
            low = max(low, words.starts[index] + 1)
        elif index > head:
            high = min(high, words.starts[index])
    return Span(low, max(low, high))


def _in_line(text: str, place: int, piece: Span) -> Span:
    """The part of a piece in the line of its cue: no clause runs over a paragraph's end."""
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    low, high = max(piece.start, start), min(piece.end, end if end >= 0 else len(text))
    return Span(low, max(low, high))


def _with_whole_quotations(pieces: Sequence[Span], quotations: Sequence[Quotation]) -> list[Span]:
    """Content that begins or ends inside a quotation reaches to that quotation's own end.

    Only where the quotation stays in the same line and is short: a parse that stops at "they" of
    'said it was "what they wanted"' is repaired, a whole speech is not pulled in.
    """
    result: list[Span] = []
    for piece in pieces:
        start, end = piece.start, piece.end
        for item in quotations:
            if item.depth or not item.closed:
                continue
            if start < item.start < end < item.end and item.end - end < 200:
                end = item.end
            if item.start < start < item.end < end and start - item.start < 200:
                start = item.start
        result.append(Span(start, end))
    return result


def _continue_speech(doc: Doc, story: Story, found: list[Draft], left: Sequence[Quotation]) -> None:
    """Give quotations without a cue to the speech they go on (``found`` is changed in place)."""
    text = story.text
    covered = [piece for draft in found for piece in draft.content]
    for item in left:
        span = Span(item.start, item.end)
        if any(piece.overlaps(span) for piece in covered):
            continue
        if scare_quote(text, item):
            continue
        lead = _line_lead(text, item)
        earlier = _speech_before(doc, text, found, item)
        if earlier is not None and not re.search(r"\w", lead):
            earlier.content = tidy(text, [*earlier.content, span])
            covered.append(span)
        elif not re.search(r"\w", lead) and re.search(r"[.!?…,]$", text[item.start : item.end]):
            follower = _speaker_before(doc, found, item)
            if follower is not None:
                found.append(
                    Draft(
                        None, [], follower.source, follower.source_head, [span],
                        origin="rule:neighbour", confidence=0.5, borrowed=True,
                    )
                )  # fmt: skip
                covered.append(span)


def _line_lead(text: str, item: Quotation) -> str:
    """The words between the start of the sentence or line and the quotation."""
    start = max(
        text.rfind("\n", 0, item.outer_start),
        max(
            (
                found.end()
                for found in re.finditer(r"[.!?][\"”’')]*\s", text[: item.outer_start][-400:])
            ),
            default=0,
        )
        + max(0, item.outer_start - 400)
        - 1,
    )
    return text[start + 1 : item.outer_start]


def _speech_before(doc: Doc, text: str, found: Sequence[Draft], item: Quotation) -> Draft | None:
    """The quoted speech whose last sentence ends right before the quotation, or None."""
    candidates = [
        draft
        for draft in found
        if draft.origin == "rule:verb" and draft.content and draft.hull.start < item.start
    ]
    if not candidates:
        return None
    last = max(candidates, key=lambda d: max(d.hull.end, doc[d.cue[-1]].idx if d.cue else 0))
    end = max(last.hull.end, _sentence_end(doc, last))
    if not _is_quoted(text, last):
        return None
    return last if continues(text, item, end) else None


def _is_quoted(text: str, draft: Draft) -> bool:
    """Whether a piece of the content stands beside a quotation mark."""
    marks = set("\"“”'’‘«»")
    return any(
        (piece.start > 0 and text[piece.start - 1] in marks)
        or text[piece.end : piece.end + 1] in marks
        for piece in draft.content
    )


def _sentence_end(doc: Doc, draft: Draft) -> int:
    """Code point where the sentence of a draft's cue ends."""
    if not draft.cue:
        return draft.hull.end
    sentence = doc[draft.cue[-1]].sent
    return sentence.end_char


def _speaker_before(doc: Doc, found: Sequence[Draft], item: Quotation) -> Draft | None:
    """The last draft with a source in the two paragraphs before a quotation."""
    candidates = [
        draft
        for draft in found
        if draft.source and doc[draft.source[0]].idx < item.start
        and item.start - draft.hull.end < 600
    ]  # fmt: skip
    return max(candidates, key=lambda draft: draft.cue_start(doc), default=None)
