"""Whether a role phrase ("the minister", "its troops") may stand for somebody told before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.chains import DEPUTY
from dragoman.entities.holders import office_of
from dragoman.entities.openings import where_told
from dragoman.entities.unplaced import BODIES, NO_STATES
from dragoman.entities.years import days_told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc

    from dragoman.entities.chains import Chain, Chains
    from dragoman.entities.drafts import DraftMaker
    from dragoman.entities.mentions import Draft
    from dragoman.entities.tables import Role

PARTY = ("PTY",)
OTHERS = frozenset({"another", "other", "rival"})
POSTS = frozenset({"ambassador", "governor", "mayor"})  # no minister is called by them
ROLE_FITS = {
    "person": frozenset({"person"}),
    "people": frozenset({"people", "group", "organisation"}),
    "organisation": frozenset({"organisation", "state", "group"}),
    "group": frozenset({"group", "organisation", "people"}),
}
BRINGING = frozenset({"nsubj", "obj", "obl", "nsubj:pass", "obl:agent"})  # who may be new
REBELS, FORCES = frozenset({"REB", "UAF"}), frozenset({"MIL", "GOV", "COP"})
MINISTRY = "-ministry"
LINK = 3  # letters of "of", "the", "and"
MINISTRY_OF = "ministry-of-"
TASK = 4  # letters by which the task of a ministry is known, however it is spelled
POLICE = ("COP",)  # who act at home; soldiers may be anywhere
STATELESS = NO_STATES - {""}  # bodies that have no government


def another_ministry(key: str, chain: Chain) -> bool:
    """Whether a ministry has a task that the one spoken of has not: "the health ministry" after the
    foreign ministry. Spellings of a task ("defense") are told from others by how they begin."""
    asked = tasks_of(key)
    known = [word for name in (*chain.keys, chain.entity) for word in tasks_of(name)]
    return bool(asked and known) and not any(
        word.startswith(task[:TASK]) for task in asked for word in known
    )


def tasks_of(name: str) -> list[str]:
    """The words that tell the task of a ministry: of "GEO-defence-ministry", "ministry-of-foreign-affairs-of-chad"."""
    if name.endswith(MINISTRY):
        return [name.removesuffix(MINISTRY).rsplit("-", 1)[-1]]
    _, found, behind = name.partition(MINISTRY_OF)
    return [word for word in behind.split("-") if len(word) > LINK] if found else []


def opposed(draft: Draft, chain: Chain) -> bool:
    """Whether one of them is a rebel and the other of the state's forces: "the rebels" are no army."""
    told = draft.reading.sectors[:1] if draft.reading is not None else ()
    known = chain.sectors[:1]
    return any(
        one and other and one[0] in REBELS and other[0] in FORCES
        for one, other in ((told, known), (known, told))
    )


