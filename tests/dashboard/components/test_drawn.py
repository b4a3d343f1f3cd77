"""Plain parts leave as one component, the others as they are; the browser draws no tag that is not on the list."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import callbacks
from dashboard.components.drawn import TAGS, Drawn, folded
from dashboard.pages import PAGES
from dashboard.view import View

SCRIPT = Path(__file__).resolve().parents[3] / "assets" / "drawn.js"
MOST = 80  # components of a panel that is drawn whole: its foot, the box of definitions, the sliders of the workbench


def test_a_plain_tree_is_one_component_and_its_links_stay_on_the_page() -> None:
    row = html.Tr([html.Th(dcc.Link("磁山区", href="/?region=990102"), scope="row"), html.Td(["<b>", None, 5])])
    drawn = folded(html.Table(html.Tbody(row), className="figure-table"))
    assert isinstance(drawn, Drawn)
    link = ["link", {"href": "/?region=990102"}, "磁山区"]
    cells = [["th", {"scope": "row"}, link], ["td", 0, "<b>", 5]]
    assert drawn.tree == ["table", {"className": "figure-table"}, ["tbody", 0, ["tr", 0, *cells]]]


def test_what_callbacks_speak_to_stays_and_what_is_given_is_not_touched() -> None:
    given = html.Div([html.P("a"), html.Button("b", id="spoken-to"), dcc.Graph(figure={})], className="x")
    left = folded(given)
    assert [type(part) for part in left.children] == [Drawn, html.Button, dcc.Graph]
    assert left.className == "x"
    assert [type(part) for part in given.children] == [html.P, html.Button, dcc.Graph]


def test_scripts_frames_and_styles_are_never_folded() -> None:
    for part in (html.Script("x"), html.Iframe(src="/"), html.Link(href="/x.css"), html.Form("x"), html.Base(href="/")):
        assert folded(html.Div(part)).children is not None
        assert not isinstance(folded(part), Drawn)


def test_the_browser_draws_the_tags_of_the_list_and_no_other() -> None:
    [held] = re.findall(r"var TAGS = \((.*?)\)\.split", SCRIPT.read_text(encoding="utf-8"), re.DOTALL)
    assert set("".join(re.findall(r'"(.*?)"', held)).split()) == TAGS - {"link"}


def test_no_panel_costs_a_browser_many_components(city: View) -> None:
    for page in PAGES:
        view = replace(city, path=page.path, quarterly=page.quarterly)
        for panel in page.panels:
            children = callbacks.panel_children(lambda _selection, _page, view=view: view, page, panel, "", "chart")
            assert sum(map(count, children)) <= MOST, f"{page.name}/{panel.name}"


def count(part: Any) -> int:
    """The components of a part."""
    if isinstance(part, list | tuple):
        return sum(map(count, part))
    return 1 + count(getattr(part, "children", None)) if isinstance(part, Component) else 0
