"""Fits the network of ``entities/home_network.py``: the same weighing, in torch."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import torch

from dragoman.entities.candidates import STATE
from dragoman.entities.home_deeds import DEEDS
from dragoman.entities.home_features import SHARED
from dragoman.entities.home_network import LOOKS, PAIR, WEIGHED, Seen
from dragoman.entities.home_others import OTHERS
from dragoman.entities.person_names import FEATURES

EPOCHS, BATCH, RATE, DECAY = 8, 12, 3e-3, 1e-2
HIDDEN, EACH, OWN = 96, 16, 16
DROPPED, STATES_DROPPED = 0.15, 0.3
#: Share of the stories that are shown without what the encoder and the language model know.
BLIND = 0.1
#: How much being right the first time counts beside the second.
FIRST = 0.3


class Example(Protocol):
    """One story: what is read of all its open entities, and which of them were coded."""

    seen: Seen
    chosen: list[int]


class Network(torch.nn.Module):
    """The network.

    Args:
        mean, scale: (features,), of the rows.
    """

    def __init__(self, mean: np.ndarray, scale: np.ndarray) -> None:
        super().__init__()
        linear = torch.nn.Linear
        looks, size = LOOKS * EACH, len(mean)
        width = size + 1 + 2 * LOOKS + OWN + FEATURES
        self.register_buffer("mean", torch.tensor(mean))
        self.register_buffer("scale", torch.tensor(scale))
        self.query, self.key = linear(STATE, looks), linear(STATE, looks)
        self.first, self.pair = linear(STATE, looks, bias=False), linear(PAIR, LOOKS)
        self.nobody = torch.nn.Parameter(torch.zeros(LOOKS))
        self.own = linear(STATE, OWN)
        self.hidden, self.score = linear(width, HIDDEN), linear(HIDDEN, 1, bias=False)
        self.again_query, self.again_key = linear(STATE, looks), linear(STATE, looks)
        self.again_pair = linear(OTHERS, LOOKS)
        self.again_nobody = torch.nn.Parameter(torch.zeros(LOOKS))
        self.again_hidden = linear(width + 2 * LOOKS + WEIGHED, HIDDEN)
        self.again_score = linear(HIDDEN, 1, bias=False)

    def dropped(self, numbers: torch.Tensor, share: float) -> torch.Tensor:
        return torch.nn.functional.dropout(numbers, share, self.training)

    def forward(self, story: Seen) -> list[torch.Tensor]:
        """(entities, countries and silence) logarithms of chances, weighed first and again."""
        states, firsts, keys = (
            self.dropped(torch.from_numpy(part), STATES_DROPPED)
            for part in (story.states, story.firsts, story.keys)
        )
        rows = (torch.from_numpy(story.rows) - self.mean) / self.scale
        many, countries, size = rows.shape
        asks = self.query(states) + self.first(firsts)
        looked = pooled(asks, self.key(keys), self.pair(torch.from_numpy(story.pairs)),
                        torch.from_numpy(story.apart), torch.from_numpy(story.columns), self.nobody)  # fmt: skip
        table = torch.zeros(many, countries + 1, size + 1)
        table[:, :countries, :size] = rows
        about = slice(size - DEEDS - SHARED, size - DEEDS)
        table[:, countries, about] = rows[:, 0, about]
        table[:, countries, size] = 1.0
        own = torch.tanh(self.own(states))[:, None].expand(-1, countries + 1, -1)
        table = torch.cat([table, padded(looked), own, padded(torch.from_numpy(story.names))], 2)
        logs = self.likelihoods(self.hidden(table), self.score)
        others = ~torch.eye(many, dtype=torch.bool)
        again = pooled(self.again_query(states), self.again_key(states),
                       self.again_pair(torch.from_numpy(story.others)), others, torch.exp(logs),
                       self.again_nobody)  # fmt: skip
        below = logs - logs.max(1, keepdim=True).values
        weighed = torch.stack([torch.exp(logs), logs.clamp(min=-8) / 4, below.clamp(min=-8) / 4], 2)
        last = self.again_hidden(torch.cat([table, again, weighed], 2))
        return [logs, self.likelihoods(last, self.again_score)]

    def likelihoods(self, deep: torch.Tensor, score: torch.nn.Module) -> torch.Tensor:
        scores = score(self.dropped(torch.relu(deep), DROPPED))[..., 0]
        return torch.log_softmax(scores, 1)

    def arrays(self) -> dict[str, np.ndarray]:
        """What a ``HomeModel`` is made of; half precision where that is enough."""
        found = {}
        for name, held in self.state_dict().items():
            array = held.numpy()
            if name.endswith("weight"):
                name, array = name.removesuffix(".weight"), array.T
            name = name.replace(".bias", "_bias")
            array = array[:, 0] if name.endswith("score") else array
            found[name] = array if name in ("mean", "scale") else array.astype(np.float16)
        return found


def padded(numbers: torch.Tensor) -> torch.Tensor:
    """With a row of 0 for silence."""
    return torch.nn.functional.pad(numbers, (0, 0, 0, 1))


def pooled(
    asks: torch.Tensor, answers: torch.Tensor, pairs: torch.Tensor, apart: torch.Tensor,
    columns: torch.Tensor, nobody: torch.Tensor,
) -> torch.Tensor:  # fmt: skip
    """(entities, columns, 2 × ``LOOKS``): how much of what each entity sees is of each column."""
    asks, answers = asks.view(len(asks), LOOKS, EACH), answers.view(len(answers), LOOKS, EACH)
    scores = torch.einsum("nkd,mkd->nmk", asks, answers) / 4 + pairs
    weights = torch.exp(scores.clamp(-30, 20)) * apart[:, :, None]
    sums = torch.einsum("nmk,mc->nck", weights, columns)
    total = weights.sum(1)[:, None] + torch.exp(nobody)
    return torch.cat([sums / total, torch.log(sums + 1e-3) / 3], 2)


def unseen(held: Seen) -> Seen:
    """The same without what the encoder and the language model know."""
    rows = held.rows.copy()
    rows[:, :, -DEEDS:] = 0.0
    blank = [np.zeros_like(part) for part in (held.states, held.firsts, held.keys)]
    return held._replace(rows=rows, states=blank[0], firsts=blank[1], keys=blank[2])


def fitted(
    stories: Sequence[Example],
    right_of: Callable[[Example], tuple[np.ndarray, np.ndarray]],
    seed: int,
) -> dict[str, np.ndarray]:
    """The arrays of a network fitted on some stories.

    Args:
        right_of: (coded entities, countries and silence) what is right, and the entities' weights.
    """
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    order = random.Random(seed)
    read = [told.seen.rows[told.chosen] for told in stories]
    rows = np.concatenate([part.reshape(-1, part.shape[2]) for part in read])
    network = Network(rows.mean(0), rows.std(0) + 1e-2).train()
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * (len(stories) // BATCH + 1)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    stories = list(stories)
    for _ in range(EPOCHS):
        order.shuffle(stories)
        for place in range(0, len(stories), BATCH):
            loss, weights = torch.zeros(()), 0.0
            for told in stories[place : place + BATCH]:
                first, last = network(unseen(told.seen) if order.random() < BLIND else told.seen)
                right, weight = map(torch.from_numpy, right_of(told))
                logs = (FIRST * first + last)[told.chosen]
                loss = loss - (weight * (right * logs).sum(1)).sum()
                weights += float(weight.sum())
            optimiser.zero_grad()
            (loss / weights).backward()
            optimiser.step()
            pace.step()
    return network.eval().arrays()
