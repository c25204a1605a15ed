"""Content words of a sentence, and how alike two sets of them are."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from dragoman.tables import word_list

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
_NUMBERED = re.compile(r"\d")

# Words that say nothing about which event a sentence tells; reporting verbs are among them.
EMPTY = word_list("ledger", "empty")
_ENDINGS = ("ational", "ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ers",
            "ies", "ied", "ed", "es", "er", "al", "ly", "s", "e", "y")  # fmt: skip


# Verb forms and their bases, as the language room has them; read as data, for importing that room takes a second.
_FORMS = Path(__file__).parents[1] / "language" / "data" / "lemmas.tsv"
_OTHER_WORDS = frozenset({"bare", "ground", "lessen", "loose"})  # sooner not the verb of the table
_SHORT = re.compile(r"([^aeiou][aeiou][^aeiouwxy])(?:ed|ing)")  # voted, giving


@lru_cache(maxsize=1)
def _bases() -> dict[str, str]:
    """Forms of verbs, irregular ones among them, and their bases ("withdrew" → withdraw)."""
    rows = (line.split("\t") for line in _FORMS.read_text(encoding="utf-8").splitlines())
    return {
        form: base
        for form, tag, base in rows
        if tag == "VERB" and form.isalpha() and form not in _OTHER_WORDS
    }


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A crude stem of a word, forms of one verb alike ("sent", "sending" → send)."""
    bare = _bare(word)
    short = _SHORT.fullmatch(bare)
    return _cut(_bases().get(bare) or (short[1] + "e" if short else bare))


def plain_stem(word: str) -> str:
    """The stem without looking at irregular forms, as ledgers before version 7 keep it for searching."""
    return _cut(_bare(word))


def _bare(word: str) -> str:
    return word.lower().split("’")[0].split("'")[0]


def _cut(word: str) -> str:
    """The longest known ending is cut while four letters stay."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def words(text: str) -> list[str]:
    """Words in lower case, in order, without punctuation."""
    return [item.lower() for item in _WORD.findall(text)]


def stems(text: str) -> list[str]:
    """Stems of the content words of ``text`` in order; numbers are left out."""
    return [
        stem(item)
        for item in words(text)
        if item not in EMPTY and len(item) > 2 and not _NUMBERED.search(item)
    ]


@lru_cache(maxsize=100_000)
def small_hash(word: str) -> int:
    """A 16-bit hash of a word, the same on every machine."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) & 0xFFFF


def word_key(word: str) -> int:
    """A 32-bit hash of a word for the index of words."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def meaning(text: str, limit: int = 40) -> list[int]:
    """16-bit hashes of the stems of ``text``, sorted, at most ``limit`` of them."""
    return sorted({small_hash(item) for item in stems(text)[:limit]})


# Stems that newsrooms change for one another where they tell what somebody is to do.
_SAME = {
    "pull": "withdraw", "retreat": "withdraw", "leave": "withdraw", "quit": "withdraw", "forces": "troops", "soldiers": "troops", "assault": "attack",
    "free": "release", "restart": "resume", "reopen": "open", "dispatch": "send", "shut": "close", "halt": "stop", "cease": "stop",
    "talks": "meet", "negotiations": "meet", "summit": "meet",
}  # fmt: skip


@lru_cache(maxsize=1)
def _same() -> dict[int, int]:
    return {small_hash(stem(one)): small_hash(stem(two)) for one, two in _SAME.items()}


def folded(hashes: Iterable[int]) -> frozenset[int]:
    """A meaning in which words for one act are one: "leave" and "withdraw"."""
    same = _same()
    return frozenset(same.get(item, item) for item in hashes)


def likeness(first: Iterable[int], second: Iterable[int]) -> float:
    """How alike two meanings are, 0–1: shared stems over the mean of both sizes."""
    return overlap(frozenset(first), frozenset(second))


def overlap(one: frozenset[int], two: frozenset[int]) -> float:
    """``likeness`` of two meanings that are sets already."""
    if not one or not two:
        return 0.0
    return 2 * len(one & two) / (len(one) + len(two))
