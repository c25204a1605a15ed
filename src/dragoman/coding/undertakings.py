"""What a statement binds someone to by its own grammar: "we will …" and "they must …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.commitment_makers import READY, inverted
from dragoman.coding.commitment_standing import private
from dragoman.coding.cues import shipped_cues, word_list
from dragoman.coding.parties import parties_of
from dragoman.coding.tokens import (
    children,
    label,
    noun_phrase,
    outer_verb,
    span_of,
    subject_of,
    subtree,
    tokens_in,
    trimmed,
)
from dragoman.coding.voices import voices, with_states
from dragoman.entities.index import EntityIndex
from dragoman.model import Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WILL = frozenset({"will", "'ll", "’ll", "wo", "shall", "would"})
_MUST = frozenset({"must", "should", "ought"})
_HAVE_TO = frozenset({"have", "has", "need", "needs"})
_FIRST = frozenset({"we", "i"})
_THIRD = frozenset({"he", "she", "it", "they"})
_SECOND = frozenset({"you"})
_BE = frozenset({"am", "is", "are", "was", "were", "'m", "’m", "'s", "’s", "'re", "’re"})
# Verbs whose future is no undertaking: being, seeing, knowing.
_STATIVE = word_list("stative")
# "Will not comment": keeping silent towards the press binds nobody.
_SILENCE = word_list("own_silence")
# Verbs whose promise is a threat; verbs of beginning, with the nouns that make them one.
_HOSTILE, _ASSAULTS = word_list("hostile"), word_list("assaults")
_ANSWERED = word_list("answered")
_BEGINNING = frozenset({"launch", "mount", "start", "begin", "take", "carry"})
# "will face consequences": what the other party is told will befall it.
_SUFFERS, _PUNISHMENTS = word_list("suffers"), word_list("punishments")


@dataclass(frozen=True)
class Undertaking:
    """A promise ("we will withdraw") or a demand ("they must withdraw") found in a statement."""

    kind: str
    status: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    span: Span
    head: int


def find(doc: Doc, index: EntityIndex, statements: Sequence[Statement]) -> Iterator[Undertaking]:
    """Promises and demands that statements make without a word of promising or demanding.

    The speaker who says what the speaker will do promises it; the speaker who says what another
    must do demands it. Each verb counts once, in the innermost statement around it.
    """
    seen: set[int] = set()
    for statement in sorted(statements, key=_size):
        if statement.act in ("think", "deny", "ask", "report"):
            continue
        speakers = voices(statement, doc, index)
        if not speakers:
            continue
        for piece in statement.content:
            for position in tokens_in(doc, piece):
                verb = doc[position]
                if position in seen or not verb.tag_.startswith("VB"):
                    continue
                found = _binding(doc, verb, piece, speakers, index, statement.kind)
                if found is not None:
                    seen.add(position)
                    if not _idle(found, index):
                        yield found


def _teller(doc: Doc, verb: Token, piece: Span, index: EntityIndex) -> tuple[str, ...]:
    """Who tells the verb's clause inside the piece: "the president" in "(he said) the president had
    told them that his country would …"."""
    if label(verb) != "ccomp" or verb.head.i == verb.i:
        return ()
    telling = verb.head
    if not (piece.start <= telling.idx < piece.end and telling.tag_.startswith("VB")):
        return ()
    if not shipped_cues().starting(telling.lower_, "verb"):
        return ()
    subject = subject_of(telling)
    if subject is None or subject.tag_ == "PRP":
        return ()
    return with_states(parties_of(doc, [subject.i], subject.i, index), index)


def _idle(found: Undertaking, index: EntityIndex) -> bool:
    """Whether the words are of people who speak for nobody but themselves."""
    return private(found.by, index)


def _size(statement: Statement) -> int:
    return statement.content[-1].end - statement.content[0].start


