"""Which later report answers which earlier commitment, by the rules of ``data/answers.tsv``. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from dragoman.errors import DataError
from dragoman.ledger import words
from dragoman.ledger.act_words import beside, of_several
from dragoman.ledger.batch import shifted
from dragoman.ledger.commitments import is_not_to
from dragoman.ledger.merging import TOWN
from dragoman.ledger.one_word import ACT, WORD, is_the_same, lead
from dragoman.ledger.rows import aux_class, key
from dragoman.ledger.signs import data_rows

Row = dict[str, Any]
What = tuple[str, str]  # event type or commitment:KIND, and the aux class
_COUNTRY = re.compile(r"[A-Z]{3}")
ELSE = "else"  # of a step: those of the rules that come after its own
SHARED_STEMS = 2  # one word in common ("decision", a name) answers nothing
OPEN_LIKENESS = 0.4  # where the commitment, or what answers it, names no other side
_REST = re.compile(r"\b(?:the (?:rest|remainder|others)|remaining)\b", re.I)
# What stands right before an act that somebody only binds himself to, or is asked for.
_VOWED = re.compile(
    r"\b(?:under(?:took|tak\w+)|pledg\w+|promis\w+|vow\w+|agree\w*|offer\w*|oblig\w+|urg\w+|order\w+|ask\w*|told) to (?:\w+ly )?$",
    re.I,
)
# What is agreed or proposed at a meeting, in the words up to the next mark.
_MAKING = re.compile(
    r"\band (?:\w+ly )?(?:(?:agree|promis|pledg|vow)\w* (?:to|on)|propos\w+|offer\w+|suggest\w+) ([^,;.]+)",
    re.I,
)
# Acts of which the next words tell what was done.
_LIGHT = re.compile(
    r"(?:complet|finish|conclud|carr|provid|deliver|grant|issu)\w+|pa(?:id|ys?)|g(?:ave|ives?)",
    re.I,
)
# Characters round an act in which words of the undone are of it; and in which stands what it is about.
_NEAR, _CLAUSE = 40, 100
# What comes after the country in the code of those who act for a state.
OFFICIAL = ("", "GOV", "MIL", "LEG", "JUD", "SPY")
# What is promised not to be: "it would not leave", not "to leave those who do not fight".
WILL_NOT = re.compile(
    r"^(?:\w+ ){0,5}?(?:not to|(?:will|would|shall) (?:not|never)|never|wo(?:uld)?n[’']t)\b", re.I
)


@dataclass(frozen=True)
class Rule:
    """One row of the table. ``likeness`` is a share of stems (0–1), ``days`` a length in days."""

    name: str
    kinds: frozenset[str]
    later: frozenset[str]
    doer: str
    aux: str
    likeness: float
    days: int
    status: str
    words: re.Pattern[str] | None = None  # what the sentence of an event must hold

    @property
    def is_done(self) -> bool:
        """Whether it says that the thing itself was done, or was not, and not that somebody answered."""
        return self.status == "met" or (self.doer == "by" and self.aux == "not")


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules in the order of the table.

    Raises:
        DataError: a row cannot be read; names its line.
    """
    made = []
    for number, cells in data_rows("answers.tsv", 4):
        if cells[0] in ("undone", "part", "before"):
            continue
        try:
            made.append(
                Rule(cells[0], frozenset(cells[1].split(",")), frozenset(cells[2].split(",")),
                     cells[3], cells[4], float(cells[5]), int(cells[6]), cells[7],
                     re.compile(cells[9], re.I) if len(cells) > 9 else None)
            )  # fmt: skip
        except (ValueError, IndexError) as error:
            raise DataError("ledger/data/answers.tsv", number, str(error)) from error
        if made[-1].doer not in ("by", "to") or made[-1].aux not in ("did", "not"):
            raise DataError(
                "ledger/data/answers.tsv", number, "doer is by or to, aux is did or not"
            )
    return tuple(made)


@lru_cache(maxsize=1)
def longest() -> int:
    """Days after which no rule holds any more."""
    return max(rule.days for rule in rules())


def can_answer(report: Row) -> bool:
    """Whether there is any rule for such an event."""
    return (report["type"], aux_class(report["aux"])) in _whats()


