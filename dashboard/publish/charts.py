"""The charts of a bulletin as SVG: one drawing for paper and screen, whose sentence and table stand beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Final, TypeVar

from dashboard.figures.theme import ACCENT, EARLIER, SERIES
from dashboard.publish.canvas import GAP, ROW, WIDTH, Canvas, label_width, text_width
from dashboard.publish.document import Bar, Bars, Bump, Chart, Course, Interval, Intervals
from dashboard.text import Words, decimals, decimals_held

ROWS: Final = 36  # as many as a page holds; a longer chart goes on in another drawing
TICKS: Final = 10
Row = TypeVar("Row")


def drawn(chart: Chart, words: Words) -> list[str]:
    """The chart as one SVG after the other, none taller than a page; [] where there is nothing to draw."""
    title = words.of(chart.title)
    match chart:
        case Bars():
            return [_bars(chart, rows, words).svg(title) for rows in _pages(chart.bars)]
        case Intervals():
            return [_intervals(chart, rows, words).svg(title) for rows in _pages(chart.intervals)]
        case Bump():
            return [_bump(chart, words).svg(title)] if chart.courses else []


def _pages(rows: Sequence[Row]) -> list[Sequence[Row]]:
    return [rows[at : at + ROWS] for at in range(0, len(rows), ROWS)]


# ---- bars -----------------------------------------------------------------------------------------------------------


def _bars(chart: Bars, rows: Sequence[Bar], words: Words) -> Canvas:
    canvas = Canvas()
    if len(chart.series) > 1:
        canvas.legend([(words.of(name), colour) for name, colour in zip(chart.series, SERIES, strict=False)])
    label = label_width([bar.label for bar in chart.bars])
    said = [words.number(float(bar.value), _decimals(bar.value, chart.unit)) for bar in chart.bars]
    scale = (WIDTH - label - GAP - label_width(said) - 6) / (max(sum(bar.parts) for bar in chart.bars) or 1)
    for bar in rows:
        canvas.label(bar.label, label)
        x = label + GAP
        for part, colour in zip(bar.parts, SERIES, strict=False):
            canvas.bar(x, part * scale, colour)
            x += part * scale
        canvas.text(x + 5, words.number(float(bar.value), _decimals(bar.value, chart.unit)))
        canvas.y += ROW
    return canvas


def _decimals(value: float | Decimal, unit: str) -> int:
    return decimals_held(value) if isinstance(value, Decimal) else decimals(unit)


# ---- intervals ------------------------------------------------------------------------------------------------------


def _intervals(chart: Intervals, rows: Sequence[Interval], words: Words) -> Canvas:
    canvas = Canvas()
    canvas.legend([(words.say("rank"), ACCENT), (words.say("rank between"), EARLIER)])
    label = label_width([each.label for each in chart.intervals])
    deepest = max(each.high for each in chart.intervals)
    left, scale = label + GAP + 8, (WIDTH - label - GAP - 24) / max(deepest - 1, 1)
    bottom = canvas.y + ROW * (len(rows) + 1)
    for tick in _ticks(deepest):
        x = left + (tick - 1) * scale
        canvas.text(x, str(tick), anchor="middle", muted=True)
        canvas.rule((x, canvas.y + ROW), (x, bottom))
    canvas.y += ROW
    if chart.line is not None and chart.line < deepest:
        x = left + (chart.line - 0.5) * scale
        canvas.rule((x, canvas.y), (x, bottom), dashed=True)
    for each in rows:
        canvas.label(each.label, label)
        middle = canvas.y + ROW / 2
        low, rank, high = (left + (place - 1) * scale for place in (each.low, each.rank, each.high))
        canvas.line([(low, middle), (high, middle)], EARLIER, 4)
        canvas.dot((rank, middle), ACCENT)
        canvas.y += ROW
    return canvas


def _ticks(deepest: int) -> list[int]:
    """The first rank and round ones, at most so many that their numbers stay apart."""
    steps = (base * 10**power for power in range(7) for base in (1, 2, 5))
    step = next(step for step in steps if deepest / step <= TICKS)
    return [1, *range(step if step > 1 else 2, deepest + 1, step)]


# ---- ranks over time ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ladder:
    """Where ranks stand on the sheet, from `top` down to the `deepest` drawn."""

    top: float
    deepest: int

    def middle(self, rank: int) -> float:
        """The middle of a rank's line; of one beyond the last, just below it."""
        return self.top + ROW * (min(rank, self.deepest + 0.9) - 0.5)


def _bump(chart: Bump, words: Words) -> Canvas:
    ended = sorted(
        (course for course in chart.courses if (course.ranks[-1] or chart.deepest + 1) <= chart.deepest),
        key=lambda course: course.ranks[-1] or 0,
    )
    names = [
        (rank, words.listed([course.label for course in same]))
        for rank, same in groupby(ended, lambda course: course.ranks[-1] or 0)
    ]
    canvas = Canvas()
    right = WIDTH - label_width([name for _, name in names]) - 14
    left = 34.0
    columns = [left + number * (right - left) / max(len(chart.periods) - 1, 1) for number in range(len(chart.periods))]
    for x, period in zip(columns, chart.periods, strict=True):
        name = words.of(period)
        canvas.text(x, name, anchor="start" if text_width(name) / 2 > x else "middle", muted=True)
    top = canvas.y + ROW
    _rank_lines(canvas, chart.deepest, left, right)
    for course in chart.courses:
        colour = SERIES[ended.index(course) % len(SERIES)] if course in ended else EARLIER
        _course(canvas, course, columns, Ladder(top, chart.deepest), colour)
    for rank, name in names:
        canvas.y = top + ROW * (rank - 1)
        canvas.label_right(right + 12, name)
    canvas.y = top + ROW * chart.deepest + ROW / 2
    return canvas


def _rank_lines(canvas: Canvas, deepest: int, left: float, right: float) -> None:
    for rank in range(1, deepest + 1):
        canvas.y += ROW
        canvas.text(14, str(rank), anchor="end", muted=True)
        canvas.rule((left, canvas.y + ROW / 2), (right, canvas.y + ROW / 2))


def _course(canvas: Canvas, course: Course, columns: Sequence[float], ladder: Ladder, colour: str) -> None:
    """A line where two quarters that follow each other have a rank; a rank beyond the last drawn leaves the chart."""
    points = [None if rank is None else (x, ladder.middle(rank)) for x, rank in zip(columns, course.ranks, strict=True)]
    shown = [rank is not None and rank <= ladder.deepest for rank in course.ranks]
    for at, (start, end) in enumerate(pairwise(points)):
        if start and end and (shown[at] or shown[at + 1]):
            canvas.line([start, end], colour, 2)
    for at, dot in enumerate(points):
        if dot and shown[at]:
            canvas.dot(dot, colour)
