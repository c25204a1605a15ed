"""A ledger of millions of generated events: milliseconds a question, cost of adding, bytes an event.

    python benchmarks/ledger_scale.py --events 5000000 --file /tmp/scale.duckdb

The rows are made by ``ledger_scale_fill``; the stories added afterwards are settled as any others. The cost of adding
is compared with that of an empty ledger, by the clock of the processor, in the same run.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from dragoman.ledger import open_ledger
from dragoman.ledger.ledger import Ledger
from ledger_scale_fill import DAYS, START, fill, fresh, word

LIMIT_MS = 300


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
    """Milliseconds of processor time a story, all that follows included: in a batch, then one by one (median)."""
    ledger.add(fresh(0, seed), recorded="published")
    records = [fresh(number, seed) for number in range(1, stories + 1)]
    begin = time.process_time()
    list(ledger.add_many(records, recorded="published", together=20))
    batch = (time.process_time() - begin) * 1000 / stories
    single = iter(range(stories + 1, stories + 12))
    _, one = timed(lambda: ledger.add(fresh(next(single), seed), recorded="published"), 11)
    return batch, one


def main() -> None:
    """Fill, ask, add, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=5_000_000)
    parser.add_argument("--file", type=Path, default=Path("/tmp/scale.duckdb"))
    parser.add_argument(
        "--stories", type=int, default=1000, help="stories added for the cost of adding"
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--reuse", action="store_true", help="ask a file made before")
    values = parser.parse_args()
    begin = time.perf_counter()
    if not values.reuse:
        values.file.unlink(missing_ok=True)
        with open_ledger(values.file) as ledger:
            fill(ledger, values.events)
    size = values.file.stat().st_size / values.events
    print(
        f"{values.events:,} events in {time.perf_counter() - begin:.0f} s; {size:.0f} bytes an event",
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
    small = values.file.with_suffix(".small.duckdb")
    small.unlink(missing_ok=True)
    with open_ledger(small) as ledger:
        start = adding(ledger, 1, values.stories)
    with open_ledger(values.file) as ledger:
        end = adding(ledger, int(time.time()), values.stories)
    for name, first, last in zip(("in batches", "one by one"), start, end, strict=True):
        print(
            f"adding {name}: {first:.1f} ms of processor a story at the start, {last:.1f} at "
            f"{values.events:,} events ({last / first - 1:+.0%})",
            flush=True,
        )


if __name__ == "__main__":
    main()
