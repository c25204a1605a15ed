"""A series of cooperation and conflict as an SVG or PNG file or in the terminal; no drawing library is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil
from pathlib import Path
from typing import Any

from dragoman.errors import UsageError

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 960, 380, 56, 16, 66, 36
COOPERATION, CONFLICT, NET, GRID, GREY = "#1b7837", "#b2182b", "#222222", "#dddddd", "#555555"
_DAY_WIDTH = 80  # pixels that a day takes under the bars
_THIN = 6  # pixels: narrower bars would vanish under a full line
_WIDE = 60  # pixels: no bar is wider, however few there are
_BLOCKS = " ▁▂▃▄▅▆▇█"


@dataclass(frozen=True)
class Box:
    """A filled rectangle; ``x``, ``y`` is its upper left corner. All lengths are in pixels."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    tip: str = ""


@dataclass(frozen=True)
class Line:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float = 1.0


@dataclass(frozen=True)
class Label:
    """Words; ``x`` is their left end, middle or right end (``anchor``: start, middle, end), ``y`` their base."""

    x: float
    y: float
    text: str
    colour: str = GREY
    anchor: str = "start"
    size: int = 12


Shape = Box | Line | Label
Rows = Sequence[dict[str, Any]]  # steps of a series, as ``Ledger.index`` gives them


@dataclass(frozen=True)
class Frame:
    """The size of a chart in pixels; a ``bare`` one has no ground, title and legend, which stand on a page round it."""

    width: int = WIDTH
    height: int = HEIGHT
    bare: bool = False

    @property
    def top(self) -> int:
        """Where the highest bar may end."""
        return 10 if self.bare else TOP


FULL = Frame()
# What a page calls the colours of a chart that stands in it, for its own light and dark.
_CLASSES = {COOPERATION: "up", CONFLICT: "down", NET: "net", GRID: "grid", GREY: "axis"}


def write_plot(series: Rows, title: str, path: Path) -> None:
    """Draw into a file; its ending says how.

    Raises:
        UsageError: it is neither .svg nor .png.
    """
    ending = path.suffix.lower()
    if ending == ".svg":
        path.write_text(svg(series, title), encoding="utf-8")
    elif ending == ".png":
        from dragoman.ledger.plot_png import png

        path.write_bytes(png(chart(series, title), WIDTH, HEIGHT))
    else:
        raise UsageError(f"{path}: a plot is an .svg or a .png file, or - for the terminal")


def chart(series: Rows, title: str, frame: Frame = FULL) -> list[Shape]:
    """Bars upward for cooperation, downward for conflict, and a line for their difference."""
    shapes: list[Shape] = []
    if not frame.bare:
        shapes.append(Box(0, 0, frame.width, frame.height, "#ffffff"))
        shapes.append(Label(LEFT, 18, title, "#000000", size=15))
    if not any(row["events"] for row in series):
        middle = Label(frame.width / 2, frame.height / 2, "no events", anchor="middle")
        return [*shapes, middle]
    ticks = _ticks(
        max(row["cooperation"] for row in series), max(row["conflict"] for row in series)
    )
    scale = (frame.height - frame.top - BOTTOM) / (ticks[-1] - ticks[0])
    zero = frame.top + ticks[-1] * scale
    step = (frame.width - LEFT - RIGHT) / len(series)
    shapes += () if frame.bare else _legend()
    for value in ticks:
        y = zero - value * scale
        shapes.append(Line(((LEFT, y), (frame.width - RIGHT, y)), GRID))
        shapes.append(Label(LEFT - 6, y + 4, f"{value:g}", anchor="end"))
    shapes += _bars(series, step, scale, zero)
    shapes += _net(series, step, scale, zero)
    shapes += _labels(series, step, frame)
    return shapes


def _legend() -> Iterator[Label]:
    yield Label(LEFT, 36, "cooperation", COOPERATION)
    yield Label(LEFT + 90, 36, "conflict", CONFLICT)
    yield Label(LEFT + 155, 36, "— net, where events are told", NET)
    yield Label(8, 56, "sums of scores, conflict below 0")


def _net(series: Rows, step: float, scale: float, zero: float) -> Iterator[Line]:
    """The difference, a line of its own for every run of steps in which something was told."""
    points: list[tuple[float, float]] = []
    width = 1.5 if step > _THIN else 0.7
    for number, row in enumerate([*series, {"events": 0}]):
        if row["events"]:
            points.append((LEFT + (number + 0.5) * step, zero - row["net"] * scale))
        elif points:
            if len(points) == 1:  # a step alone has no line: a mark as wide as its bar
                x, y = points[0]
                half = max(_bar_width(step), _THIN) / 2
                points = [(x - half, y), (x + half, y)]
            yield Line(tuple(points), NET, width)
            points = []


