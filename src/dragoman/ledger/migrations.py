"""The way forward: which version a ledger has, and what brings an older one to the tables of this one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dragoman.errors import LedgerError, LedgerOlder
from dragoman.ledger.schema import SCHEMA_VERSION, TABLES, VIEWS
from dragoman.model import COUNTED

Query = Callable[..., list[tuple[Any, ...]]]


def _widened() -> str:
    """SQL that makes room for larger numbers in an older ledger."""
    counts = [f"{name}_{end}" for name in COUNTED for end in ("low", "high")]
    columns = {"report_rows": counts, "event_rows": counts, "agreement_rows": ["count", "previous"]}
    return "".join(
        f"ALTER TABLE {table} ALTER COLUMN {column} TYPE BIGINT;\n"
        for table, names in columns.items()
        for column in names
    )


# version → the statements that bring a ledger of the version before it forward
MIGRATIONS: dict[int, str] = {
    # Version 1 (never released) kept no rows for recodings and no rule beside a report's coder.
    2: """
    ALTER TABLE report_rows ADD COLUMN IF NOT EXISTS rule VARCHAR;
    CREATE TABLE IF NOT EXISTS recoding_rows (
        run_id VARCHAR, stories INTEGER, changed INTEGER, summary VARCHAR, recorded TIMESTAMP);
    """,
    # Version 2 (never released) kept the members of all kinds in one table, of a waiting story its id alone, and
    # the sides of a report in lists only: at five million events every look for neighbours read whole tables.
    3: """
    DROP VIEW IF EXISTS reports;
    CREATE TABLE story_members AS SELECT item, day, component, group_id FROM member_rows WHERE kind = 'story';
    CREATE TABLE report_members AS SELECT item, day, component, group_id FROM member_rows WHERE kind = 'report';
    CREATE TABLE claim_members AS SELECT item, day, component, group_id FROM member_rows WHERE kind = 'claim';
    CREATE TABLE commitment_members AS
        SELECT item, day, component, group_id FROM member_rows WHERE kind = 'commitment';
    CREATE TABLE agreement_members AS
        SELECT item, day, component, group_id FROM member_rows WHERE kind = 'agreement';
    DROP TABLE member_rows;
    ALTER TABLE report_rows ADD COLUMN actor_side VARCHAR;
    ALTER TABLE report_rows ADD COLUMN recipient_side VARCHAR;
    UPDATE report_rows SET
        actor_side = CASE WHEN len(list_distinct(actor_countries)) = 1 AND actor_countries[1] <> ''
            THEN actor_countries[1] ELSE '*' END,
        recipient_side = CASE WHEN len(list_distinct(recipient_countries)) = 1 AND recipient_countries[1] <> ''
            THEN recipient_countries[1] ELSE '*' END;
    ALTER TABLE event_rows ADD COLUMN dated BOOLEAN;
    UPDATE event_rows SET dated = told.dated FROM (
        SELECT e.event_id, e.known_from, bool_or(r.dated) AS dated
        FROM (SELECT event_id, known_from, unnest(report_keys) AS report FROM event_rows) e JOIN report_rows r USING (report)
        GROUP BY ALL) told WHERE told.event_id = event_rows.event_id AND told.known_from = event_rows.known_from;
    ALTER TABLE waiting_rows ADD COLUMN day DATE;
    ALTER TABLE waiting_rows ADD COLUMN recorded TIMESTAMP;
    UPDATE waiting_rows SET day = s.day, recorded = s.recorded FROM story_rows s
        WHERE s.story_id = waiting_rows.story_id;
    """,
    # Version 3 kept the parties of an event in lists only: counting the actors of five million events unfolded all.
    4: """
    ALTER TABLE event_rows ADD COLUMN actor_id VARCHAR;
    ALTER TABLE event_rows ADD COLUMN recipient_id VARCHAR;
    ALTER TABLE event_rows ADD COLUMN more_parties BOOLEAN;
    UPDATE event_rows SET actor_id = actors[1], recipient_id = recipients[1],
        more_parties = len(actors) > 1 OR len(recipients) > 1;
    """,
    # Version 4 kept all members of events in one table, and of a report no day of its story: background dated years
    # back stands in every part of a table, so each look at some days read the days of all reports.
    5: """
    DROP VIEW IF EXISTS reports;
    ALTER TABLE report_rows ADD COLUMN told DATE;
    UPDATE report_rows SET told = s.day FROM story_rows s WHERE s.story_id = report_rows.story_id;
    CREATE TABLE near_report_members AS
        SELECT m.item, m.day, r.told, m.component, m.group_id FROM report_members m JOIN report_rows r ON r.report = m.item
        WHERE abs(r.told - m.day) <= 30 ORDER BY r.told, m.item;
    CREATE TABLE far_report_members AS
        SELECT m.item, m.day, r.told, m.component, m.group_id, r.merge_key, r.actor_side, r.recipient_side, r.day_end
        FROM report_members m JOIN report_rows r ON r.report = m.item
        WHERE abs(r.told - m.day) > 30 ORDER BY r.told, m.item;
    DROP TABLE report_members;
    """,
    # Version 5 kept of no claim how sure it is: those added before have none, and count as sure.
    6: """
    ALTER TABLE claim_rows ADD COLUMN confidence DOUBLE;
    ALTER TABLE claim_states ADD COLUMN confidence DOUBLE;
    """,
    # Version 6 held no number over 2,147,483,647; a correction could take an event's day: such are made again.
    7: _widened()
    + """
    INSERT INTO waiting_rows BY NAME
        SELECT story_id, make_timestamp(epoch_us(now())) AS moment, day, recorded FROM story_rows
        WHERE story_id IN (SELECT story_id FROM event_rows WHERE day IS NULL);
    DELETE FROM event_rows WHERE day IS NULL;
    DELETE FROM dyad_rows WHERE day IS NULL;
    """,
    # Version 7 did not tell a day in the words of a story from that of the story: till a recoding only other days count.
    8: """
    ALTER TABLE report_rows ADD COLUMN IF NOT EXISTS day_told BOOLEAN;
    UPDATE report_rows SET day_told = dated AND day <> told;
    ALTER TABLE event_rows ADD COLUMN IF NOT EXISTS day_told BOOLEAN;
    UPDATE event_rows SET day_told = dated AND EXISTS (
        FROM report_rows r WHERE list_contains(report_keys, r.report) AND r.day_told AND r.day = event_rows.day);
    """,
    # Version 8 counted in no series what two did together: till a recoding only what is never done alone does.
    9: """
    ALTER TABLE report_rows ADD COLUMN IF NOT EXISTS joint BOOLEAN;
    UPDATE report_rows SET joint = type IN ('AGREE', 'CONSULT', 'COOPERATE') AND len(recipients) = 0 AND len(actors) > 1;
    ALTER TABLE event_rows ADD COLUMN IF NOT EXISTS joint BOOLEAN;
    UPDATE event_rows SET joint = type IN ('AGREE', 'CONSULT', 'COOPERATE') AND len(recipients) = 0 AND len(actors) > 1;
    INSERT INTO dyad_rows BY NAME
        SELECT DISTINCT day, a.country AS actor, b.country AS recipient, type, quad, score, event_id, component,
               known_from, known_to
        FROM event_rows e, unnest(e.actor_countries) a(country), unnest(e.actor_countries) b(country)
        WHERE e.joint AND a.country <> b.country AND a.country <> '' AND b.country <> ''
          AND NOT list_has_any(e.aux, ['negation', 'future', 'hypothetical'])
          AND (e.dated OR NOT list_contains(e.aux, 'historical'));
    """,
}


def stored_version(query: Query) -> int | None:
    """The schema version of an open ledger, or None when the file is empty.

    Raises:
        LedgerError: the file is a DuckDB database but not a ledger, or one of a newer Dragoman.
    """
    tables = {
        row[0]
        for row in query(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()"
        )
    }
    if not tables:
        return None
    if "settings" not in tables:
        raise LedgerError("this DuckDB file is not a ledger: it has no settings table")
    rows = query("SELECT value FROM settings WHERE name = 'schema_version'")
    if not rows:
        raise LedgerError("this DuckDB file is not a ledger: it names no schema_version")
    version = int(rows[0][0])
    if version > SCHEMA_VERSION:
        raise LedgerError(
            f"the ledger has schema {version}, this Dragoman knows {SCHEMA_VERSION}: upgrade Dragoman"
        )
    return version


def require_current(query: Query) -> None:
    """Refuse to read a file whose tables are not those of this version.

    Raises:
        LedgerOlder: the ledger must be brought forward first.
        LedgerError: as ``stored_version``, or the file is empty.
    """
    version = stored_version(query)
    if version is None:
        raise LedgerError("this DuckDB file is not a ledger: it is empty")
    if version < SCHEMA_VERSION:
        raise LedgerOlder("an older ledger; open it once for writing to bring it forward")


def prepare(query: Query) -> None:
    """Make the tables of a new ledger, or bring an older one forward, in the open transaction.

    Raises:
        LedgerError: the ledger was written by a newer Dragoman, or the file is not a ledger.
    """
    version = stored_version(query)
    if version == SCHEMA_VERSION:
        return
    for number in range((version or SCHEMA_VERSION) + 1, SCHEMA_VERSION + 1):
        query(MIGRATIONS[number])
    query(TABLES)
    query(VIEWS)
    query("DELETE FROM settings WHERE name = 'schema_version'")
    query("INSERT INTO settings VALUES ('schema_version', ?)", [str(SCHEMA_VERSION)])
