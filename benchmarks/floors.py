"""Fails when a figure on the dev data falls under its floor in ``floors.toml``.

    python benchmarks/floors.py [NAME...] [--raise]

Each name is a set of ``../shared/exam/score.py``; figures of sets the models were trained on are
read from the out-of-fold predictions that training left in ``training/figures``; those of a file
of this folder are printed by it. Without ``../shared`` (or scipy, for coreference) the floors that
need it are skipped, and the output says so.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
#: Stories in our own words, coded by hand: "gold", which patterns were tuned on, and some kept aside.
STORIES = HERE.parent / "tests" / "data"
SCORE = HERE.parents[1] / "shared" / "exam" / "score.py"


def flat(data: dict[str, object], prefix: str = "") -> dict[str, float]:
    """``{"a": {"b": 1}}`` as ``{"a.b": 1}``; numbers only."""
    found: dict[str, float] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            found.update(flat(value, f"{prefix}{key}."))
        elif isinstance(value, int | float):
            found[prefix + key] = float(value)
    return found


def measure(name: str, source: str = "exam") -> dict[str, float]:
    """The figures of one set, by the exam's own file or by that of this folder.

    Args:
        source: "exam", "benchmark", or "kept": the exam's file over the stories kept aside under that name.
    """
    if source == "kept":
        return {
            f"{part}.{key}": value
            for part in ("gold", "speech", "contested")
            for key, value in scored(part, [str(SCORE), part], STORIES / name).items()
        }
    command = [str(SCORE), name] if source == "exam" else [str(HERE / f"{name}.py")]
    return scored(name, command, STORIES / "gold")


def scored(name: str, command: list[str], gold: Path) -> dict[str, float]:
    """The figures that a command prints as JSON under a name."""
    done = subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, check=False,
        env={"EXAM_GOLD": str(gold), **os.environ, "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines:
        raise SystemExit(f"{name}: no figure\n{done.stderr[-2000:]}")
    return flat(json.loads(lines[-1])[name])


def stored(name: str) -> dict[str, float]:
    """Figures of ``training/figures/<name>.json``, made by cross-validation."""
    return flat(json.loads((HERE.parent / "training" / "figures" / f"{name}.json").read_text()))


def main() -> int:
    wanted = [item for item in sys.argv[1:] if not item.startswith("-")]
    floors = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))
    failed = skipped = 0
    for name, bounds in floors.items():
        if wanted and name not in wanted:
            continue
        source = bounds.pop("from", "exam")
        if source != "stored" and not SCORE.exists():
            skipped += 1
            print(f"{name}: skipped, ../shared is absent")
            continue
        if source == "benchmark" and importlib.util.find_spec("scipy") is None:
            skipped += 1
            print(f"{name}: skipped, scipy is absent")
            continue
        figures = stored(name) if source == "stored" else measure(name, source)
        for key, floor in flat(bounds).items():
            low = not key.startswith("most.")
            value = figures[key.removeprefix("most.")]
            good = value >= floor if low else value <= floor
            failed += not good
            print(f"{'ok  ' if good else 'FAIL'} {name} {key.removeprefix('most.')} {value:.4f} "
                  f"({'at least' if low else 'at most'} {floor})")  # fmt: skip
    print(f"floors: {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
