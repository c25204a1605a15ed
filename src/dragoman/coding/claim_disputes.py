"""Who asserts what a party denies: the disputes of a story, with and without a word of denial.

Boosted trees, fitted on stories coded by hand (``training/disputes.py``), weigh first whether words
are the denying side of a contested claim, then who in the story asserts what they deny, and where.
The numbers are in ``data/disputes.json``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from dragoman.coding.accounts import Account
from dragoman.coding.claim_denials import (
    FAR,
    REACH,
    Denial,
    Told,
    contrary,
    denial_rows,
    likeness_of_meaning,
    points_at_claim,
    states_of,
)
from dragoman.coding.propositions import likeness
from dragoman.coding.tokens import tokens_in
from dragoman.coding.trees import Trees
from dragoman.coding.voices import with_states
from dragoman.fitted import read
from dragoman.model import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dragoman.model import Entity, Mention

FILE = Path(__file__).parent / "data" / "disputes.json"
ACTS = ("accuse", "claim", "say", "report", "think", "deny")
ENTITIES = ("state", "organisation", "group", "person", "unnamed", "place")
MENTIONS = ("name", "title", "description", "adjective", "pronoun", "unnamed")
DEPS = (
    "nsubj",
    "nsubj:pass",
    "obj",
    "obl",
    "obl:agent",
    "nmod",
    "nmod:poss",
    "compound",
    "amod",
    "appos",
    "conj",
)
# Code points before and after a denial in which somebody named may be the one who asserts.
_BEFORE, _AFTER = 1500, 400
# Of one denial at most so many disputes are given, and none so much less likely than the likeliest.
_MOST, _SHARE = 2, 0.5


@dataclass(frozen=True)
class Dispute:
    """A denial, who asserts what it denies and, where known, in what account; how sure, 0 to 1."""

    denial: Denial
    asserting: tuple[str, ...]
    denying: tuple[str, ...]
    account: Account | None
    confidence: float


class Candidate(NamedTuple):
    """Somebody who may assert what is denied, in one account or only named near."""

    entity: str
    account: Account | None


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


def rows_of_denials(
    told: Told,
    plain: NDArray[np.float64],
    denies: NDArray[np.float64],
    asserts: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The plain rows of a story's denials, with what the probes say of each and of its neighbours.

    Args:
        denies, asserts: log-odds that the words of each deny, or assert what is denied.
    """
    number = len(told.denials)
    nobody = -FAR
    before = np.full(number, nobody)
    for i, item in enumerate(told.denials):
        for k in range(i - 1, -1, -1):
            other = told.denials[k]
            if item.start - other.start > 2 * _BEFORE:
                break
            if item.start - other.end < _BEFORE and not set(item.denying) & set(other.denying):
                before[i] = max(before[i], asserts[k])
    last, following = np.full(number, nobody), np.full(number, nobody)
    last[1:], following[:-1] = denies[:-1], denies[1:]
    return np.column_stack([plain, denies, asserts, before, last, following])


def candidates(told: Told, denial: Denial) -> list[Candidate]:
    """Everybody who may assert what is denied: each account of another before it, or told inside it
    or shortly after it; and all others named near it."""
    denying = set(denial.denying)
    found = []
    for account in _accounts_near(told, denial):
        found += [
            Candidate(key, account)
            for key in account.speakers
            if key not in denying
            and key in told.index.entities
            and not _speaks_for(told, key, denying)
        ]
    for key, mentions in told.mentions.items():
        if key in denying or told.index.entities[key].kind == "other":
            continue
        if _speaks_for(told, key, denying):
            continue
        if any(denial.start - _BEFORE <= m.start <= denial.end + _AFTER for m in mentions):
            found.append(Candidate(key, None))
    return found


def _speaks_for(told: Told, key: str, denying: set[str]) -> bool:
    """Whether one of two is a person of the other's body, or of its government: "the army" and its
    spokesman, a ministry and a minister are one side."""
    own = told.index.entities[key]
    return bool(own.country and own.sectors) and any(
        (other.code == own.code and (other.kind == "person") != (own.kind == "person"))
        or ({own.kind, other.kind} == {"person", "organisation"} and _one_government(own, other))
        for other in _entities(told, denying)
    )


def _of_one_government(told: Told, key: str, denying: set[str]) -> bool:
    """Whether both are officials or bodies of one state."""
    own = told.index.entities[key]
    return any(_one_government(own, other) for other in _entities(told, denying))


def _one_government(one: Entity, other: Entity) -> bool:
    return one.country == other.country and one.sectors[:1] == other.sectors[:1] == ("GOV",)