@lru_cache(maxsize=1)
def _whats() -> frozenset[tuple[str, str]]:
    return frozenset((later, rule.aux) for rule in rules() for later in rule.later)


def able_keys() -> list[int]:
    """The ``merge_key`` of every kind of report that some rule is for."""
    return sorted(
        key(kind, group) for kind, group in _whats() if not kind.startswith("commitment:")
    )


@lru_cache(maxsize=64)
def _rules_for(kind: str) -> dict[tuple[str, str], tuple[Rule, ...]]:
    """For a kind of commitment: what comes later (type or kind, aux class) → the rules, in the order of the table."""
    found: dict[tuple[str, str], list[Rule]] = {}
    for rule in rules():
        if kind in rule.kinds:
            for later in rule.later:
                found.setdefault((later, rule.aux), []).append(rule)
    return {later: tuple(able) for later, able in found.items()}


@dataclass(frozen=True)
class Later:
    """A report or a commitment that may answer earlier commitments.

    ``what`` is the event type with its aux class, or ``commitment:KIND`` with "did" ("not" of what is promised not to be); ``doers`` and
    ``toward`` are countries (ids where the doers have none).
    """

    what: tuple[str, str]
    doers: frozenset[str]
    toward: frozenset[str]
    meaning: frozenset[int]
    row: Row

    @classmethod
    def event(cls, report: Row) -> Later:
        """From a row of ``report_rows``."""
        doers = frozenset(filter(None, report["actor_countries"])) or frozenset(report["actors"])
        toward = frozenset(
            country
            for name, country in zip(
                report["recipients"], report["recipient_countries"], strict=True
            )
            if country
            and not name.startswith(TOWN)  # who leaves a town has not turned to its state
        )
        what = report["type"], aux_class(report["aux"])
        return cls(what, doers, toward, words.folded(report["meaning"]), report)

    @classmethod
    def commitment(cls, made: Row) -> Later:
        """From a row of ``commitment_rows``."""
        doers = frozenset(filter(None, made["by_countries"])) or frozenset(made["by_ids"])
        toward = frozenset(filter(None, made["to_countries"]))
        denied = made["kind"] == "promise" and WILL_NOT.search(made["text"] or "")
        what = "commitment:" + made["kind"], "not" if denied else "did"
        return cls(what, doers, toward, words.folded(made["meaning"]), made)

    def step(self, item: int, rule: Rule, alike: float) -> Row:
        """The row of ``evidence_rows`` that it adds to a commitment."""
        row = self.row
        told = "report" in row
        return {
            "item": item, "status": rule.status, "rule": rule.name, "likeness": round(alike, 4),
            "story_id": row["story_id"], "story_event": row["story_event"] if told else None,
            "statement": None if told else row["story_commitment"],
            "said_by": _voices(self) if told else row["by_ids"], "day": _known_done(row), "told": row.get("told"),
            "recorded": row["recorded"],
        }  # fmt: skip


def _known_done(row: Row) -> date:
    """The day on which an answer had come for certain: of "in March" the last, but none after its story."""
    first: date = row["day"]
    return max(first, min(row.get("day_end") or first, row.get("told") or first))


def _voices(later: Later) -> list[str]:
    """Ids of those who say that an event happened; whoever accuses says it himself."""
    said: list[str] = later.row["said_by"]
    return said or (later.row["actors"] if later.what[0] == "ACCUSE" else said)


_Shelf = dict[What, tuple[list[date], list[Later]]]
_Shelves = dict[str, _Shelf]


