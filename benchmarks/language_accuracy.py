"""Accuracy of a parser on the dev sets: parse and tags from raw text, names, speech.

``read`` in every function is a callable from text to Doc.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from spacy.tokens import Doc

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

import language_data as data
from corpora import Sentence, polnear_files, read_annotation, silver_spans, treebank
from language_windows import headline

Read = Callable[[str], Doc]
Span = tuple[int, int]
NAMES = {"PERSON": "PER", "PER": "PER", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC"}
TRIMMED = ".,;:\"“”'‘’"


def f1(right: int, said: int, gold: int) -> float:
    """F1 in per cent."""
    return round(200 * right / max(said + gold, 1), 2)


def parse(read: Read, name: str, limit: int | None = None) -> dict[str, float]:
    """UAS, LAS, tag and word F1, one sentence at a time from its raw text."""
    count: Counter[str] = Counter()
    for sentence in list(treebank(name))[:limit]:
        _compare(sentence, read(sentence.text), 0, count)
    return _figures(count)


def parse_documents(read: Read, name: str) -> dict[str, float]:
    """The same over whole documents, so that our sentence ends count, with sentence F1."""
    count: Counter[str] = Counter()
    documents: dict[str, list[Sentence]] = {}
    for sentence in treebank(name):
        documents.setdefault(sentence.document, []).append(sentence)
    for sentences in documents.values():
        text, starts = "", []
        for sentence in sentences:
            if text:
                text += "\n\n" if sentence.new_paragraph else " "
            starts.append(len(text))
            text += sentence.text
        doc = read(text)
        for sentence, start in zip(sentences, starts, strict=True):
            part = doc.char_span(start, start + len(sentence.text), alignment_mode="expand")
            _compare(sentence, part if part is not None else [], start, count)
        ours = {x[0].idx for x in (_bare(s) for s in doc.sents) if x}
        count["sentence"] += len(ours & set(starts))
        count["our sentences"] += len(ours)
        count["gold sentences"] += len(starts)
    found = _figures(count)
    found["sentences"] = f1(count["sentence"], count["our sentences"], count["gold sentences"])
    return found


def _bare(span: Iterable) -> list:
    return [t for t in span if not t.is_space]


def _compare(sentence: Sentence, tokens: Iterable, shift: int, count: Counter[str]) -> None:
    ours = {(t.idx - shift, t.idx - shift + len(t)): t for t in tokens if not t.is_space}
    count["ours"] += len(ours)
    spans = [(o, o + len(w)) for o, w in zip(sentence.offsets, sentence.words, strict=True)]
    for i, span in enumerate(spans):
        count["gold"] += 1
        token = ours.get(span)
        if token is None:
            continue
        head = token.head
        count["word"] += 1
        count["tag"] += token.tag_ == sentence.tags[i]
        count["universal"] += token.pos_ == sentence.universal_tags[i]
        count["lemma"] += token.lemma_ == sentence.lemmas[i]
        if sentence.heads[i] == i:
            same = head == token
        else:
            place = (head.idx - shift, head.idx - shift + len(head))
            same = head != token and place == spans[sentence.heads[i]]
        label = "root" if token.dep_ in ("ROOT", "root") else token.dep_
        count["uas"] += same
        count["las"] += same and label == sentence.labels[i]


def _figures(count: Counter[str]) -> dict[str, float]:
    kinds = ("uas", "las", "tag", "universal", "lemma", "word")
    return {k: f1(count[k], count["ours"], count["gold"]) for k in kinds}


def headlines(read: Read, name: str, limit: int | None = None) -> dict[str, float]:
    """The parse of sentences made like headlines: articles and copulas dropped, case changed.

    The gold tree is the sentence's own, without the words dropped (words that had dependents
    stay). Only sentences of at most twenty words, as headlines are.
    """
    count: Counter[str] = Counter()
    chance = random.Random(5)
    short = [s for s in treebank(name) if 4 < len(s.words) <= 20][:limit]
    for sentence in short:
        size = len(sentence.words)
        ends = [o + len(w) for o, w in zip(sentence.offsets, sentence.words, strict=True)]
        spaces = [True] + [b > a for a, b in zip(ends, sentence.offsets[1:], strict=False)]
        unit = data.Unit(sentence.words, spaces, True)
        unit.targets = {"head": list(sentence.heads), "number": list(range(size)),
                        "sentence": [0] * size, "paragraph": [True] + [False] * (size - 1)}  # fmt: skip
        made = headline(unit, chance)
        text, spans = _text(made.words, made.spaces)
        kept = made.targets["number"]
        gold = Sentence(text, sentence.document, True)
        gold.words, gold.offsets = made.words, [a for a, _ in spans]
        gold.heads = made.targets["head"]
        for key in ("tags", "universal_tags", "labels", "lemmas"):
            setattr(gold, key, [getattr(sentence, key)[i] for i in kept])
        _compare(gold, read(text), 0, count)
    found = _figures(count)
    return {key: found[key] for key in ("uas", "las", "tag", "word")}


def names(read: Read, held_out: bool) -> dict[str, float]:
    """F1 on UNER's EWT dev, one sentence at a time. ``held_out``: only documents not trained on."""
    right = said = gold = 0
    documents = data.uner_documents(set())
    for document in [d for i, d in enumerate(documents) if i % 3 == 0 or not held_out]:
        for unit in document:
            text, spans = _text(unit.words, unit.spaces)
            tags = [data.NAME_TAGS[x] for x in unit.targets["name"]]
            expected = {(spans[a][0], spans[b - 1][1], k) for k, a, b in _runs(tags)}
            found = _names(read(text))
            right += len(found & expected)
            said += len(found)
            gold += len(expected)
    return {"f1": f1(right, said, gold), "precision": round(100 * right / max(said, 1), 2),
            "recall": round(100 * right / max(gold, 1), 2)}  # fmt: skip


