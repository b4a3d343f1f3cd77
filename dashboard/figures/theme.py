"""Colours and the frame of every chart. Text and grid lines take the page's colours by CSS, in light and in dark."""

from collections.abc import Sequence
from typing import Any, Final

from dashboard.text import Axis

# The tokens --mark… of assets/10-tokens.css again. Every colour has at least 3:1 against both surfaces,
# and states and series stay apart for the colour-blind (tests/dashboard/figures/test_theme.py).
ACCENT: Final = "#2a86a6"
EARLIER: Final = "#83919e"
BAND: Final = "rgba(42, 134, 166, 0.2)"  # the accent behind a line: where it may come to lie
GOOD: Final = "#1f8a80"
WATCH: Final = "#b98a10"
BAD: Final = "#c2373f"
SERIES: Final = (ACCENT, "#b88114", "#7a55c7", "#d0606a", "#7d8894", "#a85024", "#7575d1", "#8a8a3c")
# The accent from lightest to darkest, as Mantine's controls want it.
SHADES: Final = (
    "#eaf5f9", "#d5e8ef", "#a9d0de", "#79b7cd", "#53a2be", "#3b95b5", ACCENT, "#1b7290", "#0f6583", "#005773",
)  # fmt: skip
# From no arrears to the oldest: a calm tone, then warmer and darker.
AGES: Final = ("#6f98ac", "#b28a3a", "#c07a2a", "#c4662c", "#c0522f", "#b84a42", "#b4506a")
FONT: Final = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",system-ui,sans-serif'
INK: Final = "#5b6875"  # text and grid where no style sheet says otherwise: in a picture that was taken away
GRID: Final = "#dfe4e8"
TEXT, NOTE = 12, 11  # pixels at normal type; assets/charts.js enlarges them with the page's type

_AXIS: Final = {
    "zeroline": False,
    "showgrid": True,
    "gridcolor": GRID,
    "gridwidth": 1,
    "fixedrange": True,
    "automargin": True,
    "ticks": "",
}
# What all charts have in common, as Plotly merges it: the document carries it, assets/charts.js puts it under figures.
TEMPLATE: Final[dict[str, Any]] = {
    "layout": {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": list(SERIES),
        "font": {"family": FONT, "size": TEXT, "color": INK},
        "margin": {"l": 8, "r": 16, "t": 28, "b": 8},
        "hovermode": "closest",
        "dragmode": False,
        "bargap": 0.35,
        "showlegend": True,
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1.03,
            "yanchor": "bottom",
            "xanchor": "left",
            "itemclick": False,
            "traceorder": "normal",
        },
        "hoverlabel": {"font": {"family": FONT, "size": TEXT}, "align": "left"},
        "xaxis": _AXIS,
        "yaxis": _AXIS,
    }
}

_CONFIG: Final[dict[str, Any]] = {
    "displaylogo": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
    "modeBarButtonsToRemove": [
        "zoom2d",
        "pan2d",
        "select2d",
        "lasso2d",
        "zoomIn2d",
        "zoomOut2d",
        "autoScale2d",
        "resetScale2d",
    ],
}

# What fills an area so that the page shows through, in light and in dark: five shades of the accent, and the states.
_SHADE_ALPHAS: Final = (0.10, 0.22, 0.35, 0.48, 0.62)
NO_FIGURE: Final = "rgba(125,136,148,0.10)"


def shade_color(shade: int | None) -> str:
    """The fill of class 1 … 5 of a figure; of no figure, hardly any."""
    return NO_FIGURE if shade is None else see_through(ACCENT, _SHADE_ALPHAS[shade - 1])


def state_color(state: str) -> str:
    """The fill of a target's state."""
    color = {"met": GOOD, "on_track": GOOD, "watch": WATCH, "behind": BAD}.get(state)
    return NO_FIGURE if color is None else see_through(color, 0.45 if state == "met" else 0.3)


def see_through(color: str, alpha: float) -> str:
    """The colour with the page showing through it."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"


def plotly_config(locale: str, name: str) -> Any:
    """What Plotly may do in the page: nothing that leaves the host; a picture that is taken away is called `name`."""
    return {**_CONFIG, "locale": locale, "toImageButtonOptions": {"format": "svg", "filename": name}}


def figure(traces: list[dict[str, Any]], **layout: Any) -> dict[str, Any]:
    """A Plotly figure as a dict; the page adds TEMPLATE, which all charts share and which travels once a visit."""
    return {"data": traces, "layout": layout}


def values_axis(axis: Axis, **changes: Any) -> dict[str, Any]:
    """The axis that values are read on; its title says the unit."""
    return {
        "tickformat": ",~f",
        "ticksuffix": "%" if axis.percent else "",
        "rangemode": "tozero",
        "nticks": 6,
        **changes,
    }


def names_axis(**changes: Any) -> dict[str, Any]:
    """The axis of names: areas, months, kinds."""
    return {"type": "category", "showgrid": False, **changes}


def unit_shown(axis: Axis, *, legend: bool) -> dict[str, Any]:
    """The unit above the chart: before the legend where there is one, so that the two never meet."""
    if axis.percent:
        return {}
    if legend:
        return {"legend": {"title": {"text": axis.title + "   ", "side": "left", "font": {"size": NOTE}}}}
    note = {"text": axis.title, "xref": "paper", "yref": "paper", "x": 0, "y": 1.03, "showarrow": False}
    return {"annotations": [{**note, "xanchor": "left", "yanchor": "bottom", "font": {"size": NOTE}}]}


def scaled(values: Sequence[float | None], axis: Axis) -> list[float | None]:
    """Values divided as the axis says, to the seven digits that a drawing can show; a missing one stays missing."""
    return [None if value is None else float(f"{float(value) / axis.divisor:.7g}") for value in values]
