"""How the relation network is trained: rows to tensors, the loss, one stage of training.

The command that uses it is ``training/relation.py``.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from dragoman.coding.relation_input import (
    ACTOR_OPENS,
    RECIPIENT_OPENS,
    VOCABULARY,
    MarkedPieces,
    marked_pieces,
)
from language_net import minilm
from relation_data import TYPES, Row
from relation_network import RelationNetwork, load_encoder, load_language, word_table

LANGUAGE = Path(__file__).parents[1] / "src" / "dragoman" / "language" / "data"
#: Products in bfloat16: three times as fast where the processor has instructions for it.
BFLOAT = os.environ.get("DRAGOMAN_BFLOAT", "1") == "1"


#: The word piece that stands for a hidden word.
HIDDEN = 103


def veiled(marked: MarkedPieces, share: float, chance: random.Random) -> MarkedPieces:
    """The pieces with the words of each span hidden behind one ``HIDDEN``, or left as they are."""
    pieces, spans = marked.pieces, []
    for opening in (marked.actor, marked.recipient):
        if opening >= 0 and pieces[opening] + 1 in pieces and chance.random() < share:
            closing = pieces.index(pieces[opening] + 1)
            inner = pieces[opening + 1 : closing]
            if inner and all(piece < VOCABULARY for piece in inner):
                spans.append((opening + 1, closing))
    for start, end in sorted(spans, reverse=True):
        pieces = [*pieces[:start], HIDDEN, *pieces[end:]]
    found = [pieces.index(mark) if mark in pieces else -1
             for mark in (ACTOR_OPENS, RECIPIENT_OPENS)]  # fmt: skip
    return MarkedPieces(pieces, *found)


@dataclass
class Stage:
    """What one stage of training is told.

    ``frozen``: layers from below that stay as they are; ``veil``: share of spans that are hidden.
    """

    epochs: int
    rate: float
    head_rate: float
    batch: int = 16
    decay: float = 0.9
    warm_up: float = 0.1
    average_from: float = 0.6
    seed: int = 1
    frozen: int = 0
    veil: float = 0.0


class Trainer:
    """The network, the word table and the tokenizer, with what turns rows into tensors."""

    def __init__(self, seed: int = 1) -> None:
        torch.manual_seed(seed)
        folder = minilm()
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.table = word_table(str(folder / "model.safetensors")).to(self.device)
        self.network = RelationNetwork(len(TYPES))
        load_encoder(self.network, str(folder / "model.safetensors"))
        self.network.to(self.device)

    def warm_start(self) -> None:
        """Begin with the encoder of the shipped language model instead of MiniLM's."""
        from language_net import Encoder, LanguageNet
        from language_shipped import load_shipped

        arrays = np.load(LANGUAGE / "language.npz")
        sizes = {name[6:]: len(arrays[name]) for name in arrays.files if name.startswith("names_")}
        language = LanguageNet(Encoder(), sizes)
        load_shipped(language, LANGUAGE)
        load_language(self.network, language.encoder)

    def tensors(
        self, rows: list[Row], veil: float = 0.0, chance: random.Random | None = None
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Embeddings, mask and the two mark indices of a batch (padded at the end).

        ``veil``: share of the marked spans whose words ``chance`` hides, so that the network reads
        what is done and not who is known for doing it.
        """
        marked = [marked_pieces(self.tokenizer, r.text, r.actor, r.recipient) for r in rows]
        if veil and chance is not None:
            marked = [veiled(m, veil, chance) for m in marked]
        length = max(len(m.pieces) for m in marked)
        pieces = torch.zeros(len(rows), length, dtype=torch.long)
        mask = torch.zeros(len(rows), length)
        for number, m in enumerate(marked):
            pieces[number, : len(m.pieces)] = torch.tensor(m.pieces)
            mask[number, : len(m.pieces)] = 1.0
        pieces, mask = pieces.to(self.device), mask.to(self.device)
        is_mark = pieces >= VOCABULARY
        embeddings = self.table[pieces.masked_fill(is_mark, 0)]
        marks = self.network.marks[(pieces - VOCABULARY).clamp(min=0)]
        embeddings = torch.where(is_mark[:, :, None], marks, embeddings)
        actor, recipient = (torch.tensor([getattr(m, n) for m in marked], device=self.device)
                            for n in ("actor", "recipient"))  # fmt: skip
        return embeddings, mask, actor, recipient

    def predict(self, rows: list[Row]) -> tuple[np.ndarray, np.ndarray]:
        """Type scores (rows, types) and scores that an event holds (rows), before softmax."""
        self.network.eval()
        order = sorted(range(len(rows)), key=lambda number: len(rows[number].text))
        kinds = np.zeros((len(rows), len(TYPES)), np.float32)
        holds = np.zeros(len(rows), np.float32)
        with torch.inference_mode():
            for start in range(0, len(rows), 16):
                chosen = order[start : start + 16]
                scores, held = self.network(*self.tensors([rows[n] for n in chosen]))
                kinds[chosen], holds[chosen] = scores.cpu().numpy(), held.cpu().numpy()
        return kinds, holds


def loss_of(scores: Tensor, held: Tensor, rows: list[Row], smoothing: float = 0.05) -> Tensor:
    """Mean weighted loss: marginal likelihood of the allowed types, and of the pair's holding."""
    device = scores.device
    allowed = torch.tensor([[kind in row.types for kind in TYPES] for row in rows], device=device)
    weight = torch.tensor([row.weight for row in rows], device=device)
    logs = functional.log_softmax(scores, 1)
    known = allowed.any(1)
    right = torch.logsumexp(logs.masked_fill(~allowed, -1e4), 1)
    total = (-(1 - smoothing) * right - smoothing * logs.mean(1))[known] @ weight[known]
    stated = torch.tensor([row.holds is not None for row in rows], device=device)
    if stated.any():
        gold = torch.tensor([0.98 if row.holds else 0.02 for row in rows], device=device)
        each = functional.binary_cross_entropy_with_logits(held, gold, reduction="none")
        total = total + (each * weight)[stated].sum()
    return total / len(rows)


def _groups(network: RelationNetwork, stage: Stage) -> list[dict]:
    """Parameter groups: the rate falls by ``decay`` with each layer further from the heads."""
    groups: dict[float, list] = {}
    for name, parameter in network.named_parameters():
        depth = int(name.split(".")[1]) if name.startswith("layers") else -1
        at_head = "head" in name or "hidden" in name or name == "absent"
        parameter.requires_grad_(at_head or depth >= stage.frozen or not stage.frozen)
        if not parameter.requires_grad:
            continue
        if at_head or name == "marks":
            rate = stage.head_rate
        else:
            rate = stage.rate * stage.decay ** (5 - depth)
        groups.setdefault(rate, []).append(parameter)
    return [{"params": found, "lr": rate} for rate, found in groups.items()]


def batches(rows: list[Row], size: int, chance: random.Random) -> list[list[Row]]:
    """All rows once, shuffled, in batches of about the same length."""
    rows = list(rows)
    chance.shuffle(rows)
    made = []
    for start in range(0, len(rows), size * 12):
        part = sorted(rows[start : start + size * 12], key=lambda row: len(row.text))
        made += [part[n : n + size] for n in range(0, len(part), size)]
    chance.shuffle(made)
    return made


def train(
    trainer: Trainer, draw: Callable[[random.Random], list[Row]], stage: Stage, log: str = ""
) -> None:
    """Run one stage; ``draw(random)`` gives an epoch's rows. Leaves averaged weights behind."""
    chance = random.Random(stage.seed)
    torch.manual_seed(stage.seed)
    network = trainer.network
    optimiser = torch.optim.AdamW(_groups(network, stage), weight_decay=0.01)
    bases = [group["lr"] for group in optimiser.param_groups]
    plan = [batches(draw(chance), stage.batch, chance) for _ in range(stage.epochs)]
    steps, done = sum(map(len, plan)), 0
    mean, taken = None, 0
    started = time.time()
    for epoch, parts in enumerate(plan):
        network.train()
        total = 0.0
        for part in parts:
            share = done / steps
            factor = min(share / stage.warm_up, (1 - share) / (1 - stage.warm_up)) + 0.01
            for group, base in zip(optimiser.param_groups, bases, strict=True):
                group["lr"] = base * factor
            with torch.autocast(trainer.device, torch.bfloat16, enabled=BFLOAT):
                scores, held = network(*trainer.tensors(part, stage.veil, chance))
            loss = loss_of(scores.float(), held.float(), part)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            total, done = total + loss.item(), done + 1
            if done >= stage.average_from * steps and done % 8 == 0:
                state = {k: v.detach().clone() for k, v in network.state_dict().items()}
                taken += 1
                mean = state if mean is None else {
                    k: v + (state[k] - v) / taken for k, v in mean.items()
                }  # fmt: skip
        print(f"{log} epoch {epoch} loss {total / len(parts):.3f} rows {sum(map(len, parts))} "
              f"{time.time() - started:.0f}s", flush=True)  # fmt: skip
    if mean is not None:
        network.load_state_dict(mean)
