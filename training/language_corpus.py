"""What the language model reads in training: three pools of documents, drawn from in batches.

The pools are treebanks (with names), PolNeAR's articles, and stories with our own annotation of
their events. A pass over a pool cuts its documents into windows anew.
"""

from __future__ import annotations

import pickle
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.utils.data import IterableDataset, get_worker_info

import language_data as data
import language_names as more_names
from corpora import treebank
from language_events import EVENT_TAGS, event_documents, kept_apart
from language_windows import features, headline, joined, windows

MAX_PIECES = 320
NAMES = Path(__file__).parent / "data" / "names"
EVENTS = Path(__file__).parent / "data" / "events" / "events.tsv"
#: Multiples of this, modulo 1, lie evenly at every length: which pool a step draws from.
GOLDEN = 0.6180339887498949
#: The piece that stands for a hidden word.
MASK = 103
#: Targets of a word; a batch holds those that any of its words has.
WORD_TARGETS = ("tag", "universal", "head", "label", "start", "name", "speech", "link")


def vocabularies() -> dict[str, dict[str, int]]:
    """Tags, universal tags and labels that occur at least twice in the training treebanks; the rest."""
    counts = {"tag": Counter(), "universal": Counter(), "label": Counter()}
    for name in ("en_ewt-ud-train", "en_gum-open-train"):
        for s in treebank(name):
            counts["tag"].update(s.tags)
            counts["universal"].update(s.universal_tags)
            counts["label"].update(s.labels)
    found = {k: sorted(x for x, n in c.items() if n >= 2) for k, c in counts.items()}
    found |= {"name": data.NAME_TAGS, "speech": data.SPEECH_TAGS, "event": EVENT_TAGS}
    return {k: {x: i for i, x in enumerate(v)} for k, v in found.items()}


class Pieces:
    """Word pieces of single words, remembered."""

    def __init__(self, file: Path) -> None:
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(str(file))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.known: dict[str, list[int]] = {}

    def __call__(self, word: str) -> list[int]:
        if word not in self.known:
            self.known[word] = self.tokenizer.encode(word[:60], add_special_tokens=False).ids[
                :6
            ] or [100]
        return self.known[word]


@dataclass
class Documents:
    """The documents of each pool, and those kept for ``Stream.kept``."""

    trees: list[list[data.Unit]]
    named: list[list[data.Unit]]
    stories: list[list[data.Unit]]
    events: list[list[data.Unit]]
    kept: dict[str, list[list[data.Unit]]]


def documents(vocabulary: dict, everything: bool, store: Path) -> Documents:
    """All corpora read and cut into words; kept in ``store``, from where the next run takes them."""
    if store.exists():
        return pickle.loads(store.read_bytes())
    from dragoman.language.reader import Reader
    from dragoman.language.words import tokenizer

    cut = tokenizer()

    def tokenize(text: str) -> list[tuple[int, int]]:
        return [(t.idx, t.idx + len(t)) for t in cut(text) if not t.is_space]

    people = data.demonyms()
    trees = data.treebank_documents("en_ewt-ud-train", people, vocabulary)
    more_names.annotated(trees, NAMES / "ewt-train.tsv", people)
    trees += data.treebank_documents("en_gum-open-train", people, vocabulary)
    named = data.uner_documents(people)
    thirds = named if everything else [d for i, d in enumerate(named) if i % 3]
    thirds += more_names.story_documents(NAMES / "stories.tsv", tokenize, people)
    told = event_documents(EVENTS, Reader().read, parsed=store.with_name("parsed.pkl"))
    shown = {story: units for story, units in told.items() if not kept_apart(story)}
    kept = {
        "trees": [d for name in ("en_ewt-ud-dev", "en_gum-open-dev")
                  for d in data.treebank_documents(name, people, vocabulary)],
        "names": [d for i, d in enumerate(named) if not i % 3],
        "stories": data.polnear_documents("dev", tokenize, people, vocabulary),
        "events": [units for story, units in told.items() if kept_apart(story) and story[0] != "s"],
    }  # fmt: skip
    found = Documents(
        trees,
        thirds,
        data.polnear_documents("train", tokenize, people, vocabulary),
        [*shown.values(), *(units for story, units in shown.items() if story[0] != "s")],
        kept,
    )
    store.write_bytes(pickle.dumps(found))
    return found


def prepare(window: data.Unit, pieces: Pieces, rng: random.Random, hidden: float) -> dict:
    """One window as plain lists for ``tensors``; a share of its words is hidden."""
    cases, layouts = features(window)
    ids, piece_cases, piece_layouts, firsts = [101], [0], [0], []
    for word, case, layout in zip(window.words, cases, layouts, strict=True):
        firsts.append(len(ids))
        new = [MASK] if rng.random() < hidden else pieces(word)
        ids.extend(new)
        piece_cases.extend([case] * len(new))
        piece_layouts.extend([layout] * len(new))
    return dict(
        window.targets,
        ids=ids + [102],
        cases=piece_cases + [0],
        layouts=piece_layouts + [0],
        firsts=firsts,
    )


def batches(rows: list[dict], words: int, rng: random.Random) -> list[list[dict]]:
    """Rows of like length, about ``words`` words (padding counted) each, in random order."""
    rows = sorted(rows, key=lambda r: len(r["ids"]) + rng.random() * 12)
    found, now, longest = [], [], 0
    for row in rows:
        longest = max(longest, len(row["ids"]))
        if now and longest * (len(now) + 1) > words * 1.35:
            found.append(now)
            now, longest = [], len(row["ids"])
        now.append(row)
    found.append(now)
    rng.shuffle(found)
    return found


