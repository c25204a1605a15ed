"""The article body of real pages: ours beside plain trafilatura, in one run.

usage: python benchmarks/reading.py [FOLDER] [-v]

FOLDER holds ``ground-truth.json`` ({id: {articleBody, url}}) and ``html/id.html.gz``; default
../shared/corpora/pages. Figures: precision and recall over four-word shingles, averaged per page,
and their F1; CPU milliseconds a page, mean, median and worst. The pages are also scored in two
halves (by id), to show how far the figures move with the choice of pages. -v lists pages under 0.95.
"""

from __future__ import annotations

import collections
import gzip
import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEFAULT = Path(__file__).resolve().parent.parent.parent / "shared" / "corpora" / "pages"


@dataclass(frozen=True)
class Page:
    name: str
    html: bytes
    url: str | None
    truth: str


def pages(folder: Path) -> list[Page]:
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    return [
        Page(name, gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()), item.get("url"), item["articleBody"])
        for name, item in sorted(truth.items())
    ]  # fmt: skip


def shingles(text: str) -> collections.Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return collections.Counter(zip(*[words[start:] for start in range(4)], strict=False))


def ours(page: Page) -> str:
    from dragoman.reading import read

    return read(page.html, url=page.url).text


def plain_trafilatura(page: Page) -> str:
    import trafilatura

    return trafilatura.extract(page.html, include_comments=False) or ""


def trafilatura_with_metadata(page: Page) -> str:
    """Title, date and publisher too, as ours always gives; its text has a header of fields."""
    import trafilatura

    found = trafilatura.bare_extraction(page.html, include_comments=False, with_metadata=True)
    return (found.text or "") if found else ""  # type: ignore[union-attr]


def score(
    reader: Callable[[Page], str], sample: list[Page], verbose: bool = False
) -> dict[str, Any]:
    precisions, recalls, times, failed = [], [], [], 0
    for page in sample:
        started = time.process_time()
        try:
            text = reader(page)
        except Exception as error:  # noqa: BLE001 — a benchmark counts failures of any kind
            text, failed = "", failed + 1
            print(page.name[:8], type(error).__name__, str(error)[:100], file=sys.stderr)
        times.append(1000 * (time.process_time() - started))
        wanted, found = shingles(page.truth), shingles(text)
        shared = sum((wanted & found).values())
        precisions.append(shared / sum(found.values()) if found else float(not wanted))
        recalls.append(shared / max(1, sum(wanted.values())))
        if verbose and min(precisions[-1], recalls[-1]) < 0.95:
            print(f"  {page.name[:8]} p {precisions[-1]:.3f} r {recalls[-1]:.3f} {page.url}")
    p, r = statistics.mean(precisions), statistics.mean(recalls)
    return {
        "f1": round(2 * p * r / (p + r), 4), "p": round(p, 4), "r": round(r, 4), "n": len(sample),
        "failed": failed, "ms_mean": round(statistics.mean(times)),
        "ms_median": round(statistics.median(times)), "ms_worst": round(max(times)),
    }  # fmt: skip


def main(arguments: list[str]) -> int:
    folders = [Path(item) for item in arguments if not item.startswith("-")]
    sample = pages(folders[0] if folders else DEFAULT)
    verbose = "-v" in arguments
    for reader in (plain_trafilatura, trafilatura_with_metadata, ours):
        reader(sample[0])  # imports and tables are not the page's cost
        print(json.dumps({reader.__name__: score(reader, sample, verbose and reader is ours)}))
    for name, half in (("even pages", sample[::2]), ("odd pages", sample[1::2])):
        both = {reader.__name__: score(reader, half)["f1"] for reader in (plain_trafilatura, ours)}
        print(json.dumps({name: both}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
