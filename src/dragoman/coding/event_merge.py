"""One event told several times becomes one event with several spans of evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import reduce
from math import acos, cos, radians, sin
from typing import TYPE_CHECKING, NamedTuple

from dragoman.coding.dates import as_date
from dragoman.coding.event_joined import countries_of, joined
from dragoman.coding.event_roles import are_one_side
from dragoman.coding.event_same import in_reach
from dragoman.model import Count, Event, Participant, Place

if TYPE_CHECKING:
    from dragoman.coding.event_detail import Detail
    from dragoman.coding.event_same import Same, Telling

#: Words shared by two tellings of one event, as a share of the shorter telling's.
_SHARED_WORDS = 0.3
#: The same for words said: two refusals of one day are two, unless they are told alike.
_SHARED_BY_WORDS = 0.55
#: Days between two times from which they are told of two events.
_APART = 3
#: Days over which many deeds are counted, and at most those in which one is.
_WEEKS, _FEW_DAYS = 13, 3
#: Kilometres within which two places are one town and its outskirts.
_ONE_TOWN = 40.0
#: Words at the head of a sentence, among them those that announce another deed.
_HEAD, _OTHER = 5, frozenset({"separate", "separately", "elsewhere"})
#: How much surer one must be that two verbs of one sentence tell one event: of 284 such pairs that the
#: trees made one with less than 0.6, 168 were two in stories coded by hand.
_TWO_VERBS = 0.2
#: The mode of those who were carried off.
_ABDUCTED = "abduct"
#: Quad classes of deeds.
_DEEDS, _HARM = frozenset({2, 4}), 4


def merge(tellings: Sequence[Telling], detail: Detail, same: Same | None = None) -> list[Event]:
    """The events of a story, tellings of one and the same event put together.

    Two tellings can be one where type and negation agree. With ``same`` its probability decides,
    the mean over what an event holds already. The surest telling stands for all. Without it they are one where parties agree, the days
    are compatible, and either the words of their sentences agree or one of them stands in the
    title or lead.

    Args:
        tellings: in order of the text.
    """
    pairs = candidates(tellings, detail)
    if same is None:
        chances = {(one, two): float(rule) for one, two, rule in pairs}
    else:
        chances = {
            (one, two): chance - _TWO_VERBS * _two_verbs(tellings[one], tellings[two], detail)
            for (one, two), chance in same.chances(pairs, tellings, detail).items()
        }
    least = 0.5 if same is None else same.least
    found = []
    reach = in_reach(_kinds(tellings))
    for places in _together(reach, chances, least, max if same is None else _mean):
        events = [tellings[place].event for place in places]
        events.sort(key=lambda event: -event.confidence)  # the surest telling stands for all
        found.append(reduce(joined, events))
    return sorted(found, key=lambda event: (event.trigger.start, event.type))


def candidates(tellings: Sequence[Telling], detail: Detail) -> list[tuple[int, int, bool]]:
    """Places of two tellings that may be one, and whether the rules say so (``ruled``)."""
    others = [_another(told, detail) for told in tellings]
    sides = [Sides.of(told) for told in tellings]
    return [
        (one, two, ruled(sides[one], sides[two], detail.lead_end))
        for two, reach in enumerate(in_reach(_kinds(tellings))) if not others[two] for one in reach
        if not _set_apart(sides[one], sides[two])
        and not _elsewhere(tellings[one].event, tellings[two].event)
        and not _struck_back(sides[one], sides[two])
        and not _exchanged(sides[one], sides[two])
        and not _own_side(tellings[one].event, tellings[two].event)
        and not _killed_elsewhere(tellings[one].event, tellings[two].event)
        and not _each_his_own(sides[one], sides[two], detail)
        and not _two_held(tellings[one], tellings[two], detail)
    ]  # fmt: skip


class Sides(NamedTuple):
    """A telling, and who takes part in it as all its pairs are asked.

    ``actors``, ``recipients``: their countries, ids of those without one. ``known``: countries alone, by
    role. ``acting``: ids of the actors. ``days``: the first and the last that the words tell.
    """

    telling: Telling
    actors: frozenset[str]
    recipients: frozenset[str]
    known: dict[str, frozenset[str]]
    acting: frozenset[str]
    days: tuple[date, date] | None

    @classmethod
    def of(cls, telling: Telling) -> Sides:
        """The sides of a telling."""
        event = telling.event
        return cls(
            telling=telling,
            actors=countries_of(event.actors),
            recipients=countries_of(event.recipients),
            known={
                "actor": _known_countries(event.actors),
                "recipient": _known_countries(event.recipients),
            },
            acting=frozenset(party.entity for party in event.actors),
            days=_days_told(event),
        )


def _together(
    reach: Sequence[Sequence[int]],
    chances: Mapping[tuple[int, int], float],
    least: float,
    among: Callable[[Sequence[float]], float],
) -> list[list[int]]:
    """Places of the tellings of each event.

    Args:
        reach: of each telling, the places of those that it may repeat.
        among: one probability of those with an event's tellings.
    """
    found: list[list[int]] = []
    numbers: list[int] = []
    for place, earlier in enumerate(reach):
        told: dict[int, list[float]] = {}
        for held in earlier:
            told.setdefault(numbers[held], []).append(chances.get((held, place), 0.0))
        likely = [(among(own), number) for number, own in told.items()]
        chance, number = max(likely, key=lambda item: (item[0], -item[1]), default=(0.0, 0))
        if not likely or chance < least:
            number = len(found)
            found.append([])
        found[number].append(place)
        numbers.append(number)
    return found


def _mean(chances: Sequence[float]) -> float:
    return sum(chances) / len(chances)


def _kinds(tellings: Sequence[Telling]) -> list[tuple[str, bool]]:
    """Type of each telling, and whether it is negated: only those of one kind may be one."""
    return [(told.event.type, "negation" in told.event.aux) for told in tellings]


def _two_verbs(first: Telling, second: Telling, detail: Detail) -> bool:
    """Whether two verbs of one sentence tell them: "lent Chad money and shipped it wheat"."""
    one, two = first.draft, second.draft
    if one.sentence != two.sentence or one.token == two.token:
        return False
    return detail.syntax.is_verb(one.token) and detail.syntax.is_verb(two.token)


def _set_apart(first: Sides, second: Sides) -> bool:
    """Whether one sentence tells both, of parties that it names and that are of other countries, or the
    words tell of days that lie far apart."""
    one, two = first.telling.event, second.telling.event
    if _days_between(first, second) > _APART or _of_many(first, second):
        return True
    if one.sentence != two.sentence or one.trigger == two.trigger:
        return False
    if one.type == "CONSULT" and not _nested(*map(_everybody, (one, two))):
        return True  # "flew to Doha for talks with Hamas": two talked, and one came to the third
    understood = {*first.telling.draft.understood, *second.telling.draft.understood}
    return any(
        role not in understood and _apart(first.known[role], second.known[role])
        for role in ("actor", "recipient")
    )


def _of_many(first: Sides, second: Sides) -> bool:
    """Whether the one counts the dead of weeks or months, and the other tells of fewer, or of one day: "killed a
    boy on Friday", "20 people have been killed this year"."""
    for several, one in ((first, second), (second, first)):
        dead, killed = _dead(several), _dead(one)
        if several.days is None or dead is None or _length(several.days) < _WEEKS:
            continue
        day = one.days is not None and _length(one.days) < _FEW_DAYS
        if day or (
            killed is not None and killed.high is not None and killed.high < (dead.low or 0)
        ):
            return True
    return False


