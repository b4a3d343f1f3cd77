"""Registry and assistance 台账与援助: who is without work, whether they are known, helped, and helped to last."""

from collections.abc import Callable
from functools import partial
from typing import Final

from dashboard.drawings.areas import bars, table
from dashboard.drawings.checklist import checklist
from dashboard.drawings.groups import ages, overlapping
from dashboard.drawings.headlines import Headline, headlines
from dashboard.drawings.jobs import employers, ways
from dashboard.drawings.ledgers import SHOWN, matrix
from dashboard.drawings.map import figure_of, map_panel
from dashboard.drawings.monthly import month_figures, month_pair
from dashboard.drawings.months import month_layers, month_rates
from dashboard.drawings.paths import referral_path, training_path
from dashboard.drawings.term import BESIDE, COUNTED, clearing, countdown
from dashboard.drawings.worklists import households, visits
from dashboard.language import message
from dashboard.panel import Drawing, Page, Panel, Section, panels_of
from dashboard.view import View

UNEMPLOYED: Final = ("unemployed", "unemployed_4050")
BY_AREA: Final = (*UNEMPLOYED, "unemployment_rate", "registrations", "placed", "placed_hardship")
RETENTION: Final = ("retention_90", "retention_180")
POSTS: Final = ("posts_open", "public_welfare_posts")
BY_POSTS: Final = ("posts_developed", *POSTS, "post_fill_rate", "placements", "placed", "retention_180")
FAIRS: Final = ("fairs_held", "fair_posts", "fair_attended", "fair_placed")
ENTITIES: Final = ("entities_open", "entity_jobs_planned", "entity_jobs")
BY_SERVICE: Final = ("referrals", "referral_success", "trainings_completed", "training_to_job", *FAIRS)
OFFICES: Final = (
    "offices", "offices_connected", "offices_licensed", "office_floor_area", "office_funds_budget",
    "office_funds_spent",
)  # fmt: skip
REPORTS: Final = ("reporting_on_time", "reports_accepted_first_time")
RETIREES: Final = ("retirees_managed", "retirees_verified", "retirees_visited", "retirees_deceased")
BY_PLATFORM: Final = ("satisfaction", "complaints", *REPORTS, *RETIREES)


def _cards(name: str, title: str, description: str, *heads: Headline) -> Panel:
    """The figures at the head of a section."""
    metrics = tuple(name for each in heads for name in (each.metric, each.beside) if name)
    return Panel(name, title, description, metrics, partial(headlines, wanted=heads), span=12, height=150)


def _of(metrics: tuple[str, ...], drawing: Callable[..., Drawing]) -> Callable[[View], Drawing]:
    return partial(drawing, metrics=metrics)


PEOPLE: Final = Section("people", message("The unemployed"), (
    _cards(
        "headlines", message("The register"),
        message("At the end of the period; what is new and who found work over it"),
        Headline("unemployed", beside="unemployed_4050"), Headline("unemployment_rate"), Headline("registrations"),
        Headline("placed", beside="placed_hardship"),
    ),
    Panel(
        "unemployed", message("Unemployed over time"),
        message("At each month's end; those of 4050 are part of all, not beside them"), UNEMPLOYED,
        _of(UNEMPLOYED, month_rates), span=7, height=300,
    ),
    Panel(
        "rate", message("Unemployment rate"), message("At each month's end; a month can be chosen"),
        ("unemployment_rate",), _of(("unemployment_rate",), month_rates), span=5, height=300,
    ),
    Panel(
        "ages", message("Sex and age"), message("On the last day of the period; a bar filters by the age band"),
        ("unemployed",), partial(ages, metric="unemployed"), height=300,
    ),
    Panel(
        "hardship", message("Hardship groups"),
        message("Each group by itself: a person may be in several, so they are never added up"),
        ("unemployed",), partial(overlapping, metric="unemployed"), height=300,
    ),
    Panel(
        "categories", message("Categories"), message("Each person is in exactly one; a bar filters"),
        ("unemployed",), partial(bars, metric="unemployed", by="category"), height=300,
    ),
    map_panel(figure_of("unemployment_rate")),
    Panel(
        "table", message("Side by side"), message("All of it by region or by the breakdown chosen"),
        BY_AREA, _of(BY_AREA, table), span=12, height=320,
    ),
))  # fmt: skip

