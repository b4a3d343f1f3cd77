"""Budgets: what is allowed, paid and due by now, line by line; what is left over the year."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.bars import Series, distinct
from dashboard.figures.theme import (
    ACCENT,
    BAD,
    EARLIER,
    figure,
    names_axis,
    scaled,
    see_through,
    unit_shown,
    values_axis,
)
from dashboard.text import Axis


@dataclass(frozen=True)
class Line:
    """One budget: allowed, paid under it, paid without it, and what an even year would have paid by now."""

    label: str
    allowed: float
    paid: float
    without: float
    due: float
    said: str
    drill: tuple[str, str] | None


def budget_lines(lines: Sequence[Line], axis: Axis, names: tuple[str, str, str, str]) -> dict[str, Any]:
    """Lying bars: paid on allowed, what has no budget behind it, a tick where an even year would be.

    `names`: what these four are called, in this order.
    """
    labels = distinct([line.label for line in lines])
    drills = [list(line.drill) if line.drill else None for line in lines]
    said = [line.said for line in lines]

    def bar(name: str, values: Sequence[float], color: str, width: float, **more: Any) -> dict[str, Any]:
        return {
            "type": "bar",
            "orientation": "h",
            "name": name,
            "y": labels,
            "x": scaled(list(values), axis),
            "text": said,
            "textposition": "none",
            "customdata": drills,
            "width": width,
            "marker": {"color": color},
            "hovertemplate": "%{y}  %{text}<extra></extra>",
            **more,
        }

    allowed, paid, without, due = names
    traces = [
        bar(allowed, [line.allowed for line in lines], EARLIER, 0.74, opacity=0.35),
        bar(paid, [line.paid for line in lines], ACCENT, 0.38),
    ]
    if any(line.without for line in lines):
        base = scaled([line.paid for line in lines], axis)
        traces.append(bar(without, [line.without for line in lines], BAD, 0.38, base=base))
    ticks = [line.due if line.allowed else None for line in lines]
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "name": due,
            "y": labels,
            "x": scaled(ticks, axis),
            "text": said,
            "customdata": drills,
            "marker": {"symbol": "line-ns-open", "size": 20, "color": EARLIER, "line": {"width": 2, "color": EARLIER}},
            "hovertemplate": "%{y}  %{text}<extra></extra>",
        }
    )
    return figure(
        traces,
        barmode="overlay",
        yaxis=names_axis(autorange="reversed", ticklabelstandoff=6),
        xaxis=values_axis(axis),
        **unit_shown(axis, legend=True),
    )


def burn_down(names: Sequence[str], left: Series, pace: Series, earlier: Series | None, axis: Axis) -> dict[str, Any]:
    """What is left of the budget month by month, against an even use of it and last year's."""
    traces = []
    if earlier is not None:
        traces.append(_line(names, earlier, axis, EARLIER, width=1.5))
    traces.append(_line(names, pace, axis, EARLIER, width=1.5, dash="dot"))
    now = _line(names, left, axis, ACCENT, width=2.5)
    traces.append(now | {"mode": "lines+markers", "fill": "tozeroy", "fillcolor": see_through(ACCENT, 0.1)})
    return figure(
        traces, xaxis=names_axis(), yaxis=values_axis(axis), hovermode="x unified", **unit_shown(axis, legend=True)
    )


def _line(names: Sequence[str], line: Series, axis: Axis, color: str, *, width: float, dash: str = "solid") -> Any:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": line.label,
        "x": list(names),
        "y": scaled(line.values, axis),
        "text": list(line.said),
        "connectgaps": False,
        "line": {"color": color, "width": width, "dash": dash},
        "marker": {"color": color, "size": 5},
        "hovertemplate": "<b>%{text}</b>",
    }
