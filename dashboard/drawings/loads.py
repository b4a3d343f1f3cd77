"""Loads and their accounts: where every row that was read went, per load, table and file."""

from collections.abc import Mapping, Sequence
from datetime import UTC
from functools import cache
from typing import Any, Final

from dash import dcc, html
from sqlalchemy import Select, bindparam, func, select

from dashboard.access.present import signed_in
from dashboard.components.marks import HIDDEN, icon, state_mark
from dashboard.drawings.remarks import remarks
from dashboard.language import message
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.quality import chosen, inside, is_whole, loads_of, place_of, rows_of, table_label
from dashboard.view import View
from etl.marts.quality import load_file, unit_account

SHOWN: Final = 8
# Where a row that was read may go; together they are what was read.
FATES: Final[Mapping[str, str]] = {
    "new": message("new"),
    "changed": message("changed"),
    "unchanged": message("as before"),
    "duplicates": message("duplicates"),
    "totals_rows": message("totals rows"),
    "quarantined": message("held"),
}
COUNTS: Final = ("read", *FATES, "released")


@cache
def _by_load() -> Select[Any]:
    sums = [func.sum(load_file.c[name]).label(name) for name in COUNTS]
    return select(load_file.c.load, *sums).group_by(load_file.c.load)


_FILES: Final[Select[Any]] = select(load_file).where(load_file.c.load == bindparam("load"))
_UNITS: Final[Select[Any]] = select(unit_account)


def loads(view: View) -> Drawing:
    """Every load with its account, newest first; of a part of the city: what the loads brought of it."""
    found = loads_of(view)
    counts = {row["load"]: row for row in (_city_counts(view) if is_whole(view) else _part_counts(view))}
    rows = [_counted(row | counts[row["load"]]) for row in found if row["load"] in counts]
    if not rows:
        raise Withheld("no_rows", view.words.say("Loads count by region from the next one on."))
    names = COUNTS if is_whole(view) else ("read", "quarantined")
    return Drawing(
        _reading(view, rows),
        _table(view, rows, names),
        body=_body(view, rows, names),
        height=76 + 38 * min(len(rows), SHOWN),
    )


def _city_counts(view: View) -> list[dict[str, Any]]:
    return rows_of(view, _by_load())


def _part_counts(view: View) -> list[dict[str, Any]]:
    """What the loads brought of the region in view: rows that name no region, or not readably, are in no part."""
    sums: dict[int, dict[str, Any]] = {}
    for row in inside(view, rows_of(view, _UNITS)):
        one = sums.setdefault(row["load"], {"load": row["load"], "read": 0, "quarantined": 0})
        one["read"] += row["read"]
        one["quarantined"] += row["quarantined"]
    return list(sums.values())


def _counted(row: dict[str, Any]) -> dict[str, Any]:
    counted = {name: int(row[name]) for name in COUNTS if name in row}
    return row | counted | {"rate": 100 * counted["quarantined"] / counted["read"] if counted["read"] else None}


def _reading(view: View, rows: Sequence[Row]) -> str:
    words, last = view.words, rows[0]
    values = {
        "number": words.number(len(rows)),
        "load": str(last["load"]),
        "moment": words.moment(last["loaded_at"].replace(tzinfo=UTC)),
        "read": words.number(sum(row["read"] for row in rows)),
        "held": words.number(sum(row["quarantined"] for row in rows)),
    }
    if not is_whole(view):
        return words.say(
            "{number} loads brought {read} rows that name this region; {held} of them were held when they came.",
            **values,
        )
    if all(adds_up(row) for row in rows):
        return words.say(
            "{number} loads read {read} rows, and every row is accounted for; {held} were held when they came. "
            "The newest is no. {load} of {moment}.",
            **values,
        )
    return words.say("Not every row of these loads is accounted for: please tell the administrator.")


def adds_up(row: Row) -> bool:
    """Whether all that was read went somewhere."""
    return bool(row["read"] == sum(row[name] for name in FATES))


def _table(view: View, rows: Sequence[Row], names: Sequence[str]) -> Table:
    words = view.words
    said = [
        dict(row)
        | {
            "loaded_said": words.moment(row["loaded_at"].replace(tzinfo=UTC)),
            "data_date_said": words.day(row["data_date"]),
            "remark": words.listed(_kinds(view, row)),
        }
        for row in rows
    ]
    columns = (
        Column("load", words.say("load"), "rank"),
        Column("data_date_said", words.say("data to")),
        Column("loaded_said", words.say("loaded at")),
        Column("delivery", words.say("delivery")),
        Column("remark", words.say("remark")),
        *(Column(name, words.say(HEADS[name]), "rows") for name in names),
        Column("rate", words.say("share held"), "%"),
    )
    return Table(columns, said, ("load", "load"))


