"""Agreements and planned meetings, by name or date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.agreement_sides import between, blames, is_with, makes_or_changes, sides_of
from dragoman.coding.commitment_changes import reads
from dragoman.coding.commitment_words import agreements, changes
from dragoman.coding.cues import word_list
from dragoman.coding.parties import parties_of
from dragoman.coding.tokens import (
    children,
    is_negated,
    is_verb,
    label,
    lowers,
    noun_phrase,
    of_nobody,
    span_of,
    subject_of,
    subtree,
)
from dragoman.coding.voices import with_states
from dragoman.entities.index import EntityIndex
from dragoman.model import Span, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PLANNED = word_list("planned")
_AHEAD = frozenset({"will", "would", "next", "planned", "due", "resume"})
_GATHERINGS = word_list("gatherings")
_PUT_OFF = word_list("put_off")
_TILL = frozenset({"to", "until", "till"})
_OFF_IF_NOT = word_list("off_if_not")
_WISHED = word_list("wished")
# Of a truce that is told to have come about: "a truce brokered by Belmar".
_MADE = word_list("brought_about")
# What is law for all, and no commitment where it is only named.
_OF_LAW = frozenset({"convention", "conventions", "resolution"})
# Of a truce of one's own, and how its length is told ("30-hour", "month-long").
_DECLARES, _ANNOUNCES = (
    frozenset({"declare", "proclaim"}),
    frozenset({"announce", "order", "observe"}),
)
_LENGTHS = ("hour", "day", "week", "month")
# What parties do who are sides of an agreement; others only speak about it.
_AGREEING = word_list("agreeing")


@dataclass(frozen=True)
class Pact:
    """An agreement or meeting found in the text; ``name`` is its words where it has a name or date."""

    span: Span
    head: int
    name: str | None
    parties: tuple[str, ...]
    status: str
    meeting: bool
    confidence: float
    again: tuple[Span, ...] = ()  # where else it is spoken of


def find(doc: Doc, story: Story, index: EntityIndex) -> list[Pact]:
    """Agreements that stand (named, dated or definite) and meetings that are still to come."""
    words = agreements()
    found: list[Pact] = []
    for place, lower in enumerate(lowers(doc)):
        if lower in words["agreement"]:
            pact = _agreement(doc, doc[place], story, index)
        elif lower in words["meeting"]:
            pact = _meeting(doc, doc[place], index)
        else:
            continue
        if pact is None:
            continue
        known = next((i for i, held in enumerate(found) if _same(held, pact, doc)), None)
        if known is None:
            found.append(pact)
        else:
            held = found[known]
            parties = pact.parties if len(pact.parties) > len(held.parties) else held.parties
            again = (*held.again, pact.span)
            found[known] = Pact(**{**vars(held), "parties": parties, "again": again})
    return found


def _same(one: Pact, other: Pact, doc: Doc) -> bool:
    if one.meeting != other.meeting:
        return False
    if one.meeting and one.parties and other.parties and not set(one.parties) & set(other.parties):
        if not any(c.lower_ in ("the", "this", "those", "these") for c in doc[other.head].children):
            return False
    if one.name and other.name:
        return one.name.lower() == other.name.lower()
    if _truce(doc, one) and _truce(doc, other):
        return True  # "the Oslo truce", then "the ceasefire"
    new = any(token.lower_ in ("a", "an") for token in doc[other.head].children)
    return doc[one.head].lower_ == doc[other.head].lower_ and (one.meeting or not new)


def _truce(doc: Doc, pact: Pact) -> bool:
    """Whether it stops a war: "the ceasefire", "an agreement to end the fighting"."""
    if doc[pact.head].lower_ in agreements()["standing"]:
        return True
    words = {token.lower_ for token in doc[pact.head + 1 : pact.head + 8]}
    return bool(words & _ENDING) and bool(words & _FIGHTING)


_ENDING, _FIGHTING = word_list("ending"), word_list("fighting")


def _agreement(doc: Doc, token: Token, story: Story, index: EntityIndex) -> Pact | None:
    """A named, dated or definite agreement; one merely wished for is none yet."""
    if label(token) in ("compound", "flat") or not token.tag_.startswith("NN"):
        return None
    phrase = [i for i in noun_phrase(token) if i <= token.i + 12]
    before = [doc[i] for i in phrase if i < token.i]
    if {t.lower_ for t in before} & _GATHERINGS:
        return None  # "the party's national convention" is a meeting
    if is_verb(token.head) and of_nobody(token.head):
        return None  # "neither side has agreed to the truce"
    if token.lower_ in _OF_LAW and not _is_changed(token):
        return None  # "incompatible with the Vienna Convention"
    own = _declared(doc, token, index)
    if own:
        span = span_of(doc, [i for i in phrase if i <= token.i])
        return Pact(span, token.i, None, own, "agreed", False, 0.6)
    dated = [t for t in before if t.text.isdigit() and len(t) == 4]
    named = [t for t in before if t.tag_.startswith("NNP")]
    definite = any(t.lower_ in ("the", "this", "that", "its", "their", "new") for t in before)
    if token.head.lower_ in _WISHED or _governed_by_wish(token):
        return None
    vague = {t.lower_ for t in before} & {"a", "an", "any", "no", "some"}
    sides = _stands_between(doc, token, index)
    made = token.lower_ in agreements()["standing"] and _was_made(token)
    if vague and not (dated or sides or made) and not any(t.lower_ == "new" for t in before):
        return None  # "would propose a Security Council resolution": there is none yet
    standing = token.lower_ in agreements()["standing"] or any(t.lower_ == "new" for t in before)
    changed = _changed_with(doc, token, index)
    standing = standing or changed
    definite = definite or sides or made
    if not (dated or named or (definite and standing)):
        return None
    first = (dated or named or [token])[0]
    span = span_of(doc, [*range(min(first.i, token.i), token.i + 1)])
    if changed and not (dated or named):
        span = _in_full(doc, token)
    text = story.text[span.start : span.end]
    parties = sides_of(doc, phrase, token, index, told=True)
    status = "agreed"
    return Pact(
        span, token.i, text if dated or named else None, tuple(parties[:4]), status, False,
        0.8 if dated or named else 0.6,
    )  # fmt: skip


def _was_made(token: Token) -> bool:
    """Whether a truce is told to be there: "a truce brokered by Belmar", "a ceasefire held through the night"."""
    if "no" in {c.lower_ for c in token.children} or _unreal(token):
        return False
    if any(c.tag_ == "VBN" and c.lemma_ in _MADE for c in children(token, "acl")):
        return True
    verb = token.head
    if label(token) == "obj" and is_verb(verb) and verb.tag_ != "VB":
        rows = changes().get(verb.lower_, ())
        return not is_negated(verb) and any(c.status == "violated" and reads(verb, c) for c in rows)
    subject = label(token) in ("nsubj", "nsubj:pass") and verb.tag_ in ("VBD", "VBZ", "VBN")
    return subject and not is_negated(verb) and makes_or_changes(verb)


def _unreal(token: Token) -> bool:
    """Whether the verb above only supposes it: "would break a truce brokered by Belmar"."""
    verb = token.head
    return is_verb(verb) and any(c.tag_ in ("MD", "TO") for c in verb.children)


def _is_changed(token: Token) -> bool:
    """Whether a word near says what became of it, or who made it: "a breach of the convention"."""
    up = token
    for _ in range(3):
        up = up.head
        if is_verb(up) and (up.lower_ in _AGREEING or makes_or_changes(up) or blames(up)):
            return True
        if any(row.reading == "noun" and reads(up, row) for row in changes().get(up.lower_, ())):
            return True
    return False


def _declared(doc: Doc, token: Token, index: EntityIndex) -> tuple[str, ...]:
    """Whose own truce it is: "declared a truce", "announced a 30-hour ceasefire"; nobody's for any other, and for
    one that somebody announces between others."""
    verb = token.head
    if label(token) != "obj" or token.lower_ not in agreements()["standing"] or not is_verb(verb):
        return ()
    words = {kid.lower_ for kid in verb.subtree if kid.i > verb.i}
    before = {kid.lower_ for kid in token.subtree if kid.i < token.i}
    lasts = any(word.startswith(_LENGTHS) for word in before)
    one_sided = lasts or "unilateral" in words or any(kid.tag_ == "PRP$" for kid in token.children)
    declares = verb.lemma_ in _DECLARES or (one_sided and verb.lemma_ in _ANNOUNCES)
    subject = subject_of(verb)
    if not declares or subject is None or is_negated(verb) or words & {"between", "any", "no"}:
        return ()
    if label(verb) not in ("ROOT", "conj", "ccomp", "parataxis") or any(
        kid.tag_ == "MD" for kid in verb.children
    ):
        return ()
    found = with_states(parties_of(doc, sorted(subtree(subject)), subject.i, index), index)
    return tuple(key for key in found if index.entities[key].kind not in ("person", "place"))[:4]


def _stands_between(doc: Doc, token: Token, index: EntityIndex) -> bool:
    """Whether "a ceasefire between the two neighbours came into force" tells of one that stands."""
    verb = token.head
    began = label(token) in ("nsubj", "nsubj:pass") and verb.tag_ in ("VBD", "VBZ", "VBN")
    standing = token.lower_ in agreements()["standing"]
    return standing and began and len(between(doc, token, index)) >= 2


def _changed_with(doc: Doc, token: Token, index: EntityIndex) -> bool:
    """Whether somebody keeps, breaks or leaves a deal with a named party: "pulled out of its deal with …"."""
    up = token.head
    rows = changes().get(up.lower_, ()) if label(token) in ("obj", "obl") else ()
    done = any(
        c.status not in ("refused", "agreed") and c.reading == "direct" and reads(up, c)
        for c in rows
    )
    if not done:
        return False
    partners = [c for c in (*children(token, "nmod"), *children(up, "obl")) if is_with(c)]
    if any(parties_of(doc, [c.i], c.i, index) for c in partners):
        return True
    subject = subject_of(up)
    own = parties_of(doc, sorted(subtree(subject)), subject.i, index) if subject else []
    mine = {index.entities[key].country for key in own}
    about = [i for c in _matters(token) for i in subtree(c)]
    named = index.within(min(about), max(about) + 1) if about else ()
    lands = {index.entities[key].country for m in named for key in index.members(m)}
    return bool(own) and bool(lands - {*mine, ""})


def _matters(token: Token) -> list[Token]:
    """What an agreement is about: "transit" in "the accord on transit", wherever the parse hung it."""
    near = [*children(token, "nmod"), *children(token.head, "obl")]
    marks = frozenset({"on", "about", "for", "of"})
    return [
        item
        for item in near
        if any(c.i == token.i + 1 and c.lower_ in marks for c in children(item, "case"))
    ]


def _in_full(doc: Doc, token: Token) -> Span:
    """A deal without a name by what it is about: "transit accord", "accord on the transit of lorries"."""
    first = min([token.i, *(c.i for c in children(token, "compound", "amod") if c.i < token.i)])
    about = [i for c in _matters(token) for i in subtree(c)]
    return span_of(doc, [*range(first, max([token.i, *about]) + 1)])


def _holders(doc: Doc, token: Token, index: EntityIndex) -> list[str]:
    """Who holds a meeting: the subject of "will hold", with those it is held with or between."""
    verb = token.head
    if label(token) != "obj" or not is_verb(verb):
        return []
    subject = subject_of(verb)
    found = parties_of(doc, sorted(subtree(subject)), subject.i, index) if subject else []
    for child in (*token.children, *verb.children):
        marks = {c.lower_ for c in child.children if label(c) == "case"}
        if found and label(child) in ("nmod", "obl") and marks & {"with", "between", "among"}:
            found += parties_of(doc, sorted(subtree(child)), child.i, index)
    return list(dict.fromkeys(found))


def _governed_by_wish(token: Token) -> bool:
    """Whether the agreement is only called for ("called for a ceasefire")."""
    up = token.head
    return label(token) == "obl" and up.lower_ in _WISHED


def _wished_for(token: Token) -> bool:
    """Whether talks are what somebody is called on to hold ("urged Belmar to resume dialogue")."""
    while label(token) in ("obj", "conj", "xcomp", "ccomp", "advcl") and token.head != token:
        token = token.head
        if token.lower_ in _WISHED:
            return True
    return False


def _meeting(doc: Doc, token: Token, index: EntityIndex) -> Pact | None:
    """Talks that are still to come (under "will", "would", "next", "planned") or will not come."""
    if any(c.lower_ in ("any", "no", "some", "future") for c in token.children):
        return None
    verb = token.head
    off = _is_off(token)
    if label(verb) == "ccomp" and is_negated(verb.head):
        return None  # "did not believe that more talks would help"
    if _wished_for(token) or (is_verb(verb) and is_negated(verb) and not off):
        return None  # "would not attend the talks"
    clause = {doc[i].lower_ for i in subtree(verb)} if label(token) != "compound" else set()
    direct = {child.lower_ for child in verb.children} | {child.lower_ for child in token.children}
    relative = {t.lower_ for child in children(token, "acl") for t in child.subtree}
    near = direct | relative | {verb.lower_}
    if verb.lower_ in _PUT_OFF and label(token) in ("nsubj", "obj"):
        near = near | {"planned"}
    if not off and (not near & _PLANNED or not (_AHEAD & (clause | near))):
        return None
    phrase = noun_phrase(token)
    low, high = phrase[0], phrase[-1]
    parties = _holders(doc, token, index) or sides_of(doc, phrase, token, index)
    end = max([high, *(max(subtree(c)) for c in children(token, "acl"))])
    if verb.lower_ in _PUT_OFF and label(token) == "nsubj":  # "… postponed until 2 July"
        till = [c for c in children(verb, "obl") if {k.lower_ for k in c.children} & _TILL]
        end = max([end, *(max(subtree(c)) for c in till)])
    span = span_of(doc, list(range(low, min(end, low + 40) + 1)))
    status = "withdrawn" if off else "planned"
    return Pact(span, token.i, None, tuple(parties[:4]), status, True, 0.6)


def _is_off(token: Token) -> bool:
    """Whether a meeting is told not to come about: "the talks will not go ahead"."""
    verb = token.head
    held = label(token) in ("nsubj", "nsubj:pass") and is_verb(verb) and verb.lemma_ in _OFF_IF_NOT
    ahead = any(c.lower_ in ("will", "would", "wo") for c in verb.children)
    return held and ahead and is_negated(verb)
