"""Entries of tickers and live blogs: the time that heads each is left out; flashes: their source stands apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.informal.rewritten import Edit

_ZONE = r"(?: ?(?:GMT|UTC|BST|CET|CEST|EST|EDT|ET|MSK|IST|PST|PDT|AEST|JST|SAST|EAT|WAT|Z|L|hrs?|local(?: time)?)(?:[+-]\d{1,2})?\b)?"
_CLOCK = rf"(?:[01]?\d|2[0-4])[:.][0-5]\d(?: ?[ap]\.?m\.?)?{_ZONE}|[01]?\d ?[ap]m{_ZONE}"
_AGO = r"\d{1,3} ?(?:h|m|min|mins|minutes?|hrs?|hours?) ago"
_HEAD = re.compile(
    rf"(?m)^(?P<bullet>[^\S\n]*(?:[•*‣▪+-]+[^\S\n]*)?)[\[(]?(?:{_CLOCK}|{_AGO})[\])]?[^\S\n]*[-–—:|]*[^\S\n]+(?=[\"“‘]?[A-ZÀ-Þ#@])"
)
#: The dash before whoever says so, at the end of a flash: "NO DEAL YET -KREMLIN".
_SOURCE = re.compile(r"(?m)(?<=[A-Za-z\d\"”'’] )-(?=[A-Z](?:(?! -)[\w.’' ]){2,38}$)")


def edits(text: str) -> Iterator[Edit]:
    """The times at the heads of lines, and the dashes before the sources of flashes."""
    if " -" in text:
        for found in _SOURCE.finditer(text):
            yield Edit(found.start(), found.end(), "- ")
    for found in _HEAD.finditer(text):
        yield Edit(found.end("bullet"), found.end(), "")
