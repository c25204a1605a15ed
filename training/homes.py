"""Fits which country people and bodies are of whose own words tell none.

    python training/homes.py              # writes entities/data/homes.npz and its card
    python training/homes.py --check-only # only measures, in five folds

A party of the annotated stories (``data/events/events.tsv``) that coreference leaves without a country
is one example: the countries its story speaks of, and which of them the coder gave it ("" where he
gave none). The numbers are those of ``entities/home_network.py``. A side of an event counts where it
has one party, or one country for all of them.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from dragoman.coder import Coder, load
from dragoman.entities.candidates import STATE
from dragoman.entities.coreference import Coreference
from dragoman.entities.drafts import DraftMaker
from dragoman.entities.find import day_of, days_of
from dragoman.entities.home_deeds import DEEDS
from dragoman.entities.home_features import SHARED, Scene
from dragoman.entities.home_network import FILE, LOOKS, PAIR, HomeModel, Seen, seen
from dragoman.entities.locate import prepare
from dragoman.entities.unplaced import open_entities
from dragoman.model import Story
from language_events import kept_apart, read_table, spans, story_of

EVENTS = Path(__file__).parent / "data" / "events" / "events.tsv"
#: Stories that are read in neither training nor fitting.
CHECK = EVENTS.with_name("check.tsv")
CARD = FILE.with_name("HOMES_CARD.md")
#: Codes that the coders gave several of for one party.
BODIES = frozenset({"IGO", "UNO", "EUR"})
GROUPS = {"s": "machine-written", "p": "campaign news", "w": "in the manner of agencies"}
WEIGHTS = {"machine-written": 0.6, "campaign news": 0.4, "in the manner of agencies": 2.0,
           "newspapers and others": 2.0}  # fmt: skip
FOLDS, EPOCHS, BATCH, MOST = 5, 8, 12, 4
SHIPPED = 0.35
HIDDEN, EACH, OWN = 32, 16, 16
RATE, DECAY, DROPPED, STATES_DROPPED = 3e-3, 1e-2, 0.15, 0.3
#: Share of the stories that are shown without what the encoder and the language model know.
BLIND = 0.1
LEAST = (0.25, 0.35, 0.45)
TEXT = """# Countries of those whose words tell none

Weighs, for "the police", "his parents" or a person of no table, the countries that the story speaks
of against each other and against silence (`home_network.py`, `home_features.py`, `home_deeds.py`): {looks} looks
at all places where a country is told, and {hidden} hidden numbers.

Fitted by `python training/homes.py` (seed {seed}) on {units:,} entities of {stories:,} stories whose
parties were coded by hand for this project (`training/data/events`: offsets and codes, no text): newspaper
stories on one conflict, re3d, GUM, EWT, PolNeAR's campaign news, and machine-written stories. An
entity of PolNeAR weighs a fifth, one of a machine-written story three tenths of one of the others.

In five folds, on stories left out, weighed by how often they are parties, per cent (right, wrong, none):

{table}

Most of these stories the language model has learned from, whose events are part of what is weighed;
"kept" are those it has never seen.

Shipped: from {least}. A country that the story never names is never given; of parties that the coder
gave no country, or that of an organisation, some two in three get one. Opinion pieces that
speak of many states are hardest.
"""


@dataclass
class Told:
    """One story: its countries, what the network reads of its entities, and how each was coded.

    ``coded``: for each entity the codes it was given; ``times``: how often it is a party.
    """

    story: str
    codes: list[str]
    seen: Seen
    coded: list[Counter[str]]
    times: list[int]

    @property
    def group(self) -> str:
        return GROUPS.get(self.story[0], "newspapers and others")


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


def told_of(coder: Coder, name: str, story: Story, doc, rows) -> Told | None:
    """The coded entities of a story that coreference leaves without a country."""
    maker = DraftMaker(doc, coder.resolver.reader, day_of(story), days_of(story))
    drafts = maker.make()
    coreference = Coreference(doc, maker)
    coreference.resolve(drafts)
    prepare(drafts, coreference.sentence, maker)
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
    units = open_entities(drafts, maker)
    chosen = [place for place, unit in enumerate(units) if unit.entity in told]
    scene = Scene(drafts, coreference.sentence, maker) if chosen else None
    if scene is None or not scene.codes:
        return None
    held = seen(scene, units)
    mine = [told[units[place].entity] for place in chosen]
    often = [times[units[place].entity] for place in chosen]
    return Told(name, list(scene.codes), picked(held, chosen), mine, often)


def picked(held: Seen, chosen: list[int]) -> Seen:
    """What is read of some of a story's entities."""
    return held._replace(
        rows=held.rows[chosen], states=held.states[chosen], firsts=held.firsts[chosen],
        pairs=held.pairs[chosen], apart=held.apart[chosen],
    )  # fmt: skip


