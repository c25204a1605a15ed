"""Who "he", "the minister", "the bloc" and "both sides" are: open drafts to entities.

One pass in the order of the text. A pronoun or description goes to the best candidate before it;
where two are as good, it stays open: silence is better than a guess.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from dragoman.entities.again import Again
from dragoman.entities.aliases import unite, whole
from dragoman.entities.appositions import Appositions
from dragoman.entities.candidates import Gatherer
from dragoman.entities.chains import Chain, Chains
from dragoman.entities.defined import defined
from dragoman.entities.describing import Describing
from dragoman.entities.foes import Foes
from dragoman.entities.grammar import told_numbers
from dragoman.entities.headline_roles import as_in_lead
from dragoman.entities.interviews import Interview
from dragoman.entities.issuers import issued_parts
from dragoman.entities.linked_pronouns import ANSWERING, LinkedPronouns
from dragoman.entities.linker import LinkModel
from dragoman.entities.linking import Linking
from dragoman.entities.mentions import Draft
from dragoman.entities.nested import beside_names, inside_names
from dragoman.entities.offices import office_id, settle_offices, settle_un_head
from dragoman.entities.openings import places_said
from dragoman.entities.people import tell_people
from dragoman.entities.pronouns import FITS, Pronouns
from dragoman.entities.roles import Roles
from dragoman.entities.speakers import Speakers
from dragoman.entities.together import FORMS
from dragoman.lexicon.names import pieces

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.entities.drafts import DraftMaker

# of KINDS in linker.py, those that a phrase of no table must be likely of to stand for a chain
PLAIN_KINDS = {"person": (0,), "people": (0, 1), "group": (0, 1), "organisation": (1,),
               "state": (1, 2), "place": (2,)}  # fmt: skip
PLAIN_KIND = 0.1
PREDICATE_SURE = 0.6  # from which chance "he is a minister" speaks of him again
DESCRIBED_SURE = 0.55
PLAIN_SURE = 0.6  # such a phrase joins an entity that events are told of only when this likely


def is_region(chain: Chain, kind: str) -> bool:
    """Whether "the enclave" may be a chain: a region with a government of its own."""
    return kind == "place" and chain.form == "state" and chain.entity.islower()


class Coreference(LinkedPronouns):
    """Links the open drafts of one story.

    Args:
        doc: the parsed story.
        maker: what made the drafts (names, lexicon, date).
        models: whether the linking model may decide.
    """

    def __init__(self, doc: Doc, maker: DraftMaker, *, models: bool = True) -> None:
        self.doc = doc
        self.maker = maker
        self.models = models
        self.lists = maker.lists
        self.chains = Chains(maker.names.lexicon, maker.date)
        self.sentence = told_numbers(maker.words)
        self.by_head: dict[int, Draft] = {}
        self.pronouns = Pronouns(
            doc, self.chains, self.sentence, self.lists["speech"], self.by_head, self.lists
        )
        self.describing = Describing(
            doc, self.chains, self.sentence, self.by_head, maker.names.countries
        )
        self.roles = Roles(doc, maker, self.chains, self.by_head, self.sentence)
        self.again = Again(maker, self.chains, self.by_head, self.sentence)
        self.speakers = Speakers(doc, maker.words, self.by_head, self.lists["speech"])
        self.linking: Linking | None = None
        self.interview: Interview | None = None
        self.issued: list[tuple[int, list[Draft]]] = []
        self.unnamed = 0

    def resolve(self, drafts: list[Draft]) -> None:
        """Give every draft that the text makes plain its entity; the rest keep none."""
        self.prepare(drafts)
        self.roles.settings = places_said(drafts, self.sentence, self.maker)
        settle_offices(drafts, self.lists["many holders"])
        settle_un_head(drafts, self.maker.words, self.maker.names.lexicon, self.maker.date)
        tell_people(self.doc, drafts, self.by_head, self.lists["other_side"])
        self.interview = Interview(self.maker.words, drafts)
        self.issued = issued_parts(self.maker.words, drafts, self.lists["issued paper"])
        Foes(self.maker, self.speakers, self.issued).link(drafts)
        if self.models and "states" in self.doc.user_data:
            self.linking = self.linked()
        for draft in self.in_order(drafts):
            if isinstance(draft, int):
                self.plain(draft, drafts)
                continue
            if draft.entity:
                self.roles.sided(draft)
            else:
                self.link(draft)
            if not draft.entity and self.roles.predicate(draft):
                draft.kind = "description"
            if not draft.entity and draft.kind not in ("pronoun", "description"):
                draft.entity = office_id(draft, self.maker) or self.new_id(draft.key)
            if draft.entity:
                self.chains.add(draft)
                if self.linking is not None and self.by_head.get(draft.head) is draft:
                    self.linking.settle(draft.head, draft.entity)
                    self.settle_region(draft, self.linking)
        as_in_lead(self.doc, drafts, self.maker.words.breaks)
        self.speakers.link(drafts, self.chains)
        if self.linking is not None:
            self.nameless(drafts)
        for made in (
            *beside_names(self.doc, self.maker.words, drafts, self.by_head),
            *inside_names(self.maker.words, drafts, self.by_head),
        ):
            self.by_head[made.head] = made
            drafts.append(made)

    def settle_region(self, draft: Draft, linking: Linking) -> None:
        """ "The Somaliland region": its noun is what the name before it is, and is spoken of again as that."""
        words, noun = self.maker.words, self.maker.words.above[draft.head]
        before = words.deps[draft.head] in ("compound", "nmod:desc") and draft.head == noun - 1
        named = draft.kind in ("name", "adjective") and draft.form == "state"
        if named and before and words.lemmas[noun] in self.lists["region noun"]:
            linking.settle(noun, draft.entity)

    def prepare(self, drafts: list[Draft]) -> None:
        """What can be said before anything is linked: names that are one, appositions."""
        unite(drafts, self.lists["title"])
        whole(self.doc, drafts)
        defined(self.doc, drafts, self.maker.words, self.lists)
        self.hold(drafts)
        Appositions(self.doc, self.maker, self.by_head).join(drafts)

    def hold(self, drafts: list[Draft]) -> None:
        """Keep the longest draft of every head."""
        for draft in drafts:
            held = self.by_head.get(draft.head)
            if held is None or draft.last - draft.first > held.last - held.first:
                self.by_head[draft.head] = draft

    def linked(self) -> Linking:
        """The clusters of the story, before anything is linked."""
        found = Gatherer(
            self.doc, self.maker.words, self.by_head, self.sentence, self.lists["speech"]
        ).gather()
        return Linking(self.maker.words, LinkModel.load().links(found), self.chains)

    def in_order(self, drafts: list[Draft]) -> list[Draft | int]:
        """Drafts, and rows of the phrases that have none, in the order of the text."""
        places: list[tuple[int, int, int, Draft | int]] = [
            (draft.first, draft.last, number, draft) for number, draft in enumerate(drafts)
        ]
        for number, draft in enumerate(drafts):
            many = self.maker.words.one_of(draft.head)
            if many >= 0:  # "one of its soldiers": whose they are comes first
                places[number] = (many, draft.last + 1, number, draft)
        if self.linking is not None:
            found = self.linking.links.found
            named = {
                place for draft in drafts if draft.kind in ("name", "title")
                for place in range(draft.first, draft.last)
            }  # fmt: skip
            pairs = zip(found.firsts.tolist(), found.heads.tolist(), strict=True)
            for row, (first, head) in enumerate(pairs):
                if head in self.by_head or head in named or self.linking.is_new(row):
                    continue
                places.append((first, head + 1, len(places), row))
        return [place[3] for place in sorted(places, key=itemgetter(0, 1, 2))]

    def new_id(self, key: str) -> str:
        """An id for somebody without a name."""
        self.unnamed += 1
        return f"unnamed:{key or 'someone'}-{self.unnamed}"

    def plain(self, row: int, drafts: list[Draft]) -> None:
        """Link a phrase of no table ("the veteran leader"); a draft of it only when it has a chain."""
        assert self.linking is not None
        chosen = self.linking.choose(row, lambda chain: self.may_be(row, chain), PLAIN_SURE)
        if chosen is not None and isinstance(chosen[0], str):
            chain = self.chains.held[chosen[0]]
            draft = self.linking.draft(row, chain.entity, chain.form)
            draft.kind, draft.as_place, draft.name = "description", chain.last.as_place, ""
            self.by_head[draft.head] = draft
            drafts.append(draft)
            self.chains.add(draft)

    def may_be(self, row: int, chain: Chain) -> bool:
        """Whether a phrase of no table may stand for a chain: kinds and numbers do not clash."""
        assert self.linking is not None
        links = self.linking.links
        kinds = PLAIN_KINDS.get(chain.form, ())
        told = links.kind_rows[row]
        if sum(told[kind] for kind in kinds) < PLAIN_KIND:
            return False
        plural = links.found.number[row] == 2
        return not (chain.form in ("person", "state", "place") and plural)

    def nameless(self, drafts: list[Draft]) -> None:
        """Entities for those who are spoken of again and have neither name nor role."""
        assert self.linking is not None
        for rows in self.linking.nameless():
            heads = [int(self.linking.links.found.heads[row]) for row in rows]
            held = [self.by_head[head] for head in heads if head in self.by_head]
            entity = next((draft.entity for draft in held if draft.entity), "")
            form = self.linking.form(rows)
            nouns = [head for head in heads if self.doc[head].tag_[:2] == "NN"]
            nameless = not entity
            entity = entity or self.new_id("-".join(pieces(self.doc[(nouns or heads)[0]].lemma_)))
            for row, head in zip(rows, heads, strict=True):
                draft = self.by_head.get(head)
                if draft is None:
                    draft = self.by_head[head] = self.linking.draft(row, entity, form)
                    draft.nameless = nameless
                    drafts.append(draft)
                elif not draft.entity and not self.foreign(draft, entity):
                    draft.nameless = nameless and not (nouns and draft.form in FITS)
                    draft.entity, draft.form = entity, form
                    draft.confidence = round(min(0.95, self.linking.chance.get(row, 0.8)), 2)

    # one draft

    def link(self, draft: Draft) -> None:
        """Find the entity of one open draft."""
        if draft.kind == "pronoun":
            if draft.form == "relative":
                self.relative(draft)
            elif self.linking is not None:
                gloss = self.glossed(draft)
                if gloss is not None:
                    draft.entity, draft.form, draft.confidence = gloss.entity, gloss.form, ANSWERING
                else:
                    self.pronoun(draft, self.linking)
            elif draft.form in FITS:
                self.pronouns.link(draft)
        elif draft.kind == "description":
            self.description(draft)
        elif not self.again.goes_on(draft):
            self.owned(draft)
            if not draft.entity and self.roles.own_government(draft):
                return
            if not draft.entity and self.linking is not None:
                if self.roles.predicate(draft):
                    self.choose(
                        draft, self.linking, lambda chain: self.roles.fits(draft, chain),
                        PREDICATE_SURE,
                    )  # fmt: skip
                elif not self.roles.fresh(draft):
                    only = self.roles.one_called_so(draft)
                    self.choose(
                        draft, self.linking,
                        lambda chain: only in ("", chain.entity) and self.roles.fits(draft, chain),
                    )  # fmt: skip
                    if not draft.entity and draft.definite and not self.roles.unknown_owner(draft):
                        self.roles.called_so(draft)
                        self.roles.who_struck(draft)
                        if not draft.entity:
                            self.describing.only_group(draft)
                    if not draft.entity and not self.roles.unknown_owner(draft):
                        self.again.link(draft)
            elif not draft.entity and not self.roles.unknown_owner(draft):
                if draft.definite or self.roles.bare_plural(draft):
                    self.roles.latest(draft)
                if not draft.entity:
                    self.again.link(draft)

    def owned(self, draft: Draft) -> None:
        """What the owner of a role phrase tells of it."""
        owner = self.roles.owner_of(draft) if draft.role is not None else None
        chain = self.chains.held.get(owner.entity) if owner is not None else None
        if chain is not None and chain.form == "person":
            self.again.by_office(draft, chain)
        if not draft.entity:
            self.roles.owned(draft)

    def glossed(self, draft: Draft) -> Draft | None:
        """Who brackets say a pronoun is: "they [the rebels] have left"; None for most."""
        for kid in self.doc[draft.head].rights:
            held = self.by_head.get(kid.i) if kid.dep_ == "appos" else None
            if held is not None and self.maker.words.texts[held.first - 1] in ("[", "("):
                if not held.entity:
                    self.link(held)
                    held.entity = held.entity or self.new_id(held.key)
                return held
        return None

    def description(self, draft: Draft) -> None:
        """Link a description: by what the tables know of it, otherwise as the model says."""
        kind = draft.key.partition(":")[0]
        if self.linking is None or draft.form == "collective" or kind not in FORMS:
            self.describing.link(draft)
            return
        if not (
            self.describing.preferred(draft)
            or (kind == "state" and self.our_country(draft))
            or (
                kind == "state"
                and (self.describing.owned(draft) or self.describing.named_before(draft))
            )
        ):
            held, fits, whom = FORMS[kind], self.describing.is_kind, self.acted_on(draft)
            self.choose(
                draft, self.linking,
                lambda chain: (chain.form in held or is_region(chain, kind))
                and chain.entity not in whom and fits(chain, kind),
                DESCRIBED_SURE,
            )  # fmt: skip
            if draft.entity:
                return
            if kind == "state":
                self.describing.latest(draft, kind)
            elif kind == "group" or draft.key == "organisation":
                self.describing.last_group(draft)

    def acted_on(self, draft: Draft) -> set[str]:
        """Whom the verb is told to act on by name of which a description is the subject: "the group blames the M23"
        is another group."""
        token = self.doc[draft.head]
        if token.dep_ != "nsubj":
            return set()
        objects = [kid.i for kid in token.head.rights if kid.dep_ in ("obj", "iobj")]
        named = [self.by_head[place] for place in objects if place in self.by_head]
        return {held.entity for held in named if held.entity and held.kind == "name"}

    def our_country(self, draft: Draft) -> bool:
        """Give a quoted "our country" the state of who speaks."""
        words = self.maker.words
        if words.lowers[draft.first] not in ("our", "my"):
            return False
        speaker = self.speakers.first_person(draft.head)
        country = speaker.reading.country if speaker is not None and speaker.reading else ""
        state = self.maker.names.lexicon.country(country) if country else None
        return state is not None and self.describing.give_known(draft, state.id, 0.8)
