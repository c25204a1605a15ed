"""Which two a story has told together: set apart by "between", joined, dealing with each other, spoken of most."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dragoman.entities.grammar import SUBJECTS
from dragoman.entities.tables import words
from dragoman.entities.words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc

    from dragoman.entities.chains import Chains
    from dragoman.entities.mentions import Draft
    from dragoman.lexicon import Lexicon

FAINT = 3  # times another state is spoken of more often than one that is hardly a side
HOME = 2  # times the state spoken of most may be spoken of more often than that of an army at war
PARAGRAPHS = 8  # sentences back in which two leaders, or two sides, are told of
WINDOW = 3  # sentences in which "the country" looks for a state
FORMS = {
    "state": ("state",),
    "place": ("place",),
    "group": ("group", "organisation"),
    "organisation": ("organisation", "group"),
    "business": ("organisation",),
    "media": ("organisation",),
    "states": ("state",),
    "people": ("person",),
    "persons": ("person",),
    "groups": ("group", "place"),
    "sides": ("state", "group", "organisation"),
}
#: An army that nobody's name is told of.
ARMIES = frozenset({"army", "military", "armed-forces"})
#: Whom two of a kind are looked for among, the whole story back.
SPOKEN_OF = {"states": ("state",), "people": ("state",), "sides": ("state", "group")}


class Together:
    """Says of one story whom "both sides" may stand for.

    Args:
        doc: the parsed story.
        chains: the chains so far; they grow while the story is read.
        sentence: number of the sentence of every token.
        by_head: the longest draft of every head.
        countries: how often the story names each country.
    """

    def __init__(
        self,
        doc: Doc,
        chains: Chains,
        sentence: list[int],
        by_head: Mapping[int, Draft],
        countries: Counter[str],
    ) -> None:
        self.doc = doc
        self.words = words_of(doc)
        self.chains = chains
        self.lexicon: Lexicon = chains.lexicon
        self.sentence = sentence
        self.by_head = by_head
        self.countries = countries

    def set_apart(self, draft: Draft) -> list[str]:
        """ "Fighting between the army and the rebels … both parties": the two last set apart by "between"."""
        here = self.sentence[draft.head]
        for head in sorted((x for x in self.by_head if x < draft.first), reverse=True):
            token = self.doc[head]
            if here - self.sentence[head] > PARAGRAPHS:
                break
            first = self.by_head.get(token.head.i) if token.dep_ == "conj" else None
            if first is None or not any(
                kid.lower_ == "between" for kid in self.doc[first.head].lefts
            ):
                continue
            forms = (*FORMS["sides"], "people")
            two = [held.entity for held in (first, self.by_head[head]) if held.form in forms]
            if len(set(two)) == 2 and all(two):
                return two
        return []

    def joined_before(self, draft: Draft) -> list[str]:
        """ "Ethiopia and Eritrea agreed to meet in Djibouti … both": the two, and no third, that act together shortly before."""
        here = self.sentence[draft.head]
        for head in sorted((x for x in self.by_head if x < draft.first), reverse=True):
            if here - self.sentence[head] > WINDOW:
                break
            token = self.doc[head]
            first = self.by_head.get(token.head.i) if token.dep_ == "conj" else None
            if first is None or token.head.dep_ not in SUBJECTS:
                continue
            beside = [kid for kid in token.head.children if kid.dep_ == "conj"]
            two = [key for held in (first, self.by_head[head]) if (key := self.side_of(held))]
            if len(beside) == 1 and len(set(two)) == 2 and all(two):
                return two
        return []

    def crossed_before(self, draft: Draft) -> list[str]:
        """ "The rebels accuse the junta of lying. The junta accuses them of theft … both": who did it to each other
        shortly before."""
        here, dealt = self.sentence[draft.head], list[tuple[str, str]]()
        for head in sorted((x for x in self.by_head if x < draft.first), reverse=True):
            if here - self.sentence[head] > WINDOW:
                break
            token, held = self.doc[head], self.by_head[head]
            if token.dep_ != "nsubj" or not held.entity:
                continue
            for kid in token.head.rights:
                other = self.by_head.get(kid.i) if kid.dep_ == "obj" else None
                if other is None or not other.entity or other.entity == held.entity:
                    continue
                if (other.entity, held.entity) in dealt:
                    return [other.entity, held.entity]
                dealt.append((held.entity, other.entity))
        return []

    def side_of(self, draft: Draft) -> str:
        """Id of the side a draft names: a state, a group, or the state of "envoys of the Congolese government"."""
        if draft.form in SPOKEN_OF["sides"]:
            return draft.entity
        chain = self.chains.held.get(draft.entity)
        if chain is None or chain.form == "person" or chain.sectors[:1] != ("GOV",):
            return ""
        return chain.country

    def spoken_of_most(self, draft: Draft, forms: Sequence[str]) -> list[str]:
        """Ids of the two that the story has spoken of most so far: "the two countries", "both sides".

        Of 118 that were coded by hand 104 were these, 63 the last two named. Who urges "both sides" is
        neither, nor is who mediates between them; an army may be a side.
        """
        urging = self.subject_country(draft)
        roles = ("obl", "nsubj") if draft.key == "sides" else ("obl",)
        between = {other.entity for other in self.by_head.values() if self.mediates(other, roles)}
        meant = [
            other for other in self.by_head.values()
            if (other.form in forms or (draft.key == "sides" and self.fights(other)))
            and other.entity and other.kind != "pronoun" and other.head < draft.first
            and other.entity not in between and not (other.as_place and self.is_capital(other))
            and not self.names_capital(other)
        ]  # fmt: skip
        same = self.one_army(meant) | self.one_state(meant) if draft.key == "sides" else {}
        told = Counter(same.get(other.entity, other.entity) for other in meant)
        others = [
            entity for entity, _ in told.most_common()
            if not urging or self.chains.country_of(entity) != urging
        ]  # fmt: skip
        most = [entity for entity, _ in told.most_common(2)]
        if len(others) > 1 and told[others[1]] * FAINT <= told[most[1]]:
            return most  # "the Armenian premier urged both sides", of Armenia and Azerbaijan
        return others[:2]

    def one_army(self, drafts: Sequence[Draft]) -> dict[str, str]:
        """Armies that no words set apart, "the army" and "the military": each with the one of a name, else
        with the one told first."""
        armies = list(dict.fromkeys(other.entity for other in drafts if self.is_army(other)))
        plain = [entity for entity in armies if not self.chains.country_of(entity)]
        told = Counter(
            self.chains.country_of(other.entity) for other in self.by_head.values() if other.entity
        )
        del told[""]
        most = max(told.values(), default=0)
        named = [
            entity for entity in armies
            if entity not in plain and told[self.chains.country_of(entity)] * HOME > most
        ]  # fmt: skip
        return (
            dict.fromkeys(plain, named[0]) if len(named) == 1 else dict.fromkeys(plain, *plain[:1])
        )

    def one_state(self, drafts: Sequence[Draft]) -> dict[str, str]:
        """A state and its army are one side: that of the state, but where it is told only for its army's ("Chad's army").

        A brigade that no table knows may be anybody's.
        """
        found: dict[str, str] = {}
        armies = {other.entity for other in drafts if self.is_army(other)}
        for army in {one for one in armies if not one.startswith("org:")}:
            told = [
                x for x in drafts if x.form == "state" and x.entity == self.chains.country_of(army)
            ]
            if told:
                itself = any(x.kind != "adjective" and not self.owns(x) for x in told)
                found |= {army: told[0].entity} if itself else {told[0].entity: army}
        return found

    def owns(self, draft: Draft) -> bool:
        """Whether a draft only tells whose somebody is: "Chad's army"."""
        return self.doc[draft.head].dep_ in ("nmod:poss", "amod", "compound")

    def fights(self, draft: Draft) -> bool:
        """Whether a draft names an army, or rebels that no name is told of."""
        chain = self.chains.held.get(draft.entity)
        rebels = chain is not None and draft.form == "people" and chain.sectors[:1] == ("REB",)
        return rebels or self.is_army(draft)

    def is_capital(self, draft: Draft) -> bool:
        """Whether a state is named by its capital: "talks in Doha" are not yet Qatar's."""
        return draft.reading is not None and draft.reading.how == "capital"

    def names_capital(self, draft: Draft) -> bool:
        """Whether a state is told for its capital alone: "talks in the Qatari capital"."""
        token = self.doc[draft.head]
        return token.head.lemma_ == "capital" and token.dep_ in ("amod", "compound", "nmod:poss")

    def mediates(self, draft: Draft, roles: Sequence[str]) -> bool:
        """Whether a draft is who mediates: "mediated by Oman" ("obl"), "Oman brokered a truce" ("nsubj")."""
        told, head = self.words, draft.head
        if told.lowers[told.above[head]] not in words()["mediating"]:
            return False
        cases = {kid.lower_ for kid in self.doc[head].lefts if kid.dep_ == "case"}
        if cases - {"by", "with"}:
            return False  # "brokered a deal between Chad and Mali"
        return told.deps[head].split(":")[0] in roles

    def is_army(self, draft: Draft) -> bool:
        """Whether a draft names an army by name or by its state's."""
        chain = self.chains.held.get(draft.entity)
        if chain is None or chain.sectors[:1] != ("MIL",):
            return False
        return chain.form == "organisation" or (draft.form == "people" and draft.key in ARMIES)

    def subject_country(self, draft: Draft) -> str:
        """The country of who does something to those a draft describes, "" where they do it."""
        token = self.doc[draft.head]
        if token.dep_ not in ("obj", "iobj", "obl"):
            return ""
        subject = next((kid.i for kid in token.head.lefts if kid.dep_ == "nsubj"), None)
        held = self.by_head.get(subject) if subject is not None else None
        return self.chains.country_of(held.entity) if held is not None else ""
