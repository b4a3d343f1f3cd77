"""How fresh the data are: of each source table the newest event and the newest load that brought anything, by unit too.

An event is a date that cannot lie after the data date; tables without one are old or new by their loads alone.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from dash import dcc, html
from sqlalchemy import func

from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.quality import Part, loads_of, place_of, table_label
from dashboard.tally import Tally, by_part, tallied
from dashboard.view import View
from etl.marts.quality import coverage

OLD: Final = 100  # days: deliveries come by the quarter, and take a week
_of: Final = coverage.c
_BY_TABLE: Final = Tally(
    coverage,
    (_of.table_name,),
    (
        func.sum(_of.row_count).label("row_count"),
        func.max(_of.newest_event).label("newest_event"),
        func.max(_of.newest_load).label("newest_load"),
    ),
)


def freshness(view: View) -> Drawing:
    """Tables down; rows that count, newest event and its age, newest load with rows; then days by unit."""
    words = view.words
    found = tallied(view, _BY_TABLE)
    if not found:
        raise Withheld("no_rows")
    parts = [(part, rows) for part, rows in by_part(view, found) if part.code]
    dates = {row["load"]: row["data_date"] for row in loads_of(view)}
    rows = [_row(view, name, found, parts) for name in sorted({row["table_name"] for row in found}, key=place_of)]
    for row in rows:
        row["load_date"] = dates.get(row["newest_load"])
    columns = (
        Column("table_said", words.say("table")),
        Column("row_count", words.say("rows that count"), "rows"),
        Column("newest_event", words.say("newest event"), "short"),
        Column("days", words.say("days before the data date"), "days"),
        Column("newest_load", words.say("newest load with rows"), "rank"),
        Column("load_date", words.say("its data date"), "short"),
        *(Column(f"of_{part.code}", part.name, "days") for part, _ in parts),
    )
    body = _matrix(view, rows, [part for part, _ in parts])
    return Drawing(_reading(view, rows), Table(columns, rows), body=body, height=min(620, 70 + 33 * len(rows)))


def _row(view: View, name: str, found: Sequence[Row], parts: Sequence[tuple[Part, Sequence[Row]]]) -> dict[str, Any]:
    own = [row for row in found if row["table_name"] == name]
    newest = _newest(own)
    return {
        "table_name": name,
        "table_said": view.words.of(table_label(name)),
        "row_count": sum(row["row_count"] for row in own),
        "newest_event": newest,
        "days": _age(view, newest),
        "newest_load": max(row["newest_load"] for row in own),
        "has_units": any(row["is_placed"] for row in own),
        **{f"of_{part.code}": _age(view, _newest(_of_table(rows, name))) for part, rows in parts},
    }


def _of_table(rows: Sequence[Row], name: str) -> list[Row]:
    return [row for row in rows if row["table_name"] == name]


def _newest(rows: Sequence[Row]) -> date | None:
    return max((row["newest_event"] for row in rows if row["newest_event"]), default=None)


def _age(view: View, newest: date | None) -> int | None:
    return None if newest is None else (view.data_date - newest).days


def _reading(view: View, rows: Sequence[Row]) -> str:
    words = view.words
    old = [row for row in rows if row["days"] is not None and row["days"] > OLD]
    values = {"day": words.day(view.data_date), "number": words.number(len(rows)), "days": words.number(OLD)}
    if not old:
        return words.say("{number} tables, up to {day}; each has an event of the last {days} days.", **values)
    oldest = max(old, key=lambda row: int(row["days"]))
    return words.say(
        "{number} tables, up to {day}; {old} have no event for more than {days} days, {name} for the longest.",
        old=words.number(len(old)),
        name=oldest["table_said"],
        **values,
    )


def _matrix(view: View, rows: Sequence[Row], parts: Sequence[Part]) -> html.Div:
    words = view.words
    heads = [
        html.Th(words.say("table"), scope="col"),
        html.Th(words.say("rows that count"), scope="col", className="number"),
        html.Th(words.say("newest event"), scope="col"),
        html.Th(words.say("newest load with rows"), scope="col"),
        html.Th(words.say("days"), scope="col", className="cell-head"),
        *(
            html.Th(dcc.Link(part.name, href=view.drill("region", part.code)), scope="col", className="cell-head")
            for part in parts
        ),
    ]
    body = html.Tbody([html.Tr(_cells(view, row, parts)) for row in rows])
    table = html.Table([html.Thead(html.Tr(heads)), body], className="figure-table worklist matrix table-ages")
    return html.Div(table, className="table-room", tabIndex=0)


def _cells(view: View, row: Row, parts: Sequence[Part]) -> list[Any]:
    words = view.words
    newest = words.say("none dated") if row["newest_event"] is None else words.day(row["newest_event"])
    load = words.say("no. {number}", number=str(row["newest_load"]))
    cells: list[Any] = [
        html.Th(row["table_said"], scope="row"),
        html.Td(words.number(row["row_count"]), className="number"),
        html.Td(newest, className="moment none" if row["newest_event"] is None else "moment"),
        html.Td([load, html.Span(words.day(row["load_date"]), className="muted load-day")], className="moment"),
        _age_cell(view, row["days"]),
    ]
    if not row["has_units"] and parts:
        said = words.say("its rows name no unit")
        return [*cells, html.Td(said, colSpan=len(parts), className="cell cell-none muted")]
    return [*cells, *(_age_cell(view, row[f"of_{part.code}"]) for part in parts)]


def _age_cell(view: View, days: int | None) -> html.Td:
    words = view.words
    if days is None:
        return html.Td(words.say("none"), className="cell cell-none muted")
    mark = "watch" if days > OLD else "met"
    said = html.Span(words.number(days), className="cell-figure")
    title = words.say("more than {days} days", days=words.number(OLD)) if days > OLD else ""
    return html.Td(html.Span(said, className=f"cell-link mark-{mark}", title=title), className="cell")
