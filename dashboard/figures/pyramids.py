"""A pyramid: two groups left and right of one axis, band by band."""

from collections.abc import Sequence
from typing import Any

from dashboard.figures.bars import Series
from dashboard.figures.theme import SERIES, figure, names_axis, scaled, values_axis
from dashboard.text import Axis

ROOM = 1.32  # beyond the longest bar there is room for its figure in words


def pyramid(
    names: Sequence[str], left: Series, right: Series, axis: Axis, drills: Sequence[tuple[str, str] | None]
) -> dict[str, Any]:
    """The first name at the bottom; both sides are read on the same scale, and each bar says its figure."""
    longest = max((abs(value or 0) for side in (left, right) for value in side.values), default=0) / axis.divisor or 1
    traces = [_side(names, left, axis, drills, -1), _side(names, right, axis, drills, 1)]
    return figure(
        traces,
        barmode="relative",
        bargap=0.22,
        yaxis=names_axis(ticklabelstandoff=6),
        xaxis=values_axis(
            axis, range=[-longest * ROOM, longest * ROOM], showticklabels=False, showgrid=False, rangemode="normal"
        ),
        margin={"l": 8, "r": 12, "t": 28, "b": 4},
    )


def _side(
    names: Sequence[str], side: Series, axis: Axis, drills: Sequence[tuple[str, str] | None], way: int
) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": side.label,
        "y": list(names),
        "x": [None if value is None else way * value for value in scaled(side.values, axis)],
        "text": list(side.said),
        "textposition": "outside",
        "cliponaxis": False,
        "constraintext": "none",
        "customdata": [list(drill) if drill else None for drill in drills],
        "marker": {"color": side.color or SERIES[0 if way < 0 else 1]},
        "hovertemplate": "%{y}  %{fullData.name} <b>%{text}</b><extra></extra>",
    }
