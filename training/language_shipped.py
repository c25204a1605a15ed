"""The shipped language model as a network to go on training with.

The int8 weights of ``language.onnx`` are read back as floats (each column has its scale), so that
a further run starts where the last one ended, without a checkpoint at hand.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from language_net import LAYERS, LanguageNet

#: ONNX keeps an LSTM's gates as input, output, forget, cell; torch as input, forget, cell, output.
GATES = (0, 2, 3, 1)


def load_shipped(net: LanguageNet, folder: Path) -> list[str]:
    """Fill ``net`` from ``language.onnx`` and ``language.npz``; returns what stayed as it was."""
    graph = onnx.load(str(folder / "language.onnx")).graph
    values = {x.name: numpy_helper.to_array(x) for x in graph.initializer}
    state = {k: v.clone() for k, v in net.state_dict().items()}
    filled: set[str] = set()

    def put(name: str, value: np.ndarray) -> None:
        if tuple(value.shape) != tuple(state[name].shape):
            raise ValueError(
                f"{name}: {value.shape} in the shipped model, {state[name].shape} here"
            )
        state[name] = torch.from_numpy(np.ascontiguousarray(value, dtype=np.float32))
        filled.add(name)

    for name, value in values.items():
        bare = name.removeprefix("net.")
        if name.startswith("net.") and bare in state:
            put(bare, value)
    for node in graph.node:
        for source in node.input:
            if source.endswith("_quantized") and source in values:
                stem = source.removesuffix("_quantized")
                floats = values[source].astype(np.float32) * values[stem + "_scale"]
                if stem == "net.arc":
                    put("arc", floats)
                else:
                    put(_module(node.name) + ".weight", floats.T)
        if node.op_type == "LSTM":
            _recurrent(node, values, put)
    arrays = np.load(folder / "language.npz")
    put("cases.weight", arrays["cases"])
    put("layouts.weight", arrays["layouts"])
    put("label.weight", arrays["label_weight"].T)
    put("label.bias", arrays["label_bias"])
    for name in ("transitions", "name_transitions"):
        if name in arrays:
            put(name, arrays[name])
    put("mix", np.log(np.array(_mixed(graph, values))))
    net.load_state_dict(state)
    return sorted(set(state) - filled)


def _module(node: str) -> str:
    """``/name/name.0/name.0.0/MatMul_quant`` → ``name.0.0``: inner blocks repeat the outer name."""
    parts = node.strip("/").split("/")[:-1]
    kept = [
        x for x, after in zip(parts, [*parts[1:], ""], strict=True) if not after.startswith(x + ".")
    ]
    return ".".join(kept)


def _recurrent(node: onnx.NodeProto, values: dict[str, np.ndarray], put) -> None:
    """The LSTM's weights, its gates in torch's order."""
    inputs, again, bias = (values[x] for x in node.input[1:4])
    for number, end in enumerate(("", "_reverse")):
        gates = lambda x: np.concatenate([np.split(x, 4)[g] for g in GATES])  # noqa: E731
        put(f"recurrent.weight_ih_l0{end}", gates(inputs[number]))
        put(f"recurrent.weight_hh_l0{end}", gates(again[number]))
        first, second = np.split(bias[number], 2)
        put(f"recurrent.bias_ih_l0{end}", gates(first))
        put(f"recurrent.bias_hh_l0{end}", gates(second))


def _mixed(graph: onnx.GraphProto, values: dict[str, np.ndarray]) -> list[float]:
    """How the last three layers are weighed: the scalars that multiply their outputs."""
    made_by = {out: node for node in graph.node for out in node.output}
    found: dict[int, float] = {}
    for node in graph.node:
        scalars = [x for x in node.input if x in values and values[x].ndim == 0]
        if node.op_type != "Mul" or len(scalars) != 1:
            continue
        state = next(x for x in node.input if x not in scalars)
        maker = made_by.get(state)
        for layer in range(LAYERS - 3, LAYERS):
            if maker is not None and f"layers.{layer}/norm2" in maker.name:
                found[layer] = float(values[scalars[0]])
    if len(found) != 3:
        raise ValueError("the weights of the last three layers were not found in the graph")
    return [found[layer] for layer in sorted(found)]
