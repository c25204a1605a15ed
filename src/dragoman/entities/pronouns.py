"""Which chain a personal pronoun belongs to: a score for every chain, and silence when two tie."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dragoman.entities.grammar import OBJECTS, SUBJECTS, above, clause_of, same_clause, subject_of
from dragoman.entities.unplaced import OFFICIAL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc, Token

    from dragoman.entities.chains import Chain, Chains
    from dragoman.entities.mentions import Draft

# what a pronoun's form may stand for
FITS = {
    "person": frozenset({"person"}),
    "thing": frozenset({"state", "organisation", "group", "place"}),
    "any": frozenset({"people", "group", "organisation", "collective"}),
}
AGAINST = frozenset({"with", "against"})
NAMED = frozenset({"nmod:desc", "appos", "flat"})
OBJECT_CASE = frozenset({"him", "them"})
REACH = {"person": 4, "thing": 2, "any": 2}  # sentences back
MARGIN = {"person": 0.5, "thing": 0.8, "any": 0.8}  # by how much the best must lead
FLOOR = {"person": 2.5, "thing": 3.0, "any": 2.5}  # what the best must reach


class Pronouns:
    """Scores chains for the pronouns of one story.

    Args:
        doc: the parsed story.
        chains: the chains so far; they grow while the story is read.
        sentence: number of the sentence of every token.
        speech: lemmas of verbs of saying.
        by_head: the longest draft of every head.
        lists: words of one kind.
    """

    def __init__(
        self,
        doc: Doc,
        chains: Chains,
        sentence: list[int],
        speech: frozenset[str],
        by_head: Mapping[int, Draft],
        lists: Mapping[str, frozenset[str]],
    ) -> None:
        self.doc = doc
        self.chains = chains
        self.sentence = sentence
        self.speech = speech
        self.by_head = by_head
        self.lists = lists
        self.opposed: dict[int, list[Draft]] = {}
        self.clauses: dict[int, int] = {}

    def link(self, draft: Draft) -> None:
        """Give a pronoun of the third person its entity, when one chain leads plainly."""
        coordinated = self.shared_owner(draft)
        if coordinated is not None:
            draft.entity, draft.form, draft.confidence = coordinated.entity, coordinated.form, 0.9
            return
        barred = self.barred(draft)
        scored = []
        for chain in self.chains.held.values():
            score = self.score(draft, chain) if chain.entity != barred else None
            if score is not None:
                scored.append((score, chain))
        scored.sort(key=lambda pair: -pair[0])
        if not scored or scored[0][0] <= FLOOR[draft.form]:
            self.spoken_of_state(draft)
            return
        best, chain = scored[0]
        lead = best - scored[1][0] if len(scored) > 1 else best
        if len(scored) > 1 and lead < MARGIN[draft.form]:
            return
        draft.entity = chain.entity
        draft.confidence = round(min(0.95, 0.55 + lead / 8), 2)
        if draft.form == "person" and not chain.gender:
            chain.gender = draft.gender
        draft.form = chain.form

    def spoken_of_state(self, draft: Draft) -> None:
        """A "he" with nobody to go to, after a sentence about a state: its government is meant."""
        token = self.doc[draft.head]
        if draft.form != "person" or token.dep_ not in SUBJECTS:
            return
        here = self.sentence[draft.head]
        for chain in self.chains.held.values():
            noun = self.doc[chain.last.head]
            if (
                chain.form == "state"
                and noun.dep_ in SUBJECTS
                and self.sentence[noun.i] == here - 1
            ):
                if noun.head.dep_ == "ROOT":
                    draft.entity, draft.form, draft.confidence = chain.entity, "state", 0.5

    def shared_owner(self, draft: Draft) -> Chain | None:
        """ "the United States and its allies": the owner is the phrase that "and" joins."""
        token = self.doc[draft.head]
        if token.dep_ != "nmod:poss":
            return None
        other = self.first_owner(token) or self.told_last(token) or self.same_owner(token)
        if other is None and token.i >= 2 and self.doc[token.i - 1].tag_ == "CC":
            other = self.by_head.get(token.i - 2)
            other = other if other is not None and other.last == token.i - 1 else None
        if other is None and token.head.dep_ == "conj":
            other = self.by_head.get(token.head.head.i)
        if other is None or not other.entity or other.entity not in self.chains.held:
            return None
        chain = self.chains.held[other.entity]
        return chain if self.agrees(draft, chain) else None

    def same_owner(self, token: Token) -> Draft | None:
        """Whose soldiers they are in "Its headquarters said two of its soldiers had died": the same one's."""
        verb = token
        while verb.head != verb and not (verb.dep_ == "ccomp" and self.says(verb.head)):
            verb = verb.head
        speaker = subject_of(verb.head) if verb.dep_ == "ccomp" else None
        if speaker is None or speaker.i > token.i:
            return None
        owners = (kid for kid in speaker.lefts if kid.dep_ == "nmod:poss")
        same = next((kid for kid in owners if kid.lower_ == token.lower_), None)
        return self.by_head.get(same.i) if same is not None else None

    def first_owner(self, token: Token) -> Draft | None:
        """Whose "its shelling" is in "the rebels' capture of the town and its shelling of the camp"."""
        noun = token.head.head if token.head.dep_ == "conj" else None
        if noun is None or noun.lemma_.lower() not in self.lists["deed of somebody"]:
            return None
        owner = next((kid for kid in noun.lefts if kid.dep_ == "nmod:poss"), None)
        return self.by_head.get(owner.i) if owner is not None else None

    def told_last(self, token: Token) -> Draft | None:
        """Whose ministry "Chad will leave despite the warnings of Mali, its foreign ministry said" is: that of
        who is the subject of what is said."""
        noun, verb = token.head, token.head.head
        if noun.dep_ not in SUBJECTS or verb.lemma_.lower() not in self.speech:
            return None
        said = next((kid for kid in verb.lefts if kid.dep_ in ("ccomp", "parataxis")), None)
        said = (
            verb.head
            if said is None and verb.dep_ == "parataxis" and verb.head.i < verb.i
            else said
        )
        subject = subject_of(said) if said is not None else None
        held = self.by_head.get(subject.i) if subject is not None and subject.i < noun.i else None
        return held if held is not None and held.form == "state" else None

    def barred(self, draft: Draft) -> str:
        """The entity that the pronoun's clause has as its (borrowed) subject, "" for none.

        Of "the men whom they are said to have killed", the men: they are told apart.
        """
        token = self.doc[draft.head]
        if token.dep_ in SUBJECTS and token.head.dep_ == "acl:relcl":
            held = self.by_head.get(token.head.head.i)
            return held.entity if held is not None else ""
        whom = self.doc[max(0, token.i - 1)]  # "freed Moll, whom he accused": he is not Moll
        if token.dep_ in SUBJECTS and whom.lower_ == "whom" and whom.i > 1:
            noun = self.doc[whom.i - 2 if self.doc[whom.i - 1].text == "," else whom.i - 1]
            while noun.dep_ in ("flat", "compound") and noun.head.i < noun.i:
                noun = noun.head
            held = self.by_head.get(noun.i)
            return held.entity if held is not None else ""
        if token.tag_ == "PRP$" and self.is_target(token):
            subject = subject_of(token.head.head)
            held = self.by_head.get(subject.i) if subject is not None else None
            return held.entity if held is not None else ""
        if (
            token.tag_ == "PRP$"
            or (token.dep_ in SUBJECTS and token.lower_ not in OBJECT_CASE)
            or token.lower_.endswith(("self", "selves"))
        ):
            return ""
        clause = clause_of(token)
        if token.dep_ in SUBJECTS:  # "accusing him of falling": the object of the verb above
            clause = token.head.head
        subject = subject_of(clause)
        if subject is None or subject.i == token.i:
            return ""
        held = self.by_head.get(subject.i)
        return held.entity if held is not None else ""

    def fired_at(self, draft: Draft) -> Chain | None:
        """Whose "their positions" are in "the army said that rebels had shelled them": who says so, or
        the state for which he does."""
        token = self.doc[draft.head]
        if token.tag_ != "PRP$" or draft.form == "person" or not self.is_target(token):
            return None
        verb = token.head.head
        said = verb.head if verb.dep_ == "ccomp" else None
        speaker = subject_of(said) if said is not None and self.says(said) else None
        held = self.by_head.get(speaker.i) if speaker is not None else None
        chain = self.chains.held.get(held.entity) if held is not None else None
        if chain is None or chain.entity == self.barred(draft):
            return None
        if chain.form in ("person", "people") and {"GOV", "MIL"} & set(chain.sectors[:1]):
            state = self.chains.lexicon.country(chain.country)
            return self.chains.held.get(state.id) if state is not None else None
        return chain if chain.form in ("state", "organisation", "group", "people") else None

    def is_target(self, token: Token) -> bool:
        """Whether what an owner has is fired at: "said that the rebels had shelled its positions"."""
        noun, verb = token.head, token.head.head
        struck = verb.lemma_.lower() in self.lists["fires at"] and noun.dep_ in ("obj", "obl")
        own = any(kid.lower_ == "own" for kid in noun.children)
        return struck and not own and noun.lemma_.lower() in self.lists["fired at"]

    def accused(self, draft: Draft, lists: Mapping[str, frozenset[str]]) -> Chain | None:
        """Who denies a charge by a pronoun: "Chad accused Mali of it, a charge it denies" is Mali, and so
        is whose envoy "its envoy called the charge baseless" speaks of.

        Args:
            draft: the pronoun.
            lists: the words "denying", "belittling", "charged" and "charging".
        """
        token = self.doc[draft.head]
        owns = token.tag_ == "PRP$"
        subject = token.head if owns else token
        while owns and subject.dep_ in NAMED and subject.head != subject:
            subject = subject.head  # "its envoy, Dara Moll, called …"
        verb = subject.head
        lemma = verb.lemma_.lower()
        belittles = lemma in lists["belittling"]
        if subject.dep_ not in SUBJECTS or not (belittles or lemma in lists["denying"]):
            return None
        told = {kid.lower_ for kid in verb.children if kid.dep_ in OBJECTS}
        if belittles:  # "called [the charge baseless]"
            told |= {
                kid.lower_
                for clause in verb.children
                if clause.dep_ in ("xcomp", "ccomp")
                for kid in clause.lefts
                if kid.dep_ in SUBJECTS
            }
        if not belittles and not owns:
            told |= {word.lower_ for word in self.doc[max(0, token.i - 1) : token.i]}
        if not told & lists["charged"]:
            return None
        low = self.doc[max(0, token.sent.start - 1)].sent.start
        for earlier in reversed(self.doc[low : token.i]):
            if earlier.tag_.startswith("VB") and earlier.lemma_.lower() in lists["charging"]:
                charged = [kid for kid in earlier.rights if kid.dep_ in ("obj", "iobj")]
                charged = charged or [
                    word
                    for kid in earlier.rights
                    if kid.dep_ == "ccomp"
                    for word in kid.lefts
                    if word.dep_ in SUBJECTS
                ]
                held = self.by_head.get(charged[0].i) if charged else None
                chain = self.chains.held.get(held.entity) if held is not None else None
                if chain is None or self.agrees(draft, chain):
                    return chain
                one = charged[0].tag_ == "NN" and chain.form == "people"  # "the military"
                return chain if one and draft.form == "thing" else None
        return None

    def agrees(self, draft: Draft, chain: Chain) -> bool:
        """Whether form, gender and number allow the pronoun to stand for the chain."""
        if chain.form not in FITS[draft.form]:
            return False
        if draft.gender and chain.gender and draft.gender != chain.gender:
            return False
        return not (draft.form == "thing" and chain.number == "plural")

    def may_be(self, draft: Draft, chain: Chain) -> bool:
        """Whether a pronoun may stand for a chain: they agree, and its clause says nothing against.

        The opposition is set against its own state every day.
        """
        if not self.agrees(draft, chain) or self.is_no_owner(draft, chain):
            return False
        person = draft.form == "person" and bool(chain.country) and "OPP" not in chain.sectors
        return not (person and self.own_land(draft, chain.country))

    def is_no_owner(self, draft: Draft, chain: Chain) -> bool:
        """Whether a newspaper would own an army or a ministry ("told Reuters that its troops"), a pipeline or a
        town that was struck those who lead and fight ("Its leaders", "its commander")."""
        token = self.doc[draft.head]
        if token.tag_ != "PRP$":
            return False
        owned = self.by_head.get(token.head.i)
        role = owned.role if owned is not None else None
        if role is None:
            return False
        if chain.sectors[:1] == ("JRN",):
            return not OFFICIAL.isdisjoint(role.sectors[:1])
        if role.phrase not in self.lists["of a group"]:
            return False
        site = not self.lists["site"].isdisjoint(chain.keys)
        return site or (chain.form == "place" and role.phrase not in self.lists["leads a body"])

    def score(self, draft: Draft, chain: Chain) -> float | None:
        """How well a chain fits a pronoun; None where it cannot."""
        if not self.agrees(draft, chain) or self.is_no_owner(draft, chain):
            return None
        before = self.parallel(draft, chain)
        last = before or chain.last
        gap = self.sentence[draft.head] - self.sentence[last.head]
        if gap > REACH[draft.form] or (last.as_place and draft.form != "thing"):
            return None
        if same_clause(self.doc, draft, last):
            return None
        token, noun = self.doc[draft.head], self.doc[last.head]
        role = noun.dep_
        score = 6.0 - 2.0 * gap + 0.8 * math.log(len(chain.drafts))
        score += 2.0 if role in SUBJECTS else 0.8 if role in OBJECTS else 0.0
        if last.as_place or last.kind == "adjective":
            score -= 2.5
        if chain.form == "place":
            score -= 1.5
        if draft.form == "any":
            score += 1.0 if chain.number == "plural" else -1.0
        if gap == 0 and token.tag_ == "PRP$" and above(noun.head, token):
            score += 1.0
        if token.dep_ in SUBJECTS and role in SUBJECTS:
            score += 1.0
            if self.says(token.head) and self.says(noun.head):
                score += 1.5
        score += 2.0 if before is not None else 0.0
        if draft.gender and chain.gender == draft.gender:
            score += 0.5
        if draft.form == "person" and not chain.entity.startswith("unnamed:"):
            score += 1.0  # who has a name is spoken of
        if draft.form == "person" and chain.country and self.own_land(draft, chain.country):
            return None
        return score

    def parallel(self, draft: Draft, chain: Chain) -> Draft | None:
        """The chain as main subject of the sentence before, where "it" is that of its own."""
        if draft.form != "thing" or not self.main_subject(draft):
            return None
        here = self.sentence[draft.head]
        for held in reversed(chain.drafts):
            gap = here - self.sentence[held.head]
            if gap > 1:
                return None
            if gap == 1 and held.kind != "adjective" and self.main_subject(held):
                return held
        return None

    def main_subject(self, draft: Draft) -> bool:
        """Whether a draft is the subject of its sentence's main verb."""
        token = self.doc[draft.head]
        return token.dep_ in SUBJECTS and token.head.dep_ == "ROOT"

    def own_land(self, draft: Draft, country: str) -> bool:
        """Whether the clause sets the pronoun against a country ("He … talks with Russia")."""
        clause = self.clauses.get(draft.head)
        if clause is None:
            clause = self.clauses[draft.head] = clause_of(self.doc[draft.head]).i
        opposed = self.opposed.get(clause)
        if opposed is None:
            opposed = self.opposed[clause] = self.set_against(self.doc[clause])
        return any(self.chains.country_of(held.entity) == country for held in opposed)

    def set_against(self, clause: Token) -> list[Draft]:
        """States that a clause has as objects, or after "with" and "against".

        Those of a clause below it ("the news that troops will leave Syria") are set against others.
        """
        found: list[Draft] = []
        for place in range(clause.left_edge.i, clause.right_edge.i + 1):
            held = self.by_head.get(place)
            if held is None or held.form != "state" or held.kind == "adjective":
                continue
            token = self.doc[place]
            if token != clause and (not clause.is_ancestor(token) or is_below(token, clause)):
                continue
            if token.dep_ in ("obj", "iobj") or (
                token.dep_ in ("obl", "nmod")
                and {child.lower_ for child in token.lefts if child.dep_ == "case"} & AGAINST
            ):
                found.append(held)
        return found

    def only(self, draft: Draft) -> Chain | None:
        """The one named person of a pronoun's gender, if nobody else of a name could be meant."""
        held = [
            chain for chain in self.chains.held.values()
            if chain.form == "person" and not chain.entity.startswith("unnamed:")
            and chain.gender in ("", draft.gender)
        ]  # fmt: skip
        if not draft.gender or len(held) != 1 or held[0].gender != draft.gender:
            return None
        return held[0] if self.may_be(draft, held[0]) else None

    def says(self, token: Token) -> bool:
        """Whether a verb reports speech."""
        return token.lemma_.lower() in self.speech


def is_below(token: Token, clause: Token) -> bool:
    """Whether a clause with a subject of its own stands between a word and the clause above."""
    while token != clause and token.head != token:
        if token.dep_.startswith(("ccomp", "csubj", "advcl", "acl")) and any(
            kid.dep_ in SUBJECTS for kid in token.lefts
        ):
            return True
        token = token.head
    return False
