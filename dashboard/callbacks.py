"""Every callback of the product: the address draws the frame and the panels, and what is clicked writes the address."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from dashboard import ids
from dashboard.access.present import form_token, signed_in
from dashboard.components.account_menu import account_menu
from dashboard.components.breadcrumb import search_options
from dashboard.components.drawn import folded
from dashboard.components.grid import row_drill
from dashboard.components.notice import notice
from dashboard.components.panel import panel_body, panel_notice
from dashboard.components.picker import chosen_day
from dashboard.components.shell import bar, header, main, shell
from dashboard.draw import draw
from dashboard.drawings.workbench import weight_chosen
from dashboard.pages import PAGES, page_at
from dashboard.panel import Drawing, Page, Panel, Withheld
from dashboard.period import Period
from dashboard.selection import Selection
from dashboard.text import Words
from dashboard.view import View

ViewOf = Callable[[Selection, Page | None], View | None]


def layout(view_of: ViewOf, referrer: str | None) -> Any:
    """The whole page for the address that asked for it: the frame needs no second round trip."""
    address = urlsplit(referrer or "/")
    path, search = address.path or "/", f"?{address.query}" if address.query else ""
    drawn, head, choices, body = frame(view_of, path, search)
    return shell(
        [
            html.Div(head, id=ids.HEADER, className="header"),
            html.Div(choices, id=ids.BAR, className="bar"),
            html.Main(body, id=ids.MAIN, className="main", tabIndex="-1"),
            html.Div(id=ids.TITLE, hidden=True),
            dcc.Store(id=ids.CHOICE),
            dcc.Store(id=ids.ASKED),
        ],
        drawn,
        path + search,
    )


def frame(view_of: ViewOf, path: str, search: str) -> tuple[str, list[Any], list[Any], list[Any]]:
    """What is drawn (language, page, choices), the header, the bar of choices, and the panels' frames."""
    selection = Selection.parse(search)
    words, page = Words(selection.lang), page_at(path)
    view = view_of(selection, page)
    head = folded(header(PAGES, page, selection, words, view, account=own_menu(words)))
    if view is not None and selection.region in view.tree.foreign:
        return f"{selection.lang} foreign", head, [], folded([not_allowed(words, page)])
    section = page.section(selection.section) if page else None
    place = f"{page.name if page else ''} {section.name if section else ''}"
    drawn = f"{selection.lang} {place} {'' if view else 'empty'} {search}"
    if page is None:
        return drawn, head, [], folded([panel_missing(words)])
    return drawn, head, folded(bar(view, page)) if view else [], folded(main(page, selection, words))


def panel_missing(words: Words) -> Any:
    """The notice on an address that is no page."""
    return notice(Withheld("no_rows", words.say("There is no page at this address.")), words)


def own_menu(words: Words) -> list[Any]:
    """The menu of whoever is signed in."""
    account = signed_in()
    return [account_menu(account, form_token(), words)] if account else []


def not_allowed(words: Words, page: Page | None) -> Any:
    """The notice on a region that is not the reader's, with the way to what is."""
    own = dcc.Link(words.say("To what is yours"), href=page.path if page else "/", className="foot-link")
    return html.Div([notice(Withheld("not_allowed"), words), own], className="not-yours")


def register(app: Dash, view_of: ViewOf) -> None:
    """Give `app` its callbacks."""
    _register_frame(app, view_of)
    _register_panels(app)
    _register_choices(app, view_of)
    _in_browser(app, "told", Output(ids.TITLE, "title"), Input(ids.FRAME, "data"), State(ids.MAIN, "children"))


def _in_browser(app: Dash, name: str, *wires: Any, **options: Any) -> None:
    """A callback that the browser answers by itself: `board.<name>` in assets/."""
    app.clientside_callback(ClientsideFunction("board", name), *wires, **options)  # type: ignore[no-untyped-call]  # Dash leaves it untyped


def _register_frame(app: Dash, view_of: ViewOf) -> None:
    """The server is asked only where the address is not the one that the frame was drawn for."""
    address = Input(ids.URL, "pathname"), Input(ids.URL, "search")
    _in_browser(app, "asked", Output(ids.ASKED, "data"), *address, State(ids.FRAME, "data"))

    @app.callback(
        Output(ids.FRAME, "data"),
        Output(ids.HEADER, "children"),
        Output(ids.BAR, "children"),
        Output(ids.MAIN, "children"),
        Input(ids.ASKED, "data"),
        State(ids.FRAME, "data"),
        prevent_initial_call=True,
    )
    def draw_frame(asked: dict[str, str], frame_before: dict[str, str]) -> tuple[Any, ...]:
        path, search = asked["path"], asked["search"]
        drawn, head, choices, body = frame(view_of, path, search)
        same_page = drawn.rsplit(" ", 1)[0] == frame_before["drawn"].rsplit(" ", 1)[0]
        return {"drawn": drawn, "address": path + search}, head, choices, no_update if same_page else body


