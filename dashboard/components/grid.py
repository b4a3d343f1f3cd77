"""The table view of a panel: the same rows, sortable, with the numbers in full."""

from typing import Any, Final

import dash_ag_grid as dag

from dashboard.panel import Column, Table
from dashboard.text import Words, decimals

THEME: Final = (
    "themeQuartz.withParams({backgroundColor: 'var(--surface)', foregroundColor: 'var(--ink)', headerTextColor: 'var(--muted)', "
    "accentColor: 'var(--accent)', borderColor: 'var(--line)', headerBackgroundColor: 'var(--surface)', oddRowBackgroundColor: 'var(--surface)', "
    "browserColorScheme: 'inherit', fontFamily: 'inherit', fontSize: 13, headerFontSize: 12, spacing: 5, wrapperBorder: false, "
    "rowHoverColor: 'var(--hover)', columnBorder: false})"
)


def grid(identity: dict[str, str], table: Table, words: Words, height: int) -> dag.AgGrid:
    """An AG Grid of `table`; a click on a row drills where the table says so."""
    rows = [
        {column.name: _plain(row.get(column.name)) for column in table.columns} | _drill(table, row)
        for row in table.rows
    ]
    options: dict[str, Any] = {
        "theme": {"function": THEME},
        "animateRows": False,
        "suppressCellFocus": False,
        "enableCellTextSelection": True,
    }
    if words.chinese:
        options["getLocaleText"] = {"function": "chineseText(params)"}
    return dag.AgGrid(
        id=identity,
        columnDefs=[_column(column, words) for column in table.columns],
        rowData=rows,
        getRowId="params.data._id",
        columnSize="responsiveSizeToFit",
        defaultColDef={"sortable": True, "resizable": True, "minWidth": 84, "suppressHeaderMenuButton": True},
        dashGridOptions=options,
        className="grid grid-drill" if table.drill else "grid",
        style={"height": max(height, 200), "width": "100%"},
    )


def _column(column: Column, words: Words) -> dict[str, Any]:
    unit = f" ({words.unit(column.unit)})" if column.unit not in ("", "score", "rank") else ""
    shown: dict[str, Any] = {
        "field": column.name,
        "headerName": column.label + unit,
        "headerTooltip": column.label + unit,
    }
    if not column.unit:
        return {**shown, "minWidth": 120, "flex": 2}
    digits = decimals(column.unit)
    missing = words.say("no data")
    shown["valueFormatter"] = {
        "function": f"params.value == null ? '{missing}' : d3.format(',.{digits}f')(params.value)"
    }
    return {**shown, "type": "rightAligned", "flex": 1, "cellClass": "number"}


def _drill(table: Table, row: Any) -> dict[str, str]:
    if table.drill is None:
        return {"_id": "/".join(str(row.get(column.name)) for column in table.columns)}
    column, dimension = table.drill
    return {"_id": f"{dimension}={row.get(column)}"}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else float(value)
