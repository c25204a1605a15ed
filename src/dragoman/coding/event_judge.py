"""How likely each draft is an event that a careful human coder would give, and which are given.

Boosted trees (``trees``) look at what pattern and language model say
of a draft, at its parties, at its place in the sentence and the story, and at what the story's other
drafts tell of the same parties; a small network reads the encoder's states as well
(``event_judge_network``), and the mean of their log-odds counts. Both were fitted on
stories coded by hand (``training/event_judge.py``); the trees are in ``data/event_judge.json.gz``.
The answer is a probability, and becomes the event's confidence.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dragoman.coding import event_judge_network
from dragoman.coding.event_spoken import ROLES
from dragoman.coding.second_opinion import agreed
from dragoman.coding.trees import TypedTrees
from dragoman.fitted import read

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dragoman.coding.event_detail import Detail
    from dragoman.coding.event_draft import Draft
    from dragoman.coding.second_opinion import Network
    from dragoman.model import Mention

FILE = Path(__file__).parent / "data" / "event_judge.json.gz"
KINDS = ("name", "title", "description", "adjective", "pronoun", "unnamed")
AUX = ("future", "hypothetical", "negation")
DEPS = ("ROOT", "conj", "ccomp", "xcomp", "advcl", "acl", "acl:relcl", "nmod", "obl", "obj", "nsubj",
        "compound", "amod", "parataxis", "appos")  # fmt: skip
TAGS = ("VBD", "VBN", "VBG", "VB", "VBZ", "VBP", "NN", "NNS", "JJ")
#: Probability from which the language model sees a killing plainly, without and with a pattern or a second word
#: that counts the dead, and how sure it is at least though nobody is said to have done it.
_PLAIN, _PLAIN_BY_PATTERN, _PLAIN_BY_TOLL, _HAPPENED = 0.8, 0.7, 0.5, 0.5
#: Probability from which the model sees somebody as the one it befell.
_STRUCK = 0.5
#: How sure at least a pattern is whose type stands whatever the model sees.
_FIRM = 0.5
#: Probability of a type that the model says nothing of.
_UNSEEN = 0.002


class Judge(TypedTrees):
    """The fitted trees.

    Args:
        data: ``rules`` (name of a row → log-odds that its events are right, and the number of
            them), ``types`` in order, ``trees``, ``start``, ``least`` and ``least_of_pattern``
            (probability from which a draft of the model, or of a pattern, is given).
        network: the second opinion, if there is one.
    """

    def __init__(self, data: dict[str, Any], network: Network | None = None) -> None:
        super().__init__(data)
        self.network = network
        self.rules: dict[str, list[float]] = data["rules"]
        self.least_of_pattern = float(data["least_of_pattern"])

    @classmethod
    @cache
    def shipped(cls) -> Judge:
        """The judge of the package.

        Raises:
            ModelError: its file is missing or damaged.
        """
        return read(
            lambda data: cls(data, event_judge_network.shipped()), FILE, "the judge of events"
        )

    def choose(self, drafts: Sequence[Draft], detail: Detail) -> list[Draft]:
        """The drafts that are given, their confidence set; of two readings of a deed the likelier."""
        if not drafts:
            return []
        ours = list(detail.ontology.types) == self.types
        chances = self.chances(drafts, detail)
        kept: dict[int, Draft] = {}
        firm, counted = (detail.syntax.patterns.types(name) for name in ("firm", "counted"))
        for draft, chance in zip(drafts, chances.tolist(), strict=True):
            by_pattern = draft.hit is not None
            if ours or not by_pattern:  # the patterns of another scheme were never judged
                stands = draft.rule in counted or (
                    (draft.unless or draft.rule in firm) and draft.actors
                )
                least = _FIRM if stands else _of_nobody(draft, detail)
                draft.confidence = round(max(chance, least), 3)
            least = self.least_of_pattern if by_pattern else self.least
            held = kept.get(draft.token)
            if draft.confidence >= least and (held is None or held.confidence < draft.confidence):
                kept[draft.token] = draft
        return list(kept.values())

    def chances(self, drafts: Sequence[Draft], detail: Detail) -> NDArray[np.float64]:
        """How likely each draft is right."""
        rows = features(drafts, detail, self.rules, self.types)
        states = event_judge_network.states_of(drafts, detail.doc)
        return agreed(self.network, self._trees.chances(rows), rows, states)


def features(
    drafts: Sequence[Draft], detail: Detail, rules: dict[str, list[float]], types: Sequence[str]
) -> NDArray[np.float64]:
    """One row of numbers a draft, in the order that the trees know.

    Args:
        drafts: all of the story's, in order of the text.
        rules: name of a pattern → log-odds that its events are right, and their number.
        types: the coding scheme's types in a fixed order.
    """
    crowd: dict[tuple[int, int], int] = {}
    for draft in drafts:
        crowd[draft.sentence] = crowd.get(draft.sentence, 0) + 1
    around = _Around(drafts, detail)
    return np.array(
        [
            _row(draft, detail, rules, types, crowd[draft.sentence]) + around.row(place)
            for place, draft in enumerate(drafts)
        ]
    )


class _Around:
    """What the story's other drafts say of each draft."""

    def __init__(self, drafts: Sequence[Draft], detail: Detail) -> None:
        self.drafts = drafts
        self.actors = [detail.index.countries(draft.actors) for draft in drafts]
        self.recipients = [detail.index.countries(draft.recipients) for draft in drafts]
        self.of_type: Counter[str] = Counter()
        self.acting: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.struck: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.at: Counter[int] = Counter()
        self.seen: dict[tuple[int, int], list[tuple[float, int]]] = defaultdict(list)
        for place, draft in enumerate(drafts):
            self.of_type[draft.type] += 1
            for country in self.actors[place]:
                self.acting[draft.type, country].add(place)
            for country in self.recipients[place]:
                self.struck[draft.type, country].add(place)
            self.at[draft.token] += 1
            chance = draft.seen.chance if draft.seen is not None else 0.0
            self.seen[draft.sentence].append((chance, place))

    def _others(
        self, held: Mapping[tuple[str, str], set[int]], countries: frozenset[str], place: int
    ) -> set[int]:
        """The other drafts of a draft's type in which one of some countries has a role."""
        kind = self.drafts[place].type
        return set().union(*[held.get((kind, country), ()) for country in countries]) - {place}

    def row(self, place: int) -> list[float]:
        """Numbers of one draft, in the order that the trees know."""
        draft = self.drafts[place]
        actors, recipients = self.actors[place], self.recipients[place]
        acting = self._others(self.acting, actors, place)
        struck = self._others(self.struck, recipients, place)
        turned = self._others(self.struck, actors, place) & self._others(
            self.acting, recipients, place
        )
        return [
            float(bool(acting & struck)),
            float(bool(acting)),
            float(bool(struck)),
            float(bool(turned)),
            float(self.of_type[draft.type] - 1),
            float(self.at[draft.token] - 1),
            max((x for x, other in self.seen[draft.sentence] if other != place), default=0.0),
            float(bool(actors & recipients)),
            float(len(actors)),
            max((mention.confidence for mention in draft.recipients), default=0.0),
        ]


