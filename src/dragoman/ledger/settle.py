"""From rows told by stories to one record: the derived tables, brought up to date.

``settle`` reads top-down: which stories are one telling, which later reports answer which commitments,
then events, claims, commitments and agreements. It runs inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from dragoman.ledger import agreements, answers, claims, commitments, corrections, merging, tellings
from dragoman.ledger.components import Component, Kind, touched
from dragoman.ledger.states import Changes, Derive, living, revise, write
from dragoman.ledger.store import Store

Row = dict[str, Any]
BATCH = 200  # stories settled at once: the price of reading the tables is shared among them

_ANSWERING = (
    "r.report, r.type, r.aux, r.actors, r.actor_countries, r.recipient_countries, r.meaning, r.day, r.story_id, "
    "r.story_event, r.said_by, r.recorded"
)
_KEYS = "list_has_any(r.keys, ?::UBIGINT[])"


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


def settle(store: Store) -> int:
    """Settle every waiting story, earliest first; how many there were.

    Call inside a transaction: all of the waiting stories are settled, or none.
    """
    total = 0
    while waiting := store.query(
        "SELECT w.story_id, list(DISTINCT w.moment), min(s.day) FROM waiting_rows w JOIN story_rows s USING (story_id) "
        "GROUP BY w.story_id ORDER BY min(s.day), w.story_id LIMIT ?", [BATCH],
    ):  # fmt: skip
        moments = {story: set(times) for story, times, _ in waiting}
        _settle_batch(store, moments)
        store.query(
            "DELETE FROM waiting_rows WHERE story_id IN (SELECT unnest(?::VARCHAR[]))",
            [list(moments)],
        )
        total += len(moments)
    return total


def _settle_batch(store: Store, moments: dict[str, set[datetime]]) -> None:
    """All kinds for up to ``BATCH`` stories."""
    said = corrections.load(store)
    span = _span(store, moments)
    again = _tellings(store, moments, span)
    answered = _evidence(store, moments, span)
    _events(store, moments, _span(store, moments, "report_rows"), again, said)
    _kind(store, CLAIM, "claim_states", "claim_id", moments, span, {}, said, _claim_rows)
    _commitments(store, moments, span, answered, said)
    _kind(store, AGREEMENT, "agreement_states", "agreement_id", moments,
          _span(store, moments, "agreement_rows"), {}, said, _agreement_rows)  # fmt: skip


def _span(
    store: Store, moments: dict[str, set[datetime]], table: str = "story_rows"
) -> tuple[date, date]:
    """First and last day of the stories' rows in a table (of the stories, when it has none)."""
    found = store.query(
        f"SELECT min(day), max(day) FROM {table} WHERE story_id IN (SELECT unnest(?::VARCHAR[]))",
        [list(moments)],
    )[0]
    return found if found[0] else _span(store, moments)


