"""Who is found: re3d's people, organisations, nationalities and places; the actor phrases.

usage: entities.py [-v]

re3d: a system mention and a gold one of the same type match when they overlap, one to one; F1 over
Person, Organisation, Nationality and Location in the folders BBC Online, CENTCOM and Wikipedia.
re3d marks a state both as place and as organisation where it acts ("Syria has accused"): the
system says both for states that act, a place for states used as places, a nationality for their
adjectives, and like re3d calls several people an organisation. Actors: the share of ``actors.tsv`` with the right country and sectors, and the time a
phrase takes.
"""

from __future__ import annotations

import csv
import json
import os
import re
import sys
import time
from collections import defaultdict
from pathlib import Path

CORPORA = Path(
    os.environ.get("DRAGOMAN_CORPORA", Path(__file__).resolve().parents[2] / "shared" / "corpora")
)
TYPES = ("Person", "Organisation", "Nationality", "Location")
PLACES = (("CVL",), ("MED",), ("EDU",), ("REL",))  # sectors of buildings and settlements
FOLDERS = ("BBC Online", "CENTCOM", "Wikipedia")


def gold_of(folder):
    """Texts by id, and gold spans by id and type (each span once)."""
    texts, spans = {}, defaultdict(set)
    with open(CORPORA / "re3d" / folder / "documents.json", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            texts[row["_id"]] = row["text"]
    with open(CORPORA / "re3d" / folder / "entities.json", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["type"] in TYPES:
                spans[row["documentId"], row["type"]].add((row["begin"], row["end"]))
    return texts, spans


def types_of(index, mention, doc):
    """re3d's types of a mention."""
    entity = index.entity(mention)
    head = doc[mention.head]
    if mention.kind == "pronoun":  # re3d marks "he" and "it" with the type of whom they mean
        kind = "Person" if entity.kind in ("person", "unnamed") else "Organisation"
        return ("Location",) if entity.kind == "place" else (kind,)
    if mention.kind == "adjective" and head.tag_.startswith("JJ"):
        return ("Nationality",)
    if entity.id.endswith("-people"):
        return ("Nationality", "Organisation")
    if entity.kind == "state":
        acts = head.dep_ in ("nsubj", "obl:agent", "nmod:poss", "obj") and not mention.as_place
        return ("Location", "Organisation") if acts else ("Location",)
    if entity.kind == "place":
        return ("Location",)
    if entity.kind == "person":
        return ("Person",)
    if entity.kind in ("organisation", "group"):
        return ("Location",) if entity.sectors[:1] in PLACES else ("Organisation",)
    if entity.kind == "unnamed":  # re3d calls several people an organisation
        several = head.tag_ in ("NNS", "NNPS") or {"MIL", "COP", "GOV"} & set(entity.sectors[:1])
        return ("Organisation",) if several else ("Person",)
    return ()


def matched(gold, system):
    """How many spans match one to one, longest overlap first."""
    pairs = sorted(
        ((min(a[1], b[1]) - max(a[0], b[0]), a, b) for a in gold for b in system
         if a[0] < b[1] and b[0] < a[1]),
        reverse=True,
    )  # fmt: skip
    used_gold, used_system = set(), set()
    for _, a, b in pairs:
        if a not in used_gold and b not in used_system:
            used_gold.add(a)
            used_system.add(b)
    return used_gold, used_system


def re3d(resolver, pipeline, verbose):
    from dragoman.entities import find
    from dragoman.model import Story

    counts = {kind: [0, 0, 0] for kind in TYPES}
    spent = sentences = 0.0
    for folder in FOLDERS:
        texts, spans = gold_of(folder)
        for key, text in texts.items():
            doc = pipeline.parse(text)
            start = time.process_time()
            index = find(doc, Story(text=text, published="2017-02-01"), resolver)
            spent += time.process_time() - start
            sentences += sum(1 for _ in doc.sents)
            system = defaultdict(set)
            for mention in index.mentions:
                for kind in types_of(index, mention, doc):
                    system[kind].add((mention.start, mention.end))
            for kind in TYPES:
                gold, found = spans[key, kind], system[kind]
                right, used = matched(gold, found)
                counts[kind][0] += len(right)
                counts[kind][1] += len(found)
                counts[kind][2] += len(gold)
                if verbose:
                    for a, b in sorted(gold - right):
                        print(f"missed {kind:13} {text[a:b]!r}")
                    for a, b in sorted(found - used):
                        print(f"extra  {kind:13} {text[a:b]!r}")
    total = [sum(counts[kind][n] for kind in TYPES) for n in range(3)]
    out = {kind: scores(*counts[kind]) for kind in TYPES}
    out["all"] = scores(*total)
    out["ms_per_sentence"] = round(1000 * spent / sentences, 2)
    return out


def scores(right, system, gold):
    p, r = right / (system or 1), right / (gold or 1)
    return {"p": round(p, 3), "r": round(r, 3), "f1": round(2 * p * r / ((p + r) or 1), 3)}


def actors(resolver, verbose):
    with open(CORPORA / "actors.tsv", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    right = 0
    for row in rows:
        date = row["date"] if re.match(r"\d{4}", row["date"]) else "2022-06-01"
        entity = resolver.resolve(row["actor"], context=row["context"], date=date)
        country, sectors = (entity.country, entity.sectors) if entity else ("", ())
        good = (
            row["country"] in ("*", country)
            and (row["sector"] == "*" or row["sector"] in (sectors[:1] or ("",)))
            and (row["sector2"] in ("*", "") or row["sector2"] in sectors)
        )
        right += good
        if verbose and not good:
            print("actor", row["actor"], row["country"], row["sector"], "→", country, sectors)
    start = time.process_time()
    for _ in range(10):
        for row in rows:
            resolver.resolve(row["actor"], date="2022-06-01")
    spent = (time.process_time() - start) / (10 * len(rows))
    return {
        "right": round(right / len(rows), 4),
        "n": len(rows),
        "us_per_phrase": round(spent * 1e6),
    }


def main() -> int:
    from dragoman.entities import Resolver
    from dragoman.language import load
    from dragoman.lexicon import load as load_lexicon

    verbose = "-v" in sys.argv
    resolver = Resolver(load_lexicon())
    if not CORPORA.exists():
        print("no corpora: nothing measured")
        return 0
    result = {"actors": actors(resolver, verbose), "re3d": re3d(resolver, load(), verbose)}
    print(json.dumps(result))
    good = result["re3d"]["all"]["f1"] >= 0.75 and result["actors"]["right"] >= 0.92
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
