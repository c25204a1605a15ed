"""Fits where names of people are at home, for ``entities/person_names.py``.

    python training/person_names.py NAMES   # writes entities/data/person_names.npz and its card

NAMES is ``name2nats.pkl`` of the package name2nat 0.5.1 (Apache-2.0; ``pip download --no-deps
name2nat==0.5.1``, and unpack it): a million names of people in
Wikipedia with the nationalities of their articles' categories. It has few or no names of some states
whose adjectives are not formed as most are (Turkish, Polish, Spanish, Swedish, Danish, Finnish,
Croatian, Slovene, Uzbek): names that Faker (MIT) makes stand in for these; and the people of our own
lexicon count twenty times, but a quarter of them, on which it is measured.
"""

from __future__ import annotations

import argparse
import csv
import pickle
import random
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from faker import Faker

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from dragoman.entities.person_names import BUCKETS, FILE, PersonNames, parts

LEXICON = Path(__file__).parents[1] / "src" / "dragoman" / "lexicon" / "data"
CARD = FILE.with_name("PERSON_NAMES_CARD.md")
#: Nationalities of the names that are no adjective or noun of the lexicon's states.
OTHERS = {
    "English": "GBR", "Welsh": "GBR", "Manx": "GBR", "Gibraltarian": "GBR", "Bermudian": "GBR",
    "Catalan": "ESP", "Basque": "ESP", "Breton": "FRA", "Tibetan": "CHN", "Faroese": "DNK",
    "Aruban": "NLD", "Bosniak": "BIH",
}  # fmt: skip
AMBIGUOUS = frozenset({"Syriac", "Tamil"})
#: Locales whose names stand in for a country's, and how many.
MADE = {
    "tr_TR": ("TUR", 12_000), "pl_PL": ("POL", 12_000), "es_ES": ("ESP", 12_000),
    "sv_SE": ("SWE", 8_000), "fi_FI": ("FIN", 6_000), "da_DK": ("DNK", 6_000),
    "hr_HR": ("HRV", 5_000), "sl_SI": ("SVN", 3_000), "uz_UZ": ("UZB", 2_000),
    "az_AZ": ("AZE", 2_000),
}  # fmt: skip
LATIN = 0x250
OWN, TESTED = 20, 0.25  # how often a person of the lexicon counts; share that only measures
WIDTH, EPOCHS, BATCH, RATE, SEED = 32, 6, 1024, 4e-3, 7
HIGHEST = 5  # whole numbers up to it are kept: 127 tell no more, and take twice the room
RANKS = (1, 5, 10)
TEXT = """# Where names of people are at home

Tells of a person's name how likely it is of each of {countries} countries, were all alike
(`person_names.py`): the mean of {width} numbers for each of its words and their parts of two to five
letters, {buckets:,} numbers in all, whole from -{highest} to {highest}. It decides nothing by itself: the network of
homes weighs it with what the story tells, among the countries that the story speaks of.

Fitted by `python training/person_names.py NAMES` (seed {seed}) on {names:,} names: those of people in Wikipedia
with the nationalities of their articles (name2nat 0.5.1, Apache-2.0), names made by Faker (MIT) for states
that are rare there, and people of the lexicon. Of {tested:,} people of the lexicon that it was not fitted on, the right
country of all {countries} is the likeliest for {right[0]:.0f} per cent, among the five likeliest for {right[1]:.0f}, among ten for {right[2]:.0f}.

Limits: a name is no passport. People of emigrants' families, and states that share their names (the
Arab states, Spanish America, the two Koreas, English-speaking states), are told apart badly or not at all.
"""


class Names(NamedTuple):
    """Names, their countries, and how much each counts."""

    names: list[str]
    codes: list[str]
    weights: list[float]

    def add(self, name: str, code: str, weight: float) -> None:
        for column, value in zip(self, (name, code, weight), strict=True):
            column.append(value)  # type: ignore[attr-defined]


