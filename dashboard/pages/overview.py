"""Overview 总览: are we on track, where is the trouble, how fresh is it."""

from dashboard.drawings.attention import attention
from dashboard.drawings.freshness import freshness
from dashboard.drawings.headlines import Headline, headlines
from dashboard.drawings.heat import heat
from dashboard.drawings.map import map_panel, target_of
from dashboard.language import message
from dashboard.panel import Drawing, Page, Panel
from dashboard.view import View

SIX = (
    Headline("placed", "/targets"),
    Headline("posts_developed", "/targets"),
    Headline("placed_4050", "/targets"),
    Headline("unemployment_rate", "/targets", beside="unemployed"),
    Headline("loan_outstanding", "/loans", beside="par_30"),
    Headline("budget_execution", "/subsidies", beside="subsidy_spend", is_paced=True),
)


def _headlines(view: View) -> Drawing:
    return headlines(view, SIX, with_targets=True)


def _heat(view: View) -> Drawing:
    return heat(view, "/targets")


PAGE = Page(
    name="overview",
    path="/",
    group="lead",
    title=message("Overview"),
    lead=message("Are we on track, where is the trouble, how fresh is it."),
    panels=(
        Panel(
            "headlines", message("Headline figures"),
            message("Value, target with the pace, same period last year, twelve months"),
            (*(each.metric for each in SIX), *(each.beside for each in SIX if each.beside)),
            _headlines, span=8, height=330,
        ),
        Panel(
            "attention", message("Needs attention"), message("The most serious first; each leads to where it is seen"),
            ("par_30", "reporting_on_time", "zero_households_open"), attention, span=4, height=330,
        ),
        Panel(
            "matrix", message("Targets by region"), message("State and completion of every target; a cell leads to it"),
            (), _heat, span=12, height=240,
        ),
        map_panel(target_of("placed"), span=7),
        Panel(
            "freshness", message("Freshness"), message("What the figures rest on"),
            ("reporting_on_time",), freshness, span=5, height=90,
        ),
    ),
)  # fmt: skip
