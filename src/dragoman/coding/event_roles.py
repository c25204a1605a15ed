"""From the words a pattern points at to the mentions of entities they stand for.

A word may be no mention itself and yet lead to one: "a hospital in Aleppo", "the Kenyan plan",
"officials from Oman". The ways down are tried in a fixed order; names joined by "and" make one list.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dragoman.coding.event_pronouns import Pronouns
from dragoman.coding.patterns import Syntax
from dragoman.coding.patterns.ways import Ways
from dragoman.reading import datelines

if TYPE_CHECKING:
    from dragoman.entities.index import EntityIndex
    from dragoman.model import Entity, Mention, Participant

#: Prepositions tried, in order, below a word that names nobody itself.
_BELOW_ACTOR = ("of", "from", "in", "for", "by", "with")
_BELOW_RECIPIENT = ("by", "from", "of", "against", "with", "between", "on", "to", "in", "near",
                    "at", "for", "over", "into", "about", "toward", "towards", "along", "around")  # fmt: skip
#: Sectors of those who bear arms, and of those who speak for a state.
ARMED = (("MIL",), ("REB",), ("PRM",), ("UAF",))
#: Kinds of those who are one, of whom "they" is never said alone.
_SINGLE = frozenset({"state", "person"})
_GROUND = frozenset({"on", "in", "at", "near", "outside"})
EACH_OTHER = (["each", "other"], ["one", "another"])
GOVERNING = (("GOV",), ("MIL",))
#: Words before names that a plural stands for ("leaders including Abe and Modi").
_EXAMPLES = frozenset({"including", "like"})
_DEPTH = 3
#: Where somebody is sent to, and for what.
_POSTED = frozenset({"in", "for"})
#: Before those whose envoys, soldiers or leaders are told.
_OF_WHOM = ("of", "from")
#: Mentions that a name nearby says more about.
_NAMELESS = frozenset({"description", "unnamed"})
#: "the country's army": whose country it is the sentence has said before.
_COUNTRY_WORDS = frozenset({"country", "nation", "state"})


def are_one_side(one: Entity | Participant, other: Entity | Participant) -> bool:
    """Whether two bear arms for one side: of one country and of one kind."""
    kind = one.sectors[:1]
    return kind in ARMED and (one.country, kind) == (other.country, other.sectors[:1])


def last_before(mentions: Sequence[Mention], token: int) -> Mention | None:
    """The last of some mentions, in order of the text, before a token, else the first of them."""
    before = [mention for mention in mentions if mention.first < token]
    return before[-1] if before else next(iter(mentions), None)


class Roles:
    """Finds the mentions behind the words of a hit."""

    def __init__(self, syntax: Syntax, index: EntityIndex) -> None:
        self.syntax = syntax
        self.ways = Ways(syntax, syntax.patterns)
        self.index = index
        self.pronouns = Pronouns(syntax, index)
        self.filed = datelines.spans(syntax.doc.text)

    def actors(self, words: Iterable[int]) -> list[Mention]:
        """Mentions for words in the actor's place."""
        return self._all(words, _BELOW_ACTOR)

    def recipients(self, words: Iterable[int]) -> list[Mention]:
        """Mentions for words in the recipient's place; a place stands for its country."""
        return self._all(words, _BELOW_RECIPIENT)

    def between(self, noun: int) -> list[Mention]:
        """All the names of a noun's "between" phrase, also where the parser did not join them."""
        syntax = self.syntax
        found: list[Mention] = []
        for first in syntax.behind(noun, "between"):
            words = syntax.subtree(first)
            further = [kid for kid in syntax.kids[noun] if self._is_next(kid, words[-1])]
            for mention in self.index.within(words[0], max(words[-1], *further, first) + 1):
                known = self.has_country(mention) and mention.kind not in {"adjective", "pronoun"}
                known = known and not self._only_tells_whose(mention, first)
                if known and all(mention.entity != held.entity for held in found):
                    found.append(mention)
        return found[:4]

    def _only_tells_whose(self, mention: Mention, first: int) -> bool:
        """Whether somebody stands in the phrase between whose sides one noun names ("clashes between supporters of
        the two men on Main Square"), without a name or as the place where it is."""
        syntax, entity = self.syntax, self.index.entity(mention)
        if mention.head == first or syntax.tag[first] != "NNS":
            return False
        told = syntax.prepositions(mention.head)
        placed = mention.as_place or entity.kind == "place" or bool(self._placed(mention))
        if placed and _GROUND & {*told}:
            return True
        return entity.kind == "unnamed" and "of" in told and syntax.head[mention.head] == first

    def _placed(self, mention: Mention) -> bool:
        """Whether a state is named behind a place: "on Main Square in Chad"."""
        above = self.index.headed_by(self.syntax.head[mention.head])
        return above is not None and self.index.entity(above).kind == "place"

    def _is_next(self, noun: int, last: int) -> bool:
        """Whether a noun is joined by "and" to what ends at a word, though it hangs elsewhere."""
        joint = self.syntax.word[last + 1 : last + 2] == ["and"]
        return joint and noun == last + 2 and self.syntax.dep[noun].startswith("nmod")

    def is_own_side(self, mention: Mention, others: Iterable[Mention]) -> bool:
        """Whether a mention is of the same armed side as any of the others: nobody strikes his own."""
        entity = self.index.entity(mention)
        return any(are_one_side(entity, self.index.entity(other)) for other in others)

    def _all(self, words: Iterable[int], prepositions: tuple[str, ...]) -> list[Mention]:
        found: list[Mention] = []
        for word in words:
            if self._is_each_other(word):
                continue
            for joined in self._together(word):
                for mention in self._behind(joined, prepositions, 0):
                    filed = any(first <= mention.start < end for first, end in self.filed)
                    if not filed and all(mention.entity != held.entity for held in found):
                        found.append(mention)
                found += self._further(joined, found)
        return found

    def _is_each_other(self, word: int) -> bool:
        """ "Threatened one another": no third is told."""
        near = self.syntax.word[max(0, word - 1) : word + 2]
        return any(near[at : at + 2] in EACH_OTHER for at in range(len(near)))

    def _further(self, word: int, found: Sequence[Mention]) -> list[Mention]:
        """The others of "envoys of Chad and the rebels" and of "the Chadian and Omani envoys", of whom "envoys" tells
        the first only."""
        syntax = self.syntax
        if syntax.tag[word] != "NNS" or not any(mention.head == word for mention in found):
            return []
        peoples = [
            mention
            for first in syntax.modifiers(word)
            for other in syntax.conjuncts(first)[1:]
            if (mention := self.index.headed_by(other)) and self.has_country(mention)
        ]
        further = peoples + [
            mention
            for preposition in _OF_WHOM
            for noun in syntax.behind(word, preposition)[:1]
            for other in syntax.conjuncts(noun)[1:]
            if (mention := self.index.headed_by(other)) and self.has_country(mention)
        ]
        known = self.index.countries(found)
        return [
            mention for mention in further
            if self.index.entity(mention).kind == "group" or not self.index.countries([mention]) <= known
        ]  # fmt: skip

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
                word = next(
                    (x for x in syntax.arguments(above).surface if syntax.word[x] == "they"), word
                )
        if syntax.word[word] == "they":
            return self._joined_before(word) or syntax.conjuncts(word)
        return syntax.conjuncts(word)

    def _joined_before(self, pronoun: int) -> list[int]:
        """ "Chad and Mali backed the plan. They will not …": both, where the pronoun is given to one of them,
        or to nobody."""
        syntax, own = self.syntax, self.index.headed_by(pronoun)
        number = bisect_right(syntax.sentence_starts, pronoun) - 1
        if number < 1 or (own is not None and self.index.entity(own).kind not in _SINGLE):
            return []
        first, last = syntax.sentence_starts[number - 1 : number + 1]
        for mention in self.index.within(first, last):
            if syntax.dep[mention.head] != "nsubj":
                continue
            if own is None or mention.entity == own.entity:
                joined = syntax.conjuncts(mention.head)
                known = [self.index.headed_by(noun) for noun in joined]
                return joined if len(joined) > 1 and all(known) else []
        return []

    def _behind(self, word: int, prepositions: tuple[str, ...], depth: int) -> list[Mention]:
        own = self.index.headed_by(word)
        if self.syntax.tag[word].startswith("PRP"):
            own = self.pronouns.party(word, own)
        if own is not None and own.kind != "name" and (owner := self._owner(word, own)):
            return [owner]
        if own is not None and own.kind in _NAMELESS and (names := self._apposed(word, own)):
            return names
        if own is not None and self.has_country(own):
            vague = own.kind == "description" and depth == 0 and self.syntax.is_place(word)
            return (vague and self._below(word, prepositions, depth)) or [own]
        if depth == 0 and prepositions is _BELOW_ACTOR and self._does_nothing(word):
            return []
        if depth >= _DEPTH:
            return [own] if own is not None else []
        below = self._below(word, prepositions, depth)
        told = [
            mention for mention in below if mention.kind != "adjective" or self.has_country(mention)
        ]
        if own is not None and not (told and depth == 0 and self._is_nobody(own)):
            return [own]  # "Western officials" are told better than "the West"
        if below:
            return below
        covering = self.index.covering(word)
        return [covering] if covering is not None else []

    def _owner(self, word: int, own: Mention) -> Mention | None:
        """ "the government of Erdoğan": whoever stands behind "of" says whose it is."""
        if self.syntax.lemma[word] not in self.syntax.patterns.lists["bodies"]:
            return None
        for noun in self.syntax.behind(word, "of"):
            mention = self.index.headed_by(noun) or self.index.covering(noun)
            country = self.index.entity(mention).country if mention else ""
            if mention and len(country) == 3 and country != self.index.entity(own).country:
                return mention
        for pronoun in self.syntax.possessors(word):  # "Yusuf said his government"
            if self.syntax.word[pronoun] in {"his", "her"}:
                return self.pronouns.speaker_above(word) or self.pronouns.party(
                    pronoun, self.index.headed_by(pronoun)
                )
            if self.syntax.lemma[pronoun] in _COUNTRY_WORDS:
                return self._state_before(pronoun)
        return None

    def _state_before(self, word: int) -> Mention | None:
        """The last party with a country, no mere place, in the sentence before a word."""
        start = self.syntax.doc[word].sent.start
        for mention in reversed(list(self.index.within(start, word))):
            entity = self.index.entity(mention)
            known = len(entity.country) == 3 and mention.kind != "pronoun"
            if known and not mention.as_place and mention.last < word - 1:
                return mention
        return None

    def _apposed(self, word: int, own: Mention) -> list[Mention]:
        """ "Syria's backers, Oman and Chad": the names beside a word for several.

        One alone is an example, and told where nothing else says who they are ("partners, including
        the UK").
        """
        if not self.syntax.is_plural(word):
            return []
        found = [
            mention
            for kid in self.syntax.kids[word]
            if self.syntax.dep[kid] == "appos" or _EXAMPLES & set(self.syntax.prepositions(kid))
            for name in self.syntax.conjuncts(kid)
            if (mention := self.index.headed_by(name)) and self.has_country(mention)
        ]
        return found if len(found) > 1 or not self.has_country(own) else []

    def _does_nothing(self, word: int) -> bool:
        """Whether the word is no actor, whoever stands below it ("the situation in Ukraine")."""
        return self.syntax.lemma[word] in self.syntax.patterns.lists["no_actor"]

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
        modifiers, stateless = [], []
        before = syntax.modifiers(word)
        if syntax.tag[word] == "NNS":  # "his French and British counterparts"
            before = [one for modifier in before for one in syntax.conjuncts(modifier)]
        for modifier in dict.fromkeys(before):
            mention = self.index.headed_by(modifier) or self.index.covering(modifier)
            if mention is None or self._only_backs(mention):
                continue
            if self.has_country(mention):
                modifiers.append(mention)
            elif not self._is_nobody(mention):
                stateless.append(mention)  # "Kurdish units"
        if modifiers:
            return modifiers[:2]
        if elsewhere := self._counterpart(word):
            return elsewhere
        for owner in pronouns:
            if found := self._all_joined(owner, prepositions, depth):
                return found
        for preposition in prepositions:
            if preposition in _POSTED and syntax.lemma[word] in syntax.patterns.lists["posted"]:
                continue  # "the mediator in Sudan" is not of it
            if preposition == "in" and self._is_means(word) and prepositions is _BELOW_ACTOR:
                continue  # "killed by a strike (a mine) in Goma"
            for noun in self._nouns_behind(word, preposition):
                if found := self._all_joined(noun, prepositions, depth):
                    return found
        for kid in syntax.kids[word]:  # "the area bordering Ukraine"
            free_relative = syntax.word[word] == "what"  # "what it called Russian troops"
            reduced = syntax.dep[kid] == "acl" and "to" not in syntax.marks(kid)
            if free_relative or (reduced and prepositions is _BELOW_RECIPIENT):
                arguments = syntax.arguments(kid)  # and "a deal signed with the bloc"
                for noun in (*arguments.object, *arguments.oblique.get("with", [])):
                    if noun != word and (found := self._all_joined(noun, prepositions, depth)):
                        return found
        return stateless[:1]

    def _counterpart(self, word: int) -> list[Mention]:
        """ "Met his counterpart from Oman": who comes from there, though the parser hangs it on the verb."""
        syntax = self.syntax
        if syntax.lemma[word] != "counterpart" or syntax.word[word + 1] not in _OF_WHOM:
            return []
        found = self.index.within(word + 2, min(word + 6, len(syntax.word)))
        return [mention for mention in found if self.has_country(mention)][:1]

    def _only_backs(self, mention: Mention) -> bool:
        """ "An al-Qaida-linked group": who stands before the hyphen is not the group itself."""
        words, last = self.syntax.word, mention.last
        joined = words[last : last + 1] == ["-"] and words[last + 1 : last + 2] != ["led"]
        return joined and self.syntax.tag[last + 1 : last + 2] == ["VBN"]

    def _is_means(self, word: int) -> bool:
        """Whether the word is what somebody is struck by and nobody himself: "strike", "mine"."""
        lists, lemma = self.syntax.patterns.lists, self.syntax.lemma[word]
        return lemma in lists["violence_noun"] | lists["weapons"] | lists["fights"]

    def _nouns_behind(self, word: int, preposition: str) -> list[int]:
        """Nouns behind a preposition; in "troops backed by militias" the militias do not act.

        Nor are who took them meant by "hostages taken by militias".
        """
        found = self.syntax.behind(word, preposition)
        if preposition != "by":
            return found
        own = self.index.headed_by(word)
        people = own is not None and self.index.entity(own).kind == "unnamed"
        if people or self.syntax.lemma[word] in self.syntax.patterns.lists["troops"]:
            return [noun for noun in found if self.syntax.head[noun] == word]
        return found

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
        if self.syntax.lemma[mention.head] in self.syntax.patterns.lists["others"]:
            return False  # "its partners" are not it
        return self.index.entity(mention).kind in {"unnamed", "place", "other"}
