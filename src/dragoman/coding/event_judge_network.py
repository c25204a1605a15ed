"""What the judge's second opinion reads beside the trees' numbers, and its fitted arrays.

It looks at the trigger and at the first party of either side. ``training/event_judge.py`` makes
``data/event_judge.npz``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dragoman.coding.second_opinion import Network
from dragoman.fitted import read_arrays
from dragoman.language.embedding import WIDTH

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.coding.event_draft import Draft
    from dragoman.coding.second_opinion import Floats

FILE = Path(__file__).parent / "data" / "event_judge.npz"


@cache
def shipped() -> Network:
    """The package's.

    Raises:
        ModelError: its file is missing or damaged.
    """
    return read_arrays(Network, FILE, "the judge's network")


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
