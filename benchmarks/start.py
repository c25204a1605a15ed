"""How fast things start: ``dragoman --help``, ``import dragoman``, ``dragoman.load()``.

python benchmarks/start.py
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

ROUNDS = 7


def best(*words: str) -> float:
    """The shortest of several runs of a Python command line, seconds."""
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        subprocess.run([sys.executable, *words], check=True, capture_output=True)
        times.append(time.perf_counter() - begin)
    return round(min(times), 3)


def main() -> None:
    figures = {
        "python_seconds": best("-c", "pass"),
        "import_seconds": best("-c", "import dragoman"),
        "help_seconds": best("-m", "dragoman.cli", "--help"),
    }
    inside = (
        "import time, resource; import spacy, onnxruntime, numpy\n"
        "b = time.perf_counter(); import dragoman; c = dragoman.load(); c.code(dragoman.Story(text='A met B.'))\n"
        "print(time.perf_counter() - b, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", inside], check=True, capture_output=True, text=True
    )
    seconds, megabytes = map(float, done.stdout.split())
    figures |= {
        "load_and_first_story_seconds": round(seconds, 3),
        "resident_megabytes": round(megabytes),
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
