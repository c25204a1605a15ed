"""The lines of a brief as HTML, each of which opens to the words behind it. Everything that stories say is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from dragoman.ledger.brief.parts import (
    Agreed,
    Brief,
    Change,
    Contested,
    Evidence,
    Happened,
    Report,
    Undertaking,
)
from dragoman.web.brief import wording
from dragoman.web.brief.drawing import sides_of, violations
from dragoman.web.view import ARROW, UNNAMED
from dragoman.web.words import mode_name

_VIOLATIONS = 5  # the last reports of violations that are told in words


def isolated(names: Sequence[str], nobody: str = "") -> str:
    """Names joined by commas, each of which keeps its own direction of writing; long lists are cut."""
    shown, more = wording.some_names(names)
    told = ", ".join(f"<bdi>{escape(name)}</bdi>" for name in shown)
    return told + (f" and {more} more" if more else "") if shown else nobody


def address(url: str | None, words: str) -> str:
    """A link, where the address is one of the web; the words alone otherwise."""
    if url and url.lower().startswith(("http://", "https://")):
        return f'<a href="{escape(url)}" rel="noopener noreferrer nofollow">{words}</a>'
    return words


def line(key: str, classes: str, head: str, details: Iterable[str], evidence: str) -> str:
    """One line; what is behind it is folded away."""
    small = "".join(f"<small>{item}</small>" for item in details if item)
    name = escape(key)
    return (
        f'<li id="{name}" class="{classes}"><details><summary>{head}{small}</summary>'
        f'<div class="why">{evidence}<p class="id">dragoman why <code>{name}</code></p></div></details></li>'
    )


def evidence_html(found: Sequence[Evidence], left_out: int) -> str:
    """The sentences behind a line, with story, publisher, day, who says so, how surely and by which rule."""
    told = "".join(map(_evidence, found)) or "<li>no words are kept</li>"
    more = wording.more(left_out, "stories" if left_out > 1 else "story")
    return f"<ol>{told}</ol>" + (f'<p class="id">{more}</p>' if more else "")


def _evidence(item: Evidence) -> str:
    where = wording.source(item)
    title = address(item.url, f"<bdi>{escape(where[0])}</bdi>")
    rest = " · ".join(f"<bdi>{escape(part)}</bdi>" for part in where[1:])
    facts = [f"<bdi>{escape(part)}</bdi>" for part in wording.sure(item)]
    if item.rule:
        facts.append(f"rule <code>{escape(item.rule)}</code>" if item.coder != "model" else "found by the model")  # fmt: skip
    return (
        f'<li><q dir="auto">{_marked(item)}</q><small>{title} · {rest}</small>'
        f"<small>{' · '.join(facts)}</small></li>"
    )


def _marked(item: Evidence) -> str:
    if item.start is None or item.end is None:
        return escape(item.sentence)
    start, end = item.start, item.end
    words = item.sentence
    return f"{escape(words[:start])}<mark>{escape(words[start:end])}</mark>{escape(words[end:])}"


def happened_html(item: Happened) -> str:
    """An event: what, who to whom, how many, where, by whose word."""
    mode = mode_name(item.type, item.mode)
    label = f"<b>{escape(item.type)}</b>" + (f" ({escape(mode)})" if mode else "")
    right = isolated(item.recipients)
    who = isolated(item.actors, UNNAMED) + (f" {ARROW} {right}" if right else "")
    toll = f'<strong class="toll">{escape(item.toll)}</strong>' if item.toll else ""
    place = f"in <bdi>{escape(wording.clipped(item.place))}</bdi>" if item.place else ""
    denied = ""
    if item.contested:
        by = f": denied by {isolated(item.denied_by)}" if item.denied_by else ""
        denied = f'<span class="contested">contested{by}</span>'
    head = ", ".join(part for part in (f"{label} {who}", toll, place, denied) if part)
    voice = f"says {isolated(item.said_by)}" if item.said_by else "in the story’s own voice"
    told = escape(wording.said(item).rpartition("; ")[2])
    by_day = f"{escape(item.when)} · " if item.when != str(item.day) else ""
    words = escape(wording.words_of(item.evidence))
    return line(
        item.id, f"event quad-{item.quad}", f'<span class="head">{head}</span>',
        (f'<span class="words" dir="auto">{words}</span>', f"{by_day}{voice} · {told} · {item.confidence:.0%} sure"),
        evidence_html(item.evidence, item.evidence_left_out),
    )  # fmt: skip


def undertaking_html(item: Undertaking) -> str:
    """A demand, offer, promise, threat or plan, when it is due and how it stands."""
    right = isolated(item.to)
    who = isolated(item.by, UNNAMED) + (f" {ARROW} {right}" if right else "")
    state, due = wording.status(item), wording.due(item)
    late = item.group == "overdue" or (item.days_left or 0) < 0
    chip = "late" if late else "soon" if wording.is_soon(item) else "day"
    told = [f'<span class="{chip}">{escape(due)}</span>' if due else "", f"<i>{escape(state)}</i>" if state else ""]  # fmt: skip
    head = f"<b>{escape(item.kind)}</b> {who}" + "".join(f", {part}" for part in told if part)
    facts = [
        f"made {item.day}" if item.day else "day not told",
        f"condition: <bdi>{escape(wording.quoted(item.condition))}</bdi>" if item.condition else "",
        f"since {item.status_since}" if state and item.status_since else "",
        wording.counted(item.stories, "story", "stories"),
    ]
    return line(
        item.id, f"commitment {item.group}", f'<span class="head">{head}</span>',
        (f'<span class="words" dir="auto">{escape(wording.quoted(item.text))}</span>', " · ".join(filter(None, facts))),
        evidence_html(item.evidence, item.evidence_left_out),
    )  # fmt: skip


def agreed_html(item: Agreed) -> str:
    """An agreement, whether it holds, and its violations by day and side."""
    who = f" ({isolated(item.parties)})" if item.parties else ""
    alive = "broken" if item.status in ("violated", "withdrawn", "disputed") else "held"
    head = (
        f'<b><bdi>{escape(wording.clipped(item.name, wording.TITLE))}</bdi></b>{who}: <span class="{alive}">'
        f"<bdi>{escape(wording.agreed_status(item))}</bdi></span>"
    )
    chart = violations(item.violations, item.name)
    told = line(
        item.id, "agreement", f'<span class="head">{head}</span>', (escape(wording.agreed_days(item)),),
        evidence_html(item.evidence, item.evidence_left_out),
    )  # fmt: skip
    if not item.violations:
        return told
    legend = "".join(
        f'<li class="side-{place}"><bdi>{escape(side)}</bdi></li>'
        for place, side in enumerate(sides_of(item.violations))
    )
    last = "".join(f"<li>{escape(wording.violation(one))}</li>" for one in item.violations[-_VIOLATIONS:])  # fmt: skip
    before = wording.more(len(item.violations) - _VIOLATIONS, "before") if len(item.violations) > _VIOLATIONS else ""  # fmt: skip
    figure = f'<figure>{chart}<figcaption>Violations as told; hollow: no number told<ul class="legend">{legend}</ul></figcaption></figure>' if chart else ""  # fmt: skip
    after = f'{figure}<ul class="told">{last}</ul>' + (f"<small>{before}</small>" if before else "")
    return told.removesuffix("</li>") + f"{after}</li>"


def contested_html(item: Contested) -> str:
    """A contested claim: what, who asserts, who denies."""
    one, two = wording.parted(item.asserted_by, item.denied_by)
    words = (
        f'<span class="words" dir="auto">{escape(wording.quoted(wording.claim_words(item)))}</span>'
    )
    sides = f"asserted by {isolated(one)}; <b>denied by {isolated(two)}</b>"
    facts = [
        str(item.day or "day not told"), wording.counted(item.stories, "story", "stories"),
        f"{item.confidence:.0%} sure" if item.confidence is not None else "",
    ]  # fmt: skip
    return line(
        item.id, "claim", f'<span class="head">{words}</span>', (sides, " · ".join(filter(None, facts))),
        evidence_html(item.evidence, item.evidence_left_out),
    )  # fmt: skip


def change_html(item: Change, shown: set[str]) -> str:
    """What changed, with a way to its line where that is on the page."""
    words = f'<bdi>{escape(wording.quoted(item.text, 110))}</bdi>'  # fmt: skip
    kind = "" if item.what in ("claim", "agreement", "ceasefire") else f"{escape(item.what)} "
    what = f'<a href="#{escape(item.id)}">{words}</a>' if item.id in shown else words
    return (
        f"<li><time>{item.day}</time> {kind}{what}: <bdi>{escape(wording.change(item))}</bdi></li>"
    )


def next_html(item: Undertaking) -> str:
    """What is due: day, whose, what, with a way to its line."""
    words = f"<bdi>{escape(wording.quoted(item.text, 110))}</bdi>"
    chip = "soon" if wording.is_soon(item) else "day"
    due = wording.due(item).removeprefix("due ")
    return (
        f'<li><span class="{chip}">{escape(due)}</span>: {escape(item.kind)} by {isolated(item.by, UNNAMED)}: '
        f'<a href="#{escape(item.id)}">{words}</a></li>'
    )


def report_html(item: Report) -> str:
    """A story: day, publisher, title."""
    title = address(item.url, f"<bdi>{escape(wording.cut(item.title, wording.LONG_TITLE))}</bdi>")
    publisher = f" · <bdi>{escape(wording.clipped(item.publisher))}</bdi>" if item.publisher else ""
    return f"<li><time>{item.published or 'no date'}</time> {title}{publisher}</li>"


def tallies_html(brief: Brief) -> str:
    """How much of what in the last days, and in as many before."""
    rows = "".join(
        f'<tr><th scope="row">{escape(item.what)}</th><td>{item.last:,}</td><td>{item.before:,}</td></tr>'
        for item in brief.tallies
    )
    return (
        f'<table><thead><tr><td></td><th scope="col" title="{wording.days_of(brief.last)}">{wording.last_days(brief)}</th>'
        f'<th scope="col" title="{wording.days_of(brief.before)}">the {brief.days} before</th></tr></thead><tbody>{rows}</tbody></table>'
    )
