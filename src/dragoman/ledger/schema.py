"""The ledger's tables and views: one commented SQL string, its version, and the way forward.

Truth is in the ``*_rows`` tables, which are only ever appended to (``recode`` replaces a story's
coded rows, and says so in ``recodings``). ``event_rows``, ``claim_states``, ``commitment_states``
and ``agreement_states`` are derived from them by a pure function (see ``settle.py``); each row
says from when to when it was what we knew (``known_from``, ``known_to``; null = still), which is
how every question can be asked as of a day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

SCHEMA_VERSION = 6

# Files are written so that DuckDB 1.4 and later open them.
STORAGE_VERSION = "v1.2.0"

TABLES = """
-- name → value: schema_version, and when the file was made
CREATE TABLE IF NOT EXISTS settings (name VARCHAR, value VARCHAR);

-- every coder that wrote into this ledger: versions and hashes of what shapes a record
CREATE TABLE IF NOT EXISTS run_rows (
    run_id VARCHAR, dragoman VARCHAR, models VARCHAR, lexicons VARCHAR, options VARCHAR,
    recorded TIMESTAMP);

-- every version of every story. day: published, or the day it was recorded when that is unknown.
-- bands: locality-sensitive hashes of its shingles. record: zlib JSON of the coder's whole record
CREATE TABLE IF NOT EXISTS story_rows (
    story_hash UBIGINT, url_hash UBIGINT, title_hash UBIGINT,
    story_id VARCHAR, run_id VARCHAR, day DATE, published DATE, published_basis VARCHAR,
    publisher VARCHAR, source VARCHAR, url VARCHAR, title VARCHAR, language VARCHAR,
    credits VARCHAR[], notes VARCHAR, text VARCHAR, bands UBIGINT[], record BLOB,
    recorded TIMESTAMP);

-- a corrected story takes the place of an older version from new_story's record time on
CREATE TABLE IF NOT EXISTS replacement_rows (
    old_story VARCHAR, new_story VARCHAR, recorded TIMESTAMP);

-- one coded event of one story. report: its key. meaning: 16-bit hashes of the sentence's stems.
-- merge_key: what an event must share with another to be compared at all (type and whether it happened).
-- actor_side, recipient_side: the one country on that side, * when there are several or none is known.
-- told: the day of its story, by which the table is in order nearly always; day is that of what happened
CREATE TABLE IF NOT EXISTS report_rows (
    report UBIGINT, merge_key UBIGINT, actor_side VARCHAR, recipient_side VARCHAR, day DATE, day_end DATE, dated BOOLEAN, published DATE,
    story_id VARCHAR, story_event VARCHAR, type VARCHAR, mode VARCHAR, contexts VARCHAR[],
    aux VARCHAR[], cameo VARCHAR, quad TINYINT, score DOUBLE, goldstein DOUBLE,
    actors VARCHAR[], actor_names VARCHAR[], actor_countries VARCHAR[], actor_codes VARCHAR[],
    recipients VARCHAR[], recipient_names VARCHAR[], recipient_countries VARCHAR[],
    recipient_codes VARCHAR[], place VARCHAR, place_country VARCHAR, lat DOUBLE, lon DOUBLE,
    dead_low INTEGER, dead_high INTEGER, injured_low INTEGER, injured_high INTEGER,
    arrested_low INTEGER, arrested_high INTEGER, size_low INTEGER, size_high INTEGER,
    trigger_start INTEGER, trigger_end INTEGER, sentence_start INTEGER, sentence_end INTEGER,
    attribution VARCHAR[], said_by VARCHAR[], confidence DOUBLE, coder VARCHAR, rule VARCHAR,
    meaning USMALLINT[], publisher VARCHAR, recorded TIMESTAMP, told DATE);

-- who said what, in one story
CREATE TABLE IF NOT EXISTS statement_rows (
    story_id VARCHAR, statement VARCHAR, day DATE, kind VARCHAR, act VARCHAR, source VARCHAR,
    source_text VARCHAR, anonymous BOOLEAN, addressee VARCHAR, parent VARCHAR, hedged BOOLEAN,
    content VARCHAR, start_offset INTEGER, end_offset INTEGER, recorded TIMESTAMP);

