"""Countries of people and bodies whose own words tell none ("police", "the protesters")."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dragoman.entities.besides import from_elsewhere
from dragoman.entities.homes import ACTING, GROUND, NO_STATES, OFFICES, Homes
from dragoman.entities.identity import with_country
from dragoman.entities.metonymy import dateline
from dragoman.lexicon.names import pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.entities.drafts import DraftMaker
    from dragoman.entities.mentions import Draft
    from dragoman.entities.phrase import Reading

# sectors whose people are taken to be of the country that the text is about
AT_HOME = frozenset(
    {"GOV", "MIL", "COP", "JUD", "LEG", "REB", "OPP", "CVL", "SPY", "MED", "REF", "PRM", "UAF",
     "LAB", "PTY", "CRM", "EDU", "REL"}
)  # fmt: skip
# the officials that a report from a country calls by their office alone ("Foreign Minister Todd")
OFFICIAL = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
# whose country is that of the states that act around them, not of the places
IN_OFFICE = frozenset({"GOV", "LEG", "JUD", "PTY", "SPY"})
CITY = frozenset({"capital", "town"})  # a dateline names a city
HOME = 0.15  # share of country names that the country of the dateline must have
PLAIN = 0.6  # share of all country names from which a story is about one country
GUESS = 0.5  # confidence of such a country
CALLED = 0.7  # confidence of a country told before of somebody called the same
OURS = frozenset({"our", "my", "your"})


def locate(drafts: list[Draft], sentences: list[int], maker: DraftMaker) -> None:
    """Give open role phrases the country told before of those called so, or that of the place.

    Args:
        sentences: number of the sentence of every token.
    """
    Locator(drafts, sentences, maker).fill()


class Locator:
    """Finds the countries of one story's open role phrases.

    Args:
        drafts: all of them, in the order of the text.
        sentences: number of the sentence of every token.
        maker: what made the drafts (words, names).
    """

    def __init__(self, drafts: list[Draft], sentences: Sequence[int], maker: DraftMaker) -> None:
        self.drafts = drafts
        self.sentences = sentences
        self.maker = maker
        self.homes = Homes(drafts, sentences)
        self.places: dict[int, Counter[str]] = {}
        for draft in drafts:
            reading = draft.reading
            if reading is not None and draft.as_place and reading.country not in NO_STATES:
                self.places.setdefault(sentences[draft.head], Counter())[reading.country] += 1
        named = Counter({c: n for c, n in maker.names.countries.items() if c not in NO_STATES})
        self.story = ""
        if named:
            code, count = named.most_common(1)[0]
            self.story = code if count / sum(named.values()) >= PLAIN else ""
        self.dateline = reported_from(drafts, named, maker)

    def fill(self) -> None:
        """Give every open draft its country, where the text tells of one."""
        known = {d.entity for d in self.drafts if d.reading is not None and d.reading.country}
        called: dict[str, str] = {}
        for draft in sorted(self.drafts, key=lambda draft: draft.first):
            reading = draft.reading
            if reading is None:
                continue
            if reading.country:
                if reading.country not in NO_STATES:
                    called.update(dict.fromkeys(roles_of(draft), reading.country))
                continue
            if (
                reading.sectors[:1] == ("NGO",)
                and draft.role is not None
                and draft.role.kind == "body"
            ):
                draft.reading = with_country(reading, "NGO", "context")
                continue
            if draft.entity in known or reading.former or not self.open(draft, reading):
                continue
            before = self.before(draft, reading, called)
            country = before or self.country(draft, reading)
            if country:
                draft.reading = with_country(reading, country, "context")
                draft.confidence = min(draft.confidence, CALLED if before else GUESS)

    def before(self, draft: Draft, reading: Reading, called: dict[str, str]) -> str:
        """The country told before of those called the same ("the coast guard's spokesman")."""
        roles = roles_of(draft)
        if draft.form == "person" and not OFFICIAL & set(reading.sectors[:1]):
            return ""
        if self.of_the_country(draft):
            return ""
        return next((called[role] for role in roles if role in called), "")

    def open(self, draft: Draft, reading: Reading) -> bool:
        """Whether somebody is meant who must be of some country."""
        if draft.entity.startswith("person:"):
            return draft.form == "person" and bool(AT_HOME & set(reading.sectors[:1]))
        if draft.role is None or self.maker.tokens[draft.first].lower() in OURS:
            return False
        if draft.number == "plural" and draft.role.phrase in self.maker.lists["government"]:
            return False  # "many governments"
        if from_elsewhere(self.maker, draft):
            return False
        return bool(AT_HOME & set(reading.sectors[:1])) or (
            reading.sectors[:1] == ("UNK",)
            and draft.role.phrase not in self.maker.lists["other_side"]
        )

    def country(self, draft: Draft, reading: Reading) -> str:
        """The country of the place in the sentence, of the story, or of the text around."""
        here = self.places.get(self.sentences[draft.head], Counter())
        if draft.form == "person" and draft.entity.startswith("person:"):
            if self.story or not OFFICIAL & set(reading.sectors[:1]):
                return self.story
            return next(iter(here)) if len(here) == 1 else self.dateline
        of_land = self.of_the_country(draft)
        if len(here) == 1 and not of_land and not IN_OFFICE & set(reading.sectors[:1]):
            return next(iter(here))
        weighing = OFFICES if IN_OFFICE & set(reading.sectors[:1]) else GROUND
        if of_land:  # whoever acts before it in the sentence, else in the story
            acting = self.homes.acting(draft.head)
            if acting:
                return acting
            weighing = ACTING
        return self.homes.country(draft.head, weighing) or self.story

    def of_the_country(self, draft: Draft) -> bool:
        """Whether "the country's" stands before a phrase, and the country was not made out."""
        words = self.maker.words
        return any(
            words.deps[kid] == "nmod:poss" and words.lowers[kid] in self.maker.lists["land"]
            for kid in words.kids[draft.head]
        )


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


def reported_from(drafts: list[Draft], named: Counter[str], maker: DraftMaker) -> str:
    """The one country of the datelines, "" where the story is hardly about it."""
    found = {
        draft.reading.country
        for draft in drafts
        if draft.as_place
        and draft.reading is not None
        and draft.reading.how in CITY
        and dateline(maker.doc[draft.head])
    } - NO_STATES
    if len(found) != 1:
        return ""
    (country,) = found
    return country if named[country] >= HOME * sum(named.values()) else ""
