"""Who asserts what a party denies: the disputes of a story, with and without a word of denial.

Boosted trees, fitted on stories coded by hand (``training/disputes.py``), weigh first whether words
are the denying side of a contested claim, then who in the story asserts what they deny, and where;
of both a small network has a second opinion (``second_opinion``).
The numbers are in ``data/disputes.json.gz`` and ``data/disputes.npz``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dragoman.coding.accounts import Account
from dragoman.coding.claim_asserters import Candidate, Weighing, candidates
from dragoman.coding.claim_denials import Denial, Told, denial_rows, rows_of_denials, states_of
from dragoman.coding.second_opinion import Network, agreed
from dragoman.coding.trees import Trees
from dragoman.coding.voices import with_states
from dragoman.fitted import read, read_arrays

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dragoman.model import Entity

FILE = Path(__file__).parent / "data" / "disputes.json.gz"
NETWORKS = FILE.with_name("disputes.npz")
# What is left of the chance that a side's second charge is denied too.
_SHARED = 0.5
_OFFICIAL = (("GOV",), ("MIL",), ("COP",), ("SPY",))
# Of one denial at most so many disputes are given, and none so much less likely than the likeliest.
_MOST, _SHARE, _BACK = 3, 0.15, 0.5


@dataclass(frozen=True)
class Dispute:
    """A denial, who asserts what it denies and, where known, in what account; how sure, 0 to 1."""

    denial: Denial
    asserting: tuple[str, ...]
    denying: tuple[str, ...]
    account: Account | None
    confidence: float


class Probe:
    """A weighed sum of the encoder's states, as log-odds.

    Args:
        data: ``weights``, ``bias``, and ``without``: the answer where the parser leaves no states.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self._weights = np.array(data["weights"], dtype=np.float64)
        self._bias, self._without = float(data["bias"]), float(data["without"])

    def odds(self, states: NDArray[np.float32] | None, number: int) -> NDArray[np.float64]:
        """One number a row."""
        if states is None or states.shape[1] != len(self._weights):
            return np.full(number, self._without)
        made: NDArray[np.float64] = states.astype(np.float64) @ self._weights + self._bias
        return made


def networks_of(arrays: Mapping[str, NDArray[Any]]) -> dict[str, Network]:
    """The second opinions on both questions."""
    return {name: Network(arrays, name) for name in ("denial", "dispute")}


class Disputes:
    """The fitted trees and probes.

    Args:
        data: ``denies`` and ``asserts`` (probes), ``denial`` and ``dispute`` (trees), ``scale``
            (factor and summand that make a log-odds a calibrated one), ``least`` (probability
            from which a dispute is given) and ``ruled`` (that of two parties whom plain rules
            alone put at odds).
        networks: second opinions on "denial" and "dispute"; the trees' alone where there are none.
    """

    def __init__(self, data: dict[str, Any], networks: Mapping[str, Network] | None = None) -> None:
        self.networks = networks or {}
        self.least, self.ruled = float(data["least"]), float(data["ruled"])
        self._factor, self._summand = (float(x) for x in data["scale"])
        odds = (math.log(self.least / (1 - self.least)) - self._summand) / self._factor
        self._least_product = 1 / (1 + math.exp(-odds))
        self._denies, self._asserts = Probe(data["denies"]), Probe(data["asserts"])
        self._denial, self._dispute = Trees(data["denial"]), Trees(data["dispute"])

    @classmethod
    @cache
    def shipped(cls) -> Disputes:
        """The package's.

        Raises:
            ModelError: its file is missing or damaged.
        """
        networks = read_arrays(networks_of, NETWORKS, "the networks of disputes")
        return read(lambda data: cls(data, networks), FILE, "the table of disputes")

    def find(self, told: Told, ruled: frozenset[tuple[str, str]]) -> list[Dispute]:
        """The disputes of a story, in order of the text."""
        if not told.denials:
            return []
        states, number = states_of(told), len(told.denials)
        denies, asserts = (probe.odds(states, number) for probe in (self._denies, self._asserts))
        rows = rows_of_denials(told, denial_rows(told), denies, asserts)
        chances = agreed(self.networks.get("denial"), self._denial.chances(rows), rows, states)
        weighing = Weighing(told, chances, asserts, ruled)
        found: list[Dispute] = []
        for place in np.flatnonzero(chances >= self._least_product).tolist():
            held = candidates(told, told.denials[place])
            if held:
                asked = weighing.rows(place, held)
                told_by = agreed(
                    self.networks.get("dispute"),
                    self._dispute.chances(asked),
                    asked,
                    weighing.states(place, held),
                )
                found += chosen(told, place, held, chances[place] * told_by, self._least_product)
        return [
            replace(item, confidence=self._calibrated(item.confidence)) for item in once_each(found)
        ]

    def _calibrated(self, product: float) -> float:
        """How many of the disputes of some product of the two chances are right, 0 to 1."""
        if product >= 1:  # two chances that floating point rounds to 1, in a sentence without end
            return 1.0
        odds = self._factor * math.log(product / (1 - product)) + self._summand
        return round(1 / (1 + math.exp(-odds)), 3)