-- entities as one story has them
CREATE TABLE IF NOT EXISTS entity_rows (
    story_id VARCHAR, day DATE, entity_id VARCHAR, name VARCHAR, country VARCHAR,
    sectors VARCHAR[], code VARCHAR, kind VARCHAR, mentions INTEGER, recorded TIMESTAMP);

-- a claim of one story. keys: what two claims must share to be compared
CREATE TABLE IF NOT EXISTS claim_rows (
    item UBIGINT, keys UBIGINT[], day DATE, story_id VARCHAR, story_claim VARCHAR, text VARCHAR,
    report UBIGINT, asserted_by VARCHAR[], denied_by VARCHAR[], reported_by VARCHAR[],
    statements VARCHAR[], start_offset INTEGER, end_offset INTEGER, meaning USMALLINT[],
    recorded TIMESTAMP, confidence DOUBLE);

-- a demand, offer, promise, threat or plan of one story
CREATE TABLE IF NOT EXISTS commitment_rows (
    item UBIGINT, keys UBIGINT[], day DATE, story_id VARCHAR, story_commitment VARCHAR,
    kind VARCHAR, by_ids VARCHAR[], to_ids VARCHAR[], by_countries VARCHAR[],
    to_countries VARCHAR[], name VARCHAR, parties VARCHAR[], party_countries VARCHAR[],
    text VARCHAR, condition VARCHAR, due_start DATE, due_end DATE, due_text VARCHAR,
    status VARCHAR, history VARCHAR, start_offset INTEGER, end_offset INTEGER,
    meaning USMALLINT[], recorded TIMESTAMP);

-- what one story says about an agreement: agreed, in-force, extended, violated, held, denied, over
CREATE TABLE IF NOT EXISTS agreement_rows (
    item UBIGINT, keys UBIGINT[], day DATE, story_id VARCHAR, sign VARCHAR, term VARCHAR,
    name VARCHAR, name_day DATE, name_year INTEGER, party_ids VARCHAR[],
    party_countries VARCHAR[], reporter VARCHAR, reporter_country VARCHAR, sides VARCHAR[], count INTEGER,
    previous INTEGER, comparison VARCHAR, until DATE, scope VARCHAR, text VARCHAR,
    statement VARCHAR, story_event VARCHAR, start_offset INTEGER, end_offset INTEGER,
    recorded TIMESTAMP);

-- a later report that answers an earlier commitment: met, refused, violated, … by a named rule
CREATE TABLE IF NOT EXISTS evidence_rows (
    item UBIGINT, day DATE, status VARCHAR, rule VARCHAR, said_by VARCHAR[], story_id VARCHAR,
    story_event VARCHAR, statement VARCHAR, likeness DOUBLE, recorded TIMESTAMP);

-- an analyst's word: never changed by coding. action: merge, split, recode, dismiss, confirm, note
CREATE TABLE IF NOT EXISTS correction_rows (
    correction_id VARCHAR, action VARCHAR, subject VARCHAR, other VARCHAR, field VARCHAR,
    value VARCHAR, anchors VARCHAR, analyst VARCHAR, reason VARCHAR, recorded TIMESTAMP);

-- every recoding of stored stories, and what it changed
CREATE TABLE IF NOT EXISTS recoding_rows (
    run_id VARCHAR, stories INTEGER, changed INTEGER, summary VARCHAR, recorded TIMESTAMP);

-- full text: which stories (story_hash) hold a word (CRC-32 of its stem), and how often
CREATE TABLE IF NOT EXISTS word_rows (word UINTEGER, story UBIGINT, times UTINYINT);

-- stories whose derived rows wait to be made (empty when the ledger is settled). moment: what gave
-- cause; day and recorded are the story's own, so that its rows are found without reading whole tables
CREATE TABLE IF NOT EXISTS waiting_rows (
    story_id VARCHAR, moment TIMESTAMP, day DATE, recorded TIMESTAMP);

