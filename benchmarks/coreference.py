"""Coreference on GUM: CoNLL F1 (mean of MUC, B3, CEAFe) over person, organisation and place chains.

usage: coreference.py [--split en_gum-open-dev] [--genres news,interview] [-v]

Gold chains are GUM's entities of those three types with at least two mentions; entities mentioned
once are left out on both sides. Mentions that Dragoman does not chain count as missed, chains of
anything else that it does chain count as wrong.

Two ways to match a system mention to a gold one are printed. ``coreference``: the head of the one
is the head of the other, or one of its head words (GUM's "minspan"); Dragoman's mentions are short
("the minister"), GUM's are whole phrases ("the minister who had come from Oslo"). ``spans``: the
whole phrase, here all words that the parse puts under the head, has GUM's very bounds.

Three differences of scheme are evened out. GUM marks no relative pronouns ("who") and no
adjectives ("Russian", nor that of "the Russian Centre", which its tags call a name): such mentions
are left out. A state and its government are one entity to
Dragoman and two to GUM: where a chain of a state holds phrases for its government, they are scored
as a chain of their own (``--one-state`` leaves them together).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from training.corpora import treebank

TYPES = {"person", "organization", "place"}
Chains = list[set[int]]
PIECE = re.compile(r"\([^()]+\)?|\d+(?:\[[^\]]*\])?\)")
RELATIVE = {"WP", "WP$", "WDT"}


class Gold(NamedTuple):
    """A gold mention: chain, type, offset of its head, of its head words, and its bounds."""

    chain: str
    kind: str
    head: int
    words: tuple[int, ...]
    start: int
    end: int


def documents(split, genres):
    """Sentences by document; all genres where ``genres`` is None."""
    found = defaultdict(list)
    for sentence in treebank(split):
        if genres is None or any(f"_{genre}_" in sentence.document for genre in genres):
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
    """All mentions of a document, in the order in which they end."""
    found = []
    for sentence, starts in zip(sentences, offsets, strict=True):
        begun = defaultdict(list)
        for position, misc in enumerate(sentence.misc):
            cell = next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "")
            for piece in PIECE.findall(cell):
                if piece.startswith("("):
                    parts = piece.strip("()").split("-")
                    key = parts[0].split("[")[0]
                    begun[key].append((position, parts))
                    if not piece.endswith(")"):
                        continue
                else:
                    key = piece[:-1].split("[")[0]
                if begun.get(key):
                    first, parts = begun[key].pop()
                    found.append(closed(key, parts, first, position, sentence, starts))
    return found


def closed(key, parts, first, last, sentence, starts):
    """The mention of words ``first`` to ``last``.

    ``parts`` is GUM's GRP-etype-infstat-salience-centering-minspan-link-identity.
    """
    told = [int(part) for part in re.findall(r"\d+", parts[5] if len(parts) > 5 else "1")] or [1]
    words = tuple(starts[min(first + number - 1, last)] for number in told)
    inside = range(first, last + 1)
    heads = [p for p in inside if sentence.heads[p] not in inside or sentence.heads[p] == p]
    head = next((p for p in heads if starts[p] in words), heads[0] if heads else last)
    end = starts[last] + len(sentence.words[last])
    return Gold(key, parts[1], starts[head], words, starts[first], end)


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


def parted(entity, mention, doc, lists, one_state):
    """The chain a mention is scored in: the government of a state has one of its own."""
    head = doc[mention.head]
    government = mention.kind != "name" and head.lower_ in lists["government"]
    return (entity.id, government and entity.kind == "state" and not one_state)


def phrase(token):
    """Bounds of all words under a head, without prepositions, commas and conjunctions before it."""
    words = [
        word for word in token.subtree
        if not word.is_space and not (word.head.i == token.i and word.dep_ in OUTSIDE)
        and not any(up.head.i == token.i and up.dep_ in OUTSIDE for up in word.ancestors)
    ]  # fmt: skip
    while len(words) > 1 and words[-1].is_punct and words[-1].i != token.i:
        words.pop()
    while len(words) > 1 and words[0].is_punct and words[0].i != token.i:
        words.pop(0)
    return words[0].idx, words[-1].idx + len(words[-1].text)


OUTSIDE = {
    "case",
    "cc",
    "mark",
    "cop",
    "nsubj",
    "advmod",
    "conj",
    "parataxis",
    "aux",
    "punct",
    "appos",
}


def is_adjective(word, lexicon):
    """Whether the tables have a word for nothing but an adjective of a state ("Australian")."""
    return {name.how for name in lexicon.lookup(word)} == {"adjective"}


def system_chains(index, doc, gold, resolver, one_state):
    """Chains of the index as sets of gold numbers (negative: no gold mention), by head and by span."""
    lexicon, lists = resolver.lexicon, resolver.scanner.lists
    chains = [chain for chain in by_chain(gold).values() if len(chain) > 1]
    kept = sorted(number for chain in chains for number in chain)
    heads, words, spans = {}, {}, {}
    for number in kept:
        heads.setdefault(gold[number].head, number)
        spans.setdefault((gold[number].start, gold[number].end), number)
        for word in gold[number].words:
            words.setdefault(word, number)
    mentions = [*index.mentions, *index.others]
    taken = {doc[mention.head].idx for mention in mentions} & heads.keys()
    taken = {heads[start] for start in taken}
    by_head, by_span = defaultdict(set), defaultdict(set)
    seen = set()
    for mention in mentions:
        token = doc[mention.head]
        adjective = mention.kind == "adjective" and (
            token.tag_.startswith("JJ") or is_adjective(token.text, lexicon)
        )
        if adjective or token.tag_ in RELATIVE or mention.head in seen:
            continue
        seen.add(mention.head)
        key = parted(index.entities[mention.entity], mention, doc, lists, one_state)
        number = heads.get(token.idx)
        if number is None:
            number = words.get(token.idx, -1 - token.idx)
            if number in taken:
                number = -1 - token.idx
            taken.add(number)
        by_head[key].add(number)
        by_span[key].add(spans.get(phrase(token), -1 - token.idx))
    return (
        [set(chain) for chain in chains],
        [chain for chain in by_head.values() if len(chain) > 1],
        [chain for chain in by_span.values() if len(chain) > 1],
    )


def by_chain(gold):
    """Numbers of the gold mentions of the three types, by chain."""
    groups = defaultdict(list)
    for number, mention in enumerate(gold):
        if mention.kind in TYPES:
            groups[mention.chain].append(number)
    return groups


def main() -> int:
    from dragoman.entities import Resolver, find
    from dragoman.language import load
    from dragoman.lexicon import load as load_lexicon
    from dragoman.model import Story

    options = argparse.ArgumentParser()
    options.add_argument("--split", default="en_gum-open-dev")
    options.add_argument("--genres", default="news,interview", help="comma-separated, or all")
    options.add_argument("--limit", type=int, default=0)
    options.add_argument("--one-state", action="store_true")
    options.add_argument("-v", action="store_true")
    wanted = options.parse_args()
    resolver, pipeline = Resolver(load_lexicon()), load()
    score, exact = Score(), Score()
    genres = None if wanted.genres == "all" else wanted.genres.split(",")
    held = documents(wanted.split, genres)
    for name, sentences in list(held.items())[: wanted.limit or None]:
        text, offsets = layout(sentences)
        gold = gold_mentions(sentences, offsets)
        doc = pipeline.parse(text)
        index = find(doc, Story(text=text), resolver)
        gold_chains, chains, span_chains = system_chains(
            index, doc, gold, resolver, wanted.one_state
        )
        score.add(gold_chains, chains)
        exact.add(gold_chains, span_chains)
        if wanted.v:
            show(name, text, gold, gold_chains, chains)
    result = {"coreference": score.result(), "spans": exact.result(), "documents": len(held)}
    print(json.dumps(result))
    return 0 if score.result()["conll"]["f"] >= 70 else 1


def show(name, text, gold, gold_chains, chains):
    """Gold and system chains side by side; a star marks what is in no gold chain."""
    one = Score()
    one.add(gold_chains, chains)
    print(name, one.result()["conll"])
    for chain in gold_chains:
        print("  gold", [text[gold[n].start : gold[n].end][:20] for n in sorted(chain)])
    for chain in chains:
        told = [(gold[n].head, "") if n >= 0 else (-1 - n, "*") for n in chain]
        print("  sys ", [text[start : start + 14] + mark for start, mark in sorted(told)])


if __name__ == "__main__":
    sys.exit(main())
