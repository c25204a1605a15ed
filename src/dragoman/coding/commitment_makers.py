"""Whether a word makes a commitment where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding import dates
from dragoman.coding.commitment_content import goal_of_other
from dragoman.coding.commitment_words import Maker, changes, makers
from dragoman.coding.cues import word_list
from dragoman.coding.frames import Frame
from dragoman.coding.tokens import (
    NEGATIONS,
    children,
    is_infinitive_to,
    is_of,
    label,
    of_nobody,
    subject_of,
)
from dragoman.model import Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_AHEAD = frozenset(
    {"will", "would", "to", "could", "shall", "should", "'ll", "’ll", "may", "if", "unless"}
    | {"risk", "risks", "risked", "face", "faces", "faced"}
)
_UNSURE = frozenset({"could", "might", "may", "can"})
_EMPTY_TAGS = frozenset({"DT", "PDT", "PRP", "WDT", "WP", "RB", "IN", "EX"})
_CONDITIONS = frozenset({"if", "unless", "once", "provided", "until", "till"})
_CLAUSES = frozenset({"xcomp", "conj", "ccomp"})
_INFINITIVES = frozenset({"xcomp", "acl", "advcl"})
# "Managed to sign" has signed; "hoped to sign" and "about signing" have not.
_MANAGED, _NO_OFFER = word_list("managed"), word_list("no_offer")
_BEFORE_DOING = frozenset({"about", "of", "for", "on", "without", "before", "towards", "toward"})
# "is ready to", "was willing to": an offer.
READY = word_list("ready")
# Before a gerund of what was not done ("balked at committing"); verbs whose bare infinitive is not
# told as done ("would like to see it agree").
_SHORT_OF, _LETS, _TRYING = word_list("short_of"), word_list("lets"), word_list("trying")
_UNWILLING, _SUMMONED = word_list("unwilling"), word_list("summoned")
_ANSWERING = frozenset({"to", "for", "against"})
_GUILTY, _THREATENED = word_list("guilty"), word_list("threatened")
_FORECASTING, _TREATIES = word_list("forecasting"), word_list("treaties")
_STATIVE, _WEAK = word_list("stative"), word_list("weak_wishes")
_PUNISHMENTS = word_list("punishments")
_BY_WIRE = word_list("by_wire")
# Nouns of what is given: wanted by one party, they are no promise of its own.
_GIVEN = frozenset({"promise", "offer", "agreement"})


_TENSED = frozenset({"MD", "VBD", "VBZ"})
_OBLIGING = frozenset({"shall", "must"})


def makes(doc: Doc, frame: Frame, maker: Maker, statements: Sequence[Statement]) -> bool:
    """Whether the word makes a commitment here.

    It does not under "not" or "could"; as a plan one "had" in the past; as a threat or plan about
    nothing to come; as a promise or offer that is only wanted; inside what somebody denies.
    """
    word = doc[frame.head]
    if _negated(word):
        return False
    above = [word.head] if label(word) == "xcomp" else []  # "may end up offering"
    helpers = {c.lower_ for verb in (word, *above) for c in verb.children if label(c) == "aux"}
    if frame.rule == "verb" and (helpers & _UNSURE or (maker.kind == "plan" and "had" in helpers)):
        return False
    if frame.rule == "noun" and any(kid.lower_ in _BY_WIRE for kid in children(word, "compound")):
        return False  # "agreed in a phone call to resume": a call that asks for nothing
    if frame.rule == "verb" and (_wants_to_do(word, frame, maker) or of_nobody(word)):
        return False
    if frame.rule == "verb" and word.lemma_.lower() == "swear" and _is_sworn_in(word):
        return False
    if frame.rule == "verb" and (_only_intended(word) or _of_nothing(doc, frame, maker)):
        return False
    if _is_question(doc, frame) or _says_nothing(doc, frame) or _only_asked(word):
        return False
    if label(word) in ("ccomp", "xcomp") and word.head.lemma_.lower() == "deny":
        return False  # "denied that it wanted a split"
    if frame.rule == "verb" and maker.kind == "demand" and "would" in helpers:
        return _asks_oneself(word)  # "as Belmar would expect" asks nothing
    if maker.kind == "agreement" and frame.rule == "verb":
        if under_condition(word) or _to_come(word) or not _is_agreed(doc, frame):
            return False
    if frame.rule == "verb" and (_asked_of_another(word) or _is_ready(word)):
        return False
    if (
        maker.kind == "threat"
        and frame.rule == "verb"
        and (_forecasts(doc, frame) or _only_bodes(word))
    ):
        return False
    words = {doc[i].lower_ for i in frame.content}
    if maker.kind == "plan" and {"remain", "seized"} <= words:
        return False  # "decides to remain seized of the matter"
    if maker.kind == "threat" and word.tag_ == "VBG" and _charged(word):
        return False
    if maker.kind in ("threat", "plan") and not words & _AHEAD:
        if word.lemma_.lower() == "threaten" and _object_words(word) & _THREATENED:
            return True
        if maker.kind == "threat" and words & _PUNISHMENTS and _to_somebody(word, frame):
            return True
        return frame.rule == "noun" and maker.kind == "plan"
    if frame.rule == "noun" and maker.kind in _GIVEN and (_only_wanted(word) or _of_any(word)):
        return False
    put_before = frame.rule == "noun" and maker.kind in ("promise", "offer")
    if maker.kind == "demand" or put_before:  # "rejected the offer" denies none
        return True
    return not _denied(word, statements)


def _charged(word: Token) -> bool:
    """Whether it is what somebody is tried for: "pleaded guilty to threatening to kill"."""
    to = any(c.lower_ == "to" and c.i < word.i for c in word.children)
    return word.head.lower_ in _GUILTY or to


def _object_words(word: Token) -> set[str]:
    return {child.lower_ for child in children(word, "obj")}


def _to_somebody(word: Token, frame: Frame) -> bool:
    """Whether a warning is given to somebody, or on a condition: "warned it of consequences if …",
    "warned of a response to any attack"."""
    clauses = children(word, "advcl")
    on_condition = any(c.lower_ in ("if", "unless") for item in clauses for c in item.children)
    blows = [word.doc[i] for i in frame.content if word.doc[i].lower_ in _PUNISHMENTS]
    answers = any(
        case.lower_ in _ANSWERING
        for blow in blows for item in children(blow, "nmod") for case in children(item, "case")
    )  # fmt: skip
    return on_condition or answers or bool(children(word, "obj", "iobj"))


def _asks_oneself(word: Token) -> bool:
    """Whether the speaker asks politely: "I would ask the government not to …"."""
    subject = subject_of(word)
    return subject is not None and subject.lower_ in ("i", "we") and label(word) != "advcl"


def _negated(token: Token) -> bool:
    """Whether the word is under "not" ("did not agree", "no threat", "has yet to offer")."""
    nearest = token.doc[max(0, token.i - 2) : token.i]
    if any(word.lower_ == "yet" for word in nearest[:1]) and nearest[-1].lower_ == "to":
        return True
    before = [*token.children, *nearest]
    return any(child.lower_ in NEGATIONS and child.i < token.i for child in before)


def _wants_to_do(word: Token, frame: Frame, maker: Maker) -> bool:
    """Whether a wish is for the wisher's own act, its object lying before it ("a state it seeks to
    overthrow")."""
    goals = [c for c in children(word, "xcomp") if c.i > word.i and c.tag_.startswith("VB")]
    if not goals or not frame.content or frame.cue is None:
        return False
    own = (
        maker.kind == "demand"
        and "to" not in frame.cue.takes
        and "person-to" not in frame.cue.takes
    )
    if max(frame.content) < word.i:
        return True
    if word.dep_ == "acl:relcl" and not children(word, "obj", "iobj") and word.lemma_ in _WEAK:
        return True  # "the ends that we want to gain"
    asked = children(word, "obj", "iobj", "ccomp", "nsubj:pass") or goal_of_other(word.doc, frame)
    return own and not asked


