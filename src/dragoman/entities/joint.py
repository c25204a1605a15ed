"""Two states that share a noun: "Ukrainian and Russian troops" are two bodies, not one."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.entities.identity import body_of, identify, with_country
from dragoman.entities.mentions import Draft
from dragoman.entities.phrase import Reading
from dragoman.entities.scan import PEOPLE_HOWS, Item, Scanner
from dragoman.entities.tables import Role, homelands
from dragoman.lexicon.names import pieces

if TYPE_CHECKING:
    from spacy.tokens import Doc


def several_states(
    draft: Draft, core: Sequence[Item], listed: Sequence[Item], doc: Doc, scanner: Scanner
) -> bool:
    """Make a role phrase of several states a collective of their bodies; False for one state.

    Args:
        core: the items of the phrase itself.
        listed: states of its complement.
    """
    states = [
        item for item in core
        if item.is_state and not item.backer and any(name.how in PEOPLE_HOWS for name in item.names)
    ]  # fmt: skip
    countries = list(dict.fromkeys(item.country for item in states if item.country))
    reading = draft.reading
    assert reading is not None
    if not countries and len(listed) > 1 and reading.located == "complement":
        states = list(listed)
        countries = list(dict.fromkeys(item.country for item in states))
    if len(countries) < 2 or not coordinated(doc, states[0].last, states[-1].first):
        return False
    lands = homelands()
    located = {
        item.country: "people" if item.entry is not None and item.entry.id in lands else "own"
        for item in reversed(states)
    }
    words = {item.country: doc[item.first : item.last].text for item in reversed(states)}
    shared = doc[states[-1].last : draft.head + 1].text  # "Ukrainian and Russian | border guards"
    pattern = "{} " + shared
    if not shared and reading.role is not None:  # "presidents of Kenya and Chad"
        pattern = reading.role.phrase + " of {}"
    parts = []
    for country in countries:
        told = with_country(reading, country, located[country])
        backers = tuple(item for item in draft.items if item.backer)
        part = dataclasses.replace(draft, reading=told, items=backers)
        identify(part, scanner)
        key = part.entity or f"{country}-{draft.key}"
        parts.append((key, part.reading or reading, pattern.format(words[country]).strip()))
    gather_parts(draft, parts)
    return True


def joint_body(
    doc: Doc, first: int, head: int, final: Item, core: Sequence[Item], reading: Reading,
    scanner: Scanner,
) -> Draft | None:  # fmt: skip
    """The collective of "Ukrainian and [Russian troops]", where the lexicon names the second.

    Args:
        first, head: first token of the phrase, and its head.
        final: the named body at its end.
    """
    entry = reading.entry
    states = [
        item for item in core
        if item is not final and item.is_state and not item.backer and item.country
        and item.entry is not None and item.entry.id not in homelands()
    ]  # fmt: skip
    if entry is None or entry.kind != "body" or not states:
        return None
    if not coordinated(doc, states[0].last, final.first):
        return None
    keys = [pieces(token.text) for token in doc[final.first + 1 : final.last]]
    found = scanner.roles.longest(keys, 0) if keys else None
    phrase = found[1].phrase if found is not None and isinstance(found[1], Role) else ""
    words = {item.country: doc[item.first : item.last].text for item in reversed(states)}
    shared = phrase or "/".join(entry.sectors)
    parts = []
    for country in words:
        body = body_of(country, phrase, entry.sectors, scanner)
        key = body.id if body is not None else f"{country}-{'-'.join(entry.sectors[:1])}"
        part = Reading(body, "", country, entry.sectors, located="own")
        parts.append((key, part, f"{words[country]} {shared}"))
    draft = Draft(first, final.last, head, "name", number="plural", name=doc[first : final.last].text,
                  definite=True)  # fmt: skip
    gather_parts(draft, [*parts, (entry.id, reading, entry.name)])
    return draft


def coordinated(doc: Doc, first: int, last: int) -> bool:
    """Whether "and" or "or" stands between two token positions."""
    return any(doc[position].dep_ == "cc" for position in range(first, last))


def gather_parts(draft: Draft, parts: Sequence[tuple[str, Reading, str]]) -> None:
    """Make a draft a collective of entities that need no mention of their own."""
    draft.parts = tuple(parts)
    draft.members = tuple(key for key, *_ in parts)
    draft.entity, draft.form = "+".join(draft.members), "collective"
