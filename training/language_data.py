"""What every corpus tells the language model: sentences with a target for every task.

A ``Unit`` is one sentence (treebanks) or one silver sentence (PolNeAR) with a target list for
every task it is annotated for; ``language_windows`` joins consecutive units of one document.
"""

# ruff: noqa: SIM905 (word lists read better as text)
from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpora import (
    CORPORA,
    SILVER,
    Sentence,
    polnear_files,
    read_annotation,
    silver_names,
    treebank,
)

IGNORE = -100
NAME_TAGS = ["O"] + [
    f"{x}-{k}" for k in ("PER", "ORG", "LOC", "NORP", "FAC", "EVENT") for x in "BI"
]
SPEECH_TAGS = ["O"] + [f"{x}-{k}" for k in ("SOURCE", "CUE", "CONTENT") for x in "BI"]
TITLES = frozenset(
    """
president prime minister mr. mrs. ms. dr. prof. professor gen. general col. capt. lt. sgt. sir
lady lord king queen prince princess pope senator sen. rep. gov. governor secretary chancellor
ambassador judge mayor
""".split()
)
JOINING = frozenset({"of", "for", "and", "the", "&", "'s"})  # inside a name of several words


@dataclass
class Unit:
    """One sentence: words with spacing, and targets by task (each as long as ``words``)."""

    words: list[str]
    spaces: list[bool]
    paragraph: bool
    targets: dict[str, list] = field(default_factory=dict)
    links: dict[int, tuple[object, str]] = field(default_factory=dict)


def gum_names(sentence: Sentence) -> list[str]:
    """BIO names from GUM's entity column: the run of proper nouns that holds a mention's head."""
    kinds = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "EVENT"}
    tags = ["O"] * len(sentence.words)
    for first, last, kind in sorted(_gum_spans(sentence), key=lambda x: x[0] - x[1]):
        if kind not in kinds:
            continue
        inside = range(first, last + 1)
        heads = [i for i in inside if sentence.heads[i] not in inside or sentence.heads[i] == i]
        if not heads or sentence.tags[heads[0]] not in ("NNP", "NNPS"):
            continue
        start = end = heads[0]
        while start > first and sentence.tags[start - 1] in ("NNP", "NNPS", "HYPH"):
            start -= 1
        while end < last and sentence.tags[end + 1] in ("NNP", "NNPS", "HYPH", "CD"):
            end += 1
        if kind in ("organization", "event", "place"):
            while end + 2 <= last and sentence.words[end + 1] in JOINING:
                run = end + 2
                if sentence.words[run] == "the" and run < last:
                    run += 1
                if sentence.tags[run] not in ("NNP", "NNPS"):
                    break
                while run < last and sentence.tags[run + 1] in ("NNP", "NNPS"):
                    run += 1
                end = run
        while kind == "person" and start < end and sentence.words[start].lower() in TITLES:
            start += 1
        for i in range(start, end + 1):
            tags[i] = ("B-" if i == start else "I-") + kinds[kind]
    return tags


