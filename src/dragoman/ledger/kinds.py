"""The five kinds of item: where each is kept, and how two of a kind are found to belong together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dragoman.ledger import agreements, claims, commitments, merging, tellings
from dragoman.ledger.batch import shifted
from dragoman.ledger.components import Days, Kind

Row = dict[str, Any]


def _sharing(table: str, item: str, column: str) -> Callable[[Sequence[Row], Days], Days]:
    """Items that share a value of a list column. The lists are unfolded and joined: ``list_has_any`` with many
    values took forty microseconds a row."""

    def near(new: Sequence[Row], days: Days) -> Days:
        values = sorted({value for row in new for value in row[column]})
        return (
            f"SELECT i FROM (SELECT r.{item} AS i, unnest(r.{column}) AS v FROM {table} r WHERE {days[0]}) "
            "WHERE v IN (SELECT unnest(?::UBIGINT[]))"
        ), [*days[1], values]

    return near


def _near_reports(new: Sequence[Row], days: Days) -> Days:
    """Reports of the same type near in time that share an actor, or where one of the two names nobody.

    A report stands under the names and countries of its actors and under ``*``; one without actors under ``-`` too.
    """
    window = range(-merging.WINDOW, merging.WINDOW + 1)
    spots = {(row["merge_key"], shifted(row["day"], gap)) for row in new for gap in window}
    names = {(row["merge_key"], name) for row in new for name in _sought(row)}
    return (
        "SELECT i FROM (SELECT r.report AS i, r.merge_key AS k, unnest(list_concat(r.actors, r.actor_countries, "
        "CASE WHEN len(r.actors) = 0 THEN ['*', '-'] ELSE ['*'] END)) AS v FROM report_rows r "
        "JOIN (SELECT unnest(?::UBIGINT[]) AS k, unnest(?::DATE[]) AS d) spot ON r.merge_key = spot.k AND r.day = spot.d "
        f"WHERE {days[0]}) JOIN (SELECT unnest(?::UBIGINT[]) AS k, unnest(?::VARCHAR[]) AS v) USING (k, v)"
    ), [
        [kind for kind, _ in spots],
        [day for _, day in spots],
        *days[1],
        [kind for kind, _ in names],
        [name for _, name in names],
    ]


def _sought(row: Row) -> set[str]:
    """Names under which a report looks for others."""
    if not row["actors"]:
        return {"*"}
    return {"-", *row["actors"], *filter(None, row["actor_countries"])}


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
    compared="r.merge_key, r.day, r.day_end, r.dated, r.quad, r.mode, r.actors, r.actor_countries, r.recipients, "
    "r.recipient_countries, r.place, r.place_country, r.lat, r.lon, r.dead_low, r.injured_low, r.arrested_low, "
    "r.size_low, r.meaning",
)  # fmt: skip
CLAIM = Kind(
    "claim", "claim_rows", "item", claims.WINDOW, _sharing("claim_rows", "item", "keys"), claims.same_claim, _by_keys,
    compared="r.keys, r.day, r.meaning",
)  # fmt: skip
COMMITMENT = Kind(
    "commitment", "commitment_rows", "item", commitments.WINDOW, _sharing("commitment_rows", "item", "keys"),
    commitments.same_commitment, _by_keys,
    compared="r.keys, r.day, r.kind, r.by_countries, r.to_countries, r.meaning",
)  # fmt: skip
AGREEMENT = Kind(
    "agreement", "agreement_rows", "item", None, _sharing("agreement_rows", "item", "keys"), agreements.related, _by_keys,
    compared="r.keys, r.day, r.term, r.name, r.party_countries",
)  # fmt: skip
KINDS = (STORY, REPORT, CLAIM, COMMITMENT, AGREEMENT)
