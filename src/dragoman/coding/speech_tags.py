"""The parser model's own tags for source, cue and content lead where they are there; rules repair.

The model's spans are the exact ones (it has seen what annotators mark). What it cannot know, rules
add: where a quotation really ends, who speaks when it marks no speaker, statements inside others
(its tags never nest), and quotations that it passed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.coding.cues import Cues
from dragoman.coding.drafts import Draft, tidy
from dragoman.coding.nearby import Nearby
from dragoman.coding.nested import denied_nouns, is_inner, reports, with_that
from dragoman.coding.quotes import Quotation
from dragoman.coding.span_choice import chosen
from dragoman.coding.strays import brought_home, cut_at_deeds, cut_at_stops, told_beside
from dragoman.coding.tokens import sentence_of, span_of, tokens_in
from dragoman.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.language.speech import SpeechSpan

# A quotation edge this near (code points) to a content's edge is taken for it.
NEAR_EDGE = 3
# Words of a cue that can tell nothing else: "put the toll at".
SPELT = 4
# How far around (code points) quotations are looked for: an edge moved to one may be near another.
_AROUND = 50


def present(doc: Doc) -> bool:
    """Whether the pipeline tagged speech."""
    return "speech_spans" in doc.user_data


def lead(
    doc: Doc, text: str, ruled: list[Draft], quotations: Sequence[Quotation], cues: Cues
) -> list[Draft]:
    """The model's statements, repaired and completed by the rules' drafts.

    1. of the likely spans those are chosen that are most worth giving;
    2. every group of them that has content becomes a draft;
    3. its content is fitted to the quotation marks;
    4. missing sources and cues come from the rule draft with the same cue or content;
    5. rule drafts that say something new are kept.
    """
    spans = chosen(doc, ruled, quotations)
    tagged = _groups(doc, text, cues, ruled, spans)
    sources = [
        tokens
        for kind, first, last, *_ in spans
        if kind == "SOURCE" and (tokens := _words(doc, int(first), int(last)))
    ]
    fitted = _Marks(text, quotations)
    known = _Known(ruled, sources)
    for draft in tagged:
        draft.content = fitted.content(draft.content)
        near = fitted.over(draft.content)
        draft.content = _in_line(text, draft.cue_start(doc), draft.content, near)
        _complete(doc, draft, known)
    tagged += told_beside(doc, text, tagged, ruled)
    _join_paragraphs(text, tagged, quotations)
    tagged = brought_home(doc, text, tagged, quotations)
    cut_at_stops(doc, text, tagged, ruled, quotations)
    cut_at_deeds(doc, text, tagged)
    denied_nouns(doc, tagged, cues)
    added = _additions(doc, tagged, ruled)
    return [*tagged, *added, *with_that(doc, tagged, added, cues)]


def _join_paragraphs(text: str, tagged: Sequence[Draft], quotations: Sequence[Quotation]) -> None:
    """Give a paragraph of a long quotation, left open at its end, to the speaker of the others."""
    for item in quotations:
        place = Span(item.start, item.end)
        if (
            item.closed
            or not item.whole
            or item.depth
            or any(piece.overlaps(place) for d in tagged for piece in d.content)
        ):
            continue
        others = [Span(q.start, q.end) for q in quotations if q.chain == item.chain]
        holder = next(
            (d for d in tagged if d.cue and any(p.overlaps(o) for p in d.content for o in others)),
            None,
        )
        if holder is not None:
            holder.content = tidy(text, [*holder.content, place])


def _words(doc: Doc, first: int, last: int) -> list[int]:
    """The tokens of a tagged span without white space at its ends; its marks are kept as tagged."""
    tokens = list(range(first, last))
    while tokens and doc[tokens[0]].is_space:
        tokens.pop(0)
    while tokens and doc[tokens[-1]].is_space:
        tokens.pop()
    return tokens if any(doc[i].is_alpha or doc[i].like_num for i in tokens) else []


def _without_commas(doc: Doc, tokens: list[int]) -> list[int]:
    """A source without the stops and quotation marks at its ends; a dash or bracket stays."""
    held = list(tokens)
    while held and all(sign in _LOOSE for sign in doc[held[-1]].text):
        held.pop()
    while held and all(sign in _LOOSE for sign in doc[held[0]].text):
        held.pop(0)
    return held or list(tokens)


_LOOSE = frozenset(".,;:\"“”'‘’`")


@dataclass
class _Group:
    """The tagged spans of one attribution, as token indices."""

    cue: list[int] = field(default_factory=list)
    source: list[int] = field(default_factory=list)
    content: list[list[int]] = field(default_factory=list)
    chance: float = 1.0

    @property
    def place(self) -> int:
        """The token that the group is looked for by: its cue, else its source, else its content."""
        return (self.cue or self.source or self.content[0])[0]


def _groups(
    doc: Doc, text: str, cues: Cues, ruled: Sequence[Draft], spans: Sequence[SpeechSpan]
) -> list[Draft]:
    """One draft for each attribution that has, or can be given, content."""
    grouped: dict[int, _Group] = {}
    for kind, first, last, chance, number in spans:
        tokens = _words(doc, int(first), int(last))
        if not tokens:
            continue
        group = grouped.setdefault(int(number), _Group())
        group.chance = min(group.chance, float(chance))
        if kind == "CONTENT":
            group.content.append(tokens)
        elif kind == "CUE":
            group.cue = group.cue or tokens
        else:
            group.source = group.source or _without_commas(doc, tokens)
    groups = _joined(doc, list(grouped.values()))
    found: list[Draft] = []
    for group in groups:
        content = [span_of(doc, tokens) for tokens in group.content]
        if not content:
            twin = next((item for item in ruled if set(item.cue) & set(group.cue)), None)
            content = list(twin.content) if twin is not None else []
        content = tidy(text, content)
        if content:
            row = cues.act_of([doc[i].lower_ for i in group.cue]) if group.cue else None
            found.append(
                Draft(
                    row, group.cue, group.source, None, content,
                    origin="model", confidence=round(group.chance, 3),
                )
            )  # fmt: skip
    return found


def _joined(doc: Doc, groups: list[_Group]) -> list[_Group]:
    """Groups with their strays brought home.

    A source tagged without a cue goes to the nearest cue of its sentence that has none; content
    without a cue to the nearest cue of its sentence without content.
    """
    whole = [item for item in groups if item.cue]
    strays = [item for item in groups if not item.cue]
    by_line: dict[tuple[int, int], list[_Group]] = {}
    for item in whole:
        by_line.setdefault(sentence_of(doc, item.cue[0]), []).append(item)
    left: list[_Group] = []
    for stray in strays:
        near = by_line.get(sentence_of(doc, stray.place), [])
        if stray.source and not stray.content:
            near = [item for item in near if not item.source]
        else:
            near = [item for item in near if not item.content]
        home = min(near, key=lambda item: abs(item.cue[0] - stray.place), default=None)
        if home is None:
            left.append(stray)
            continue
        home.source = home.source or stray.source
        home.content = home.content or stray.content
        home.chance = min(home.chance, stray.chance)
    return whole + left


class _Marks:
    """The quotation marks of a story, asked for those near a place."""

    def __init__(self, text: str, quotations: Sequence[Quotation]) -> None:
        self._text = text
        self._all = quotations
        self._outer = [item for item in quotations if item.depth == 0]
        self._edges = Nearby([(Span(q.start, q.start), Span(q.end, q.end)) for q in self._outer])
        self._words = Nearby([(Span(q.start, q.end),) for q in quotations])

    def content(self, pieces: Sequence[Span]) -> list[Span]:
        """Content edges that stand within a few signs of a quotation's edge are moved to it."""
        return tidy(self._text, [self._fitted(piece) for piece in pieces])

    def over(self, pieces: Sequence[Span]) -> list[Quotation]:
        """All quotations that share words with one of the pieces, and some beside them."""
        return [self._all[number] for number in self._words.at(*pieces)]

    def _fitted(self, piece: Span) -> Span:
        start, end = piece.start, piece.end
        around = [Span(place - _AROUND, place + _AROUND) for place in (start, end)]
        for item in [self._outer[number] for number in self._edges.at(*around)]:
            if _near(self._text, start, item.start) and end > item.start:
                start = item.start
            if item.closed and _near(self._text, end, item.end) and start < item.end:
                end = item.end
        return Span(start, max(start, end))