class Answers:
    """Later reports and commitments, looked up by who acts on whom, by what it is, and by day.

    A commitment meets only those that a rule for its kind can use, in the time in which one holds; at
    five million events trying all that share a country with it took most of the time of adding.
    """

    def __init__(self, later: Iterable[Later]) -> None:
        self._doing: _Shelves = {}
        self._toward: _Shelves = {}
        for item in sorted(later, key=lambda one: one.row["day"]):
            for names, shelves in ((item.doers, self._doing), (item.toward, self._toward)):
                for name in names:
                    days, items = shelves.setdefault(name, {}).setdefault(item.what, ([], []))
                    days.append(item.row["day"])
                    items.append(item)

    def to(self, commitment: Row) -> list[Row]:
        """The steps that they add to the history of a commitment, one each at most."""
        by, to = frozenset(commitment["by_countries"]), frozenset(commitment["to_countries"])
        nobody = not any(_COUNTRY.fullmatch(item) for item in to)
        meaning = words.folded(commitment["meaning"])
        rules = _rules_for(commitment["kind"])
        worded = {what for what, able in rules.items() if all(rule.likeness for rule in able)}
        shelves = [self._doing[name] for name in by | to if name in self._doing]
        shelves += [self._toward[name] for name in by if nobody and name in self._toward]
        found: dict[int, Row] = {}
        for what, item in _within(shelves, rules, commitment["day"]):
            if id(item) in found or item.row.get("item") == commitment["item"]:
                continue
            if _same_sentence(commitment, item.row) or _before_the_rest(commitment, item.row):
                continue
            both = meaning & item.meaning
            shared, size = len(both), min(len(meaning), len(item.meaning))
            if shared and is_the_same(commitment, item, both):
                shared = size = SHARED_STEMS
            if shared < SHARED_STEMS and what in worded:
                continue  # most of what is looked at
            gap = (item.row["day"] - commitment["day"]).days
            able = [
                (rule, alike)
                for rule, alike in _answering(rules[what], gap, shared, size, item, by, to, nobody)
                if _names_it(rule, commitment, item)
            ]
            if able:
                step = item.step(commitment["item"], *able[0])
                found[id(item)] = step | {
                    ELSE: [item.step(commitment["item"], *one) for one in able[1:]]
                }
        return list(found.values())


def _same_sentence(commitment: Row, later: Row) -> bool:
    """Whether a report stands in the words that make the commitment: they cannot say that it was kept.

    "They are due to meet on Thursday" is a plan, and no meeting. Of 62 newspaper stories 17 answers were of this kind,
    all of them wrong.
    """
    return bool(
        "report" in later
        and later["story_id"] == commitment["story_id"]
        and later["sentence_start"] < commitment["end_offset"]
        and commitment["start_offset"] < later["sentence_end"]
    )


def _before_the_rest(commitment: Row, later: Row) -> bool:
    """Whether a story tells an act before it tells that the rest is to follow."""
    same = "report" in later and later["story_id"] == commitment["story_id"]
    return same and bool(_REST.search(commitment.get("text") or ""))


def _names_it(rule: Rule, commitment: Row, later: Later) -> bool:
    """Whether what came later speaks of the thing itself: who withdraws troops has not held the talks that he
    promised, and what was not to be is not kept by being done."""
    if not rule.likeness or not commitment.get("text"):
        return True
    accused = later.what[0] == "ACCUSE"
    side, role = "by" if accused else rule.doer, "recipient" if accused else "actor"
    if not _stands_for(commitment, side, later.row, role):
        return False
    if (
        rule.status in ("met", "agreed")
        and rule.aux == "did"
        and is_not_to(commitment.get("text") or "")
    ):
        return False
    elsewhere = {*commitment["to_countries"]} - later.doers
    if later.what[0] == "MOBILIZE" and elsewhere and later.toward - later.doers:
        if not elsewhere & later.toward:
            return False  # troops that were promised to one state, sent to the border of another
    if later.what[0] == "CONSULT" and len(commitment["by_countries"]) > 1:
        met = (later.doers | later.toward) & {*commitment["by_countries"]}
        return len(met) > 1  # he met, but not those whom he was to meet
    return bool(lead(commitment, ACT if rule.is_done else WORD) & words.folded(later.meaning))


def _stands_for(commitment: Row, side: str, later: Row, role: str) -> bool:
    """Whether somebody of one side of the commitment acts: named in both, or an official of a state that is."""
    states = {*commitment[f"{side}_countries"]}
    if "report" not in later or not states:
        return True
    if {*commitment[f"{side}_ids"], *states} & {*later[f"{role}s"]}:
        return True
    if not states & {*commitment[f"{side}_ids"]}:
        return False
    return any(code[:3] in states and code[3:6] in OFFICIAL for code in later[f"{role}_codes"])


