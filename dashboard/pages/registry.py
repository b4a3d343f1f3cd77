"""Registry and assistance 台账与援助: who is without work, whether they are known, helped, and helped to last."""

from functools import partial
from typing import Final

from dashboard.drawings.areas import bars, table
from dashboard.drawings.groups import ages, overlapping
from dashboard.drawings.headlines import Headline
from dashboard.drawings.ledgers import SHOWN, matrix
from dashboard.drawings.map import figure_of, map_panel
from dashboard.drawings.monthly import month_pair
from dashboard.drawings.months import month_rates
from dashboard.drawings.term import BESIDE, COUNTED, clearing, countdown
from dashboard.drawings.worklists import households, visits
from dashboard.language import message
from dashboard.pages.cards import cards, of
from dashboard.pages.services import JOBS, PLATFORM, SERVICES
from dashboard.panel import Page, Panel, Section, panels_of

UNEMPLOYED: Final = ("unemployed", "unemployed_4050")
BY_AREA: Final = (*UNEMPLOYED, "unemployment_rate", "registrations", "placed", "placed_hardship")
RETENTION: Final = ("retention_90", "retention_180")

PEOPLE: Final = Section("people", message("The unemployed"), (
    cards(
        "headlines", message("The register"),
        message("At the end of the period; what is new and who found work over it"),
        Headline("unemployed", beside="unemployed_4050"), Headline("unemployment_rate"), Headline("registrations"),
        Headline("placed", beside="placed_hardship"),
    ),
    Panel(
        "unemployed", message("Unemployed over time"),
        message("At each month's end; those of 4050 are part of all, not beside them"), UNEMPLOYED,
        of(UNEMPLOYED, month_rates), span=7, height=300,
    ),
    Panel(
        "rate", message("Unemployment rate"), message("At each month's end; a month can be chosen"),
        ("unemployment_rate",), of(("unemployment_rate",), month_rates), span=5, height=300,
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
        BY_AREA, of(BY_AREA, table), span=12, height=320,
    ),
))  # fmt: skip

HOUSEHOLDS: Final = Section("households", message("Households without work"), (
    cards(
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
        ("zero_households_cleared_20d",), of(("zero_households_cleared_20d",), month_rates), height=280,
    ),
))  # fmt: skip

FOLLOW_UP: Final = Section("follow_up", message("Follow-up"), (
    cards(
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
        ("follow_up_rate",), of(("follow_up_rate",), month_rates), height=320,
    ),
    Panel(
        "follow_up_areas", message("Follow-up by region"), message("In the period; a bar leads down or filters"),
        ("follow_up_rate",), partial(bars, metric="follow_up_rate"), height=300,
    ),
    Panel(
        "kept", message("Still in the job"), message("By month of placement, once the 90 or 180 days are over"),
        RETENTION, of(RETENTION, month_rates), height=300,
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
    cards(
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
        of(("ledger_completeness",), month_rates), height=280,
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
        of(("certificates_issued", "certificate_holder_placed"), table), span=12, height=300,
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
