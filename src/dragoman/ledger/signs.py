"""What a story says about agreements: agreed, in force, extended, violated, held, denied, over.

A sentence is read with the patterns of ``data/signs.tsv``. Counts, the reporter's own period of
comparison, the reporter and the side blamed are taken from the same sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

from dragoman.errors import DataError
from dragoman.ledger import days
from dragoman.model import Entity, Record, Span

_SENTENCE_END = re.compile(r"(?<=[.!?])[”\"’')]*\s+(?=[“\"‘'(]?[A-Z0-9])")
_SHORTENED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|St|Jan|Feb|Aug|Sept|Oct|Nov|Dec|No|U\.S|U\.N)\.$"
)
_COUNT = re.compile(r"\b(\d[\d,]*|no|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
                    r" (?:new |fresh |further |more |alleged |armed )?(?:[\w-]+ )?(?:violations|breaches)\b", re.I)  # fmt: skip
_COMPARED = re.compile(
    r"(?:\b(?:up|down|compared (?:with|to)|against|as against|versus)\b(?: from)? (\d[\d,]*|no|none|one|two|three|"
    r"four|five|six|seven|eight|nine|ten|eleven|twelve)\b[^.;,]{0,50})", re.I)  # fmt: skip
_NAMED = re.compile(
    r"\b(?:the )?(?:(\d{4}) |((?:[A-Z][\w’'-]+[ -]?(?:and )?){1,3}) ?)(?:peace |ceasefire |border )?$"
)
_OF_DAY = re.compile(r"\b(?:(mon|tues|wednes|thurs|fri|satur|sun)day)[’']s (?:\w+ )?$", re.I)
_CITED = re.compile(r"\b(?:record|report|register|count|document|note|log|said|says|say|accus|den(?:y|ie)|observ|saw|see)\w*\b", re.I)  # fmt: skip
_BLAME = re.compile(r"\b(?:accus\w+|blam\w+)\b", re.I)
_FAULT = re.compile(
    r"\b(?:violat\w+|breach\w*|broke|broken|breaking|infring\w+|pull\w* out|withdr[ea]w\w*)\b", re.I
)
_UNTIL = re.compile(
    r"\b(?:until|till|through|to(?= \d| the end of| january| february| march| april| may \d| june| july"
    r"| august| september| october| november| december))\b([^.;]{3,40})",
    re.I,
)
_FROM = re.compile(r"\b(?:from|on|at|since)\b([^.;]{3,40})", re.I)
_SCOPE = re.compile(
    r"\b(?:along|in|across|over|around|throughout) "
    r"((?:the )?[A-Za-z][^,.;]{2,50}?)(?=[,.;]|$| (?:until|till|for|from|at|on|after|before|by|that|which) )"
)
# a name with at most two words before it; what follows it is dropped, unless it is a single word ("valley")
_PLACE = re.compile(
    r"(?:[a-z-]+ ){0,2}(?P<name>[A-Z][\w’'-]*)(?: (?:of (?:the )?|and (?:the )?)?[A-Z][\w’'-]*)*"
)
_UNREAL = re.compile(
    r"\b(?:no|not|never|without|little|few|any|lack of|fail\w* to|unless|if|until|whether|would|could|might|should)\b",
    re.I,
)
_CONDITION = re.compile(r"\b(?:unless|if|whether)\b[^.;]*$", re.I)
_TITLES = frozenset({"New", "Fresh", "Latest", "Fragile", "The", "A", "An", "Under", "In", "But", "And", "On", "After", "Both", "This", "That", "Its",
                     "Their", "No", "UN", "EU", "US", "UK", "NATO", "Nato", "Observers", "Monitors", "Recent", "Former"})  # fmt: skip


@dataclass(frozen=True)
class Sign:
    """One sentence about an agreement. ``count`` and ``previous`` are numbers of violations."""

    sign: str
    term: str
    name: str | None
    name_day: date | None
    name_year: int | None
    start: int
    end: int
    text: str
    reporter: str | None
    sides: tuple[str, ...]
    parties: tuple[str, ...]
    count: int | None = None
    previous: int | None = None
    comparison: str | None = None
    day: date | None = None
    until: date | None = None
    scope: str | None = None
    statement: str | None = None


def data_rows(name: str, columns: int) -> list[tuple[int, list[str]]]:
    """Rows of a data file with their line numbers, comments left out.

    Raises:
        DataError: a row has too few columns.
    """
    text = (resources.files("dragoman.ledger") / "data" / name).read_text(encoding="utf-8")
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) < columns:
            raise DataError(f"ledger/data/{name}", number, f"{columns} columns wanted")
        rows.append((number, cells))
    return rows


@lru_cache(maxsize=1)
def terms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Class of agreement → its words."""
    return tuple(
        (cells[0], re.compile(rf"\b{cells[1]}\b", re.I)) for _, cells in data_rows("terms.tsv", 2)
    )