def _dead(sides: Sides) -> Count | None:
    counts = sides.telling.event.counts
    return counts.dead if counts is not None else None


def _length(days: tuple[date, date]) -> int:
    return (days[1] - days[0]).days


def _everybody(event: Event) -> frozenset[str]:
    return countries_of((*event.actors, *event.recipients))


def _elsewhere(one: Event, two: Event) -> bool:
    """Whether they happened in two towns that lie apart."""
    here, there = one.place, two.place
    if here is None or there is None or here.name == there.name:
        return False
    if None in (here.lat, here.lon, there.lat, there.lon):
        return False
    return _kilometres(here, there) > _ONE_TOWN


def _kilometres(here: Place, there: Place) -> float:
    """How far two places lie apart, on a sphere of the Earth's size."""
    assert here.lat is not None and here.lon is not None
    assert there.lat is not None and there.lon is not None
    north, south = radians(here.lat), radians(there.lat)
    across = radians(there.lon - here.lon)
    cosine = sin(north) * sin(south) + cos(north) * cos(south) * cos(across)
    return 6371.0 * acos(min(1.0, max(-1.0, cosine)))


def _another(telling: Telling, detail: Detail) -> bool:
    """Whether the sentence says at its head that it tells of another deed ("In a separate attack")."""
    first, last = telling.draft.sentence
    words = detail.syntax.word[first : min(first + _HEAD, last, telling.draft.token + 1)]
    return not _OTHER.isdisjoint(words)


def _own_side(one: Event, two: Event) -> bool:
    """Whether together they would have an armed side strike itself: "Houthi attacks", "five fighters were
    killed"."""
    for striking, struck in ((one, two), (two, one)):
        if striking.recipients or struck.actors:
            continue
        if any(are_one_side(x, y) for x in striking.actors for y in struck.recipients):
            return True
    return False


def _killed_elsewhere(one: Event, two: Event) -> bool:
    """Whether the one tells who was abducted and the other counts dead: "rebels seized a senator", "two died when a
    bomb fell"."""
    for held, other in ((one, two), (two, one)):
        dead = other.counts.dead if other.counts is not None else None
        if held.mode == _ABDUCTED and other.mode != _ABDUCTED and dead is not None and dead.low:
            return True
    return False


def _struck_back(first: Sides, second: Sides) -> bool:
    """Whether who is told to act in one harm is told to be struck in the other: "rebels fired on the army",
    "the army had opened fire"."""
    told, again = first.telling, second.telling
    if told.event.quad != _HARM or not first.acting.isdisjoint(second.acting):
        return False
    return any(
        _acts_for(x, y)
        for striking, struck in ((told, again), (again, told))
        if "actor" not in striking.draft.understood and "recipient" not in struck.draft.understood
        for x in striking.event.actors for y in struck.event.recipients if struck.event.actors
    )  # fmt: skip


