"""Subsidies 补贴支出: what the budget allows, where the money went, to how many, what ends, what is in doubt."""

from typing import Final

from dashboard.drawings.areas import bars, table
from dashboard.drawings.budget_years import budget_years
from dashboard.drawings.burning import burning
from dashboard.drawings.doubts import doubts, open_cases
from dashboard.drawings.endings import ending_soon, endings
from dashboard.drawings.execution import budget_and_paid
from dashboard.drawings.headlines import Headline, headlines
from dashboard.drawings.map import figure_of, map_panel
from dashboard.drawings.money_flow import areas_within, bands_between
from dashboard.drawings.months import month_layers
from dashboard.drawings.needs import needs
from dashboard.drawings.recipients import beneficiaries, waivers
from dashboard.drawings.unit_cost import unit_cost
from dashboard.language import message
from dashboard.panel import Drawing, Page, Panel, Section, panels_of
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


def _months(view: View) -> Drawing:
    dimension = view.selection.by if view.selection.by in ("kind", "funding_source") else "kind"
    return month_layers(view, "subsidy_spend", dimension)


def _areas(view: View) -> Drawing:
    return bars(view, "subsidy_spend")


def _table(view: View) -> Drawing:
    return table(view, BY_AREA if view.selection.by not in ("kind", "funding_source") else BY_GROUP)


BUDGET: Final = Section(
    "budget",
    message("Budget and payments"),
    (
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
            message("What is left of the budget"),
            message("Month by month, against an even use and last year"),
            ("subsidy_spend", "subsidy_budget", "budget_execution"),
            burning,
            span=7,
            height=300,
        ),
        Panel(
            "budget",
            message("Budget and paid"),
            message("Against the days of the year gone by; what has no budget behind it"),
            ("subsidy_budget", "budget_execution", "subsidy_unbudgeted"),
            budget_and_paid,
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
            "years",
            message("Budget year and payment year"),
            message("What is charged to a year's budget, and what is paid within the calendar year"),
            ("subsidy_budget", "subsidy_spend", "budget_execution"),
            budget_years,
            span=5,
            height=300,
        ),
    ),
)
WAY: Final = Section(
    "way",
    message("Where the money went"),
    (
        Panel(
            "bands",
            message("From source to kind to region"),
            message("Each band is money paid in the period; a click filters"),
            ("subsidy_spend",),
            bands_between,
            span=12,
            height=420,
        ),
        Panel(
            "treemap",
            message("Shares of the money"),
            message("Sources, in them kinds, in them regions"),
            ("subsidy_spend",),
            areas_within,
            span=7,
            height=380,
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
)
REACH: Final = Section(
    "reach",
    message("Persons and unit cost"),
    (
        Panel(
            "persons",
            message("Persons subsidised"),
            message("Different persons in the period, and what each received"),
            ("subsidy_beneficiaries", "subsidy_per_beneficiary"),
            beneficiaries,
            span=5,
            height=300,
        ),
        Panel(
            "unit_cost",
            message("Cost per person re-employed"),
            message("Against how many were re-employed: few may stray far by chance"),
            ("cost_per_placement", "placed"),
            unit_cost,
            span=7,
            height=340,
        ),
        Panel(
            "waivers",
            message("Taxes and fees forgone"),
            message("Money that was not asked for: no spending, shown apart"),
            ("subsidy_spend", "subsidy_beneficiaries"),
            waivers,
            span=12,
            height=240,
        ),
    ),
)
AHEAD: Final = Section(
    "ahead",
    message("What ends"),
    (
        Panel(
            "endings",
            message("Entitlements by their last month"),
            message("Months used up, working age, or granted until then; as at the data date"),
            (),
            endings,
            span=6,
            height=300,
        ),
        Panel(
            "need",
            message("What the year still needs"),
            message("Those who are paid now, at the present rate, against what is left of the budget"),
            (),
            needs,
            span=6,
            height=300,
        ),
        Panel(
            "ending_soon",
            message("Ending within three months"),
            message("By registration number, the first to end on top"),
            (),
            ending_soon,
            span=12,
            height=300,
        ),
    ),
)
DOUBTS: Final = Section(
    "doubts",
    message("In doubt"),
    (
        Panel(
            "doubts",
            message("Doubtful payments and what became of them"),
            message("Every finding is a case, until somebody says what it was"),
            (),
            doubts,
            span=12,
            height=320,
        ),
        Panel(
            "open_cases",
            message("Cases to be looked into"),
            message("Those with most in doubt on top; a number leads to the rows behind it"),
            (),
            open_cases,
            span=12,
            height=300,
        ),
    ),
)
SECTIONS: Final = (BUDGET, WAY, REACH, AHEAD, DOUBTS)
PAGE = Page(
    name="subsidies",
    path="/subsidies",
    title=message("Subsidies"),
    lead=message("What the budget allows, where the money went, to how many, and what is in doubt."),
    panels=panels_of(SECTIONS),
    breakdowns=("region", "kind", "funding_source"),
    sections=SECTIONS,
)