def _binding(
    doc: Doc,
    verb: Token,
    piece: Span,
    speakers: tuple[str, ...],
    index: EntityIndex,
    kind: str,
) -> Undertaking | None:
    """The undertaking of one verb, or None."""
    modal = next(
        (c.lower_ for c in verb.children if label(c) == "aux" and c.lower_ in _WILL | _MUST), None
    )
    governor = verb
    if modal is None and label(verb) == "xcomp" and verb.head.lower_ in _HAVE_TO:
        if any(c.lower_ == "to" for c in verb.children):
            modal, governor = "must", verb.head
    if modal is None and label(verb) == "xcomp" and verb.head.lower_ == "going":
        if any(c.lower_ in _BE for c in verb.head.children):
            modal, governor = "will", verb.head
    lemma = (verb.lemma_ or verb.lower_).lower()
    offered = modal is None and label(verb) == "xcomp" and verb.head.lower_ in READY
    if offered and any(c.tag_ == "TO" for c in verb.children):
        modal, governor = "ready", verb.head
    suffering = lemma in _SUFFERS and bool(_object_words(verb) & _PUNISHMENTS)
    if modal is None or ((lemma in _STATIVE or verb.lower_ in _STATIVE) and not suffering):
        return None
    if _under_condition(governor) or inverted(governor) or _open_question(governor):
        return None
    subjects = ("nsubj", "nsubj:pass", "expl") if modal == "ready" else ("nsubj", "nsubj:pass")
    subject = next((c for c in governor.children if c.dep_ in subjects), None)
    if subject is None and label(governor) == "conj" and modal in _WILL:
        subject = subject_of(governor)  # "did not want to fight but would respond"
    if subject is None:
        return None
    binding = modal in _MUST
    if binding and any(label(c) == "aux" and c.lower_ == "have" for c in verb.children):
        return None  # "should have acted" binds nobody
    if lemma in _SILENCE and not binding:
        return None
    speakers = _teller(doc, governor, piece, index) or speakers
    named = parties_of(doc, [subject.i], subject.i, index)
    who = with_states(named, index)
    if binding and not who and subject.lower_ == "they" and label(governor) == "ccomp":
        told = children(governor.head, "iobj", "obj")  # "(warned the protesters) they should"
        who = with_states(parties_of(doc, [told[0].i], told[0].i, index), index) if told else ()
    third = subject.lower_ in _THIRD and kind != "direct"
    own = (
        (subject.lower_ in _FIRST and kind == "direct")
        or (third and (not who or _opens(doc, subject, piece)))
        or (bool(set(who) & set(speakers)) and not _foretold(named, speakers, index))
    )
    if binding and third and who and not set(who) & set(speakers):
        own = False  # "(warned the protesters that) they should stop"
    span = clause_span(doc, verb, piece)
    if span is None or "?" in doc.text[span.start : span.end + 1]:
        return None
    if suffering and not binding:
        if own or not (who or subject.lower_ in _SECOND):
            return None
        return Undertaking("threat", "threatened", speakers, who, span, verb.i)
    if modal == "ready":
        kind, status = ("threat", "threatened") if lemma in _HOSTILE else ("offer", "offered")
        offer = Undertaking(kind, status, speakers, (), span, verb.i)
        return offer if own and not _refuses(governor) else None
    if not binding and own:
        if (lemma in _HOSTILE and not _answers(verb)) or (
            lemma in _BEGINNING and _object_words(verb) & _ASSAULTS
        ):
            return Undertaking("threat", "threatened", speakers, (), span, verb.i)
        return Undertaking("promise", "promised", speakers, (), span, verb.i)
    if binding and not own and (who or subject.lower_ in _SECOND):
        return Undertaking("demand", "demanded", speakers, who, span, verb.i)
    return None


def _object_words(verb: Token) -> set[str]:
    """The nouns a verb has as objects, lower case."""
    return {child.lower_ for child in verb.children if label(child) in ("obj", "obl")}


def _refuses(word: Token) -> bool:
    """Whether a word stands under "not" ("is not ready to")."""
    return any(c.lower_ in ("not", "n't", "n’t", "never") for c in word.children)


def _foretold(named: Sequence[str], speakers: Sequence[str], index: EntityIndex) -> bool:
    """Whether somebody outside the government foretells what a person of it will do."""
    people = [key for key in named if index.entities[key].kind in ("person", "unnamed")]
    speaker = index.entities.get(speakers[0])
    if not people or set(people) & set(speakers) or speaker is None:
        return False
    return speaker.kind in ("person", "unnamed") and "GOV" not in speaker.sectors


def _answers(verb: Token) -> bool:
    """Whether a verb of striking back is about words ("will respond to the proposals")."""
    return any(label(child) == "obl" and child.lower_ in _ANSWERED for child in verb.children)


def _under_condition(verb: Token) -> bool:
    """Whether the verb stands in a condition ("if it says that it will enter, …")."""
    token = verb
    for _ in range(8):
        if any(label(c) == "mark" and c.lower_ in ("if", "unless") for c in token.children):
            return label(token) != "ccomp"
        if label(token) not in ("ccomp", "conj", "xcomp") or token.head.i == token.i:
            return False
        token = token.head
    return False


def _open_question(verb: Token) -> bool:
    """Whether the verb's clause is a question told ("would not say whether it will sign")."""
    token = verb
    for _ in range(4):
        if any(c.lower_ == "whether" and c.i < token.i for c in token.children):
            return True
        if label(token) not in ("conj", "xcomp") or token.head.i == token.i:
            return False
        token = token.head
    return False


def _opens(doc: Doc, subject: Token, piece: Span) -> bool:
    """Whether a pronoun opens the reported clause: "Belmar said it would …" speaks of itself."""
    tokens = tokens_in(doc, piece)
    first = [i for i in tokens[:3] if doc[i].lower_ != "that" and not doc[i].is_punct]
    return bool(first) and subject.i == first[0]


def clause_span(doc: Doc, verb: Token, piece: Span, governor: Token | None = None) -> Span | None:
    """The verb's clause inside the piece, from its subject (or that of its governor) on."""
    holders = (verb,) if governor is None else (verb, governor)
    subject = next((c for g in holders for c in g.children if label(c) == "nsubj"), None)
    helpers = [c.i for c in verb.children if label(c) == "aux" and c.i < verb.i]
    first = noun_phrase(subject)[0] if subject is not None and subject.i < verb.i else None
    if first is None:
        first = min([*helpers, verb.i])
    inside = set(tokens_in(doc, piece))
    apart = [
        c
        for c in verb.children
        if label(c) in ("conj", "parataxis") and (_own_subject(c) or outer_verb(c))
    ]
    tokens = trimmed(doc, {i for i in subtree(verb, apart) if i >= first} & inside)
    while tokens and doc[tokens[-1]].tag_ == "CC":
        tokens = trimmed(doc, tokens[:-1])
    return span_of(doc, tokens) if tokens else None


def _own_subject(token: Token) -> bool:
    return any(label(child) == "nsubj" for child in token.children)
