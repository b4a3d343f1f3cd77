"""What is still to be expected of the year: a dashed line to December in the band of its interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.bars import Series
from dashboard.figures.theme import ACCENT, BAND, scaled
from dashboard.text import Axis


@dataclass(frozen=True)
class Fan:
    """What is expected from the last month known to December, with the ends of its interval; None before."""

    expected: Series
    low: Sequence[float | None]
    high: Sequence[float | None]
    label: str


def with_fan(drawn: dict[str, Any], names: Sequence[str], fan: Fan, axis: Axis) -> dict[str, Any]:
    """A curve over the year with the fan behind it; its last trace, the year itself, stays on top."""
    edge = {"type": "scatter", "mode": "lines", "x": list(names), "hoverinfo": "skip", "line": {"width": 0}}
    band = [
        {**edge, "y": scaled(fan.low, axis), "showlegend": False},
        {
            **edge,
            "y": scaled(fan.high, axis),
            "fill": "tonexty",
            "fillcolor": BAND,
            "name": fan.label,
        },
    ]
    line = {
        "type": "scatter",
        "mode": "lines",
        "name": fan.expected.label,
        "x": list(names),
        "y": scaled(fan.expected.values, axis),
        "text": list(fan.expected.said),
        "line": {"color": ACCENT, "width": 2, "dash": "dash"},
        "hovertemplate": "<b>%{text}</b>",
    }
    return {**drawn, "data": [*band, *drawn["data"][:-1], line, drawn["data"][-1]]}