def _row(
    draft: Draft,
    detail: Detail,
    rules: dict[str, list[float]],
    types: Sequence[str],
    crowd: int,
) -> list[float]:
    syntax, pattern = detail.syntax, draft.hit.pattern if draft.hit is not None else None
    odds, number = rules.get(draft.rule, (0.0, 0.0))
    row = [
        float(pattern is not None),
        odds if pattern is not None else 0.0,
        math.log1p(number),
        float(pattern.weight) if pattern is not None else 0.0,
        float(pattern is not None and pattern.on == "verb"),
        float(pattern is not None and pattern.on == "noun"),
        float(draft.reciprocal),
    ]
    row += _seen(draft)
    for mentions, likely in (
        (draft.actors, draft.seen.actors if draft.seen else {}),
        (draft.recipients, draft.seen.recipients if draft.seen else {}),
    ):
        row += _party(mentions, likely, draft.token, detail)
    row += [draft.understood.get(role, 0.0) for role in ROLES]
    row += [float(name in draft.aux) for name in AUX]
    dep, tag = syntax.dep[draft.token], syntax.tag[draft.token]
    row += [float(dep == name) for name in DEPS]
    row += [float(tag == name) for name in TAGS]
    first, last = draft.sentence
    row += [
        float(last - first),
        float(draft.token - first) / max(1, last - first),
        float(crowd),
        float(draft.speaker is not None),
        float(detail.is_said(draft.token)),
    ]
    return row + [float(draft.type == name) for name in types]


