"""Money on its way: areas within areas, and bands from where it comes to where it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.theme import EARLIER, SERIES, figure, see_through

Drill = tuple[str, str]


@dataclass(frozen=True)
class Area:
    """One area of a treemap: its `path` of names below the whole, its value, said in words; `hue`: which colour."""

    path: tuple[str, ...]
    label: str
    value: float
    said: str
    hue: int
    drill: Drill | None = None


@dataclass(frozen=True)
class Node:
    """One stop of a Sankey, with all that passes it in words."""

    label: str
    said: str
    drill: Drill | None
    hue: int | None = None


@dataclass(frozen=True)
class Band:
    """What goes from one node to another (their places in the list), said in words."""

    start: int
    end: int
    value: float
    said: str
    hue: int


_SHADES = (0.6, 0.38, 0.2)  # from the outermost area to the innermost: names stay legible in light and in dark


def treemap(whole: tuple[str, float, str], areas: Sequence[Area]) -> dict[str, Any]:
    """Areas within areas that add up to the `whole` (label, value, said); a click on one chooses it."""
    label, value, said = whole
    paths = [area.path for area in areas]
    trace = {
        "type": "treemap",
        "branchvalues": "total",
        "ids": ["whole", *("/".join(path) for path in paths)],
        "parents": ["", *("/".join(path[:-1]) or "whole" for path in paths)],
        "labels": [label, *(area.label for area in areas)],
        "values": [value, *(area.value for area in areas)],
        "text": [said, *(area.said for area in areas)],
        "texttemplate": "%{label}<br>%{text}",
        "hovertemplate": "%{label}  <b>%{text}</b>  %{percentRoot}<extra></extra>",
        "customdata": [None, *(list(area.drill) if area.drill else None for area in areas)],
        "marker": {
            "colors": [
                see_through(EARLIER, 0.12),
                *(see_through(_hue(area.hue), _SHADES[min(len(area.path), len(_SHADES)) - 1]) for area in areas),
            ],
            "line": {"width": 1, "color": see_through(EARLIER, 0.5)},
            "pad": {"t": 20, "l": 2, "r": 2, "b": 2},
        },
        "tiling": {"pad": 2},
        "pathbar": {"visible": False},
    }
    return figure([trace], showlegend=False, margin={"l": 2, "r": 2, "t": 2, "b": 2})


def sankey(nodes: Sequence[Node], bands: Sequence[Band]) -> dict[str, Any]:
    """Bands between stops; what clicks choose stands in `meta`, the nodes' first and then the bands'.

    assets/charts.js counts a band after the nodes, for Plotly numbers both from nought and knows no customdata here.
    """
    drills = [list(node.drill) if node.drill else None for node in nodes]
    between = [drills[band.end] for band in bands]
    trace = {
        "type": "sankey",
        "arrangement": "fixed",
        "node": {
            "label": [node.label for node in nodes],
            "color": [EARLIER if node.hue is None else _hue(node.hue) for node in nodes],
            "customdata": [node.said for node in nodes],
            "hovertemplate": "%{label}  <b>%{customdata}</b><extra></extra>",
            "pad": 18,
            "thickness": 14,
            "line": {"width": 0},
        },
        "link": {
            "source": [band.start for band in bands],
            "target": [band.end for band in bands],
            "value": [band.value for band in bands],
            "color": [see_through(_hue(band.hue), 0.35) for band in bands],
            "customdata": [band.said for band in bands],
            "hovertemplate": "%{source.label} → %{target.label}  <b>%{customdata}</b><extra></extra>",
        },
        "meta": [*drills, *between],
    }
    return figure([trace], margin={"l": 4, "r": 4, "t": 8, "b": 8})


def _hue(number: int) -> str:
    return SERIES[number % len(SERIES)]