def _entities(told: Told, keys: set[str]) -> list[Entity]:
    return [told.index.entities[key] for key in sorted(keys) if key in told.index.entities]


def _accounts_near(told: Told, denial: Denial) -> Iterator[Account]:
    for account in told.accounts:
        if account.start > denial.end + _AFTER:
            return
        if denial.start - account.end > REACH or account is denial.account or account.announces:
            continue  # what is announced may be refused, not denied
        yield account


class Weighing:
    """The rows of numbers of one story's candidates.

    Args:
        chances: of each denial, that it is one.
        asserting: of each denial's words, log-odds that they assert what is denied.
        ruled: pairs of entities, asserting and denying, that plainer rules have put at odds.
    """

    def __init__(
        self,
        told: Told,
        chances: NDArray[np.float64],
        asserting: NDArray[np.float64],
        ruled: frozenset[tuple[str, str]],
    ) -> None:
        self.told, self.chances, self.ruled = told, chances, ruled
        self._odds = {
            item.statement.id: float(odds)
            for item, odds in zip(told.denials, asserting, strict=True)
            if item.statement is not None
        }

    def rows(self, place: int, found: Sequence[Candidate]) -> NDArray[np.float64]:
        """One row a candidate for the denial at ``place``."""
        denial = self.told.denials[place]
        own = self._of_denial(place, len({item.entity for item in found}))
        parties = {item.entity: self._of_party(item.entity, denial) for item in found}
        accounts: dict[int, list[float]] = {}
        made = []
        for item in found:
            if item.account is not None and id(item.account) not in accounts:
                accounts[id(item.account)] = self._of_account(item.account, denial)
            told = accounts[id(item.account)] if item.account is not None else [0.0] * _OF_ACCOUNT
            first = item.account is not None and item.account.speakers[0] == item.entity
            made.append([*told, float(first), *parties[item.entity], *own])
        return np.array(made)

    def _of_denial(self, place: int, number: int) -> list[float]:
        denial = self.told.denials[place]
        act = denial.statement.act if denial.statement else ""
        signs = denial.account.signs if denial.account else frozenset()
        return [
            float(self.chances[place]),
            float(number),
            float(denial.event is not None),
            *(float(act == name) for name in ("deny", "say", "accuse", "claim")),
            *(float(name in signs) for name in ("denies", "refutes", "insists", "turns")),
            float(denial.last - denial.first),
        ]

    def _of_account(self, account: Account, denial: Denial) -> list[float]:
        """What an account and the denial have to do with each other."""
        told, denying = self.told, set(denial.denying)
        answer, one = denial.account, account.proposition
        gap = denial.start - account.end
        inside = denial.start <= account.start and account.end <= denial.end
        holds = account.start <= denial.start and denial.end <= account.end
        between = sum(
            1
            for other in told.accounts
            if account.end <= other.start
            and other.end <= denial.start
            and not set(other.own) & (set(account.own) | denying)
        )
        odds = self._odds.get(account.statement.id, 0.0) if account.statement else 0.0
        stems = answer.proposition.stems if answer else frozenset()
        return [
            1.0,
            float(account.statement is None),
            *(float(account.act == name) for name in ACTS),
            odds,
            float(bool(account.named & denying)),
            float(bool(account.blamed & denying)),
            float(bool(answer and answer.named & set(account.speakers))),
            float(bool(answer and contrary(account.words, answer.words))),
            float(answer is not None and one.negated != answer.proposition.negated),
            float(min(6, len(one.stems & stems))),
            likeness(one, answer.proposition) if answer else 0.0,
            likeness_of_meaning(one, answer.proposition) if answer else 0.0,
            math.copysign(math.log1p(abs(gap)), gap),
            float(inside),
            float(holds),
            float(between),
            float("denies" in account.signs),
            float("refutes" in account.signs),
            float(one.hypothetical),
            float(account.announces),
            float(denial.sentence - told.sentence(self._first(account))),
        ]

    def _of_party(self, key: str, denial: Denial) -> list[float]:
        """How somebody is spoken of around the denial."""
        told, denying = self.told, set(denial.denying)
        entity = told.index.entities[key]
        all_of = told.mentions.get(key, [])
        near = [m for m in all_of if denial.start - _BEFORE <= m.start <= denial.end + _AFTER]
        place = min(
            near,
            key=lambda m: (abs(told.sentence(m.first) - denial.sentence), abs(m.head - denial.first)),
            default=None,
        )  # fmt: skip
        inside = [m for m in near if denial.start <= m.start < denial.end]
        same = [m for m in near if told.sentence(m.first) == denial.sentence]
        before = [m for m in near if told.sentence(m.first) == denial.sentence - 1]
        countries = {told.index.entities[x].country for x in denying if x in told.index.entities}
        return [
            float(bool(inside)),
            float(any(points_at_claim(told.doc[m.head]) for m in inside)),
            float(any(points_at_claim(told.doc[m.head]) for m in near)),
            float(len(same)),
            float(len(near)),
            float(denial.sentence - told.sentence(place.first)) if place else FAR,
            float(denial.first - place.head) if place else 0.0,
            float(place is not None and place.as_place),
            *(float(place is not None and place.kind == name) for name in MENTIONS),
            *(float(entity.kind == name) for name in ENTITIES),
            *self._syntax(place),
            float(any(self._leads(m) for m in before)),
            float(any(self._leads(m) for m in same)),
            *self._charging(key, denial, denying),
            float(any(frozenset({key, other}) in told.hostile for other in denying)),
            float(bool(entity.country) and entity.country in countries),
            float(_of_one_government(told, key, denying)),
            float(bool(entity.country)),
            math.log1p(len(all_of)),
            float(any((key, other) in self.ruled for other in denying)),
            float(any((other, key) in self.ruled for other in denying)),
            float(max(self._speaks(key), default=-FAR)),
        ]

    def _speaks(self, key: str) -> list[float]:
        """How likely each of somebody's statements is to assert what is denied, as log-odds."""
        return [
            self._odds[item.statement.id]
            for item in self.told.denials
            if item.statement is not None and key in item.denying
        ]

    def _syntax(self, mention: Mention | None) -> list[float]:
        dep = self.told.doc[mention.head].dep_ if mention is not None else ""
        return [float(dep == name) for name in DEPS]

    def _leads(self, mention: Mention) -> bool:
        return self.told.doc[mention.head].dep_.startswith("nsubj")

    def _charging(self, key: str, denial: Denial, denying: set[str]) -> list[float]:
        """How near somebody's charges are: against the one who denies, any before, and his."""
        charges = self.told.charges
        found = (
            [abs(denial.start - at) for at, by, of in charges if key in by and of & denying],
            [denial.start - at for at, by, _ in charges if key in by and at < denial.start],
            [abs(denial.start - at) for at, by, of in charges if key in of and by & denying],
        )
        return [math.log1p(min(x)) if x else FAR for x in found]

    def _first(self, account: Account) -> int:
        """The first token of an account's words."""
        tokens = tokens_in(self.told.doc, Span(account.start, account.end))
        return tokens[0] if tokens else 0


