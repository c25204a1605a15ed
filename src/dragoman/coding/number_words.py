"""Numbers in words and figures: "two hundred and three", "half a million", "several dozen", "1.2 billion"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dragoman.numerals import ONES, SMALL, TENS

#: Lowest and highest number that words allow; None as highest means open.
Bounds = tuple[int, int | None]

#: Words that make a number before them larger.
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
}
_FRACTIONS = {"half a": "0.5", "half an": "0.5", "a quarter of a": "0.25", "quarter of a": "0.25"}
_FEW = {"several": (3, 9), "a few": (3, 9), "a couple of": (2, 2), "a couple": (2, 2)}
_VAGUE: dict[str, Bounds] = {
    "dozens": (24, 99),
    "scores": (40, 199),
    "hundreds": (200, 999),
    "thousands": (2_000, 9_999),
    "tens of thousands": (20_000, 99_999),
    "hundreds of thousands": (200_000, 999_999),
    "millions": (2_000_000, None),
    "tens of millions": (20_000_000, 99_999_999),
    "hundreds of millions": (200_000_000, 999_999_999),
}
#: More than all people there are: no number of anybody.
_MOST = 10_000_000_000


def _any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


#: "seven", "twenty-three", "twenty three".
SMALL_PATTERN = rf"(?:{_any_of(TENS)})(?:[- ](?:{_any_of(ONES[:9])}))?|{_any_of(ONES)}"
_FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = rf"(?: (?:{_any_of(SCALES)})\b)"
_REST = rf"(?:(?: and)? (?:{SMALL_PATTERN})\b{_SCALE}{{0,2}}){{0,4}}"
#: Any number that ``bounds`` reads; no groups.
NUMBER_PATTERN = (
    rf"(?:{_any_of(_VAGUE)})\b"
    rf"|(?:{_any_of(_FRACTIONS)}|{_any_of(_FEW)}){_SCALE}{{1,2}}"
    rf"|(?:{_FIGURES}|{SMALL_PATTERN}) and a half{_SCALE}{{1,2}}"
    rf"|(?:{SMALL_PATTERN}|an?){_SCALE}{{1,2}}{_REST}"
    rf"|(?:{_FIGURES})(?:{_SCALE}{{1,2}}|bn\b)?"
    rf"|(?:{_any_of(_FEW)}|{SMALL_PATTERN})\b"
)


def number_heads() -> frozenset[str]:
    """Words one of which stands in every number without figures, of those written apart the last."""
    numbers = (*SMALL, *SCALES, *_FEW, *_VAGUE)
    return frozenset(part for words in numbers for part in re.split(r"[- ]", words)) - {"a", "of"}


def bounds(words: str) -> Bounds | None:
    """The lowest and highest number that words of ``NUMBER_PATTERN`` mean, None where it is none."""
    words = words.strip().lower()
    if words in _VAGUE:
        return _VAGUE[words]
    for few, (low, high) in _FEW.items():
        rest = words.removeprefix(few)
        if rest != words and all(word in SCALES for word in rest.split()):
            factor = _exact(f"1 {rest}") or 0
            return (low * factor, high * factor) if high * factor <= _MOST else None
    number = _exact(words)
    return None if number is None else (number, number)


def scale_of(words: str) -> str:
    """The scale words at the end of a number: "million" of "three million", or nothing."""
    found = re.search(rf"{_SCALE}*$", words.lower())
    return found.group() if found else ""


def _exact(words: str) -> int | None:
    """A number that is told as one, None where it is not whole or more than all people."""
    for fraction, figures in _FRACTIONS.items():
        if words.startswith(fraction + " "):
            words = figures + words.removeprefix(fraction)
    total = part = 0.0
    for word in re.split(r"[- ]", words.replace(",", "").replace("bn", " billion")):
        if word in {"a", "an"}:
            part += 0 if part else 1
        elif word == "half":
            part += 0.5
        elif word in SMALL:
            part += SMALL[word]
        elif SCALES.get(word, _MOST) < 1_000:
            part *= SCALES[word]
        elif word in SCALES:
            total, part = (total + part * SCALES[word] if part else total * SCALES[word]), 0.0
        elif re.fullmatch(r"\d{1,15}(?:\.\d{1,15})?", word):
            part += float(word)
        elif word not in {"and", ""}:
            return None
    number = total + part
    whole = round(number)
    return whole if abs(number - whole) < 1e-6 * max(1, whole) and whole <= _MOST else None
