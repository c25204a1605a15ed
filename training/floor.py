"""Trains the floor pipeline: spaCy's small CNN on the same corpora, to measure the encoder against.

python training/floor.py OUTPUT [--steps N]
"""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path

import spacy
from spacy.cli.train import train
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from corpora import silver_names, treebank

NAMES = {"PERSON": "PER", "ORGANIZATION": "ORG", "LOCATION": "LOC"}


def parsed(name: str, vocab: Vocab) -> list[Doc]:
    docs = []
    for s in treebank(name):
        ends = [o + len(w) for o, w in zip(s.offsets, s.words, strict=True)]
        spaces = [e < o for e, o in zip(ends, [*s.offsets[1:], 0], strict=True)]
        docs.append(
            Doc(vocab, words=s.words, spaces=spaces, tags=s.tags, pos=s.universal_tags,
                heads=s.heads, deps=["ROOT" if x == "root" else x for x in s.labels])
        )  # fmt: skip
    return docs


def named(part: str, vocab: Vocab, limit: int) -> list[Doc]:
    docs = []
    for _, rows in silver_names(part):
        if len(docs) == limit:
            break
        spaces = [a[1] < b[0] for a, b in itertools.pairwise(rows)] + [False]
        doc = Doc(vocab, words=[r[2] for r in rows], spaces=spaces)
        spans, start = [], None
        labels = [NAMES.get(r[4]) for r in rows] + [None]
        for i, label in enumerate(labels):
            if start is not None and label != labels[start]:
                spans.append(Span(doc, start, i, labels[start]))
                start = None
            if label and start is None:
                start = i
        doc.set_ents(spans)
        docs.append(doc)
    return docs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("--steps", type=int, default=6000)
    options = parser.parse_args()
    work = options.output.parent / "floor-data"
    work.mkdir(parents=True, exist_ok=True)
    vocab = spacy.blank("en").vocab
    for part in ("train", "dev"):
        docs = parsed(f"en_ewt-ud-{part}", vocab) + parsed(f"en_gum-open-{part}", vocab)
        docs += named(part, vocab, 12000 if part == "train" else 800)
        DocBin(docs=docs).to_disk(work / f"{part}.spacy")
    config = work / "config.cfg"
    from spacy.cli.init_config import init_config

    built = init_config(lang="en", pipeline=["tagger", "parser", "ner"], optimize="efficiency")
    built["training"].update(max_steps=options.steps, eval_frequency=1000, seed=7)
    built.to_disk(config)
    train(config, options.output,
          overrides={"paths.train": str(work / "train.spacy"), "paths.dev": str(work / "dev.spacy")})  # fmt: skip


if __name__ == "__main__":
    main()
