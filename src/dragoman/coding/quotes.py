"""Quotation marks: which words of a story stand between them.

News text mixes curly, straight, single and angled marks, drops closing marks where a quotation
runs on into the next paragraph, and uses the single mark as an apostrophe. Marks are paired inside
one paragraph only, so a mark that is never closed cannot reach further than its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dragoman.model import Paragraph

# Family of each mark: marks of one family open and close each other. Two single marks in a row
# ('' or ``) are the double mark of old wire services.
DOUBLE, SINGLE, ANGLED = "double", "single", "angled"
_MARK = re.compile(r"''|``|[\"“”„‟«»‹›‘’‚‛'`]")
_OPENS_ONLY = {"“", "„", "‟", "«", "‹", "‘", "‚", "‛", "``"}
_CLOSES_ONLY = {"”", "»", "›"}
_FAMILY = {
    '"': DOUBLE, "“": DOUBLE, "”": DOUBLE, "„": DOUBLE, "‟": DOUBLE, "''": DOUBLE, "``": DOUBLE,
    "«": ANGLED, "»": ANGLED, "‹": ANGLED, "›": ANGLED,
    "‘": SINGLE, "’": SINGLE, "‚": SINGLE, "‛": SINGLE, "'": SINGLE, "`": SINGLE,
}  # fmt: skip
#: Opening marks that another style has as closing ones, by the mark that opened: „so“, »so«, ‚so‘.
_CLOSED_BY = {"„": "“", "»": "«", "›": "‹", "‚": "‘"}
#: Closing marks that another style opens with: ”so”, »so«.
_OPENS_ELSEWHERE = {"”", "»", "›"}
#: Words that begin with an apostrophe: the '90s, 'Twas.
_ELISION = re.compile(r"(?:\d0s|[Tt]was|[Tt]is|em|til|cause|n)\b")
#: How many words a quotation has at most that an s and an apostrophe may end: the 'sanctions'.
_FEW_WORDS = 5
# So many marks further on in its paragraph what closes a quotation is looked for.
_REACH = 300
_BEFORE_OPENING = re.compile(r"[\s(\[{—–\-:;,/“\"‘'«]")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*(?=\s+[\"“‘'(]*[A-Z]|\s*$)")


@dataclass(frozen=True)
class Quotation:
    """Words between quotation marks.

    Attributes:
        start, end: half-open code points of the words, marks not included.
        outer_start, outer_end: the same with the marks.
        closed: False where the closing mark is missing.
        depth: 0, or 1 inside another quotation.
        chain: number shared by the quotations of one speech over several paragraphs.
        whole: the quotation fills its paragraph from the first character.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    closed: bool
    depth: int
    chain: int
    whole: bool


@dataclass(frozen=True)
class _Mark:
    start: int
    end: int
    family: str
    can_open: bool
    can_close: bool
    sign: str = ""


def _marks(text: str, paragraph: Paragraph) -> Iterator[_Mark]:
    """The quotation marks of a paragraph; apostrophes inside words are left out."""
    for found in _MARK.finditer(text, paragraph.start, paragraph.end):
        sign, start, end = found.group(), found.start(), found.end()
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        family = _FAMILY[sign]
        if family == SINGLE and before.isalnum() and after.isalnum():
            continue
        opens = bool(_BEFORE_OPENING.match(before)) and not after.isspace()
        closes = not before.isspace() and start > paragraph.start
        if family == SINGLE:
            closes = closes and not after.isalnum()
            opens = opens and (sign != "’")
        else:
            turns = opens
            turned = sign == "“" and closes and not after.isalnum()  # “so,“ he said
            opens = sign in _OPENS_ONLY or (sign not in _CLOSES_ONLY and (opens or not closes))
            opens = opens or (sign in _OPENS_ELSEWHERE and turns)
            closes = sign in _CLOSES_ONLY or (sign not in _OPENS_ONLY and closes) or turned
        if opens or closes:
            yield _Mark(start, end, family, opens, closes, sign)


def _is_possessive(text: str, mark: _Mark) -> bool:
    """Whether a single mark after an s could be a plural possessive ("the rebels' leader")."""
    return (
        text[mark.start - 1 : mark.start] in {"s", "S"} and text[mark.end : mark.end + 1].isspace()
    )


def _closes_later(text: str, opening: _Mark, marks: Sequence[_Mark]) -> bool:
    """Whether a later mark can close a single one; after an s only a few words behind it."""
    later = [item for item in marks if item.family == SINGLE and item.can_close]
    if any(not _is_possessive(text, item) for item in later):
        return True
    return (
        bool(later)
        and not _ELISION.match(text, opening.end)
        and len(text[opening.end : later[0].start].split()) <= _FEW_WORDS
    )


def _is_owner(text: str, mark: _Mark, marks: Sequence[_Mark]) -> bool:
    """Whether a single mark after an s is a possessive within a quotation that a later mark closes.

    It is none where the next quotation opens before: "the 'sanctions' a 'declaration of war'".
    """
    if mark.family != SINGLE or not _is_possessive(text, mark):
        return False
    for item in marks:
        if item.family == SINGLE and item.can_open:
            return False
        if item.family == SINGLE and item.can_close and not _is_possessive(text, item):
            return True
    return False


