"""The one path down: city › district › street › community, with the regions right below, and the search."""

from typing import Any, Final

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.marks import HERE, icon, labelled
from dashboard.components.opener import opener
from dashboard.regions import Region
from dashboard.view import View

BETWEEN: Final = " · "


def breadcrumb(view: View) -> html.Nav:
    """The path to the region chosen; every step is a link, the last one opens the regions below it."""
    path = view.tree.path(view.region)
    steps: list[Component] = []
    for position, region in enumerate(path):
        last = position == len(path) - 1
        link = dcc.Link(region.name, href=view.at(region), className="crumb", title=region.short_code)
        steps.append(html.Li(html.Span(region.name, className="crumb crumb-here", **HERE) if last else link))
    below = view.tree.children(view.region)
    if below:
        steps.append(html.Li(_below(view, below)))
    return html.Nav(html.Ol(steps), className="breadcrumb", **labelled(view.words.say("Region")))


def region_search(view: View) -> dmc.Select:
    """Finds a region by name, code or pinyin initials; the options come from the server as one types."""
    return dmc.Select(
        id=ids.SEARCH,
        placeholder=view.words.say("Find a region: name, code or initials"),
        searchable=True,
        clearable=False,
        data=[],
        value=None,
        size="xs",
        className="region-search",
        leftSection=icon("search"),
        nothingFoundMessage=view.words.say("No such region"),
        filter={"function": "everyOption"},
        comboboxProps={"width": 300, "position": "bottom-start"},
        inputProps={"aria-label": view.words.say("Find a region: name, code or initials")},
    )


def search_options(view: View, text: str) -> list[dict[str, str]]:
    """The regions that fit `text`, each with the path that leads to it.

    An option that is chosen becomes the text: it is offered once more, for what is not on offer would be taken back.
    """
    options = []
    for region in view.tree.search(text.rpartition(BETWEEN)[2]):
        above = [step.name for step in view.tree.path(region)[1:-1]]
        options.append({"value": region.code, "label": BETWEEN.join([region.name, *above, region.short_code])})
    return options


def _below(view: View, below: list[Region]) -> dmc.Popover:
    links: list[Any] = [
        dcc.Link(
            [html.Span(region.name), html.Span(region.short_code, className="code")],
            href=view.at(region),
            className="menu-link",
        )
        for region in below
    ]
    said = [html.Span(view.words.say("choose…")), icon("chevron")]
    return opener(said, html.Div(links, className="menu-list"), "crumb crumb-below", position="bottom-start")
