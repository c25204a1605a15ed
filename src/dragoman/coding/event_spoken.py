"""Everybody spoken of in a story, and rows of numbers on who may be meant at each side of an event.

``event_understood`` weighs the rows.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from dragoman.coding import chronology
from dragoman.coding.event_beside import helped_beside
from dragoman.coding.event_open import OpenPlaces, likely_of
from dragoman.coding.event_pronouns import NO_HOME
from dragoman.coding.event_untouched import struck_before
from dragoman.coding.sections import sections
from dragoman.coding.turn_speakers import turn_speakers
from dragoman.entities.speakers import FIRST_WORDS

if TYPE_CHECKING:
    from dragoman.coding.event_draft import Draft
    from dragoman.coding.patterns import Syntax
    from dragoman.entities.index import EntityIndex
    from dragoman.model import Mention

ROLES = ("actor", "recipient")
MENTION_KINDS = ("name", "title", "description", "adjective", "pronoun", "unnamed")
ENTITY_KINDS = ("state", "organisation", "group", "person", "unnamed", "collective", "place")
DEPS = ("nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "nmod", "nmod:poss", "amod", "compound",
        "appos", "conj", "acl", "iobj")  # fmt: skip
AUX = ("future", "hypothetical", "negation")
_TOP = frozenset({"ROOT", "root", "conj", "parataxis"})
#: Sentences before the event's that are looked at, and entities most spoken of in the story.
_BACK, _MOST = 2, 3
_STEPS = 8
_FAR = (9.0, 9.0)
#: Kinds of the mention that is told, in the order of the rows.
_HELD_KINDS = ("pronoun", "description", "name")


class Candidate(NamedTuple):
    """Somebody who may be meant: the mention that speaks most for it.

    ``sentence``: number of the mention's sentence. ``countries``: of all its members.
    """

    mention: Mention
    sentence: int
    countries: frozenset[str]


class Spoken:
    """Everybody spoken of in one story.

    Args:
        mutual: types that several actors who do it do with each other.
    """

    def __init__(self, syntax: Syntax, index: EntityIndex, mutual: frozenset[str]) -> None:
        self.syntax, self.index = syntax, index
        self.places = OpenPlaces(syntax, index, mutual)
        self._sections = sections(syntax.doc)
        self._years = bool(chronology.starts(syntax.doc.text))  # of one land, entry by entry
        self.turns = turn_speakers(syntax.doc, index)
        self._of: dict[str, list[Candidate]] = {}
        self._in: dict[int, list[Candidate]] = {}
        self._here: dict[tuple[str, int], list[Mention]] = {}
        self._shares: Counter[str] = Counter()
        for mention in index.mentions:
            spoken = index.entities[mention.entity]
            if (
                spoken.kind == "other"
                or (
                    spoken.kind == "person"
                    and spoken.sectors[:1] == ("JRN",)
                    and (_is_label(mention, syntax) or syntax.word[mention.first] == "our")
                )
                or mention.entity in self.turns.asking
            ):
                continue  # the reporter in a transcript ("NDIAYE: …") and "our correspondent" are no party
            held = self._of.setdefault(mention.entity, [])
            countries = held[0].countries if held else index.countries([mention])
            found = Candidate(mention, self._sentence(mention.first), countries)
            held.append(found)
            self._in.setdefault(found.sentence, []).append(found)
            self._here.setdefault((mention.entity, found.sentence), []).append(mention)
            self._shares.update(countries)
        self._all = max(1, sum(self._shares.values()))
        self._home = max(self._shares, key=lambda key: (self._shares[key], key), default="")
        self._most = self._most_spoken_of()
        self._subjects: dict[int, frozenset[str]] = {}
        self._kinds: dict[tuple[int, int], list[float]] = {}
        self.dealings: Counter[frozenset[str]] = Counter()

    def _sentence(self, token: int) -> int:
        return bisect_right(self.syntax.sentence_starts, token) - 1

    def _most_spoken_of(self) -> list[list[Candidate]]:
        """Where the entities with a country that are spoken of most are named."""
        found: list[list[Candidate]] = []
        for _, mentions in sorted(self._of.items(), key=lambda item: (-len(item[1]), item[0])):
            named = [
                one for one in mentions
                if one.countries and one.mention.kind != "pronoun" and not one.mention.as_place
            ]  # fmt: skip
            if named and len(found) < _MOST:
                found.append(named)
        return found

    def open_places(
        self, drafts: Iterable[Draft], types: Sequence[str]
    ) -> Iterable[tuple[Draft, str, list[Candidate], list[list[float]]]]:
        """Draft, role, who may be meant, and a row of numbers for each.

        The role is one that nobody takes, or somebody whose words the language model hardly sees in
        it; who is told is then among those who may be meant.
        """
        drafts = list(drafts)
        self.dealings = self._dealt(drafts)
        before: dict[tuple[str, str], set[str]] = {}
        for draft in drafts:
            told = {"actor": draft.actors, "recipient": draft.recipients}
            for role in ROLES:
                if not self.places.is_open(draft, role, told[role]):
                    continue
                near = self._with_told(self.candidates(draft, role), told[role])
                candidates = self._free(near, told[role], told[ROLES[role == "actor"]])
                first, last = draft.sentence
                here = any(first <= x.first < last for x in told[role])
                us = self._who_says_us(draft, told[ROLES[role == "actor"]])
                barred = self.places.is_no_answer if here else self.places.is_barred
                helped = set[str]()
                if role == "recipient":
                    helped = helped_beside(draft, drafts) | struck_before(
                        draft, drafts, self.syntax
                    )
                candidates = [
                    one for one in candidates
                    if one.mention in told[role]
                    or not (one.mention.entity in helped | us or barred(one.mention, draft, role))
                ]  # fmt: skip
                if candidates:
                    rows = self._rows(draft, role, near, candidates, before, types)
                    yield draft, role, candidates, rows
            for role, mentions in told.items():
                if mentions and role not in draft.understood:
                    entities = {mention.entity for mention in mentions}
                    before[role, ""] = before[role, draft.type] = entities

    def _dealt(self, drafts: Iterable[Draft]) -> Counter[frozenset[str]]:
        """Pairs of countries, and in how many drafts one acts on the other."""
        found: Counter[frozenset[str]] = Counter()
        for draft in drafts:
            sides = [
                self.index.countries(mentions) for mentions in (draft.actors, draft.recipients)
            ]
            found.update({frozenset((one, two)) for one in sides[0] for two in sides[1]})
        return found

    def candidates(self, draft: Draft, role: str) -> list[Candidate]:
        """Each entity near a draft once, by the mention the language model takes for the party."""
        here, likely = self._sentence(draft.token), likely_of(draft, role)
        own = self._sections[draft.token]
        best: dict[str, tuple[tuple[float, int, int], Candidate]] = {}
        for number in range(here - _BACK, here + 1):
            for found in self._in.get(number, ()):
                mention = found.mention
                if mention.head == draft.token or self._sections[mention.first] != own:
                    continue
                worth = (_covered(mention, likely), number, -abs(mention.head - draft.token))
                if mention.entity not in best or worth > best[mention.entity][0]:
                    best[mention.entity] = worth, found
        chosen = {entity: found for entity, (_, found) in best.items()}
        for everywhere in self._most:
            named = [
                one for one in everywhere
                if self._years or self._sections[one.mention.first] == own
            ]  # fmt: skip
            if not named:
                continue
            earlier = [one for one in named if one.mention.first < draft.token]
            chosen.setdefault(named[0].mention.entity, earlier[-1] if earlier else named[0])
        return list(chosen.values())

    def _with_told(
        self, candidates: Sequence[Candidate], told: Sequence[Mention]
    ) -> list[Candidate]:
        """The candidates, each of those who are told by the mention that tells him."""
        own = [
            Candidate(mention, self._sentence(mention.head), self.index.countries([mention]))
            for mention in told
        ]
        entities = {mention.entity for mention in told}
        return [*(one for one in candidates if one.mention.entity not in entities), *own]

    def _free(
        self, near: Sequence[Candidate], told: Sequence[Mention], other: Sequence[Mention]
    ) -> list[Candidate]:
        """Those who may take the place: not the other side, nor who would change no country."""
        held, own = {x.entity for x in other}, {x.entity for x in told}
        countries = self.index.countries(told)
        return [
            one for one in near
            if one.mention.entity in own
            or (one.mention.entity not in held
                and (not told or bool(one.countries and not one.countries & countries)))
        ]  # fmt: skip

    def _rows(
        self,
        draft: Draft,
        role: str,
        near: Sequence[Candidate],
        candidates: Sequence[Candidate],
        before: Mapping[tuple[str, str], set[str]],
        types: Sequence[str],
    ) -> list[list[float]]:
        """A row of numbers for each candidate, in the order that the trees know."""
        here = self._sentence(draft.token)
        other = draft.recipients if role == "actor" else draft.actors
        held = {mention.entity for mention in other}
        opposite = self.index.countries(other)
        others = {c: n for c, n in self._shares.items() if c not in opposite and c not in NO_HOME}
        total, most = sum(others.values()), max(others.values(), default=0)
        told = [
            *(before.get((side, draft.type), ()) for side in ROLES),
            *(before.get((side, ""), ()) for side in ROLES),
            self._subjects_of(here),
            self._subjects_of(here - 1),
            self._speaker(draft),
        ]
        likely = likely_of(draft, role), likely_of(draft, ROLES[role == "actor"])
        asked = [
            float(len(near)),
            float(sum(one.sentence == here for one in near)),
            *self._asked(draft, role, other, likely, types),
        ]
        above = self._above(draft.token)
        own = draft.actors if role == "actor" else draft.recipients
        entities, countries = {mention.entity for mention in own}, self.index.countries(own)
        about_told = self._told(draft, own, bool(countries), likely[0])
        return [
            [
                *self._place(draft.token, above, one, here, likely),
                *self._kind(one),
                float(one.mention.entity in held),
                float(bool(one.countries & opposite)),
                *self._across(one, opposite, others, total, most),
                *[float(one.mention.entity in known) for known in told],
                *asked,
                float(one.mention.entity in entities),
                float(bool(one.countries & countries)),
                *about_told,
            ]
            for one in candidates
        ]

    def _told(
        self, draft: Draft, own: Sequence[Mention], known: bool, likely: Mapping[int, float]
    ) -> list[float]:
        """Who is told to take the role, the same for all candidates; zeros where nobody is."""
        first = own[0] if own else None
        seen, hit = draft.seen, draft.hit
        return [
            float(len(own)),
            _told_likely(own, likely),
            max((mention.confidence for mention in own), default=0.0),
            float(hit.pattern.weight) if hit is not None else 0.0,
            float(known),
            float(first is not None and first.as_place),
            *(float(first is not None and first.kind == kind) for kind in _HELD_KINDS),
            math.log1p(abs(first.head - draft.token)) if first is not None else 0.0,
            float(seen is not None and seen.token == draft.token),
        ]

    def _across(
        self,
        one: Candidate,
        opposite: frozenset[str],
        others: Mapping[str, int],
        total: int,
        most: int,
    ) -> list[float]:
        """How much of what is spoken of beside the other side's countries is the candidate's."""
        share = max([others.get(country, 0) for country in one.countries], default=0)
        dealings = [
            self.dealings[frozenset((country, other))]
            for country in one.countries for other in opposite
        ]  # fmt: skip
        return [
            share / max(1, total),
            float(share > 0 and share == most),
            math.log1p(max(dealings, default=0)),
        ]

    def _asked(
        self,
        draft: Draft,
        role: str,
        other: Sequence[Mention],
        likely: tuple[Mapping[int, float], Mapping[int, float]],
        types: Sequence[str],
    ) -> list[float]:
        """What all candidates of one place share: the draft, and its other side."""
        syntax, seen = self.syntax, draft.seen
        below = syntax.kids[draft.token]
        return [
            float(role == "actor"),
            float(draft.hit is not None),
            float(len(other)),
            *(max(words.values(), default=0.0) for words in likely),
            seen.chance if seen is not None else 0.0,
            seen.chances.get(draft.type, 0.0) if seen is not None else 0.0,
            float(syntax.is_noun(draft.token)),
            float(syntax.tag[draft.token] == "VBN"),
            float(any(syntax.dep[kid] == "aux:pass" for kid in below)),
            *(float(name in draft.aux) for name in AUX),
            float(draft.speaker is not None),
            *(float(draft.type == name) for name in types),
        ]

    def _place(
        self,
        trigger: int,
        above: Sequence[int],
        one: Candidate,
        here: int,
        likely: tuple[Mapping[int, float], Mapping[int, float]],
    ) -> list[float]:
        """Where the candidate stands, and what the language model says of it there."""
        mention = one.mention
        own, other = likely
        near = self._here.get((mention.entity, here), ())
        distance = math.log1p(abs(mention.head - trigger))
        return [
            own.get(mention.head, 0.0),
            _covered(mention, own),
            max([_covered(x, own) for x in near], default=0.0),
            _covered(mention, other),
            float(here - one.sentence) if one.sentence <= here else -1.0,
            distance if mention.head < trigger else -distance,
            *(self._path(mention.head, above) if one.sentence == here else _FAR),
            float(len(near)),
        ]

    def _kind(self, one: Candidate) -> list[float]:
        """Who the candidate is, what stands for it, and how much of the story is about it."""
        mention, countries = one.mention, one.countries
        held = self._kinds.get((mention.start, mention.end))
        if held is not None:
            return held
        entity, dep = self.index.entities[mention.entity], self.syntax.dep[mention.head]
        found = [
            *(float(dep == name) for name in DEPS),
            *(float(mention.kind == kind) for kind in MENTION_KINDS),
            *(float(entity.kind == kind) for kind in ENTITY_KINDS),
            float(mention.as_place),
            mention.confidence,
            float(len(countries)),
            float(bool(countries - NO_HOME)),
            max((self._shares[country] for country in countries), default=0) / self._all,
            float(self._home in countries),
            math.log1p(len(self._of[mention.entity])),
        ]
        self._kinds[mention.start, mention.end] = found
        return found

    def _subjects_of(self, sentence: int) -> frozenset[str]:
        """Entities that are subjects of a main clause of the sentence."""
        held = self._subjects.get(sentence)
        if held is None:
            dep, head = self.syntax.dep, self.syntax.head
            held = self._subjects[sentence] = frozenset(
                one.mention.entity
                for one in self._in.get(sentence, ())
                if dep[one.mention.head].startswith("nsubj") and dep[head[one.mention.head]] in _TOP
            )
        return held

    def _speaker(self, draft: Draft) -> set[str]:
        """Who says what the draft stands in."""
        if draft.speaker is None:
            return set()
        said_by = map(self.index.headed_by, self.syntax.arguments(draft.speaker).subject)
        return {mention.entity for mention in said_by if mention is not None}

    def _who_says_us(self, draft: Draft, other: Sequence[Mention]) -> set[str]:
        """Who speaks of the other side as "us" in his turn: he is on it."""
        word = self.syntax.word
        if not any(word[x.head] in FIRST_WORDS or word[x.first] in FIRST_WORDS for x in other):
            return set()
        return {self.turns.at(self.syntax.doc, draft.token)}

    def _path(self, word: int, above: Sequence[int]) -> tuple[float, float]:
        """Steps up from a word, and from the trigger below ``above``, to the first word above both."""
        own = self._above(word)
        for steps, token in enumerate(above):
            if token in own:
                return float(own.index(token)), float(steps)
        return _FAR

    def _above(self, token: int) -> list[int]:
        found = [token]
        for _ in range(_STEPS):
            head = self.syntax.head[found[-1]]
            if head == found[-1]:
                break
            found.append(head)
        return found


def _told_likely(told: Sequence[Mention], likely: Mapping[int, float]) -> float:
    """How likely the surest of those who are told takes the role, by the language model."""
    return max([likely.get(mention.head, 0.0) for mention in told], default=0.0)


def _is_label(mention: Mention, syntax: Syntax) -> bool:
    """Whether a name in capitals before a colon says whose turn it is to speak."""
    behind = syntax.word[mention.last : mention.last + 1]
    return behind == [":"] and syntax.doc[mention.first].text.isupper()


def _covered(mention: Mention, likely: Mapping[int, float]) -> float:
    """The highest probability among a mention's words."""
    if mention.last - mention.first == 1 or not likely:
        return likely.get(mention.first, 0.0)
    return max([likely.get(word, 0.0) for word in range(mention.first, mention.last)])
