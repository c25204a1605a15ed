"""What a statement binds someone to by its own grammar: "we will …" and "they must …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.commitment_makers import READY, inverted, open_question
from dragoman.coding.commitment_standing import private
from dragoman.coding.commitment_words import makers
from dragoman.coding.cues import shipped_cues, word_list
from dragoman.coding.parties import parties_of
from dragoman.coding.tokens import (
    NEGATIONS,
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
_FIRST, _SECOND = frozenset({"we", "i"}), frozenset({"you"})
_THIRD = frozenset({"he", "she", "it", "they"})
_OTHERS = _THIRD - {"it"}
_INDEFINITE = frozenset({"a", "an", "any", "every", "each"})
_BE = frozenset({"am", "is", "are", "was", "were", "'m", "’m", "'s", "’s", "'re", "’re"})
# Verbs whose future is no undertaking: being, seeing, knowing.
_STATIVE = word_list("stative")
# "Will not comment": keeping silent towards the press binds nobody.
_SILENCE, _KEPT_SILENT = word_list("own_silence"), word_list("own_silence_not")
# Verbs whose promise is a threat; verbs of beginning, with the nouns that make them one.
_HOSTILE, _ASSAULTS = word_list("hostile"), word_list("assaults")
_ANSWERED = word_list("answered")
# Outcomes nobody has in hand ("will win"); "will continue to", "will remain in"; "everyone should";
# "there will be no attack".
_OUTCOMES, _GOING_ON = word_list("outcomes"), word_list("going_on")
_ANYBODY, _RULED_OUT = word_list("anybody"), word_list("ruled_out")
_BEGINNING = frozenset({"launch", "mount", "start", "begin", "take", "carry"})
# "No reason that they should not"; "it will cause a war" foretells.
_REASONS, _FORECASTING = word_list("reasons"), word_list("forecasting")
_IMPERSONAL = frozenset({"it", "this", "that"})
# "will face consequences": what the other party is told will befall it.
_BODIES = word_list("bodies")  # that act, named or not
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
    for statement in sorted(statements, key=lambda x: x.content[-1].end - x.content[0].start):
        if statement.act in ("think", "deny", "ask", "report") or withheld(doc, statement):
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
                    if not private(found.by, index):  # people speak for themselves
                        yield found


def withheld(doc: Doc, statement: Statement) -> bool:
    """Whether nothing is said: "has not yet confirmed that it will come"."""
    cue = tokens_in(doc, statement.cue) if statement.cue is not None else ()
    return any(doc[i].lower_ in NEGATIONS for i in cue)


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


@dataclass(frozen=True)
class _Reading:
    """A verb that may bind: its modal, the word that carries it, the subject and the lemma.

    ``suffers`` marks "will face consequences", ``goes_on`` "will continue to" and "will remain".
    """

    verb: Token
    governor: Token
    modal: str
    subject: Token
    lemma: str
    suffers: bool
    goes_on: bool

    @property
    def binding(self) -> bool:
        """Whether the words demand ("must") and do not promise ("will")."""
        return self.modal in _MUST


def _modal_of(verb: Token) -> tuple[str, Token] | None:
    """The modal of a verb and the word that carries it, None where it has none.

    "Have to" and "need to" are "must", "is going to" is "will", "is prepared to" is "ready".
    """
    for child in verb.children:
        if label(child) == "aux" and child.lower_ in _WILL | _MUST:
            return child.lower_, verb
    if label(verb) != "xcomp" or not any(c.lower_ == "to" for c in verb.children):
        return ("will", verb.head) if label(verb) == "xcomp" and _is_going(verb.head) else None
    up = verb.head
    if up.lower_ in _HAVE_TO:
        return "must", up
    if _is_going(up):
        return "will", up
    return ("ready", up) if up.lower_ in READY else None


def _is_going(word: Token) -> bool:
    return word.lower_ == "going" and any(c.lower_ in _BE for c in word.children)


def _reading(verb: Token, kind: str) -> _Reading | None:
    """How a verb of a statement may bind, None where it does not."""
    found = _modal_of(verb)
    if found is None:
        return None
    modal, governor = found
    lemma = (verb.lemma_ or verb.lower_).lower()
    suffers = lemma in _SUFFERS and bool(_object_words(verb) & _PUNISHMENTS)
    goes_on = lemma in _GOING_ON and bool(children(verb, "xcomp", "obl", "obj"))
    still = lemma in _STATIVE or verb.lower_ in _STATIVE
    if still and not (suffers or goes_on):
        return None
    if modal not in _MUST and (lemma in _SILENCE or lemma in _OUTCOMES):
        return None
    if lemma in _KEPT_SILENT and _refuses(verb):
        return None  # "would not discuss the case"
    if _under_condition(governor) or inverted(governor) or open_question(governor):
        return None
    subject = _subject_of(governor, modal)
    if subject is None or subject.tag_ in ("WDT", "WP"):
        return None  # "leaders who will stand up to them"
    if any(label(c) == "aux" and c.lower_ == "have" for c in verb.children):
        return None  # "should have acted", "would have won"
    if label(governor) in ("acl", "ccomp") and governor.head.lower_ in _REASONS:
        return None  # "there is no reason that they should not go"
    if label(governor) in ("acl", "ccomp") and _refuses(governor.head):
        return None  # "not something we will do"
    if subject.lower_ in _IMPERSONAL and lemma in _FORECASTING:
        return None  # "(claimed) it will cause a new war"
    if _only_imagined(modal, subject, kind, verb):
        return None
    return _Reading(verb, governor, modal, subject, lemma, suffers, goes_on)


def _subject_of(governor: Token, modal: str) -> Token | None:
    labels = ("nsubj", "nsubj:pass", "expl") if modal == "ready" else ("nsubj", "nsubj:pass")
    subject = next((c for c in governor.children if c.dep_ in labels), None)
    if subject is None and label(governor) == "conj" and modal in _WILL:
        subject = subject_of(governor)  # "did not want to fight but would respond"
    return subject


def _only_imagined(modal: str, subject: Token, kind: str, verb: Token) -> bool:
    """Whether "I would …" in somebody's own words imagines it, no condition being named."""
    if modal != "would" or kind != "direct" or subject.lower_ not in _FIRST:
        return False
    cues, table = makers()
    if any(table[c.line].kind == "demand" for c in cues.starting(verb.lower_, "verb")):
        return True  # "I would ask the government to …" is a demand
    return not any(token.lower_ in ("if", "unless") for token in verb.sent)


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
) -> Undertaking | None:
    """The undertaking of one verb, or None."""
    if verb.lower_ == "be":
        return _nothing_of_it(doc, verb, piece, speakers)
    reading = _reading(verb, kind)
    if reading is None:
        return None
    speakers = _teller(doc, reading.governor, piece, index) or speakers
    who, own = _whose(doc, reading, piece, speakers, index, kind)
    named = reading.subject.tag_[:3] == "PRP" or index.headed_by(reading.subject.i) is not None
    if reading.lemma in _FORECASTING and not named:
        return None  # "US actions would cause chaos"
    going = reading.governor if _is_going(reading.governor) else None
    span = clause_span(doc, verb, piece, going)
    if span is None or _questions(doc, span):
        return None
    subject = reading.subject
    if reading.suffers and not reading.binding:
        if own or not (who or subject.lower_ in _SECOND):
            return None
        return Undertaking("threat", "threatened", speakers, who, span, verb.i)
    if reading.modal == "ready":
        menacing = reading.lemma in _HOSTILE
        if not own or _refuses(reading.governor):
            return None
        made = ("threat", "threatened") if menacing else ("offer", "offered")
        return Undertaking(*made, speakers, (), span, verb.i)
    if not reading.binding and own and not _befalls(doc, subject, speakers, index):
        ours = any(child.tag_ == "PRP$" for child in subject.children)  # "our border will not …"
        if not (named or ours or subject.lower_ in _BODIES):
            return None  # "the Chadian presence will steady the region"
        made = ("threat", "threatened") if _strikes(reading) else ("promise", "promised")
        return Undertaking(*made, speakers, (), span, verb.i)
    anybody = subject.lower_ in _ANYBODY or _any_such(subject)
    if reading.binding and not own and not reading.goes_on and not anybody:
        if who or subject.lower_ in _SECOND:
            to = () if subject.dep_ == "nsubj:pass" else who  # "they should be tried": by whom?
            return Undertaking("demand", "demanded", speakers, to, span, verb.i)
    return None


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
    reading: _Reading,
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
        (subject.lower_ in _FIRST and kind == "direct")
        or (third and (not who or _opens(doc, subject, piece)))
        or (bool(set(who) & set(speakers)) and not _foretold(named, speakers, index))
    )
    before = doc.text[piece.start : subject.idx].replace("”", '"').replace("“", '"')
    if subject.lower_ in _OTHERS and (kind == "direct" or before.count('"') % 2):
        own = False  # who speaks says "we" of his own side
    if binding and third and who and not set(who) & set(speakers):
        own = False  # "(warned the protesters that) they should stop"
    return who, own


