"""Stories with their contested claims, coded by hand, beside what the package finds in them.

``data/claims/contested.tsv`` holds stories read whole: code points of the words that name each side
of a claim, of the words that assert and of those that deny, and how plain it is (1 any coder marks
it, 3 arguable).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import dragoman
from dragoman.coding import claims
from dragoman.coding.claim_denials import Told, denial_rows, states_of
from language_events import spans, story_of, story_text

TABLE = Path(__file__).parent / "data" / "claims" / "contested.tsv"
#: Weight of a denial by a coder's denier that is elsewhere in the story than the coder's words.
ELSEWHERE = 0.3


@dataclass
class Coded:
    """A contested claim in code points: names of both sides, words that assert and that deny."""

    asserters: list[tuple[int, int]]
    deniers: list[tuple[int, int]]
    asserted: tuple[int, int]
    denied: tuple[int, int]
    sure: int


@dataclass
class Part:
    """One story: its denials in numbers, and for each whether a coder's claim is denied there.

    ``sides``: of each coder's claim, the entities that assert and those that deny.
    """

    name: str
    told: Told
    coded: list[Coded]
    sides: list[tuple[set[str], set[str]]]
    ruled: frozenset[tuple[str, str]]
    rows: np.ndarray
    states: np.ndarray
    denies: np.ndarray
    weight: np.ndarray
    asserts: np.ndarray


def words(text: str) -> set[str]:
    """The exam's words: three letters or more, without a few that say nothing."""
    return set(re.findall(r"[a-z]{3,}", text.lower())) - {"the", "and", "said", "his", "her"}


def read_coded() -> dict[str, list[Coded]]:
    """Story → its contested claims.

    Raises:
        ValueError: a span lies outside its story.
    """
    found: dict[str, list[Coded]] = {}
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t"), 2):
            held = found.setdefault(row["story"], [])
            if not row["asserted"]:
                continue
            text = story_text(row["story"])
            cells = [spans(row[key]) for key in ("asserters", "deniers", "asserted", "denied")]
            if any(not 0 <= a < b <= len(text) for cell in cells for a, b in cell):
                raise ValueError(f"{TABLE}:{number}: a span outside the story")
            held.append(Coded(*cells[:2], cells[2][0], cells[3][0], int(row["sure"])))
    return found


def told_of(coder: dragoman.Coder, name: str) -> Told:
    """A story with everything that claims are found from."""
    story = story_of(name)
    doc = coder.parse(story.text)
    index = dragoman.entities.find(doc, story, coder.resolver)
    statements = dragoman.coding.find_statements(doc, story, index)
    events = dragoman.coding.attribute(coder._events(doc, story, index), statements, doc)
    return Told(doc, story, index, events, statements)


def parties(told: Told, names: Sequence[tuple[int, int]]) -> set[str]:
    """The entities that a coder's names are of: by a word of their name, or a mention there."""
    text = told.story.text
    wanted = words(" ".join(text[a:b] for a, b in names))
    found = {
        key for key, item in told.index.entities.items()
        if words(f"{item.name} {item.country}") & wanted
    }  # fmt: skip
    there = [m for m in told.index.mentions if any(m.start < b and m.end > a for a, b in names)]
    return found | {item.entity for mention in there for item in told.index.participants(mention)}


def part_of(name: str, told: Told, coded: list[Coded]) -> Part:
    """A story's denials in numbers, with what the coder says of them."""
    rules = claims.by_rules(told.doc, told.story, told.index, told.events, told.statements)
    sides = [(parties(told, x.asserters), parties(told, x.deniers)) for x in coded]
    number = len(told.denials)
    denies, weight, asserts = np.zeros(number), np.ones(number), np.zeros(number)
    for i, item in enumerate(told.denials):
        for claim, (one, other) in zip(coded, sides, strict=True):
            if other & set(item.denying):
                denies[i] = max(denies[i], meets(item, claim.denied))
                weight[i] = ELSEWHERE
            if one & set(item.denying) and meets(item, claim.asserted):
                asserts[i] = 1
    weight[denies > 0] = 1
    states = states_of(told)
    return Part(name, told, coded, sides, claims.at_odds(rules), denial_rows(told),
                states if states is not None else np.zeros((0, 0)), denies, weight, asserts)  # fmt: skip


def meets(item: Any, span: tuple[int, int]) -> bool:
    """Whether words share more than their edges with a coder's."""
    return item.start - 3 < span[1] and item.end + 3 > span[0]
