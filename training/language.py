"""Trains the language model: tags, dependencies, sentence starts, names, speech, events, in one pass.

    python training/language.py OUTPUT --minutes 85     # CPU, or a GPU when there is one

The learning rate follows the clock: it reaches zero when the minutes are over. OUTPUT holds a
checkpoint every few minutes; the same command takes up an interrupted run. Then:

    python training/language_export.py OUTPUT           # writes src/dragoman/language/data
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path

import torch
from torch.nn import functional as F
from torch.utils.data import DataLoader

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

import language_data as data
from language_corpus import Pieces, Stream, documents, vocabularies
from language_kept import figures
from language_net import Encoder, LanguageNet, chain_loss, minilm

DATA = Path(__file__).parents[1] / "src" / "dragoman" / "language" / "data"
#: Weight of the step before in the running mean of the weights, which is what is shipped.
MEAN = 0.999


def event_losses(
    net: LanguageNet, h: torch.Tensor, x: torch.Tensor, b: dict[str, torch.Tensor]
) -> dict[str, torch.Tensor]:
    """Losses of triggers and their parties; any of a trigger's right types will do."""
    scores, roles = net.told(h, x)
    logs = scores.float().log_softmax(-1)
    right = logs.masked_fill(b["event"] == 0, -1e4).logsumexp(-1)
    right = right.masked_fill(~b["inside"], 0.0).sum() / b["lengths"].sum()
    roles = roles.float().masked_fill(~b["inside"][:, None, None, :], -1e4).log_softmax(-1)
    known = b["role"].sum(-1).clamp(min=1e-6)
    told = (b["role"] * roles).sum() / known.sum().clamp(min=1.0)
    return {"event": -4.0 * right, "role": -0.5 * told}


