"""Speech that only the layout shows: transcripts ("WALLACE: …", "Ana Rao: …"), records of debates, and signed
quotations ("…" – A. Nna)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dragoman.coding.cues import word_list
from dragoman.coding.drafts import Draft, tidy
from dragoman.coding.tokens import tokens_in, trimmed
from dragoman.entities.speakers import FIRST_WORDS
from dragoman.entities.words import Words, words_of
from dragoman.language.turns import NO_SPEAKERS
from dragoman.model import Paragraph, Span, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.entities.index import EntityIndex

TRANSCRIPT = "rule:transcript"
# A name in capitals before a colon at the head of a line; two such lines make a transcript.
_TURN = re.compile(r"[\"“'‘]?\s*([A-Z][A-Z.'’\- ]{1,40}):\s+(?=\S)")
# A name or an office before a colon at the head of a line, in a transcript in which somebody asks.
_PLAIN_TURN = re.compile(r"((?:[A-Z][\w.'’-]*)(?:\s+[A-Z(][\w.'’)-]*){0,4}):\s+(?=\S)")
_ASKING, _ANSWERING = word_list("asking_labels"), frozenset({"a", "answer"})
# A closing mark, a dash and up to five capitalised words that end the line.
_SIGNED = re.compile(
    r"[\"”'’]\s*(?P<dash>[―—–])\s*(?P<name>[A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|de|von|van|al|bin)){0,4}?)\.?\s*$"
)
_OPENING = ('"', "“", "'", "‘", "«")
_LABELS = word_list("labels")


def drafts(doc: Doc, story: Story, index: EntityIndex | None = None) -> list[Draft]:
    """Statements that a transcript's names or the signatures under quotations show.

    A turn of a transcript that opens with a quotation mark goes on in the following paragraphs
    while they open with one and no new speaker does; one of a briefing ("Question: …", "Spokesperson: …")
    goes on until the next.

    Args:
        index: the story's entities; with them the name of a place over what is told of it ("MALI: …") is no speaker.
    """
    blocks = story.paragraphs
    turns = _turns(story.text, blocks, _TURN)
    if index is not None:
        turns = {
            n: found for n, found in turns.items() if not _is_place(doc, found, blocks[n], index)
        }
    briefing = len(turns) < 2
    if briefing:
        turns = _questioned(_turns(story.text, blocks, _PLAIN_TURN))
    result: list[Draft] = []
    if len(turns) >= 2:
        whole = _whole_names(turns)
        for number, found in turns.items():
            block = blocks[number]
            pieces = [Span(found.end(), block.end)]
            if briefing:
                later = (n for n in range(number + 1, len(blocks)) if n in turns)
                until = next(later, number + 1)  # the last answer may end the briefing
                pieces += [Span(x.start, x.end) for x in blocks[number + 1 : until]]
            elif story.text[block.start] in _OPENING:
                pieces += _going_on(story.text, blocks, number, turns)
            source = Span(found.start(1), found.end(1))
            _add(doc, story.text, source, pieces, TRANSCRIPT, result)
            known = whole.get(found.group(1).replace(".", ""))
            if known is not None and result and result[-1].source:  # "DC:" of whom was told before
                result[-1].source = trimmed(doc, tokens_in(doc, known))
                result[-1].borrowed = True
    if len(turns) < 2:
        _say_by_layout(doc, story.text, result)
    for block in blocks:
        signed = _signature(story.text, block)
        if signed is not None:
            source = Span(block.start + signed.start("name"), block.start + signed.end("name"))
            said = Span(block.start, block.start + signed.start())
            _add(doc, story.text, source, [said], "rule:signature", result)
            dash = Span(block.start + signed.start("dash"), block.start + signed.end("dash"))
            if result and result[-1].source and doc[result[-1].source[0]].idx >= source.start:
                result[-1].cue = list(tokens_in(doc, dash))  # as PolNeAR's annotators do
    return result


def _turns(
    text: str, blocks: Sequence[Paragraph], pattern: re.Pattern[str]
) -> dict[int, re.Match[str]]:
    """The paragraphs that open with a speaker's name before a colon."""
    return {
        number: found
        for number, block in enumerate(blocks)
        if (found := pattern.match(text, block.start, block.end)) is not None
        and found.group(1).lower() not in _LABELS
        and NO_SPEAKERS.isdisjoint(found.group(1).lower().split())
    }


def _is_place(doc: Doc, turn: re.Match[str], block: Paragraph, index: EntityIndex) -> bool:
    """Whether a label is the name of a state or a place, in whose name nobody says "I" or "we" below it."""
    words = tokens_in(doc, Span(turn.start(1), turn.end(1)))
    named = index.within(words[0], words[-1] + 1) if words else []
    if not any(index.entities[mention.entity].kind in ("state", "place") for mention in named):
        return False
    told = words_of(doc).lowers[words[-1] + 1 : tokens_in(doc, Span(turn.end(), block.end))[-1] + 1]
    return FIRST_WORDS.isdisjoint(told)