def _tellings(
    store: Store, moments: dict[str, set[datetime]], span: tuple[date, date]
) -> dict[int, set[datetime]]:
    """Which stories are one telling; hands on the reports of stories whose telling changed."""
    changed: dict[str, set[datetime]] = {}
    components = touched(store, STORY, moments, span, {}, set())
    assigned: dict[int, str] = {}
    for component in components:
        for group in _split_tellings(component.items):
            assigned |= {item["item"]: "t" + group[0]["story_id"] for item in group}
        for item in component.items:
            if item["group_id"] is not None and item["group_id"] != assigned[item["item"]]:
                changed[item["story_id"]] = set(component.causes)
    _write_members(store, STORY, components, assigned)
    if not changed:
        return {}
    rows = store.query(
        "SELECT report, story_id FROM report_rows WHERE story_id IN (SELECT unnest(?::VARCHAR[]))",
        [list(changed)],
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


def _evidence(
    store: Store, moments: dict[str, set[datetime]], span: tuple[date, date]
) -> dict[int, set[datetime]]:
    """Find what answers what among the new stories; hands on the items answered, with the time."""
    reach = timedelta(days=answers.longest())
    new = _unsettled(store, COMMITMENT, moments, span)
    reports = _unsettled(store, REPORT, moments, _span(store, moments, "report_rows"))
    found = _answers_to_new(store, new, reports, reach) if new else []
    found += (
        _answers_to_older(store, reports, {row["item"] for row in new}, reach) if reports else []
    )
    store.append("evidence_rows", found)
    answered: dict[int, set[datetime]] = {}
    for step in found:
        answered.setdefault(step["item"], set()).add(step["recorded"])
    replaced = _gone_stories(store, set(moments))
    for item, story in store.query(
        "SELECT item, story_id FROM evidence_rows WHERE story_id IN (SELECT unnest(?::VARCHAR[]))",
        [sorted(replaced)],
    ) if replaced else []:  # fmt: skip
        answered.setdefault(item, set()).add(replaced[story])
    return answered


def _unsettled(
    store: Store, kind: Kind, moments: dict[str, set[datetime]], span: tuple[date, date]
) -> list[Row]:
    """Items of these stories that belong nowhere yet."""
    return store.dicts(
        f"SELECT r.* FROM {kind.table} r WHERE r.day BETWEEN ? AND ? "
        "AND r.story_id IN (SELECT unnest(?::VARCHAR[])) AND NOT EXISTS (FROM member_rows m "
        f"WHERE m.kind = '{kind.name}' AND m.item = r.{kind.item} AND m.day = r.day)",
        [*span, list(moments)],
    )


def _answers_to_new(
    store: Store, new: list[Row], reports: list[Row], reach: timedelta
) -> list[Row]:
    """What reports and commitments, settled or of this batch, say about new commitments, and they about older."""
    low, high = min(r["day"] for r in new), max(r["day"] for r in new) + reach
    parties = sorted({p for row in new for p in (*row["by_countries"], *row["to_countries"])})
    settled = "JOIN member_rows m ON m.kind = '{}' AND m.item = r.{} AND m.day = r.day"
    later = [*reports, *store.dicts(
        f"SELECT {_ANSWERING} FROM report_rows r {settled.format('report', 'report')} WHERE r.day BETWEEN ? AND ? "
        "AND (list_has_any(actor_countries, ?::VARCHAR[]) OR list_has_any(actors, ?::VARCHAR[]) "
        "OR list_has_any(recipient_countries, ?::VARCHAR[]))",
        [low, high, parties, parties, parties],
    )]  # fmt: skip
    others = store.dicts(
        f"SELECT r.* FROM commitment_rows r {settled.format('commitment', 'item')} "
        f"WHERE r.day BETWEEN ? AND ? AND {_KEYS}",
        [low - reach, high, *_all_keys(new)],
    )
    found = _answered(new, later)
    for one, two in [(o, t) for o in new for t in [*new, *others]] + [
        (o, t) for o in others for t in new
    ]:
        found += answers.commitment_answers(one, two)
    return found


def _answers_to_older(
    store: Store, reports: list[Row], new: set[int], reach: timedelta
) -> list[Row]:
    """What new reports say about commitments that are settled already."""
    parties = sorted({c for r in reports
                      for c in (*r["actor_countries"], *r["actors"], *r["recipient_countries"]) if c})  # fmt: skip
    older = store.dicts(
        "SELECT r.* FROM commitment_rows r JOIN member_rows m ON m.kind = 'commitment' AND m.item = r.item "
        "AND m.day = r.day WHERE r.day BETWEEN ? AND ? AND (list_has_any(by_countries, ?::VARCHAR[]) "
        "OR list_has_any(to_countries, ?::VARCHAR[]))",
        [min(r["day"] for r in reports) - reach, max(r["day"] for r in reports), parties, parties],
    )
    return _answered([one for one in older if one["item"] not in new], reports)


def _answered(made: list[Row], reports: list[Row]) -> list[Row]:
    """Answers among reports to commitments, tried only where they share a party."""
    naming: dict[str, dict[int, Row]] = {}
    for report in reports:
        for name in {*report["actor_countries"], *report["actors"], *report["recipient_countries"]}:
            naming.setdefault(name, {})[report["report"]] = report
    found = []
    for one in made:
        near: dict[int, Row] = {}
        for name in {*one["by_countries"], *one["to_countries"]}:
            near |= naming.get(name, {})
        for report in near.values():
            found += answers.event_answers(one, report)
    return found


def _events(store: Store, moments: dict[str, set[datetime]], span: tuple[date, date],
            again: dict[int, set[datetime]], said: corrections.Corrections) -> None:  # fmt: skip
    """Events from reports, and the narrow rows for series."""

    def derive(items: list[Row], at: datetime) -> list[Row]:
        groups = merging.split(living(items, gone, at), said.bound("report", at))
        states = [merging.event_state(group, telling) for group in groups]
        return [state for state in states if said.apply("report", state, state["report_keys"], at)]

    components = touched(store, REPORT, moments, span, again, said.pairs("report"))
    gone, telling = _gone(store, components), _telling_of(store, components)
    changes = _revise(store, REPORT, "event_rows", "event_id", components, derive, gone, {}, said)
    rows = [dyad | {name: state[name] for name in ("component", "known_from", "known_to")}
            for state in changes.opened for dyad in merging.dyads(state)]  # fmt: skip
    narrow = Changes(changes.closed, changes.removed, changes.rebuilt, rows, changes.moved)
    write(store, "dyad_rows", "event_id", narrow, _wide(components, REPORT))


def _commitments(store: Store, moments: dict[str, set[datetime]], span: tuple[date, date],
                 answered: dict[int, set[datetime]], said: corrections.Corrections) -> None:  # fmt: skip
    """Commitments with the answers that later reports gave."""

    def derive(items: list[Row], at: datetime) -> list[Row]:
        alive = living(items, gone, at)
        known = {
            item["item"]: living(steps_of[item["item"]], gone_too, at)
            for item in alive
            if item["item"] in steps_of
        }
        states = [commitments.commitment_state(group, known) for group in commitments.split(alive)]
        return [state for state in states if said.apply("commitment", state, state["items"], at)]

    components = touched(store, COMMITMENT, moments, span, answered, said.pairs("commitment"))
    gone = _gone(store, components)
    keys = [item["item"] for component in components for item in component.items]
    steps_of: dict[int, list[Row]] = {}
    for step in store.dicts(
        "SELECT * FROM evidence_rows WHERE item IN (SELECT unnest(?::UBIGINT[]))", [keys]
    ) if keys else []:  # fmt: skip
        steps_of.setdefault(step["item"], []).append(step)
    gone_too = _gone_stories(store, {s["story_id"] for steps in steps_of.values() for s in steps})
    times = {key: {s["recorded"] for s in steps} | {gone_too[s["story_id"]] for s in steps if s["story_id"] in gone_too}
             for key, steps in steps_of.items()}  # fmt: skip
    _revise(
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


def _claim_rows(items: list[Row]) -> list[tuple[Row, list[int]]]:
    return [(claims.claim_state(g), [i["item"] for i in g]) for g in claims.split(items)]


def _agreement_rows(items: list[Row]) -> list[tuple[Row, list[int]]]:
    return [
        (agreements.agreement_state(g), [i["item"] for i in g]) for g in agreements.split(items)
    ]


def _kind(store: Store, kind: Kind, table: str, id_column: str, moments: dict[str, set[datetime]],
          span: tuple[date, date], again: dict[int, set[datetime]], said: corrections.Corrections,
          group: Any) -> None:  # fmt: skip
    """A kind that needs nothing beside its own items."""

    def derive(items: list[Row], at: datetime) -> list[Row]:
        made = group(living(items, gone, at))
        return [state for state, keys in made if said.apply(kind.name, state, keys, at)]

    components = touched(store, kind, moments, span, again, said.pairs(kind.name))
    gone = _gone(store, components)
    _revise(store, kind, table, id_column, components, derive, gone, {}, said)


def _revise(store: Store, kind: Kind, table: str, id_column: str, components: list[Component],
            derive: Derive, gone: dict[str, datetime], more: dict[int, set[datetime]],
            said: corrections.Corrections) -> Changes:  # fmt: skip
    """Make the derived rows of all touched components and note who belongs where."""
    changes = Changes()
    if not components:
        return changes
    span = _wide(components, kind)
    existing: dict[int, list[Row]] = {}
    for row in store.dicts(
        f"SELECT * FROM {table} WHERE day BETWEEN ? AND ? AND component IN (SELECT unnest(?::UBIGINT[]))",
        [*span, sorted({key for c in components for key in c.old_keys})],
    ):
        existing.setdefault(row["component"], []).append(row)
    columns = [
        name for name in store.columns(table) if name not in ("component", "known_from", "known_to")
    ]
    assigned: dict[int, str] = {}
    for component in components:
        times = {item["recorded"] for item in component.items} | component.causes
        times |= {gone[item["story_id"]] for item in component.items if item["story_id"] in gone}
        for item in component.items:
            times |= more.get(item["item"], set())
        times |= said.times(kind.name, [item["item"] for item in component.items])
        rows = [row for key in component.old_keys for row in existing.get(key, [])]
        revise(component, rows, id_column, columns, sorted(times), derive, changes)
        for state in derive(component.items, datetime.max):
            for key in _keys_of(state, kind, component.items):
                assigned[key] = state[id_column]
    write(store, table, id_column, changes, span)
    _write_members(store, kind, components, assigned)
    return changes


def _keys_of(state: Row, kind: Kind, items: list[Row]) -> list[int]:
    """Item keys behind a derived row."""
    if kind.name == "claim":
        import json

        told = {(e["story"], e["claim"]) for e in json.loads(state["evidence"])}
        return [i["item"] for i in items if (i["story_id"], i["story_claim"]) in told]
    keys: list[int] = state["report_keys"] if kind.name == "report" else state["items"]
    return keys


def _write_members(
    store: Store, kind: Kind, components: list[Component], assigned: dict[int, str]
) -> None:
    """Note component and group of every item where they changed."""
    rows, stale = [], []
    for component in components:
        for item in component.items:
            group = assigned.get(item["item"])
            if item["component"] == component.key and item["group_id"] == group:
                continue
            if item["component"] is not None:
                stale.append(item)
            rows.append({"kind": kind.name, "item": item["item"], "day": item["day"],
                         "component": component.key, "group_id": group})  # fmt: skip
    if stale:
        store.query(
            "DELETE FROM member_rows WHERE kind = ? AND day BETWEEN ? AND ? AND item IN (SELECT unnest(?::UBIGINT[]))",
            [
                kind.name,
                min(i["day"] for i in stale),
                max(i["day"] for i in stale),
                [i["item"] for i in stale],
            ],
        )
    store.append("member_rows", rows)


def _wide(components: list[Component], kind: Kind) -> tuple[date, date]:
    """The days in which derived rows of these components can lie."""
    if not components:
        return date.min, date.min
    return min(c.first for c in components), max(c.last for c in components)


def _gone(store: Store, components: list[Component]) -> dict[str, datetime]:
    return _gone_stories(store, {item["story_id"] for c in components for item in c.items})


def _gone_stories(store: Store, stories: set[str]) -> dict[str, datetime]:
    """Stories that a corrected version replaced → when."""
    if not stories:
        return {}
    return dict(store.query(
        "SELECT old_story, min(recorded) FROM replacement_rows WHERE old_story IN "
        "(SELECT unnest(?::VARCHAR[])) GROUP BY old_story", [sorted(stories)],
    ))  # fmt: skip


def _telling_of(store: Store, components: list[Component]) -> dict[str, str]:
    """Story id → id of its telling."""
    stories = sorted({item["story_id"] for c in components for item in c.items})
    if not stories:
        return {}
    return dict(store.query(
        "SELECT s.story_id, m.group_id FROM story_rows s JOIN member_rows m "
        "ON m.kind = 'story' AND m.item = s.story_hash AND m.day = s.day "
        "WHERE s.story_id IN (SELECT unnest(?::VARCHAR[]))", [stories],
    ))  # fmt: skip
