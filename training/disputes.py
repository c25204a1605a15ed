"""Fits who denies what another asserts: ``coding/data/disputes.json``.

    python training/disputes.py                 # fits, prints figures out of fold, writes the card
    python training/disputes.py --check-only    # figures out of fold alone

``data/claims/contested.tsv`` holds stories read whole, with their contested claims: code points of
the words that name each side, of the words that assert and of those that deny, and how plain it is
(1 any coder marks it, 3 arguable). The language model's parse is asked for denials and candidates
(``coding/claim_denials.py``, ``coding/claim_disputes.py``); a dispute is right where words of both
sides' names are the coder's: the exam's own rule.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

import dragoman
from dragoman.coding import claim_disputes as disputes
from dragoman.coding import claims
from dragoman.coding.claim_asserters import Weighing, candidates
from dragoman.coding.claim_denials import Told, denial_rows, rows_of_denials, states_of
from dragoman.coding.trees import Trees
from event_judge import as_data
from language_events import spans, story_of, story_text

TABLE = Path(__file__).parent / "data" / "claims" / "contested.tsv"
CARD = disputes.FILE.with_name("DISPUTES_CARD.md")
TEXT = """# Disputes

Says which words deny what another party in the story asserts, who asserts it and where: boosted trees
(`claim_denials.py`, `claim_asserters.py`, `claim_disputes.py`) over the words, the parties, what each tells, the events of
charging and refusing, and two weighed sums of the language model's states.

Fitted by `python training/disputes.py` (seed 7) on {stories} stories read whole, in which {claims} contested
claims were coded by hand for this project (`training/data/claims`: code points). The stories are from
`ahalterman/NGEC` (newspaper stories on one conflict, machine-written stories), PolNeAR (campaign news), re3d,
EWT and GUM, and in the manner of news agencies, written for this project (`wire.jsonl`); most of the others were picked for words of denying, accusing or claiming. How plain a claim is: 1 any coder
would mark it, 2 it is told indirectly, 3 it may be argued about.

On stories that were left out, in {folds} folds; a claim is met where somebody on each side is the coder's (a word
of the name, or a mention in the coder's words), and of what is given as much is right as meets one:

{table}
Shipped: from {least}. The confidence of a contested claim is the share of such claims that are right; of two
parties that plain rules alone put at odds it is {ruled}.

Limits: one coder read each story; charges by those whom the story does not name ("reports", "some") are met
only where the tables of entities hold them; of two disputes between the same two parties the surer is given.
"""
FOLDS = 6
#: Weight of a denial by a coder's denier that is elsewhere in the story, and of a right candidate
#: whose account is not the coder's words.
ELSEWHERE, OTHER_WORDS = 0.3, 0.5
#: Sizes of the trees of both stages.
FIRST = {"n_estimators": 150, "learning_rate": 0.05, "max_depth": 4, "min_samples_leaf": 10}
SECOND = {"n_estimators": 300, "learning_rate": 0.03, "max_depth": 5, "min_samples_leaf": 5}
#: Probability of a denial from which its asserter is asked for while fitting.
GATE = 0.05
LEAST = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)


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


def joined(parts: Sequence[Part], name: str) -> np.ndarray:
    return np.concatenate([getattr(part, name) for part in parts if len(part.rows)])


def probe(parts: Sequence[Part], target: str) -> dict[str, Any]:
    """A weighed sum of the states, by logistic regression."""
    from sklearn.linear_model import LogisticRegression

    states, right = joined(parts, "states"), joined(parts, target) > 0
    mean, size = states.mean(0), states.std(0) + 1e-6
    model = LogisticRegression(C=0.001, max_iter=200, class_weight={True: 4, False: 1})
    model.fit((states - mean) / size, right, sample_weight=joined(parts, "weight"))
    weights = model.coef_[0] / size
    bias = float(model.intercept_[0] - weights @ mean)
    without = float((states @ weights).mean() + bias)
    return {"weights": [round(float(x), 5) for x in weights], "bias": round(bias, 5),
            "without": round(without, 3)}  # fmt: skip


def boosted(rows: np.ndarray, right: np.ndarray, weight: np.ndarray, seed: int, size: dict) -> dict:
    """Trees as plain numbers."""
    from sklearn.ensemble import GradientBoostingClassifier

    model = GradientBoostingClassifier(
        subsample=0.6, max_features=0.25, random_state=seed, **size
    ).fit(rows, right, sample_weight=weight)  # fmt: skip
    share = float((weight * right).sum() / weight.sum())
    return {"start": round(float(np.log(share / (1 - share))), 5), "trees": as_data(model)}


def odds_of(parts: Sequence[Part], target: str, on: Sequence[Part]) -> list[np.ndarray]:
    held = disputes.Probe(probe(parts, target))
    return [held.odds(p.states, len(p.rows)) for p in on]


def folded(parts: Sequence[Part]) -> list[list[int]]:
    """Places of the stories of each fold; both kinds and sizes are spread over all."""
    order = sorted(
        range(len(parts)), key=lambda i: (int(parts[i].name[1:]) * 7919 % 1009, parts[i].name)
    )
    return [order[number::FOLDS] for number in range(FOLDS)]


@dataclass
class First:
    """What the first stage says of a story's denials."""

    chances: np.ndarray
    asserts: np.ndarray


