"""Learns which of the likely spans of source, cue and content to give: ``coding/data/span_choice.tsv``.

usage: span_choice.py [--train N] [--check-only]

Examples are the likely spans of PolNeAR's dev stories, which the language model was not trained on,
and, at three tenths of the weight, those of every N-th train story (default 3), of which it is surer
than it should be. First every dev story is coded with weights fitted without its fold (five folds
by story, two divisions) and the F1 of whole statements is printed; then weights are fitted on all.
Run it again after every new language model.
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
from sklearn.linear_model import LogisticRegression

import dragoman
from dragoman.coding import rules, span_choice
from dragoman.coding.cues import shipped_cues
from dragoman.coding.quotes import find_quotations
from dragoman.coding.span_features import COLUMNS, KINDS
from dragoman.model import Story
from language_data import polnear_files, read_annotation

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import statements as benchmark
from language_accuracy import pieces

FOLDS = 5
DIVISIONS = (11, 5)  # seeds of the ways in which dev stories are dealt into folds
TRAIN_WEIGHT = 0.3
#: Inverse strength of the penalty on weights of columns of unit deviation.
LOOSENESS = 0.02


@dataclass
class Examples:
    """The candidates of one story: kinds, columns, and which are right to the letter."""

    kind: np.ndarray
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
    worded = ~found.bare
    return Examples(found.kind[worded], columns[worded].astype(np.float32), right[worded])


def fitted(dev: Sequence[Examples], train: Sequence[Examples]) -> np.ndarray:
    """The weights, as ``span_choice.read_weights`` gives them."""
    held = [*dev, *train]
    kind = np.concatenate([x.kind for x in held])
    columns = np.concatenate([x.columns for x in held]).astype(np.float64)
    right = np.concatenate([x.right for x in held])
    worth = np.concatenate(
        [np.full(len(x.kind), 1.0 if i < len(dev) else TRAIN_WEIGHT) for i, x in enumerate(held)]
    )
    weights = np.zeros((len(COLUMNS) + 1, len(KINDS)))
    for number in range(len(KINDS)):
        own = kind == number
        middle, width = columns[own].mean(0), columns[own].std(0)
        width[width < 1e-9] = 1.0
        model = LogisticRegression(C=LOOSENESS, max_iter=500)
        model.fit((columns[own] - middle) / width, right[own], sample_weight=worth[own])
        slopes = model.coef_[0] / width
        weights[:, number] = np.append(model.intercept_[0] - slopes @ middle, slopes)
    return weights


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


def written(weights: np.ndarray, path: Path) -> None:
    """The table that ``span_choice.read_weights`` reads."""
    lines = ["\t".join(span_choice.HEADER)]
    for name, row in zip((span_choice.CONSTANT, *COLUMNS), weights, strict=True):
        lines.append("\t".join([name, *(f"{value:.5g}" for value in row)]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--train", type=int, default=3, help="every N-th train story; 0 for none")
    parser.add_argument("--check-only", action="store_true", help="figures only, nothing written")
    options = parser.parse_args()
    coder = dragoman.load()
    dev = examples("dev", 1, coder.parse)
    train = examples("train", options.train, coder.parse) if options.train else []
    if not options.check_only:
        written(fitted(dev, train), span_choice.TABLE)
    for seed in DIVISIONS:
        print("dev, cross-validated:", crossed(dev, train, coder, seed), flush=True)


if __name__ == "__main__":
    main()
