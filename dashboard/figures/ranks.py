"""Ranks drawn: how sure each is, and what one unit's score is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.bars import Bar, distinct, ranked_bars
from dashboard.figures.theme import ACCENT, EARLIER, figure, names_axis, values_axis
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


def contributions(bars: Sequence[Bar], points: str, possible: str) -> dict[str, Any]:
    """Lying bars of points, the largest on top; the tick is the most possible. They add up to the score."""
    return ranked_bars(bars, Axis(1, points, 2), points, possible)
