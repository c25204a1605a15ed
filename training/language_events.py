"""Whole stories with our own annotation of their events: triggers, types, who acts, who is acted on.

A row of ``data/events/events.tsv``: the story ("g12" is row 12 of ``corpora/stories``, "s7" row 7
of ``corpora/synthetic``, "p5" the sixth article of PolNeAR train by name, "r5" a text of re3d,
"e5" a document of EWT train, "u5" one of GUM train, "w5" line 6 of
``data/events/wire.jsonl``: news in the manner of the agencies, written for this project), then code points of that text, half-open: the
trigger ("592-602"), the types that are right for it ("ACCUSE/COERCE", the best first), its actors
and its recipients ("465-486 490-495"), and how plain the event is (1 any coder finds it, 3 it may
be argued about; "s" where only somebody's words tell it). A row with the story alone says that the
story was read.
"""

from __future__ import annotations

import csv
import io
import json
import pickle
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from corpora import CORPORA, polnear_files, treebank
from dragoman.model import Story
from language_data import Unit

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
FOLDERS = {"g": "stories", "s": "synthetic", "p": "polnear", "r": "re3d", "e": "en_ewt-ud-train",
           "u": "en_gum-open-train", "w": "wire"}  # fmt: skip
WIRE = Path(__file__).parent / "data" / "events" / "wire.jsonl"


@cache
def texts(folder: str) -> list[str]:
    """The texts of a folder in ``corpora``, or of a treebank there, in the order of their files."""
    if folder == "polnear":
        articles, _ = polnear_files("train")
        return [articles[name] for name in sorted(articles)]
    if folder == "wire":
        return [json.loads(line)["text"] for line in WIRE.read_text("utf-8").splitlines()]
    if folder == "re3d":
        files = sorted((CORPORA / folder).glob("*/documents.json"))
        lines = [line for file in files for line in file.read_text("utf-8").split("\n")]
        return [json.loads(line)["text"] for line in lines if line.strip()]
    if folder.startswith("en_"):
        documents: dict[str, str] = {}
        for s in treebank(folder):
            told = documents.get(s.document, "")
            gap = "" if not told else "\n\n" if s.new_paragraph else " "
            documents[s.document] = told + gap + s.text
        return list(documents.values())
    return [row["text"] for row in _table(folder)]


@cache
def _table(folder: str) -> list[dict[str, str]]:
    """The rows of a corpus that is one table in a ZIP file."""
    with zipfile.ZipFile(next((CORPORA / folder).glob("*.zip"))) as archive:
        name = next(x for x in archive.namelist() if x.endswith(".csv") and "__" not in x)
        csv.field_size_limit(10**8)
        return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8"))))


def story_text(story: str) -> str:
    """The text of "g12" or "s7"."""
    return texts(FOLDERS[story[0]])[int(story[1:])]


@cache
def days(folder: str) -> list[str | None]:
    """The days on which the texts of a folder appeared, in their order, as far as a corpus gives them."""
    if folder == "wire":
        lines = WIRE.read_text("utf-8").splitlines()
        found = [json.loads(line)["published"] for line in lines]
    elif folder == "stories":
        found = [row["date"] for row in _table(folder)]
    elif folder == "polnear":
        rows = (CORPORA / folder / "metadata.tsv").read_text("utf-8").splitlines()
        told = {row["filename"]: row["publication_date"]
                for row in csv.DictReader(rows, delimiter="\t")}  # fmt: skip
        found = [
            told.get(name.removesuffix(".txt"), "") for name in sorted(polnear_files("train")[0])
        ]
    else:
        found = [""] * len(texts(folder))
    return [day if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None for day in found]


def story_of(story: str) -> Story:
    """ "g12" or "s7" as a story to code, dated where its corpus gives a day."""
    return Story(text=story_text(story), published=days(FOLDERS[story[0]])[int(story[1:])])


def kept_apart(story: str) -> bool:
    """Whether the language model never sees the story: what comes after it is fitted on those.

    Every fifth of the real ones, every tenth of the machine-written, every third of those that were
    written for this project.
    """
    return int(story[1:]) % {"s": 10, "w": 3}.get(story[0], 5) == 0


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
    table: Path,
    parse: Callable[[str], Any],
    stories: Callable[[str], bool] = lambda _: True,
    parsed: Path | None = None,
) -> dict[str, list[Unit]]:
    """The annotated stories, by name, as units of sentences.

    Targets: ``event`` holds, for every word, the numbers of the types that are right for it as a
    trigger; ``actor`` and ``recipient`` hold for a trigger the words (indices in the story) that
    its parties are headed by, an empty list for nobody, and None for other words.

    Args:
        parse: a text → Doc with sentences and heads.
        stories: which stories to take, by name.
        parsed: a file that keeps what was parsed for the next time; written anew.
    """
    kept: dict[str, tuple[Any, list[Unit]]] = {}
    if parsed is not None and parsed.exists():
        kept = pickle.loads(parsed.read_bytes())
    found = {}
    for story, rows in sorted(read_table(table).items()):
        if stories(story):
            known = kept.get(story)
            if known is None or known[0] != rows:
                known = rows, _document(parse(story_text(story)), rows)
            found[story] = known
    if parsed is not None:
        parsed.write_bytes(pickle.dumps(found))
    return {story: units for story, (_, units) in found.items()}


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
