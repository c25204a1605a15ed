"""Windows for the language model: consecutive units of one document joined, and made like headlines."""

from __future__ import annotations

import random
from collections.abc import Sequence

from dragoman.language.features import case_class, layouts
from language_data import IGNORE, Unit

MAX_WORDS = 150
ARTICLES = {"a", "an", "the"}
COPULAS = {"is", "are", "was", "were", "be", "been", "'s", "has", "have"}


def joined(units: Sequence[Unit]) -> Unit:
    """Consecutive units as one window; ``head`` and ``link`` become indices into the window."""
    words = [w for u in units for w in u.words]
    spaces = [s for u in units for s in u.spaces]
    window = Unit(words, spaces, units[0].paragraph)
    for key in {k for u in units for k in u.targets}:
        window.targets[key] = []
        for u in units:
            values = u.targets.get(key, [IGNORE] * len(u.words))
            if key == "head":
                offset = len(window.targets[key])
                values = [v + offset if v >= 0 else v for v in values]
            window.targets[key].extend(values)
    place = {p: i for i, p in enumerate(window.targets.pop("place", []))}
    if "link" in window.targets:
        window.targets["link"] = [
            IGNORE if x is None else place.get(x, i) for i, x in enumerate(window.targets["link"])
        ]
    for key in ("actor", "recipient"):  # nobody in the window: the trigger itself
        if key in window.targets:
            window.targets[key] = [
                [] if x is None else [place[y] for y in x if y in place] or [i]
                for i, x in enumerate(window.targets[key])
            ]
    firsts = []
    for u in units:
        firsts.extend([u.paragraph] + [False] * (len(u.words) - 1))
    window.links = {}
    window.targets["paragraph"] = firsts
    window.targets["sentence"] = [n for n, u in enumerate(units) for _ in u.words]
    return window


def windows(documents, rng: random.Random, single: float, shortest: int = 20) -> list[Unit]:
    """One pass over the documents in windows of random length; ``single`` of the sentences alone."""
    found = []
    for units in documents:
        at = 0
        while at < len(units):
            limit = 0 if rng.random() < single else rng.randint(shortest, MAX_WORDS)
            end, size = at + 1, len(units[at].words)
            while end < len(units) and size + len(units[end].words) <= limit:
                size += len(units[end].words)
                end += 1
            found.append(units[at:end])
            at = end
    return [joined(x) for x in found]


def headline(window: Unit, rng: random.Random) -> Unit:
    """A copy of a one-sentence window made like a headline: articles and copulas dropped, case changed."""
    words, targets = window.words, window.targets
    kept = list(range(len(words)))
    if "head" in targets and len(words) > 4:
        has_children = {h for i, h in enumerate(targets["head"]) if h != i}
        roots = {i for i, h in enumerate(targets["head"]) if h == i}
        if rng.random() < 0.6:
            kept = [
                i for i, w in enumerate(words)
                if i in has_children or i in roots or w.lower() not in ARTICLES | COPULAS
            ]  # fmt: skip
        last = kept[-1]
        if words[last] == "." and last not in has_children | roots and rng.random() < 0.7:
            kept = kept[:-1]
    new = {old: i for i, old in enumerate(kept)}
    style = rng.choice(("title", "title", "as is", "lower", "upper"))
    change = {"title": lambda w: w[:1].upper() + w[1:], "lower": str.lower, "upper": str.upper,
              "as is": str}[style]  # fmt: skip
    made = Unit([change(words[i]) for i in kept], [window.spaces[i] for i in kept], True)
    for key, values in targets.items():
        made.targets[key] = [values[i] for i in kept]
    if "head" in targets:
        made.targets["head"] = [
            new[targets["head"][i]] if targets["head"][i] >= 0 else IGNORE for i in kept
        ]
    made.targets["start"] = [1] + [0] * (len(kept) - 1)
    made.targets["paragraph"] = [True] + [False] * (len(kept) - 1)
    return made


def features(window: Unit) -> tuple[list[int], list[int]]:
    """Case and layout of every word."""
    return (
        [case_class(w) for w in window.words],
        layouts(window.words, window.spaces, window.targets["paragraph"]),
    )
