"""From a parsed story and its entities to events, statements, claims and commitments."""

from __future__ import annotations

import hashlib
from functools import cache

from dragoman.coding.attribution import attribute
from dragoman.coding.claims import find as find_claims
from dragoman.coding.commitments import find as find_commitments
from dragoman.coding.event_denied import with_denials
from dragoman.coding.events import find as find_events
from dragoman.coding.later_tolls import with_later_tolls
from dragoman.coding.sport import sport_note
from dragoman.coding.statements import find as find_statements

__all__ = [
    "attribute",
    "find_claims",
    "find_commitments",
    "find_events",
    "find_statements",
    "model_hashes",
    "sport_note",
    "with_denials",
    "with_later_tolls",
]


@cache
def model_hashes() -> dict[str, str]:
    """File name → SHA-256 of every trained file of this room; loads no model."""
    from dragoman.coding import (
        claim_disputes,
        event_judge,
        event_judge_network,
        event_same,
        event_understood,
        relation,
    )

    files = [
        room.FILE
        for room in (event_judge, event_judge_network, event_same, event_understood, claim_disputes)
    ]
    files.append(claim_disputes.NETWORKS)
    fitted = {f"coding/{x.name}": hashlib.sha256(x.read_bytes()).hexdigest() for x in files}
    return {**relation.hashes(), **fitted}
