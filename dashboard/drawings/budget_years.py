"""Budget year beside payment year: what is charged to a year is not what is paid within it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from dashboard.drawings.execution import budget_day
from dashboard.figures.bars import Series, grouped
from dashboard.figures.theme import ACCENT, EARLIER, SERIES
from dashboard.panel import Column, Drawing, Table, Withheld
from dashboard.period import Period
from dashboard.semantics.catalogue import METRICS
from dashboard.view import View

YEARS: Final = 4


def budget_years(view: View) -> Drawing:
    """Year by year: the budget, what was charged to it whenever paid, and what was paid within the calendar year."""
    last = budget_day(view).year
    names = [str(year) for year in range(last - YEARS + 1, last + 1)]
    charged = {row["budget_year"]: row for row in view.ask("subsidy_spend", by=("budget_year",))}
    budgets = {row["budget_year"]: row for row in view.ask("subsidy_budget", "budget_execution", by=("budget_year",))}
    span = Period(date(last - YEARS + 1, 1, 1), budget_day(view))
    paid = {row["year"]: row["subsidy_spend"] for row in view.ask("subsidy_spend", by=("year",), period=span)}
    rows = [
        {
            "budget_year": name,
            "subsidy_budget": budgets.get(name, {}).get("subsidy_budget"),
            "subsidy_spend": charged.get(name, {}).get("subsidy_spend"),
            "budget_execution": budgets.get(name, {}).get("budget_execution"),
            "paid_within": paid.get(name),
        }
        for name in names
    ]
    rows = [row for row in rows if row["subsidy_spend"] or row["subsidy_budget"] or row["paid_within"]]
    if not rows:
        raise Withheld("no_rows")
    return _years_drawing(view, rows)


def _years_drawing(view: View, rows: Sequence[dict[str, Any]]) -> Drawing:
    words = view.words
    shown = (
        ("subsidy_budget", words.say("budget"), EARLIER),
        ("subsidy_spend", words.say("charged to the year's budget"), ACCENT),
        ("paid_within", words.say("paid within the year"), SERIES[1]),
    )
    axis = words.axis([_number(row[name]) for row in rows for name, _, _ in shown], "yuan")
    series = [
        Series(
            label,
            [_number(row[name]) for row in rows],
            [words.value(row[name], "yuan") for row in rows],
            color,
        )
        for name, label, color in shown
        if any(row[name] is not None for row in rows)
    ]
    columns = (
        Column("budget_year", words.say("budget year")),
        *(Column(name, label, "yuan") for name, label, _ in shown),
        Column("budget_execution", words.of(METRICS["budget_execution"].label), "%"),
    )
    names = [row["budget_year"] for row in rows]
    figure = grouped(names, series, axis, [("period", name) for name in names])
    newest = rows[-2] if len(rows) > 1 else rows[-1]
    reading = words.say(
        "{year}: {charged} was charged to the year's budget, {paid} was paid within the calendar year; what is paid"
        " after New Year for the old year makes the difference.",
        year=newest["budget_year"],
        charged=words.value(newest["subsidy_spend"], "yuan"),
        paid=words.value(newest["paid_within"], "yuan"),
    )
    return Drawing(reading, Table(columns, rows), figure=figure)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
