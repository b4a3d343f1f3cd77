"""The pages in groups: beside the figures on a desk, behind one button on a phone."""

from collections.abc import Sequence
from typing import Any, Final

from dash import dcc, html

from dashboard import ids
from dashboard.components.marks import HERE, HIDDEN, icon, labelled
from dashboard.language import message
from dashboard.panel import Group, Page
from dashboard.selection import Selection
from dashboard.text import Words

# The groups in their order; the first needs no name.
GROUPS: Final[dict[Group, str]] = {
    "lead": message("At a glance"),
    "work": message("Fields of work"),
    "check": message("Check and publish"),
}
CLOSED: Final[dict[str, Any]] = {"aria-expanded": "false", "aria-controls": ids.MENU}


def menu(pages: Sequence[Page], page: Page | None, selection: Selection, words: Words) -> list[Any]:
    """The button that opens the pages where there is no room beside the figures (assets/menu.js), and the pages."""
    here = [icon(page.name), html.Span(words.say(page.title))] if page else [html.Span(words.say("Pages"))]
    button = html.Button(
        [html.Span(words.say("Pages"), className="unseen"), *here, icon("chevron")],
        type="button",
        className="menu-button",
        **CLOSED,
    )
    groups = [_group(name, pages, page, selection, words) for name in GROUPS]
    return [button, html.Nav(groups, id=ids.MENU, className="tabs", **labelled(words.say("Pages")))]


def _group(name: Group, pages: Sequence[Page], page: Page | None, selection: Selection, words: Words) -> html.Div:
    label = words.say(GROUPS[name])
    links = [
        _item(dcc.Link(_face(each, words), href=_address(each, page, selection), className="tab"), here=each is page)
        for each in pages
        if each.group == name
    ]
    if name == "check":
        links.append(_item(_bulletins(words), here=False))
    return html.Div(
        [html.Span(label, className="tab-group-name", **HIDDEN), html.Ul(links)],
        className=f"tab-group tab-group-{name}",
        role="group",
        **labelled(label),
    )


def _item(link: Any, *, here: bool) -> html.Li:
    return html.Li(link, className="tab-here", **HERE) if here else html.Li(link)


def _face(page: Page, words: Words) -> list[Any]:
    return [icon(page.name), html.Span(words.say(page.title))]


def _address(each: Page, page: Page | None, selection: Selection) -> str:
    """The present view on another page; a section is a page's own."""
    return each.path + (selection if each is page else selection.but(section=None)).search


def _bulletins(words: Words) -> html.A:
    """The public archive is pages of their own: no view goes along."""
    return html.A(
        [icon("bulletins"), html.Span(words.say("Bulletins"))],
        href="/bulletins" if words.chinese else "/bulletins?lang=en",
        className="tab",
    )
