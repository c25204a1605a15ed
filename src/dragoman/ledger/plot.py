"""A series of cooperation and conflict as an SVG file or in the terminal; nothing but text is needed."""

from __future__ import annotations

from datetime import date
from html import escape

from dragoman.ledger.scope import Table

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 960, 360, 56, 16, 44, 36
COOPERATION, CONFLICT, NET = "#1b7837", "#b2182b", "#222222"
_BLOCKS = " ▁▂▃▄▅▆▇█"


def svg(series: Table, title: str) -> str:
    """Bars upward for cooperation, downward for conflict, and a line for their difference."""
    top = max([row["cooperation"] for row in series] + [1.0])
    low = max([row["conflict"] for row in series] + [1.0])
    inner = HEIGHT - TOP - BOTTOM
    scale = inner / (top + low)
    zero = TOP + top * scale
    step = (WIDTH - LEFT - RIGHT) / max(len(series), 1)
    bar = max(step * 0.8, 0.5)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(title)}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="18" font-size="15" font-weight="bold">{escape(title)}</text>',
        f'<text x="{LEFT}" y="34" fill="{COOPERATION}">cooperation</text>'
        f'<text x="{LEFT + 90}" y="34" fill="{CONFLICT}">conflict</text>'
        f'<text x="{LEFT + 155}" y="34" fill="{NET}">— net (sums of absolute scores)</text>',
    ]
    for value in _ticks(top, low):
        y = zero - value * scale
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#dddddd"/>'
        )
        parts.append(
            f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="#555555">{value:g}</text>'
        )
    line = []
    for number, row in enumerate(series):
        x = LEFT + number * step + (step - bar) / 2
        up, down = row["cooperation"] * scale, row["conflict"] * scale
        tip = f"<title>{row['start']}: cooperation {row['cooperation']:g}, conflict {row['conflict']:g}, {row['events']} events</title>"
        if up:
            parts.append(
                f'<rect x="{x:.1f}" y="{zero - up:.1f}" width="{bar:.1f}" height="{up:.1f}" fill="{COOPERATION}">{tip}</rect>'
            )
        if down:
            parts.append(
                f'<rect x="{x:.1f}" y="{zero:.1f}" width="{bar:.1f}" height="{down:.1f}" fill="{CONFLICT}">{tip}</rect>'
            )
        line.append(f"{x + bar / 2:.1f},{zero - row['net'] * scale:.1f}")
    parts.append(
        f'<polyline points="{" ".join(line)}" fill="none" stroke="{NET}" stroke-width="1.5"/>'
    )
    parts += [
        f'<text x="{LEFT + number * step + step / 2:.1f}" y="{HEIGHT - 12}" text-anchor="middle" fill="#555555">{label}</text>'
        for number, label in _labels(series, step)
    ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _ticks(top: float, low: float) -> list[float]:
    """Round values above and below zero, about six in all."""
    raw = (top + low) / 6
    size = next(s * 10**e for e in range(-3, 12) for s in (1, 2, 5) if s * 10**e >= raw)
    return [n * size for n in range(-int(low / size), int(top / size) + 1)]


def _labels(series: Table, step: float) -> list[tuple[int, str]]:
    """Days under the bars, not nearer than 80 pixels."""
    every = max(1, int(80 / step) + 1)
    return [(number, str(row["start"])) for number, row in enumerate(series) if number % every == 0]


def terminal(series: Table, title: str, width: int = 100) -> str:
    """Two rows of blocks: cooperation above, conflict below; steps are joined to fit the width."""
    if not series:
        return f"{title}: no events\n"
    size = max(1, -(-len(series) // max(20, width - 16)))
    parts = [series[i : i + size] for i in range(0, len(series), size)]
    up = [sum(row["cooperation"] for row in part) for part in parts]
    down = [sum(row["conflict"] for row in part) for part in parts]
    peak = max([*up, *down, 1.0])
    first: date = series[0]["start"]
    last: date = series[-1]["start"]
    return (
        f"{title}\ncooperation  {_bars(up, peak)}\nconflict     {_bars(down, peak)}\n"
        f"             {first}{' ' * max(1, len(parts) - 20)}{last}   one mark: {size} step{'s' if size > 1 else ''}, "
        f"highest {peak:g}\n"
    )


def _bars(values: list[float], peak: float) -> str:
    return "".join(
        _BLOCKS[0 if value == 0 else max(1, round(value / peak * 8))] for value in values
    )
