"""A brief for the terminal: one page of plain lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import wrap

from dragoman.ledger.brief.parts import Brief, Undertaking
from dragoman.printing import without_controls
from dragoman.web.brief import wording
from dragoman.web.view import ARROW, UNNAMED

_SHOWN = 8  # lines of a section, fewer than the page has
_QUOTE = 110


def brief_text(brief: Brief, width: int = 100) -> str:
    """The lines of the brief, no wider than ``width`` columns; ids lead on with ``dragoman why``."""
    lines = [wording.title(brief), *_wrapped(" · ".join(wording.facts(brief)), width)]  # fmt: skip
    lines += _wrapped(wording.stale(brief), width)
    if not brief.stories:
        lines += ["", "No stories are in this ledger for what was asked."]
    else:
        lines += _tallies(brief)
        for title, found, more in _sections(brief, width):
            if found:
                lines += ["", title, *found, *([f"  {more}"] if more else [])]
    return without_controls("\n".join(lines)) + "\n"


def _wrapped(words: str, width: int, first: str = "", later: str = "") -> list[str]:
    return wrap(words, max(width, 40), initial_indent=first, subsequent_indent=later)


def _item(width: int, head: str, *below: str) -> list[str]:
    lines = _wrapped(head, width, "  ", "      ")
    for words in below:
        lines += _wrapped(words, width, "      ", "      ") if words else []
    return lines


def _tallies(brief: Brief) -> list[str]:
    wide = max(len(item.what) for item in brief.tallies)
    head = f"{'':{wide}}  {wording.last_days(brief):>12}  {'before':>8}"
    rows = (f"{item.what:{wide}}  {item.last:>12,}  {item.before:>8,}" for item in brief.tallies)
    return ["", head, *rows]


def _sections(brief: Brief, width: int) -> Iterator[tuple[str, list[str], str]]:
    """Title, lines and what is left out of each section."""

    def cut(found: Iterable[list[str]], more: int, command: str) -> tuple[list[str], str]:
        items = [*found]
        left = max(0, len(items) - _SHOWN) + more
        words = wording.more(left, "", command)
        return [line for item in items[:_SHOWN] for line in item], words

    left = brief.left_out
    yield "CHANGED", *cut(_changed(brief, width), left["changed"], "")
    yield "WHAT HAPPENED LAST", *cut(_happened(brief, width), left["happened"], "dragoman timeline")
    for group, found in groupby(brief.commitments, key=lambda item: item.group):
        more = left["commitments"] if group == "open" else 0
        yield wording.GROUPS[group].upper(), *cut((_undertaking(item, width) for item in found), more, "dragoman commitments")  # fmt: skip
    yield "AGREEMENTS", *cut(_agreed(brief, width), left["agreements"], "dragoman agreements")
    yield "CONTESTED", *cut(_contested(brief, width), left["contested"], "dragoman claims --contested")  # fmt: skip
    yield "WHO", *cut(_who(brief, width), 0, "dragoman actors")


def _changed(brief: Brief, width: int) -> Iterator[list[str]]:
    for item in brief.changed:
        told = wording.quoted(item.text, _QUOTE)
        yield _item(width, f"{item.day}  {item.what} {told}: {wording.change(item)}  [{item.id}]")


def _happened(brief: Brief, width: int) -> Iterator[list[str]]:
    for item in brief.happened:
        actors, recipients = wording.parties(item.actors, item.recipients)
        who = f"{actors} {ARROW} {recipients}" if recipients else actors
        contested = f"contested: denied by {wording.names(item.denied_by)}" if item.contested else ""  # fmt: skip
        place = f"in {wording.clipped(item.place)}" if item.place else ""
        told = [part for part in (f"{wording.label(item)} {who}", item.toll, place, contested) if part]  # fmt: skip
        head = f"{item.when}  {', '.join(told)}  [{item.id}]"
        words = wording.words_of(item.evidence, _QUOTE)
        yield _item(width, head, words, wording.said(item))


def _undertaking(item: Undertaking, width: int) -> list[str]:
    by, to = wording.names(item.by, UNNAMED), wording.names(item.to)
    who = f"{by} {ARROW} {to}" if to else by
    told = [part for part in (f"{item.kind} {who}", wording.due(item), wording.status(item)) if part]  # fmt: skip
    head = f"{item.day or 'day not told'}  {', '.join(told)}  [{item.id}]"
    condition = f"condition: {wording.quoted(item.condition)}" if item.condition else ""
    return _item(width, head, wording.quoted(item.text, _QUOTE), condition)


def _agreed(brief: Brief, width: int) -> Iterator[list[str]]:
    for item in brief.agreements:
        head = f"{wording.clipped(item.name, wording.TITLE)}: {wording.agreed_status(item)}  [{item.id}]"
        last = wording.violation(item.violations[-1]) if item.violations else ""
        reports = wording.counted(
            len(item.violations), "report of a violation", "reports of violations"
        )
        told = f"; {reports}, the last {last}" if last else ""
        yield _item(width, head, wording.agreed_days(item) + told)


def _contested(brief: Brief, width: int) -> Iterator[list[str]]:
    for item in brief.contested:
        one, two = wording.parted(item.asserted_by, item.denied_by)
        words = wording.quoted(wording.claim_words(item), _QUOTE)
        sides = f"asserted by {wording.names(one)}; denied by {wording.names(two)}"
        yield _item(width, f"{item.day or 'day not told'}  {words}  [{item.id}]", sides)


def _who(brief: Brief, width: int) -> Iterator[list[str]]:
    for item in brief.actors:
        cooperation = item.verbal_cooperation + item.material_cooperation
        conflict = item.verbal_conflict + item.material_conflict
        yield _item(
            width,
            f"{wording.clipped(item.name)}: {wording.counted(cooperation, 'act')} of cooperation, {conflict:,} of conflict; "
            f"{item.lately:,} in the {wording.last_days(brief)}; acted on {item.receives:,}",
        )