def _bar_width(step: float) -> float:
    return min(max(step * 0.8, 0.5), _WIDE)


def _bars(series: Rows, step: float, scale: float, zero: float) -> Iterator[Box]:
    bar = _bar_width(step)
    for number, row in enumerate(series):
        x = LEFT + number * step + (step - bar) / 2
        up, down = row["cooperation"] * scale, row["conflict"] * scale
        tip = (
            f"{row['start']}: cooperation {row['cooperation']:g}, conflict {row['conflict']:g}, "
            f"{row['events']} events"
        )
        if up:
            yield Box(x, zero - up, bar, up, COOPERATION, tip)
        if down:
            yield Box(x, zero, bar, down, CONFLICT, tip)


def svg(series: Rows, title: str, frame: Frame = FULL) -> str:
    """The chart as an SVG document; bars show their figures when pointed at.

    A bare one is to stand in a page, which gives the colours: ``up``, ``down``, ``net``, ``grid`` and ``axis``.
    """
    space = "" if frame.bare else ' xmlns="http://www.w3.org/2000/svg"'
    head = (
        f'<svg{space} viewBox="0 0 {frame.width} {frame.height}" role="img" '
        f'aria-label="{escape(title)}" font-family="sans-serif">'
    )
    shapes = (_as_svg(shape, frame.bare) for shape in chart(series, title, frame))
    return "\n".join([head, *shapes, "</svg>"]) + "\n"


def _colour(shape: Shape, bare: bool, what: str) -> str:
    return f'class="{_CLASSES[shape.colour]}"' if bare else f'{what}="{shape.colour}"'


def _as_svg(shape: Shape, bare: bool = False) -> str:
    if isinstance(shape, Box):
        tip = f"<title>{escape(shape.tip)}</title>" if shape.tip else ""
        return (
            f'<rect x="{shape.x:.1f}" y="{shape.y:.1f}" width="{shape.width:.1f}" height="{shape.height:.1f}" '
            f"{_colour(shape, bare, 'fill')}>{tip}</rect>"
        )
    if isinstance(shape, Line):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.points)
        return (
            f'<polyline points="{points}" fill="none" {_colour(shape, bare, "stroke")} '
            f'stroke-width="{shape.width:g}"/>'
        )
    weight = ' font-weight="bold"' if shape.size > 12 else ""
    return (
        f'<text x="{shape.x:.1f}" y="{shape.y:.1f}" font-size="{shape.size}"{weight} '
        f'text-anchor="{shape.anchor}" {_colour(shape, bare, "fill")}>{escape(shape.text)}</text>'
    )


def _ticks(top: float, low: float) -> list[float]:
    """Round values, about six in all, from below the lowest to above the highest."""
    raw = (top + low) / 6 or 1.0
    size = next(s * 10.0**e for e in range(-3, 12) for s in (1, 2, 5) if s * 10.0**e >= raw)
    return [n * size for n in range(-ceil(low / size), max(ceil(top / size), 1) + 1)]


def _labels(series: Rows, step: float, frame: Frame) -> Iterator[Label]:
    """Days under the bars, not nearer than a day is wide; the last ends where the chart does."""
    every = max(1, int(_DAY_WIDTH / step) + 1)
    for number in range(0, len(series), every):
        x, day = LEFT + (number + 0.5) * step, str(series[number]["start"])
        if x + _DAY_WIDTH / 2 > frame.width:
            yield Label(frame.width - 4, frame.height - 12, day, anchor="end")
        else:
            yield Label(x, frame.height - 12, day, anchor="middle")


def terminal(series: Rows, title: str, width: int = 100) -> str:
    """Two rows of blocks: cooperation above, conflict below; steps are joined to fit the width."""
    if not any(row["events"] for row in series):
        return f"{title}: no events\n"
    size = max(1, -(-len(series) // max(20, width - 16)))
    parts = [series[i : i + size] for i in range(0, len(series), size)]
    up = [sum(row["cooperation"] for row in part) for part in parts]
    down = [sum(row["conflict"] for row in part) for part in parts]
    peak = max([*up, *down, 1.0])
    first, last = str(series[0]["start"]), str(series[-1]["start"])
    days = (
        first if first == last else first + last.rjust(max(len(parts) - len(first), len(last) + 1))
    )
    return (
        f"{title}\ncooperation  {_blocks(up, peak)}\nconflict     {_blocks(down, peak)}\n"
        f"             {days}\none mark: {size} step{'s' if size > 1 else ''}, highest {peak:g}\n"
    )


def _blocks(values: list[float], peak: float) -> str:
    return "".join(
        _BLOCKS[0 if value == 0 else max(1, round(value / peak * 8))] for value in values
    )
