"""Finds patterns in a parsed story. Cost grows with the number of tokens, not of patterns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.patterns.syntax import Syntax
from dragoman.coding.patterns.table import NOTHING, WILDCARD, Condition, Pattern, Patterns, Way
from dragoman.coding.patterns.ways import Ways, Word

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Hit:
    """A pattern that fired on a token; actors and recipients are token indices, unresolved."""

    token: int
    pattern: Pattern
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    score: float


class Matcher:
    """Runs the patterns over the tree of one story."""

    def __init__(self, syntax: Syntax, patterns: Patterns) -> None:
        self.syntax = syntax
        self.patterns = patterns
        self.ways = Ways(syntax, patterns)
        self._led: dict[Way, list[Word]] = {}  # of the token that is tried

    def hits(self, tokens: range | None = None) -> Iterator[Hit]:
        """The best pattern of every token that fires one, in order of the text.

        A row of ``NOTHING`` goes before all others, and one of the scheme's own before a shipped one.
        """
        syntax, triggers = self.syntax, self.patterns.triggers
        for token in tokens or range(len(syntax.lemma)):
            kind = self._kind(token) if syntax.lemma[token] in triggers else None
            if kind is None:
                continue
            rows = self.patterns.by_lemma.get((kind, syntax.lemma[token]))
            if not rows:
                continue
            self._led.clear()
            found = [hit for row in rows if (hit := self._try(token, row, kind)) is not None]
            if found:
                yield max(found, key=lambda h: (h.pattern.type == NOTHING, h.pattern.own, h.score))

    def _kind(self, token: int) -> str | None:
        tag = self.syntax.tag[token]
        if self.syntax.is_verb(token):
            return "verb" if self.syntax.dep[token] not in {"aux", "aux:pass", "cop"} else None
        if self.syntax.is_noun(token):
            return "noun"
        return "adj" if tag.startswith("JJ") or tag == "VBN" else None

    def _try(self, token: int, row: Pattern, kind: str) -> Hit | None:
        for condition in row.conditions:
            if self.holds(token, condition, kind) == condition.negated:
                return None
        actors = self._first(token, row.actors, kind)
        taken = set(actors)
        recipients = tuple(
            index for index in self._first(token, row.recipients, kind, taken) if index not in taken
        )
        weight = row.weight + 0.5 * bool(actors) + 0.4 * bool(recipients)
        return Hit(token, row, actors, recipients, weight)

    def _first(
        self, token: int, ways: tuple[Way, ...], kind: str, without: set[int] | None = None
    ) -> tuple[int, ...]:
        """Where the first way that leads anywhere leads; words that can act are preferred."""
        fallback: tuple[int, ...] = ()
        for way in ways:
            found = tuple(
                index
                for index in self.ways.follow(token, way, kind)
                if index not in (without or ()) and not self.syntax.is_time(index)
            )
            if any(self.names_someone(index) for index in found):
                return found
            fallback = fallback or found
        return fallback

    def names_someone(self, index: int) -> bool:
        """Whether a word, or a name before or below it, can be a party."""
        syntax = self.syntax
        if syntax.can_act(index):
            return True
        return any(
            syntax.can_act(kid)
            for kid in syntax.kids[index]
            if syntax.dep[kid] in {"nmod", "nmod:poss", "compound", "amod", "appos", "conj"}
        )

    def holds(self, token: int, condition: Condition, kind: str) -> bool:
        """Whether a test (its negation aside) is true of the token."""
        for way in condition.ways:
            for word in self._words(token, way, kind):
                if WILDCARD in condition.words or word.text in condition.words:
                    return True
                if word.token is not None and any(
                    self._asks(ask, word.token) for ask in condition.asks
                ):
                    return True
        return False

    def _words(self, token: int, way: Way, kind: str) -> list[Word]:
        """The words that a way leads to, once for all rows."""
        held = self._led.get(way)
        if held is None:
            held = self._led[way] = self.ways.words(token, way, kind)
        return held

    def _asks(self, ask: str, index: int) -> bool:
        if ask in {"@can_act", "@can_threaten"}:
            return self.names_someone(index)
        if ask == "@plural":
            return self.syntax.is_plural(index)
        return self.syntax.is_place(index)
