"""The relation network: a six-layer MiniLM encoder that reads a sentence with two marked spans.

The word-piece table is not part of the network: it is looked up outside (at run time from the
table the language room ships), so the network takes embeddings and can be exported alone.
Four rows of its own stand for the marks: actor opens, actor closes, recipient opens, recipient
closes.
"""

from __future__ import annotations

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, LAYERS, INNER, POSITIONS = 384, 12, 6, 1536, 512
MARKS = 4


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.attention_in = nn.Linear(WIDTH, 3 * WIDTH)
        self.attention_out = nn.Linear(WIDTH, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """New states (batch, length, width); ``bias`` is added to the attention scores."""
        batch, length, _ = states.shape
        heads = self.attention_in(states).view(batch, length, 3, HEADS, WIDTH // HEADS)
        query, key, value = heads.permute(2, 0, 3, 1, 4).unbind(0)
        scores = query @ key.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + bias
        mixed = self.dropout(scores.softmax(-1)) @ value
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        states = self.attention_norm(states + self.dropout(self.attention_out(mixed)))
        grown = self.outer(functional.gelu(self.inner(states)))
        return self.outer_norm(states + self.dropout(grown))


class RelationNetwork(nn.Module):
    """Encoder and two heads: the type of the event, and whether the pair stands in one.

    ``forward`` gives (batch, types) type scores and (batch,) scores that an event goes from the
    first marked span to the second, both before softmax or sigmoid.
    """

    def __init__(self, types: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.positions = nn.Parameter(torch.zeros(POSITIONS, WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.marks = nn.Parameter(torch.zeros(MARKS, WIDTH))
        self.absent = nn.Parameter(torch.zeros(2, WIDTH))
        self.dropout = nn.Dropout(dropout)
        self.type_head = nn.Linear(4 * WIDTH, types)
        self.holds_hidden = nn.Linear(4 * WIDTH, 128)
        self.holds_head = nn.Linear(128, 1)

    def encode(self, embeddings: Tensor, mask: Tensor) -> Tensor:
        """States of the last layer for word-piece ``embeddings`` (batch, length, width)."""
        length = embeddings.shape[1]
        states = self.dropout(self.norm(embeddings + self.positions[:length]))
        bias = (1.0 - mask)[:, None, None, :] * -10000.0
        for layer in self.layers:
            states = layer(states, bias.to(states.dtype))
        return states

    def forward(
        self, embeddings: Tensor, mask: Tensor, actor: Tensor, recipient: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Scores for each row; ``actor``/``recipient``: index of the opening mark, or -1."""
        states = self.encode(embeddings, mask).float()
        weights = mask[:, :, None]
        mean = (states * weights).sum(1) / weights.sum(1)
        parts = [states[:, 0], mean]
        for number, index in enumerate((actor, recipient)):
            row = index.clamp(min=0)[:, None, None].expand(-1, 1, WIDTH)
            found = states.gather(1, row)[:, 0]
            parts.append(torch.where((index >= 0)[:, None], found, self.absent[number]))
        pooled = self.dropout(torch.cat(parts, 1))
        holds = self.holds_head(functional.gelu(self.holds_hidden(pooled)))
        return self.type_head(pooled), holds[:, 0]


def word_table(path: str) -> Tensor:
    """The word-piece embeddings (30522, 384) of the MiniLM weights at ``path``."""
    return load_file(path)["embeddings.word_embeddings.weight"].float()


def load_encoder(network: RelationNetwork, path: str) -> None:
    """Fill the encoder with the MiniLM weights at ``path`` (a safetensors file)."""
    weights = {name: value.float() for name, value in load_file(path).items()}
    kind = weights["embeddings.token_type_embeddings.weight"][0]
    with torch.no_grad():
        network.positions.copy_(weights["embeddings.position_embeddings.weight"] + kind)
        network.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
        network.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
        network.marks.copy_(weights["embeddings.word_embeddings.weight"][1 : MARKS + 1])
        for number, layer in enumerate(network.layers):
            _load_layer(layer, weights, f"encoder.layer.{number}.")


def load_language(network: RelationNetwork, encoder: nn.Module) -> None:
    """Fill the encoder with that of the language model (``language_net.Encoder``).

    It was MiniLM once and then read treebanks, names and speech: it knows who does what to whom.
    """
    theirs = encoder.state_dict()
    names = {
        "attention_in": "qkv",
        "attention_out": "out",
        "attention_norm": "norm1",
        "inner": "up",
        "outer": "down",
        "outer_norm": "norm2",
    }
    with torch.no_grad():
        network.positions.copy_(theirs["places.weight"])
        for kind in ("weight", "bias"):
            getattr(network.norm, kind).copy_(theirs[f"norm.{kind}"])
            for number, layer in enumerate(network.layers):
                for ours, name in names.items():
                    value = theirs[f"layers.{number}.{name}.{kind}"]
                    getattr(getattr(layer, ours), kind).copy_(value)


def _load_layer(layer: nn.Module, weights: dict[str, Tensor], prefix: str) -> None:
    """Fill one layer from the BERT names that begin with ``prefix``."""
    for kind in ("weight", "bias"):
        parts = [weights[f"{prefix}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
        getattr(layer.attention_in, kind).copy_(torch.cat(parts))
        for ours, theirs in (
            ("attention_out", "attention.output.dense"),
            ("attention_norm", "attention.output.LayerNorm"),
            ("inner", "intermediate.dense"),
            ("outer", "output.dense"),
            ("outer_norm", "output.LayerNorm"),
        ):
            getattr(getattr(layer, ours), kind).copy_(weights[f"{prefix}{theirs}.{kind}"])
