"""Who is meant by another word than before: "the jihadists", "the Armenian", "his predecessor"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.grammar import SUBJECTS
from dragoman.entities.holders import neighbour_in_office, office_of, same_office

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dragoman.entities.chains import Chain, Chains
    from dragoman.entities.drafts import DraftMaker
    from dragoman.entities.mentions import Draft
    from dragoman.lexicon import Entry

# keys of "the Spaniard", "the party", "the 44-year-old"
NATIONAL, PARTY, AGED = "national", "party", "aged"
ARMED = frozenset({"REB", "PRM", "UAF"})
SAID = 0.9  # how sure it is that a word means the only one whom it can
TURN = 3  # sentences back in which he has spoken who goes on
NEAR = 1  # sentences back to whom "the centrist" is
UNTOLD = frozenset({"", "context"})  # where a phrase does not say itself of which country it is
RULING = frozenset({"supreme-leader", "head-of-state", "head-of-government"})


class Again:
    """Role phrases that no model has linked and whose words or owner tell who is meant.

    Args:
        maker: what made the drafts (words, lists, lexicon, days).
        chains: the entities told so far.
        by_head: the longest draft of every head.
        sentence: number of the sentence of every token.
    """

    def __init__(
        self,
        maker: DraftMaker,
        chains: Chains,
        by_head: Mapping[int, Draft],
        sentence: Sequence[int],
    ) -> None:
        self.maker = maker
        self.lists = maker.lists
        self.lexicon = maker.names.lexicon
        self.chains = chains
        self.by_head = by_head
        self.sentence = sentence

    def link(self, draft: Draft) -> None:
        """Give a role phrase with "the" the one entity that its word can mean."""
        role = draft.role
        the = self.maker.tokens[draft.first].lower() == "the"
        if not the or (role is None and draft.key not in (NATIONAL, AGED)):
            return
        if draft.key == AGED:
            self.subject_before(draft)
        elif draft.key == PARTY:
            self.party(draft)
        elif draft.number == "plural" or draft.form == "group":
            self.armed(draft)
        elif draft.form == "person" and draft.number == "singular":
            self.person(draft)

    # groups

    def named(self, form: str) -> Iterator[Chain]:
        """The chains of a form that have a name."""
        for chain in self.chains.held.values():
            if chain.form == form and chain.sectors and not chain.entity.startswith("unnamed:"):
                if any(held.kind == "name" for held in chain.drafts):
                    yield chain

    def armed(self, draft: Draft) -> None:
        """ "The jihadists": the one armed group with a name in the story, if no others fight in it."""
        told = draft.reading.sectors[:1] if draft.reading is not None else ()
        role = draft.role
        if role is None or role.phrase not in self.lists["same fighters"] or self.described(draft):
            return
        groups = [chain for chain in self.named("group") if chain.sectors[0] in ARMED]
        others = [
            chain for chain in self.chains.held.values()
            if chain.form == "people" and chain.sectors[:1] and chain.sectors[0] in ARMED
        ]  # fmt: skip
        alike = len(groups) == 1 and told == groups[0].sectors[:1]  # mercenaries are no rebels
        if alike and not others and self.lands_fit(draft, groups[0]):
            self.give(draft, groups[0])

    def party(self, draft: Draft) -> None:
        """ "The party": the one with a name in this sentence or the one before."""
        here = self.sentence[draft.head]
        near = [
            chain for chain in self.named("group")
            if "PTY" in chain.sectors and here - self.sentence[chain.last.head] <= NEAR
        ]  # fmt: skip
        alone = draft.first == draft.head - 1 and draft.last == draft.head + 1
        if len(near) == 1 and alone and self.lands_fit(draft, near[0]):
            self.give(draft, near[0])

    def described(self, draft: Draft) -> bool:
        """Whether words beside the head tell more than the role: "the other rebels"."""
        told = sum(item.last - item.first for item in draft.items)
        return draft.head + 1 - draft.first > told + 1 or draft.last > draft.head + 1

    def lands_fit(self, draft: Draft, chain: Chain) -> bool:
        """Whether the phrase tells no other country than that of a chain."""
        country = draft.reading.country if draft.reading is not None else ""
        return not country or chain.country in ("", country)

    # persons

    def person(self, draft: Draft) -> None:
        """ "The Armenian", "the Armenian leader", "the centrist": the person who can be meant."""
        reading, role = draft.reading, draft.role
        country = reading.country if reading is not None and reading.located == "own" else ""
        if draft.key == NATIONAL:
            self.only(draft, [chain for chain in self.people() if country in self.homes(chain)])
        elif role is not None and country and role.phrase in self.lists["leads a state"]:
            self.only(draft, [chain for chain in self.people() if self.leads(chain, country)])
        elif role is not None and not country and reading is not None:
            if role.phrase in self.lists["epithet"] or reading.former:
                self.subject_before(draft)
            elif role.phrase in self.lists["speaks unnamed"]:
                self.source_before(draft)

    def people(self) -> list[Chain]:
        """The persons with a name so far."""
        return [
            chain for chain in self.chains.held.values()
            if chain.form == "person" and not chain.entity.startswith("unnamed:")
        ]  # fmt: skip

    def homes(self, chain: Chain) -> set[str]:
        """The countries somebody is of: his own, and those he held office in."""
        return {chain.country, *(one.country for one in self.lexicon.tenures(chain.entity))}

    def leads(self, chain: Chain, country: str) -> bool:
        """Whether somebody rules a country on the day of the story."""
        if chain.country != country:
            return False
        own = office_of(self.lexicon, chain.entity, self.maker.date)
        return own is not None and own.office in RULING

    def only(self, draft: Draft, fitting: list[Chain]) -> None:
        """Link a phrase to the one who fits, or to the one of them told just before."""
        here = self.sentence[draft.head]
        near = [one for one in fitting if here - self.sentence[one.last.head] <= NEAR]
        found = fitting if len(fitting) == 1 else near
        if len(found) == 1:
            self.give(draft, found[0])

    def subject_before(self, draft: Draft) -> None:
        """ "The centrist won": who is the subject of the sentence before, where no other is named since."""
        words, here = self.maker.words, self.sentence[draft.head]
        if words.deps[draft.head] not in SUBJECTS and draft.key != AGED:
            return
        near = [
            chain for chain in self.people()
            if here - self.sentence[chain.last.head] <= NEAR and chain.last.head < draft.first
        ]  # fmt: skip
        acting = [
            chain for chain in near
            if any(
                words.deps[held.head] in SUBJECTS and words.deps[words.above[held.head]] == "ROOT"
                for held in chain.drafts
                if here - self.sentence[held.head] <= NEAR
            )
        ]  # fmt: skip
        found = near if len(near) == 1 else acting
        if len(found) == 1:
            self.give(draft, found[0])

    def goes_on(self, draft: Draft) -> bool:
        """ "The president continued": who has spoken last goes on, where he holds that office."""
        words, role = self.maker.words, draft.role
        alone = draft.first == draft.head - 1 and draft.last == draft.head + 1
        if role is None or not alone or words.lowers[draft.first] != "the":
            return False
        on = words.lemmas[words.above[draft.head]] in self.lists["goes on saying"]
        if not on or words.deps[draft.head] not in SUBJECTS or draft.form != "person":
            return False
        chain = self.last_speaker(draft)
        if chain is None or chain.form != "person" or not self.is_called(chain, role.phrase):
            return False
        self.give(draft, chain)
        return True

    def last_speaker(self, draft: Draft) -> Chain | None:
        """Who is the subject of the last verb of saying before a phrase, a few sentences back."""
        words, here = self.maker.words, self.sentence[draft.head]
        for verb in range(draft.first - 1, -1, -1):
            if here - self.sentence[verb] > TURN:
                return None
            if words.lemmas[verb] not in self.lists["speech"]:
                continue
            for kid in words.kids[verb]:
                held = self.by_head.get(kid) if words.deps[kid] in SUBJECTS else None
                if held is not None:
                    return self.chains.held.get(held.entity)
        return None

    def source_before(self, draft: Draft) -> None:
        """ "The official denied it": the source without a name who has spoken last."""
        chain = self.last_speaker(draft) if not self.described(draft) else None
        if chain is None or chain.form != "person" or not chain.entity.startswith("unnamed:"):
            return
        role = chain.last.role
        if role is not None and role.phrase in self.lists["speaks unnamed"]:
            self.give(draft, chain)

    def is_called(self, chain: Chain, title: str) -> bool:
        """Whether somebody holds on the day of the story the office that a title names."""
        own = office_of(self.lexicon, chain.entity, self.maker.date)
        return own is not None and own.office in self.lexicon.office_of_title(title, own.country)

    def give(self, draft: Draft, chain: Chain) -> None:
        """Link a phrase to a chain."""
        draft.entity, draft.form, draft.kind = chain.entity, chain.form, "description"
        draft.confidence = SAID

    # by office

    def by_office(self, draft: Draft, owner: Chain) -> None:
        """ "Her predecessor", "his Malian counterpart": who held, or holds elsewhere, an owner's office."""
        role, reading = draft.role, draft.reading
        if role is None or reading is None or draft.number != "singular":
            return
        found: Entry | None = None
        if role.phrase in self.lists["same office"]:
            other = self.other_ruler(draft, owner) if reading.located in UNTOLD else None
            if other is not None:
                self.give(draft, other)
                return
            found = self.counterpart(owner, reading.country)
        elif role.phrase in self.lists["office before"]:
            found = neighbour_in_office(
                self.lexicon, owner.entity, self.maker.date, earlier=True
            )  # fmt: skip
        elif role.phrase in self.lists["office after"]:
            found = neighbour_in_office(
                self.lexicon, owner.entity, self.maker.date, earlier=False
            )  # fmt: skip
        if found is None:
            return
        draft.reading = reading._replace(
            entry=found, how="office", country=found.country, sectors=found.sectors, located="owner"
        )
        draft.entity, draft.name, draft.form = found.id, found.name, "person"
        draft.kind, draft.confidence = "description", 0.8

    def other_ruler(self, draft: Draft, owner: Chain) -> Chain | None:
        """ "Trump thanked Erdoğan, and the Turk praised his counterpart": the one other ruler of the sentence."""
        here = self.sentence[draft.head]
        found = [
            chain for chain in self.people()
            if chain.entity != owner.entity and chain.country not in ("", owner.country)
            and self.sentence[chain.last.head] == here and self.leads(chain, chain.country)
        ]  # fmt: skip
        return found[0] if len(found) == 1 else None

    def counterpart(self, owner: Chain, country: str) -> Entry | None:
        """Who holds in a country the office of somebody in his own; nobody where its head of state
        stands aside from politics."""
        if not country or country == owner.country:
            return None
        own = office_of(self.lexicon, owner.entity, self.maker.date)
        if own is None or (
            own.office == "head-of-state" and country.lower() in self.lists["premier rules"]
        ):
            return None
        return same_office(
            self.lexicon, owner.entity, country, self.maker.days, self.maker.date
        )  # fmt: skip
