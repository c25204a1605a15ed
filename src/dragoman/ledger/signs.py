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
from dragoman.ledger.sides import Mentioned, blamed, mentioned, parties_of, reporter_of, without
from dragoman.model import Record, Span

_SENTENCE_END = re.compile(r"(?<=[.!?])[”\"’')]*\s+(?=[“\"‘'(]?[A-Z0-9])")
_SHORTENED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|St|Jan|Feb|Aug|Sept|Oct|Nov|Dec|No|U\.S|U\.N)\.$"
)
_COUNT = re.compile(r"\b(\d[\d,]*|no|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
                    r" (?:new |fresh |further |more |alleged |armed )?(?:[\w-]+ )?(?:violations|breaches)\b", re.I)  # fmt: skip
_COMPARED = re.compile(
    r"(?:\b(?:up|down|compared (?:with|to)|against|as against|versus)\b(?: from)? (\d[\d,]*|no|none|one|two|three|"
    r"four|five|six|seven|eight|nine|ten|eleven|twelve)\b[^.;,]{0,50})", re.I)  # fmt: skip
_NAMED = r"\b(?:the )?(?:(\d{{4}}) )?((?:[A-Z][\w’'-]+[ -]?(?:and )?){{1,3}}(?:{topic} )?|{topic} )?(?:peace |ceasefire |border )?$"
# the year in which one was made: "signed in July 2015"
_MADE_IN = re.compile(r"^[^,;]{0,60}?\bin (?:[A-Z]\w+ )?(\d{4})\b")
_OF_DAY = re.compile(r"\b(?:(mon|tues|wednes|thurs|fri|satur|sun)day)[’']s (?:\w+ )?$", re.I)
_UNTIL = re.compile(
    r"\b(?:until|till|through|to(?= \d| the end of| january| february| march| april| may \d| june| july"
    r"| august| september| october| november| december))\b([^;]{3,40})",
    re.I,
)
_FROM = re.compile(r"\b(?:from|on|at|since)\b([^.;]{3,40})", re.I)
_STARTING = re.compile(r"\b(?:from|starting|beginning)(?: on| at)?\b([^;]{3,40})", re.I)
_SCOPE = re.compile(
    r"\b(?:along|in|across|over|around|throughout) "
    r"((?:the )?[A-Za-z][^,.;]{2,50}?)(?=[,.;]|$| (?:until|till|for|from|at|on|after|before|by|that|which) )"
)
# a name with at most two words before it; what follows it is dropped, unless it is a single word ("valley")
_PLACE = re.compile(
    r"(?:[a-z-]+ ){0,2}(?P<name>[A-Z][\w’'-]*)(?: (?:of (?:the )?|and (?:the )?)?[A-Z][\w’'-]*)*"
)
_BREAKING = re.compile(r"\b(?:violat\w+|breach\w*)", re.I)
_UNREAL = re.compile(
    r"\b(?:no|not|never|without|little|few|any|lack of|fail\w* to|unless|if|until|whether|would|could|might|should)\b",
    re.I,
)
_SIGNED_IN = re.compile(r"\b(?:sign(?:ed|s|ing)|initial(?:l)?ed)\b[^,;]{0,60} in (?:the )?[A-Z]")
_CONDITION = re.compile(r"\b(?:unless|if|whether)\b[^.;]*$", re.I)
# where the clause of a verb begins, and what stands before or inside it without being of it
_CLAUSE = re.compile(r"[;:—]| – |,? but |\bsince\b|, (?:and|while|whereas|although|though|then)\b| and (?=\w+ed\b)|\bfor (?=\w+ing\b)", re.I)  # fmt: skip
_ASIDE = re.compile(
    r"^(?:after|although|though|while|despite|following|when|as|once|since)\b[^,]*,|, wh(?:o|ich)\b[^,]*,",
    re.I,
)
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
        (cells[0], re.compile(rf"\b{cells[1]}\b", re.I))
        for _, cells in data_rows("terms.tsv", 2)
        if cells[0] not in ("topic", "again", "mediated")
    )


def _words_of(kind: str) -> str:
    """The pattern of a row of ``terms.tsv`` that is no term: a topic, what makes an agreement another, who mediated."""
    return next(cells[1] for _, cells in data_rows("terms.tsv", 2) if cells[0] == kind)


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    return re.compile(_NAMED.format(topic=_words_of("topic")))


