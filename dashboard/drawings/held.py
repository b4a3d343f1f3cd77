"""Rows that quarantine holds: by unit, by table with the files to correct, and one by one with what to fix."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any, Final
from urllib.parse import quote

from dash import dcc, html
from sqlalchemy import Select, func, or_, select

from dashboard import ids
from dashboard.components.bars import share_bar
from dashboard.components.grid import grid
from dashboard.components.marks import icon, state_mark
from dashboard.drawings.bullets import labelled_cell
from dashboard.drawings.errors import ACCOUNTS
from dashboard.held_files import layouts_of
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.quality import (
    REASONS,
    inside,
    is_whole,
    kept,
    place_of,
    rows_of,
    table_label,
)
from dashboard.semantics.measure import in_area
from dashboard.tally import Tally, by_part, tallied
from dashboard.view import View
from etl.marts.quality import held_row
from etl.marts.region import region as region_mart

LISTED: Final = 2_000  # rows in the page; the files to correct hold all
HEIGHT: Final = 460
_of: Final = held_row.c
COUNTED: Final = Tally(
    held_row,
    (_of.table_name, _of.reason),
    (func.count().label("held"), func.min(_of.load).label("oldest")),
)


def counted(view: View) -> list[dict[str, Any]]:
    """How many rows are held by region, table and reason, as far as the reader's filters go."""
    return kept(view, tallied(view, COUNTED), table="table_name", reason="reason")


def units(view: View) -> Drawing:
    """One line a unit: rows that wait to be corrected, and how many of those it delivered were held when they came."""
    words = view.words
    accounts = {part.code or part.name: found for part, found in by_part(view, tallied(view, ACCOUNTS))}
    rows: list[dict[str, Any]] = []
    for part, found in by_part(view, counted(view)):
        delivered = accounts.pop(part.code or part.name, [])
        read, held = sum(row["read"] for row in delivered), sum(row["quarantined"] for row in delivered)
        rate = 100 * held / read if read else None
        waiting = sum(row["held"] for row in found)
        rows.append({"label": part.name, "code": part.code, "held": waiting, "read": read, "rate": rate})
    total = sum(row["held"] for row in rows)
    columns = (
        Column("label", words.say("region")),
        Column("held", words.say("rows held"), "rows"),
        Column("read", words.say("rows read"), "rows"),
        Column("rate", words.say("share held"), "%"),
    )
    table = Table(columns, rows, ("code", "region"))
    if not total:
        return Drawing(words.say("No row is held here."), table, body=nothing_held(view), height=80)
    most = max(rows, key=lambda row: row["held"])
    reading = words.say(
        "{total} rows wait to be corrected; most are of {name}: {number}.",
        total=words.number(total),
        name=most["label"],
        number=words.number(most["held"]),
    )
    return Drawing(reading, table, body=_unit_list(view, rows), height=max(190, 50 + 34 * len(rows)))


def _unit_list(view: View, rows: Sequence[Row]) -> html.Div:
    words = view.words
    heads = (words.say("region"), words.say("rows held"), words.say("rows read"), words.say("share held"))
    head = html.Thead(
        html.Tr([html.Th(text, scope="col", className="number" if at > 1 else "") for at, text in enumerate(heads)])
    )
    most = max(row["held"] for row in rows)
    body = []
    for row in rows:
        name: Any = dcc.Link(row["label"], href=view.drill("region", row["code"])) if row["code"] else row["label"]
        waiting = html.Div([share_bar(100 * row["held"] / most), words.number(row["held"])], className="share-cell")
        read = words.number(row["read"]) if row["read"] else words.say("not known")
        share = words.value(row["rate"], "%") if row["rate"] is not None else ""
        body.append(
            html.Tr(
                [
                    html.Th(name, scope="row"),
                    html.Td(waiting),
                    html.Td(read, className="number" if row["read"] else "number none"),
                    html.Td(share, className="number"),
                ]
            )
        )
    table = html.Table([head, html.Tbody(body)], className="figure-table worklist held-units")
    return html.Div(table, className="table-room", tabIndex=0)


def tables(view: View) -> Drawing:
    """One line a table: how many rows, why, and the file that brings them back corrected."""
    words = view.words
    rows = _by_table(view)
    columns = (
        Column("table_said", words.say("table")),
        Column("held", words.say("rows held"), "rows"),
        Column("reasons", words.say("why held"), "long"),
        Column("oldest", words.say("held since load"), "rank"),
    )
    table = Table(columns, rows, ("table_name", "table"))
    if not rows:
        return Drawing(words.say("No row is held here."), table, body=nothing_held(view), height=80)
    total = sum(row["held"] for row in rows)
    reading = words.say(
        "{total} rows of {tables} tables wait. Download, correct and load them again: they are settled then.",
        total=words.number(total),
        tables=words.number(len(rows)),
    )
    return Drawing(reading, table, body=_table_list(view, rows), height=max(200, 60 + 40 * len(rows)))


def _by_table(view: View) -> list[dict[str, Any]]:
    words, found = view.words, dict[str, list[dict[str, Any]]]()
    for row in counted(view):
        found.setdefault(row["table_name"], []).append(row)
    rows = []
    for name in sorted(found, key=place_of):
        reasons = Counter[str]()
        for row in found[name]:
            reasons[row["reason"]] += row["held"]
        often = sorted(reasons.items(), key=lambda each: (-each[1], each[0]))
        said = [f"{words.of(REASONS[reason])} {words.number(count)}" for reason, count in often]
        rows.append(
            {
                "table_name": name,
                "table_said": words.of(table_label(name)),
                "held": sum(reasons.values()),
                "reasons": words.say("; ").join(said),
                "oldest": min(row["oldest"] for row in found[name]),
            }
        )
    return rows


