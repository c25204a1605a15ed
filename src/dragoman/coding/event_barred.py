"""Who can never take an open place of an event, whatever speaks for him: what ``event_open`` builds on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.event_beside import (
    is_alone,
    is_beside,
    is_charged_with,
    is_denied_to,
    is_forum,
    is_hours_away,
    is_roads_end,
    is_struck_beside,
)
from dragoman.coding.event_borders import is_at_border
from dragoman.coding.event_clauses import is_name_of_accord
from dragoman.coding.event_house import House
from dragoman.coding.event_pronouns import NO_HOME
from dragoman.coding.event_roles import GOVERNING
from dragoman.coding.event_topic import NEEDS, is_not_asked
from dragoman.coding.event_untouched import (
    is_at_home,
    is_captor,
)

if TYPE_CHECKING:
    from dragoman.coding.event_draft import Draft
    from dragoman.coding.patterns import Syntax
    from dragoman.entities.index import EntityIndex
    from dragoman.model import Entity, Mention

#: Sectors of people who are on no side of a conflict.
NO_SIDE = frozenset({"CVL", "UNK", "REF", "EDU"})
_PRIVATE = NO_SIDE | {"JRN", "MED", "ELI", "OPP", "PTY"}
_TRADES = frozenset({"AGR", "BUS", "EDU", "LAB", "MED", "REF"})
#: Types of words, which newspapers only print.
_WORDS = frozenset({"AGREE", "AID", "CONCEDE", "CONSULT", "COOPERATE", "REJECT", "REQUEST", "RETREAT",
                    "SUPPORT"})  # fmt: skip
#: What stands before why somebody is punished.
_REASONS = frozenset({"over", "for"})
#: How words of one noun phrase hang on each other.
_IN_PHRASE = frozenset({"nmod", "conj", "appos", "nummod", "amod", "compound"})
#: What stands before a place.
PLACED = frozenset({"in", "inside", "at", "to", "near", "outside"})


class Barred:
    """Says of one story's drafts who cannot be meant where somebody is still to be found."""

    def __init__(self, syntax: Syntax, index: EntityIndex) -> None:
        self.syntax, self.index = syntax, index
        self._house = House(syntax, index)

    def is_inert(self, mention: Mention, draft: Draft, role: str) -> bool:
        """Whether it is a thing that does nothing, and to which nothing but strikes is done: "buses"."""
        struck = role == "recipient" and draft.type in self.syntax.patterns.types("struck")
        inert = self.syntax.patterns.lists["inert"]
        return not struck and bool({self.syntax.lemma[x] for x in self._phrase_of(mention)} & inert)

    def is_no_answer(self, mention: Mention, draft: Draft, role: str) -> bool:
        """Whether somebody cannot be meant in the place of another who is told: a thing, his own officials."""
        own = role == "recipient" and (
            self._is_own(mention, draft) or is_at_home(mention, draft, self.syntax, self.index)
        )
        own = own or (role == "actor" and self._is_no_jailer(mention, draft))
        return own or self.is_inert(mention, draft, role)

    def _phrase_of(self, mention: Mention) -> list[int]:
        """A mention's head, and what it is one of: "one of the campaigns"."""
        counted = self.syntax.tag[mention.head] == "CD"
        return [mention.head, *(self.syntax.behind(mention.head, "of") if counted else ())]

    def is_barred(self, mention: Mention, draft: Draft, role: str) -> bool:
        """Whether somebody cannot be meant where nobody is told to take the role."""
        if self.syntax.tag[mention.first] == "PRP$":
            return True  # "our soldiers" are somebody's in these words only
        if (
            self._is_not_the_pronoun(mention, draft, role)
            or self.is_inert(mention, draft, role)
            or is_name_of_accord(mention, self.syntax)
            or mention.entity in draft.victims
        ):
            return True
        if (
            self.syntax.lemma[self.syntax.head[mention.head]]
            in self.syntax.patterns.lists["likeness"]
        ):
            return True  # "a statue of Lenin"
        if self._is_bystander(mention, draft, role) or self._is_medium(mention, draft, role):
            return True
        entity = self.index.entities[mention.entity]
        if entity.kind in ("state", "place") and self.syntax.is_off(mention.first, mention.head):
            return True
        if is_at_border(mention, draft, role, self.syntax, self.index):
            return True
        region = entity.kind == "state" and entity.id.islower()  # "KEN" is a state
        placed = entity.kind == "place" or (region and entity.country not in NO_HOME)
        if role == "recipient":
            if is_captor(mention, draft, self.syntax, entity.sectors):
                return True
            if draft.rule in self.syntax.patterns.types("ousts") and not self._governs(entity):
                return True
            if is_not_asked(mention, draft, self.syntax) or self._is_weapon(mention, draft):
                return True
            struck = draft.type in self.syntax.patterns.types("struck")
            if (not struck and self._house.is_of_one(mention, draft)) or self._is_public(
                mention, draft
            ):
                return True
            apart = (placed and not struck) or self._tells_it(mention, draft)
            apart = apart or is_beside(mention, draft, self.syntax)
            apart = apart or is_hours_away(mention, draft, self.syntax)
            apart = apart or is_roads_end(mention, self.syntax, self.index)
            apart = apart or is_forum(mention, draft, self.syntax, self.index)
            return apart or self._is_own(mention, draft)
        rules = draft.type == self.syntax.patterns.settings.get("rallies") and (
            self._is_official(mention)
            or self.index.entities[mention.entity].sectors[:1] == ("COP",)
        )  # a state, its soldiers and its police are no demonstrators
        told = self._is_ground(mention) or self._only_says(mention, draft)
        told = told or is_alone(mention, draft, self.syntax)
        told = told or is_struck_beside(mention, draft, self.syntax)
        told = told or is_charged_with(mention, draft, self.syntax)
        told = told or self._is_origin(mention, draft) or self._is_no_jailer(mention, draft)
        told = told or self._is_at_home(mention, draft)
        told = told or is_denied_to(mention, draft, self.syntax)
        told = told or self._answers(mention, draft)
        return placed or rules or told or self._is_reason(mention, draft)

    def _answers(self, mention: Mention, draft: Draft) -> bool:
        """Whether somebody, or a state by its officials, condemns the deed: "Lula condemned the impeachment"."""
        if not self.syntax.is_noun(draft.token):
            return False
        verb = self.syntax.governing_verb(draft.token)
        if (
            verb is None
            or self.syntax.lemma[verb] not in self.syntax.patterns.lists["answers_deed"]
        ):
            return False
        for word in self.syntax.arguments(verb).subject:
            own = self.index.headed_by(word)
            if own is None:
                continue
            state = self._is_official(own) and self._is_official(mention)
            if own.entity == mention.entity or (
                state and self.index.countries([own]) & self.index.countries([mention])
            ):
                return True
        return False

    def _is_public(self, mention: Mention, draft: Draft) -> bool:
        """Whether somebody at home is no more meant than others: forces are sent out against nobody by name, and
        networks are shut to all."""
        entity, types = self.index.entities[mention.entity], self.syntax.patterns.types
        own = self.index.countries([mention]) & self.index.countries(draft.actors)
        if draft.type in types("shown_to_others"):
            return bool(own) and entity.kind not in ("group", "collective", "place", "state")
        armed = entity.kind != "state" and bool({"COP", "MIL", "GOV"} & set(entity.sectors))
        return draft.mode in types("done_to_all") and (entity.kind == "person" or armed)

    def _is_at_home(self, mention: Mention, draft: Draft) -> bool:
        """Whether it is of those to whom only another state does it: "the envoys of Chad were expelled"."""
        between = draft.rule in self.syntax.patterns.types("between_states")
        return between and bool(
            self.index.countries([mention]) & self.index.countries(draft.recipients)
        )

    def _is_no_jailer(self, mention: Mention, draft: Draft) -> bool:
        """Whether it is a person of no side, who holds nobody ("he has been in jail, his mother said"), or people
        of a trade ("nine herders", "bank employees"), but for the subject of the same words ("they were strict and placed her in a
        home"), or rebels, who sentence nobody."""
        entity = self.index.entities[mention.entity]
        if draft.type not in self.syntax.patterns.types("detains"):
            return False
        if entity.sectors[:1] == ("REB",) and (
            self.syntax.lemma[draft.token] in self.syntax.patterns.lists["sentences"]
        ):
            return True  # "six generals have been sentenced to death": not by those to whom they gave up the town
        if entity.kind == "unnamed":
            return bool(entity.sectors) and not set(entity.sectors) - _TRADES
        if entity.kind != "person":
            return False
        if self.syntax.is_verb(draft.token):
            arguments = self.syntax.arguments(draft.token)
            if mention.head in arguments.surface and not arguments.passive:
                return False
        return not set(entity.sectors) - _PRIVATE

    def _is_origin(self, mention: Mention, draft: Draft) -> bool:
        """Whether somebody is only where those come from to whom it was done: "nine men, two from Chad, were
        held"."""
        syntax, word = self.syntax, mention.head
        struck = {one.head for one in draft.recipients}
        origin = False
        while syntax.dep[word] in _IN_PHRASE and syntax.head[word] != word:
            origin = origin or "from" in syntax.prepositions(word)
            word = syntax.head[word]
            if word in struck:
                return origin
        return False

    def _is_weapon(self, mention: Mention, draft: Draft) -> bool:
        """Whether somebody is a weapon, of whom nobody is thought; a ship may be rescued or turned away."""
        arms = self.syntax.patterns.lists["arms"]
        return is_given(mention, draft, self.syntax) and self.syntax.lemma[mention.head] in arms

    def _is_not_the_pronoun(self, mention: Mention, draft: Draft, role: str) -> bool:
        """Whether the pronoun in the place ("he accused them because Chad …") cannot be somebody: by his
        first name, or as he is first named further on in what the verb is said with."""
        syntax = self.syntax
        arguments = syntax.arguments(draft.token)
        told = arguments.subject if role == "actor" else arguments.object
        pronouns = [x for x in told if syntax.tag[x] == "PRP"]
        if any(self.index.rules_out(syntax.word[x], mention.entity) for x in pronouns):
            return True
        return (
            bool(pronouns)
            and draft.token < mention.head
            and mention.head in syntax.subtree(draft.token)
        )

    def _is_bystander(self, mention: Mention, draft: Draft, role: str) -> bool:
        """Whether they are people without a name, of no side ("at least ten women"), who may have been
        struck where they are told."""
        entity, (first, last) = self.index.entities[mention.entity], draft.sentence
        struck = role == "recipient" and draft.type in self.syntax.patterns.types("struck")
        if struck and first <= mention.first < last:
            return False
        late = mention.first >= last  # nobody without a name is meant before he is told
        return entity.kind == "unnamed" and (late or not set(entity.sectors) - NO_SIDE)

    def _is_medium(self, mention: Mention, draft: Draft, role: str) -> bool:
        """Whether it is where words appear, a newspaper or a network; a newsroom may be struck or shut."""
        if self.syntax.lemma[mention.head] in self.syntax.patterns.lists["platform"]:
            return True
        entity = self.index.entities[mention.entity]
        if entity.sectors[:1] != ("JRN",) or entity.kind == "person":
            return False
        if entity.kind != "organisation":
            return role == "recipient" and draft.type == "REQUEST"
        return role == "actor" or draft.type in _WORDS or self._reports(mention)

    def _reports(self, mention: Mention) -> bool:
        """Whether somebody is the subject of a verb of saying: "…, state television reported"."""
        syntax, verb = self.syntax, self.syntax.head[mention.head]
        told = syntax.lemma[verb] in syntax.patterns.governors["reporting"]
        return told and syntax.dep[mention.head] == "nsubj"

    def _tells_it(self, mention: Mention, draft: Draft) -> bool:
        """Whether people without a name, or a newsroom, only say it: "troops killed two, medics said"; nor does a
        person who tells of an attack undergo it."""
        entity = self.index.entities[mention.entity]
        struck = draft.type in self.syntax.patterns.types("struck") and entity.kind == "person"
        if struck and says_above(mention, draft.token, self.syntax, self.index):
            return True
        return (
            draft.speaker is not None
            and (struck or entity.kind == "unnamed" or entity.sectors[:1] == ("JRN",))
            and mention.head in self.syntax.arguments(draft.speaker).surface
        )

    def _is_reason(self, mention: Mention, draft: Draft) -> bool:
        """Whether somebody is only told in why it was done: "detained over links to rebels"."""
        syntax, word = self.syntax, mention.head
        while word != draft.token and syntax.head[word] != word:
            if syntax.dep[word] == "obl" and _REASONS & set(syntax.prepositions(word)):
                return True
            word = syntax.head[word]
        return False

    def _only_says(self, mention: Mention, draft: Draft) -> bool:
        """Whether somebody only says that it was done to another: "she said he had been accused"."""
        syntax, clause = self.syntax, draft.token
        if not syntax.is_verb(clause) or not syntax.arguments(clause).passive:
            return False
        while syntax.dep[clause] in ("conj", "xcomp", "aux") and syntax.head[clause] != clause:
            clause = syntax.head[clause]
        above = syntax.head[clause]
        if syntax.dep[clause] == "ccomp" and mention.head in syntax.arguments(above).subject:
            return True
        speaker = draft.speaker if draft.speaker is not None else clause
        saying = self.index.headed_by(next(iter(syntax.arguments(speaker).subject), clause))
        return draft.speaker is not None and saying is not None and saying.entity == mention.entity

    def _is_own(self, mention: Mention, draft: Draft) -> bool:
        """Whether somebody is of the officials' own government or army: nobody is guessed to act on that.

        On their own state they may ("extended the curfew"), but not in words.
        """
        if draft.rule in self.syntax.patterns.types("between_states"):
            return bool(self.index.countries([mention]) & self.index.countries(draft.actors))
        spared = self._is_in_words(draft) or draft.type in self.syntax.patterns.types("struck")
        state = self.index.entities[mention.entity].kind == "state" and not spared
        official = self._is_official(mention) and any(map(self._is_official, draft.actors))
        return (
            official
            and not state
            and bool(self.index.countries([mention]) & self.index.countries(draft.actors))
        )

    def _is_in_words(self, draft: Draft) -> bool:
        """Whether officials say that something is so, or is needed, of a type that they never say to
        their own state."""
        if draft.type not in self.syntax.patterns.types("not_of_own_state"):
            return False
        if draft.type in self.syntax.patterns.types("never_of_own_state"):
            return True
        told = any(self.syntax.dep[kid] == "ccomp" for kid in self.syntax.kids[draft.token])
        told = told or self.syntax.lemma[draft.token] in NEEDS or draft.type == "THREATEN"
        kinds = {self.index.entities[actor.entity].kind for actor in draft.actors}
        if kinds == {"person"} and draft.type in self.syntax.patterns.types("never_of_his_state"):
            return True
        return told and "state" not in kinds

    def _is_ground(self, mention: Mention) -> bool:
        """Whether somebody is only named by where it was: "near the Afghan border", "in the Afghan embassy"."""
        word = mention.head
        if self.syntax.is_mission(word) and PLACED & set(self.syntax.prepositions(word)):
            return True
        noun, lists = self.syntax.head[word], self.syntax.patterns.lists
        placed = {self.syntax.word[kid] for kid in self.syntax.kids[noun]} & PLACED
        return (
            mention.kind == "adjective"
            and noun > word
            and (
                self.syntax.lemma[noun] in lists["place_word"]
                or bool(placed and self.syntax.is_mission(noun))
            )
        )

    def _governs(self, entity: Entity) -> bool:
        """Whether power can be taken from somebody."""
        return entity.kind == "state" or entity.sectors[:1] in (*GOVERNING, ("ELI",), ("LEG",))

    def _is_official(self, mention: Mention) -> bool:
        entity = self.index.entities[mention.entity]
        return entity.kind == "state" or entity.sectors[:1] in GOVERNING