@lru_cache(maxsize=1)
def _another() -> re.Pattern[str]:
    any_term = "|".join(pattern.pattern for _, pattern in terms())
    return re.compile(rf"\b{_words_of('again')} (?:[\w-]+ ){{0,2}}?(?:{any_term})", re.I)


@lru_cache(maxsize=1)
def _topical() -> re.Pattern[str]:
    any_term = "|".join(pattern.pattern for _, pattern in terms())
    return re.compile(rf"\b({_words_of('topic')}) (?:{any_term})", re.I)


@lru_cache(maxsize=1)
def _mediated() -> re.Pattern[str]:
    return re.compile(rf"\b{_words_of('mediated')}\b (?:the )?", re.I)


def is_another(words: str) -> bool:
    """Whether words speak of an agreement that is not the one before: "a new ceasefire"."""
    return bool(_another().search(words))


@lru_cache(maxsize=256)
def is_topic(name: str) -> bool:
    """Whether a name says merely what an agreement is about, which many may be: "nuclear"."""
    return bool(re.fullmatch(_words_of("topic"), name, re.I))


@lru_cache(maxsize=1)
def _known() -> dict[str, re.Pattern[str]]:
    rows = [cells for _, cells in data_rows("terms.tsv", 2) if len(cells) > 2]
    return {cells[2]: re.compile(cells[1], re.I) for cells in rows}


def made_in(words: str, today: date) -> int | None:
    """The year, before this one, in which an agreement was made, by what follows the word for it; None without one."""
    found = _MADE_IN.search(words)
    return int(found[1]) if found and int(found[1]) < today.year else None


def known_name(words: str) -> str | None:
    """The name of the one agreement that words mean by themselves ("JCPOA"), or its topic; None where they have none."""
    topic = _topical().search(words)
    return next((n for n, p in _known().items() if p.search(words)), topic and topic[1].lower())


@lru_cache(maxsize=1)
def patterns() -> tuple[tuple[str, re.Pattern[str], str, str], ...]:
    """Sign (or "not" and the signs taken away), pattern, an example that fires it and one that must not.

    Raises:
        DataError: a pattern is no regular expression.
    """
    any_term = "(?:" + "|".join(pattern.pattern for _, pattern in terms()) + ")"
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


def told(record: Record) -> list[Span]:
    """Sentences of a story, each without the dateline that it may begin with."""
    filed = {one.start: one.end for one in record.story.paragraphs if one.kind == "dateline"}
    return [
        Span(filed[span.start], span.end) if filed.get(span.start, span.end) < span.end else span
        for span in sentences(record.story.text)
    ]


@lru_cache(maxsize=1)
def _takers() -> dict[str, list[re.Pattern[str]]]:
    """Sign → the patterns of words that take it away: "failed to", "yet to"."""
    found: dict[str, list[re.Pattern[str]]] = {}
    for sign, pattern, _, _ in patterns():
        for taken in sign.split()[1:]:
            found.setdefault(taken, []).append(pattern)
    return found


def sign_of(sentence: str) -> str | None:
    """The sign a sentence carries; None without one. See ``sign_in``."""
    found = sign_in(sentence)
    return found[0] if found else None


def sign_in(sentence: str) -> tuple[str, int] | None:
    """The sign a sentence carries and where its words end, by the first pattern that matches and whose words are of
    something real.

    None where it stands under "if" or "unless".
    """
    for sign, pattern, _, _ in patterns():
        if sign.startswith("not "):
            continue
        for hit in pattern.finditer(sentence):
            if _CONDITION.search(sentence[: hit.start()]):
                return None
            if not _is_taken(sentence, sign, hit.start(), hit.end()):
                return sign, hit.end()
    return None


def _is_taken(sentence: str, sign: str, start: int, end: int) -> bool:
    """Whether a word before or inside some words, in their clause, says that there was no such thing."""
    before = _ASIDE.sub(" ", sentence[:start])
    cuts = [found.end() for found in _CLAUSE.finditer(before)]
    clause = before[cuts[-1] if cuts else 0 :] + _ASIDE.sub(" ", sentence[start:end])
    return any(pattern.search(clause) for pattern in _takers().get(sign, ()))


