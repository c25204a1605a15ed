"""The ledger's tables and views: one commented SQL string, and its version.

Truth is in the ``*_rows`` tables, which are only ever appended to (``recode`` replaces a story's
coded rows, and says so in ``recodings``). ``event_rows``, ``claim_states``, ``commitment_states``
and ``agreement_states`` are derived from them by a pure function (see ``settle.py``); each row
says from when to when it was what we knew (``known_from``, ``known_to``; null = still), which is
how every question can be asked as of a day.
"""

from __future__ import annotations

SCHEMA_VERSION = 9

# what reports give numbers of

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
-- dated: whether the coder has a day; day_told: whether the words tell it, and it is not merely the story's own.
-- joint: the actors did it with or to each other, and nobody else is told.
-- told: the day of its story, by which the table is in order nearly always; day is that of what happened
CREATE TABLE IF NOT EXISTS report_rows (
    report UBIGINT, merge_key UBIGINT, actor_side VARCHAR, recipient_side VARCHAR, day DATE, day_end DATE, dated BOOLEAN, published DATE,
    story_id VARCHAR, story_event VARCHAR, type VARCHAR, mode VARCHAR, contexts VARCHAR[],
    aux VARCHAR[], cameo VARCHAR, quad TINYINT, score DOUBLE, goldstein DOUBLE,
    actors VARCHAR[], actor_names VARCHAR[], actor_countries VARCHAR[], actor_codes VARCHAR[],
    recipients VARCHAR[], recipient_names VARCHAR[], recipient_countries VARCHAR[],
    recipient_codes VARCHAR[], place VARCHAR, place_country VARCHAR, lat DOUBLE, lon DOUBLE,
    dead_low BIGINT, dead_high BIGINT, injured_low BIGINT, injured_high BIGINT,
    arrested_low BIGINT, arrested_high BIGINT, size_low BIGINT, size_high BIGINT,
    trigger_start INTEGER, trigger_end INTEGER, sentence_start INTEGER, sentence_end INTEGER,
    attribution VARCHAR[], said_by VARCHAR[], confidence DOUBLE, coder VARCHAR, rule VARCHAR,
    meaning USMALLINT[], publisher VARCHAR, recorded TIMESTAMP, told DATE, day_told BOOLEAN, joint BOOLEAN);

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
    party_countries VARCHAR[], reporter VARCHAR, reporter_country VARCHAR, sides VARCHAR[], count BIGINT,
    previous BIGINT, comparison VARCHAR, until DATE, scope VARCHAR, text VARCHAR,
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
    dead_low BIGINT, dead_high BIGINT, injured_low BIGINT, injured_high BIGINT,
    arrested_low BIGINT, arrested_high BIGINT, size_low BIGINT, size_high BIGINT,
    revisions VARCHAR, said_by VARCHAR[], reports INTEGER, tellings INTEGER,
    publishers INTEGER, confidence DOUBLE, story_id VARCHAR, story_event VARCHAR,
    report_keys UBIGINT[], confirmed BOOLEAN, notes VARCHAR, dated BOOLEAN, day_told BOOLEAN, actor_id VARCHAR,
    recipient_id VARCHAR, more_parties BOOLEAN, joint BOOLEAN);

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
    FROM story_rows s LEFT JOIN (SELECT old_story, arg_min(new_story, recorded) AS new_story, min(recorded) AS recorded
        FROM replacement_rows GROUP BY old_story) r ON s.story_id = r.old_story;
CREATE OR REPLACE VIEW report_members AS
    SELECT item, day, told, component, group_id FROM near_report_members
    UNION ALL SELECT item, day, told, component, group_id FROM far_report_members;
CREATE OR REPLACE VIEW runs AS SELECT * FROM run_rows;
CREATE OR REPLACE VIEW reports AS
    SELECT m.group_id AS event_id, r.* EXCLUDE (merge_key, actor_side, recipient_side, meaning, told, joint)
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
    SELECT * EXCLUDE (component, known_to, report_keys, actor_id, recipient_id, more_parties, joint)
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
    SELECT * EXCLUDE (component, report_keys, actor_id, recipient_id, more_parties, joint) FROM event_rows
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
