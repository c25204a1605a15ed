"""What CAMEO says of an event: its code and score, its class, whether its actors did it to each other."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from pathlib import Path

from dragoman import ontology
from dragoman.model import Event
from dragoman.ontology import Ontology
from dragoman.tables import Row, read_table

SIGNED = "057"
_AGREED = "030"  # agreed, and nothing finer known
_YET_TO_COME = {"future", "hypothetical", "negation"}
_MUTUAL = re.compile(r"\b(?:each other|one another)\b")


def rows_of(name: str, *columns: str) -> list[Row]:
    """The rows of a table of this folder, checked."""
    path = Path(str(resources.files("dragoman.exports"))) / "data" / name
    return list(read_table(path, columns))


@lru_cache(maxsize=1)
def scheme() -> Ontology:
    """The shipped coding scheme."""
    return ontology.load()


@lru_cache(maxsize=1)
def _signing() -> dict[str, set[str]]:
    """Words that tell a signing ("deed"), and words for what is signed ("accord")."""
    words: dict[str, set[str]] = {"deed": set(), "accord": set()}
    for row in rows_of("signed.tsv", "word", "kind"):
        if row["kind"] not in words:
            raise row.error(f"kind must be deed or accord, not {row['kind']!r}")
        words[row["kind"]].add(row["word"])
    return words


def code(event: Event, trigger: str, sentence: str) -> str:
    """The event's CAMEO code; an agreement that was signed has CAMEO's own code for that."""
    if event.cameo != _AGREED or _YET_TO_COME & set(event.aux):
        return event.cameo
    words = _signing()
    if trigger.lower() in words["deed"] and words["accord"] & set(
        re.findall(r"\w+", sentence.lower())
    ):
        return SIGNED
    return event.cameo


def goldstein(event: Event, cameo: str) -> float:
    """The score of a code; the event's own where the code is the event's or unknown."""
    found = scheme().goldstein(cameo) if cameo != event.cameo else event.goldstein
    return event.score if found is None else found


@lru_cache(maxsize=1)
def _classes() -> dict[str, tuple[int, int]]:
    """Root of a code → its class in GDELT and in Phoenix."""
    found = {}
    for row in rows_of("roots.tsv", "root", "gdelt", "phoenix"):
        if row["gdelt"] not in set("1234") or row["phoenix"] not in set("01234"):
            raise row.error("gdelt must be 1 to 4, phoenix 0 to 4")
        found[row["root"]] = int(row["gdelt"]), int(row["phoenix"])
    return found


def quad_class(cameo: str, otherwise: int) -> int:
    """GDELT's class of a code, 1 to 4; ``otherwise`` where CAMEO has no such root."""
    return _classes().get(cameo[:2], (otherwise, otherwise))[0]


def penta_class(cameo: str, otherwise: int) -> int:
    """Phoenix's class of a code, 0 to 4; ``otherwise`` where CAMEO has no such root."""
    return _classes().get(cameo[:2], (otherwise, otherwise))[1]


@lru_cache(maxsize=1)
def joint_rules() -> frozenset[str]:
    """The patterns whose parties all act: their roles are joined by a plus."""
    folder = Path(str(resources.files("dragoman"))) / "coding" / "patterns"
    return frozenset(
        f"{path.stem}.{row['name']}"
        for path in folder.glob("*.tsv")
        for row in read_table(path, ("name", "roles"))
        if "+" in row["roles"]
    )


def is_joint(event: Event, cameo: str, sentence: str) -> bool:
    """Whether the actors did it with or to each other, so that each is also a recipient."""
    row = scheme().rows.get(event.type)
    return (
        (row is not None and row.reciprocal)
        or cameo == SIGNED
        or event.coded_by.rule in joint_rules()
        or bool(_MUTUAL.search(sentence.lower()))
    )
