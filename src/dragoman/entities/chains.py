"""What coreference keeps of each entity while it reads on: ``Chain``, ``Chains``."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from dragoman.entities.mentions import Draft
from dragoman.lexicon.names import pieces

if TYPE_CHECKING:
    from dragoman.lexicon import Lexicon


DEPUTY = frozenset({"deputy", "vice"})


@dataclass(slots=True)
class Chain:
    """All mentions of one entity so far.

    ``keys`` are the roles it was called by ("minister", "foreign-minister"); ``last`` is its
    latest mention.
    """

    entity: str
    form: str
    gender: str = ""
    number: str = "singular"
    country: str = ""
    sectors: tuple[str, ...] = ()
    keys: set[str] = field(default_factory=set)
    drafts: list[Draft] = field(default_factory=list)

    @property
    def last(self) -> Draft:
        """The latest mention."""
        return self.drafts[-1]


@lru_cache(maxsize=20_000)
def role_words(key: str) -> frozenset[str]:
    """A role and its shorter forms: "deputy-foreign-minister" may be called "the minister".

    Nobody is called by the office of which he is the deputy.
    """
    words = key.split("-")
    places = [start for start in range(len(words)) if not start or words[start - 1] not in DEPUTY]
    return frozenset("-".join(words[start:]) for start in places)


@lru_cache(maxsize=20_000)
def phrase_words(phrase: str) -> frozenset[str]:
    """``role_words`` of a phrase as written."""
    return role_words("-".join(pieces(phrase)))


class Chains:
    """The chains of one story, in the order of first mention."""

    def __init__(self, lexicon: Lexicon, date: str | None) -> None:
        self.lexicon = lexicon
        self.date = date
        self.held: dict[str, Chain] = {}

    def add(self, draft: Draft) -> Chain:
        """The chain of a draft whose entity is known, with the draft in it."""
        chain = self.held.get(draft.entity)
        if chain is None:
            chain = Chain(draft.entity, draft.form, draft.gender, draft.number)
            self.held[draft.entity] = chain
            if draft.reading is not None and draft.reading.entry is not None:
                self.add_offices(chain, draft.reading.entry.id)
        chain.drafts.append(draft)
        chain.gender = chain.gender or draft.gender
        reading = draft.reading
        if reading is not None:
            chain.country = chain.country or reading.country
            chain.sectors = chain.sectors or reading.sectors
            if reading.role is not None and draft.kind != "pronoun":
                chain.keys |= phrase_words(reading.role.phrase)
        if draft.key and draft.kind in ("unnamed", "title", "description"):
            chain.keys |= role_words(draft.key)
        for item in draft.items:
            if item.role is not None and draft.form == "person":
                chain.keys |= phrase_words(item.role.phrase)
        return chain

    def country_of(self, entity: str) -> str:
        """The country of somebody the story speaks of, "" while unknown."""
        chain = self.held.get(entity)
        return chain.country if chain is not None else ""

    def add_offices(self, chain: Chain, key: str) -> None:
        """The titles of the offices a person of the lexicon holds on the day of the story.

        A president who leads the cabinet too is nobody's prime minister.
        """
        held = {one.office for one in self.lexicon.tenures(key) if one.on(self.date)}
        for name in held - ({"head-of-government"} if "head-of-state" in held else set()):
            office = self.lexicon.offices.get(name)
            if office is not None:
                for title in (office.name, *office.titles):
                    chain.keys |= phrase_words(title)
