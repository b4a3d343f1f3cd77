"""The second half of Registry and assistance: posts and placements, services, offices and retirees."""

from functools import partial
from typing import Final

from dashboard.drawings.areas import bars, table
from dashboard.drawings.checklist import checklist
from dashboard.drawings.headlines import Headline
from dashboard.drawings.jobs import employers, ways
from dashboard.drawings.monthly import month_figures
from dashboard.drawings.months import month_layers, month_rates
from dashboard.drawings.paths import referral_path, training_path
from dashboard.language import message
from dashboard.pages.cards import cards, of
from dashboard.panel import Panel, Section

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

JOBS: Final = Section("jobs", message("Posts and placements"), (
    cards(
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
        POSTS, of(POSTS, month_rates), height=300,
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
        BY_POSTS, of(BY_POSTS, table), span=12, height=300,
    ),
))  # fmt: skip

SERVICES: Final = Section("services", message("Services"), (
    cards(
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
        "service_table", message("Services side by side"), message("By region"), BY_SERVICE, of(BY_SERVICE, table),
        span=12, height=300,
    ),
))  # fmt: skip

PLATFORM: Final = Section("platform", message("Offices and retirees"), (
    cards(
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
        OFFICES, of(OFFICES, table), span=12, height=300,
    ),
    Panel(
        "entities", message("Employment entities"),
        message("Open at the end of the period, with jobs planned and filled"),
        ENTITIES, partial(table, metrics=ENTITIES, by="kind"), height=260,
    ),
    Panel(
        "reports", message("Reports up the line"), message("Submitted by their due date; accepted without a return"),
        REPORTS, of(REPORTS, month_rates), height=260,
    ),
    Panel(
        "retirees", message("Retirees by month"), message("In care, verified, visited, deceased"),
        RETIREES, of(RETIREES, month_figures), span=7, height=420,
    ),
    Panel(
        "verified", message("Retirees verified"), message("Of those who were to be verified in the month"),
        ("retirees_verified",), of(("retirees_verified",), month_rates), span=5, height=420,
    ),
    Panel(
        "platform_table", message("Platform side by side"),
        message("Whole quarters and months of the period, by region"),
        BY_PLATFORM, of(BY_PLATFORM, table), span=12, height=300,
    ),
))  # fmt: skip
