"""What one party tells, in the form in which two parties' accounts are weighed against each other."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dragoman.coding.attribution import cue_of
from dragoman.coding.claim_sides import contradictions
from dragoman.coding.propositions import Proposition, proposition_of, proposition_of_words
from dragoman.coding.tokens import sentence_of, tokens_in
from dragoman.coding.voices import parties_named, voices, with_states
from dragoman.entities.index import EntityIndex
from dragoman.entities.words import words_of
from dragoman.model import Event, Span, Statement, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Acts by which a party gives an account of how things are.
_ACCOUNTS = frozenset({"say", "claim", "accuse", "report", "confirm", "warn", "think", "deny"})
# Words that open a question told on: nothing is said to be so.
QUESTIONS = frozenset({"whether", "if", "how", "who", "what", "why", "where", "when", "which"})
_WILL, _FIRST = frozenset({"will", "would", "shall", "'ll", "’ll"}), frozenset({"i", "we"})
# Quad classes of conflict, in words and in deeds.
_CONFLICT = (3, 4)
# Types of what the speaker means to do or wants done: nothing that another could tell otherwise.
_ANNOUNCED = frozenset({"THREATEN", "AGREE", "REQUEST"})

# How the path of an event begins of which nobody is told who did it.
_UNDERSTOOD = re.compile(r"\([^()]*, understood [\d.]+\) > ")


@dataclass(frozen=True)
class Account:
    """One party's account: a statement, or a charge that the reporter tells as an event.

    Args:
        speakers: entity ids, the speaker first, then those it speaks for.
        own: the speaker and the body it speaks for, without the state.
        named: entities in its words and the states they speak for.
        blamed: those whom it says to have acted against somebody.
        words: its words, lower case.
        signs: kinds of ``claim_words.tsv`` that are met in it, and "denies".
        announces: it tells what the speaker means to do or wants done ("it would close the border").
        start, end: code points from its first word or cue to its last.
    """

    statement: Statement | None
    proposition: Proposition
    speakers: tuple[str, ...]
    own: frozenset[str]
    named: frozenset[str]
    blamed: frozenset[str]
    words: frozenset[str]
    signs: frozenset[str]
    start: int
    end: int
    announces: bool = False

    @property
    def act(self) -> str:
        """The act of the statement; a charge told as an event is an accusation."""
        return self.statement.act if self.statement is not None else "accuse"


def accounts_of(
    doc: Doc,
    story: Story,
    index: EntityIndex,
    events: Sequence[Event],
    statements: Sequence[Statement],
) -> list[Account]:
    """The accounts of a story, in order of the text."""
    blamed: dict[str, set[str]] = defaultdict(set)
    for event in events:
        if event.quad in _CONFLICT:
            for key in event.attribution:
                blamed[key].update(item.entity for item in event.actors)
    announced = [event for event in events if event.type in _ANNOUNCED]
    passed_on = relays(statements, doc)
    found = [
        _of_statement(doc, story, index, item, blamed[item.id], announced)
        for item in statements
        if item.id not in passed_on
    ]
    found += [_of_charge(doc, story, index, event, statements) for event in events]
    return sorted(
        (account for account in found if account is not None), key=lambda t: (t.start, t.end)
    )


def relays(statements: Sequence[Statement], doc: Doc) -> frozenset[str]:
    """The statements that only pass on another's: "quoted the envoy as saying …"."""
    words = words_of(doc)
    found: set[str] = set()
    for item in statements:
        place = tokens_in(doc, item.cue) if item.cue is not None and item.parent else ()
        if (
            place
            and place[0] > 0
            and words.lowers[place[0] - 1] == "as"
            and words.tags[place[0]] == "VBG"
        ):
            found.add(item.parent or "")
    return frozenset(found)


def _of_statement(
    doc: Doc, story: Story, index: EntityIndex, statement: Statement,
    blamed: set[str], announced: Sequence[Event],
) -> Account | None:  # fmt: skip
    """The account a statement gives, or None where it gives none or nobody is known to give it.

    Args:
        blamed: who acts in the conflict that it tells.
        announced: the events of the story by which somebody may announce a deed of their own.
    """
    source = statement.source
    if statement.act not in _ACCOUNTS or source is None:
        return None
    row = cue_of(statement, doc)
    denying = statement.act == "deny" and row is not None and row.presupposes == "false"
    if statement.act == "deny" and not denying:
        return None  # refuses to act or to speak
    if not denying and statement.act not in ("accuse", "claim") and not _tells(statement, doc):
        return None
    cue = {doc[i].lower_ for i in tokens_in(doc, statement.cue)} if statement.cue else set()
    if statement.act == "think" and cue & contradictions()["negates"]:
        denying = True  # "does not believe that", "do not consider it"
    speakers = voices(statement, doc, index) or _named_in_source(statement, doc, index)
    if not speakers:
        return None
    signs = _signs(doc, story, statement)
    spans = [*statement.content, *([statement.cue] if statement.cue else [])]
    return Account(
        statement=statement,
        proposition=proposition_of(statement, doc, story, index, []),
        speakers=speakers,
        own=frozenset([*([source.entity] if source.entity else []), *source.speaks_for]),
        named=_named(statement.content, doc, index),
        blamed=frozenset(blamed),
        words=_words(statement.content, doc),
        signs=signs | {"denies"} if denying else signs,
        start=min(span.start for span in spans),
        end=max(span.end for span in spans),
        announces=any(
            any(piece.overlaps(event.trigger) for piece in statement.content)
            and any(item.entity in speakers for item in event.actors)
            for event in announced
        )
        or _own_future(statement, speakers, doc, index),
    )


