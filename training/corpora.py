"""Readers for the named public corpora the models are trained on (see training/README.md).

Nothing here is imported by the package. The corpora live in ``../shared/corpora`` (or the folder
that the environment variable DRAGOMAN_CORPORA names) and are never copied into the project.
"""

from __future__ import annotations

import io
import lzma
import os
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CORPORA = Path(os.environ.get("DRAGOMAN_CORPORA", Path(__file__).parents[2] / "shared" / "corpora"))
#: CoreNLP's labels of names, as ours.
SILVER = {"PERSON": "PER", "ORGANIZATION": "ORG", "LOCATION": "LOC"}


@dataclass
class Sentence:
    """One treebank sentence: words and their gold annotation, one entry a syntactic word."""

    text: str
    document: str
    new_paragraph: bool
    words: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    universal_tags: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    features: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    misc: list[str] = field(default_factory=list)


def treebank(name: str) -> Iterator[Sentence]:
    """Sentences of ``ud/<name>.conllu.xz``; heads are 0-based word indices, the root is its own head."""
    document = ""
    sentence: Sentence | None = None
    spans: dict[int, tuple[int, int]] = {}
    position = 0
    new_paragraph = False
    text = ""
    with lzma.open(CORPORA / "ud" / f"{name}.conllu.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id = "):
                document, new_paragraph = line[14:], True
            elif line.startswith("# newpar"):
                new_paragraph = True
            elif line.startswith("# text = "):
                text = line[9:]
            elif not line:
                if sentence is not None:
                    yield sentence
                sentence, position, new_paragraph = None, 0, False
            elif not line.startswith("#"):
                cells = line.split("\t")
                if sentence is None:
                    sentence = Sentence(text, document, new_paragraph)
                    spans = {}
                if "-" in cells[0]:
                    first, last = map(int, cells[0].split("-"))
                    start = text.index(cells[1], position)
                    spans = {
                        number: (start, start + len(cells[1])) for number in range(first, last + 1)
                    }
                    position = start
                    continue
                if "." in cells[0]:
                    continue
                number = int(cells[0])
                found = text.find(cells[1], position)
                if number in spans:
                    if found < 0 or found >= spans[number][1]:
                        found = position
                    position = min(found + len(cells[1]), spans[number][1])
                else:
                    position = found + len(cells[1])
                sentence.words.append(cells[1])
                sentence.offsets.append(found)
                sentence.lemmas.append(cells[2])
                sentence.universal_tags.append(cells[3])
                sentence.tags.append(cells[4])
                sentence.features.append(cells[5])
                head = int(cells[6])
                sentence.heads.append(number - 1 if head == 0 else head - 1)
                sentence.labels.append(cells[7])
                sentence.misc.append(cells[9])
    if sentence is not None:
        yield sentence


def silver_names(part: str) -> Iterator[tuple[str, list[tuple[int, int, str, str, str]]]]:
    """PolNeAR articles with CoreNLP's tokens: (article, [(begin, end, word, tag, name label)…])
    one list a sentence; offsets into the article's text."""
    rows: list[tuple[int, int, str, str, str]] = []
    key: tuple[str, str] | None = None
    with lzma.open(CORPORA / "polnear" / f"corenlp-{part}.tsv.xz", "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            article, number, begin, end, word, tag, label = line.rstrip("\n").split("\t")
            if key is not None and key != (article, number):
                yield key[0], rows
                rows = []
            key = (article, number)
            rows.append((int(begin), int(end), word, tag, label))
    if key is not None:
        yield key[0], rows


def polnear_files(part: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Texts, and the annotation files of each article in order (the first annotator's first)."""
    texts: dict[str, str] = {}
    annotations: dict[str, list[str]] = {}
    packed = lzma.decompress((CORPORA / "polnear" / f"polnear-{part}.tar.xz").read_bytes())
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive.getmembers():
            if not member.isfile():
                continue
            content = archive.extractfile(member).read().decode("utf-8")
            name = Path(member.name).name
            if "/text/" in member.name:
                texts[name[:-4]] = content
            elif name.endswith(".ann"):
                annotations.setdefault(name.rsplit("_", 1)[0], []).append(content)
    return texts, annotations


def silver_spans(part: str) -> dict[str, set[tuple[int, int, str]]]:
    """CoreNLP's names by article of PolNeAR: start, end (half-open, code points), kind."""
    found: dict[str, set[tuple[int, int, str]]] = {}
    for article, rows in silver_names(part):
        last: tuple[int, int, str] | None = None
        for begin, end, _word, _tag, label in rows:
            held = found.setdefault(article, set())
            kind = SILVER.get(label)
            if last and kind == last[2]:
                held.discard(last)
                last = (last[0], end, kind)
            else:
                last = (begin, end, kind) if kind else None
            if last:
                held.add(last)
    return found


def read_annotation(content: str) -> list[dict[str, list[tuple[int, int]]]]:
    """Attributions of one brat file: {"Source": [(start, end)…], "Cue": […], "Content": […]}."""
    spans: dict[str, tuple[str, list[tuple[int, int]]]] = {}
    events = []
    for line in content.splitlines():
        cells = line.split("\t")
        if line.startswith("T") and len(cells) > 1:
            kind, ranges = cells[1].split(" ", 1)
            spans[cells[0]] = (kind, [tuple(map(int, x.split())) for x in ranges.split(";")])
        elif line.startswith("E"):
            found: dict[str, list[tuple[int, int]]] = {"Source": [], "Cue": [], "Content": []}
            for part in cells[1].split():
                role, key = part.split(":")
                role = re.sub(r"\d+$", "", role)
                if role in found and key in spans:
                    found[role].extend(spans[key][1])
            events.append(found)
    return events
