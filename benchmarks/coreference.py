"""Coreference on GUM: CoNLL F1 (mean of MUC, B3, CEAFe) over person, organisation and place chains.

usage: coreference.py [--split en_gum-open-dev] [--genres news,interview] [-v]

Gold chains are GUM's entities of those three types with at least two mentions; a system mention
matches a gold mention when its head word is one of the gold mention's head words (GUM's
"minspan"). GUM marks no adjectives, so system mentions that are one adjective ("Russian") are left
out, as are entities mentioned once.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from training.corpora import treebank

TYPES = {"person", "organization", "place"}
Chains = list[set[int]]
PIECE = re.compile(r"\([^()]+|\d+\)|\)")


def documents(split, genres):
    found = defaultdict(list)
    for sentence in treebank(split):
        if any(f"_{genre}_" in sentence.document for genre in genres):
            found[sentence.document].append(sentence)
    return found


def layout(sentences):
    """The text of a document and the offset of every word."""
    text, offsets = "", []
    for sentence in sentences:
        if text:
            text += "\n\n" if sentence.new_paragraph else " "
        offsets.append([len(text) + offset for offset in sentence.offsets])
        text += sentence.text
    return text, offsets


def gold_mentions(sentences, offsets):
    """Gold mentions: chain id, type, offsets of its head words."""
    found = []
    for sentence, starts in zip(sentences, offsets, strict=True):
        open_ = defaultdict(list)
        for position, misc in enumerate(sentence.misc):
            cell = next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "")
            for piece in re.findall(r"\([^()]+\)?|\d+(?:\[[^\]]*\])?\)", cell):
                if piece.startswith("("):
                    parts = piece.strip("()").split("-")
                    number = parts[0]
                    spans = parts[5] if len(parts) > 5 else "1"
                    # GRP-etype-infstat-salience-centering-minspan-link
                    open_[number.split("[")[0]].append((position, parts[1], spans))
                    if piece.endswith(")"):
                        found.append(close(open_, number.split("[")[0], position, starts))
                else:
                    key = piece[:-1].split("[")[0]
                    if open_.get(key):
                        found.append(close(open_, key, position, starts))
    return found


def close(open_, number, position, starts):
    first, kind, spans = open_[number].pop()
    heads = [int(part) for part in re.findall(r"\d+", spans)] or [1]
    tokens = [starts[min(first + head - 1, position)] for head in heads]
    return number, kind, tuple(tokens)


def links(chains: Chains, others: Chains):
    """MUC: correct and possible links of ``chains`` against ``others``."""
    where = {mention: number for number, chain in enumerate(others) for mention in chain}
    right = possible = 0
    for chain in chains:
        parts = {where.get(mention, ("alone", mention)) for mention in chain}
        right += len(chain) - len(parts)
        possible += len(chain) - 1
    return right, possible


def b_cubed(chains: Chains, others: Chains):
    where = {mention: chain for chain in others for mention in chain}
    total = sum(len(chain) for chain in chains)
    right = sum(
        len(chain & where[mention]) / len(chain)
        for chain in chains
        for mention in chain
        if mention in where
    )
    return right, total


def ceaf(chains: Chains, others: Chains):
    import numpy
    from scipy.optimize import linear_sum_assignment

    if not chains or not others:
        return 0.0
    table = numpy.array([[2 * len(a & b) / (len(a) + len(b)) for b in others] for a in chains])
    rows, columns = linear_sum_assignment(-table)
    return float(table[rows, columns].sum())


def ratio(a, b):
    return a / b if b else 0.0


def f1(p, r):
    return 2 * p * r / (p + r) if p + r else 0.0


class Score:
    def __init__(self):
        self.counts = defaultdict(float)

    def add(self, gold: Chains, system: Chains):
        c = self.counts
        for name, function in (("muc", links), ("b3", b_cubed)):
            a, b = function(gold, system)
            c[name, "r"] += a
            c[name, "rn"] += b
            a, b = function(system, gold)
            c[name, "p"] += a
            c[name, "pn"] += b
        same = ceaf(gold, system)
        c["ceafe", "r"] += same
        c["ceafe", "p"] += same
        c["ceafe", "rn"] += len(gold)
        c["ceafe", "pn"] += len(system)

    def result(self):
        out, total = {}, {"p": 0.0, "r": 0.0, "f": 0.0}
        for name in ("muc", "b3", "ceafe"):
            p = ratio(self.counts[name, "p"], self.counts[name, "pn"])
            r = ratio(self.counts[name, "r"], self.counts[name, "rn"])
            out[name] = [round(100 * x, 1) for x in (p, r, f1(p, r))]
            for key, value in zip("prf", (p, r, f1(p, r)), strict=True):
                total[key] += value / 3
        out["conll"] = {key: round(100 * value, 1) for key, value in total.items()}
        return out


def main() -> int:
    from dragoman.entities import Resolver, find
    from dragoman.language import load
    from dragoman.lexicon import load as load_lexicon
    from dragoman.model import Story

    options = argparse.ArgumentParser()
    options.add_argument("--split", default="en_gum-open-dev")
    options.add_argument("--genres", default="news,interview")
    options.add_argument("--limit", type=int, default=0)
    options.add_argument("-v", action="store_true")
    wanted = options.parse_args()
    resolver, pipeline = Resolver(load_lexicon()), load()
    score = Score()
    held = documents(wanted.split, wanted.genres.split(","))
    for name, sentences in list(held.items())[: wanted.limit or None]:
        text, offsets = layout(sentences)
        gold = gold_mentions(sentences, offsets)
        doc = pipeline.parse(text)
        index = find(doc, Story(text=text), resolver)
        head_of = {m.head: doc[m.head].idx for m in index.mentions}
        groups = defaultdict(set)
        for number, (chain, kind, _) in enumerate(gold):
            if kind in TYPES:
                groups[chain].add(number)
        gold_chains = [chain for chain in groups.values() if len(chain) > 1]
        by_token = {}
        for chain in gold_chains:
            for number in chain:
                for token in gold[number][2]:
                    by_token.setdefault(token, number)
        system = defaultdict(set)
        words = {}
        for mention in index.mentions:
            if mention.kind == "adjective" and doc[mention.head].tag_.startswith("JJ"):
                continue
            token = head_of.get(mention.head)
            if token is None:
                continue
            key = by_token.get(token, -1 - token)
            system[mention.entity].add(key)
            words[key] = text[mention.start : mention.end]
        used = set()
        system_chains = []
        for chain in system.values():
            chain = chain - used
            if len(chain) > 1:
                system_chains.append(chain)
                used |= chain
        one = Score()
        one.add(gold_chains, system_chains)
        score.add(gold_chains, system_chains)
        if wanted.v:
            print(name, one.result()["conll"])
            for chain in gold_chains:
                print("  gold", [text[gold[n][2][0] : gold[n][2][0] + 14] for n in sorted(chain)])
            for chain in system_chains:
                print(
                    "  sys ",
                    [words[n] + ("" if n >= 0 else "*") for n in sorted(chain)],
                )
    print(json.dumps({"coreference": score.result(), "documents": len(held)}))
    return 0 if score.result()["conll"]["f"] >= 70 else 1


if __name__ == "__main__":
    sys.exit(main())