def first_out_of_fold(
    parts: Sequence[Part], folds: list[list[int]], seed: int
) -> tuple[list[First], dict]:
    """The first stage's answer for each story by what was fitted without it, and the whole's tables."""
    held = [(np.zeros(0), np.zeros(0))] * len(parts)
    for out in folds:
        inside = [parts[i] for i in range(len(parts)) if i not in set(out)]
        on = [parts[i] for i in out]
        for i, one, other in zip(
            out, odds_of(inside, "denies", on), odds_of(inside, "asserts", on), strict=True
        ):
            held[i] = one, other
    rows = [
        rows_of_denials(part.told, part.rows, *held[i]) if len(part.rows) else None
        for i, part in enumerate(parts)
    ]

    def trees(inside: list[int]) -> dict:
        inside = [i for i in inside if rows[i] is not None]
        right = np.concatenate([parts[i].denies for i in inside])
        weight = np.concatenate([parts[i].weight for i in inside])
        return boosted(np.concatenate([rows[i] for i in inside]), right, weight, seed, FIRST)

    chances = [np.zeros(0)] * len(parts)
    for out in folds:
        fitted = Trees(trees([i for i in range(len(parts)) if i not in set(out)]))
        for i in out:
            if rows[i] is not None:
                chances[i] = fitted.chances(rows[i])
    found = [First(c, h[1]) for c, h in zip(chances, held, strict=True)]
    return found, {"denies": probe(parts, "denies"), "asserts": probe(parts, "asserts"),
                   "denial": trees(list(range(len(parts))))}  # fmt: skip


@dataclass
class Asked:
    """A denial's candidates: in numbers, whether right, weight."""

    place: int
    held: list
    rows: np.ndarray
    right: np.ndarray
    weight: np.ndarray


def asked_of(part: Part, first: First) -> list[Asked]:
    """A story's likelier denials with everybody who may assert what they deny."""
    found = []
    weighing = Weighing(part.told, first.chances, first.asserts, part.ruled)
    for place in np.flatnonzero(first.chances >= GATE).tolist():
        held = candidates(part.told, part.told.denials[place])
        if held:
            right, weight = judged(part, place, held)
            found.append(Asked(place, held, weighing.rows(place, held), right, weight))
    return found


def judged(part: Part, place: int, held: list) -> tuple[np.ndarray, np.ndarray]:
    """Which candidates are the coder's: those of his words, else any row of the right party."""
    right, weight = np.zeros(len(held)), np.ones(len(held))
    denial = part.told.denials[place]
    for claim, (one, other) in zip(part.coded, part.sides, strict=True):
        if not other & set(denial.denying):
            continue
        party = [i for i, item in enumerate(held) if item.entity in one]
        told = [
            i
            for i in party
            if held[i].account is not None and meets(held[i].account, claim.asserted)
        ]
        for i in party:
            right[i] = max(right[i], float(meets(denial, claim.denied)))
            weight[i] = (
                ELSEWHERE if not right[i] else OTHER_WORDS if told and i not in told else 1.0
            )
    return right, weight


def second(asked: list[list[Asked]], inside: Sequence[int], seed: int) -> dict:
    """The second stage, fitted on denials whose asserter is among those who are asked about."""
    every = [item for i in inside for item in asked[i] if item.right.any()]
    rows, right, weight = (
        np.concatenate([getattr(x, name) for x in every]) for name in ("rows", "right", "weight")
    )
    return boosted(rows, right, weight, seed, SECOND)


@dataclass
class Given:
    """One dispute given on a story that was left out: how likely, and the claims it meets."""

    story: int
    chance: float
    met: list[int]
    ruled: bool


def given(parts: Sequence[Part], first: Sequence[First], asked: list[list[Asked]],
          folds: list[list[int]], seed: int) -> list[Given]:  # fmt: skip
    """What would be given, however unlikely, on each story by what was fitted without it."""
    found: list[Given] = []
    for out in folds:
        trees = Trees(second(asked, [i for i in range(len(parts)) if i not in set(out)], seed))
        for i in out:
            every: list[disputes.Dispute] = []
            for item in asked[i]:
                chances = first[i].chances[item.place] * trees.chances(item.rows)
                every += disputes.chosen(parts[i].told, item.place, item.held, chances, 0.03)
            for dispute in disputes.once_each(every):
                pair = dispute.asserting[0], dispute.denying[0]
                met = met_by(parts[i], dispute.asserting, dispute.denying)
                found.append(Given(i, dispute.confidence, met, pair in parts[i].ruled))
    return found


