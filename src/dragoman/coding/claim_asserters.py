"""Who may assert what a party denies, and the rows of numbers by which ``claim_disputes`` weighs them."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dragoman.coding.accounts import Account
from dragoman.coding.claim_denials import (
    BEFORE,
    FAR,
    REACH,
    Denial,
    Told,
    contrary,
    likeness_of_meaning,
)
from dragoman.coding.claim_parties import Place
from dragoman.coding.claim_sides import claim_nouns
from dragoman.coding.claim_tolls import (
    contradicts_no_harm,
    tells_no_harm_only,
    tells_of_a_hit,
    tells_of_harm_done,
    tells_of_stopping_only,
)
from dragoman.coding.propositions import likeness
from dragoman.coding.tokens import tokens_in
from dragoman.entities.words import words_of
from dragoman.model import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dragoman.model import Entity, Statement

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
# Code points after a denial in which somebody named may be the one who asserts.
_AFTER = 400


def _one_of(names: Sequence[str]) -> dict[str, list[float]]:
    """For each name a row of numbers, 1 at its place; under "" that of any other name."""
    return {name: [float(name == other) for other in names] for name in ("", *names)}


_DEP_ROWS, _MENTION_ROWS, _ENTITY_ROWS = _one_of(DEPS), _one_of(MENTIONS), _one_of(ENTITIES)

_BACK = frozenset({"the", "this", "that", "these", "those", "such"})
#: First sectors of people whom others speak for.
_NO_SIDE = (("CVL",), ("EDU",), ("REF",), ("UNK",))


class Candidate(NamedTuple):
    """Somebody who may assert what is denied, in one account or only named near."""

    entity: str
    account: Account | None


def candidates(told: Told, denial: Denial) -> list[Candidate]:
    """Everybody who may assert what is denied: each account of another before it, or told inside it
    or shortly after it; and all others named near it."""
    denying = set(denial.denying)
    own = _without_state(told, denial)
    found = []
    harmless: set[str] = set()
    said = denial.statement
    unhurt = said is not None and tells_no_harm_only(said, told.doc)
    stopped = said is not None and tells_of_stopping_only(said, told.doc)
    back = _points_back(told, denial)
    for account in _accounts_near(told, denial):
        if back and account.start >= denial.end:
            continue  # "the accusation was absurd" answers none that is yet to come
        if _one_holds_the_other(account.statement, said):
            continue  # who quotes another does not deny him
        if unhurt and not tells_of_harm_done(account, told.doc):
            continue  # "there were no casualties" does not deny the deed
        if stopped and not tells_of_a_hit(account):
            continue  # nor does "two were shot down" that they were fired
        if not contradicts_no_harm(denial.account, account, told.doc):
            harmless |= set(account.speakers)
            continue
        found += [
            Candidate(key, account)
            for key in account.speakers
            if key not in denying and key in told.index.entities and not _speaks_for(told, key, own)
        ]
    harmless -= {item.entity for item in found}
    for key in () if unhurt or stopped else told.mentions:
        if (
            key in denying
            or key in harmless
            or key in told.relaying
            or told.index.entities[key].kind == "other"
        ):
            continue
        near = _near(told, key, denial)
        if near and not _speaks_for(told, key, own) and not _only_suffers(told, key, near, denial):
            found.append(Candidate(key, None))
    return found


def _points_back(told: Told, denial: Denial) -> bool:
    """Whether a denial speaks of a claim made before: "the accusation was absurd", "such reports are false"."""
    lowers = words_of(told.doc).lowers
    first = denial.first if denial.event is None else told.sentences[denial.sentence][0]
    return any(
        lowers[i] in _BACK and lowers[i + 1] in claim_nouns() for i in range(first, denial.last - 1)
    )


def _only_suffers(told: Told, key: str, near: Sequence[Place], denial: Denial) -> bool:
    """Whether people without a name or a side are spoken of in the denied words alone: "denied having
    killed farmers", "that it had shelled rebels"."""
    if not all(denial.start <= place.start < denial.end for place in near):
        return False
    if all(place.mention.kind == "unnamed" and not place.leads for place in near):
        return True
    entity = told.index.entities[key]
    return entity.kind in ("unnamed", "other") and entity.sectors[:1] in _NO_SIDE


