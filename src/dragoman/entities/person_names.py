"""Where a person's name is at home: "Babacar Gaye" is likelier Senegalese than Syrian.

The chance of each country is read from a name's words and from their parts of two to five letters.
``training/person_names.py`` makes ``data/person_names.npz`` from names of people of known countries;
``data/PERSON_NAMES_CARD.md`` says from which. A name proves nothing: ``home_network`` weighs it with
what the story tells.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dragoman.fitted import read_arrays

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

FILE = Path(__file__).parent / "data" / "person_names.npz"
BUCKETS = 1 << 15  # numbers that parts of names share
SHORTEST, LONGEST = 2, 5  # letters of a part
FEATURES = 3  # numbers of a name and a country
KEPT = 20_000
PARTED = re.compile(r"[\s\-]+")
#: Letters that are no letter and a mark.
PLAIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d"})
LEAST_AMONG, LEAST = np.float32(-8), np.float32(-10)


def parts(name: str) -> list[int]:
    """The numbers of a name's words and their parts; of none, one number.

    Marks on letters do not count ("José" is "jose"); the last word counts twice.
    """
    spread = unicodedata.normalize("NFKD", name.lower().translate(PLAIN))
    bare = "".join(letter for letter in spread if not unicodedata.combining(letter))
    words = [word for word in PARTED.split(bare) if word]
    found = [f"w{word}" for word in words]
    found.extend(f"l{word}" for word in words[-1:])
    for word in words:
        edged = f"<{word}>"
        for size in range(SHORTEST, LONGEST + 1):
            found.extend(edged[at : at + size] for at in range(len(edged) - size + 1))
    return [zlib.crc32(part.encode()) % BUCKETS for part in found] or [0]


class PersonNames:
    """The fitted numbers.

    Args:
        arrays: ``table`` (parts, width) and ``scale`` (parts,): what each part tells; ``out``
            (countries, width) and ``bias`` (countries,); ``codes``: the countries, ISO 3166-1 alpha-3.
    """

    def __init__(self, arrays: dict[str, NDArray]) -> None:
        self.table = arrays["table"]
        self.scale = arrays["scale"].astype(np.float32)
        self.out = arrays["out"].astype(np.float32)
        self.bias = arrays["bias"].astype(np.float32)
        self.place = {str(code): place for place, code in enumerate(arrays["codes"])}
        self.told = lru_cache(KEPT)(self.weighed)

    @classmethod
    @cache
    def shipped(cls) -> PersonNames:
        """The package's.

        Raises:
            ModelError: its file is missing or damaged.
        """
        return read_arrays(cls, FILE, "the table of names")

    def weighed(self, name: str) -> Floats:
        """(countries,): logarithms of how likely a name is of each, were all alike; they sum to 1."""
        held = parts(name)
        mean = (self.table[held] * self.scale[held, None]).mean(0)
        scores: Floats = self.out @ mean + self.bias
        return scores - np.logaddexp.reduce(scores)

    def features(self, name: str, codes: Sequence[str]) -> Floats:
        """(codes, ``FEATURES``): how well a name fits each country beside the others, how well of all
        the world's, and that it was asked; 0 where no code is known."""
        found = np.zeros((len(codes), FEATURES), dtype=np.float32)
        places = [self.place.get(code, -1) for code in codes]
        known = np.array(places) >= 0
        if not known.any():
            return found
        scores = self.told(name)[places]
        scores = np.where(known, scores, scores[known].mean())
        found[:, 0] = np.maximum(scores - np.logaddexp.reduce(scores), LEAST_AMONG) / 4
        found[:, 1] = np.maximum(scores, LEAST) / 5
        found[:, 2] = 1.0
        return found
