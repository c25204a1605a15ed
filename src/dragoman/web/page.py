"""One self-contained web page of a record: the story marked in place, the record beside it.

The page needs no network and no other file, so that it can be mailed and opened years later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html import escape
from importlib.resources import files
from textwrap import shorten

from dragoman.model import Claim, Commitment, Event, Record, Statement
from dragoman.version import __version__
from dragoman.web.marked import story_html
from dragoman.web.terminal import count_words
from dragoman.web.view import View, days, one_line, published_words, quotable

OWN_VOICE = "the story’s own voice"


def render(record: Record, *, everything: bool = False) -> str:
    """The page as HTML text; with ``everything`` doubtful events and contested claims are in it."""
    view = View(record, everything)
    assets = files("dragoman.web") / "assets"
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{escape(record.story.language)}"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(_title(record))} — Dragoman</title>",
            f"<style>{(assets / 'page.css').read_text('utf-8')}</style></head><body>",
            _header(view),
            '<main><article class="story" id="story" aria-label="The story">',
            story_html(view),
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
    return (
        record.story.title
        or shorten(record.story.text.split("\n", 1)[0], 120, placeholder=" …")
        or "Untitled story"
    )


def _header(view: View) -> str:
    story = view.record.story
    facts = " · ".join(
        escape(item) for item in (story.publisher, published_words(story), *story.credits) if item
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
    standfirst = (
        f'<p class="standfirst" dir="auto">{escape(story.standfirst)}</p>'
        if story.standfirst and story.standfirst not in story.text
        else ""
    )
    titles = (block for block in story.paragraphs if block.kind == "title")
    repeated = any(story.text[block.start : block.end] == story.title for block in titles)
    again = ' class="again"' if repeated else ""
    link = story.url if story.url and story.url.startswith(("http://", "https://")) else ""
    address = f'<p class="address">{escape(link)}</p>' if link else ""
    return (
        f'<header><h1 dir="auto"{again}>{escape(_title(view.record))}</h1>{standfirst}<p>{facts}</p>{address}'
        f'<nav aria-label="Parts of the record">{menu}</nav></header>'
    )


def _legend() -> str:
    return (
        '<span class="entity">entity</span> <span class="said">said by someone</span> '
        'events: <span class="trigger quad-1">verbal</span> and <span class="trigger quad-2">material cooperation</span>, '
        '<span class="trigger quad-3">verbal</span> and <span class="trigger quad-4">material conflict</span>'
    )


def _section(
    key: str, title: str, lines: Iterable[str], before: str = "", left_out: str = ""
) -> str:
    found = list(lines)
    after = f'<p class="none">{escape(left_out)}</p>' if left_out else ""
    body = f"{before}<ol>{''.join(found)}</ol>{after}"
    return _fold(key, title, body, len(found)) if found or after else ""


def _fold(key: str, title: str, body: str, count: int) -> str:
    heading = f"<summary><h2>{title} <b>{count}</b></h2></summary>"
    return f'<section id="{key}"><details open>{heading}{body}</details></section>'


def _line(key: str, classes: str, head: str, *details: str, data: str = "") -> str:
    """One line of the record; its head leads to its words in the story, with or without scripts."""
    small = "".join(f"<small>{item}</small>" for item in details if item)
    name = escape(key)
    return (
        f'<li id="line-{name}" data-key="{name}" class="{classes}"{data}>'
        f'<a class="head" href="#at-{name}">{head}</a>{small}</li>'
    )


def _event(view: View, event: Event) -> str:
    said = view.attribution(event)
    before, trigger, after = map(escape, view.excerpt(event))
    facts = [
        days(event.date),
        event.place.name if event.place else "",
        *count_words(event),
        f"CAMEO {event.cameo}" if event.cameo else "",
        f"{event.confidence:.0%}",
        view.brackets(event),
        f"rule {event.coded_by.rule}" if event.coded_by.rule else "by the model",
    ]
    return _line(
        event.id,
        f"event quad-{event.quad}",
        f"<b>{escape(view.label(event))}</b> {escape(view.parties(event))}",
        f"said by <em>{escape(said)}</em>" if said else f"in {OWN_VOICE}",
        f'<q dir="auto">{before}<mark>{trigger}</mark>{after}</q>',
        escape(" · ".join(item for item in facts if item)),
        data=f' data-type="{escape(event.type)}" data-said="{escape(said or OWN_VOICE)}"',
    )


def _events(view: View) -> str:
    if not view.record.events:
        coded = view.record.story.language == "en"
        told = next((n.message for n in view.record.story.notes if n.code == "sport"), "")
        reason = (
            told or "No events were found in this story."
            if coded
            else "The story is not in English; it is not coded."
        )
        return _fold("events", "Events", f'<p class="none">{reason}</p>', 0)
    return _section(
        "events", "Events", (_event(view, item) for item in view.events), _filters(view),
        view.events_left_out,
    )  # fmt: skip


def _filters(view: View) -> str:
    """Buttons for the types and a list of who says so; without scripts they stay hidden."""
    types = Counter(event.type for event in view.events)
    said = Counter(view.attribution(event) or OWN_VOICE for event in view.events)
    if len(types) < 2 and len(said) < 2:
        return ""
    buttons = "".join(
        f'<button type="button" aria-pressed="false" value="{escape(name)}">{escape(name)} <b>{count}</b></button>'
        for name, count in sorted(types.items(), key=lambda item: (-item[1], item[0]))
    )
    options = "".join(
        f'<option value="{escape(name)}">{escape(name)} ({count})</option>'
        for name, count in sorted(said.items(), key=lambda item: (-item[1], item[0]))
    )
    return (
        f'<div class="filters" hidden><div role="group" aria-label="Types of event">{buttons}</div>'
        f'<label>Said by <select><option value="">anyone</option>{options}</select></label>'
        '<output aria-live="polite"></output></div>'
    )


def _claim(view: View, claim: Claim) -> str:
    sides = (
        ("asserted by", claim.asserted_by),
        ("denied by", claim.denied_by),
        ("reported by", claim.reported_by),
    )
    return _line(
        claim.id,
        "claim",
        f'<q dir="auto">{escape(quotable(claim.text))}</q>',
        *(f"{word} <em>{escape(view.names(keys))}</em>" for word, keys in sides if keys),
        view.sureness(claim),
    )


def _claims(view: View) -> str:
    return _section(
        "contested", "Contested", (_claim(view, item) for item in view.contested),
        left_out=view.claims_left_out,
    )  # fmt: skip


def _commitment(view: View, item: Commitment) -> str:
    name = f"{escape(item.name)} " if item.name else ""
    return _line(
        item.id,
        "commitment",
        f"<b>{escape(item.kind)}</b> {name}{escape(view.commitment(item))} <i>{escape(item.status)}</i>",
        f'<q dir="auto">{escape(quotable(item.text))}</q>',
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
    outer = view.statements.get(item.parent or "")
    inside = f"as told by <em>{escape(view.speaker(outer))}</em>" if outer else ""
    return _line(
        item.id,
        "statement",
        f"<b>{escape(view.speaker(item))}</b> {escape(item.act)}, {item.kind}",
        f'<q dir="auto">{escape(words)}</q>',
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
    return _section(
        "doubts",
        "Doubts",
        (
            f'<li class="note">{escape(note.message)} <code>{escape(note.code)}</code></li>'
            for note in notes
        ),
    )