def _near(text: str, place: int, edge: int) -> bool:
    """Whether a quotation's edge is a few signs away, and none of them belongs to a word."""
    between = text[min(place, edge) : max(place, edge)]
    return len(between) <= NEAR_EDGE and not any(sign.isalnum() for sign in between)


def _in_line(
    text: str, place: int, content: list[Span], quotations: Sequence[Quotation]
) -> list[Span]:
    """Content cut at line breaks: beyond the cue's own line only quoted words are still said."""
    result: list[Span] = []
    for piece in content:
        start = piece.start
        for part in text[piece.start : piece.end].split("\n"):
            span = Span(start, start + len(part))
            start += len(part) + 1
            between = text[min(place, span.start) : max(place, span.end)]
            if "\n" not in between or any(
                q.start < span.end and span.start < q.end for q in quotations
            ):
                result.append(span)
    return tidy(text, result) or content


class _Known:
    """The rules' drafts and the tagged sources, found by their words."""

    def __init__(self, ruled: Sequence[Draft], sources: Sequence[list[int]]) -> None:
        self._ruled = ruled
        self._sources = sources
        self._by_cue = _first_with([item.cue for item in ruled])
        self._by_source = _first_with(sources)
        self._contents = Nearby([item.content for item in ruled])

    def with_cue(self, cue: Sequence[int]) -> Draft | None:
        """The first draft of the rules that shares a word of the cue."""
        number = min((self._by_cue[i] for i in cue if i in self._by_cue), default=None)
        return None if number is None else self._ruled[number]

    def with_content(self, draft: Draft) -> Draft | None:
        """The first draft of the rules about the same content."""
        near = (self._ruled[number] for number in self._contents.at(*draft.content))
        return next((item for item in near if _same_content(draft, item)), None)

    def source(self, tokens: Sequence[int]) -> list[int] | None:
        """The first tagged source that shares a word with these."""
        number = min((self._by_source[i] for i in tokens if i in self._by_source), default=None)
        return None if number is None else self._sources[number]


