"""Ranks drawn: how sure each is, and how they moved over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from typing import Any, Final

from dashboard.figures.bars import distinct
from dashboard.figures.theme import ACCENT, EARLIER, SERIES, figure, names_axis, values_axis
from dashboard.text import Axis

CROWDED: Final = 3
LABELS: Final = 20  # names that fit one under another
TICKS: Final = (1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000, 100_000)


@dataclass(frozen=True)
class Span:
    """One unit's rank and the ranks between which it likely lies; `said` in words, `drill` what a click chooses."""

    label: str
    rank: int
    low: int
    high: int
    said: str
    drill: tuple[str, str]
    chosen: bool = True


def likely_ranks(spans: Sequence[Span], rank: str, between: str) -> dict[str, Any]:
    """A line from the best to the worst likely rank of each unit, a dot at its rank; the best is on the left."""
    names = distinct([span.label for span in spans])
    lines = {
        "type": "bar",
        "orientation": "h",
        "name": between,
        "y": names,
        "base": [span.low for span in spans],
        "x": [max(span.high - span.low, 0.12) for span in spans],
        "text": [span.said for span in spans],
        "textposition": "none",
        "customdata": [list(span.drill) for span in spans],
        "width": 0.24,
        "marker": {"color": EARLIER, "opacity": 0.65},
        "hovertemplate": "%{y}  <b>%{text}</b><extra></extra>",
    }
    dots = {
        "type": "scatter",
        "mode": "markers",
        "name": rank,
        "y": names,
        "x": [span.rank for span in spans],
        "text": [span.said for span in spans],
        "customdata": [list(span.drill) for span in spans],
        "marker": {"color": ACCENT, "size": 10, "opacity": [1 if span.chosen else 0.6 for span in spans]},
        "hovertemplate": "%{y}  <b>%{text}</b><extra></extra>",
    }
    ranks = values_axis(Axis(1, "", 0), rangemode="normal", nticks=8, side="top")
    return figure(
        [lines, dots],
        yaxis=names_axis(autorange="reversed", ticklabelstandoff=6),
        xaxis=ranks,
        margin={"l": 8, "r": 16, "t": 52, "b": 4},
    )


@dataclass(frozen=True)
class Course:
    """One unit's ranks over the periods; None where it had none. `drill`: what a click chooses."""

    label: str
    ranks: Sequence[int | None]
    drill: tuple[str, str]
    chosen: bool = False


def bump(ticks: Sequence[str], names: Sequence[str], courses: Sequence[Course], rank: str) -> dict[str, Any]:
    """A line of ranks for each unit, the first rank on top, named where it ends; the chosen one stands out."""
    labels = distinct([course.label for course in courses])
    traces = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": label,
            "x": list(ticks),
            "y": list(course.ranks),
            "text": [f"{name}: {rank} {place}" for name, place in zip(names, course.ranks, strict=True)],
            "customdata": [list(course.drill)] * len(ticks),
            "connectgaps": False,
            "line": {"color": _course_color(position, course), "width": 3.5 if course.chosen else 1.75},
            "marker": {"color": _course_color(position, course), "size": 8 if course.chosen else 6},
            "hovertemplate": "%{fullData.name}  <b>%{text}</b><extra></extra>",
        }
        for position, (label, course) in enumerate(zip(labels, courses, strict=True))
    ]
    ends = [(label, course) for label, course in zip(labels, courses, strict=True) if course.ranks and course.ranks[-1]]
    places = [place for course in courses for place in course.ranks if place]
    lowest, last = max(places, default=1), max((course.ranks[-1] or 1 for _, course in ends), default=1)
    # Leaders who come from far behind would lie on each other: equal steps are then equal ratios.
    of = log10 if lowest > CROWDED * last else float
    top, bottom = of(1), of(lowest)
    room = max(bottom - top, 0.1) * 0.05
    clear = _apart([of(course.ranks[-1] or 1) for _, course in ends], max(bottom - top, 0.1) / LABELS)
    named = {
        "type": "scatter",
        "mode": "text",
        "x": [ticks[-1]] * len(ends),
        "y": [10**place if of is log10 else place for place in clear],
        "text": [f"  {course.ranks[-1]} {label}" for label, course in ends],
        "textposition": "middle right",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    shown = [tick for tick in TICKS if tick <= lowest] if of is log10 else _linear_ticks(lowest)
    return figure(
        [*traces, named],
        xaxis=names_axis(range=[-0.3, len(ticks) - 1 + max(0.9, 0.28 * len(ticks))]),
        yaxis=values_axis(Axis(1, "", 0), range=[max([bottom, *clear]) + room, top - room], rangemode="normal",
                          type="log" if of is log10 else "linear", tickmode="array", tickvals=shown),
        showlegend=False,
        margin={"l": 8, "r": 12, "t": 12, "b": 8},
    )  # fmt: skip


def _linear_ticks(lowest: int) -> list[int]:
    step = next(
        step for step in (1, 2, 5, 10, 20, 50, 100, 1_000, 10_000, 100_000) if lowest <= 6 * step or step > lowest
    )
    return [1, *range(2 if step == 1 else step, lowest + 1, step)]


def _apart(places: Sequence[float], least: float) -> list[float]:
    """Where names stand so that none covers another: at their places, or just below the name before."""
    found = list(places)
    before = None
    for at in sorted(range(len(places)), key=lambda position: places[position]):
        if before is not None:
            found[at] = max(found[at], before + least)
        before = found[at]
    return found


def _course_color(position: int, course: Course) -> str:
    return ACCENT if course.chosen else SERIES[1 + position % (len(SERIES) - 1)]
