"""Ranks drawn: how sure each is, and how they moved over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.bars import distinct
from dashboard.figures.theme import ACCENT, EARLIER, SERIES, figure, names_axis, values_axis
from dashboard.text import Axis


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
    named = {
        "type": "scatter",
        "mode": "text",
        "x": [ticks[-1]] * len(ends),
        "y": [course.ranks[-1] for _, course in ends],
        "text": [f"  {course.ranks[-1]} {label}" for label, course in ends],
        "textposition": "middle right",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    lowest = max((place for course in courses for place in course.ranks if place), default=1)
    return figure(
        [*traces, named],
        xaxis=names_axis(range=[-0.3, len(ticks) - 1 + max(0.9, 0.28 * len(ticks))]),
        yaxis=values_axis(Axis(1, "", 0), range=[lowest + max(0.6, 0.04 * lowest), min(0.4, 1 - 0.04 * lowest)],
                          rangemode="normal", nticks=6),
        showlegend=False,
        margin={"l": 8, "r": 12, "t": 12, "b": 8},
    )  # fmt: skip


def _course_color(position: int, course: Course) -> str:
    return ACCENT if course.chosen else SERIES[1 + position % (len(SERIES) - 1)]
