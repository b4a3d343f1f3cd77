"""Targets 目标责任: will the year's targets be reached, and where is the shortfall."""

from dashboard.drawings.areas import bars
from dashboard.drawings.goals import bullets, indicators_of, matrix, own_targets
from dashboard.drawings.months import year_curve
from dashboard.language import message
from dashboard.panel import Drawing, Page, Panel
from dashboard.semantics.catalogue import METRICS
from dashboard.view import View


def chosen_indicator(view: View) -> str:
    """The indicator that the reader chose, else the persons placed, else the first that has a target here."""
    if view.selection.indicator in METRICS:
        return view.selection.indicator or ""
    held = indicators_of(own_targets(view))
    return "placed" if "placed" in held or not held else held[0]


def _curve(view: View) -> Drawing:
    indicator = chosen_indicator(view)
    target = next((target for target in own_targets(view) if target.indicator == indicator), None)
    return year_curve(view, indicator, float(target.value) if target else None)


def _areas(view: View) -> Drawing:
    return bars(view, chosen_indicator(view), view.level)


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
