"""What a statement binds someone to by its own grammar: "we will …" and "they must …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.commitment_refusals import is_refused
from dragoman.coding.commitment_standing import private
from dragoman.coding.commitment_words import agreements
from dragoman.coding.cues import shipped_cues, word_list
from dragoman.coding.own_ends import own_end
from dragoman.coding.parties import parties_of
from dragoman.coding.tokens import (
    NEGATIONS,
    children,
    gives_nothing,
    is_negated,
    label,
    noun_phrase,
    outer_verb,
    span_of,
    subject_of,
    subtree,
    tokens_in,
    trimmed,
)
from dragoman.coding.undertaking_verbs import (
    FIRST,
    FORECASTING,
    WILL,
    Reading,
    is_going,
    object_words,
    reading_of,
    under_condition,
)
from dragoman.coding.voices import voices, with_states
from dragoman.entities.index import EntityIndex
from dragoman.entities.words import words_of
from dragoman.model import Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SECOND = frozenset({"you"})
_THIRD = frozenset({"he", "she", "it", "they"})
_OTHERS = _THIRD - {"it"}
_INDEFINITE = frozenset({"a", "an", "any", "every", "each"})
# Verbs whose promise is a threat; verbs of beginning, with the nouns that make them one.
_HOSTILE, _ASSAULTS = word_list("hostile"), word_list("assaults")
_ANSWERED, _FEARED = word_list("answered"), word_list("feared")
# "Everyone should"; "there will be no attack".
_ANYBODY, _RULED_OUT = word_list("anybody"), word_list("ruled_out")
_BEGINNING, _UNPUNISHED = word_list("beginning"), word_list("unpunished")
_REPLYING = frozenset({"answer", "reply"})
_OPEN_TO = word_list("ready") | {"open"}
_TALKS = frozenset((*agreements()["meeting"], *agreements()["standing"]))
_BODIES = word_list("bodies")  # that act, named or not


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
    for statement in sorted(statements, key=lambda x: x.content[-1].end - x.content[0].start):
        if statement.act in ("think", "deny", "ask", "report") or withheld(doc, statement):
            continue
        speakers = voices(statement, doc, index)
        if not speakers:
            continue
        for piece in statement.content:
            for position in tokens_in(doc, piece):
                verb = doc[position]
                if position in seen:
                    continue
                if verb.lower_ in _OPEN_TO and verb.tag_ != "VB":  # "would open the gates"
                    found = _open_to(doc, verb, piece, speakers, index, statement.kind)
                elif verb.tag_.startswith("VB"):
                    vowed = statement.act == "promise"
                    found = _binding(doc, verb, piece, speakers, index, statement.kind, vowed)
                else:
                    continue
                if found is not None:
                    seen.add(position)
                    if not private(found.by or found.to, index):  # people speak for themselves
                        yield found


def withheld(doc: Doc, statement: Statement) -> bool:
    """Whether nothing is said: "has not yet confirmed that it will come"."""
    cue = tokens_in(doc, statement.cue) if statement.cue is not None else ()
    return any(doc[i].lower_ in NEGATIONS for i in cue)


def teller(doc: Doc, verb: Token, piece: Span, index: EntityIndex) -> tuple[str, ...]:
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


def is_feared(verb: Token) -> bool:
    """Whether somebody only fears or foresees it: "fearful that rebels will return", "a risk that …"."""
    while label(verb) in ("conj", "xcomp") and verb.head.i != verb.i:
        verb = verb.head
    clause = label(verb) in ("ccomp", "advcl", "acl") and verb.head.i < verb.i
    return clause and verb.head.lower_ in _FEARED


def _questions(doc: Doc, span: Span) -> bool:
    """Whether a question mark stands in a clause or right after it."""
    return any("?" in doc[i].text for i in tokens_in(doc, Span(span.start, span.end + 1)))


def _binding(
    doc: Doc,
    verb: Token,
    piece: Span,
    speakers: tuple[str, ...],
    index: EntityIndex,
    kind: str,
    vowed: bool,
) -> Undertaking | None:
    """The undertaking of one verb, or None.

    Args:
        vowed: whether the words are said by way of a promise.
    """
    if verb.lower_ == "be":
        return _nothing_of_it(doc, verb, piece, speakers)
    reading = reading_of(verb, kind)
    if reading is None:
        return None
    speakers = teller(doc, reading.governor, piece, index) or speakers
    who, own = _whose(doc, reading, piece, speakers, index, kind)
    named = reading.subject.tag_[:3] == "PRP" or index.headed_by(reading.subject.i) is not None
    if reading.lemma in FORECASTING and not named:
        return None  # "US actions would cause chaos"
    going = reading.governor if is_going(reading.governor) else None
    span = clause_span(doc, verb, piece, going)
    if span is None or _questions(doc, span) or is_feared(reading.governor):
        return None
    subject = reading.subject
    if reading.suffers and not reading.binding:
        if own or not (who or subject.lower_ in _SECOND):
            return None
        return Undertaking("threat", "threatened", speakers, who, span, verb.i)
    if reading.modal == "ready":
        menacing = reading.lemma in _HOSTILE
        if not own or is_negated(reading.governor):
            return None
        made = ("threat", "threatened") if menacing else ("offer", "offered")
        return Undertaking(*made, speakers, (), span, verb.i)
    if own_end(reading, piece, speakers, index, who):
        return Undertaking("promise", "promised", speakers, (), span, verb.i)
    if not reading.binding and own and not _befalls(doc, subject, speakers, index):
        ours = any(child.tag_ == "PRP$" for child in subject.children)  # "our border will not …"
        if not (named or ours or subject.lower_ in _BODIES):
            return None  # "the Chadian presence will steady the region"
        undone = is_negated(reading.governor) or gives_nothing(verb)
        if undone and not vowed and is_refused(verb):
            return Undertaking("demand", "refused", (), speakers, span, verb.i)
        made = ("threat", "threatened") if _strikes(reading) else ("promise", "promised")
        return Undertaking(*made, speakers, (), span, verb.i)
    if not reading.binding and not own and not who and _goes_unpunished(reading):
        return Undertaking("threat", "threatened", speakers, (), span, verb.i)
    anybody = subject.lower_ in _ANYBODY or _any_such(subject)
    if reading.binding and not own and not reading.goes_on and not anybody:
        if who or subject.lower_ in _SECOND:
            to = () if subject.dep_ == "nsubj:pass" else who  # "they should be tried": by whom?
            return Undertaking("demand", "demanded", speakers, to, span, verb.i)
    return None


def _open_to(
    doc: Doc,
    word: Token,
    piece: Span,
    speakers: tuple[str, ...],
    index: EntityIndex,
    kind: str,
) -> Undertaking | None:
    """The offer of "(said it) is ready for talks with Belmar", "open to a truce"."""
    subject = next(iter(children(word, "nsubj", "expl")), None)
    nouns = [c for c in children(word, "obl") if c.lower_ in _TALKS and c.i > word.i]
    if subject is None or not nouns or is_negated(word):
        return None
    reading = Reading(word, word, "ready", subject, word.lower_, False, False)
    if not _whose(doc, reading, piece, speakers, index, kind)[1]:
        return None
    to: list[str] = []
    for item in children(nouns[0], "nmod"):
        if any(c.lower_ == "with" for c in item.children):
            to += parties_of(doc, sorted(subtree(item)), item.i, index)
    marks = {c.i for c in nouns[0].children if label(c) == "case"}
    span = span_of(doc, trimmed(doc, subtree(nouns[0]) - marks))
    return Undertaking("offer", "offered", speakers, with_states(to, index), span, word.i)


def _befalls(doc: Doc, subject: Token, speakers: Sequence[str], index: EntityIndex) -> bool:
    """Whether the speaker's side has something done to it: "they would be told"."""
    named = parties_of(doc, [subject.i], subject.i, index)
    own = subject.tag_ == "PRP" or bool(set(named) & set(speakers))
    return subject.dep_ == "nsubj:pass" and own


