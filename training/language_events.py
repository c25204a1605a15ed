"""Whole stories with our own annotation of their events: triggers, types, who acts, who is acted on.

A row of ``data/events/events.tsv``: the story ("g12" is row 12 of ``corpora/stories``, "s7" row 7
of ``corpora/synthetic``, "p5" the sixth article of PolNeAR train by name), then code points of that text, half-open: the trigger ("592-602"), the
types that are right for it ("ACCUSE/COERCE", the best first), its actors and its recipients
("465-486 490-495"), and how plain the event is (1 any coder finds it, 3 it may be argued about;
"s" where only somebody's words tell it). A row with the story alone says that the story was read.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from corpora import CORPORA
from language_data import Unit, polnear_files

EVENT_TAGS = ["NONE"] + [
    "ACCUSE",
    "AGREE",
    "AID",
    "ASSAULT",
    "COERCE",
    "CONCEDE",
    "CONSULT",
    "COOPERATE",
    "MOBILIZE",
    "PROTEST",
    "REJECT",
    "REQUEST",
    "RETREAT",
    "SANCTION",
    "SUPPORT",
    "THREATEN",
]
#: Letter of a story's name → folder of its corpus.
FOLDERS = {"g": "stories", "s": "synthetic", "p": "polnear"}


@cache
def texts(folder: str) -> list[str]:
    """The texts of a folder in ``corpora``: of its zipped table, or PolNeAR's train articles."""
    if folder == "polnear":
        articles, _ = polnear_files("train")
        return [articles[name] for name in sorted(articles)]
    with zipfile.ZipFile(next((CORPORA / folder).glob("*.zip"))) as archive:
        name = next(x for x in archive.namelist() if x.endswith(".csv") and "__" not in x)
        csv.field_size_limit(10**8)
        rows = csv.DictReader(io.StringIO(archive.read(name).decode("utf-8")))
        return [row["text"] for row in rows]


def story_text(story: str) -> str:
    """The text of "g12" or "s7"."""
    return texts(FOLDERS[story[0]])[int(story[1:])]


def spans(cell: str) -> list[tuple[int, int]]:
    """ "465-486 490-495" as pairs of code points."""
    found = []
    for part in cell.split():
        first, _, last = part.partition("-")
        found.append((int(first), int(last)))
    return found


def read_table(table: Path) -> dict[str, list[dict[str, str]]]:
    """Story → rows of its events.

    Raises:
        ValueError: a row has an unknown type, or a span outside its story.
    """
    found: dict[str, list[dict[str, str]]] = {}
    with table.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t"), 2):
            rows = found.setdefault(row["story"], [])
            if not row["trigger"]:
                continue
            if not set(row["types"].split("/")) <= set(EVENT_TAGS[1:]):
                raise ValueError(f"{table}:{number}: no types {row['types']}")
            size = len(story_text(row["story"]))
            for key in ("trigger", "actors", "recipients"):
                if any(not 0 <= a < b <= size for a, b in spans(row[key])):
                    raise ValueError(f"{table}:{number}: {key} {row[key]} outside the story")
            rows.append(row)
    return found


def event_documents(
    table: Path, parse: Callable[[str], Any], stories: Callable[[str], bool] = lambda _: True
) -> list[list[Unit]]:
    """The annotated stories as units of sentences.

    Targets: ``event`` holds, for every word, the numbers of the types that are right for it as a
    trigger; ``actor`` and ``recipient`` hold for a trigger the words (indices in the story) that
    its parties are headed by, an empty list for nobody, and None for other words.

    Args:
        parse: a text → Doc with sentences and heads.
        stories: which stories to take, by name.
    """
    return [
        _document(parse(story_text(story)), rows)
        for story, rows in sorted(read_table(table).items()) if stories(story)
    ]  # fmt: skip


def _document(doc: Any, rows: list[dict[str, str]]) -> list[Unit]:
    words = [token for token in doc if not token.is_space]
    place = {token.i: i for i, token in enumerate(words)}
    event: list[list[int]] = [[0] for _ in words]
    parties: dict[str, list[list[int] | None]] = {
        role: [None] * len(words) for role in ("actor", "recipient")
    }
    for row in rows:
        ((first, last),) = spans(row["trigger"])
        trigger = next(
            (i for i, t in enumerate(words) if t.idx < last and t.idx + len(t) > first), None
        )
        if trigger is None:
            continue
        types = [EVENT_TAGS.index(x) for x in row["types"].split("/")]
        event[trigger] = types if event[trigger] == [0] else [*event[trigger], *types[:1]]
        for role in parties:
            heads = [
                doc.char_span(a, b, alignment_mode="expand").root.i
                for a, b in spans(row[role + "s"])
            ]
            held = parties[role][trigger] or []
            new = [place[i] for i in heads if i in place and place[i] != trigger]
            parties[role][trigger] = [*held, *(i for i in new if i not in held)]
    units: list[Unit] = []
    gap = "\n"
    for i, token in enumerate(words):
        before = doc.text[words[i - 1].idx + len(words[i - 1]) : token.idx] if i else "\n"
        if token.is_sent_start or not units:
            keys = ("event", "actor", "recipient", "place")
            units.append(Unit([], [], "\n" in before or not units, {key: [] for key in keys}))
        unit, gap = units[-1], before
        unit.words.append(token.text)
        unit.spaces.append(bool(gap))
        unit.targets["event"].append(event[i])
        unit.targets["place"].append(i)
        for role in parties:
            unit.targets[role].append(parties[role][i])
    return units