-- which component each item belongs to, and which telling, event, claim, commitment or agreement
CREATE TABLE IF NOT EXISTS story_members (item UBIGINT, day DATE, component UBIGINT, group_id VARCHAR);
CREATE TABLE IF NOT EXISTS claim_members (item UBIGINT, day DATE, component UBIGINT, group_id VARCHAR);
CREATE TABLE IF NOT EXISTS commitment_members (
    item UBIGINT, day DATE, component UBIGINT, group_id VARCHAR);
CREATE TABLE IF NOT EXISTS agreement_members (
    item UBIGINT, day DATE, component UBIGINT, group_id VARCHAR);

-- the same for reports, in two tables. near: what happened within thirty days of the day of the story; days stand
-- in order, so a look at some days reads a small part. far: the rest, few, with what they are compared by: among the
-- others, days of twenty years would stand in every part of the table
CREATE TABLE IF NOT EXISTS near_report_members (
    item UBIGINT, day DATE, told DATE, component UBIGINT, group_id VARCHAR);
CREATE TABLE IF NOT EXISTS far_report_members (
    item UBIGINT, day DATE, told DATE, component UBIGINT, group_id VARCHAR, merge_key UBIGINT,
    actor_side VARCHAR, recipient_side VARCHAR, day_end DATE);

-- derived: one event, however many stories tell it. dated: some story tells its day; otherwise day is
-- that of the first report, and the event may have happened long before. actor_id, recipient_id: the first of
-- actors and recipients, more_parties: whether there are others (who acts how often is counted by these)
CREATE TABLE IF NOT EXISTS event_rows (
    event_id VARCHAR, component UBIGINT, known_from TIMESTAMP, known_to TIMESTAMP, day DATE,
    day_end DATE, type VARCHAR, mode VARCHAR, contexts VARCHAR[], aux VARCHAR[], cameo VARCHAR,
    quad TINYINT, score DOUBLE, goldstein DOUBLE, actor VARCHAR, recipient VARCHAR,
    actors VARCHAR[], actor_names VARCHAR[], actor_countries VARCHAR[], actor_codes VARCHAR[],
    recipients VARCHAR[], recipient_names VARCHAR[], recipient_countries VARCHAR[],
    recipient_codes VARCHAR[], place VARCHAR, place_country VARCHAR, lat DOUBLE, lon DOUBLE,
    dead_low INTEGER, dead_high INTEGER, injured_low INTEGER, injured_high INTEGER,
    arrested_low INTEGER, arrested_high INTEGER, size_low INTEGER, size_high INTEGER,
    revisions VARCHAR, said_by VARCHAR[], reports INTEGER, tellings INTEGER,
    publishers INTEGER, confidence DOUBLE, story_id VARCHAR, story_event VARCHAR,
    report_keys UBIGINT[], confirmed BOOLEAN, notes VARCHAR, dated BOOLEAN, actor_id VARCHAR,
    recipient_id VARCHAR, more_parties BOOLEAN);

-- derived: one proposition over all stories. confidence: of the surest story that tells it contested, else of
-- the surest; of a contested claim it is the share of such claims that are right
CREATE TABLE IF NOT EXISTS claim_states (
    claim_id VARCHAR, component UBIGINT, known_from TIMESTAMP, known_to TIMESTAMP, day DATE,
    last_day DATE, text VARCHAR, event_id VARCHAR, asserted_by VARCHAR[], denied_by VARCHAR[],
    reported_by VARCHAR[], contested BOOLEAN, stories INTEGER, evidence VARCHAR,
    confidence DOUBLE);

