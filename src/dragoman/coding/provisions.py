"""What the text of an agreement binds its parties to: "The Parties shall …", "The Front undertakes to …".

In a paper that binds, every such sentence is agreed by its subject, whatever the verb; in a draft of
one it is only planned. The paper itself is the agreement, with the parties that it names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dragoman.coding.commitment_found import Found
from dragoman.coding.commitment_words import agreements
from dragoman.coding.cues import word_list
from dragoman.coding.due_terms import own_day, term_due
from dragoman.coding.parties import parties_of
from dragoman.coding.tokens import agent_of, children, label, lowers, subject_of
from dragoman.coding.undertakings import clause_span
from dragoman.coding.voices import with_states
from dragoman.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.entities.index import EntityIndex
    from dragoman.model import Event, Paragraph, Story

#: "Shall" in a text from which it may bind; paragraphs at the top that name what it is.
_SEVERAL, _TOP = 3, 6
_LINE = 30  # words of a line that names a paper
_DRAFTS = word_list("drafted") | {"draft", "drafts"}
_FORMS, _THINGS = word_list("provision_forms"), word_list("provision_things")
_MADE = word_list("papers_made")
_BINDING = frozenset({"shall"})
_OTHERS = frozenset({"resolution", "convention"})  # that no two parties sign
_PARTIES = frozenset({"state", "organisation", "group", "collective"})


def find(doc: Doc, story: Story, index: EntityIndex, events: Sequence[Event]) -> list[Found]:
    """The agreement that a text is, and what it binds its parties to; nothing where it is none."""
    if lowers(doc).count("shall") < _SEVERAL:
        return []
    line = _line(doc, story)
    if line is None:
        return []
    drafted = any(
        doc[i].lower_ in _DRAFTS for block in story.paragraphs[:_TOP] for i in _within(doc, block)
        if len(_within(doc, block)) <= _LINE
    )  # fmt: skip
    parties = _parties(doc, story, index)
    found = list(_bound(doc, story, index, parties, drafted))
    if parties and not drafted:
        found.append(_paper(doc, story, line, parties))
    day = own_day(doc, story)
    signed = next(
        (e.id for e in events if e.type == "AGREE" and e.date is not None and e.date.start == day
         and story.text[e.trigger.start : e.trigger.end].lower() in _MADE), None
    )  # fmt: skip
    for item in found:
        item.step(day, item.status, None, signed if item.pact else None)
    return found


def _within(doc: Doc, block: Paragraph) -> range:
    span = doc.char_span(block.start, block.end, alignment_mode="expand")
    return range(span.start, span.end) if span is not None else range(0)


def _line(doc: Doc, story: Story) -> Span | None:
    """The line at the top that names the paper: "CEASEFIRE AGREEMENT"; None where none does."""
    nouns = set(agreements()["agreement"]) - _OTHERS
    for block in story.paragraphs[:_TOP]:
        words = _within(doc, block)
        if len(words) > _LINE or not any(doc[i].lower_ in nouns for i in words):
            continue
        if any(doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD") for i in words):
            continue  # "Ceasefire agreement collapses"
        return Span(block.start, block.end)
    return None


def _parties(doc: Doc, story: Story, index: EntityIndex) -> list[str]:
    """Whom the paper is between: those it calls "the Parties", else those its first lines join."""
    for mention in index.mentions:
        members = index.members(mention)
        joint = doc[mention.last - 1].lower_ in ("parties", "sides", "party", "side")
        if joint and len(members) > 1 and doc[mention.last - 1].text[:1].isupper():
            return list(members)
    for block in story.paragraphs[:_TOP]:
        words = _within(doc, block)
        mark = next((i for i in words if doc[i].lower_ == "between"), None)
        if mark is not None:
            named = index.within(mark, words[-1] + 1)
            keys = [key for m in named if not m.as_place for key in index.members(m)]
            keys = [key for key in dict.fromkeys(keys) if index.entities[key].kind in _PARTIES]
            if len(keys) > 1:
                return keys
    return []


def _paper(doc: Doc, story: Story, line: Span, parties: list[str]) -> Found:
    """The agreement itself, by the line that names it."""
    name = story.text[line.start : line.end]
    nouns = agreements()["agreement"]
    words = range(0)
    span = doc.char_span(line.start, line.end, alignment_mode="expand")
    if span is not None:
        words = range(span.start, span.end)
    head = next((i for i in words if doc[i].lower_ in nouns), 0)
    return Found(
        kind="agreement", status="agreed", by=list(parties), to=[], span=line, head=head,
        name=name.title() if name.isupper() else name, parties=list(parties), confidence=0.8,
        pact=True,
    )  # fmt: skip


def _bound(
    doc: Doc, story: Story, index: EntityIndex, parties: list[str], drafted: bool
) -> Iterator[Found]:
    """What each sentence of the paper binds somebody to."""
    for place, word in enumerate(lowers(doc)):
        if word not in _BINDING or label(doc[place]) != "aux":
            continue
        verb = doc[place].head
        for act in (verb, *(c for c in children(verb, "conj") if c.tag_ == verb.tag_)):
            if act.lemma_.lower() in _FORMS:
                continue
            by = _bound_by(doc, verb, index, parties)
            if not by:
                break
            whole = Span(verb.sent.start_char, verb.sent.end_char)
            span = clause_span(doc, act, whole)
            if span is None:
                continue
            to = [key for key in parties if key not in by] if set(by) & set(parties) else []
            made = ("plan", "planned") if drafted else ("agreement", "agreed")
            yield Found(*made, by=by, to=to, span=span, head=act.i, due=term_due(doc, story, span))


def _bound_by(doc: Doc, verb: Token, index: EntityIndex, parties: list[str]) -> list[str]:
    """Who is bound by "shall": the subject, or who is to do it; all the parties where that is a thing that one
    of them must see to ("All prisoners shall be freed")."""
    passive = any(child.dep_ == "aux:pass" for child in verb.children)
    agent = agent_of(verb) if passive else None
    subject = agent or (None if passive else subject_of(verb))
    if subject is not None:
        if any(c.lower_ in ("any", "a", "an") for c in subject.children if label(c) == "det"):
            return []  # "Any Party that violates …"
        found = parties_of(doc, [subject.i], subject.i, index)
        return [key for key in with_states(found, index) if index.entities[key].kind != "place"]
    undergone = next((c for c in verb.children if c.dep_ == "nsubj:pass"), None)
    if undergone is None or undergone.lemma_.lower() in _THINGS:
        return []
    vague = any(c.lower_ in ("any", "a", "an", "no") for c in undergone.children)
    relative = any(label(c) == "acl" for c in undergone.children if c.dep_ == "acl:relcl")
    return [] if vague or relative else list(parties)
