"""How events become a panel: one statement for any source of events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dragoman.errors import UsageError
from dragoman.exports import countries
from dragoman.ledger.scope import Scope

if TYPE_CHECKING:
    import duckdb
    import pyarrow

UNITS = {
    "dyad": ("actor", "recipient"),
    "actor": ("actor",),
    "recipient": ("recipient",),
    "place": ("country",),
}
STEPS = ("day", "week", "month", "year")
COUNTS = ("quad", "type")
_QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
# Parties of no country ("") are nobody's in a panel; "joint" counts only where nobody else is told.
_REAL = """
    SELECT day, type, quad, score, event, place, list_distinct(a) AS a, list_distinct(r) AS r,
           joint AND len(recipients) = 0 AND len(a) > 1 AS together
    FROM (SELECT *, list_filter(actors, lambda x: x <> '') AS a, list_filter(recipients, lambda x: x <> '') AS r FROM source)
    WHERE day IS NOT NULL AND confidence >= $least AND ($first IS NULL OR day >= $first) AND ($last IS NULL OR day <= $last)
      AND NOT list_has_any(aux, ['negation', 'future', 'hypothetical'])
      AND (dated OR NOT list_contains(aux, 'historical'))
"""
_ROWS = {
    "dyad": """
        SELECT DISTINCT day, type, quad, score, event, actor, recipient
        FROM (SELECT *, unnest(a) AS actor FROM happened), LATERAL (SELECT unnest(CASE WHEN together THEN a ELSE r END)) u(recipient)
        WHERE NOT together OR actor <> recipient OR len(a) = 1""",
    "actor": "SELECT day, type, quad, score, event, unnest(a) AS actor FROM happened",
    "recipient": """
        SELECT day, type, quad, score, event, unnest(CASE WHEN together THEN a ELSE r END) AS recipient FROM happened""",
    "place": "SELECT day, type, quad, score, event, place AS country FROM happened WHERE place <> ''",
}


@dataclass(frozen=True)
class Wanted:
    """What a panel is to hold; see ``panel.of_tables``."""

    unit: str
    step: str
    count: str
    one_a_day: bool
    first: date | None
    last: date | None
    least: float
    sparse: bool

    @classmethod
    def of(cls, unit: str, step: str, count: str, one_a_day: bool, since: Any, until: Any, least: float,
           sparse: bool) -> Wanted:  # fmt: skip
        """Read what a user gives.

        Raises:
            UsageError: an unknown unit, step or count, or no day.
        """
        for name, told, known in (
            ("of", unit, tuple(UNITS)),
            ("by", step, STEPS),
            ("count", count, COUNTS),
        ):
            if told not in known:
                raise UsageError(f"{name} is {', '.join(known[:-1])} or {known[-1]}, not {told!r}")
        days = Scope.of(since=since, until=until)
        return cls(unit, step, count, one_a_day, days.since, days.until, least, sparse)


def counted(
    connection: duckdb.DuckDBPyConnection, events: str, values: list[Any], wanted: Wanted
) -> pyarrow.Table:
    """The panel of a source of events.

    Args:
        events: SQL of one row an event: day (DATE), actors and recipients (countries), place, type, quad, score,
            event (a key), confidence, aux, dated, joint; with a question mark for every one of ``values``.
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE source AS {events}", values)
    try:
        limits = {"least": wanted.least, "first": wanted.first, "last": wanted.last}
        connection.execute(f"CREATE OR REPLACE TEMP TABLE happened AS {_REAL}", limits)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE units AS {_once(wanted)}")
        return connection.sql(_panel(wanted, _types(connection, wanted))).to_arrow_table()
    finally:
        for name in ("source", "happened", "units"):
            connection.execute(f"DROP TABLE IF EXISTS {name}")


def _once(wanted: Wanted) -> str:
    """SQL of a row for every event and unit; with ``one_a_day`` the first of each type and day."""
    keys = ", ".join(UNITS[wanted.unit])
    rows = _ROWS[wanted.unit]
    if not wanted.one_a_day:
        return rows
    return f"SELECT * FROM ({rows}) QUALIFY row_number() OVER (PARTITION BY day, type, {keys} ORDER BY event) = 1"


def _types(connection: duckdb.DuckDBPyConnection, wanted: Wanted) -> list[str]:
    """The types that are counted: those of the shipped scheme, and what else there is."""
    from dragoman.exports.cameo import scheme

    if wanted.count != "type":
        return []
    found = {row[0] for row in connection.execute("SELECT DISTINCT type FROM units").fetchall()}
    known = list(scheme().types)
    return [*known, *sorted(found - set(known))]


def _panel(wanted: Wanted, types: list[str]) -> str:
    """SQL of the panel over ``units``."""
    keys = UNITS[wanted.unit]
    if wanted.count == "quad":
        sums = [f"count(*) FILTER (quad = {n})::INTEGER AS {name}" for n, name in enumerate(_QUADS, start=1)]  # fmt: skip
        columns = list(_QUADS)
    else:
        sums = [f"count(*) FILTER (type = '{_quoted(name)}')::INTEGER AS \"{name.lower()}\"" for name in types]  # fmt: skip
        columns = [f'"{name.lower()}"' for name in types]
    start = f"date_trunc('{wanted.step}', day)::DATE"
    seen = (
        f"SELECT {start} AS start, {', '.join(keys)}, {', '.join(sums)}, count(*)::INTEGER AS events, "
        "round(avg(score), 3) AS mean_score FROM units GROUP BY ALL"
    )
    order = f"ORDER BY {', '.join(keys)}, start"
    if wanted.sparse:
        return f"SELECT start, {_coded(keys)}, * EXCLUDE (start, {', '.join(keys)}) FROM ({seen}) {order}"
    first = f"DATE '{wanted.first}'" if wanted.first else "(SELECT min(day) FROM units)"
    last = f"DATE '{wanted.last}'" if wanted.last else "(SELECT max(day) FROM units)"
    begun = f"date_trunc('{wanted.step}', {first})"
    filled = ", ".join(f"coalesce({name}, 0) AS {name}" for name in (*columns, "events"))
    return (
        f"WITH seen AS ({seen}), steps AS (SELECT unnest(generate_series({begun}, {last}::TIMESTAMP, "
        f"INTERVAL 1 {wanted.step}))::DATE AS start), every AS (SELECT DISTINCT {', '.join(keys)} FROM seen) "
        f"SELECT start, {_coded(keys)}, {filled}, mean_score FROM every CROSS JOIN steps "
        f"LEFT JOIN seen USING ({', '.join(keys)}, start) {order}"
    )


def _coded(keys: tuple[str, ...]) -> str:
    """SQL of the unit's columns: ISO 3166-1 alpha-3, then the numbers of two systems."""
    tables = {"cow": countries.cow, "gw": countries.gw}
    columns = list(keys)
    for name, number in tables.items():
        known = {code: found for code in countries.table() if (found := number(code)) is not None}
        held = f"MAP({list(known)!r}, {list(known.values())!r})"
        columns += [f"{held}[{key}] AS {key}_{name}" for key in keys]
    return ", ".join(columns)


def _quoted(name: str) -> str:
    return name.replace("'", "''")
