"""The functions that make component ids; `page` and `panel` are names, or Dash's wildcards."""

from typing import Any, Final

URL: Final = "url"
HEADER: Final = "header"
MENU: Final = "pages"
BAR: Final = "bar"
MAIN: Final = "main"
SEARCH: Final = "region-search"
CUSTOM_PERIOD: Final = "custom-period"
AS_OF: Final = "as-of"
TITLE: Final = "title"
FRAME: Final = "frame"
ASKED: Final = "asked"
CHOICE: Final = "choice"
UNANSWERED: Final = "unanswered"


def weight(path: Any) -> dict[str, Any]:
    """The slider of one part of the ranking's standard; `path` is its path of names."""
    return {"kind": "weight", "path": path}


def panel_body(page: Any, panel: Any) -> dict[str, Any]:
    """Where a panel's drawing goes."""
    return {"kind": "panel-body", "page": page, "panel": panel}


def panel_shape(page: Any, panel: Any) -> dict[str, Any]:
    """The switch between chart and table."""
    return {"kind": "panel-shape", "page": page, "panel": panel}


def panel_chart(page: Any, panel: Any) -> dict[str, Any]:
    """The chart inside a panel: a click on it drills."""
    return {"kind": "panel-chart", "page": page, "panel": panel}


def panel_grid(page: Any, panel: Any) -> dict[str, Any]:
    """The table inside a panel: a click on a row drills."""
    return {"kind": "panel-grid", "page": page, "panel": panel}