def _any_such(subject: Token) -> bool:
    """Whether a rule speaks of any one of a kind: "a spouse must be of age"."""
    return any(label(c) == "det" and c.lower_ in _INDEFINITE for c in subject.children)


def _whose(
    doc: Doc,
    reading: Reading,
    piece: Span,
    speakers: tuple[str, ...],
    index: EntityIndex,
    kind: str,
) -> tuple[tuple[str, ...], bool]:
    """Who the subject is (entity ids), and whether that is the speaker's own side."""
    subject, governor, binding = reading.subject, reading.governor, reading.binding
    named = parties_of(doc, [subject.i], subject.i, index)
    who = with_states(named, index)
    if binding and not who and subject.lower_ == "they" and label(governor) == "ccomp":
        told = children(governor.head, "iobj", "obj")  # "(warned the protesters) they should"
        who = with_states(parties_of(doc, [told[0].i], told[0].i, index), index) if told else ()
    third = subject.lower_ in _THIRD and kind != "direct"
    own = (
        (subject.lower_ in FIRST and kind == "direct")
        or (third and (not who or _opens(doc, subject, piece)))
        or (bool(set(who) & set(speakers)) and not _foretold(named, speakers, index))
    )
    quoted = kind == "direct" or _opened(doc, Span(piece.start, subject.idx))
    if subject.lower_ in _OTHERS and quoted:
        own = False  # who speaks says "we" of his own side
    if binding and third and who and not set(who) & set(speakers):
        own = False  # "(warned the protesters that) they should stop"
    return who, own


