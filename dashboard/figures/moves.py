"""What comes in above nothing, what goes out below it, and the balance that results."""

from collections.abc import Sequence
from typing import Any

from dashboard.figures.bars import Series, layers
from dashboard.figures.theme import ACCENT, scaled, unit_shown, values_axis
from dashboard.text import Axis


def moves_and_balance(
    names: Sequence[str], moves: Sequence[Series], balance: Series, axis: Axis, drills: Sequence[tuple[str, str] | None]
) -> dict[str, Any]:
    """Bars up and down over the months, in layers, and above them the balance as a line."""
    drawn, color = layers(names, moves, axis, drills), balance.color or ACCENT
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": balance.label,
        "x": list(names),
        "y": scaled(balance.values, axis),
        "text": list(balance.said),
        "customdata": [list(drill) if drill else None for drill in drills],
        "connectgaps": False,
        "line": {"color": color, "width": 2.25},
        "marker": {"color": color, "size": 5},
        "hovertemplate": "%{x}  %{fullData.name} <b>%{text}</b><extra></extra>",
    }
    layout = drawn["layout"]
    layout |= {"barmode": "relative", "showlegend": True}
    layout.pop("annotations", None)  # the unit stands before the legend, which is there for one series too
    layout |= unit_shown(axis, legend=True)
    if not moves:
        drawn["data"].append(line)
        return drawn
    drawn["data"].append({**line, "yaxis": "y2"})
    # A balance many times as large as what moves it would leave no room to see either: each has its own height.
    layout["yaxis"] |= {"rangemode": "normal", "zeroline": True, "zerolinewidth": 1, "domain": [0, 0.58]}
    layout["yaxis2"] = values_axis(axis, rangemode="normal", domain=[0.68, 1], nticks=4)
    return drawn
