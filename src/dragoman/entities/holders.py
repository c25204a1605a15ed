"""Who holds an office on a day, held it before, will hold it, or holds the same one elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Day
from datetime import timedelta
from typing import TYPE_CHECKING

from dragoman.lexicon.lexicon import TODAY

if TYPE_CHECKING:
    from dragoman.lexicon import Entry, Lexicon
    from dragoman.lexicon.entry import Tenure

#: Days between a vote and the day on which the winner takes office, at most.
TRANSITION = 270
YEAR = len("2024")
DAY_LENGTH = len("2024-01-31")  # a date whose day is known
#: Offices of whoever leads an organisation or a group, the highest first.
LEADING = ("secretary-general", "chairperson", "group-leader", "party-leader")


def sole_holder(
    lexicon: Lexicon, owner: str, office: str, days: Sequence[str], date: str | None
) -> Entry | None:
    """The one person who holds an office of a state or organisation on all of ``days``, or None.

    Offices of an organisation are not those of the state it lies in: the head of a breakaway
    republic is no second president.

    Args:
        days: ISO days; none where nobody knows when the text was written: then an office is nobody.
        date: the day for which the person's sectors are told, unless ``days`` are long before it;
            None = today.
    """
    people: set[str] = set()
    tenures = lexicon.tenures_of(owner, office)
    for day in days:
        held = {
            tenure.person
            for tenure in tenures
            if tenure.on(day) and tenure.organisation in ("", owner)
        }
        if len(held) != 1:
            return None
        people |= held
    if date is not None and days and days[-1] < date[:YEAR]:
        date = days[-1]  # who held it in a year long past is told of as of then
    return lexicon.entry(people.pop(), date) if len(people) == 1 else None


def leader_of(lexicon: Lexicon, body: str, days: Sequence[str], date: str | None) -> Entry | None:
    """The one person who leads an organisation or group, None where several do or nobody is known."""
    for office in LEADING:
        if lexicon.tenures_of(body, office):
            return sole_holder(lexicon, body, office, days, date)
    return None


def chosen(
    lexicon: Lexicon, owner: str, office: str, days: Sequence[str], date: str | None
) -> Entry | None:
    """Who has been chosen for an office and takes it next ("the president-elect"), or None."""
    if not days:
        return None
    tenures = [tenure for tenure in lexicon.tenures_of(owner, office) if not tenure.organisation]
    held = {tenure.person for tenure in tenures if tenure.on(days[-1])}
    after = next((one for one in tenures if days[-1] < one.since and one.person not in held), None)
    if after is None or len(after.since) < DAY_LENGTH:
        return None
    if Day.fromisoformat(after.since) - Day.fromisoformat(days[-1]) > timedelta(TRANSITION):
        return None
    return lexicon.entry(after.person, date)


def office_of(lexicon: Lexicon, person: str, date: str | None) -> Tenure | None:
    """The highest office that somebody holds on a day, else the one he left last, else None."""
    ranks = {office: rank for rank, office in enumerate(lexicon.offices)}
    day = date or TODAY
    tenures = [one for one in lexicon.tenures(person) if not one.since or one.since <= day]
    serving = [one for one in tenures if one.on(day)]
    if serving:
        return min(serving, key=lambda one: ranks.get(one.office, len(ranks)))
    return max(tenures, key=lambda one: one.until, default=None)


def neighbour_in_office(
    lexicon: Lexicon, person: str, date: str | None, *, earlier: bool
) -> Entry | None:
    """Who held somebody's office right before him, or has held it right after him by a day.

    Args:
        earlier: whether the one before him is asked for.
    """
    own = office_of(lexicon, person, date)
    if own is None or not lexicon.offices[own.office].single:
        return None
    tenures = lexicon.tenures_of(own.organisation or own.country, own.office)
    if earlier:
        before = [one for one in tenures if one.since < own.since and one.person != person]
        found = before[-1] if before else None
    else:
        day = date or TODAY
        found = next(
            (one for one in tenures if own.since < one.since <= day and one.person != person), None
        )
    return lexicon.entry(found.person, date) if found is not None else None


def same_office(
    lexicon: Lexicon, person: str, country: str, days: Sequence[str], date: str | None
) -> Entry | None:
    """Who holds in a country the office that somebody holds in his: "his Malian counterpart", or None."""
    own = office_of(lexicon, person, date)
    if own is None or own.organisation or not lexicon.offices[own.office].single:
        return None
    return sole_holder(lexicon, country, own.office, days, date)