def tensors(rows: list[dict]) -> dict[str, torch.Tensor]:
    """A batch: inputs, ``mask`` (real pieces), ``inside`` (real words) and the targets it has."""
    width, words = max(len(r["ids"]) for r in rows), max(len(r["firsts"]) for r in rows)

    def pad(key: str, size: int, value: int) -> torch.Tensor:
        lists = [list(r[key]) if key in r else [] for r in rows]
        return torch.tensor([x + [value] * (size - len(x)) for x in lists])

    made = {k: pad(k, width, 0) for k in ("ids", "cases", "layouts")}
    made["firsts"] = pad("firsts", words, 0)
    made["mask"] = made["ids"] > 0
    for key in WORD_TARGETS:
        targets = pad(key, words, data.IGNORE) if any(key in r for r in rows) else None
        if targets is not None and bool((targets != data.IGNORE).any()):
            made[key] = targets
    if any("event" in r for r in rows):
        made |= _event_targets(rows, words)
    made["sentence"] = pad("sentence", words, -1)
    made["lengths"] = torch.tensor([len(r["firsts"]) for r in rows])
    made["inside"] = torch.arange(words)[None, :] < made["lengths"][:, None]
    if "name" in made:  # rows whose names are known throughout
        known = ((made["name"] >= 0) | ~made["inside"]).all(1)
        made["named rows"] = known.nonzero()[:, 0]
    return made


def _event_targets(rows: list[dict], words: int) -> dict[str, torch.Tensor]:
    """``event`` [row, word, type]: right types. ``role`` [row, role, trigger, word]: who it is."""
    event = torch.zeros(len(rows), words, len(EVENT_TAGS))
    role = torch.zeros(len(rows), 2, words, words)
    for r, row in enumerate(rows):
        for i, types in enumerate(row["event"]):
            event[r, i, types] = 1.0
        for n, key in enumerate(("actor", "recipient")):
            for i, heads in enumerate(row[key]):
                if heads:
                    role[r, n, i, heads] = 1.0 / len(heads)
    return {"event": event, "role": role}


class Stream(IterableDataset):
    """Endless (pool, batch) pairs; ``shares`` of the steps fall to each pool, the rest to treebanks.

    With several loader workers each draws its own passes, and every worker's steps keep the shares.
    """

    def __init__(
        self,
        found: Documents,
        pieces: Pieces,
        words: int,
        shares: dict[str, float],
        hidden: float,
        renamed: float,
        seed: int,
    ) -> None:
        super().__init__()
        self.documents, self.pieces, self.words = found, pieces, words
        self.shares, self.hidden, self.renamed, self.seed = shares, hidden, renamed, seed
        self.rng = random.Random(seed)
        self.queues: dict[str, list] = {"trees": [], "stories": [], "events": []}

    def __iter__(self) -> Iterator[tuple[str, dict[str, torch.Tensor]]]:
        worker = get_worker_info()
        step, apart = (worker.id, worker.num_workers) if worker else (0, 1)
        self.rng = random.Random(self.seed + 1000 * step)
        while True:
            pool = pool_of(step, self.shares)
            yield pool, tensors(self.draw(pool))
            step += apart

    def kept(self) -> Iterator[tuple[str, dict[str, torch.Tensor]]]:
        """The documents kept from training, once, nothing hidden: to compare runs."""
        rng = random.Random(0)
        for pool, found in self.documents.kept.items():
            made = [w for w in windows(found, rng, 0.3, 50) if w.words]
            rows = [prepare(w, self.pieces, rng, 0.0) for w in made]
            for part in batches([r for r in rows if len(r["ids"]) <= MAX_PIECES], 4000, rng):
                yield pool, tensors(part)

    def other_names(self) -> list[data.Unit]:
        """Sentences with their names swapped: all of UNER's, three in ten of the others."""
        hand_made = [u for d in self.documents.named for u in d]
        rest = [
            u
            for d in self.documents.trees
            for u in d
            if sum(x > 0 for x in u.targets["name"]) and self.rng.random() < 0.3
        ]
        return [
            more_names.swapped(u, self.rng) for u in hand_made + rest
            if any(x > 0 for x in u.targets["name"]) and len(u.words) < 60
        ]  # fmt: skip

    def draw(self, pool: str) -> list[dict]:
        if not self.queues[pool]:
            if pool == "trees":
                made = windows(self.documents.trees, self.rng, 0.45)
                made += [w for _ in range(2) for w in windows(self.documents.named, self.rng, 0.6)]
                made += [joined([u]) for u in self.other_names()]
                made = [
                    headline(w, self.rng)
                    if w.targets["sentence"][-1] == 0 and self.rng.random() < 0.12 else w
                    for w in made
                ]  # fmt: skip
            elif pool == "events":
                made = windows(self.documents.events, self.rng, 0.2, 50)
            else:
                made = [
                    more_names.renamed(w, self.rng) if self.rng.random() < self.renamed else w
                    for w in windows(self.documents.stories, self.rng, 0.0, 70)
                ]
            rows = [prepare(w, self.pieces, self.rng, self.hidden) for w in made]
            rows = [r for r in rows if len(r["ids"]) <= MAX_PIECES]
            self.queues[pool] = batches(rows, self.words, self.rng)
        return self.queues[pool].pop()


def pool_of(step: int, shares: dict[str, float]) -> str:
    """The pool of one step: each comes up evenly in its share, treebanks in the rest."""
    place, below = step * GOLDEN % 1.0, 0.0
    for pool, share in shares.items():
        below += share
        if place < below:
            return pool
    return "trees"
