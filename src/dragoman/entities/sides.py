"""Sectors that a word beside the head adds: a party's side, and the kin of those in office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.entities.scan import Item

REACH = 5  # words before a party's name in which its side may be told
SIDES = {"in power": "GOV", "in opposition": "OPP"}  # word list → the code that follows PTY
OWNING = frozenset({"'s", "’s", "'", "’"})


def with_side(
    tokens: Sequence[str], first: int, sectors: tuple[str, ...], lists: Mapping[str, frozenset[str]]
) -> tuple[str, ...]:
    """Sectors of a party with the side that the words before it tell ("the ruling Unity Party").

    Args:
        tokens: the words.
        first: index of the first word of the party's own name.
        sectors: what is known of it; only a party whose side is open takes one.
        lists: the word lists of the tables.
    """
    if sectors != ("PTY",):
        return sectors
    for place in range(first - 1, max(-1, first - 1 - REACH), -1):
        for name, code in SIDES.items():
            if tokens[place].lower() in lists[name]:
                return (*sectors, code)
        if not tokens[place][:1].isupper() and tokens[place] not in OWNING:
            break
    return sectors


def is_kin_of_office(
    tokens: Sequence[str],
    core: Sequence[Item],
    tail: Sequence[Item],
    lists: Mapping[str, frozenset[str]],
) -> bool:
    """Whether a phrase speaks of the family of somebody in government.

    "The prime minister's son", "relatives of the interior minister"; not the family of the victims.

    Args:
        core: the items of the head's own words, the head last.
        tail: the items of its complement.
    """
    head = core[-1]
    if head.role is None or not (
        head.role.phrase in lists["kin"] or head.role.phrase in lists["household"]
    ):
        return False
    owners = [item for item in core[:-1] if tokens[item.last] in OWNING]
    if not owners and tokens[head.last : head.last + 1] == ["of"]:
        owners = [item for item in tail if item.role is not None or item.names][:1]
        if owners and owners[0].is_state:  # "the family of the Syrian president"
            owners = list(tail[1:2])
    return any(holds_office(item) for item in owners)


def holds_office(item: Item) -> bool:
    """Whether an item is somebody in government: a minister by role, or a person of the tables."""
    if item.role is not None:
        return item.role.kind == "person" and item.role.sectors[:1] == ("GOV",)
    entry = item.entry
    return (
        entry is not None and entry.kind == "person" and entry.sectors[:1] in (("GOV",), ("ELI",))
    )
