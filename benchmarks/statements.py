"""Source, cue and content on PolNeAR's dev half: exact, overlap and token F1, rules and models.

usage: statements.py [--limit N] [--half rules|models]

The first annotator's file of each article is the gold. Pieces of broken content count one by one;
outer quotation marks, commas and stops are trimmed; pieces parted by nothing but those are one.
``linked`` is the pair of a source and the first piece of its content. Content is also told by kind
of speech: direct, mixed or indirect, by the share of its characters inside quotation marks.
Prints one JSON line for each half. Needs ../shared/corpora; says so and exits 0 where it is absent.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tarfile
from collections import defaultdict
from pathlib import Path

import dragoman
from dragoman import coding, entities
from dragoman.coding.quotes import find_quotations
from dragoman.coding.statements import kind_of
from dragoman.model import Span, Story

POLNEAR = Path(__file__).parents[2] / "shared" / "corpora" / "polnear" / "polnear-dev.tar.xz"
KINDS = ("Source", "Cue", "Content")
EDGES = ".,;:\"“”'‘’"


def trimmed(text, start, end):
    while start < end and (text[start].isspace() or text[start] in EDGES):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in EDGES):
        end -= 1
    return start, end


def pieces(text, spans):
    """Spans trimmed; those parted by nothing but marks are one."""
    found = []
    for start, end in (trimmed(text, *span) for span in spans):
        if start >= end:
            continue
        if found and not re.search(r"\w", text[found[-1][1] : start]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def articles():
    """Name → text and the first annotator's lines."""
    texts, notes = {}, {}
    with tarfile.open(POLNEAR) as archive:
        for member in archive.getmembers():
            handle = archive.extractfile(member)
            if handle is None:
                continue
            name, data = Path(member.name).name, handle.read().decode("utf-8")
            if "/text/" in member.name:
                texts[name[:-4]] = data
            else:
                notes.setdefault(name.rsplit("_", 1)[0], data)
    return {name: (texts[name], notes.get(name, "")) for name in sorted(texts)}


def annotated(text, notes):
    """Gold pieces by kind, and linked pairs."""
    spans, gold, links = {}, {kind: set() for kind in KINDS}, set()
    for line in notes.splitlines():
        cells = line.split("\t")
        if line.startswith("T") and len(cells) > 1:
            kind, place = cells[1].split(" ", 1)
            found = pieces(text, [tuple(map(int, item.split())) for item in place.split(";")])
            spans[cells[0]] = found
            if kind in gold:
                gold[kind].update(found)
        elif line.startswith("E"):
            roles = {
                re.sub(r"\d+$", "", role): key
                for role, key in (item.split(":")[:2] for item in cells[1].split())
            }
            source, content = spans.get(roles.get("Source")), spans.get(roles.get("Content"))
            if source and content:
                links.add((source[0], content[0]))
    return gold, links


def coded(coder, text, models):
    """System pieces by kind, and linked pairs."""
    story = Story(text=text)
    doc = coder.parse(text)
    index = entities.find(doc, story, coder.resolver)
    found, links = {kind: set() for kind in KINDS}, set()
    for item in coding.find_statements(doc, story, index, models=models):
        source = item.source
        own = {
            "Source": pieces(text, [(source.start, source.end)])
            if source is not None and source.start is not None
            else [],
            "Cue": pieces(text, [(item.cue.start, item.cue.end)]) if item.cue else [],
            "Content": pieces(text, [(piece.start, piece.end) for piece in item.content]),
        }
        for kind, spans in own.items():
            found[kind].update(spans)
        if own["Source"] and own["Content"]:
            links.add((own["Source"][0], own["Content"][0]))
    return found, links


def characters(spans):
    return {place for start, end in spans for place in range(start, end)}


class Tally:
    """Hits, spurious and missed of one figure."""

    def __init__(self):
        self.right = self.system = self.gold = 0

    def add(self, right, system, gold):
        self.right, self.system, self.gold = (
            self.right + right, self.system + system, self.gold + gold
        )  # fmt: skip

    @property
    def f1(self):
        return round(200 * self.right / (self.system + self.gold or 1), 1)


def overlapping(ours, theirs):
    return sum(any(a < d and c < b for c, d in theirs) for a, b in ours)


def measure(coder, models, limit):
    tallies = defaultdict(Tally)
    for text, notes in list(articles().values())[:limit]:
        gold, gold_links = annotated(text, notes)
        found, links = coded(coder, text, models)
        marks = find_quotations(text, Story(text=text).paragraphs)
        for kind in KINDS:
            ours, theirs = found[kind], gold[kind]
            name = kind.lower()
            tallies[f"{name} exact"].add(len(ours & theirs), len(ours), len(theirs))
            hits = (overlapping(ours, theirs) + overlapping(theirs, ours)) / 2
            tallies[f"{name} overlap"].add(hits, len(ours), len(theirs))
            one, two = characters(ours), characters(theirs)
            tallies[f"{name} characters"].add(len(one & two), len(one), len(two))
        for speech in ("direct", "mixed", "indirect"):
            ours, theirs = (
                {span for span in side["Content"] if kind_of([Span(*span)], marks) == speech}
                for side in (found, gold)
            )
            tallies[f"content {speech}"].add(len(ours & theirs), len(ours), len(theirs))
        tallies["linked exact"].add(len(links & gold_links), len(links), len(gold_links))
        near = sum(any(meets(a, b) for b in gold_links) for a in links)
        tallies["linked overlap"].add(
            (near + sum(any(meets(a, b) for a in links) for b in gold_links)) / 2,
            len(links), len(gold_links),
        )  # fmt: skip
    return {name: tally.f1 for name, tally in tallies.items()}


def meets(one, other):
    return all(a < d and c < b for (a, b), (c, d) in zip(one, other, strict=True))


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--limit", type=int, default=84, help="articles, in order of their names")
    options.add_argument("--half", choices=("rules", "models"))
    chosen = options.parse_args()
    if not POLNEAR.exists():
        print(f"skipped: {POLNEAR} is not there")
        return 0
    coder = dragoman.load()
    for half in [chosen.half] if chosen.half else ["rules", "models"]:
        print(json.dumps({f"statements {half}": measure(coder, half == "models", chosen.limit)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