def _closes(held: _Mark, mark: _Mark, text: str) -> bool:
    """Whether a mark can close the quotation that another opened."""
    if mark.start <= held.end:
        return False
    turned = _CLOSED_BY.get(held.sign) == mark.sign and not text[mark.start - 1].isspace()
    return mark.can_close or turned


def _is_third(open_marks: Sequence[_Mark], marks: Sequence[_Mark]) -> bool:
    """Whether a double mark opens a third level: “they said ‘he said “no”’”."""
    within = bool(open_marks) and open_marks[-1].family == SINGLE
    ends = [item for item in marks if item.family == DOUBLE and item.can_close]
    return within and len(ends) > 1


def _pair(text: str, paragraph: Paragraph) -> Iterator[tuple[_Mark, _Mark | None, int]]:
    """Opening mark, closing mark (None when missing) and depth, in order of closing."""
    marks = list(_marks(text, paragraph))
    open_marks: list[_Mark] = []
    for number, mark in enumerate(marks):
        held = next((m for m in reversed(open_marks) if m.family == mark.family), None)
        rest = marks[number + 1 : number + 1 + _REACH]
        if held is not None and _closes(held, mark, text):
            if _is_owner(text, mark, rest):
                continue
            while open_marks[-1] is not held:  # an inner mark never closed: drop it
                open_marks.pop()
            open_marks.pop()
            yield held, mark, len(open_marks)
        elif mark.can_open and len(open_marks) < 3:
            if mark.family == SINGLE and not _closes_later(text, mark, rest):
                continue  # 'Twas, the '90s
            again = held is not None and mark.family == DOUBLE and not mark.can_close
            if held is not None and again and not _is_third(open_marks, rest):
                yield held, _Mark(mark.start, mark.start, DOUBLE, False, True), 0
                open_marks = []  # opened again before it was closed: paragraphs run together
            open_marks.append(mark)
    if open_marks:
        yield open_marks[0], None, 0


def _opens_with_mark(text: str, paragraph: Paragraph) -> bool:
    """Whether the first character of the paragraph is a double or angled opening mark."""
    return bool(re.match(r"[\"“„«]|''|``", text[paragraph.start : paragraph.end]))


def _missing_end(text: str, start: int, limit: int) -> int:
    """Where a quotation without closing mark ends: the end of its sentence."""
    found = _SENTENCE_END.search(text, start, limit)
    return found.end() if found else limit


def find_quotations(text: str, paragraphs: Sequence[Paragraph]) -> list[Quotation]:
    """All quotations of a story in order of the text. Never raises, whatever the marks.

    A quotation left open at the end of a paragraph goes on in the next one when that opens with a
    mark, and shares its ``chain``; otherwise it ends with its sentence.

    Args:
        text: the story's text.
        paragraphs: its blocks, in order.
    """
    result: list[Quotation] = []
    chain = 0
    goes_on: int | None = None  # chain of a quotation left open by the paragraph before
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        continues = goes_on
        goes_on = None
        reopened = False
        for opening, closing, depth in sorted(_pair(text, paragraph), key=lambda p: p[0].start):
            whole = opening.start == paragraph.start
            if whole and continues is not None:
                own_chain = continues
            elif result and reopened and opening.start == result[-1].outer_end:
                own_chain = result[-1].chain
            else:
                chain += 1
                own_chain = chain
            reopened = closing is not None and closing.start == closing.end
            if closing is not None:
                end, outer_end = closing.start, closing.end
            elif following is not None and _opens_with_mark(text, following):
                end = outer_end = paragraph.end
                goes_on = own_chain
            else:
                end = outer_end = _missing_end(text, opening.end, paragraph.end)
            if end > opening.end:
                result.append(
                    Quotation(
                        opening.end, end, opening.start, outer_end,
                        closing is not None, depth, own_chain, whole,
                    )
                )  # fmt: skip
    return _without_overlap(result)


def _without_overlap(found: list[Quotation]) -> list[Quotation]:
    """Quotations whose ends nest: an unclosed one stops where the next of its depth begins."""
    result: list[Quotation] = []
    reach = 0  # where the last of all but the one before ends
    for item in found:
        if item.end <= max(reach, result[-1].end if result else 0):
            inner, last = replace(item, depth=1), result[-1]
            result.append(inner)
            reach = max(reach, last.end)
        elif result and result[-1].end > item.start:
            if item.outer_start > result[-1].start:
                result[-1] = replace(result[-1], end=item.outer_start, outer_end=item.outer_start)
            result.append(replace(item, depth=0))
        else:
            result.append(replace(item, depth=0))
    return result


def scare_quote(text: str, quotation: Quotation) -> bool:
    """Whether the quotation is a word or two within a sentence ("significant consequences")."""
    words = text[quotation.start : quotation.end].split()
    return len(words) <= 4 and not re.search(r"[.!?,]$", text[quotation.start : quotation.end])
