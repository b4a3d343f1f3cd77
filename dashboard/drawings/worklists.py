"""What is to be done in a region: households on day n of the days to clear them, visits due this month."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from dash import dcc, html
from sqlalchemy import Select, bindparam, func, select

from dashboard.components.bars import share_bar
from dashboard.components.marks import state_mark
from dashboard.drawings.numbered import listing, nothing_left, place_of, rows_of
from dashboard.panel import Choice, Column, Drawing, Row, Table, Withheld
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.dimension import TOP
from dashboard.semantics.measure import in_area
from dashboard.view import View
from etl.marts.region import region as region_mart
from etl.marts.registry import zero_household
from etl.marts.worklist import visit_due

LISTED: Final = 14  # rows beside the other panels; the table and the file hold all
# By the days left to the end of a household's term (0: today is the last), as the figures of these names count them.
KEPT: Final[dict[str, Callable[[int], bool]]] = {
    "zero_households_due_soon": lambda left: 0 <= left < DAYS_OF_WEEK,
    "zero_households_overdue": lambda left: left < 0,
}
DAYS_OF_WEEK: Final = 7
CLOSE_DAYS: Final = 5  # so few days before the term a household is worth a look each day


@cache
def _households(level: str) -> Select[Any]:
    of = zero_household.c
    return (
        select(of.household_no, region_mart.c.region_code, region_mart.c.region_name, of.identified_on, of.term_ends_on)
        .join_from(zero_household, region_mart, of.region_id == region_mart.c.region_id)
        .where(in_area(level))
        .where(of.identified_on <= bindparam("day"), of.cleared_on > bindparam("day"))
        .order_by(of.identified_on, of.household_no)
    )


@cache
def _visits(level: str) -> Select[Any]:
    of = visit_due.c
    return (
        select(
            of.registration_no,
            region_mart.c.region_code,
            region_mart.c.region_name,
            of.placed_on,
            of.month_number,
            of.due_on,
            of.last_visited_on,
            of.is_visited,
        )
        .join_from(visit_due, region_mart, of.region_id == region_mart.c.region_id)
        .where(in_area(level))
        .order_by(of.is_visited, of.last_visited_on.nulls_first(), of.registration_no)
    )


@cache
def _visits_by_region(level: str) -> Select[Any]:
    of = visit_due.c
    done = func.count().filter(of.is_visited).label("done")
    return (
        select(region_mart.c.region_code, func.count().label("due"), done, func.max(of.due_on).label("due_on"))
        .join_from(visit_due, region_mart, of.region_id == region_mart.c.region_id)
        .where(in_area(level))
        .group_by(region_mart.c.region_code)
        .order_by(region_mart.c.region_code)
    )


def households(view: View) -> Drawing:
    """Zero-employment households still open, the oldest first: on which day of how many each stands.

    The indicator chosen keeps those whose term ends within a week, or has ended.
    """
    words = view.words
    every = rows_of(view, _households(view.region.level), day=view.as_of)
    for row in every:
        row["day_number"] = (view.as_of - row["identified_on"]).days
        row["term"] = (row["term_ends_on"] - row["identified_on"]).days
        row["state"] = _state(row["day_number"], row["term"])
    kept = view.selection.indicator if view.selection.indicator in KEPT else None
    rows = [row for row in every if kept is None or KEPT[kept]((row["term_ends_on"] - view.as_of).days)]
    columns = (
        Column("household_no", words.say("household no."), "code"),
        Column("region_name", words.say("community")),
        Column("identified_on", words.say("identified on"), "short"),
        Column("day_number", words.say("day"), "rank"),
        Column("term_ends_on", words.say("to be cleared by"), "short"),
    )
    table = Table(columns, rows, ("region_code", "region"))
    choices = _kept_choices(view, kept)
    if not rows:
        none = words.say("No household here is without work today.")
        if every:
            none = words.say("None of the {number} open households is among these.", number=words.number(len(every)))
        return Drawing(none, table, body=nothing_left(view), height=80, choices=choices)
    late = [row for row in rows if row["day_number"] > row["term"]]
    reading = words.say(
        "{number} households are open, {late} of them past their {term} days; the longest waits {day} days.",
        number=words.number(len(rows)),
        late=words.number(len(late)),
        term=words.number(rows[0]["term"]),
        day=words.number(rows[0]["day_number"]),
    )
    if kept == "zero_households_due_soon":
        reading = words.say(
            "{number} households pass their day {term} within 7 days, the first on {day}.",
            number=words.number(len(rows)),
            term=words.number(rows[0]["term"]),
            day=words.day(rows[0]["term_ends_on"]),
        )
    listed = [_household(view, row) for row in rows[:LISTED]]
    heads = (words.say("household no."), words.say("community"), words.say("day"), words.say("to be cleared by"))
    body = listing(view, heads, listed, len(rows))
    return Drawing(reading, table, body=body, height=70 + 31 * len(listed), choices=choices)


def _kept_choices(view: View, kept: str | None) -> tuple[Choice, ...]:
    """All open households, those whose term ends within a week, those past it: the address keeps the choice."""
    offered: list[tuple[str, str | None]] = [(view.words.say("all open"), None)]
    offered += [(view.words.of(METRICS[name].label), name) for name in KEPT]
    return tuple(
        Choice(label, view.href(view.selection.but(indicator=name)), chosen=name == kept) for label, name in offered
    )


def _state(day: int, term: int) -> str:
    return "behind" if day > term else "watch" if day > term - CLOSE_DAYS else "on_track"


def _household(view: View, row: Row) -> list[Any]:
    words = view.words
    said = words.say("day {day} of {term}", day=words.number(row["day_number"]), term=words.number(row["term"]))
    return [
        html.Code(row["household_no"]),
        place_of(view, row),
        html.Span([state_mark(row["state"], words, short=True), said], className="day-of-term"),
        words.day(row["term_ends_on"]),
    ]


def visits(view: View) -> Drawing:
    """Visits due in the month of the data date: by region, in a street and a community person by person."""
    words = view.words
    if (view.as_of.year, view.as_of.month) != (view.data_date.year, view.data_date.month):
        raise Withheld("no_rows", words.say("Visits are listed for the month of the data date only."))
    counted = rows_of(view, _visits_by_region(view.region.level))
    if not counted:
        raise Withheld("no_rows")
    due, done = (sum(row[name] for row in counted) for name in ("due", "done"))
    reading = words.say(
        "{due} visits are due by {day}: {done} paid, {left} left.",
        due=words.number(due),
        day=words.day(counted[0]["due_on"]),
        done=words.number(done),
        left=words.number(due - done),
    )
    if view.region.level in (TOP, "city", "district"):
        return _by_region(view, counted, reading)
    left = [row for row in rows_of(view, _visits(view.region.level)) if not row["is_visited"]]
    columns = (
        Column("registration_no", words.say("registration no."), "code"),
        Column("region_name", words.say("community")),
        Column("placed_on", words.say("placed on"), "short"),
        Column("month_number", words.say("month"), "rank"),
        Column("last_visited_on", words.say("last visited on"), "short"),
        Column("due_on", words.say("due by"), "short"),
    )
    heads = (words.say("registration no."), words.say("community"), words.say("last visited on"), words.say("month"))
    listed = [_visit(view, row) for row in left[:LISTED]]
    body = listing(view, heads, listed, len(left)) if left else nothing_left(view)
    return Drawing(
        reading, Table(columns, left, ("region_code", "region")), body=body, height=70 + 31 * max(len(listed), 1)
    )


def _visit(view: View, row: Row) -> list[Any]:
    last: date | None = row["last_visited_on"]
    words = view.words
    never = html.Span(words.say("never"), className="muted")
    return [
        html.Code(row["registration_no"]),
        place_of(view, row),
        words.day(last) if last else never,
        words.say("{number} of 12", number=words.number(row["month_number"])),
    ]


def _by_region(view: View, counted: Sequence[Row], reading: str) -> Drawing:
    words = view.words
    sums = {part.code: [0, 0] for part in view.parts}
    for row in counted:
        for place in view.tree.path(view.tree.find(row["region_code"])):
            if place.code in sums:
                sums[place.code][0] += row["due"]
                sums[place.code][1] += row["done"]
    rows: list[dict[str, Any]] = [
        {
            "code": part.code,
            "name": part.name,
            "due": due,
            "left": due - done,
            "share": 100 * done / due if due else None,
        }
        for part in view.parts
        for due, done in [sums[part.code]]
    ]
    columns = (
        Column("name", words.say("region")),
        Column("due", words.say("visits due"), "persons"),
        Column("left", words.say("left"), "persons"),
        Column("share", words.say("visited"), "%"),
    )
    listed = [
        [
            dcc.Link(row["name"], href=view.drill("region", row["code"])),
            words.number(row["due"]),
            words.number(row["left"]),
            html.Div([share_bar(row["share"] or 0.0), words.value(row["share"], "%")], className="share-cell"),
        ]
        for row in rows
    ]
    heads = (words.say("region"), words.say("visits due"), words.say("left"), words.say("visited"))
    table = Table(columns, rows, ("code", "region"))
    return Drawing(reading, table, body=listing(view, heads, listed, len(listed)), height=70 + 31 * len(listed))