class RoleFits:
    """Says of the role phrases of one story whom each may mean.

    Args:
        doc: the parsed story.
        maker: what made the drafts (words, lists).
        chains: the entities told so far.
        by_head: the longest draft of every head.
        sentence: number of the sentence of every token.
    """

    def __init__(
        self,
        doc: Doc,
        maker: DraftMaker,
        chains: Chains,
        by_head: Mapping[int, Draft],
        sentence: Sequence[int],
    ) -> None:
        self.sentence = sentence
        self.settings: Mapping[int, Draft] = {}  # sentence → the place that it begins with
        self.doc = doc
        self.maker = maker
        self.lists = maker.lists
        self.chains = chains
        self.by_head = by_head

    def predicate(self, draft: Draft) -> bool:
        """Whether a phrase says what somebody is ("acted as a mediator"), and brings in nobody."""
        if draft.form != "person" or self.maker.tokens[draft.first].lower() not in ("a", "an"):
            return False
        token = self.doc[draft.head]
        if draft.reading is not None and draft.reading.country:
            return False
        return any(
            child.dep_ == "cop" or (child.dep_ in ("case", "mark") and child.lower_ == "as")
            for child in token.lefts
        )

    def fresh(self, draft: Draft) -> bool:
        """Whether a phrase brings in somebody new: "a Russian lawmaker", "a miners' group" after a group's name."""
        words = self.maker.words
        opens = (words.lowers[draft.first], words.lowers[words.edges[draft.head]])
        return ("a" in opens or "an" in opens) and words.deps[draft.head] in BRINGING

    def fits(self, draft: Draft, chain: Chain) -> bool:
        """Whether a role phrase may stand for a chain."""
        if chain.form not in ROLE_FITS.get(draft.form, ()) or chain.number != draft.number:
            return False
        before = self.maker.words.lowers[draft.first : draft.head]
        if not self.lists["not the same kin"].isdisjoint(before):
            return False  # "their step-mother" is not their mother
        if self.by_office(draft) and self.unknown_owner(draft):
            return False  # "her predecessor", of whom nobody knows who she is
        if self.undergoes(draft, chain):
            return False
        country = draft.reading.country if draft.reading is not None else ""
        if country and chain.country and country != chain.country:
            return False
        if not country and self.is_elsewhere(draft, chain):
            return False
        if draft.key in self.lists["government"] and chain.country in STATELESS:
            return False
        if draft.key in self.lists["government"] and self.is_yet_to_be(chain):
            return False
        if draft.key == "junta" and chain.country in STATELESS:
            return False  # a union of states has none
        if another_ministry(draft.key, chain) or opposed(draft, chain):
            return False
        if draft.key not in chain.keys and self.in_service(draft):
            others = self.lists["serves somebody"].isdisjoint(chain.keys)
            if not others or self.in_office(chain):
                return False  # "Moll's lawyer" is neither the president nor Moll's aide
        if draft.form == "organisation" and self.of_another_owner(draft, chain):
            return False
        deputies = {f"{word}-{draft.key}" for word in DEPUTY}
        if draft.key not in chain.keys and not deputies.isdisjoint(chain.keys):
            return False  # "the president" is not the vice president
        told = draft.reading.sectors if draft.reading is not None else ()
        if told[:1] == ("BUS",) and chain.country in BODIES:
            return False  # "the company" is no body of the UN
        if draft.form == "person" and told[:1] == ("MIL",) and draft.key not in chain.keys:
            return not chain.sectors or "MIL" in chain.sectors  # "the army chief" is no premier
        if (
            draft.form == "organisation" and chain.form == "group"
        ):  # "the party", not "another party"
            return OTHERS.isdisjoint(before) and told[:1] == PARTY and PARTY[0] in chain.sectors
        if draft.form == "person" and self.of_another(draft, chain):
            return False
        if draft.form != "organisation" or told[:1] in ((), ("UNK",)) or not chain.sectors:
            return True
        if {told[0], chain.sectors[0]} == {"COP", "MIL"} and draft.key not in chain.keys:
            return False  # "police" are not "the army"
        # "the ruling coalition" is none of the "coalition" that a story names of soldiers
        return chain.entity.startswith("unnamed:") or not set(told).isdisjoint(chain.sectors)

    def of_another_owner(self, draft: Draft, chain: Chain) -> bool:
        """Whether a body belongs to another office than those of its kind before: "the prosecutor's
        office" is not the president's."""
        own = self.owning_noun(draft)
        others = [told for held in chain.drafts if (told := self.owning_noun(held))]
        if not own or not others or own in others:
            return False
        owner = self.owner_of(draft)
        same = owner.entity if owner is not None else ""
        held = [self.owner_of(one) for one in chain.drafts]
        return not same or all(one is None or one.entity != same for one in held)

    def owning_noun(self, draft: Draft) -> str:
        """The common noun that a phrase has for its owner ("the president's office"), "" for none."""
        words = self.maker.words
        for kid in words.kids[draft.head]:
            if kid < draft.head and words.deps[kid] == "nmod:poss" and words.tags[kid] == "NN":
                return words.lemmas[kid]
        return ""

    def is_yet_to_be(self, chain: Chain) -> bool:
        """Whether somebody is told of as yet to be made: "invited them to join a unity government"."""
        words = self.maker.words
        for draft in chain.drafts:
            verb = words.above[draft.head]
            first = words.lowers[draft.first] in ("a", "an")
            if not first or words.deps[draft.head] != "obj" or words.tags[verb] != "VB":
                return False
        return bool(chain.drafts)

    def undergoes(self, draft: Draft, chain: Chain) -> bool:
        """Whether a phrase is the object of what somebody does: in "he sacked the minister" he is another."""
        words = self.maker.words
        verb = words.above[draft.head]
        if words.deps[draft.head] not in ("obj", "iobj") or words.tags[verb][:2] != "VB":
            return False
        subjects = [
            self.by_head.get(kid) for kid in words.kids[verb] if words.deps[kid] == "nsubj"
        ]  # fmt: skip
        return any(told is not None and told.entity == chain.entity for told in subjects)

    def by_office(self, draft: Draft) -> bool:
        """Whether a phrase means somebody by another's office ("counterpart", "predecessor")."""
        phrase = draft.role.phrase if draft.role is not None else ""
        lists = self.lists
        return any(
            phrase in lists[name] for name in ("same office", "office before", "office after")
        )

    def in_service(self, draft: Draft) -> bool:
        """Whether a phrase says whose lawyer, aide or doctor somebody is."""
        owner = self.owner_of(draft)
        serves = self.maker.words.lemmas[draft.head].lower() in self.lists["serves somebody"]
        return serves and owner is not None and owner.form == "person"

    def in_office(self, chain: Chain) -> bool:
        """Whether somebody holds an office on the day of the story."""
        held = office_of(self.chains.lexicon, chain.entity, self.maker.date)
        return held is not None and held.office not in self.lists["many holders"]

    def of_another(self, draft: Draft, chain: Chain) -> bool:
        """Whether an office phrase means another than a person of the tables: "the supreme leader" is
        not the president, "the acting president" nobody who has left, "the outgoing" one not who is
        elected."""
        role = draft.role
        if role is None or chain.entity.startswith(("unnamed:", "person:")):
            return False
        if self.later_in_office(draft, role, chain):
            return True
        before = self.maker.words.lowers[draft.first : draft.head]
        told = {*before, *draft.key.split("-")}
        if not self.lists["in office now"].isdisjoint(told) and chain.sectors[:1] == ("ELI",):
            return True
        if not self.lists["leaves office"].isdisjoint(told):
            return any(key.rpartition("-")[2] in self.lists["chosen"] for key in chain.keys)
        if draft.key in chain.keys or chain.sectors[:1] != ("GOV",):
            return False
        if not POSTS.isdisjoint(self.chains.lexicon.office_of_title(role.phrase)):
            return True
        return any(
            other.id != chain.entity
            for office in self.chains.lexicon.office_of_title(role.phrase, chain.country)
            if office not in self.lists["many holders"]
            for other in self.chains.lexicon.holder(chain.country, office, self.maker.date)
        )

    def later_in_office(self, draft: Draft, role: Role, chain: Chain) -> bool:
        """Whether somebody did not yet hold an office in the year of which the clause tells."""
        days = days_told(self.maker.words, draft.head, self.maker.days)
        if days is self.maker.days:
            return False
        lexicon = self.chains.lexicon
        offices = lexicon.office_of_title(role.phrase, chain.country)
        held = [one for one in lexicon.tenures(chain.entity) if one.office in offices]
        return bool(held) and not any(one.on(day) for one in held for day in days)

    def is_elsewhere(self, draft: Draft, chain: Chain) -> bool:
        """Whether police are told of another place than those before: "In Bamako police …" are not
        those of Niamey."""
        told = draft.reading.sectors[:1] if draft.reading is not None else ()
        here = self.place_of(draft)
        if told != POLICE or not here or chain.entity.startswith("person:"):
            return False
        if chain.country:
            return chain.country not in (here, *NO_STATES)
        return all(self.place_of(held) != here for held in chain.drafts)

    def place_of(self, draft: Draft) -> str:
        """The country of the place that a draft's sentence begins with or its clause is about, or ""."""
        told = where_told(draft.head, self.maker.words, self.by_head)
        if told:
            return told
        place = self.settings.get(self.sentence[draft.head])
        if place is None or place.reading is None or draft.head < place.last:
            return ""
        return place.reading.country

    def unknown_owner(self, draft: Draft) -> bool:
        """Whether the phrase belongs to somebody the text leaves open ("their leader")."""
        other = self.owner_of(draft)
        return other is not None and not other.entity

    def owner_of(self, draft: Draft) -> Draft | None:
        """The draft of the phrase's possessor ("Putin's", "its")."""
        words = self.maker.words
        for kid in words.kids[draft.head]:
            if kid < draft.head and words.deps[kid] == "nmod:poss":
                return self.by_head.get(kid)
        return None
