"""Rows of a ledger of millions of generated events, made in SQL; and new stories to add to it.

Sixty countries, ten years, ten reports a story, one event in six told twice. As in real news, one report in thirty
is about a day one to twenty years back (``historical``) and one in a hundred about a day to come (``future``), so that no part of a table holds
the days of its own time alone. The rows are not derived by ``settle`` (that would take hours).
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from dragoman.ledger.ledger import Ledger
from dragoman.ledger.merging import TIMELY_DAYS
from dragoman.ledger.rows import agreement_keys, key
from dragoman.ledger.words import stem, word_key
from dragoman.model import (
    Claim,
    CodedBy,
    Commitment,
    Entity,
    Event,
    Events,
    Participant,
    Place,
    Record,
    Run,
    Span,
    StatusChange,
    Story,
    When,
)  # fmt: skip

COUNTRIES = [
    "RUS",
    "UKR",
    "USA",
    "GBR",
    "FRA",
    "DEU",
    "CHN",
    "IND",
    "PAK",
    "IRN",
    "IRQ",
    "ISR",
    "SYR",
    "TUR",
    "SAU",
    "YEM",
    "EGY",
    "LBY",
    "SDN",
    "ETH",
    "SOM",
    "KEN",
    "NGA",
    "MLI",
    "NER",
    "TCD",
    "COD",
    "RWA",
    "UGA",
    "ZAF",
    "VEN",
    "COL",
    "BRA",
    "ARG",
    "PER",
    "ECU",
    "MEX",
    "CUB",
    "HTI",
    "POL",
    "HUN",
    "SRB",
    "BLR",
    "GEO",
    "ARM",
    "AZE",
    "KAZ",
    "AFG",
    "MMR",
    "THA",
    "VNM",
    "PHL",
    "IDN",
    "JPN",
    "KOR",
    "PRK",
    "AUS",
    "CAN",
    "GRC",
    "CYP",
]
START, DAYS = date(2015, 1, 1), 3650
TYPES = (
    ("AGREE", 1, "030", 3.0), ("CONSULT", 1, "040", 1.0), ("SUPPORT", 1, "050", 3.5), ("COOPERATE", 2, "060", 6.0),
    ("AID", 2, "070", 7.0), ("REQUEST", 3, "100", -1.0), ("ACCUSE", 3, "112", -2.0), ("REJECT", 3, "120", -4.0),
    ("THREATEN", 3, "130", -5.0), ("SANCTION", 4, "163", -7.0), ("MOBILIZE", 4, "150", -7.0), ("ASSAULT", 4, "190", -10.0),
)  # fmt: skip
VOCABULARY = 9000
_KNOWN = "(told + INTERVAL 1 HOUR)::TIMESTAMP"
_HISTORY = (
    '[{"date": "2015-01-02", "status": "demanded", "said": "demanded", "by": [], "rule": "as told", "story": "", '
    '"event": null, "statement": null}]'
)
_PARTIES = (
    "[lower(a) || '.gov'] AS actors, [a] AS actor_names, [a] AS actor_countries, [a || 'GOV'] AS actor_codes, "
    "[lower(b) || '.gov'] AS recipients, [b] AS recipient_names, [b] AS recipient_countries, [b || 'GOV'] AS recipient_codes"
)


def word(number: int) -> str:
    """A made-up word."""
    first, second = divmod(number, 26 * 26)
    return "w" + "".join(chr(97 + n) for n in (first % 26, *divmod(second, 26)))


def sentence(chance: random.Random, one: str, two: str) -> str:
    """A sentence of twelve made-up words."""
    drawn = (word(int(chance.paretovariate(0.4)) % VOCABULARY) for _ in range(12))
    return f"{one} {' '.join(drawn)} {two}."


def fill(ledger: Ledger, events: int) -> None:
    """Make the rows of ``events`` events in SQL."""
    _draw(ledger, events)
    _reports_and_events(ledger)
    _stories(ledger)
    _words(ledger)
    _claims_and_commitments(ledger)
    _agreements(ledger)
    ledger.store.checkpoint()
    for name in ("paragraphs", "made", "story", "drawn", "vocabulary", "pairs"):
        ledger.store.query(f"DROP TABLE temp.{name}")


def _draw(ledger: Ledger, events: int) -> None:
    """What happens: one temporary row an event, and one a story. ``told`` is the day of the story."""
    query = ledger.store.query
    types = ", ".join(f"{{'t': '{t}', 'q': {q}, 'c': '{c}', 's': {s}}}" for t, q, c, s in TYPES)
    query(
        f"CREATE TEMP TABLE made AS SELECT i, hash(i) AS h, hash(i + 7) AS g, "
        f"DATE '{START}' + (i * {DAYS} // {events})::INTEGER AS told, "
        "told + CASE WHEN hash(i + 9) % 30 = 0 THEN -366 - (hash(i + 8) % 7000)::INTEGER "
        "WHEN hash(i + 9) % 100 = 1 THEN 1 + (hash(i + 8) % 700)::INTEGER ELSE 0 END AS day, "
        "CASE WHEN day < told THEN 'past' WHEN day > told THEN 'may' ELSE 'did' END AS class, "
        f"lower(printf('%016x', hash(i // 10))) AS story_id, ({COUNTRIES!r})[1 + (hash(i + 1) % 60)::INTEGER] AS a, "
        f"({COUNTRIES!r})[1 + (hash(i + 2) % 60)::INTEGER] AS b, [{types}][1 + (hash(i + 3) % {len(TYPES)})::INTEGER] AS k "
        f"FROM range({events}) t(i)"
    )
    query(
        f"CREATE TEMP TABLE story AS SELECT i // 10 AS n, told, told AS day, story_id, a, b, h, g, {_KNOWN} AS recorded, "
        "hash(i // 10 + 11) AS story_hash FROM made WHERE i % 10 = 0"
    )


def _reports_and_events(ledger: Ledger) -> None:
    query = ledger.store.query
    common = (
        "k.t AS type, []::VARCHAR[] AS contexts, "
        "CASE class WHEN 'past' THEN ['historical'] WHEN 'may' THEN ['future'] ELSE []::VARCHAR[] END AS aux, k.c AS cameo, k.q AS quad, k.s AS score, "
        f"{_PARTIES}, 'Place ' || (g % 5000)::VARCHAR AS place, b AS place_country, day, day AS day_end, 0.8 AS confidence, "
        "story_id, 'e' || (i % 10)::VARCHAR AS story_event, ['x.gov'] AS said_by, "
        "CASE WHEN k.t = 'ASSAULT' THEN (g % 20)::INTEGER END AS dead_low"
    )
    kinds = [
        (kind + group, key(kind, group)) for kind, *_ in TYPES for group in ("did", "past", "may")
    ]
    merge_key = (
        f"(map({[k for k, _ in kinds]!r}, {[v for _, v in kinds]!r}::UBIGINT[]))[k.t || class]"
    )
    for copy in (0, 1):
        query(
            f"INSERT INTO report_rows BY NAME SELECT h + {copy} AS report, {merge_key} AS merge_key, "
            f"a AS actor_side, b AS recipient_side, TRUE AS dated, FALSE AS day_told, told AS published, told, {common}, 100 AS trigger_start, 108 AS trigger_end, "
            "90 AS sentence_start, 190 AS sentence_end, ['s1'] AS attribution, 'rule' AS coder, 'generated' AS rule, "
            "list_transform(range(14), lambda n: (hash(i + n) % 65536)::USMALLINT) AS meaning, "
            f"'Paper ' || (g % 300)::VARCHAR AS publisher, {_KNOWN} AS recorded FROM made WHERE {copy} = 0 OR i % 6 = 0"
        )
        query(
            f"INSERT INTO near_report_members BY NAME SELECT h + {copy} AS item, day, told, h AS component, "
            f"'e' || printf('%016x', h) AS group_id FROM made WHERE ({copy} = 0 OR i % 6 = 0) AND abs(told - day) <= {TIMELY_DAYS}"
        )
        query(
            f"INSERT INTO far_report_members BY NAME SELECT h + {copy} AS item, day, told, h AS component, "
            f"'e' || printf('%016x', h) AS group_id, {merge_key} AS merge_key, a AS actor_side, b AS recipient_side, "
            f"day AS day_end FROM made WHERE ({copy} = 0 OR i % 6 = 0) AND abs(told - day) > {TIMELY_DAYS}"
        )
    query(
        f"INSERT INTO event_rows BY NAME SELECT 'e' || printf('%016x', h) AS event_id, h AS component, {_KNOWN} AS known_from, "
        f"a AS actor, b AS recipient, {common}, 1 + (i % 6 = 0)::INTEGER AS reports, 1 AS tellings, 1 AS publishers, "
        "[h] AS report_keys, FALSE AS confirmed, TRUE AS dated, FALSE AS day_told, lower(a) || '.gov' AS actor_id, lower(b) || '.gov' AS recipient_id, "
        "FALSE AS more_parties, FALSE AS joint FROM made"
    )
    query(
        "INSERT INTO dyad_rows BY NAME SELECT day, a AS actor, b AS recipient, k.t AS type, k.q AS quad, k.s AS score, "
        f"'e' || printf('%016x', h) AS event_id, h AS component, {_KNOWN} AS known_from FROM made WHERE a <> b"
    )


def _stories(ledger: Ledger) -> None:
    """Texts of six sentences of made-up words, and a record of random bytes as long as real ones are."""
    query = ledger.store.query
    chance = random.Random(5)
    paragraphs = [" ".join(sentence(chance, "They", "it") for _ in range(3)) for _ in range(3000)]
    query("CREATE TEMP TABLE paragraphs (pn INTEGER, p VARCHAR)")
    query("INSERT INTO paragraphs SELECT unnest(range(3000)), unnest(?::VARCHAR[])", [paragraphs])
    query(
        "INSERT INTO story_rows BY NAME SELECT story_hash, hash(n + 12) AS url_hash, hash(n + 13) AS title_hash, story_id, "
        "'run' AS run_id, day, day AS published, 'given' AS published_basis, 'Paper ' || (g % 300)::VARCHAR AS publisher, "
        "'x' AS source, 'https://x.example/' || story_id AS url, 'Title ' || n AS title, 'en' AS language, "
        "[]::VARCHAR[] AS credits, '[]' AS notes, one.p || ' ' || two.p || ' ' || n AS text, "
        "list_transform(range(32), lambda x: hash(n * 40 + x)) AS bands, "
        "encode(list_aggregate(list_transform(range(40), lambda x: md5((n * 40 + x)::VARCHAR)), 'string_agg', '')) AS record, "
        "recorded FROM story JOIN paragraphs one ON one.pn = (story.h % 3000)::INTEGER "
        "JOIN paragraphs two ON two.pn = (story.g % 3000)::INTEGER ORDER BY story.n"
    )
    query(
        "INSERT INTO story_members BY NAME SELECT story_hash AS item, day, story_hash AS component, "
        "'t' || story_id AS group_id FROM story"
    )
    query(
        "INSERT INTO statement_rows BY NAME SELECT story_id, 's' || x AS statement, day, 'indirect' AS kind, 'say' AS act, "
        "lower(a) || '.gov' AS source, a AS source_text, FALSE AS anonymous, FALSE AS hedged, "
        "'content of statement ' || (h % 9999)::VARCHAR AS content, 10 AS start_offset, 80 AS end_offset, recorded "
        "FROM story, range(3) r(x)"
    )
    query(
        "INSERT INTO entity_rows BY NAME SELECT story_id, day, lower(a) || '.gov' AS entity_id, a AS name, a AS country, "
        "['GOV'] AS sectors, a || 'GOV' AS code, 'state' AS kind, 3 AS mentions, recorded FROM story"
    )


def _words(ledger: Ledger) -> None:
    """Seventy words a story, few of them frequent and most rare."""
    query = ledger.store.query
    keys = [word_key(stem(word(number))) for number in range(VOCABULARY)]
    query("CREATE TEMP TABLE vocabulary (number INTEGER, w UINTEGER)")
    query(
        f"INSERT INTO vocabulary SELECT unnest(range({VOCABULARY})), unnest(?::UINTEGER[])", [keys]
    )
    query(
        "CREATE TEMP TABLE drawn AS SELECT story_hash AS story, "
        f"floor({VOCABULARY} * pow((hash(n * 100 + x) % 1000000) / 1000000.0, 3))::INTEGER AS number FROM story, range(70) r(x)"
    )
    query(
        "INSERT INTO word_rows BY NAME SELECT w AS word, story, 1 AS times FROM drawn JOIN vocabulary USING (number)"
    )


def _claims_and_commitments(ledger: Ledger) -> None:
    """A claim in every third story, a commitment in every fifth, and an answer to every second of those."""
    query = ledger.store.query
    query(
        "INSERT INTO claim_states BY NAME SELECT 'c' || story_id AS claim_id, h AS component, recorded AS known_from, day, "
        "day AS last_day, 'claim of ' || (g % 5000)::VARCHAR AS text, [lower(a) || '.gov'] AS asserted_by, "
        "CASE WHEN g % 3 = 0 THEN [lower(b) || '.gov'] ELSE [] END AS denied_by, []::VARCHAR[] AS reported_by, "
        "g % 3 = 0 AS contested, 1 AS stories, '[]' AS evidence FROM story WHERE n % 3 = 0"
    )
    query(
        "INSERT INTO claim_rows BY NAME SELECT h AS item, list_transform(range(9), lambda x: hash(n * 9 + x)) AS keys, day, "
        "story_id, 'c1' AS story_claim, 'claim of ' || (g % 5000)::VARCHAR AS text, [lower(a) || '.gov'] AS asserted_by, "
        "[]::VARCHAR[] AS denied_by, []::VARCHAR[] AS reported_by, list_transform(range(9), "
        "lambda x: (hash(n + x) % 65536)::USMALLINT) AS meaning, recorded FROM story WHERE n % 3 = 0"
    )
    query(
        "INSERT INTO claim_members BY NAME SELECT h AS item, day, h AS component, 'c' || story_id AS group_id "
        "FROM story WHERE n % 3 = 0"
    )
    kinds = "['demand', 'offer', 'promise', 'threat', 'plan'][1 + (h % 5)::INTEGER] AS kind"
    parties = (
        "[lower(a) || '.gov'] AS by_ids, [lower(b) || '.gov'] AS to_ids, [a] AS by_countries, [b] AS to_countries, "
        "'withdraw from place ' || (g % 5000)::VARCHAR AS text"
    )
    query(
        f"INSERT INTO commitment_states BY NAME SELECT 'k' || story_id AS commitment_id, h AS component, recorded AS known_from, "
        f"day, day + 5 AS last_day, {kinds}, {parties}, CASE WHEN g % 4 = 0 THEN day + 30 END AS due_end, "
        f"'demanded' AS status, '{_HISTORY}' AS history, 1 AS stories, [h] AS items FROM story WHERE n % 5 = 0"
    )
    countries = [key("party", item) for item in COUNTRIES]
    query(
        "INSERT INTO commitment_rows BY NAME SELECT h AS item, list_transform([a, b], "
        f"lambda c: ({countries!r}::UBIGINT[])[list_position({COUNTRIES!r}, c)]) AS keys, day, story_id, "
        f"'k1' AS story_commitment, {kinds}, {parties}, 'demanded' AS status, '[]' AS history, "
        "list_transform(range(9), lambda x: (hash(n + x) % 65536)::USMALLINT) AS meaning, recorded FROM story WHERE n % 5 = 0"
    )
    query(
        "INSERT INTO commitment_members BY NAME SELECT h AS item, day, h AS component, 'k' || story_id AS group_id "
        "FROM story WHERE n % 5 = 0"
    )
    query(
        "INSERT INTO evidence_rows BY NAME SELECT h AS item, day + 3 AS day, 'refused' AS status, 'demand refused' AS rule, "
        "[lower(b) || '.gov'] AS said_by, story_id, 'e1' AS story_event, 0.3 AS likeness, recorded FROM story WHERE n % 10 = 0"
    )


def _agreements(ledger: Ledger) -> None:
    """A mention of a ceasefire in every tenth story; the mentions of a pair are one component."""
    query = ledger.store.query
    pairs = [(a, b) for a in COUNTRIES for b in COUNTRIES if a < b]
    query("CREATE TEMP TABLE pairs (pair VARCHAR, keys UBIGINT[], component UBIGINT)")
    query(
        "INSERT INTO pairs SELECT unnest(?::VARCHAR[]), unnest(?::UBIGINT[][]), unnest(?::UBIGINT[])",
        [
            [f"{a}{b}" for a, b in pairs],
            [agreement_keys("ceasefire", None, [a, b]) for a, b in pairs],
            [key("pair", a, b) for a, b in pairs],
        ],
    )
    told = (
        "FROM story JOIN pairs ON pair = least(a, b) || greatest(a, b) WHERE n % 10 = 0 AND a <> b"
    )
    query(
        "INSERT INTO agreement_rows BY NAME SELECT h AS item, keys, day, story_id, CASE WHEN n % 7 = 0 THEN 'agreed' "
        "ELSE 'violated' END AS sign, 'ceasefire' AS term, [lower(a) || '.gov', lower(b) || '.gov'] AS party_ids, "
        "[least(a, b), greatest(a, b)] AS party_countries, []::VARCHAR[] AS sides, 'both agreed to a ceasefire' AS text, "
        f"10 AS start_offset, 80 AS end_offset, recorded {told} ORDER BY n"
    )
    query(
        f"INSERT INTO agreement_members BY NAME SELECT h AS item, day, component, 'a' || pair AS group_id {told} ORDER BY n"
    )
    query(
        "INSERT INTO agreement_states BY NAME SELECT 'a' || pair AS agreement_id, component, min(recorded) AS known_from, "
        "min(day) AS day, max(day) AS last_day, any_value(pair) || ' ceasefire' AS name, []::VARCHAR[] AS names, "
        "'ceasefire' AS term, [pair[1:3], pair[4:6]] AS parties, [pair[1:3], pair[4:6]] AS party_countries, "
        f"min(day) AS agreed_on, '[]' AS extensions, 'agreed' AS status, '{_HISTORY}' AS history, '[]' AS violations, "
        f"0 AS violation_count, count(*) AS stories, list(h) AS items {told} GROUP BY pair, component"
    )


def fresh(number: int, seed: int) -> Record:
    """A story of ten events on one of the days that follow, 137 a day as before, with a claim, a commitment and, in every fifth, a ceasefire."""
    chance = random.Random(seed * 100_003 + number)
    day = START + timedelta(days=DAYS + number // 137)
    one, two = chance.sample(COUNTRIES, 2)
    lines, events, position = [], [], 0
    ids = {c: f"{c.lower()}.gov" for c in (one, two)}
    parties = [Participant(ids[c], c, c, ("GOV",), f"{c}GOV") for c in (one, two)]
    for item in range(10):
        text = sentence(chance, one, two)
        lines.append(text)
        kind, quad, cameo, score = chance.choice(TYPES)
        span = Span(position, position + len(text))
        past = (day - timedelta(days=366 + chance.randrange(7000))).isoformat()
        when = When(past, past, "then") if chance.random() < 1 / 30 else None
        aux = ("historical",) if when else ()
        place = Place("x", position, position + 1, f"Place {chance.randint(0, 5000)}", two)
        events.append(
            Event(f"e{item}", kind, None, (), aux, cameo, quad, score, when, (parties[0],), (parties[1],), place, None,
                  span, span, coded_by=CodedBy("rule", "generated"))
        )  # fmt: skip
        position += len(text) + 1
    if number % 5 == 0:
        lines.append(f"{one} and {two} agreed to a ceasefire.")
    text = "\n".join(lines)
    entities = tuple(
        Entity(ids[c], c, c, ("GOV",), kind="state", mentions=_mentions(text, c))
        for c in (one, two)
    )
    claims = (Claim("c1", lines[1], "e1", (ids[one],), (), (), False, 0, len(lines[1])),)
    commitments = (
        Commitment("k1", "demand", (ids[one],), (ids[two],), lines[0], 0, len(lines[0]), None, None, "demanded",
                   (StatusChange(None, "demanded"),)),
    )  # fmt: skip
    story = Story(
        text,
        published=day.isoformat(),
        publisher=f"Paper {number % 40}",
        url=f"https://y.example/{seed}/{number}",
        title=f"News {seed} {number}",
    )
    return Record(
        story, entities, Events(events), (), claims, commitments, Run("bench", {}, {}, {})
    )


def _mentions(text: str, name: str) -> tuple[Span, ...]:
    """The first mention of the name, and the last."""
    return tuple(Span(at, at + len(name)) for at in sorted({text.index(name), text.rindex(name)}))
