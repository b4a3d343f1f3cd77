"""Lists by number, of households, registrations or loans: for those who may see rows, in their own regions."""

from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final

import duckdb
from dash import html
from sqlalchemy import Integer, Select, bindparam, func

from dashboard.components.light import Div, Link, Th, Tr
from dashboard.components.marks import state_mark
from dashboard.drawings.bullets import labelled_cell
from dashboard.panel import Row, Withheld
from dashboard.semantics.measure import in_scope
from dashboard.semantics.summing import Statement
from dashboard.view import View

TABLED: Final = 1000  # rows of the table on the page; the file holds all


@contextmanager
def since_this_build(view: View) -> Iterator[None]:
    """What asks columns that builds of before do not have: they have nothing to show until the next load."""
    try:
        yield
    except (duckdb.BinderException, duckdb.CatalogException):
        raise Withheld("unavailable", view.words.say("The next load brings this list.")) from None


def begun(view: View) -> None:
    """Withheld where the period lies wholly after the day in view: nothing can be said of it."""
    if view.period.start > view.as_of:
        raise Withheld("no_rows")


def rows_of(view: View, statement: Select[Any], most: int | None = None, /, **values: Any) -> list[dict[str, Any]]:
    """The rows of the region in view (bound as `area`) within the reader's scope, the first `most` of them.

    The statement is of `mart.region` among others, and the same object for the same question: it is compiled once.
    """
    asked = _asked(statement, (), limited=most is not None, scoped=view.build.scope.regions is not None)
    names = [column.name for column in statement.selected_columns]
    return [dict(zip(names, row, strict=True)) for row in _fetched(view, asked, most=most, **values)]


def totals_of(view: View, statement: Select[Any], sums: tuple[str, ...], **values: Any) -> dict[str, Any]:
    """The `number` of these rows, and the `sums` of columns over all of them."""
    asked = _asked(statement, ("number", *sums), limited=False, scoped=view.build.scope.regions is not None)
    [row] = _fetched(view, asked, **values)
    return dict(zip(("number", *sums), row, strict=True))


@lru_cache(maxsize=256)
def _asked(statement: Statement, totals: tuple[str, ...], *, limited: bool, scoped: bool) -> Statement:
    """The rows of a statement within the scope, the first of them, or their totals."""
    if scoped:
        statement = statement.where(in_scope())
    if totals:
        sums = (func.sum(statement.selected_columns[name]) for name in totals[1:])
        return statement.order_by(None).with_only_columns(func.count(), *sums)
    return statement.limit(bindparam("most", type_=Integer)) if limited else statement


def _fetched(view: View, statement: Statement, **values: Any) -> list[tuple[Any, ...]]:
    if not view.build.scope.rows:
        raise Withheld("not_allowed")
    regions, own = view.build.regions, view.build.scope.regions
    scope = [regions.find(each).region_id for each in own or ()]
    with since_this_build(view):
        return view.build.fetch(statement, area=regions.find(view.region.code).region_id, scope=scope, **values)


def place_of(view: View, row: Row) -> Any:
    """The row's region, as a link down to it unless it is the one in view."""
    if row["region_code"] == view.region.code:
        return row["region_name"]
    return Link(row["region_name"], href=view.drill("region", row["region_code"]))


def listing(
    view: View, heads: Sequence[str], listed: Sequence[Sequence[Any]], number: int, numeric: Container[int] = ()
) -> html.Div:
    """The first rows of `number` as a table of cells; the rest stands in the table view and in the file.

    `numeric`: the columns, counted from 0, that are read as numbers.
    """
    names = ["number" if at in numeric else "" for at in range(len(heads))]
    columns = list(zip(heads, names, strict=True))
    head = html.Thead(Tr([Th(label, scope="col", className=name) for label, name in columns]))
    rows = [
        Tr(
            [
                Th(cells[0], scope="row"),
                *(labelled_cell(label, cell, name) for (label, name), cell in zip(columns[1:], cells[1:], strict=True)),
            ]
        )
        for cells in listed
    ]
    table = html.Table([head, html.Tbody(rows)], className="figure-table worklist stacked")
    parts: list[Any] = [Div(table, className="table-room", tabIndex=0)]
    if number > len(listed):
        more = view.words.say(
            "{number} more are in the table and in the file.", number=view.words.number(number - len(listed))
        )
        parts.append(html.P(more, className="muted left-out"))
    return Div(parts)


def nothing_left(view: View) -> html.P:
    """That all is done."""
    return html.P(
        [state_mark("met", view.words, short=True), view.words.say("Nothing is left to do.")], className="all-done"
    )