-- derived: one commitment over all stories (agreements too), with the history of its status
CREATE TABLE IF NOT EXISTS commitment_states (
    commitment_id VARCHAR, component UBIGINT, known_from TIMESTAMP, known_to TIMESTAMP, day DATE,
    last_day DATE, kind VARCHAR, name VARCHAR, by_ids VARCHAR[], to_ids VARCHAR[],
    by_countries VARCHAR[], to_countries VARCHAR[], text VARCHAR, condition VARCHAR,
    due_start DATE, due_end DATE, due_text VARCHAR, status VARCHAR, history VARCHAR,
    stories INTEGER, items UBIGINT[]);

-- derived: one agreement, its term (ceasefire, treaty, …), and whether it holds
CREATE TABLE IF NOT EXISTS agreement_states (
    agreement_id VARCHAR, component UBIGINT, known_from TIMESTAMP, known_to TIMESTAMP, day DATE,
    last_day DATE, name VARCHAR, names VARCHAR[], term VARCHAR, parties VARCHAR[],
    party_countries VARCHAR[], scope VARCHAR, agreed_on DATE, in_force_from DATE, until DATE,
    extensions VARCHAR, status VARCHAR, history VARCHAR, violations VARCHAR, violation_count BIGINT,
    stories INTEGER, items UBIGINT[]);

-- derived: one row for each pair of countries in an event, narrow, for series
CREATE TABLE IF NOT EXISTS dyad_rows (
    day DATE, actor VARCHAR, recipient VARCHAR, type VARCHAR, quad TINYINT, score DOUBLE,
    event_id VARCHAR, component UBIGINT, known_from TIMESTAMP, known_to TIMESTAMP);
"""

VIEWS = """
CREATE OR REPLACE VIEW stories AS
    SELECT story_id, published, published_basis, publisher, source, url, title, language, credits,
           notes, text, run_id, recorded, day
    FROM story_rows ANTI JOIN replacement_rows r ON story_rows.story_id = r.old_story;
CREATE OR REPLACE VIEW story_versions AS
    SELECT s.story_id, s.published, s.url, s.title, s.text, s.recorded, r.new_story AS replaced_by,
           r.recorded AS replaced
    FROM story_rows s LEFT JOIN replacement_rows r ON s.story_id = r.old_story;
CREATE OR REPLACE VIEW report_members AS
    SELECT item, day, told, component, group_id FROM near_report_members
    UNION ALL SELECT item, day, told, component, group_id FROM far_report_members;
CREATE OR REPLACE VIEW runs AS SELECT * FROM run_rows;
CREATE OR REPLACE VIEW reports AS
    SELECT m.group_id AS event_id, r.* EXCLUDE (merge_key, actor_side, recipient_side, meaning, told)
    FROM report_rows r JOIN report_members m ON m.item = r.report
    WHERE m.group_id IS NOT NULL;
CREATE OR REPLACE VIEW statements AS
    SELECT s.* FROM statement_rows s ANTI JOIN replacement_rows r ON s.story_id = r.old_story;
CREATE OR REPLACE VIEW entities AS
    SELECT entity_id, arg_max(name, best) AS name, arg_max(country, best) AS country,
           arg_max(sectors, best) AS sectors, arg_max(code, best) AS code,
           arg_max(kind, best) AS kind, sum(mentions)::BIGINT AS mentions,
           count(*)::BIGINT AS stories, min(day) AS first_day, max(day) AS last_day
    FROM (SELECT *, printf('%09d', mentions) || story_id AS best FROM entity_rows) e
         ANTI JOIN replacement_rows r ON e.story_id = r.old_story
    GROUP BY entity_id;
CREATE OR REPLACE VIEW events AS
    SELECT * EXCLUDE (component, known_to, report_keys, actor_id, recipient_id, more_parties)
    FROM event_rows WHERE known_to IS NULL;
CREATE OR REPLACE VIEW claims AS
    SELECT * EXCLUDE (component, known_to) FROM claim_states WHERE known_to IS NULL;
CREATE OR REPLACE VIEW commitments AS
    SELECT * EXCLUDE (component, known_to, items) FROM commitment_states WHERE known_to IS NULL
    UNION ALL BY NAME
    SELECT agreement_id AS commitment_id, known_from, day, last_day, 'agreement' AS kind, name, parties AS by_ids,
           parties AS to_ids, party_countries AS by_countries, party_countries AS to_countries, name AS text,
           in_force_from AS due_start, until AS due_end, status, history, stories FROM agreement_states
    WHERE known_to IS NULL;