def _seen(draft: Draft) -> list[float]:
    """What the language model says: log-odds of any event, of this type, and of the best other."""
    if draft.seen is None:
        return [_odds(_UNSEEN)] * 3 + [0.0]
    chances = draft.seen.chances
    other = max((x for name, x in chances.items() if name != draft.type), default=0.0)
    return [
        _odds(draft.seen.chance),
        _odds(chances.get(draft.type, 0.0)),
        _odds(other),
        float(draft.seen.token == draft.token),
    ]


def _odds(chance: float) -> float:
    chance = min(max(chance, _UNSEEN), 1 - _UNSEEN)
    return math.log(chance / (1 - chance))


def _party(
    mentions: Sequence[Mention], likely: dict[int, float], trigger: int, detail: Detail
) -> list[float]:
    """One side of the draft: how many, of what kind, known or not, and what the model says of it."""
    first = mentions[0] if mentions else None
    words = {mention.head for mention in mentions}
    chance = max((x for word, x in likely.items() if word in words), default=0.0)
    covered = max(
        (x for word, x in likely.items() if any(m.first <= word < m.last for m in mentions)),
        default=0.0,
    )
    entity = detail.index.entity(first) if first is not None else None
    return [
        float(len(mentions)),
        float(entity is not None and bool(entity.country or entity.members)),
        float(first is not None and first.as_place),
        chance,
        covered,
        max(likely.values(), default=0.0),
        float(first.head - trigger) if first is not None else 0.0,
        first.confidence if first is not None else 0.0,
        *(float(first is not None and first.kind == kind) for kind in KINDS),
    ]


def _struck(draft: Draft, detail: Detail) -> float:
    """How sure it is to whom it was done: all words for those given count together, and a verb that
    says it of its subject, or counts the dead, is sure."""
    if draft.toll is not None:
        return 1.0
    if draft.hit is not None and detail.syntax.is_verb(draft.token):
        found = detail.syntax.arguments(draft.token)
        if found.passive and any(one.head in found.surface for one in draft.recipients):
            return 1.0
    if draft.seen is None:
        return 0.0
    chances = draft.seen.recipients
    theirs = {mention.entity for mention in draft.recipients}
    told = ((detail.index.covering(word), chance) for word, chance in chances.items())
    summed = sum(chance for one, chance in told if one is not None and one.entity in theirs)
    return max(summed, *chances.values()) if chances else 0.0


def _of_nobody(draft: Draft, detail: Detail) -> float:
    """How sure at least a killing is that nobody named has done: "an air strike killed ten people".

    That it happened is plain; the trees ask whether who did it is right as well, and a coder who knows him
    from elsewhere in the story names him (of 140 given by this alone two in ten are met in all parts).
    """
    if draft.type != "ASSAULT" or draft.aux or not draft.recipients:
        return 0.0
    if detail.index.countries(draft.actors):
        return 0.0
    if _struck(draft, detail) < _STRUCK:
        return 0.0
    plain = _PLAIN if draft.hit is None else _PLAIN_BY_PATTERN
    plain = _PLAIN_BY_TOLL if draft.toll is not None else plain
    return _HAPPENED if draft.seen_chance >= plain else 0.0
