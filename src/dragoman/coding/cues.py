"""The words by which speech is recognised: cues and hedges, read from tables anyone can edit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dragoman.errors import DataError

DATA = Path(__file__).parent / "data"

ACTS = (
    "say", "claim", "deny", "accuse", "demand", "promise", "warn", "propose", "ask", "confirm",
    "praise", "threaten", "report", "think",
)  # fmt: skip
PARTS = ("verb", "noun", "phrase", "adverb")
TAKES = (
    "quote", "clause", "to", "gerund", "object", "addressee", "person-to", "person-of", "prep", "that",
    "of", "for", "source", "sentence",
)  # fmt: skip
PRESUPPOSES = ("true", "false", "doubtful", "-")
STRENGTHS = ("strong", "plain", "weak")


@dataclass(frozen=True)
class Cue:
    """One row of ``data/cues.tsv``; its head explains the columns."""

    words: tuple[str, ...]
    part: str
    act: str
    takes: tuple[str, ...]
    presupposes: str
    strength: str
    hedged: bool
    forms: frozenset[str]
    line: int

    @property
    def rest(self) -> tuple[str, ...]:
        """The words after the one that is inflected ("for" of "call for")."""
        return self.words[1:]


class Cues:
    """All cues, found by any form of their first word."""

    def __init__(self, cues: list[Cue]) -> None:
        self.all = tuple(cues)
        self._by_form: dict[str, dict[str, list[Cue]]] = {part: defaultdict(list) for part in PARTS}
        for cue in cues:
            for form in cue.forms:
                self._by_form[cue.part][form].append(cue)
        self.forms = frozenset(form for cue in cues for form in cue.forms)
        for table in self._by_form.values():
            for found in table.values():
                found.sort(key=lambda cue: -len(cue.words))

    def starting(self, form: str, part: str) -> list[Cue]:
        """Cues of a part of speech whose first word has this lower-case form, longest first."""
        return self._by_form[part].get(form, [])

    def act_of(self, words: Mapping[int, str] | list[str]) -> Cue | None:
        """The cue that best names the act of a cue span: the last verb, else the last noun.

        A denial stays one whatever is denied ("denied supporting").

        Args:
            words: lower-case words of the span in order.
        """
        sequence = list(words.values()) if isinstance(words, Mapping) else list(words)
        for word in sequence[:-1]:
            for cue in self.starting(word, "verb"):
                if cue.act == "deny" and "gerund" in cue.takes:
                    return cue
        for part in ("verb", "phrase", "noun", "adverb"):
            for position in range(len(sequence) - 1, -1, -1):
                for cue in self.starting(sequence[position], part):
                    tail = tuple(sequence[position + 1 : position + 1 + len(cue.rest)])
                    if tail == cue.rest:
                        return cue
                for cue in self.starting(sequence[position], part):
                    if part == "verb" and cue.rest:
                        return cue
        return None


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of each row of a table of knowledge; ``#`` starts a comment line.

    Raises:
        DataError: the file cannot be read, its header differs or a row is too long or short.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(str(path), None, f"cannot be read: {error}") from error
    header: tuple[str, ...] | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if header is None:
            if cells != columns:
                raise DataError(str(path), number, f"columns must be {', '.join(columns)}")
            header = cells
            continue
        if len(cells) != len(columns):
            raise DataError(
                str(path), number, f"{len(cells)} columns where {len(columns)} are expected"
            )
        yield number, dict(zip(columns, cells, strict=True))
    if header is None:
        raise DataError(str(path), None, "no header line")


def one_of(path: Path, line: int, column: str, value: str, allowed: tuple[str, ...]) -> str:
    """``value`` when it is allowed in this column.

    Raises:
        DataError: it is not.
    """
    if value not in allowed:
        raise DataError(
            str(path), line, f"{column} is {value!r}; it must be one of {', '.join(allowed)}"
        )
    return value


def inflected(verb: str) -> frozenset[str]:
    """The regular forms of an English verb: base, -s, -ed, -ing."""
    if verb.endswith("e"):
        stem = verb[:-1]
        return frozenset({verb, verb + "s", verb + "d", stem + "ing"})
    if verb.endswith("y") and verb[-2:-1] not in set("aeiou"):
        stem = verb[:-1]
        return frozenset({verb, stem + "ies", stem + "ied", verb + "ing"})
    plural = "es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s"
    return frozenset({verb, verb + plural, verb + "ed", verb + "ing"})


def plural_of(noun: str) -> str:
    """The regular plural of an English noun."""
    if noun.endswith("y") and noun[-2:-1] not in set("aeiou"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


def read_cues(path: Path) -> Cues:
    """The cues of a table.

    Raises:
        DataError: names the file, the line and the column that is wrong.
    """
    columns = (
        "cue", "part", "act", "takes", "presupposes", "strength", "hedge", "forms", "note",
    )  # fmt: skip
    found: list[Cue] = []
    seen: dict[tuple[str, str], int] = {}
    for line, row in rows(path, columns):
        part = one_of(path, line, "part", row["part"], PARTS)
        words = tuple(row["cue"].lower().split())
        if not words:
            raise DataError(str(path), line, "cue is empty")
        if (row["cue"], part) in seen:
            first = seen[row["cue"], part]
            raise DataError(str(path), line, f"{row['cue']!r} stands in line {first} already")
        seen[row["cue"], part] = line
        forms = frozenset(row["forms"].split()) | {words[0]}
        if part == "verb" and not row["forms"]:
            forms = inflected(words[0])
        elif part == "noun":
            forms |= {plural_of(words[0])}
        takes = tuple(one_of(path, line, "takes", item, TAKES) for item in row["takes"].split())
        found.append(
            Cue(
                words=words,
                part=part,
                act=one_of(path, line, "act", row["act"], ACTS),
                takes=takes,
                presupposes=one_of(path, line, "presupposes", row["presupposes"], PRESUPPOSES),
                strength=one_of(path, line, "strength", row["strength"], STRENGTHS),
                hedged=one_of(path, line, "hedge", row["hedge"], ("hedged", "-")) == "hedged",
                forms=forms,
                line=line,
            )
        )
    return Cues(found)


def read_hedges(path: Path) -> dict[str, float]:
    """Hedge (lower case) → weight, 0 to 1.

    Raises:
        DataError: a weight is not a number from 0 to 1.
    """
    hedges: dict[str, float] = {}
    for line, row in rows(path, ("hedge", "kind", "weight")):
        try:
            weight = float(row["weight"])
        except ValueError:
            weight = -1.0
        if not 0.0 <= weight <= 1.0:
            raise DataError(str(path), line, f"weight {row['weight']!r} is not from 0 to 1")
        hedges[row["hedge"].lower()] = weight
    return hedges


def read_word_lists(path: Path) -> dict[str, frozenset[str]]:
    """Name → words of a table of word lists.

    Raises:
        DataError: a list is given twice or holds no word.
    """
    found: dict[str, frozenset[str]] = {}
    for line, row in rows(path, ("list", "words")):
        words = frozenset(row["words"].split())
        if row["list"] in found or not words:
            raise DataError(str(path), line, f"{row['list']!r} is empty or given twice")
        found[row["list"]] = words
    return found


@cache
def word_list(name: str) -> frozenset[str]:
    """One of the package's word lists.

    Raises:
        DataError: there is no list of this name.
    """
    path = DATA / "word_lists.tsv"
    lists = read_word_lists(path)
    if name not in lists:
        raise DataError(str(path), None, f"no list {name!r}")
    return lists[name]


@cache
def shipped_cues() -> Cues:
    """The cues of the package."""
    return read_cues(DATA / "cues.tsv")


@cache
def shipped_hedges() -> dict[str, float]:
    """The hedges of the package."""
    return read_hedges(DATA / "hedges.tsv")


def hedge_weight(text: str) -> float:
    """The strongest hedge in a stretch of text, 0 to 1."""
    words = f" {text.lower()} "
    return max(
        (weight for hedge, weight in shipped_hedges().items() if f" {hedge} " in words),
        default=0.0,
    )