def _to_come(word: Token) -> bool:
    """Whether one is still to agree: "was ready to sign", "will sign", "hopes of reaching a deal", "could
    lead to Chad signing"."""
    to = any(is_infinitive_to(child) for child in word.children)
    if any(child.tag_ == "MD" for child in word.children):
        return True
    if word.tag_ == "VB" and label(word) == "conj" and not to and word.head.i != word.i:
        return _to_come(word.head)  # "will have to meet and agree"
    if to:
        able = {c.tag_ for c in word.head.children} & {"MD", "VB"}  # "will be able to sign"
        return word.head.lower_ not in _MANAGED or bool(able)
    marks = {c.lower_ for c in word.children if label(c) in ("mark", "case")}
    if word.tag_ == "VBG" and label(word) in ("advcl", "ccomp") and children(word, "nsubj"):
        return any(child.tag_ == "MD" for child in word.head.children)
    return word.tag_ == "VBG" and bool(marks & _BEFORE_DOING)


def _only_intended(word: Token) -> bool:
    """Whether it is only meant, or not even that: "vowed to seek", "refused to offer", "without
    asking", "balked at committing", "would like to see it agree", "plans to demand"; the word that means it
    makes the commitment, if any does."""
    marks = {c.lower_ for c in word.children if label(c) in ("mark", "case")}
    if word.tag_ == "VBG" and marks & _SHORT_OF:
        return True
    if (
        word.tag_ in ("VB", "VBP")
        and label(word) in ("ccomp", "xcomp")
        and word.head.lemma_ in _LETS
    ):
        return not any(is_infinitive_to(child) for child in word.children)
    if (
        not any(is_infinitive_to(child) for child in word.children)
        or label(word) not in _INFINITIVES
    ):
        return False
    up = word.head
    if up.lower_ in _UNWILLING:
        return True
    if any(item.status == "refused" for item in changes().get(up.lower_, ())):
        return True
    cues, table = makers()
    part = "verb" if up.tag_.startswith("VB") else "noun"
    return any(table[cue.line].kind != "demand" for cue in cues.starting(up.lower_, part))