# Numbers in the row of an account.
_OF_ACCOUNT = 26


class Disputes:
    """The fitted trees and probes.

    Args:
        data: ``denies`` and ``asserts`` (probes), ``denial`` and ``dispute`` (trees), ``scale``
            (factor and summand that make a log-odds a calibrated one), ``least`` (probability
            from which a dispute is given) and ``ruled`` (that of two parties whom plain rules
            alone put at odds).
    """

    def __init__(self, data: dict[str, Any]) -> None:
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
        return read(cls, FILE, "the table of disputes")

    def find(self, told: Told, ruled: frozenset[tuple[str, str]]) -> list[Dispute]:
        """The disputes of a story, in order of the text."""
        if not told.denials:
            return []
        states, number = states_of(told), len(told.denials)
        denies, asserts = (probe.odds(states, number) for probe in (self._denies, self._asserts))
        rows = rows_of_denials(told, denial_rows(told), denies, asserts)
        chances = self._denial.chances(rows)
        weighing = Weighing(told, chances, asserts, ruled)
        found: list[Dispute] = []
        for place in np.flatnonzero(chances >= self._least_product).tolist():
            held = candidates(told, told.denials[place])
            if held:
                both = chances[place] * self._dispute.chances(weighing.rows(place, held))
                found += chosen(told, place, held, both, self._least_product)
        return [
            replace(item, confidence=self._calibrated(item.confidence)) for item in once_each(found)
        ]

    def _calibrated(self, product: float) -> float:
        """How many of the disputes of some product of the two chances are right, 0 to 1."""
        odds = self._factor * math.log(product / (1 - product)) + self._summand
        return round(1 / (1 + math.exp(-odds)), 3)


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
        dispute = _sides(told, denial, entity, account, float(chances[i]))
        if dispute is not None:
            named |= set(dispute.asserting)
            found.append(dispute)
    return found


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
        if (other, one) not in kept or item.confidence >= _SHARE * kept[other, one].confidence
    ]
    return sorted(both, key=lambda item: (item.denial.start, item.denial.end))
