"""A map from a bureau's own outlines: scatter polygons, for which Plotly asks no other host for anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from dashboard.figures.theme import EARLIER, figure

Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Outline:
    """One region: its rings in degrees, its `color`, what is said on hover, and what a click on it chooses."""

    label: str
    said: str
    rings: Sequence[Ring]
    color: str
    drill: tuple[str, str]
    chosen: bool = False


_CORNER = {
    "xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom", "showarrow": False,
}  # fmt: skip


def outlined(outlines: Sequence[Outline], label: str = "") -> dict[str, Any]:
    """One closed shape a region, name and figure in its middle, `label` above; degrees of longitude are narrowed."""
    points = [point for outline in outlines for ring in outline.rings for point in ring]
    middle = sum(point[1] for point in points) / max(len(points), 1)
    hidden = {"visible": False, "fixedrange": True}
    return figure(
        [*map(_shape, outlines), _labels(outlines)],
        xaxis={**hidden, "scaleanchor": "y", "scaleratio": cos(radians(middle))},
        yaxis=hidden,
        showlegend=False,
        margin={"l": 4, "r": 4, "t": 22, "b": 4},
        annotations=[{**_CORNER, "text": label}],
    )


def _shape(outline: Outline) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for ring in outline.rings:
        x += [*(point[0] for point in ring), None]
        y += [*(point[1] for point in ring), None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "fill": "toself",
        "fillcolor": outline.color,
        "line": {"color": EARLIER, "width": 2.5 if outline.chosen else 0.8},
        "hoveron": "fills",
        "name": f"{outline.label} {outline.said}",
        "hoverinfo": "name",
        "hoverlabel": {"namelength": -1},
        "meta": list(outline.drill),
    }


def _labels(outlines: Sequence[Outline]) -> dict[str, Any]:
    middles = [_middle(outline.rings) for outline in outlines]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [middle[0] for middle in middles],
        "y": [middle[1] for middle in middles],
        "text": [f"{outline.label}<br>{outline.said}" for outline in outlines],
        "customdata": [list(outline.drill) for outline in outlines],
        "hoverinfo": "none",
        "textfont": {"size": 11},
    }


def _middle(rings: Sequence[Ring]) -> tuple[float, float]:
    """The middle of the box around the longest ring: good enough to write a name."""
    ring = max(rings, key=len)
    across, up = [point[0] for point in ring], [point[1] for point in ring]
    return (min(across) + max(across)) / 2, (min(up) + max(up)) / 2