def is_refuted(sentence: str, sign: str) -> bool:
    """Whether a sentence that names an agreement says that there was no such thing as a sign."""
    if sign_of(sentence) == sign:
        return False
    hits = [hit for _, pattern in terms() if (hit := pattern.search(sentence))]
    if sign == "violated":
        hits += _BREAKING.finditer(sentence)
    return any(_is_taken(sentence, sign, hit.start(), hit.end()) for hit in hits)


def is_unreal(sentence: str) -> bool:
    """Whether the words speak of an agreement that there is not, or only under a condition."""
    return bool(_UNREAL.search(sentence))


def find_signs(record: Record, published: date | None) -> list[Sign]:
    """Every sentence of the story that says something about an agreement.

    Args:
        published: what "Friday" is counted from; None where nobody knows: then only full dates count.
    """
    found = []
    for span in told(record):
        words = record.story.text[span.start : span.end]
        term = next(
            ((name, hit) for name, pattern in terms() if (hit := pattern.search(words))), None
        )
        told_sign = sign_in(words) if term else None
        if term is None or told_sign is None:
            continue
        sign, sign_end = told_sign
        name, day, year = _name(words[: term[1].start()], published)
        name = name or known_name(words[term[1].start() :])
        if sign == "agreed" and published:
            year = year or made_in(words[term[1].end() :], published)
        if (
            term[0] == "agreement"
            and not (name or year or day)
            and sign not in ("agreed", "violated")
        ):
            continue  # "the deal is holding": whose? too many agreements are meant by such words
        found.append(
            _filled(record, span, words, sign, sign_end, term[0], name, day, year, published)
        )
    return found


def _name(before: str, published: date | None) -> tuple[str | None, date | None, int | None]:
    """The name, day or year that stands right before the word for the agreement."""
    if found := _OF_DAY.search(before):
        day = days.weekday(found[1] + "day", published, ahead=False) if published else None
        return None, day, None
    found_name = _named().search(before)
    if found_name is None:
        return None, None, None
    year = int(found_name[1]) if found_name[1] else None
    words = re.split(r"[\s-]+", (found_name[2] or "").strip())
    kept = [word for word in words if word and word not in _TITLES]
    if kept and kept[-1].endswith(("’s", "'s")):
        return None, None, None  # "Russia's deal", "September's truce": whose or when, not a name
    return (" ".join(kept).lower() or None), None, year


def _filled(record: Record, span: Span, words: str, sign: str, sign_end: int, term: str, name: str | None,
            name_day: date | None, year: int | None, published: date | None) -> Sign:  # fmt: skip
    inside = mentioned(record, span)
    between = without(inside, words, _mediated())
    reporter, statement = reporter_of(record, span, words, inside)
    count, previous, comparison = _counts(words)
    if count == 0:
        sign = "held"
    until = None
    if ahead := _UNTIL.search(words):
        until = days.last_day(ahead[1], published)
    begins = None
    if sign == "in-force":
        ahead_of = " will " in words or " would " in words
        # "they agreed on Monday to a truce that takes effect on Friday": the day after the words, where one is told
        tails = (words[sign_end:], words)
        told = (
            days.named_day(hit[1], published, ahead=ahead_of)
            for part in tails
            for hit in _FROM.finditer(part)
        )
        begins = next((day for day in told if day), None)
    elif sign in ("violated", "held"):
        begins = days.told_day(words, published)
    sides = blamed(words, inside, reporter) if sign in ("violated", "over") else ()
    if until is None and sign in ("agreed", "extended", "in-force"):
        first = _STARTING.search(words)
        start = days.named_day(first[1], published, ahead=True) if first else None
        until = days.spell_end(words, start or begins or published)
    scope = _scope(words, inside) if sign in ("agreed", "in-force", "extended") else None
    if scope and scope.upper() in (record.story.dateline or "").upper():
        scope = None  # "signed a truce in Oslo", filed from there
    if scope and _SIGNED_IN.search(words) and f" in {scope}" in words:
        scope = None
    return Sign(
        sign, term, name, name_day, year, span.start, span.end, words, reporter, sides,
        parties_of(record, span, between, name, reporter, statement),
        count, previous, comparison, begins, until, scope, statement,
    )  # fmt: skip


def _scope(words: str, inside: Mentioned) -> str | None:
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
