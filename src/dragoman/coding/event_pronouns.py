"""Who a pronoun means where coreference left it open or may be wrong."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from dragoman.coding.patterns import Syntax
from dragoman.coding.patterns.quoted import saying_verb
from dragoman.entities.words import quoted_words

if TYPE_CHECKING:
    from dragoman.entities.index import EntityIndex
    from dragoman.model import Mention

_THIRD_PERSON = frozenset({"he", "she", "it", "they", "him", "her", "them"})
_FIRST_PERSON = frozenset({"we", "i", "us", "me", "our", "my"})
_PERSONAL = frozenset({"he", "she", "him", "her"})
_SEVERAL = frozenset({"they", "them"})
_ONE_PERSON = _PERSONAL | {"i", "me", "my"}
_THINGS = frozenset({"organisation", "group", "place", "state"})
_BODIES = frozenset({"GOV", "MIL", "COP"})
_ANSWERED = frozenset({"he", "she", "it", "they"})
_WILL = frozenset({"will", "would", "'ll", "’ll"})
_STEPS = 3
#: In place of who speaks, where a speaker is looked for himself.
_NOT_ASKED = "?"
#: Codes of bodies that are nobody's home: "the police" are never those of Islamic State.
NO_HOME = frozenset({"IGO", "NGO", "MNC", "UNO", "EUR", "UNK", "IMG"})


class Pronouns:
    """Finds the parties behind pronouns."""

    def __init__(self, syntax: Syntax, index: EntityIndex) -> None:
        self.syntax = syntax
        self.index = index

    def party(self, word: int, known: Mention | None) -> Mention | None:
        """The party a pronoun stands for; ``known`` is what coreference says, None if nothing.

        In "Kenya said it would" the one who says is meant, whatever stands nearer.
        """
        syntax = self.syntax
        if told := self._announcer(word) or self._answered(word):
            return told
        clause = self._reported_clause(word)
        if known is not None and self._is_many(known) and syntax.word[word] in _ONE_PERSON:
            known = None  # "he" is never "reporters"
        if known is not None and not self._has_country(known) and self._is_unnamed(known):
            found = self._open(word, clause)
            return found if found is not None and self._has_country(found) else known
        if known is not None:
            speaker = clause and self._first_of(syntax.arguments(clause).surface, word)
            if speaker and speaker.entity != known.entity and self._is_somebody(speaker):
                if self._says_of_itself(word, speaker, known):
                    return speaker
            return known
        return self._open(word, clause)

    def speaker_above(self, noun: int) -> Mention | None:
        """The person who says the clause whose subject a noun is ("Abe said his army would")."""
        clause = self._reported_clause(noun) if self.syntax.dep[noun] == "nsubj" else None
        found = self._speaker_of(clause, noun) if clause is not None else None
        person = found is not None and self.index.entity(found).kind == "person"
        return found if person and found is not None and self._has_country(found) else None

    def _announcer(self, word: int) -> Mention | None:
        """ "a Kenyan announcement that it would leave": whose announcement it is."""
        syntax = self.syntax
        verb = syntax.head[word]
        noun = syntax.head[verb]
        if syntax.word[word] not in {"it", "they"} or syntax.dep[word] != "nsubj":
            return None
        if syntax.dep[verb] not in {"acl", "ccomp"} or "that" not in syntax.marks(verb):
            return None
        if syntax.lemma[noun] not in syntax.patterns.governors["saying_nouns"]:
            return None
        found = self._first_of([*syntax.possessors(noun), *syntax.modifiers(noun)], word)
        return found if found is not None and self._has_country(found) else None

    def _answered(self, word: int) -> Mention | None:
        """ "Chad expelled the Omani envoy after he insulted it": whose act is answered by what is done to him.

        None where the clause tells what befell its subject ("after it lost a town").
        """
        syntax, verb = self.syntax, self.syntax.head[word]
        lists, deed = syntax.patterns.lists, syntax.answered_by(verb)
        if syntax.word[word] not in _ANSWERED or syntax.dep[word] != "nsubj" or deed is None:
            return None
        if syntax.lemma[deed] not in lists["punishes"] or syntax.lemma[verb] in lists["befalls"]:
            return None
        arguments = syntax.arguments(deed)
        aimed = [x for mark in ("on", "against") for x in arguments.oblique.get(mark, ())]
        for noun in arguments.object:
            aimed += [*syntax.behind(noun, "on"), *syntax.behind(noun, "against")]
        for noun in (*arguments.object, *syntax.goals(deed), *aimed):
            for mention in self._named(noun):
                person = self.index.entity(mention).kind == "person"
                if self._fits(word, mention) and not (person and syntax.word[word] == "it"):
                    return mention
        return None

    def _open(self, word: int, clause: int | None) -> Mention | None:
        """The party of a pronoun that coreference left open."""
        syntax = self.syntax
        if clause is not None:
            found = self._speaker_of(clause, word)
            if found is None or not self._is_another(word, found):
                return found
            return self._nearest_party(word, found.entity)
        if syntax.word[word] in _FIRST_PERSON:
            found = self._speaker_near(word)
            if found is not None and syntax.word[word] in _ONE_PERSON and self._is_thing(found):
                return None
            return found
        if syntax.word[word] in _THIRD_PERSON:
            return self._nearest_party(word)
        return None

    def _is_another(self, word: int, speaker: Mention) -> bool:
        """Whether a pronoun cannot be who speaks: "“they jailed me,” she said", "he said they had fled"."""
        pronoun = self.syntax.word[word]
        if pronoun not in _THIRD_PERSON:
            return False
        one = self.index.entity(speaker).kind == "person"
        return self._quoted[word] or (one and pronoun in _SEVERAL)

    @cached_property
    def _quoted(self) -> list[bool]:
        """Which words of the story stand in quotation marks."""
        return quoted_words(self.syntax.word)

    def _says_of_itself(self, word: int, speaker: Mention, known: Mention) -> bool:
        """ "it" for no state stands for the speaker; "he" of "he will" for a person who speaks."""
        syntax = self.syntax
        if syntax.dep[word] != "nsubj":
            return False
        if syntax.word[word] == "it" and self._is_official(speaker) and self._has_country(known):
            return False  # "it returned fire, a spokesman said"
        if syntax.word[word] == "it":
            verb = syntax.head[word]
            told = (
                syntax.dep[verb] == "ccomp"
                and speaker.head in syntax.arguments(syntax.head[verb]).surface
            )
            one = self.index.entity(speaker).kind != "person" and not syntax.is_plural(speaker.head)
            return (told and one) or not self._is_state(known)
        coming = any(syntax.word[kid] in _WILL for kid in syntax.kids[syntax.head[word]])
        return (
            syntax.word[word] in {"he", "she"}
            and coming
            and self.index.entity(speaker).kind == "person"
        )

    def _is_official(self, mention: Mention) -> bool:
        """Whether somebody is one human being by his office: "a spokesman"."""
        syntax = self.syntax
        singular = not syntax.is_plural(mention.head)
        return singular and syntax.lemma[mention.head] in syntax.patterns.lists["official"]

    def _has_country(self, mention: Mention) -> bool:
        entity = self.index.entity(mention)
        return bool(entity.country or entity.members)

    def _is_somebody(self, mention: Mention) -> bool:
        """Whether somebody has a country, or is a body of a state all the same: "the military said it"."""
        return self._has_country(mention) or bool(set(self.index.entity(mention).sectors) & _BODIES)

    def _is_state(self, mention: Mention) -> bool:
        entity = self.index.entity(mention)
        return entity.kind in {"state", "group"} or bool(entity.sectors and entity.country)

    def _is_unnamed(self, mention: Mention) -> bool:
        return self.index.entity(mention).kind in {"unnamed", "other"}

    def _is_many(self, mention: Mention) -> bool:
        entity = self.index.entity(mention)
        return entity.kind == "unnamed" and entity.name.endswith("s") and entity.name.islower()

    def _is_thing(self, mention: Mention) -> bool:
        return self.index.entity(mention).kind in _THINGS

    def _reported_clause(self, word: int) -> int | None:
        """The verb of saying above the clause that the pronoun stands in."""
        syntax = self.syntax
        verb = syntax.head[word]
        for _ in range(4):
            above = syntax.head[verb]
            reported = syntax.dep[verb] in {"ccomp", "conj", "xcomp", "parataxis", "advcl"}
            if above == verb or not reported:
                return None
            if syntax.lemma[above] in syntax.patterns.governors["reporting"]:
                return above
            verb = above
        return None

    def _speaker_of(self, verb: int, word: int) -> Mention | None:
        """The subject of a verb of saying; a pronoun there is looked up in its turn."""
        surface = self.syntax.arguments(verb).surface
        found = self._first_of(surface, word)
        if found is not None:
            return found
        for subject in surface:
            if subject != word and self.syntax.word[subject] in _THIRD_PERSON:
                return self._nearest_party(subject, _NOT_ASKED)
        return None

    def _nearest_party(self, word: int, speaker: str = "") -> Mention | None:
        """Who a third person pronoun most likely is, where coreference left it open; never the speaker.

        Subjects above its clause come first, then earlier names of the sentence, the nearest
        first, then the subjects of the sentences before. The subject of its own clause is out.
        """
        syntax = self.syntax
        if self._quoted[word] and not speaker:
            speaks = self._speaker_near(word)
            speaker = speaks.entity if speaks is not None else ""
        sentence = syntax.doc[word].sent
        own = {syntax.head[word]}
        barred = {
            mention.entity
            for subject in syntax.arguments(syntax.head[word]).subject
            for noun in (subject, *syntax.kids[subject])  # "observers from the bloc praised it"
            if subject != word
            and (noun == subject or syntax.dep[noun] == "nmod")
            and (mention := self.index.headed_by(noun))
        } | {speaker}
        if (
            syntax.dep[syntax.head[word]] == "acl:relcl"
        ):  # "the men whom they are said to have killed"
            told = self.index.headed_by(syntax.head[syntax.head[word]])
            barred |= {told.entity} if told is not None else set()
        above = syntax.head[syntax.head[word]]
        for _ in range(3):
            if above in own or not sentence.start <= above < sentence.end:
                break
            own.add(above)
            for subject in syntax.arguments(above).surface:
                mention = self.index.headed_by(subject)
                if mention and self._quoted[word] and not self._quoted[subject]:
                    barred.add(mention.entity)  # who speaks: "“they beat me,” she recounts"
                mention = mention if subject < word else None
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
        """The subject of the nearest sentence before that has a fitting one.

        Only sentences that open with the same pronoun are gone back over ("He said … He added"), for "he"
        and "she" also those of no person.
        """
        syntax = self.syntax
        for _ in range(_STEPS):
            place = start - 1
            while place >= 0 and syntax.doc[place].is_space:
                place -= 1
            if place < 0:
                return None
            sentence = syntax.doc[place].sent
            surface = syntax.arguments(sentence.root.i).surface
            for subject in surface:
                for mention in self._named(subject):
                    if mention.entity not in barred and self._fits(word, mention):
                        return mention
            person = syntax.word[word] in _PERSONAL
            told = [mention for subject in surface for mention in self._named(subject)]
            over = any(syntax.word[subject] == syntax.word[word] for subject in surface)
            if not over and not (person and told and all(map(self._is_thing, told))):
                return None
            start = sentence.start
        return None

    def _named(self, subject: int) -> list[Mention]:
        """A subject's own mention, else its owner or nationality ("Kenya's minister")."""
        own = self.index.headed_by(subject)
        if own is not None:
            return [own]
        near = [*self.syntax.possessors(subject), *self.syntax.modifiers(subject)]
        return [mention for word in near if (mention := self.index.headed_by(word))][:1]

    def _fits(self, word: int, mention: Mention) -> bool:
        """Whether a pronoun may stand for a mention: "he" for no state, someone with a country."""
        entity = self.index.entity(mention)
        pronoun = self.syntax.word[word]
        if self.syntax.word[mention.head] in _FIRST_PERSON:
            return False  # "they beat me, and they beat my girl"
        if not (entity.country or entity.members) or self.index.rules_out(pronoun, entity.id):
            return False
        if pronoun in ("it", "its"):
            return entity.kind != "person"
        return pronoun not in _PERSONAL or entity.kind not in _THINGS

    def _first_of(self, words: Iterable[int], pronoun: int) -> Mention | None:
        for word in words:
            if word != pronoun and (mention := self.index.headed_by(word)):
                return mention
        return None

    def _speaker_near(self, word: int) -> Mention | None:
        """Who speaks in the first person: the verb of saying right outside the quotation decides.

        Where no quotation mark is in sight, the next verb of saying of the paragraph, else the one
        before.
        """
        for step in (1, -1):
            verb = saying_verb(self.syntax, word, step)
            if verb is not None:
                return self._speaker_of(verb, word)
        return self._any_speaker(word)

    def _any_speaker(self, word: int) -> Mention | None:
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
