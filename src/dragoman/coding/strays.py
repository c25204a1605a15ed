"""Pieces of speech that the tags gave to a cue of another sentence, brought back to their speaker.

"…," he said. "We will not wait." Trump promised "major decisions". The second quotation goes on
with the first; the tagger, which links each content to a near cue, often gives it to the next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.drafts import Draft, tidy
from dragoman.coding.quotes import Quotation
from dragoman.coding.tokens import SUBJECTS, is_verb, tokens_in
from dragoman.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ENDS = re.compile(r"[.?!…][\"”’']{0,2}\s*$")


def brought_home(
    doc: Doc, text: str, found: list[Draft], quotations: Sequence[Quotation]
) -> list[Draft]:
    """The drafts, each keeping the pieces of its own sentence.

    A piece that ends its own sentence before the cue's one begins goes, when quoted, to the draft
    whose sentence it follows; unquoted it is nobody's. A draft's only piece stays.
    """
    outer = [item for item in quotations if item.depth == 0]
    homeless: list[Span] = []
    for draft in list(found):
        if len(draft.content) > 1 and draft.cue:
            _without_person(doc, text, draft, outer)
            found += _parted(text, draft, outer)
        if not draft.cue or len(draft.content) < 2:
            continue
        place = draft.cue_start(doc)
        away = [p for p in draft.content if _another_sentence(doc, text, p, place, outer)]
        if not away or len(away) == len(draft.content):
            continue
        kept = [piece for piece in draft.content if piece not in away]
        quoted = [piece for piece in away if _is_quoted(piece, outer)]
        if all(_owner(doc, text, found, draft, piece) is not None for piece in quoted):
            draft.content = kept
            homeless += quoted
    for piece in sorted(homeless, key=lambda item: item.start):
        owner = _owner(doc, text, found, None, piece)
        if owner is None:
            continue
        last = max(
            (item for item in owner.content if item.end <= piece.start),
            key=lambda item: item.end,
            default=None,
        )
        if last is not None and not _is_quoted(last, outer):
            found.append(
                _going_on(owner, piece)
            )  # "… he noted. "It is late."" is speech of its own
        else:
            owner.content = tidy(text, [*owner.content, piece])
    return found


def cut_at_stops(
    doc: Doc,
    text: str,
    found: list[Draft],
    ruled: Sequence[Draft],
    quotations: Sequence[Quotation],
) -> None:
    """End what is told where the next sentence begins, which another cue closes: "Oman said it had left.
    Nobody was hurt, Chad said." What only the rules heard of that sentence is added."""
    outer = [item for item in quotations if item.depth == 0]
    taken = {index for draft in found for index in draft.cue}
    heard = [
        item for item in ruled
        if item.cue and item.source and not item.borrowed and taken.isdisjoint(item.cue)
    ]  # fmt: skip
    cued = [draft for draft in found if draft.cue]
    for draft in list(cued):
        last = draft.content[-1]
        if draft.cue_start(doc) > last.start or _is_quoted(last, outer):
            continue
        stops = [doc[i].idx for i in tokens_in(doc, last) if doc[i].is_sent_start]
        stop = next((place for place in stops if place > last.start), None)
        if stop is None:
            continue
        rest = Span(stop, last.end)
        own = doc[tokens_in(doc, rest)[0]].sent
        closing = next(
            (
                other
                for other in (*cued, *heard)
                if other is not draft
                and last.end <= other.cue_start(doc) < own.end_char
                and any(piece.overlaps(rest) for piece in other.content)
            ),
            None,
        )
        if closing is not None:
            if closing in heard:
                found.append(closing)
            end = last.start + len(text[last.start : stop].rstrip(" .\n"))
            draft.content = tidy(text, [*draft.content[:-1], Span(last.start, end)])


def told_beside(
    doc: Doc, text: str, tagged: Sequence[Draft], ruled: Sequence[Draft]
) -> list[Draft]:
    """ "Denied the charge and said that …", "said it had left and denied that …": what a second verb of the speaker
    tells he does not deny, and what he denies he does not say; and in
    "police said four had died, but doctors said …" what the doctors say is not what police said.

    Cuts the content of the first, and returns the rules' drafts of the second.
    """
    taken = {index for draft in tagged for index in draft.cue}
    first = {index: draft for draft in tagged for index in draft.cue}
    found = []
    for item in ruled:
        if not item.cue or not item.content or not taken.isdisjoint(item.cue):
            continue
        verb = next((doc[i] for i in item.cue if doc[i].dep_ in ("conj", "advcl")), None)
        if verb is None:
            continue
        another = _other_speaker(verb, item)
        draft = first.get(verb.head.i)
        if draft is None and another and verb.dep_ == "advcl":
            draft = next((d for d in tagged if d.cue and _tells(d, verb.head.idx)), None)
        rows = [item.cue_row, draft.cue_row if draft is not None else None]
        denies = any(row is not None and row.act == "deny" for row in rows)
        if draft is None or not (another or denies):
            continue
        if _cut_before(doc, text, draft, verb):
            found.append(item if another else replace(item, source=draft.source or item.source))
    return found


def cut_at_deeds(doc: Doc, text: str, found: Sequence[Draft]) -> None:
    """End what is denied or rejected where the deed of somebody else is told: "Oman rejected a truce and Chad
    recalled its envoys"."""
    for draft in found:
        if draft.cue_row is None or draft.cue_row.act != "deny":
            continue
        for verb in (doc[i] for i in draft.cue):
            deeds = [kid for kid in verb.rights if kid.dep_ == "conj" and is_verb(kid)]
            own = (kid for kid in deeds if any(word.dep_ in SUBJECTS for word in kid.lefts))
            if (deed := next(own, None)) is not None:
                _cut_before(doc, text, draft, deed)


