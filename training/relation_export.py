"""The trained relation network as files for the package: ONNX with int8 weights, and its marks."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from relation_network import WIDTH, RelationNetwork


class OnePair(nn.Module):
    """The network for one pair: no padding, so no mask."""

    def __init__(self, network: RelationNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, embeddings: Tensor, actor: Tensor, recipient: Tensor
    ) -> tuple[Tensor, Tensor]:
        mask = torch.ones_like(embeddings[:, :, 0])
        return self.network(embeddings, mask, actor, recipient)


def export(network: RelationNetwork, folder: Path) -> None:
    """Write ``relation.onnx`` and ``relation_marks.npy`` into ``folder``.

    Inputs: ``embeddings`` float32 (1, pieces, 384), ``actor`` and ``recipient`` int64 (1,), the
    indices of the opening marks or -1. Outputs: type scores (1, 16) and the score that an event
    holds (1,), before softmax and sigmoid.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    network.eval()
    example = (torch.randn(1, 20, WIDTH) * 0.05, torch.tensor([1]), torch.tensor([7]))
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = Path(scratch) / "relation.onnx"
        torch.onnx.export(
            OnePair(network).eval(),
            example,
            str(plain),
            input_names=["embeddings", "actor", "recipient"],
            output_names=["kinds", "holds"],
            dynamic_axes={"embeddings": {1: "pieces"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            plain,
            folder / "relation.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"MatMulConstBOnly": True},
        )
    np.save(folder / "relation_marks.npy", network.marks.detach().numpy().astype(np.float32))