class Plain(pickle.Unpickler):
    """Reads lists, dicts and strings, and nothing that could run."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is no name and no nationality")


def table(file: str) -> list[dict[str, str]]:
    """The rows of a table of the lexicon."""
    lines = (LEXICON / file).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t"))


def nationalities() -> dict[str, str]:
    """Adjective or noun of a people → code of its country."""
    found: dict[str, str] = {}
    for row in table("countries.tsv"):
        for column in ("adjectives", "nouns"):
            for word in row[column].split("|"):
                found.setdefault(word, row["country"])
    return {**found, **OTHERS}


def collected(file: Path) -> tuple[Names, list[tuple[str, str]]]:
    """What is fitted on, and people of the lexicon to measure on."""
    held = Names([], [], [])
    of = nationalities()
    with file.open("rb") as stream:
        people: dict[str, list[str]] = Plain(stream).load()
    for name, told in people.items():
        codes = sorted({of[word] for word in told if word in of and word not in AMBIGUOUS})
        for code in codes:
            held.add(re.sub(r"\s*\(.*?\)", "", name), code, 1 / len(codes))
    for locale, (code, many) in MADE.items():
        maker = Faker(locale)
        maker.seed_instance(SEED)
        for _ in range(many):
            name = f"{maker.first_name()} {maker.last_name()}"
            if all(ord(letter) < LATIN for letter in name):
                held.add(name, code, 1.0)
    order, tested = random.Random(SEED), []
    for row in table("people.tsv"):
        if row["country"] not in ("", "IGO", "NGO", "UNO", "EUR", "MNC"):
            if order.random() < TESTED:
                tested.append((row["name"], row["country"]))
                continue
            for _ in range(OWN):
                held.add(row["name"], row["country"], 1.0)
    return held, tested


def fitted(held: Names) -> dict[str, np.ndarray]:
    """What ``PersonNames`` is made of. Countries count by the root of how many names they have."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    order = np.random.default_rng(SEED)
    times: Counter[str] = Counter()
    for code, weight in zip(held.codes, held.weights, strict=True):
        times[code] += weight  # type: ignore[assignment]
    codes = sorted(times)
    column = {code: place for place, code in enumerate(codes)}
    right = np.array([column[code] for code in held.codes])
    many = np.array([times[code] for code in codes])
    shares = many**0.5 / (many**0.5).sum()
    weights = np.array(held.weights) * (shares / many)[right]
    weights = (weights / weights.mean()).astype(np.float32)
    read = [np.array(parts(name), dtype=np.int32) for name in held.names]
    known = torch.nn.EmbeddingBag(BUCKETS, WIDTH, mode="mean", sparse=True)
    torch.nn.init.uniform_(known.weight, -0.1, 0.1)
    last = torch.nn.Linear(WIDTH, len(codes))
    optimisers = (torch.optim.SparseAdam(list(known.parameters()), lr=RATE),
                  torch.optim.Adam(last.parameters(), lr=RATE))  # fmt: skip
    steps, step = EPOCHS * (len(read) // BATCH + 1), 0
    for _ in range(EPOCHS):
        shuffled = order.permutation(len(read))
        for first in range(0, len(read), BATCH):
            chosen = shuffled[first : first + BATCH]
            sizes = np.array([len(read[place]) for place in chosen])
            words = torch.from_numpy(
                np.concatenate([read[place] for place in chosen]).astype(np.int64)
            )
            scores = last(known(words, torch.from_numpy(np.cumsum(sizes) - sizes)))
            losses = torch.nn.functional.cross_entropy(
                scores, torch.from_numpy(right[chosen]), reduction="none"
            )
            for optimiser in optimisers:
                optimiser.param_groups[0]["lr"] = RATE * (1 - step / steps) + 1e-5
                optimiser.zero_grad()
            (losses * torch.from_numpy(weights[chosen])).mean().backward()
            for optimiser in optimisers:
                optimiser.step()
            step += 1
    made = known.weight.detach().numpy()
    scale = np.abs(made).max(1) / HIGHEST + 1e-9
    return {
        "table": np.round(made / scale[:, None]).astype(np.int8),
        "scale": scale.astype(np.float16),
        "out": last.weight.detach().numpy().astype(np.float16),
        "bias": (last.bias.detach().numpy() - np.log(shares)).astype(np.float16),
        "codes": np.array(codes),
    }


def measured(model: PersonNames, tested: list[tuple[str, str]]) -> list[float]:
    """Per cent of people whose country is among the likeliest, for each of ``RANKS``."""
    ranks = []
    for name, code in tested:
        scores = model.weighed(name)
        own = scores[model.place[code]] if code in model.place else -np.inf
        ranks.append(int((scores > own).sum()))
    return [100 * float(np.mean([rank < least for rank in ranks])) for least in RANKS]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", type=Path)
    held, tested = collected(parser.parse_args().names)
    arrays = fitted(held)
    model = PersonNames(arrays)
    right = measured(model, tested)
    np.savez_compressed(FILE, **arrays)
    text = TEXT.format(countries=len(model.place), width=WIDTH, buckets=BUCKETS * WIDTH, seed=SEED, highest=HIGHEST,
                       names=len(held.names), tested=len(tested), right=right)  # fmt: skip
    CARD.write_text(text, encoding="utf-8")
    print(f"{right}; {FILE}: {FILE.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
