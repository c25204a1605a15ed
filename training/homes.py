"""Fits which country people and bodies are of whose own words tell none.

    python training/homes.py              # writes entities/data/homes.npz and its card
    python training/homes.py --check-only # only measures

A party of the annotated stories (``data/events/events.tsv``) that coreference leaves without a country
is one example: the countries its story speaks of, and which of them the coder gave it ("" where he
gave none). The numbers are those of ``entities/home_network.py``. A side of an event counts where it
has one party, or one country for all of them.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from dragoman.coder import Coder, load
from dragoman.entities.coreference import Coreference
from dragoman.entities.drafts import DraftMaker
from dragoman.entities.find import day_of, days_of
from dragoman.entities.home_features import Scene
from dragoman.entities.home_network import FILE, LOOKS, HomeModel, Seen, seen
from dragoman.entities.locate import prepare
from dragoman.entities.unplaced import open_entities
from dragoman.model import Story
from home_fitting import HIDDEN, fitted, unseen
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
MOST = 4
#: Every story is shown twice, whole and of its first one to so many sentences alone.
LEADS = 3
SHIPPED = np.array(0.35, dtype=np.float32)
LEAST = (0.25, 0.35, 0.45)
TEXT = """# Countries of those whose words tell none

Weighs, for "the police", "his parents" or a person of no table, the countries that the story speaks
of against each other and against silence (`home_network.py`, `home_features.py`, `home_deeds.py`, `person_names.py`): {looks} looks
at all places where a country is told, as many at all others who are of no country by their words, whose
countries were weighed so a first time, and {hidden} hidden numbers each time.

Fitted by `python training/homes.py` (seed {seed}) on {units:,} entities of {stories:,} stories whose
parties were coded by hand for this project (`training/data/events`: offsets and codes, no text): newspaper
stories on one conflict, re3d, GUM, EWT, PolNeAR's campaign news, and machine-written stories. An
entity of PolNeAR weighs a fifth, one of a machine-written story three tenths of one of the others. Every story is
shown whole, and once more as its first one to three sentences alone ("lead"), as feeds and single records are.

Fitted on the others, on the stories kept apart, which the language model has never seen either, weighed by
how often they are parties, per cent (right, wrong, none):

{table}

Shipped: from {least:.2f}. A country that the story never names is never given; of parties that the coder
gave no country, or that of an organisation, some two in three get one. Opinion pieces that
speak of many states are hardest.
"""


@dataclass
class Told:
    """One story: its countries, what the network reads of its entities, and how each was coded.

    ``chosen``: which entities were coded; ``coded``: the codes each of these was given; ``times``:
    how often it is a party. ``lead``: whether only its first sentences are shown.
    """

    story: str
    codes: list[str]
    seen: Seen
    chosen: list[int]
    coded: list[Counter[str]]
    times: list[int]
    lead: bool

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
        if last > len(doc.text):
            continue
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
    mine = [told[units[place].entity] for place in chosen]
    often = [times[units[place].entity] for place in chosen]
    return Told(
        name,
        list(scene.codes),
        seen(scene, units),
        chosen,
        mine,
        often,
        len(doc.text) < len(story.text),
    )


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


def measured(stories: list[Told], seed: int) -> str:
    """Right, wrong and none of the stories kept apart, at several least chances; a table in Markdown."""
    counts: dict[tuple[str, float], Counter[str]] = defaultdict(Counter)
    inside = [told for told in stories if not kept_apart(told.story)]
    model = HomeModel({**fitted(inside, right_of, seed), "least": SHIPPED})
    for told in stories:
        if not kept_apart(told.story):
            continue
        for how, sight in (("", told.seen), (", without the encoder", unseen(told.seen))):
            chances = model.chances([sight])[told.chosen]
            for row, codes, times in zip(chances, told.coded, told.times, strict=True):
                best = int(row.argmax())
                for least in LEAST:
                    code = told.codes[best] if row[best] >= least else ""
                    answer = "right" if code in codes else "wrong" if code else "none"
                    counts[told.group + ", lead" * told.lead + how, least][answer] += times
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


def lead_of(doc: Doc, sentences: int) -> Doc:
    """The first sentences of a story, as if they were all of it."""
    ends = [sentence.end for sentence in doc.sents]
    end = ends[min(sentences, len(ends)) - 1]
    lead = doc[:end].as_doc()
    told = doc.user_data
    lead.user_data["states"] = told["states"][:end]
    lead.user_data["triggers"] = [
        trigger._replace(
            actors={word: chance for word, chance in trigger.actors.items() if word < end},
            recipients={word: chance for word, chance in trigger.recipients.items() if word < end},
        )
        for trigger in told["triggers"]
        if trigger.token < end
    ]
    lead.user_data["speech_spans"] = [span for span in told["speech_spans"] if span[2] <= end]
    return lead


def collected(coder: Coder) -> list[Told]:
    """The stories with entities that were coded and have no country by their words."""
    kept = set(read_table(CHECK))
    coded = {name: rows for name, rows in read_table(EVENTS).items() if name not in kept}
    found: list[Told | None] = []
    for name in sorted(coded, key=lambda name: (name[0], int(name[1:]))):
        story = coder.read(story_of(name))
        doc = coder.parse(story.text)
        lead = lead_of(doc, 1 + int(name[1:]) % LEADS)
        found += [told_of(coder, name, story, text, coded[name]) for text in (doc, lead)]
    return [told for told in found if told is not None]


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
    np.savez_compressed(FILE, least=SHIPPED, **fitted(stories, right_of, options.seed))
    units = sum(len(told.coded) for told in stories)
    CARD.write_text(
        TEXT.format(hidden=HIDDEN, looks=LOOKS, seed=options.seed, units=units, table=lines,
                    stories=sum(not told.lead for told in stories), least=SHIPPED),
        encoding="utf-8",
    )  # fmt: skip
    print(f"{FILE}: {FILE.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
