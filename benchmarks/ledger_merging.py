"""Merging scored: copies, rewrites, follow-ups and look-alikes of real stories, pairwise F1 over reports.

    dragoman code ../shared/corpora/stories/*.csv.zip --format record -o /tmp/stories.jsonl
    python benchmarks/ledger_merging.py /tmp/stories.jsonl

From each of sixty coded stories come: a copy (another paper's credit, its end cut), two rewrites (other words,
clauses dropped, an actor or a recipient missing here and there, numbers that grew), a follow-up on the next day that
tells two of the events again beside news of its own, and a look-alike (the same sentences a week later, elsewhere, with
other numbers). Which report tells which event is known by construction. Pairs of reports from different stories that
the ledger puts together count as wrong.
"""

from __future__ import annotations

import json
import random
import re
import sys
import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from dragoman.ledger import open_ledger
from dragoman.ledger.rows import key
from dragoman.model import Event, Events, Place, Record, Span, Story, When

STORIES, EVENTS, SEED = 60, 6, 13
# words that newsrooms change for one another
OTHER = {
    "said": "stated", "killed": "slain", "killing": "slaying", "attack": "assault", "attacked": "struck", "troops": "soldiers",
    "forces": "units", "fighters": "militants", "government": "administration", "president": "leader", "warned": "cautioned",
    "agreed": "consented", "demanded": "insisted", "called": "appealed", "rejected": "dismissed", "talks": "negotiations",
    "captured": "seized", "border": "frontier", "announced": "declared", "withdraw": "pull back", "withdrawal": "pull-out",
    "many": "scores of", "city": "town", "war": "conflict", "deal": "accord", "people": "persons", "against": "versus",
}  # fmt: skip
FILLER = (
    "on the day",
    "in a fresh turn",
    "as was widely reported",
    "after days of tension",
    "according to officials",
)


def reworded(sentence: str, chance: random.Random) -> str:
    """Other words, one clause dropped if there are several, a phrase put before."""
    parts = re.split(r"(?<=,) ", sentence)
    if len(parts) > 2:
        parts.pop(chance.randrange(1, len(parts)))
    words = [
        OTHER.get(word.lower(), word) if chance.random() < 0.8 else word
        for word in " ".join(parts).split()
    ]
    kept = [word for word in words if len(word) > 3 or chance.random() < 0.8]
    return f"{chance.choice(FILLER).capitalize()}, {' '.join(kept)}"


def told(base: Record, events: list[tuple[Event, str]], day: date, name: str) -> Record:
    """A record of new sentences, each carrying its event; mentions of parties are found again by their words."""
    text, placed = "", []
    for number, (event, sentence) in enumerate(events):
        start = len(text)
        text += sentence + "\n"
        span = Span(start, start + len(sentence))
        trigger = Span(start, min(start + 5, span.end))
        placed.append(
            event.replace(
                id=f"e{number}", sentence=span, trigger=trigger, evidence=(), attribution=()
            )
        )
    entities = []
    for entity in base.entities:
        names = {base.story.text[m.start : m.end] for m in entity.mentions}
        found = [
            Span(*m.span())
            for words in names
            if words.strip()
            for m in re.finditer(re.escape(words), text)
        ]
        entities.append(entity.replace(mentions=tuple(found)))
    story = Story(
        text,
        published=day.isoformat(),
        publisher=f"Paper of {name}",
        url=f"https://{name}.example/{base.story.id}",
    )
    return Record(story, tuple(entities), Events(placed), (), (), (), base.run)


def blurred(event: Event, chance: random.Random) -> Event:
    """The event as another coder run sees it: a side missing or the mode not seen, now and then."""
    if len(event.actors) and len(event.recipients) and chance.random() < 0.2:
        event = event.replace(actors=()) if chance.random() < 0.3 else event.replace(recipients=())
    return event.replace(mode=None) if chance.random() < 0.3 else event


def moved(event: Event, days: int) -> Event:
    """The event on another day and at another place."""
    when = event.date
    if when:
        shift = timedelta(days=days)
        when = When(
            *((date.fromisoformat(d) + shift).isoformat() for d in (when.start, when.end)),
            when.text,
        )
    place = Place("Otherville", 0, 1, "Otherville", "XXX") if event.place else None
    return event.replace(date=when, place=place)


