"""Learns when two accounts are at odds: the weights of ``coding/data/rebuttal_weights.tsv``.

usage: rebuttals.py [--check-only] FOLDER...

A folder holds stories coded by hand in the exam's format, one JSON file each; each entry of
"claims_contested" also has the words of both sides, "asserted" and "denied". A pair of accounts is
right where both parties are the coder's and two fifths of the coder's words stand in each. Weights
keep the sign that reason gives them: of 40 stories or 400, none can learn that "denied" agrees.
What is printed is the recall and the number given by score, each story weighed by weights fitted
without its eighth of the stories.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import dragoman
from dragoman.coding import claim_rebuttals as rebuttals
from dragoman.coding.accounts import accounts_of

FOLDS = 8
PENALTY = 3.0
#: Weight of a pair that is right, of one between right parties about something else, and of one
#: that is taken for right because the claim has no better pair.
RIGHT, BESIDE, FOR_WANT_OF_BETTER = 15.0, 0.1, 7.5
SHARE = 0.4  # of the coder's words that stand in an account of the claim
LESS = frozenset({"far", "thought", "answer_thought", "hypothetical", "unnamed"})
LEAST = 0.5
MEANINGS = {
    "denies": "the answer's cue denies",
    "refutes": "the answer calls something untrue",
    "negates": "the answer's clause is negated, the account's is not",
    "insists": "the answer's cue holds to what is disputed",
    "turns": "a word of contrast stands before the answer in its sentence",
    "own": "the answer speaks of its own side (we, our)",
    "charge": "the account is an accusation",
    "countercharge": "both are accusations",
    "claim": "the account is told as a claim",
    "accused": "the account names the party that answers",
    "blamed": "the account has the party that answers act against somebody",
    "addresses": "the answer names the party of the account",
    "hostile": "the story tells of conflict between the two",
    "contrary": "words that cannot both be so (contraries.tsv)",
    "shared": "content words in common, 0 to 4",
    "share": "content words in common over those of the shorter",
    "kinship": "how far the nearest nouns are nearer than unrelated ones, 0 to 0.7",
    "meaning": "cosine of the encoder's vectors",
    "adjacent": "nobody else gives an account between the two",
    "near": "less than 250 code points apart",
    "far": "more than 900 code points apart",
    "thought": "the account is told as a belief",
    "answer_thought": "the answer is told as a belief",
    "hypothetical": "the account says what would or could be",
    "unnamed": "all who give the account are unnamed",
    "bias": "",
    "least": "score from which a pair is given",
}


@dataclass
class Pair:
    """Signs of two accounts and the coder's claims between the same parties, with the words met."""

    signs: list[float]
    dispute: rebuttals.Dispute
    met: list[tuple[int, float, float]]


@dataclass
class Coded:
    """One story's pairs of accounts and the number of its contested claims."""

    name: str
    claims: int
    pairs: list[Pair]


def words(text: str) -> set[str]:
    """The exam's words: three letters or more, without a few that say nothing."""
    return set(re.findall(r"[a-z]{3,}", text.lower())) - {"the", "and", "said", "his", "her"}


def coded(folders: Iterable[Path], coder: dragoman.Coder) -> list[Coded]:
    """All pairs of accounts of the stories in some folders."""
    files = [file for folder in folders for file in sorted(folder.glob("*.json"))]
    return [_story(json.loads(file.read_text(encoding="utf-8")), coder) for file in files]


def _story(gold: dict[str, Any], coder: dragoman.Coder) -> Coded:
    story = dragoman.Story(text=gold["text"], published=gold.get("published") or None)
    doc = coder.parse(story.text)
    index = dragoman.entities.find(doc, story, coder.resolver)
    statements = dragoman.coding.find_statements(doc, story, index)
    events = dragoman.coding.attribute(coder._events(doc, story, index), statements, doc)
    accounts = accounts_of(doc, story, index, events, statements)
    hostile = rebuttals.at_odds(events, index)
    names = {key: f"{item.name} {item.country}" for key, item in index.entities.items()}
    pairs: list[Pair] = []
    for place, answer in enumerate(accounts):
        if answer.statement is None:
            continue
        for i in rebuttals.before(accounts, place):
            sides = rebuttals.sides_of(accounts[i], answer)
            if sides is None:
                continue
            signs = rebuttals.signs_of(
                accounts[i], answer, sides, index, hostile, accounts[i + 1 : place]
            )
            dispute = rebuttals.Dispute(accounts[i], answer, *sides, confidence=0.0)
            met = list(_met(gold, dispute, names, story.text))
            pairs.append(Pair([float(signs[name]) for name in rebuttals.SIGNS], dispute, met))
    return Coded(gold["id"], len(gold["claims_contested"]), pairs)


