"""Bars: areas or kinds side by side, months one after another, amounts in layers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dashboard.figures.theme import ACCENT, EARLIER, SERIES, figure, names_axis, scaled, unit_shown, values_axis
from dashboard.text import Axis

FEW: Final = 5


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
    dash: str = "solid"


def ranked_bars(bars: Sequence[Bar], axis: Axis, now: str, earlier: str = "") -> dict[str, Any]:
    """Lying bars, the first on top, with values in words and ticks for earlier ones; bars not chosen stand back."""
    names = distinct([bar.label for bar in bars])
    drills = [list(bar.drill) if bar.drill else None for bar in bars]
    trace = {
        "type": "bar",
        "orientation": "h",
        "name": now,
        "y": names,
        "x": scaled([bar.value for bar in bars], axis),
        "text": [bar.said for bar in bars],
        "textposition": "none",
        "customdata": drills,
        "marker": {"color": ACCENT, "opacity": [1 if bar.chosen else 0.45 for bar in bars]},
        "hovertemplate": "%{y}  <b>%{text}</b><extra></extra>",
    }
    ticked = bool(earlier) and any(bar.earlier is not None for bar in bars)
    ends = [max(bar.value or 0, (bar.earlier or 0) if ticked else 0) / axis.divisor for bar in bars]
    top = max(ends, default=0) or 1
    traces = [
        trace,
        *([_ticks(names, bars, axis, earlier)] if ticked else []),
        _said(names, bars, [end + top * 0.012 for end in ends]),
    ]
    return figure(
        traces,
        yaxis=names_axis(autorange="reversed", ticklabelstandoff=6),
        xaxis=values_axis(axis, range=[0, top * 1.3], showticklabels=False, showgrid=False),
        showlegend=ticked,
        bargap=max(0.38, 0.68 - 0.05 * len(bars)),
        margin={"l": 8, "r": 12, "t": 26 if ticked else 6, "b": 4},
    )


def _said(names: list[str], bars: Sequence[Bar], ends: Sequence[float]) -> dict[str, Any]:
    """The values in words, right of the bar and of its tick."""
    return {
        "type": "scatter",
        "mode": "text",
        "y": names,
        "x": list(ends),
        "text": [bar.said for bar in bars],
        "textposition": "middle right",
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }


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
        yaxis=values_axis(axis, **counted_ticks(series, axis)),
        showlegend=len(series) > 1,
        **unit_shown(axis, legend=len(series) > 1),
    )


def counted_ticks(series: Sequence[Series], axis: Axis) -> dict[str, Any]:
    """So few things are counted one by one: no axis speaks of half a household."""
    top = max((value or 0 for layer in series for value in layer.values), default=0)
    return {"dtick": 1} if axis.divisor == 1 and not axis.percent and 0 < top <= FEW else {}


def lying_layers(
    names: Sequence[str], series: Sequence[Series], axis: Axis, drills: Sequence[tuple[str, str] | None] = ()
) -> dict[str, Any]:
    """Lying bars in layers, one bar a name, the first name on top."""
    drawn = layers(distinct(names), series, axis, drills)
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


def distinct(names: Sequence[str]) -> list[str]:
    """Names made different by invisible marks: two communities of one name are two bars."""
    return [name + "\u200b" * list(names[:position]).count(name) for position, name in enumerate(names)]
