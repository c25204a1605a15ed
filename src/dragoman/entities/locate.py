"""Countries of people and bodies whose own words tell none ("police", "the protesters")."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dragoman.entities.identity import with_country
from dragoman.entities.metonymy import dateline

if TYPE_CHECKING:
    from dragoman.entities.drafts import DraftMaker
    from dragoman.entities.mentions import Draft

# sectors whose people are taken to be of the country that the text is about
AT_HOME = frozenset(
    {"GOV", "MIL", "COP", "JUD", "LEG", "REB", "OPP", "CVL", "SPY", "MED", "REF", "PRM", "UAF",
     "LAB", "PTY", "CRM"}
)  # fmt: skip
# the officials that a report from a country calls by their office alone ("Foreign Minister Todd")
OFFICIAL = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
NO_STATES = frozenset({"", "UNO", "IGO", "NGO", "EUR", "MNC", "ISM", "IMG"})
CITY = frozenset({"capital", "town"})  # a dateline names a city
HOME = 0.15  # share of country names that the country of the dateline must have
PLAIN = 0.6  # share of all country names from which a story is about one country
GUESS = 0.5  # confidence of such a country


def locate(drafts: list[Draft], sentences: list[int], maker: DraftMaker) -> None:
    """Give open role phrases the country of the place in their sentence, or of the story.

    Args:
        sentences: number of the sentence of every token.
    """
    places: dict[int, Counter[str]] = {}
    for draft in drafts:
        reading = draft.reading
        if reading is not None and draft.as_place and reading.country not in NO_STATES:
            places.setdefault(sentences[draft.head], Counter())[reading.country] += 1
    everywhere = Counter({c: n for c, n in maker.names.countries.items() if c not in NO_STATES})
    total = sum(everywhere.values())
    story = ""
    if total:
        code, count = everywhere.most_common(1)[0]
        story = code if count / total >= PLAIN else ""
    home = reported_from(drafts, everywhere, maker)
    known = {
        draft.entity for draft in drafts if draft.reading is not None and draft.reading.country
    }
    for draft in drafts:
        reading = draft.reading
        person = draft.form == "person" and draft.entity.startswith("person:")
        if reading is None or reading.country or draft.entity in known:
            continue
        if draft.role is None and not person:
            continue
        if not AT_HOME & set(reading.sectors[:1]) or reading.former:
            continue
        here = places.get(sentences[draft.head], Counter())
        country = next(iter(here)) if len(here) == 1 else story
        if not country and OFFICIAL & set(reading.sectors[:1]):
            country = home
        if country:
            draft.reading = with_country(reading, country, "context")
            draft.confidence = min(draft.confidence, GUESS)


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
