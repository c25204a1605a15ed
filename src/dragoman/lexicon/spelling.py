"""Names of persons that are written otherwise: "Hassan Rowhani", "Abdulfattah al-Sisi".

Names from other scripts have no one spelling. Two writings of a full name are taken for one person's
where each word sounds like the other's (consonants, by ``sound``) and shares most of its letters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from dragoman.lexicon.entry import Entry
from dragoman.lexicon.names import pieces
from dragoman.tables import word_list

#: Letters that share a word, from which two writings may be one, of 1.
ALIKE = 0.66
#: Letters of a word that is compared by more than its sound.
SHORT = 3
#: Letters of a word that one other vowel makes another name ("Lake", "Loke").
BRIEF = 4
VOWELS = frozenset("aeiouy")
#: Articles and the like inside names, which are written in many ways or left out.
PARTICLES = word_list("lexicon", "particles")
#: Names so common that by themselves they tell nobody apart.
COMMON = word_list("lexicon", "common")
#: Countries whose own names have one spelling.
ONE_SPELLING = frozenset({"USA", "GBR", "CAN", "AUS", "NZL", "IRL"})
_SERVANT = re.compile(r"^abd[aeu][lr](?!lah)(?=\w{4})")
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(?:ts?ch|cz|ch|č|ç|ş|š|sch|sh)", "x"),
        (r"(?:dzh|dj|zh|ž|j)", "j"),
        (r"ph", "f"),
        (r"(?:kh|gh|q|g|ck|k|c(?![eiy]))", "k"),
        (r"c", "s"),
        (r"z", "s"),
        (r"(?:th|dh|d|t)", "t"),
        (r"(?<=[aeo])w", ""),
        (r"w", "v"),
        (r"v(?=f)|ff|v", "f"),
        (r"ks", "x"),
        (r"[aeiouyh]", ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """The consonants of one piece of a name, those that are written for each other made one.

    >>> sound("qaddafi") == sound("gadhafi"), sound("shoygu") == sound("shoigu"), sound("xi")
    (True, True, 'x')
    """
    found = word
    for pattern, made in _SOUNDS:
        found = pattern.sub(made, found)
    return found


@lru_cache(maxsize=65536)
def parts(name: str) -> tuple[str, ...]:
    """The pieces of a name without its particles.

    >>> parts("Abdulfattah al-Sisi"), parts("Abdel Fattah el-Sisi")
    (('fattah', 'sisi'), ('fattah', 'sisi'))
    """
    found = [_SERVANT.sub("", piece) for piece in pieces(name)]
    return tuple(piece for piece in found if piece not in PARTICLES)


_COMMON_SOUNDS = frozenset(map(sound, COMMON))


class Spellings:
    """Persons by how the words of their full names sound.

    Args:
        people: the entries of persons.
    """

    def __init__(self, people: Iterable[Entry]) -> None:
        self._held: dict[tuple[str, ...], dict[tuple[tuple[str, ...], bool], str]]
        self._held = defaultdict(dict)
        for entry in people:
            if entry.country in ONE_SPELLING:
                continue
            for name in (entry.name, *entry.aliases):
                words = parts(name)
                if len(words) > 1:
                    key = words, _serves(name)
                    self._held[tuple(map(sound, words))].setdefault(key, entry.id)

    def find(self, name: str) -> str:
        """The id of the one person whose name this may be another writing of; "" for none or several."""
        words = parts(name)
        common = {sound(word) in _COMMON_SOUNDS for word in words}
        if len(words) < 2 or common == {True}:
            return ""
        serves = _serves(name)  # "Mohammed Rahman" is no Mohammed bin Abdulrahman
        near = {
            key for (held, other), key in self._held.get(tuple(map(sound, words)), {}).items()
            if all(map(alike, held, words)) and (serves == other or common == {False})
        }  # fmt: skip
        return near.pop() if len(near) == 1 else ""


def _serves(name: str) -> bool:
    """Whether "Abdul-" or the like stands in a name."""
    return any(
        _SERVANT.match(piece) or (piece in PARTICLES and piece.startswith("abd"))
        for piece in pieces(name)
    )


def consonants(word: str) -> str:
    """The letters of a word that are no vowels."""
    return "".join(letter for letter in word if letter not in VOWELS)


def alike(one: str, other: str) -> bool:
    """Whether two words of one sound share most of their letters."""
    if one == other:
        return True
    if min(len(one), len(other)) < SHORT or (one[0] in VOWELS) != (other[0] in VOWELS):
        return False
    if len(one) == len(other) <= BRIEF and consonants(one) == consonants(other):
        return one[0] in VOWELS  # "Omar", "Umar"
    return SequenceMatcher(None, one, other).ratio() >= ALIKE
