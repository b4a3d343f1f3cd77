"""A funnel: rates against size between the limits of chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.theme import ACCENT, BAD, EARLIER, figure, values_axis
from dashboard.text import Axis


@dataclass(frozen=True)
class Dot:
    """One unit: its size, its rate, both in words; `outside` the inner limits; `drill` what a click chooses."""

    label: str
    size: float
    rate: float
    said: str
    drill: tuple[str, str]
    outside: bool = False
    chosen: bool = False


@dataclass(frozen=True)
class Limits:
    """The limits of one probability over the sizes."""

    label: str
    low: Sequence[float]
    high: Sequence[float]


def funnel_plot(
    dots: Sequence[Dot],
    sizes: Sequence[float],
    limits: Sequence[Limits],
    middle: tuple[str, float],
    *,
    axis: Axis,
    size: str,
) -> dict[str, Any]:
    """Dots between curves; those outside the inner limits are diamonds, so that colour is not all that tells them.

    Without limits the dots stand about the middle alone.
    """
    traces = [
        _curve(sizes, values, each.label, dash, shown=at == 0)
        for each, dash in zip(limits, ("dot", "solid"), strict=False)
        for at, values in enumerate((each.low, each.high))
    ]
    traces.append(_curve(sizes, [middle[1]] * len(sizes), middle[0], "dash", shown=True))
    for chosen in (False, True):
        some = [dot for dot in dots if dot.chosen == chosen]
        if some:
            traces.append(_dots(some, chosen=chosen))
    # The inner limits decide what is shown; at small sizes the outer ones may run out of it.
    tops = [dot.rate for dot in dots] + [value for each in limits[:1] for value in each.high]
    lows = [dot.rate for dot in dots] + [value for each in limits[:1] for value in each.low]
    room = (max(tops) - min(lows)) * 0.06 or 1
    return figure(
        traces,
        xaxis=values_axis(Axis(1, "", 0), title={"text": size, "standoff": 4}, nticks=6),
        yaxis=values_axis(axis, range=[max(0.0, min(lows) - room), max(tops) + room], rangemode="normal"),
        margin={"l": 8, "r": 16, "t": 44, "b": 36},
    )


def _curve(sizes: Sequence[float], values: Sequence[float], label: str, dash: str, *, shown: bool) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": label,
        "x": list(sizes),
        "y": list(values),
        "line": {"color": EARLIER, "width": 1.5, "dash": dash},
        "hoverinfo": "skip",
        "showlegend": shown,
    }


def _dots(dots: Sequence[Dot], *, chosen: bool) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers+text" if chosen else "markers",
        "name": dots[0].label if chosen and dots else "",
        "x": [dot.size for dot in dots],
        "y": [dot.rate for dot in dots],
        "text": [f"<b>{dot.label}</b>" if chosen else dot.said for dot in dots],
        "hovertext": [dot.said for dot in dots],
        "textposition": "top center",
        "customdata": [list(dot.drill) for dot in dots],
        "showlegend": False,
        "marker": {
            "color": [BAD if dot.outside else ACCENT for dot in dots],
            "symbol": ["diamond" if dot.outside else "circle" for dot in dots],
            "size": 14 if chosen else 7,
            "opacity": 1 if chosen else 0.6,
        },
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