def bears_out(step: Row, commitment: Row, sentence: str, start: int, end: int) -> bool:
    """Whether the words of an event are those that its rule asks for: what was to be done, and that it was done.

    Args:
        start, end: where the act stands in the sentence.
    """
    rule = next(item for item in rules() if item.name == step["rule"])
    clause = sentence[max(0, start - _CLAUSE) : end + _CLAUSE]
    if rule.words and not rule.words.search(clause):
        return False
    if beside("before").search(sentence[max(0, start - _NEAR) : end]):
        return False
    if not rule.likeness:
        return True
    if not rule.is_done:
        most = 1 if "ACCUSE" in rule.later else WORD
        return bool(lead(commitment, most) & words.folded(words.meaning(clause)))
    if rule.aux == "did" and _VOWED.search(sentence[max(0, start - _NEAR) : start]):
        return False
    near = sentence[max(0, start - _NEAR) : end + _NEAR]
    act = sentence[start:end]
    if rule.aux == "did" and (beside("undone").search(near) or act.endswith("ing")):
        return False
    if rule.aux == "did" and of_several(
        sentence[max(0, start - _NEAR) : end], commitment.get("text") or ""
    ):
        return False
    if rule.aux == "did" and _made_then(sentence[end : end + _CLAUSE], commitment):
        return False
    # of bare "talks" it is enough that they stand beside the act: "resumed talks"
    # and of what was "completed" or "carried out", what follows says what it was
    wide = len(commitment["meaning"]) < SHARED_STEMS or _LIGHT.fullmatch(act.split(" ", 1)[0])
    told = near if wide else act
    return bool(lead(commitment, ACT) & words.folded(words.meaning(told)))


def _made_then(after: str, commitment: Row) -> bool:
    """Whether the words behind an act tell that the commitment itself was made then: "met in Oslo and agreed to resume
    the talks", "telephoned both and proposed a ceasefire"."""
    found = _MAKING.search(after)
    return found is not None and bool(lead(commitment, ACT) & words.folded(words.meaning(found[1])))


def _within(
    shelves: Iterable[_Shelf], rules: Mapping[What, tuple[Rule, ...]], day: date
) -> Iterator[tuple[What, Later]]:
    """What may answer a commitment of that day: of a kind that has a rule, on that day or in its time after."""
    for shelf in shelves:
        for what in shelf.keys() & rules.keys():
            days, items = shelf[what]
            last = shifted(day, max(rule.days for rule in rules[what]))
            for item in items[bisect_left(days, day) : bisect_right(days, last)]:
                yield what, item


def _answering(able: tuple[Rule, ...], gap: int, shared: int, size: int, later: Later, by: frozenset[str],
               to: frozenset[str], nobody: bool) -> Iterator[tuple[Rule, float]]:  # fmt: skip
    """The rules whose conditions all hold, the first one first, and how alike the words are.

    Args:
        gap: days from the commitment to what came later.
        shared, size: stems in both, and in the one with fewer.
        nobody: the commitment is toward no country in particular.
    """
    if gap < 0 or gap > longest():
        return
    for rule in able:
        if gap > rule.days or (rule.likeness and shared < SHARED_STEMS):
            continue
        alike = shared / size if shared else 0.0
        if alike >= _wanted(rule, later, by, to, nobody):
            yield rule, alike


def _wanted(
    rule: Rule, later: Later, by: frozenset[str], to: frozenset[str], nobody: bool
) -> float:  # fmt: skip
    """How alike the words must be, given who acts; over 1 when the wrong side does.

    A rule that asks for no words in common asks for both sides: a meeting with a third party is no answer.
    A demand on nobody in particular may be answered by whoever turns to its maker, in words nearer to its own.
    """
    wanted, other = (by, to) if rule.doer == "by" else (to, by)
    if rule.doer == "to" and rule.likeness and later.what[0] != "ACCUSE" and not later.toward & by:
        freed = later.what[0] == "RETREAT" and later.toward <= later.doers  # people of its own
        if later.toward and not freed:
            return 2.0  # who agrees with a third party has not given in to this one
        return max(rule.likeness, OPEN_LIKENESS) if later.doers & to else 2.0
    if later.doers & wanted and not later.doers <= other - wanted:
        if not rule.likeness and not (other - wanted) & (later.doers | later.toward):
            return 2.0
        return rule.likeness
    unknown = rule.doer == "to" and nobody
    return (
        max(rule.likeness, OPEN_LIKENESS)
        if unknown and later.doers - by and later.toward & by
        else 2.0
    )
