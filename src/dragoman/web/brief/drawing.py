"""Small drawings in a brief, as SVG that takes its colours from the page: violations by day, acts by class, series."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

from dragoman.ledger.brief.parts import Actor, Dyad, Violation
from dragoman.ledger.plot import Frame, svg
from dragoman.web.brief.wording import violation

SERIES = Frame(width=440, height=180, bare=True)
WIDTH, HEIGHT, LEFT, RIGHT, BASE, TOP = 440, 120, 40, 8, 96, 12
BAR = 120, 10  # pixels of an actor's bar
_BINS = 60  # bars beside one another
_FEW = 3  # reports without a number that are drawn
_SIDES = 4  # sides with a colour of their own
UNTOLD = "side not told"


def series(dyad: Dyad) -> str:
    """The series of a pair."""
    rows = [
        {"start": step.start, "cooperation": step.cooperation, "conflict": step.conflict, "net": step.net,
         "events": step.events}
        for step in dyad.series
    ]  # fmt: skip
    return svg(rows, f"{dyad.name}, by {dyad.by}: cooperation and conflict", SERIES)


def sides_of(violations: Sequence[Violation]) -> list[str]:
    """The sides blamed, most often first, then those not told."""
    told = [", ".join(item.sides) or UNTOLD for item in violations if item.day and item.count != 0]
    return sorted(
        set(told), key=lambda side: (side == UNTOLD, -told.count(side), side)
    )[:_SIDES]  # fmt: skip


def violations(found: Sequence[Violation], name: str) -> str:
    """Bars by day (or by as many days as fit) and side; hollow where no number is told.

    "" where words tell as much: of one or two reports without a number.
    """
    dated = [item for item in found if item.day and item.count != 0]
    if len(dated) < _FEW and not any(item.count for item in dated):
        return ""
    days = [item.day for item in dated if item.day]
    first, last = min(days), max(days)
    size = max(1, -(-((last - first).days + 1) // _BINS))
    bins = (last - first).days // size + 1
    sides = sides_of(found)
    heights: dict[tuple[int, str], tuple[int, list[str]]] = {}
    for item in dated:
        assert item.day is not None
        side = ", ".join(item.sides) or UNTOLD
        key = ((item.day - first).days // size, side if side in sides else sides[-1])
        count, tips = heights.get(key, (0, []))
        heights[key] = (count + (item.count or 0), [*tips, violation(item)])
    top = max(max(count for count, _ in heights.values()), 1)
    step = (WIDTH - LEFT - RIGHT) / bins
    wide = min(step * 0.8, 40.0) / len(sides)
    shapes = [_axis(top)]
    for (place, side), (count, tips) in sorted(heights.items()):
        tall = max((BASE - TOP) * count / top, 6.0)
        x = LEFT + (place + 0.5) * step + (sides.index(side) - len(sides) / 2) * wide
        hollow = "" if count else " untold"
        shapes.append(
            f'<rect x="{x:.1f}" y="{BASE - tall:.1f}" width="{wide:.1f}" height="{tall:.1f}" '
            f'class="side-{sides.index(side)}{hollow}"><title>{escape("; ".join(tips))}</title></rect>'
        )
    shapes.append(_days(first, last, step, bins))
    what = f"violations of {name} by day and side" if size == 1 else f"violations of {name}, {size} days a bar"  # fmt: skip
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(what)}" font-family="sans-serif">{"".join(shapes)}</svg>'


def _axis(top: int) -> str:
    """The line below the bars, and the highest number."""
    return (
        f'<polyline points="{LEFT},{BASE} {WIDTH - RIGHT},{BASE}" fill="none" class="grid"/>'
        f'<text x="{LEFT - 6}" y="{TOP + 4}" font-size="12" text-anchor="end" class="axis">{top}</text>'
        f'<text x="{LEFT - 6}" y="{BASE + 4}" font-size="12" text-anchor="end" class="axis">0</text>'
    )


def _days(first: date, last: date, step: float, bins: int) -> str:
    """The first and the last day under the bars."""
    y, start = HEIGHT - 8, LEFT + 0.5 * step
    label = f'<text x="{max(start, LEFT + 30):.1f}" y="{y}" font-size="12" text-anchor="middle" class="axis">{first}</text>'
    if last - first < timedelta(days=1):
        return label
    end = LEFT + (bins - 0.5) * step
    return (
        label
        + f'<text x="{min(end, WIDTH - 34):.1f}" y="{y}" font-size="12" text-anchor="middle" class="axis">{last}</text>'
    )


def acts(actor: Actor, most: int) -> str:
    """What somebody did, by quad class, as long as his share of the most active's."""
    wide, high = BAR
    counts = (actor.verbal_cooperation, actor.material_cooperation, actor.verbal_conflict, actor.material_conflict)  # fmt: skip
    x, shapes = 0.0, []
    for quad, count in enumerate(counts, start=1):
        share = wide * count / max(most, 1)
        if share:
            shapes.append(f'<rect x="{x:.1f}" y="0" width="{share:.1f}" height="{high}" class="fill-{quad}"/>')  # fmt: skip
        x += share
    words = "{} verbal, {} material cooperation; {} verbal, {} material conflict".format(*counts)
    return f'<svg class="acts" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img" aria-label="{words}"><title>{words}</title>{"".join(shapes)}</svg>'