def variants(base: Record, chance: random.Random) -> list[tuple[Record, list[str]]]:
    """Records made of one story, each with the true event of every report."""
    first: dict[str, Event] = {}
    for event in base.events:
        first.setdefault(event.type, event)
    chosen = list(first.values())[:EVENTS]
    day = date.fromisoformat(base.story.published or "2018-01-01")
    words = {
        e.id: " ".join(base.story.text[e.sentence.start : e.sentence.end].split()) for e in chosen
    }
    true = [f"{base.story.id}:{event.id}" for event in chosen]
    made = [(told(base, [(e, words[e.id]) for e in chosen], day, "first"), true)]
    cut = chosen[: max(1, len(chosen) * 4 // 5)]
    made.append(
        (told(base, [(e, f"(Agency) {words[e.id]}") for e in cut], day, "copy"), true[: len(cut)])
    )
    for name in ("rewrite", "second"):
        made.append(
            (
                told(
                    base,
                    [(blurred(e, chance), reworded(words[e.id], chance)) for e in chosen],
                    day,
                    name,
                ),
                true,
            )
        )
    again = chosen[:2]
    made.append((told(base, [(e, reworded(words[e.id], chance)) for e in again if e.date], day + timedelta(days=1), "next"),
                 [t for t, e in zip(true, again, strict=False) if e.date]))  # fmt: skip
    alike = [(moved(e, 7), f"Otherville: {re.sub(r'[0-9]+', '17', words[e.id])}") for e in chosen]
    made.append((told(base, alike, day + timedelta(days=7), "alike"), [f"{t}:alike" for t in true]))
    return [(record, names) for record, names in made if names]


def pairs(groups: dict[int, str]) -> set[tuple[int, int]]:
    """Pairs of reports in one group."""
    members: dict[str, list[int]] = {}
    for item, group in groups.items():
        members.setdefault(group, []).append(item)
    return {(one, two) for items in members.values() for one in items for two in items if one < two}


def main(path: str) -> None:
    """Build the set, merge it, print precision, recall and F1, and where the mistakes are."""
    chance = random.Random(SEED)
    lines = Path(path).read_text(encoding="utf-8").split("\n")
    records = [Record.from_dict(json.loads(line)) for line in lines if line]
    bases = [r for r in records if len({e.type for e in r.events}) >= 3]
    chance.shuffle(bases)
    gold: dict[int, str] = {}
    names: dict[int, str] = {}
    made: list[Record] = []
    for base in bases[:STORIES]:
        for record, true in variants(base, chance):
            made.append(record)
            for event, name in zip(record.events, true, strict=True):
                number = key(record.story.id, event.id)
                gold[number], names[number] = name, f"{record.story.publisher} {event.type}"
    with (
        tempfile.TemporaryDirectory() as folder,
        open_ledger(Path(folder) / "merging.duckdb") as ledger,
    ):
        list(ledger.add_many(made, recorded="published", together=50))
        found = dict(ledger.store.query("SELECT item, group_id FROM report_members"))
        wanted_tellings = ledger.store.query("SELECT count(DISTINCT group_id) FROM story_members")[
            0
        ][0]
    true, merged = (
        pairs(gold),
        pairs({item: group for item, group in found.items() if item in gold}),
    )
    right = len(true & merged)
    precision, recall = right / max(len(merged), 1), right / max(len(true), 1)
    print(
        f"{len(made)} stories of {min(len(bases), STORIES)}, {len(gold)} reports, {len(true)} true pairs; {wanted_tellings} tellings"
    )
    print(
        f"precision {precision:.3f}  recall {recall:.3f}  F1 {2 * precision * recall / max(precision + recall, 1e-9):.3f}"
    )
    for label, wrong in (("missed", true - merged), ("wrong", merged - true)):
        counts = Counter(
            " + ".join(sorted({names[a].split()[2], names[b].split()[2]})) for a, b in wrong
        )
        print(label, dict(counts.most_common(8)))
        kinds = Counter(names[a].split()[-1] for a, _ in wrong)
        print("  by type", dict(kinds.most_common(6)))


if __name__ == "__main__":
    main(sys.argv[1])
