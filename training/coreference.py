"""Trains the linking model of ``entities/linker.py`` on GUM's openly licensed genres.

usage: coreference.py [--out src/dragoman/entities/data/coreference.npz] [--again]

1. Every document is parsed by the shipped language model, and its phrases are gathered as at run
   time; a phrase takes the chain of the gold mention with the same head.
2. Logistic regression tells person, organisation, place and other. What the network sees of it in
   training comes from models that did not see the document (five folds).
3. The network learns to give each phrase's earlier phrases of the same chain, or "new", the
   greatest chance. The seed is fixed; one thread; the same corpora and language model give the same
   weights.

It has to be run again whenever the language model changes: the encoder's states are its input.
``--again`` starts from the shipped weights, and a few epochs will do. ``--hold-out FOLD`` leaves a
fifth of the documents out, to choose thresholds on.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.coreference import TYPES, documents, gold_mentions, layout

from dragoman.entities import Resolver
from dragoman.entities.candidates import Candidates, Gatherer
from dragoman.entities.coreference import Coreference
from dragoman.entities.drafts import DraftMaker
from dragoman.entities.linker import KINDS, MODEL, kind_features
from dragoman.entities.pairs import candidates_of, mention_features, pair_features
from dragoman.language import load
from dragoman.lexicon import load as load_lexicon

FOLDS = 5
NEWS = ("_news_", "_interview_")
NEWS_WEIGHT = 1.5  # the genres that are measured count for more
RATE = 2e-3
COST = 0.5  # added to every wrong choice's score in training, so that right ones lead plainly
NAMES = {"R": "state", "A": "later", "B": "earlier", "F": "pair", "H": "hidden", "w": "score",
         "U": "left", "V": "right", "n1": "alone", "n2": "new"}  # fmt: skip


class Document:
    """One document: its phrases, and which gold chain and kind each has."""

    def __init__(self, name: str, found: Candidates, chains: list[str], kinds: list[int]) -> None:
        self.name = name
        self.found = found
        self.chains = chains
        self.kinds = np.array(kinds)
        self.fold = -1

    def prepare(self, kinds: np.ndarray) -> None:
        """Tensors for training, given probabilities of kinds."""
        kinds = kinds.astype(np.float32)
        later, earlier = candidates_of(self.found)
        same = np.array(
            [
                bool(self.chains[a]) and self.chains[a] == self.chains[b]
                for a, b in zip(later.tolist(), earlier.tolist(), strict=True)
            ]
        )
        old = np.zeros(len(self.found), dtype=bool)
        old[later[same]] = True
        self.input = tuple(
            torch.tensor(item)
            for item in (
                mention_features(self.found, kinds), self.found.states,
                pair_features(self.found, kinds, later, earlier), later, earlier,
            )
        )  # fmt: skip
        self.same, self.old = torch.tensor(same), torch.tensor(old)
        self.kind = torch.tensor(self.kinds)


class Network(torch.nn.Module):
    """The network of ``LinkModel.links``, with dropout."""

    def __init__(self, alone: int, pair: int, state: int = 64, hidden: int = 64) -> None:
        super().__init__()
        layer, width = torch.nn.Linear, alone + state
        self.R = layer(384, state)
        self.A, self.B = layer(width, hidden), layer(width, hidden, bias=False)
        self.F = layer(pair, hidden)
        self.H, self.w = layer(hidden, hidden // 2), layer(hidden // 2, 1)
        self.U, self.V = layer(width, 16), layer(width, 16)
        self.n1, self.n2 = layer(width, hidden // 2), layer(hidden // 2, 1)
        self.kind = layer(state, len(KINDS))  # learned beside, not shipped
        self.drop, self.drop_state = torch.nn.Dropout(0.3), torch.nn.Dropout(0.5)

    def forward(self, alone, states, pairs, later, earlier):
        state = torch.tanh(self.R(self.drop_state(states)))
        rows = torch.cat([alone, state], 1)
        hidden = torch.relu(self.A(rows)[later] + self.B(rows)[earlier] + self.F(pairs))
        hidden = self.drop(torch.relu(self.H(self.drop(hidden))))
        scores = (
            self.w(hidden).squeeze(1) + (self.U(rows)[later] * self.V(rows)[earlier]).sum(1) / 4
        )
        new = self.n2(self.drop(torch.relu(self.n1(rows)))).squeeze(1)
        return scores, new, self.kind(state)


def read(split: str) -> list[Document]:
    """The documents of a treebank split, parsed and labelled."""
    resolver, pipeline = Resolver(load_lexicon()), load()
    found = []
    for name, sentences in documents(split, None).items():
        text, offsets = layout(sentences)
        gold = gold_mentions(sentences, offsets)
        doc = pipeline.parse(text)
        maker = DraftMaker(doc, resolver.reader, None, ())  # as for stories that tell no time
        drafts = maker.make()
        coreference = Coreference(doc, maker)
        coreference.prepare(drafts)
        candidates = Gatherer(
            doc, maker.words, coreference.by_head, coreference.sentence, maker.lists["speech"]
        ).gather()
        numbers = aligned([doc[head].idx for head in candidates.heads.tolist()], gold)
        found.append(
            Document(
                name, candidates,
                [gold[number].chain if number >= 0 else "" for number in numbers],
                [KINDS.index(gold[number].kind) if number >= 0 and gold[number].kind in TYPES else 3
                 for number in numbers],
            )
        )  # fmt: skip
    news_first = sorted(found, key=lambda item: (not item.name.count("_news_"), item.name))
    for number, item in enumerate(news_first):
        item.fold = number % FOLDS
    return found


def aligned(starts: list[int], gold: list) -> list[int]:
    """The number of the gold mention of each phrase: same head, else one of its head words."""
    heads = {mention.head: number for number, mention in reversed(list(enumerate(gold)))}
    words: dict[int, int] = {}
    for number, mention in enumerate(gold):
        for word in mention.words:
            words.setdefault(word, number)
    found = [-1] * len(starts)
    used: set[int] = set()
    for table in (heads, words):
        for row, start in enumerate(starts):
            number = table.get(start, -1)
            if found[row] < 0 <= number and number not in used:
                found[row] = number
                used.add(number)
    return found


def fit_kinds(items: list[Document]):
    """Logistic regression for the kinds of phrases."""
    from sklearn.linear_model import LogisticRegression

    rows = np.concatenate([kind_features(item.found) for item in items])
    return LogisticRegression(C=0.02, max_iter=80, tol=1e-3).fit(
        rows, np.concatenate([item.kinds for item in items])
    )


def loss_of(item: Document, scores, new):
    """Minus the log-chance of the right choices, wrong ones made dearer."""
    later = item.input[3]
    size = len(item.old)
    dear = scores + COST * ~item.same
    dear_new = new + COST * item.old
    top = torch.cat([dear_new, dear]).max().detach()
    total = torch.zeros(size).index_add(0, later, torch.exp(dear - top)) + torch.exp(dear_new - top)
    right = torch.zeros(size).index_add(0, later, torch.exp(scores - top) * item.same)
    right = right + torch.exp(new - top) * ~item.old
    return (torch.log(total + 1e-20) - torch.log(right + 1e-20)).mean()


def train(items: list[Document], epochs: int, seed: int, start: Path | None = None) -> Network:
    """The network of a seed; ``start`` holds weights to go on from, at a third of the rate."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    network = Network(items[0].input[0].shape[1], items[0].input[2].shape[1])
    rate = RATE
    if start is not None:
        take_up(network, start)
        rate = RATE / 3
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=1e-2)
    steps, step = epochs * len(items), 0
    network.train()
    for epoch in range(epochs):
        mixed, losses = list(items), 0.0
        order.shuffle(mixed)
        for item in mixed:
            for group in optimiser.param_groups:
                group["lr"] = rate * min(1, step / 100) * (1 - step / steps)
            step += 1
            scores, new, kind = network(*item.input)
            loss = 100 * loss_of(item, scores, new)
            loss = loss + 10 * torch.nn.functional.cross_entropy(kind, item.kind)
            loss = loss * (NEWS_WEIGHT if any(genre in item.name for genre in NEWS) else 1)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 20.0)
            optimiser.step()
            losses += float(loss.detach())
        print(epoch, round(losses / len(items), 2), flush=True)
    return network.eval()