def _one_holds_the_other(one: Statement | None, other: Statement | None) -> bool:
    """Whether one of two statements is told inside the other, and nothing denied."""
    if one is None or other is None or "deny" in (one.act, other.act):
        return False
    return one.parent == other.id or other.parent == one.id


def _near(told: Told, key: str, denial: Denial) -> list[Place]:
    """Where somebody is spoken of around a denial."""
    return told.places(key).between(denial.start - BEFORE, denial.end + _AFTER)


def _without_state(told: Told, denial: Denial) -> set[str]:
    """Who denies and the body he speaks for: another official of his state may say otherwise."""
    first, *others = denial.denying
    return {first, *(key for key in others if told.index.entities[key].kind != "state")}


def _speaks_for(told: Told, key: str, denying: set[str]) -> bool:
    """Whether one of two is a person of the other's body, or of its government: "the army" and its
    spokesman, a ministry and a minister are one side."""
    own = told.index.entities[key]
    return bool(own.country and own.sectors) and any(
        (other.code == own.code and (other.kind == "person") != (own.kind == "person"))
        or (other.country == own.country and (_whole_side(other) or _whole_side(own)))
        or ({own.kind, other.kind} == {"person", "organisation"} and _one_government(own, other))
        for other in _entities(told, denying)
    )


def _whole_side(entity: Entity) -> bool:
    """Whether a name stands for all who speak for a state: "the Chadian side"."""
    return entity.sectors[:1] == ("GOV",) and entity.name.lower().endswith((" side", " delegation"))


def _one_government(one: Entity, other: Entity) -> bool:
    return one.country == other.country and one.sectors[:1] == other.sectors[:1] == ("GOV",)


def _entities(told: Told, keys: set[str]) -> list[Entity]:
    return [told.index.entities[key] for key in sorted(keys) if key in told.index.entities]


def _accounts_near(told: Told, denial: Denial) -> Iterator[Account]:
    first = bisect_left(told.account_reach, denial.start - REACH)
    for account in islice(told.accounts, first, None):
        if account.start > denial.end + _AFTER:
            return
        if denial.start - account.end > REACH or account is denial.account or account.announces:
            continue  # what is announced may be refused, not denied
        yield account


