"""Learns which of the likely spans of source, cue and content to give: ``coding/data/span_choice.tsv``.

usage: span_choice.py [--train N] [--check-only]

Examples are the likely spans of PolNeAR's dev stories, which the language model was not trained on,
and, at three tenths of the weight, those of every N-th train story (default 3), of which it is surer
than it should be. First every dev story is coded with weights fitted without its fold (five folds
by story, two divisions) and the F1 of whole statements is printed; then weights are fitted on all.
Weights are those under which the right set of spans is likeliest among all sets of which none is
over another (a penalty on large weights beside). Run it again after every new language model.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from scipy.optimize import minimize

import dragoman
from corpora import polnear_files, read_annotation
from dragoman.coding import rules, span_choice
from dragoman.coding.cues import shipped_cues
from dragoman.coding.quotes import find_quotations
from dragoman.coding.span_features import COLUMNS, KINDS, Candidates
from dragoman.language.chains import set_chances
from dragoman.language.weights import write_weights
from dragoman.model import Story

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import statements as benchmark
from language_accuracy import pieces

FOLDS = 5
DIVISIONS = (11, 5)  # seeds of the ways in which dev stories are dealt into folds
TRAIN_WEIGHT = 0.3
#: Inverse strength of the penalty on weights of columns of unit deviation.
LOOSENESS = 0.1
STEPS = 200


@dataclass
class Examples:
    """The candidates of one story that hold words, their columns, and which are to be given."""

    kind: np.ndarray
    window: np.ndarray
    first: np.ndarray
    end: np.ndarray
    columns: np.ndarray
    right: np.ndarray


def examples(part: str, step: int, parse: Callable) -> list[Examples]:
    """Every ``step``-th story of a part of PolNeAR."""
    texts, notes = polnear_files(part)
    names = [x for x in sorted(texts) if x in notes][::step]
    return [_examples(texts[name], notes[name][0], parse) for name in names]


def _examples(text: str, note: str, parse: Callable) -> Examples:
    gold: list[set[tuple[int, int]]] = [set(), set(), set()]
    for event in read_annotation(note):
        for number, kind in enumerate(KINDS):
            gold[number].update(pieces(text, event[kind.title()]))
    story = Story(text=text)
    doc = parse(text)
    quotations = find_quotations(text, story.paragraphs)
    ruled = rules.drafts(doc, story, quotations, shipped_cues())
    _, _, found, columns = span_choice.weighed(doc, ruled, quotations)
    token = [i for tokens, _ in doc.user_data["speech_windows"] for i in tokens]
    right = np.zeros(len(found.kind))
    for i, (kind, a, b) in enumerate(zip(found.kind, found.first, found.end, strict=True)):
        last = doc[token[b - 1]]
        place = pieces(text, [(doc[token[a]].idx, last.idx + len(last))])
        right[i] = bool(place) and place[0] in gold[kind]
    right = _apart(found, right)
    worded = ~found.bare
    parts = (found.kind, found.window, found.first, found.end, columns.astype(np.float32), right)
    return Examples(*(part[worded] for part in parts))


def _apart(found: Candidates, right: np.ndarray) -> np.ndarray:
    """The right spans without those over another right one that the language model finds likelier."""
    kept = np.zeros(len(right))
    for i in np.argsort(-found.chance):
        over = (found.first < found.end[i]) & (found.end > found.first[i])
        kept[i] = right[i] and not (kept * over * (found.window == found.window[i])).any()
    return kept


def fitted(
    dev: Sequence[Examples], train: Sequence[Examples], kinds: int = len(KINDS)
) -> np.ndarray:
    """The weights, as ``read_weights`` gives them."""
    held = [*dev, *train]
    kind, first, end, right = (
        np.concatenate([getattr(x, name) for x in held])
        for name in ("kind", "first", "end", "right")
    )
    columns = np.concatenate([x.columns for x in held]).astype(np.float64)
    # Windows numbered through all stories, each with the worth of its story.
    window = np.concatenate([x.window + 10_000 * i for i, x in enumerate(held)])
    windows, row = np.unique(window, return_inverse=True)
    worth = np.where(windows < 10_000 * len(dev), 1.0, TRAIN_WEIGHT)
    wide = columns.shape[1]
    owns = [np.flatnonzero(kind == number) for number in range(kinds)]
    middle, width = np.zeros((kinds, wide)), np.ones((kinds, wide))
    for number, own in enumerate(owns):
        middle[number], spread = columns[own].mean(0), columns[own].std(0)
        width[number] = np.where(spread < 1e-9, 1.0, spread)
        columns[own] = (columns[own] - middle[number]) / width[number]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        """Minus the log-probability of the right sets, and its slope."""
        weights = flat.reshape(kinds, -1)
        odds = np.zeros(len(kind))
        for number, own in enumerate(owns):
            odds[own] = columns[own] @ weights[number, 1:] + weights[number, 0]
        chances, whole = set_chances(odds, window, first, end)
        error, slope = worth[row] * (chances - right), weights / LOOSENESS
        slope[:, 0] = 0.0
        penalty = (weights * slope).sum() / 2
        for number, own in enumerate(owns):
            slope[number] += np.append(error[own].sum(), columns[own].T @ error[own])
        return worth @ whole - (worth[row] * right * odds).sum() + penalty, slope.ravel()

    start = np.zeros(kinds * (wide + 1))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    weights = found.x.reshape(kinds, -1)
    slopes = weights[:, 1:] / width
    return np.column_stack((weights[:, 0] - (slopes * middle).sum(1), slopes)).T


def crossed(dev: Sequence[Examples], train: Sequence[Examples], coder, seed: int) -> dict:
    """F1 of whole statements on dev, each story coded with weights that it had no part in."""
    fold = np.random.RandomState(seed).permutation(len(dev)) % FOLDS
    weights = [
        fitted([x for x, f in zip(dev, fold, strict=True) if f != number], train)
        for number in range(FOLDS)
    ]
    count: Counter = Counter()
    shipped = span_choice.shipped_weights
    try:
        for (text, notes), number in zip(benchmark.articles().values(), fold, strict=True):
            span_choice.shipped_weights = lambda held=weights[number]: held
            gold, gold_links = benchmark.annotated(text, notes)
            found, links = benchmark.coded(coder, text, True)
            for name, ours, theirs in [
                *((kind, found[kind], gold[kind]) for kind in benchmark.KINDS),
                ("linked", links, gold_links),
            ]:
                count[name, "right"] += len(ours & theirs)
                count[name, "all"] += len(ours) + len(theirs)
    finally:
        span_choice.shipped_weights = shipped
    return {
        name: round(200 * count[name, "right"] / count[name, "all"], 2)
        for name in (*benchmark.KINDS, "linked")
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--train", type=int, default=3, help="every N-th train story; 0 for none")
    parser.add_argument("--check-only", action="store_true", help="figures only, nothing written")
    options = parser.parse_args()
    coder = dragoman.load()
    dev = examples("dev", 1, coder.parse)
    train = examples("train", options.train, coder.parse) if options.train else []
    if not options.check_only:
        write_weights(span_choice.TABLE, fitted(dev, train), COLUMNS, KINDS)
    for seed in DIVISIONS:
        print("dev, cross-validated:", crossed(dev, train, coder, seed), flush=True)


if __name__ == "__main__":
    main()
