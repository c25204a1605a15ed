"""What a story tells of where people are from whose own words tell no country: rows of numbers.

One row for every such entity and every country that the story speaks of: how often and how near it
is told, as a place, by an adjective or by who acts; whether whoever acts in the same clause, or
speaks the quotation, is of it; and what sort of people they are. ``home_network`` weighs the rows.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from dragoman.entities.interviews import turn_labels
from dragoman.entities.tables import homelands
from dragoman.entities.unplaced import NO_STATES, Open, countries_of
from dragoman.lexicon.names import pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dragoman.entities.drafts import DraftMaker
    from dragoman.entities.mentions import Draft

    Floats = NDArray[np.float32]

MOST = 24  # countries of a story that are weighed
SURE = 0.6  # confidence above which a mention's country counts
#: How a mention tells a country.
PLACE, ADJECTIVE, STATE, PERSON, OTHER, POINTER = range(6)
KINDS = 6
SPAN, LONG_SPAN, AHEAD = (
    np.float32(40),
    np.float32(160),
    np.float32(20),
)  # words over which nearness falls to a third
#: How near a country is told: fading before, slowly fading before, fading ahead, in the sentence before
#: and behind, in the sentence before it, in the paragraph.
NEARNESS = range(7)
#: What of it is kept: of places (0), of what is clear otherwise (1), before also of pointers (2).
KEPT = ((0, 0), (0, 1), (0, 2), *((nearness, kind) for nearness in NEARNESS[1:] for kind in (0, 1)))
BESIDE = 7  # words between an entity's mention and what is told right beside it
STEPS = 8  # words up the tree to the verb of a clause
POINTED = 8  # countries that the clauses around a phrase point at
CITY = frozenset({"capital", "town"})  # a dateline names a city
SHARED = 35  # the last features of a row: what is told of the entity, whatever the country
FORMS = ("named", "person", "people", "group", "organisation")
SORTS = (
    ("GOV",), ("MIL",), ("COP",), ("LEG", "JUD", "PTY", "SPY", "ELI"), ("OPP",),
    ("REB", "UAF", "PRM", "CRM"), ("CVL",), ("REF",), ("UNK",),
    ("MED", "EDU", "JRN", "LAB", "BUS", "SOC", "REL", "AGR"), ("IGO", "NGO", "MNC"),
)  # fmt: skip
MANY = frozenset(
    {"a", "an", "some", "many", "several", "two", "three", "four", "dozens", "hundreds"}
)
POINTING = frozenset({"the", "this", "that", "these", "those"})
OWNERS = frozenset({"his", "her", "their", "its"})
OURS = frozenset({"our", "my", "your"})
SUBJECTS = frozenset({"nsubj", "nsubj:outer"})
OBJECTS = frozenset({"obj", "iobj", "nsubj:pass"})
CLAUSES = frozenset({"ccomp", "advcl", "acl", "acl:relcl", "parataxis", "ROOT"})
VERBS = ("VB", "MD")


def groups_alone(told: Sequence[tuple[int, str, int, Draft]]) -> frozenset[str]:
    """Countries told only of armed groups of no state ("al Shabaab gunmen" in Kenya); none where a story
    tells of no place or state besides.

    Args:
        told: token, code, kind and draft of every mention that tells a country.
    """
    groups = {draft.entity for _, _, _, draft in told if of_group(draft)}
    others = {
        code for _, code, kind, draft in told if kind != POINTER and draft.entity not in groups
    }
    return frozenset(code for _, code, _, _ in told) - others if others else frozenset()


def of_group(draft: Draft) -> bool:
    """Whether a draft speaks of an armed group or its people."""
    reading = draft.reading
    return reading is not None and reading.sectors[:1] in (("REB",), ("UAF",), ("PRM",))


class Scene:
    """The countries of one story, where and how they are told.

    Args:
        drafts: all of them, in the order of the text.
        sentences: number of the sentence of every token.
        maker: what made the drafts (words, names).
    """

    def __init__(
        self, drafts: Sequence[Draft], sentences: Sequence[int], maker: DraftMaker
    ) -> None:
        self.drafts = drafts
        self.maker = maker
        self.words = maker.words
        self.sentences = np.array(sentences, dtype=np.int64)
        self.of_entity = countries_of(drafts)
        told = [row for draft in drafts if (row := self.told(draft)) is not None]
        told.sort(key=lambda row: row[:3])
        weights: dict[str, int] = defaultdict(int)
        for _, code, _, _ in told:
            weights[code] += 1
        self.codes = sorted(sorted(weights), key=lambda code: -weights[code])[:MOST]
        column = {code: place for place, code in enumerate(self.codes)}
        told = [row for row in told if row[1] in column]
        self.place = np.array([row[0] for row in told], dtype=np.int64)
        self.column = np.array([column[row[1]] for row in told], dtype=np.int64)
        self.kind = np.array([row[2] for row in told], dtype=np.int64)
        self.called: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for head, code, _, draft in told:
            if draft.kind != "pronoun":
                for name in {draft.key, *roles_of(draft)} - {""}:
                    self.called[name].append((head, code))
        self.lines = np.array(self.words.paragraphs, dtype=np.int64)
        #: Of every paragraph that is somebody's turn to speak the words that name him.
        self.turns = turn_labels(self.words)
        self.by_head: dict[int, str] = {}
        for draft in drafts:
            code = self.country(draft)
            if code:
                self.by_head.setdefault(draft.head, code)
        #: Of every sentence, the words that name somebody of a country, and the country.
        self.named_in: dict[int, dict[int, str]] = defaultdict(dict)
        for head, code in self.by_head.items():
            self.named_in[int(self.sentences[head])][head] = code
        self.dateline = {
            draft.reading.country
            for draft in drafts
            if draft.as_place and draft.reading is not None and draft.reading.how in CITY
            and self.words.filed[draft.head]
        } - NO_STATES  # fmt: skip
        #: Countries told of by armed groups alone, in a story that is set in another.
        self.of_groups = groups_alone(told)
        self.leading()
        self.speaker = self.speakers()
        self.quoted = self.words.quoted

    @cached_property
    def stand_against(self) -> dict[str, set[str]]:
        """Entity → the countries of those whose counterpart it is called: it is of another."""
        found: dict[str, set[str]] = defaultdict(set)
        same = self.maker.lists["same office"]
        for draft in self.drafts:
            if draft.role is not None and draft.role.phrase in same:
                for kid in self.words.kids[draft.head]:
                    if kid < draft.head and self.words.deps[kid] == "nmod:poss":
                        found[draft.entity].add(self.by_head.get(kid, ""))
        return found

    def country(self, draft: Draft) -> str:
        """The country of a draft's own words, or of its entity."""
        reading = draft.reading
        return (reading.country if reading is not None else "") or self.of_entity.get(
            draft.entity, ""
        )

    def told(self, draft: Draft) -> tuple[int, str, int, Draft] | None:
        """Where and how a mention tells a country: token, code, kind."""
        code = self.country(draft)
        if code in NO_STATES or len(code) != 3 or draft.confidence <= SURE:
            return None
        if draft.entity in homelands():  # whose country is itself read from the places
            return None
        if draft.kind == "pronoun":
            kind = POINTER
        elif draft.as_place:
            kind = PLACE
        elif draft.kind == "adjective":
            kind = ADJECTIVE
        else:
            kind = {"state": STATE, "person": PERSON}.get(draft.form, OTHER)
        return draft.head, code, kind, draft

    def speakers(self) -> dict[int, str]:
        """Countries of those whose words the tokens are."""
        sources: dict[int, str] = {}
        contents: list[tuple[int, int, int]] = []
        for kind, first, last, _, group in self.maker.doc.user_data.get("speech_spans", ()):
            if kind == "SOURCE":
                code = next((c for p in range(first, last) if (c := self.by_head.get(p))), "")
                if code:
                    sources.setdefault(group, code)
            elif kind == "CONTENT":
                contents.append((first, last, group))
        return {
            place: sources[group]
            for first, last, group in contents if group in sources
            for place in range(first, last)
        }  # fmt: skip

    # the rows

    def rows(self, units: Sequence[Open]) -> Floats:
        """(units, countries, features): what is told of each entity and country."""
        many = len(self.codes)
        spread = np.zeros((len(self.place), many), dtype=np.float32)
        spread[np.arange(len(self.place)), self.column] = 1.0
        heads = np.array([unit.draft.head for unit in units], dtype=np.int64)
        parts = [self.near(heads, spread), self.story(len(units), spread)]
        own = np.zeros((len(units), many, 3 + POINTED), dtype=np.float32)
        self.beside(units, spread, own)
        column = {code: place for place, code in enumerate(self.codes)}
        for row, unit in enumerate(units):
            for place, code in enumerate(self.pointed(unit)):
                if code in column:
                    own[row, column[code], 3 + place] = 1.0
        about = np.array([self.about(unit) for unit in units], dtype=np.float32)
        wide = np.broadcast_to(about[:, None, :], (len(units), many, about.shape[1]))
        return np.concatenate([*parts, own, wide], axis=2)

    def near(self, heads: NDArray[np.int64], spread: Floats) -> Floats:
        """How near to each head every country is told, by places and by others."""
        many = spread.shape[1]
        placed, pointing = self.kind == PLACE, self.kind == POINTER
        clear = ~(placed | pointing)
        gap = heads[:, None] - self.place[None, :]
        before, after = gap > 0, gap < 0
        far = np.abs(gap).astype(np.float32)
        line = self.sentences[heads][:, None] - self.sentences[self.place][None, :]
        here, block = line == 0, self.lines[heads][:, None] == self.lines[self.place][None, :]
        seen = np.empty((len(NEARNESS), *gap.shape), dtype=np.float32)
        np.multiply(before, np.exp(-far / SPAN), out=seen[0])
        np.multiply(before, np.exp(-far / LONG_SPAN), out=seen[1])
        np.multiply(after, np.exp(-far / AHEAD), out=seen[2])
        seen[3], seen[4], seen[5], seen[6] = here & before, here & after, line == 1, block
        told = np.concatenate(
            [spread * kind[:, None] for kind in (placed, clear, pointing)], axis=1
        )
        sums = (seen @ told).reshape(len(NEARNESS), len(heads), -1, many)
        found = np.empty((len(heads), many, len(KEPT) + 3), dtype=np.float32)
        for place, (nearness, kind) in enumerate(KEPT):
            found[:, :, place] = sums[nearness, :, kind]
        np.minimum(found, 3.0, out=found)
        found[:, :, len(KEPT) :] = 0.0
        ends = np.searchsorted(self.place, heads)  # mentions stand in the order of the text
        for place, wanted in enumerate((placed, clear, placed | clear)):
            rows, last = self.last(wanted, ends)
            found[rows, self.column[last], len(KEPT) + place] = 1.0
        return found

    def last(
        self, wanted: NDArray[np.bool_], ends: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The last wanted mention among the first ``ends``, and the rows that have one."""
        latest = np.maximum.accumulate(np.where(wanted, np.arange(len(wanted)), -1))
        last = np.concatenate(([-1], latest))[ends]
        rows = np.flatnonzero(last >= 0)
        return rows, last[rows]

    def story(self, units: int, spread: Floats) -> Floats:
        """What the whole story tells of every country: shares, first mentions, rank, dateline."""
        many = len(self.codes)
        kinds = [
            self.kind == PLACE, self.kind == ADJECTIVE, (self.kind == STATE) | (self.kind == PERSON),
            self.kind >= 0, np.arange(len(self.kind)) < 5,
        ]  # fmt: skip
        columns = []
        for held in kinds:
            sums = held.astype(np.float32) @ spread
            columns.append(sums / max(float(sums.sum()), 1.0))
        columns.append(np.arange(many, dtype=np.float32) == 0)
        columns.append(np.full(many, np.log1p(many), dtype=np.float32))
        columns.append(np.array([code in self.dateline for code in self.codes], dtype=np.float32))
        table = np.stack([np.asarray(c, dtype=np.float32) for c in columns], axis=1)
        return np.broadcast_to(table[None], (units, many, table.shape[1]))

    def beside(self, units: Sequence[Open], spread: Floats, found: Floats) -> None:
        """How often countries are told beside all mentions of each entity, and in their sentences."""
        if not len(self.place):
            return
        heads = np.array([head for unit in units for head in unit.heads], dtype=np.int64)
        sizes = np.array([len(unit.heads) for unit in units])
        starts = np.cumsum(sizes) - sizes
        gap = np.abs(heads[:, None] - self.place[None, :])
        apart = gap > 0
        near = (gap <= BESIDE) & apart
        line = self.sentences[heads][:, None] == self.sentences[self.place][None, :]
        telling = (self.kind == ADJECTIVE) | (self.kind == PLACE)
        for place, held in enumerate((near & telling, near, line & apart)):
            told = np.logical_or.reduceat(held, starts, axis=0)
            found[:, :, place] = np.minimum(told.astype(np.float32) @ spread, 4)

    def pointed(self, unit: Open) -> tuple[str, ...]:
        """The countries that the clause points at: of its subject and object, of the speaker, of
        those called the same before, of what the phrase is joined to."""
        head = unit.draft.head
        deps, above, kids = self.words.deps, self.words.above, self.words.kids
        verb = head
        for _ in range(STEPS):
            if self.words.tags[verb].startswith(VERBS) or above[verb] == verb:
                break
            verb = above[verb]
        subject = next((kid for kid in kids[verb] if deps[kid] in SUBJECTS and kid != head), head)
        thing = next((kid for kid in kids[verb] if deps[kid] in OBJECTS and kid != head), head)
        joined = above[head] if deps[head] in ("conj", "appos") else head
        joined = next((k for k in kids[head] if deps[k] in ("conj", "appos")), joined)
        here = int(self.sentences[head])
        return (
            self.by_head.get(subject, ""), self.by_head.get(thing, ""), self.speaker.get(head, ""),
            self.called_so([unit.draft.key], head), self.by_head.get(joined, ""),
            self.topics.get(here, "") if self.subjects.get(here) != head else "",
            self.topics.get(here - 1, ""), self.called_so(roles_of(unit.draft), head),
        )  # fmt: skip

    def called_so(self, names: Sequence[str], head: int) -> str:
        """The country last told, before a token, of somebody called so; else the first after it."""
        for name in names:
            rows = self.called.get(name)
            if rows:
                return next((code for place, code in reversed(rows) if place < head), rows[0][1])
        return ""

    def leading(self) -> None:
        """The subjects of the main verbs, and their countries, by sentence."""
        self.subjects: dict[int, int] = {}
        self.topics: dict[int, str] = {}
        deps, above = self.words.deps, self.words.above
        labelled = self.words.labelled
        for place in sorted(place for dep in SUBJECTS for place in labelled.get(dep, ())):
            if deps[above[place]] == "ROOT":
                number = int(self.sentences[place])
                if self.subjects.setdefault(number, place) == place and place in self.by_head:
                    self.topics[number] = self.by_head[place]

    def about(self, unit: Open) -> list[float]:
        """What sort of people an entity is."""
        draft, words = unit.draft, self.words
        reading, role = draft.reading, draft.role
        sectors = reading.sectors if reading is not None else ()
        form = "named" if draft.entity.startswith("person:") else draft.form
        lead = words.lowers[draft.first]
        dep = words.deps[draft.head]
        first = draft.first - 1
        before = words.lowers[first] if first >= 0 else ""
        lists = self.maker.lists
        owned = [k for k in words.kids[draft.head] if words.deps[k] == "nmod:poss"]
        return [
            *one_of(FORMS, form), *sorts_of(sectors[0] if sectors else ""), float(not sectors),
            float(draft.number == "plural"), float(lead in POINTING), float(lead in MANY),
            float(lead in OWNERS or before in OWNERS), float(lead in OURS),
            float(dep in SUBJECTS), float(dep in OBJECTS), float(dep == "nsubj:pass"),
            float(self.quoted[draft.head]), float(draft.head in self.speaker),
            float(role.priority if role is not None else 0) / 3,
            float(role is not None and role.kind == "body"),
            float(role is not None and role.phrase in lists["other_side"]),
            float(role is not None and role.phrase in lists["government"]),
            float(any(words.lowers[k] in lists["land"] for k in owned)), float(bool(owned)),
            min(float(np.log1p(len(unit.heads))), 2.5), float(bool(self.dateline)),
        ]  # fmt: skip


@cache
def one_of(kinds: tuple[str, ...], kind: str) -> tuple[float, ...]:
    """1 where one of some kinds is told, 0 for the others."""
    return tuple(float(kind == one) for one in kinds)


@cache
def sorts_of(sector: str) -> tuple[float, ...]:
    """1 for the sort of people that a sector belongs to, 0 for the others."""
    return tuple(float(sector in sort) for sort in SORTS)


def roles_of(draft: Draft) -> list[str]:
    """What a draft calls its bodies and groups: the phrases of its roles; a body's name without
    its state ("coast guard")."""
    held = [
        item.role.phrase
        for item in draft.items
        if item.role is not None and item.role.kind in ("body", "people")
    ]
    entry = draft.reading.entry if draft.reading is not None else None
    if entry is not None and entry.kind == "body":
        held.append(" ".join(pieces(entry.name)[1:]))
    return [phrase for phrase in held if phrase]
