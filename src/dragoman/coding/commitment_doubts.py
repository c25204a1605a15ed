"""Words of committing that commit nobody where they stand: opinions, forecasts, wishes of no party."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.commitment_content import under_that
from dragoman.coding.commitment_makers import open_question, under_condition
from dragoman.coding.commitment_words import Maker
from dragoman.coding.cues import word_list
from dragoman.coding.frames import Frame
from dragoman.coding.parties import parties_of
from dragoman.coding.tokens import children, is_infinitive_to, is_negated, label, subtree
from dragoman.entities.index import EntityIndex

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NO_DEMAND, _WEAK = word_list("no_demand"), word_list("weak_wishes")
_OWN_NEED, _TIMES = word_list("own_needs"), frozenset({"time", "day", "week", "month", "year"})
_ORDERED = word_list("ordered_things")
_OWN_SIDE = word_list("own_side_wishes")
_HOSTILE, _BODIES, _BLOWS = word_list("hostile"), word_list("bodies"), word_list("blows")
_OPEN = frozenset({"what", "whatever", "how"})
_TO_LEARN = frozenset({"know", "hear", "ask"})
_THINKING = frozenset({"believe", "think", "suspect", "guess"})
_MEANT, _CLOSING = frozenset({"intend", "design"}), frozenset({"”", '"', "’", "''"})
_JUDGED_DONE, _GAUGED = word_list("judged_done"), word_list("gauged")
_OPENING = frozenset({'"', "“", "‘", "``", '""'})


def doubtful(
    doc: Doc,
    frame: Frame,
    maker: Maker,
    by: Sequence[str],
    to: Sequence[str],
    index: EntityIndex,
) -> bool:
    """Whether a word of committing makes nothing here, given both sides (entity ids).

    So it is with what is only held to be true ("agreed that he was right", "promised that all was
    well"), a plan or demand under "if", a wish for what no party grants ("seeks their approval"), what is
    expected of one's own side, a person asked for nothing ("appealed to voters"), an offer of nothing,
    what nobody agreed to ("agreed to no such thing"), and a question.
    """
    word = doc[frame.head]
    if maker.kind in ("agreement", "promise") and _holds_true(doc, frame):
        return True
    if _to_nothing(doc, frame, maker):
        return True
    if maker.kind == "promise" and _to_somebody(doc, frame, index):
        return True
    if frame.rule == "noun":
        return _only_judged(word)
    if _only_thought(word) or _names_speaker(doc, frame):
        return True
    if maker.kind in ("plan", "demand") and under_condition(word):
        return True
    if maker.kind == "offer":  # "offered no talks"
        return any(c.lower_ == "no" for thing in children(word, "obj") for c in thing.children)
    if maker.kind != "demand":
        return False
    if any(goal.lemma_ in _TO_LEARN for goal in children(word, "xcomp")):
        return True  # "demanded to know whether"
    lemma = word.lemma_.lower()
    if lemma == "order" and not children(word, "xcomp", "ccomp"):
        return not any(c.lemma_.lower() in _ORDERED for c in children(word, "obj"))
    if lemma in _OWN_NEED and any(c.lemma_ in _TIMES for c in children(word, "obj")):
        return True  # "needs more time to drive the rebels out"
    if lemma in _WEAK and not to and _grants_nothing(doc, frame):
        return True
    if lemma in _OWN_SIDE and _one_side(by, to, index):
        return True
    return _asks_nothing(doc, frame, maker, index)


def _only_thought(word: Token) -> bool:
    """Whether somebody else only thinks so ("believed that his friend wanted it to go on"), asks whether it is so, it
    is what a thing is for ("the money was intended to buy votes"), or talks still go on ("are negotiating a deal")."""
    if word.lemma_ in _WEAK and label(word) == "ccomp" and word.head.lemma_ in _THINKING:
        return True
    helpers = children(word, "aux", "aux:pass", "cop")
    if word.lemma_ in _MEANT and any(c.dep_ == "aux:pass" for c in helpers):
        return True
    if word.lemma_ == "negotiate" and word.tag_ == "VBG":
        return label(word) not in ("acl", "advcl")
    return label(word) == "ccomp" and open_question(word)


def _names_speaker(doc: Doc, frame: Frame) -> bool:
    """Whether the words behind the verb are who speaks: "“We will fight,” promised the rebels' spokesman"."""
    before = doc[frame.head - 1].text if frame.head else ""
    return before in _CLOSING and min(frame.content) == frame.head + 1 and not frame.source


def _only_judged(word: Token) -> bool:
    """Whether a deed is judged or a state of readiness changed: "defended its decision to send in the police",
    "raised the readiness of its forces to fight"."""
    verb = word.head
    if label(word) != "obj":
        return False
    if word.lemma_ == "decision":
        return verb.lemma_ in _JUDGED_DONE
    return word.lower_ in ("readiness", "willingness") and verb.lemma_ in _GAUGED


def menaces(doc: Doc, frame: Frame, maker: Maker) -> bool:
    """Whether what is promised is a blow: "vowed to strike back"."""
    if maker.kind != "promise":
        return False
    things = children(doc[frame.head], "obj") if frame.rule == "verb" else []
    if any(thing.i in frame.content and thing.lemma_.lower() in _BLOWS for thing in things):
        return True  # "promised retaliation"
    heads = children(doc[frame.head], "xcomp", "ccomp") + children(doc[frame.head], "acl")
    for head in heads:
        if head.i in frame.content and head.lemma_.lower() in _HOSTILE:
            return not is_negated(head)
    return False


def _holds_true(doc: Doc, frame: Frame) -> bool:
    """Whether the clause tells how things are: a finite verb that looks to nothing to come."""
    word = doc[frame.head]
    clauses = [c for c in children(word, "ccomp") if c.i in frame.content]
    if frame.rule == "noun":
        clauses += [c for c in children(word, "acl") if c.i in frame.content and under_that(c)]
    clause = next(iter(clauses), None)
    if clause is None:
        return any(c.dep_.startswith("nsubj") and c.lower_ in _OPEN for c in word.children)
    if any(c.lower_ == "i" and label(c) == "nsubj" for c in word.children):
        return word.lemma_.lower() == "agree"  # "I agree that they should go" is an opinion
    verbs = [clause, *children(clause, "conj", "aux", "cop"), *children(clause, "xcomp")]
    ahead = any(
        token.tag_ == "MD"
        or is_infinitive_to(token)
        or (token.tag_ == "VB" and token.i == clause.i)
        for verb in verbs
        for token in (verb, *(c for c in verb.children if label(c) in ("aux", "mark")))
    )
    return not ahead


def _to_somebody(doc: Doc, frame: Frame, index: EntityIndex) -> bool:
    """Whether one is only bound to somebody: "I am committed to this agency"."""
    word = doc[frame.head]
    if not word.lower_.startswith("commit") or any(doc[i].tag_[:2] == "VB" for i in frame.content):
        return False
    bound = [c for c in children(word, "obl") if c.i in frame.content]
    if not bound:
        return False
    return bound[0].lower_ in _BODIES or bool(parties_of(doc, [bound[0].i], bound[0].i, index))


def _to_nothing(doc: Doc, frame: Frame, maker: Maker) -> bool:
    """Whether nothing is agreed to: "it had agreed to no such thing"; "promised no amnesty" is a promise."""
    words = [doc[i] for i in sorted(frame.content) if doc[i].is_alpha and doc[i].lower_ != "to"]
    first = words[0].lower_ if words else ""
    none = first == "no" and words[0].nbor().text != "-"  # "agreed to no-fly zones"
    return first == "nothing" or (none and maker.kind == "agreement")


def _grants_nothing(doc: Doc, frame: Frame) -> bool:
    """Whether what is wished for is no party's to grant, or the wisher's own act."""
    word = doc[frame.head]
    wished = [c for c in children(word, "obj") if c.i in frame.content]
    if any(c.lemma_.lower() in _NO_DEMAND or c.lower_ in _NO_DEMAND for c in wished):
        return True
    first = doc[min(frame.content)] if frame.content else None
    return first is not None and is_infinitive_to(first) and not wished


def _one_side(by: Sequence[str], to: Sequence[str], index: EntityIndex) -> bool:
    """Whether it is asked of nobody, or of somebody of the same country."""
    mine = {index.entities[key].country for key in by} - {""}
    return not to or any(index.entities[key].country in mine for key in to)


def _asks_nothing(doc: Doc, frame: Frame, maker: Maker, index: EntityIndex) -> bool:
    """Whether the content is only whom one asks, a quotation thrown in after ("told the paper,
    "to show …""), or what is to be done to him ("expects Moll to be freed")."""
    if "object" not in maker.toward or frame.cue is None:
        return False
    word = doc[frame.head]
    asked = _asked(word, frame)
    if not asked:
        return False
    whole = set().union(*(subtree(c) for c in asked)) | set(frame.cue_tokens)
    left = [i for i in sorted(frame.content - whole) if doc[i].is_alpha]
    if not left:  # "is appealing to the young", whoever they are
        person = label(asked[0]) == "obl"
        return person or bool(parties_of(doc, [asked[0].i], asked[0].i, index))
    first = left[0]
    quoted = first > 1 and doc[first - 1].text in _OPENING and doc[first - 2].text == ","
    if frame.cue.takes != ("person-to",):
        return False
    undergone = any(c.dep_ == "aux:pass" for goal in children(word, "xcomp") for c in goal.children)
    return quoted or undergone or not _to_do(doc, left)


def _asked(word: Token, frame: Frame) -> list[Token]:
    """Whom the verb asks: its object, or the noun after the preposition that belongs to it."""
    found = children(word, "obj", "iobj")
    return found or [
        item
        for item in children(word, "obl")
        if any(child.i in frame.cue_tokens for child in item.children)
    ]


def _to_do(doc: Doc, words: Sequence[int]) -> bool:
    """Whether an infinitive stands among the first words."""
    return any(is_infinitive_to(doc[i]) for i in words[:6])
