"""The five kinds of item: where each is kept, and how two of a kind are found to belong together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dragoman.ledger import agreements, claims, commitments, merging, tellings
from dragoman.ledger.batch import shifted
from dragoman.ledger.components import Days, Kind
from dragoman.ledger.merging import ANY

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


def _near_reports(new: Sequence[Row], days: Days) -> Days:
    """Reports of the same type, near in time, whose sides may be the same.

    Narrow columns decide: the lists of a part of the table that holds one candidate are as dear to read
    as those of a thousand.
    """
    spots = {
        (row["merge_key"], shifted(row["day"], gap), gap < -merging.COPY_DAYS)
        for row in new
        for gap in range(-merging.WINDOW, min(merging.reach(row), merging.WINDOW) + 1)
    }
    both, actors, recipients, neither = _sought(new)
    return (
        "SELECT i, p FROM (SELECT DISTINCT r.report AS i, r.rowid AS p, r.merge_key AS k, r.actor_side AS a, r.recipient_side AS t "
        "FROM report_rows r JOIN (SELECT unnest(?::UBIGINT[]) AS k, unnest(?::DATE[]) AS d, unnest(?::BOOLEAN[]) AS lasting) "
        f"spot ON r.merge_key = spot.k AND r.day = spot.d WHERE {days[0]} AND (NOT lasting OR r.day_end > r.day)) WHERE "
        "(k, a, t) IN (SELECT unnest(?::UBIGINT[]), unnest(?::VARCHAR[]), unnest(?::VARCHAR[])) "
        "OR (k, a) IN (SELECT unnest(?::UBIGINT[]), unnest(?::VARCHAR[])) "
        "OR (k, t) IN (SELECT unnest(?::UBIGINT[]), unnest(?::VARCHAR[])) "
        "OR k IN (SELECT unnest(?::UBIGINT[]))"
    ), [
        *_columns(spots, 3), *days[1], *_columns(both, 3), *_columns(actors, 2), *_columns(recipients, 2),
        *_columns(neither, 1),
    ]  # fmt: skip


def _columns(rows: set[tuple[Any, ...]], count: int) -> list[list[Any]]:
    """Rows as columns, in one order in every run."""
    return [[row[number] for row in sorted(rows)] for number in range(count)]


def _sought(new: Sequence[Row]) -> tuple[set[tuple[Any, ...]], ...]:
    """What new reports look for: type with both sides, with the actor's, with the recipient's, or alone."""
    both, actors, recipients, neither = set(), set(), set(), set()
    for row in new:
        kind, actor, recipient = row["merge_key"], row["actor_side"], row["recipient_side"]
        if actor != ANY and recipient != ANY:
            both |= {(kind, a, r) for a in (actor, ANY) for r in (recipient, ANY)}
        elif actor != ANY:
            actors |= {(kind, actor), (kind, ANY)}
        elif recipient != ANY:
            recipients |= {(kind, recipient), (kind, ANY)}
        else:
            neither.add((kind,))
    return both, actors, recipients, neither


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
    compared="r.merge_key, r.actor_side, r.recipient_side, r.day, r.day_end, r.dated, r.quad, r.mode, r.actors, r.actor_countries, r.recipients, "
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
