"""Who says what: the statements of one story. See ``STATEMENTS.md`` for the conventions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding import headlines, layouts, nested, rules, speech_tags
from dragoman.coding.cues import Cue, hedge_weight, shipped_cues
from dragoman.coding.drafts import Draft, tidy, without
from dragoman.coding.narrators import NARRATING, narrator
from dragoman.coding.nearby import Nearby
from dragoman.coding.quotes import Quotation, find_quotations
from dragoman.coding.speaker_memory import SpeakerMemory, of_parent
from dragoman.coding.speakers import SPEAKS_FOR, resolve
from dragoman.coding.title_topics import without_topics
from dragoman.coding.tokens import span_of, tokens_in
from dragoman.coding.turn_speakers import turn_speakers
from dragoman.coding.voices import named_in
from dragoman.entities.index import EntityIndex
from dragoman.entities.words import words_of
from dragoman.model import Source, Span, Statement, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# A content is hedged when its strongest hedge takes away at least this much of it (0 to 1).
HEDGED = 0.4
# Opens an apposition in which the reporter tells how a charge was met.
_CHARGE = re.compile(
    r",\s+an?\s+(?:charge|claim|allegation|accusation|assertion)\s+(?:that\s+|which\s+)?(?=[A-Zt])"
)


#: Verbs whose passive tells what is said of its subject.
_SAID_OF = frozenset(
    {"say", "report", "believe", "think", "understand", "know", "allege", "suppose"}
)


def find(doc: Doc, story: Story, index: EntityIndex, models: bool = True) -> list[Statement]:
    """The statements of a story, in order of the text.

    1. Pair the quotation marks.
    2. Draft statements from syntax and quotations.
    3. Where the parser's model has tagged speech and ``models`` is true, let its spans lead and
       the rules repair and fill.
    4. Add what the layout shows (transcripts, signed quotations) and what headlines say.
    5. Resolve speakers, name acts, nest and number.

    Args:
        doc: the parsed story (UD labels, PTB tags).
        index: its entities.
        models: False keeps to rules even where the model's tags are there.
    """
    cues = shipped_cues()
    quotations = find_quotations(story.text, story.paragraphs)
    ruled = found = rules.drafts(doc, story, quotations, cues)
    if models and speech_tags.present(doc):
        found = speech_tags.lead(doc, story.text, found, quotations, cues)
    found = without_topics(layouts.without_lands(found, doc, index), doc, story.text, index)
    found = layouts.lead(found, layouts.drafts(doc, story, index))
    found += headlines.drafts(doc, story, index, cues, found)
    found += nested.as_saying(doc, found, cues)
    cut: set[int] = set()
    found = [
        item for item in (_clean(doc, story.text, item, cut) for item in found) if item.content
    ]
    told = {i for item in found for i in item.cue}
    apart = [item for item in ruled if cut & {*item.cue} and not told & {*item.cue}]
    found += [
        item for item in (_clean(doc, story.text, item, cut) for item in apart) if item.content
    ]
    found.sort(key=lambda draft: (draft.hull.start, -draft.hull.end, draft.cue_start(doc)))
    return _numbered(doc, story, index, found, quotations)


def _clean(doc: Doc, text: str, draft: Draft, cut: set[int]) -> Draft:
    """The draft with its own cue and source cut out of its content.

    Args:
        cut: gains the verbs whose objects were cut out as somebody else's words.
    """
    if _is_of_its_subject(doc, draft):
        draft.source, draft.source_head = [], None
    content = draft.content
    for part in (draft.cue, draft.source if not draft.borrowed else []):
        if part and part[-1] - part[0] < 40:
            content = without(content, span_of(doc, part))
    beside = [_verb_beside(doc, draft, piece) for piece in content]
    cut |= {verb.i for verb in beside if verb is not None}
    content = [piece for piece, verb in zip(content, beside, strict=True) if verb is None]
    draft.content = tidy(text, [_before_charge(text, piece) for piece in content])
    return draft


def _is_of_its_subject(doc: Doc, draft: Draft) -> bool:
    """ "Chad is said to have attacked": Chad is whom others tell of, and says nothing."""
    verb = next((doc[i] for i in reversed(draft.cue) if doc[i].tag_ in ("VBN", "VBD")), None)
    if verb is None or verb.lemma_ not in _SAID_OF:
        return False
    below = [*verb.children]
    passive = any(kid.dep_ == "aux:pass" for kid in below)
    to = any(kid.dep_ == "xcomp" and any(x.tag_ == "TO" for x in kid.children) for kid in below)
    subjects = {kid.i for word in (verb, *below) for kid in word.children if "subj" in kid.dep_}
    return passive and to and not subjects.isdisjoint(draft.source)


def _verb_beside(doc: Doc, draft: Draft, piece: Span) -> Token | None:
    """The verb joined to the cue of which a further piece is only the object: "rejected the charge and summoned |
    the envoy", "said one had died; the union put | the toll at three"."""
    first = draft.content[0] if draft.content else piece
    tokens = tokens_in(doc, piece)
    if piece.start <= first.start or not tokens or not draft.cue:
        return None
    tops = {doc[i].head.i for i in tokens if doc[i].head.i not in tokens and not doc[i].is_punct}
    verb = doc[min(tops)] if len(tops) == 1 else None
    inside = any(verb is not None and p.start <= verb.idx < p.end for p in draft.content)
    if verb is None or inside or verb.i in draft.cue or not verb.tag_.startswith("VB"):
        return None
    apart = verb.dep_ == "parataxis" and any(c.dep_ == "nsubj" for c in verb.children)
    joined = (verb.dep_ == "conj" or apart) and verb.head.i in draft.cue and verb.i < tokens[0]
    things = ("obj", "iobj", "obl") if apart else ("obj", "iobj")
    only = all(doc[i].dep_ in things for i in tokens if doc[i].head.i == verb.i)
    return verb if joined and only else None