HEADS: Final[Mapping[str, str]] = {"read": message("rows read"), **FATES, "released": message("released")}


def _kinds(view: View, row: Row) -> list[str]:
    marked = (("is_backfill", message("late addition")), ("is_partial", message("in part")))
    return [view.words.say(label) for name, label in marked if row[name]]


def _body(view: View, rows: Sequence[Row], names: Sequence[str]) -> html.Div:
    words = view.words
    here = chosen(view, "load") or str(rows[0]["load"])
    heads = [words.say(text) for text in ("load", "data to", "loaded at", "delivery")]
    fates = [html.Th(words.say(HEADS[name]), scope="col", className="number") for name in names]
    bar = [html.Th(words.say("where the rows went"), scope="col", className="fate-head")] if is_whole(view) else []
    head = html.Thead(html.Tr([*(html.Th(text, scope="col") for text in heads), *bar, *fates]))
    body = [
        html.Tr(_cells(view, row, names), className="row-here" if str(row["load"]) == here else "")
        for row in rows[:SHOWN]
    ]
    table = html.Table([head, html.Tbody(body)], className="figure-table worklist")
    account = signed_in()
    parts: list[Any] = [load_link(view)] if account is not None and account.may_load else []
    parts.append(html.Div(table, className="table-room", tabIndex=0))
    if is_whole(view):
        parts.append(_legend(view))
    if len(rows) > SHOWN:
        more = words.say("{number} more are in the table and in the file.", number=words.number(len(rows) - SHOWN))
        parts.append(html.P(more, className="muted left-out"))
    return html.Div(parts)


def _cells(view: View, row: Row, names: Sequence[str]) -> list[Any]:
    words = view.words
    link = dcc.Link(
        words.say("no. {number}", number=str(row["load"])),
        href=view.drill("load", str(row["load"])),
        title=words.say("The account of this load"),
    )
    kinds = [html.Span(kind, className="kind-mark") for kind in _kinds(view, row)]
    bar = [html.Td(fate_bar(view, row), className="fate-cell")] if is_whole(view) else []
    return [
        html.Th(link, scope="row"),
        html.Td(words.day(row["data_date"]), className="moment"),
        html.Td(words.moment(row["loaded_at"].replace(tzinfo=UTC)), className="moment"),
        html.Td([html.Code(row["delivery"]), *kinds]),
        *bar,
        *(html.Td(words.number(row[name]), className=_number(row, name)) for name in names),
    ]


def _number(row: Row, name: str) -> str:
    return "number" if row[name] else "number none"


def fate_bar(view: View, row: Row) -> html.Span:
    """Where the rows went, as a bar in parts; the numbers beside it say the same."""
    parts = [
        html.Span(className=f"fate fate-{name}", style={"width": f"{100 * row[name] / row['read']:.2f}%"})
        for name in FATES
        if row["read"] and row[name]
    ]
    title = view.words.listed([f"{view.words.say(FATES[name])} {view.words.number(row[name])}" for name in FATES])
    return html.Span(parts, className="fate-room", title=title, **HIDDEN)


def _legend(view: View) -> html.P:
    keys = [
        html.Span([html.Span(className=f"fate fate-{name}", **HIDDEN), view.words.say(label)], className="fate-key")
        for name, label in FATES.items()
    ]
    return html.P(keys, className="fate-legend")


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
    for row in inside(view, rows_of(view, _UNITS)):
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
    cells = [html.Td(words.number(row[each]), className=_number(row, each)) for each in names]
    if is_whole(view):
        fits = adds_up(row)
        mark = state_mark("met" if fits else "behind", words, short=True)
        cells.append(html.Td([] if row["is_file"] and fits else mark))
    head = html.Th(name, scope="row")
    return html.Tr([head, *cells], className="file-line" if row["is_file"] else "")


def load_link(view: View) -> html.A:
    """The way to the page on which a delivery is loaded."""
    language = "" if view.words.chinese else "?lang=en"
    return html.A(
        [icon("upload"), view.words.say("Load a delivery")],
        href=f"/data/load{language}",
        className="foot-link load-link",
    )
