"""Fits which country people and bodies are of whose own words tell none.

    python training/homes.py              # writes entities/data/homes.json and its card
    python training/homes.py --check-only # only measures, in five folds

A party of the annotated stories (``data/events/events.tsv``) that coreference leaves without a country
is one example: the countries its story speaks of, and which of them the coder gave it ("" where he
gave none). The rows are those of ``entities/home_features.py``. A side of an event counts where it
has one party, or one country for all of them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from dragoman.coder import Coder, load
from dragoman.entities.coreference import Coreference
from dragoman.entities.drafts import DraftMaker
from dragoman.entities.find import day_of, days_of
from dragoman.entities.home_features import SHARED, Scene
from dragoman.entities.homes import FILE, HomeModel
from dragoman.entities.locate import call_again, join_compounds, keep_counted, leave_states, settle
from dragoman.entities.unplaced import open_entities
from dragoman.model import Story
from language_events import read_table, spans, story_of

EVENTS = Path(__file__).parent / "data" / "events" / "events.tsv"
#: Stories that are read in neither training nor fitting.
CHECK = EVENTS.with_name("check.tsv")
CARD = FILE.with_name("HOMES_CARD.md")
#: Codes that the coders gave several of for one party.
BODIES = frozenset({"IGO", "UNO", "EUR"})
GROUPS = {"s": "machine-written", "p": "campaign news"}
WEIGHTS = {"machine-written": 0.6, "campaign news": 0.4, "other real": 2.0}
FOLDS, NETS, HIDDEN, EPOCHS, BATCH, MOST = 5, 2, 16, 15, 64, 4
RATE, DECAY, DROPPED = 3e-3, 1e-2, 0.15
LEAST = (0.25, 0.35, 0.45)
TEXT = """# Countries of those whose words tell none

Weighs, for "the police", "his parents" or a person of no table, the countries that the story speaks
of against each other and against silence (`home_features.py`, `homes.py`): a network with {hidden} hidden
numbers.

Fitted by `python training/homes.py` (seed {seed}) on {units:,} entities of {stories:,} stories whose
parties were coded by hand for this project (`training/data/events`: offsets and codes, no text): newspaper
stories on one conflict, re3d, GUM, EWT, PolNeAR's campaign news, and machine-written stories. An
entity of PolNeAR weighs a fifth, one of a machine-written story three tenths of one of the others.

In five folds, on stories left out, weighed by how often they are parties, per cent (right, wrong, none):

{table}

Shipped: from {least}. A country that the story never names is never given; of parties that the coder
gave no country, or that of an organisation, some two in three get one. Opinion pieces that
speak of many states are hardest.
"""


@dataclass
class Unit:
    """An entity: its story, the story's countries, the rows, and how often it was coded how."""

    story: str
    codes: list[str]
    rows: np.ndarray
    coded: Counter[str]
    times: int

    @property
    def group(self) -> str:
        return GROUPS.get(self.story[0], "other real")


def coded_parties(rows: list[dict[str, str]]) -> dict[tuple[int, int], Counter[str]]:
    """Span of a party → the codes it was given."""
    found: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for row in rows:
        for side in ("actor", "recipient"):
            held, codes = spans(row[f"{side}s"]), row[f"{side}_countries"].split()
            states = set(codes) - BODIES
            several = len(states) + bool(BODIES & set(codes)) > 1
            if len(held) == 1 or not several:
                for span in held:
                    found[span].update(codes or [""])
    return found


def parsed(coder: Coder, stories: Iterable[str]) -> Iterator[tuple[str, Story, object]]:
    """Each story with its Doc."""
    for name in stories:
        story = coder.read(story_of(name))
        yield name, story, coder.parse(story.text)


def units_of(coder: Coder, name: str, story: Story, doc, rows) -> list[Unit]:
    """The coded entities of a story that coreference leaves without a country."""
    maker = DraftMaker(doc, coder.resolver.reader, day_of(story), days_of(story))
    drafts = maker.make()
    coreference = Coreference(doc, maker)
    coreference.resolve(drafts)
    keep_counted(drafts, maker)
    leave_states(drafts)
    join_compounds(drafts, maker.compounds)
    call_again(drafts)
    settle(drafts, coreference.sentence, maker)
    by_head: dict[int, str] = {}
    for draft in sorted(drafts, key=lambda draft: draft.last - draft.first):
        if draft.entity:
            by_head[draft.head] = draft.entity
    told: dict[str, Counter[str]] = defaultdict(Counter)
    times: Counter[str] = Counter()
    for (first, last), codes in coded_parties(rows).items():
        span = doc.char_span(first, last, alignment_mode="expand")
        entity = by_head.get(span.root.i) if span is not None else None
        if entity is not None:
            told[entity].update(codes)
            times[entity] += 1
    held = [unit for unit in open_entities(drafts, maker) if unit.entity in told]
    if not held:
        return []
    scene = Scene(drafts, coreference.sentence, maker)
    if not scene.codes:
        return []
    return [
        Unit(name, list(scene.codes), row.copy(), told[unit.entity], times[unit.entity])
        for unit, row in zip(held, scene.rows(held), strict=True)
    ]


