"""What a claim is about, in a form that two claims can be compared by."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from dragoman.coding.cues import word_list
from dragoman.coding.states import mean_of, states_of
from dragoman.coding.tokens import NEGATIONS, label, tokens_in
from dragoman.coding.voices import named_in, with_states
from dragoman.entities.index import EntityIndex
from dragoman.language.embedding import PieceTable
from dragoman.model import Event, Span, Statement, Story

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc, Token

# Share of a dispute's confidence from which another one about the same words is told with it.
_LEAST = 0.5
# Word classes that carry what is claimed; the rest is grammar.
_CONTENT_TAGS = ("NN", "VB", "JJ", "CD", "RB")
_EMPTY = word_list("empty")
_AUXILIARIES = word_list("auxiliaries")


@dataclass(eq=False)
class Proposition:
    """One thing claimed. ``about`` holds entity ids of the parties it concerns, accused first."""

    text: str
    start: int
    end: int
    stems: frozenset[str]
    about: set[str]
    event: str | None = None
    asserted_by: list[str] = field(default_factory=list)
    denied_by: list[str] = field(default_factory=list)
    reported_by: list[str] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    confidence: float = 0.5
    least: float = 0.0  # confidence below which it does not fall
    vector: NDArray[np.float32] | None = None
    nouns: frozenset[str] = frozenset()
    negated: bool = False
    hypothetical: bool = False
    refusals: set[str] = field(default_factory=set)  # events that deny it where no statement does

    def deny(self, speakers: Sequence[str], statement: str | None, confidence: float) -> None:
        """Add deniers and the statement that shows it; the surest evidence counts."""
        self.denied_by += [key for key in speakers if key not in self.denied_by]
        if statement is not None and statement not in self.statements:
            self.statements.append(statement)
        self.confidence = max(min(self.confidence, 1.0), confidence)

    def apart(self) -> Proposition:
        """The same words, of which nobody has said yet whether they are so."""
        return replace(self, asserted_by=[], denied_by=[], reported_by=[],
                       statements=list(self.statements), confidence=0.0)  # fmt: skip

    def outweighs(self, confidence: float) -> bool:
        """Whether it is contested, and twice as surely as another dispute about it."""
        return bool(self.asserted_by and self.denied_by) and confidence < _LEAST * self.confidence

    def at_odds(self, other: Proposition) -> bool:
        """Whether somebody asserts here what he denies there."""
        return bool(
            set(self.asserted_by) & set(other.denied_by)
            or set(other.asserted_by) & set(self.denied_by)
        )

    def absorb(self, other: Proposition) -> None:
        """Take over the sides and evidence of another telling of the same claim."""
        for mine, theirs in (
            (self.asserted_by, other.asserted_by),
            (self.denied_by, other.denied_by),
            (self.reported_by, other.reported_by),
            (self.statements, other.statements),
        ):
            mine += [key for key in theirs if key not in mine]
        self.about |= other.about
        self.stems |= other.stems
        self.nouns |= other.nouns
        self.event = self.event or other.event
        self.confidence = max(self.confidence, other.confidence)


#: Pronouns that stand for a noun before them: "whom it accused of spying".
# Pieces of content that only point at others.
_POINTING = frozenset({"whom", "which", "who", "it", "that", "this"})


#: Code points of another's verb between two pieces of what somebody says.
_GAP = 30


def _through(statement: Statement, story: Story) -> str:
    """The words of a statement's content, with the few between its pieces that do not tell who says it: the verb
    of another's deed ("had entered the airport | and threatened | flights")."""
    text, end = "", statement.content[0].start
    own = [span for span in (statement.cue,) if span is not None]
    for piece in statement.content:
        gap = Span(end, piece.start)
        bare = gap.end - gap.start > _GAP or any(span.overlaps(gap) for span in own)
        between = " " if bare else story.text[gap.start : gap.end]
        text += (between if text else "") + story.text[piece.start : piece.end]
        end = piece.end
    return text


