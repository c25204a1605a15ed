"""What a question names, against what there is: parties, event types, kinds and statuses.

A word that nothing knows is a mistake of the asker's and never an empty answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from typing import get_args

from dragoman.errors import UsageError, of_kind
from dragoman.ledger.commitments import OPEN
from dragoman.ledger.scope import Party
from dragoman.ledger.store import Store
from dragoman.lexicon import Lexicon, load
from dragoman.model import CommitmentKind, CommitmentStatus
from dragoman.ontology import load as load_ontology

_OWN_CODE = ("EUR", "UNO")  # organisations that stand where a country stands, alone with their code


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon, loaded once and only for what the ledger itself does not know."""
    return load()


def pair_of(store: Store, between: str | Sequence[str] | None) -> tuple[Party, Party] | None:
    """Two parties, each a country, group, organisation or person given by code, name, alias or id.

    Of a country and a group of that country, the country is everybody else.

    Raises:
        UsageError: it is not two, or one is nobody known, or may be several.
    """
    if not between:
        return None
    names = between.split(",") if isinstance(between, str) else list(between)
    names = [of_kind(item, str, "a party is a name, code or id").strip() for item in names]
    names = [item for item in names if item]
    if len(names) != 2:
        raise UsageError(
            f"between wants two parties, such as RUS,UKR or Israel,Hamas, not {between!r}"
        )
    codes = [country_code(store, name) for name in names]
    one, two = (
        Party(code, country_name(code)) if code else _party(store, name, other)
        for name, code, other in zip(names, codes, reversed(codes), strict=True)
    )
    return _all_but(store, one, two), _all_but(store, two, one)


def country_code(store: Store, name: str) -> str | None:
    """The code of a country given by code or name; a code that the ledger has counts as known.

    Raises:
        UsageError: there are several of that name.
    """
    code = name.strip().upper()
    if store.query("SELECT 1 FROM entity_rows WHERE country = ? LIMIT 1", [code]):
        return code
    known = lexicon()
    if code in known.states or code in known.country_codes:
        return code
    found = {
        entry.country: entry.name
        for entry in known.find(name.strip(), any_case=True)
        if entry.kind == "state" or entry.country in _OWN_CODE
    }
    if len(found) > 1:
        raise UsageError(f"{name!r} may be {_several(found)}")
    return next(iter(found), None)


def _party(store: Store, name: str, home: str | None) -> Party:
    """Somebody by id, code or name; of several of one name those in the ledger, then those of one country.

    Args:
        home: the country of the other party, where it is one.
    """
    held = store.query(
        "SELECT entity_id, any_value(name), bool_or(code = upper($1)), bool_or(entity_id = $1) FROM entity_rows "
        "WHERE code = upper($1) OR entity_id = $1 OR lower(name) = lower($1) GROUP BY 1 ORDER BY 1",
        [name],
    )
    for key, shown, _, is_id in held:
        if is_id:
            return Party(key, shown, (key,))
    if ids := tuple(row[0] for row in held if row[2]):  # all that have that code
        return Party(name.upper(), name.upper(), ids)
    known = lexicon()
    entries = [*known.find(name, any_case=True), *known.surname(name)] or [
        *filter(None, [known.entry(name)])
    ]
    found = {entry.id: entry.name for entry in entries} | {row[0]: row[1] for row in held}
    here = {row[0] for row in store.query(
        "SELECT DISTINCT entity_id FROM entity_rows WHERE entity_id IN (SELECT unnest(?::VARCHAR[]))", [list(found)])}  # fmt: skip
    at_home = {entry.id for entry in entries if entry.country == home}
    for some in (here, at_home):
        if len(found) > 1 and some & found.keys():
            found = {key: shown for key, shown in found.items() if key in some}
    if len(found) > 1:
        raise UsageError(f"{name!r} may be {_several(found)}")
    for key, shown in found.items():
        return Party(key, shown, (key,))
    raise UsageError(f"no party {name!r}{_nearest_party(store, name)}")