class Table:
    """All units as arrays: rows with silence as one more country, what is right, weights."""

    def __init__(self, units: list[Unit], start: int) -> None:
        many, wide = max(len(unit.codes) for unit in units), units[0].rows.shape[1]
        self.rows = np.zeros((len(units), many + 1, wide + 1), dtype=np.float32)
        self.held = np.zeros((len(units), many + 1), dtype=bool)
        self.right = np.zeros((len(units), many + 1), dtype=np.float32)
        self.weights = np.zeros(len(units), dtype=np.float32)
        for place, unit in enumerate(units):
            count = len(unit.codes)
            self.rows[place, :count, :wide] = unit.rows
            self.rows[place, many, start:wide] = unit.rows[0, start:]
            self.rows[place, many, wide] = 1.0
            self.held[place, :count] = self.held[place, many] = True
            for column, code in enumerate(unit.codes):
                self.right[place, column] = unit.coded[code]
            if not self.right[place].any():
                self.right[place, many] = 1.0
            self.right[place] /= self.right[place].sum()
            self.weights[place] = WEIGHTS[unit.group] * min(unit.times, MOST) ** 0.5


def fitted(table: Table, chosen: np.ndarray, seed: int, start: int) -> dict:
    """What a ``HomeModel`` is made of: several networks side by side."""
    hidden, bias, score = [], [], []
    for number in range(NETS):
        made = one_network(table, chosen, seed + number)
        hidden.append(made[0])
        bias.append(made[1])
        score.append(made[2] / NETS)
    return {
        "least": 0.35, "start": start,
        "hidden": np.concatenate(hidden, axis=1).round(5).tolist(),
        "bias": np.concatenate(bias).round(5).tolist(),
        "score": np.concatenate(score).round(5).tolist(),
    }  # fmt: skip


def one_network(table: Table, chosen: np.ndarray, seed: int):
    """Weights of one network, for features as they are."""
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    seen = table.rows[chosen][table.held[chosen]]
    mean, scale = seen.mean(0), seen.std(0) + 1e-2
    rows = torch.tensor((table.rows - mean) / scale)
    held, right = torch.tensor(table.held), torch.tensor(table.right)
    weights = torch.tensor(table.weights)
    first, last = torch.nn.Linear(rows.shape[2], HIDDEN), torch.nn.Linear(HIDDEN, 1)
    drop = torch.nn.Dropout(DROPPED)
    both = [*first.parameters(), *last.parameters()]
    optimiser = torch.optim.AdamW(both, lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * (len(chosen) // BATCH + 1)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    for _ in range(EPOCHS):
        shuffled = order.permutation(chosen)
        for place in range(0, len(chosen), BATCH):
            batch = torch.tensor(shuffled[place : place + BATCH])
            scores = last(drop(torch.relu(first(rows[batch])))).squeeze(-1)
            logs = torch.log_softmax(scores.masked_fill(~held[batch], -1e9), 1)
            loss = -(weights[batch] * (right[batch] * logs).sum(1)).sum() / weights[batch].sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            pace.step()
    matrix = first.weight.detach().numpy().T / scale[:, None]
    return matrix, first.bias.detach().numpy() - mean @ matrix, last.weight.detach().numpy()[0]


def measured(units: list[Unit], table: Table, seed: int, start: int) -> str:
    """Right, wrong and none in folds, at several least chances; a table in Markdown."""
    names = sorted({unit.story for unit in units}, key=lambda name: (name[0], int(name[1:])))
    fold = {name: place % FOLDS for place, name in enumerate(names)}
    of = np.array([fold[unit.story] for unit in units])
    counts: dict[tuple[str, float], Counter[str]] = defaultdict(Counter)
    for number in range(FOLDS):
        model = HomeModel(fitted(table, np.flatnonzero(of != number), seed, start))
        for place in np.flatnonzero(of == number):
            unit = units[place]
            chances = model.chances(unit.rows[None])[0]
            best = int(chances.argmax())
            for least in LEAST:
                code = unit.codes[best] if chances[best] >= least else ""
                answer = "right" if code in unit.coded else "wrong" if code else "none"
                counts[unit.group, least][answer] += unit.times
    lines = ["| stories | parties | " + " | ".join(f"from {least}" for least in LEAST) + " |",
             "|---|---|" + "---|" * len(LEAST)]  # fmt: skip
    for group in WEIGHTS:
        cells = []
        for least in LEAST:
            held = counts[group, least]
            total = max(held.total(), 1)
            cells.append(" / ".join(f"{100 * held[x] / total:.1f}" for x in ("right", "wrong", "none")))  # fmt: skip
        lines.append(f"| {group} | {total:,} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def fit(coder: Coder, documents, coded, options) -> None:
    """Read, measure, fit, write."""
    units: list[Unit] = []
    for name, story, doc in documents:
        units.extend(units_of(coder, name, story, doc, coded[name]))
    units.sort(key=lambda unit: (unit.story[0], int(unit.story[1:])))
    start = units[0].rows.shape[1] - SHARED
    table = Table(units, start)
    lines = measured(units, table, options.seed, start)
    print(lines)
    if options.check_only:
        return
    found = fitted(table, np.arange(len(units)), options.seed, start)
    FILE.write_text(json.dumps(found, separators=(",", ":")) + "\n", encoding="utf-8")
    CARD.write_text(
        TEXT.format(hidden=NETS * HIDDEN, seed=options.seed, units=len(units), table=lines,
                    stories=len({unit.story for unit in units}), least=found["least"]),
        encoding="utf-8",
    )  # fmt: skip
    print(f"{FILE}: {FILE.stat().st_size / 1e3:.0f} kB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--check-only", action="store_true")
    options = parser.parse_args()
    coder = load()
    kept = set(read_table(CHECK))
    coded = {name: rows for name, rows in read_table(EVENTS).items() if name not in kept}
    fit(coder, parsed(coder, sorted(coded)), coded, options)


if __name__ == "__main__":
    main()
