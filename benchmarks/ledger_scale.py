"""A ledger of millions of generated events: milliseconds a question, cost of adding, bytes an event.

    python benchmarks/ledger_scale.py --events 5000000 --file /tmp/scale.duckdb

The rows are made in SQL: 60 countries, ten years, ten reports a story, one event in six told twice. They are
not derived by ``settle`` (that would take hours); the stories added afterwards are.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from dragoman.ledger import open_ledger
from dragoman.ledger.ledger import Ledger
from dragoman.ledger.words import stem, word_key
from dragoman.model import (
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
LIMIT_MS = 300


def word(number: int) -> str:
    """A made-up word."""
    first, second = divmod(number, 26 * 26)
    return "w" + "".join(chr(97 + n) for n in (first % 26, *divmod(second, 26)))


def sentence(chance: random.Random, one: str, two: str) -> str:
    """A sentence of twelve made-up words."""
    return (
        f"{one} {' '.join(word(int(chance.paretovariate(0.4)) % 9000) for _ in range(12))} {two}."
    )


def fill(ledger: Ledger, events: int) -> None:
    """Make the rows of ``events`` events in SQL."""
    query = ledger.store.query
    stories = events // 10
    types = ", ".join(f"{{'t': '{t}', 'q': {q}, 'c': '{c}', 's': {s}}}" for t, q, c, s in TYPES)
    chance = random.Random(5)
    paragraphs = [" ".join(sentence(chance, "They", "it") for _ in range(3)) for _ in range(3000)]
    query("CREATE TEMP TABLE paragraphs (pn INTEGER, p VARCHAR)")
    query("INSERT INTO paragraphs SELECT unnest(range(3000)), unnest(?::VARCHAR[])", [paragraphs])
    query(
        f"CREATE TEMP TABLE made AS SELECT i, hash(i) AS h, hash(i + 7) AS g, DATE '{START}' + (i * {DAYS} // {events})::INTEGER AS day, "
        f"lower(printf('%016x', hash(i // 10))) AS story_id, ({COUNTRIES!r})[1 + (hash(i + 1) % 60)::INTEGER] AS a, "
        f"({COUNTRIES!r})[1 + (hash(i + 2) % 60)::INTEGER] AS b, [{types}][1 + (hash(i + 3) % {len(TYPES)})::INTEGER] AS k "
        f"FROM range({events}) t(i)"
    )
    known = "(day + INTERVAL 1 HOUR)::TIMESTAMP"
    parties = (
        "[lower(a) || '.gov'] AS actors, [a] AS actor_names, [a] AS actor_countries, [a || 'GOV'] AS actor_codes, "
        "[lower(b) || '.gov'] AS recipients, [b] AS recipient_names, [b] AS recipient_countries, [b || 'GOV'] AS recipient_codes"
    )
    common = (
        "k.t AS type, []::VARCHAR[] AS contexts, []::VARCHAR[] AS aux, k.c AS cameo, k.q AS quad, k.s AS score, "
        f"{parties}, 'Place ' || (g % 5000)::VARCHAR AS place, b AS place_country, day AS day, day AS day_end, 0.8 AS confidence, story_id, "
        "'e' || (i % 10)::VARCHAR AS story_event, ['x.gov'] AS said_by, CASE WHEN k.t = 'ASSAULT' THEN (g % 20)::INTEGER END AS dead_low"
    )
    for copy in (0, 1):
        query(
            f"INSERT INTO report_rows BY NAME SELECT h + {copy} AS report, hash(k.t) AS merge_key, TRUE AS dated, day AS published, {common}, "
            "100 AS trigger_start, 108 AS trigger_end, 90 AS sentence_start, 190 AS sentence_end, ['s1'] AS attribution, 'rule' AS coder, "
            "'generated' AS rule, list_transform(range(14), lambda n: (hash(i + n) % 65536)::USMALLINT) AS meaning, "
            f"'Paper ' || (g % 300)::VARCHAR AS publisher, {known} AS recorded FROM made WHERE {copy} = 0 OR i % 6 = 0"
        )
        query(
            f"INSERT INTO member_rows BY NAME SELECT 'report' AS kind, h + {copy} AS item, day, h AS component, 'e' || printf('%016x', h) AS group_id "
            f"FROM made WHERE {copy} = 0 OR i % 6 = 0"
        )
    query(
        f"INSERT INTO event_rows BY NAME SELECT 'e' || printf('%016x', h) AS event_id, h AS component, {known} AS known_from, a AS actor, "
        f"b AS recipient, {common}, 1 + (i % 6 = 0)::INTEGER AS reports, 1 AS tellings, 1 AS publishers, [h] AS report_keys, FALSE AS confirmed FROM made"
    )
    query(
        f"INSERT INTO dyad_rows BY NAME SELECT day, a AS actor, b AS recipient, k.t AS type, k.q AS quad, k.s AS score, "
        f"'e' || printf('%016x', h) AS event_id, h AS component, {known} AS known_from FROM made WHERE a <> b"
    )
    query(
        f"CREATE TEMP TABLE told AS SELECT i // 10 AS n, day, story_id, a, b, h, g, {known} AS recorded FROM made WHERE i % 10 = 0"
    )
    query(
        "INSERT INTO story_rows BY NAME SELECT hash(n + 11) AS story_hash, hash(n + 12) AS url_hash, hash(n + 13) AS title_hash, story_id, "
        "'run' AS run_id, day, day AS published, 'given' AS published_basis, 'Paper ' || (g % 300)::VARCHAR AS publisher, 'x' AS source, "
        "'https://x.example/' || story_id AS url, 'Title ' || n AS title, 'en' AS language, []::VARCHAR[] AS credits, '[]' AS notes, "
        "one.p || ' ' || two.p || ' ' || n AS text, list_transform(range(32), lambda x: hash(n * 40 + x)) AS bands, "
        "encode(list_reduce(list_transform(range(40), lambda x: md5((n * 40 + x)::VARCHAR)), lambda x, y: x || y)) AS record, recorded "
        "FROM told JOIN paragraphs one ON one.pn = (told.h % 3000)::INTEGER JOIN paragraphs two ON two.pn = (told.g % 3000)::INTEGER ORDER BY told.n"
    )
    query(
        "INSERT INTO member_rows BY NAME SELECT 'story' AS kind, hash(n + 11) AS item, day, hash(n + 11) AS component, 't' || story_id AS group_id FROM told"
    )
    query(
        "INSERT INTO statement_rows BY NAME SELECT story_id, 's' || x AS statement, day, 'indirect' AS kind, 'say' AS act, lower(a) || '.gov' AS source, "
        "a AS source_text, FALSE AS anonymous, FALSE AS hedged, 'content of statement ' || (h % 9999)::VARCHAR AS content, 10 AS start_offset, "
        "80 AS end_offset, recorded FROM told, range(3) r(x)"
    )
    query(
        "INSERT INTO entity_rows BY NAME SELECT story_id, day, lower(a) || '.gov' AS entity_id, a AS name, a AS country, ['GOV'] AS sectors, "
        "a || 'GOV' AS code, 'state' AS kind, 3 AS mentions, recorded FROM told"
    )
    keys = [word_key(stem(word(number))) for number in range(9000)]
    query(
        "CREATE TEMP TABLE lexicon AS SELECT unnest(range(9000)) AS ln, unnest(?::UINTEGER[]) AS w",
        [keys],
    )
    query(
        "INSERT INTO word_rows BY NAME SELECT w AS word, hash(told.n + 11) AS story, 1 AS times FROM told, range(70) r(x) "
        "JOIN lexicon ON lexicon.ln = floor(9000 * pow((hash(told.n * 100 + x) % 1000000) / 1000000.0, 3))::INTEGER ORDER BY told.n"
    )
    history = '[{{"date": "2015-01-02", "status": "demanded", "said": "demanded", "by": [], "rule": "as told", "story": "", "event": null, "statement": null}}]'
    query(
        f"INSERT INTO commitment_states BY NAME SELECT 'k' || story_id AS commitment_id, h AS component, recorded AS known_from, day, day + 5 AS last_day, "
        "['demand', 'offer', 'promise', 'threat', 'plan'][1 + (h % 5)::INTEGER] AS kind, [lower(a) || '.gov'] AS by_ids, [lower(b) || '.gov'] AS to_ids, "
        "[a] AS by_countries, [b] AS to_countries, 'withdraw from place ' || (g % 5000)::VARCHAR AS text, CASE WHEN g % 4 = 0 THEN day + 30 END AS due_end, "
        f"'demanded' AS status, '{history.format()}' AS history, 1 AS stories, [h] AS items FROM told WHERE n % 5 = 0"
    )
    query(
        "INSERT INTO commitment_rows BY NAME SELECT h AS item, [hash(a), hash(b)] AS keys, day, story_id, 'k1' AS story_commitment, "
        "['demand', 'offer', 'promise', 'threat', 'plan'][1 + (h % 5)::INTEGER] AS kind, [lower(a) || '.gov'] AS by_ids, [lower(b) || '.gov'] AS to_ids, "
        "[a] AS by_countries, [b] AS to_countries, 'withdraw from place' AS text, 'demanded' AS status, '[]' AS history, [1, 2, 3]::USMALLINT[] AS meaning, "
        "recorded FROM told WHERE n % 5 = 0"
    )
    query(
        "INSERT INTO member_rows BY NAME SELECT 'commitment' AS kind, h AS item, day, h AS component, 'k' || story_id AS group_id FROM told WHERE n % 5 = 0"
    )
    query(
        "INSERT INTO claim_states BY NAME SELECT 'c' || story_id AS claim_id, h AS component, recorded AS known_from, day, day AS last_day, "
        "'claim of ' || (g % 5000)::VARCHAR AS text, [lower(a) || '.gov'] AS asserted_by, CASE WHEN g % 3 = 0 THEN [lower(b) || '.gov'] ELSE [] END AS denied_by, "
        "[]::VARCHAR[] AS reported_by, g % 3 = 0 AS contested, 1 AS stories, '[]' AS evidence FROM told WHERE n % 3 = 0"
    )
    query(
        "INSERT INTO agreement_states BY NAME SELECT 'a' || story_id AS agreement_id, h AS component, recorded AS known_from, day, day + 9 AS last_day, "
        "a || '-' || b || ' ceasefire of ' || day AS name, []::VARCHAR[] AS names, 'ceasefire' AS term, [a, b] AS parties, list_sort([a, b]) AS party_countries, "
        f"day AS agreed_on, '[]' AS extensions, 'agreed' AS status, '{history.format()}' AS history, '[]' AS violations, 0 AS violation_count, 1 AS stories, "
        "[h] AS items FROM told WHERE n % 100 = 0"
    )
    ledger.store.checkpoint()
    for name in ("paragraphs", "made", "told", "lexicon"):
        query(f"DROP TABLE temp.{name}")
    assert stories


def fresh(number: int, seed: int) -> Record:
    """A story of ten events on one of the last days."""
    chance = random.Random(seed * 100_003 + number)
    day = START + timedelta(days=DAYS - 30 + number // 50 % 30)
    lines, events = [], []
    one, two = chance.sample(COUNTRIES, 2)
    people = {c: Entity(f"{c.lower()}.gov", c, c, ("GOV",), kind="state") for c in (one, two)}
    position = 0
    for item in range(10):
        text = sentence(chance, one, two)
        lines.append(text)
        kind, quad, cameo, score = chance.choice(TYPES)
        parties = [Participant(p.id, p.name, p.country, p.sectors, p.code) for p in people.values()]
        span = Span(position, position + len(text))
        events.append(
            Event(f"e{item}", kind, None, (), (), cameo, quad, score, None, (parties[0],), (parties[1],),
                  Place("x", position, position + 1, f"Place {chance.randint(0, 5000)}", two), None, span, span, coded_by=CodedBy("rule", "generated"))
        )  # fmt: skip
        position += len(text) + 1
    commitments = (
        Commitment("k1", "demand", (f"{one.lower()}.gov",), (f"{two.lower()}.gov",), lines[0], 0, len(lines[0]), None, None, "demanded",
                   (StatusChange(None, "demanded"),)),
    )  # fmt: skip
    story = Story(
        "\n".join(lines),
        published=day.isoformat(),
        publisher=f"Paper {number % 40}",
        url=f"https://y.example/{seed}/{number}",
    )
    return Record(
        story, tuple(people.values()), Events(events), (), (), commitments, Run("bench", {}, {}, {})
    )


def questions(ledger: Ledger) -> dict[str, Callable[[], object]]:
    """Every question, as a user asks it."""
    day = (START + timedelta(days=DAYS - 200)).isoformat()
    later = (START + timedelta(days=DAYS - 199)).isoformat()
    some = ledger.store.query("SELECT event_id FROM event_rows USING SAMPLE 1")[0][0]
    asked: dict[str, Callable[[], object]] = {
        "timeline": lambda: ledger.timeline(limit=100),
        "timeline --between --since": lambda: ledger.timeline(
            between="RUS,UKR", since=day, limit=100
        ),
        "timeline --as-of": lambda: ledger.timeline(between="RUS,UKR", as_of=day, limit=100),
        "events": lambda: ledger.events(limit=100),
        "events --types --between": lambda: ledger.events(
            types="ASSAULT", between="RUS,UKR", limit=100
        ),
        "commitments": lambda: ledger.commitments(limit=100),
        "commitments --as-of": lambda: ledger.commitments(as_of=day, between="RUS,UKR", limit=100),
        "due": lambda: ledger.due(day, limit=100),
        "claims --contested": lambda: ledger.claims(contested=True, limit=100),
        "agreements": lambda: ledger.agreements(limit=100),
        "ceasefire": lambda: ledger.ceasefire("", between="RUS,UKR"),
        "actors": lambda: ledger.actors(limit=50),
        "actors --between": lambda: ledger.actors(between="RUS,UKR", limit=50),
        "dyad": lambda: ledger.dyad("RUS", "UKR"),
        "index": lambda: ledger.index("RUS", "UKR", by="week"),
        "index --one-a-day --as-of": lambda: ledger.index(
            "RUS", "UKR", by="day", one_a_day=True, as_of=day
        ),
        "diff": lambda: ledger.diff(day, later, limit=100),
        "search": lambda: ledger.search(f"{word(40)} {word(200)}", limit=20),
        "search rare": lambda: ledger.search(word(8000), limit=20),
        "why": lambda: ledger.why(some),
    }
    return asked


def timed(action: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median milliseconds by the clock, and of processor time (all threads): the second is what a busy machine
    leaves comparable."""
    clock, work = [], []
    for _ in range(rounds):
        begin, busy = time.perf_counter(), time.process_time()
        action()
        clock.append((time.perf_counter() - begin) * 1000)
        work.append((time.process_time() - busy) * 1000)
    return statistics.median(clock), statistics.median(work)


