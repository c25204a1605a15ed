"""Fitted numbers that the package keeps as JSON or as NumPy arrays: one reader for all rooms."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from dragoman.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

Fitted = TypeVar("Fitted")


def read(make: Callable[[dict[str, Any]], Fitted], file: Path, what: str) -> Fitted:
    """What ``make`` builds of the JSON in a file of the package.

    Args:
        what: the file's content, as a message about it names it.

    Raises:
        ModelError: the file is missing or damaged.
    """
    try:
        return make(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{what} in {file} cannot be read: {error}") from error


def read_arrays(make: Callable[[dict[str, NDArray[Any]]], Fitted], file: Path, what: str) -> Fitted:
    """What ``make`` builds of the arrays in an NPZ file of the package, by name.

    Raises:
        ModelError: the file is missing or damaged.
    """
    try:
        with np.load(file, allow_pickle=False) as held:
            return make(dict(held))
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{what} in {file} cannot be read: {error}") from error
