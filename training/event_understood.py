"""Fits who is meant where the words of an event name no actor or no recipient, or hardly name him.

    python training/event_understood.py      # writes coding/data/event_understood.json.gz

Stories of ``data/events/events.tsv`` that the language model was not trained on (`kept_apart`) are
read; each place for a party that patterns and language model leave open, or fill with somebody whom
the model hardly sees there, is asked about everybody who may be meant. Right are those who have a
country that was coded by hand for the place, or are named by the words that were. Stories are folded
to measure, then all of them are fitted; before ``event_judge.py``.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

import event_judge
from dragoman.coder import Coder, load
from dragoman.coding import event_understood as understood
from dragoman.fitted import keep
from language_events import kept_apart, read_table, spans

CARD = understood.FILE.with_name("EVENT_UNDERSTOOD_CARD.md")
TEXT = """# Parties that are understood

Says who is meant where the words of an event name no actor or no recipient, or name somebody whom the
language model hardly sees there: boosted trees over everybody spoken of near it (`event_understood.py`,
`event_spoken.py`). The event's path says "understood" of such a party.

Fitted by `python training/event_understood.py` (seed 7) on {places:,} such places of events in {stories}
stories that the language model was not trained on, coded by hand for this project
(`training/data/events`), campaign news left out. A place of the synthetic corpus weighs half of another.

On stories that were left out, in {folds} folds: how many of the places are filled, and how many of those
rightly (a place that nobody was coded for counts as wrong, though not every such answer is foolish):

{table}

Somebody who is told is replaced where another, of other countries, is likelier by the margin. On stories left
out, how many of {doubted:,} such places are, how many of those the answer mends, how many it spoils, and how many
have nobody coded:

{swaps}

Shipped: from {least}, with a margin of {margin}.

Limits: two places in five that are filled are filled with somebody who was not coded there; the event's own
confidence knows of it.
"""
FOLDS = 5
LEAST = (0.3, 0.4, 0.45, 0.5, 0.6)
MARGINS = (0.0, 0.05, 0.1, 0.2)
#: Weight of a place of no synthetic story, and of one whose coded words name nobody who may be meant.
REAL, UNNAMED = 2.0, 0.3


class Place(NamedTuple):
    """A place that is open: a row for each who may be meant, whether he is right, its weight.

    ``told``: whether he is told there. ``countries``: his. ``coded``: whether a country was coded.
    """

    rows: np.ndarray
    right: np.ndarray
    weight: float
    told: np.ndarray
    countries: list[frozenset[str]]
    coded: bool


class Gathering:
    """Stands for the trees and fills nothing: keeps what they would be asked."""

    def __init__(self, types: list[str]) -> None:
        self.types = types
        self.asked: list = []

    def fill(self, drafts, story):
        self.asked = [
            (
                draft,
                role,
                candidates,
                rows,
                [story._of.get(one.mention.entity, [one]) for one in candidates],
            )
            for draft, role, candidates, rows in story.open_places(drafts, self.types)
        ]
        return [draft for draft in drafts if draft.actors or draft.recipients]


def is_read(story: str) -> bool:
    return kept_apart(story) and story[0] != "p"


def places_of(coder: Coder, story: str, rows: list[dict[str, str]]) -> list[Place]:
    """The open places of a story's drafts that a hand-coded event stands beside."""
    gathering = Gathering(list(coder.ontology.types))
    _, detail = event_judge.drafts_and_detail(coder, story, gathering)
    found = []
    for draft, role, candidates, numbers, mentions in gathering.asked:
        row = coded(draft, rows, detail.doc)
        if row is None:
            continue
        countries, words = set(row[role + "_countries"].split()), spans(row[role + "s"])
        right = [is_right(spoken, countries, words) for spoken in mentions]
        weight = UNNAMED if words and not countries and not any(right) else 1.0
        weight *= 1.0 if story[0] == "s" else REAL
        own = {one.entity for one in (draft.actors if role == "actor" else draft.recipients)}
        told = np.array([one.mention.entity in own for one in candidates])
        found.append(Place(np.array(numbers), np.array(right), weight, told,
                           [one.countries for one in candidates], bool(countries)))  # fmt: skip
    return found


def coded(draft, rows: list[dict[str, str]], doc) -> dict[str, str] | None:
    """The hand-coded event of a draft: of its trigger, else the only one of its type there."""
    token, (first, last) = doc[draft.token], draft.sentence

    def meets(row, start: int, end: int) -> bool:
        ((a, b),) = spans(row["trigger"])
        return a < end and b > start

    own = [row for row in rows if meets(row, token.idx, token.idx + len(token))]
    typed = [row for row in own if draft.type in row["types"].split("/")]
    if own:
        return (typed or own)[0]
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    there = [
        row for row in rows if draft.type in row["types"].split("/") and meets(row, start, end)
    ]
    return there[0] if len(there) == 1 else None


