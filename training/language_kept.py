"""Figures of a network on the documents kept from training, to compare runs by.

Greedy and without the run time's repairs: a little under the figures of the finished model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import torch

import language_data as data
from language_net import LanguageNet

NAMES = tuple(data.NAME_TAGS)
SPEECH = tuple(data.SPEECH_TAGS)


def figures(net: LanguageNet, kept: Iterable[tuple[str, dict]]) -> dict[str, float]:
    """Shares of words right (tags, heads, labelled heads, parties), F1 of names, speech, triggers.

    ``kept``: what ``language_corpus.Stream.kept`` gives.
    """
    net.eval()
    device = net.mix.device
    count: Counter[str] = Counter()
    with torch.inference_mode():
        for pool, batch in kept:
            b = {k: v.to(device) for k, v in batch.items()}
            h = net.states(b["ids"], b["cases"], b["layouts"], b["mask"], b["firsts"])
            x = net.around(h)
            if "head" in b:
                _tree(net, h, b, count)
            if pool in ("trees", "names"):
                _spans("name", NAMES, net.named(h, x).argmax(-1), b, count)
            if "speech" in b:
                _spans("speech", SPEECH, net.spoken(x)[0].argmax(-1), b, count)
            if "event" in b:
                _told(*net.told(h, x), b, count)
    return {k: round(v, 4) for k, v in _shares(count).items()}


def _tree(net: LanguageNet, h: torch.Tensor, b: dict, count: Counter[str]) -> None:
    same = b["sentence"][:, :, None] == b["sentence"][:, None, :]
    heads = net.arcs(h).masked_fill(~same, -1e4).argmax(-1)
    labels = net.labels(net.label_halves(h), heads).argmax(-1)
    known = b["head"] >= 0
    right = (heads == b["head"]) & known
    count["head of"] += int(known.sum())
    count["head"] += int(right.sum())
    count["labelled head of"] += int(known.sum())
    count["labelled head"] += int((right & (labels == b["label"])).sum())
    tagged = b["tag"] >= 0
    count["tag of"] += int(tagged.sum())
    count["tag"] += int(((net.tag(h).argmax(-1) == b["tag"]) & tagged).sum())


def _spans(
    key: str, tags: tuple[str, ...], found: torch.Tensor, b: dict, count: Counter[str]
) -> None:
    if key not in b:
        return
    for row, gold, inside in zip(
        found.tolist(), b[key].tolist(), b["inside"].tolist(), strict=True
    ):
        size = sum(inside)
        if any(x == data.IGNORE for x in gold[:size]):
            continue
        ours, theirs = (_pieces([tags[i] for i in line[:size]]) for line in (row, gold))
        for kind in {x[2] for x in ours | theirs}:
            one, two = ({x for x in side if x[2] == kind} for side in (ours, theirs))
            count[f"{kind} given"] += len(one)
            count[f"{kind} there"] += len(two)
            count[f"{kind} both"] += len(one & two)


def _pieces(tags: list[str]) -> set[tuple[int, int, str]]:
    found, start = set(), None
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and (tag == "O" or tag[0] == "B" or tag[2:] != tags[start][2:]):
            found.add((start, i, tags[start][2:]))
            start = None
        if tag != "O" and start is None:
            start = i
    return found


def _told(scores: torch.Tensor, roles: torch.Tensor, b: dict, count: Counter[str]) -> None:
    best = scores.argmax(-1)
    right = b["event"].gather(2, best[..., None])[..., 0] > 0
    there = (b["event"][..., 0] == 0) & b["inside"]
    given = (best > 0) & b["inside"]
    count["trigger given"] += int(given.sum())
    count["trigger there"] += int(there.sum())
    count["trigger both"] += int((given & there & right).sum())
    roles = roles.masked_fill(~b["inside"][:, None, None, :], -1e4).argmax(-1)
    held = b["role"].gather(3, roles[..., None])[..., 0] > 0
    asked = b["role"].sum(-1) > 0
    count["party of"] += int(asked.sum())
    count["party"] += int((held & asked).sum())


def _shares(count: Counter[str]) -> dict[str, float]:
    found = {k[:-3]: count[k[:-3]] / count[k] for k in count if k.endswith(" of")}
    for key in sorted(k[:-6] for k in count if k.endswith(" there")):
        found[f"F1 {key}"] = (
            2 * count[f"{key} both"] / (count[f"{key} given"] + count[f"{key} there"])
        )
    return found