def _of_nothing(doc: Doc, frame: Frame, maker: Maker) -> bool:
    """Whether what is offered is nothing a party can give ("offered condolences", "their lives"), or
    the invitation is a summons ("invited him to appear before the judge")."""
    if any(c.lemma_ in _SUMMONED for c in children(doc[frame.head], "xcomp")):
        return maker.kind == "offer"
    given = [c for c in children(doc[frame.head], "obj", "iobj") if c.i in frame.content]
    if any(c.lower_ == "nothing" for c in given):
        return True  # "we promised nothing on rice"
    given += [
        c for noun in given for c in children(noun, "nmod") if is_of(c)
    ]  # "a round of sanctions"
    return maker.kind == "offer" and any(_NO_OFFER & {c.lemma_.lower(), c.lower_} for c in given)


def _asked_of_another(word: Token) -> bool:
    """Whether the verb is what another is asked to do ("asked the court to order it to stop", "demanded
    that the court guarantee it")."""
    cues, table = makers()
    asking = cues.starting(word.head.lower_, "verb") if label(word) in ("xcomp", "ccomp") else ()
    if label(word) == "ccomp":
        helped = any(child.tag_ in _TENSED for child in children(word, "aux", "aux:pass"))
        return (
            word.tag_ in ("VB", "VBP")
            and not helped
            and any(table[cue.line].kind == "demand" for cue in asking)
        )
    to = any(is_infinitive_to(child) for child in word.children)
    asked = any(child.i < word.i for child in children(word.head, "obj", "iobj", "obl"))
    return to and asked and any(table[cue.line].kind == "demand" for cue in asking)


def _is_ready(word: Token) -> bool:
    """Whether "is prepared to" tells of readiness, which is an offer and no plan."""
    return word.lower_ in READY and any(c.dep_ in ("aux:pass", "cop") for c in word.children)


def _is_sworn_in(word: Token) -> bool:
    """Whether somebody takes an office: "swore himself in as president"."""
    return any(kid.lower_ == "in" and label(kid) in ("compound", "advmod") for kid in word.rights)


def _is_question(doc: Doc, frame: Frame) -> bool:
    """Whether the content leaves open what is done ("will decide whether to return"), or is what
    somebody is asked ("asked him what he thought")."""
    first = next((doc[i] for i in sorted(frame.content) if not doc[i].is_punct), None)
    if first is None:
        return False
    near = (first, doc[first.i - 1]) if first.i > frame.head + 1 else (first,)
    asked = any(t.tag_ in ("WP", "WRB", "WDT") for t in near) and label(doc[frame.head]) != "acl"
    return first.lower_ == "whether" or (asked and frame.head < first.i)


def binds_another(doc: Doc, frame: Frame) -> bool:
    """Whether what is decided is what another must do: "decides that all banks shall freeze the funds"."""
    for clause in children(doc[frame.head], "ccomp"):
        subject = subject_of(clause)
        helpers = {c.lower_ for c in children(clause, "aux")}
        if subject is None or not helpers & _OBLIGING or clause.i not in frame.content:
            continue
        return subject.tag_[:3] != "PRP" and subject.dep_ == "nsubj"
    return False


def _only_asked(word: Token) -> bool:
    """Whether a sentence only asks whether somebody commits: "Has Belmar agreed to cut its purchases?"."""
    verb = word if word.tag_.startswith("VB") else word.head
    if "?" not in verb.sent.text.rstrip()[-2:]:
        return False
    helpers = [c.i for c in children(verb, "aux")]
    subjects = [c.i for c in verb.children if c.dep_.startswith("nsubj")]
    return bool(helpers and subjects) and min(helpers) < min(subjects)


def _says_nothing(doc: Doc, frame: Frame) -> bool:
    """Whether the content is a bare pronoun or determiner ("all I want"), or "to do"."""
    words = [doc[i] for i in frame.content if doc[i].text[:1].isalpha()]
    if {token.lower_ for token in words} == {"to", "do"}:
        return True
    return bool(words) and all(token.tag_ in _EMPTY_TAGS for token in words)


def under_condition(word: Token) -> bool:
    """Whether a verb stands in a condition ("unless Belmar agreed to talks", "should it agree")."""
    token = word
    for _ in range(6):
        if any(label(c) == "mark" and c.lower_ in _CONDITIONS for c in token.children):
            return True
        if inverted(token) or token.head.i == token.i or label(token) not in _CLAUSES:
            return inverted(token)
        token = token.head
    return False


