"""The 249 stories of ``../shared/corpora/stories`` in one run: none lost, time, memory, and where
the time goes.

    python benchmarks/corpus.py [--limit N]
"""

from __future__ import annotations

import argparse
import collections
import json
import resource
import time
from pathlib import Path
from typing import Any

import dragoman
from dragoman import coder as coder_module
from dragoman import coding, entities
from dragoman.model import Record

STORIES = (
    Path(__file__).parents[2] / "shared" / "corpora" / "stories" / "Guardian_SDF_sample.csv.zip"
)


def timed(spent: dict[str, float], name: str, function: Any) -> Any:
    """``function`` that adds the seconds it takes to ``spent[name]``."""

    def call(*values: Any, **named: Any) -> Any:
        begin = time.perf_counter()
        try:
            return function(*values, **named)
        finally:
            spent[name] += time.perf_counter() - begin

    return call


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--limit", type=int, default=10_000)
    limit = options.parse_args().limit
    spent: dict[str, float] = collections.defaultdict(float)
    coder = dragoman.load()
    coder.parse = timed(spent, "parse", coder.parse)  # type: ignore[method-assign]
    coder_module.entities.find = timed(spent, "entities", entities.find)
    for name in ("find_statements", "find_events", "attribute", "find_claims", "find_commitments"):
        setattr(coding, name, timed(spent, name, getattr(coding, name)))
    stories = list(dragoman.read_many([STORIES]))[:limit]
    sentences = events = records = 0
    begin = time.perf_counter()
    for item in coder.pipe(stories):
        if isinstance(item, Record):
            records += 1
            events += len(item.events)
            sentences += len({event.sentence.start for event in item.events})
    seconds = time.perf_counter() - begin
    words = sum(len(item.text.split()) for item in stories if isinstance(item, dragoman.Story))
    print(json.dumps({
        "stories": len(stories), "coded": records, "words": words, "events": events,
        "seconds": round(seconds, 1), "words_per_second": round(words / seconds),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "share_of_time": {name: round(value / seconds, 3) for name, value in spent.items()},
    }, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