def is_right(spoken, countries: set[str], words: list[tuple[int, int]]) -> bool:
    """Whether an entity was coded: by its country, or, where none was coded or told, by its words."""
    own = spoken[0].countries
    named = any(one.mention.start < b and one.mention.end > a for one in spoken for a, b in words)
    return bool(countries & own) or (named and not (countries and own))


def fitted(parts: dict[str, list[Place]], types: list[str], options, without=frozenset()) -> dict:
    """What an ``Understood`` is made of, some stories left out."""
    from sklearn.ensemble import GradientBoostingClassifier

    inside = [place for story, found in parts.items() if story not in without for place in found]
    rows = np.concatenate([place.rows for place in inside])
    right = np.concatenate([place.right for place in inside])
    weights = np.concatenate([np.full(len(place.right), place.weight) for place in inside])
    model = GradientBoostingClassifier(n_estimators=160, learning_rate=0.1, max_depth=4,
                                       min_samples_leaf=20, subsample=0.5, max_features=0.25,
                                       random_state=options.seed)  # fmt: skip
    model.fit(rows, right, sample_weight=weights)
    share = float((weights * right).sum() / weights.sum())
    return {"types": types, "least": options.least, "margin": options.margin,
            "start": round(float(np.log(share / (1 - share))), 5),
            "trees": event_judge.as_data(model)}  # fmt: skip


def folded(parts: dict[str, list[Place]], types: list[str], options):
    """The stories of each fold, and the trees that were fitted on all the others."""
    stories = sorted(parts, key=lambda name: (int(name[1:]) * 7919 % 1000, name))
    for number in range(FOLDS):
        out = set(stories[number::FOLDS])
        yield out, understood.Understood(fitted(parts, types, options, out))


def collected(coder: Coder) -> dict[str, list[Place]]:
    """Story → its open places, of all stories that are read."""
    table = read_table(event_judge.EVENTS)
    return {
        story: places_of(coder, story, rows)
        for story, rows in sorted(table.items()) if is_read(story)
    }  # fmt: skip


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--least", type=float, default=0.3)
    parser.add_argument("--margin", type=float, default=0.05)
    return parser


def main() -> None:
    options = arguments().parse_args()
    coder = load()
    types = list(coder.ontology.types)
    parts = collected(coder)
    table, swaps = report(parts, types, options)
    found = fitted(parts, types, options)
    keep(understood.FILE, found)
    print(f"{understood.FILE}: {understood.FILE.stat().st_size / 1e3:.0f} kB")
    places = sum(len(found) for found in parts.values())
    doubted = sum(place.told.any() for found in parts.values() for place in found)
    CARD.write_text(TEXT.format(places=places, stories=len(parts), folds=FOLDS, table=table,
                                doubted=doubted, swaps=swaps, least=options.least,
                                margin=options.margin), encoding="utf-8")  # fmt: skip


def report(parts, types, options) -> tuple[str, str]:
    """What is filled and replaced, and how much of it rightly, on stories that were left out."""
    counts = {(real, least): [0, 0, 0] for real in (True, False) for least in LEAST}
    swaps = {margin: [0, 0, 0, 0] for margin in MARGINS}
    for out, trees in folded(parts, types, options):
        for story in sorted(out):
            for place in parts[story]:
                chances = trees._trees.chances(place.rows)
                if place.told.any():
                    for margin in MARGINS:
                        swaps[margin] = [x + y for x, y in zip(swaps[margin],
                                         swapped(place, chances, margin), strict=True)]  # fmt: skip
                    continue
                best = int(np.argmax(chances))
                for least in LEAST:
                    count = counts[story[0] != "s", least]
                    given = chances[best] >= least
                    count[0] += 1
                    count[1] += given
                    count[2] += given and place.right[best]
    lines = ["| stories | given from | open | filled | rightly |", "|---|---|---|---|---|"]
    lines += [f"| {'others' if real else 'synthetic corpus'} | {least} | {n} | {given} "
              f"| {right / max(1, given):.3f} |"
              for (real, least), (n, given, right) in counts.items()]  # fmt: skip
    others = ["| margin | replaced | mended | spoilt | nobody coded |", "|---|---|---|---|---|"]
    others += [f"| {margin} | {' | '.join(map(str, found))} |" for margin, found in swaps.items()]
    print("\n".join([*lines, "", *others]))
    return "\n".join(lines), "\n".join(others)


def swapped(place: Place, chances: np.ndarray, margin: float) -> tuple[int, int, int, int]:
    """Whether who is told is replaced, and whether that mends or spoils what was coded, or neither."""
    told = frozenset().union(
        *(own for own, x in zip(place.countries, place.told, strict=True) if x)
    )
    free = [not x and bool(own) and not own & told
            for own, x in zip(place.countries, place.told, strict=True)]  # fmt: skip
    others = np.where(free, chances, -1.0)
    best = int(others.argmax())
    if others[best] < chances[place.told].max() + margin:
        return 0, 0, 0, 0
    before, after = bool(place.right[place.told].any()), bool(place.right[best])
    coded = place.coded
    return 1, coded and after and not before, coded and before and not after, not coded


if __name__ == "__main__":
    main()
