"""Targets 目标责任: will the year's targets be reached, and where is the shortfall."""

from dataclasses import replace

from dashboard.drawings.areas import bars
from dashboard.drawings.goals import bullets, chosen_indicator, matrix, own_targets
from dashboard.drawings.months import year_curve
from dashboard.language import message
from dashboard.panel import Drawing, Page, Panel
from dashboard.view import View


def _curve(view: View) -> Drawing:
    indicator = chosen_indicator(view)
    target = next((target for target in own_targets(view) if target.indicator == indicator), None)
    return replace(year_curve(view, indicator, float(target.value) if target else None), metrics=(indicator,))


def _areas(view: View) -> Drawing:
    indicator = chosen_indicator(view)
    return replace(bars(view, indicator, view.level), metrics=(indicator,))


def _matrix(view: View) -> Drawing:
    return matrix(view, "/targets")


PAGE = Page(
    name="targets",
    path="/targets",
    title=message("Targets"),
    lead=message("Done against the year's targets, with the pace that time asks for."),
    panels=(
        Panel(
            "bullets",
            message("Targets of this region"),
            message("Bar: done; tick: pace; line: the whole target. A row chooses the indicator below"),
            (),
            bullets,
            span=12,
            height=320,
        ),
        Panel(
            "curve",
            message("The year so far"),
            message("The chosen indicator against the pace and last year"),
            (),
            _curve,
            span=7,
            height=300,
        ),
        Panel(
            "areas",
            message("The chosen indicator by region"),
            message("A bar leads down; the tick is the compared period"),
            (),
            _areas,
            span=5,
            height=300,
        ),
        Panel(
            "matrix",
            message("Regions by indicators"),
            message("State and completion; a cell leads to it"),
            (),
            _matrix,
            span=12,
            height=320,
        ),
    ),
)
