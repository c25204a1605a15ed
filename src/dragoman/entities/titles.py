"""Titles before a person's name: how far they reach, and the gender they tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dragoman.entities.scan import HYPHENS, Item

if TYPE_CHECKING:
    from dragoman.entities.words import Words

BETWEEN = frozenset({"the", "a", "an", "deputy", "then", "new"})


def title_start(
    words: Words, at: Mapping[int, Item], start: int, lists: Mapping[str, frozenset[str]]
) -> int:
    """Where the titles before a name begin: "former Swedish Foreign Minister", "Mr", "the".

    Args:
        at: the item over each token.
        start: first token of the name.
    """
    titled = False
    while start > 0:
        item = at.get(start - 1)
        if item is not None and item.last == start and not item.backer:
            person = item.role is not None and item.role.kind in ("person", "people")
            former = item.modifier == "former"
            if former and words.tags[item.first] == "VBD":
                break  # "a revolt that toppled Hosni Mubarak"
            if not (person or titled or former) or (item.entry and item.entry.kind == "person"):
                break
            titled, start = True, item.first
            continue
        word = words.lowers[start - 1]
        if (
            (titled and word in ("'s", "’s") and start - 2 in at)
            or (word in lists["former"] and words.tags[start - 1] != "VBD")
            or word.rstrip(".") in lists["title"]
            or (titled and word in BETWEEN)
            or (
                titled
                and word in HYPHENS
                and not (words.parted(start - 1) or words.parted(start - 2))
            )
        ):
            start -= 1
        else:
            break
    return start + (words.lowers[start] in ("'s", "’s"))  # of a person's lawyer: not his name


def title_gender(lowers: Sequence[str], lists: Mapping[str, frozenset[str]]) -> str:
    """The gender that the words of a title tell ("mr", "queen"): male, female or ""."""
    male, female = lists["male"], lists["female"]
    for lower in lowers:
        word = lower.rstrip(".")
        if word in male:
            return "male"
        if word in female:
            return "female"
    return ""
