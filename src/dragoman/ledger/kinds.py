"""The five kinds of item: where each is kept, and how two of a kind are found to belong together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dragoman.ledger import agreements, claims, commitments, merging, tellings
from dragoman.ledger.components import Kind

Row = dict[str, Any]


def _all_keys(items: Sequence[Row]) -> list[Any]:
    return [sorted({key for item in items for key in item["keys"]})]


def _by_keys(item: Row) -> tuple[list[int], list[int]]:
    return item["keys"], item["keys"]


def _event_keys(items: Sequence[Row]) -> list[Any]:
    """Types wanted; whether some report names nobody (it may match any); actors one of which is shared."""
    countries = {country for item in items for country in item["actor_countries"] if country}
    ids = {name for item in items for name in item["actors"]}
    nobody = any(not item["actors"] for item in items)
    return [sorted({item["merge_key"] for item in items}), nobody, sorted(countries), sorted(ids)]


def _event_buckets(item: Row) -> tuple[list[Any], list[Any]]:
    """By type and actor; a report that names nobody is looked at by all of its type."""
    kind = item["merge_key"]
    if not item["actors"]:
        return [(kind, "nobody"), (kind, "all")], [(kind, "all")]
    named = [(kind, name) for name in {*item["actors"], *item["actor_countries"]} if name]
    return [*named, (kind, "all")], [*named, (kind, "nobody")]


STORY = Kind(
    "story", "story_rows", "story_hash", tellings.DAYS_APART,
    "@bands",
    lambda items: [sorted({band for item in items for band in item["bands"]})],
    tellings.one_telling, lambda item: (item["bands"], item["bands"]),
    "r.story_id, r.day, r.bands, r.text, r.published, r.recorded", "r.story_id, r.day, r.bands, r.text",
)  # fmt: skip
REPORT = Kind(
    "report", "report_rows", "report", merging.WINDOW,
    "r.merge_key IN (SELECT unnest(?::UBIGINT[])) AND (? OR len(r.actors) = 0 "
    "OR list_has_any(r.actor_countries, ?::VARCHAR[]) OR list_has_any(r.actors, ?::VARCHAR[]))",
    _event_keys, merging.same_event, _event_buckets,
    compared="r.merge_key, r.day, r.day_end, r.dated, r.quad, r.mode, r.actors, r.actor_countries, r.recipients, "
    "r.recipient_countries, r.place, r.place_country, r.lat, r.lon, r.dead_low, r.injured_low, r.arrested_low, "
    "r.size_low, r.meaning",
)  # fmt: skip
CLAIM = Kind(
    "claim", "claim_rows", "item", claims.WINDOW, "@keys", _all_keys, claims.same_claim, _by_keys
)
COMMITMENT = Kind(
    "commitment", "commitment_rows", "item", commitments.WINDOW, "@keys", _all_keys,
    commitments.same_commitment, _by_keys,
)  # fmt: skip
AGREEMENT = Kind(
    "agreement", "agreement_rows", "item", None, "@keys", _all_keys, agreements.related, _by_keys
)
KINDS = (STORY, REPORT, CLAIM, COMMITMENT, AGREEMENT)
