"""What is chosen beside the region: the period, the day as at which, the comparison, the breakdown, the filters."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard import ids
from dashboard.comparison import NAMES
from dashboard.components.marks import icon, labelled
from dashboard.components.opener import opener
from dashboard.language import message
from dashboard.panel import Page
from dashboard.period import Period, months_period, year_period
from dashboard.quality import FILTERS, filter_value
from dashboard.selection import COMPARISONS
from dashboard.semantics.catalogue import DIMENSIONS
from dashboard.view import View

COMPARED: Final = {**NAMES, "none": message("no comparison")}
LEVEL_NAMES: Final = {
    "district": message("districts"),
    "street": message("streets"),
    "community": message("communities"),
}
YEARS: Final = 4
YES_OR_NO: Final = (message("yes"), message("no"))
YES_AND_NO: Final = {"interest_subsidised": (message("with interest subsidy"), message("without interest subsidy"))}


def pickers(view: View, page: Page) -> list[Any]:
    """The row of choices under the breadcrumb."""
    chosen = [_dropdown(view.words.period(view.period), view.words.say("Period"), "calendar", period_choices(view))]
    chosen.append(
        _dropdown(
            view.words.say(COMPARED[view.selection.compare]),
            view.words.say("Compared with"),
            "compare",
            _comparisons(view),
        )
    )
    if page.breakdowns:
        by = view.selection.by if view.selection.by in page.breakdowns else page.breakdowns[0]
        chosen.append(_dropdown(breakdown_label(view, by), view.words.say("By"), "split", _breakdowns(view, page)))
    if page.levels:
        level = view.selection.level or page.levels[0]
        chosen.append(
            _dropdown(view.words.say(LEVEL_NAMES[level]), view.words.say("Ranked"), "split", _levels(view, page))
        )
    return [*chosen, *chips(view)]


def chips(view: View) -> list[Any]:
    """What the reader has chosen, each with a link that removes it, and one that removes it all."""
    words, selection = view.words, view.selection
    found = []
    if selection.period is not None:
        found.append((words.period(selection.period), selection.but(period=None)))
    if selection.compare != "last_year":
        label = words.say("Compared with: {what}", what=words.say(COMPARED[selection.compare]))
        found.append((label, selection.but(compare="last_year")))
    if selection.as_of and selection.as_of < view.data_date:
        found.append((words.say("as at {day}", day=words.day(view.as_of)), selection.but(as_of=None)))
    for dimension, value in selection.where:
        label = breakdown_label(view, dimension)
        found.append((f"{label}: {value_label(view, dimension, value)}", selection.without(dimension, value)))
    links = [
        dcc.Link(
            [label, icon("close"), html.Span(words.say("Remove this filter"), className="unseen")],
            href=view.href(rest),
            className="chip",
            title=words.say("Remove this filter"),
        )
        for label, rest in found
    ]
    if len(links) > 1:
        nothing = selection.but(period=None, compare="last_year", as_of=None, where=())
        links.append(dcc.Link(words.say("Remove all"), href=view.href(nothing), className="chip-all"))
    return [html.Div(links, className="chips", role="group", **labelled(words.say("Chosen")))] if links else []


def breakdown_label(view: View, dimension: str) -> str:
    """What a breakdown is called; `region` is the regions below."""
    if dimension == "region":
        return view.words.say("region")
    if dimension in FILTERS:
        return view.words.say(FILTERS[dimension])
    # An address may hold any word: it stands for itself, as its values do.
    return view.words.of(DIMENSIONS[dimension].label) if dimension in DIMENSIONS else dimension


def value_label(view: View, dimension: str, value: Any) -> str:
    """What one value of a dimension is called; values that are names are their own label."""
    if dimension == "hardship_group" and value in (None, "null"):
        return view.words.say("in none of them")
    if value is None or value == "null":
        return view.words.say("not given")
    if dimension in FILTERS:
        return filter_value(view.words, dimension, str(value))
    if isinstance(value, bool) or (dimension in YES_AND_NO and value in ("true", "false")):
        return view.words.say(YES_AND_NO.get(dimension, YES_OR_NO)[0 if value in (True, "true") else 1])
    known = DIMENSIONS[dimension].values if dimension in DIMENSIONS else {}
    return view.words.of(known[value]) if value in known else str(value)


def period_choices(view: View) -> list[Any]:
    """Years with their quarters and months as links, and any stretch of days up to the data date."""
    words, last = view.words, view.data_date
    rows = [_year_row(view, year) for year in range(last.year, last.year - YEARS, -1)]
    custom = dmc.DatePickerInput(
        id=ids.CUSTOM_PERIOD,
        type="range",
        label=words.say("From day to day"),
        value=[view.period.start.isoformat(), view.period.end.isoformat()],
        maxDate=last.isoformat(),
        size="xs",
        **_calendar(view),
    )
    as_of = dmc.DatePickerInput(
        id=ids.AS_OF,
        label=words.say("As at (newest: {day})", day=words.day(last)),
        value=view.as_of.isoformat(),
        maxDate=last.isoformat(),
        size="xs",
        **_calendar(view),
    )
    return [html.Div(rows, className="period-table"), html.Div([custom, as_of], className="period-custom")]


def _calendar(view: View) -> dict[str, Any]:
    chinese = view.words.chinese
    return {
        "valueFormat": "YYYY-MM-DD",
        "monthLabelFormat": "YYYY年M月" if chinese else "MMMM YYYY",
        "firstDayOfWeek": 1,
        "popoverProps": {"withinPortal": False},
    }


def _year_row(view: View, year: int) -> html.Div:
    words = view.words
    whole = _period_link(view, year_period(year), words.period(year_period(year)), "year")
    quarters = [
        _period_link(view, months_period(year, 3 * n - 2, 3 * n), f"{n}季" if words.chinese else f"Q{n}", "quarter")
        for n in range(1, 5)
    ]
    months = [_period_link(view, months_period(year, n, n), str(n), "month") for n in range(1, 13)]
    return html.Div([whole, *quarters, *months], className="period-row")


def _period_link(view: View, period: Period, label: str, kind: str) -> Any:
    said = view.words.period(period)
    if period.start > view.data_date:
        return html.Span(label, className=f"period period-{kind} period-future")
    here = " period-here" if view.period_whole == period else ""
    default = period == year_period(view.data_date.year) and view.selection.as_of is None and not view.quarterly
    target = view.selection.but(period=None if default else period)
    return dcc.Link(label, href=view.href(target), className=f"period period-{kind}{here}", title=said)


def _comparisons(view: View) -> list[Any]:
    return _links(
        view,
        [
            (view.words.say(COMPARED[name]), view.selection.but(compare=name), name == view.selection.compare)
            for name in COMPARISONS
        ],
    )


def _breakdowns(view: View, page: Page) -> list[Any]:
    first = page.breakdowns[0]
    return _links(
        view,
        [
            (
                breakdown_label(view, name),
                view.selection.but(by=None if name == first else name),
                name == (view.selection.by or first),
            )
            for name in page.breakdowns
        ],
    )


def _levels(view: View, page: Page) -> list[Any]:
    first = page.levels[0]
    now = view.selection.level or first
    return _links(
        view,
        [
            (view.words.say(LEVEL_NAMES[name]), view.selection.but(level=None if name == first else name), name == now)
            for name in page.levels
        ],
    )


def _links(view: View, choices: Sequence[tuple[str, Any, bool]]) -> list[Any]:
    return [
        html.Div(
            [
                dcc.Link(label, href=view.href(selection), className="menu-link menu-here" if here else "menu-link")
                for label, selection, here in choices
            ],
            className="menu-list",
        )
    ]


def _dropdown(label: str, title: str, sign: str, content: list[Any]) -> dmc.Popover:
    said = [icon(sign), html.Span(title, className="unseen"), html.Span(label), icon("chevron")]
    return opener(said, html.Div(content, className="pick-content"), "pick", title=title, position="bottom-start")


def chosen_day(text: str | None) -> date | None:
    """The day that a date picker gives; None where it gives none."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