def _account_of(
    entity: str, held: Sequence[Candidate], chances: NDArray[np.float64], least: float
) -> Account | None:
    """The likeliest account of somebody who asserts, of those that are likely enough; or None."""
    own = [
        (chance, -place)
        for place, (chance, item) in enumerate(zip(chances.tolist(), held, strict=True))
        if item.entity == entity and item.account is not None and chance >= least
    ]
    return held[-max(own)[1]].account if own else None


def chosen(
    told: Told,
    place: int,
    held: Sequence[Candidate],
    chances: NDArray[np.float64],
    least: float,
) -> list[Dispute]:
    """The disputes of one denial: with those that are likely enough to assert what it denies."""
    denial = told.denials[place]
    found: list[Dispute] = []
    named: set[str] = set()
    for i in np.argsort(-chances, kind="stable").tolist():
        if chances[i] < least or len(found) == _MOST:
            break
        if found and chances[i] < _SHARE * found[0].confidence:
            break
        entity, account = held[i]
        if entity in named:
            continue
        if account is None:
            account = _account_of(entity, held, chances, _SHARE * float(chances[i]))
        dispute = _sides(told, denial, entity, account, float(chances[i]))
        if dispute is not None:
            if _of_one_side(dispute, found, told):
                dispute = replace(dispute, confidence=_SHARED * dispute.confidence)
            named |= set(dispute.asserting)
            found.append(dispute)
    return found


def _of_one_side(dispute: Dispute, found: Sequence[Dispute], told: Told) -> bool:
    """Whether an official of the same state, or that state, is set against the denial more surely: one side made
    one charge."""
    own = told.index.entities[dispute.asserting[0]]
    return any(
        own.country == other.country
        and "state" in (own.kind, other.kind)
        and _is_official(own)
        and _is_official(other)
        for other in (told.index.entities[item.asserting[0]] for item in found)
    )


def _is_official(entity: Entity) -> bool:
    return entity.kind == "state" or entity.sectors[:1] in _OFFICIAL


def _sides(
    told: Told, denial: Denial, entity: str, account: Account | None, chance: float
) -> Dispute | None:
    """Both sides, without those who stand behind both; None where one is empty."""
    asserting = account.speakers if account is not None else with_states([entity], told.index)
    both = set(asserting) & set(denial.denying)
    one = tuple(key for key in asserting if key not in both)
    other = tuple(key for key in denial.denying if key not in both)
    return Dispute(denial, one, other, account, chance) if one and other else None


def once_each(found: Sequence[Dispute]) -> list[Dispute]:
    """Of several disputes between the same two parties the surest, in order of the text.

    The other way round it is given too where it is hardly less sure: each then denies the other's.
    """
    kept: dict[tuple[str, str], Dispute] = {}
    for item in found:
        key = item.asserting[0], item.denying[0]
        if key not in kept or kept[key].confidence < item.confidence:
            kept[key] = item
    both = [
        item
        for (one, other), item in kept.items()
        if (other, one) not in kept or item.confidence >= _BACK * kept[other, one].confidence
    ]
    return sorted(both, key=lambda item: (item.denial.start, item.denial.end))
