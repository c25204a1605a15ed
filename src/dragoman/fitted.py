"""Fitted numbers that the package keeps as JSON in gzip or as NumPy arrays: one reader for all rooms."""

from __future__ import annotations

import gzip
import json
import zlib
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
        file: ``.json.gz``; ``plain`` gives what it holds.
        what: the file's content, as a message about it names it.

    Raises:
        ModelError: the file is missing or damaged.
    """
    try:
        return make(plain(file))
    except (OSError, EOFError, zlib.error, ValueError, KeyError) as error:
        raise ModelError(f"{what} in {file} cannot be read: {error}") from error


def plain(file: Path) -> dict[str, Any]:
    """The JSON in a ``.json.gz``.

    Raises:
        OSError, EOFError, zlib.error, ValueError: it is missing or damaged.
    """
    held: dict[str, Any] = json.loads(gzip.decompress(file.read_bytes()))
    return held


def keep(file: Path, data: dict[str, Any]) -> None:
    """Write JSON into a ``.json.gz``, the same bytes for the same data."""
    text = json.dumps(data, separators=(",", ":")) + "\n"
    file.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


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
