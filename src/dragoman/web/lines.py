"""The lines of the record as HTML: events, claims, commitments, statements, who is in it, doubts.

Every name is isolated (``<bdi>``), so that two names written from right to left keep their order
round an arrow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html import escape

from dragoman.model import Claim, Commitment, Entity, Event, Statement
from dragoman.web.terminal import count_words
from dragoman.web.view import ARROW, DENYING, UNNAMED, Side, View, days, one_line, quotable
from dragoman.web.words import (
    QUADS,
    aux_words,
    kind_words,
    mode_words,
    spoken,
    stands_for,
    status_words,
)

OWN_VOICE = "the story’s own voice"
ORDERS = ("story order", "gravest first")


def isolated(names: Iterable[str]) -> str:
    """Names joined by commas, each of which keeps its own direction of writing."""
    return ", ".join(f"<bdi>{escape(name)}</bdi>" for name in names)


def parties_html(left: Side, right: Side) -> str:
    """``left → right`` with every name isolated; brackets for who is understood."""
    actors = _side(left) if left.names else UNNAMED
    return f"{actors} {ARROW} {_side(right)}" if right.names else actors


def _side(side: Side) -> str:
    return f"[{isolated(side.names)}]" if side.understood else isolated(side.names)


def said_html(view: View, event: Event) -> str:
    """Who says that the event happened, "" for the story itself."""
    return ", according to ".join(
        f"<em><bdi>{escape(speaker)}</bdi></em>{DENYING if denies else ''}"
        for speaker, denies in view.attributed(event)
    )


def fold(key: str, title: str, body: str, count: int) -> str:
    """A section of the record that can be folded away."""
    heading = f"<summary><h2>{title} <b>{count}</b></h2></summary>"
    return f'<section id="{key}"><details open>{heading}{body}</details></section>'


def _section(
    key: str, title: str, lines: Iterable[str], before: str = "", left_out: str = ""
) -> str:
    found = list(lines)
    after = f'<p class="none">{escape(left_out)}</p>' if left_out else ""
    body = f"{before}<ol>{''.join(found)}</ol>{after}"
    return fold(key, title, body, len(found)) if found or after else ""


def _line(key: str, classes: str, head: str, *details: str, data: str = "", after: str = "") -> str:
    """One line of the record; its head leads to its words in the story, with or without scripts."""
    small = "".join(f"<small>{item}</small>" for item in details if item)
    name = escape(key)
    return (
        f'<li id="line-{name}" data-key="{name}" class="{classes}"{data}>'
        f'<a class="head" href="#at-{name}">{head}</a>{small}{after}</li>'
    )


def events_html(view: View) -> str:
    """The events with what sifts and sorts them, or why there are none."""
    if not view.record.events:
        coded = view.record.story.language == "en"
        told = next((n.message for n in view.record.story.notes if n.code == "sport"), "")
        reason = (
            escape(told) or "No events were found in this story."
            if coded
            else "The story is not in English; it is not coded."
        )
        return fold("events", "Events", f'<p class="none">{reason}</p>', 0)
    grave = {event.id: place for place, event in enumerate(view.gravest)}
    lines = (_event(view, item, grave[item.id]) for item in view.events)
    return _section("events", "Events", lines, _filters(view), view.events_left_out)


def label_html(event: Event) -> str:
    """PLOVER's type, then in plain words its mode and why it is not simply done."""
    mode, aux = mode_words(event), aux_words(event)
    return (
        f"<b>{escape(event.type)}</b>"
        + (f" ({escape(mode)})" if mode else "")
        + (f" <i>{escape(aux)}</i>" if aux else "")
    )


def _event(view: View, event: Event, grave: int) -> str:
    said = said_html(view, event)
    before, trigger, after = map(escape, view.excerpt(event))
    voice = escape(view.attribution(event) or OWN_VOICE)
    return _line(
        event.id,
        f"event quad-{event.quad}",
        f"{label_html(event)} {parties_html(*view.sides(event))}",
        f"said by {said}" if said else f"in {OWN_VOICE}",
        f'<q dir="auto">{before}<mark>{trigger}</mark>{after}</q>',
        _facts(view, event),
        _disputed(view, event),
        data=f' data-type="{escape(event.type)}" data-said="{voice}" data-grave="{grave}"',
        after=_coding(event),
    )


def _facts(view: View, event: Event) -> str:
    """When, where, how many, how surely, and the id that ``dragoman why`` takes."""
    facts = [
        days(event.date),
        f"in {event.place.name}" if event.place else "",
        *count_words(event),
        f"told {len(event.evidence)} times" if len(event.evidence) > 1 else "",
        f"{event.confidence:.0%} sure",
        view.brackets(event),
    ]
    told = [escape(item) for item in facts if item]
    return " · ".join((*told, f'<code title="id of the event">{escape(event.id)}</code>'))


def _disputed(view: View, event: Event) -> str:
    """A way to the contested claim that the event is, "" where it is none."""
    claim = next((item for item in view.contested if item.event == event.id), None)
    if claim is None:
        return ""
    deniers = isolated(view.name_list(claim.denied_by))
    return f'<a href="#line-{escape(claim.id)}">contested</a>: denied by {deniers}'


