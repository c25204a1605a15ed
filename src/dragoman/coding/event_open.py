"""Which places of an event are open, and who can never take one: what ``event_spoken`` asks first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dragoman.coding.event_beside import (
    is_alone,
    is_beside,
    is_charged_with,
    is_hours_away,
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
    is_blamed_on,
    is_captor,
    is_own_people,
)

if TYPE_CHECKING:
    from dragoman.coding.event_draft import Draft
    from dragoman.coding.patterns import Syntax
    from dragoman.entities.index import EntityIndex
    from dragoman.model import Entity, Mention

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
#: Sectors of people who are on no side of a conflict.
NO_SIDE = frozenset({"CVL", "UNK", "REF", "EDU"})
_PRIVATE = NO_SIDE | {"JRN", "MED", "ELI", "OPP", "PTY"}
_TRADES = frozenset({"AGR", "MED", "EDU", "REF"})
#: Types of words, which newspapers only print.
_WORDS = frozenset({"AGREE", "AID", "CONCEDE", "CONSULT", "COOPERATE", "REJECT", "REQUEST", "RETREAT",
                    "SUPPORT"})  # fmt: skip
#: What stands before why somebody is punished.
_REASONS = frozenset({"over", "for"})
#: How words of one noun phrase hang on each other.
_IN_PHRASE = frozenset({"nmod", "conj", "appos", "nummod", "amod", "compound"})
#: What stands before a place.
PLACED = frozenset({"in", "inside", "at", "to", "near", "outside"})
#: Words for those who do it to each other: "accused the other", "each other", "one another".
_EACH_OTHER = frozenset({"other", "another"})
_EACH = frozenset({"each", "one"})


class OpenPlaces:
    """Says of one story's drafts who is still to be found.

    Args:
        mutual: types that several actors who do it do with each other.
    """

    def __init__(self, syntax: Syntax, index: EntityIndex, mutual: frozenset[str]) -> None:
        self.syntax, self.index, self.mutual = syntax, index, mutual
        self._house = House(syntax, index)

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
        return placed or rules or told or self._is_reason(mention, draft)

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
        of a trade ("nine herders"), but for the subject of the same words ("they were strict and placed her in a
        home")."""
        entity = self.index.entities[mention.entity]
        if draft.type not in self.syntax.patterns.types("detains"):
            return False
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