def _register_panels(app: Dash) -> None:
    """A panel asks at its own address (panel_answers.py) whenever the address of the page or its shape changes."""
    _in_browser(
        app,
        "panel",
        Output(ids.panel_body(MATCH, MATCH), "children"),
        Input(ids.URL, "search"),
        Input(ids.panel_shape(MATCH, MATCH), "value"),
        State(ids.URL, "pathname"),
        State(ids.panel_body(MATCH, MATCH), "id"),
    )


def panel_children(view_of: ViewOf, page: Page, panel: Panel, search: str, shape: str) -> Any:
    """A panel's drawing for an address, or the notice why there is none."""
    selection = Selection.parse(search)
    view = view_of(selection, page)
    drawing = draw(panel, view)
    if isinstance(drawing, Withheld) or view is None:
        withheld = drawing if isinstance(drawing, Withheld) else Withheld("unavailable")
        return folded(panel_notice(panel, withheld, Words(selection.lang)))
    return folded(panel_body(page, panel, view, drawing, shape))


def _register_choices(app: Dash, view_of: ViewOf) -> None:
    """What is clicked or chosen writes the address; parts that merely appear are no choice, and ask nothing."""

    @app.callback(
        Output(ids.SEARCH, "data"),
        Input(ids.SEARCH, "searchValue"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def offer_regions(text: str | None, search: str | None) -> Any:
        view = view_of(Selection.parse(search), None)
        return search_options(view, text or "") if view else []

    _in_browser(
        app,
        "choice",
        Output(ids.CHOICE, "data"),
        Input(ids.panel_chart(ALL, ALL), "clickData"),
        Input(ids.panel_grid(ALL, ALL), "cellClicked"),
        Input(ids.SEARCH, "value"),
        Input(ids.CUSTOM_PERIOD, "value"),
        Input(ids.AS_OF, "value"),
        Input(ids.weight(ALL), "value"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(ids.URL, "search"),
        Input(ids.CHOICE, "data"),
        State(ids.URL, "search"),
        State(ids.URL, "pathname"),
        prevent_initial_call=True,
    )
    def choose(choice: dict[str, Any], search: str | None, path: str | None) -> Any:
        before = Selection.parse(search)
        view = view_of(before, page_at(path or "/"))
        after = chosen(view, choice["origin"], choice["value"]) if view else before
        return no_update if after == before else after.search


def chosen(view: View, origin: Any, value: Any) -> Selection:
    """The selection after a click or a choice: a bar's click becomes a region, a period or a filter here."""
    selection = view.selection
    if isinstance(origin, dict) and origin["kind"] == "weight":
        return weight_chosen(view, origin["path"], value)
    if isinstance(origin, dict):
        drill = (
            _chart_drill(view, origin, value)
            if origin["kind"] == "panel-chart"
            else row_drill(str(value.get("rowId") or ""))
        )
        return selection.drilled(*drill) if drill else selection
    if origin == ids.SEARCH:
        return selection.drilled("region", value)
    if origin == ids.CUSTOM_PERIOD:
        start, end = (chosen_day(text) for text in value)
        if start is None or end is None or Period(start, end) == view.period:
            return selection
        return selection.but(period=Period(start, end))
    day = chosen_day(value)
    return selection if day == view.as_of else selection.but(as_of=None if day == view.data_date else day)


def _chart_drill(view: View, origin: dict[str, str], click: Any) -> tuple[str, str] | None:
    points = click["points"]  # of lines that are read together the points of them all: one bears the choice
    point = next((each for each in points if each.get("customdata")), points[0])
    drill = point.get("customdata")
    if not isinstance(drill, list):  # of a Sankey's marks it is what is said of them
        drill = _shape_drill(view, origin, point.get("curveNumber"), point.get("pointNumber"))
    return (str(drill[0]), str(drill[1])) if drill else None


def _shape_drill(view: View, origin: dict[str, str], curve: int | None, number: int | None) -> Any:
    """What a click inside a filled shape chooses: the browser tells which shape (or band) it was, and no more."""
    page = page_at(view.path)
    panel = page.panel(origin["panel"]) if page and curve is not None else None
    drawing = draw(panel, view) if panel else None
    if not isinstance(drawing, Drawing) or drawing.figure is None or curve is None:
        return None
    drills = drawing.figure["data"][curve].get("meta")
    if drawing.figure["data"][curve]["type"] != "sankey":
        return drills
    return drills[number] if number is not None and 0 <= number < len(drills) else None
