"""Who is told of in a sentence about an agreement: its parties, who reports, who is blamed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.model import Entity, Record, Span

Mentioned = Sequence[tuple[int, Entity]]

_CITED = re.compile(r"\b(?:record|report|register|count|document|note|log|said|says|say|accus|den(?:y|ie)|observ|saw|see)\w*\b", re.I)  # fmt: skip
_BLAME = re.compile(r"\b(?:accus\w+|blam\w+)\b", re.I)
_FAULT = re.compile(
    r"\b(?:violat\w+|breach\w*|broke|broken|breaking|infring\w+|pull\w* out|withdr[ea]w\w*)\b", re.I
)
# "Russia, Ukraine and Poland": from the start of one name to that of the next
_JOINED = re.compile(
    r"[\w’'.-]+(?: [A-Z][\w’'.-]*)*(?: (?:forces|troops|soldiers|army|armies|government))?(?:, and|,| and|–) ?(?:the |both )?"
)
_WHERE = re.compile(
    r"\b(?:in|at|near|inside|across) (?:the |its |southern |northern |eastern |western )?$", re.I
)
_MUTUAL = re.compile(
    r"\b(?:each other|one another|trad\w+ (?:\w+ ){0,2}(?:accusations|blame)|mutual (?:accusations|recriminations))\b",
    re.I,
)
_BOTH = re.compile(r"\b(?:both (?:sides|parties|armies|countries|governments)|(?:the )?two sides|all sides|either side)\b", re.I)  # fmt: skip


def is_mutual(words: str) -> bool:
    """Whether each side blames the other: "accused each other", "traded accusations"."""
    return bool(_MUTUAL.search(words))


def all_blamed(words: str) -> bool:
    """Whether every party is blamed: by the others, or as "both sides"."""
    fault = _FAULT.search(words)
    both = _BOTH.search(words)
    return is_mutual(words) or bool(
        both and fault and (both.start() < fault.start() or f"by {both[0]}" in words)
    )


def _joined(words: str, inside: Mentioned, index: int, step: int) -> list[str]:
    """Ids of the entity of a mention and of those that "and" or a comma joins to it, on one side of it (step ±1)."""
    found = [inside[index][1].id]
    while 0 <= index + step < len(inside):
        one, two = sorted((index, index + step))
        if not _JOINED.fullmatch(words[inside[one][0] : inside[two][0]]):
            break
        index += step
        found.append(inside[index][1].id)
    return found if step > 0 else found[::-1]


def _between(words: str, inside: Mentioned) -> tuple[str, ...]:
    """Those of two countries or more that "and" joins after "between"; none where there is no such word."""
    start = words.find(" between ")
    index = next((n for n, (at, _) in enumerate(inside) if 0 <= start < at), None)
    if index is None or inside[index][0] - start > len(" between the "):
        return ()
    parties = {entity.id for _, entity in inside if is_party(entity)}
    ids = tuple(dict.fromkeys(one for one in _joined(words, inside, index, 1) if one in parties))
    return ids if len(ids) > 1 else ()


def parties_of(
    record: Record, span: Span, inside: Mentioned, name: str | None, reporter: str | None,
    statement: str | None,
) -> tuple[str, ...]:  # fmt: skip
    """Whom the sentence names as sides: those whom it is "between".

    Not the place in the name of an agreement ("the Moscow agreement", but the land of "the Iran nuclear deal"), nor
    one "in" which it is, and not who speaks ("Russia's foreign ministry said"), with whom "and" joins to him, where
    it names two others."""
    words = record.story.text[span.start : span.end]
    if pair := _between(words, inside):
        return pair
    first = words.lower().find(name) if name else -1
    in_name = range(first, first + len(name)) if name and first >= 0 else ()
    sides = [
        (at, entity)
        for at, entity in inside
        if is_party(entity)
        and (at not in in_name or f"{name}".startswith(f"{entity.name.lower()} "))
    ]
    named = [side for side in sides if side[1].kind != "unnamed"]
    if len({entity.country for _, entity in named}) > 1:
        sides = named  # "a truce ending a war in which 41 people died": they have not signed it
    placed = [side for side in sides if not _WHERE.search(words, 0, side[0])]
    if len({entity.id for _, entity in placed}) > 1:
        sides = placed
    said = next((item.source for item in record.statements if item.id == statement), None)
    speakers: set[str] = set()
    for index, (at, entity) in enumerate(sides):
        in_source = said is not None and (said.start or 0) <= at + span.start < (said.end or 0)
        if entity.id == reporter or in_source:
            speakers.update(_joined(words, sides, index, -1), _joined(words, sides, index, 1))
    others = [(at, entity) for at, entity in sides if entity.id not in speakers]
    if len({entity.country for _, entity in others}) > 1:
        sides = others
    return tuple(dict.fromkeys(entity.id for _, entity in sides))


def mentioned(record: Record, span: Span) -> list[tuple[int, Entity]]:
    """Entities mentioned in the sentence behind its dateline, with the offset inside it, in order."""
    inside = [
        (mention.start - span.start, entity)
        for entity in record.entities
        for mention in entity.mentions
        if span.start <= mention.start < span.end and not is_filed(record, mention)
    ]
    return sorted(inside, key=lambda item: (item[0], item[1].id))


def is_filed(record: Record, mention: Span) -> bool:
    """Whether a mention stands in the dateline: where the story was written, and no side of it."""
    filed = (one for one in record.story.paragraphs if one.kind == "dateline")
    return any(one.start <= mention.start < one.end for one in filed)


def without(inside: Mentioned, words: str, before: re.Pattern[str]) -> Mentioned:
    """Mentions without those that stand right behind certain words, and whom "and" joins to them."""
    apart: set[str] = set()
    for found in before.finditer(words):
        behind = (n for n, (at, _) in enumerate(inside) if found.start() < at <= found.end())
        if (first := next(behind, None)) is not None:
            apart.update(_joined(words, inside, first, 1))
    return [(at, entity) for at, entity in inside if entity.id not in apart]


def is_party(entity: Entity) -> bool:
    """Whether the entity can be a party to an agreement: a side, not an observer or who reports of it."""
    outside = entity.country in ("IGO", "NGO", "UNO", "EUR", "MNC") or "JRN" in entity.sectors
    return bool(entity.country) and not outside


def reporter_of(
    record: Record, span: Span, words: str, inside: list[tuple[int, Entity]]
) -> tuple[str | None, str | None]:
    """Who says it: the source of the statement round the sentence, else who stands before a cue."""
    for statement in record.statements:
        if any(piece.overlaps(span) for piece in statement.content) and statement.source:
            if statement.source.entity:
                return statement.source.entity, statement.id
    cue = _CITED.search(words)
    if cue:
        before = [entity for offset, entity in inside if offset < cue.start()]
        if before:
            return before[-1].id, None
        after = [entity for offset, entity in inside if offset >= cue.end()]
        if after and words[cue.start() :].lower().startswith(("said", "say")):
            return after[0].id, None
    return None, None


def blamed(words: str, inside: Mentioned, reporter: str | None) -> tuple[str, ...]:
    """Who is blamed: after "accused", after "by", or right before the verb; all whom "and" joins to him. None is a
    monitor's organisation."""
    inside = [(at, entity) for at, entity in inside if is_party(entity)]
    if blame := _BLAME.search(words):
        return _from(words, inside, blame.end(), len(words))
    fault = _FAULT.search(words)
    if fault is None:
        return ()
    by = re.search(r"\bby\b", words[fault.start() :])
    if by:
        start = fault.start() + by.start()
        if after := _from(words, inside, start, start + 40):
            return after
    if fault[0].lower() in ("violation", "violations", "breach", "breaches"):
        return ()
    before = [
        number for number, (at, e) in enumerate(inside) if at < fault.start() and e.id != reporter
    ]
    return tuple(dict.fromkeys(_joined(words, inside, before[-1], -1))) if before else ()


def _from(words: str, inside: Mentioned, start: int, end: int) -> tuple[str, ...]:
    """The first who is mentioned in a part of the sentence, and whom "and" joins to him."""
    first = next((number for number, (at, _) in enumerate(inside) if start <= at <= end), None)
    return () if first is None else tuple(dict.fromkeys(_joined(words, inside, first, 1)))
