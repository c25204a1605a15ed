"""Which sentences speak of one agreement, and whether it holds. Pure.

An item is a row of ``agreement_rows``: one sentence of one story with its sign. Where ``undated`` is true nobody
tells its day, and ``day`` is only where it stands.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from dragoman.ledger import days, signs
from dragoman.ledger.agreement_steps import day_text, history_of, is_undated, violations_of
from dragoman.ledger.commitments import OPEN
from dragoman.ledger.wording import party_name
from dragoman.model import content_id

Row = dict[str, Any]

# An agreement that is broken or disputed still runs out on its last day.
RUNNING = (*OPEN, "violated", "disputed")
# After its end, reports of the collapse keep coming; later ones must mean another agreement.
AFTERMATH = timedelta(days=14)
_NAMED_PARTIES = 3  # so many stand in the name of an agreement that has none
_RANK = {
    "agreed": 0,
    "in-force": 1,
    "extended": 2,
    "violated": 3,
    "held": 4,
    "denied": 5,
    "over": 6,
}


def order(row: Row) -> tuple[Any, ...]:
    """By day, then by what must come first on one day, then by key; what has no day comes last."""
    return (is_undated(row), row["day"], _RANK[row["sign"]], row["story_id"], row["start_offset"])


def related(first: Row, second: Row) -> bool:
    """Whether two mentions can be of one agreement (or of one series between the same parties)."""
    if not _terms_meet(first["term"], second["term"]):
        return False
    if first["name"] and second["name"]:
        return _names_meet(first, second)
    if first["name_year"] and first["name_year"] == second["name_year"]:
        one, two = {*first["party_countries"]}, {*second["party_countries"]}
        return bool(one & two) and (one <= two or two <= one)
    if is_bare(first) or is_bare(second):
        return _may_be_whose(first, second) or _may_be_whose(second, first)
    return _same_parties(first, second)


def is_bare(row: Row) -> bool:
    """Whether a mention of a truce names fewer than two sides, and nothing else by which it is known."""
    named = row["name"] or row["name_year"] or row["name_day"]
    return row["term"] == "ceasefire" and not named and len(row["party_countries"] or ()) < 2


def _may_be_whose(bare: Row, other: Row) -> bool:
    """Whether a truce whose sides are not both told may be one whose are; their keys say that they are near in time."""
    if not is_bare(bare) or is_bare(other) or set(bare["keys"]).isdisjoint(other["keys"]):
        return False
    return set(bare["party_countries"] or ()) <= set(other["party_countries"] or ())


def party_sets(row: Row) -> list[frozenset[str]]:
    """Whom a mention may make the parties: those named, or they and the side that accuses or denies."""
    named = frozenset(row["party_countries"] or ())
    sets = [named] if named else []
    speaker = row.get("reporter_country")
    if speaker and len(named) > 1 and row["sign"] in ("violated", "denied", "held", "over"):
        sets.append(named | {speaker})
    return sets


def _same_parties(first: Row, second: Row) -> bool:
    return not set(party_sets(first)).isdisjoint(party_sets(second))


def _names_meet(first: Row, second: Row) -> bool:
    """The same name (and a party, where it is a mere topic), or a part of it ("nuclear deal", "Iran nuclear deal") with one of the same parties."""
    if first["name"] == second["name"] and not signs.is_topic(first["name"]):
        return True
    one, two = set(first["name"].split()), set(second["name"].split())
    shared = set(first["party_countries"] or ()) & set(second["party_countries"] or ())
    return (one <= two or two <= one) and bool(shared)


def _terms_meet(one: str, two: str) -> bool:
    return one == two or "agreement" in (one, two)


class _Thread:
    """One agreement while its mentions are being read in order."""

    def __init__(self) -> None:
        self.items: list[Row] = []
        self.ended: date | None = None
        self.until: date | None = None

    @property
    def term(self) -> str:
        return next((i["term"] for i in self.items if i["term"] != "agreement"), "agreement")

    def add(self, item: Row) -> None:
        self.items.append(item)
        if item["sign"] == "over" and self.ended is None:
            self.ended = item["day"]
        self.until = _later_end(item, self.until)
        if item["sign"] == "extended":
            self.ended = None

    def alive(self, day: date) -> bool:
        """Whether it had not ended by that day."""
        if self.ended is not None and self.ended <= day:
            return False
        return self.until is None or day <= self.until

    def is_between(self, item: Row, exactly: bool) -> bool:
        """Whether a mention has the parties of one of these, the same ones or with the side that speaks."""
        if exactly:
            return any(o["party_countries"] == item["party_countries"] for o in self.items)
        return any(_same_parties(other, item) for other in self.items)

    def may_be_of(self, item: Row) -> bool:
        """Whether a monitor's report that names fewer than two sides can be of this truce."""
        if self.term != "ceasefire" or is_undated(item) or is_undated(self.items[0]):
            return False
        named = {party for other in self.items for party in other["party_countries"] or ()}
        return self.alive(item["day"]) and set(item["party_countries"] or ()) <= named

    def may_mean(self, item: Row) -> bool:
        """Whether an item without a name can speak of this agreement on its day."""
        if is_undated(item) != all(map(is_undated, self.items)):
            return False  # "the truce" of a day unknown is not that of this year
        # "the agreement" may be a ceasefire; a ceasefire is not the agreement of twenty years ago
        if item["term"] not in (self.term, "agreement"):
            return False
        if item["sign"] == "agreed":
            again = signs.is_another(item.get("text") or "")
            return self.alive(item["day"]) and not (
                again and item["day"] > self.items[0]["day"] + AFTERMATH
            )
        end = self.ended or self.until
        return self.alive(item["day"]) or (end is not None and item["day"] <= end + AFTERMATH)

    def tells_of(self, name: str) -> bool:
        """Whether it was made where a name says: "the Oslo truce" is the one signed in Oslo."""
        made = [o.get("text") or "" for o in self.items if o["sign"] in ("agreed", "in-force")]
        return any(f" in {name}" in text.lower() for text in made)

    def named(self, item: Row) -> bool:
        """Whether the item names this agreement: by name, by its year or by its day."""
        if item["name"]:
            return any(other["name"] and _names_meet(other, item) for other in self.items)
        if item["name_year"]:
            years = {
                o["name_year"]
                or (o["day"].year if o["sign"] == "agreed" and not is_undated(o) else None)
                for o in self.items
            }
            sides = {side for other in self.items for side in other["party_countries"] or ()}
            mine = set(item["party_countries"] or ())
            return item["name_year"] in years and (mine <= sides if mine else not sides)
        made = [o for o in self.items if o["sign"] in ("agreed", "in-force") and not is_undated(o)]
        return any(abs((o["day"] - item["name_day"]).days) <= 1 for o in made)