def scale(told: Sequence[Given]) -> list[float]:
    """Factor and summand that make the log-odds of what is given those of its being right."""
    from sklearn.linear_model import LogisticRegression

    odds = np.array([np.log(x.chance / (1 - x.chance)) for x in told])
    model = LogisticRegression(C=100.0).fit(odds[:, None], np.array([bool(x.met) for x in told]))
    return [round(float(model.coef_[0, 0]), 4), round(float(model.intercept_[0]), 4)]


def met_by(part: Part, asserting: Sequence[str], denying: Sequence[str]) -> list[int]:
    """The coder's claims between two sides."""
    return [
        n for n, (one, other) in enumerate(part.sides)
        if one & set(asserting) and other & set(denying)
    ]  # fmt: skip


def line(parts: Sequence[Part], told: Sequence[Given], least: float, wanted) -> str:
    """One row of the table: how many are given, rightly, and which of the coder's are met."""
    out = [x for x in told if x.chance >= least and wanted(parts[x.story].name)]
    hit = {(x.story, n) for x in out for n in x.met}
    coded, met = Counter(), Counter()
    for i, part in enumerate(parts):
        if wanted(part.name):
            for n, claim in enumerate(part.coded):
                coded[claim.sure] += 1
                met[claim.sure] += (i, n) in hit
    right = sum(bool(x.met) for x in out)
    shares = " | ".join(f"{met[k] / max(1, coded[k]):.2f}" for k in (1, 2, 3))
    every = sum(coded.values())
    return (f"| {least} | {len(out)} | {every} | {right / max(1, len(out)):.2f} | {shares} "
            f"| {sum(met.values()) / max(1, every):.2f} |")  # fmt: skip


def fitted(parts: Sequence[Part], options) -> tuple[dict, list[Given]]:
    """The numbers that ship, and what is given on stories that were left out."""
    folds = folded(parts)
    first, tables = first_out_of_fold(parts, folds, options.seed)
    asked = [asked_of(part, one) for part, one in zip(parts, first, strict=True)]
    told = given(parts, first, asked, folds, options.seed)
    factor, summand = scale(told)
    for item in told:
        odds = factor * np.log(item.chance / (1 - item.chance)) + summand
        item.chance = float(1 / (1 + np.exp(-odds)))
    tables |= {
        "dispute": second(asked, range(len(parts)), options.seed),
        "scale": [factor, summand], "least": options.least,
        "ruled": ruled_alone(parts, told, options.least),
    }  # fmt: skip
    return tables, told


def ruled_alone(parts: Sequence[Part], told: Sequence[Given], least: float) -> float:
    """How many of those whom plain rules put at odds, and the trees do not, are so."""
    known = {(x.story, n) for x in told if x.chance >= least for n in x.met}
    right = wrong = 0
    for i, part in enumerate(parts):
        rules = claims.by_rules(
            part.told.doc, part.told.story, part.told.index, part.told.events, part.told.statements
        )
        for item in rules:
            denied = [key for key in item.denied_by if key not in item.asserted_by]
            if not item.asserted_by or not denied:
                continue
            met = met_by(part, item.asserted_by, denied)
            right += bool(met) and not any((i, n) in known for n in met)
            wrong += not met
    return round((right + 1) / (right + wrong + 2), 3)


KINDS = (
    ("all", lambda name: True),
    ("without campaign news", lambda name: name[0] != "p"),
    ("newspaper and reports alone", lambda name: name[0] in "gre"),
    ("in the manner of agencies alone", lambda name: name[0] == "w"),
)
HEAD = (
    "| given from | given | coded | rightly | of sure 1 met | of sure 2 | of sure 3 | of all |\n"
    "|---|---|---|---|---|---|---|---|"
)


def report(parts: Sequence[Part], told: Sequence[Given]) -> str:
    """Figures on stories that were left out."""
    found = []
    for name, wanted in KINDS:
        number = sum(wanted(part.name) for part in parts)
        found += [f"{name[0].upper()}{name[1:]} ({number} stories):", "", HEAD]
        found += [*(line(parts, told, least, wanted) for least in LEAST), ""]
    print("\n".join(found))
    return "\n".join(found)


def main() -> None:
    options = arguments().parse_args()
    coder = dragoman.load()
    coded = read_coded()
    parts = [part_of(name, told_of(coder, name), claims_of) for name, claims_of in coded.items()]
    write(parts, options)


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--least", type=float, default=0.15)
    parser.add_argument("--check-only", action="store_true")
    return parser


def write(parts: Sequence[Part], options) -> None:
    """Fit, print, and write the numbers and their card."""
    tables, told = fitted(parts, options)
    table = report(parts, told)
    if options.check_only:
        return
    disputes.FILE.write_text(json.dumps(tables, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{disputes.FILE}: {disputes.FILE.stat().st_size / 1e3:.0f} kB")
    number = sum(len(part.coded) for part in parts)
    CARD.write_text(
        TEXT.format(stories=len(parts), claims=number, table=table, folds=FOLDS, least=options.least,
                    ruled=tables["ruled"]), encoding="utf-8")  # fmt: skip


if __name__ == "__main__":
    main()
