"""Speed of the language room: CPU seconds by step, scaling over two processes, memory, load time."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from corpora import polnear_files
from dragoman.language import Pipeline, load
from dragoman.language.reader import Reader

STORIES = 30


def texts(count: int = STORIES) -> list[str]:
    """Some PolNeAR dev articles."""
    found, _ = polnear_files("dev")
    return [found[x] for x in sorted(found)[:count]]


def steps(reader: Reader, stories: list[str]) -> dict[str, float]:
    """CPU seconds of tokenising, encoding (the network) and decoding (all else)."""
    spent: Counter[str] = Counter()

    def timed(name: str, holder: object, attribute: str) -> None:
        inner = getattr(holder, attribute)

        def call(*arguments):
            began = time.process_time()
            try:
                return inner(*arguments)
            finally:
                spent[name] += time.process_time() - began

        setattr(holder, attribute, call)

    class Tokenizer:
        def __init__(self, inner):
            self.cut, self.vocab = inner, inner.vocab

        def __call__(self, text):
            return self.cut(text)

    class Session:
        def __init__(self, session):
            self.run = session.run

    reader.tokenizer = Tokenizer(reader.tokenizer)
    reader.network.session = Session(reader.network.session)
    timed("tokenise", reader.tokenizer, "cut")
    timed("encode", reader.network.session, "run")
    began = time.process_time()
    sentences = sum(len(list(reader.read(x).sents)) for x in stories)
    whole = time.process_time() - began
    spent["decode"] = whole - spent["tokenise"] - spent["encode"]
    return {"sentences": sentences, "whole": whole, **spent}


def work(job: tuple[str | None, list[str]]) -> float:
    """Wall seconds one process needs for the texts, loading left out."""
    pipeline = load(job[0])
    pipeline.parse(job[1][0])
    began = time.monotonic()
    for text in job[1]:
        pipeline.parse(text)
    return time.monotonic() - began


def report(pipelines: dict[str, Pipeline]) -> None:
    stories = texts()
    for name, pipeline in pipelines.items():
        pipeline.parse(stories[0])
        began = time.process_time()
        words = sum(sum(not t.is_space for t in pipeline.parse(x)) for x in stories)
        spent = time.process_time() - began
        print(f"{name:9} {words / spent:.0f} words per CPU second ({words} in {spent:.1f} s)")
    reader = Reader(pipelines["dragoman"].parser.network.folder)  # type: ignore[attr-defined]
    reader.read(stories[0])
    found = steps(reader, stories)
    rates = {k: round(found["sentences"] / found[k]) for k in ("tokenise", "encode", "decode")}
    print(f"          sentences per CPU second by step: {rates}; Python's share of the encoder's time: "
          f"{found['decode'] / found['encode']:.2f}")  # fmt: skip
    print(
        f"          resident memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most"
    )
    code = ("import time, resource; b = time.monotonic(); from dragoman import language; p = language.load(); "
            "p.parse('He left.'); print(round(time.monotonic() - b, 2), 's to import, load and parse once,', "
            "resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, 'MB')")  # fmt: skip
    paths = dict(os.environ, PYTHONPATH=str(Path(__file__).parents[1] / "src"))
    print(
        "         ",
        subprocess.run(
            [sys.executable, "-c", code], env=paths, capture_output=True, text=True
        ).stdout.strip(),
    )
    alone = work((None, stories))
    with ProcessPoolExecutor(2) as pool:
        pair = list(pool.map(work, [(None, stories)] * 2))
    print(
        f"          two processes: {2 * alone / max(pair):.2f} times one (wall clock; an idle machine is needed)"
    )