CREATE OR REPLACE VIEW agreements AS
    SELECT * EXCLUDE (component, known_to, items) FROM agreement_states WHERE known_to IS NULL;
CREATE OR REPLACE VIEW corrections AS SELECT * FROM correction_rows;
CREATE OR REPLACE VIEW dyads AS
    SELECT day, actor, recipient, type, quad, score, event_id FROM dyad_rows WHERE known_to IS NULL
    AND event_id NOT IN (SELECT event_id FROM event_rows WHERE known_to IS NULL AND NOT dated
                         AND story_id IN (SELECT story_id FROM story_rows WHERE published IS NULL));
CREATE OR REPLACE MACRO events_as_of(as_of) AS TABLE
    SELECT * EXCLUDE (component, report_keys, actor_id, recipient_id, more_parties) FROM event_rows
    WHERE known_from < as_of::DATE + INTERVAL 1 DAY
      AND (known_to IS NULL OR known_to >= as_of::DATE + INTERVAL 1 DAY);
CREATE OR REPLACE MACRO claims_as_of(as_of) AS TABLE
    SELECT * EXCLUDE (component) FROM claim_states
    WHERE known_from < as_of::DATE + INTERVAL 1 DAY
      AND (known_to IS NULL OR known_to >= as_of::DATE + INTERVAL 1 DAY);
CREATE OR REPLACE MACRO commitments_as_of(as_of) AS TABLE
    SELECT * EXCLUDE (component, items) FROM commitment_states
    WHERE known_from < as_of::DATE + INTERVAL 1 DAY
      AND (known_to IS NULL OR known_to >= as_of::DATE + INTERVAL 1 DAY)
    UNION ALL BY NAME
    SELECT agreement_id AS commitment_id, known_from, known_to, day, last_day, 'agreement' AS kind, name, parties AS by_ids,
           parties AS to_ids, party_countries AS by_countries, party_countries AS to_countries, name AS text,
           in_force_from AS due_start, until AS due_end, status, history, stories FROM agreement_states
    WHERE known_from < as_of::DATE + INTERVAL 1 DAY
      AND (known_to IS NULL OR known_to >= as_of::DATE + INTERVAL 1 DAY);
CREATE OR REPLACE MACRO agreements_as_of(as_of) AS TABLE
    SELECT * EXCLUDE (component, items) FROM agreement_states
    WHERE known_from < as_of::DATE + INTERVAL 1 DAY
      AND (known_to IS NULL OR known_to >= as_of::DATE + INTERVAL 1 DAY);
"""

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
}


def stored_version(query: Callable[..., list[tuple[Any, ...]]]) -> int | None:
    """The schema version of an open ledger, or None when the file is empty.

    Raises:
        LedgerError: the file is a DuckDB database but not a ledger.
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
    return int(rows[0][0])


def prepare(query: Callable[..., list[tuple[Any, ...]]]) -> None:
    """Make the tables of a new ledger, or bring an older one forward, in the open transaction.

    Raises:
        LedgerError: the ledger was written by a newer Dragoman, or the file is not a ledger.
    """
    version = stored_version(query)
    if version == SCHEMA_VERSION:
        return
    if version is not None and version > SCHEMA_VERSION:
        raise LedgerError(
            f"the ledger has schema {version}, this Dragoman knows {SCHEMA_VERSION}: upgrade Dragoman"
        )
    for number in range((version or SCHEMA_VERSION) + 1, SCHEMA_VERSION + 1):
        query(MIGRATIONS[number])
    query(TABLES)
    query(VIEWS)
    query("DELETE FROM settings WHERE name = 'schema_version'")
    query("INSERT INTO settings VALUES ('schema_version', ?)", [str(SCHEMA_VERSION)])
