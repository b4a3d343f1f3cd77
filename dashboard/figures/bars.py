"""Bars: areas or kinds side by side, months one after another, amounts in layers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.theme import ACCENT, EARLIER, SERIES, figure, names_axis, scaled, unit_note, values_axis
from dashboard.text import Axis


@dataclass(frozen=True)
class Bar:
    """One bar: `said` is the value in words, `drill` what a click on it chooses (dimension, value)."""

    label: str
    value: float | None
    said: str
    earlier: float | None = None
    earlier_said: str = ""
    drill: tuple[str, str] | None = None
    chosen: bool = True


@dataclass(frozen=True)
class Series:
    """One layer or line over the names of an axis."""

    label: str
    values: Sequence[float | None]
    said: Sequence[str]
    color: str = ""


def ranked_bars(bars: Sequence[Bar], axis: Axis, now: str, earlier: str = "") -> dict[str, Any]:
    """Lying bars, the first on top; a tick marks the earlier value; bars not chosen stand back."""
    names = _distinct([bar.label for bar in bars])
    trace = {
        "type": "bar",
        "orientation": "h",
        "name": now,
        "y": names,
        "x": scaled([bar.value for bar in bars], axis),
        "text": [bar.said for bar in bars],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"size": 12},
        "customdata": [list(bar.drill) if bar.drill else None for bar in bars],
        "marker": {"color": ACCENT, "opacity": [1 if bar.chosen else 0.45 for bar in bars]},
        "hovertemplate": "%{y}  <b>%{text}</b><extra></extra>",
    }
    traces = [trace]
    if earlier and any(bar.earlier is not None for bar in bars):
        traces.append(_ticks(names, bars, axis, earlier))
    top = max((bar.value or 0 for bar in bars), default=0) / axis.divisor
    return figure(
        traces,
        yaxis=names_axis(autorange="reversed", ticklabelstandoff=6),
        xaxis=values_axis(
            axis, range=[0, max(top, _top_earlier(bars, axis)) * 1.22 or 1], showticklabels=False, showgrid=False
        ),
        showlegend=len(traces) > 1,
        bargap=0.38,
        margin={"l": 8, "r": 12, "t": 26 if len(traces) > 1 else 6, "b": 4},
    )


def _ticks(names: list[str], bars: Sequence[Bar], axis: Axis, label: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": label,
        "y": names,
        "x": scaled([bar.earlier for bar in bars], axis),
        "text": [bar.earlier_said for bar in bars],
        "customdata": [list(bar.drill) if bar.drill else None for bar in bars],
        "marker": {"symbol": "line-ns-open", "size": 13, "color": EARLIER, "line": {"width": 2, "color": EARLIER}},
        "hovertemplate": "%{y}  %{fullData.name} <b>%{text}</b><extra></extra>",
    }


def _top_earlier(bars: Sequence[Bar], axis: Axis) -> float:
    return max((bar.earlier or 0 for bar in bars), default=0) / axis.divisor


def layers(
    names: Sequence[str], series: Sequence[Series], axis: Axis, drills: Sequence[tuple[str, str] | None] = ()
) -> dict[str, Any]:
    """Standing bars in layers over months or quarters, the first layer at the bottom."""
    traces = [
        {
            "type": "bar",
            "name": layer.label,
            "x": list(names),
            "y": scaled(layer.values, axis),
            "text": list(layer.said),
            "textposition": "none",
            "customdata": [list(drill) if drill else None for drill in drills] or None,
            "marker": {"color": layer.color or SERIES[position % len(SERIES)]},
            "hovertemplate": "%{x}  %{fullData.name} <b>%{text}</b><extra></extra>",
        }
        for position, layer in enumerate(series)
    ]
    return figure(
        traces,
        barmode="stack",
        xaxis=names_axis(),
        yaxis=values_axis(axis),
        annotations=unit_note(axis),
        showlegend=len(series) > 1,
    )


def lying_layers(
    names: Sequence[str], series: Sequence[Series], axis: Axis, drills: Sequence[tuple[str, str] | None] = ()
) -> dict[str, Any]:
    """Lying bars in layers, one bar a name, the first name on top."""
    drawn = layers(_distinct(names), series, axis, drills)
    for trace in drawn["data"]:
        trace["orientation"], trace["x"], trace["y"] = "h", trace["y"], trace["x"]
        trace["hovertemplate"] = trace["hovertemplate"].replace("%{x}", "%{y}")
    layout = drawn["layout"]
    layout["yaxis"], layout["xaxis"] = (
        {**layout["xaxis"], "autorange": "reversed", "ticklabelstandoff": 6},
        layout["yaxis"],
    )
    return drawn


def grouped(
    names: Sequence[str], series: Sequence[Series], axis: Axis, drills: Sequence[tuple[str, str] | None] = ()
) -> dict[str, Any]:
    """Standing bars beside each other: what was due beside what came in."""
    drawn = layers(names, series, axis, drills)
    drawn["layout"] |= {"barmode": "group", "bargap": 0.3, "bargroupgap": 0.08}
    return drawn


def _distinct(names: Sequence[str]) -> list[str]:
    """Names made different by invisible marks: two communities of one name are two bars."""
    return [name + "\u200b" * list(names[:position]).count(name) for position, name in enumerate(names)]