def silver(read: Read, limit: int | None = None) -> dict[str, float]:
    """F1 by kind against CoreNLP's names in PolNeAR's dev articles."""
    texts, _ = polnear_files("dev")
    expected = silver_spans("dev")
    count: Counter[tuple[str, str]] = Counter()
    for article in sorted(texts)[:limit]:
        found = _names(read(texts[article]))
        for kind in ("PER", "ORG", "LOC"):
            ours = {x for x in found if x[2] == kind}
            gold = {x for x in expected.get(article, ()) if x[2] == kind}
            count.update(
                {
                    (kind, "right"): len(ours & gold),
                    (kind, "said"): len(ours),
                    (kind, "gold"): len(gold),
                }
            )
    return {
        k: f1(count[k, "right"], count[k, "said"], count[k, "gold"]) for k in ("PER", "ORG", "LOC")
    }


def _names(doc: Doc) -> set[tuple[int, int, str]]:
    return {(x.start_char, x.end_char, NAMES[x.label_]) for x in doc.ents if x.label_ in NAMES}


def _text(words: list[str], spaces: list[bool]) -> tuple[str, list[Span]]:
    text, spans = "", []
    for word, space in zip(words, spaces, strict=True):
        text += " " if space and text else ""
        spans.append((len(text), len(text) + len(word)))
        text += word
    return text, spans


def _runs(tags: list[str]) -> list[tuple[str, int, int]]:
    from dragoman.language.chains import spans

    return spans(tags)


def pieces(text: str, spans: Iterable[Span]) -> list[Span]:
    """Spans without outer quotation marks and stops; those parted by nothing else are one."""
    found: list[Span] = []
    for a, b in spans:
        while a < b and (text[a].isspace() or text[a] in TRIMMED):
            a += 1
        while b > a and (text[b - 1].isspace() or text[b - 1] in TRIMMED):
            b -= 1
        if a < b and found and not re.search(r"\w", text[found[-1][1] : a]):
            found[-1] = (found[-1][0], b)
        elif a < b:
            found.append((a, b))
    return found


def speech(read: Read, limit: int | None = None) -> dict[str, dict[str, float]]:
    """Exact, overlap and token F1 of source, cue, content, and linked source–content pairs."""
    texts, annotations = polnear_files("dev")
    count: Counter[tuple[str, str]] = Counter()
    for article in sorted(texts)[:limit]:
        text = texts[article]
        gold = [
            {k: pieces(text, v) for k, v in e.items()}
            for e in read_annotation(annotations[article][0])
        ]
        doc = read(text)
        groups: dict[int, dict[str, list[Span]]] = {}
        for kind, a, b, _chance, number in doc.user_data["speech_spans"]:
            span = doc[a].idx, doc[b - 1].idx + len(doc[b - 1])
            groups.setdefault(number, {}).setdefault(kind.title(), []).append(span)
        ours = [{k: pieces(text, v) for k, v in g.items()} for g in groups.values()]
        for kind in ("Source", "Cue", "Content"):
            _tally(
                count,
                kind,
                {x for e in ours for x in e.get(kind, ())},
                {x for e in gold for x in e[kind]},
            )
        pairs = [
            {(e["Source"][0], e["Content"][0]) for e in side if e.get("Source") and e.get("Content")}
            for side in (ours, gold)
        ]  # fmt: skip
        _tally(count, "linked", *pairs)
    return {
        k: {
            how: f1(count[k, how], count[k, "said " + how], count[k, "gold " + how])
            for how in ("exact", "overlap", "token")[: 2 if k == "linked" else 3]
        }
        for k in ("Source", "Cue", "Content", "linked")
    }  # fmt: skip


def _tally(count: Counter[tuple[str, str]], kind: str, ours: set, gold: set) -> None:
    count[kind, "exact"] += len(ours & gold)
    count[kind, "said exact"] += len(ours)
    count[kind, "gold exact"] += len(gold)
    if kind == "linked":
        meets = lambda x, y: all(a[0] < b[1] and b[0] < a[1] for a, b in zip(x, y, strict=True))  # noqa: E731
        covered = token_ours = token_gold = set()
    else:
        meets = lambda x, y: x[0] < y[1] and y[0] < x[1]  # noqa: E731
        token_ours = {i for a, b in ours for i in range(a, b)}
        token_gold = {i for a, b in gold for i in range(a, b)}
        covered = token_ours & token_gold
    hit = (
        sum(any(meets(x, y) for y in gold) for x in ours)
        + sum(any(meets(x, y) for y in ours) for x in gold)
    ) / 2
    count[kind, "overlap"] += hit  # type: ignore[assignment]
    count[kind, "said overlap"] += len(ours)
    count[kind, "gold overlap"] += len(gold)
    count[kind, "token"] += len(covered)
    count[kind, "said token"] += len(token_ours)
    count[kind, "gold token"] += len(token_gold)