def _coding(event: Event) -> str:
    """The codes and the rule, folded away."""
    by = event.coded_by
    codes = [
        f"{event.type}{f'-{event.mode}' if event.mode else ''}",
        ", ".join(event.contexts),
        f"CAMEO {event.cameo}" if event.cameo else "",
        f"{QUADS.get(event.quad, '')} (quad class {event.quad})",
        f"score {event.score:g}".replace("-", "−"),
        f"rule {by.rule}" if by.rule else "found by the model",
    ]
    words = " · ".join(escape(item) for item in codes if item)
    return f'<details class="coding"><summary>coding</summary>{words}</details>'


def _filters(view: View) -> str:
    """What sifts and sorts the events; without scripts it stays hidden."""
    if len(view.events) < 2:
        return ""
    types = Counter(event.type for event in view.events)
    said = Counter(view.attribution(event) or OWN_VOICE for event in view.events)
    buttons = "".join(
        f'<button type="button" aria-pressed="false" value="{escape(name)}">{escape(name)} <b>{count}</b></button>'
        for name, count in sorted(types.items(), key=lambda item: (-item[1], item[0]))
    )
    options = "".join(
        f'<option value="{escape(name)}" dir="auto">{escape(name)} ({count})</option>'
        for name, count in sorted(said.items(), key=lambda item: (-item[1], item[0]))
    )
    orders = "".join(
        f'<option value="{place}">{name}</option>' for place, name in enumerate(ORDERS)
    )
    return (
        f'<div class="filters" hidden><div role="group" aria-label="Types of event">{buttons}</div>'
        f'<div><label>Said by <select id="said"><option value="">anyone</option>{options}</select></label>'
        f'<label>Order <select id="order">{orders}</select></label></div>'
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
        *(f"{word} <em>{isolated(view.name_list(keys))}</em>" for word, keys in sides if keys),
        f"{view.sureness(claim)} sure",
    )


def claims_html(view: View) -> str:
    """The contested claims and who stands on which side."""
    lines = (_claim(view, item) for item in view.contested)
    return _section("contested", "Contested", lines, left_out=view.claims_left_out)


def name_html(view: View, item: Commitment) -> str:
    """``2015 agreement (Ukraine, Russia)`` or the parties alone."""
    left, right = view.commitment_sides(item)
    parties = parties_html(left, right)
    if not item.name:
        return parties
    return f"<bdi>{escape(item.name)}</bdi>" + (f" ({parties})" if left.names else "")


def _commitment(view: View, item: Commitment) -> str:
    status = status_words(item)
    steps = (
        escape(step.replace("in-force", "in force"))
        + (f", says <bdi>{escape(said)}</bdi>" if said else "")
        for step, said in view.steps(item)
    )
    return _line(
        item.id,
        "commitment",
        f"<b>{escape(item.kind)}</b> {name_html(view, item)}"
        + (f" <i>{escape(status)}</i>" if status else ""),
        f'<q dir="auto">{escape(quotable(item.text))}</q>',
        f"condition: {escape(one_line(item.condition))}" if item.condition else "",
        due_html(item),
        "; ".join(steps),
    )


def due_html(item: Commitment) -> str:
    """ "due 2026-03-04 (“within 48 hours”)", "" where no time is told."""
    if not item.due:
        return ""
    told = quotable(item.due.text)
    if not item.due.start:
        return f"due “{escape(told)}”"
    return f"due {days(item.due)}" + (f" (“{escape(told)}”)" if told else "")


def commitments_html(view: View) -> str:
    """What was demanded, offered, promised, agreed, threatened and planned."""
    lines = (_commitment(view, item) for item in view.record.commitments)
    return _section("commitments", "Commitments", lines)


def _statement(view: View, item: Statement) -> str:
    words = " … ".join(quotable(view.words(piece)) for piece in item.content)
    outer = view.statements.get(item.parent or "")
    cue = view.words(item.cue) if item.cue else ""
    inside = f", as told by <em><bdi>{escape(view.speaker(outer))}</bdi></em>" if outer else ""
    return _line(
        item.id,
        "statement",
        f"<b><bdi>{escape(view.speaker(item))}</bdi></b> {escape(spoken(item, cue))}",
        f'<q dir="auto">{escape(words)}</q>',
        f"{escape(kind_words(item))}{inside}",
    )


def statements_html(view: View) -> str:
    """Who said what, and whether in his own words."""
    lines = (_statement(view, item) for item in view.record.statements)
    return _section("statements", "Statements", lines)


def _member(entity: Entity) -> str:
    times = f"{len(entity.mentions)}×"
    return _line(
        f"who-{entity.id}",
        "who",
        f"<b><bdi>{escape(entity.name)}</bdi></b> {times}",
        f'<span title="{escape(entity.code)}">{escape(stands_for(entity))}</span>',
    )


def cast_html(view: View) -> str:
    """Who is in the story and what each stands for."""
    return _section("who", "Who", (_member(entity) for entity in view.cast))


def doubts_html(view: View) -> str:
    """What was doubtful about the input."""
    lines = (
        f'<li class="note" title="{escape(note.code)}">{escape(note.message)}</li>'
        for note in view.record.story.notes
    )
    return _section("doubts", "Doubts", lines)