def _strikes(reading: _Reading) -> bool:
    """Whether what is promised is a blow: "will retaliate", "will launch an offensive"."""
    if _refuses(reading.verb):
        return False
    if reading.lemma in _HOSTILE and not _answers(reading.verb):
        return True
    return reading.lemma in _BEGINNING and bool(_object_words(reading.verb) & _ASSAULTS)


def _nothing_of_it(
    doc: Doc, verb: Token, piece: Span, speakers: tuple[str, ...]
) -> Undertaking | None:
    """The promise of "there would be no attack on the city"."""
    there = any(c.dep_ == "expl" and c.lower_ == "there" for c in verb.children)
    acts = [c for c in children(verb, "nsubj", "obj") if c.lemma_.lower() in _RULED_OUT]
    modal = any(c.lower_ in _WILL for c in (*verb.children, *(m for a in acts for m in a.children)))
    if not (there and modal and acts) or not any(c.lower_ == "no" for c in acts[0].children):
        return None
    if _under_condition(verb):
        return None
    span = clause_span(doc, verb, piece)
    if span is None:
        return None
    there_at = min(c.idx for c in verb.children if c.dep_ == "expl")
    span = Span(max(piece.start, min(there_at, span.start)), span.end)
    return Undertaking("promise", "promised", speakers, (), span, verb.i)


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
    while tokens and doc[tokens[-1]].tag_ == "CC":
        tokens = trimmed(doc, tokens[:-1])
    return span_of(doc, tokens) if tokens else None
