"""Fits who denies what another asserts: ``coding/data/disputes.json.gz`` and ``.npz``.

    python training/disputes.py                 # fits, prints figures out of fold, writes the card
    python training/disputes.py --check-only    # figures out of fold alone

The stories and their contested claims are those of ``disputes_coded.py``. The language model's
parse is asked for denials and candidates (``coding/claim_denials.py``,
``coding/claim_disputes.py``); a dispute is right where words of both sides' names are the coder's:
the exam's own rule. Figures and card are made in ``disputes_card.py``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

import dragoman
from disputes_card import Given, met_by, report, write_card
from disputes_coded import ELSEWHERE, Part, meets, part_of, read_coded, told_of
from dragoman.coding import claim_disputes as disputes
from dragoman.coding import claims
from dragoman.coding.claim_asserters import Weighing, candidates
from dragoman.coding.claim_denials import rows_of_denials
from dragoman.coding.second_opinion import Network
from dragoman.coding.trees import Trees
from dragoman.fitted import keep
from event_judge import as_data
from second_opinion import Size, fit

FOLDS = 6
#: Weight of a right candidate whose account is not the coder's words.
OTHER_WORDS = 0.5
#: Sizes of the trees of both stages.
FIRST = {"n_estimators": 150, "learning_rate": 0.05, "max_depth": 4, "min_samples_leaf": 10}
SECOND = {"n_estimators": 300, "learning_rate": 0.03, "max_depth": 5, "min_samples_leaf": 5}
#: Their second opinions.
FIRST_NETWORK = Size(seen=48, hidden=96, passes=12, rate=3e-3, dropped=0.3, seen_dropped=0.5)
SECOND_NETWORK = Size(seen=48, hidden=64, passes=12, rate=2e-3, dropped=0.3, seen_dropped=0.5)
#: Probability of a denial from which its asserter is asked for while fitting.
GATE = 0.05


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

    def stage(inside: list[int]) -> tuple[dict, dict[str, np.ndarray]]:
        inside = [i for i in inside if rows[i] is not None]
        right = np.concatenate([parts[i].denies for i in inside])
        weight = np.concatenate([parts[i].weight for i in inside])
        table = np.concatenate([rows[i] for i in inside])
        states = np.concatenate([parts[i].states for i in inside])
        return (boosted(table, right, weight, seed, FIRST),
                fit(table, states, right > 0, weight, seed, FIRST_NETWORK))  # fmt: skip

    chances = [np.zeros(0)] * len(parts)
    for out in folds:
        trees, arrays = stage([i for i in range(len(parts)) if i not in set(out)])
        fitted, network = Trees(trees), Network(arrays)
        for i in out:
            if rows[i] is not None:
                chances[i] = network.agreed(fitted.chances(rows[i]), rows[i], parts[i].states)
    found = [First(c, h[1]) for c, h in zip(chances, held, strict=True)]
    trees, arrays = stage(list(range(len(parts))))
    return found, {"denies": probe(parts, "denies"), "asserts": probe(parts, "asserts"),
                   "denial": trees, "network": arrays}  # fmt: skip


@dataclass
class Asked:
    """A denial's candidates: in numbers, in what the encoder knows of them, whether right, weight."""

    place: int
    held: list
    rows: np.ndarray
    states: np.ndarray
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
            states = weighing.states(place, held).astype(np.float16)
            found.append(Asked(place, held, weighing.rows(place, held), states, right, weight))
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


def second(
    asked: list[list[Asked]], inside: Sequence[int], seed: int
) -> tuple[dict, dict[str, np.ndarray]]:
    """The second stage, fitted on denials whose asserter is among those who are asked about."""
    every = [item for i in inside for item in asked[i] if item.right.any()]
    rows, states, right, weight = (
        np.concatenate([getattr(x, name) for x in every])
        for name in ("rows", "states", "right", "weight")
    )
    return (boosted(rows, right, weight, seed, SECOND),
            fit(rows, states, right > 0, weight, seed, SECOND_NETWORK))  # fmt: skip


def given(parts: Sequence[Part], first: Sequence[First], asked: list[list[Asked]],
          folds: list[list[int]], seed: int) -> list[Given]:  # fmt: skip
    """What would be given, however unlikely, on each story by what was fitted without it."""
    found: list[Given] = []
    for out in folds:
        fitted, arrays = second(asked, [i for i in range(len(parts)) if i not in set(out)], seed)
        trees, network = Trees(fitted), Network(arrays)
        for i in out:
            every: list[disputes.Dispute] = []
            for item in asked[i]:
                told_by = network.agreed(
                    trees.chances(item.rows), item.rows, item.states.astype(np.float32)
                )
                chances = first[i].chances[item.place] * told_by
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


def fitted(parts: Sequence[Part], options) -> tuple[dict, dict[str, np.ndarray], list[Given]]:
    """The numbers and arrays that ship, and what is given on stories that were left out."""
    folds = folded(parts)
    first, tables = first_out_of_fold(parts, folds, options.seed)
    asked = [asked_of(part, one) for part, one in zip(parts, first, strict=True)]
    told = given(parts, first, asked, folds, options.seed)
    factor, summand = scale(told)
    for item in told:
        odds = factor * np.log(item.chance / (1 - item.chance)) + summand
        item.chance = float(1 / (1 + np.exp(-odds)))
    trees, arrays = second(asked, range(len(parts)), options.seed)
    networks = {"denial": tables.pop("network"), "dispute": arrays}
    named = {f"{name}_{key}": x for name, held in networks.items() for key, x in held.items()}
    tables |= {
        "dispute": trees,
        "scale": [factor, summand], "least": options.least,
        "ruled": ruled_alone(parts, told, options.least),
    }  # fmt: skip
    return tables, named, told


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


def main() -> None:
    options = arguments().parse_args()
    coder = dragoman.load()
    coded = read_coded()
    parts = [part_of(name, told_of(coder, name), claims_of) for name, claims_of in coded.items()]
    write(parts, options)


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--least", type=float, default=0.1)
    parser.add_argument("--check-only", action="store_true")
    return parser


def write(parts: Sequence[Part], options) -> None:
    """Fit, print, and write the numbers and their card."""
    tables, arrays, told = fitted(parts, options)
    table = report(parts, told)
    if options.check_only:
        return
    keep(disputes.FILE, tables)
    np.savez_compressed(disputes.NETWORKS, **arrays)
    for file in (disputes.FILE, disputes.NETWORKS):
        print(f"{file}: {file.stat().st_size / 1e3:.0f} kB")
    write_card(parts, table, folds=FOLDS, least=options.least, ruled=tables["ruled"])


if __name__ == "__main__":
    main()
