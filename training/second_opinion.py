"""Fits the small networks that give a second opinion beside boosted trees (``coding/second_opinion.py``)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

BATCH, DECAY = 128, 2e-2


class Size(NamedTuple):
    """How many numbers it makes of the states and of all, and how it learns.

    ``dropped``, ``seen_dropped``: shares of the hidden numbers and of the states left out at random.
    """

    seen: int
    hidden: int
    passes: int
    rate: float
    dropped: float
    seen_dropped: float


def fit(table: np.ndarray, states: np.ndarray, right: np.ndarray, weights: np.ndarray,
        seed: int, size: Size) -> dict[str, np.ndarray]:  # fmt: skip
    """The arrays of a ``Network``, in half precision where that is enough.

    Args:
        table: (rows, features), as the trees read them.
        states: (rows, numbers), what the encoder knows of each row's words.
        right: whether each row is.
        weights: what each row is worth.
    """
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    mean, scale = table.mean(0).astype(np.float32), (table.std(0) + 1e-2).astype(np.float32)
    rows = torch.tensor(((table - mean) / scale).astype(np.float32))
    words, answers = torch.tensor(states), torch.tensor(right.astype(np.float32))
    worth = torch.tensor(weights.astype(np.float32))
    look = torch.nn.Linear(words.shape[1], size.seen)
    deep = torch.nn.Linear(rows.shape[1] + size.seen, size.hidden)
    score = torch.nn.Linear(size.hidden, 1)
    parts = [part for layer in (look, deep, score) for part in layer.parameters()]
    optimiser = torch.optim.AdamW(parts, lr=size.rate, weight_decay=DECAY)
    pace = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, size.rate, total_steps=size.passes * (len(rows) // BATCH + 1)
    )
    drop, loss_of = (
        torch.nn.functional.dropout,
        torch.nn.functional.binary_cross_entropy_with_logits,
    )
    for _ in range(size.passes):
        shuffled = order.permutation(len(rows))
        for place in range(0, len(rows), BATCH):
            own = torch.tensor(shuffled[place : place + BATCH])
            sight = torch.tanh(look(drop(words[own].float(), size.seen_dropped)))
            hidden = drop(torch.relu(deep(torch.cat([rows[own], sight], 1))), size.dropped)
            loss = loss_of(score(hidden)[:, 0], answers[own], weight=worth[own] / worth[own].mean())
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            pace.step()
    arrays = {"seen": look.weight.T, "seen_bias": look.bias, "hidden": deep.weight.T,
              "hidden_bias": deep.bias, "score": score.weight[0], "score_bias": score.bias}  # fmt: skip
    half = {name: part.detach().numpy().astype(np.float16) for name, part in arrays.items()}
    return {"mean": mean, "scale": scale, **half}