def proposition_of(
    statement: Statement,
    doc: Doc,
    story: Story,
    index: EntityIndex,
    events: Sequence[Event],
) -> Proposition:
    """The proposition in a statement's content.

    It is about the actors of the events in it, else about the speaker himself where he is its
    subject ("denied having paid"), else about the first party it names.
    """
    start, end = _told_from(statement, doc), statement.content[-1].end
    tokens = [doc[i] for piece in statement.content for i in tokens_in(doc, piece)]
    helpers = _helpers(tokens)
    pieces = [story.text[p.start : p.end] for p in statement.content]
    told = [words for words in pieces if len(pieces) == 1 or words.lower() not in _POINTING]
    cue = statement.cue
    whole = len(told) == len(pieces)
    if not whole and statement.act == "accuse" and cue is not None:
        start, told = (
            cue.start,
            [story.text[cue.start : end]],
        )  # "whom they accused of taking bribes"
    words = _through(statement, story) if whole else " ".join(told)
    return Proposition(
        text=story.text[start : max(start, statement.content[0].start)] + words,
        start=start,
        end=end,
        stems=frozenset(filter(None, map(stem, tokens))),
        about=set(_about(statement, doc, index, events)),
        event=events[0].id if events else None,
        statements=[statement.id],
        vector=_vector(doc, tokens),
        nouns=frozenset(
            token.lower_
            for token in tokens
            if token.tag_ in ("NN", "NNS") and stem(token) is not None
        ),
        negated=bool(helpers & _NEGATIONS),
        hypothetical=any(token.tag_ == "MD" and token.lower_ in _CONDITIONAL for token in tokens),
    )


def _told_from(statement: Statement, doc: Doc) -> int:
    """Where a claim's words begin: with "accused" where whom and what would read like no clause.

    "Accused Chad of arming rebels" is told, and not "Chad of arming rebels"; "blamed the blast on rebels".
    """
    first, cue = statement.content[0], statement.cue
    if cue is None or not 0 <= first.start - cue.end <= 1:
        return first.start
    tokens = tokens_in(doc, first)
    cues = tokens_in(doc, cue)
    if any(doc[i].lower_ == "toll" for i in cues):
        return cue.start  # "put the toll at six"
    if (
        statement.act == "accuse"
        and doc[cues[0]].tag_[:2] in _VERBAL
        and _is_no_clause(tokens, doc)
    ):
        return cue.start
    gerund = next((doc[i] for i in tokens if doc[i].tag_ == "VBG"), None)
    if gerund is None or gerund.i == tokens[0] or gerund.nbor(-1).lower_ not in _OF:
        return first.start
    return cue.start


#: Tags with which a cue that is a verb begins: itself, its helper or an adverb.
_VERBAL = frozenset({"VB", "MD", "RB"})


def _is_no_clause(tokens: Sequence[int], doc: Doc) -> bool:
    """Whether some words are a noun phrase with what follows it, and no "that rebels had fired"."""
    inside = set(tokens)
    top = next((doc[i] for i in tokens if doc[i].head.i not in inside), None)
    return (
        top is not None
        and doc[tokens[0]].lower_ != "that"
        and top.tag_[:2] not in ("VB", "MD", "JJ")
        and not any(label(child) in ("nsubj", "cop") for child in top.children)
    )


_OF = frozenset({"of", "with", "for"})


def proposition_of_words(
    words: Span, doc: Doc, story: Story, about: set[str], event: Event | None = None
) -> Proposition:
    """The proposition in words of the reporter's own that no statement holds."""
    return Proposition(
        text=story.text[words.start : words.end].strip(),
        start=words.start,
        end=words.end,
        stems=frozenset(filter(None, (stem(doc[i]) for i in tokens_in(doc, words)))),
        about=about,
        event=event.id if event is not None else None,
        confidence=event.confidence if event is not None else 0.5,
    )


