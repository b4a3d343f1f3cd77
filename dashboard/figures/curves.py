"""Lines over months: the year so far against the pace and last year, a rate over time."""

from collections.abc import Sequence
from typing import Any

from dashboard.figures.bars import Series, counted_ticks
from dashboard.figures.theme import ACCENT, EARLIER, SERIES, figure, names_axis, scaled, unit_shown, values_axis
from dashboard.text import Axis


def against_pace(
    names: Sequence[str], now: Series, earlier: Series | None, pace: Series | None, axis: Axis
) -> dict[str, Any]:
    """The sum of the year so far, with last year's in grey and the pace to the target dashed."""
    traces = []
    if earlier is not None:
        traces.append(_line(names, earlier, axis, EARLIER, width=1.5))
    if pace is not None:
        traces.append(_line(names, pace, axis, EARLIER, width=1.5, dash="dot"))
    traces.append(_line(names, now, axis, ACCENT, width=2.5, markers=True))
    return figure(
        traces, xaxis=names_axis(), yaxis=values_axis(axis), hovermode="x unified", **unit_shown(axis, legend=True)
    )


def rates(names: Sequence[str], series: Sequence[Series], axis: Axis) -> dict[str, Any]:
    """Several rates over the same months."""
    traces = [
        _line(
            names,
            line,
            axis,
            line.color or SERIES[position % len(SERIES)],
            width=2.25 if not position else 1.75,
            dash=line.dash,
            markers=not position,
        )
        for position, line in enumerate(series)
    ]
    return figure(
        traces,
        xaxis=names_axis(),
        yaxis=values_axis(axis, **counted_ticks(series, axis)),
        hovermode="x unified",
        showlegend=len(series) > 1,
        **unit_shown(axis, legend=len(series) > 1),
    )


def choosing(figure: dict[str, Any], drills: Sequence[tuple[str, str] | None]) -> dict[str, Any]:
    """The same lines, each point of which chooses its month when it is clicked."""
    marks = [list(drill) if drill else None for drill in drills]
    return {**figure, "data": [{**trace, "customdata": marks} for trace in figure["data"]]}


def _line(
    names: Sequence[str],
    line: Series,
    axis: Axis,
    color: str,
    *,
    width: float,
    dash: str = "solid",
    markers: bool = False,
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers" if markers else "lines",
        "name": line.label,
        "x": list(names),
        "y": scaled(line.values, axis),
        "text": list(line.said),
        "connectgaps": False,
        "line": {"color": color, "width": width, "dash": dash, "shape": "linear"},
        "marker": {"color": color, "size": 5},
        "hovertemplate": "<b>%{text}</b>",
    }