def _cut_before(doc: Doc, text: str, draft: Draft, verb: Token) -> bool:
    """End a draft's content where the clause of a verb begins, and say whether it reached beyond."""
    joints = [kid.idx for kid in verb.lefts if kid.dep_ in ("cc", "punct", "mark")]
    cut = min(joints, default=verb.idx)
    kept = [Span(x.start, min(x.end, cut)) for x in draft.content if x.start < cut]
    within = any(x.end > verb.idx for x in draft.content)
    if not (within and kept and draft.cue_start(doc) < kept[0].start):
        return False
    end = kept[-1].start + len(text[kept[-1].start : kept[-1].end].rstrip(" ,"))
    draft.content = tidy(text, [*kept[:-1], Span(kept[-1].start, end)])
    return True


def _tells(draft: Draft, place: int) -> bool:
    return any(piece.start <= place < piece.end for piece in draft.content)


def _other_speaker(verb: Token, item: Draft) -> bool:
    """Whether "but", "while" or "and" opens what somebody else says, whom a noun of its own names."""
    subject = next((kid for kid in verb.lefts if kid.dep_ == "nsubj"), None)
    joint = next((kid for kid in verb.lefts if kid.dep_ in ("cc", "mark")), None)
    if subject is None or joint is None or subject.tag_[:2] != "NN" or subject.i < joint.i:
        return False
    opens = _CONTRASTS if verb.dep_ == "advcl" else _JOINTS
    strong = item.cue_row is not None and item.cue_row.strength == "strong"
    told = strong and all(verb.doc[i].tag_ != "MD" for i in item.cue)
    return told and subject.i in item.source and joint.lower_ in opens


_CONTRASTS = frozenset({"while", "whereas", "although", "though"})
_JOINTS = frozenset({"but", "and", "while", "whereas", "yet"})


def _without_person(doc: Doc, text: str, draft: Draft, outer: Sequence[Quotation]) -> None:
    """Take out of the content whom or what it is about: "scolded him: …", "said of Belmar, …"."""
    first, second = draft.content[:2]
    words = [doc[i] for i in tokens_in(doc, first)]
    gap = text[first.end : second.start]
    if (
        _BEFORE_QUOTE.fullmatch(gap)
        and not _is_quoted(first, outer)
        and len(words) <= 3
        and words[-1].tag_[:2] in ("NN", "PR")
    ):
        draft.content = draft.content[1:]
        draft.addressee = draft.addressee or [word.i for word in words]


_BEFORE_QUOTE = re.compile(r"[,:]\s*[\"“'‘’]+")


def _parted(text: str, draft: Draft, outer: Sequence[Quotation]) -> list[Draft]:
    """A draft of its own for the quotation in a new line after words that are told unquoted."""
    for number, piece in enumerate(draft.content[1:], start=1):
        before = draft.content[number - 1]
        if (
            "\n" in text[before.end : piece.start]
            and _is_quoted(piece, outer)
            and not _is_quoted(before, outer)
        ):
            later = draft.content[number:]
            draft.content = draft.content[:number]
            return [_going_on(draft, *later)]
    return []


def _going_on(owner: Draft, *pieces: Span) -> Draft:
    """A quotation without a cue by the speaker of the sentence before."""
    return Draft(
        None, [], owner.source, owner.source_head, list(pieces),
        origin="model", confidence=owner.confidence, borrowed=True,
    )  # fmt: skip


def _is_quoted(piece: Span, outer: Sequence[Quotation]) -> bool:
    return any(item.start < piece.end and piece.start < item.end for item in outer)


def _another_sentence(
    doc: Doc, text: str, piece: Span, place: int, outer: Sequence[Quotation]
) -> bool:
    """Whether a sentence ends between a piece and the cue after it, outside any quotation.

    Behind the cue that counts for a piece without a verb: "…," police said. No group claimed *it*.
    """
    holder = next((q for q in outer if q.start < piece.end and piece.start < q.end), None)
    end = holder.outer_end if holder is not None else piece.end
    if end > place:
        clause = any(doc[i].tag_[:2] in ("VB", "MD") for i in tokens_in(doc, piece))
        return holder is None and not clause and _stop_within(doc, Span(place, piece.start))
    if holder is None:
        return _stop_within(doc, Span(end, place))
    following = text[end:place].lstrip()
    ends = _ENDS.search(text[piece.start : end]) is not None
    return (ends and following[:1].isupper()) or "\n" in text[end:place]


def _stop_within(doc: Doc, gap: Span) -> bool:
    """Whether a full stop of its own token, or the end of a line, stands in a stretch."""
    return any(
        "\n" in doc[index].text
        or (doc[index].text in (".", "?", "!") and doc[index + 1].text[:1].isupper())
        for index in list(tokens_in(doc, gap))[:-1]
    )


def _owner(
    doc: Doc, text: str, found: Sequence[Draft], other: Draft | None, piece: Span
) -> Draft | None:
    """The draft whose words end right before a piece, nothing but marks between."""
    best: Draft | None = None
    for draft in found:
        if draft is other or not draft.source or piece in draft.content:
            continue
        last = max(
            [item.end for item in draft.content if item.end <= piece.start]
            + [doc[i].idx + len(doc[i]) for i in (*draft.cue, *draft.source)],
            default=0,
        )
        if last > piece.start or piece.start - last > 400:
            continue
        gap = text[last : piece.start]
        if "\n" in gap or len(re.findall(r"[.?!](?=[\"”’'\s])", gap)) > 1:
            continue
        if best is None or draft.cue_start(doc) > best.cue_start(doc):
            best = draft
    return best
