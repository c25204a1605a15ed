"""Two parties' accounts of one thing that cannot both be so, whether or not a word of denial falls.

Every pair of an account and a later one of another party is weighed by what speaks for a dispute:
words of denial and refuting, the accused who answers, the same thing told, hostility in the story.
The weights are in ``data/rebuttal_weights.tsv``; ``training/rebuttals.py`` tells how they were made.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from dragoman.coding.accounts import Account, accounts_of
from dragoman.coding.cues import DATA, rows
from dragoman.coding.propositions import Proposition, kinship, likeness
from dragoman.coding.voices import with_states
from dragoman.entities.index import EntityIndex
from dragoman.errors import DataError
from dragoman.model import Event, Statement, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Types of events that show two parties to be at odds.
_HOSTILE = frozenset({"ACCUSE", "REJECT", "THREATEN", "SANCTION", "COERCE", "ASSAULT"})
# How far back, in code points, an account is looked for that a later one answers.
_REACH = 3500
# "near" and "far" of the weights: code points between two accounts.
_NEAR, _FAR = 250, 900
# Signs of which one at least ties an answer to an account.
_TIES = ("shared", "accused", "blamed", "contrary", "refutes")
# Likeness of the meanings of two unrelated accounts: what is assumed where there are no vectors.
_PLAIN_MEANING = 0.6
_PLAIN_KINSHIP = 0.3


@dataclass(frozen=True)
class Dispute:
    """An account, the later one that answers it, the two sides and how sure it is (0 to 1)."""

    asserted: Account
    answer: Account
    asserting: tuple[str, ...]
    denying: tuple[str, ...]
    confidence: float


@cache
def weights() -> dict[str, float]:
    """Name of a sign → its weight, with "bias" and "least" (the score from which a pair is given).

    Raises:
        DataError: a weight is no number, or a sign is missing or unknown.
    """
    path = DATA / "rebuttal_weights.tsv"
    found: dict[str, float] = {}
    for line, row in rows(path, ("sign", "weight", "meaning")):
        try:
            found[row["sign"]] = float(row["weight"])
        except ValueError as error:
            raise DataError(str(path), line, f"weight {row['weight']!r} is no number") from error
    if set(found) != {*SIGNS, "bias", "least"}:
        raise DataError(str(path), None, f"signs must be {', '.join((*SIGNS, 'bias', 'least'))}")
    return found


@cache
def contraries() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Pairs of sets of words that two accounts of one thing cannot both use."""
    found = rows(DATA / "contraries.tsv", ("one", "other"))
    return tuple(
        (frozenset(row["one"].split()), frozenset(row["other"].split())) for _, row in found
    )


