"""The numbers that English says in one word, or in two joined by a hyphen: "seven", "forty-five"."""

from __future__ import annotations

import re

ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
#: Words up to ninety that are a number alone.
SMALL = {word: number for number, word in enumerate(ONES, start=1)} | {
    word: 10 * number for number, word in enumerate(TENS, start=2)
}


def small(words: str) -> int | None:
    """The number that such words mean, 1 to 99; None where they are none."""
    found = [SMALL.get(part, 0) for part in re.split(r"[- ]", words.lower())]
    return sum(found) if all(found) else None


#: A number in figures or in such words, as the text of a regular expression.
NUMBER = "|".join([r"\d[\d,]*", rf"(?:{'|'.join(TENS)})[- ](?:{'|'.join(ONES[:9])})", *SMALL])
