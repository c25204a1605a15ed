"""A second opinion beside boosted trees: a small network that also reads the encoder's states.

It reads the numbers that the trees read, and what the encoder knows of some words. The mean of both
log-odds counts. ``training/second_opinion.py`` fits such networks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

ARRAYS = ("mean", "scale", "seen", "seen_bias", "hidden", "hidden_bias", "score", "score_bias")


class Network:
    """The fitted numbers.

    Args:
        arrays: those of ``ARRAYS``.
        name: what stands before their names ("denial" of "denial_mean"), where a file holds several.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]], name: str = "") -> None:
        lead = f"{name}_" if name else ""
        self.arrays = {part: arrays[lead + part].astype(np.float32) for part in ARRAYS}

    def odds(self, rows: NDArray[np.float64], states: Floats) -> NDArray[np.float64]:
        """The log-odds that each row is right.

        Args:
            rows: (rows, features), as the trees read them.
            states: (rows, numbers), what the encoder knows of each row's words.
        """
        held = self.arrays
        seen = np.tanh(states @ held["seen"] + held["seen_bias"])
        table = np.concatenate([(rows.astype(np.float32) - held["mean"]) / held["scale"], seen], 1)
        deep = np.maximum(table @ held["hidden"] + held["hidden_bias"], 0)
        found: NDArray[np.float64] = (deep @ held["score"] + held["score_bias"]).astype(np.float64)
        return found

    def agreed(
        self, chances: NDArray[np.float64], rows: NDArray[np.float64], states: Floats
    ) -> NDArray[np.float64]:
        """The trees' probabilities with this opinion: the mean of the log-odds, as probabilities."""
        odds = (np.log(chances / (1 - chances)) + self.odds(rows, states)) / 2
        made: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-odds))
        return made


def agreed(
    network: Network | None,
    chances: NDArray[np.float64],
    rows: NDArray[np.float64],
    states: Floats | None,
) -> NDArray[np.float64]:
    """The trees' probabilities with a network's opinion, or alone without network or states to read."""
    if network is None or states is None:
        return chances
    return network.agreed(chances, rows, states)
