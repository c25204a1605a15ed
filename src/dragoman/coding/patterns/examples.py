"""Runs the examples that every pattern carries: they are its tests."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.coding.patterns.match import Hit, Matcher
from dragoman.coding.patterns.syntax import Syntax
from dragoman.coding.patterns.table import Pattern, Patterns, load

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MARK = re.compile(r"[\[\]<>]")
_CLOSING = {"[": "]", "<": ">"}


@dataclass(frozen=True)
class Failure:
    """An example that did not do what it must: the row, its sentence and what happened."""

    pattern: str
    file: str
    line: int
    sentence: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.pattern}: {self.reason}: {self.sentence}"


@dataclass(frozen=True)
class Example:
    """A sentence without its marks, and where actors ("[…]") and recipients ("<…>") stand."""

    text: str
    actors: tuple[tuple[int, int], ...]
    recipients: tuple[tuple[int, int], ...]


def read_example(marked: str) -> Example:
    """The sentence and the half-open code-point spans that its marks enclose."""
    text = ""
    found: dict[str, list[tuple[int, int]]] = {"[": [], "<": []}
    opened: dict[str, int] = {}
    for piece in re.split(r"([\[\]<>])", marked):
        if piece in _CLOSING:
            opened[piece] = len(text)
        elif _MARK.fullmatch(piece):
            start = "[" if piece == "]" else "<"
            found[start].append((opened.pop(start, len(text)), len(text)))
        else:
            text += piece
    return Example(text, tuple(found["["]), tuple(found["<"]))


def check_examples(parse: Callable[[str], Doc], patterns: Patterns | None = None) -> list[Failure]:
    """Every example that fails, in the order of the tables.

    The first sentence of a row must make an event of the row's type (any row of the type may win:
    a finer one often does) with a word of each marked span among actors and recipients; the
    second must not fire the row. Of patterns with rows of a scheme's own those alone are tried, and
    each must fire by itself as well: a row that never fires is else not seen beside others of its type.
    """
    patterns = patterns or load()
    failures: list[Failure] = []
    for row in [row for row in patterns.rows if row.own] or patterns.rows:
        failures += _check_firing(row, parse, patterns)
        hits = _hits(row.spares, parse, patterns)
        if any(hit.pattern is row for hit in hits):
            failures.append(Failure(row.name, row.file, row.line, row.spares, "fired and must not"))
    return failures


def _hits(text: str, parse: Callable[[str], Doc], patterns: Patterns) -> list[Hit]:
    doc = parse(text)
    return list(Matcher(Syntax(doc, patterns), patterns).hits())


def _check_firing(
    row: Pattern, parse: Callable[[str], Doc], patterns: Patterns
) -> Iterator[Failure]:
    example = read_example(row.fires)
    doc = parse(example.text)
    syntax = Syntax(doc, patterns)
    hits = [hit for hit in Matcher(syntax, patterns).hits() if hit.pattern.type == row.type]
    if row.own:
        rows = {(row.on, lemma): (row,) for lemma in row.lemmas}
        by_itself = list(Matcher(syntax, replace(patterns, rows=(row,), by_lemma=rows)).hits())
        hits = by_itself if hits else []
    if not hits:
        reason = "did not fire"
        if not set(row.lemmas) & set(syntax.lemma):
            reason += f" (of its lemmas {'|'.join(row.lemmas)} none is there; they are base forms)"
        yield Failure(row.name, row.file, row.line, example.text, reason)
        return
    if not any(_roles_right(example, hit, syntax) for hit in hits):
        told = "; ".join(
            f"{hit.pattern.name} {[doc[i].text for i in hit.actors]}"
            f" > {[doc[i].text for i in hit.recipients]}"
            for hit in hits
        )
        yield Failure(row.name, row.file, row.line, example.text, f"other roles: {told}")


def _roles_right(example: Example, hit: Hit, syntax: Syntax) -> bool:
    both = (*hit.actors, *hit.recipients)
    return _covers(example.actors, hit.actors, syntax) and _covers(
        example.recipients, both if hit.pattern.together else hit.recipients, syntax
    )


def _covers(spans: tuple[tuple[int, int], ...], found: tuple[int, ...], syntax: Syntax) -> bool:
    """Whether each marked span holds a word of the phrases found."""
    words = {below for index in found for below in syntax.subtree(index)}
    starts = [syntax.doc[index].idx for index in words]
    return all(any(start <= place < end for place in starts) for start, end in spans)
