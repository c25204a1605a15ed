"""Which verbs of a statement may bind somebody, by their own grammar: "will leave", "must stop", "is ready to"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.commitment_makers import READY, inverted, open_question
from dragoman.coding.commitment_words import makers
from dragoman.coding.cues import word_list
from dragoman.coding.tokens import children, is_negated, label, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

WILL = frozenset({"will", "'ll", "’ll", "wo", "shall", "would"})
_MUST = frozenset({"must", "should", "ought"})
_HAVE_TO = frozenset({"have", "has", "need", "needs"})
FIRST = frozenset({"we", "i"})
_BE = frozenset({"am", "is", "are", "was", "were", "'m", "’m", "'s", "’s", "'re", "’re"})
# Verbs whose future is no undertaking: being, seeing, knowing.
_STATIVE = word_list("stative")
# "Will not comment": keeping silent towards the press binds nobody.
_SILENCE, _KEPT_SILENT = word_list("own_silence"), word_list("own_silence_not")
# Outcomes nobody has in hand ("will win"); "will continue to", "will remain in".
_OUTCOMES, _GOING_ON = word_list("outcomes"), word_list("going_on")
# "No reason that they should not"; "it will cause a war" foretells.
_REASONS, FORECASTING = word_list("reasons"), word_list("forecasting")
# "Will make a few remarks": what one says next binds nobody.
_SPEAKING = frozenset({"make", "give", "deliver", "read", "take", "say"})
_WORDS = word_list("words_said")
_IMPERSONAL = frozenset({"it", "this", "that"})
# "will face consequences": what the other party is told will befall it.
_SUFFERS, _PUNISHMENTS = word_list("suffers"), word_list("punishments")


@dataclass(frozen=True)
class Reading:
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
        if label(child) == "aux" and child.lower_ in WILL | _MUST:
            return child.lower_, verb
    if label(verb) != "xcomp" or not any(c.lower_ == "to" for c in verb.children):
        return ("will", verb.head) if label(verb) == "xcomp" and is_going(verb.head) else None
    up = verb.head
    if up.lower_ in _HAVE_TO:
        return None if is_negated(up) else ("must", up)  # "they do not have to go"
    if is_going(up):
        return "will", up
    stands = label(up) == "xcomp" and up.head.lemma_ in ("stand", "remain")  # "stands ready to"
    return ("ready", up.head if stands else up) if up.lower_ in READY else None


def is_going(word: Token) -> bool:
    """Whether a word is the "going" of "is going to"."""
    return word.lower_ == "going" and any(c.lower_ in _BE for c in word.children)


def reading_of(verb: Token, kind: str) -> Reading | None:
    """How a verb of a statement may bind, None where it does not."""
    found = _modal_of(verb)
    if found is None:
        return None
    modal, governor = found
    lemma = (verb.lemma_ or verb.lower_).lower()
    suffers = lemma in _SUFFERS and bool(object_words(verb) & _PUNISHMENTS)
    goes_on = lemma in _GOING_ON and bool(children(verb, "xcomp", "obl", "obj"))
    still = lemma in _STATIVE or verb.lower_ in _STATIVE
    if still and not (suffers or goes_on):
        return None
    if modal not in _MUST and (lemma in _SILENCE or lemma in _OUTCOMES):
        return None
    if modal not in _MUST and lemma in _SPEAKING and object_words(verb) & _WORDS:
        return None  # "I will make a statement"
    if lemma in _KEPT_SILENT and is_negated(verb):
        return None  # "would not discuss the case"
    if under_condition(governor) or inverted(governor) or open_question(governor):
        return None
    subject = _subject_of(governor, modal)
    if subject is None or subject.tag_ in ("WDT", "WP"):
        return None  # "leaders who will stand up to them"
    if any(label(c) == "aux" and c.lower_ == "have" for c in verb.children):
        return None  # "should have acted", "would have won"
    if label(governor) in ("acl", "ccomp") and governor.head.lower_ in _REASONS:
        return None  # "there is no reason that they should not go"
    if label(governor) in ("acl", "ccomp") and is_negated(governor.head):
        return None  # "not something we will do"
    if subject.lower_ in _IMPERSONAL and lemma in FORECASTING:
        return None  # "(claimed) it will cause a new war"
    if any(c.lower_ == "because" and label(c) == "mark" for c in governor.children):
        return None  # "a victory, because it will open the road"
    if _only_imagined(modal, subject, kind, verb):
        return None
    return Reading(verb, governor, modal, subject, lemma, suffers, goes_on)


def _subject_of(governor: Token, modal: str) -> Token | None:
    labels = ("nsubj", "nsubj:pass", "expl") if modal == "ready" else ("nsubj", "nsubj:pass")
    subject = next((c for c in governor.children if c.dep_ in labels), None)
    if subject is None and label(governor) == "conj" and modal in WILL:
        subject = subject_of(governor)  # "did not want to fight but would respond"
    return subject


def _only_imagined(modal: str, subject: Token, kind: str, verb: Token) -> bool:
    """Whether "I would …" in somebody's own words imagines it, no condition being named."""
    if modal != "would" or kind != "direct" or subject.lower_ not in FIRST:
        return False
    cues, table = makers()
    if any(table[c.line].kind == "demand" for c in cues.starting(verb.lower_, "verb")):
        return True  # "I would ask the government to …" is a demand
    return not any(token.lower_ in ("if", "unless") for token in verb.sent)


def object_words(verb: Token) -> set[str]:
    """The nouns a verb has as objects, lower case."""
    return {child.lower_ for child in verb.children if label(child) in ("obj", "obl")}


def under_condition(verb: Token) -> bool:
    """Whether the verb stands in a condition ("if it says that it will enter, …")."""
    token = verb
    for _ in range(8):
        if any(label(c) == "mark" and c.lower_ in ("if", "unless") for c in token.children):
            return label(token) != "ccomp"
        if label(token) not in ("ccomp", "conj", "xcomp") or token.head.i == token.i:
            return False
        token = token.head
    return False
