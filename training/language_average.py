"""Averages the weights of language runs that went on from one and the same.

    python training/language_average.py OUTPUT RUN RUN ...    # folders with checkpoint.pt

Runs that differ in their seeds and settings alone stay near each other, so that the mean of their
weights is a network too, and reads a little better than any of them. OUTPUT goes to
``language_export.py``.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("runs", type=Path, nargs="+")
    options = parser.parse_args()
    found = [
        torch.load(run / "checkpoint.pt", map_location="cpu", weights_only=False)["net"]
        for run in options.runs
    ]
    mean = {k: sum(net[k].float() for net in found) / len(found) for k in found[0]}
    options.output.mkdir(parents=True, exist_ok=True)
    torch.save({"net": mean}, options.output / "checkpoint.pt")
    shutil.copy(options.runs[0] / "vocabulary.json", options.output)


if __name__ == "__main__":
    main()
