"""What an event leaves to the story around it: who "the claim" came from, whose police it was.

A refusal of "the deadline" goes to whoever set it; a second verb that shares its subject shares its
recipient. The table ``[anaphora]`` in
``patterns/lists.toml`` says which nouns look back to which types of event.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.event_draft import Draft
from dragoman.coding.event_roles import Roles
from dragoman.coding.patterns import Patterns, Syntax

if TYPE_CHECKING:
    from dragoman.entities.index import EntityIndex
    from dragoman.model import Mention

#: Events back that an anaphoric noun may look.
_BACK = 10
#: Kinds of which a country has several, that deal with each other.
_PARTIES = frozenset({"person", "group", "organisation"})
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
            before = drafts[max(0, place - _BACK) : place]
            self._turn_round(draft, before)
            self._condition(draft)
            self._relative(draft, before)
            if draft.recipients or draft.reciprocal or not draft.actors:
                continue
            self._share(draft, before)
            if not draft.recipients:
                self._look_back(draft, before)
            if not draft.recipients and draft.rule == "AGREE.talks_due":
                self._other_party(draft)

    def _turn_round(self, draft: Draft, before: Sequence[Draft]) -> None:
        """A pronoun that would make someone act on himself means the other party.

        A state acts on itself where the countries are one; others of one country deal with each other.
        """
        if not draft.actors or not draft.recipients:
            return
        if not self.index.countries(draft.actors) & self.index.countries(draft.recipients):
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

    def _is_one(self, mention: Mention, other: Sequence[Mention]) -> bool:
        """Whether a mention stands for one of the others, for a state, or for an official of theirs."""
        entity = self.index.entity(mention)
        others = [self.index.entity(held) for held in other]
        if entity.kind not in _PARTIES or entity in others:
            return True
        return entity.sectors[:1] == ("GOV",) and any(held.kind == "state" for held in others)

    def _by_pronoun(self, mention: Mention) -> bool:
        """Whether a mention is a pronoun or begins with one ("its army")."""
        return self.syntax.tag[mention.first].startswith("PRP")

    def _condition(self, draft: Draft) -> None:
        """ "threatened to leave unless Chad paid": the threat goes to Chad."""
        if draft.type not in {"THREATEN", "AGREE"} or draft.hit is None or draft.reciprocal:
            return
        if self.index.countries(draft.recipients) - self.index.countries(draft.actors):
            return
        ways = self.roles.ways
        found = [
            mention
            for mention in self.roles.recipients(ways.follow(draft.token, ("if",), "verb"))
            if self.index.countries([mention])
            and not self.index.countries([mention]) & self.index.countries(draft.actors)
        ]
        if found:
            draft.recipients = found

    def _relative(self, draft: Draft, before: Sequence[Draft]) -> None:
        """ "offered talks, which Chad has refused": the refusal goes to whoever offered."""
        token = draft.token
        if draft.type != "REJECT" or not self.syntax.dep[token].startswith("acl:relcl"):
            return
        own = self.index.countries(draft.actors)
        if not own or self.index.countries(draft.recipients) - own:
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

    def _look_back(self, draft: Draft, before: Sequence[Draft]) -> None:
        """The author of the deed that the draft's object names again ("the claim")."""
        types = self._types_named(draft.token)
        if not types:
            return
        own = self.index.countries(draft.actors)
        for earlier in reversed(before):
            if earlier.type not in types and (
                earlier.hit is None or earlier.hit.pattern.type not in types
            ):
                continue
            entities = {mention.entity for mention in draft.actors}
            found = [
                mention
                for mention in earlier.actors
                if not self.index.countries([mention]) & own and mention.entity not in entities
            ]
            if found:
                draft.recipients = found
                return

    def _other_party(self, draft: Draft) -> None:
        """Talks take two: the other is the nearest foreign name before them in the sentence."""
        own = self.index.countries(draft.actors)
        for mention in reversed(list(self.index.within(draft.sentence[0], draft.token))):
            other = self.index.countries([mention])
            if other and not other & own and mention.kind not in {"adjective", "pronoun"}:
                draft.recipients = [mention]
                return

    def _types_named(self, token: int) -> frozenset[str]:
        arguments = self.syntax.arguments(token)
        nouns = [*arguments.object, *(n for row in arguments.oblique.values() for n in row)]
        for noun in nouns:
            types = self.anaphora.get(self.syntax.lemma[noun])
            if types:
                return types
        return frozenset()