def contrary(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the words of two accounts (lower case) stand on opposite sides of a row."""
    return any(
        (one & left and other & right and not one & right)
        or (one & right and other & left and not one & left)
        for left, right in contraries()
    )


SIGNS = (
    "denies", "refutes", "negates", "insists", "turns", "own", "charge", "countercharge", "claim", "accused", "blamed",
    "addresses", "hostile", "contrary", "shared", "share", "kinship", "meaning", "adjacent", "near", "far",
    "thought", "answer_thought", "hypothetical", "unnamed",
)  # fmt: skip


def disputes(
    doc: Doc,
    story: Story,
    index: EntityIndex,
    events: Sequence[Event],
    statements: Sequence[Statement],
) -> list[Dispute]:
    """The disputes of a story, in order of the text: for each answer the account it answers best,
    and of several between the same two parties the surest."""
    accounts = accounts_of(doc, story, index, events, statements)
    hostile = at_odds(events, index)
    best: dict[tuple[frozenset[str], frozenset[str]], Dispute] = {}
    for place, answer in enumerate(accounts):
        if answer.statement is None:
            continue
        found = [
            dispute
            for dispute in (
                weighed(accounts[i], answer, index, hostile, accounts[i + 1 : place])
                for i in before(accounts, place)
            )
            if dispute is not None
        ]
        if not found:
            continue
        dispute = max(found, key=lambda item: (item.confidence, item.asserted.start))
        key = (dispute.asserted.own, answer.own)
        if key not in best or best[key].confidence < dispute.confidence:
            best[key] = dispute
    return sorted(best.values(), key=lambda item: (item.asserted.start, item.answer.start))


def settle(dispute: Dispute, found: list[Proposition]) -> None:
    """Write a dispute into the propositions of a story (``found`` is changed in place).

    Where plainer signs have put the two parties at odds already, nothing is added.
    """
    asserted, answer = dispute.asserted, dispute.answer
    known = any(
        asserted.own & set(item.asserted_by) and answer.own & set(item.denied_by) for item in found
    )
    if answer.statement is None or known:
        return
    told = next((item for item in found if _tells(item, asserted)), None)
    if told is None:
        told = asserted.proposition
        found.append(told)
    told.asserted_by += [key for key in dispute.asserting if key not in told.asserted_by]
    told.deny(dispute.denying, answer.statement.id, dispute.confidence)
    for item in list(found):  # the denial that found no assertion has found it
        if item is not told and not item.asserted_by and item.statements == [answer.statement.id]:
            found.remove(item)


def _tells(item: Proposition, account: Account) -> bool:
    """Whether a proposition is what an account says."""
    if account.statement is not None:
        return item.statements[:1] == [account.statement.id] and bool(item.asserted_by)
    return item.event is not None and item.event == account.proposition.event


def before(accounts: Sequence[Account], place: int) -> Iterator[int]:
    """Places of the accounts an answer may be to: those before it and those told inside it."""
    answer = accounts[place]
    for i in range(place - 1, -1, -1):
        if answer.start - accounts[i].end > _REACH:
            return
        yield i
    for i in range(place + 1, min(len(accounts), place + 4)):
        if _inside(accounts[i], answer):
            yield i


def _inside(inner: Account, outer: Account) -> bool:
    """Whether one account is told by the other's speaker as another's."""
    return (
        inner.statement is not None
        and outer.statement is not None
        and inner.statement.parent == outer.statement.id
    )


def at_odds(events: Sequence[Event], index: EntityIndex) -> frozenset[frozenset[str]]:
    """Pairs of entities between which the story tells an event of conflict."""
    return frozenset(
        frozenset({one, other})
        for event in events
        if event.type in _HOSTILE
        for one in with_states([item.entity for item in event.actors], index)
        for other in with_states([item.entity for item in event.recipients], index)
        if one != other
    )


def weighed(
    asserted: Account,
    answer: Account,
    index: EntityIndex,
    hostile: frozenset[frozenset[str]],
    between: Sequence[Account],
) -> Dispute | None:
    """The dispute of two accounts, or None where they cannot be one or agree well enough."""
    sides = sides_of(asserted, answer)
    if sides is None or (asserted.announces and "refutes" not in answer.signs):
        return None
    table = weights()
    signs = plain_signs(asserted, answer, sides, index, hostile, between)
    if not _tied(signs):
        return None
    score = table["bias"] + sum(table[name] * value for name, value in signs.items())
    if score + table["kinship"] + table["meaning"] < table["least"]:
        return None  # no nearness of meaning makes up for what is missing
    near = signs_of_meaning(asserted, answer)
    score += sum(table[name] * value for name, value in near.items())
    if score < table["least"]:
        return None
    return Dispute(asserted, answer, *sides, confidence=1 / (1 + math.exp(-score)))


def _tied(signs: Mapping[str, float]) -> bool:
    """Whether two accounts can be about one thing at all.

    A denial and a counter-charge say themselves what they are about; other words may also be meant
    for the party they name.
    """
    if any(signs[name] for name in _TIES):
        return True
    if signs["countercharge"]:
        return bool(signs["turns"])
    return bool(signs["addresses"]) and not signs["denies"]


def sides_of(asserted: Account, answer: Account) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Who asserts and who answers, without those who stand behind both.

    None where one side is empty, or where the words are the same and do not turn on themselves.
    """
    if _inside(answer, asserted):
        return None
    if _inside(asserted, answer):
        if not answer.signs & {"denies", "refutes"} and not answer.proposition.negated:
            return None
    elif _overlapping(asserted, answer):
        return None
    if asserted.own & set(answer.speakers) or answer.own & set(asserted.speakers):
        return None
    both = set(asserted.speakers) & set(answer.speakers)
    one = tuple(key for key in asserted.speakers if key not in both)
    other = tuple(key for key in answer.speakers if key not in both)
    return (one, other) if one and other else None


def _overlapping(one: Account, other: Account) -> bool:
    """Whether two accounts are told in the same words."""
    if one.statement is None or other.statement is None:
        return False
    return any(a.overlaps(b) for a in one.statement.content for b in other.statement.content)


def signs_of(
    asserted: Account,
    answer: Account,
    sides: tuple[tuple[str, ...], tuple[str, ...]],
    index: EntityIndex,
    hostile: frozenset[frozenset[str]],
    between: Sequence[Account],
) -> dict[str, float]:
    """Name of every sign → how much of it two accounts show."""
    plain = plain_signs(asserted, answer, sides, index, hostile, between)
    return plain | signs_of_meaning(asserted, answer)


def plain_signs(
    asserted: Account,
    answer: Account,
    sides: tuple[tuple[str, ...], tuple[str, ...]],
    index: EntityIndex,
    hostile: frozenset[frozenset[str]],
    between: Sequence[Account],
) -> dict[str, float]:
    """The signs that words and parties show, 0 to 1 (words in common: 0 to 4)."""
    asserting, denying = set(sides[0]), set(sides[1])
    one, other = asserted.proposition, answer.proposition
    gap = answer.start - asserted.end
    others = [t for t in between if not t.own & asserted.own and not t.own & answer.own]
    return {
        "denies": "denies" in answer.signs,
        "refutes": "refutes" in answer.signs,
        "negates": other.negated and not one.negated,
        "insists": "insists" in answer.signs,
        "turns": "turns" in answer.signs,
        "own": "own" in answer.signs,
        "charge": asserted.act == "accuse",
        "countercharge": asserted.act == answer.act == "accuse",
        "claim": asserted.act == "claim",
        "accused": bool(asserted.named & denying),
        "blamed": bool(asserted.blamed & denying),
        "addresses": bool(answer.named & asserting),
        "hostile": any(frozenset({a, b}) in hostile for a in asserting for b in denying),
        "contrary": contrary(asserted.words, answer.words),
        "shared": min(len(one.stems & other.stems), 4),
        "share": likeness(one, other),
        "adjacent": not others,
        "near": gap < _NEAR,
        "far": gap > _FAR,
        "thought": asserted.act == "think",
        "answer_thought": answer.act == "think",
        "hypothetical": one.hypothetical,
        "unnamed": all(index.entities[key].kind == "unnamed" for key in asserting),
    }


def signs_of_meaning(asserted: Account, answer: Account) -> dict[str, float]:
    """The signs that the encoder shows: nearness of the nearest nouns, and of the whole."""
    one, other = asserted.proposition, answer.proposition
    meaning = _PLAIN_MEANING
    if one.vector is not None and other.vector is not None:
        meaning = float(np.dot(one.vector, other.vector))
    return {"kinship": max(0.0, kinship(one, other) - _PLAIN_KINSHIP), "meaning": meaning}
