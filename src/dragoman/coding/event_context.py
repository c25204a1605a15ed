"""What an event leaves to the story around it: who "the claim" came from, whose police it was.

A refusal of "the deadline" goes to whoever set it; a second verb that shares its subject shares its
recipient. The table ``[anaphora]`` in
``patterns/lists.toml`` says which nouns look back to which types of event.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.event_answered import (
    answers_asker,
    as_asked,
    by_condition,
    of_deal,
    others,
    such_a_step,
)
from dragoman.coding.event_armed import by_weapon, strike_countrymen
from dragoman.coding.event_draft import Draft
from dragoman.coding.event_roles import Roles
from dragoman.coding.event_untouched import is_own_people
from dragoman.coding.patterns import Patterns, Syntax
from dragoman.coding.sections import sections
from dragoman.entities.speakers import FIRST_WORDS

if TYPE_CHECKING:
    from dragoman.entities.index import EntityIndex
    from dragoman.model import Mention

#: Events back that an anaphoric noun may look, and one that was used of the event itself.
_BACK, _FAR = 25, 200
#: Kinds of which a country has several, that deal with each other.
_PARTIES = frozenset({"person", "group", "organisation"})
#: Types that answer what others did or said, and those that judge a deed.
_ANSWERS = frozenset({"REJECT", "AGREE", "SUPPORT", "ACCUSE"})
_JUDGES = frozenset({"ACCUSE", "SUPPORT", "REJECT"})
#: The type of who condemns, and those of deeds that are condemned.
_CONDEMNS, _DONE = "ACCUSE", frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE"})
#: Types of what two do together, or one to another ("promised Chad a truce").
_MUTUAL = frozenset({"AGREE", "CONSULT"})
#: Types of what somebody mediates.
_DEALINGS = frozenset({"AGREE", "CONSULT", "COOPERATE", "COERCE", "RETREAT"})
#: First letters that a verb shares with the noun of its deed ("deliver", "deliveries").
_STEM = 5
_PERSONS = frozenset({"his", "her"})
#: What stands before a deed that was told.
_DEFINITE = frozenset({"the", "this", "these", "those", "that", "such"})
#: Types whose recipient a coordinated verb of these types shares.
_VERBAL = frozenset({"ACCUSE", "REQUEST", "THREATEN", "REJECT", "SUPPORT", "AGREE"})


class Context:
    """Fills in parties from earlier events; keeps the drafts in order of the text."""

    def __init__(
        self, syntax: Syntax, index: EntityIndex, roles: Roles, patterns: Patterns
    ) -> None:
        self.syntax = syntax
        self.index = index
        self.roles = roles
        self.anaphora = patterns.anaphora

    def complete(self, drafts: Sequence[Draft]) -> None:
        """Adds to each draft the parties that the drafts before it imply."""
        for place, draft in enumerate(drafts):
            before = self._same_story(drafts[max(0, place - _BACK) : place], draft)
            self._turn_round(draft, before)
            by_condition(draft, self.roles)
            self._relative(draft, before)
            self._of_it(draft)
            if draft.recipients or draft.reciprocal or not draft.actors:
                continue
            self._share(draft, before)
            if not draft.recipients:
                far = drafts[max(0, place - _FAR) : place]
                self._look_back(draft, self._same_story(far, draft))
            if not draft.recipients and draft.rule == "AGREE.talks_due":
                self._other_party(draft)

    def _same_story(self, before: Sequence[Draft], draft: Draft) -> Sequence[Draft]:
        """Those of some drafts that tell of the same story, where a text holds several."""
        numbers = sections(self.syntax.doc)
        own = numbers[draft.token]
        return [held for held in before if numbers[held.token] == own] if own else before

    def _turn_round(self, draft: Draft, before: Sequence[Draft]) -> None:
        """A pronoun that would make someone act on himself means the other party.

        A state acts on itself where the countries are one; others of one country deal with each other.
        """
        if not draft.actors or not draft.recipients:
            return
        if not self.index.countries(draft.actors) & self.index.countries(draft.recipients):
            return
        if strike_countrymen(draft, self.syntax, self.index):
            return
        if all(self.index.entity(actor).kind == "place" for actor in draft.actors):
            return  # "fire from Goma killed two of its soldiers": of whose land the town is tells nothing
        if self._is_own_ground(draft.recipients[0]):
            draft.recipients = []
            return
        if draft.type in _VERBAL and is_own_people(draft.recipients[0], self.syntax):
            return
        sides = [draft.actors, draft.recipients]
        if self.syntax.tag[draft.recipients[0].first] == "PRP$":  # "summoned its ambassador"
            sides.reverse()
        for mentions in sides:
            other = draft.recipients if mentions is draft.actors else draft.actors
            if not self._by_pronoun(mentions[0]) or not self._is_one(mentions[0], other):
                continue
            for earlier in reversed(before):
                for party in (*earlier.actors, *earlier.recipients):
                    found = self.index.countries([party])
                    if found and not found & self.index.countries(other):
                        mentions[:] = [party]
                        return

    def _is_own_ground(self, mention: Mention) -> bool:
        """ "Moved tanks to its border": one's own ground is nobody to act on."""
        syntax = self.syntax
        owner = syntax.tag[mention.head] == "PRP$"
        noun = syntax.head[mention.head] if owner else mention.head
        own = owner or syntax.tag[mention.first] == "PRP$"
        return own and syntax.lemma[noun] in syntax.patterns.lists["place_word"]

    def _is_one(self, mention: Mention, other: Sequence[Mention]) -> bool:
        """Whether a mention stands for one of the others, for a state, or for an official of theirs."""
        entity = self.index.entity(mention)
        others = [self.index.entity(held) for held in other]
        if entity.kind not in _PARTIES or entity in others:
            return True
        return entity.sectors[:1] == ("GOV",) and any(held.kind == "state" for held in others)

    def _by_pronoun(self, mention: Mention) -> bool:
        """Whether a mention is a pronoun or begins with one ("its army"), and not "we" or "our": those are known;
        a man's own people may strike or blame their countrymen ("her husband accused the president", "his men
        killed villagers")."""
        first, word = mention.first, self.syntax.word
        own = word[first] in _PERSONS and mention.head != first
        return (
            self.syntax.tag[first].startswith("PRP") and word[first] not in FIRST_WORDS and not own
        )

    def _relative(self, draft: Draft, before: Sequence[Draft]) -> None:
        """ "offered talks, which Chad has refused (has accepted)": the answer goes to whoever offered."""
        token = draft.token
        if draft.type not in _ANSWERS or not self.syntax.dep[token].startswith("acl:relcl"):
            return
        own = self.index.countries(draft.actors)
        if not own or self.index.countries(draft.recipients) - own:
            return
        if (
            draft.type != "REJECT"
            and self.syntax.head[token] in self.syntax.arguments(token).subject
        ):
            return
        above = {self.syntax.head[token], self.syntax.head[self.syntax.head[token]]}
        for earlier in reversed(before):
            if earlier.token in above and (found := self.index.countries(earlier.actors)):
                if not found & own:
                    draft.recipients = list(earlier.actors)
                return

    def _share(self, draft: Draft, before: Sequence[Draft]) -> None:
        """ "accused Chad of lying and demanded an apology": both go to Chad."""
        if draft.type not in _VERBAL:
            return
        own = {mention.entity for mention in draft.actors}
        for earlier in reversed(before):
            if earlier.sentence != draft.sentence:
                return
            joined = self.syntax.dep[draft.token] == "conj" and earlier.type in _VERBAL
            if joined and own & {mention.entity for mention in earlier.actors}:
                draft.recipients = list(earlier.recipients)
                return

    def again(self, drafts: Sequence[Draft]) -> None:
        """Whose deed is meant that an object names again, where the words name nobody.

        Args:
            drafts: those of patterns and language model, in order of the text.
        """
        struck = self.syntax.patterns.settings.get("struck")
        for place, draft in enumerate(drafts):
            before = self._same_story(drafts[max(0, place - _FAR) : place], draft)
            if draft.hit is None and draft.type == struck and self._on_own(draft):
                self._turn_round(draft, before)
            alone = draft.actors and not draft.recipients and not draft.reciprocal
            if draft.hit is None:
                self._relative(draft, before)
                alone = alone and not draft.recipients
            if draft.type in _VERBAL and alone and not self._is_new(draft):
                self._look_back(draft, before)
            if draft.type == _CONDEMNS and alone and not draft.recipients:
                self._by_it(draft, before)
            answers_asker(draft, before, self.index)
            of_deal(draft, self.syntax, self.roles)
            as_asked(draft, self.syntax, self.roles)
            self._of_court(draft)
            self._mediated(draft, before)
            by_weapon(draft, before, self.syntax)
            if draft.type == struck and draft.recipients and not draft.actors:
                self._by_deed(draft, before)

    def _of_court(self, draft: Draft) -> None:
        """ "Welcomed the verdict": the court that gave it, named last before, is welcomed or rejected."""
        syntax, lists = self.syntax, self.syntax.patterns.lists
        if draft.type not in _JUDGES or draft.named_again:
            return
        first, last = draft.sentence
        nouns = [
            noun for noun in syntax.arguments(draft.token).object
            if syntax.lemma[noun] in lists["ruling"]
            and any(syntax.word[kid] in _DEFINITE for kid in syntax.kids[noun])
        ]  # fmt: skip
        if not nouns or any(first <= one.first < last for one in draft.recipients):
            return
        acting = {mention.entity for mention in draft.actors}
        numbers = sections(syntax.doc)
        for mention in reversed(list(self.index.within(0, draft.token))):
            if mention.kind == "pronoun" or numbers[mention.first] != numbers[draft.token]:
                continue
            entity = self.index.entity(mention)
            court = syntax.lemma[mention.head] in lists["court"] or entity.sectors[:1] == ("JUD",)
            if court and entity.kind == "organisation" and mention.entity not in acting:
                draft.recipients, draft.named_again = [mention], True
                return

    def _mediated(self, draft: Draft, before: Sequence[Draft]) -> None:
        """ "Oman mediated", after talks of two others were told: between those."""
        lists = self.syntax.patterns.lists
        if draft.type != "CONSULT" or self.syntax.lemma[draft.token] not in lists["go_between"]:
            return
        own = self.index.countries(draft.actors)
        if draft.recipients or not own or len(own) > 1:
            return
        acl = self.syntax.dep[draft.token] == "acl"
        told = self.roles.between(self.syntax.head[draft.token]) if acl else []
        if len(told) > 1:  # "an exchange between the two mediated by Oman"
            self._between(draft, told)
            return
        for deed in reversed(before[-_BACK:]):
            sides = [*deed.actors, *deed.recipients]
            mutual = len(self.index.countries(deed.actors)) > 1 or deed.type not in _MUTUAL
            countries = self.index.countries(sides)
            if deed.type in _DEALINGS and mutual and len(countries) > 1 and not countries & own:
                self._between(draft, sides)
                return

    def _between(self, draft: Draft, sides: list[Mention]) -> None:
        """Those between whom a draft mediates, beside who does."""
        draft.actors = [*draft.actors, *sides] if draft.reciprocal else draft.actors
        draft.recipients = [] if draft.reciprocal else sides

    def _on_own(self, draft: Draft) -> bool:
        """Whether whom a deed strikes is only told as somebody's ("ten of its soldiers")."""
        told = draft.recipients[0].first if draft.recipients else None
        return told is not None and self.syntax.tag[told] == "PRP$"

    def _is_new(self, draft: Draft) -> bool:
        """ "Struck a deal": what is agreed under an indefinite article was not told before."""
        syntax = self.syntax
        return draft.type == "AGREE" and any(
            syntax.lemma[kid] == "a" and syntax.dep[kid] == "det"
            for noun in syntax.arguments(draft.token).object
            for kid in syntax.kids[noun]
        )

    def _look_back(self, draft: Draft, before: Sequence[Draft]) -> None:
        """The author of the deed that the draft's object names again ("the claim").

        The same word before comes first ("air strikes", "the strikes"), then the latest deed
        that the word may mean.
        """
        noun, types = self._named_again(draft.token)
        if not noun:
            self._told_again(draft, before)
            return
        earlier = [deed for deed in reversed(before) if self._is_of(deed, types)]
        alike = [deed for deed in earlier if noun in self._words(deed)]
        near = {id(deed) for deed in before[-_BACK:]}
        for deed in (*alike, *(deed for deed in earlier if id(deed) in near)):
            found = others(deed.actors, draft, self.index)
            if found and not self._of_others(deed, draft):
                draft.recipients, draft.named_again = found, deed in alike
                return
            if not deed.actors and deed not in alike:
                return  # the latest attack is meant, and who made it is not told

    def _of_it(self, draft: Draft) -> None:
        """ "The Council condemned it": a deed may be meant, and not who spoke last."""
        syntax = self.syntax
        if draft.type not in _JUDGES:
            return
        objects = syntax.arguments(draft.token).object
        if not any(syntax.word[word] == "it" for word in objects):
            return
        first = draft.sentence[0]
        draft.recipients = [
            one for one in draft.recipients
            if one.first >= first and self.index.entity(one).kind != "person"
        ]  # fmt: skip

    def _by_it(self, draft: Draft, before: Sequence[Draft]) -> None:
        """ "The navy seized a ship. Iran condemned it": whoever did what was told last."""
        syntax = self.syntax
        if not any(syntax.word[word] == "it" for word in syntax.arguments(draft.token).object):
            return
        for deed in reversed(before[-_BACK:]):
            if deed.type in _DONE and deed.actors and not deed.aux:
                draft.recipients = others(deed.actors, draft, self.index)
                draft.named_again = bool(draft.recipients)
                return

    def _told_again(self, draft: Draft, before: Sequence[Draft]) -> None:
        """ "Condemned the deliveries": whoever was told to deliver, by a word of the same stem."""
        syntax = self.syntax
        if draft.type not in _JUDGES:
            return
        objects = syntax.arguments(draft.token).object
        stems = {
            syntax.lemma[noun][:_STEM]
            for noun in objects
            if len(syntax.lemma[noun]) >= _STEM and not self._says_itself(noun)
            and any(syntax.word[kid] in _DEFINITE for kid in syntax.kids[noun])
        }  # fmt: skip
        if not stems:
            return
        for deed in reversed(before):
            if syntax.lemma[deed.token][:_STEM] in stems:
                if deed.actors:
                    draft.recipients = others(deed.actors, draft, self.index)
                    draft.named_again = bool(draft.recipients)
                return
        if any(syntax.word[kid] == "such" for noun in objects for kid in syntax.kids[noun]):
            such_a_step(draft, before, self.index)

    def _by_deed(self, draft: Draft, before: Sequence[Draft]) -> None:
        """ "Five were killed in the strikes": by those whose strikes were told, where all were of one side."""
        arguments = self.syntax.arguments(draft.token)
        rows = [arguments.oblique.get(word, ()) for word in ("in", "by", "during")]
        nouns = {self.syntax.lemma[noun] for row in rows for noun in row} & self.anaphora.keys()
        deeds = [
            deed for deed in before
            if deed.type == draft.type and deed.actors and not deed.aux and nouns & self._words(deed)
        ]  # fmt: skip
        if not deeds or len({frozenset(x.entity for x in deed.actors) for deed in deeds}) > 1:
            return
        actors = deeds[0].actors
        struck = {mention.entity for mention in draft.recipients}
        if not any(
            x.entity in struck or self.roles.is_own_side(x, draft.recipients) for x in actors
        ):
            draft.actors = list(actors)

    def _is_of(self, deed: Draft, types: frozenset[str]) -> bool:
        by_row = deed.hit is not None and deed.hit.pattern.type in types
        return deed.type in types or by_row

    def _of_others(self, deed: Draft, draft: Draft) -> bool:
        """Whether an accusation was of somebody else than who now answers one."""
        accused = self.index.countries(deed.recipients)
        own = self.index.countries(draft.actors)
        answers = draft.type == "REJECT" and deed.type == "ACCUSE"
        return answers and bool(accused and own) and not accused & own

    def _words(self, deed: Draft) -> set[str]:
        """The lemmas that tell a deed: its word, and the object that goes with it ("launched strikes")."""
        below = self.syntax.arguments(deed.token).object
        return {self.syntax.lemma[word] for word in (deed.token, *below)}

    def _other_party(self, draft: Draft) -> None:
        """Talks take two: the other is the nearest foreign name before them in the sentence."""
        own = self.index.countries(draft.actors)
        for mention in reversed(list(self.index.within(draft.sentence[0], draft.token))):
            other = self.index.countries([mention])
            if other and not other & own and mention.kind not in {"adjective", "pronoun"}:
                draft.recipients = [mention]
                return

    def _says_itself(self, noun: int) -> bool:
        """ "Rejected reports that …": what is meant is told behind it, not before."""
        syntax = self.syntax
        words = {syntax.word[kid] for kid in syntax.kids[noun]}
        return not words & {"the", "this", "these"} and any(
            syntax.dep[kid].startswith(("acl", "ccomp")) and "that" in syntax.marks(kid)
            for kid in syntax.kids[noun]
        )

    def _named_again(self, token: int) -> tuple[str, frozenset[str]]:
        """The first noun below a verb that may look back, and the types of what it looks back to."""
        arguments = self.syntax.arguments(token)
        nouns = [*arguments.object, *(n for row in arguments.oblique.values() for n in row)]
        nouns += self.syntax.goals(token)  # "promised to study the proposal"
        for noun in nouns:
            types = self.anaphora.get(self.syntax.lemma[noun])
            if types and not self._says_itself(noun):
                return self.syntax.lemma[noun], types
        return "", frozenset()