HOUSEHOLDS: Final = Section("households", message("Households without work"), (
    _cards(
        "household_cards", message("Zero-employment households"),
        message("On the last day of the period; found and cleared over it"),
        Headline("zero_households_open", beside="zero_households_overdue"), Headline("zero_households_due_soon"),
        Headline("zero_households_identified", beside="zero_households_cleared"),
        Headline("zero_households_cleared_20d"),
    ),
    Panel(
        "households", message("Work list"),
        message("Open ones, the longest waiting first: day n of the days to clear them"), COUNTED, households,
        height=320,
    ),
    Panel(
        "countdown", message("Where the term runs out"),
        message("Open households by the end of their term; a bar leads down"), COUNTED, countdown, height=320,
    ),
    Panel(
        "clearing", message("Cleared as they are found"),
        message("Region by region: whether any is open, how it stands, and how many were cleared in 20 days"),
        (*COUNTED, *BESIDE), clearing, span=12, height=300,
    ),
    Panel(
        "found", message("Found and cleared"), message("By the month of identification and of clearing"), BESIDE[:2],
        partial(month_pair, first=BESIDE[0], second=BESIDE[1]), height=280,
    ),
    Panel(
        "in_term", message("Cleared within 20 days"), message("By the month in which the household was identified"),
        ("zero_households_cleared_20d",), _of(("zero_households_cleared_20d",), month_rates), height=280,
    ),
))  # fmt: skip

FOLLOW_UP: Final = Section("follow_up", message("Follow-up"), (
    _cards(
        "follow_up_cards", message("After the placement"),
        message("Visits that were due in the period; placements of the period whose term is over"),
        Headline("follow_up_rate"), Headline("placed_hardship", beside="placed"), Headline("retention_90"),
        Headline("retention_180"),
    ),
    Panel(
        "visits", message("Visits due"), message("Twelve monthly visits after the placement of a person in hardship"),
        ("follow_up_rate",), visits, height=320,
    ),
    Panel(
        "follow_up_months", message("Follow-up rate"), message("Months with a visit among those in which one was due"),
        ("follow_up_rate",), _of(("follow_up_rate",), month_rates), height=320,
    ),
    Panel(
        "follow_up_areas", message("Follow-up by region"), message("In the period; a bar leads down or filters"),
        ("follow_up_rate",), partial(bars, metric="follow_up_rate"), height=300,
    ),
    Panel(
        "kept", message("Still in the job"), message("By month of placement, once the 90 or 180 days are over"),
        RETENTION, _of(RETENTION, month_rates), height=300,
    ),
    Panel(
        "helped", message("Re-employed, by hardship group"),
        message("Each group by itself: a person may be in several, so they are never added up"),
        ("placed",), partial(overlapping, metric="placed"), height=300,
    ),
    Panel(
        "kept_by", message("Lasting work by channel"),
        message("Placements of the period still in force after 180 days"),
        ("retention_180",), partial(bars, metric="retention_180", by="channel"), height=300,
    ),
))  # fmt: skip

LEDGERS: Final = Section("ledgers", message("Ledgers and certificates"), (
    _cards(
        "ledger_cards", message("What is known, what was issued"),
        message("Ledgers on the last day of the period; certificates over it"),
        Headline("ledger_completeness"), Headline("ledger_updated"), Headline("certificates_issued"),
        Headline("certificate_holder_placed"),
    ),
    Panel(
        "matrix", message("Completeness by field and unit"),
        message("The six to be clear and their total, worst first; a field's head orders by it"), SHOWN, matrix,
        span=12, height=420,
    ),
    Panel(
        "ledger_months", message("Ledger completeness"), message("At each month's end"), ("ledger_completeness",),
        _of(("ledger_completeness",), month_rates), height=280,
    ),
    Panel(
        "certificates", message("Certificates issued and used"),
        message("By month of issue, and by month in which holders found work"),
        ("certificates_issued", "certificate_holder_placed"),
        partial(month_pair, first="certificates_issued", second="certificate_holder_placed"), height=280,
    ),
    Panel(
        "certificate_table", message("Certificates side by side"),
        message("By region or by the breakdown chosen"), ("certificates_issued", "certificate_holder_placed"),
        _of(("certificates_issued", "certificate_holder_placed"), table), span=12, height=300,
    ),
))  # fmt: skip

JOBS: Final = Section("jobs", message("Posts and placements"), (
    _cards(
        "job_cards", message("Posts and their use"), message("Developed in the period; open at its end"),
        Headline("posts_developed", beside="posts_open"), Headline("post_fill_rate"), Headline("public_welfare_posts"),
        Headline("placed", beside="placements"),
    ),
    Panel(
        "developed", message("Posts developed"), message("By month and kind; a month can be chosen"),
        ("posts_developed",), partial(month_layers, metric="posts_developed", dimension="kind"), span=7, height=300,
    ),
    Panel(
        "filled", message("Use by kind of post"), message("Placements to posts developed in the period, per post"),
        ("post_fill_rate",), partial(bars, metric="post_fill_rate", by="kind"), span=5, height=300,
    ),
    Panel(
        "posts", message("Posts open"), message("At each month's end; public-welfare posts are part of all"),
        POSTS, _of(POSTS, month_rates), height=300,
    ),
    Panel(
        "channels", message("Placements by channel"),
        message("Placements, not persons: some are placed more than once"),
        ("placements",), partial(ways, by="channel"), height=300,
    ),
    Panel(
        "sponsors", message("Placements by sponsor"),
        message("Who recommended them: an attribute of a placement, not one more channel"),
        ("placements",), partial(ways, by="sponsor"), height=300,
    ),
    Panel(
        "employers", message("Largest employers"),
        message("By posts developed in the period, and how far they are taken"),
        ("posts_developed", "post_fill_rate"), employers, height=380,
    ),
    Panel(
        "job_table", message("Posts side by side"), message("By region or by the breakdown chosen"),
        BY_POSTS, _of(BY_POSTS, table), span=12, height=300,
    ),
))  # fmt: skip

