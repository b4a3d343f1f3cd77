"""Targets 目标责任: will the year's targets be reached, where is the shortfall, what does it take."""

from dashboard.drawings.bullets import bullets
from dashboard.drawings.cascade import cascade
from dashboard.drawings.heat import heat
from dashboard.drawings.letters import letters
from dashboard.drawings.map import map_panel, target_of
from dashboard.drawings.outlooks import outlooks
from dashboard.drawings.paces import paces
from dashboard.drawings.places import places
from dashboard.drawings.shortfall import by_group, by_region
from dashboard.drawings.year import course
from dashboard.language import message
from dashboard.panel import Drawing, Page, Panel
from dashboard.view import View


def _heat(view: View) -> Drawing:
    return heat(view, "/targets")


PAGE = Page(
    name="targets",
    path="/targets",
    group="lead",
    title=message("Targets"),
    lead=message("Will the year's targets be reached, where is the shortfall, what does it take."),
    panels=(
        Panel(
            "bullets", message("Targets of this region"),
            message("Done, pace, target and forecast on one line. A row chooses the indicator below"),
            (), bullets, span=12, height=420,
        ),
        Panel(
            "outlook", message("Year-end forecast"),
            message("What each will come to by 31 December, and whether the target will be reached"),
            (), outlooks, span=7, height=380,
        ),
        Panel(
            "paces", message("Needed pace"),
            message("What each week left must bring, beside what weeks have brought lately"),
            (), paces, span=5, height=380,
        ),
        Panel(
            "curve", message("The year so far"),
            message("The chosen indicator against the pace and last year, and what is still to be expected"),
            (), course, span=12, height=340,
        ),
        Panel(
            "cascade", message("Passed down"),
            message("The chosen target from level to level, and where the parts do not make the whole"),
            (), cascade, span=5, height=340,
        ),
        map_panel(target_of("placed"), span=7),
        Panel(
            "places", message("The chosen indicator by region"),
            message("Those furthest behind first, and since when; a region leads down"),
            (), places, span=12, height=320,
        ),
        Panel(
            "matrix", message("Regions by indicators"),
            message("State and completion; a head orders the regions, a cell leads to its target"),
            (), _heat, span=12, height=320,
        ),
        Panel(
            "shortfall", message("Shortfall by region"),
            message("From what was due by now to what was done; each region's part. A bar leads down"),
            (), by_region, span=6, height=260,
        ),
        Panel(
            "channels", message("Shortfall by channel"),
            message("What was due is shared out as last year's figures were"),
            (), by_group, span=6, height=260,
        ),
        Panel(
            "letters", message("Letters of objectives"),
            message("Who gave which target, by which document, and how it was revised"),
            (), letters, span=12, height=320,
        ),
    ),
)  # fmt: skip