def _all_but(store: Store, party: Party, other: Party) -> Party:
    """The party; where it is the other's country, everybody of that country but the other."""
    if party.ids is not None or other.ids is None:
        return party
    ids = {row[0] for row in store.query("SELECT DISTINCT entity_id FROM entity_rows WHERE country = ?", [party.key])}  # fmt: skip
    if ids.isdisjoint(other.ids):
        return party
    return replace(party, ids=tuple(sorted(ids.difference(other.ids))))


def _several(found: dict[str, str]) -> str:
    return " or ".join(f"{key} ({shown})" for key, shown in found.items())


def _nearest_party(store: Store, name: str) -> str:
    """ "; did you mean RUS (Russia)?" where the name or code of a country, or of somebody in the ledger, is near."""
    spelled = {
        alias.lower(): (entry.country, entry.name)
        for entry in (state.entry for state in lexicon().states.values())
        for alias in (entry.name, *entry.aliases, entry.country)
    }
    for key, shown in store.query("SELECT DISTINCT entity_id, name FROM entity_rows WHERE kind <> 'unnamed'"):  # fmt: skip
        spelled.setdefault(shown.lower(), (key, shown))
    near = get_close_matches(name.strip().lower(), spelled, 1, 0.75)
    return "; did you mean {} ({})?".format(*spelled[near[0]]) if near else ""


def country_name(code: str) -> str:
    """The name of a country; a code that nothing knows as it is."""
    known = lexicon()
    state = known.states.get(code)
    return state.entry.name if state else known.country_codes.get(code, code)


_UNKNOWN = "org:"  # before the name of a body that no table holds


def party_name(country: str, ids: Iterable[str]) -> str:
    """The name of a party; one whose code stands for many ("IMG") by the first of the ids that has this code."""
    known = lexicon()
    if country not in known.states and country not in known.country_codes:
        entry = known.entry(country)  # a group that stands for itself
        if entry:
            return entry.name
    if country.startswith(_UNKNOWN):
        return country.removeprefix(_UNKNOWN).replace("-", " ").title()
    if country not in known.states:
        entries = (known.entry(name) for name in ids)
        found = next((entry.name for entry in entries if entry and entry.country == country), None)
        if found:
            return found
    return country_name(country)


def event_types(store: Store, types: str | Iterable[str] | None) -> list[str] | None:
    """Event types of the scheme, or of the ledger where it was coded by another.

    Raises:
        UsageError: neither knows one of them.
    """
    if not types:
        return None
    given = types.split(",") if isinstance(types, str) else list(types)
    wanted = [item.strip().upper() for item in given if item.strip()]
    known = {name.upper(): name for name in load_ontology().types}
    if not known.keys() >= set(wanted):
        stored = store.query("SELECT DISTINCT type FROM event_rows")
        known |= {name.upper(): name for (name,) in stored}
    for item in wanted:
        _check("event type", item, known)
    return [known[item] for item in wanted]


# What a desk asks for, and the statuses that it means.
ASKED = {"open": OPEN, "kept": ("met",), "broken": ("violated",)}


def check_commitment(kind: str | None, status: str | None) -> None:
    """Look at a kind and a status of commitments.

    Raises:
        UsageError: there is no such kind or status.
    """
    for what, given, known in (
        ("kind of commitment", kind, get_args(CommitmentKind)),
        ("status", status, (*get_args(CommitmentStatus), *ASKED)),
    ):
        if given is not None:
            _check(what, given, known)


def check_order(order: str, known: Iterable[str]) -> None:
    """Look at the order of an answer.

    Raises:
        UsageError: there is no such order.
    """
    _check("order", order, known)


def _check(what: str, given: str, known: Iterable[str]) -> None:
    """Raises:
    UsageError: it is not among the known ones; the nearest is offered, else all of them.
    """
    listed = list(known)
    if given in listed:
        return
    near = get_close_matches(given, listed, 1, 0.6)
    offer = f"; did you mean {near[0]}?" if near else f" (one of {', '.join(sorted(listed))})"
    raise UsageError(f"no {what} {given!r}{offer}")
