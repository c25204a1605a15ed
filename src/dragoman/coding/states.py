"""What the encoder knows of a story's words, in the numbers that means are taken of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

_KEPT = "token_states"


def states_of(doc: Doc) -> NDArray[np.float32] | None:
    """The encoder's state of every word (words × width), None where the parser leaves none.

    The parser leaves half-precision numbers, of which NumPy takes means slowly; they are widened once
    and kept with the Doc (``token_states``).
    """
    found: NDArray[np.float32] | None = doc.user_data.get(_KEPT)
    if found is None and "states" in doc.user_data:
        found = doc.user_data[_KEPT] = doc.user_data["states"].astype(np.float32)
    return found


def mean_of(states: NDArray[np.float32]) -> NDArray[np.float32]:
    """The mean of some words' states."""
    made: NDArray[np.float32] = np.add.reduce(states, 0) / np.float32(len(states))
    return made