def inverted(verb: Token) -> bool:
    """Whether "should" before the subject makes a condition ("should Belmar resume the tests")."""
    modal = next((c for c in verb.children if c.lower_ in ("should", "were", "had")), None)
    subject = subject_of(verb)
    if modal is None or subject is None or label(modal) != "aux" or modal.i > subject.i:
        return False
    return label(verb) in ("advcl", "ccomp", "conj") and "?" not in verb.sent.text[-2:]


def open_question(verb: Token) -> bool:
    """Whether the verb's clause is a question told ("would not say whether it will sign")."""
    token = verb
    for _ in range(4):
        if any(c.lower_ == "whether" and c.i < token.i for c in token.children):
            return True
        if label(token) not in ("conj", "xcomp") or token.head.i == token.i:
            return False
        token = token.head
    return False


def _is_agreed(doc: Doc, frame: Frame) -> bool:
    """Whether what is signed or reached is something agreed ("reached the end of the road" is not)."""
    word = doc[frame.head]
    objects = [c for c in children(word, "obj") if c.i in frame.content]
    if not objects and word.lemma_.lower() == "reach":
        return word.dep_ == "acl" or bool(
            children(word, "nsubj:pass")
        )  # no "reached to pull it off"
    if not objects or word.lemma_.lower() == "agree":
        days = [
            range(first, last) for first, last, _ in dates.find(word.sent, None, unresolved=True)
        ]
        told = [i for i in frame.content if doc[i].is_alpha or doc[i].is_digit]
        return not told or any(all(i not in day for day in days) for i in told)  # "agreed on 5 May"
    named = {t.lower_ for c in objects for t in (c, *c.children) if t.tag_.startswith("NN")}
    named |= {t.lower_ for c in objects for t in c.subtree if label(t) == "conj"}
    return bool(named & _TREATIES)


def _forecasts(doc: Doc, frame: Frame) -> bool:
    """Whether a warning tells what others may bring about and announces nothing of one's own.

    "Warned that a flood could follow" and "that an attack would lead to chaos" are forecasts;
    under a condition ("if they attack, …"), the warner's own act may be meant.
    """
    word = doc[frame.head]
    clause = next((c for c in children(word, "ccomp") if c.i in frame.content), None)
    if clause is None or word.lemma_.lower() == "threaten":
        return False
    helpers = {c.lower_ for c in clause.children if label(c) == "aux"}
    own = subject_of(clause)
    if own is not None and own.lower_ in ("it", "we", "he", "she", "they", "i"):
        return False
    if any(c.lemma_.lower() == "target" for c in (clause, *children(clause, "xcomp", "obj"))):
        return False  # "all ships will be legitimate targets": of those who warn
    unsure = bool(helpers & _UNSURE)
    return unsure or clause.lemma_.lower() in _FORECASTING


def _only_bodes(word: Token) -> bool:
    """Whether it is how things may turn out: "Monday threatens to be a day of tension"."""
    goals = children(word, "xcomp")
    return any(goal.lemma_ in _STATIVE or children(goal, "cop") for goal in goals)


def _only_wanted(noun: Token) -> bool:
    """Whether a noun of giving is the object of a demand ("needs guarantees, including a promise …")."""
    cues, table = makers()
    token = noun
    for _ in range(6):
        if token.tag_.startswith("VB") and token.i != noun.i:
            owned = any(child.dep_ == "nmod:poss" for child in noun.children)
            if label(token) == "xcomp" and token.head.lower_ in _TRYING and not owned:
                return True  # "tried to extract a pledge", not "to keep its pledge"
            return any(table[c.line].kind == "demand" for c in cues.starting(token.lower_, "verb"))
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def _of_any(noun: Token) -> bool:
    """Whether "any" makes a noun one that is not there ("ruled out any promise to …")."""
    return any(child.lower_ == "any" for child in noun.children)


def _denied(word: Token, statements: Sequence[Statement]) -> bool:
    """Whether the word stands inside what somebody denies, or in the words of denying it."""
    cues = (item for item in statements if item.act == "deny" and item.cue is not None)
    if any(item.cue.start < word.idx < item.cue.end for item in cues if item.cue is not None):
        return True  # "denied threatening to strike"
    inner = innermost(word, statements)
    return inner is not None and inner.act == "deny"


def innermost(word: Token, statements: Sequence[Statement]) -> Statement | None:
    """The shortest statement whose content holds a word, or None."""
    holding = [
        item
        for item in statements
        if any(piece.start <= word.idx < piece.end for piece in item.content)
    ]
    return min(holding, key=lambda item: item.content[-1].end - item.content[0].start, default=None)
