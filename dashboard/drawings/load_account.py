"""The account of one load, table by table and file by file: what was read is what went somewhere."""

from collections.abc import Sequence
from typing import Any, Final

from dash import html
from sqlalchemy import Select, bindparam, select

from dashboard.components.marks import HIDDEN
from dashboard.drawings.errors import ACCOUNTS
from dashboard.drawings.loads import COUNTS, FATES, HEADS, adds_up, number_class
from dashboard.drawings.remarks import remarks
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.quality import chosen, is_whole, loads_of, place_of, rows_of, table_label
from dashboard.tally import tallied
from dashboard.view import View
from etl.marts.quality import load_file

_FILES: Final[Select[Any]] = select(load_file).where(load_file.c.load == bindparam("load"))


def account(view: View) -> Drawing:
    """The account of one load, by table and file, and what it did not know or did not take."""
    found = {str(row["load"]): row for row in loads_of(view)}
    load = found.get(chosen(view, "load") or "") or next(iter(found.values()), None)
    if load is None:
        raise Withheld("no_rows")
    rows = _by_table(view, load["load"]) if is_whole(view) else _of_part(view, load["load"])
    if not rows:
        raise Withheld("no_rows")
    words = view.words
    names = COUNTS if is_whole(view) else ("read", "quarantined")
    columns = (
        Column("table_said", words.say("table")),
        *((Column("file", words.say("file"), "long"),) if is_whole(view) else ()),
        *(Column(name, words.say(HEADS[name]), "rows") for name in names),
        *((Column("unknown_columns", words.say("unknown columns")),) if is_whole(view) else ()),
    )
    listed = [row for row in rows if row["is_file"] or not is_whole(view)]
    tables = [row for row in rows if not row["is_file"]]
    left = remarks(view, load["load"], rows) if is_whole(view) else []
    return Drawing(
        _account_reading(view, load, tables),
        Table(columns, listed),
        body=html.Div([_account_table(view, rows, names), *left]),
        height=min(560, 80 + 31 * len(rows)),
    )


def _by_table(view: View, load: int) -> list[dict[str, Any]]:
    """A line a table, each followed by its files where there are several."""
    words, tables = view.words, dict[str, list[dict[str, Any]]]()
    for row in rows_of(view, _FILES, load=load):
        tables.setdefault(row["table_name"], []).append(row | {name: int(row[name]) for name in COUNTS})
    found = []
    for name in sorted(tables, key=place_of):
        files = sorted((row for row in tables[name] if row["file"]), key=lambda row: row["file"])
        label = words.of(table_label(name))
        total = {count: sum(row[count] for row in tables[name]) for count in COUNTS}
        found.append({"table_said": label, "table_name": name, "is_file": False, "files": len(files), **total})
        beside = {"table_said": label, "is_file": True}
        found += [row | beside | {"unknown_columns": row["unknown_columns"] or ""} for row in files]
    return found


def _of_part(view: View, load: int) -> list[dict[str, Any]]:
    sums: dict[str, dict[str, Any]] = {}
    for row in tallied(view, ACCOUNTS):
        if row["load"] != load:
            continue
        name = row["table_name"]
        beside = {"table_said": view.words.of(table_label(name)), "table_name": name, "is_file": False, "files": 0}
        one = sums.setdefault(name, {**beside, "read": 0, "quarantined": 0})
        one["read"] += row["read"]
        one["quarantined"] += row["quarantined"]
    return [sums[name] for name in sorted(sums, key=place_of)]


def _account_reading(view: View, load: Row, tables: Sequence[Row]) -> str:
    words = view.words
    values = {
        "load": str(load["load"]),
        "read": words.number(sum(row["read"] for row in tables)),
        "tables": words.number(len(tables)),
        "held": words.number(sum(row["quarantined"] for row in tables)),
    }
    if not is_whole(view):
        return words.say(
            "Load {load} brought {read} rows of {tables} tables that name this region; {held} were held.", **values
        )
    released = sum(row["released"] for row in tables)
    if not all(adds_up(row) for row in tables):
        return words.say("Not every row of these loads is accounted for: please tell the administrator.")
    said = words.say(
        "Load {load} read {read} rows of {tables} tables; {held} were held. What was read is what went somewhere, "
        "table by table.",
        **values,
    )
    if not released:
        return said
    return said + words.say(" {number} rows that had waited were released.", number=words.number(released))


def _account_table(view: View, rows: Sequence[Row], names: Sequence[str]) -> html.Div:
    words, whole = view.words, is_whole(view)
    signs = {"read": "", "new": "=", **dict.fromkeys(list(FATES)[1:], "+"), "released": ""}
    heads = [
        html.Th([html.Span(signs[name] if whole else "", className="sign", **HIDDEN), words.say(HEADS[name])],
                scope="col", className="number")
        for name in names
    ]  # fmt: skip
    check = [html.Th(words.say("adds up"), scope="col")] if whole else []
    head = html.Thead(html.Tr([html.Th(words.say("table and file"), scope="col"), *heads, *check]))
    body = [_line(view, row, names) for row in rows if not row["is_file"] or _several(rows, row)]
    return html.Div(
        html.Table([head, html.Tbody(body)], className="figure-table account-table"), className="table-room", tabIndex=0
    )


def _several(rows: Sequence[Row], row: Row) -> bool:
    return any(each["table_name"] == row["table_name"] and each["files"] > 1 for each in rows if not each["is_file"])


def _line(view: View, row: Row, names: Sequence[str]) -> html.Tr:
    words = view.words
    name: Any = html.Code(row["file"]) if row["is_file"] else row["table_said"]
    cells = [html.Td(words.number(row[each]), className=number_class(row, each)) for each in names]
    if is_whole(view):
        fits = adds_up(row)
        said = words.say("adds up") if fits else words.say("does not add up")
        shape = html.Span(className=f"shape shape-{'met' if fits else 'behind'}", **HIDDEN)
        mark = html.Span([shape, html.Span(said, className="unseen")], className="state state-met", title=said)
        cells.append(html.Td([] if row["is_file"] and fits else mark))
    head = html.Th(name, scope="row")
    return html.Tr([head, *cells], className="file-line" if row["is_file"] else "")
