"""The judge's second opinion: a small network that also reads what the encoder knows of the words.

It looks at the trigger and at the first party of either side beside the numbers that the trees read
(``event_judge``). ``training/event_judge.py`` makes ``data/event_judge.npz``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dragoman.fitted import read_arrays
from dragoman.language.embedding import WIDTH

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from dragoman.coding.event_draft import Draft

    Floats = NDArray[np.float32]

FILE = Path(__file__).parent / "data" / "event_judge.npz"
ARRAYS = ("mean", "scale", "seen", "seen_bias", "hidden", "hidden_bias", "score", "score_bias")


class Network:
    """The fitted numbers.

    Args:
        arrays: those of ``ARRAYS``.
    """

    def __init__(self, arrays: dict[str, Floats]) -> None:
        self.arrays = {name: arrays[name].astype(np.float32) for name in ARRAYS}

    @classmethod
    @cache
    def shipped(cls) -> Network:
        """The package's.

        Raises:
            ModelError: its file is missing or damaged.
        """
        return read_arrays(cls, FILE, "the judge's network")

    def odds(self, rows: NDArray[np.float64], states: Floats) -> NDArray[np.float64]:
        """The log-odds that each draft is right.

        Args:
            rows: (drafts, features), as the trees read them.
            states: (drafts, 3 × ``WIDTH``), as ``states_of`` gives them.
        """
        held = self.arrays
        seen = np.tanh(states @ held["seen"] + held["seen_bias"])
        table = np.concatenate([(rows.astype(np.float32) - held["mean"]) / held["scale"], seen], 1)
        deep = np.maximum(table @ held["hidden"] + held["hidden_bias"], 0)
        found: NDArray[np.float64] = (deep @ held["score"] + held["score_bias"]).astype(np.float64)
        return found


def states_of(drafts: Sequence[Draft], doc: Doc) -> Floats | None:
    """What the encoder knows of trigger, first actor and first recipient of each draft.

    None where the parser leaves no states; zeros for a side that nobody takes.
    """
    states = doc.user_data.get("states")
    if states is None:
        return None
    found = np.zeros((len(drafts), 3, WIDTH), dtype=np.float32)
    for row, draft in zip(found, drafts, strict=True):
        row[0] = states[draft.token]
        for place, side in ((1, draft.actors), (2, draft.recipients)):
            if side:
                row[place] = states[side[0].head]
    return found.reshape(len(drafts), 3 * WIDTH)