def right_of(told: Told) -> tuple[np.ndarray, np.ndarray]:
    """(entities, countries and none) what is right, summing to 1; weights of the entities."""
    right = np.zeros((len(told.coded), len(told.codes) + 1), dtype=np.float32)
    for row, codes in zip(right, told.coded, strict=True):
        row[:-1] = [codes[code] for code in told.codes]
        if not row.any():
            row[-1] = 1.0
        row /= row.sum()
    weights = WEIGHTS[told.group] * np.minimum(told.times, MOST) ** 0.5
    return right, weights.astype(np.float32)


def begun(size: int) -> dict[str, Any]:
    """The weights to begin with, for ``size`` numbers of an entity and a country."""
    import torch

    def made(*shape: int, wide: int) -> torch.nn.Parameter:
        """Weights as a linear layer's begin, for ``wide`` numbers that are read."""
        bound = wide**-0.5
        return torch.nn.Parameter(torch.empty(*shape).uniform_(-bound, bound))

    looks = LOOKS * EACH
    hidden = size + 1 + 2 * LOOKS + OWN
    return {
        "query": made(STATE, looks, wide=STATE), "query_bias": made(looks, wide=STATE),
        "first": made(STATE, looks, wide=STATE), "key": made(STATE, looks, wide=STATE),
        "key_bias": made(looks, wide=STATE), "pair": made(PAIR, LOOKS, wide=PAIR),
        "pair_bias": made(LOOKS, wide=PAIR), "nobody": torch.nn.Parameter(torch.zeros(LOOKS)),
        "own": made(STATE, OWN, wide=STATE), "own_bias": made(OWN, wide=STATE),
        "hidden": made(hidden, HIDDEN, wide=hidden), "hidden_bias": made(HIDDEN, wide=hidden),
        "score": made(HIDDEN, wide=HIDDEN),
    }  # fmt: skip