def losses(net: LanguageNet, b: dict[str, torch.Tensor], silver: bool) -> dict[str, torch.Tensor]:
    """The weighted loss of every task the batch is annotated for."""
    h = net.drop(net.states(b["ids"], b["cases"], b["layouts"], b["mask"], b["firsts"]))
    x = net.around(h)
    if "event" in b:
        return event_losses(net, h, x, b)
    found: dict[str, torch.Tensor] = {}

    def classify(scores: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        return F.cross_entropy(
            scores.float().flatten(0, 1), targets.flatten(), ignore_index=data.IGNORE
        )

    if "tag" in b:
        found["tag"] = (0.2 if silver else 0.6) * classify(net.tag(h), b["tag"])
    if "start" in b:
        known = (b["start"] >= 0).float()
        each = F.binary_cross_entropy_with_logits(
            net.start(h)[..., 0].float(), b["start"].clamp(min=0).float(), reduction="none"
        )
        found["start"] = (0.4 if silver else 1.0) * (each * known).sum() / known.sum()
    if "name" in b:
        scores = net.named(h, x)
        found["name"] = (0.25 if silver else 0.7) * classify(scores, b["name"])
        rows = b["named rows"]
        if not silver and len(rows):  # names of the treebanks are annotated word for word
            found["name chain"] = 0.7 * chain_loss(
                scores[rows], net.name_transitions, b["name"][rows].clamp(min=0), b["lengths"][rows]
            )
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
        if "link" in b:
            links = links.float().masked_fill(~b["inside"][:, None, :], -1e4)
            found["link"] = 0.5 * classify(links, b["link"])
    return found


def rate(progress: float) -> float:
    """Share of the full learning rate: a short warm-up, then linear to zero."""
    return min(progress / 0.03, (1 - progress) / 0.97) if progress < 1 else 0.0


def network(options: argparse.Namespace, vocabulary: dict, device: str) -> LanguageNet:
    """The network to begin with: MiniLM's, the shipped one's, or that of another run."""
    sizes = {k: len(v) for k, v in vocabulary.items()}
    if options.start:
        net = LanguageNet(Encoder(), sizes)
        saved = torch.load(options.start, map_location="cpu", weights_only=False)["net"]
        net.load_state_dict({k: v.float() for k, v in saved.items()})
        return net.to(device)
    net = LanguageNet(Encoder.pretrained(minilm()), sizes)
    if options.from_shipped:
        from language_shipped import load_shipped

        kept = load_shipped(net, DATA)
        print(f"going on from the shipped model; not in it: {kept}", flush=True)
    return net.to(device)


class Run:
    """One training run: the network, its running mean, the optimizer and the clock."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        torch.manual_seed(options.seed)
        if self.device == "cpu":
            torch.set_num_threads(1)
        vocabulary = vocabularies()
        options.output.mkdir(parents=True, exist_ok=True)
        names = {k: list(v) for k, v in vocabulary.items()}
        (options.output / "vocabulary.json").write_text(json.dumps(names))
        found = documents(vocabulary, options.everything, options.output / "documents.pkl")
        shares = {"events": options.events, "stories": options.stories}
        pieces = Pieces(minilm() / "tokenizer.json")
        self.stream = Stream(
            found,
            pieces,
            options.batch_words,
            shares,
            options.hidden,
            options.renamed,
            options.seed,
        )
        self.net = network(options, vocabulary, self.device)
        self.net.drop.p = options.drop
        self.parameters = [p for p in self.net.parameters() if p.requires_grad]
        low = [p for n, p in self.net.named_parameters() if n.startswith("encoder.")]
        high = [p for n, p in self.net.named_parameters() if not n.startswith("encoder.")]
        self.rates = [options.rate, 12.5 * options.rate]
        self.optimizer = torch.optim.AdamW(
            [{"params": [p for p in low if p.requires_grad]}, {"params": high}],
            lr=options.rate, weight_decay=0.01, betas=(0.9, 0.98), fused=True,
        )  # fmt: skip
        self.mean = [p.detach().clone() for p in self.parameters]
        self.state, self.elapsed, self.step = options.output / "checkpoint.pt", 0.0, 0
        if self.state.exists():
            self.take_up()

    def take_up(self) -> None:
        """Go on from the checkpoint in the output folder."""
        saved = torch.load(self.state, map_location=self.device, weights_only=False)
        self.net.load_state_dict(saved["net"])
        self.mean = [p.detach().clone() for p in self.parameters]
        self.net.load_state_dict(saved["last"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.elapsed, self.step = saved["elapsed"], saved["step"]

    def save(self) -> None:
        """Write the checkpoint (the mean weights are the model) beside, and move it into place."""
        beside = self.state.with_suffix(".new")
        last = self.net.state_dict()
        names = [n for n, p in self.net.named_parameters() if p.requires_grad]
        torch.save(
            {
                "net": last | dict(zip(names, self.mean, strict=True)),
                "last": last,
                "optimizer": self.optimizer.state_dict(),
                "elapsed": self.elapsed,
                "step": self.step,
            },
            beside,
        )
        beside.replace(self.state)

    def train(self) -> None:
        """Steps until the minutes are over."""
        options, workers = self.options, self.options.workers
        loader = iter(DataLoader(
            self.stream, batch_size=None, num_workers=workers, pin_memory=self.device == "cuda",
            prefetch_factor=6 if workers else None,
        ))  # fmt: skip
        batch = next(loader)  # the first ones take long
        began = last_save = time.monotonic()
        began -= self.elapsed
        sums: Counter[str] = Counter()
        counts: Counter[str] = Counter()
        self.net.train()
        while True:
            self.elapsed = time.monotonic() - began
            progress = self.elapsed / 60 / options.minutes
            for group, top in zip(self.optimizer.param_groups, self.rates, strict=True):
                group["lr"] = top * max(0.0, rate(progress))
            if progress >= 1 or time.monotonic() - last_save > options.save_minutes * 60:
                self.save()
                last_save = time.monotonic()
            if progress >= 1:
                break
            found = self.one_step(*batch)
            batch = next(loader)
            for k, v in found.items():
                sums[k] = sums[k] + v.detach()
                counts[k] += 1
            if self.step % options.print_every == 0:
                shown = {k: round(float(v) / counts[k], 3) for k, v in sums.items()}
                print(f"{self.step} {self.elapsed / 60:.1f} min {shown}", flush=True)
                sums.clear()
                counts.clear()

    def one_step(self, pool: str, b: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        """Learn from one batch; its losses by task."""
        b = {k: v.to(self.device, non_blocking=True) for k, v in b.items()}
        with torch.autocast(self.device, torch.bfloat16, enabled=self.options.bf16):
            found = losses(self.net, b, pool == "stories")
        self.optimizer.zero_grad(set_to_none=True)
        sum(found.values()).backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 2.0)
        self.optimizer.step()
        torch._foreach_lerp_(self.mean, [p.detach() for p in self.parameters], 1 - MEAN)
        self.step += 1
        return found

    def measure(self) -> dict[str, float]:
        """Figures of the saved weights on the documents kept from training."""
        saved = torch.load(self.state, map_location=self.device, weights_only=False)
        self.net.load_state_dict(saved["net"])
        return figures(self.net, self.stream.kept())


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
    parser.add_argument("--batch-words", type=int, default=700)
    parser.add_argument("--hidden", type=float, default=0.04, help="share of words hidden")
    parser.add_argument("--renamed", type=float, default=0.0,
                        help="share of PolNeAR's windows whose persons get other names")  # fmt: skip
    parser.add_argument("--drop", type=float, default=0.2, help="dropout of the word states")
    parser.add_argument("--workers", type=int, default=0, help="processes that make batches")
    parser.add_argument("--bf16", action="store_true", help="products in bfloat16")
    parser.add_argument(
        "--from-shipped", action="store_true", help="start from the package's model"
    )
    parser.add_argument("--start", type=Path, help="start from the checkpoint of another run")
    parser.add_argument(
        "--everything", action="store_true", help="also train on the names kept for dev"
    )
    run = Run(parser.parse_args())
    run.train()
    print(json.dumps(run.measure()), flush=True)


if __name__ == "__main__":
    main()
