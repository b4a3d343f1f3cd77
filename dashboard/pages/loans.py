"""Loans 小额担保贷款: what is outstanding, what is late and why, who holds the files, what the fund can still carry."""

from dashboard.drawings.areas import bars, layers, table
from dashboard.drawings.headlines import Headline, headlines
from dashboard.drawings.loan_checks import checks
from dashboard.drawings.loan_files import files
from dashboard.drawings.loan_fund import FUND, fund
from dashboard.drawings.loan_fund_months import fund_by_month, leverage
from dashboard.drawings.loan_gone_bad import gone_bad
from dashboard.drawings.loan_money import compensation, interest, jobs
from dashboard.drawings.loan_overdue import overdue
from dashboard.drawings.loan_pipeline import pipeline
from dashboard.drawings.loan_risk import SHARES_LATE, at_risk
from dashboard.drawings.loan_rolls import rolls
from dashboard.drawings.loan_vintages import vintages
from dashboard.drawings.loan_waiting import waiting
from dashboard.drawings.map import figure_of, map_panel
from dashboard.drawings.months import month_layers
from dashboard.drawings.sums import due_and_collected
from dashboard.language import message
from dashboard.panel import Drawing, Page, Panel, Section, panels_of
from dashboard.view import View

HEADS = (
    Headline("loan_outstanding", beside="loan_overdue"),
    Headline("par_30", beside="par_30_full"),
    Headline("collection_rate", beside="on_time_rate"),
    Headline("loan_amount_disbursed", beside="loans_disbursed"),
)
BY_AREA = (
    "loan_outstanding", "loan_overdue", "par_30", "par_90", "par_30_full", "collection_rate", "on_time_rate",
    "loans_disbursed", "loan_amount_disbursed", "compensation_rate",
)  # fmt: skip


def _headlines(view: View) -> Drawing:
    return headlines(view, HEADS)


def _outstanding(view: View) -> Drawing:
    return bars(view, "loan_outstanding")


def _ageing(view: View) -> Drawing:
    return month_layers(view, "loan_outstanding", "ageing")


def _overdue(view: View) -> Drawing:
    return layers(view, "loan_overdue", "ageing")


def _table(view: View) -> Drawing:
    return table(view, BY_AREA)


SECTIONS = (
    Section(
        "book", message("The book"),
        (
            Panel(
                "headlines", message("The book"),
                message("At the end of the period; flows over it"),
                tuple(name for each in HEADS for name in (each.metric, each.beside or each.metric)),
                _headlines, span=12, height=160,
            ),
            Panel(
                "outstanding", message("Outstanding"),
                message("At the end of the period; a bar leads down or filters"),
                ("loan_outstanding",), _outstanding, span=5, height=320,
            ),
            Panel(
                "late", message("Portfolio at risk"),
                message("Share of the balance so many days late; dotted: with loans that the fund has paid for"),
                SHARES_LATE, at_risk, span=7, height=320,
            ),
            Panel(
                "ageing", message("Outstanding by ageing"),
                message("At each month's end; a month can be chosen"),
                ("loan_outstanding",), _ageing, span=6, height=300,
            ),
            Panel(
                "collected", message("Due and collected"),
                message("Principal by the month in which it fell due"),
                ("collection_rate", "on_time_rate"), due_and_collected, span=6, height=300,
            ),
            map_panel(figure_of("par_30")),
            Panel(
                "overdue", message("Overdue amounts"),
                message("By days past due, by region or by the breakdown chosen"),
                ("loan_overdue",), _overdue, span=6, height=320,
            ),
            Panel(
                "table", message("Side by side"),
                message("All of it by region or by the breakdown chosen"),
                BY_AREA, _table, span=12, height=320,
            ),
        ),
    ),
    Section(
        "arrears", message("Where arrears come from"),
        (
            Panel(
                "gone_bad", message("Gone bad"),
                message("First more than 30 days late in the period, by quarter of lending. A cell leads to the loans"),
                (), gone_bad, span=12, height=280,
            ),
            Panel(
                "vintages", message("Vintages"),
                message("Share of a quarter's lending that was ever late, by months since; a curve chooses its loans"),
                (), vintages, span=12, height=360,
            ),
            Panel(
                "rolls", message("Roll rates"),
                message("Where a balance was a month later, in percent of the row; all months of half a year together"),
                ("roll_amount",), rolls, span=12, height=330,
            ),
        ),
    ),
    Section(
        "follow_up", message("To be followed up"),
        (
            Panel(
                "worklist", message("Loans overdue"),
                message("By loan number, the longest late first; the table can be sorted, the filters above hold"),
                ("loan_overdue",), overdue, span=12, height=420,
            ),
            Panel(
                "checks", message("Loans to look at"),
                message("Beyond cap, term or the fund, repaid beyond what was lent, firms below the share of hired"),
                ("loans_disbursed",), checks, span=12, height=260,
            ),
        ),
    ),
    Section(
        "applications", message("Applications"),
        (
            Panel(
                "pipeline", message("From application to payment"),
                message("Applications of the period by stage, days at each, and the files that lie there now"),
                (), pipeline, span=12, height=360,
            ),
            Panel(
                "waiting", message("Who holds the files"),
                message("Applications under way at the end of the period, by region and stage"),
                (), waiting, span=12, height=320,
            ),
            Panel(
                "files", message("Files under way"),
                message("By loan number, those first that have lain longest where they are"),
                ("loans_disbursed",), files, span=12, height=320,
            ),
        ),
    ),
    Section(
        "fund", message("The fund and what loans cost"),
        (
            Panel(
                "fund", message("Guarantee fund"),
                message("The period's account, and the room under the cap"),
                FUND, fund, span=5, height=340,
            ),
            Panel(
                "fund_months", message("The fund by month"),
                message("What came in and went out, and the balance"),
                ("fund_balance",), fund_by_month, span=7, height=340,
            ),
            Panel(
                "leverage", message("Leverage"),
                message("What is lent under what the fund may carry; the gap is the room left"),
                FUND, leverage, span=5, height=300,
            ),
            Panel(
                "compensation", message("Compensation and recovery"),
                message("What the fund paid for borrowers, and what came back"),
                ("compensation", "compensation_rate", "recovery_rate"), compensation, span=7, height=300,
            ),
            Panel(
                "interest", message("Interest subsidy"),
                message("What was to be subsidised by month, and what was paid"),
                ("interest_subsidy_due", "subsidy_spend"), interest, span=7, height=300,
            ),
            Panel(
                "jobs", message("Jobs by loans"),
                message("Loans paid out in the period; a bar leads down or filters"),
                ("loan_jobs_created", "loans_disbursed"), jobs, span=5, height=300,
            ),
        ),
    ),
)  # fmt: skip

PAGE = Page(
    name="loans",
    path="/loans",
    title=message("Loans"),
    lead=message("What is outstanding, what is late and why, who holds the files, what the fund can still carry."),
    panels=panels_of(SECTIONS),
    sections=SECTIONS,
    breakdowns=("region", "bank", "product", "counter_guarantee", "interest_subsidised", "repayment_method"),
)