def fitted(stories: list[Told], seed: int) -> dict[str, np.ndarray]:
    """What a ``HomeModel`` is made of, fitted on some stories; half precision where that is enough."""
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    order = random.Random(seed)
    rows = np.concatenate([told.seen.rows.reshape(-1, told.seen.rows.shape[2]) for told in stories])
    mean, scale = rows.mean(0), rows.std(0) + 1e-2
    size, held = rows.shape[1], begun(rows.shape[1])
    hidden = len(held["hidden"])
    optimiser = torch.optim.AdamW(list(held.values()), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * (len(stories) // BATCH + 1)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    drop = torch.nn.functional.dropout

    def losses(told: Told, *, blind: bool) -> tuple[torch.Tensor, float]:
        """The weighted loss of one story's entities, and the sum of their weights."""
        x = told.seen
        rows = torch.tensor(((unseen(x) if blind else x).rows - mean) / scale)
        states, firsts, keys = (
            drop(torch.tensor(part) * float(not blind), STATES_DROPPED)
            for part in (x.states, x.firsts, x.keys)
        )
        asks = states @ held["query"] + firsts @ held["first"] + held["query_bias"]
        answers = keys @ held["key"] + held["key_bias"]
        shapes = asks.view(-1, LOOKS, EACH), answers.view(-1, LOOKS, EACH)
        scores = torch.einsum("nkd,mkd->nmk", *shapes) / 4
        scores = scores + torch.tensor(x.pairs) @ held["pair"] + held["pair_bias"]
        weights = torch.exp(scores.clamp(-30, 20)) * torch.tensor(x.apart)[:, :, None]
        pooled = torch.einsum("nmk,mc->nck", weights, torch.tensor(x.columns))
        total = weights.sum(1)[:, None] + torch.exp(held["nobody"])
        looked = torch.cat([pooled / total, torch.log(pooled + 1e-3) / 3], 2)
        count = len(told.codes)
        table = torch.zeros(len(rows), count + 1, hidden)
        table[:, :count, :size] = rows
        about = slice(size - DEEDS - SHARED, size - DEEDS)
        table[:, count, about] = rows[:, 0, about]
        table[:, count, size] = 1.0
        wide = torch.nn.functional.pad(looked, (0, 0, 0, 1))
        mine = torch.tanh(drop(torch.tensor(x.states) * float(not blind), STATES_DROPPED) @ held["own"]
                          + held["own_bias"])[:, None].expand(-1, count + 1, -1)  # fmt: skip
        table = torch.cat([table[:, :, : size + 1], wide, mine], 2)
        deep = torch.relu(table @ held["hidden"] + held["hidden_bias"])
        logs = torch.log_softmax(drop(deep, DROPPED) @ held["score"], 1)
        right, weight = right_of(told)
        return -(torch.tensor(weight) * (torch.tensor(right) * logs).sum(1)).sum(), weight.sum()

    stories = list(stories)
    for _ in range(EPOCHS):
        order.shuffle(stories)
        for place in range(0, len(stories), BATCH):
            found = [losses(told, blind=order.random() < BLIND)
                     for told in stories[place : place + BATCH]]  # fmt: skip
            loss = sum(part for part, _ in found) / sum(weight for _, weight in found)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            pace.step()
    arrays = {name: part.detach().numpy().astype(np.float16) for name, part in held.items()}
    return {**arrays, "mean": mean, "scale": scale, "least": np.array(SHIPPED, dtype=np.float32)}


def measured(stories: list[Told], seed: int) -> str:
    """Right, wrong and none in folds, at several least chances; a table in Markdown."""
    counts: dict[tuple[str, float], Counter[str]] = defaultdict(Counter)
    for number in range(FOLDS):
        inside = [told for place, told in enumerate(stories) if place % FOLDS != number]
        model = HomeModel(fitted(inside, seed))
        for told in stories[number::FOLDS]:
            kept = [f"{told.group}, kept"] if kept_apart(told.story) else []
            sights = [("", told.seen), (", without the encoder", unseen(told.seen))]
            for how, sight in sights[: 1 + bool(kept)]:
                groups = [told.group, *kept] if not how else [kept[0] + how]
                for row, codes, times in zip(
                    model.chances(sight), told.coded, told.times, strict=True
                ):
                    best = int(row.argmax())
                    for least in LEAST:
                        code = told.codes[best] if row[best] >= least else ""
                        answer = "right" if code in codes else "wrong" if code else "none"
                        for group in groups:
                            counts[group, least][answer] += times
    lines = ["| stories | parties | " + " | ".join(f"from {least}" for least in LEAST) + " |",
             "|---|---|" + "---|" * len(LEAST)]  # fmt: skip
    for group in sorted({group for group, _ in counts}):
        cells = []
        for least in LEAST:
            held = counts[group, least]
            total = max(held.total(), 1)
            cells.append(" / ".join(f"{100 * held[x] / total:.1f}" for x in ("right", "wrong", "none")))  # fmt: skip
        lines.append(f"| {group} | {total:,} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def unseen(held: Seen) -> Seen:
    """The same without what the encoder and the language model know."""
    rows = held.rows.copy()
    rows[:, :, -DEEDS:] = 0.0
    blank = [np.zeros_like(part) for part in (held.states, held.firsts, held.keys)]
    return held._replace(rows=rows, states=blank[0], firsts=blank[1], keys=blank[2])


def collected(coder: Coder) -> list[Told]:
    """The stories with entities that were coded and have no country by their words."""
    kept = set(read_table(CHECK))
    coded = {name: rows for name, rows in read_table(EVENTS).items() if name not in kept}
    found = []
    for name in sorted(coded, key=lambda name: (name[0], int(name[1:]))):
        story = coder.read(story_of(name))
        told = told_of(coder, name, story, coder.parse(story.text), coded[name])
        if told is not None:
            found.append(told)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--check-only", action="store_true")
    options = parser.parse_args()
    stories = collected(load())
    lines = measured(stories, options.seed)
    print(lines)
    if options.check_only:
        return
    np.savez_compressed(FILE, **fitted(stories, options.seed))
    units = sum(len(told.coded) for told in stories)
    CARD.write_text(
        TEXT.format(hidden=HIDDEN, looks=LOOKS, seed=options.seed, units=units, table=lines,
                    stories=len(stories), least=SHIPPED),
        encoding="utf-8",
    )  # fmt: skip
    print(f"{FILE}: {FILE.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
