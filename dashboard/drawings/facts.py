"""Who and what a region is: its codes, what lies above and below it, its people, the days that the page speaks of."""

from typing import Any, Final

from dash import dcc, html
from sqlalchemy import Select, bindparam, func, select

from dashboard.components.marks import icon
from dashboard.language import message
from dashboard.panel import Column, Drawing, Table
from dashboard.regions import level_below
from dashboard.semantics.dimension import TOP
from dashboard.view import View
from etl.marts.region import region as region_mart

LEVEL: Final = {
    TOP: message("several cities"),
    "city": message("city"),
    "district": message("district"),
    "street": message("street"),
    "community": message("community"),
}
LEVELS_BELOW: Final = {
    "city": message("cities"),
    "district": message("districts"),
    "street": message("streets"),
    "community": message("communities"),
}
_of = region_mart.c
_PEOPLE: Final[Select[Any]] = select(func.sum(_of.residents), func.sum(_of.households)).where(
    func.list_contains(bindparam("codes"), _of.region_code)
)


def facts(view: View) -> Drawing:
    """A list of facts with a button that prints the page."""
    words, region = view.words, view.region
    counted = view.tree.children(region) if region.level == TOP else [region]
    [(residents, households)] = view.build.fetch(_PEOPLE, codes=[each.code for each in counted])
    labour = view.figures("labour_force")["labour_force"]
    rows = [
        (words.say("level"), words.say(LEVEL[region.level])),
        *([] if region.level == TOP else [(words.say("code"), region.short_code)]),
        *_below(view),
        (words.say("labour force"), words.with_unit(labour or None, "persons")),
        (words.say("residents"), words.with_unit(residents, "persons")),
        (words.say("number of households"), words.number(households)),
        (words.say("period"), words.period(view.period)),
        (words.say("as at"), words.day(view.as_of)),
    ]
    shown = [(label, said) for label, said in rows if said != words.say("no data")]
    listed = [html.Div([html.Dt(label), html.Dd(said)]) for label, said in shown]
    prints: dict[str, Any] = {"data-print": ""}
    button = html.Button(
        [icon("print"), words.say("Print or save as PDF")],
        type="button",
        className="pick print-button",
        **prints,
    )
    table = Table(
        (Column("label", words.say("fact")), Column("said", words.say("value"))),
        [{"label": label, "said": said} for label, said in shown],
    )
    path = " › ".join(step.name for step in view.tree.path(region))
    reading = words.say(
        "{path}: all figures of {period} as at {day}, from load {load}.",
        path=path,
        period=words.period(view.period),
        day=words.day(view.as_of),
        load=str(view.build.load),
    )
    title = html.Div(
        [html.Div([html.P(_way(view), className="facts-way"), html.P(region.name, className="facts-name")]), button],
        className="facts-head",
    )
    return Drawing(reading, table, body=html.Div([title, html.Dl(listed, className="facts-list")]), height=150)


def _way(view: View) -> list[Any]:
    steps: list[Any] = []
    for step in view.tree.path(view.region)[:-1]:
        steps += [dcc.Link(step.name, href=view.at(step)), " › "]
    return steps


def _below(view: View) -> list[tuple[str, str]]:
    level = level_below(view.region.level)
    number = len(view.tree.children(view.region))
    return [(view.words.say(LEVELS_BELOW[level]), view.words.number(number))] if level and number else []
