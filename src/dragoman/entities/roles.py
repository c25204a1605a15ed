"""Role phrases ("the minister", "its troops", "the protesters"): whether and whom they speak of again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.grammar import SUBJECTS, subject_of
from dragoman.entities.identity import REBELLING, UNIFORMED, take_owner
from dragoman.entities.role_fits import ROLE_FITS, RoleFits
from dragoman.entities.years import days_told

if TYPE_CHECKING:
    from dragoman.entities.chains import Chain
    from dragoman.entities.mentions import Draft

DOUBTFUL = 0.6  # how sure a link by rules alone is at most
PLAIN_PEOPLE = (("CVL",), ("UNK",))  # "the citizen" is nobody's title
JUST_BEFORE = 2  # sentences back in which those are told of whom "the attackers" are
NO_ANTECEDENT = frozenset({"CD", "DT", "JJR", "PDT"})  # a plural after these brings in new people
#: Sectors of those who speak of the government of their own country.
AT_HOME = frozenset({"OPP", "LAB", "PTY"})


class Roles(RoleFits):
    """The role phrases of one story."""

    def owned(self, draft: Draft) -> None:
        """Give a role phrase without a country its owner's ("its troops", "Putin's spokesman").

        Roles that stand over against their owner ("its allies", "his critics") get an id of their
        own and no country.
        """
        if draft.role is None or draft.reading is None:
            return
        many = self.by_head.get(self.maker.words.one_of(draft.head))
        told = many.reading if many is not None else None
        if told is not None and told.country and not draft.reading.country:
            draft.reading = draft.reading._replace(
                country=told.country, sectors=told.sectors, located=told.located
            )
            return
        other = self.owner_of(draft)
        chain = self.chains.held.get(other.entity) if other and other.entity else None
        if chain is None:
            return
        if draft.role.phrase in self.lists["other_side"]:
            draft.entity = f"{chain.entity}-{draft.key}"
        elif chain.country and not draft.reading.country:
            days = days_told(self.maker.words, draft.head, self.maker.days)
            take_owner(draft, chain, self.maker.reader.scanner, self.maker.date, days)

    def sided(self, draft: Draft) -> None:
        """Give whoever has a name the side of the armed group that is told to own his role ("Its leader, Dara Moll")."""
        role, reading = draft.role, draft.reading
        if role is None or reading is None or draft.form != "person":
            return
        if reading.entry is not None and reading.entry.sectors:
            return
        other = self.owner_of(draft)
        chain = self.chains.held.get(other.entity) if other is not None and other.entity else None
        if chain is None or not REBELLING & {*chain.sectors[:1]}:
            return
        if role.priority <= 1 or UNIFORMED & {*reading.sectors[:1]}:
            draft.reading = reading._replace(
                country=reading.country or chain.country, sectors=chain.sectors
            )

    def own_government(self, draft: Draft) -> bool:
        """Give a bare "the government" the state of those at home who speak of it: "the opposition leader demanded
        that the government resign". True where they do."""
        words = self.maker.words
        before = words.lowers[draft.first : draft.head]
        bare = before[-1:] == ["the"] and set(before) <= {"the", "that"}  # "demanded that the"
        if not bare or draft.key not in self.lists["government"]:
            return False
        verb = words.above[draft.head]
        late = words.deps[verb] == "conj" and verb < draft.head  # hung on "and demanded" by mistake
        if words.deps[draft.head] in SUBJECTS and (words.deps[verb] in ("ccomp", "xcomp") or late):
            verb = words.above[verb]
        elif words.deps[draft.head] not in ("obj", "iobj", "obl"):
            return False
        subject = subject_of(self.doc[verb])
        told = self.by_head.get(subject.i) if subject is not None else None
        if told is None or told.head >= draft.head:
            return False
        chain = self.chains.held.get(told.entity)
        if chain is None or AT_HOME.isdisjoint(chain.sectors):
            return False
        state = self.chains.held.get(chain.country)
        if state is None or state.form != "state":
            return False
        draft.entity, draft.form, draft.confidence = state.entity, "state", 0.8
        return True

    def bare_plural(self, draft: Draft) -> bool:
        """Whether a phrase is a plural without article, number or further adjective."""
        if draft.number != "plural" or draft.key in self.lists["generic"]:
            return False
        first = self.doc[draft.first]
        if first.tag_ in NO_ANTECEDENT or first.lower_ in ("many", "some", "several", "other"):
            return False
        told = {position for item in draft.items for position in range(item.first, item.last)}
        return not any(c.dep_ == "amod" and c.i not in told for c in self.doc[draft.head].lefts)

    def called_so(self, draft: Draft) -> None:
        """Link "the minister" to the one person with a name whom the story has called so."""
        sectors = draft.reading.sectors[:1] if draft.reading is not None else ()
        if draft.form != "person" or self.maker.tokens[draft.first].lower() != "the":
            return
        if sectors in ((), *PLAIN_PEOPLE):
            return
        fitting = [
            chain
            for chain in self.chains.held.values()
            if draft.key in chain.keys
            and not chain.entity.startswith("unnamed:")
            and self.fits(draft, chain)
        ]
        if len(fitting) != 1:
            return
        draft.entity, draft.form, draft.kind = fitting[0].entity, fitting[0].form, "description"
        draft.confidence = DOUBTFUL

    def who_struck(self, draft: Draft) -> None:
        """Link "the attackers" to those of whom it was told last that they attacked ("rebels stormed a post")."""
        if draft.form != "people" or draft.key not in self.lists["who strikes"]:
            return
        here, deeds = self.sentence[draft.head], self.lists["fires at"] | self.lists["strikes"]
        words = self.maker.words
        for head in sorted((x for x in self.by_head if x < draft.first), reverse=True):
            if here - self.sentence[head] > JUST_BEFORE:
                return
            chain = self.chains.held.get(self.by_head[head].entity)
            if (
                chain is None
                or chain.form not in ROLE_FITS["people"]
                or (chain.form == "organisation" and chain.sectors[:1] in PLAIN_PEOPLE)
                or self.by_head[head].as_place
            ):
                continue
            agent = words.deps[head] in ("nsubj", "obl:agent", "obl") and (
                words.deps[head] != "obl" or words.preposition_of(head) == "by"
            )
            if agent and self.does(words.above[head], deeds):
                draft.entity, draft.form, draft.kind = chain.entity, chain.form, "description"
                draft.confidence = DOUBTFUL
                return

    def does(self, verb: int, deeds: frozenset[str]) -> bool:
        """Whether a verb, or one joined to it that has no subject of its own, is one of some deeds."""
        words = self.maker.words
        joined = [
            kid for kid in words.kids[verb]
            if words.deps[kid] == "conj"
            and not any(words.deps[x].startswith("nsubj") for x in words.kids[kid])
        ]  # fmt: skip
        return any(words.lemmas[x] in deeds for x in (verb, *joined))

    def one_called_so(self, draft: Draft) -> str:
        """The entity of the one person with a name whom the story has called "the president", "" for none or
        several: no other is meant by it."""
        sectors = draft.reading.sectors[:1] if draft.reading is not None else ()
        if draft.form != "person" or self.maker.tokens[draft.first].lower() != "the":
            return ""
        if sectors in ((), *PLAIN_PEOPLE) or draft.head - draft.first > 1:
            return ""
        called = [
            chain.entity
            for chain in self.chains.held.values()
            if draft.key in chain.keys
            and chain.form == "person"
            and not chain.entity.startswith("unnamed:")
        ]
        return called[0] if len(called) == 1 else ""

    def latest(self, draft: Draft) -> None:
        """ "the minister", "the protesters": the latest chain that was called so."""
        country = draft.reading.country if draft.reading is not None else ""
        best: Chain | None = None
        for chain in self.chains.held.values():
            if draft.key not in chain.keys or chain.number != draft.number:
                continue
            if country and chain.country and country != chain.country:
                continue
            if (chain.form == "person") != (draft.form == "person"):
                continue
            if best is None or chain.last.head > best.last.head:
                best = chain
        if best is None:
            return
        draft.entity, draft.form = best.entity, best.form
        draft.kind = "description"
        draft.confidence = 0.8
