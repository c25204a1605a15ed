"""When one word in common is enough for a later report to answer a commitment, and the words that say what is to be
done. Pure."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dragoman.ledger import words
from dragoman.ledger.merging import TOWN

if TYPE_CHECKING:
    from dragoman.ledger.answers import Later

Row = dict[str, Any]

ACT, WORD = 3, 2  # stems among which are the act itself, or what an answer names again
# Acts told by the one word of what was offered or promised: "mediated", "apologised".
_OF_ONE_WORD = ("CONSULT", "CONCEDE", "RETREAT")
# The act of leaving, in its folded form; and how late one who was to leave by a day may leave.
_LEAVE = words.folded([words.small_hash(words.stem("withdraw"))])
_LATE = timedelta(days=30)
# What is to be done stands first, or follows.
_AND_TO = re.compile(r"\band (?:to|will|would|shall|should|must) ")
_LEAD = re.compile(r"\b(?:to|will|would|shall|should|must)\b|[’']ll\b")


def is_the_same(commitment: Row, later: Later, both: frozenset[int]) -> bool:
    """Whether one word in common is enough: two states meet on the day on which they were to, or what was threatened
    is promised not to be ("will not expel aid workers"), those are struck who were threatened with it, it is
    done in the town that was named, or the one word is all that there is ("offered to mediate").

    Args:
        both: the stems that are in both.
    """
    if later.what == ("commitment:promise", "not"):
        refused = commitment["kind"] == "demand" and both & lead(commitment, WORD) & lead(
            later.row, 1
        )
        return bool(refused) or len(both) == len(later.meaning)
    whole = later.what[1] == "did" and both == words.folded(commitment["meaning"])
    if whole and later.what[0] in _OF_ONE_WORD:
        return True
    act = bool(both & lead(commitment, WORD))
    if commitment["kind"] == "threat" and later.what == ("ASSAULT", "did"):
        struck = {*commitment["to_ids"]} & {*later.row["recipients"]}
        if struck and {*commitment["by_countries"]} & later.doers:
            return True  # "to attack them"
        own = {*commitment["by_ids"]} & {*later.row["actors"]}
        if act and own and not commitment["to_ids"]:
            return True  # "to kill a captive", and he killed one
    if commitment["kind"] == "demand" and later.what == ("RETREAT", "did"):
        asked = {*commitment["to_countries"]} & later.doers
        if act and asked and {*commitment["by_countries"]} & later.toward - asked:
            return True  # "left the border with Gabon", which had demanded that they withdraw
    if commitment["kind"] == "promise" and later.what == ("RETREAT", "did") and both & _LEAVE:
        last = commitment.get("due_end")
        own = {*commitment["by_countries"]} & later.doers
        if own and act and last and later.row["day"] <= last + _LATE:
            return True  # "its troops would leave by Friday", and its last soldiers left
    if town_of(later) & {*(commitment.get("text") or "").lower().split()}:
        return True  # "leave the airport of Goma": the withdrawal is from there
    first, last = commitment.get("due_start"), commitment.get("due_end")
    two = len({*commitment["by_countries"]} & (later.doers | later.toward)) > 1
    met = later.what[0] == "CONSULT" and two and first and last
    return bool(met and first <= later.row["day"] <= last)


def acts(text: str) -> list[frozenset[int]]:
    """The stems of each of several acts: "to recount the votes", "and to free the prisoners"."""
    parts = _AND_TO.split(text)
    return [words.folded(map(words.small_hash, words.stems(part)[:ACT])) for part in parts]


def town_of(later: Later) -> set[str]:
    """The towns that something is done to, in small letters; none where the act is no event."""
    named = later.row.get("recipients") or ()
    return {name.removeprefix(TOWN) for name in named if name.startswith(TOWN)}


def lead(commitment: Row, most: int) -> frozenset[int]:
    """The stems that say what is to be done: the first ones, and the first after "to", "will" or "and to"."""
    text = commitment.get("text") or ""
    found: set[int] = set()
    for part in (text, *_LEAD.split(text, maxsplit=1)[1:], *_AND_TO.split(text)[1:]):
        stems = map(words.small_hash, words.stems(part))
        found.update([item for item in stems if item in commitment["meaning"]][:most])
    return words.folded(found)