def _exchanged(first: Sides, second: Sides) -> bool:
    """Whether one tells of two who strike or blame each other, and the other of one of them who struck the other:
    "the armies exchanged fire", "Oman said Chadian troops fired first"."""
    if first.telling.event.quad < _HARM - 1:
        return False
    for mutual, single in ((first, second), (second, first)):
        both, acting = mutual.known["actor"], single.known["actor"]
        struck = single.known["recipient"]
        if len(both) > 1 and not mutual.telling.event.recipients and acting and struck:
            if acting | struck <= both and acting.isdisjoint(struck):
                return True
    return False


def _acts_for(party: Participant, state: Participant) -> bool:
    """Whether somebody is a party, or the army or government of a state that is."""
    official = party.sectors[:1] in (("MIL",), ("GOV",))
    return party.entity == state.entity or (official and state.entity == party.country)


def _each_his_own(first: Sides, second: Sides, detail: Detail) -> bool:
    """Whether two people whom the story names did, each for himself, what nobody does for another."""
    if not detail.of_oneself.issuperset((first.telling.event.mode, second.telling.event.mode)):
        return False
    acting = first.acting, second.acting
    named = all(detail.index.entities[key].kind == "person" for keys in acting for key in keys)
    return named and all(acting) and acting[0].isdisjoint(acting[1])


def _two_held(first: Telling, second: Telling, detail: Detail) -> bool:
    """Whether one sentence tells of two people by two verbs or their nouns: "sacked the minister and ordered
    the arrest of Dara Moll"."""
    one, two = first.draft, second.draft
    if one.sentence != two.sentence or one.token == two.token:
        return False
    if one.type not in detail.syntax.patterns.types("detains"):
        return False
    if "recipient" in one.understood or "recipient" in two.understood:
        return False
    held = [{mention.entity for mention in draft.recipients} for draft in (one, two)]
    people = all(
        detail.index.entities[key].kind in ("person", "unnamed") for keys in held for key in keys
    )
    counted = first.event.counts or second.event.counts  # "arrested six, among them Dara Moll"
    named = any(detail.index.entities[key].kind == "person" for keys in held for key in keys)
    return people and named and all(held) and held[0].isdisjoint(held[1]) and not counted


def _days_told(event: Event) -> tuple[date, date] | None:
    """The first and the last day of the time that an event's words tell, None where they tell none."""
    if event.date is None or not event.date.text:
        return None
    start, end = as_date(event.date.start), as_date(event.date.end)
    return (start, end) if start is not None and end is not None else None


def _days_between(first: Sides, second: Sides) -> int:
    """Days between the times that the words of two events tell; 0 where they meet or either tells none."""
    if first.days is None or second.days is None:
        return 0
    earlier, later = sorted((first.days, second.days), key=lambda days: days[0])
    return max(0, (later[0] - earlier[1]).days)


def _known_countries(parties: Sequence[Participant]) -> frozenset[str]:
    return frozenset(party.country for party in parties if party.country)


def _apart(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(ours and theirs and not ours & theirs)


def ruled(first: Sides, second: Sides, lead: int) -> bool:
    """Whether two tellings are one by their parties, days, words and places in the story.

    Args:
        lead: code point where the title and first paragraph end.
    """
    (told, *_), (again, *_) = first, second
    one, two = told.event, again.event
    if one.trigger == two.trigger:
        return True
    if not _same_parties(first, second) or _days_between(first, second):
        return False
    if one.sentence == two.sentence:
        if one.coded_by.rule == two.coded_by.rule:
            return True
        return _like_modes(one, two) and first.recipients == second.recipients
    if one.sentence.start < lead:
        return _like_modes(one, two) or _agree(told.words, again.words)
    known = bool(one.recipients and two.recipients)
    told_alike = known and one.coded_by.rule == two.coded_by.rule
    share = _SHARED_WORDS if told_alike or one.quad in _DEEDS else _SHARED_BY_WORDS
    return _agree(told.words, again.words, share)


def _like_modes(one: Event, two: Event) -> bool:
    """Whether the modes agree; the model's own events seldom have one."""
    by_model = "model" in (one.coded_by.coder, two.coded_by.coder)
    return one.mode == two.mode or (by_model and not (one.mode and two.mode))


def _same_parties(one: Sides, two: Sides) -> bool:
    if not (_nested(one.actors, two.actors) and _nested(one.recipients, two.recipients)):
        return False
    return one.actors == two.actors or bool(one.recipients and one.recipients == two.recipients)


def _nested(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether one set of parties holds the other; no party at all fits any."""
    return one <= two or two <= one


def _agree(one: frozenset[str], two: frozenset[str], share: float = _SHARED_WORDS) -> bool:
    smaller = min(len(one), len(two))
    return smaller > 0 and len(one & two) / smaller >= share
