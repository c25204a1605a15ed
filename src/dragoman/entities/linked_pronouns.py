"""Whom a pronoun means: by what the text makes plain around it, otherwise as the linking model says.

``Coreference`` asks it of every pronoun, in the order of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.carried import (
    body_before,
    named_after,
    object_before,
    senders,
    set_off_by_comma,
    ship_before,
    spoken_for,
    whose_before,
)
from dragoman.entities.interviews import question_before
from dragoman.entities.issuers import issuers_at, say_we
from dragoman.entities.linking import SURE
from dragoman.entities.persons import introduced
from dragoman.entities.pronouns import FITS
from dragoman.entities.roles import DOUBTFUL
from dragoman.entities.speakers import HEARER_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from spacy.tokens import Doc

    from dragoman.entities.chains import Chain, Chains
    from dragoman.entities.drafts import DraftMaker
    from dragoman.entities.interviews import Interview
    from dragoman.entities.linking import Linking
    from dragoman.entities.mentions import Draft
    from dragoman.entities.pronouns import Pronouns
    from dragoman.entities.speakers import Speakers

# what "I", "we" and "you" may stand for
SPEAKERS = {
    "speaker": frozenset({"person"}),
    "speakers": frozenset({"people", "group", "organisation", "state", "collective"}),
    "hearer": frozenset({"person", "people", "group"}),
}
# from which chance a pronoun joins an entity; what has no name may be joined sooner
NAMED_SURE = {"person": SURE, "thing": 0.5, "any": 0.45, "speaker": 0.3, "speakers": 0.45,
              "hearer": 0.6}  # fmt: skip
# where the model is not sure, the rules decide, if the model thinks their choice at least so likely
SECOND = 0.15
ANSWERING = 0.9  # how sure it is that "I" in an answer is who is interviewed


class LinkedPronouns:
    """Links the pronouns of one story; what it asks of is told by ``Coreference``."""

    doc: Doc
    maker: DraftMaker
    lists: Mapping[str, frozenset[str]]
    chains: Chains
    sentence: list[int]
    by_head: dict[int, Draft]
    pronouns: Pronouns
    speakers: Speakers
    interview: Interview | None
    issued: list[tuple[int, list[Draft]]]

    def choose(
        self, draft: Draft, linking: Linking, fits: Callable[[Chain], bool], sure: float = SURE
    ) -> None:
        """Give a draft the entity of the cluster the model chooses for it, if that has one."""
        row = linking.row(draft.head)
        if row is None or self.by_head.get(draft.head) is not draft:
            return
        chosen = linking.choose(row, fits, sure)
        if chosen is None or isinstance(chosen[0], int):
            return
        chain = self.chains.held[chosen[0]]
        draft.entity, draft.form = chain.entity, chain.form
        draft.confidence = round(min(0.95, chosen[1]), 2)
        if draft.kind == "unnamed":
            draft.kind = "description"
        if draft.kind == "pronoun" and chain.form == "person" and not chain.gender:
            chain.gender = draft.gender

    def pronoun(self, draft: Draft, linking: Linking) -> None:
        """Link a pronoun to a chain it agrees with and that is not the subject of its clause."""
        known = self.governed(draft) or ship_before(
            self.doc, self.by_head, self.sentence, self.lists, draft
        )
        if known is not None:
            draft.entity, draft.form, draft.confidence = known.entity, known.form, ANSWERING
            return
        if self.takes_turn(draft):
            return
        if self.interview is not None and self.interview.means_group(draft):
            answering = self.chains.held.get(self.interview.answerer)
            chain = self.speakers.body_of(answering, self.chains) if answering else None
            if chain is not None:
                draft.entity, draft.form, draft.confidence = chain.entity, chain.form, ANSWERING
                return
        if self.interview is not None and self.interview.means_answerer(draft):
            chain = self.chains.held.get(self.interview.answerer)
            if chain is not None:
                draft.entity, draft.form, draft.confidence = chain.entity, chain.form, ANSWERING
                return
        named = introduced(self.maker.words, self.by_head, draft)
        if named is not None:
            draft.entity, draft.form, draft.confidence = named.entity, named.form, ANSWERING
            return
        if draft.form == "speaker" and self.speakers.first_person(draft.head) is not None:
            return  # whoever says the quotation; he may be named after it
        if draft.form in SPEAKERS and not self.maker.words.quoted[draft.head]:
            if say_we(draft, issuers_at(self.issued, draft.first), self.chains.held):
                return
        if draft.form not in FITS:  # the first and second person
            held = SPEAKERS[draft.form]
            self.choose(
                draft, linking,
                lambda chain: chain.form in held and not self.foreign(draft, chain.entity),
                NAMED_SURE[draft.form],
            )  # fmt: skip
            return
        shared = (
            self.pronouns.shared_owner(draft)
            or self.pronouns.accused(draft, self.lists)
            or self.pronouns.fired_at(draft)
            or self.asked_about(draft)
            or object_before(self.doc, self.by_head, self.chains, draft)
            or spoken_for(self.doc, self.by_head, self.chains, self.sentence, self.lists, draft)
        )
        if shared is not None:
            draft.entity, draft.form, draft.confidence = shared.entity, shared.form, 0.9
            return
        never = {self.pronouns.barred(draft), *senders(self.doc, self.by_head, draft)}
        never |= self.who_speaks(draft.head) | named_after(self.doc, self.by_head, draft)
        if draft.form == "person":
            never.add(self.speakers.of_self(draft.head))

        def fits(chain: Chain) -> bool:
            return chain.entity not in never and self.pronouns.may_be(draft, chain)

        self.choose(draft, linking, fits, NAMED_SURE[draft.form])
        if not draft.entity and draft.form == "thing":
            heads = self.lists["speaks for a body"]
            body = body_before(self.doc, self.chains, self.sentence, heads, draft)
            if body is not None:
                draft.entity, draft.form, draft.confidence = body.entity, body.form, DOUBTFUL
        row = linking.row(draft.head)
        if row is None or draft.entity or linking.joined(draft.head):
            return
        if not linking.torn(row):
            form, chances = draft.form, linking.chances_of(row, fits)
            self.pronouns.link(draft)
            draft.confidence = min(draft.confidence, DOUBTFUL)
            if draft.entity in never or chances.get(draft.entity, 0) < SECOND:
                draft.entity, draft.form, draft.confidence = "", form, 1.0
            only = None if draft.entity else self.pronouns.only(draft)
            if only is not None and sum(chances.values()) < SECOND and only.entity not in never:
                draft.entity, draft.form, draft.confidence = only.entity, only.form, DOUBTFUL

    def who_speaks(self, token: int) -> set[str]:
        """Who has the turn that a word stands in, and the body he speaks for: "he" and "they" in it are others."""
        if self.interview is None:
            return set()
        label = self.interview.label_of(token)
        held = next((self.by_head[x] for x in label if x in self.by_head), None)
        name = held.entity if held is not None else ""
        name = name or (self.interview.answerer if self.interview.answers(token) else "")
        chain = self.chains.held.get(name)
        body = self.speakers.body_of(chain, self.chains) if chain is not None else None
        return {name, body.entity} if body is not None else {name}

    def takes_turn(self, draft: Draft) -> bool:
        """ "KOVAC: I have told them …": who says "I" or "we" is named at the head of his turn."""
        label = self.interview.speaker_of(draft) if self.interview is not None else range(0)
        held = next((self.by_head[x] for x in label if x in self.by_head), None)
        chain = self.chains.held.get(held.entity) if held is not None else None
        if chain is not None and draft.form == "speakers":
            chain = self.speakers.body_of(chain, self.chains) or chain
        if chain is None:
            return False
        draft.entity, draft.form, draft.confidence = chain.entity, chain.form, ANSWERING
        return True

    def asked_about(self, draft: Draft) -> Chain | None:
        """ "What does Moll want?" alone in a paragraph, and "He wants …" in the next: he is Moll; so are "they"
        those of whom a question asks."""
        if draft.form not in ("person", "any"):
            return None
        heads = [
            x for x in question_before(self.doc, self.maker.words, draft.first)
            if x in self.by_head and self.doc[x].dep_ != "appos"
            and self.maker.words.lowers[x] not in HEARER_WORDS
        ]  # fmt: skip
        chains = {key: self.chains.held.get(key) for key in (self.by_head[x].entity for x in heads)}
        people = [
            chain for chain in chains.values() if chain and self.pronouns.agrees(draft, chain)
        ]
        return people[0] if len(people) == 1 else None

    def governed(self, draft: Draft) -> Draft | None:
        """ "Its governor": the place that the sentence has named last."""
        noun, here = self.doc[draft.head].head, self.sentence[draft.head]
        if draft.form != "thing" or noun.lower_ not in self.lists["of a place"]:
            return None
        for head in range(draft.first - 1, -1, -1):
            held = self.by_head.get(head) if self.sentence[head] == here else None
            if held is not None and held.entity and held.form == "place":
                return held
        return None

    def foreign(self, draft: Draft, entity: str) -> bool:
        """Whether an entity is a state that a quoted "we" cannot be: the speaker is of another, or
        a person of whom no country is known."""
        chain = self.chains.held.get(entity) if draft.form == "speakers" else None
        speaker = self.speakers.first_person(draft.head) if chain is not None else None
        if chain is None or speaker is None or chain.form != "state":
            return False
        country = self.chains.country_of(speaker.entity)
        return country != chain.country and bool(country or speaker.form == "person")

    def relative(self, draft: Draft) -> None:
        """ "who", "which": the noun before the clause."""
        token = self.doc[draft.head]
        if beside := set_off_by_comma(self.doc, self.by_head, draft):
            draft.entity, draft.form, draft.confidence = beside.entity, beside.form, 0.95
            return
        for _ in range(4):
            if token.dep_.startswith("acl"):
                found = self.by_head.get(token.head.i)
                if found is not None and found.entity and found.first < draft.first:
                    draft.entity, draft.form = found.entity, found.form
                    draft.confidence = 0.95
                    return
                break
            if token.head.i == token.i:
                break
            token = token.head
        before = whose_before(self.doc, self.by_head, draft)
        if before is not None:
            draft.entity, draft.form, draft.confidence = before.entity, before.form, 0.8