def _before_charge(text: str, piece: Span) -> Span:
    """A piece up to the apposition that answers it (", a charge Belmar called fiction")."""
    found = _CHARGE.search(text, piece.start, piece.end)
    return Span(piece.start, found.start()) if found and found.start() > piece.start else piece


def _numbered(
    doc: Doc,
    story: Story,
    index: EntityIndex,
    found: Sequence[Draft],
    quotations: Sequence[Quotation],
) -> list[Statement]:
    """Statements with ids, acts, kinds and parents."""
    cues = [[span_of(doc, draft.cue)] if draft.cue else [] for draft in found]
    near = Nearby([*draft.content, *cue] for draft, cue in zip(found, cues, strict=True))
    parents = [_parent(doc, number, found, near) for number in range(len(found))]
    spoken = (i for draft in found for piece in draft.content for i in tokens_in(doc, piece))
    speakers = SpeakerMemory(doc, index, frozenset(spoken))
    author = narrator(doc, story, index)
    home = _home_of_briefing(doc, found, index)
    quoted = Nearby([Span(item.outer_start, item.outer_end)] for item in quotations)
    result: list[Statement] = []
    for number, draft in enumerate(found):
        row = draft.cue_row or _told_row(draft, doc)
        said = " ".join(story.text[piece.start : piece.end] for piece in draft.content)
        hedged = (row is not None and row.hedged) or hedge_weight(said[:200]) >= HEDGED
        parent = parents[number]
        source = _source(doc, story.text, index, draft, row, speakers, parent is None)
        if source is not None and draft.origin == layouts.TRANSCRIPT:
            source = _of_office(_of_turn(source, doc, draft, index), index, home)
        if source is not None and author is not None and _narrating(source, parent, quotations):
            source = source.replace(entity=author, anonymous=False)
        if source is not None and parent is not None and parent < number:
            source = of_parent(doc, index, source, draft.source, result[parent])
        result.append(
            Statement(
                id=f"s{number + 1}",
                kind="direct"
                if draft.origin == layouts.TRANSCRIPT
                else kind_of(draft.content, [quotations[n] for n in quoted.at(*draft.content)]),
                act=row.act if row is not None else "say",
                source=source,
                cue=span_of(doc, draft.cue) if draft.cue else None,
                content=tuple(draft.content),
                addressee=_addressee(doc, story.text, draft),
                parent=f"s{parent + 1}" if parent is not None else None,
                hedged=hedged,
                confidence=draft.confidence,
            )
        )
    return _spoken_for(result)


def _of_turn(source: Source, doc: Doc, draft: Draft, index: EntityIndex) -> Source:
    """The source of a turn with whoever has it, where the label alone does not say ("MR. RAO: …", "A: …")."""
    entity = turn_speakers(doc, index).by_paragraph.get(_paragraph(doc, draft), "")
    if source.entity or not entity:
        return source
    return source.replace(entity=entity, anonymous=index.entities[entity].kind == "unnamed")


def _paragraph(doc: Doc, draft: Draft) -> int:
    """The number of the paragraph in which a draft's words begin."""
    words = tokens_in(doc, draft.content[0])
    return words_of(doc).paragraphs[words[0]] if words else -1


def _of_office(source: Source, index: EntityIndex, home: str | None) -> Source:
    """The source of a turn: "Spokesperson:" speaks for the state whose briefing it is."""
    entity = index.entities.get(source.entity or "")
    if home is None or entity is None or entity.kind != "unnamed" or source.speaks_for:
        return source
    office = any(word in SPEAKS_FOR for word in source.text.lower().split())
    return source.replace(speaks_for=(home,)) if office else source


def _home_of_briefing(doc: Doc, found: Sequence[Draft], index: EntityIndex) -> str | None:
    """The state named over the first turn of a transcript: "Ministry of Foreign Affairs, Oslo"."""
    turns = [x.source[0] for x in found if x.origin == layouts.TRANSCRIPT and x.source]
    heading = index.within(0, min(turns)) if turns else ()
    lands = (index.entities[mention.entity].country for mention in heading)
    return next(
        (
            land
            for land in lands
            if land and land in index.entities and index.entities[land].kind == "state"
        ),
        None,
    )


