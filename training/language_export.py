"""Exports a trained language model to src/dragoman/language/data (ONNX, int8).

python training/language_export.py OUTPUT [--data FOLDER] [--float]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
import warnings
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from language_net import Encoder, LanguageNet, minilm

DATA = Path(__file__).parents[1] / "src" / "dragoman" / "language" / "data"
#: Places below this one hold the special pieces and the gaps between them.
FIRST_WORDS = 104
#: Letters of names in Latin script, with the apostrophes that are letters, and four other signs.
LATIN = re.compile("[\0-\u024f\u02b0-\u02ff\u0259\u2212\u2044\u2192]")
#: Kinds of signs beyond Latin letters that news has: punctuation, currencies, numbers, bullets.
PLAIN = frozenset({"Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Sc", "No", "So"})
OUTPUTS = [
    "states",
    "start",
    "tag",
    "universal",
    "name",
    "arc",
    "p",
    "q",
    "r",
    "s",
    "speech",
    "link",
    "event",
    "role",
]


class OneWindow(nn.Module):
    """The network as the run time calls it: one window, no padding, no batch dimension in the outputs."""

    def __init__(self, net: LanguageNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, embedded: torch.Tensor, firsts: torch.Tensor) -> tuple[torch.Tensor, ...]:
        net = self.net
        h = net.from_embedded(embedded, firsts)
        x = net.around(h)
        halves = net.label_halves(h)
        found = (h, net.start(h)[..., 0], net.tag(h), net.universal(h), net.named(h, x),
                 net.arcs(h), *halves, *net.spoken(x), *net.told(h, x))  # fmt: skip
        return tuple(x[0] for x in found)


def load(folder: Path) -> tuple[LanguageNet, dict[str, list[str]]]:
    """The trained network and its vocabularies."""
    vocabulary = json.loads((folder / "vocabulary.json").read_text())
    net = LanguageNet(Encoder(), {k: len(v) for k, v in vocabulary.items()})
    net.load_state_dict(torch.load(folder / "checkpoint.pt", map_location="cpu")["net"])
    return net.eval(), vocabulary


def export(folder: Path, to: Path, floats: bool) -> None:
    net, vocabulary = load(folder)
    to.mkdir(parents=True, exist_ok=True)
    write_table(net.encoder.words.weight.detach().numpy(), to)
    plain = folder / "float.onnx"
    example = (torch.randn(1, 23, 384), torch.arange(1, 18)[None])
    axes = {"embedded": {1: "pieces"}, "firsts": {1: "words"}}
    axes |= {x: {0: "words"} for x in OUTPUTS} | {
        x: {0: "words", 1: "heads"} for x in ("arc", "link")
    }
    axes["role"] = {1: "words", 2: "heads"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(OneWindow(net), example, str(plain), input_names=["embedded", "firsts"],
                          output_names=OUTPUTS, dynamic_axes=axes, opset_version=20, dynamo=False)  # fmt: skip
    target = to / "language.onnx"
    if floats:
        target.write_bytes(plain.read_bytes())
    else:
        quantize(plain, target)
    np.savez(
        to / "language.npz",
        cases=net.cases.weight.detach().numpy(),
        layouts=net.layouts.weight.detach().numpy(),
        label_weight=net.label.weight.detach().numpy().T.copy(),
        label_bias=net.label.bias.detach().numpy(),
        transitions=net.transitions.detach().numpy(),
        name_transitions=net.name_transitions.detach().numpy(),
        **{f"names_{k}": np.array(v) for k, v in vocabulary.items()},
    )
    print({p.name: round(p.stat().st_size / 1e6, 2) for p in sorted(to.iterdir())})


def write_table(weights: np.ndarray, to: Path) -> None:
    """The word-piece table as signed bytes with a scale a row, and its tokenizer.

    Args:
        weights: (pieces of MiniLM, width); the rows of pieces that are not kept are left out.
        to: folder of ``pieces.npy``, ``pieces_scale.npy`` and ``tokenizer.json``.
    """
    tokenizer = json.loads((minilm() / "tokenizer.json").read_text(encoding="utf-8"))
    vocabulary = tokenizer["model"]["vocab"]
    kept = [piece for piece in sorted(vocabulary, key=vocabulary.get) if is_kept(piece, vocabulary)]
    weights = weights[[vocabulary[piece] for piece in kept]]
    scales = np.maximum(np.abs(weights).max(1, keepdims=True) / 127, 1e-12).astype(np.float32)
    np.save(to / "pieces.npy", np.rint(weights / scales).astype(np.int8))
    np.save(to / "pieces_scale.npy", scales)
    tokenizer["model"]["vocab"] = {piece: number for number, piece in enumerate(kept)}
    written = json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))
    (to / "tokenizer.json").write_text(written, encoding="utf-8")


def is_kept(piece: str, vocabulary: Mapping[str, int]) -> bool:
    """Whether English text can need the piece: no empty place, no letter of another script.

    Nor a sign of phonetics or algebra, nor a mark that goes on a word, which no text gives: marks
    are split off. Words of other scripts are unknown then, whole. The first places stay, so that
    the special pieces keep theirs.
    """
    if vocabulary[piece] < FIRST_WORDS:
        return True
    signs = piece.removeprefix("##")
    if piece.startswith("[unused") or (signs != piece and _is_mark(signs)):
        return False
    return all(LATIN.fullmatch(x) or unicodedata.category(x) in PLAIN for x in signs)


def _is_mark(signs: str) -> bool:
    """One sign that BERT's tokenizer parts from its neighbours."""
    ascii_mark = signs.isascii() and signs.isprintable() and not signs.isalnum()
    return len(signs) == 1 and (ascii_mark or unicodedata.category(signs).startswith("P"))


def quantize(plain: Path, target: Path) -> None:
    """Weights of matrix products as seven-bit integers, one scale a column.

    Seven bits, because CPUs without VNNI instructions add two products in sixteen bits: with
    eight they would saturate, and two machines would give two parses.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    prepared = plain.with_name("prepared.onnx")
    quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(str(prepared), str(target), op_types_to_quantize=["MatMul", "Gemm"],
                     per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--float", action="store_true", dest="floats")
    options = parser.parse_args()
    export(options.model, options.data, options.floats)


if __name__ == "__main__":
    main()