def _table_list(view: View, rows: Sequence[Row]) -> html.Div:
    words = view.words
    allowed = view.build.scope.rows
    heads = [words.say("table"), words.say("rows held"), words.say("why held"), words.say("held since load")]
    if allowed:
        heads.append(words.say("file to correct"))
    head = html.Thead(
        html.Tr([html.Th(text, scope="col", className="number" if at == 1 else "") for at, text in enumerate(heads)])
    )
    layouts = layouts_of(view) if allowed else {}
    body = []
    for row in rows:
        link = dcc.Link(row["table_said"], href=view.drill("table", row["table_name"]))
        cells: list[Any] = [
            html.Th(link, scope="row"),
            labelled_cell(heads[1], words.number(row["held"]), "number figure"),
            labelled_cell(heads[2], row["reasons"], "long"),
            labelled_cell(heads[3], words.say("no. {number}", number=str(row["oldest"]))),
        ]
        if allowed:
            cells.append(
                html.Td(_files(view, row["table_name"], layouts.get(row["table_name"], 1)), className="held-files")
            )
        body.append(html.Tr(cells))
    table = html.Table([head, html.Tbody(body)], className="figure-table stacked worklist held-tables")
    return html.Div(table, className="table-room", tabIndex=0)


def _files(view: View, table: str, layouts: int) -> list[Any]:
    """A workbook with all rows, a sheet for each way in which they were headed; a CSV file for each of them."""
    words, search = view.words, view.selection.search
    label = words.of(table_label(table))
    book = html.A(
        [icon("download"), "XLSX"],
        href=f"/export/held/{table}.xlsx{search}",
        className="foot-link",
        download="",
        title=words.say("{table}: the rows as delivered, with what to fix (workbook)", table=label),
    )
    plain = [
        html.A(
            [icon("download"), "CSV" if layouts == 1 else f"CSV {number}"],
            href=f"/export/held/{table}.{quote(str(number))}.csv{search}",
            className="foot-link",
            download="",
            title=words.say("{table}: the rows as delivered, with what to fix (CSV)", table=label),
        )
        for number in range(1, layouts + 1)
    ]
    return [book, *plain]


@cache
def held_rows(level: str, *, whole: bool) -> Select[Any]:
    """The rows held in an area, oldest first; with those of no known unit where the whole city is asked for."""
    own = in_area(level)
    joined = held_row.outerjoin(region_mart, _of.region_id == region_mart.c.region_id)
    return (
        select(held_row, region_mart.c.region_code, region_mart.c.region_name)
        .select_from(joined)
        .where(or_(own, _of.region_id.is_(None)) if whole else own)
        .order_by(_of.entry)
    )


def held_of(view: View) -> list[dict[str, Any]]:
    """The rows held in the region in view that the reader may see, in full; Withheld for whoever may see no rows."""
    if not view.build.scope.rows:
        raise Withheld("not_allowed")
    place = view.build.regions.find(view.region.code)
    statement = held_rows(place.level, whole=is_whole(view))
    rows = inside(view, rows_of(view, statement, area=place.region_id))
    return kept(view, rows, table="table_name", reason="reason")


def each(view: View) -> Drawing:
    """The rows one by one: where they stand, what is wrong and what to do."""
    words = view.words
    found = held_of(view)
    others = _names_of_others(view)
    rows = [
        {
            "table_said": words.of(table_label(row["table_name"])),
            "key": row["key"],
            "region_name": row["region_name"] or words.say("unit not told"),
            "message": row["message_zh"] if words.chinese else row["message_en"],
            "file": "" if any(name in row["file"] for name in others) else row["file"],
            "line": row["line"],
            "load": row["load"],
        }
        for row in found[:LISTED]
    ]
    columns = (
        Column("table_said", words.say("table")),
        Column("key", words.say("key"), "code"),
        Column("region_name", words.say("unit")),
        Column("message", words.say("what to fix"), "long"),
        Column("file", words.say("file")),
        Column("line", words.say("line"), "rank"),
        Column("load", words.say("load"), "rank"),
    )
    table = Table(columns, rows)
    if not rows:
        return Drawing(words.say("No row is held here."), table, body=nothing_held(view), height=80)
    reading = words.say("{number} rows are held, the oldest first.", number=words.number(len(found)))
    if len(found) > LISTED:
        reading += words.say(
            " The first {number} are listed; the files to correct hold all.", number=words.number(LISTED)
        )
    height = min(HEIGHT, 90 + 44 * len(rows))
    return Drawing(reading, table, body=grid(ids.panel_grid("data", "held-list"), table, words, height), height=height)


def _names_of_others(view: View) -> list[str]:
    """Names of regions that are not the reader's: a file of another district may hold a row of one's own."""
    own = {region.name for region in view.tree.by_code.values()}
    foreign = (place for place in view.build.regions.by_id.values() if place.code in view.tree.foreign)
    return [place.name for place in foreign if place.name not in own]


def nothing_held(view: View) -> html.P:
    """Said where nothing waits to be corrected."""
    said = view.words.say("Every row that was delivered is loaded; nothing is left to correct.")
    return html.P([state_mark("met", view.words, short=True), said], className="all-done")