def _narrating(source: Source, parent: int | None, quotations: Sequence[Quotation]) -> bool:
    """Whether the source is an "I" that stands in nobody's words but the author's."""
    if source.start is None or parent is not None or source.text.lower() not in NARRATING:
        return False
    return not any(q.outer_start <= source.start < q.outer_end for q in quotations)


def _spoken_for(statements: list[Statement]) -> list[Statement]:
    """The statements; whoever was told to speak for a body once ("the NATO chief") does so again."""
    bodies: dict[str, tuple[str, ...]] = {}
    for item in statements:
        if item.source is not None and item.source.entity and item.source.speaks_for:
            bodies.setdefault(item.source.entity, tuple(item.source.speaks_for))
    return [
        replace(item, source=replace(item.source, speaks_for=bodies[item.source.entity]))
        if item.source is not None and item.source.entity in bodies and not item.source.speaks_for
        else item
        for item in statements
    ]


def _source(
    doc: Doc,
    text: str,
    index: EntityIndex,
    draft: Draft,
    row: Cue | None,
    speakers: SpeakerMemory,
    outer: bool,
) -> Source | None:
    """The resolved source; speech with no speaker named ("it is claimed") has an unnamed one."""
    source = resolve(doc, draft.source, draft.source_head, index, text)
    if source is not None:
        return speakers.placed(
            source, draft.source, outer, draft.cue, _offered_to(doc, index, draft, row)
        )
    voiceless = bool(draft.cue) and (
        (row is not None and row.part == "adverb") or any(doc[i].tag_ == "VBN" for i in draft.cue)
    )
    return Source(None, "", None, None, anonymous=True) if voiceless else None


def _offered_to(doc: Doc, index: EntityIndex, draft: Draft, row: Cue | None) -> frozenset[str]:
    """Countries named after "with" or "to" in what is offered."""
    if row is None or row.act != "propose":
        return frozenset()
    return frozenset(
        index.entities[mention.entity].country
        for piece in draft.content
        for mention in named_in(piece, doc, index)
        if any(child.lower_ in ("with", "to") for child in doc[mention.head].children)
    )


def _told_row(draft: Draft, doc: Doc) -> Cue | None:
    """The cue row named by the words of a cue span that came from the model."""
    if not draft.cue:
        return None
    return shipped_cues().act_of([doc[index].lower_ for index in draft.cue])


def _addressee(doc: Doc, text: str, draft: Draft) -> str | None:
    """The words for who is spoken to; what is all that is said is nobody ("urged restraint")."""
    words = _words(doc, text, draft.addressee)
    said = [text[piece.start : piece.end] for piece in draft.content]
    return None if said == [words] else words


def _words(doc: Doc, text: str, tokens: Sequence[int]) -> str | None:
    if not tokens:
        return None
    span = span_of(doc, tokens)
    return text[span.start : span.end]


def kind_of(content: Sequence[Span], quotations: Sequence[Quotation]) -> str:
    """direct: all inside quotation marks; mixed: in part; indirect: not at all.

    Words count by their characters; nine tenths quoted is direct.
    """
    total = sum(piece.end - piece.start for piece in content)
    quoted = sum(
        max(0, min(piece.end, item.outer_end) - max(piece.start, item.outer_start))
        for piece in content
        for item in quotations
        if item.depth == 0
    )
    if total and quoted >= 0.9 * total:
        return "direct"
    return "mixed" if quoted else "indirect"


def _parent(doc: Doc, number: int, found: Sequence[Draft], near: Nearby) -> int | None:
    """The innermost other statement whose content holds this one's cue (or, without one, content).

    Args:
        near: the statements by where their contents and cues stand.
    """
    own = found[number]
    place = span_of(doc, own.cue) if own.cue else own.content[0]
    best: tuple[int, int] | None = None
    for other in near.at(place):
        draft = found[other]
        if other == number or draft.borrowed:
            continue
        if own.cue and set(own.cue) < set(draft.cue):
            return other  # "dismissed allegations" as one cue: the allegations are inside it
        holds = any(piece.contains(place) for piece in draft.content)
        if not holds or (not own.cue and own.hull == draft.hull):
            continue
        size = draft.hull.end - draft.hull.start
        if size <= own.hull.end - own.hull.start and own.hull.start < draft.hull.start:
            continue
        if best is None or size < best[0]:
            best = (size, other)
    return best[1] if best is not None and not _loops(best[1], number, found, doc) else None


def _loops(parent: int, child: int, found: Sequence[Draft], doc: Doc) -> bool:
    """Whether the child's content also holds the parent's cue (then neither is inside the other)."""
    cue = found[parent].cue
    if not cue:
        return False
    place = span_of(doc, cue)
    return any(piece.contains(place) for piece in found[child].content)


__all__ = ["find", "kind_of", "tokens_in"]
