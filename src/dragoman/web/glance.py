"""What a desk asks first, above the story: harm, agreements, disputes, deadlines, how much of what."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from html import escape
from textwrap import shorten

from dragoman.model import Claim, Commitment, Event, When
from dragoman.web.lines import due_html, isolated, label_html, name_html, parties_html, said_html
from dragoman.web.terminal import count_words
from dragoman.web.view import UNDONE, View, quotable
from dragoman.web.words import QUADS, status_words

SHOWN = 5  # lines of a group; the rest is a link away
WORDS = 90  # characters of a quotation
SOON = 7  # days after the report
LONGEST_ACRONYM = 6  # letters; longer capitals are a heading's
SETTLED = frozenset({"met", "refused", "withdrawn", "lapsed"})
QUAD_ORDER = (4, 3, 2, 1)  # the gravest first


def glance_html(view: View) -> str:
    """The groups that have anything to tell, each line a link to its place on the page."""
    commitments = view.record.commitments
    agreements = [item for item in commitments if item.kind == "agreement"]
    deadlines = _deadlines(commitments)
    groups = (
        _group("Killed or hurt", "events", (_harm(view, item) for item in view.harmful)),
        _group("Agreements", "commitments", (_agreement(view, item) for item in agreements)),
        _group("Contested", "contested", (_claim(view, item) for item in view.contested)),
        _group("Deadlines", "commitments", (_deadline(view, item) for item in deadlines)),
        _group("Events", "events", _quads(view)),
    )
    body = "".join(groups)
    title = '<h2 id="glance-title">At a glance</h2>'
    return f'<section id="glance" aria-labelledby="glance-title">{title}<div>{body}</div></section>' if body else ""  # fmt: skip


def _group(title: str, section: str, lines: Iterable[str]) -> str:
    """A heading and its first lines; "" where there are none."""
    found = [f"<li>{line}</li>" for line in lines]
    if not found:
        return ""
    more = len(found) - SHOWN
    if more > 0:
        found[SHOWN:] = [f'<li><a href="#{section}">and {more} more</a></li>']
    return f"<div><h3>{title}</h3><ul>{''.join(found)}</ul></div>"


def _link(key: str, words: str) -> str:
    return f'<a href="#line-{escape(key)}">{words}</a>'


def _quoted(words: str) -> str:
    """The beginning of a quotation; its marks are closed again where it is cut."""
    return f"“{escape(quotable(shorten(words, WORDS, placeholder=' …')))}”"


def _harm(view: View, event: Event) -> str:
    """ "at least 3 dead, 11 injured: ASSAULT … said by Chad, contested"."""
    said = said_html(view, event)
    contested = any(claim.event == event.id for claim in view.contested)
    counts = ", ".join(count_words(event))
    told = [f"said by {said}" if said else "", "contested" if contested else ""]
    after = ", ".join(item for item in told if item)
    line = f"{label_html(event)} {parties_html(*view.sides(event))}"
    return f"{_link(event.id, escape(counts))}: {line}" + (f", {after}" if after else "")


def _agreement(view: View, item: Commitment) -> str:
    """ "ceasefire (Sudan, Chad): disputed; violated, says Sudan"."""
    left, _ = view.commitment_sides(item)
    name = item.name or quotable(item.text)
    name = name.lower() if name.isupper() and len(name) > LONGEST_ACRONYM else name
    what = _link(item.id, f"<bdi>{escape(name)}</bdi>")
    parties = f" ({isolated(left.names)})" if left.names else ""
    said = next((said for step, said in reversed(view.steps(item)) if said), "")
    by = f"{_last_told(item)}, says <bdi>{escape(said)}</bdi>" if said else ""
    return f"{what}{parties}: <b>{escape(status_words(item))}</b>{by}"


def _last_told(item: Commitment) -> str:
    """ "; violated": the last status that somebody told, where it is not the agreement's own."""
    told = [step.status for step in item.history if step.statement]
    return f"; {escape(told[-1].replace('-', ' '))}" if told and told[-1] != item.status else ""


def _claim(view: View, claim: Claim) -> str:
    asserted, denied = view.name_list(claim.asserted_by), view.name_list(claim.denied_by)
    link = _link(claim.id, _quoted(claim.text))
    return f"{link}: asserted by {isolated(asserted)}, denied by {isolated(denied)}"


def _deadlines(commitments: Iterable[Commitment]) -> list[Commitment]:
    """What is open and has a time, the nearest first; those with no known day last."""
    due = [item for item in commitments if item.due and item.status not in SETTLED]
    return sorted(due, key=lambda item: (item.due.end if item.due else "") or "9999")


def _deadline(view: View, item: Commitment) -> str:
    """ "due 2026-03-04 (“within 48 hours”), 1 day after the report: threat by Chad → Sudan: “…”"."""
    due, after = due_html(item), _after(view.record.story.published, item.due)
    who = name_html(view, item)
    told = f"{_link(item.id, due)}{after}: {escape(item.kind)} by {who}"
    return f"{told}: {_quoted(item.text)}" if item.text != item.name else told


def _after(published: str | None, due: When | None) -> str:
    """How soon after the report the time is up; bold within the week."""
    if not published or not due or not due.end:
        return ""
    left = (datetime.date.fromisoformat(due.end) - datetime.date.fromisoformat(published)).days
    if left < 0:
        return ", past when it was reported"
    if left == 0:
        return ", <b>the day of the report</b>"
    told = f"{left} day{'s' if left > 1 else ''} after the report"
    return f", <b>{told}</b>" if left <= SOON else f", {told}"


def _quads(view: View) -> Iterable[str]:
    """ "2 material conflict: ASSAULT 1, COERCE 1; 1 of them not done or still to come"."""
    for quad in QUAD_ORDER:
        events = [event for event in view.events if event.quad == quad]
        if not events:
            continue
        types = Counter(event.type for event in events).most_common()
        open_ = sum(bool(UNDONE & set(event.aux)) for event in events)
        aside = f"; {open_} of them hypothetical, denied or still to come" if open_ else ""
        mark = f'<span class="trigger quad-{quad}">{QUADS[quad]}</span> {len(events)}'
        told = ", ".join(f"{escape(name)} {count}" for name, count in types)
        yield f"{_link(events[0].id, mark)}: {told}{aside}"
