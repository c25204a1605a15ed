"""What a question names, against what there is: countries, event types, kinds and statuses.

A word that nothing knows is a mistake of the asker's and never an empty answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import cache
from typing import get_args

from dragoman.errors import UsageError
from dragoman.ledger.commitments import OPEN
from dragoman.ledger.store import Store
from dragoman.lexicon import Lexicon, load
from dragoman.model import CommitmentKind, CommitmentStatus
from dragoman.ontology import load as load_ontology

_OWN_CODE = ("EUR", "UNO")  # organisations that stand where a country stands, alone with their code


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon, loaded once and only for what the ledger itself does not know."""
    return load()


def pair_of(store: Store, between: str | Sequence[str] | None) -> tuple[str, str] | None:
    """Two countries, given by code or name, as codes.

    Raises:
        UsageError: it is not two, or one is no country.
    """
    if not between:
        return None
    names = between.split(",") if isinstance(between, str) else list(between)
    names = [item.strip() for item in names if item.strip()]
    if len(names) != 2:
        raise UsageError(f"between wants two countries, such as RUS,UKR, not {between!r}")
    return country_code(store, names[0]), country_code(store, names[1])


def country_code(store: Store, name: str) -> str:
    """The code of a country given by code or name; a code that the ledger has counts as known.

    Raises:
        UsageError: there is no such country, or there are several.
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
    if len(found) == 1:
        return next(iter(found))
    if found:
        several = " or ".join(f"{code} ({shown})" for code, shown in found.items())
        raise UsageError(f"{name!r} may be {several}")
    raise UsageError(f"no country {name!r}{_nearest_country(name)}")


def _nearest_country(name: str) -> str:
    """ "; did you mean RUS (Russia)?" where a name or a code is near."""
    known = lexicon()
    spelled = {
        alias.lower(): entry
        for entry in (state.entry for state in known.states.values())
        for alias in (entry.name, *entry.aliases, entry.country)
    }
    near = get_close_matches(name.strip().lower(), spelled, 1, 0.75)
    return f"; did you mean {spelled[near[0]].country} ({spelled[near[0]].name})?" if near else ""


def country_name(code: str) -> str:
    """The name of a country; a code that nothing knows as it is."""
    known = lexicon()
    state = known.states.get(code)
    return state.entry.name if state else known.country_codes.get(code, code)


def party_name(country: str, ids: Iterable[str]) -> str:
    """The name of a party; one whose code stands for many ("IMG") by the first of the ids that has this code."""
    known = lexicon()
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
