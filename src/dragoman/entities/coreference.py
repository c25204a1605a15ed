"""Who "he", "the minister", "the bloc" and "both sides" are: open drafts to entities.

One pass in the order of the text. A pronoun or description goes to the best candidate before it;
where two are as good, it stays open: silence is better than a guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.chains import Chain, Chains
from dragoman.entities.describing import Describing
from dragoman.entities.grammar import told_numbers
from dragoman.entities.identity import take_owner
from dragoman.entities.mentions import Draft
from dragoman.entities.pronouns import FITS, Pronouns
from dragoman.entities.speakers import Speakers

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.entities.drafts import DraftMaker

NO_ANTECEDENT = frozenset({"CD", "DT", "JJR", "PDT"})  # a plural after these brings in new people


class Coreference:
    """Links the open drafts of one story.

    Args:
        doc: the parsed story.
        maker: what made the drafts (names, lexicon, date).
    """

    def __init__(self, doc: Doc, maker: DraftMaker) -> None:
        self.doc = doc
        self.maker = maker
        self.lists = maker.lists
        self.chains = Chains(maker.names.lexicon, maker.date)
        self.sentence = told_numbers(doc)
        self.by_head: dict[int, Draft] = {}
        self.pronouns = Pronouns(
            doc, self.chains, self.sentence, self.lists["speech"], self.by_head
        )
        self.describing = Describing(
            doc, self.chains, self.sentence, self.by_head, maker.names.countries
        )
        self.speakers = Speakers(doc, self.by_head, self.lists["speech"])

    def resolve(self, drafts: list[Draft]) -> None:
        """Give every draft that the text makes plain its entity; the rest keep none."""
        for draft in drafts:
            held = self.by_head.get(draft.head)
            if held is None or draft.last - draft.first > held.last - held.first:
                self.by_head[draft.head] = draft
        self.appositions(drafts)
        number = 0
        for draft in sorted(drafts, key=lambda draft: (draft.first, draft.last)):
            if not draft.entity:
                self.link(draft)
            if not draft.entity and self.predicate(draft):
                draft.kind = "description"
            if not draft.entity and draft.kind not in ("pronoun", "description"):
                number += 1
                draft.entity = f"unnamed:{draft.key or 'someone'}-{number}"
            if draft.entity:
                self.chains.add(draft)
        self.speakers.link(drafts, self.chains)

    # syntax

    def appositions(self, drafts: list[Draft]) -> None:
        """Two phrases that syntax says are one: "Ann Linde, chair of …", "X is the president"."""
        for draft in drafts:
            token = self.doc[draft.head]
            if token.head.i == draft.head:
                continue
            if token.dep_ == "appos":
                self.unify(self.by_head.get(token.head.i), draft)
            elif token.dep_ == "nsubj" and draft.form == "person":  # "X is the president"
                if any(child.dep_ == "cop" for child in token.head.lefts):
                    self.unify(draft, self.by_head.get(token.head.i))

    def unify(self, first: Draft | None, second: Draft | None) -> None:
        """Let two drafts stand for one entity, the named one's; what the other tells is kept."""
        if first is None or second is None or first.head == second.head:
            return
        if not self.compatible(first, second) or "pronoun" in (first.kind, second.kind):
            return
        named, other = (
            (first, second) if self.named(first) or not self.named(second) else (second, first)
        )
        if self.named(other) and other.entity != named.entity:
            return
        if not named.entity:
            named.entity = f"unnamed:{named.key or 'someone'}@{named.first}"
        other.entity = named.entity
        named.speaks_for = named.speaks_for or other.speaks_for
        if other.kind == "unnamed":
            other.kind = "description"
        other.form = named.form

    def named(self, draft: Draft) -> bool:
        """Whether a draft has a name of its own."""
        reading = draft.reading
        return bool(draft.entity) and reading is not None and reading.entry is not None

    def compatible(self, first: Draft, second: Draft) -> bool:
        """Whether two drafts may be one: same kind of thing and number, no place, no two states."""
        if first.number != second.number and "people" not in (first.form, second.form):
            return False
        if (first.form == "person") != (second.form == "person"):
            return False
        if first.as_place or second.as_place:
            return False
        return not ("state" in (first.form, second.form) and first.form != second.form)

    def predicate(self, draft: Draft) -> bool:
        """Whether a phrase says what somebody is ("acted as a mediator"), and brings in nobody."""
        token = self.doc[draft.head]
        if draft.form != "person" or self.doc[draft.first].lower_ not in ("a", "an"):
            return False
        if draft.reading is not None and draft.reading.country:
            return False
        return any(
            child.dep_ == "cop" or (child.dep_ in ("case", "mark") and child.lower_ == "as")
            for child in token.lefts
        )

    # one draft

    def link(self, draft: Draft) -> None:
        """Find the entity of one open draft."""
        if draft.kind == "pronoun":
            if draft.form == "relative":
                self.relative(draft)
            elif draft.form in FITS:
                self.pronouns.link(draft)
        elif draft.kind == "description":
            self.describing.link(draft)
        else:
            self.owned(draft)
            if not draft.entity and not self.unknown_owner(draft):
                if draft.definite or self.bare_plural(draft):
                    self.role(draft)

    def owner_of(self, draft: Draft) -> Draft | None:
        """The draft of the phrase's possessor ("Putin's", "its")."""
        for child in self.doc[draft.head].lefts:
            if child.dep_ == "nmod:poss":
                return self.by_head.get(child.i)
        return None

    def owned(self, draft: Draft) -> None:
        """Give a role phrase without a country its owner's ("its troops", "Putin's spokesman").

        Roles that stand over against their owner ("its allies", "his critics") get an id of their
        own and no country.
        """
        if draft.role is None or draft.reading is None:
            return
        other = self.owner_of(draft)
        chain = self.chains.held.get(other.entity) if other and other.entity else None
        if chain is None:
            return
        if draft.role.phrase in self.lists["other_side"]:
            draft.entity = f"{chain.entity}-{draft.key}"
        elif chain.country and not draft.reading.country:
            take_owner(draft, chain, self.maker.reader.scanner, self.maker.date)

    def unknown_owner(self, draft: Draft) -> bool:
        """Whether the phrase belongs to somebody the text leaves open ("their leader")."""
        other = self.owner_of(draft)
        return other is not None and not other.entity

    def relative(self, draft: Draft) -> None:
        """ "who", "which": the noun before the clause."""
        token = self.doc[draft.head]
        for _ in range(4):
            if token.dep_.startswith("acl"):
                found = self.by_head.get(token.head.i)
                if found is not None and found.entity and found.first < draft.first:
                    draft.entity, draft.form = found.entity, found.form
                    draft.confidence = 0.95
                return
            if token.head.i == token.i:
                return
            token = token.head

    def bare_plural(self, draft: Draft) -> bool:
        """Whether a phrase is a plural without article, number or further adjective."""
        if draft.number != "plural" or draft.key in self.lists["generic"]:
            return False
        first = self.doc[draft.first]
        if first.tag_ in NO_ANTECEDENT or first.lower_ in ("many", "some", "several", "other"):
            return False
        told = {position for item in draft.items for position in range(item.first, item.last)}
        return not any(c.dep_ == "amod" and c.i not in told for c in self.doc[draft.head].lefts)

    def role(self, draft: Draft) -> None:
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
