"""Which stories are one telling: syndicated copies and rewrites of the same report.

Candidates share a band of a MinHash over five-word shingles (``rensa``); the texts are then
aligned: the share of the shorter story's four-word shingles that the longer one has too.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from dragoman.ledger import words

PERMUTATIONS, ROWS = 96, 3  # 32 bands of 3 rows: pairs of Jaccard 0.3 are met in 58 %, 0.5 in 99 %
DAYS_APART = 14
# A rewrite keeps whole phrases; two reports of one event by two newsrooms share under a tenth
# of their four-word shingles, agency copy apart.
SHARED = 0.45


@lru_cache(maxsize=2_000)
def shingles(text: str, size: int) -> frozenset[str]:
    """Runs of ``size`` words; the whole text when it is shorter."""
    found = words.words(text)
    if len(found) < size:
        return frozenset({" ".join(found)} if found else ())
    return frozenset(" ".join(found[i : i + size]) for i in range(len(found) - size + 1))


def bands(text: str) -> list[int]:
    """Locality-sensitive hashes of the text: stories that share one are compared."""
    from rensa import RMinHash

    found = sorted(shingles(text[:20_000], 3))
    if not found:
        return []
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=7)
    sketch.update(found)
    digest = sketch.digest()
    made = []
    for number in range(0, PERMUTATIONS, ROWS):
        value = number
        for part in digest[number : number + ROWS]:
            value = (value * 1_000_003 ^ int(part)) & 0xFFFFFFFFFFFFFFFF
        made.append(value)
    return made


def shared(first: str, second: str) -> float:
    """Share of the shorter text's four-word shingles found in the longer one, 0–1."""
    one, two = shingles(first, 4), shingles(second, 4)
    if not one or not two:
        return 0.0
    return len(one & two) / min(len(one), len(two))


def one_telling(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Whether two stories (rows of ``story_rows``) are copies or rewrites of one report."""
    one: date
    two: date
    one, two = first["day"], second["day"]
    if abs((one - two).days) > DAYS_APART:
        return False
    return shared(first["text"], second["text"]) >= SHARED
