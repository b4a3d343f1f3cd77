"""Ranking 最佳社区: who serves best, how sure that is, and what it is made of."""

from dashboard.drawings.chance import chance
from dashboard.drawings.changed import changed
from dashboard.drawings.courses import courses
from dashboard.drawings.league import league
from dashboard.drawings.map import map_panel, scores
from dashboard.drawings.separation import apart
from dashboard.drawings.standard import standard_in_full
from dashboard.drawings.sureness import likely, tiers_drawn
from dashboard.drawings.unit import peers, unit_score
from dashboard.drawings.workbench import workbench
from dashboard.language import message
from dashboard.panel import Page, Panel
from dashboard.ranking.reading import LEVELS

PAGE = Page(
    name="ranking",
    path="/ranking",
    group="lead",
    title=message("Ranking"),
    lead=message("Who serves best, how sure that is, and what it is made of."),
    panels=(
        Panel(
            "league",
            message("League table"),
            message("Score of 100; equal scores share a rank. A name leads to the region"),
            (),
            league,
            span=12,
            height=600,
        ),
        Panel(
            "likely",
            message("How sure the ranks are"),
            message(
                "A line from the best to the worst likely rank under other weights and scales; the dot is the rank"
            ),
            (),
            likely,
            span=6,
            height=420,
        ),
        Panel(
            "tiers",
            message("Tiers"),
            message("Units that cannot be told apart stand together"),
            (),
            tiers_drawn,
            span=6,
            height=420,
        ),
        Panel(
            "courses",
            message("Ranks over time"),
            message("The best units of the region in view; the first rank is on top"),
            (),
            courses,
            span=7,
            height=400,
        ),
        map_panel(scores, span=5),
        Panel(
            "unit",
            message("One unit's score"),
            message("The region in view, or the best one in it: its points up to the score; pale is what was lost"),
            (),
            unit_score,
            span=7,
            height=400,
        ),
        Panel(
            "apart",
            message("What separates it"),
            message("Points before (right) or behind (left) the next rank and the tenth"),
            (),
            apart,
            span=5,
            height=400,
        ),
        Panel(
            "changed",
            message("Why its score changed"),
            message("Against the last published ranking: own figures, the peers' and revised data add up exactly"),
            (),
            changed,
            span=6,
            height=270,
        ),
        Panel(
            "peers",
            message("Units of like size"),
            message("Those nearest in labour force, whatever the region"),
            (),
            peers,
            span=6,
            height=360,
        ),
        Panel(
            "chance",
            message("Chance or difference"),
            message("Each dot a unit: its rate against its size, between the limits that chance alone would keep"),
            (),
            chance,
            span=12,
            height=380,
        ),
        Panel(
            "standard",
            message("The standard"),
            message("What counts, and how much"),
            (),
            standard_in_full,
            span=5,
            height=420,
        ),
        Panel(
            "workbench",
            message("Workbench"),
            message("Weights in percent of their siblings; the address keeps them"),
            (),
            workbench,
            span=7,
            height=520,
        ),
    ),
    levels=LEVELS,
    quarterly=True,
)
