"""One commitment told several times in a story is one: the first telling, with what the rest add."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.commitment_found import Found
from dragoman.coding.commitment_words import agreements
from dragoman.coding.propositions import stem
from dragoman.coding.tokens import NEGATIONS, tokens_in
from dragoman.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Least share of the shorter telling's content words that the other has, and least number of them.
SHARED, LEAST = 0.75, 2
# Words of a dateline that may stand as a sentence of their own, at most.
_DATELINE = 8
# Kinds that tell of the same words when they overlap: the sharper one is kept.
_AHEAD = frozenset({"threat", "promise"})


def told_once(doc: Doc, found: list[Found], title_end: int = 0) -> list[Found]:
    """Each commitment once, in order of the text; the first telling stays, with what the rest add.

    Two are one where one word makes both, where they cover the same words with the same kind for
    one party, or where the later tells of the earlier again. What the title tells in short is told
    by the words of the story's first sentence.

    Args:
        title_end: where the title ends, in code points; 0 where there is none.
    """
    result: list[Found] = []
    named: list[tuple[tuple[str, ...], Found]] = []
    for item in sorted(found, key=lambda f: (f.span.start, -f.span.end)):
        same = next(
            (
                held
                for held in result
                if held.head == item.head
                or (
                    (
                        held.kind == item.kind
                        or (held.kind in _AHEAD and item.kind in _AHEAD | {"plan"})
                    )
                    and held.span.overlaps(item.span)
                    and ({*held.by, *held.to} & set(item.by) or not item.by)
                )
                or _told_again(doc, held, item)
                or (title_end and _tells_title(doc, held, item, title_end))
            ),
            None,
        )
        if same is None:
            result.append(item)
        elif same.span.end <= title_end <= item.span.start and not (same.pact or same.meeting):
            known = tuple(item.by)
            result[result.index(same)] = _in_full(same, item)
            if known != tuple(item.by):
                named.append((known, item))
        elif not same.span.overlaps(item.span) and same.head != item.head:
            same.again = (*same.again, item.span, *item.again)
            same.parties = same.parties or item.parties
            same.to += [key for key in item.to if not same.to and key not in same.by]
            same.retold.append(item.head)
        else:
            same.to += [key for key in item.to if key not in (*same.to, *same.by)]
            if item.kind == "threat" and same.kind != "offer":
                # "warned that it would": the warning tells what it is
                same.kind, same.status = item.kind, item.status
    for known, item in named:  # what else the sentence says of those whom the title names
        for other in result:
            if tuple(other.by) == known:
                other.by = list(item.by)
    return result


def _told_again(doc: Doc, held: Found, item: Found) -> bool:
    """Whether a later word tells of the commitment again."""
    if held.kind == item.kind == "agreement" and not (held.name and item.name):
        if _is_truce(doc, held.span) and _is_truce(doc, item.span):
            return one_side(held.by, item.by) and not _is_another(doc, item.span)
    if item.pact and not held.pact and held.kind == "agreement" and item.name is None:
        words = {doc[i].lower_ for i in tokens_in(doc, held.span)}
        return doc[item.head].lower_ in words and bool(set(held.by) & set(item.by))
    if held.kind != item.kind or held.pact or item.pact or held.meeting or item.meeting:
        return False
    sides = set(held.by) & set(item.by) and one_side(held.to, item.to)
    return bool(sides) and same_telling(doc, held.span, item.span)


def _tells_title(doc: Doc, held: Found, item: Found, title_end: int) -> bool:
    """Whether the first sentence after a title tells the title's commitment: one kind, maker and other side."""
    lead = next((s for s in doc.sents if s.start_char >= title_end and len(s) > _DATELINE), None)
    if (
        held.span.end > title_end
        or lead is None
        or not title_end <= item.span.start < lead.end_char
    ):
        return False
    if held.kind != item.kind or held.pact or item.pact or held.meeting or item.meeting:
        return False
    same = bool(set(held.by) & set(item.by)) and one_side(held.to, item.to)
    if not same and set(held.to) & set(item.to):  # the title names whom the sentence describes
        same = same_telling(doc, held.span, item.span)
    same = same and _negated(doc, held.span) == _negated(doc, item.span)
    return same and _numbers(doc, held.span, item.span)


def _in_full(title: Found, item: Found) -> Found:
    """The commitment of a title in the fuller words of the story."""
    item.again = (title.span, *title.again, *item.again)
    item.parties = item.parties or title.parties
    item.by += [key for key in title.by if not set(title.by) & set(item.by)]
    item.to += [key for key in title.to if not item.to and key not in item.by]
    item.retold += [title.head, *title.retold]
    return item


def _is_truce(doc: Doc, span: Span) -> bool:
    """Whether words are of a truce itself ("a ceasefire brokered by Oman"), not of what is done about one."""
    inside = tokens_in(doc, span)
    tops = [doc[i] for i in inside if doc[i].head.i not in inside or doc[i].head.i == i]
    return bool(tops) and tops[0].lower_ in agreements()["standing"]


def _is_another(doc: Doc, span: Span) -> bool:
    """Whether words are of a truce that is not the one before: "a new ceasefire"."""
    return any(doc[i].lower_ in ("new", "another", "second", "fresh") for i in tokens_in(doc, span))


def same_telling(doc: Doc, one: Span, other: Span) -> bool:
    """Whether two spans tell of one thing: most content words of the shorter stand in the longer.

    Words alone decide; who commits and toward whom is for the caller.
    """
    mine, theirs = _stems(doc, one), _stems(doc, other)
    shared = len(mine & theirs)
    if shared < LEAST or shared < SHARED * min(len(mine), len(theirs)):
        return False
    return _negated(doc, one) == _negated(doc, other) and _numbers(doc, one, other)


def one_side(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether the parties of two tellings (entity ids) can be the same: they meet, or one is open."""
    return not mine or not theirs or bool(set(mine) & set(theirs))


def _stems(doc: Doc, span: Span) -> set[str]:
    return {found for i in tokens_in(doc, span) if (found := stem(doc[i])) is not None}


def _negated(doc: Doc, span: Span) -> bool:
    return any(doc[i].lower_ in NEGATIONS for i in tokens_in(doc, span))


def _numbers(doc: Doc, one: Span, other: Span) -> bool:
    """Whether no number of one is missing from the other, where both have some."""
    mine, theirs = (
        {doc[i].text for i in tokens_in(doc, s) if doc[i].tag_ == "CD"} for s in (one, other)
    )
    return not mine or not theirs or mine <= theirs or theirs <= mine
