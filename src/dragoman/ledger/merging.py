"""When two reports tell one event, and what the one event then is. Pure: no database, no clock.

Reports are rows of ``report_rows`` as dictionaries. The result does not depend on the order in
which they came: reports are sorted by day of publication and key before anything is decided.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from dragoman.ledger import leading, words
from dragoman.ledger import rows as row_maker
from dragoman.ledger.row_parts import is_bare_people
from dragoman.model import COUNTED, content_id
from dragoman.tables import DATA_FOLDER, read_table

Row = dict[str, Any]

WINDOW = 7  # days either side in which another report of the event is looked for: that of "last week" begins so long before it
# Share of content stems two sentences must have in common (0–1). Words of speech events differ only
# in what was said, so they need more; a second agreement (place or count) lets material ones do with less.
ALIKE_VERBAL, ALIKE_MATERIAL, ALIKE_SUPPORTED = 0.34, 0.24, 0.14
# A demand or a charge repeated the next day is another event unless the words are nearly the same.
ALIKE_VERBAL_LATER = 0.6
ALIKE_COPY = 0.75
COPY_DAYS = 2  # sentences nearly the same may differ so much in a day that no story tells
PLACE_KILOMETRES = 40.0
TIMELY_DAYS = (
    30  # reports of what is longer ago, or further ahead, are kept in a table of their own
)
UNNAMED = "unnamed:"  # begins the id of somebody told by no name
TOWN = "place:"  # begins the id of a place that something is done to
ANY = "*"  # a side of several countries, or of one that is not known


def order(row: Row) -> tuple[Any, ...]:
    """Reports in the order of publication, those of one story as it tells them."""
    return (row["published"] or row["day"], row["story_id"], row["trigger_start"], row["report"])


def same_event(first: Row, second: Row) -> bool:
    """Whether two reports tell the same event.

    Type and auxiliary class are equal (the caller's key says so); actors, recipients, mode, place and
    days (to come or past, as told) must not contradict each other, and the sentences must mean alike. Of copies, sentences nearly
    the same, less is asked. Where the numbers differ the place must be the same, or the telling.
    """
    if first["merge_key"] != second["merge_key"] or not _sides_meet(first, second):
        return False
    if is_ahead(first) != is_ahead(second):
        return False  # who agreed to meet has not yet signed what they sign there
    place = _places(first, second)
    nameless = place > 0 and first["quad"] not in (
        1,
        3,
    )  # "gunmen" there may be whom another report names
    if place < 0 or not _modes_meet(first, second) or not _actors_meet(first, second, nameless):
        return False
    one, two = frozenset(first["meaning"]), frozenset(second["meaning"])
    alike = words.overlap(one, two)
    copy = alike >= ALIKE_COPY
    if not _recipients_meet(first, second, copy or nameless) or not _days_meet(first, second, copy):
        return False
    if place == 0 and _counts_differ(first, second) and not (one <= two or two <= one):
        return False
    if copy:
        return True
    if first["quad"] in (1, 3):
        return alike >= (ALIKE_VERBAL if first["day"] == second["day"] else ALIKE_VERBAL_LATER)
    supported = place > 0 or _same_counts(first, second)
    return alike >= (ALIKE_SUPPORTED if supported else ALIKE_MATERIAL)


def reach(row: Row) -> int:
    """Days after a report's first day within which another report of the event can begin."""
    return int((row["day_end"] - row["day"]).days) + COPY_DAYS


def _sides_meet(first: Row, second: Row) -> bool:
    """Whether each side is the same country in both, or unknown or several in one of them."""
    return all(
        first[side] == second[side] or ANY in (first[side], second[side])
        for side in ("actor_side", "recipient_side")
    )


def is_far(row: Row) -> bool:
    """Whether a report tells of a day far from the day of its story."""
    return abs((row["day"] - row["told"]).days) > TIMELY_DAYS


def is_ahead(row: Row) -> bool:
    """Whether a report tells of a day after that of its story."""
    return bool(row["day"] > row["told"])


def _days_meet(first: Row, second: Row, copy: bool) -> bool:
    """Day intervals overlap; a day that is only the day of publication may be off, a little more in a copy."""
    slack = 0 if first["dated"] and second["dated"] else COPY_DAYS if copy else 1
    gap: int = max((second["day"] - first["day_end"]).days, (first["day"] - second["day_end"]).days)
    return gap <= slack


def _actors_meet(first: Row, second: Row, nameless: bool) -> bool:
    """Actors share an entity or a country; of those who deal with each other none may be of others.

    Args:
        nameless: whether those whom a report does not name ("gunmen") may be any.
    """
    if not _shared_or_empty(first, second, "actors", "actor_countries"):
        return nameless and (_is_nameless(first) or _is_nameless(second))
    one, two = ({c for c in row["actor_countries"] if c} for row in (first, second))
    together = not first["recipients"] and not second["recipients"] and min(len(one), len(two)) > 1
    return not together or one <= two or two <= one


def _is_nameless(row: Row) -> bool:
    """Whether those who act are told by no name and of no country."""
    unnamed = all(name.startswith(UNNAMED) for name in row["actors"])
    return unnamed and not any(row["actor_countries"])


def _recipients_meet(first: Row, second: Row, copy: bool) -> bool:
    """Recipients share an entity or a country; in a copy, and at one place, those without a country are no others,
    nor are "seven people", whose country is guessed."""
    if _shared_or_empty(first, second, "recipients", "recipient_countries"):
        return True
    if copy and any(all(map(is_bare_people, row["recipients"])) for row in (first, second)):
        return True
    return copy and not (any(first["recipient_countries"]) and any(second["recipient_countries"]))


def _modes_meet(first: Row, second: Row) -> bool:
    return not first["mode"] or not second["mode"] or first["mode"] == second["mode"]


def _shared_or_empty(first: Row, second: Row, ids: str, countries: str) -> bool:
    """The two sides share an entity or a country, or one report names nobody."""
    if not first[ids] or not second[ids]:
        return True
    if set(first[ids]) & set(second[ids]):
        return True
    return bool({c for c in first[countries] if c} & {c for c in second[countries] if c})


def _places(first: Row, second: Row) -> int:
    """1 the same place, 0 not known, −1 two places."""
    if not first["place"] or not second["place"]:
        return _towns(first, second)
    one, two = first["place"].lower(), second["place"].lower()
    if one in two or two in one:
        return 1
    if first["lat"] is not None and second["lat"] is not None:
        near = _kilometres(first["lat"], first["lon"], second["lat"], second["lon"])
        if near <= PLACE_KILOMETRES:
            return 1
    # "Ecuador" beside "Loja": a country is no other place than a town in it
    if first["place_country"] == second["place_country"] and {one, two} & country_names():
        return 0
    return -1


def _towns(first: Row, second: Row) -> int:
    """The same for towns that something is done to ("shelled Kharkiv"), where a place is not told."""
    one, two = _towns_of(first), _towns_of(second)
    if one and two:
        return 1 if one & two else -1
    place = (first["place"] or second["place"] or "").lower()
    return 1 if any(town in place for town in one | two) else 0


def _towns_of(row: Row) -> set[str]:
    towns = (item.removeprefix(TOWN) for item in row["recipients"] if item.startswith(TOWN))
    return {town.replace("-", " ") for town in towns}


@lru_cache(maxsize=1)
def country_names() -> frozenset[str]:
    """Names of countries in lower case, from the lexicon's table."""
    rows = read_table(DATA_FOLDER / "countries.tsv", ("name",))
    return frozenset(row["name"].lower() for row in rows)


def _kilometres(lat_one: float, lon_one: float, lat_two: float, lon_two: float) -> float:
    """Distance on the sphere, in kilometres."""
    one, two = math.radians(lat_one), math.radians(lat_two)
    turn = math.radians(lon_two - lon_one)
    cosine = math.sin(one) * math.sin(two) + math.cos(one) * math.cos(two) * math.cos(turn)
    return 6371.0 * math.acos(max(-1.0, min(1.0, cosine)))


def _same_counts(first: Row, second: Row) -> bool:
    """Both give a number of dead, injured, arrested or taking part, and it is the same."""
    return any(one == two for one, two in _shared_counts(first, second))


def _counts_differ(first: Row, second: Row) -> bool:
    """Both give such a number, and no one is the same."""
    shared = _shared_counts(first, second)
    return bool(shared) and all(one != two for one, two in shared)


def _shared_counts(first: Row, second: Row) -> list[tuple[int, int]]:
    pairs = ((first[f"{name}_low"], second[f"{name}_low"]) for name in COUNTED)
    return [(one, two) for one, two in pairs if one is not None and two is not None]


def split(reports: Sequence[Row], settled: Sequence[Row] = ()) -> list[list[Row]]:
    """Groups of reports that tell one event each.

    Reports are taken in order; each joins the first event whose leader (its first report) it
    matches, so a chain of look-alikes over many days does not become one event.

    Args:
        settled: what is known of the grouping so far, see ``leading.split``.
    """
    return leading.split(reports, order, same_event, settled)


def event_id(group: Sequence[Row]) -> str:
    """The event's id: made of its first report, so it is the same in every ledger."""
    first = group[0]
    return "e" + content_id(first["story_id"], first["story_event"])


def event_state(group: Sequence[Row], telling: dict[str, str]) -> Row:
    """One event from its reports (in order).

    Who, what and where come from the first report that knows; numbers from the last one, with every
    earlier number kept in ``revisions``.

    Args:
        telling: story id → id of its telling; copies share one.
    """
    ordered = sorted(group, key=order)
    first = ordered[0]
    best = next((item for item in ordered if item["actors"] and item["recipients"]), first)
    dated = next((item for item in ordered if item["day_told"]), None) or next(
        (item for item in ordered if item["dated"]), first
    )
    placed = next((item for item in ordered if item["place"]), first)
    state: Row = {
        "event_id": event_id(ordered), "type": first["type"],
        "day": dated["day"], "day_end": dated["day_end"], "dated": dated["dated"], "day_told": dated["day_told"],
        "mode": next((item["mode"] for item in ordered if item["mode"]), None),
        "contexts": _union(ordered, "contexts"), "aux": _union(ordered, "aux"),
        "cameo": first["cameo"], "quad": first["quad"], "score": first["score"],
        "goldstein": first["goldstein"],
    }  # fmt: skip
    for role in ("actor", "recipient"):
        source = best if best[f"{role}s"] else next((r for r in ordered if r[f"{role}s"]), first)
        for column in (f"{role}s", f"{role}_names", f"{role}_countries", f"{role}_codes"):
            state[column] = source[column]
        state[role] = next((item for item in source[f"{role}_countries"] if item), None)
        state[f"{role}_id"] = next(iter(source[f"{role}s"]), None)
    state["more_parties"] = len(state["actors"]) > 1 or len(state["recipients"]) > 1
    state["joint"] = not state["recipients"] and any(item["joint"] for item in ordered)
    for column in ("place", "place_country", "lat", "lon"):
        state[column] = placed[column]
    state.update(_numbers(ordered))
    stories = {item["story_id"] for item in ordered}
    state |= {
        "said_by": _union(ordered, "said_by"), "reports": len(stories),
        "tellings": len({telling.get(item, item) for item in stories}),
        "publishers": len({item["publisher"] for item in ordered if item["publisher"]}),
        "confidence": 1.0 - math.prod(1.0 - min(item["confidence"], 0.999) for item in _tellings(ordered, telling)),
        "story_id": first["story_id"], "story_event": first["story_event"],
        "report_keys": [item["report"] for item in ordered], "confirmed": False, "notes": None,
    }  # fmt: skip
    state["confidence"] = round(state["confidence"], 6)
    return state


def _tellings(ordered: Sequence[Row], telling: dict[str, str]) -> list[Row]:
    """The first report of each independent telling."""
    seen: dict[str, Row] = {}
    for item in ordered:
        story: str = item["story_id"]
        seen.setdefault(telling.get(story, story), item)
    return list(seen.values())


def _union(ordered: Sequence[Row], column: str) -> list[str]:
    return list(dict.fromkeys(value for item in ordered for value in item[column] or []))


def _numbers(ordered: Sequence[Row]) -> Row:
    """Counts of the last report that gives them, and the history of every count that changed."""
    state: Row = {}
    revisions: list[Row] = []
    for name in COUNTED:
        low, high = f"{name}_low", f"{name}_high"
        given = [item for item in ordered if item[low] is not None]
        last = given[-1] if given else ordered[0]
        state[low], state[high] = last[low], last[high]
        changes: list[Row] = []
        for item in given:
            shown: date = item["published"] or item["day"]
            now = {"of": name, "low": item[low], "high": item[high]}
            if not changes or now != {key: changes[-1][key] for key in now}:
                changes.append(now | {"day": shown.isoformat(), "story": item["story_id"]})
        if len(changes) > 1:
            revisions += changes
    state["revisions"] = json.dumps(revisions) if revisions else None
    return state


def _joint_pairs(state: Row) -> set[tuple[str, str]]:
    """Each with every other of those who did something together; of one country with itself where there is no other."""
    countries = [country for country in state["actor_countries"] if country]
    if not state["joint"] or len(countries) < 2:
        return set()
    across = {(one, two) for one in countries for two in countries if one != two}
    return across or {(countries[0], countries[0])}


def dyads(state: Row) -> list[Row]:
    """One narrow row for each pair of countries in an event that happened; both ways for what two did together.

    What may be or was not is no deed, and what was long before a story has a day only where some story tells it.
    """
    kind = row_maker.aux_class(state["aux"])
    if kind not in ("did", "past") or (kind == "past" and not state["dated"]):
        return []
    pairs = {
        (actor, recipient)
        for actor in state["actor_countries"]
        for recipient in state["recipient_countries"]
        if actor and recipient
    } or _joint_pairs(state)
    columns = ("day", "type", "quad", "score", "event_id")
    return [
        {"actor": actor, "recipient": recipient} | {name: state[name] for name in columns}
        for actor, recipient in sorted(pairs)
    ]
