"""The chart of a series: what is written on it, and where its bars and its line end."""

from __future__ import annotations

from datetime import date, timedelta

from dragoman.ledger.plot import HEIGHT, TOP, WIDTH, Box, Label, Line, chart, terminal
from dragoman.ledger.scope import Table
from dragoman.ledger.series import INDEX_COLUMNS


def series(*steps: tuple[float, float], days: int = 7) -> Table:
    """Steps of (cooperation, conflict); one of two zeros has no events."""
    rows = [
        {"start": date(2019, 1, 1) + timedelta(days * number), "cooperation": up, "conflict": down,
         "net": up - down, "events": int(bool(up or down))}
        for number, (up, down) in enumerate(steps)
    ]  # fmt: skip
    return Table(rows, INDEX_COLUMNS)


def words(shapes) -> list[Label]:
    return [shape for shape in shapes if isinstance(shape, Label)]


def test_an_empty_chart_says_so() -> None:
    for empty in (series(), series((0, 0), (0, 0))):
        assert [label.text for label in words(chart(empty, "A and B"))] == ["A and B", "no events"]
        assert terminal(empty, "A and B") == "A and B: no events\n"


def test_no_word_stands_outside_the_chart() -> None:
    for count in (1, 3, 11, 12, 13, 51, 52, 400):
        for label in words(chart(series(*[(1.0, 2.0)] * count), "A and B")):
            wide = 7 * len(label.text)
            left = label.x - {"start": 0, "middle": wide / 2, "end": wide}[label.anchor]
            assert left >= 0
            assert left + wide <= WIDTH + 2, (count, label)


def test_no_bar_rises_above_the_last_value_of_the_axis() -> None:
    shapes = chart(series((10.3, 33.7), (1.0, 0.5)), "A and B")
    lines = [
        s.points[0][1] for s in shapes if isinstance(s, Line) and s.points[0][1] == s.points[1][1]
    ]
    bars = [shape for shape in shapes[1:] if isinstance(shape, Box)]
    assert min(lines) <= min(bar.y for bar in bars)
    assert max(lines) >= max(bar.y + bar.height for bar in bars) - 0.01
    assert min(lines) >= TOP
    assert max(lines) <= HEIGHT


def test_the_net_line_is_broken_where_nothing_was_told() -> None:
    steps = [(1.0, 2.0), (3.0, 1.0), *[(0.0, 0.0)] * 300, (2.0, 5.0)]
    net = [
        s for s in chart(series(*steps), "A and B") if isinstance(s, Line) and s.colour == "#222222"
    ]
    assert len(net) == 2
    assert all(line.points[-1][0] - line.points[0][0] < 20 for line in net)


def test_the_terminal_chart_fits_its_width() -> None:
    for count in (1, 12, 64, 65, 400):
        drawn = terminal(series(*[(1.0, 2.0)] * count), "A and B", 80)
        assert max(map(len, drawn.splitlines())) <= 80
        assert drawn.splitlines()[-1].startswith("one mark: ")
