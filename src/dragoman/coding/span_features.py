"""What is told of a span that could be a source, a cue or a content before one is chosen.

The parser's model gives every likely span a probability. Beside it stand here how its rivals fare,
what it would be linked to, where its edges lie in the tree and in the quotation marks, and whether
the rules found the same words.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from spacy.attrs import DEP, HEAD, LENGTH, ORTH, SENT_START, SPACY

from dragoman.coding.drafts import Draft
from dragoman.coding.quotes import Quotation

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from dragoman.language.speech import Reading

    Numbers = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Marks = NDArray[np.bool_]

KINDS = ("SOURCE", "CUE", "CONTENT")
SOURCE, CUE, CONTENT = range(3)
#: Columns of the tags' probabilities: O, then B- and I- of each kind.
BEGIN, GO_ON = (1, 3, 5), (2, 4, 6)
#: Marks that are cut from a span's ends before two spans are compared.
EDGES = frozenset(".,;:\"“”'‘’")
#: Groups of labels (their first parts) that are told apart at a span's edges.
LABELS = (
    "other", "nsubj csubj", "obj iobj", "obl", "nmod", "acl", "advcl", "ccomp", "xcomp",
    "parataxis", "conj", "cc", "mark", "case", "punct", "appos", "advmod", "amod nummod", "det",
    "compound flat fixed", "aux cop", "ROOT",
)  # fmt: skip
_GROUP = {name: number for number, group in enumerate(LABELS) for name in group.split()}
#: What ``features`` finds, in order.
FEATURES = (
    "kind", "odds", "group odds", "rivals", "best rival", "rivals from here", "rivals to here",
    "longer rivals", "inner rivals", "least inside", "speech before", "speech after",
    "begins inside", "others inside", "words", "link to itself", "link", "best link", "partner",
    "partner of partner", "same quotation", "sentences", "ends sentence", "begins sentence", "tops",
    "left out before", "left out after", "label after", "label first", "rule span",
    "rule from here", "rule to here", "rules over it", "rules of other kinds", "rule longer",
)  # fmt: skip
#: Counts are weighed up to these, beyond which more says no more.
CAPS = {
    "left out before": 3, "left out after": 8, "tops": 4, "sentences": 3, "rules over it": 2,
    "rules of other kinds": 3,
}  # fmt: skip
_TURNED = {"kind", "words", "rule longer", "label after", "label first", *CAPS}
#: What is weighed, in order: the columns of ``weighable``.
COLUMNS = (
    *(name for name in FEATURES if name not in _TURNED),
    *CAPS, "words, logarithm", "something left out before", "something left out after", "one top",
    "rule runs longer", "rule stops before", "no rule over it",
    *(f"{edge}: {label}" for edge in ("label after", "label first") for label in LABELS),
)  # fmt: skip


def weighable(rows: Floats) -> Floats:
    """(candidates, ``COLUMNS``) of what ``features`` found: counts capped, labels yes or no."""
    of = {name: rows[:, number] for number, name in enumerate(FEATURES)}
    labels = np.arange(len(LABELS))
    columns = [
        *(of[name] for name in FEATURES if name not in _TURNED),
        *(np.minimum(of[name], most) for name, most in CAPS.items()),
        np.log1p(of["words"]), of["left out before"] > 0, of["left out after"] > 0,
        of["tops"] == 1, of["rule longer"] > 0, of["rule longer"] < 0, of["rules over it"] == 0,
    ]  # fmt: skip
    edges = [of[name][:, None] == labels[None] for name in ("label after", "label first")]
    found: Floats = np.concatenate((np.stack(columns, 1), *edges), 1).astype(np.float64)
    return found


@dataclass(frozen=True)
class Text:
    """The words of a story (white space left out) as arrays, numbered in order.

    ``token`` index in the Doc; ``place`` words' numbers by token; ``start``, ``end`` code points;
    ``left``, ``right`` the first and last word of what hangs on a word; ``quotation`` number of
    the outer quotation round it, 0 for none; ``mark`` no letter or digit in it; ``edge`` only
    ``EDGES``; ``opens`` it begins a sentence, ``sentence`` its number.
    """

    token: Numbers
    place: Numbers
    start: Numbers
    end: Numbers
    head: Numbers
    left: Numbers
    right: Numbers
    label: Numbers
    quotation: Numbers
    mark: Marks
    edge: Marks
    opens: Marks
    sentence: Numbers


def text_of(doc: Doc, token: Sequence[int], quotations: Sequence[Quotation]) -> Text:
    """The arrays of a story whose words are the tokens given."""
    words = np.asarray(token, dtype=np.int64)
    array = doc.to_array([ORTH, DEP, HEAD, SENT_START, LENGTH, SPACY])
    strings = cast("Mapping[int, str]", doc.vocab.strings)
    place = np.zeros(len(doc), dtype=np.int64)
    place[words] = np.arange(len(words))
    head = place[np.clip(words + array[words, 2].astype(np.int64), 0, len(doc) - 1)]
    sign, edge = _looked_up(array[words, 0], lambda x: _signs(strings[x])).T
    label = _looked_up(array[words, 1], lambda x: [_label(strings[x])])[:, 0]
    length, space = array[:, 4].astype(np.int64), array[:, 5].astype(np.int64)
    start = (np.cumsum(length + space) - length - space)[words]
    end = start + length[words]
    quotation = np.zeros(len(words), dtype=np.int64)
    for number, item in enumerate((q for q in quotations if q.depth == 0), start=1):
        a, b = np.searchsorted(start, (item.start, item.end))
        quotation[a:b] = number
    opens = array[words, 3].astype(np.int64) == 1
    left, right = _reach(head)
    return Text(
        words, place, start, end, head, left, right, label, quotation,
        sign.astype(bool), edge.astype(bool), opens, np.cumsum(opens),
    )  # fmt: skip


def _looked_up(keys: NDArray[np.uint64], what: Callable[[int], Sequence[int]]) -> Numbers:
    """A row of numbers for each key, each key asked for once."""
    unique, where = np.unique(keys, return_inverse=True)
    rows = np.array([what(int(key)) for key in unique], dtype=np.int64)
    found: Numbers = rows[where]
    return found


@functools.lru_cache(maxsize=20_000)
def _signs(word: str) -> tuple[bool, bool]:
    return not any(sign.isalnum() for sign in word), all(sign in EDGES for sign in word)


@functools.lru_cache(maxsize=1_000)
def _label(name: str) -> int:
    return _GROUP.get(name.split(":", 1)[0], 0)


def _reach(head: Numbers) -> tuple[Numbers, Numbers]:
    """First and last word of what hangs on each word; trees deeper than 40 are seen in part."""
    left, right = np.arange(len(head)), np.arange(len(head))
    for _ in range(40):
        before = left.sum() - right.sum()
        np.minimum.at(left, head, left)
        np.maximum.at(right, head, right)
        if left.sum() - right.sum() == before:
            break
    return left, right


@dataclass(frozen=True)
class Candidates:
    """Spans to choose from, of all windows in order; words are numbered through the story.

    ``first``, ``end``: as the model has the span; ``low``, ``high``: without marks at its ends;
    ``chance``: its probability; ``together``: the sum over spans that differ in such marks only,
    of which the likeliest is kept; ``window``: number of its window; ``bare``: nothing but marks
    (the colon of "Putin: …" is a cue), which have ``low`` and ``high`` as they are.
    """

    kind: Numbers
    first: Numbers
    end: Numbers
    low: Numbers
    high: Numbers
    chance: Floats
    together: Floats
    window: Numbers
    bare: Marks


def candidates(text: Text, readings: Sequence[Reading], starts: Sequence[int]) -> Candidates:
    """The likely spans of all windows; ``starts`` are their first words."""
    rows = [
        (window, KINDS.index(kind), starts[window] + first, starts[window] + end, chance)
        for window, reading in enumerate(readings)
        for chance, (kind, first, end) in reading.likely
    ]
    table = np.array(rows, dtype=np.float64).reshape(-1, 5)
    window, kind, first, end = table[:, :4].astype(np.int64).T
    chance = table[:, 4]
    size = len(text.token)
    numbers = np.arange(size + 1)
    # The first word from here on, and the last up to here, that is no mark.
    onward = np.minimum.accumulate(np.where(np.append(text.edge, False), size, numbers)[::-1])[::-1]
    back = np.maximum.accumulate(np.where(np.append(True, text.edge), 0, numbers))
    bare = onward[first] >= back[end]
    low, high = np.where(bare, first, onward[first]), np.where(bare, end, back[end])
    order = np.lexsort((-chance, high, low, kind, window))
    keys = np.stack((window, kind, low, high))[:, order]
    fresh = np.append(True, (keys[:, 1:] != keys[:, :-1]).any(0))[: len(order)]
    together = np.bincount(np.cumsum(fresh) - 1, chance[order]) if len(order) else chance[order]
    kept = order[fresh]
    return Candidates(
        kind[kept], first[kept], end[kept], low[kept], high[kept], chance[kept],
        np.minimum(together, 0.999), window[kept], bare[kept],
    )  # fmt: skip


def features(
    text: Text, found: Candidates, readings: Sequence[Reading], starts: Sequence[int],
    ruled: Sequence[Draft],
) -> Floats:  # fmt: skip
    """(candidates, ``FEATURES``)."""
    tags = np.exp(np.concatenate([x.chance for x in readings]).astype(np.float64))
    kind, low, high = found.kind, found.low, found.high
    columns: list[NDArray[Any]] = [kind, _odds(found.chance), _odds(found.together)]
    parts = [
        _of_window(found, window, reading, starts[window], tags)
        for window, reading in enumerate(readings)
    ]
    columns += list(np.concatenate(parts).T[:6])
    columns += _tag_columns(found, tags)
    columns += list(np.concatenate(parts).T[6:])
    columns += _layout_columns(text, found)
    columns += rule_columns(text, kind, low, high, ruled)
    return np.stack([np.asarray(x, dtype=np.float64) for x in columns], axis=1)


def _odds(chance: Floats) -> Floats:
    held = np.clip(chance, 1e-4, 1 - 1e-4)
    found: Floats = np.log(held / (1 - held))
    return found


def _tag_columns(found: Candidates, tags: Floats) -> list[Floats]:
    """The least sure word inside, tags beside, and other beginnings inside."""
    first, end, kind = found.first, found.end, found.kind
    lines = np.arange(len(kind))
    padded = np.concatenate((tags, np.ones((1, 7))))
    least = np.ones(len(kind))
    sums = np.concatenate((np.zeros((1, 7)), np.cumsum(tags, 0)))[:, list(BEGIN)]
    for number in range(3):
        own = np.flatnonzero((kind == number) & (end > first + 1))
        if len(own):
            ends = np.stack((first[own] + 1, end[own]), 1).ravel()
            least[own] = np.minimum.reduceat(padded[:, GO_ON[number]], ends)[::2]
    begins = sums[end] - sums[first]
    inside = begins[lines, kind] - tags[first, np.asarray(BEGIN)[kind]]
    begins[lines, kind] = 0.0
    before = np.where(first > 0, 1 - tags[first - 1, 0], 0.0)
    after = 1 - padded[end, 0]
    return [least, before, after, inside, begins.max(1), (found.high - found.low).astype(float)]


def _of_window(
    found: Candidates, window: int, reading: Reading, start: int, tags: Floats
) -> Floats:
    """(candidates of a window, 11): six figures of rivals and five of links."""
    own = np.flatnonzero(found.window == window)
    if not len(own):
        return np.zeros((0, 11))
    kind, low, high = found.kind[own], found.low[own], found.high[own]
    mass = found.together[own]
    from_here, to_here = low[:, None] == low[None], high[:, None] == high[None]
    rival = (low[:, None] < high[None]) & (low[None] < high[:, None])
    rival &= kind[:, None] == kind[None]
    np.fill_diagonal(rival, False)
    held = rival * mass[None]
    longer = (low[None] <= low[:, None]) & (high[None] >= high[:, None])
    inner = (low[None] >= low[:, None]) & (high[None] <= high[:, None])
    rivals = [
        held.sum(1), held.max(1), (held * from_here).sum(1), (held * to_here).sum(1),
        (held * longer).sum(1), (held * inner).sum(1),
    ]  # fmt: skip
    size = len(reading.chance)
    links = _link_columns(
        kind, found.first[own] - start, np.exp(reading.links.chance), tags[start : start + size]
    )
    return np.concatenate((np.stack(rivals, 1), links), 1)


def _link_columns(kind: Numbers, first: Numbers, link: Floats, tags: Floats) -> Floats:
    """(candidates, 5): chances of the links of a span's first word, and of those it leads to.

    Of a content those to cues, of a cue those to sources, of a source those from cues.
    """
    source, cue = tags[:, 1] + tags[:, 2], tags[:, 3] + tags[:, 4]
    content = tags[:, 5]
    found = np.zeros((len(kind), 5))
    for number, target in ((CONTENT, cue), (CUE, source)):
        own = np.flatnonzero(kind == number)
        row = link[first[own]]
        led = row * target
        best = led.argmax(1)
        others = row.copy()
        others[np.arange(len(own)), first[own]] = 0.0
        found[own, 0] = row[np.arange(len(own)), first[own]]
        found[own, 1], found[own, 2] = led.sum(1), others.max(1)
        if number == CONTENT:
            found[own, 3], found[own, 4] = cue[best], (link[best] * source).sum(1)
        else:
            towards = link[:, first[own]].T * content
            found[own, 3], found[own, 4] = towards.max(1), towards.sum(1)
    own = np.flatnonzero(kind == SOURCE)
    led = link[:, first[own]].T * tags[:, 3]
    best = led.argmax(1)
    found[own, 1], found[own, 2], found[own, 3] = led.sum(1), led.max(1), cue[best]
    found[own, 4] = (link[:, best].T * content).sum(1)
    return found


def _layout_columns(text: Text, found: Candidates) -> list[NDArray[Any]]:
    """Quotation, sentences, and how the span sits in the tree."""
    low, high = found.low, found.high
    if not len(low):
        return [low] * 9
    last, size = high - 1, len(text.token)
    follows = np.minimum(high, size - 1)
    lengths = high - low
    offsets = np.cumsum(lengths) - lengths
    line = np.repeat(np.arange(len(low)), lengths)
    word = np.arange(len(line)) - offsets[line] + low[line]
    head = text.head[word]
    top = ((head < low[line]) | (head >= high[line]) | (head == word)) & ~text.mark[word]
    right = np.maximum.reduceat(np.where(top, text.right[word], -1), offsets)
    left = np.minimum.reduceat(np.where(top, text.left[word], size), offsets)
    # What is left out after the span, marks at the end not counted.
    solid = np.maximum.accumulate(np.where(text.mark, 0, np.arange(size)))
    return [
        text.quotation[low] == text.quotation[last],
        text.sentence[last] - text.sentence[low],
        text.opens[follows] | text.opens[np.minimum(high + 1, size - 1)] | (high >= size - 1),
        text.opens[low],
        np.bincount(line, top, len(low)),
        np.maximum(low - left, 0),
        np.maximum(solid[np.maximum(right, 0)] - last, 0),
        text.label[follows],
        text.label[low],
    ]


def rule_columns(
    text: Text, kind: Numbers, low: Numbers, high: Numbers, ruled: Sequence[Draft]
) -> list[NDArray[Any]]:
    """Whether the rules have the same words, begin or end with them, or have others over them."""
    spans = rule_spans(text, ruled)
    size = len(text.token) + 1
    columns = np.zeros((6, len(kind)))
    counts = np.zeros((3, len(kind)))
    for number, found in enumerate(spans):
        if not len(found):
            continue
        begins, ends = np.sort(found[:, 0]), np.sort(found[:, 1])
        counts[number] = np.searchsorted(begins, high, "left") - np.searchsorted(ends, low, "right")
        own = kind == number
        longest = np.zeros(size, dtype=np.int64)
        np.maximum.at(longest, found[:, 0], found[:, 1])
        reach = longest[low]
        columns[0, own] = np.isin(low * size + high, found[:, 0] * size + found[:, 1])[own]
        columns[1, own] = (reach > 0)[own]
        columns[2, own] = np.isin(high, ends)[own]
        columns[5, own] = np.where(reach > 0, reach - high, 0)[own]
    columns[3] = counts[kind, np.arange(len(kind))]
    columns[4] = counts.sum(0) - columns[3]
    return list(columns)


def rule_spans(text: Text, ruled: Sequence[Draft]) -> list[Numbers]:
    """For each kind the spans (n, 2) of the rules' drafts, in words, without marks at the ends."""
    found: list[list[tuple[int, int]]] = [[], [], []]
    for draft in ruled:
        for number, tokens in ((SOURCE, draft.source), (CUE, draft.cue)):
            if tokens:
                found[number].append(
                    (int(text.place[min(tokens)]), int(text.place[max(tokens)]) + 1)
                )
        for piece in draft.content:
            first = int(np.searchsorted(text.end, piece.start, "right"))
            found[CONTENT].append((first, int(np.searchsorted(text.start, piece.end, "left"))))
    result = []
    for spans in found:
        kept = [_trimmed(text, *span) for span in spans]
        rows = [span for span in kept if span[0] < span[1]]
        result.append(np.array(rows, dtype=np.int64).reshape(-1, 2))
    return result


def _trimmed(text: Text, first: int, end: int) -> tuple[int, int]:
    while first < end and text.edge[first]:
        first += 1
    while end > first and text.edge[end - 1]:
        end -= 1
    return first, end