def _met(
    gold: dict[str, Any], dispute: rebuttals.Dispute, names: dict[str, str], text: str
) -> Iterable[tuple[int, float, float]]:
    """The coder's claims between a dispute's parties: number, share of the words of each side."""
    one = words(" ".join(names[key] for key in dispute.asserting))
    other = words(" ".join(names[key] for key in dispute.denying))
    asserted = words(dispute.asserted.proposition.text)
    answer = words(text[dispute.answer.start : dispute.answer.end])
    for number, claim in enumerate(gold["claims_contested"]):
        if not one & words(" ".join(claim["asserted_by"])):
            continue
        if not other & words(" ".join(claim["denied_by"])):
            continue
        told = words(claim["asserted"]) - {"that", "had"}
        denied = words(claim["denied"])
        yield (
            number,
            len(asserted & told) / max(1, len(told)),
            len(answer & denied) / max(1, len(denied)),
        )


def table(stories: Sequence[Coded]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Signs, whether right, and weight of every pair of some stories."""
    signs, right, weight = [], [], []
    for story in stories:
        have = {n for p in story.pairs for n, a, d in p.met if a >= SHARE and d >= SHARE}
        for pair in story.pairs:
            good = any(a >= SHARE and d >= SHARE for _, a, d in pair.met)
            only = any(n not in have and max(a, d) >= 0.5 for n, a, d in pair.met)
            signs.append(pair.signs)
            right.append(float(good or only))
            weight.append(
                RIGHT if good else FOR_WANT_OF_BETTER if only else BESIDE if pair.met else 1.0
            )
    return np.array(signs), np.array(right), np.array(weight)


def fitted(stories: Sequence[Coded]) -> np.ndarray:
    """Weights of the signs and the bias: logistic regression, each weight on its own side of zero."""
    from scipy.optimize import minimize

    signs, right, weight = table(stories)

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        chance = 1 / (1 + np.exp(-(signs @ values[:-1] + values[-1])))
        told = np.where(right > 0, chance, 1 - chance)
        wrong = weight * (chance - right)
        size = -(weight * np.log(told + 1e-9)).sum() + PENALTY * (values[:-1] ** 2).sum()
        return size, np.append(signs.T @ wrong + 2 * PENALTY * values[:-1], wrong.sum())

    bounds = [(None, 0) if name in LESS else (0, None) for name in rebuttals.SIGNS]
    start = np.append(np.zeros(len(rebuttals.SIGNS)), -3.0)
    return minimize(loss, start, jac=True, bounds=[*bounds, (None, None)], method="L-BFGS-B").x


def given(story: Coded, values: np.ndarray, least: float) -> tuple[int, int]:
    """Claims met and disputes given in a story: the best account of each answer, one per two parties."""
    best: dict[int, tuple[float, Pair]] = {}
    for pair in story.pairs:
        score = float(np.dot(pair.signs, values[:-1]) + values[-1])
        key = id(pair.dispute.answer)
        if score >= least and (key not in best or best[key][0] < score):
            best[key] = (score, pair)
    parties: dict[tuple[frozenset[str], frozenset[str]], tuple[float, Pair]] = {}
    for score, pair in best.values():
        both = (pair.dispute.asserted.own, pair.dispute.answer.own)
        if both not in parties or parties[both][0] < score:
            parties[both] = (score, pair)
    return len({n for _, pair in parties.values() for n, _, _ in pair.met}), len(parties)


def main() -> None:
    """Print the figures out of fold and write the weights."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--check-only", action="store_true")
    arguments.add_argument("folders", nargs="+", type=Path)
    wanted = arguments.parse_args()
    stories = coded(wanted.folders, dragoman.load())
    claims = sum(story.claims for story in stories)
    values = [fitted([s for i, s in enumerate(stories) if i % FOLDS != k]) for k in range(FOLDS)]
    for least in (2.0, 1.5, 1.0, 0.7, LEAST, 0.0):
        counts = [given(story, values[i % FOLDS], least) for i, story in enumerate(stories)]
        met, out = (sum(column) for column in zip(*counts, strict=True))
        print(f"score {least:.1f}: {met} of {claims} met, {out} given")
    if wanted.check_only:
        return
    final = dict(zip((*rebuttals.SIGNS, "bias"), fitted(stories), strict=True)) | {"least": LEAST}
    path = rebuttals.DATA / "rebuttal_weights.tsv"
    head = "# Weights of the signs that two accounts are at odds (claim_rebuttals.py).\n"
    head += f"# Made by training/rebuttals.py from {len(stories)} stories coded by hand, {claims} contested claims.\n"
    lines = [f"{name}\t{value:.3f}\t{MEANINGS[name]}\n" for name, value in final.items()]
    path.write_text(head + "sign\tweight\tmeaning\n" + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