def _first_with(things: Sequence[Sequence[int]]) -> dict[int, int]:
    """Of each token the number of the first thing that holds it."""
    found: dict[int, int] = {}
    for number, tokens in enumerate(things):
        for token in tokens:
            found.setdefault(token, number)
    return found


def _complete(doc: Doc, draft: Draft, known: _Known) -> None:
    """Take the source, addressee and row of the rule draft about the same words.

    Where the model tagged the words of that source as one, its span is the one taken.
    """
    twin = known.with_cue(draft.cue)
    if twin is None and not draft.cue:
        twin = known.with_content(draft)
        if twin is not None and not _clash(doc, twin.cue, draft):
            draft.cue = twin.cue
    if twin is None:
        return
    draft.cue_row = draft.cue_row or twin.cue_row
    draft.addressee = twin.addressee
    denied = draft.cue_row is not None and draft.cue_row.act == "deny"
    relative = _bare_relative(doc, draft) if denied else ""
    if relative and twin.source and twin.origin == "rule:verb":
        draft.source, draft.source_head = twin.source, twin.source_head  # ", which Belmar denies"
        if relative == "that":
            draft.content = list(twin.content)
    if twin.source and twin.origin == "rule:verb" and _of_clause_between(doc, draft):
        draft.source, draft.source_head = twin.source, twin.source_head
    if draft.source and _clash(doc, draft.source, draft) and not _clash(doc, twin.source, draft):
        draft.source = []  # "saying Mr Rao had agreed": what follows the cue is said, not saying
    if not draft.source and not _clash(doc, twin.source, draft):
        exact = known.source(twin.source)
        draft.source = exact if exact is not None else twin.source
        draft.source_head = twin.source_head
        draft.borrowed = twin.borrowed


