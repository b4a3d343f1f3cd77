"""A click on any mark of any chart leads somewhere: the few that stand for nothing to walk to are named here."""

from dataclasses import replace
from typing import Any

import pytest

from dashboard.draw import draw
from dashboard.pages import PAGES
from dashboard.panel import Drawing, Page, Panel
from dashboard.view import View

PANELS = [(page, panel) for page in PAGES for panel in page.panels]
# What a unit's score is made of lies on the ranking's own page: an indicator of a standard is no filter.
SCORES = {"ranking/unit", "ranking/apart", "ranking/changed"}


def silent(trace: dict[str, Any]) -> bool:
    """Whether a trace says nothing on hover: words beside a mark, the band behind a line."""
    return trace.get("hoverinfo") == "skip"


@pytest.mark.parametrize(("page", "panel"), PANELS, ids=[f"{page.name}/{panel.name}" for page, panel in PANELS])
def test_every_mark_of_a_chart_leads_somewhere(city: View, page: Page, panel: Panel) -> None:
    drawn = draw(panel, replace(city, path=page.path, quarterly=page.quarterly))
    if not isinstance(drawn, Drawing) or drawn.figure is None or f"{page.name}/{panel.name}" in SCORES:
        return
    for trace in drawn.figure["data"]:
        if silent(trace):
            continue
        assert trace.get("customdata") or trace.get("meta"), trace.get("name")
        drills = [drill for drill in trace.get("customdata") or [] if drill]
        assert all(len(drill) == 2 for drill in drills)
