"""Who is found: re3d's people, organisations, nationalities and places; the actor phrases.

usage: entities.py [-v]

re3d: a span is right when one of the other side and of its type overlaps it; precision, recall and
F1 over Person, Organisation, Nationality and Location in the folders BBC Online, CENTCOM and
Wikipedia. re3d nests spans of one type ("the city's eastern half", and "the city" in it), so the
stricter matching one to one is printed beside it. re3d marks a state both as place and as
organisation where it acts ("Syria has accused"): the system says both for states that act, a place
for states used as places, a nationality for their adjectives, and like re3d calls several people an
organisation. Stories: the
time of ``find`` for each mention of newspaper stories, after the parse. Actors: the share of ``actors.tsv`` with the right country and sectors, and the time a
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
    from dragoman.entities.tables import homelands, words

    entity = index.entity(mention)
    head = doc[mention.head]
    if mention.kind == "pronoun":
        return ()  # taken from the words: see ``spans_of``
    inner = any(
        other.first <= mention.first and mention.last <= other.last
        and other.last - other.first > mention.last - mention.first
        and index.entity(other).kind in ("organisation", "group") and other.kind == "name"
        for other in index.within(max(0, mention.first - 8), mention.last + 8)
    )  # fmt: skip
    if mention.kind == "adjective" and entity.id in homelands():
        return ("Nationality",)
    if mention.kind == "adjective" and entity.kind in ("state", "place"):
        if head.tag_.startswith("JJ") or (not inner and not mention.as_place):
            return ("Nationality",)
        return () if inner else ("Location",)
    if entity.id.endswith("-people"):
        return ("Organisation",)
    if entity.kind == "state":
        if mention.kind == "description":
            return ("Organisation",)
        acts = head.dep_ in ("nsubj", "obl:agent", "conj", "obj") and not mention.as_place
        return ("Location", "Organisation") if acts else ("Location",)
    if entity.kind == "place":
        return ("Location",)
    if entity.kind == "person":
        return ("Person",)
    if entity.kind in ("organisation", "group"):
        return ("Organisation",)
    if entity.kind == "unnamed":  # re3d calls several people an organisation
        lists = words()
        if head.lemma_.lower() in lists["equipment"]:
            return ()
        many = lists["collective"] | lists["groupword"] | lists["government"]
        several = head.tag_ in ("NNS", "NNPS") or head.lower_ in many
        return ("Organisation",) if several else ("Person",)
    return ()


PRONOUNS = {
    **dict.fromkeys(("i", "me", "myself", "he", "him", "she", "her"), "Person"),
    **dict.fromkeys(("we", "us", "they", "them", "ourselves", "themselves"), "Organisation"),
}


def spans_of(index, doc):
    """Spans of a story by re3d's types.

    re3d marks pronouns, whoever they mean, but neither possessive nor relative ones, and places
    that are described only ("the camp"): those are ``sites`` here, and no organisations.
    """
    from dragoman.entities.sites import sites

    found = defaultdict(set)
    places = {}
    for first, last in sites(doc):
        start = doc[first].idx
        end = doc[last - 1].idx + len(doc[last - 1])
        places[last - 1] = (start, end)
        found["Location"].add((start, end))
    for token in doc:
        if token.tag_ == "PRP" and token.lower_ in PRONOUNS:
            found[PRONOUNS[token.lower_]].add((token.idx, token.idx + len(token)))
    for ent in doc.ents:  # peoples and faiths that act for nobody ("Arab", "Sunni")
        if ent.label_ == "NORP" and len(ent) == 1 and ent[0].tag_ == "JJ":
            found["Nationality"].add((ent.start_char, ent.end_char))
    for mention in index.mentions:
        if mention.kind == "pronoun" and doc[mention.head].lower_ == "it":
            if index.entity(mention).kind in ("organisation", "group"):
                found["Organisation"].add((mention.start, mention.end))
            continue
        if (mention.kind != "name" and mention.last - 1 in places) or mention.head in places:
            continue
        for kind in types_of(index, mention, doc):
            found[kind].add((mention.start, mention.end))
    return found


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


def overlapping(gold, system):
    """Spans of either side that overlap one of the other: re3d nests spans of one type."""

    def met(span, others):
        return any(span[0] < end and start < span[1] for start, end in others)

    return {s for s in gold if met(s, system)}, {s for s in system if met(s, gold)}


def re3d(resolver, pipeline, verbose):
    from dragoman.entities import find
    from dragoman.model import Story

    counts = {kind: [0, 0, 0] for kind in TYPES}
    loose = {kind: [0, 0, 0, 0] for kind in TYPES}
    spent = sentences = mentions = 0.0
    for folder in FOLDERS:
        texts, spans = gold_of(folder)
        for key, text in texts.items():
            doc = pipeline.parse(text)
            start = time.process_time()
            index = find(doc, Story(text=text, published="2017-02-01"), resolver)
            spent += time.process_time() - start
            sentences += sum(1 for _ in doc.sents)
            mentions += len(index.mentions)
            system = spans_of(index, doc)
            for kind in TYPES:
                gold, found = spans[key, kind], system[kind]
                right, used = matched(gold, found)
                for n, value in enumerate((len(right), len(found), len(gold))):
                    counts[kind][n] += value
                right, used = overlapping(gold, found)
                for n, value in enumerate((len(used), len(found), len(right), len(gold))):
                    loose[kind][n] += value
                if verbose:
                    for a, b in sorted(gold - right):
                        print(f"missed {kind:13} {text[a:b]!r}")
                    for a, b in sorted(found - used):
                        print(f"extra  {kind:13} {text[a:b]!r}")
    out = {kind: overlap_scores(*loose[kind]) for kind in TYPES}
    out["all"] = overlap_scores(*(sum(loose[kind][n] for kind in TYPES) for n in range(4)))
    total = [sum(counts[kind][n] for kind in TYPES) for n in range(3)]
    out["one to one"] = {**{kind: scores(*counts[kind])["f1"] for kind in TYPES},
                         "all": scores(*total)["f1"]}  # fmt: skip
    out["ms_per_sentence"] = round(1000 * spent / sentences, 2)
    out["us_per_mention"] = round(1e6 * spent / mentions)
    return out


def mentions(resolver, pipeline, limit=30):
    """Time of ``find`` for each mention, over every eighth of the corpus's stories, after the parse."""
    import dragoman
    from dragoman.entities import find
    from dragoman.garbage import without_collecting
    from dragoman.threads import one_thread

    held = CORPORA / "stories" / "Guardian_SDF_sample.csv.zip"
    if not held.exists():
        return None
    stories = [s for s in dragoman.read_many([held]) if isinstance(s, dragoman.Story)][::8][:limit]
    parsed = [(pipeline.parse(story.text), story) for story in stories]
    find(*parsed[0], resolver)
    best = None
    with one_thread(), without_collecting():  # as a coder runs it
        for _ in range(3):
            start, found = time.process_time(), 0
            for doc, story in parsed:
                found += len(find(doc, story, resolver).mentions)
            spent = time.process_time() - start
            best = spent if best is None else min(best, spent)
    return {"us_per_mention": round(1e6 * best / found), "mentions": found, "stories": len(parsed)}


def overlap_scores(used, system, right, gold):
    p, r = used / (system or 1), right / (gold or 1)
    return {"p": round(p, 3), "r": round(r, 3), "f1": round(2 * p * r / ((p + r) or 1), 3)}


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
    start = time.process_time()
    lexicon = load_lexicon()
    seconds = round(time.process_time() - start, 3)
    resolver = Resolver(lexicon)
    if not CORPORA.exists():
        print("no corpora: nothing measured")
        return 0
    result = {
        "lexicon_load_s": seconds,
        "actors": actors(resolver, verbose),
        "stories": mentions(resolver, load()),
        "re3d": re3d(resolver, load(), verbose),
    }
    print(json.dumps(result))
    good = result["re3d"]["all"]["f1"] >= 0.75 and result["actors"]["right"] >= 0.92
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
