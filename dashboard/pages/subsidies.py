"""Subsidies 补贴支出: what the budget allows, what was paid, to how many."""

from dashboard.drawings.areas import bars, table
from dashboard.drawings.headlines import Headline, headlines
from dashboard.drawings.map import figure_of, map_panel
from dashboard.drawings.months import month_layers, year_curve
from dashboard.drawings.sums import budget_and_paid
from dashboard.language import message
from dashboard.panel import Drawing, Page, Panel
from dashboard.view import View

HEADS = (
    Headline("budget_execution", beside="subsidy_budget"),
    Headline("subsidy_spend"),
    Headline("subsidy_beneficiaries", beside="subsidy_per_beneficiary"),
    Headline("cost_per_placement"),
)
BY_AREA = ("subsidy_spend", "subsidy_beneficiaries", "subsidy_per_beneficiary", "cost_per_placement")
BY_GROUP = ("subsidy_spend", "subsidy_beneficiaries")


def _headlines(view: View) -> Drawing:
    return headlines(view, HEADS)


def _burn(view: View) -> Drawing:
    # Below the city part of what is paid comes from the city's budget: only there do the two belong together.
    budget = view.figures("subsidy_budget")["subsidy_budget"] if view.region.level == "city" else None
    return year_curve(view, "subsidy_spend", float(budget) if budget else None)


def _budget(view: View) -> Drawing:
    return budget_and_paid(view)


def _months(view: View) -> Drawing:
    dimension = view.selection.by if view.selection.by in ("kind", "funding_source") else "kind"
    return month_layers(view, "subsidy_spend", dimension)


def _areas(view: View) -> Drawing:
    return bars(view, "subsidy_spend")


def _table(view: View) -> Drawing:
    return table(view, BY_AREA if view.selection.by not in ("kind", "funding_source") else BY_GROUP)


PAGE = Page(
    name="subsidies",
    path="/subsidies",
    title=message("Subsidies"),
    lead=message("What the budget allows, what was paid, and to how many."),
    panels=(
        Panel(
            "headlines",
            message("Budget and payments"),
            message("The year's budget; payments of the period"),
            tuple(name for each in HEADS for name in (each.metric, each.beside or each.metric)),
            _headlines,
            span=12,
            height=160,
        ),
        Panel(
            "burn",
            message("The year's payments"),
            message("Paid so far against an even use of the budget and last year"),
            ("subsidy_spend", "subsidy_budget"),
            _burn,
            span=7,
            height=300,
        ),
        Panel(
            "budget",
            message("Budget and paid"),
            message("By kind, by source or by district"),
            ("subsidy_budget", "budget_execution"),
            _budget,
            span=5,
            height=300,
        ),
        Panel(
            "months",
            message("Payments by month"),
            message("In layers; a month can be chosen"),
            ("subsidy_spend",),
            _months,
            span=7,
            height=300,
        ),
        Panel(
            "areas",
            message("Paid"),
            message("In the period; a bar leads down or filters"),
            ("subsidy_spend",),
            _areas,
            span=5,
            height=300,
        ),
        map_panel(figure_of("budget_execution", "subsidy_spend"), span=5),
        Panel(
            "table",
            message("Side by side"),
            message("Payments, persons and unit cost"),
            BY_AREA,
            _table,
            span=7,
            height=300,
        ),
    ),
    breakdowns=("region", "kind", "funding_source"),
)
