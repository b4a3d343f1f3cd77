"""Loads and their accounts: where every row that was read went, per load, table and file."""

from collections.abc import Mapping, Sequence
from datetime import UTC
from functools import cache
from typing import Any, Final

from dash import dcc, html
from sqlalchemy import Select, func, select

from dashboard.access.present import signed_in
from dashboard.components.marks import HIDDEN, icon
from dashboard.drawings.errors import ACCOUNTS
from dashboard.language import message
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.quality import chosen, is_whole, loads_of, rows_of
from dashboard.tally import tallied
from dashboard.view import View
from etl.marts.quality import load_file

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
    for row in tallied(view, ACCOUNTS):
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
        *(html.Td(words.number(row[name]), className=number_class(row, name)) for name in names),
    ]


def number_class(row: Row, name: str) -> str:
    """How a count stands in its cell: nothing steps back."""
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


def load_link(view: View) -> html.A:
    """The way to the page on which a delivery is loaded."""
    language = "" if view.words.chinese else "?lang=en"
    return html.A(
        [icon("upload"), view.words.say("Load a delivery")],
        href=f"/data/load{language}",
        className="foot-link load-link",
    )
