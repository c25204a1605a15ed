"""From the words a pattern points at to the mentions of entities they stand for.

A word may be no mention itself and yet lead to one: "a hospital in Aleppo", "the Kenyan plan",
"officials from Oman". The ways down are tried in a fixed order; names joined by "and" make one list.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dragoman.coding.patterns import Syntax
from dragoman.coding.patterns.ways import Ways

if TYPE_CHECKING:
    from dragoman.entities.index import EntityIndex
    from dragoman.model import Mention

#: Prepositions tried, in order, below a word that names nobody itself.
_BELOW_ACTOR = ("of", "from", "in", "for", "by", "with")
_BELOW_RECIPIENT = ("by", "from", "of", "against", "with", "between", "on", "to", "in", "near",
                    "at", "for", "over", "into", "about", "toward", "towards", "along", "around")  # fmt: skip
_DEPTH = 3
_THIRD_PERSON = frozenset({"he", "she", "it", "they", "him", "her", "them"})


class Roles:
    """Finds the mentions behind the words of a hit."""

    def __init__(self, syntax: Syntax, index: EntityIndex) -> None:
        self.syntax = syntax
        self.ways = Ways(syntax, syntax.patterns)
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
            for joined in self._together(word):
                for mention in self._behind(joined, prepositions, 0):
                    if all(mention.entity != held.entity for held in found):
                        found.append(mention)
        return found

    def _together(self, word: int) -> list[int]:
        """A word and what is joined to it; "they" after "A and B said" are A and B."""
        syntax = self.syntax
        if syntax.word[word] == "they" and syntax.dep[syntax.head[word]] == "ccomp":
            above = syntax.head[syntax.head[word]]
            if syntax.lemma[above] in syntax.patterns.governors["speaking"]:
                joined = [
                    item
                    for subject in syntax.arguments(above).surface
                    for item in syntax.conjuncts(subject)
                ]
                if len(joined) > 1:
                    return joined
        return syntax.conjuncts(word)

    def _behind(self, word: int, prepositions: tuple[str, ...], depth: int) -> list[Mention]:
        own = self.index.headed_by(word)
        if own is None and self.syntax.tag[word].startswith("PRP"):
            own = self._pronoun(word)
        if own is not None and self.has_country(own):
            if own.kind == "description" and (names := self._apposed(word)):
                return names
            vague = own.kind == "description" and depth == 0 and self.syntax.is_place(word)
            return (vague and self._below(word, prepositions, depth)) or [own]
        if depth == 0 and prepositions is _BELOW_ACTOR and self._does_nothing(word):
            return []
        if depth >= _DEPTH:
            return [own] if own is not None else []
        below = self._below(word, prepositions, depth)
        if own is not None and not (below and depth == 0 and self._is_nobody(own)):
            return [own]
        if below:
            return below
        covering = self.index.covering(word)
        return [covering] if covering is not None else []

    def _apposed(self, word: int) -> list[Mention]:
        """ "Syria's backers, Oman and Chad": the names beside a word for several."""
        if not self.syntax.is_plural(word):
            return []
        found = [
            mention
            for kid in self.syntax.kids[word]
            if self.syntax.dep[kid] == "appos"
            for name in self.syntax.conjuncts(kid)
            if (mention := self.index.headed_by(name)) and self.has_country(mention)
        ]
        return found if len(found) > 1 else []

    def _does_nothing(self, word: int) -> bool:
        """Whether the word is no actor, whoever stands below it ("the situation in Ukraine")."""
        return self.syntax.lemma[word] in self.syntax.patterns.lists["no_actor"]

    def _pronoun(self, word: int) -> Mention | None:
        """Who an unresolved pronoun is: "said it would" and "we" mean the speaker."""
        syntax = self.syntax
        first_person = syntax.word[word] in {"we", "i", "us", "me", "our", "my"}
        verb = syntax.head[word]
        for _ in range(4):
            above = syntax.head[verb]
            reported = syntax.dep[verb] in {"ccomp", "conj", "xcomp", "parataxis", "advcl"}
            if above == verb or not reported:
                break
            if syntax.lemma[above] in syntax.patterns.governors["reporting"]:
                return self._first_of(syntax.arguments(above).surface, word)
            verb = above
        if first_person:
            return self._speaker_near(word)
        if syntax.word[word] in _THIRD_PERSON:
            return self._nearest_party(word)
        return None

    def _nearest_party(self, word: int) -> Mention | None:
        """Who a third person pronoun most likely is, where coreference left it open.

        Subjects above its clause come first, then earlier names of the sentence, the nearest
        first, then the subject of the sentence before. The subject of its own clause is out.
        """
        syntax = self.syntax
        sentence = syntax.doc[word].sent
        own = {syntax.head[word]}
        barred = {
            mention.entity
            for subject in syntax.arguments(syntax.head[word]).subject
            if subject != word and (mention := self.index.headed_by(subject))
        }
        above = syntax.head[syntax.head[word]]
        for _ in range(3):
            if above in own or not sentence.start <= above < sentence.end:
                break
            own.add(above)
            for subject in syntax.arguments(above).surface:
                mention = self.index.headed_by(subject) if subject < word else None
                if mention and mention.entity not in barred and self._fits(word, mention):
                    return mention
            above = syntax.head[above]
        start = sentence.start
        earlier = [m for m in self.index.within(start, word) if m.entity not in barred]
        for mention in reversed(earlier):
            if self._fits(word, mention) and not mention.as_place and mention.kind != "adjective":
                return mention
        return self._subject_before(word, start, barred)

    def _subject_before(self, word: int, start: int, barred: set[str]) -> Mention | None:
        """The subject of the nearest sentence before that has a fitting one."""
        place = start - 1
        while place >= 0 and self.syntax.doc[place].is_space:
            place -= 1
        if place < 0:
            return None
        sentence = self.syntax.doc[place].sent
        for subject in self.syntax.arguments(sentence.root.i).surface:
            for mention in self._behind(subject, _BELOW_ACTOR, 1):
                if mention.entity not in barred and self._fits(word, mention):
                    return mention
        return None

    def _fits(self, word: int, mention: Mention) -> bool:
        """Whether a pronoun may stand for a mention: "he" for no state, someone with a country."""
        entity = self.index.entity(mention)
        if not (entity.country or entity.members):
            return False
        return self.syntax.word[word] not in {"he", "she", "him", "her"} or entity.kind not in {
            "organisation", "group", "place",
        }  # fmt: skip

    def _first_of(self, words: Iterable[int], pronoun: int) -> Mention | None:
        for word in words:
            if word != pronoun and (mention := self.index.headed_by(word)):
                return mention
        return None

    def _speaker_near(self, word: int) -> Mention | None:
        """The subject of the next verb of saying in the paragraph, else of the one before."""
        syntax = self.syntax
        reporting = syntax.patterns.governors["reporting"]
        for step in (1, -1):
            place = word + step
            while 0 <= place < len(syntax.lemma) and "\n" not in syntax.doc[place].text:
                if syntax.lemma[place] in reporting and syntax.tag[place].startswith("VB"):
                    if found := self._first_of(syntax.arguments(place).surface, word):
                        return found
                place += step
        return None

    def _below(self, word: int, prepositions: tuple[str, ...], depth: int) -> list[Mention]:
        syntax = self.syntax
        pronouns = []
        for kid in syntax.kids[word]:
            if syntax.dep[kid] == "appos":
                if found := self._all_joined(kid, prepositions, depth):
                    return found
        for owner in syntax.possessors(word):
            if syntax.tag[owner].startswith("PRP"):
                pronouns.append(owner)
            elif found := self._all_joined(owner, prepositions, depth):
                return found
        modifiers = []
        for modifier in syntax.modifiers(word):
            mention = self.index.headed_by(modifier) or self.index.covering(modifier)
            if mention is not None and self.has_country(mention):
                modifiers.append(mention)
        if modifiers:
            return modifiers[:2]
        for owner in pronouns:
            if found := self._all_joined(owner, prepositions, depth):
                return found
        for preposition in prepositions:
            for noun in syntax.behind(word, preposition):
                if found := self._all_joined(noun, prepositions, depth):
                    return found
        for kid in syntax.kids[word]:  # "the area bordering Ukraine"
            free_relative = syntax.word[word] == "what"  # "what it called Russian troops"
            if free_relative or (syntax.dep[kid] == "acl" and prepositions is _BELOW_RECIPIENT):
                for noun in syntax.arguments(kid).object:
                    if noun != word and (found := self._all_joined(noun, prepositions, depth)):
                        return found
        return []

    def _all_joined(self, word: int, prepositions: tuple[str, ...], depth: int) -> list[Mention]:
        found: list[Mention] = []
        for joined in self.syntax.conjuncts(word):
            for mention in self._behind(joined, prepositions, depth + 1):
                if all(mention.entity != held.entity for held in found):
                    found.append(mention)
        return found

    def has_country(self, mention: Mention) -> bool:
        """Whether a mention's country, or its members, are known."""
        entity = self.index.entity(mention)
        return bool(entity.country or entity.members)

    def _is_nobody(self, mention: Mention) -> bool:
        """Whether the mention is an unnamed group that a name nearby says more about."""
        return self.index.entity(mention).kind in {"unnamed", "place", "other"}
