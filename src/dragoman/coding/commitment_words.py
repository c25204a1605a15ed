"""The tables behind commitments: words that make one, words that change one, agreements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

from dragoman.coding.cues import DATA, TAKES, Cue, Cues, inflected, plural_of
from dragoman.model import CommitmentKind, CommitmentStatus
from dragoman.tables import read_table

KINDS, STATUSES = get_args(CommitmentKind), get_args(CommitmentStatus)
# Irregular and doubled forms of words in these tables.
IRREGULAR = {
    "seek": "seeks sought seeking", "put": "puts put putting", "tell": "tells told telling",
    "undertake": "undertakes undertook undertaken undertaking",
    "swear": "swears swore sworn swearing", "plan": "plans planned planning",
    "beg": "begs begged begging", "commit": "commits committed committing",
    "break": "breaks broke broken breaking", "hold": "holds held holding",
    "keep": "keeps kept keeping", "meet": "meets met meeting", "take": "takes took taken taking",
    "come": "comes came coming", "go": "goes went gone going", "make": "makes made making",
    "stick": "sticks stuck sticking", "strike": "strikes struck striking", "begin": "begins began begun beginning",
    "withdraw": "withdraws withdrew withdrawn withdrawing", "drop": "drops dropped dropping",
    "tear": "tears tore torn tearing", "spurn": "spurns spurned spurning",
    "scrap": "scraps scrapped scrapping", "cancel": "cancels cancelled canceled cancelling canceling", "fulfil": "fulfils fulfilled fulfilling",
    "unravel": "unravels unravelled unraveled unravelling",
}  # fmt: skip


@dataclass(frozen=True)
class Maker:
    """A row of ``commitments.tsv``: ``toward`` is "object" or the prepositions of the other party."""

    kind: str
    status: str
    toward: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """A row of ``commitment_changes.tsv``."""

    words: tuple[str, ...]
    status: str
    reading: str


def forms_of(word: str) -> frozenset[str]:
    """All forms of a verb."""
    return frozenset(IRREGULAR[word].split()) | {word} if word in IRREGULAR else inflected(word)


def read_makers(path: Path) -> tuple[Cues, dict[int, Maker]]:
    """The makers as cues (found by form) and, by line, what they make.

    Raises:
        DataError: names the file, line and column that is wrong.
    """
    found: list[Cue] = []
    makers: dict[int, Maker] = {}
    columns = ("word", "part", "kind", "status", "takes", "toward", "note")
    for row in read_table(path, columns, whole=True):
        part = row.one_of("part", ("verb", "noun"))
        words = tuple(row["word"].lower().split())
        if not words:
            raise row.error("word is empty")
        takes = row.some_of("takes", TAKES)
        kind = row.one_of("kind", KINDS)
        status = row.one_of("status", STATUSES)
        forms = forms_of(words[0]) if part == "verb" else frozenset({words[0], plural_of(words[0])})
        found.append(Cue(words, part, kind, takes, "-", "strong", False, forms, row.line))
        toward = tuple(item for item in row["toward"].split() if item != "-")
        makers[row.line] = Maker(kind, status, toward)
    return Cues(found), makers


def read_changes(path: Path) -> dict[str, list[Change]]:
    """Form of the first word → changes it may name.

    Raises:
        DataError: names the file, line and column that is wrong.
    """
    found: dict[str, list[Change]] = {}
    for row in read_table(path, ("word", "status", "reading"), whole=True):
        words = tuple(row["word"].lower().split())
        status = row.one_of("status", STATUSES)
        reading = row.one_of("reading", ("direct", "noun", "state", "bare"))
        forms = (
            frozenset({words[0], plural_of(words[0])}) if reading == "noun" else forms_of(words[0])
        )
        for form in forms:
            found.setdefault(form, []).append(Change(words, status, reading))
    return found


def read_agreements(path: Path) -> dict[str, tuple[str, ...]]:
    """Kind (agreement, condition, meeting, standing) → words, longest first."""
    found: dict[str, list[str]] = {
        "agreement": [], "condition": [], "meeting": [], "standing": [],
    }  # fmt: skip
    for row in read_table(path, ("word", "kind"), whole=True):
        found[row.one_of("kind", found)].append(row["word"].lower())
    return {kind: tuple(sorted(words, key=len, reverse=True)) for kind, words in found.items()}


@cache
def makers() -> tuple[Cues, dict[int, Maker]]:
    """The shipped words that make a commitment."""
    return read_makers(DATA / "commitments.tsv")


@cache
def changes() -> dict[str, list[Change]]:
    """The shipped words that change one."""
    return read_changes(DATA / "commitment_changes.tsv")


@cache
def agreements() -> dict[str, tuple[str, ...]]:
    """The shipped names of agreements, meetings and conditions."""
    return read_agreements(DATA / "agreements.tsv")


@cache
def noun_kinds() -> dict[str, tuple[str, ...]]:
    """Form of a noun → kinds of commitment that it can point back at ("the offer")."""
    found: dict[str, tuple[str, ...]] = {}
    cues, table = makers()
    for cue in cues.all:
        if cue.part == "noun":
            for form in cue.forms:
                found[form] = (table[cue.line].kind,)
    for form in ("proposal", "proposals", "idea", "suggestion", "suggestions"):
        found[form] = ("offer", "demand")  # that the other give way
    for form in ("plan", "plans"):  # what was proposed is called a plan as well
        found[form] = ("plan", "offer")
    for form in ("ultimatum", "ultimatums", "ultimata"):
        found[form] = ("demand", "threat")
    for form in (
        "condition",
        "conditions",
        "terms",
    ):  # what is asked for an offer is turned down with it
        found[form] = ("offer", "demand")
    return found


@cache
def condition_pattern() -> re.Pattern[str]:
    """What opens the words of a condition, up to the clause's end; a quotation in it stays whole.

    In "to leave at once as rebels close in" nothing does.
    """
    words = "|".join(re.escape(word) for word in agreements()["condition"] if word != "should")
    quoted = r"“[^”\n]*(?:”|\Z)|(?<=\s)\"(?=\S)[^\"\n]*(?:\"|\Z)"
    return re.compile(
        rf"(?<!\bat )(?<!\bthan )\b(?:{words})\b(?:[^.;\n“”\"]|\.(?=\s?[\da-z])|{quoted})*",
        re.IGNORECASE,
    )
