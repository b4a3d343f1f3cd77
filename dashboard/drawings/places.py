"""The chosen indicator region by region, those furthest behind first: since when, and what it still takes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dash import html

from dashboard.components.bullet import legend
from dashboard.components.chance import chance_said
from dashboard.components.light import Link, Td, Th, Tr
from dashboard.components.marks import state_mark
from dashboard.drawings.bullets import bullet_of, labelled_cell
from dashboard.drawings.goals import (
    choices,
    chosen_indicator,
    done_said,
    judged_day,
    last_years,
    targets_side_by_side,
    weekly_said,
)
from dashboard.drawings.heat import distance
from dashboard.drawings.target_rows import target_table
from dashboard.panel import Column, Drawing, Table, Withheld
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.course import Course, courses, reached_on
from dashboard.semantics.targets import Target, adds_up
from dashboard.view import View


@dataclass(frozen=True)
class Placed:
    """A region's target with its course, and the day on which it was reached, if it was."""

    target: Target
    course: Course
    reached: date | None
    name: str


def places(view: View) -> Drawing:
    """A row a region: bullet, state, since when, needed a week, probability."""
    rows = placed(view)
    if not rows:
        raise Withheld("no_rows")
    words, indicator = view.words, chosen_indicator(view)
    earlier = last_years(view, (indicator,), view.level)
    heads = (
        (words.say("region"), ""), ("", "wide"), (words.say("actual"), "number"), (words.say("target"), "number"),
        (words.say("done"), "number"), (words.say("lead"), "number"), (words.say("state"), ""),
        (words.say("since"), ""), (words.say("needed a week"), "number"), (words.say("will it be reached"), ""),
    )  # fmt: skip
    head = Tr([Th(label, scope="col", className=name) for label, name in heads])
    body = [_row(view, row, earlier.get((row.target.region_code, indicator))) for row in rows]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="figure-table bullets stacked")
    return Drawing(
        _reading(view, rows),
        _table(view, rows),
        body=html.Div([legend(words), html.Div(table, className="table-room", tabIndex=0)]),
        height=90 + 38 * len(rows),
        metrics=(indicator,),
        choices=choices(view),
    )


def placed(view: View) -> list[Placed]:
    """The regions side by side that have a target of the chosen indicator, those furthest behind first."""
    day, indicator = judged_day(view), chosen_indicator(view)
    found = sorted((each for each in targets_side_by_side(view) if each.indicator == indicator), key=distance)
    over = courses(view.build, found, day)
    names = [view.tree.find(target.region_code).name for target in found]
    return [Placed(*each) for each in zip(found, over, reached_on(view.build, found, over), names, strict=True)]


def _row(view: View, row: Placed, earlier: float | None) -> html.Tr:
    words, target, unit = view.words, row.target, METRICS[row.target.indicator].unit
    link = Link(row.name, href=view.drill("region", target.region_code))
    return Tr(
        [
            Th(link, scope="row"),
            Td(bullet_of(view, target, earlier), className="wide"),
            labelled_cell(words.say("actual"), words.value(target.actual, unit), "number figure"),
            labelled_cell(words.say("target"), words.value(target.value, unit), "number"),
            labelled_cell(words.say("done"), done_said(view, target), "number"),
            labelled_cell(words.say("lead"), words.points(target.lead) if target.lead is not None else "", "number"),
            Td(state_mark(target.state, words), className="state-cell"),
            labelled_cell(words.say("since"), since_said(view, row)),
            labelled_cell(words.say("needed a week"), needed_said(view, target), "number"),
            labelled_cell(words.say("will it be reached"), chance_said(target.probability, words)),
        ],
        className="row-here" if target.region_code == view.region.code else "",
    )


def since_said(view: View, row: Placed) -> str:
    """`reached on 3 Sep 2026`, `since the end of April 2026`, or the day judged where it has only turned."""
    words = view.words
    if row.reached is not None:
        return words.say("reached on {day}", day=words.day(row.reached))
    since = row.course.since
    if since is None or since.state == "missing":
        return ""
    if since.day == judged_day(view) and since.day != row.course.points[0].day:
        return words.say("only now")
    if since is row.course.points[0]:
        return words.say("since January")
    return words.say("since the end of {month}", month=words.month_of_year(f"{since.day:%Y-%m}"))


def needed_said(view: View, target: Target) -> str:
    """What each week left must bring; nothing where it is reached, or where a day's figure has no pace."""
    needed = target.needed_per_week if adds_up(METRICS[target.indicator]) else None
    if needed is None or needed <= 0:
        return ""
    return weekly_said(view, needed, METRICS[target.indicator].unit)


def _reading(view: View, rows: list[Placed]) -> str:
    """`Furthest behind on 4050 is 铜岭区: 55.3% done, 19.5 points behind the pace, behind since the end of March.`"""
    words, worst = view.words, rows[0]
    label = words.of(METRICS[worst.target.indicator].label)
    behind = sum(row.target.state == "behind" for row in rows)
    if not behind:
        return words.say(
            "{indicator}: none of {total} regions is behind.", indicator=label, total=words.number(len(rows))
        )
    values = {"indicator": label, "region": worst.name, "since": since_said(view, worst)}
    if worst.target.lead is None:
        return words.say(
            "Furthest behind on {indicator} is {region} with {actual} against {value}; behind {since}.",
            actual=words.value(worst.target.actual, METRICS[worst.target.indicator].unit),
            value=words.value(worst.target.value, METRICS[worst.target.indicator].unit),
            **values,
        )
    return words.say(
        "Furthest behind on {indicator} is {region}: {done} done, {lead} against the pace; behind {since}.",
        done=words.value(worst.target.completion, "%"),
        lead=words.points(worst.target.lead),
        **values,
    )


def _table(view: View, rows: list[Placed]) -> Table:
    words = view.words
    made = target_table(view, [row.target for row in rows])
    said: list[dict[str, Any]] = [
        dict(base) | {"since": since_said(view, row), "reached": row.reached}
        for base, row in zip(made.rows, rows, strict=True)
    ]
    columns = (*made.columns, Column("since", words.say("since")), Column("reached", words.say("reached on")))
    return Table(columns, said, made.drill)
