"""The functions that make component ids; nobody writes one by hand."""

from typing import Final

URL: Final = "url"
HEADER: Final = "header"
BAR: Final = "bar"
MAIN: Final = "main"
SEARCH: Final = "region-search"
CUSTOM_PERIOD: Final = "custom-period"
AS_OF: Final = "as-of"
TITLE: Final = "title"
FRAME: Final = "frame"


def panel_body(page: str, panel: str) -> dict[str, str]:
    """Where a panel's drawing goes."""
    return {"kind": "panel-body", "page": page, "panel": panel}


def panel_shape(page: str, panel: str) -> dict[str, str]:
    """The switch between chart and table."""
    return {"kind": "panel-shape", "page": page, "panel": panel}


def panel_chart(page: str, panel: str) -> dict[str, str]:
    """The chart inside a panel: a click on it drills."""
    return {"kind": "panel-chart", "page": page, "panel": panel}


def panel_grid(page: str, panel: str) -> dict[str, str]:
    """The table inside a panel: a click on a row drills."""
    return {"kind": "panel-grid", "page": page, "panel": panel}
