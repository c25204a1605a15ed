"""Who "he", "the minister", "the bloc" and "both sides" are: open drafts to entities.

One pass in the order of the text. A pronoun or description goes to the best candidate before it;
where two are as good, it stays open: silence is better than a guess.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dragoman.entities.chains import Chain, Chains
from dragoman.entities.identity import take_owner
from dragoman.entities.mentions import Draft

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.entities.drafts import DraftMaker
    from dragoman.lexicon import Lexicon

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "nsubj:outer"})
OBJECTS = frozenset({"obj", "iobj"})
REFLEXIVES = ("self", "selves")
POSSESSIVES = frozenset({"his", "her", "its", "their", "whose"})
# what a pronoun's form may stand for
FITS = {
    "person": frozenset({"person"}),
    "thing": frozenset({"state", "organisation", "group", "place"}),
    "any": frozenset({"people", "group", "organisation", "state", "collective"}),
}
REACH = {"person": 4, "thing": 2, "any": 2}  # sentences back
MARGIN = 0.6  # by how much the best candidate must lead
STATE_WINDOW = 3  # sentences in which "the country" looks for a state


class Coreference:
    """Links the open drafts of one story.

    Args:
        doc: the parsed story.
        maker: what made the drafts (names, lexicon, date).
    """

    def __init__(self, doc: Doc, maker: DraftMaker) -> None:
        self.doc = doc
        self.maker = maker
        self.lexicon: Lexicon = maker.names.lexicon
        self.chains = Chains(self.lexicon, maker.date)
        self.sentence: list[int] = []
        for number, sentence in enumerate(doc.sents):
            self.sentence.extend([number] * (sentence.end - sentence.start))
        self.quoted = quoted(doc)
        self.by_head: dict[int, Draft] = {}

    def resolve(self, drafts: list[Draft]) -> None:
        """Give every draft that the text makes plain its entity; the rest keep none."""
        for draft in drafts:
            held = self.by_head.get(draft.head)
            if held is None or draft.last - draft.first > held.last - held.first:
                self.by_head[draft.head] = draft
        self.appositions(drafts)
        for draft in sorted(drafts, key=lambda draft: (draft.first, draft.last)):
            if not draft.entity:
                self.link(draft)
            if draft.entity:
                self.chains.add(draft)

    # syntax

    def appositions(self, drafts: list[Draft]) -> None:
        """Two phrases that syntax says are one: "Ann Linde, chair of …", "X is the president"."""
        for draft in drafts:
            token = self.doc[draft.head]
            if token.dep_ != "appos" or token.head.i == draft.head:
                continue
            other = self.by_head.get(token.head.i)
            if other is not None and other is not draft and other.head != draft.head:
                self.unify(other, draft)

    def unify(self, first: Draft, second: Draft) -> None:
        """Let two drafts stand for one entity, the named one's; what the other tells is kept."""
        if not self.compatible(first, second):
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
        """Whether two drafts may be one: same kind of thing, number, and no two countries."""
        if first.number != second.number and "people" not in (first.form, second.form):
            return False
        if (first.form == "person") != (second.form == "person"):
            return False
        return not ("state" in (first.form, second.form) and first.form != second.form)

    # one draft

    def link(self, draft: Draft) -> None:
        """Find the entity of one open draft."""
        if draft.kind == "pronoun":
            if draft.form == "relative":
                self.relative(draft)
            elif draft.form in FITS:
                self.pronoun(draft)
        elif draft.kind == "description":
            self.described(draft)
        else:
            self.owned(draft)
            if (
                not draft.entity
                and not self.unknown_owner(draft)
                and (draft.definite or self.bare_plural(draft))
            ):
                self.role(draft)

    def owned(self, draft: Draft) -> None:
        """Give a role phrase without a country its owner's ("its troops", "Putin's spokesman")."""
        if draft.role is None or draft.reading is None or draft.reading.country:
            return
        for child in self.doc[draft.head].lefts:
            if child.dep_ == "nmod:poss":
                other = self.by_head.get(child.i)
                chain = self.chains.held.get(other.entity) if other and other.entity else None
                if chain is not None and chain.country:
                    take_owner(draft, chain, self.maker.reader.scanner, self.maker.date)
                return

    def unknown_owner(self, draft: Draft) -> bool:
        """Whether the phrase belongs to somebody the text leaves open ("their leader")."""
        for child in self.doc[draft.head].lefts:
            if child.dep_ == "nmod:poss":
                other = self.by_head.get(child.i)
                return other is not None and not other.entity
        return False

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

    def pronoun(self, draft: Draft) -> None:
        """A personal pronoun of the third person: the best candidate that leads plainly."""
        scored = []
        for chain in self.chains.held.values():
            score = self.score(draft, chain)
            if score is not None:
                scored.append((score, chain))
        if not scored:
            return
        scored.sort(key=lambda pair: -pair[0])
        lead = scored[0][0] - (scored[1][0] if len(scored) > 1 else 0.0)
        if scored[0][0] <= 0 or (len(scored) > 1 and lead < MARGIN):
            return
        chain = scored[0][1]
        draft.entity = chain.entity
        draft.confidence = round(min(0.95, 0.5 + lead / 8), 2)
        if draft.form == "person" and not chain.gender:
            chain.gender = draft.gender
        draft.form = chain.form

    def score(self, draft: Draft, chain: Chain) -> float | None:
        """How well a chain fits a pronoun; None where it cannot."""
        if chain.form not in FITS[draft.form]:
            return None
        if draft.gender and chain.gender and draft.gender != chain.gender:
            return None
        if draft.form == "thing" and chain.number == "plural":
            return None
        if draft.form == "any" and chain.form == "state":
            return None
        last = chain.last
        gap = self.sentence[draft.head] - self.sentence[last.head]
        if gap > REACH[draft.form] or (last.as_place and draft.form != "thing"):
            return None
        if self.same_clause(draft, last):
            return None
        role = self.doc[last.head].dep_
        score = 6.0 - 2.0 * gap + 0.8 * math.log(len(chain.drafts))
        score += 2.0 if role in SUBJECTS else 0.8 if role in OBJECTS else 0.0
        if last.as_place or last.kind == "adjective":
            score -= 2.5
        if draft.form == "any" and chain.number == "plural":
            score += 1.0
        token = self.doc[draft.head]
        if token.dep_ in SUBJECTS and role in SUBJECTS:
            score += 1.0
            if self.says(token.head) and self.says(self.doc[last.head].head):
                score += 1.5
        if draft.gender and chain.gender == draft.gender:
            score += 0.5
        return score

    def says(self, token: object) -> bool:
        """Whether a verb reports speech."""
        return getattr(token, "lemma_", "").lower() in self.maker.lists["speech"]

    def same_clause(self, draft: Draft, other: Draft) -> bool:
        """Whether binding forbids the two to be one: co-arguments of one verb, or nested."""
        pronoun, noun = self.doc[draft.head], self.doc[other.head]
        if other.first <= draft.first < other.last:
            return True
        if pronoun.lower_.endswith(REFLEXIVES) or pronoun.tag_ == "PRP$":
            return False
        if pronoun.head.i == noun.head.i and pronoun.head.i not in (pronoun.i, noun.i):
            return True
        return pronoun.head.i == noun.i

    def bare_plural(self, draft: Draft) -> bool:
        """Whether a phrase is a plural without article or number ("residents")."""
        if draft.number != "plural":
            return False
        first = self.doc[draft.first]
        return first.tag_ not in ("CD", "DT", "JJR", "PDT") and first.lower_ not in ("many", "some")

    def role(self, draft: Draft) -> None:
        """ "the minister", "the protesters": the latest chain that was called so."""
        country = draft.reading.country if draft.reading is not None else ""
        best: Chain | None = None
        for chain in reversed(self.chains.held.values()):
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

    # descriptions

    def described(self, draft: Draft) -> None:
        """A description from ``descriptions.tsv``: a state, an organisation, a group, a place."""
        kind, _, rest = draft.key.partition(":")
        if draft.form == "collective":
            self.collective(draft, kind, rest)
        elif kind == "among":
            self.among(draft, rest.split("|"))
        elif kind == "neighbour":
            self.neighbour(draft)
        elif kind in ("state", "place", "group", "organisation"):
            self.latest(draft, kind, rest)

    def among(self, draft: Draft, ids: list[str]) -> None:
        """The latest actor of the story that is one of ``ids``; the only one needs no mention."""
        held = [self.chains.held[key] for key in ids if key in self.chains.held]
        if len(held) > 1 and draft.form == "state":
            held.sort(key=lambda chain: (len(chain.drafts), chain.last.head))
        if held:
            draft.entity, draft.confidence = held[-1].entity, 0.9 if len(held) == 1 else 0.6
        elif len(ids) == 1 and self.lexicon.entry(ids[0], self.maker.date):
            draft.entity, draft.confidence = ids[0], 0.8

    def neighbour(self, draft: Draft) -> None:
        """ "its southern neighbour": the one state of the story that borders the owner."""
        owner = next((self.by_head.get(child.i) for child in self.doc[draft.head].lefts
                      if child.dep_ == "nmod:poss"), None)  # fmt: skip
        if owner is None or not owner.entity:
            return
        state = self.lexicon.state(owner.entity)
        if state is None:
            return
        words = {word.lower_ for word in self.doc[draft.first : draft.head]}
        fitting = [
            key for key in state.neighbours
            if key in self.chains.held and key != state.entry.id and self.lies(words, owner.entity, key)
        ]  # fmt: skip
        if len(fitting) > 1:
            recent = [key for key in fitting if self.near(self.chains.held[key], draft, 1)]
            fitting = recent or fitting
        if len(fitting) == 1:
            draft.entity, draft.confidence = fitting[0], 0.9

    def lies(self, words: set[str], owner: str, other: str) -> bool:
        """Whether ``other`` lies in the direction of ``owner`` that the words tell."""
        here, there = self.lexicon.state(owner), self.lexicon.state(other)
        if here is None or there is None or None in (here.latitude, there.latitude):
            return True
        assert here.latitude is not None and there.latitude is not None
        assert here.longitude is not None and there.longitude is not None
        north, east = there.latitude - here.latitude, there.longitude - here.longitude
        checks = {
            "northern": north > 0,
            "southern": north < 0,
            "eastern": east > 0,
            "western": east < 0,
        }
        return all(checks.get(word, True) for word in words)

    def near(self, chain: Chain, draft: Draft, sentences: int) -> bool:
        """Whether the chain's latest mention is at most so many sentences back."""
        return self.sentence[draft.head] - self.sentence[chain.last.head] <= sentences

    def latest(self, draft: Draft, kind: str, preferred: str) -> None:
        """ "the country", "the bloc": the latest chain of that form, when one leads plainly."""
        if preferred and preferred in self.chains.held:
            draft.entity, draft.confidence = preferred, 0.8
            return
        forms = {"state": ("state",), "place": ("place",), "group": ("group", "organisation"),
                 "organisation": ("organisation", "group")}[kind]  # fmt: skip
        found = [
            chain for chain in self.chains.held.values()
            if chain.form in forms and self.near(chain, draft, STATE_WINDOW)
            and not (chain.last.first <= draft.first < chain.last.last)
        ]  # fmt: skip
        scored = sorted(
            ((len(chain.drafts) - 2 * (self.sentence[draft.head] - self.sentence[chain.last.head]), chain.last.head, chain)
             for chain in found),
            key=lambda row: row[:2],
        )  # fmt: skip
        if not scored:
            return
        if len(scored) > 1 and scored[-1][0] - scored[-2][0] < 1:
            return
        draft.entity, draft.confidence = scored[-1][2].entity, 0.7
        draft.form = scored[-1][2].form

    def collective(self, draft: Draft, kind: str, rest: str) -> None:
        """ "both countries", "the two leaders", "the West": one entity with members."""
        if kind == "known":
            draft.entity = rest
            return
        forms = {"states": ("state",), "people": ("person",), "groups": ("group", "place"),
                 "sides": ("state", "group", "organisation")}[kind]  # fmt: skip
        found = [
            chain for chain in self.chains.held.values()
            if chain.form in forms and self.near(chain, draft, STATE_WINDOW) and not chain.last.as_place
        ]  # fmt: skip
        found.sort(key=lambda chain: (self.sentence[chain.last.head], len(chain.drafts)))
        draft.form = "collective"
        if len(found) >= 2:
            members = tuple(sorted(chain.entity for chain in found[-2:]))
            draft.entity = "+".join(members)
            draft.members = members
            draft.confidence = 0.8 if len(found) == 2 else 0.5


def quoted(doc: Doc) -> list[bool]:
    """Which tokens stand inside double quotation marks; an open quotation ends with its paragraph."""
    inside = False
    found = []
    for token in doc:
        if token.is_space and "\n" in token.text:
            inside = False
        if token.text in ("“", "``", "«"):
            inside = True
        found.append(inside)
        if token.text in ("”", "''", "»"):
            inside = False
        elif token.text == '"':
            inside = not inside
    return found
