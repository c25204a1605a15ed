"""The numbers of tags and labels that the menders of trees look for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]


class Kinds:
    """Tags and labels of one model, by what they have in common.

    Args:
        tags: the names of its Penn tags, in their order.
        labels: the names of its dependency labels, in their order.
    """

    def __init__(self, tags: Sequence[str], labels: Sequence[str]) -> None:
        self.number = {name: place for place, name in enumerate(labels)}
        self.gerund, self.modal, self.infinitive, self.preposition, self.pronoun = (
            tags.index(name) for name in ("VBG", "MD", "VB", "IN", "PRP")
        )
        self.hyphen, self.adjective = tags.index("HYPH"), tags.index("JJ")
        self.plural, self.name = tags.index("NNS"), tags.index("NNP")
        self.finite = {tags.index(name): name for name in ("VBD", "VBZ", "VBP")}
        self.past, self.participle = tags.index("VBD"), tags.index("VBN")
        self.nonfinite = {self.gerund, self.infinitive}
        self.nouns = {place for place, name in enumerate(tags) if name in ("NN", "NNS")}
        self.names = {place for place, name in enumerate(tags) if name in ("NNP", "NNPS")}
        self.verbs = {place for place, name in enumerate(tags) if name.startswith("VB")}
        numbers = self.number
        self.subjects = {numbers["nsubj"], numbers["nsubj:pass"]}
        self.before_noun = {numbers["amod"], numbers["compound"]}
        self.in_phrase = self.before_noun | {numbers.get("nmod:desc", -1)}
        self.helps = {numbers["aux"], numbers["aux:pass"]}
        self.clauses = {numbers[x] for x in ("ccomp", "parataxis", "advcl", "conj", "acl:relcl")}
        self.adjuncts = {numbers[x] for x in ("obl", "advmod") if x in numbers}
        self.adjuncts |= {place for name, place in numbers.items() if name.startswith("obl:")}
        self.parts = {numbers["obj"], *self.adjuncts}
        self.objects = {numbers[x] for x in ("obj", "ccomp", "xcomp")}
        self.no_relatives = {numbers[x] for x in ("ccomp", "parataxis", "advcl")}


def way_up(heads: Numbers, place: int) -> Iterator[int]:
    """The words above a word, the nearest first; it ends even where words hang on each other."""
    for _ in range(len(heads)):
        above = int(heads[place])
        if above == place:
            return
        yield above
        place = above


def is_above(heads: Numbers, upper: int, place: int) -> bool:
    """Whether the way up from a word leads through another."""
    return place == upper or upper in way_up(heads, place)


def goes_round(heads: Numbers) -> bool:
    """Whether some word's way up comes back to it without reaching a root."""
    up, steps = heads, 1
    while steps < len(heads):
        up, steps = up[up], 2 * steps
    return bool((heads[up] != up).any())
