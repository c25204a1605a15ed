"""The words by which speech is recognised: cues and hedges, read from tables anyone can edit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dragoman import tables
from dragoman.tables import read_table

DATA = Path(__file__).parent / "data"

ACTS = (
    "say", "claim", "deny", "accuse", "demand", "promise", "warn", "propose", "ask", "confirm",
    "praise", "threaten", "report", "think",
)  # fmt: skip
PARTS = ("verb", "noun", "phrase", "adverb")
TAKES = (
    "quote", "clause", "to", "gerund", "object", "addressee", "person-to", "person-of", "prep", "that",
    "base", "of", "for", "source", "sentence",
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
    for row in read_table(path, columns, whole=True):
        part = row.one_of("part", PARTS)
        words = tuple(row["cue"].lower().split())
        if not words:
            raise row.error("cue is empty")
        if (row["cue"], part) in seen:
            first = seen[row["cue"], part]
            raise row.error(f"{row['cue']!r} stands in line {first} already")
        seen[row["cue"], part] = row.line
        forms = frozenset(row["forms"].split()) | {words[0]}
        if part == "verb" and not row["forms"]:
            forms = inflected(words[0])
        elif part == "noun":
            forms |= {plural_of(words[0])}
        found.append(
            Cue(
                words=words,
                part=part,
                act=row.one_of("act", ACTS),
                takes=row.some_of("takes", TAKES),
                presupposes=row.one_of("presupposes", PRESUPPOSES),
                strength=row.one_of("strength", STRENGTHS),
                hedged=row.one_of("hedge", ("hedged", "-")) == "hedged",
                forms=forms,
                line=row.line,
            )
        )
    return Cues(found)


def read_hedges(path: Path) -> dict[str, float]:
    """Hedge (lower case) → weight, 0 to 1.

    Raises:
        DataError: a weight is not a number from 0 to 1.
    """
    return {
        row["hedge"].lower(): row.number("weight", 0, 1)
        for row in read_table(path, ("hedge", "kind", "weight"), whole=True)
    }


def word_list(name: str) -> frozenset[str]:
    """One of this room's word lists.

    Raises:
        DataError: there is no list of this name.
    """
    return tables.word_list("coding", name)


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
