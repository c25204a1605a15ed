"""Between whom an agreement is: the two sides of a story, those whom a sentence names, nobody abroad."""

from __future__ import annotations

from dragoman.ledger import sides, signs
from dragoman.ledger.row_parts import countries_of
from dragoman.model import Record

# The part of all mentions of sides that is of two where a story is of these two.
_MOSTLY = 0.4
# Who says these of an agreement is a side to it.
_MAKING = ("agreed", "in-force", "extended")


def sides_of_story(record: Record, found: list[signs.Sign]) -> list[str]:
    """The countries whose "truce" a story speaks of without a name; none where it is of many."""
    return _truce_makers(record, found) or _both(record) or _frequent_countries(record)


def _truce_makers(record: Record, found: list[signs.Sign]) -> list[str]:
    """The two sides of the one truce that a story says was made; none where it tells of several, or of more sides."""
    made = {
        tuple(sorted(countries))
        for sign in found
        if sign.term == "ceasefire" and not sign.name and sign.sign in _MAKING
        if len(countries := countries_of(record, sign.parties)) > 1
    }
    (told,) = made if len(made) == 1 else [()]
    return [*told] if len(told) == 2 else []


def _both(record: Record) -> list[str]:
    """Who "both sides" are, where a story calls two so and no others."""
    pairs = {
        tuple(sorted(countries_of(record, [item.id])))
        for item in record.entities
        if item.kind == "collective" and len(item.members) == 2
        if all((side := record.entity(one)) and sides.is_party(side) for one in item.members)
    }
    (found,) = pairs if len(pairs) == 1 else [()]
    return [*found] if len(found) == 2 else []


def _frequent_countries(record: Record) -> list[str]:
    """The two countries (or groups) most mentioned as sides, the first named before others as frequent.

    None where the story is of many: then "the truce" need not be that of these two.
    """
    named = [
        (mention.start, item.country)
        for item in record.entities
        if sides.is_party(item) and item.kind != "place"
        for mention in item.mentions
        if not sides.is_filed(record, mention)
    ]
    times: dict[str, int] = {}
    for _, country in sorted(named):
        times[country] = times.get(country, 0) + 1
    found = sorted(times, key=lambda item: -times[item])[:2]
    of_these = sum(times[item] for item in found)
    return found if of_these >= _MOSTLY * sum(times.values()) else []


def who_is_party(record: Record, sign: signs.Sign, frequent: list[str]) -> list[str]:
    """The countries that a sentence makes parties: "the truce" is that of the story's two sides, whoever speaks of it;
    "a deal" may be anybody's."""
    named = countries_of(record, _no_places(record, sign.parties))
    if sign.term != "ceasefire" or sign.name:
        return named
    if len(named) == 1 and _is_at_home(record, sign, named[0]):
        return named
    others = countries_of(record, [item for item in sign.parties if item != sign.reporter])
    if len(named) > 1 and (
        len(others) > 1 or sign.sign in _MAKING or not set(others) <= set(frequent)
    ):
        return named
    return frequent


def _no_places(record: Record, ids: tuple[str, ...]) -> list[str]:
    """Those who can agree: a town that is merely named makes its country no party beside two others."""
    able = [item for item in ids if not ((one := record.entity(item)) and one.kind == "place")]
    return able if len(countries_of(record, able)) > 1 else list(ids)


def _is_at_home(record: Record, sign: signs.Sign, country: str) -> bool:
    """Whether two bodies of one country are told to keep or break it: "a militia accused government forces of
    breaking the truce" is no truce with the neighbour."""
    told = [e for e in record.entities if e.id in sign.parties and e.country == country]
    return sum(one.kind not in ("state", "person", "collective") for one in told) > 1
