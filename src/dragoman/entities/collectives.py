"""Descriptions of several together: "both sides", "the three countries", "four Arab states"."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dragoman.entities.facing import facing
from dragoman.entities.phrase import Reading
from dragoman.entities.together import FORMS, PARAGRAPHS, SPOKEN_OF, WINDOW, Together
from dragoman.lexicon.names import pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.entities.chains import Chain
    from dragoman.entities.mentions import Draft
    from dragoman.lexicon import Entry

MANY = {"three": 3, "four": 4, "five": 5, "six": 6}
FEW = 5  # states that are all meant by the name of their kind ("the Nordic countries")
#: Titles of those who lead states.
HEADS = ("president", "prime minister")


class Collectives(Together):
    """Resolves what stands for several entities of one story."""

    def give(self, draft: Draft, entity: str, confidence: float) -> None:
        """Link a draft to an entity of the story."""
        draft.entity, draft.confidence = entity, confidence
        if entity in self.chains.held:
            draft.form = self.chains.held[entity].form

    def give_known(self, draft: Draft, key: str, confidence: float) -> bool:
        """Link a draft to an entry of the lexicon the story has not named; False if unknown."""
        entry = self.lexicon.entry(key, self.chains.date)
        if entry is None:
            return False
        draft.reading = Reading(entry, "alias", entry.country, entry.sectors, located="own")
        draft.name, draft.entity, draft.confidence = entry.name, entry.id, confidence
        return True

    def near(self, chain: Chain, draft: Draft, sentences: int) -> bool:
        """Whether the chain's latest mention is at most so many sentences back."""
        return self.sentence[draft.head] - self.sentence[chain.last.head] <= sentences

    def collective(self, draft: Draft, kind: str, rest: str) -> None:
        """ "both countries", "the two leaders", "the West": one entity, with members where told."""
        if kind == "known":
            if self.lexicon.entry(rest, self.chains.date) is None:
                draft.entity = rest
            else:
                self.give_known(draft, rest, 0.8)
            return
        if kind == "among":
            self.collective_among(draft, rest.split("|"))
            return
        if kind == "of":
            self.states_of(draft, frozenset(rest.split("|")))
            return
        if kind == "joined":
            self.one_by_one(draft)
            return
        if kind == "bands":
            two = self.set_apart(draft) or self.joined_before(draft)
            if two and not self.number_of(draft):
                self.make(draft, two, 0.8)
            return
        faced = facing(self.doc, self.by_head, self.sentence, draft)
        if faced:
            self.make(draft, faced, 0.8)
            return
        wanted = self.number_of(draft)
        if kind == "states" and "all" in self.words.lowers[draft.first : draft.head]:
            return  # "all States shall": every state there is
        if kind == "people" and self.of_title(draft):
            return
        if not wanted and kind in SPOKEN_OF:
            two = (
                (self.leaders_joined(draft) or self.leaders_told(draft)) if kind == "people" else []
            )
            if two:
                self.make(draft, two, 0.8)
                return
            two = self.set_apart(draft) if kind == "sides" else []
            two = two or (self.crossed_before(draft) if kind == "sides" else [])
            two = two or self.spoken_of_most(draft, SPOKEN_OF[kind])
            if kind != "people" and set(joined := self.joined_before(draft)) & set(two):
                two = joined
            if kind == "people":
                two = [self.leader(state, self.doc[draft.head].lemma_.lower()) for state in two]
            if len(two) == 2:
                self.make(draft, two, 0.8)
            return
        found = [
            chain for chain in self.chains.held.values()
            if chain.form in FORMS[kind] and self.near(chain, draft, WINDOW) and not chain.last.as_place
            and (kind != "people" or "GOV" in chain.sectors)
            and (kind != "persons" or (chain.number == "singular" and chain.gender in ("", rest or chain.gender)))
        ]  # fmt: skip
        found.sort(key=lambda chain: (self.sentence[chain.last.head], len(chain.drafts)))
        if kind == "persons" and len(found) > 2:
            found = self.joined(found)
        if wanted:
            listed = self.listed(found, wanted)
            if listed:
                self.make(draft, [chain.entity for chain in listed], 0.8)
        elif len(found) >= 2:
            self.make(
                draft, [chain.entity for chain in found[-2:]], 0.8 if len(found) == 2 else 0.5
            )

    def of_title(self, draft: Draft) -> bool:
        """ "The two foreign ministers": the two who hold the office and no presidents, or their states."""
        title = self.title_of(draft)
        if not title:
            return False
        held = [
            chain.entity for chain in self.chains.held.values()
            if title in chain.keys and self.near(chain, draft, WINDOW)
        ]  # fmt: skip
        two = held if len(held) == 2 else self.spoken_of_most(draft, SPOKEN_OF["people"])
        if len(two) == 2:
            self.make(draft, two, 0.7)
        return True

    def title_of(self, draft: Draft) -> str:
        """The office below the top that a phrase names: "foreign-minister" of "the two foreign ministers"."""
        before = [
            self.words.lowers[kid.i] for kid in self.doc[draft.head].lefts
            if kid.dep_ in ("amod", "compound") and kid.i >= draft.first
        ]  # fmt: skip
        title = "-".join([*before, self.doc[draft.head].lemma_.lower()])
        return title if title.endswith("-minister") and title != "prime-minister" else ""

    def one_by_one(self, draft: Draft) -> None:
        """ "Each withdrew its envoy": the two who act together in its sentence or the one before."""
        here = self.sentence[draft.head]
        before = [
            held for head, held in self.by_head.items()
            if head < draft.first and here - self.sentence[head] <= 1
            and held.form == "collective" and held.members
        ]  # fmt: skip
        if before:
            self.give(draft, max(before, key=lambda held: held.head).entity, 0.8)
            draft.form = "collective"
            return
        two = self.joined_before(draft)
        last = max(
            (self.chains.held[key].last.head for key in two if key in self.chains.held), default=-1
        )
        if two and here - self.sentence[last] <= 1:
            self.make(draft, two, 0.8)

    def number_of(self, draft: Draft) -> int:
        """How many a collective says they are ("the four countries"), 0 where it does not say."""
        words = self.doc[draft.first : draft.head + 1]
        return next((MANY[word.lower_] for word in words if word.lower_ in MANY), 0)

    def states_of(self, draft: Draft, ids: frozenset[str]) -> None:
        """ "Four Arab states": those that the story lists together, before or after; else a party of no country."""
        listed: dict[int, set[str]] = {}
        for head, other in sorted(self.by_head.items()):
            if other.entity in ids and other.form == "state":
                token = self.doc[head]
                first = token.head.i if token.dep_ == "conj" else head
                listed.setdefault(first, set()).add(other.entity)
        wanted = self.number_of(draft)
        sets = {tuple(sorted(found)) for found in listed.values() if len(found) == wanted}
        if wanted > 1 and len(sets) == 1:
            self.make(draft, list(sets.pop()), 0.8)
        elif len(ids) <= FEW and wanted in (0, len(ids)):  # "the Baltic states"
            self.make_of(draft, [e for key in ids if (e := self.lexicon.entry(key)) is not None])
        else:
            draft.entity = "-".join(pieces(draft.name))

    def leader(self, state: str, noun: str) -> str:
        """Id of who leads a state, where he is named, else of who was last named of its government, or of it.

        Args:
            noun: the word for both, "president" or "leader".
        """
        entry = self.lexicon.entry(state, self.chains.date)
        if entry is None:
            return state
        for title in (noun, *HEADS):
            for office in self.lexicon.office_of_title(title, entry.country):
                for holder in self.lexicon.holder(entry.country, office, self.chains.date):
                    if holder.id in self.chains.held:
                        return holder.id
        if noun in HEADS:
            return state
        named = [
            chain for chain in self.chains.held.values()
            if chain.form == "person" and chain.country == entry.country
            and "GOV" in chain.sectors
        ]  # fmt: skip
        return max(named, key=lambda chain: chain.last.head).entity if named else state

    def listed(self, found: list[Chain], wanted: int) -> list[Chain]:
        """ "the three countries": those last listed together, where they are so many."""
        by_head = {item.head: chain for chain in found for item in chain.drafts}
        groups: dict[int, list[Chain]] = {}
        for head in sorted(by_head):
            token = self.doc[head]
            first = token.head.i if token.dep_ == "conj" and token.head.i in by_head else head
            group = groups.setdefault(first, [])
            if by_head[head] not in group:
                group.append(by_head[head])
        fitting = [first for first, group in groups.items() if len(group) == wanted]
        return groups[max(fitting)] if fitting else []

    def joined(self, found: list[Chain]) -> list[Chain]:
        """ "the two men": those last joined by "and", as subjects where some are; nobody where none were."""
        by_head = {item.head: chain for chain in found for item in chain.drafts}
        acts = {head: self.doc[head].head.dep_.startswith("nsubj") for head in by_head}
        for head in sorted(by_head, key=lambda head: (acts[head], head), reverse=True):
            token = self.doc[head]
            first = by_head.get(token.head.i) if token.dep_ == "conj" else None
            if first is not None and first is not by_head[head]:
                return [first, by_head[head]]
        return []

    def leaders_joined(self, draft: Draft) -> list[str]:
        """ "Putin and Erdogan met; the two leaders": two who rule, joined by "and" shortly before."""
        near = [
            chain for chain in self.chains.held.values()
            if chain.form == "person" and "GOV" in chain.sectors and self.near(chain, draft, WINDOW)
        ]  # fmt: skip
        two = self.joined(near)
        apart = len({chain.country for chain in two}) == len(two)
        return [chain.entity for chain in two] if apart else []

    def leaders_told(self, draft: Draft) -> list[str]:
        """ "Blinken called Kagame … welcomed Kagame's pledge … the two leaders": the two of governments of
        whom the paragraphs before speak by name again and again, where no third is so."""
        told = Counter(
            other.entity for other in self.by_head.values()
            if other.form == "person" and other.kind in ("name", "title") and other.head < draft.first
            and other.entity in self.chains.held
            and "GOV" in self.chains.held[other.entity].sectors
            and self.sentence[draft.head] - self.sentence[other.head] <= PARAGRAPHS
        )  # fmt: skip
        most = [entity for entity, times in told.most_common(3) if times > 1]
        apart = len({self.chains.country_of(entity) for entity in most}) == len(most)
        return most if len(most) == 2 and apart else []

    def collective_among(self, draft: Draft, ids: list[str]) -> None:
        """ "the two rebel regions": those of the country that the story speaks of most."""
        entries = [entry for key in ids if (entry := self.lexicon.entry(key, self.chains.date))]
        countries = {entry.country for entry in entries}
        named = [code for code, _ in self.countries.most_common() if code in countries]
        if not named:
            return
        members = [entry for entry in entries if entry.country == named[0]]
        if len(members) < 2:
            return
        self.make_of(draft, members)

    def make_of(self, draft: Draft, members: Sequence[Entry]) -> None:
        """Let a draft stand for entries of the lexicon together, named in the story or not."""
        self.make(draft, [entry.id for entry in members], 0.8)
        draft.parts = tuple(
            (
                entry.id,
                Reading(entry, "alias", entry.country, entry.sectors, located="own"),
                entry.name,
            )
            for entry in sorted(members, key=lambda entry: entry.id)
        )

    def make(self, draft: Draft, ids: list[str], confidence: float) -> None:
        """Let a draft stand for several entities together."""
        members = tuple(sorted(ids))
        draft.entity, draft.members, draft.confidence = "+".join(members), members, confidence
