"""A brief as one self-contained web page: it loads nothing, and every line opens to the words behind it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby

from dragoman.ledger.brief.parts import Actor, Brief
from dragoman.version import __version__
from dragoman.web.brief import wording
from dragoman.web.brief.drawing import acts, series
from dragoman.web.brief.lines import (
    agreed_html,
    change_html,
    contested_html,
    happened_html,
    next_html,
    report_html,
    tallies_html,
    undertaking_html,
)
from dragoman.web.page import asset, policy
from dragoman.web.words import QUADS


def render(brief: Brief) -> str:
    """The page as HTML text."""
    style, script = asset("page.css") + asset("brief.css"), asset("brief.js")
    title = wording.title(brief)
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            policy(style, script),
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)} — Dragoman</title>",
            f'<style>{style}</style></head><body class="brief">',
            _header(brief),
            _glance(brief),
            "<main><div>",
            _happened(brief),
            _contested(brief),
            "</div><div>",
            _undertakings(brief),
            _agreements(brief),
            "</div></main>",
            f'<div class="wide">{_who(brief)}{_dyads(brief)}{_reports(brief)}</div>',
            f"<footer>Written by Dragoman {__version__} from {escape(brief.ledger)}. What stands here is what stories say; "
            "a line opens to their words.</footer>",
            f"<script>{script}</script>",
            "</body></html>",
        ]
    )


def _header(brief: Brief) -> str:
    facts = " · ".join(f"<span>{escape(item)}</span>" for item in wording.facts(brief))
    old = wording.stale(brief)
    warning = f'<p class="stale">{escape(old)}</p>' if old else ""
    return (
        f'<header><h1 dir="auto">{escape(wording.title(brief))}</h1><p class="facts">{facts}</p>'
        f"{warning}{_menu(brief)}</header>"
    )


def _menu(brief: Brief) -> str:
    """Ways to the parts of the page that it has, and what opens all lines (with scripts alone)."""
    parts = (
        ("happened", "What happened", brief.happened), ("contested", "Contested", brief.contested),
        ("commitments", "Demands and promises", brief.commitments), ("agreements", "Agreements", brief.agreements),
        ("who", "Who", brief.actors), ("series", "Series", brief.dyads), ("stories", "Stories", brief.reports),
    )  # fmt: skip
    links = "".join(f'<a href="#{key}">{name}</a>' for key, name, found in parts if found)
    button = '<button type="button" id="all" hidden aria-pressed="false">Open every line</button>'
    return f'<nav aria-label="Parts of the page">{links}{button}</nav>'


def _glance(brief: Brief) -> str:
    """What changed in the last days, as against those before."""
    if not brief.stories:
        return '<section id="glance"><div><p class="none">No stories are in this ledger for what was asked.</p></div></section>'
    shown = {
        *(item.id for item in brief.commitments), *(item.id for item in brief.agreements),
        *(item.id for item in brief.contested),
    }  # fmt: skip
    lines = "".join(change_html(item, shown) for item in brief.changed)
    more = wording.more(brief.left_out["changed"], "")
    nothing = '<p class="none">No commitment, agreement or dispute is known to have changed.</p>'
    changed = f"<ul>{lines}</ul>" + (f'<p class="none">{more}</p>' if more else "") if lines else nothing  # fmt: skip
    title = f"The {wording.last_days(brief)}, {wording.days_of(brief.last)}"
    return (
        f'<section id="glance" aria-labelledby="glance-title"><h2 id="glance-title">{title}</h2>'
        f'<div class="lately">{tallies_html(brief)}<div><h3>Changed</h3>{changed}{_next(brief)}</div></div></section>'
    )


def _next(brief: Brief) -> str:
    """What is due first."""
    lines = "".join(map(next_html, wording.next_due(brief)))
    return f"<h3>Due next</h3><ul>{lines}</ul>" if lines else ""


def _section(key: str, title: str, body: str, more: str = "", note: str = "") -> str:
    after = f'<p class="none">{escape(more)}</p>' if more else ""
    before = f'<p class="none">{escape(note)}</p>' if note else ""
    return f'<section id="{key}" class="record"><h2>{escape(title)}</h2>{before}{body}{after}</section>'


def _list(lines: Iterable[str]) -> str:
    return f"<ol>{''.join(lines)}</ol>"


def _happened(brief: Brief) -> str:
    """The newest days, the newest first and its gravest events first."""
    if not brief.happened:
        return _section("happened", "What happened last", '<p class="none">No event of a known day is told.</p>')  # fmt: skip
    days = (
        f"<h3>{wording.weekday(day)}</h3>{_list(map(happened_html, lines))}"
        for day, lines in groupby(brief.happened, key=lambda item: item.day)
    )
    more = wording.more(brief.left_out["happened"], "events of these days", "dragoman timeline")
    return _section("happened", "What happened last", "".join(days), more)


def _contested(brief: Brief) -> str:
    if not brief.contested:
        return ""
    more = wording.more(brief.left_out["contested"], "", "dragoman claims --contested")
    return _section("contested", "Contested", _list(map(contested_html, brief.contested)), more)


def _undertakings(brief: Brief) -> str:
    """Commitments by why they are told: due, overdue, changed, open."""
    if not brief.commitments:
        return ""
    parts = (
        f"<h3>{wording.GROUPS[group]}</h3>{_list(map(undertaking_html, lines))}"
        for group, lines in groupby(brief.commitments, key=lambda item: item.group)
    )
    open_ = ", ".join(wording.counted(count, kind) for kind, count in brief.open.items())
    more = wording.more(brief.left_out["commitments"], "open", "dragoman commitments --status open")
    return _section("commitments", "Demands, offers, promises, threats", "".join(parts), more, f"Open: {open_}" if open_ else "")  # fmt: skip


def _agreements(brief: Brief) -> str:
    if not brief.agreements:
        return ""
    more = wording.more(brief.left_out["agreements"], "", "dragoman agreements")
    return _section("agreements", "Agreements and ceasefires", _list(map(agreed_html, brief.agreements)), more)  # fmt: skip


def _who(brief: Brief) -> str:
    """The main actors, how much each did and had done to him."""
    if not brief.actors:
        return ""
    most = max(item.acts for item in brief.actors)
    rows = "".join(_actor(item, most) for item in brief.actors)
    keys = "".join(f'<li class="fill-{quad}">{name}</li>' for quad, name in QUADS.items())
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Who", "Acts", wording.last_days(brief), "Acted on", "Acts by class"))  # fmt: skip
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return _section("who", "Main actors", f'{table}<ul class="legend">{keys}</ul>')


def _actor(item: Actor, most: int) -> str:
    return (
        f'<tr><th scope="row"><bdi>{escape(wording.clipped(item.name))}</bdi></th><td>{item.acts:,}</td>'
        f"<td>{item.lately:,}</td><td>{item.receives:,}</td><td>{acts(item, most)}</td></tr>"
    )


def _dyads(brief: Brief) -> str:
    if not brief.dyads:
        return ""
    figures = "".join(
        f"<figure>{series(item)}<figcaption><bdi>{escape(item.name)}</bdi>, by {item.by}: "
        f"{wording.counted(item.events, 'event')}</figcaption></figure>"
        for item in brief.dyads
    )
    legend = '<ul class="legend"><li class="up">cooperation</li><li class="down">conflict</li><li class="net">net, where events are told</li></ul>'
    note = "Sums of the scores of what was done: cooperation upward, conflict downward."
    return _section(
        "series", "Who and whom", f'<div class="figures">{figures}</div>{legend}', note=note
    )


def _reports(brief: Brief) -> str:
    if not brief.reports:
        return ""
    more = wording.more(brief.left_out["reports"], "")
    lines = "".join(map(report_html, brief.reports))
    return _section("stories", f"Stories ({brief.stories:,})", f'<ul class="stories">{lines}</ul>', more)  # fmt: skip
