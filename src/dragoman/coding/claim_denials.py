"""What in a story may be a party's denial of what another tells, as rows of numbers.

Every statement with a known speaker, and every event of refusing that no statement holds, is weighed:
its words, what the language model says of it, the charges told of the speaker.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from dragoman.coding import states
from dragoman.coding.accounts import QUESTIONS, Account, accounts_of, relays
from dragoman.coding.claim_called import judges
from dragoman.coding.claim_parties import Charges, Places
from dragoman.coding.claim_sides import claim_nouns, contradictions
from dragoman.coding.claim_tolls import stops_some, tells_no_harm_only
from dragoman.coding.cues import DATA
from dragoman.coding.propositions import Proposition
from dragoman.coding.states import mean_of
from dragoman.coding.tokens import NEGATIONS, tokens_in
from dragoman.coding.voices import voices, with_states
from dragoman.entities.index import EntityIndex
from dragoman.entities.words import words_of
from dragoman.model import Event, Mention, Span, Statement, Story
from dragoman.tables import read_table

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

ACTS = ("deny", "say", "claim", "accuse", "think", "report", "confirm")
SIGNS = ("denies", "refutes", "insists", "turns", "own")
_SAYING, _ABLE = frozenset({"say", "tell"}), frozenset({"could", "can", "ca"})
# Types of events that show two parties to be at odds.
_HOSTILE = frozenset({"ACCUSE", "REJECT", "THREATEN", "SANCTION", "COERCE", "ASSAULT"})
# How far back, in code points, an account is looked for that a later one answers.
REACH = 3500
# Code points before a denial in which somebody named may be the one who asserts.
BEFORE = 1500
# "No charge near": stands for the logarithm of a distance.
FAR = 9.0


@dataclass(frozen=True)
class Denial:
    """Words that may deny: a statement, or an event of refusing that no statement holds.

    ``denying``: entity ids of the speaker and those it speaks for. ``start``, ``end``: code points.
    ``first``, ``last``: tokens, half-open. ``place``: that of its account in the story's, or None.
    """

    denying: tuple[str, ...]
    start: int
    end: int
    first: int
    last: int
    sentence: int
    statement: Statement | None
    event: Event | None
    account: Account | None
    place: int | None


@dataclass
class Told:
    """One story, with what is asked of it again and again."""

    doc: Doc
    story: Story
    index: EntityIndex
    events: Sequence[Event]
    statements: Sequence[Statement]
    accounts: list[Account] = field(init=False)
    mentions: dict[str, list[Mention]] = field(init=False)
    denials: list[Denial] = field(init=False)

    def __post_init__(self) -> None:
        self.accounts = accounts_of(self.doc, self.story, self.index, self.events, self.statements)
        words = words_of(self.doc)
        self.sentences, self._starts = words.bounds, words.sentences
        self.states = states.states_of(self.doc)
        self._means: dict[tuple[int, int], NDArray[np.float32]] = {}
        held: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.index.mentions:
            for key in self.index.members(mention):
                held[key].append(mention)
        self.mentions = dict(held)
        self._places: dict[str, Places] = {}
        self.account_starts = [account.start for account in self.accounts]
        self.account_reach = [*accumulate((x.end for x in self.accounts), max)]
        self.hostile = at_odds(self.events, self.index)
        passing = relays(self.statements, self.doc)
        self.relaying = {x.source.entity for x in self.statements if x.source and x.id in passing}
        self.charges = Charges(self.events, self.index)
        self.denials = _denials(self)

    def places(self, key: str) -> Places:
        """Where a party is spoken of, worked out once."""
        found = self._places.get(key)
        if found is None:
            mentions = self.mentions.get(key, ())
            found = self._places[key] = Places(mentions, words_of(self.doc), self._starts)
        return found

    def mean(self, first: int, last: int) -> NDArray[np.float32]:
        """The mean of the encoder's states over some words, worked out once."""
        found = self._means.get((first, last))
        if found is None:
            assert self.states is not None, "means are asked for where the parser leaves states"
            found = self._means[first, last] = mean_of(self.states[first:last])
        return found

    def sentence(self, token: int) -> int:
        """Number of the sentence a token stands in."""
        return bisect_right(self._starts, token) - 1


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