def take_up(network: Network, path: Path) -> None:
    """Put the stored weights into a network."""
    held = np.load(path)
    state = network.state_dict()
    for name in state:
        layer, _, part = name.partition(".")
        if layer in NAMES:
            state[name] = torch.tensor(held[f"{NAMES[layer]}.{part}"].astype(np.float32))
    network.load_state_dict(state)


def export(network: Network, kinds, path: Path) -> None:
    """The weights as half-precision arrays."""
    arrays = {"kind.weight": kinds.coef_, "kind.bias": kinds.intercept_}
    for name, value in network.state_dict().items():
        layer, _, part = name.partition(".")
        if layer in NAMES:
            arrays[f"{NAMES[layer]}.{part}"] = value.numpy()
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **{name: value.astype(np.float16) for name, value in arrays.items()})
    print(json.dumps({"path": str(path), "bytes": path.stat().st_size}))


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--out", type=Path, default=MODEL)
    options.add_argument("--epochs", type=int, default=14, help="5 will do with --again")
    options.add_argument("--again", action="store_true")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--hold-out", type=int, default=-1)
    wanted = options.parse_args()
    torch.set_num_threads(1)
    items = [item for item in read("en_gum-open-train") if item.fold != wanted.hold_out]
    for fold in sorted({item.fold for item in items}):
        kinds = fit_kinds([item for item in items if item.fold != fold])
        for item in items:
            if item.fold == fold:
                item.prepare(kinds.predict_proba(kind_features(item.found)))
    start = MODEL if wanted.again else None
    export(train(items, wanted.epochs, wanted.seed, start), fit_kinds(items), wanted.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
