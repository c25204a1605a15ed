"""Who says "I": the speaker of the quotation, or of the turn in an interview."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dragoman.entities.grammar import SUBJECTS
from dragoman.entities.pointers import PRONOUNS
from dragoman.entities.tables import homelands

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc, Token

    from dragoman.entities.chains import Chain, Chains
    from dragoman.entities.mentions import Draft
    from dragoman.entities.words import Words

FIRST = frozenset({"speaker", "speakers"})
FIRST_WORDS = frozenset(word for word, what in PRONOUNS.items() if what[0] in FIRST)
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
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

    def link(self, drafts: list[Draft], chains: Chains) -> None:
        """Give "I", "me", "my" inside quotation marks the speaker of their paragraph's quotation."""
        open_ones = [d for d in drafts if d.kind == "pronoun" and not d.entity and d.form in FIRST]
        if not open_ones:
            return
        for draft in open_ones:
            found = self.first_person(draft.head)
            if found is None or not found.entity:
                continue
            if draft.form == "speakers":
                self.ours(draft, found, chains)
            elif found.form == "person":
                draft.entity, draft.form, draft.confidence = found.entity, "person", 0.8

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
        if chain is None:
            return
        key = speaker.entity
        if chain.form == "person":
            state = chains.lexicon.country(chain.country)
            if (
                state is None
                or not OFFICIAL & set(chain.sectors[:1])
                or state.id not in chains.held
            ):
                return
            key = self.people(chain) or state.id
        if chains.held[key].form in ("state", "organisation", "group", "people"):
            draft.entity, draft.form, draft.confidence = key, chains.held[key].form, 0.6

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
        first = last = token
        while first > 0 and inside[first - 1]:
            first -= 1
        while last + 1 < len(inside) and inside[last + 1]:
            last += 1
        return first, last

    def first_person(self, token: int) -> Draft | None:
        """The draft of whoever speaks the quotation around a token; None outside quotations.

        Who says it in the sentence that the quotation ends or begins in goes before the nearest
        other of the paragraph.
        """
        inside = self.words.quoted
        if not inside[token]:
            return None
        start, end = self.paragraphs[token]
        first, last = self.quotation(token)
        ends, begins = self.doc[last].sent, self.doc[first].sent

        def order(verb: Token) -> tuple[int, int]:
            after = last < verb.i < ends.end and not any(
                token.tag_ in FINITE for token in self.doc[last + 1 : verb.i]
            )
            before = begins.start <= verb.i < first
            return (0 if after else 1 if before else 2), abs(verb.i - token)

        verbs = [self.doc[i] for i in self.verbs if start <= i < end and not inside[i]]
        for verb in sorted(verbs, key=order):
            for child in verb.children:
                if child.dep_ in SUBJECTS:
                    return self.by_head.get(child.i)
        return None

    @cached_property
    def verbs(self) -> list[int]:
        """The verbs of saying."""
        return [i for i, lemma in enumerate(self.words.lemmas) if lemma in self.speech]

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """The token range (half-open) of its paragraph for every token."""
        found: list[tuple[int, int]] = []
        start = 0
        ends = [i for i, text in enumerate(self.words.texts) if text.isspace() and "\n" in text]
        for end in (*ends, len(self.doc)):
            found.extend([(start, end)] * (end + 1 - len(found)))
            start = end + 1
        return found