def _denials(told: Told) -> list[Denial]:
    """Everything in a story that may deny, in order of the text.

    Who refuses to act, withholds something ("denied them papers"), or cannot say "who was
    responsible", denies nothing.
    """
    refusals = [e.trigger for e in told.events if e.type == "REJECT" and e.mode]
    places = {a.statement.id: i for i, a in enumerate(told.accounts) if a.statement is not None}
    found = []
    for item in told.statements:
        if item.cue is not None and any(item.cue.overlaps(place) for place in refusals):
            continue
        if (
            _asks(item, told.doc)
            or _knows_nothing(item, told.doc)
            or stops_some(item, told.doc)
            or judges(item, told.doc)
            or _leaves_open(item, told.doc)
            or _wishes(item, told.doc)
            or (item.cue is not None and _withholds(item.cue, told.doc))
        ):
            continue
        place = places.get(item.id)
        account = told.accounts[place] if place is not None else None
        denying = account.speakers if account else voices(item, told.doc, told.index)
        spans = [*item.content, *([item.cue] if item.cue else [])]
        span = Span(min(s.start for s in spans), max(s.end for s in spans))
        found.append(_denial(told, denying, span, statement=item, account=account, place=place))
    unhurt = [x for x in told.statements if tells_no_harm_only(x, told.doc)]
    for event in told.events:
        if event.type != "REJECT" or not event.actors or event.mode or "negation" in event.aux:
            continue
        if any(piece.contains(event.trigger) for x in unhurt for piece in x.content):
            continue  # "nobody was hurt"
        if any(x.cue is not None and x.cue.overlaps(event.trigger) for x in told.statements):
            continue
        if _withholds(event.trigger, told.doc):
            continue
        denying = with_states([item.entity for item in event.actors], told.index)
        span = Span(event.trigger.start, event.sentence.end)
        found.append(_denial(told, denying, span, event=event))
    return sorted((item for item in found if item is not None), key=lambda d: (d.start, d.end))


def _asks(statement: Statement, doc: Doc) -> bool:
    """Whether the words are a question ("could not say who was responsible")."""
    if statement.kind == "direct":
        return False
    words, tokens = words_of(doc), tokens_in(doc, statement.content[0])
    return next((words.lowers[i] for i in tokens if words.texts[i].isalpha()), "") in QUESTIONS


def _knows_nothing(statement: Statement, doc: Doc) -> bool:
    """Whether the speaker only says that something is not known: "we do not know who did this"."""
    words = words_of(doc)
    verb = next((i for piece in statement.content for i in tokens_in(doc, piece)
                 if words.tags[i].startswith("VB")
                 and words.lemmas[i] not in {"be", "do", "have"}), None)  # fmt: skip
    if any(_cannot_say(i, doc) for piece in statement.content for i in tokens_in(doc, piece)):
        return True
    if verb is None or words.lemmas[verb] not in contradictions()["knows"]:
        return False
    return any(words.lowers[kid] in NEGATIONS for kid in words.kids[verb])


def _cannot_say(place: int, doc: Doc) -> bool:
    """Whether a verb tells that somebody "could not say where they came from"."""
    words = words_of(doc)
    if words.lemmas[place] not in _SAYING or words.tags[place] != "VB":
        return False
    helpers = {words.lowers[kid] for kid in words.kids[place]}
    return not helpers.isdisjoint(_ABLE) and not helpers.isdisjoint(NEGATIONS)


def _leaves_open(statement: Statement, doc: Doc) -> bool:
    """Whether a denial is not made: "has not denied it", "would neither confirm nor deny it"."""
    if statement.act != "deny" or statement.cue is None:
        return False
    words = {doc[i].lower_ for i in tokens_in(doc, statement.cue)}
    return not words.isdisjoint(contradictions()["negates"])


def _wishes(statement: Statement, doc: Doc) -> bool:
    """Whether a clause tells what is to be done, and not what is so: "insists that Oman move first"."""
    cue = tokens_in(doc, statement.cue) if statement.cue is not None else ()
    if not any(doc[i].lemma_.lower() == "insist" for i in cue):
        return False
    clauses = [kid for i in cue for kid in doc[i].children if kid.dep_ == "ccomp"]
    return any(
        verb.tag_ == "VB"
        and not any(kid.dep_ in ("aux", "cop") and kid.tag_ == "MD" for kid in verb.children)
        for verb in clauses
    )


def _withholds(place: Span, doc: Doc) -> bool:
    """Whether somebody is denied something: "denied them papers" disputes nothing."""
    words = words_of(doc)
    return any(words.deps[kid] == "iobj" for i in tokens_in(doc, place) for kid in words.kids[i])


def _denial(
    told: Told,
    denying: tuple[str, ...],
    span: Span,
    statement: Statement | None = None,
    event: Event | None = None,
    account: Account | None = None,
    place: int | None = None,
) -> Denial | None:
    tokens = tokens_in(told.doc, span)
    if not denying or not tokens:
        return None
    return Denial(
        denying, span.start, span.end, tokens[0], tokens[-1] + 1, told.sentence(tokens[0]),
        statement, event, account, place,
    )  # fmt: skip


@cache
def _telling_words() -> tuple[frozenset[str], ...]:
    """Of each, a feature tells whether one of its words stands in the denial."""
    words = contradictions()
    refutes = frozenset(word for word in words["refutes"] if " " not in word)
    return (
        claim_nouns(), words["reference"], words["negates"], refutes, words["grant"],
        words["opposes"],
    )  # fmt: skip


def denial_rows(told: Told) -> NDArray[np.float64]:
    """One row of numbers for each of a story's denials, without what the language model says."""
    chances = {t.token: t.chances for t in told.doc.user_data.get("triggers", ())}
    return np.array([_denial_row(told, item, chances) for item in told.denials])


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
        denying = set(item.denying)
        for k in range(i - 1, -1, -1):
            other = told.denials[k]
            if item.start - other.start > 2 * BEFORE:
                break
            if item.start - other.end < BEFORE and denying.isdisjoint(other.denying):
                before[i] = max(before[i], asserts[k])
    last, following = np.full(number, nobody), np.full(number, nobody)
    last[1:], following[:-1] = denies[:-1], denies[1:]
    return np.column_stack([plain, denies, asserts, before, last, following])


