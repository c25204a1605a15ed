"""Whether what is promised is a threat, and whom a threat is meant for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.commitment_aside import stands_aside
from dragoman.coding.commitment_found import Found
from dragoman.coding.cues import word_list
from dragoman.coding.parties import parties_under
from dragoman.coding.tokens import children, is_negated, label, sentence_of, tokens_in
from dragoman.coding.voices import with_states
from dragoman.entities.index import EntityIndex
from dragoman.model import Event, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

# The type of event that a word of promising may tell as well, and how sure it must be.
_THREAT, _SURE = "THREATEN", 0.5
_NOT = re.compile(r"\b(?:not|never)\b|n[’']t\b")
_DEFYING = word_list("defying")
_ANSWERS, _FEW = frozenset({"answer", "respond", "reply", "comply", "decide"}), 2  # "to answer"
_HINDRANCES = word_list("hindrances")


def strikes_if(doc: Doc, item: Found) -> bool:
    """Whether what is promised under a condition is a threat: any act "unless they give way", and
    a hindrance "if …" ("if they stay, we will close the crossings"), or any act "if they refuse"."""
    condition = (item.condition or "").lower()
    if condition.startswith("unless "):
        return True
    verb = doc[item.head]
    if any(child.lower_ == "otherwise" for child in verb.children):
        return not is_negated(verb)  # "its coast guard would otherwise cut it"
    opening = condition.replace(",", " ").split()
    if opening == ["if", "not"]:
        return True
    if opening[:1] in (["if"], ["should"]) and any(word in _DEFYING for word in opening[:6]):
        return not is_negated(verb)
    verbs = [verb, *children(verb, "conj")]  # "will review their visas and close the crossing"
    hinders = any(x.lemma_.lower() in _HINDRANCES and not is_negated(x) for x in verbs)
    return hinders and condition.startswith(("if ", "should ")) and not is_negated(verb)


def whose_condition(doc: Doc, text: str, item: Found, index: EntityIndex) -> list[str]:
    """Who is threatened by "unless Belmar withdraws": the one whose act the condition is."""
    assert item.condition is not None
    low = max(0, doc[item.head].sent.start_char)
    start = text.find(item.condition, low)
    if start < 0:
        return []
    tokens = tokens_in(doc, Span(start, start + len(item.condition)))
    subject = next((doc[i] for i in tokens if label(doc[i]) == "nsubj"), None)
    if subject is None or subject.dep_ == "nsubj:pass":
        return []
    found = parties_under(doc, subject, index)
    return [key for key in found if key not in item.by]


def is_threat(doc: Doc, item: Found, event: Event | None) -> bool:
    """Whether the event that a word tells is a threat: "vowed that their heads would be broken"; or the words say
    that it will be done by force."""
    threat = event is not None and event.type == _THREAT and event.confidence >= _SURE
    verb = doc[item.head]
    if verb.lemma_ == "follow" and "rest" in {kid.lower_ for kid in children(verb, "nsubj")}:
        return False  # "the rest of the guns would follow"
    forced = any(
        doc[i].lower_ == "force" and doc[i - 1].lower_ == "by"
        for i in tokens_in(doc, item.span)
        if i
    )  # "if it does not keep its word, we will open the road by force"
    if forced and item.kind == "promise" and not is_negated(verb):
        return True
    does_so = verb.lemma_ == "do" and doc[min(verb.i + 1, len(doc) - 1)].lower_ in ("so", "it")
    return threat and not is_negated(verb) and not does_so  # "said it would do so if it was paid"


def met_by(doc: Doc, event: Event, item: Found, index: EntityIndex) -> list[str]:
    """Whom a threat, a demand or an offer goes to by its words: "threatened to strike Oman"."""
    if "understood" in (event.path or ""):
        return []
    aimed = [
        x.entity for x in event.recipients
        if (kind := index.entities[x.entity].kind) != "place"
        and not (
            x.start is not None and x.end is not None
            and stands_aside(doc, Span(x.start, x.end), item, kind != "unnamed")
        )
    ]  # fmt: skip
    return [key for key in with_states(aimed, index) if key not in item.by]


def struck_inside(doc: Doc, item: Found, events: Sequence[Event], index: EntityIndex) -> list[str]:
    """Whom the event of a threat told within its words goes to: "would close its ports and expel the envoys"."""
    told = (
        event for event in events
        if event.type == "THREATEN" and item.span.contains(event.trigger)
        and any(party.entity in item.by for party in event.actors)
    )  # fmt: skip
    return next((to for event in told if (to := met_by(doc, event, item, index))), [])


def without_bare_answers(doc: Doc, found: Sequence[Found]) -> list[Found]:
    """The commitments, without the demand that another made in the same sentence be answered, whose day that one gets:
    "demanded their release, and gave it until Monday to answer"."""
    kept: list[Found] = []
    for item in sorted(found, key=lambda one: one.head):
        words = tokens_in(doc, item.span)
        bare = item.kind == "demand" and len(words) <= _FEW and doc[words[-1]].lemma_ in _ANSWERS
        start, _ = sentence_of(doc, item.head)
        asked = [
            one for one in kept
            if bare and one.kind == "demand" and start <= one.head and {*one.by} & {*item.by}
        ]  # fmt: skip
        if not asked:
            kept.append(item)
        elif asked[-1].due is None:
            asked[-1].due = item.due
    return kept


def share_their_day(doc: Doc, found: Sequence[Found]) -> None:
    """Give a demand the day, and the other side, of the threat beside it: "demanded their release and threatened to
    shut the border unless Chad freed them by Friday"."""
    for threat in found:
        words = (threat.condition or "").lower()
        opens = words.startswith("unless ") or (words.startswith("if ") and _NOT.search(words))
        if threat.kind != "threat" or threat.due is None or not opens:
            continue
        start, _ = sentence_of(doc, threat.head)
        low, _ = sentence_of(doc, max(0, start - 1))
        asked = [
            item for item in found
            if item.kind == "demand" and low <= item.head < threat.head and set(item.by) & set(threat.by)
        ]  # fmt: skip
        if not asked or asked[-1].due not in (None, threat.due):
            continue
        asked[-1].due = threat.due
        if all(key.startswith("unnamed:") for key in asked[-1].to) and threat.to:
            asked[-1].to = list(threat.to)
