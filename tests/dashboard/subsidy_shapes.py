"""Shapes of the tables of the page Subsidies: what no metric's name tells, worked out from what the command says."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from dashboard.panel import Drawing, Panel
from dashboard.period import Period, same_last_year, year_period
from dashboard.view import View
from tests.dashboard.shapes import Said, command, names_of, query

# Counted by hand beside their modules (tests/dashboard/drawings/test_subsidies.py, tests/dashboard/cases).
COUNTED: Final = {
    "ending", "falling", "running", "monthly", "soon", "needed", "needed_under", "spare", "in_doubt", "recovered",
    "recovered_amount", "open", "explained", "dismissed", "amount",
}  # fmt: skip


def burn_downs(view: View, panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """What is left by the last month is the budget less what the command says was paid under it."""
    if not {"budget_left", "left_earlier"} <= names_of(drawing):
        return
    year = year_period(view.period.end.year)
    before = same_last_year(year)
    for column, period in (("budget_left", Period(year.start, view.period.end)), ("left_earlier", before)):
        known = [row[column] for row in drawing.table.rows if row[column] is not None]
        day = min(period.end, view.as_of)
        budget, executed = (query(view, name, period, day)[()] for name in ("subsidy_budget", "budget_execution"))
        yield column, known[-1] if known else None, budget * (1 - executed / 100) if budget else None


def payment_years(view: View, panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """What is paid within a calendar year."""
    if panel.name != "years":
        return
    for row in drawing.table.rows:
        year = year_period(int(row["budget_year"]))
        period = Period(year.start, min(year.end, view.as_of))
        yield "paid_within", row["paid_within"], query(view, "subsidy_spend", period, view.as_of)[()]


def budgets_left(view: View, panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """What is left of the budget of a kind, where the region has one."""
    if panel.name != "need":
        return
    sums = [query(view, name, view.period, view.as_of, by=("kind",)) for name in ("subsidy_budget", "budget_execution")]
    budgets, executed = ({key: value or 0 for key, value in found.items()} for found in sums)
    for row in drawing.table.rows:
        key = (row["kind"],)
        left = budgets[key] * (1 - executed[key] / 100) if budgets.get(key) else None
        yield "budget_left", row["budget_left"], left


def waivers(view: View, panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """Taxes and fees forgone are the payments of one kind."""
    if panel.name != "waivers":
        return
    for column, metric in (("forgone", "subsidy_spend"), ("persons", "subsidy_beneficiaries")):
        found = waived(view, metric)
        for row in drawing.table.rows:
            yield column, row[column], found[row["region_code"]]


def waived(view: View, metric: str) -> dict[str, Any]:
    options = {"--region": view.region.code, "--from": view.period.start, "--to": view.period.end}
    given = [str(text) for pair in options.items() for text in pair]
    home = str(view.build.path.parent.parent)
    rows = command("query", metric, *given, "--by", view.level, "--where", "kind=fee_waiver", "--home", home)
    return {row["region_code"]: row[metric] for row in rows}


def ways_of_money(view: View, panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """The rows of the treemap and of the bands add up to all that was paid."""
    if panel.name in ("bands", "treemap"):
        total = sum(row["subsidy_spend"] for row in drawing.table.rows)
        period = Period(date(view.as_of.year, 1, 1), view.as_of)
        yield "subsidy_spend", total, query(view, "subsidy_spend", period, view.as_of)[()]


SUBSIDY_SHAPES: Final = (burn_downs, payment_years, budgets_left, waivers, ways_of_money)
