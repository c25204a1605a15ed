"""From the words a pattern points at to the mentions of entities they stand for.

A word may be no mention itself and yet lead to one: "a hospital in Aleppo", "the Kenyan plan",
"officials from Oman". The ways down are tried in a fixed order; names joined by "and" make one list.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dragoman.coding.patterns import Syntax

if TYPE_CHECKING:
    from dragoman.entities.index import EntityIndex
    from dragoman.model import Mention

#: Prepositions tried, in order, below a word that names nobody itself.
_BELOW_ACTOR = ("of", "from", "in", "for", "by", "with")
_BELOW_RECIPIENT = ("by", "from", "of", "against", "with", "between", "on", "to", "in", "near",
                    "at", "for", "over", "into", "about", "toward", "towards", "along", "around")  # fmt: skip
_DEPTH = 3


class Roles:
    """Finds the mentions behind the words of a hit."""

    def __init__(self, syntax: Syntax, index: EntityIndex) -> None:
        self.syntax = syntax
        self.index = index

    def actors(self, words: Iterable[int]) -> list[Mention]:
        """Mentions for words in the actor's place."""
        return self._all(words, _BELOW_ACTOR)

    def recipients(self, words: Iterable[int]) -> list[Mention]:
        """Mentions for words in the recipient's place; a place stands for its country."""
        return self._all(words, _BELOW_RECIPIENT)

    def _all(self, words: Iterable[int], prepositions: tuple[str, ...]) -> list[Mention]:
        found: list[Mention] = []
        for word in words:
            for joined in self.syntax.conjuncts(word):
                for mention in self._behind(joined, prepositions, 0):
                    if all(mention.entity != held.entity for held in found):
                        found.append(mention)
        return found

    def _behind(self, word: int, prepositions: tuple[str, ...], depth: int) -> list[Mention]:
        own = self.index.headed_by(word)
        if own is not None and self._has_country(own):
            return [own]
        if depth >= _DEPTH:
            return [own] if own is not None else []
        below = self._below(word, prepositions, depth)
        if own is not None and not (below and depth == 0 and self._is_nobody(own)):
            return [own]
        if below:
            return below
        covering = self.index.covering(word)
        return [covering] if covering is not None else []

    def _below(self, word: int, prepositions: tuple[str, ...], depth: int) -> list[Mention]:
        syntax = self.syntax
        for owner in syntax.possessors(word):
            if found := self._all_joined(owner, prepositions, depth):
                return found
        modifiers = []
        for modifier in syntax.modifiers(word):
            mention = self.index.headed_by(modifier) or self.index.covering(modifier)
            if mention is not None and self._has_country(mention):
                modifiers.append(mention)
        if modifiers:
            return modifiers[:2]
        for preposition in prepositions:
            for noun in syntax.behind(word, preposition):
                if found := self._all_joined(noun, prepositions, depth):
                    return found
        for kid in syntax.kids[word]:
            if syntax.dep[kid] == "appos":
                if found := self._all_joined(kid, prepositions, depth):
                    return found
        return []

    def _all_joined(self, word: int, prepositions: tuple[str, ...], depth: int) -> list[Mention]:
        found: list[Mention] = []
        for joined in self.syntax.conjuncts(word):
            for mention in self._behind(joined, prepositions, depth + 1):
                if all(mention.entity != held.entity for held in found):
                    found.append(mention)
        return found

    def _has_country(self, mention: Mention) -> bool:
        entity = self.index.entity(mention)
        return bool(entity.country or entity.members)

    def _is_nobody(self, mention: Mention) -> bool:
        """Whether the mention is an unnamed group that a name nearby says more about."""
        return self.index.entity(mention).kind in {"unnamed", "place", "other"}
