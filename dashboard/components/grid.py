"""Rows in a grid: a panel's table view, and tables of thousands of cells, for which Dash itself would need minutes."""

from collections import Counter
from typing import Any, Final

import dash_ag_grid as dag

from dashboard.components.marks import rem
from dashboard.panel import PLAIN, Column, Row, Table
from dashboard.text import Words, decimals

# The page's colours by their CSS names: the grid follows light and dark by itself.
_COLOURS: Final = {
    "backgroundColor": "var(--surface)",
    "foregroundColor": "var(--ink)",
    "headerTextColor": "var(--muted)",
    "headerBackgroundColor": "var(--surface)",
    "oddRowBackgroundColor": "var(--surface)",
    "rowHoverColor": "var(--hover)",
    "accentColor": "var(--accent)",
    "borderColor": "var(--line)",
    "browserColorScheme": "inherit",
    "fontFamily": "inherit",
}
_SIZES: Final = (
    "fontSize: 'var(--type-small)', headerFontSize: 'var(--type-note)', spacing: '0.3125rem', "
    "wrapperBorder: false, columnBorder: false"
)
THEME: Final = (
    f"themeQuartz.withParams({{{', '.join(f'{name}: {value!r}' for name, value in _COLOURS.items())}, {_SIZES}}})"
)

WIDTHS: Final = {"short": 74, "code": 178, "place": 122}

REPEATED: Final = "\u200b"  # in no value: an invisible mark

DIGITS: Final = 4  # more than any unit shows; a table of thousands of cells travels in half the bytes

NUMBERS: Final = {"rank": 58, "score": 68, "yuan": 120}
HEADERS: Final = {"wrapHeaderText": True, "autoHeaderHeight": True}


def grid(identity: dict[str, str], table: Table, words: Words, height: int, here: str = "") -> dag.AgGrid:
    """An AG Grid of `table`: a click on a row drills if the table says so; the row that drills to `here` stands out."""
    fields = [column.name for column in table.columns]
    rows = [
        {field: _plain(row.get(field)) for field in fields} | {"_id": name}
        for row, name in zip(table.rows, _names(table), strict=True)
    ]
    options: dict[str, Any] = {"theme": {"function": THEME}, "animateRows": False, "enableCellTextSelection": True}
    if words.chinese:
        options["getLocaleText"] = {"function": "chineseText(params)"}
    if here and table.drill:
        options["rowClassRules"] = {"row-here": f"params.data._id == '{table.drill[1]}={here}'"}
    return dag.AgGrid(
        id=identity,
        columnDefs=[_column(column, words) for column in table.columns],
        rowData=rows,
        getRowId="params.data._id",
        defaultColDef={
            "sortable": True,
            "resizable": True,
            "minWidth": 70,
            "suppressHeaderMenuButton": True,
            **HEADERS,
        },
        dashGridOptions=options,
        eventListeners={"cellKeyDown": ["pressed(params)"]},
        className="grid grid-drill" if table.drill else "grid",
        style={"height": rem(max(height, 200)), "width": "100%"},
    )


def _column(column: Column, words: Words) -> dict[str, Any]:
    unit = "" if column.unit in PLAIN else f" ({words.unit(column.unit)})"
    shown: dict[str, Any] = {
        "field": column.name,
        "headerName": column.label + unit,
        "headerTooltip": column.label + unit,
    }
    if column.unit == "long":
        return {**shown, "minWidth": 180, "flex": 4, "wrapText": True, "autoHeight": True, "cellClass": "long"}
    if column.unit in WIDTHS:
        return {**shown, "minWidth": WIDTHS[column.unit], "flex": 1, "cellClass": column.unit}
    if not column.unit:
        return {**shown, "minWidth": 96, "flex": 2, "tooltipField": column.name}
    digits = decimals("score" if column.unit == "bar" else column.unit)
    said = f"params.value == null ? '{words.say('no data')}' : d3.format(',.{digits}f')(params.value)"
    shown["valueFormatter"] = {"function": said}
    if column.unit == "bar":
        return {**shown, "minWidth": 92, "flex": 2, "cellRenderer": "ScoreBar"}
    return {
        **shown,
        "type": "rightAligned",
        "flex": 1,
        "cellClass": "number",
        "minWidth": NUMBERS.get(column.unit, 84),
    }


def _names(table: Table) -> list[str]:
    """What each row is called: what a click on it chooses; those that choose the same are numbered behind it."""
    seen: Counter[str] = Counter()
    names = []
    for row in table.rows:
        name = _name(table, row)
        names.append(f"{name}{REPEATED}{seen[name]}" if seen[name] else name)
        seen[name] += 1
    return names


def _name(table: Table, row: Row) -> str:
    if table.drill is None:
        return "/".join(str(row.get(column.name)) for column in table.columns)
    column, dimension = table.drill
    return f"{dimension}={row.get(column)}"


def row_drill(name: str) -> tuple[str, str] | None:
    """The dimension and value that a row of this name chooses; None for one that chooses nothing."""
    dimension, equals, value = name.partition(REPEATED)[0].partition("=")
    return (dimension, value) if equals and value not in ("", "None") else None


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return round(float(value), DIGITS)
    if value is None or isinstance(value, (str, int)):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else round(float(value), DIGITS)