class _Side(NamedTuple):
    """A denial and who denies: their countries, and those of the governments among them."""

    denial: Denial
    denying: set[str]
    countries: set[str]
    governments: set[str]

    @classmethod
    def of(cls, told: Told, denial: Denial) -> _Side:
        """The side of one denial."""
        denying = set(denial.denying)
        entities = _entities(told, denying)
        governments = {item.country for item in entities if item.sectors[:1] == ("GOV",)}
        return cls(denial, denying, {item.country for item in entities}, governments)


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
        self._speaking: dict[str, float] = {}  # how likely anything somebody says asserts
        for item in told.denials:
            if item.statement is None:
                continue
            said = self._odds[item.statement.id]
            for key in item.denying:
                self._speaking[key] = max(self._speaking.get(key, said), said)

    def rows(self, place: int, found: Sequence[Candidate]) -> NDArray[np.float64]:
        """One row a candidate for the denial at ``place``."""
        denial = self.told.denials[place]
        own = self._of_denial(place, len({item.entity for item in found}))
        side = _Side.of(self.told, denial)
        parties = {item.entity: self._of_party(item.entity, side) for item in found}
        accounts: dict[int, list[float]] = {}
        made = []
        for item in found:
            if item.account is not None and id(item.account) not in accounts:
                accounts[id(item.account)] = self._of_account(item.account, denial)
            told = accounts[id(item.account)] if item.account is not None else [0.0] * _OF_ACCOUNT
            first = item.account is not None and item.account.speakers[0] == item.entity
            made.append([*told, float(first), *parties[item.entity], *own])
        return np.array(made)

    def states(self, place: int, found: Sequence[Candidate]) -> NDArray[np.float32] | None:
        """What the encoder knows of the denial's words, of each account's, and of who it may be.

        (candidates, 3 × width of a state); zeros where there is no account, None without states.
        """
        told, denial = self.told, self.told.denials[place]
        states = told.states
        if states is None:
            return None
        made = np.zeros((len(found), 3, states.shape[1]), dtype=np.float32)
        made[:, 0] = told.mean(denial.first, max(denial.last, denial.first + 1))
        for row, item in zip(made, found, strict=True):
            if item.account is not None:
                tokens = tokens_in(told.doc, Span(item.account.start, item.account.end))
                if tokens:
                    row[1] = told.mean(tokens.start, tokens.stop)
            near = told.places(item.entity).nearest(denial.start)
            if near is not None:
                row[2] = states[near.mention.head]
        return made.reshape(len(found), -1)

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
        both, starts = account.own | denying, told.account_starts
        after, until = bisect_left(starts, account.end), bisect_right(starts, denial.start)
        between = sum(
            other.end <= denial.start and both.isdisjoint(other.own)
            for other in told.accounts[after:until]
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

    def _of_party(self, key: str, side: _Side) -> list[float]:
        """How somebody is spoken of around the denial."""
        told, denial, denying = self.told, side.denial, side.denying
        entity, near = told.index.entities[key], _near(told, key, denial)
        place = min(
            near,
            key=lambda p: (abs(p.sentence - denial.sentence), abs(p.mention.head - denial.first)),
            default=None,
        )
        inside = [p for p in near if denial.start <= p.start < denial.end]
        same = [p for p in near if p.sentence == denial.sentence]
        before = [p for p in near if p.sentence == denial.sentence - 1]
        kind, dep = (place.mention.kind, place.dep) if place else ("", "")
        official = entity.sectors[:1] == ("GOV",)
        return [
            float(bool(inside)),
            float(any(p.points for p in inside)),
            float(any(p.points for p in near)),
            float(len(same)),
            float(len(near)),
            float(denial.sentence - place.sentence) if place else FAR,
            float(denial.first - place.mention.head) if place else 0.0,
            float(place is not None and place.mention.as_place),
            *_MENTION_ROWS.get(kind, _MENTION_ROWS[""]),
            *_ENTITY_ROWS.get(entity.kind, _ENTITY_ROWS[""]),
            *_DEP_ROWS.get(dep, _DEP_ROWS[""]),
            float(any(p.leads for p in before)),
            float(any(p.leads for p in same)),
            *self._charging(key, side),
            float(any(frozenset({key, other}) in told.hostile for other in denying)),
            float(bool(entity.country) and entity.country in side.countries),
            float(official and entity.country in side.governments),
            float(bool(entity.country)),
            math.log1p(len(told.places(key))),
            float(any((key, other) in self.ruled for other in denying)),
            float(any((other, key) in self.ruled for other in denying)),
            self._speaking.get(key, -FAR),
        ]

    def _charging(self, key: str, side: _Side) -> list[float]:
        """How near somebody's charges are: against the one who denies, any before, and his."""
        start, denying = side.denial.start, side.denying
        by, against = self.told.charges.by(key), self.told.charges.against(key)
        found = (
            [abs(start - at) for at, accused in by if not accused.isdisjoint(denying)],
            [start - at for at, _ in by if at < start],
            [abs(start - at) for at, accusing in against if not accusing.isdisjoint(denying)],
        )
        return [math.log1p(min(x)) if x else FAR for x in found]

    def _first(self, account: Account) -> int:
        """The first token of an account's words."""
        tokens = tokens_in(self.told.doc, Span(account.start, account.end))
        return tokens[0] if tokens else 0


# Numbers in the row of an account.
_OF_ACCOUNT = 26