def split(items: Sequence[Row]) -> list[list[Row]]:
    """Agreements, each a list of its mentions in order of day; a monitor's report that may be of two is of none."""
    threads: list[_Thread] = []
    for item in sorted(items, key=order):
        if not is_bare(item):
            _target(item, threads).add(item)
            continue
        meant = [thread for thread in threads if thread.may_be_of(item)]
        if len(meant) == 1:
            meant[0].add(item)
    return [thread.items for thread in threads]


def _target(item: Row, threads: list[_Thread]) -> _Thread:
    """The agreement an item speaks of; a new one when none fits."""
    named = bool(item["name"] or item["name_year"] or item["name_day"])
    if named:
        meant = [t for t in threads if _terms_meet(t.term, item["term"]) and t.named(item)]
        meant.sort(key=lambda t: any(o["name"] == item["name"] for o in t.items))
        if meant:
            return meant[-1]
    if not item["name"] and not item["name_year"]:
        for exactly in (True, False):
            for thread in reversed(threads):
                if thread.may_mean(item) and thread.is_between(item, exactly):
                    return thread
    elif item["name"] and threads:
        # a name given later to an agreement known so far only by its parties
        for thread in reversed(threads):
            unnamed = not any(other["name"] or other["name_year"] for other in thread.items)
            made = item["sign"] in ("agreed", "in-force") or thread.tells_of(item["name"])
            if unnamed and thread.may_mean(item) and made:
                return thread
    threads.append(_Thread())
    return threads[-1]


def agreement_id(group: Sequence[Row]) -> str:
    """The agreement's id: made of its first mention."""
    return "a" + content_id(group[0]["story_id"], str(group[0]["start_offset"]))


