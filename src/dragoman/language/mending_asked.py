"""Two who are asked for different things, put right after the decoder.

In "asked Chad to stop the flights and Mali to free the men" Mali is asked as Chad is, and is no second thing that
Chad is to stop.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from dragoman.language.mending_kinds import Kinds, is_above
from dragoman.tables import word_list

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

_ASKING = word_list("language", "asks_to")
_BEFORE_ASKED = frozenset({"to", "on", "of"})
#: Words of the second name at most.
_NAME = 4


class Asked(Kinds):
    """Mends who is asked to do something behind "and"."""

    def __init__(self, tags: Sequence[str], labels: Sequence[str]) -> None:
        super().__init__(tags, labels)
        self.told = {self.number[x] for x in ("obj", "iobj", "obl")}

    def mend(self, text: Sequence[str], tags: Numbers, heads: Numbers, labels: Numbers) -> None:
        """Changes heads and labels in place, as ``Mender.mend`` does."""
        for place in np.flatnonzero(labels == self.number["cc"]).tolist():
            found = self._second(place, text, tags)
            asked = found and self._first(place, found[1], text, tags, heads, labels)
            if not found or not asked:
                continue
            case, infinitive = found
            first, verb = asked
            cases = [
                text[kid]
                for kid in range(first)
                if heads[kid] == first and text[kid] in _BEFORE_ASKED
            ]
            if (text[case] in _BEFORE_ASKED) != bool(cases) or (cases and text[case] != cases[-1]):
                continue
            name = infinitive - 2
            heads[name], labels[name] = first, self.number["conj"]
            heads[place], heads[infinitive - 1] = name, infinitive
            if cases:
                heads[case], labels[case] = name, self.number["case"]
            heads[infinitive], labels[infinitive] = verb, self.number["conj"]

    def _second(self, place: int, text: Sequence[str], tags: Numbers) -> tuple[int, int] | None:
        """The first word behind an "and", and the infinitive that a name and "to" open there; None elsewhere."""
        for at in range(place + 2, min(place + _NAME + 3, len(text) - 1)):
            if text[at] == "to" and int(tags[at + 1]) == self.infinitive:
                return (place + 1, at + 1) if int(tags[at - 1]) in self.names else None
        return None

    def _first(
        self,
        place: int,
        infinitive: int,
        text: Sequence[str],
        tags: Numbers,
        heads: Numbers,
        labels: Numbers,
    ) -> tuple[int, int] | None:
        """Who is asked before the "and", and the verb of what is asked of him; None where nobody is."""
        verb = next(
            (
                k for k in range(place - 1, 0, -1)
                if int(tags[k]) == self.infinitive and labels[k] == self.number["xcomp"]
                and text[int(heads[k])].lower() in _ASKING and heads[k] < k
            ),
            None,
        )  # fmt: skip
        if verb is None or not is_above(heads, int(heads[verb]), infinitive):
            return None
        asking = int(heads[verb])
        told = [
            k for k in range(asking + 1, verb)
            if heads[k] == asking and int(labels[k]) in self.told and int(tags[k]) in self.names | self.nouns
        ]  # fmt: skip
        return (told[-1], verb) if told else None