def _questioned(turns: dict[int, re.Match[str]]) -> dict[int, re.Match[str]]:
    """The turns of a briefing, where some are questions and others answer right after one; else none."""
    asks = {n for n, found in turns.items() if found.group(1).lower().split()[0] in _ASKING}
    answers = {n for n in turns if n not in asks and n - 1 in asks}
    return turns if answers else {}


def _say_by_layout(doc: Doc, text: str, result: list[Draft]) -> None:
    """Drafts of the turns that names in small letters open, or lines with nothing but a name."""
    words = words_of(doc)
    ends = dict(_paragraphs(words))
    said: dict[tuple[int, int], list[Span]] = {}
    before, run = range(0), 0
    for first, turn in words.turns.items():
        if turn.said or turn.label != before:
            before, run = turn.label, run + 1
        if turn.label:
            piece = Span(words.starts[turn.first], words.ends[ends[first] - 1])
            said.setdefault((run, turn.label.start), []).append(piece)
    labels = {(turn.label.start): turn.label for turn in words.turns.values() if turn.label}
    for (_, start), pieces in said.items():
        label = labels[start]
        source = Span(words.starts[label.start], words.ends[label.stop - 1])
        _add(doc, text, source, pieces, TRANSCRIPT, result)


def _paragraphs(words: Words) -> Iterator[tuple[int, int]]:
    """The first word of each paragraph and the end of its last, line breaks left out."""
    first = 0
    for place in (*words.breaks, len(words.texts)):
        yield first, place
        first = place + 1


def _whole_names(turns: dict[int, re.Match[str]]) -> dict[str, Span]:
    """The first whole name of a turn by its initials."""
    found: dict[str, Span] = {}
    for turn in turns.values():
        words = re.split(r"[ .]+", turn.group(1).strip())
        if len(words) > 1:
            initials = "".join(word[:1] for word in words)
            found.setdefault(initials, Span(turn.start(1), turn.end(1)))
    return found


def lead(found: list[Draft], laid: Sequence[Draft]) -> list[Draft]:
    """The drafts with those of the layout in the place of cueless ones about the same words."""
    kept = [
        draft
        for draft in found
        if draft.cue or not any(_mostly_within(draft, item) for item in laid)
    ]
    return kept + list(laid)


def without_lands(found: list[Draft], doc: Doc, index: EntityIndex) -> list[Draft]:
    """The drafts without those that take the land over what is told of it for a speaker: "MALI: Soldiers shot two."."""
    return [item for item in found if not _is_land(item, doc, index)]


def _is_land(draft: Draft, doc: Doc, index: EntityIndex) -> bool:
    words = draft.source
    if draft.cue or not words or doc[words[-1] + 1 : words[-1] + 2].text != ":":
        return False
    named = index.within(words[0], words[-1] + 1)
    if not any(index.entities[mention.entity].kind in ("state", "place") for mention in named):
        return False
    told = {doc[i].lower_ for piece in draft.content for i in tokens_in(doc, piece)}
    return doc[words[0]].text.isupper() and FIRST_WORDS.isdisjoint(told)


def _going_on(
    text: str, blocks: Sequence[Paragraph], number: int, turns: dict[int, re.Match[str]]
) -> list[Span]:
    """The paragraphs after a turn that are still its speaker's."""
    pieces: list[Span] = []
    for later in range(number + 1, len(blocks)):
        block = blocks[later]
        opening = text[block.start] if block.end > block.start else ""
        if (
            later in turns
            or opening not in _OPENING
            or text[block.start + 1 : block.start + 2] == "("
        ):
            break
        pieces.append(Span(block.start + 1, block.end))
    return pieces


def _signature(text: str, block: Paragraph) -> re.Match[str] | None:
    """The name under a quotation that fills a paragraph."""
    line = text[block.start : block.end]
    if not line.startswith((*_OPENING, "”")) or len(line.split()) < 6:
        return None
    return _SIGNED.search(line)


def _add(
    doc: Doc, text: str, source: Span, pieces: list[Span], origin: str, result: list[Draft]
) -> None:
    """A draft of these spans, where source and content hold words."""
    words = trimmed(doc, tokens_in(doc, source))
    content = tidy(text, pieces)
    if words and content:
        result.append(Draft(None, [], words, None, content, origin=origin, confidence=0.8))


def _mostly_within(draft: Draft, laid: Draft) -> bool:
    """Whether half of a draft's content lies in that of another."""
    shared = sum(
        max(0, min(one.end, other.end) - max(one.start, other.start))
        for one in draft.content
        for other in laid.content
    )
    return 2 * shared >= sum(piece.end - piece.start for piece in draft.content)
