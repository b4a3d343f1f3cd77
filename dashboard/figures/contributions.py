"""What a score is made of: the points of each indicator against the most it could give."""

from collections.abc import Sequence
from typing import Any

from dashboard.figures.bars import Bar, ranked_bars
from dashboard.text import Axis


def contributions(bars: Sequence[Bar], points: str, possible: str) -> dict[str, Any]:
    """Lying bars of points, the largest on top; the tick is the most possible. They add up to the score."""
    return ranked_bars(bars, Axis(1, points, 2), points, possible)
