"""The story's text as HTML with everything of the record marked in place.

Each piece of text says in ``data-`` attributes which lines of the record it belongs to: ``of`` the
words of the line itself (an event's trigger, a statement's content, a mention), ``in`` the sentences
that tell an event, ``by`` and ``to`` its actors and recipients.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from dragoman.model import Paragraph
from dragoman.web.view import View
from dragoman.web.words import QUADS


@dataclass(frozen=True)
class Mark:
    """A span of the story (code points, half-open), the line it belongs to, and how."""

    start: int
    end: int
    style: str
    relation: str
    key: str


def marks_of(view: View) -> list[Mark]:
    """Every mark of a record, in no particular order."""
    marks: list[Mark] = []
    for entity in view.record.entities:
        marks += [
            Mark(span.start, span.end, "entity", "of", f"who-{entity.id}")
            for span in entity.mentions
        ]
    for statement in view.record.statements:
        marks += [Mark(s.start, s.end, "said", "of", statement.id) for s in statement.content]
        if statement.cue:
            marks.append(Mark(statement.cue.start, statement.cue.end, "cue", "of", statement.id))
        source = statement.source
        if source and source.start is not None and source.end is not None:
            marks.append(Mark(source.start, source.end, "", "by", statement.id))
    for event in view.events:
        style = f"trigger quad-{event.quad}"
        marks.append(Mark(event.trigger.start, event.trigger.end, style, "of", event.id))
        marks += [
            Mark(span.start, span.end, "", "in", event.id)
            for span in dict.fromkeys((event.sentence, *event.evidence))
        ]
        for relation, parties in (("by", event.actors), ("to", event.recipients)):
            marks += [
                Mark(party.start, party.end, "", relation, event.id)
                for party in parties
                if party.start is not None and party.end is not None
            ]
    for commitment in view.record.commitments:
        marks.append(Mark(commitment.start, commitment.end, "", "of", commitment.id))
    for claim in view.contested:
        if claim.start is not None and claim.end is not None:
            marks.append(Mark(claim.start, claim.end, "", "of", claim.id))
    return marks


def story_html(view: View) -> str:
    """The story in paragraphs; overlapping marks are cut where any of them begins or ends."""
    marks = marks_of(view)
    first = {mark.key: mark.start for mark in sorted(marks, key=lambda item: -item.start) if mark.relation == "of"}  # fmt: skip
    anchors: dict[int, list[str]] = defaultdict(list)
    for key, start in first.items():
        anchors[start].append(key)
    out, opening = [], ""
    for block in view.record.story.paragraphs:
        words = _block(view.record.story.text, block, marks, anchors)
        if block.kind == "dateline":  # it opens the paragraph that follows
            opening = f"{words} "
            continue
        tag = "h2" if block.kind in ("title", "heading") else "p"
        out.append(f'<{tag} class="{escape(block.kind)}" dir="auto">{opening}{words}</{tag}>')
        opening = ""
    return "\n".join(out)


def _block(text: str, block: Paragraph, marks: list[Mark], anchors: dict[int, list[str]]) -> str:
    inside = [mark for mark in marks if mark.start < block.end and block.start < mark.end]
    cuts = {block.start, block.end}
    for mark in inside:
        cuts |= {max(mark.start, block.start), min(mark.end, block.end)}
    pieces = []
    for start, end in pairwise(sorted(cuts)):
        here = [mark for mark in inside if mark.start <= start and end <= mark.end]
        places = "".join(f'<a id="at-{escape(key)}"></a>' for key in anchors.pop(start, ()))
        pieces.append(places + _piece(text[start:end], here))
    return "".join(pieces)


def _piece(words: str, marks: list[Mark]) -> str:
    """A piece of text; an event's trigger is a link to its line, so that the keyboard reaches it."""
    if not marks:
        return escape(words)
    styles = " ".join(dict.fromkeys(mark.style for mark in marks if mark.style))
    keys: dict[str, list[str]] = defaultdict(list)
    for mark in marks:
        if mark.key not in keys[mark.relation]:
            keys[mark.relation].append(mark.key)
    data = "".join(
        f' data-{relation}="{escape(" ".join(keys[relation]))}"'
        for relation in ("of", "in", "by", "to")
        if keys[relation]
    )
    style = f' class="{styles}"' if styles else ""
    trigger = next((mark for mark in marks if mark.style.startswith("trigger")), None)
    if trigger is not None:
        title = f' title="{QUADS.get(int(trigger.style[-1]), "")}"'
        return f'<a href="#line-{escape(trigger.key)}"{style}{data}{title}>{escape(words)}</a>'
    return f"<span{style}{data}>{escape(words)}</span>"
