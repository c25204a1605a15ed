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
from dragoman.model import Record, Span

_SENTENCE_END = re.compile(r"(?<=[.!?])[”\"’')]*\s+(?=[“\"‘'(]?[A-Z0-9])")
_SHORTENED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|St|Jan|Feb|Aug|Sept|Oct|Nov|Dec|No|U\.S|U\.N)\.$"
)
_NAMED = r"\b(?:the )?(?:(\d{{4}}) )?((?:[A-Z][\w’'-]+[ -]?(?:and )?){{1,3}}(?:{topic} )?|{topic} )?(?:peace |ceasefire |border )?$"
# the year in which one was made: "signed in July 2015"
_MADE_IN = re.compile(r"^[^,;]{0,60}?\bin (?:[A-Z]\w+ )?(\d{4})\b")
_BREAKING = re.compile(r"\b(?:violat\w+|breach\w*)", re.I)
_UNREAL = re.compile(
    r"\b(?:no|not|never|without|little|few|any|lack of|fail\w* to|unless|if|until|whether|would|could|might|should)\b",
    re.I,
)
_CONDITION = re.compile(r"\b(?:unless|if|whether)\b[^.;]*$", re.I)
# where the clause of a verb begins, and what stands before or inside it without being of it
_CLAUSE = re.compile(r"[;:—]| – |,? but |\bsince\b|, (?:and|while|whereas|although|though|then)\b| and (?=\w+ed\b)|\bfor (?=\w+ing\b)", re.I)  # fmt: skip
_ASIDE = re.compile(
    r"^(?:after|although|though|while|despite|following|when|as|once|since)\b[^,]*,|, wh(?:o|ich)\b[^,]*,",
    re.I,
)


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
def named() -> re.Pattern[str]:
    """The name or year that stands right before the word for an agreement."""
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
def mediated() -> re.Pattern[str]:
    """The words after which a mediator is named."""
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
            if not is_taken(sentence, sign, hit.start(), hit.end()):
                return sign, hit.end()
    return None


def is_taken(sentence: str, sign: str, start: int, end: int) -> bool:
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
    return any(is_taken(sentence, sign, hit.start(), hit.end()) for hit in hits)


def is_unreal(sentence: str) -> bool:
    """Whether the words speak of an agreement that there is not, or only under a condition."""
    return bool(_UNREAL.search(sentence))
