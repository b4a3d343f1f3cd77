"""Region profile 区域档案: everything about one district, street or community on one page, printable."""

from collections.abc import Callable
from functools import partial
from typing import Final

from dashboard.drawings.bullets import bullets
from dashboard.drawings.facts import facts
from dashboard.drawings.map import chosen_figure, map_panel
from dashboard.drawings.official_rank import official_rank
from dashboard.drawings.sheet import sheet
from dashboard.drawings.worklists import households, visits
from dashboard.language import message
from dashboard.panel import Drawing, Page, Panel
from dashboard.view import View

# Every metric stands on exactly one sheet (tests/dashboard/pages/test_profile.py).
REGISTRY: Final = (
    "labour_force", "unemployed", "unemployed_4050", "unemployment_rate", "registrations", "certificates_issued",
    "ledger_completeness", "ledger_cause", "ledger_family", "ledger_skill", "ledger_job_wish", "ledger_insurance",
    "ledger_placement", "ledger_updated",
)  # fmt: skip
PLACEMENT: Final = (
    "placed", "placements", "placed_4050", "placed_4050_rate", "certificate_holder_placed", "retention_90",
    "retention_180",
)  # fmt: skip
POSTS: Final = (
    "posts_developed", "posts_open", "public_welfare_posts", "post_fill_rate", "entities_open", "entity_jobs_planned",
    "entity_jobs",
)  # fmt: skip
SERVICES: Final = (
    "referrals", "referral_success", "trainings_started", "training_pass_rate", "trainings_completed",
    "training_to_job", "fairs_held", "fair_posts", "fair_attended", "fair_placed",
)  # fmt: skip
ASSISTANCE: Final = (
    "placed_hardship", "zero_households_open", "zero_households_due_soon", "zero_households_overdue",
    "zero_households_identified", "zero_households_cleared", "zero_households_cleared_20d", "follow_up_rate",
)  # fmt: skip
PLATFORM: Final = (
    "reporting_on_time", "reports_accepted_first_time", "satisfaction", "complaints", "retirees_managed",
    "retirees_verified", "retirees_visited", "retirees_deceased",
)  # fmt: skip
OFFICES: Final = (
    "offices_complete", "offices_in_place", "staff_certified", "office_staff", "office_staff_quota", "offices",
    "offices_connected", "offices_licensed", "office_floor_area", "office_funds_budget", "office_funds_spent",
)  # fmt: skip
LENDING: Final = (
    "loans_disbursed", "loan_amount_disbursed", "loan_jobs_created", "loan_approval_rate", "loan_decision_days",
    "loan_decided_within_1d", "interest_subsidy_due", "fund_balance", "fund_leverage", "fund_leverage_cap", "fund_room",
)  # fmt: skip
REPAYMENT: Final = (
    "loan_outstanding", "loan_overdue", "par_30", "par_60", "par_90", "par_180", "par_30_full", "collection_rate",
    "on_time_rate", "compensation", "compensation_rate", "recovery_rate",
)  # fmt: skip
SUBSIDIES: Final = (
    "subsidy_spend", "subsidy_beneficiaries", "subsidy_per_beneficiary", "cost_per_placement", "subsidy_budget",
    "budget_execution", "subsidy_unbudgeted",
)  # fmt: skip


SHEETS: Final = (
    *REGISTRY, *PLACEMENT, *POSTS, *SERVICES, *ASSISTANCE, *PLATFORM, *OFFICES, *LENDING, *REPAYMENT, *SUBSIDIES,
)  # fmt: skip


def _sheet(metrics: tuple[str, ...]) -> Callable[[View], Drawing]:
    return partial(sheet, metrics=metrics, page=SHEETS)


PAGE = Page(
    name="profile",
    path="/profile",
    group="lead",
    title=message("Region profile"),
    lead=message("One place on one page: its figures among its peers, its targets, its rank, what is to be done."),
    panels=(
        Panel(
            "facts", message("The region"), message("Who it is, and what this page speaks of"), (), facts,
            span=7, height=220,
        ),
        Panel(
            "rank", message("Official ranking"), message("The last full quarter, criterion by criterion"), (),
            official_rank, span=5, height=220,
        ),
        Panel(
            "targets", message("Targets of the year"), message("Done against the target; the tick is the pace"), (),
            bullets, span=12, height=320,
        ),
        Panel(
            "registry", message("Registry"), message("The register of the unemployed and its ledgers"), (),
            _sheet(REGISTRY), height=340,
        ),
        Panel(
            "placement", message("Placement"), message("Who found work, and who kept it"), (),
            _sheet(PLACEMENT), height=340,
        ),
        Panel(
            "assistance", message("Assistance"), message("People in hardship, households without work"), (),
            _sheet(ASSISTANCE), height=240,
        ),
        Panel(
            "posts", message("Posts"), message("Developed, kept open, taken; places to work"), (),
            _sheet(POSTS), height=240,
        ),
        Panel(
            "services", message("Services"), message("Referrals, trainings, fairs"), (),
            _sheet(SERVICES), height=340,
        ),
        map_panel(chosen_figure("placed")),
        Panel(
            "platform", message("Platform"), message("Reports, satisfaction, retirees"), (),
            _sheet(PLATFORM), height=340,
        ),
        Panel(
            "offices", message("Offices"), message("What is in place, who works there, with what room and money"), (),
            _sheet(OFFICES), height=340,
        ),
        Panel(
            "subsidies", message("Subsidy payments"), message("What was paid, to whom, at what cost"), (),
            _sheet(SUBSIDIES), height=340,
        ),
        Panel(
            "lending", message("Loans: lending"), message("Decisions, disbursements, the fund behind them"), (),
            _sheet(LENDING), height=480,
        ),
        Panel(
            "repayment", message("Loans: repayment"), message("The book, what is late, what came in"), (),
            _sheet(REPAYMENT), height=480,
        ),
        Panel(
            "households", message("Households without work"),
            message("Open ones, the longest waiting first: day n of the days to clear them"), (),
            households, height=320,
        ),
        Panel(
            "visits", message("Visits due"),
            message("Twelve monthly visits after the placement of a person in hardship"), (), visits, height=320,
        ),
    ),
)  # fmt: skip
