"""An actor in CAMEO: code, country, known group, religions and roles, from tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from dragoman.exports.cameo import rows_of
from dragoman.model import Participant

_PART = 3  # letters of each part of a code


@dataclass(frozen=True)
class CameoActor:
    """``country`` is empty for international actors; ``types`` are role codes, the first foremost."""

    code: str
    country: str
    group: str
    religions: tuple[str, ...]
    types: tuple[str, ...]


@dataclass(frozen=True)
class Role:
    """A PLOVER sector in CAMEO and ICEWS; empty where a set has no word for it."""

    cameo: str
    religion: str
    icews: str


@dataclass(frozen=True)
class International:
    """An actor of no country, or a family of them."""

    code: str
    group: str
    types: tuple[str, ...]


@lru_cache(maxsize=1)
def roles() -> dict[str, Role]:
    """PLOVER sector → its role."""
    found: dict[str, Role] = {}
    for row in rows_of("roles.tsv", "sector", "cameo", "religion", "icews"):
        if row["sector"] in found:
            raise row.error(f"sector given twice: {row['sector']}")
        found[row["sector"]] = Role(row["cameo"], row["religion"], row["icews"])
    return found


@lru_cache(maxsize=1)
def internationals() -> dict[str, International]:
    """Code of a family or id of an entity → the international actor."""
    found: dict[str, International] = {}
    for row in rows_of("internationals.tsv", "key", "code", "group", "types"):
        types = tuple(row["types"].split())
        if not types or not row["code"].startswith(types[0]):
            raise row.error("code must begin with the first of types")
        if row["key"] in found:
            raise row.error(f"key given twice: {row['key']}")
        found[row["key"]] = International(row["code"], row["group"], types)
    return found


def cameo_actor(party: Participant) -> CameoActor:
    """The actor as CAMEO's sets write it."""
    found = [roles().get(sector, Role(sector, "", "")) for sector in party.sectors]
    religions = _once(role.religion for role in found)
    own = _once(role.cameo for role in found)
    body = internationals().get(party.country)
    if body is None:
        return CameoActor(
            party.country + "".join(own + religions), party.country, "", religions, own
        )
    body = internationals().get(party.entity, body)
    more = tuple(item for item in own + religions if item not in parts(body.code))
    return CameoActor(
        body.code + "".join(more), "", body.group, religions, _once((*body.types, *own))
    )


def parts(code: str) -> list[str]:
    """The parts of a code, three letters each."""
    return [code[place : place + _PART] for place in range(0, len(code), _PART)]


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