@lru_cache(maxsize=1)
def patterns() -> tuple[tuple[str, re.Pattern[str], str, str], ...]:
    """Sign, pattern, an example that fires it and one that must not.

    Raises:
        DataError: a pattern is no regular expression.
    """
    any_term = "(?:" + "|".join(cells[1] for _, cells in data_rows("terms.tsv", 2)) + ")"
    made = []
    for number, cells in data_rows("signs.tsv", 4):
        try:
            pattern = re.compile(cells[1].replace("TERM", rf"\b{any_term}\b"), re.I)
        except re.error as error:
            raise DataError("ledger/data/signs.tsv", number, f"bad pattern: {error}") from error
        made.append((cells[0], pattern, cells[2], cells[3]))
    return tuple(made)


def sentences(text: str) -> list[Span]:
    """Sentences of a text, by line and final punctuation."""
    spans, position = [], 0
    for line in text.splitlines(keepends=True):
        begin = position
        for found in _SENTENCE_END.finditer(line):
            if not _SHORTENED.search(line[: found.start()]):
                spans.append(Span(begin, position + found.start()))
                begin = position + found.end()
        if line[begin - position :].strip():
            spans.append(Span(begin, position + len(line.rstrip())))
        position += len(line)
    return spans


def sign_of(sentence: str) -> str | None:
    """The sign a sentence carries, by the first pattern that matches; none where it stands under "if" or "unless"."""
    for sign, pattern, _, _ in patterns():
        if hit := pattern.search(sentence):
            return None if _CONDITION.search(sentence[: hit.start()]) else sign
    return None


def is_unreal(sentence: str) -> bool:
    """Whether the words speak of an agreement that there is not, or only under a condition."""
    return bool(_UNREAL.search(sentence))


def find_signs(record: Record, published: date | None) -> list[Sign]:
    """Every sentence of the story that says something about an agreement.

    Args:
        published: what "Friday" is counted from; None where nobody knows: then only full dates count.
    """
    found = []
    for span in sentences(record.story.text):
        words = record.story.text[span.start : span.end]
        term = next(
            ((name, hit) for name, pattern in terms() if (hit := pattern.search(words))), None
        )
        sign = sign_of(words) if term else None
        if term is None or sign is None:
            continue
        name, day, year = _name(words[: term[1].start()], published)
        if (
            term[0] == "agreement"
            and not (name or year or day)
            and sign not in ("agreed", "violated")
        ):
            continue  # "the deal is holding": whose? too many agreements are meant by such words
        found.append(_filled(record, span, words, sign, term[0], name, day, year, published))
    return found


def _name(before: str, published: date | None) -> tuple[str | None, date | None, int | None]:
    """The name, day or year that stands right before the word for the agreement."""
    if found := _OF_DAY.search(before):
        day = days.weekday(found[1] + "day", published, ahead=False) if published else None
        return None, day, None
    found_name = _NAMED.search(before)
    if found_name is None:
        return None, None, None
    if found_name[1]:
        return None, None, int(found_name[1])
    kept = [word for word in re.split(r"[\s-]+", found_name[2].strip()) if word not in _TITLES]
    if kept and kept[-1].endswith(("’s", "'s")):
        return None, None, None  # "Russia's deal", "September's truce": whose or when, not a name
    return (" ".join(kept).lower() or None), None, None