def _denial_row(told: Told, item: Denial, chances: dict[int, dict[str, float]]) -> list[float]:
    lowers = words_of(told.doc).lowers
    lower = set(lowers[item.first : item.last])
    account, denying = item.account, set(item.denying)
    signs = account.signs if account else frozenset()
    act = item.statement.act if item.statement else ""
    seen = [chances[i] for i in range(item.first, item.last) if i in chances]
    around = lowers[slice(*told.sentences[item.sentence])]
    top = told.index.entities.get(item.denying[0])
    row = [
        float(item.event is not None),
        *(float(act == name) for name in ACTS),
        *(float(name in signs) for name in SIGNS),
        max((x.get("REJECT", 0.0) for x in seen), default=0.0),
        max((x.get("ACCUSE", 0.0) for x in seen), default=0.0),
        *[float(not lower.isdisjoint(words)) for words in _telling_words()],
        float(account is not None and account.proposition.negated),
        float(account is not None),
        float(item.last - item.first),
        float(item.sentence),
        float(not contradictions()["contrasts"].isdisjoint(around)),
        float(top is not None and top.kind == "unnamed"),
    ]
    return row + _charged(told, item, denying) + _answering(told, item, denying)


def _charged(told: Told, item: Denial, denying: set[str]) -> list[float]:
    """Charges against the speaker: how near one before it and any are; charges of its own."""
    against = [at for key in denying for at, _ in told.charges.against(key)]
    before = [item.start - at for at in against if at < item.start]
    near = [abs(item.start - at) for at in against]
    own = [abs(item.start - at) for key in denying for at, _ in told.charges.by(key)]
    return [math.log1p(min(x)) if x else FAR for x in (before, near, own)]


def _answering(told: Told, item: Denial, denying: set[str]) -> list[float]:
    """What the accounts before it have in common with it: the best of each sign."""
    best = [0.0] * 9
    answer = item.account
    if answer is None or item.place is None:
        return best
    other = answer.proposition
    for place in range(item.place - 1, -1, -1):
        account = told.accounts[place]
        if item.start - account.end > REACH:
            break
        if not denying.isdisjoint(account.speakers):
            continue
        one, named = account.proposition, not account.named.isdisjoint(denying)
        shared = len(one.stems & other.stems)
        signs = (
            float(named),
            float(account.act in ("accuse", "claim") and named),
            float(contrary(account.words, answer.words)),
            float(min(4, shared)),
            likeness_of_meaning(one, other),
            float(min(4, shared) * (one.negated != other.negated)),
            float(min(4, shared) * (account.act == answer.act == "accuse")),
            float(bool(account.blamed & denying)),
            float(
                any(frozenset({a, b}) in told.hostile for a in account.speakers for b in denying)
            ),
        )
        best = [max(pair) for pair in zip(best, signs, strict=True)]
    return best


def likeness_of_meaning(one: Proposition, other: Proposition) -> float:
    """Cosine of the encoder's vectors of two propositions, 0 where one has none."""
    if one.vector is None or other.vector is None:
        return 0.0
    return float(np.dot(one.vector, other.vector))


def states_of(told: Told) -> NDArray[np.float32] | None:
    """The encoder's mean states over each denial's words, its sentence and its cue, or None."""
    if told.states is None or not told.denials:
        return None
    mean = told.mean
    return np.stack(
        [
            np.concatenate(
                [mean(x.first, x.last), mean(*told.sentences[x.sentence]), mean(*_cue(told, x))]
            )
            for x in told.denials
        ]
    )


def _cue(told: Told, item: Denial) -> tuple[int, int]:
    """The tokens, half-open, of the word that tells the denial; all of them where none does."""
    span = item.event.trigger if item.event else item.statement.cue if item.statement else None
    tokens = tokens_in(told.doc, span) if span is not None else None
    return (tokens[0], tokens[-1] + 1) if tokens else (item.first, item.last)


@cache
def contraries() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Pairs of sets of words that two accounts of one thing cannot both use."""
    return tuple(
        (frozenset(row["one"].split()), frozenset(row["other"].split()))
        for row in read_table(DATA / "contraries.tsv", ("one", "other"), whole=True)
    )


@lru_cache(maxsize=1024)  # an account is set against all that are told near it
def _rows_met(words: frozenset[str]) -> tuple[frozenset[int], frozenset[int]]:
    """The rows of ``contraries`` of which words use the one side, and of which the other."""
    one, other = (
        frozenset(i for i, row in enumerate(contraries()) if not words.isdisjoint(row[side]))
        for side in (0, 1)
    )
    return one, other


def contrary(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the words of two accounts (lower case) stand on opposite sides of a row."""
    left, right = _rows_met(one)
    if not (left or right):
        return False
    other_left, other_right = _rows_met(other)
    return bool((left & other_right) - right or (right & other_left) - left)
