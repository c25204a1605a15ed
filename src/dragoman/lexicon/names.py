"""How written names are compared: case, accents, hyphens, apostrophes and articles set aside.

"the Hay'at Tahrir al-Sham", "Hayat Tahrir Al Sham" and "HAYAT TAHRIR AL-SHAM" share one key.
Case still tells "US" from "us" and "Turkey" from "turkey": see ``case_fits``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

POSSESSIVE = re.compile(r"(?<=\w)['’ʼ`´]s\b", re.IGNORECASE)
DROPPED = re.compile(r"['’‘ʼ`´ʹʻ.\"“”]")
PARTED = re.compile(r"[^\w&+]+|_+")
ARTICLES = frozenset({"the"})
SHORT = 5  # letters of an abbreviation that is not in capitals throughout ("LeT", "BiH", "DfID")
LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ə": "a",
        "ħ": "h",
        "ŋ": "ng",
    }
)


@lru_cache(maxsize=65536)
def pieces(word: str) -> tuple[str, ...]:
    """The comparable pieces of a word or phrase; empty for a hyphen or a bare "'s".

    >>> pieces("Al-Shabaab"), pieces("U.S."), pieces("Côte"), pieces("’s")
    (('al', 'shabaab'), ('us',), ('cote',), ())
    """
    if word.isascii() and word.replace(" ", "").isalnum():
        return tuple(word.lower().split())
    if word in ("'s", "’s", "'S", "’S"):
        return ()
    text = DROPPED.sub("", POSSESSIVE.sub("", word)).casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(LETTERS)
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return tuple(piece for piece in PARTED.split(text) if piece)


def key_of(phrase: str) -> tuple[str, ...]:
    """The pieces of a phrase without a leading article."""
    found = pieces(phrase)
    if len(found) > 1 and found[0] in ARTICLES:
        return found[1:]
    return found


def normalise(phrase: str) -> str:
    """The form in which two spellings of a name are equal.

    >>> normalise("The Donetsk People's Republic")
    'donetsk people republic'
    """
    return " ".join(key_of(phrase))


@lru_cache(maxsize=65536)
def is_acronym(name: str) -> bool:
    """Whether a name is written in capitals throughout ("US", "U.N.", "OSCE", "M23")."""
    letters = [letter for letter in name if letter.isalpha()]
    return bool(letters) and name.upper() == name and " " not in name.strip()


def capitals(text: str) -> int:
    """How many capital letters a text has."""
    return sum(letter.isupper() for letter in text)


def case_fits(name: str, phrase: str) -> bool:
    """Whether ``phrase`` may be a writing of ``name`` as far as capitals go.

    A name in capitals wants capitals ("US" is not "us"). A short one with several capitals wants
    several ("LeT" is not "Let"). Any other name that has a capital wants at least one ("Turkey" is
    not "turkey"). A name in small letters takes anything.
    """
    if is_acronym(name):
        return phrase.upper() == phrase or phrase.rstrip("s").isupper()
    if len(name) <= SHORT and capitals(name) > 1:
        return capitals(phrase) > 1
    return name.lower() == name or phrase.lower() != phrase