def says_above(mention: Mention, token: int, syntax: Syntax, index: EntityIndex) -> bool:
    """Whether somebody says a clause in which a deed is told, however deep."""
    reporting = syntax.patterns.governors["reporting"]
    while syntax.head[token] != token:
        clause, token = token, syntax.head[token]
        said = syntax.dep[clause] in ("ccomp", "parataxis") and syntax.lemma[token] in reporting
        saying = map(index.headed_by, syntax.arguments(token).surface) if said else ()
        if any(one is not None and one.entity == mention.entity for one in saying):
            return True
    return False


def is_given(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """Whether somebody is a weapon, to which nothing is promised or given ("supplied the missiles")."""
    met = draft.type in syntax.patterns.types("met_by_hardware")
    hardware = syntax.patterns.lists["hardware"]
    if draft.type == "AGREE" and _is_sent(mention, draft, syntax):
        return True
    return not met and mention.kind != "name" and syntax.lemma[mention.head] in hardware


def _is_sent(mention: Mention, draft: Draft, syntax: Syntax) -> bool:
    """ "Offered to send agents", "promised to register the men as police": who is sent, or what they are made."""
    word = syntax.first_joined(mention.head)
    verb = syntax.head[word]
    if mention.kind == "name" or verb == draft.token:
        return False
    if syntax.dep[word] == "obl" and "as" in syntax.prepositions(word):
        return True
    sent = syntax.dep[word] == "obj" and syntax.lemma[verb] in syntax.patterns.lists["sends_people"]
    returned = {"home", "back", "away"} & {syntax.word[kid] for kid in syntax.kids[verb]}
    return sent and not returned and syntax.head[verb] == draft.token
