"""Checks that the documentation tells the truth: generated pages and the excerpt are current, links lead
somewhere, every key of a record is named, and every Python block of README.md and docs/ runs.

    python docs/check.py
"""

from __future__ import annotations

import dataclasses
import os
import re
import sys
import tempfile
import traceback
from pathlib import Path

from build import DOCS, PAGES, README, readme

from dragoman.model import (
    Claim,
    CodedBy,
    Commitment,
    Count,
    Counts,
    Entity,
    Event,
    Note,
    Paragraph,
    Participant,
    Place,
    Run,
    Source,
    Statement,
    StatusChange,
    Story,
)

ROOT = DOCS.parent
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
BLOCK = re.compile(r"^```python\n(.*?)^```", re.S | re.M)


def stale_pages() -> list[str]:
    """Generated pages that the program would write otherwise."""
    return [
        f"docs/{name} is not what docs/build.py writes; run it"
        for name, page in PAGES.items()
        if not (DOCS / name).exists() or (DOCS / name).read_text("utf-8") != page()
    ]


def stale_excerpt() -> list[str]:
    """The excerpt in README.md when ``dragoman read`` shows the example otherwise."""
    if README.read_text("utf-8") == readme():
        return []
    return ["README.md: its excerpt is not what the program shows; run docs/build.py excerpt"]


def dead_links(path: Path) -> list[str]:
    """Links of a page to files that are not there."""
    return [
        f"{path.relative_to(ROOT)}: no such file: {target}"
        for target in LINK.findall(path.read_text("utf-8"))
        if not (path.parent / target).exists()
    ]


def failing_blocks(path: Path) -> list[str]:
    """Python blocks of a page that raise, run in order in one namespace, in an empty folder
    that holds the examples."""
    names: dict[str, object] = {"__name__": path.stem}
    for number, source in enumerate(BLOCK.findall(path.read_text("utf-8")), 1):
        try:
            exec(compile(source, f"{path.name} block {number}", "exec"), names)
        except Exception:  # noqa: BLE001  (whatever a block raises is what we report)
            return [f"{path.relative_to(ROOT)} block {number}:\n{traceback.format_exc(limit=2)}"]
    return []


def undocumented_keys() -> list[str]:
    """Fields of a record that docs/record.md does not name."""
    words = set(re.findall(r"\w+", (DOCS / "record.md").read_text("utf-8")))
    return [
        f"docs/record.md does not name {kind.__name__}.{item.name}"
        for kind in (Story, Note, Paragraph, Entity, Event, Participant, Place, Counts, Count,
                     CodedBy, Statement, Source, Claim, Commitment, StatusChange, Run)
        for item in dataclasses.fields(kind)
        if item.name not in words
    ]  # fmt: skip


def main() -> int:
    """Check everything; 1 when something is wrong."""
    pages = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.glob("*.md"))]
    problems = stale_pages() + stale_excerpt() + undocumented_keys()
    for page in pages:
        problems += dead_links(page)
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(ROOT / "examples", Path(folder) / "examples")
        os.chdir(folder)
        for page in pages:
            problems += failing_blocks(page)
    print(*problems, sep="\n")
    print(f"{len(pages)} pages read, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
