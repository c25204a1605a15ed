"""Which places of an event are open: what ``event_spoken`` asks first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dragoman.coding.event_barred import Barred
from dragoman.coding.event_untouched import is_blamed_on, is_own_people

if TYPE_CHECKING:
    from dragoman.coding.event_draft import Draft
    from dragoman.coding.patterns import Syntax
    from dragoman.entities.index import EntityIndex
    from dragoman.model import Mention

#: Nobody is guessed to have killed: of 105 such answers 37 were right, and no error is worse.
NEVER = frozenset({("actor", "ASSAULT")})
#: Probability of an event from which the parties of one that only the model sees are looked for.
_EVENT = 0.4
#: Probability of a told party's words under which it is weighed against others.
_DOUBT = 0.5
#: Probability from which a word behind "by" is who did it, though nobody knows who that is.
_TOLD = 0.3
#: Probability from which a word surely tells the party.
_SURE = 0.8
#: Types of what a government says to its own people.
_ASKS = frozenset({"REQUEST", "THREATEN"})
#: Words for those who do it to each other: "accused the other", "each other", "one another".
_EACH_OTHER = frozenset({"other", "another"})
_EACH = frozenset({"each", "one"})


class OpenPlaces(Barred):
    """Says of one story's drafts who is still to be found.

    Args:
        mutual: types that several actors who do it do with each other.
    """

    def __init__(self, syntax: Syntax, index: EntityIndex, mutual: frozenset[str]) -> None:
        super().__init__(syntax, index)
        self.mutual = mutual

    def is_open(self, draft: Draft, role: str, told: Sequence[Mention]) -> bool:
        """Whether nobody takes the role, or somebody who is hardly seen in it."""
        if (role, draft.type) in NEVER or _faint(draft):
            return False
        if role == "recipient" and is_rally_for(draft, self.syntax):
            return False
        if self.syntax.lemma[draft.token] in self.syntax.patterns.lists["comes_down"]:
            return False  # "a drone crashed": nobody need be struck
        if role == "recipient" and draft.mode in self.syntax.patterns.types("of_oneself"):
            return False  # one resigns, and does it to nobody
        if role == "actor" and (of_captives(draft, self.syntax) or self._is_by_others(draft)):
            return False
        if role == "actor" and is_blamed_on(draft, self.syntax):
            return False
        unaimed = draft.rule in self.syntax.patterns.types("unaimed")
        if role == "recipient" and (unaimed or self._is_mutual(draft, told)):
            return False
        if not told:
            return True
        if role in draft.settled:
            return False
        if draft.reciprocal or (draft.named_again and role == "recipient"):
            return False
        if role == "recipient" and draft.toll is not None:
            return False  # "the attack, which killed ten": they were struck
        entities = [self.index.entities[x.entity] for x in told]
        if all(
            x.kind in ("state", "collective") and not (x.country or x.members) for x in entities
        ):
            return False  # "Western promises": the West is told, though it is no state
        asked = role == "recipient" and draft.type in _ASKS
        if asked and all(is_own_people(x, self.syntax) for x in told):
            return False
        likely = likely_of(draft, role)
        words = {word for x in told for word in self.syntax.up_to_noun(x.head)}
        if role == "actor":  # "they said they would": the first "they" is the second
            words.update(self._speaking(draft))
        reason = role == "actor" and self.syntax.answered_by(draft.token) is not None
        if reason:  # "after it jailed a priest": "it" stands for him
            words.update(self.syntax.arguments(draft.token).surface)
        return all(likely.get(word, 0.0) < _DOUBT for word in words)

    def _speaking(self, draft: Draft) -> list[int]:
        """The "they" who says that "they" do it."""
        syntax, verb = self.syntax, draft.token
        above = syntax.head[verb]
        if (
            syntax.dep[verb] != "ccomp"
            or syntax.lemma[above] not in syntax.patterns.governors["speaking"]
        ):
            return []
        own = {syntax.word[word] for word in syntax.arguments(verb).subject} & {"they"}
        return [word for word in syntax.arguments(above).subject if syntax.word[word] in own]

    def is_for_unknown(self, draft: Draft) -> bool:
        """Whether words tell who was struck or held, of whom nothing is known ("stormed a prison"): at most
        his country can be understood."""
        if draft.type not in self.syntax.patterns.types("struck_or_held"):
            return False
        likely = likely_of(draft, "recipient")
        word, chance = max(likely.items(), key=lambda x: x[1], default=(0, 0.0))
        noun = self.syntax.tag[word].startswith(("NN", "CD"))
        return noun and chance >= _SURE and self.index.covering(word) is None

    def _is_by_others(self, draft: Draft) -> bool:
        """Whether words for others tell who did it, though not which ("abandoned by all its allies", "seized
        by hostile elements")."""
        agents = (
            self.syntax.arguments(draft.token).agent if self.syntax.is_verb(draft.token) else ()
        )
        likely, others = likely_of(draft, "actor"), self.syntax.patterns.lists["others"]
        return any(self.syntax.lemma[x] in others or likely.get(x, 0.0) > _TOLD for x in agents)

    def _is_mutual(self, draft: Draft, told: Sequence[Mention]) -> bool:
        """Whether the actors deal with each other, so that nobody else need be meant."""
        words, kids = self.syntax.word, self.syntax.kids[draft.token]
        each = {word for kid in kids if words[kid] in _EACH for word in words[kid + 1 : kid + 2]}
        if draft.reciprocal or each & _EACH_OTHER:
            return True
        if self.syntax.lemma[draft.token] == "clash" and len(draft.actors) > 1:
            return True
        if len(self.index.countries(draft.actors)) < 2:
            return False
        below = {words[kid] for kid in kids}
        return bool(below & _EACH_OTHER) or (draft.type in self.mutual and not told)

    def joined(self, mention: Mention) -> list[Mention]:
        """A mention and those joined to it by "and": who did a thing together with whom is understood."""
        first = mention.head
        while self.syntax.dep[first] == "conj":
            first = self.syntax.head[first]
        held = {mention.entity: mention}
        for word in self.syntax.conjuncts(first):
            beside = self.index.headed_by(word)
            if beside is not None and self.index.countries([beside]):
                held.setdefault(beside.entity, beside)
        return list(held.values())


def _faint(draft: Draft) -> bool:
    """Whether the draft is hardly an event: whoever took part, it would not be given."""
    return draft.hit is None and draft.seen is not None and draft.seen.chance < _EVENT


def is_rally_for(draft: Draft, syntax: Syntax) -> bool:
    """ "Rallied in support of the army", "gathered to cheer the soldiers"."""
    if draft.type != syntax.patterns.settings.get("rallies") or not syntax.is_verb(draft.token):
        return False
    lists, arguments = syntax.patterns.lists, syntax.arguments(draft.token)
    behind = {syntax.lemma[noun] for noun in arguments.oblique.get("in", ())}
    goals = {syntax.lemma[verb] for verb in arguments.clauses}
    return bool(behind & lists["rallied_for"] or goals & (lists["cheers"] | {"support", "back"}))


def of_captives(draft: Draft, syntax: Syntax) -> bool:
    """Whether it is done to hostages: nobody is guessed to hold them, nor where they are held."""
    held = syntax.patterns.lists["hostages"]
    return any(syntax.lemma[mention.head] in held for mention in draft.recipients)


def likely_of(draft: Draft, role: str) -> Mapping[int, float]:
    """How likely each word takes a role of the draft, by the language model."""
    if draft.seen is None:
        return {}
    return draft.seen.actors if role == "actor" else draft.seen.recipients
