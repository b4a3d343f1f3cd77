"""What stands on every page: name, pages, data date, language and light."""

from collections.abc import Sequence
from typing import Any, Final

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard import ids
from dashboard.components.breadcrumb import breadcrumb, region_search
from dashboard.components.marks import HERE, HIDDEN, icon, labelled
from dashboard.components.menu import menu
from dashboard.components.panel import panel_frame
from dashboard.components.picker import pickers
from dashboard.figures.theme import SHADES
from dashboard.panel import Page
from dashboard.selection import Selection
from dashboard.text import Words
from dashboard.view import View

PROVIDED: Final[dict[str, Any]] = {
    "primaryColor": "board",
    "fontFamily": "var(--font)",
    "defaultRadius": "sm",
    "colors": {"board": list(SHADES)},
}


def shell(children: Sequence[Any], drawn: str, address: str) -> dmc.MantineProvider:
    """The whole document: the address, what it shows, and a note of which frame is drawn."""
    return dmc.MantineProvider(
        dmc.DatesProvider(
            html.Div(
                [
                    dcc.Location(id=ids.URL, refresh=False),
                    dcc.Store(id=ids.FRAME, data={"drawn": drawn, "address": address}),
                    *children,
                ],
                className="frame",
            ),
            settings={"locale": "zh-cn" if drawn.startswith("zh") else "en", "firstDayOfWeek": 1},
        ),
        theme=PROVIDED,
        defaultColorScheme="auto",
    )


def header(
    pages: Sequence[Page],
    page: Page | None,
    selection: Selection,
    words: Words,
    view: View | None,
    *,
    account: Sequence[Any] = (),
) -> list[Any]:
    """The brand, the pages with the present view's address, the switches, and the menu of who is signed in."""
    brand = html.Div(
        [
            html.Span(className="brand-mark", **HIDDEN),
            html.Span(words.say("Reemploy"), className="brand-name"),
        ],
        className="brand",
    )
    path = page.path if page else "/"
    return [
        html.Span(
            words.say("The server did not answer for this panel. The others are not affected; please try again."),
            id=ids.UNANSWERED,
            hidden=True,
        ),
        html.A(words.say("Skip to the figures"), href=f"#{ids.MAIN}", className="skip"),
        html.Div(
            html.Div([brand, *menu(pages, page, selection, words)], className="side-stay"),
            className="side",
        ),
        html.Div([*_stamp(view, words), *_switches(selection, words, path), *account], className="top"),
    ]


def bar(view: View, page: Page) -> list[Any]:
    """Region, search and the choices of the page."""
    return [
        html.Div([breadcrumb(view), region_search(view)], className="bar-region"),
        html.Div(pickers(view, page), className="bar-choices"),
    ]


def main(page: Page, selection: Selection, words: Words) -> list[Any]:
    """The page's title, its sections if it has any, and the frames of the panels shown."""
    title = html.Div([html.H1(words.say(page.title)), html.P(words.say(page.lead))], className="page-title")
    frames = [panel_frame(page, panel, words) for panel in page.shown(selection.section)]
    return [title, *_sections(page, selection, words), html.Div(frames, className="panels")]


def _sections(page: Page, selection: Selection, words: Words) -> list[Any]:
    """The sections as links with the present view's address; what was chosen goes along."""
    here = page.section(selection.section)
    links = []
    for each in page.sections:
        target = selection.but(section=None if each is page.sections[0] else each.name)
        link = dcc.Link(
            words.say(each.title),
            href=page.path + target.search,
            className="section section-here" if each is here else "section",
        )
        links.append(html.Li(link, **(HERE if each is here else {})))
    return [html.Nav(html.Ul(links), className="sections", **labelled(words.say(page.title)))] if links else []


def _stamp(view: View | None, words: Words) -> list[Any]:
    if view is None:
        return []
    parts: list[Any] = []
    if view.tree.is_demonstration:
        parts.append(
            html.Span(
                words.say("Demonstration data"),
                className="badge",
                title=words.say("An invented city: no figure is about real people."),
            )
        )
    told = words.say("Data to {day}", day=words.day(view.data_date))
    parts.append(
        html.Span(
            [html.Span(told), html.Span(words.say("load {number}", number=str(view.build.load)), className="load")],
            className="freshness",
        )
    )
    return parts


def _switches(selection: Selection, words: Words, path: str) -> list[Any]:
    other, name, tag = ("en", "English", "en") if words.chinese else ("zh", "中文", "zh-CN")
    language = dcc.Link(
        html.Span(name, lang=tag), href=path + selection.but(lang=other).search, className="switch language"
    )
    scheme = dmc.ColorSchemeToggle(
        lightIcon=icon("sun"),
        darkIcon=icon("moon"),
        size="md",
        color="gray",
        id="scheme",
        **labelled(words.say("Light or dark")),
    )
    return [html.Div([language, _type_switch(words), scheme], className="switches")]


def _type_switch(words: Words) -> html.Button:
    """Large type and back: head.js keeps the choice in the browser, the style sheet shows the word that fits."""
    return html.Button(
        [
            html.Span(words.say("Large type"), className="if-normal-type"),
            html.Span(words.say("Normal type"), className="if-large-type"),
        ],
        className="switch type-switch",
        type="button",
    )