def _own_future(
    statement: Statement, speakers: Sequence[str], doc: Doc, index: EntityIndex
) -> bool:
    """Whether all that is told is what the speaker will do himself: "it would go back to work on Sunday"."""
    words = words_of(doc)
    tokens = [i for piece in statement.content for i in tokens_in(doc, piece)]
    inside = set(tokens)
    verb = next((i for i in tokens if words.tags[i].startswith("VB")
                 and words.above[i] not in inside - {i}), None)  # fmt: skip
    if verb is None or not any(words.lowers[kid] in _WILL for kid in words.kids[verb]):
        return False
    subject = next((kid for kid in words.kids[verb] if words.deps[kid] == "nsubj"), None)
    if subject is None:
        return False
    mention = index.headed_by(subject)
    if words.lowers[subject] in _FIRST:
        return statement.kind != "indirect"
    return mention is not None and not set(index.members(mention)).isdisjoint(speakers)


def _tells(statement: Statement, doc: Doc) -> bool:
    """Whether the words say that something is so: a clause, and none of "whether", "to go"."""
    words = words_of(doc)
    tokens = [i for i in tokens_in(doc, statement.content[0]) if words.texts[i].isalpha()]
    if not tokens or words.lowers[tokens[0]] in QUESTIONS or words.lowers[tokens[0]] == "to":
        return False
    return any(
        words.tags[i] in ("VBD", "VBZ", "VBP", "MD")
        for piece in statement.content
        for i in tokens_in(doc, piece)
    ) or any(words.deps[i].startswith("nsubj") for i in tokens)


def _named(spans: Sequence[Span], doc: Doc, index: EntityIndex) -> frozenset[str]:
    """The entities in some words, and the states that officials among them speak for."""
    return frozenset(parties_named(spans, doc, index))


def _words(spans: Sequence[Span], doc: Doc) -> frozenset[str]:
    lowers = words_of(doc).lowers
    return frozenset(lowers[i] for span in spans for i in tokens_in(doc, span))


def _named_in_source(statement: Statement, doc: Doc, index: EntityIndex) -> tuple[str, ...]:
    """Whom the words of an unresolved source name: "a report by four Ostrian agencies"."""
    source = statement.source
    if source is None or source.start is None or source.end is None:
        return ()
    return parties_named([Span(source.start, source.end)], doc, index)


def _of_charge(
    doc: Doc, story: Story, index: EntityIndex, event: Event, statements: Sequence[Statement]
) -> Account | None:
    """The charge in an event of accusing that no statement holds ("charged him with treason")."""
    place = event.trigger
    if event.type != "ACCUSE" or not event.actors or event.attribution:
        return None
    if any(item.cue is not None and item.cue.overlaps(place) for item in statements):
        return None
    if _UNDERSTOOD.match(event.path or ""):
        return (
            None  # "under arrest on charges of graft that he denies": of nobody whom the words tell
        )
    words = Span(place.start, _end_of_charge(doc, event))
    if sum(words_of(doc).texts[i].isalpha() for i in tokens_in(doc, words)) < 2:
        return None  # "had entered the town, as Chad alleged."
    accused = with_states([item.entity for item in event.recipients], index)
    return Account(
        statement=None,
        proposition=proposition_of_words(words, doc, story, set(accused), event),
        speakers=with_states([item.entity for item in event.actors], index),
        own=frozenset(item.entity for item in event.actors),
        named=_named([words], doc, index) | set(accused),
        blamed=frozenset(),
        words=_words([words], doc),
        signs=frozenset(),
        start=place.start,
        end=place.end,
    )


def _end_of_charge(doc: Doc, event: Event) -> int:
    """Where the words of a charge end: before what else the sentence tells ("and cut its staff to ten")."""
    tokens = tokens_in(doc, event.trigger)
    below = (
        [token for token in doc[tokens[0]].subtree if token.idx < event.sentence.end]
        if tokens
        else []
    )
    last = max(below, key=lambda token: token.i, default=None)
    return last.idx + len(last) if last is not None else event.sentence.end


def _signs(doc: Doc, story: Story, statement: Statement) -> frozenset[str]:
    """The kinds of words by which an account sets itself against another's."""
    words = contradictions()
    found: set[str] = set()
    cue = _padded(" ".join(doc[i].lower_ for i in tokens_in(doc, statement.cue or Span(0, 0))))
    said = _padded(" ".join(story.text[p.start : p.end] for p in statement.content))
    for kind, told in (("insists", cue), ("refutes", said), ("own", said)):
        if any(word in told for word in _padded_words(kind)):
            found.add(kind)
    place = statement.cue or statement.content[0]
    tokens = tokens_in(doc, place)
    begin = min(place.start, statement.content[0].start)
    if tokens:
        held = words_of(doc)
        first, end = sentence_of(doc, tokens[0])
        before = held.lowers[first + 2 : bisect_left(held.starts, begin, first, end)]
        if not words["contrasts"].isdisjoint(before):
            found.add("turns")
    return frozenset(found)


@cache
def _padded_words(kind: str) -> tuple[str, ...]:
    """The words of a kind, each between two blanks."""
    return tuple(f" {word} " for word in sorted(contradictions()[kind]))


def _padded(words: str) -> str:
    """Lower-case words parted by single blanks, with one at both ends."""
    lower = words.lower().replace("’", "'").replace("n't", " not")
    return f" {' '.join(''.join(c if c.isalnum() else ' ' for c in lower).split())} "
