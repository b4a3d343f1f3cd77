"""A panel on the page: its frame at once, its drawing when it comes."""

from collections.abc import Sequence
from typing import Any, Final

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard import ids
from dashboard.components.definition import definitions
from dashboard.components.grid import grid
from dashboard.components.marks import HERE, icon, labelled, named, rem
from dashboard.components.notice import notice
from dashboard.components.picker import breakdown_label
from dashboard.figures.theme import plotly_config
from dashboard.language import message
from dashboard.panel import Drawing, Page, Panel, Withheld
from dashboard.text import Words, file_stem
from dashboard.view import View

NOTICE_HEIGHT = 230
DOWNLOADS: Final = {
    "csv": message("Download these rows as CSV"),
    "xlsx": message("Download these rows as a workbook with a cover sheet"),
}


def panel_frame(page: Page, panel: Panel, words: Words) -> html.Section:
    """Title, description, the switch between chart and table, and room for the drawing."""
    heading = html.Div(
        [html.H2(words.say(panel.title)), html.P(words.say(panel.description), className="description")],
        className="heading",
    )
    switch = dmc.SegmentedControl(
        id=ids.panel_shape(page.name, panel.name),
        data=[{"value": "chart", "label": words.say("View")}, {"value": "table", "label": words.say("Table")}],
        value="chart",
        size="xs",
        className="shape-switch",
    )
    body = html.Div(
        html.Div(className="waiting", style={"height": rem(panel.height)}),
        id=ids.panel_body(page.name, panel.name),
        className="panel-body",
    )
    return html.Section(
        [html.Header([heading, switch]), body], className=f"panel span-{panel.span}", **named(panel.name)
    )


def panel_body(page: Page, panel: Panel, view: View, drawing: Drawing, shape: str) -> list[Any]:
    """The drawing (or its table), the sentence that reads it, and where to take it from there."""
    metrics = drawing.metrics or panel.metrics
    if shape == "table":
        shown: Any = grid(ids.panel_grid(page.name, panel.name), drawing.table, view.words, drawing.height)
    elif drawing.figure is not None:
        shown = _chart(page, panel, view, drawing)
    else:
        shown = drawing.body
    foot = html.Footer(
        [
            html.P(drawing.reading, className="reading"),
            html.Div(_links(page, panel, view, metrics), className="foot-links"),
        ]
    )
    return [*_unfiltered(metrics, view, drawing.knows), *_choices(panel, view, drawing), shown, foot]


def _choices(panel: Panel, view: View, drawing: Drawing) -> list[Any]:
    """What else the panel could show, as links: the address keeps the choice."""
    if not drawing.choices:
        return []
    links = [
        html.Li(
            dcc.Link(choice.label, href=choice.href, className="choice choice-here" if choice.chosen else "choice"),
            **(HERE if choice.chosen else {}),
        )
        for choice in drawing.choices
    ]
    return [html.Nav(html.Ul(links), className="panel-choices", **labelled(view.words.say(panel.title)))]


def panel_notice(panel: Panel, withheld: Withheld, words: Words) -> list[Any]:
    """Why there is no drawing."""
    return [
        html.Div(
            notice(withheld, words), className="notice-room", style={"minHeight": rem(min(panel.height, NOTICE_HEIGHT))}
        )
    ]


def _chart(page: Page, panel: Panel, view: View, drawing: Drawing) -> html.Div:
    graph = dcc.Graph(
        id=ids.panel_chart(page.name, panel.name),
        figure=drawing.figure,
        config=plotly_config(view.words.tag, file_title(view, panel)),
        style={"flex": "1 1 auto", "minHeight": rem(drawing.height)},
        responsive=True,
    )
    return html.Div(
        graph,
        className="chart",
        style={"minHeight": rem(drawing.height)},
        role="figure",
        tabIndex=0,
        **labelled(drawing.reading),
    )


def file_title(view: View, panel: Panel) -> str:
    """What a file of the panel is called: `贷款账龄-磁山区-2026年第三季度`."""
    return file_stem(view.words.say(panel.title), view.region.name, view.words.period(view.period))


def _links(page: Page, panel: Panel, view: View, metrics: Sequence[str]) -> list[Any]:
    words = view.words
    downloads = [
        html.A(
            [icon("download"), kind.upper()],
            href=f"/export/{page.name}/{panel.name}.{kind}{view.selection.search}",
            className="foot-link",
            title=words.say(title),
            download="",
        )
        for kind, title in DOWNLOADS.items()
    ]
    return [definitions(view, metrics), *downloads] if metrics else downloads


def _unfiltered(metrics: Sequence[str], view: View, known: Sequence[str]) -> list[Any]:
    """A line that names the filters which this panel's figures do not know."""
    if not metrics:
        return []
    held = view.filters(metrics)
    left = [
        breakdown_label(view, dimension)
        for dimension, value in view.selection.where
        if (dimension, value) not in held and dimension not in known
    ]
    if not left:
        return []
    return [
        html.P(
            view.words.say(
                "Not filtered by {dimensions}: these figures do not have it.", dimensions=view.words.listed(left)
            ),
            className="unfiltered",
        )
    ]