def adding(ledger: Ledger, seed: int, stories: int) -> tuple[float, float]:
    """Milliseconds of processor time a story: by itself (median of ten) and in a batch, all that follows included."""
    ledger.add(fresh(99_999, seed), recorded="published")
    one = iter(range(10))
    _, single = timed(lambda: ledger.add(fresh(90_000 + next(one), seed), recorded="published"), 10)
    records = [fresh(number, seed) for number in range(stories)]
    begin = time.process_time()
    list(ledger.add_many(records, recorded="published", together=20))
    return single, (time.process_time() - begin) * 1000 / stories


def main() -> None:
    """Fill, ask, add, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=5_000_000)
    parser.add_argument("--file", type=Path, default=Path("/tmp/scale.duckdb"))
    parser.add_argument(
        "--stories", type=int, default=400, help="stories added for the cost of adding"
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--reuse", action="store_true", help="ask a file made before")
    values = parser.parse_args()
    small = values.file.with_suffix(".small.duckdb")
    small.unlink(missing_ok=True)
    if not values.reuse:
        values.file.unlink(missing_ok=True)
    with open_ledger(small) as ledger:
        start = adding(ledger, 1, values.stories)
    begin = time.perf_counter()
    if not values.reuse:
        with open_ledger(values.file) as ledger:
            fill(ledger, values.events)
    size = values.file.stat().st_size / values.events
    print(
        f"{values.events:,} events made in {time.perf_counter() - begin:.0f} s; {size:.0f} bytes an event",
        flush=True,
    )
    with open_ledger(values.file, read_only=True) as ledger:
        for name, action in questions(ledger).items():
            action()
            clock, work = timed(action, values.rounds)
            over = "" if min(clock, work) < LIMIT_MS else f"   over {LIMIT_MS}"
            print(
                f"{name:28} {clock:8.0f} ms by the clock {work:8.0f} ms of processor{over}",
                flush=True,
            )
    with open_ledger(values.file) as ledger:
        end = adding(ledger, int(time.time()), values.stories)
    with open_ledger(small) as ledger:
        again = adding(ledger, int(time.time()), values.stories)
    for name, first, last, repeated in zip(
        ("one by one", "in batches"), start, end, again, strict=True
    ):
        base = min(first, repeated)
        print(
            f"adding {name}: {base:.1f} ms of processor a story at the start, {last:.1f} at {values.events:,} events ({last / base - 1:+.0%})"
        )


if __name__ == "__main__":
    main()
