"""Marks that a text has lost or writes in another way: apostrophes, dashes in place of quotation marks, and the
spaces between and within numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dragoman.informal.rewritten import Edit
from dragoman.informal.words import lists

#: "Mali s president", "Mali?s president", "they don?t".
_APOSTROPHE = re.compile(
    r"(?<=[a-zß-ÿ]) (?=s [a-z])|(?<=[a-zß-ÿ])\?(?=(?:s|t|re|ve|ll|d)[ ,.;])(?!t (?:is|was)\b)"
)
_QUESTIONED = re.compile(r"[a-z]\?[a-z]")
#: Spaces of another kind (a text that comes without being read still has them), and those that part thousands.
_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_THOUSANDS = re.compile(
    r"(?<![\w.,+/#-])(?<!\d[ \u00a0\u2009\u202f])(?P<month>(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?|No\.?)\s)?"
    r"[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\w,-]|[ \u00a0\u2009\u202f]\d|\.\d)"
)
_PARTED = re.compile(r"\d[ \u00a0\u2009\u202f]\d{3}(?!\d)")
_GAP = re.compile(r"(?<=\d)\s(?=\d)")
_DASHES = ("—", "– ", "\n- ")
_DASH = re.compile(r"(?m)^[^\S\n]*[—–-] ?(?=\S)")


def edits(text: str) -> Iterator[Edit]:
    """Where a text is read with other marks."""
    if " s " in text or ("?" in text and _QUESTIONED.search(text)):
        for found in _APOSTROPHE.finditer(text):
            yield Edit(found.start(), found.end(), "'")
    for found in _THOUSANDS.finditer(text) if _PARTED.search(text) else ():
        if not found["month"]:  # "on March 3 200 soldiers"
            for gap in _GAP.finditer(text, found.start(), found.end()):
                yield Edit(gap.start(), gap.end(), ",")
    if not text.isascii():
        for found in _SPACE.finditer(text):
            yield Edit(found.start(), found.end(), " ")
    if any(mark in text for mark in _DASHES) and _DASH.search(text):
        for found in _spoken().finditer(text):
            yield Edit(found.start(), found.start("words"), "“")
            yield Edit(found.end("words"), found.end("words"), "”")


@cache
def _spoken() -> re.Pattern[str]:
    """ "— We shall stay, said Ann Marsh": words between a dash at the head of a line and who says them."""
    verbs = "|".join(sorted(lists()["dialogue"]))
    return re.compile(
        rf"{_DASH.pattern}(?P<words>[A-ZÀ-Þ][^\n“”\"]*?[,?!.])(?= (?:(?:the|a|an|he|she|they|[A-Z][\w’'-]*)(?: [A-Z][\w’'-]*){{0,3}} )?(?:{verbs})\b)"
    )
