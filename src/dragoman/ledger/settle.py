"""From rows told by stories to one record: the derived tables, brought up to date.

``settle`` reads top-down: which stories are one telling, which later reports answer which commitments,
then events, claims, commitments and agreements. It runs inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from dragoman.garbage import without_collecting
from dragoman.ledger import agreements, claims, commitments, corrections, merging, tellings
from dragoman.ledger.batch import Batch, Rows, batch_of, next_batch
from dragoman.ledger.bound import shown
from dragoman.ledger.components import Component, Kind, touched
from dragoman.ledger.deriving import bounds_of, gone_of, gone_stories, revise_rows, write_members
from dragoman.ledger.evidence import find_answers, steps_toward
from dragoman.ledger.kinds import AGREEMENT, CLAIM, COMMITMENT, REPORT, STORY
from dragoman.ledger.rows import key
from dragoman.ledger.states import Changes, living, write
from dragoman.ledger.store import Store
from dragoman.ledger.undated import undated_stories

Row = dict[str, Any]
BATCH = 1000  # stories settled at once: the price of reading the tables is shared among them


def settle(store: Store, fresh: Mapping[str, Rows] | None = None) -> int:
    """Settle every waiting story, earliest first; how many there were.

    Call inside a transaction: all of the waiting stories are settled, or none.

    Args:
        fresh: rows of stories that this process stored and that are settled nowhere yet, by story id
            and table, so that they need not be read again.
    """
    total = 0
    while batch := next_batch(store, BATCH, fresh or {}):
        with without_collecting():  # a batch makes a million small objects
            _settle_batch(store, batch)
        store.query(
            "DELETE FROM waiting_rows WHERE story_id IN (SELECT unnest(?::VARCHAR[]))",
            [list(batch.moments)],
        )
        total += len(batch.moments)
    return total


def settle_at_once(store: Store, waiting: Sequence[Row], fresh: Mapping[str, Rows]) -> None:
    """Settle stories that were stored in this transaction while nothing else waits.

    Args:
        waiting: the rows of ``waiting_rows`` that they would have; none is written.
        fresh: as for ``settle``.
    """
    batch = batch_of(waiting, fresh)
    if batch is not None:
        with without_collecting():  # a batch makes a million small objects
            _settle_batch(store, batch)


def _settle_batch(store: Store, batch: Batch) -> None:
    """All kinds for up to ``BATCH`` stories."""
    said = corrections.load(store)
    again = _tellings(store, batch)
    answered, looked_at = find_answers(store, batch)
    _events(store, batch, again, said)
    _kind(store, CLAIM, "claim_states", "claim_id", batch, said, claims, claims.claim_state)
    _commitments(store, batch, answered, looked_at, said)
    _agreements(store, batch, said)


def _tellings(store: Store, batch: Batch) -> dict[int, set[datetime]]:
    """Which stories are one telling; hands on the reports of stories whose telling changed."""
    changed: dict[str, set[datetime]] = {}
    recorded: list[datetime] = []
    components = touched(store, STORY, batch, {}, set())
    assigned: dict[int, str] = {}
    for component in components:
        for group in _split_tellings(component.items):
            assigned |= {item["item"]: "t" + group[0]["story_id"] for item in group}
        for item in component.items:
            if item["group_id"] is not None and item["group_id"] != assigned[item["item"]]:
                changed[item["story_id"]] = set(component.causes)
                recorded.append(item["recorded"])
    write_members(store, STORY, components, assigned)
    if not changed:
        return {}
    rows = store.query(
        "SELECT report, story_id FROM report_rows WHERE recorded BETWEEN ? AND ? "
        "AND story_id IN (SELECT unnest(?::VARCHAR[]))",
        [min(recorded), max(recorded), list(changed)],
    )
    return {report: changed[story] for report, story in rows}


def _split_tellings(items: list[Row]) -> list[list[Row]]:
    """Groups of stories, each joined to the first story it was copied from."""
    groups: list[list[Row]] = []
    for item in sorted(items, key=lambda row: (row["day"], row["story_id"])):
        target = next((group for group in groups if tellings.one_telling(group[0], item)), None)
        if target is None:
            groups.append([item])
        else:
            target.append(item)
    return groups


def _events(
    store: Store, batch: Batch, again: dict[int, set[datetime]], said: corrections.Corrections
) -> None:
    """Events from reports, and the narrow rows for series."""

    def derive(items: list[Row], at: datetime) -> list[Row]:
        alive = living(items, gone, at)
        groups = _as_analysts_say(said, REPORT, merging, alive, items, at, telling)
        return _applied(said, REPORT, [(merging.event_state(g, telling), g) for g in groups], at)

    components = touched(store, REPORT, batch, again, said.pairs("report"))
    gone, telling = gone_of(store, components), _telling_of(store, components)
    changes = revise_rows(
        store, REPORT, "event_rows", "event_id", components, derive, gone, {}, said
    )
    rows = [dyad | {name: state[name] for name in ("component", "known_from", "known_to")}
            for state in changes.opened for dyad in merging.dyads(state)]  # fmt: skip
    narrow = Changes(changes.closed, changes.removed, changes.rebuilt, rows, changes.moved)
    write(
        store, "dyad_rows", "event_id", narrow, bounds_of(components, said.moves_days(REPORT.name))
    )


def _commitments(
    store: Store,
    batch: Batch,
    answered: dict[int, set[datetime]],
    looked_at: list[Row],
    said: corrections.Corrections,
) -> None:
    """Commitments with the answers that later reports gave."""

    def derive(items: list[Row], at: datetime) -> list[Row]:
        alive = living(items, gone, at)
        known = {
            item["item"]: living(steps_of[item["item"]], gone_too, at)
            for item in alive
            if item["item"] in steps_of
        }
        groups = _as_analysts_say(said, COMMITMENT, commitments, alive, items, at, telling)
        states = [(commitments.commitment_state(group, known), group) for group in groups]
        return _applied(said, COMMITMENT, states, at)

    components = touched(store, COMMITMENT, batch, answered, said.pairs("commitment"), looked_at)
    gone = gone_of(store, components)
    telling = _telling_where_dismissed(store, COMMITMENT, components, said)
    steps_of = steps_toward([item for component in components for item in component.items], store)
    gone_too = gone_stories(store, {s["story_id"] for steps in steps_of.values() for s in steps})
    times = {key: {s["recorded"] for s in steps} | {gone_too[s["story_id"]] for s in steps if s["story_id"] in gone_too}
             for key, steps in steps_of.items()}  # fmt: skip
    revise_rows(
        store,
        COMMITMENT,
        "commitment_states",
        "commitment_id",
        components,
        derive,
        gone,
        times,
        said,
    )


def _agreements(store: Store, batch: Batch, said: corrections.Corrections) -> None:
    """Agreements; what a story without a date tells has no day."""

    @cache
    def without_date() -> dict[str, date]:
        return undated_stories(store)

    def marked(items: list[Row]) -> list[Row]:
        return [
            item | {"undated": without_date().get(item["story_id"]) == item["day"]}
            for item in items
        ]

    _kind(store, AGREEMENT, "agreement_states", "agreement_id", batch, said, agreements,
          agreements.agreement_state, marked)  # fmt: skip


def _kind(
    store: Store, kind: Kind, table: str, id_column: str, batch: Batch, said: corrections.Corrections,
    how: Any, state_of: Callable[[list[Row]], Row], marked: Callable[[list[Row]], list[Row]] = list,
) -> None:  # fmt: skip
    """A kind that needs nothing beside its own items.

    Args:
        how: the module that groups them.
        marked: adds to them what the grouping must know beside.
    """

    def derive(items: list[Row], at: datetime) -> list[Row]:
        alive = marked(living(items, gone, at))
        groups = _as_analysts_say(said, kind, how, alive, items, at, telling)
        return _applied(said, kind, [(state_of(group), group) for group in groups], at)

    components = touched(store, kind, batch, {}, said.pairs(kind.name))
    gone = gone_of(store, components)
    telling = _telling_where_dismissed(store, kind, components, said)
    revise_rows(store, kind, table, id_column, components, derive, gone, {}, said)


def _as_analysts_say(
    said: corrections.Corrections, kind: Kind, how: Any, alive: list[Row], items: list[Row], at: datetime,
    telling: dict[str, str],
) -> list[list[Row]]:  # fmt: skip
    """Groups of living items with what analysts merged, split and dismissed by a time.

    Args:
        how: the module of the kind, with ``split`` and ``order``.
        items: those known of the grouping so far, which is of no help once analysts changed it.
    """
    groups = _split(how, alive, () if said.regroup(kind.name) else items)
    bound = said.bound(kind.name, at)
    if bound is not None:
        groups = bound.regrouped(groups, how.order)
    return shown(groups, said.dismissed(kind.name, at), telling)


def _split(how: Any, alive: list[Row], settled: Sequence[Row]) -> list[list[Row]]:
    """Groups of items; of agreements it does not matter how they were grouped before."""
    groups: list[list[Row]] = how.split(alive) if how is agreements else how.split(alive, settled)
    return groups


def _applied(
    said: corrections.Corrections, kind: Kind, made: Sequence[tuple[Row, list[Row]]], at: datetime
) -> list[Row]:
    """Derived rows with what analysts said of the items behind each."""
    for state, group in made:
        said.apply(kind.name, state, [item["item"] for item in group], at)
    return [state for state, _ in made]


def _telling_where_dismissed(
    store: Store, kind: Kind, components: list[Component], said: corrections.Corrections
) -> dict[str, str]:
    """Story id → id of its telling, where copies of what an analyst dismissed must be known."""
    return _telling_of(store, components) if said.dismisses(kind.name) else {}


def _telling_of(store: Store, components: list[Component]) -> dict[str, str]:
    """Story id → id of its telling."""
    stories = {key(story): story for c in components for story in {i["story_id"] for i in c.items}}
    if not stories:
        return {}
    items = [item for component in components for item in component.items]
    told = [item["told"] for item in items if "told" in item] or [date.min, date.max]
    rows = store.query(
        "SELECT item, group_id FROM story_members WHERE day BETWEEN ? AND ? AND item IN (SELECT unnest(?::UBIGINT[]))",
        [min(told), max(told), list(stories)],
    )
    return {stories[item]: group for item, group in rows}
