"""Sectors of a phrase that a role heads ("members of the opposition", "Hamas commander")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entities.sides import OWNING, is_kin_of_office

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.entities.scan import Item
    from dragoman.entities.tables import Role

# an armed group's own sectors outweigh these of its people ("Hamas commander")
ARMED = frozenset({"MIL", "UAF", "REB", "CRM", "PRM", "OPP", "GOV", "SPY", "COP"})
INSURGENT = frozenset({"REB", "UAF", "CRM", "PRM"})  # whose people's guards are no police
UNKNOWN = ("UNK",)


def is_owner(tokens: Sequence[str], item: Item) -> bool:
    """Whether more of the head follows the item after "'s" ("Russia's proposals")."""
    return item.last < len(tokens) and tokens[item.last] in OWNING


def unique(*groups: Sequence[str]) -> tuple[str, ...]:
    """The codes of all groups, each once, in order."""
    return tuple(dict.fromkeys(code for group in groups for code in group))


def role_sectors(
    tokens: Sequence[str],
    core: Sequence[Item],
    tail: Sequence[Item],
    lists: Mapping[str, frozenset[str]],
) -> tuple[tuple[str, ...], Role]:
    """Sectors of a role phrase and the role that decides them.

    Args:
        tokens: the words the items point into.
        core: the items of the head's own words, at least one of them a role.
        tail: the items of its complement.
        lists: the word lists of the tables.
    """
    ranked: list[tuple[int, int, Role]] = []
    for item in core:
        if item.role is not None:
            weight = item.role.priority
            if is_owner(tokens, item) and item is not core[-1]:
                weight = min(weight, 1)
            if item.role.kind == "other" and item is not core[-1]:
                weight = -1  # "a decades-long insurgency"
            ranked.append((weight, item.first, item.role))
    ranked.sort(key=lambda row: (-row[0], -row[1]))
    top_weight, _, top = ranked[0]
    if is_kin_of_office(tokens, core, tail, lists):
        return ("ELI",), top
    others = [
        role.sectors for weight, _, role in ranked[1:] if weight >= 3 and role.kind != "other"
    ]
    owned, armed = owned_sectors(core)
    if owned[:1] == ("MIL",) and top.phrase in lists["of any side"]:
        return owned, top  # "Peshmerga fighters"
    if owned and (top_weight <= 1 or armed or top.sectors[0] in ("UAF", "CVL", "UNK")):
        if not armed or top.sectors[0] in ARMED or top_weight <= 1:
            extra = top.sectors if top_weight >= 2 else ()
            return unique(owned, extra), top
    first = tail[0].entry if tail else None
    if not owned and first is not None and first.kind == "group" and first.sectors:
        if top.sectors[:1] and top.sectors[0] in ARMED:  # "a commander in the Free Syrian Army"
            return first.sectors, top
    presiding = top.phrase in lists["presiding"] and not owned
    if top_weight <= 1 or presiding:
        inner = tail_sectors(tail, top_weight, presiding)
        if inner:
            return inner, top
    if top.sectors == UNKNOWN:
        return owner_sectors(core, tail, top, lists), top
    return unique(top.sectors, *others), top


def owner_sectors(
    core: Sequence[Item],
    tail: Sequence[Item],
    top: Role,
    lists: Mapping[str, frozenset[str]],
) -> tuple[str, ...]:
    """Sectors of a role that tells none: GOV for who speaks for a state, else unknown.

    Of the people of an organisation whose sectors the table leaves open nothing is told.
    """
    for item in (*core, *tail[:1]):
        entry = item.entry
        if entry is None or item.backer:
            continue
        if entry.kind == "state" and top.phrase in lists["for a state"]:
            return ("GOV",)
        if entry.kind == "organisation" and not entry.sectors:
            return ()
    return top.sectors


def owned_sectors(core: Sequence[Item]) -> tuple[tuple[str, ...], bool]:
    """Sectors of the organisation or person the role belongs to; whether it is an armed group."""
    for item in reversed(core):
        entry = item.entry
        if entry is None or item.backer or (item.is_state and item.how not in ("seat",)):
            continue
        rebel = entry.kind == "person" and bool(INSURGENT & set(entry.sectors[:1]))
        return entry.sectors, entry.kind == "group" or rebel
    return (), False


def tail_sectors(tail: Sequence[Item], weight: int, named_only: bool = False) -> tuple[str, ...]:
    """Sectors of the complement of a weak role ("members of", "group of", "official at").

    Args:
        named_only: look at names and bodies only: "president of the Supreme Court".
    """
    for item in tail:
        if named_only and item.role is not None:
            return item.role.sectors if item.role.kind == "body" else ()
        if item.role is not None and item.role.priority > weight and item.role.kind != "other":
            return item.role.sectors
        entry = item.entry
        if entry is not None and not item.is_state and entry.sectors:
            return entry.sectors
    return ()
