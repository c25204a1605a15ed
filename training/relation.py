"""Make the relation model, or only measure it by cross-validation.

    python training/relation.py                     # all of it; hours of one core, minutes of a GPU
    python training/relation.py --cross-validate    # stops after the out-of-fold figures

Stage one teaches the encoder of the shipped language model the codebook from the project's own
rows and the synthetic stories. Stage two goes on with the PLV and AW pairs and a share of the own
rows, once without each fold and once with everything, a quarter of the spans hidden; stage three
reads a part of them once more with every word in sight. Both are gone through three times with
other seeds and the weights averaged. The out-of-fold scores fit the combiner.
Seeds are fixed; what is finished is kept in ``training/work/relation`` and not done again.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from sklearn.model_selection import StratifiedKFold

import relation_card
from corpora import CORPORA
from dragoman.coding.relation_lexicon import look_up
from relation_combine import CLASSES, OutOfFold, chances, fit, label, nested, settings, write
from relation_data import (
    CONFLICT,
    COOPERATION,
    Row,
    binary_pairs,
    empty_pairs,
    own_pairs,
    plover_pairs,
    quiet_pairs,
    swaps,
    synthetic_stories,
    told_pairs,
)
from relation_export import export
from relation_trainer import Stage, Trainer, train

ROOT = Path(__file__).parents[1]
WORK = Path(__file__).parent / "work" / "relation"
DATA = ROOT / "src" / "dragoman" / "coding" / "data"
FOUND = ROOT / "benchmarks" / "relation_out_of_fold.json"
FIGURES = ROOT / "training" / "figures" / "relation.json"
VERSION = "2026.11.4"
FOLDS, THRESHOLD = 5, 0.4
#: Networks that differ in their random parts alone, trained from stage one on and averaged.
TURNS = 3
#: Number of types on a side: the name under which the folds of the AW pairs were once drawn.
AW_SIDES = {True: len(CONFLICT), False: len(COOPERATION)}
STAGE_ONE = Stage(2, 1.3e-4, 8e-4, seed=3)
STAGE_TWO = Stage(5, 1.3e-4, 8e-4, frozen=2, veil=0.25)
STAGE_THREE = Stage(1, 8e-5, 4e-4, frozen=2, average_from=0.4)


def stage_one(own: list[Row]) -> Path:
    """The checkpoint of stage one, made unless it is there."""
    target = WORK / "first.pt"
    if target.exists():
        return target
    countries = json.loads((CORPORA / "reference" / "countries.json").read_text(encoding="utf-8"))
    names = {country["name"]["common"] for country in countries}
    names |= {"United States", "U.S.", "Russia", "UN", "United Nations", "EU", "NATO"}

    def draw(chance: random.Random) -> list[Row]:
        stories = synthetic_stories(names, chance)
        chance.shuffle(stories)
        exchanged = [row for row in swaps(own) if chance.random() < 0.45]
        rows = stories[:1000] + own + exchanged + list(empty_pairs(own, chance))
        return rows + chance.sample(told, 3000) + chance.sample(apart, 1500)

    told, apart = _told_and_apart()
    trainer = Trainer()
    trainer.warm_start()
    train(trainer, draw, STAGE_ONE, "stage one")
    torch.save(trainer.network.state_dict(), target)
    return target


def _told_and_apart() -> tuple[list[Row], list[Row]]:
    """Pairs of the annotated stories: those joined by an event, and those that are not."""
    rows = told_pairs()
    return [r for r in rows if r.holds], [r for r in rows if not r.holds]


def stage_two(own: list[Row], pairs: list[Row], binary: list[Row], fold: int, turn: int) -> Trainer:
    """The network of ``fold`` (-1: all rows) and ``turn`` after stage two, made unless it is there."""
    target = WORK / f"second{fold}-{turn}.pt"
    trainer = Trainer()
    if target.exists():
        trainer.network.load_state_dict(torch.load(target, map_location="cpu"))
        return trainer
    trainer.network.load_state_dict(torch.load(stage_one(own), map_location="cpu"))
    quiet = quiet_pairs(600, lambda text: not any(look_up(text, None, None).near), random.Random(3))

    told, apart = _told_and_apart()

    def draw(chance: random.Random) -> list[Row]:
        rows = mixed(own, 650, pairs, chance) + binary + chance.sample(quiet, 90)
        return rows + chance.sample(told, 250) + chance.sample(apart, 150)

    stage = replace(STAGE_TWO, seed=10 + fold + 100 * turn)
    train(trainer, draw, stage, f"stage two, fold {fold}, turn {turn}")
    torch.save(trainer.network.state_dict(), target)
    return trainer


def stage_three(
    own: list[Row], pairs: list[Row], binary: list[Row], fold: int, turn: int
) -> Trainer:
    """The network of ``fold`` and ``turn`` after stage three, made unless it is there."""
    trainer = stage_two(own, pairs, binary, fold, turn)
    target = WORK / f"third{fold}-{turn}.pt"
    if target.exists():
        trainer.network.load_state_dict(torch.load(target, map_location="cpu"))
        return trainer

    def draw(chance: random.Random) -> list[Row]:
        return mixed(own, 300, pairs, chance) + chance.sample(binary, len(binary) // 2)

    stage = replace(STAGE_THREE, seed=40 + fold + 100 * turn)
    train(trainer, draw, stage, f"stage three, fold {fold}, turn {turn}")
    torch.save(trainer.network.state_dict(), target)
    return trainer


def finished(own: list[Row], pairs: list[Row], binary: list[Row], fold: int) -> Trainer:
    """The network of ``fold`` as it is measured or shipped: the mean of its turns' weights."""
    trainer = stage_three(own, pairs, binary, fold, 0)
    mean = trainer.network.state_dict()
    for turn in range(1, TURNS):
        more = stage_three(own, pairs, binary, fold, turn).network.state_dict()
        mean = {k: v + (more[k] - v) / (turn + 1) for k, v in mean.items()}
    trainer.network.load_state_dict(mean)
    return trainer