def _strikes(reading: Reading) -> bool:
    """Whether what is promised is a blow: "will retaliate", "will launch an offensive", "will not let it go
    unpunished"."""
    if is_negated(reading.verb) or is_negated(reading.governor):
        return _goes_unpunished(reading)
    if reading.lemma in _REPLYING and not children(reading.verb, "obj", "ccomp", "obl"):
        return reading.subject.tag_[:3] != "PRP"  # "his country would answer"
    if reading.lemma in _HOSTILE and not _answers(reading.verb):
        return True
    return reading.lemma in _BEGINNING and bool(object_words(reading.verb) & _ASSAULTS)


def _goes_unpunished(reading: Reading) -> bool:
    """Whether it is told that something "will not go unanswered"."""
    told = is_negated(reading.verb) or is_negated(reading.governor)
    return told and not _UNPUNISHED.isdisjoint(token.lower_ for token in reading.verb.subtree)


def _nothing_of_it(
    doc: Doc, verb: Token, piece: Span, speakers: tuple[str, ...]
) -> Undertaking | None:
    """The promise of "there would be no attack on the city"."""
    there = any(c.dep_ == "expl" and c.lower_ == "there" for c in verb.children)
    acts = [c for c in children(verb, "nsubj", "obj") if c.lemma_.lower() in _RULED_OUT]
    modal = any(c.lower_ in WILL for c in (*verb.children, *(m for a in acts for m in a.children)))
    if not (there and modal and acts) or not any(c.lower_ == "no" for c in acts[0].children):
        return None
    if under_condition(verb):
        return None
    span = clause_span(doc, verb, piece)
    if span is None:
        return None
    there_at = min(c.idx for c in verb.children if c.dep_ == "expl")
    span = Span(max(piece.start, min(there_at, span.start)), span.end)
    return Undertaking("promise", "promised", speakers, (), span, verb.i)


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


def _opens(doc: Doc, subject: Token, piece: Span) -> bool:
    """Whether a pronoun opens the reported clause: "Belmar said it would …" speaks of itself."""
    tokens = tokens_in(doc, piece)
    first = [i for i in tokens[:3] if doc[i].lower_ != "that" and not doc[i].is_punct]
    return bool(first) and subject.i == first[0]


def clause_span(doc: Doc, verb: Token, piece: Span, governor: Token | None = None) -> Span | None:
    """The verb's clause inside the piece, from its subject (or that of its governor) on.

    With a governor all its words are told too ("we are not going to leave").
    """
    holders = (verb,) if governor is None else (verb, governor)
    subject = next((c for g in holders for c in g.children if label(c) == "nsubj"), None)
    helpers = [c.i for c in verb.children if label(c) == "aux" and c.i < verb.i]
    first = noun_phrase(subject)[0] if subject is not None and subject.i < verb.i else None
    if first is None:
        first = min([*helpers, verb.i])
    apart = [
        c
        for c in verb.children
        if label(c) in ("conj", "parataxis") and (children(c, "nsubj") or outer_verb(c))
    ]
    told = subtree(verb, apart) | (set(range(first, verb.i)) if governor is not None else set())
    tokens = trimmed(doc, {i for i in told if i >= first} & set(tokens_in(doc, piece)))
    while tokens and doc[tokens[-1]].tag_ in ("CC", "PRP$"):  # "…, | its envoy said"
        tokens = trimmed(doc, tokens[:-1])
    return span_of(doc, tokens) if tokens else None


def _opened(doc: Doc, span: Span) -> bool:
    """Whether a quotation mark is left open at the end of a span."""
    tokens = tokens_in(doc, span)
    held = words_of(doc).texts[tokens.start : tokens.stop]
    return sum(map(held.count, ('"', "“", "”"))) % 2 == 1
