"""Figures of the events on development sets: gold records, stories, pairs by patterns alone, time.

usage: python benchmarks/events.py [--rules]      --rules: without the relation model
The corpora lie in ../shared; what is absent is skipped, and says so. The stories of
tests/data/gold are always there; they were used in development.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import dragoman
from dragoman import coding, entities
from dragoman.coder import Options
from dragoman.evaluation import evaluate
from dragoman.model import Story

ROOT = Path(__file__).parents[1]
PLOVER = ROOT.parent / "shared" / "corpora" / "plover"


def shares_of_time(coder: dragoman.Coder, stories: list[Story]) -> dict[str, float]:
    """Seconds of parse and of events, and events as a share of the parse."""
    parse = events = 0.0
    for story in stories:
        start = time.perf_counter()
        doc = coder.parse(story.text)
        parse += time.perf_counter() - start
        index = entities.find(doc, story, coder.resolver)
        start = time.perf_counter()
        coding.find_events(doc, story, index, coder.ontology, seen=doc.user_data["triggers"])
        events += time.perf_counter() - start
    return {
        "parse_s": round(parse, 3),
        "events_s": round(events, 3),
        "share": round(events / parse, 3),
    }


def main() -> None:
    coder = dragoman.load(options=Options(models="--rules" not in sys.argv))
    folder = ROOT / "tests" / "data" / "gold"
    print(
        json.dumps({"stories": {k: v for k, v in evaluate(coder, folder).items() if k != "missed"}})
    )
    stories = [
        Story(text=data["text"], published=data["published"])
        for path in sorted(folder.glob("*.json"))
        if (data := json.loads(path.read_text(encoding="utf-8")))
    ]
    shares_of_time(coder, stories[:1])  # warm
    print(json.dumps({"time": shares_of_time(coder, stories)}))
    for name in ("gsr_dev.json",):
        if (PLOVER / name).exists():
            print(json.dumps({name: evaluate(coder, PLOVER / name)}))
        else:
            print(f"{PLOVER / name} is absent: skipped")


if __name__ == "__main__":
    main()
