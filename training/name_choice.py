"""Learns which of the likely names to give: ``language/data/name_choice.tsv``.

usage: name_choice.py [--check-only]

Examples are the likely names of what the language model was not trained on, by hand
(``language_names.py``): of every fourth of PolNeAR's dev articles, and of some of the stories
written for the project that are kept from it. UNER's third stays untouched for
``benchmarks/language.py``. Every text is read with weights fitted without its fold, and the F1 is
printed beside that of the best tags alone. Run it again after every new language model, and when
the lexicon has grown much.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from dragoman.language.chains import best_chains
from dragoman.language.name_choice import COLUMNS, KINDS
from dragoman.language.reader import Reader
from dragoman.language.weights import write_weights
from language_names import Name, news_names, wire_names
from span_choice import Examples, fitted

FOLDS = 5
DIVISIONS = (1, 2, 3, 4)  # seeds of the ways in which texts are dealt into folds
NAMES = Path(__file__).parent / "data" / "names"


class Text(NamedTuple):
    """A text with its names by hand, and where nobody can say."""

    corpus: str
    text: str
    names: set[Name]
    unsure: Sequence[Name]


def texts() -> list[Text]:
    """What is learned from."""
    found = [Text("news", *x) for x in news_names(NAMES / "news.tsv")]
    return found + [Text("wire", *x) for x in wire_names(NAMES / "wire.tsv")]


def examples(reader: Reader, told: Text) -> Examples:
    """The likely names of a text, those left out where nobody can say."""
    held = []
    plain = reader.names.candidates

    def kept(*arguments):
        held.extend(plain(*arguments))
        return held

    reader.names.candidates = kept
    try:
        doc = reader.read(told.text)
    finally:
        reader.names.candidates = plain
    words = [token for token in doc if not token.is_space]
    rows, before = [], 0
    for number, window in enumerate(held):
        for (kind, first, end), columns in zip(window.spans, window.columns, strict=True):
            last = words[before + end - 1]
            name = words[before + first].idx, last.idx + len(last), kind
            if not over(name, told.unsure):
                rows.append((KINDS.index(kind), number, first, end, columns, name in told.names))
        before += window.size
    return Examples(*(np.array(part) for part in zip(*rows, strict=True)))


def over(name: Name, others: Sequence[Name]) -> bool:
    """Whether a name has a letter in common with one of the others."""
    return any(name[0] < last and first < name[1] for first, last, _ in others)


def counted(reader: Reader, told: Sequence[Text]) -> Counter:
    """How many names are right, said and by hand, by corpus and kind."""
    found: Counter = Counter()
    for corpus, text, by_hand, unsure in told:
        ours = {(x.start_char, x.end_char, x.label_) for x in reader.read(text).ents}
        ours = {x for x in ours if x[2] in KINDS and not over(x, unsure)}
        for side, names in (("right", ours & by_hand), ("said", ours), ("by hand", by_hand)):
            for _, _, kind in names:
                found[corpus, kind, side] += 1
                found[corpus, "all", side] += 1
    return found


def shown(found: Counter) -> dict[str, float]:
    """F1 by corpus and kind, in per cent."""
    return {
        f"{corpus} {kind}": round(
            200 * found[corpus, kind, "right"]
            / (found[corpus, kind, "said"] + found[corpus, kind, "by hand"]), 1
        )
        for corpus in ("news", "wire") for kind in ("all", *KINDS)
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check-only", action="store_true", help="figures only, nothing written")
    options = parser.parse_args()
    reader, told = Reader(), texts()
    reader.names.weights = np.zeros((len(COLUMNS) + 1, len(KINDS)))
    held = [examples(reader, text) for text in told]
    for seed in DIVISIONS:
        fold = np.random.RandomState(seed).permutation(len(told)) % FOLDS
        found: Counter = Counter()
        for number in range(FOLDS):
            rest = [x for x, f in zip(held, fold, strict=True) if f != number]
            reader.names.weights = fitted(rest, [], len(KINDS))
            own = [x for x, f in zip(told, fold, strict=True) if f == number]
            found += counted(reader, own)
        print("cross-validated:", shown(found), flush=True)
    if not options.check_only:
        write_weights(reader.names.table, fitted(held, [], len(KINDS)), COLUMNS, KINDS)
    reader.names.chosen = lambda _, scores: best_chains(
        [x - reader.names.doubt for x in scores], reader.names.rules
    )
    print("best tags alone:", shown(counted(reader, told)))


if __name__ == "__main__":
    main()