def _gum_spans(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    opened: dict[str, list[tuple[int, str]]] = {}
    for i, misc in enumerate(sentence.misc):
        cell = re.search(r"Entity=([^|]*)", misc)
        if not cell:
            continue
        for part in re.findall(r"\([^()]*\)?|[^()]+\)", cell.group(1)):
            if part.startswith("("):
                pieces = part.strip("()").split("-")
                kind = pieces[1] if len(pieces) > 1 else ""
                if part.endswith(")"):
                    yield i, i, kind
                else:
                    opened.setdefault(pieces[0], []).append((i, kind))
            else:
                key = part[:-1].split("-")[0]
                if opened.get(key):
                    start, kind = opened[key].pop()
                    yield start, i, kind


def treebank_documents(name: str, demonyms: set[str], vocabulary: dict) -> list[list[Unit]]:
    """Documents of one treebank as lists of units with tags, heads, labels (and names in GUM)."""
    documents: dict[str, list[Unit]] = {}
    for s in treebank(name):
        ends = [o + len(w) for o, w in zip(s.offsets, s.words, strict=True)]
        spaces = [False] + [b > a for a, b in zip(ends, s.offsets[1:], strict=False)]
        unit = Unit(s.words, spaces, s.new_paragraph)
        spaces[0] = True
        size = len(s.words)
        unit.targets = {
            "tag": [vocabulary["tag"].get(x, IGNORE) for x in s.tags],
            "universal": [vocabulary["universal"].get(x, IGNORE) for x in s.universal_tags],
            "head": list(s.heads),
            "label": [vocabulary["label"].get(x, IGNORE) for x in s.labels],
            "start": [1] + [0] * (size - 1),
        }
        if "gum" in name:
            names = gum_names(s)
            for i, word in enumerate(s.words):
                if names[i] == "O" and word.lower() in demonyms and word[:1].isupper():
                    names[i] = "B-NORP"
            unit.targets["name"] = [NAME_TAGS.index(x) for x in names]
        documents.setdefault(s.document, []).append(unit)
    return list(documents.values())


def uner_documents(demonyms: set[str]) -> list[list[Unit]]:
    """EWT dev with hand-made names only."""
    documents: list[list[Unit]] = []
    gold = {x.text: x for x in treebank("en_ewt-ud-dev")}
    text, words, tags = "", [], []
    for line in (CORPORA / "uner" / "en_ewt-ud-dev.iob2").read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc"):
            documents.append([])
        elif line.startswith("# text = "):
            text = line[9:]
        elif line and not line.startswith("#"):
            cells = line.split("\t")
            words.append(cells[1])
            tags.append(cells[2].replace("B-OTH", "O").replace("I-OTH", "O"))
        elif words:
            position, spaces = 0, []
            for word in words:
                found = text.find(word, position)
                found = position if found < 0 else found
                spaces.append(found > position or not position)
                position = found + len(word)
            for i, word in enumerate(words):
                if tags[i] == "O" and word.lower() in demonyms and word[:1].isupper():
                    tags[i] = "B-NORP"
            same = text in gold and gold[text].words == words
            paragraph = gold[text].new_paragraph if same else False
            unit = Unit(words, spaces, paragraph)
            unit.targets = {
                "name": [NAME_TAGS.index(x) if x in NAME_TAGS else 0 for x in tags],
                "start": [1] + [0] * (len(words) - 1),
            }
            documents[-1].append(unit)
            words, tags = [], []
    return [x for x in documents if x]


def polnear_documents(
    part: str, tokenize, demonyms: set[str], vocabulary: dict
) -> list[list[Unit]]:
    """Articles as units of silver sentences with speech tags, links, and silver names and tags.

    Links: for the first word of a cue the key of its source (None when it has none), for the
    first word of a content piece the key of its cue; keys are word indices in the article.
    """
    texts, annotations = polnear_files(part)
    silver: dict[str, list] = {}
    for article, rows in silver_names(part):
        silver.setdefault(article, []).append(rows)
    return [
        _article(texts[name], annotations[name][0], silver.get(name, []), tokenize, demonyms, vocabulary)
        for name in sorted(texts) if name in annotations
    ]  # fmt: skip


def _article(text, annotation, silver, tokenize, demonyms, vocabulary) -> list[Unit]:
    words = list(tokenize(text))
    speech, links = _said(words, annotation)
    tags, names, first = _silver(words, silver, demonyms, vocabulary)
    units: list[Unit] = []
    for i, (a, b) in enumerate(words):
        gap = text[words[i - 1][1] : a] if i else "\n"
        if i == 0 or i in first or "\n" in gap:
            targets = {k: [] for k in ("speech", "tag", "name", "start", "link", "place")}
            units.append(Unit([], [], "\n" in gap, targets))
        unit = units[-1]
        unit.targets["start"].append(int(not unit.words))
        unit.words.append(text[a:b])
        unit.spaces.append(bool(gap))
        unit.targets["speech"].append(speech[i])
        unit.targets["tag"].append(tags[i])
        unit.targets["name"].append(names[i])
        unit.targets["link"].append(links.get(i))
        unit.targets["place"].append(i)
    return units


def _said(words, annotation) -> tuple[list[int], dict[int, int]]:
    """The speech tag of every word, and the links of one annotation file."""
    speech = [0] * len(words)
    links: dict[int, int] = {}

    def mark(kind: str, span: tuple[int, int]) -> int | None:
        inside = [i for i, (a, b) in enumerate(words) if a < span[1] and b > span[0]]
        for n, i in enumerate(inside):
            speech[i] = SPEECH_TAGS.index(("B-" if n == 0 else "I-") + kind)
        return inside[0] if inside else None

    for event in read_annotation(annotation):
        sources = [mark("SOURCE", x) for x in event["Source"]]
        cues = [mark("CUE", x) for x in event["Cue"]]
        contents = [mark("CONTENT", x) for x in event["Content"]]
        source = next((x for x in sources if x is not None), None)
        cue = next((x for x in cues if x is not None), None)
        for x in cues:
            if x is not None:
                links[x] = source if source is not None else x
        for x in contents:
            if x is not None:
                links[x] = cue if cue is not None else x
    return speech, links


def _silver(words, silver, demonyms, vocabulary) -> tuple[list[int], list[int], set[int]]:
    """CoreNLP's tag and name of every word, and the words that open its sentences."""
    tags, names, first = [IGNORE] * len(words), [IGNORE] * len(words), set()
    starts = {a: i for i, (a, _) in enumerate(words)}
    by_span = {w: i for i, w in enumerate(words)}
    for rows in silver:
        previous = None
        if rows[0][0] in starts:
            first.add(starts[rows[0][0]])
        for begin, end, word, tag, label in rows:
            i = by_span.get((begin, end))
            if i is not None:
                tags[i] = vocabulary["tag"].get(tag, IGNORE)
            for i in _within(words, starts, begin, end):
                name = SILVER.get(label)
                if word.lower() in demonyms and word[:1].isupper() and not name:
                    names[i], name = NAME_TAGS.index("B-NORP"), None
                elif label == "MISC":
                    names[i] = IGNORE
                elif not name:
                    names[i] = 0
                else:
                    names[i] = NAME_TAGS.index(("I-" if previous == name else "B-") + name)
                previous = name
    return tags, names, first


def _within(words, starts, begin, end) -> list[int]:
    found = []
    i = starts.get(begin)
    while i is not None and i < len(words) and words[i][1] <= end:
        found.append(i)
        i += 1
    return found


def demonyms() -> set[str]:
    """Lower-case one-word demonyms of the reference table."""
    rows = json.loads((CORPORA / "reference" / "countries.json").read_text(encoding="utf-8"))
    found = set()
    for row in rows:
        for form in (row.get("demonyms", {}).get("eng", {}) or {}).values():
            if form and " " not in form:
                found.add(form.lower())
                if form.endswith(("an", "i", "ish", "ese")):
                    found.add(form.lower() + ("s" if not form.endswith(("ish", "ese")) else ""))
    return found | {"european", "europeans", "arab", "arabs", "western", "kurdish", "kurds",
                    "palestinian", "palestinians", "chechen", "muslim", "muslims", "sunni", "shiite",
                    "jewish", "democrat", "democrats", "republican", "republicans"} - {""}  # fmt: skip