def agreement_state(group: Sequence[Row]) -> Row:
    """One agreement: parties, scope, when in force, extensions, violations, status and its history."""
    ordered = sorted(group, key=order)
    first = ordered[0]
    agreed = _agreed(ordered)
    forced = next((i for i in ordered if i["sign"] == "in-force" and not is_undated(i)), None)
    parties = _parties(ordered)
    history = history_of(ordered, parties)
    until = _until(ordered)
    names = sorted({name for item in ordered if (name := _shown_name(item))})
    term = next((item["term"] for item in ordered if item["term"] != "agreement"), "agreement")
    violations = violations_of(ordered, parties)
    opened = day_text(agreed or first)
    return {
        "agreement_id": agreement_id(ordered), "day": first["day"],
        "last_day": max(i["day"] for i in ordered if is_undated(i) == is_undated(first)),
        "name": min(names, key=lambda name: (name[0].isdigit(), name)) if names else _name_by_parties(ordered, parties, term, opened),
        "names": names, "term": term, "parties": parties,
        "party_countries": sorted(parties),
        "scope": next((item["scope"] for item in ordered if item["scope"]), None),
        "agreed_on": agreed["day"] if agreed else None,
        "in_force_from": forced["day"] if forced else None, "until": until,
        "extensions": json.dumps(_extensions(ordered)),
        "status": history[-1]["status"], "history": json.dumps(history),
        "violations": json.dumps(violations),
        "violation_count": sum(v["count"] or 0 for v in violations),
        "stories": len({item["story_id"] for item in ordered}),
        "items": [item["item"] for item in ordered],
    }  # fmt: skip


def _agreed(ordered: Sequence[Row]) -> Row | None:
    """The mention that tells of its making: no mere name ("the Minsk deal is dead"), and no year ("the 2015 accord").

    What was held or broken before was not made on that day.
    """
    found = next((i for i in ordered if i["sign"] == "agreed" and _tells_making(i)), None)
    if found is None or any(
        i["sign"] in ("in-force", "held", "violated") and i["day"] < found["day"]
        for i in ordered
        if not is_undated(i)
    ):
        return None
    return found


def _tells_making(item: Row) -> bool:
    if is_undated(item) or item["name_year"]:
        return False
    told = not item["name"] or item.get("story_event")
    return bool(told or signs.sign_of(item.get("text") or "") == "agreed")


def _parties(ordered: Sequence[Row]) -> list[str]:
    """Who the parties are: all that are named, but of many mentions those that a third of them name.

    A long report names half of the region beside the two that signed.
    """
    naming = [i["party_countries"] for i in ordered if i["party_countries"] and not is_bare(i)]
    times = Counter(party for parties in naming for party in set(parties))
    kept = [party for party in times if 3 * times[party] >= len(naming)]
    order = dict.fromkeys(party for parties in naming for party in parties)
    return [party for party in order if len(naming) < 3 or len(kept) < 2 or party in kept]


def _shown_name(item: Row) -> str | None:
    if item["name"]:
        shown = " ".join(word[:1].upper() + word[1:] for word in item["name"].split())
        return f"{shown} {item['term']}"
    return f"{item['name_year']} {item['term']}" if item["name_year"] else None


def _name_by_parties(
    ordered: Sequence[Row], parties: Sequence[str], term: str, opened: str | None
) -> str:
    """ "Sudan–Chad ceasefire of 2026-03-01": for people, so by the names of the parties."""
    ids = [name for item in ordered for name in item.get("party_ids") or ()]
    shown = [party_name(country, ids) for country in parties]
    more = " and others" if len(shown) > _NAMED_PARTIES else ""
    day = f"of {opened}" if opened else "(day unknown)"
    return f"{'–'.join(shown[:_NAMED_PARTIES])}{more} {term} {day}".strip()


def _until(ordered: Sequence[Row]) -> date | None:
    """The last day it was to hold, the latest extension counted."""
    last: date | None = None
    for item in ordered:
        last = _later_end(item, last)
    return last


def _extensions(ordered: Sequence[Row]) -> list[Row]:
    """Each extension with its day, and the last day that it gives."""
    found: list[Row] = []
    last: date | None = None
    for item in ordered:
        last = _later_end(item, last)
        if item["sign"] == "extended":
            until = last.isoformat() if last and item["until"] else None
            found.append({"day": day_text(item), "until": until, "story": item["story_id"]})
    return found


def _later_end(item: Row, last: date | None) -> date | None:
    """The last day after one more mention; "extended by a week" counts from the last day so far."""
    if not item["until"] or item["sign"] not in ("agreed", "in-force", "extended"):
        return last
    until: date = item["until"]
    if item["sign"] == "extended" and last and last + AFTERMATH >= item["day"]:
        text = item.get("text") or ""
        if until == days.spell_end(text, item["day"]):
            until = days.spell_end(text, last) or until
    return max(last or until, until)