def mixed(own: list[Row], number: int, pairs: list[Row], chance: random.Random) -> list[Row]:
    """The PLV pairs and ``number`` own rows, with exchanged and empty pairs made of them."""
    exchanged = [row for row in swaps(pairs) if chance.random() < 0.3]
    some = chance.sample(own, number)
    exchanged += [row for row in swaps(some) if chance.random() < 0.4]
    return pairs + exchanged + some + list(empty_pairs(some, chance))


def splits(labels: list[object], seed: int = 7) -> list[tuple[np.ndarray, np.ndarray]]:
    """Row numbers inside and outside each fold."""
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    return list(folds.split(labels, [str(item) for item in labels]))


def exchanged(rows: list[Row]) -> list[Row]:
    """The rows with actor and recipient exchanged."""
    return [replace(row, actor=row.recipient, recipient=row.actor) for row in rows]


def cross_validate(
    own: list[Row], pairs: list[Row], binary: list[Row], folds: list[int]
) -> tuple[OutOfFold, list[dict[str, str]]]:
    """Out-of-fold scores of the PLV pairs, and gold and found class of the AW pairs."""
    pair_splits = splits([label(row) for row in pairs])
    binary_splits = splits([AW_SIDES[row.types <= CONFLICT] for row in binary])
    rows, parts, answers = [], [], []
    for fold in folds:
        inside, outside = pair_splits[fold]
        known, kept = binary_splits[fold]
        trainer = finished(own, [pairs[n] for n in inside], [binary[n] for n in known], fold)
        kept_rows = [pairs[n] for n in outside]
        parts.append((
            np.full(len(outside), fold),
            *trainer.predict(kept_rows),
            *trainer.predict(exchanged(kept_rows)),
        ))  # fmt: skip
        rows += kept_rows
        kept_binary = [binary[n] for n in kept]
        answers.append((kept_binary, *trainer.predict(kept_binary)))
    found = OutOfFold(rows, *(np.concatenate(column) for column in zip(*parts, strict=True)))
    return found, binary_answers(pairs, answers)


def binary_answers(
    pairs: list[Row], answers: list[tuple[list[Row], np.ndarray, np.ndarray]]
) -> list[dict[str, str]]:
    """Gold and found ("0" cooperation, "1" conflict; no event counts as "1") of the AW pairs."""
    weights, bias = fit(pairs)
    result = []
    for rows, kinds, holds in answers:
        lines = chances(rows, kinds, weights, bias)
        for row, line, held in zip(rows, lines, holds, strict=True):
            unlikely = 1.0 / (1.0 + np.exp(-held)) < THRESHOLD
            conflict = unlikely or CLASSES[int(line.argmax())] in CONFLICT
            gold = "1" if row.types <= CONFLICT else "0"
            result.append({"gold": gold, "found": "1" if conflict else "0"})
    return result


def scores_of(lines: np.ndarray, holds: np.ndarray) -> list[dict[str, float]]:
    """Class probabilities with NONE, for each row."""
    share = 1.0 / (1.0 + np.exp(-holds))
    return [
        {
            **{name: round(float(c * s), 4) for name, c in zip(CLASSES, line, strict=True)},
            "NONE": round(float(1.0 - s), 4),
        }
        for line, s in zip(lines, share, strict=True)
    ]


def store(found: OutOfFold, pairs: list[Row], binary: list[dict[str, str]]) -> None:
    """Write what ``benchmarks/relation.py`` reads. Sentences are not stored."""
    other_way = replace(
        found, rows=exchanged(found.rows), kinds=found.swapped_kinds, holds=found.swapped_holds
    )
    forward = scores_of(nested(found, pairs), found.holds)
    back = scores_of(nested(found, pairs, other_way), found.swapped_holds)
    lines = zip(found.rows, found.fold, forward, back, strict=True)
    content = {
        "version": VERSION,
        "threshold": THRESHOLD,
        "pairs": [
            {
                "gold": label(row),
                "fold": int(fold),
                "scores": scores,
                "swapped": swapped if row.actor and row.recipient else None,
            }
            for row, fold, scores, swapped in lines
        ],
        "binary": binary,
    }
    write(FOUND, content, indent=None)
    figures = relation_card.measured(FOUND)
    figures.pop("reliability")
    FIGURES.parent.mkdir(parents=True, exist_ok=True)
    write(FIGURES, figures)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--cross-validate", action="store_true", help="stop after the figures")
    parser.add_argument("--folds", default="0,1,2,3,4", help="folds to hold out, comma-separated")
    options = parser.parse_args()
    torch.set_num_threads(1)
    WORK.mkdir(parents=True, exist_ok=True)
    own, pairs, binary = own_pairs(), plover_pairs(), binary_pairs()
    folds = [int(fold) for fold in options.folds.split(",")]
    found, answers = cross_validate(own, pairs, binary, folds)
    store(found, pairs, answers)
    if options.cross_validate:
        return
    trainer = finished(own, pairs, binary, -1)
    export(trainer.network.cpu(), DATA)
    write(DATA / "relation.json", settings(pairs, VERSION, THRESHOLD))
    relation_card.write_card(FOUND, DATA / "RELATION_CARD.md", own, folds, VERSION)


if __name__ == "__main__":
    main()