def _filled(record: Record, span: Span, words: str, sign: str, term: str, name: str | None,
            name_day: date | None, year: int | None, published: date | None) -> Sign:  # fmt: skip
    inside = mentioned(record, span)
    reporter, statement = _reporter(record, span, words, inside)
    count, previous, comparison = _counts(words)
    if count == 0:
        sign = "held"
    until = None
    if ahead := _UNTIL.search(words):
        until = days.named_day(ahead[1], published, ahead=True)
    begins = None
    if sign == "in-force" and (from_words := _FROM.search(words)):
        begins = days.named_day(
            from_words[1], published, ahead=" will " in words or " would " in words
        )
    sides = blamed(words, inside, reporter) if sign in ("violated", "over") else ()
    if until is None and sign in ("agreed", "extended", "in-force"):
        until = days.spell_end(words, begins or published)
    scope = _scope(words, inside) if sign in ("agreed", "in-force", "extended") else None
    return Sign(
        sign, term, name, name_day, year, span.start, span.end, words, reporter, sides,
        _parties(record, span, inside, name, statement),
        count, previous, comparison, begins, until, scope, statement,
    )  # fmt: skip


def _parties(
    record: Record,
    span: Span,
    inside: list[tuple[int, Entity]],
    name: str | None,
    statement: str | None,
) -> tuple[str, ...]:
    """Whom the sentence names as sides: not the place in the name of an agreement ("the Moscow agreement"), and not
    the country of an outsider who speaks ("Russia's foreign ministry said") where it names two others."""
    words = record.story.text[span.start : span.end].lower()
    first = words.find(name) if name else -1
    sides = [
        (at + span.start, entity)
        for at, entity in inside
        if is_party(entity) and not (name and first <= at < first + len(name))
    ]
    said = next((item.source for item in record.statements if item.id == statement), None)
    if said is not None and said.start is not None and said.end is not None:
        others = [(at, entity) for at, entity in sides if not said.start <= at < said.end]
        if len({entity.country for _, entity in others}) > 1:
            sides = others
    return tuple(dict.fromkeys(entity.id for _, entity in sides))


def _scope(words: str, inside: list[tuple[int, Entity]]) -> str | None:
    """The part of the country that an agreement is for: "the Cenepa valley"; a name, and not of somebody."""
    found = _SCOPE.search(words)
    place = _PLACE.match(found[1]) if found else None
    if found is None or place is None or days.is_named(place["name"]):
        return None
    start, end = found.start(1), found.start(1) + len(place[0])
    if any(
        start <= at < end and entity.kind in ("organisation", "person") for at, entity in inside
    ):
        return None
    rest = found[1][place.end() :].split()
    return f"{place[0]} {rest[0]}" if len(rest) == 1 else place[0]


def mentioned(record: Record, span: Span) -> list[tuple[int, Entity]]:
    """Entities mentioned in the sentence, with the offset inside it, in order."""
    inside = [
        (mention.start - span.start, entity)
        for entity in record.entities
        for mention in entity.mentions
        if span.start <= mention.start < span.end
    ]
    return sorted(inside, key=lambda item: (item[0], item[1].id))


def is_party(entity: Entity) -> bool:
    """Whether the entity can be a party to an agreement: a side, not an observer."""
    return bool(entity.country) and entity.country not in ("IGO", "NGO", "UNO", "EUR", "MNC")


def _reporter(
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


def _counts(words: str) -> tuple[int | None, int | None, str | None]:
    """Number of violations, the number of the earlier period, and the words of the comparison."""
    counted, compared = _COUNT.search(words), _COMPARED.search(words)
    if counted is None:
        return None, None, None
    count = 0 if counted[1].lower() == "no" else days.number(counted[1])
    if compared is None:
        return count, None, None
    previous = 0 if compared[1].lower() in ("no", "none") else days.number(compared[1])
    return count, previous, compared[0].strip()


def blamed(words: str, inside: list[tuple[int, Entity]], reporter: str | None) -> tuple[str, ...]:
    """Who is blamed: after "accused", after "by", or right before the verb."""
    if blame := _BLAME.search(words):
        after = [entity.id for offset, entity in inside if offset >= blame.end()]
        return tuple(after[:1])
    fault = _FAULT.search(words)
    if fault is None:
        return ()
    by = re.search(r"\bby\b", words[fault.start() :])
    if by:
        start = fault.start() + by.start()
        after = [entity.id for offset, entity in inside if start <= offset <= start + 40]
        if after:
            return tuple(dict.fromkeys(after[:2]))
    if fault[0].lower() in ("violations", "breaches"):
        return ()
    before = [e.id for offset, e in inside if offset < fault.start() and e.id != reporter]
    return tuple(before[-1:])
