"""One self-contained web page of a record: the story marked in place, the record beside it.

The page needs no network and no other file, so that it can be mailed and opened years later.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from itertools import pairwise

from dragoman.model import Claim, Commitment, Event, Record, Statement
from dragoman.version import __version__
from dragoman.web.terminal import count_words
from dragoman.web.view import View, days, one_line

Mark = tuple[int, int, str, str]  # start, end, class, id of the record line it belongs to


def render(record: Record) -> str:
    """The page as HTML text."""
    view = View(record)
    assets = files("dragoman.web") / "assets"
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(_title(record))} — Dragoman</title>",
            f"<style>{(assets / 'page.css').read_text('utf-8')}</style></head><body>",
            _header(view),
            '<main><article class="story" aria-label="The story">',
            _story(view),
            '</article><aside class="record" aria-label="The record">',
            _events(view),
            _claims(view),
            _commitments(view),
            _statements(view),
            _cast(view),
            _doubts(view),
            "</aside></main>",
            f"<footer>Coded by Dragoman {__version__}. {_legend()}</footer>",
            f"<script>{(assets / 'page.js').read_text('utf-8')}</script>",
            "</body></html>",
        ]
    )


def _title(record: Record) -> str:
    return record.story.title or record.story.text.split("\n", 1)[0][:120] or "Untitled story"


def _header(view: View) -> str:
    story = view.record.story
    published = (
        f"{story.published} (by {story.published_basis})" if story.published else "date unknown"
    )
    facts = " · ".join(
        escape(item) for item in (story.publisher, published, *story.credits) if item
    )
    links = [
        ("events", "Events", len(view.events)),
        ("contested", "Contested", len(view.contested)),
        ("commitments", "Commitments", len(view.record.commitments)),
        ("statements", "Statements", len(view.record.statements)),
        ("who", "Who", len(view.cast)),
        ("doubts", "Doubts", len(story.notes)),
    ]
    menu = "".join(
        f'<a href="#{key}">{name} <b>{count}</b></a>' for key, name, count in links if count
    )
    return f"<header><h1>{escape(_title(view.record))}</h1><p>{facts}</p><nav>{menu}</nav></header>"


def _legend() -> str:
    return (
        '<span class="entity">entity</span> <span class="said">said by someone</span> '
        '<span class="trigger quad-4">event</span>'
    )


def _marks(view: View) -> list[Mark]:
    marks: list[Mark] = []
    for entity in view.record.entities:
        marks += [(s.start, s.end, "entity", f"who-{entity.id}") for s in entity.mentions]
    for statement in view.record.statements:
        marks += [(s.start, s.end, "said", statement.id) for s in statement.content]
        if statement.cue:
            marks.append((statement.cue.start, statement.cue.end, "cue", statement.id))
    for event in view.events:
        marks.append(
            (event.trigger.start, event.trigger.end, f"trigger quad-{event.quad}", event.id)
        )
    return marks


def _story(view: View) -> str:
    """The text in paragraphs; overlapping marks are cut where any of them begins or ends."""
    text, marks = view.record.story.text, _marks(view)
    out, opening = [], ""
    for block in view.record.story.paragraphs:
        tag = "h2" if block.kind in ("title", "heading") else "p"
        inside = [m for m in marks if m[0] < block.end and block.start < m[1]]
        cuts = {block.start, block.end}
        for start, end, _, _ in inside:
            cuts |= {max(start, block.start), min(end, block.end)}
        ordered = sorted(cuts)
        pieces = [
            _piece(text[a:b], [m for m in inside if m[0] <= a and b <= m[1]])
            for a, b in pairwise(ordered)
        ]
        if block.kind == "dateline":  # it opens the paragraph that follows
            opening = "".join(pieces) + " "
            continue
        out.append(f'<{tag} class="{escape(block.kind)}">{opening}{"".join(pieces)}</{tag}>')
        opening = ""
    return "\n".join(out)


def _piece(words: str, marks: list[Mark]) -> str:
    if not marks:
        return escape(words)
    classes = " ".join(dict.fromkeys(m[2] for m in marks))
    keys = " ".join(dict.fromkeys(m[3] for m in marks))
    return f'<span class="{classes}" data-of="{escape(keys)}">{escape(words)}</span>'


def _section(key: str, title: str, lines: Iterable[str]) -> str:
    body = "".join(lines)
    return f'<section id="{key}"><h2>{title}</h2><ol>{body}</ol></section>' if body else ""


def _line(key: str, classes: str, head: str, *details: str) -> str:
    small = "".join(f"<small>{item}</small>" for item in details if item)
    return f'<li id="line-{escape(key)}" data-key="{escape(key)}" class="{classes}" tabindex="0">{head}{small}</li>'


def _event(view: View, event: Event) -> str:
    said = view.attribution(event)
    before, trigger, after = map(escape, view.excerpt(event))
    facts = [
        days(event.date),
        event.place.name if event.place else "",
        *count_words(event),
        f"CAMEO {event.cameo}" if event.cameo else "",
        f"{event.confidence:.0%}",
        f"rule {event.coded_by.rule}" if event.coded_by.rule else "by the model",
    ]
    return _line(
        event.id,
        f"event quad-{event.quad}",
        f"<b>{escape(view.label(event))}</b> {escape(view.parties(event))}",
        f"said by <em>{escape(said)}</em>" if said else "in the story’s own voice",
        f"<q>{before}<mark>{trigger}</mark>{after}</q>",
        escape(" · ".join(item for item in facts if item)),
    )


def _events(view: View) -> str:
    return _section("events", "Events", (_event(view, item) for item in view.events))


def _claim(view: View, claim: Claim) -> str:
    sides = (
        ("asserted by", claim.asserted_by),
        ("denied by", claim.denied_by),
        ("reported by", claim.reported_by),
    )
    return _line(
        claim.id,
        "claim",
        f"<q>{escape(one_line(claim.text))}</q>",
        *(f"{word} <em>{escape(view.names(keys))}</em>" for word, keys in sides if keys),
    )


def _claims(view: View) -> str:
    return _section("contested", "Contested", (_claim(view, item) for item in view.contested))


def _commitment(view: View, item: Commitment) -> str:
    name = f"{escape(item.name)} " if item.name else ""
    return _line(
        item.id,
        "commitment",
        f"<b>{item.kind}</b> {name}{escape(view.commitment(item))} <i>{item.status}</i>",
        f"<q>{escape(one_line(item.text))}</q>",
        f"condition: {escape(one_line(item.condition))}" if item.condition else "",
        f"due {days(item.due)}" if item.due else "",
        escape("; ".join(view.history(item))),
    )


def _commitments(view: View) -> str:
    return _section(
        "commitments", "Commitments", (_commitment(view, c) for c in view.record.commitments)
    )


def _statement(view: View, item: Statement) -> str:
    words = " … ".join(view.words(piece) for piece in item.content)
    inside = f"inside {escape(item.parent)}" if item.parent else ""
    return _line(
        item.id,
        "statement",
        f"<b>{escape(view.speaker(item))}</b> {escape(item.act)}, {item.kind}",
        f"<q>{escape(words)}</q>",
        inside,
    )


def _statements(view: View) -> str:
    return _section(
        "statements", "Statements", (_statement(view, s) for s in view.record.statements)
    )


def _cast(view: View) -> str:
    return _section(
        "who",
        "Who",
        (
            _line(
                f"who-{e.id}",
                "who",
                f"<b>{escape(e.name)}</b> <code>{escape(e.code)}</code> {len(e.mentions)}×",
            )
            for e in view.cast
        ),
    )


def _doubts(view: View) -> str:
    notes = view.record.story.notes
    return _section("doubts", "Doubts", (_line(n.code, "note", escape(n.message)) for n in notes))
