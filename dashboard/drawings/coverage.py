"""How fresh each source table is: its newest event, and the newest load that brought anything; and so by unit."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from dash import dcc, html
from sqlalchemy import Select, select

from dashboard.components.marks import state_mark
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.quality import by_part, inside, loads_of, place_of, rows_of, table_label
from dashboard.view import View
from etl.marts.quality import coverage

OLD: Final = 100  # days: deliveries come by the quarter, and take a week
_ALL: Final[Select[Any]] = select(coverage)


def tables(view: View) -> Drawing:
    """One line a source table: rows that count, newest event and its age, newest load that brought anything."""
    words, rows = view.words, _by_table(view)
    if not rows:
        raise Withheld("no_rows")
    dates = {row["load"]: row["data_date"] for row in loads_of(view)}
    for row in rows:
        row["load_date"] = dates.get(row["newest_load"])
    columns = (
        Column("table_said", words.say("table")),
        Column("row_count", words.say("rows that count"), "rows"),
        Column("newest_event", words.say("newest event"), "short"),
        Column("days", words.say("days before the data date"), "days"),
        Column("newest_load", words.say("newest load with rows"), "rank"),
        Column("load_date", words.say("its data date"), "short"),
    )
    dated = [row for row in rows if row["days"] is not None]
    old = [row for row in dated if row["days"] > OLD]
    values = {"day": words.day(view.data_date), "number": words.number(len(rows))}
    if old:
        oldest = max(old, key=lambda row: row["days"])
        reading = words.say(
            "{number} tables, up to {day}; {old} have no event for more than {days} days, {name} for the longest.",
            old=words.number(len(old)),
            days=words.number(OLD),
            name=oldest["table_said"],
            **values,
        )
    else:
        reading = words.say(
            "{number} tables, up to {day}; each has an event of the last {days} days.", days=words.number(OLD), **values
        )
    return Drawing(reading, Table(columns, rows), body=_list(view, rows), height=min(560, 60 + 31 * len(rows)))


def _by_table(view: View) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in inside(view, rows_of(view, _ALL)):
        found.setdefault(row["table_name"], []).append(row)
    rows = []
    for name in sorted(found, key=place_of):
        newest = max((row["newest_event"] for row in found[name] if row["newest_event"]), default=None)
        rows.append(
            {
                "table_name": name,
                "table_said": view.words.of(table_label(name)),
                "row_count": sum(row["row_count"] for row in found[name]),
                "newest_event": newest,
                "days": _age(view, newest),
                "newest_load": max(row["newest_load"] for row in found[name]),
            }
        )
    return rows


def _age(view: View, newest: date | None) -> int | None:
    return None if newest is None else (view.data_date - newest).days


def _list(view: View, rows: Sequence[Row]) -> html.Div:
    words = view.words
    heads = (
        ("table", ""), ("rows that count", "number"), ("newest event", ""), ("days before the data date", "number"),
        ("newest load with rows", ""),
    )  # fmt: skip
    head = html.Thead(html.Tr([html.Th(words.say(text), scope="col", className=kind) for text, kind in heads]))
    body = []
    for row in rows:
        days, state = row["days"], _state(row["days"])
        age: Any = (
            words.say("none dated") if days is None else [state_mark(state, words, short=True), words.number(days)]
        )
        load = words.say("no. {number}", number=str(row["newest_load"]))
        body.append(
            html.Tr(
                [
                    html.Th(row["table_said"], scope="row"),
                    html.Td(words.number(row["row_count"]), className="number"),
                    html.Td("" if days is None else words.day(row["newest_event"]), className="moment"),
                    html.Td(age, className="number none" if days is None else "number"),
                    html.Td(
                        [load, html.Span(words.day(row["load_date"]), className="muted load-day")], className="moment"
                    ),
                ]
            )
        )
    table = html.Table([head, html.Tbody(body)], className="figure-table worklist")
    return html.Div(table, className="table-room", tabIndex=0)


def _state(days: int | None) -> str:
    return "missing" if days is None else "watch" if days > OLD else "met"


def units(view: View) -> Drawing:
    """Units down, tables across: days from the newest event to the data date; what names no unit is left out."""
    words = view.words
    rows = [row for row in inside(view, rows_of(view, _ALL)) if row["region_id"] is not None]
    names = sorted({row["table_name"] for row in rows if row["newest_event"]}, key=place_of)
    found: list[dict[str, Any]] = [
        {"label": part.name, "code": part.code, "ages": [_newest(view, own, name) for name in names]}
        for part, own in by_part(view, rows)
    ]
    if not names or not found:
        raise Withheld("no_rows")
    columns = (
        Column("label", words.say("region")),
        *(Column(name, words.of(table_label(name)), "days") for name in names),
    )
    ages = [days for row in found for days in row["ages"]]
    silent = [days for days in ages if days is None or days > OLD]
    if silent:
        reading = words.say(
            "{number} of {all} cells have no event of the last {days} days: the unit may not have reported, or nothing "
            "happened.",
            number=words.number(len(silent)),
            all=words.number(len(ages)),
            days=words.number(OLD),
        )
    else:
        reading = words.say("Every unit has an event of the last {days} days in each table.", days=words.number(OLD))
    table = Table(columns, [row | dict(zip(names, row["ages"], strict=True)) for row in found], ("code", "region"))
    return Drawing(reading, table, body=_matrix(view, found, names), height=90 + 34 * len(found))


def _newest(view: View, rows: Sequence[Row], name: str) -> int | None:
    newest = max(
        (row["newest_event"] for row in rows if row["table_name"] == name and row["newest_event"]), default=None
    )
    return _age(view, newest)


def _matrix(view: View, rows: Sequence[Row], names: Sequence[str]) -> html.Div:
    words = view.words
    heads = [html.Th(words.of(table_label(name)), scope="col", className="cell-head") for name in names]
    head = html.Thead(html.Tr([html.Th(words.say("region"), scope="col"), *heads]))
    body = []
    for row in rows:
        name: Any = dcc.Link(row["label"], href=view.drill("region", row["code"])) if row["code"] else row["label"]
        body.append(html.Tr([html.Th(name, scope="row"), *(_cell(view, days) for days in row["ages"])]))
    table = html.Table([head, html.Tbody(body)], className="figure-table matrix ages")
    return html.Div(table, className="table-room", tabIndex=0)


def _cell(view: View, days: int | None) -> html.Td:
    words = view.words
    if days is None:
        return html.Td(words.say("none"), className="cell cell-none muted")
    said = html.Span(words.number(days), className="cell-figure")
    return html.Td(html.Span(said, className=f"cell-link mark-{_state(days)}"), className="cell")
