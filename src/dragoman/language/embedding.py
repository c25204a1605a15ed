"""The word-piece table, stored once and shared by every encoder of the package.

The table is all-MiniLM-L6-v2's own, without the rows that English text never needs (27,979 of
30,522 rows of 384 are kept), one signed byte a value with one scale a row. It was frozen in
training, so that each network takes *embeddings* as its input and ships without it: look pieces up
here, add what your network adds, and feed the sum to its session::

    table = PieceTable.shared()
    pieces = [FIRST, *table.pieces("ceasefire"), LAST]
    rows = table.rows(pieces)                  # float32 (pieces, 384)
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dragoman.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

DATA = Path(__file__).parent / "data"
UNKNOWN, FIRST, LAST = 100, 101, 102
WIDTH = 384
#: A word gives at most this many pieces, from at most this many of its characters.
WORD_PIECES, WORD_CHARACTERS = 6, 60
#: Words remembered with their pieces; forgetting changes no result.
REMEMBERED = 200_000


class PieceTable:
    """Word pieces and their embeddings. ``tokenizer`` neither pads nor truncates."""

    def __init__(self, folder: Path = DATA) -> None:
        from tokenizers import Tokenizer

        try:
            self.values = np.load(folder / "pieces.npy", mmap_mode="r")
            self.scales = np.load(folder / "pieces_scale.npy")
            self.tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # tokenizers raises bare Exception
            raise ModelError(f"the word-piece table in {folder} cannot be read: {error}") from error
        if not len(self.values) == len(self.scales) == self.tokenizer.get_vocab_size():
            raise ModelError(f"the word-piece table in {folder} and its tokenizer differ in length")
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self._known: dict[str, tuple[int, ...]] = {}

    @staticmethod
    @cache
    def shared() -> PieceTable:
        """The shipped table, loaded once in a process.

        Raises:
            ModelError: a file is missing or damaged.
        """
        return PieceTable()

    def rows(self, pieces: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """Embeddings of the pieces, float32 (pieces, 384)."""
        index = np.asarray(pieces, dtype=np.int64)
        return self.values[index].astype(np.float32) * self.scales[index]

    def pieces(self, word: str) -> tuple[int, ...]:
        """The pieces of one word, at least one and at most ``WORD_PIECES``."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            cut = word[:WORD_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
            ids = self.tokenizer.encode(cut, add_special_tokens=False).ids[:WORD_PIECES]
            found = self._known[word] = tuple(ids) or (UNKNOWN,)
        return found
