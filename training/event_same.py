"""Fits whether two tellings are one event, on stories whose tellings were all marked by hand.

    python training/event_same.py            # writes coding/data/event_same.json.gz; after event_judge.py

A row of ``data/events/events.tsv`` is one telling, its last column the event. What the shipped coder
gives of those stories is put beside them: two of its events of one type that meet hand-coded events
are one where they meet the same. Stories are folded to measure, then all of them are fitted.
"""

from __future__ import annotations

import argparse

import numpy as np

import event_judge
from dragoman.coder import load
from dragoman.coding import event_same as same
from dragoman.coding.event_judge import Judge
from dragoman.coding.event_merge import candidates
from dragoman.coding.events import tellings_of
from dragoman.coding.trees import Trees
from dragoman.fitted import keep
from language_events import read_table

FOLDS = 5
LEAST = (0.3, 0.35, 0.4, 0.45, 0.5, 0.6)


def booster(seed: int):
    from sklearn.ensemble import GradientBoostingClassifier

    return GradientBoostingClassifier(n_estimators=200, learning_rate=0.06, max_depth=5,
                                      min_samples_leaf=10, subsample=0.6, max_features=0.3,
                                      random_state=seed)  # fmt: skip


def collect(coder, coded, types):
    """Story, rows of its pairs, which of them are known, and which are one event."""
    for story, rows in sorted(coded.items()):
        drafts, detail = event_judge.drafts_and_detail(coder, story)
        tellings = tellings_of(Judge.shipped().choose(drafts, detail), detail)
        pairs = candidates(tellings, detail)
        if not pairs:
            continue
        met = [events_met(told.event, rows) for told in tellings]
        known = [bool(met[one] and met[two]) for one, two, _ in pairs]
        one_event = [bool(met[one] & met[two]) for one, two, _ in pairs]
        yield story, same.features(pairs, tellings, detail, types), known, one_event


def events_met(event, rows) -> set[str]:
    """The hand-coded events that an event meets: by its own trigger, else by type and parties."""
    right = [row for row in rows if event_judge.is_right(event, row)]
    exact = []
    for row in right:
        ((first, last),) = event_judge.spans(row["trigger"])
        if first < event.trigger.end and last > event.trigger.start:
            exact.append(row)
    return {row["event"] for row in exact or right}


def fitted(parts, types, options, without: set[str] = frozenset()) -> dict:
    """What a ``Same`` is made of, some stories left out."""
    rows = np.concatenate([x[np.array(known)] for story, x, known, _ in parts
                           if story not in without and any(known)])  # fmt: skip
    gold = np.concatenate([np.array(one)[np.array(known)] for story, _, known, one in parts
                           if story not in without and any(known)])  # fmt: skip
    model = booster(options.seed).fit(rows, gold)
    start = round(float(np.log(gold.mean() / (1 - gold.mean()))), 5)
    return {"types": types, "least": options.least, "start": start,
            "trees": event_judge.as_data(model)}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--least", type=float, default=0.4)
    options = parser.parse_args()
    coder = load()
    types = list(coder.ontology.types)
    table = read_table(event_judge.EVENTS)
    coded = {
        story: rows
        for story, rows in table.items() if story[0] == "p" or event_judge.is_read(story)
    }  # fmt: skip
    parts = list(collect(coder, coded, types))
    stories = sorted({part[0] for part in parts}, key=lambda name: (int(name[1:]) * 7919, name))
    print(f"{sum(sum(part[2]) for part in parts)} pairs, {sum(sum(part[3]) for part in parts)} one")
    report(parts, stories, types, options)
    found = fitted(parts, types, options)
    keep(same.FILE, found)
    print(f"{same.FILE}: {same.FILE.stat().st_size / 1e3:.0f} kB")


def report(parts, stories, types, options) -> None:
    """Pairs of stories that were left out: precision and recall at each probability."""
    chances, gold = [], []
    for fold in range(FOLDS):
        out = set(stories[fold::FOLDS])
        trees = Trees(fitted(parts, types, options, out))
        for story, rows, known, one in parts:
            if story in out and any(known):
                chances += trees.chances(rows[np.array(known)]).tolist()
                gold += [x for x, k in zip(one, known, strict=True) if k]
    chances, gold = np.array(chances), np.array(gold)
    for least in LEAST:
        given = chances >= least
        print(f"one from {least}: precision {(given & gold).sum() / given.sum():.3f}, "
              f"recall {(given & gold).sum() / gold.sum():.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