SERVICES: Final = Section("services", message("Services"), (
    _cards(
        "service_cards", message("What the services achieve"), message("Referrals, trainings and fairs of the period"),
        Headline("referral_success", beside="referrals"), Headline("training_to_job", beside="trainings_completed"),
        Headline("fairs_held", beside="fair_placed"), Headline("satisfaction", beside="complaints"),
    ),
    Panel(
        "referral_path", message("From referral to job"), message("Referrals made in the period"),
        ("referrals", "referral_success"), referral_path, span=5, height=280,
    ),
    Panel(
        "referrals", message("Referrals by outcome"), message("By month; those of late may still wait for an answer"),
        ("referrals",), partial(month_layers, metric="referrals", dimension="outcome"), span=7, height=280,
    ),
    Panel(
        "training_path", message("From training to work"),
        message("Trainings finished in the period; work is looked for in the 180 days after them"),
        ("training_pass_rate", "training_to_job", "trainings_started"), training_path, span=5, height=280,
    ),
    Panel(
        "courses", message("Trainings by course"), message("Passed in the period; a bar filters"),
        ("trainings_completed",), partial(bars, metric="trainings_completed", by="course"), span=7, height=300,
    ),
    Panel(
        "fairs", message("Fairs"), message("Held in the period, with what they offered and achieved"),
        FAIRS, partial(table, metrics=FAIRS, by="kind"), height=260,
    ),
    Panel(
        "fair_months", message("Fairs by month"), message("By kind; a month can be chosen"),
        ("fairs_held",), partial(month_layers, metric="fairs_held", dimension="kind"), height=260,
    ),
    Panel(
        "service_table", message("Services side by side"), message("By region"), BY_SERVICE, _of(BY_SERVICE, table),
        span=12, height=300,
    ),
))  # fmt: skip

PLATFORM: Final = Section("platform", message("Offices and retirees"), (
    _cards(
        "platform_cards", message("The platform"), message("Offices of the year; reports and retirees of the period"),
        Headline("offices_complete", beside="offices"), Headline("staff_certified", beside="office_staff"),
        Headline("reporting_on_time", beside="reports_accepted_first_time"),
        Headline("retirees_managed", beside="retirees_verified"),
    ),
    Panel(
        "six", message("The six in place"),
        message("Offices of the year, unit by unit: those that lack most first; staff against the quota"),
        ("offices_in_place", "offices_complete", "office_staff", "office_staff_quota", "staff_certified"), checklist,
        span=12, height=420,
    ),
    Panel(
        "offices", message("Room and funds of the offices"), message("Offices of the year by region"),
        OFFICES, _of(OFFICES, table), span=12, height=300,
    ),
    Panel(
        "entities", message("Employment entities"),
        message("Open at the end of the period, with jobs planned and filled"),
        ENTITIES, partial(table, metrics=ENTITIES, by="kind"), height=260,
    ),
    Panel(
        "reports", message("Reports up the line"), message("Submitted by their due date; accepted without a return"),
        REPORTS, _of(REPORTS, month_rates), height=260,
    ),
    Panel(
        "retirees", message("Retirees by month"), message("In care, verified, visited, deceased"),
        RETIREES, _of(RETIREES, month_figures), span=7, height=420,
    ),
    Panel(
        "verified", message("Retirees verified"), message("Of those who were to be verified in the month"),
        ("retirees_verified",), _of(("retirees_verified",), month_rates), span=5, height=420,
    ),
    Panel(
        "platform_table", message("Platform side by side"),
        message("Whole quarters and months of the period, by region"),
        BY_PLATFORM, _of(BY_PLATFORM, table), span=12, height=300,
    ),
))  # fmt: skip

SECTIONS: Final = (PEOPLE, HOUSEHOLDS, FOLLOW_UP, LEDGERS, JOBS, SERVICES, PLATFORM)
PAGE = Page(
    name="registry",
    path="/registry",
    title=message("Registry and assistance"),
    lead=message("Who is without work, whether they are known, helped, and helped to last."),
    panels=panels_of(SECTIONS),
    breakdowns=("region", "category", "sex", "age_band"),
    sections=SECTIONS,
)
