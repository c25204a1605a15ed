"""Who says "I", and who is "you": speaker and hearer of a quotation."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dragoman.entities.grammar import SUBJECTS
from dragoman.entities.pointers import PRONOUNS
from dragoman.entities.tables import homelands

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc

    from dragoman.entities.chains import Chain, Chains
    from dragoman.entities.mentions import Draft
    from dragoman.entities.words import Words

FIRST = frozenset({"speaker", "speakers"})
FIRST_WORDS = frozenset(word for word, what in PRONOUNS.items() if what[0] in FIRST)
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
HEARER = "hearer"
HEARER_WORDS = frozenset(word for word, what in PRONOUNS.items() if what[0] == HEARER)
#: Relations of whom something is said to, the second behind "to" alone.
TOLD, TOLD_TO = frozenset({"obj", "iobj"}), "obl"
OFFICIAL = frozenset({"GOV", "MIL", "LEG", "SPY", "COP"})  # their "we" is their state


class Speakers:
    """Links the first person of quotations to whoever the story says is speaking.

    Args:
        doc: the parsed story.
        words: its words as lists.
        by_head: the longest draft of every head.
        speech: lemmas of verbs of saying.
    """

    def __init__(
        self, doc: Doc, words: Words, by_head: Mapping[int, Draft], speech: frozenset[str]
    ) -> None:
        self.doc = doc
        self.words = words
        self.by_head = by_head
        self.speech = speech
        self.sayings: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def link(self, drafts: list[Draft], chains: Chains) -> None:
        """Give "I", "me", "my" inside quotation marks the speaker of their paragraph's quotation, and "you" whom
        it is said to."""
        for draft in drafts:
            if draft.kind == "pronoun" and draft.entity and self.is_own_hearer(draft):
                draft.entity, draft.form = "", HEARER
        open_ones = [d for d in drafts if d.kind == "pronoun" and not d.entity]
        for draft in open_ones:
            if draft.form == HEARER:
                self.addressed(draft, chains)
            if draft.form not in FIRST:
                continue
            found = self.first_person(draft.head)
            if found is None or not found.entity:
                continue
            if draft.form == "speakers":
                self.ours(draft, found, chains)
            elif found.form == "person":
                draft.entity, draft.form, draft.confidence = found.entity, "person", 0.8

    def is_own_hearer(self, draft: Draft) -> bool:
        """Whether a "you" was taken for the one who says it: nobody speaks to himself."""
        if self.words.lowers[draft.head] not in HEARER_WORDS:
            return False
        speaker = self.first_person(draft.head)
        return speaker is not None and speaker.entity == draft.entity

    def addressed(self, draft: Draft, chains: Chains) -> None:
        """ "You" in a quotation is the one it is said to ("… , he told the envoy"), but for those who pass it on."""
        verb = self.saying(draft.head)
        if verb is None:
            return
        words = self.words
        told = [
            kid for kid in words.kids[verb]
            if words.deps[kid] in TOLD
            or (words.deps[kid] == TOLD_TO and any(words.lowers[x] == "to" for x in words.kids[kid]))
        ]  # fmt: skip
        found = self.by_head.get(told[0]) if len(told) == 1 else None
        chain = chains.held.get(found.entity) if found is not None and found.entity else None
        if chain is None or chain.form in ("place", "collective") or "JRN" in chain.sectors[:1]:
            return
        draft.entity, draft.form, draft.confidence = chain.entity, chain.form, 0.7

    def of_self(self, token: int) -> str:
        """Who speaks of himself as "I" or "we" in the quotation round a token, "" for nobody.

        In it "he" is another; where only a few words are quoted, "he" may be who says them.
        """
        if not self.words.quoted[token]:
            return ""
        first, last = self.quotation(token)
        if FIRST_WORDS.isdisjoint(self.words.lowers[first : last + 1]):
            return ""
        found = self.first_person(token)
        return found.entity if found is not None else ""

    def ours(self, draft: Draft, speaker: Draft, chains: Chains) -> None:
        """ "We" of an official is the state or organisation the official speaks for."""
        chain = chains.held.get(speaker.entity)
        chain = self.state_of(chain, chains) if chain is not None else None
        if chain is not None:
            draft.entity, draft.form, draft.confidence = chain.entity, chain.form, 0.6

    def state_of(self, chain: Chain, chains: Chains) -> Chain | None:
        """The state or people for which a person speaks, or a body itself; None for others."""
        key = chain.entity
        if chain.form == "person":
            state = chains.lexicon.country(chain.country)
            if (
                state is None
                or not OFFICIAL & set(chain.sectors[:1])
                or state.id not in chains.held
            ):
                return None
            key = self.people(chain) or state.id
        found = chains.held[key]
        return found if found.form in ("state", "organisation", "group", "people") else None

    def body_of(self, chain: Chain, chains: Chains) -> Chain | None:
        """The organisation that somebody's title names, else the state for which he speaks; of a state's
        minister that state ("minister for Commonwealth affairs")."""
        lexicon = chains.lexicon
        if chain.form == "person" and lexicon.tenures(chain.entity):
            country, sectors = lexicon.person_country_and_sectors(chain.entity, chains.date)
            state = lexicon.country(country) if sectors[:1] == ("GOV",) else None
            if state is not None and state.id in chains.held:
                return chains.held[state.id]
        for draft in chain.drafts:
            for key in draft.speaks_for:
                if key in chains.held:
                    return chains.held[key]
        return self.state_of(chain, chains)

    def people(self, chain: Chain) -> str:
        """The people that somebody is described to be of ("a Kurdish official"), "" for none."""
        for draft in chain.drafts:
            for place in range(draft.first, draft.last):
                held = self.by_head.get(place)
                if held is not None and held.entity in homelands():
                    return held.entity
        return ""

    def quotation(self, token: int) -> tuple[int, int]:
        """The first and last token inside the quotation marks round a token."""
        inside = self.words.quoted
        first = token
        while first > 0 and inside[first - 1]:
            first -= 1
        try:
            return first, inside.index(False, token + 1) - 1
        except ValueError:  # up to the end of the text
            return first, len(inside) - 1

    def first_person(self, token: int) -> Draft | None:
        """The draft of whoever speaks the quotation around a token; None outside quotations.

        Who says it in the sentence that the quotation ends or begins in goes before the nearest
        other of the paragraph.
        """
        verb = self.saying(token)
        return self.by_head.get(self.subjects[verb]) if verb is not None else None

    def saying(self, token: int) -> int | None:
        """The verb of saying that tells the quotation around a token; None outside quotations."""
        if not self.words.quoted[token]:
            return None
        quotation = first, last = self.quotation(token)
        verbs = self.sayings.get(quotation)
        if verbs is None:
            verbs = self.sayings[quotation] = self.said_by(first, last)
        if not verbs:
            return None
        return min((rank, abs(verb - token), verb) for verb, rank in verbs)[2]

    def said_by(self, first: int, last: int) -> list[tuple[int, int]]:
        """The verbs of saying with a subject that may tell a quotation, in its paragraph and outside
        quotations, and how near they stand to it: 0 right after it, 1 before, 2 elsewhere."""
        words, sentences = self.words, self.sentences
        ends, begins = sentences[last], sentences[first]
        found = []
        for verb in self.unquoted.get(words.paragraphs[first], ()):
            after = last < verb and sentences[verb] == ends
            after = after and FINITE.isdisjoint(words.tags[last + 1 : verb])
            before = verb < first and sentences[verb] == begins
            found.append((verb, 0 if after else 1 if before else 2))
        return found

    @cached_property
    def sentences(self) -> list[int]:
        """The number of its sentence for every token."""
        found: list[int] = []
        for number, (first, end) in enumerate(self.words.bounds):
            found += [number] * (end - first)
        return found

    @cached_property
    def unquoted(self) -> dict[int, list[int]]:
        """The verbs of ``subjects`` outside quotations, by their paragraph."""
        quoted, paragraphs = self.words.quoted, self.words.paragraphs
        found: dict[int, list[int]] = {}
        for verb in self.subjects:
            if not quoted[verb]:
                found.setdefault(paragraphs[verb], []).append(verb)
        return found

    @cached_property
    def subjects(self) -> dict[int, int]:
        """The subject of every verb of saying that has one."""
        words, found = self.words, dict[int, int]()
        for verb in [verb for verb, lemma in enumerate(words.lemmas) if lemma in self.speech]:
            kid = next((kid for kid in words.kids[verb] if words.deps[kid] in SUBJECTS), None)
            if kid is not None:
                found[verb] = kid
        return found
