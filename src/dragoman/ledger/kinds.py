"""The five kinds of item: where each is kept, and how two of a kind are found to belong together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dragoman.ledger import agreements, claims, commitments, merging, tellings
from dragoman.ledger.batch import STRETCHES, shifted, stretches, within
from dragoman.ledger.components import Days, Kind
from dragoman.ledger.merging import ANY
from dragoman.ledger.store import Store

Row = dict[str, Any]


def _sharing(table: str, item: str, column: str) -> Callable[[Sequence[Row], Days], Days]:
    """Items that share a value of a list column. The lists are unfolded and joined: ``list_has_any`` with many
    values took forty microseconds a row."""

    def near(new: Sequence[Row], days: Days) -> Days:
        values = sorted({value for row in new for value in row[column]})
        return (
            f"SELECT i, p FROM (SELECT r.{item} AS i, r.rowid AS p, unnest(r.{column}) AS v FROM {table} r WHERE {days[0]}) "
            "WHERE v IN (SELECT unnest(?::UBIGINT[]))"
        ), [*days[1], values]

    return near


def _near_reports(new: Sequence[Row], _: Days) -> Days:
    """Reports of the same type, near in time, whose sides may be the same.

    Narrow columns decide: the lists of a part of the table that holds one candidate are as dear to read
    as those of a thousand.
    """
    far = [row for row in new if merging.is_far(row)]
    if len(stretches([row["day"] for row in far], merging.WINDOW, most=len(far))) < STRETCHES:
        return _near_some(new)
    # a batch's days of twenty years are looked for by themselves, else everything between is read for all
    one, values = _near_some([row for row in new if not merging.is_far(row)])
    two, more = _near_some(far)
    kinds = ", ".join(str(kind) for kind in sorted({row["merge_key"] for row in far}))
    return f"{one} UNION ALL {two} AND r.merge_key IN ({kinds})", [*values, *more]


def _near_some(new: Sequence[Row]) -> Days:
    told = [row["day"] for row in new]
    days = within("r.day", stretches(told, merging.WINDOW))
    stories = within("r.told", stretches(told, merging.WINDOW + merging.TIMELY_DAYS))
    matching, values = _matching(new)
    return (
        f"SELECT DISTINCT r.report, r.rowid, r.day FROM report_rows r {matching} AND {days[0]} AND {stories[0]}",
        [*values, *days[1], *stories[1]],
    )


def _far_reports(store: Store, new: Sequence[Row]) -> Days | None:
    """The same among reports of days far from those of their stories."""
    able = store.far.on((kind, day) for kind, day, *_ in _spots(new))
    if not able:
        return None
    matching, values = _matching(new)
    return (
        "SELECT f.item, r.rowid, f.component, f.group_id FROM (SELECT DISTINCT r.item, r.told, r.component, r.group_id "
        f"FROM far_report_members r {matching} AND r.item IN (SELECT unnest(?::UBIGINT[]))) f "
        "JOIN report_rows r ON r.report = f.item AND r.told = f.told"
    ), [*values, able]  # fmt: skip


def _matching(new: Sequence[Row]) -> Days:
    """SQL that joins ``r`` with the types, days and sides of new reports."""
    spots = sorted(_spots(new))
    return (
        "JOIN (SELECT unnest(?::UBIGINT[]) AS k, unnest(?::DATE[]) AS d, unnest(?::BOOLEAN[]) AS lasting, "
        "unnest(?::VARCHAR[]) AS a, unnest(?::VARCHAR[]) AS t) spot ON r.merge_key = spot.k AND r.day = spot.d "
        "WHERE (NOT lasting OR r.day_end > r.day) "
        f"AND (r.actor_side = a OR a = '{ANY}' OR r.actor_side = '{ANY}') "
        f"AND (r.recipient_side = t OR t = '{ANY}' OR r.recipient_side = '{ANY}')"
    ), [[spot[number] for spot in spots] for number in range(5)]  # fmt: skip


def _spots(new: Sequence[Row]) -> set[tuple[Any, ...]]:
    """Where new reports look: type, day, whether only for what lasts longer than a day, and the two sides."""
    return {
        (row["merge_key"], shifted(row["day"], gap), gap < -merging.COPY_DAYS, row["actor_side"], row["recipient_side"])
        for row in new
        for gap in range(-merging.WINDOW, min(merging.reach(row), merging.WINDOW) + 1)
    }  # fmt: skip


def _by_keys(item: Row) -> tuple[list[int], list[int]]:
    return item["keys"], item["keys"]


def _event_buckets(item: Row) -> tuple[list[Any], list[Any]]:
    """By type and actor; a report that names nobody is looked at by all of its type."""
    kind = item["merge_key"]
    if not item["actors"]:
        return [(kind, "nobody"), (kind, "all")], [(kind, "all")]
    named = [(kind, name) for name in {*item["actors"], *item["actor_countries"]} if name]
    return [*named, (kind, "all")], [*named, (kind, "nobody")]


STORY = Kind(
    "story", "story_rows", "story_hash", tellings.DAYS_APART, _sharing("story_rows", "story_hash", "bands"),
    tellings.one_telling, lambda item: (item["bands"], item["bands"]),
    "r.story_id, r.day, r.bands, r.text, r.published, r.recorded", "r.story_id, r.day, r.bands, r.text",
)  # fmt: skip
REPORT = Kind(
    "report", "report_rows", "report", merging.WINDOW, _near_reports, merging.same_event, _event_buckets,
    compared="r.merge_key, r.actor_side, r.recipient_side, r.day, r.day_end, r.told, r.dated, r.quad, r.mode, r.actors, r.actor_countries, r.recipients, "
    "r.recipient_countries, r.place, r.place_country, r.lat, r.lon, r.dead_low, r.injured_low, r.arrested_low, "
    "r.size_low, r.meaning",
    far=_far_reports,
)  # fmt: skip
CLAIM = Kind(
    "claim", "claim_rows", "item", claims.WINDOW, _sharing("claim_rows", "item", "keys"), claims.same_claim, _by_keys,
    compared="r.keys, r.day, r.meaning, r.text, r.asserted_by, r.denied_by, r.reported_by",
)  # fmt: skip
COMMITMENT = Kind(
    "commitment", "commitment_rows", "item", commitments.WINDOW, _sharing("commitment_rows", "item", "keys"),
    commitments.same_commitment, _by_keys,
    compared="r.keys, r.day, r.kind, r.by_countries, r.to_countries, r.meaning, r.text",
)  # fmt: skip
AGREEMENT = Kind(
    "agreement", "agreement_rows", "item", None, _sharing("agreement_rows", "item", "keys"), agreements.related, _by_keys,
    compared="r.keys, r.day, r.term, r.sign, r.name, r.name_year, r.name_day, r.party_countries, r.reporter_country",
)  # fmt: skip
KINDS = (STORY, REPORT, CLAIM, COMMITMENT, AGREEMENT)
