"""What the rest of the year needs for those who are paid now, against what is left of the budgets."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import html

from dashboard.components.picker import value_label
from dashboard.drawings.areas import groups_of
from dashboard.drawings.endings import KNOWN, SOON, running
from dashboard.entitlements import month_after
from dashboard.panel import Column, Drawing, Table
from dashboard.period import Period
from dashboard.view import View


def needs(view: View) -> Drawing:
    """Kind by kind: who is paid now, what falls away, and what the rest of the year needs of what is left."""
    found, words = running(view), view.words
    year_end, soon = date(view.as_of.year, 12, 31), month_after(view.as_of, SOON)
    left = _budgets_left(view)
    rows: list[dict[str, Any]] = []
    for kind in groups_of([{"kind": one.kind} for one in found], "kind"):
        part = [one for one in found if one.kind == kind]
        sources = {source: rest for (of, source), rest in left.items() if of == kind}
        under = sum(one.due_by(year_end) for one in part if one.funding_source in sources)
        rest = sum(sources.values()) if sources else None
        rows.append(
            {
                "kind": value_label(view, "kind", kind),
                "kind_value": kind,
                "running": sum(one.number for one in part),
                "monthly": float(sum(one.monthly for one in part)),
                "soon": sum(one.number for one in part if one.last_month <= soon),
                "needed": float(sum(one.due_by(year_end) for one in part)),
                "needed_under": float(under),
                "budget_left": rest,
                "spare": None if rest is None else rest - float(under),
            }
        )
    columns = (
        Column("kind", words.say("kind of subsidy")),
        Column("running", words.say("persons now"), "persons"),
        Column("monthly", words.say("a month"), "yuan"),
        Column("soon", words.say("ending within 3 months"), "persons"),
        Column("needed", words.say("still needed this year"), "yuan"),
        Column("needed_under", words.say("of it from its own budgets"), "yuan"),
        Column("budget_left", words.say("budget left"), "yuan"),
        Column("spare", words.say("to spare"), "yuan"),
    )
    shown = [column for column in columns if column.name not in ("monthly", "soon")]
    table = Table(columns, rows, ("kind_value", "kind"))
    body = _need_table(view, shown, rows)
    return Drawing(_need_reading(view, rows), table, body=body, height=90 + 40 * len(rows), knows=KNOWN)


def _need_table(view: View, columns: Sequence[Column], rows: Sequence[dict[str, Any]]) -> html.Div:
    heads = [html.Th(each.label, scope="col", className="number" if at else "") for at, each in enumerate(columns)]
    body = [
        html.Tr([html.Th(row["kind"], scope="row"), *(_need_cell(view, row, column) for column in columns[1:])])
        for row in rows
    ]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="figure-table")
    return html.Div(table, className="table-room", tabIndex=0)


def _need_cell(view: View, row: dict[str, Any], column: Column) -> html.Td:
    value = row[column.name]
    if value is None:
        return html.Td("—", className="number none")
    said = view.words.value(value, column.unit)
    short = column.name == "spare" and value < 0
    return html.Td(html.Span(said, className="change-worse") if short else said, className="number figure")


def _need_reading(view: View, rows: Sequence[dict[str, Any]]) -> str:
    words = view.words
    needed = sum(row["needed"] for row in rows)
    known = [row for row in rows if row["budget_left"] is not None]
    if not known:
        return words.say(
            "At the present rate those who are paid now need {needed} until the end of the year.",
            needed=words.value(needed, "yuan"),
        )
    under, left = (sum(row[name] for row in known) for name in ("needed_under", "budget_left"))
    return words.say(
        "At the present rate those who are paid now need {needed} until the end of the year, {under} of it from the"
        " region's own budgets; {left} of these is left. New entitlements come on top.",
        needed=words.value(needed, "yuan"),
        under=words.value(under, "yuan"),
        left=words.value(left, "yuan"),
    )


def _budgets_left(view: View) -> dict[tuple[str, str], float]:
    """What is left of the year's budget by kind and source of money, where the region has one."""
    names = ("subsidy_budget", "budget_execution")
    rows = view.ask(*names, by=("kind", "funding_source"), period=Period(date(view.as_of.year, 1, 1), view.as_of))
    return {
        (row["kind"], row["funding_source"]): float(row["subsidy_budget"])
        * (1 - float(row["budget_execution"] or 0) / 100)
        for row in rows
        if row["subsidy_budget"]
    }
