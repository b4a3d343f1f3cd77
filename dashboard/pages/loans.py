"""Loans 小额担保贷款: what is outstanding, what is late, what came in."""

from dashboard.drawings.areas import bars, layers, table
from dashboard.drawings.headlines import Headline, headlines
from dashboard.drawings.map import figure_of, map_panel
from dashboard.drawings.months import month_layers, month_rates
from dashboard.drawings.sums import due_and_collected
from dashboard.language import message
from dashboard.panel import Drawing, Page, Panel
from dashboard.view import View

SHARES_LATE = ("par_30", "par_60", "par_90")
HEADS = (
    Headline("loan_outstanding", beside="loan_overdue"),
    Headline("par_30", beside="par_90"),
    Headline("collection_rate", beside="on_time_rate"),
    Headline("loan_amount_disbursed", beside="loans_disbursed"),
)
BY_AREA = ("loan_outstanding", "loan_overdue", "par_30", "par_90", "collection_rate", "loan_amount_disbursed")


def _headlines(view: View) -> Drawing:
    return headlines(view, HEADS)


def _outstanding(view: View) -> Drawing:
    return bars(view, "loan_outstanding")


def _late(view: View) -> Drawing:
    return month_rates(view, SHARES_LATE)


def _ageing(view: View) -> Drawing:
    return month_layers(view, "loan_outstanding", "ageing")


def _overdue(view: View) -> Drawing:
    return layers(view, "loan_overdue", "ageing")


def _collected(view: View) -> Drawing:
    return due_and_collected(view)


def _table(view: View) -> Drawing:
    return table(view, BY_AREA)


PAGE = Page(
    name="loans",
    path="/loans",
    title=message("Loans"),
    lead=message("What is outstanding, what is late, and what came in when it was due."),
    panels=(
        Panel(
            "headlines",
            message("The book"),
            message("At the end of the period; flows over it"),
            tuple(name for each in HEADS for name in (each.metric, each.beside or each.metric)),
            _headlines,
            span=12,
            height=160,
        ),
        Panel(
            "outstanding",
            message("Outstanding"),
            message("At the end of the period; a bar leads down or filters"),
            ("loan_outstanding",),
            _outstanding,
            span=5,
            height=320,
        ),
        Panel(
            "late",
            message("Portfolio at risk"),
            message("Share of the amount outstanding more than 30, 60, 90 days late"),
            SHARES_LATE,
            _late,
            span=7,
            height=320,
        ),
        Panel(
            "ageing",
            message("Outstanding by ageing"),
            message("At each month's end; a month can be chosen"),
            ("loan_outstanding",),
            _ageing,
            span=6,
            height=300,
        ),
        Panel(
            "collected",
            message("Due and collected"),
            message("Principal by the month in which it fell due"),
            ("collection_rate", "on_time_rate"),
            _collected,
            span=6,
            height=300,
        ),
        map_panel(figure_of("par_30")),
        Panel(
            "overdue",
            message("Overdue amounts"),
            message("By days past due, region by region"),
            ("loan_overdue",),
            _overdue,
            span=6,
            height=320,
        ),
        Panel(
            "table",
            message("Side by side"),
            message("All of it by region or by the breakdown chosen"),
            BY_AREA,
            _table,
            span=12,
            height=320,
        ),
    ),
    breakdowns=("region", "bank", "product", "counter_guarantee"),
)
