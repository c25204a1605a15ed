"""How those of a story whose words tell no country stand to each other, in numbers.

Who is told beside others is often of their country; ``home_network`` weighs by these numbers what it
found for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import NDArray

    from dragoman.entities.home_features import Scene
    from dragoman.entities.unplaced import Open

    Floats = NDArray[np.float32]

OTHERS = 9  # numbers of an entity and another
BESIDE, NEAR = 3, 8  # words between two that stand beside and near each other


def others(scene: Scene, units: Sequence[Open], chosen: NDArray[np.int64]) -> Floats:
    """How near two are told, and what they have in common.

    Args:
        units: all open entities of the story.
        chosen: those that look at all.

    Returns:
        (chosen, units, ``OTHERS``): how far their nearest mentions are; whether some share a
        sentence, a paragraph, stand beside or near each other; whether the other is told first;
        whether both are called the same, are of one form and of one sort.
    """
    heads = np.array([head for unit in units for head in unit.heads], dtype=np.int64)
    sizes = np.array([len(unit.heads) for unit in units])
    starts = np.cumsum(sizes) - sizes
    own = np.isin(np.repeat(np.arange(len(units)), sizes), chosen)
    rows = np.cumsum(sizes[chosen]) - sizes[chosen]
    mine = heads[own]

    def nearest(numbers: NDArray) -> NDArray:
        """The least over the mentions of two, of numbers of all their mentions."""
        gaps = np.abs(numbers[mine][:, None] - numbers[heads][None, :])
        return np.minimum.reduceat(np.minimum.reduceat(gaps, rows, axis=0), starts, axis=1)

    far = nearest(np.arange(len(scene.sentences)))
    first = heads[starts]
    drafts = [unit.draft for unit in units]
    called = alike([draft.key for draft in drafts])
    forms = alike([draft.form for draft in drafts])
    sorts = alike([draft.reading.sectors if draft.reading is not None else () for draft in drafts])
    parts = (
        np.log1p(far) / 4, nearest(scene.sentences) == 0, nearest(scene.lines) == 0, far <= BESIDE,
        far <= NEAR, first[None, :] < first[chosen][:, None],
        *(kinds[chosen][:, None] == kinds[None, :] for kinds in (called, forms, sorts)),
    )  # fmt: skip
    return np.stack(parts, axis=2).astype(np.float32)


def alike(called: Sequence[Hashable]) -> NDArray[np.int64]:
    """A number for everything called differently; what is called nothing is like nothing else."""
    numbers: dict[Hashable, int] = {}
    found = [
        numbers.setdefault(one, len(numbers)) if one else -1 - place
        for place, one in enumerate(called)
    ]
    return np.array(found, dtype=np.int64)