def _of_clause_between(doc: Doc, draft: Draft) -> bool:
    """Whether a source acts only in a clause that is over: "Chad left as Mali armed, and accused Togo"."""
    verb = next((doc[i] for i in draft.cue if doc[i].dep_ == "conj"), None)
    clauses = (doc[i].head for i in draft.source if doc[i].dep_ == "nsubj")
    return verb is not None and any(
        clause.dep_ == "advcl" and clause.head == verb.head and clause.i < verb.i
        for clause in clauses
    )


def _bare_relative(doc: Doc, draft: Draft) -> str:
    """The relative pronoun that is all of a draft's content, or an empty string."""
    words = [doc[i].lower_ for piece in draft.content for i in tokens_in(doc, piece)]
    return words[0] if len(words) == 1 and words[0] in ("that", "which") else ""


def _clash(doc: Doc, tokens: Sequence[int], draft: Draft) -> bool:
    """Whether words would stand inside the content they are to introduce."""
    if not tokens:
        return True
    place = span_of(doc, tokens)
    return any(piece.overlaps(place) for piece in draft.content)


def _same_content(one: Draft, other: Draft) -> bool:
    """Whether two drafts share at least half of the shorter one's content."""
    shared = sum(
        max(0, min(a.end, b.end) - max(a.start, b.start))
        for a in one.content
        for b in other.content
    )
    least = min(
        sum(a.end - a.start for a in one.content), sum(b.end - b.start for b in other.content)
    )
    return 2 * shared >= least > 0


def _additions(doc: Doc, tagged: Sequence[Draft], ruled: Sequence[Draft]) -> list[Draft]:
    """Rule drafts worth keeping beside the model's.

    A quotation that the model passed over; and an act that a claim hangs on (accusing, denying)
    with its speaker, which the model's tags cannot show where it stands inside other speech.
    """
    kept: list[Draft] = []
    cue_tokens = {index for draft in tagged for index in draft.cue}
    contents = Nearby([draft.content for draft in tagged])
    for item in ruled:
        if set(item.cue) & cue_tokens:
            if _denied_claim(item, tagged):
                kept.append(item)
            continue
        place = span_of(doc, item.cue) if item.cue else None
        near = [tagged[number] for number in contents.at(*item.content)]
        if any(
            _same_content(item, draft) and _same_extent(item, draft)
            for draft in near
            if place is None or not any(piece.contains(place) for piece in draft.content)
        ):
            continue
        fresh = not any(
            piece.overlaps(other)
            for piece in item.content
            for draft in near
            for other in draft.content
        )
        act = item.cue_row.act if item.cue_row is not None else ""
        strong = item.cue_row is not None and item.cue_row.strength == "strong"
        quoted = item.confidence >= 0.9 or item.origin == "rule:neighbour"
        refusal = act == "deny" and item.cue_row is not None and item.cue_row.presupposes != "false"
        sided = act in ("accuse", "deny", "claim") and strong and not refusal and reports(doc, item)
        spelt = item.cue_row is not None and len(item.cue_row.words) >= SPELT and bool(item.source)
        charge = fresh and act == "accuse" and strong and _is_charge(doc, item)
        if (fresh and (quoted or spelt)) or sided or charge or is_inner(doc, item, near):
            kept.append(item)
    return kept


def _is_charge(doc: Doc, item: Draft) -> bool:
    """Whether somebody is named with what others charge him with ("Belmar, long accused of lying")."""
    if item.source or not item.content:
        return False
    first = tokens_in(doc, item.content[0])
    return len(first) > 0 and doc[first[0]].lower_ == "of"


def _denied_claim(item: Draft, tagged: Sequence[Draft]) -> bool:
    """Whether a draft is the claim in "dismissed allegations by X that …", tagged as one cue."""
    return (
        item.origin == "rule:noun"
        and bool(item.source)
        and any(
            set(item.cue) & set(draft.cue)
            and draft.cue_row is not None
            and draft.cue_row.act == "deny"
            and not set(item.source) & set(draft.source)
            for draft in tagged
        )
    )


def _same_extent(one: Draft, other: Draft) -> bool:
    """Whether two drafts' contents are of like length (one is not nested in the other)."""
    a, b = one.hull, other.hull
    sizes = sorted((a.end - a.start, b.end - b.start))
    return sizes[0] * 2 >= sizes[1]