_NOBODY = frozenset({"nobody", "nothing", "none"})
_NEGATIONS = NEGATIONS | {"neither"} | _NOBODY
_CONDITIONAL = frozenset({"could", "would", "should", "might"})


def _helpers(tokens: Sequence[Token]) -> set[str]:
    """The auxiliaries and negations of the content's top verb, lower case."""
    inside = {token.i for token in tokens}
    top = next(
        (t for t in tokens if t.tag_[:2] in ("VB", "JJ", "NN") and t.head.i not in inside),
        next((t for t in tokens if t.dep_ == "ROOT"), None),
    )
    if top is None:
        return set()
    return {
        child.lower_
        for child in top.children
        if label(child) in ("aux", "advmod", "cop", "det") or child.lower_ in _NOBODY
    }


def _about(
    statement: Statement, doc: Doc, index: EntityIndex, events: Sequence[Event]
) -> tuple[str, ...]:
    found = [item.entity for event in events for item in event.actors]
    if statement.source is not None and statement.source.entity and _of_speaker(statement, doc):
        return with_states([*found, statement.source.entity], index)
    for piece in statement.content:
        mentions = [m for m in named_in(piece, doc, index) if not m.as_place]
        subjects = [m for m in mentions if label(doc[m.head]) in ("nsubj", "obj")]
        chosen = subjects[:1] or mentions[:1]
        for mention in chosen:
            found += index.members(mention)
        if chosen:
            break
    return with_states(found, index)


def _of_speaker(statement: Statement, doc: Doc) -> bool:
    """Whether the content's verb has the cue's own subject: "denied supplying drones"."""
    inside = {i for piece in statement.content for i in tokens_in(doc, piece)}
    top = next((doc[i] for i in sorted(inside) if doc[i].head.i not in inside), None)
    return (
        top is not None
        and top.tag_ == "VBG"
        and label(top) in ("xcomp", "advcl")
        and not any(label(child) in ("nsubj", "nsubj:pass") for child in top.children)
    )


def stem(token: Token) -> str | None:
    """The first letters of a content word's lemma: enough to meet "violating" and "violations"."""
    if not token.tag_.startswith(_CONTENT_TAGS):
        return None
    word = (token.lemma_ or token.lower_).lower()
    if len(word) < 3 or word in _EMPTY or token.lower_ in _AUXILIARIES or token.ent_type_:
        return None
    return word[:5]


def _vector(doc: Doc, tokens: Sequence[Token]) -> NDArray[np.float32] | None:
    """The mean of the encoder's states over the words, when the pipeline leaves them."""
    states = states_of(doc)
    told = [t.i for t in tokens if not t.is_space]
    if states is None or not told:
        return None
    mean = mean_of(states[told])
    size = float((mean * mean).sum()) ** 0.5
    return mean / size if size and math.isfinite(size) else None


def likeness(one: Proposition, other: Proposition) -> float:
    """How alike two propositions are, 0 to 1: shared content words over the shorter one's."""
    least = min(len(one.stems), len(other.stems))
    if not least:
        return 0.0
    shared = len(one.stems & other.stems)
    if shared == 1:
        return 0.3 / least  # one word in common is hardly a sign
    return shared / least


def kinship(one: Proposition, other: Proposition) -> float:
    """How near the meanings of their nearest nouns are, -1 to 1: "invasion" and "attack" 0.36.

    The encoder's own table of word pieces is asked; unrelated nouns of the news stay under 0.2.
    """
    if not one.nouns or not other.nouns:
        return 0.0
    mine, theirs = (np.stack([_meaning(word) for word in sorted(p.nouns)]) for p in (one, other))
    return float((mine @ theirs.T).max())


@lru_cache(maxsize=4096)
def _meaning(word: str) -> NDArray[np.float32]:
    """The mean embedding of a word's pieces, of length one."""
    table = PieceTable.shared()
    mean: NDArray[np.float32] = table.rows(table.pieces(word)).mean(0)
    size = float(np.linalg.norm(mean))
    return mean / size if size else mean
