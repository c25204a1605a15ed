"""Descriptions from ``descriptions.tsv``: "the bloc", "its southern neighbour", "both sides"."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from dragoman.entities.collectives import Collectives
from dragoman.entities.grammar import SUBJECTS
from dragoman.entities.pointers import descriptions
from dragoman.entities.together import FORMS, WINDOW
from dragoman.entities.unplaced import BODIES
from dragoman.entities.words import words_of

if TYPE_CHECKING:
    from dragoman.entities.chains import Chain
    from dragoman.entities.mentions import Draft

OF_STATES = frozenset({"IGO", "EUR"})  # codes of bodies whose members are states
UNTOLD = frozenset({"", "UNK"})
BEFORE = 2  # sentences back in which "the country" looks for the state named last
VISITS = frozenset({"visit", "travel", "fly", "arrive"})  # what somebody does abroad
PERSONAL = frozenset({"his", "her"})
#: Sectors one of which a described body has, as far as its sectors are known.
SECTORS = {
    "business": frozenset({"BUS", "MNC"}),
    "media": frozenset({"JRN"}),
}


class Describing(Collectives):
    """Resolves the descriptions of one story, those of one entity and those of several."""

    def link(self, draft: Draft) -> None:
        """Give a description its entity where the story makes it plain."""
        kind, _, rest = draft.key.partition(":")
        if draft.form == "collective":
            self.collective(draft, kind, rest)
        elif kind == "among":
            self.among(draft, rest.split("|"))
        elif kind == "end":
            self.one_of_two(draft, rest)
        elif kind == "neighbour":
            self.neighbour(draft)
        elif kind == "capital":
            self.capital(draft)
        elif kind == "bloc":
            self.bloc(draft)
        else:
            self.latest(draft, kind)

    def among(self, draft: Draft, ids: list[str]) -> None:
        """The actor of the story that is one of ``ids``; the only one needs no mention."""
        told = [
            other.entity for kid in self.doc[draft.head].rights if kid.dep_ in ("nmod", "nmod:desc")
            if (other := self.by_head.get(kid.i)) is not None and other.entity in ids
        ]  # fmt: skip
        if told:  # "the breakaway region of Abkhazia"
            self.give(draft, told[0], 0.9)
            return
        held = [self.chains.held[key] for key in ids if key in self.chains.held]
        if len(held) > 1:
            held.sort(key=lambda chain: (len(chain.drafts), chain.last.head))
        if held:
            self.give(draft, held[-1].entity, 0.9 if len(held) == 1 else 0.6)
        elif len(ids) == 1:
            self.give_known(draft, ids[0], 0.8)

    def one_of_two(self, draft: Draft, end: str) -> None:
        """ "The latter": of the two named together last, in its sentence or the one before."""
        for head in range(draft.first - 1, -1, -1):
            if self.sentence[head] < self.sentence[draft.head] - 1:
                return
            last, first = self.by_head.get(head), self.by_head.get(self.doc[head].head.i)
            if self.doc[head].dep_ != "conj" or last is None or first is None:
                continue
            if last.entity and first.entity and last.entity != first.entity:
                self.give(draft, (first if end == "first" else last).entity, 0.85)
                return

    def neighbour(self, draft: Draft) -> None:
        """ "its southern neighbour": the one state of the story that borders the owner that way."""
        owner = next(
            (self.by_head.get(child.i) for child in self.doc[draft.head].lefts
             if child.dep_ == "nmod:poss"), None,
        )  # fmt: skip
        if owner is None:
            return
        words = {word.lower_ for word in self.doc[draft.first : draft.head]}
        owners = [owner.entity] if owner.entity else []
        acting = ""
        if (
            owner.kind == "pronoun"
        ):  # the pronoun may have been misread: who acts, or the map, decides
            near = [
                c for c in self.chains.held.values() if c.form == "state" and self.near(c, draft, 1)
            ]
            acting = self.acting(draft)
            owners += [c.entity for c in sorted(near, key=lambda c: -c.last.head)]
        for key in dict.fromkeys([acting, *owners]):
            fitting = self.bordering(key, draft, words) if key else []
            if key == acting:
                fitting.sort(key=lambda other: -len(self.chains.held[other].drafts))
            if len(fitting) == 1 or (fitting and key == acting):
                self.give(draft, fitting[0], 0.9 if key == owner.entity else 0.7)
                if key != owner.entity:
                    owner.entity, owner.form = key, "state"
                return

    def acting(self, draft: Draft) -> str:
        """The state that acts where "its neighbour" is told: of whose clause, or the clause above."""
        token = self.doc[draft.head]
        verb = token.head
        if token.dep_ not in SUBJECTS and not any(kid.dep_ in SUBJECTS for kid in verb.lefts):
            return ""  # "threatening its neighbour": who threatens stands elsewhere
        subjects = sorted((head for head in self.above(draft) if head < draft.first), reverse=True)
        return next(filter(None, map(self.state, subjects)), "")

    def bordering(self, owner: str, draft: Draft, words: set[str]) -> list[str]:
        """States of the story that border ``owner`` in the direction the words tell."""
        state = self.lexicon.state(owner)
        if state is None:
            return []
        fitting = [
            key for key in state.neighbours
            if key in self.chains.held and key != owner and self.lies(words, owner, key)
        ]  # fmt: skip
        if len(fitting) > 1:
            return [key for key in fitting if self.near(self.chains.held[key], draft, 1)] or fitting
        return fitting

    def lies(self, words: set[str], owner: str, other: str) -> bool:
        """Whether ``other`` lies in the direction of ``owner`` that the words tell."""
        here, there = self.lexicon.state(owner), self.lexicon.state(other)
        if here is None or there is None or None in (here.latitude, there.latitude):
            return True
        assert here.latitude is not None and there.latitude is not None
        assert here.longitude is not None and there.longitude is not None
        north, east = there.latitude - here.latitude, there.longitude - here.longitude
        told = {
            "northern": north > 0,
            "southern": north < 0,
            "eastern": east > 0,
            "western": east < 0,
        }
        return all(told.get(word, True) for word in words)

    def capital(self, draft: Draft) -> None:
        """ "the capital": that of the state the story is about, as a place."""
        top = self.countries.most_common(1)
        state = self.lexicon.state(top[0][0]) if top else None
        if state is None or (
            len(self.countries) > 1 and top[0][1] * 2 <= sum(self.countries.values())
        ):
            return
        self.give(draft, state.entry.id, 0.6)
        draft.as_place = True

    def bloc(self, draft: Draft) -> None:
        """ "The bloc": the body of states told last, but a court, and what has a word of its own; the one called so
        before, where another is named but once since."""
        apart = {
            told[1].partition(":")[2] for told in descriptions()["one"].values()
            if isinstance(told, tuple) and told[1].startswith("organisation:")
        }  # fmt: skip
        told = [
            chain for chain in self.chains.held.values()
            if chain.form == "organisation" and chain.country in OF_STATES
            and chain.entity not in apart and "JUD" not in chain.sectors
            and not chain.entity.startswith("unnamed:")
        ]  # fmt: skip
        if told:
            last = max(told, key=lambda chain: chain.last.head)
            before = self.called_before(draft) if len(last.drafts) == 1 else ""
            self.give(draft, before or last.entity, 0.8)

    def called_before(self, draft: Draft) -> str:
        """The entity of the one body that the story has called so by the same words ("the bloc"), "" for none or
        several: who is named between is not meant."""
        lowers = words_of(self.doc).lowers
        told = lowers[draft.first : draft.last]
        called = {
            chain.entity for chain in self.chains.held.values()
            if chain.form == "organisation" and any(
                one.kind == "description" and lowers[one.first : one.last] == told
                for one in chain.drafts
            )
        }  # fmt: skip
        return called.pop() if len(called) == 1 else ""

    def latest(self, draft: Draft, kind: str) -> None:
        """ "the country", "the bloc": the latest chain of that form, when one leads plainly."""
        if self.named_at_once(draft):
            return
        if self.preferred(draft) or (kind == "state" and self.owned(draft)):
            return
        here = self.sentence[draft.head]
        scored = sorted(
            (len(chain.drafts) - 2 * (here - self.sentence[chain.last.head]), chain.last.head, chain.entity)
            for chain in self.chains.held.values()
            if chain.form in FORMS[kind] and self.near(chain, draft, WINDOW)
            and self.is_kind(chain, kind)
            and not (chain.last.first <= draft.first < chain.last.last)
        )  # fmt: skip
        if scored and (len(scored) == 1 or scored[-1][0] - scored[-2][0] >= 1):
            self.give(draft, scored[-1][2], 0.7)

    def named_at_once(self, draft: Draft) -> bool:
        """Whether its own name follows at once, and no other is meant: "the youth movement Lucha"."""
        head = self.doc[draft.head]
        names = [
            kid for kid in head.children
            if kid.dep_ in ("appos", "flat") and kid.tag_.startswith("NNP") and kid.left_edge.i == head.i + 1
        ]  # fmt: skip
        held = self.by_head.get(names[0].i) if names else None
        if held is not None and held.entity and held.form in ("group", draft.form):
            self.give(draft, held.entity, 0.9)
        return bool(names)

    def is_kind(self, chain: Chain, kind: str) -> bool:
        """Whether a body may be "the company": it is known for one, or for nothing else."""
        wanted = SECTORS.get(kind)
        known = {*chain.sectors, chain.country if chain.country in BODIES else ""} - UNTOLD
        return wanted is None or not known or bool(known & wanted)

    def last_group(self, draft: Draft) -> None:
        """ "The group", "the organisation": the group with a name, if that was spoken of last."""
        if self.named_at_once(draft):
            return
        forms = {"group", draft.form}
        named = [
            chain for chain in self.chains.held.values()
            if chain.form in forms and chain.sectors
            and any(held.kind == "name" for held in chain.drafts)
            and self.near(chain, draft, WINDOW) and chain.last.last <= draft.first
        ]  # fmt: skip
        last = max(named, key=lambda chain: chain.last.head, default=None)
        if last is not None and last.form == "group" and draft.number == "singular":
            self.give(draft, last.entity, 0.7)

    def only_group(self, draft: Draft) -> None:
        """ "The terror group", said first: the one armed group with a name in the story so far."""
        called = descriptions()["one"].get(draft.key.rsplit("-", 1)[-1])
        named = self.doc[draft.head].tag_.startswith("NNP")  # "the People's Party"
        if named or draft.number != "singular" or called != ("group", "group"):
            return
        if self.named_at_once(draft):
            return
        armed = [
            chain for chain in self.chains.held.values()
            if chain.form == "group" and chain.sectors and not chain.entity.startswith("unnamed:")
        ]  # fmt: skip
        if len(armed) == 1 and armed[0].sectors[0] == "REB":
            self.give(draft, armed[0].entity, 0.7)
            draft.kind = "description"

    def named_before(self, draft: Draft) -> bool:
        """Give "the country" the state named last, a town standing for its state.

        One that acts, or whose officials do, is who acted before ("Chad left Oman. The country …").
        Who acts in the sentence is another where the country is only where, or what, he acts on
        ("pulled its troops out of the country").
        """
        first = bisect_left(self.sentence, self.sentence[draft.head] - BEFORE)
        before = list(range(draft.first - 1, first - 1, -1))
        if self.acts(draft):
            subjects = self.subjects
            before.sort(key=lambda head: (head not in subjects, -head))
        free = self.acts(draft) or self.doc[draft.head].dep_ == "nmod:poss"
        other = set() if free else {self.state(head) for head in self.above(draft)}
        if not free and self.doc[draft.head].head.lemma_ in VISITS:
            other |= {self.home(head) for head in self.above(draft)}
        found = next(
            filter(None, (self.state(h) for h in before if self.state(h) not in other)), ""
        )
        if found in self.chains.held:
            self.give(draft, found, 0.7)
        return bool(draft.entity)

    def state(self, head: int) -> str:
        """The id of the state that a phrase names or lies in, "" for none."""
        held = self.by_head.get(head)
        if held is None or held.kind == "pronoun":
            return ""
        if held.form not in ("state", "place") and held.kind != "adjective":
            return ""
        state = self.lexicon.state(self.chains.country_of(held.entity))
        return state.entry.id if state is not None else ""

    def home(self, head: int) -> str:
        """The id of the state that somebody is of, "" for nobody: nobody visits his own country."""
        held = self.by_head.get(head)
        state = self.lexicon.state(self.chains.country_of(held.entity)) if held else None
        return state.entry.id if state is not None else ""

    def acts(self, draft: Draft) -> bool:
        """Whether a phrase is a subject, or the owner of somebody ("the country's minister")."""
        token = self.doc[draft.head]
        owned = self.by_head.get(token.head.i) if token.dep_ == "nmod:poss" else None
        return token.dep_ in SUBJECTS or (
            owned is not None and owned.form in ("person", "organisation")
        )

    def above(self, draft: Draft) -> set[int]:
        """The words of the subjects of all verbs above a phrase."""
        token, found = self.doc[draft.head], set[int]()
        while token.head.i != token.i:
            token = token.head
            found.update(
                word.i for kid in token.lefts if kid.dep_ in SUBJECTS for word in kid.subtree
            )
        return found

    @cached_property
    def subjects(self) -> frozenset[int]:
        """The words of all subjects."""
        above = [token.head.i for token in self.doc]
        held: dict[int, bool] = {token.i: True for token in self.doc if token.dep_ in SUBJECTS} | {
            place: False for place, head in enumerate(above) if head == place
        }
        for place in range(len(above)):
            passed = []
            while place not in held:
                passed.append(place)
                place = above[place]
            held.update(dict.fromkeys(passed, held[place]))
        return frozenset(place for place, inside in held.items() if inside)

    def owned(self, draft: Draft) -> bool:
        """Give "his country" the state of the one person the sentence has named before it."""
        owner = next((c for c in self.doc[draft.head].lefts if c.dep_ == "nmod:poss"), None)
        if owner is None or owner.lower_ not in PERSONAL:
            return False
        here = self.sentence[draft.head]
        people = [
            chain for chain in self.chains.held.values()
            if chain.form == "person" and chain.country
            and self.sentence[chain.last.head] == here and chain.last.head <= draft.first
        ]  # fmt: skip
        told = self.by_head.get(owner.i)
        if told is not None and told.entity:  # the pronoun is known already
            people = [chain for chain in people if chain.entity == told.entity]
        state = self.lexicon.state(people[0].country) if len(people) == 1 else None
        if state is None or state.entry.id not in self.chains.held:
            return False
        self.give(draft, state.entry.id, 0.8)
        return True

    def preferred(self, draft: Draft) -> bool:
        """Give "the bloc" the entity the table prefers for it, when the story speaks of it."""
        wanted = draft.key.partition(":")[2]
        if wanted and wanted in self.chains.held:
            self.give(draft, wanted, 0.8)
            return True
        return False
