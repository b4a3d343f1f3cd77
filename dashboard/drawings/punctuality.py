"""Reports of communities: what was due, received, late, returned and is missing, by round and unit."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from dash import dcc, html
from sqlalchemy import ColumnElement, Date, Integer, Select, and_, bindparam, case, false, func, or_, select

from dashboard import ids
from dashboard.components.grid import grid
from dashboard.components.marks import state_mark
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.quality import Part, rows_of
from dashboard.tally import Tally, by_part, in_place, level_in, place_of, tallied
from dashboard.view import View
from etl.marts.platform import report
from etl.marts.region import region as region_mart

ROUNDS: Final = 9  # rounds of reports beside each other
HEIGHT: Final = 420
LISTED: Final = 1_000  # rows in the page; the file holds all
_of: Final = report.c
_DAY: Final[ColumnElement[Any]] = bindparam("day", type_=Date)
_RECEIVED_ON: Final = case((_of.submitted_on <= _DAY, _of.submitted_on))  # by the day in view
_IS_MISSING: Final = _RECEIVED_ON.is_(None)
_IS_LATE: Final = func.coalesce(_of.due_on < _RECEIVED_ON, false())
_IS_LATE_IN_PERIOD: Final = and_(_IS_LATE, _of.due_on >= bindparam("start"), _of.due_on <= bindparam("end"))
_DUE: Final = Tally(
    report,
    (_of.due_on, _of.report, _of.period),
    (
        func.count().label("due"),
        func.count().filter(_of.due_on >= _RECEIVED_ON).label("on_time"),
        func.count().filter(_IS_LATE).label("late"),
        func.count().filter(_of.returned_times > 0).label("returned"),
        func.count().filter(_IS_MISSING).label("missing"),
    ),
    (_of.due_on <= _DAY,),
)
COUNTS: Final = tuple(count.name for count in _DUE.sums)
Round = tuple[date, str, str]  # due on, which report, of which period


def _round_of(row: Row) -> Round:
    return row["due_on"], row["report"], row["period"]


def calendar(view: View) -> Drawing:
    """Units down, rounds across: received of due, and whether on time; the newest rounds stand right."""
    rows = tallied(view, _DUE, day=view.as_of)
    if not rows:
        raise Withheld("no_rows")
    rounds = sorted({_round_of(row) for row in rows})[-ROUNDS:]
    shown = [row for row in rows if _round_of(row) in rounds]
    parts = by_part(view, shown)
    cells = [{"label": part.name, "code": part.code, **_cell_of(own, one)} for part, own in parts for one in rounds]
    words = view.words
    columns = (
        Column("label", words.say("region")),
        Column("report", words.say("report")),
        Column("period", words.say("period")),
        Column("due_on", words.say("due on"), "short"),
        Column("due", words.say("due"), "reports"),
        Column("on_time", words.say("on time"), "reports"),
        Column("late", words.say("late"), "reports"),
        Column("returned", words.say("returned"), "reports"),
        Column("missing", words.say("missing"), "reports"),
    )
    return Drawing(
        _calendar_reading(view, shown, rounds[-1][0]),
        Table(columns, cells, ("code", "region")),
        body=_matrix(view, parts, rounds),
        height=96 + 40 * len(parts),
    )


def _cell_of(rows: Sequence[Row], one: Round) -> dict[str, Any]:
    return dict(zip(("due_on", "report", "period"), one, strict=True)) | _summed(
        [row for row in rows if _round_of(row) == one]
    )


def _summed(rows: Sequence[Row]) -> dict[str, int]:
    return {name: sum(row[name] for row in rows) for name in COUNTS}


def _calendar_reading(view: View, rows: Sequence[Row], last: date) -> str:
    words, newest = view.words, _summed([row for row in rows if row["due_on"] == last])
    return words.say(
        "Of {due} reports due on {day} {on_time} came on time, {late} late; {missing} are missing, "
        "{returned} returned.",
        day=words.day(last),
        **{name: words.number(number) for name, number in newest.items()},
    )


def _matrix(view: View, parts: Sequence[tuple[Part, Sequence[Row]]], rounds: Sequence[Round]) -> html.Div:
    words = view.words
    heads = [_round_head(view, one) for one in rounds]
    head = html.Thead(html.Tr([html.Th(words.say("region"), scope="col"), *heads]))
    body = []
    for part, own in parts:
        name: Any = dcc.Link(part.name, href=view.drill(*part.drill)) if part.drill else part.name
        cells = [_mark(view, _cell_of(own, one)) for one in rounds]
        body.append(html.Tr([html.Th(name, scope="row"), *cells]))
    table = html.Table([head, html.Tbody(body)], className="figure-table matrix reports-due")
    return html.Div(table, className="table-room", tabIndex=0)


def _round_head(view: View, one: Round) -> html.Th:
    due, name, period = one
    said = [html.Span(f"{due:%m-%d}", className="round-day"), html.Span(f"{name} {period}", className="round-name")]
    return html.Th(
        said, scope="col", className="cell-head", title=view.words.say("due on {day}", day=view.words.day(due))
    )


def _mark(view: View, cell: Row) -> html.Td:
    words = view.words
    if not cell["due"]:
        return html.Td(words.say("none due"), className="cell cell-none muted")
    state = "behind" if cell["missing"] else "watch" if cell["late"] else "met"
    missing = words.say("{number} missing", number=words.number(cell["missing"]))
    late = words.say("{number} late", number=words.number(cell["late"]))
    word = {"behind": missing, "watch": late, "met": words.say("on time")}[state]
    title = words.say(
        "{due} due: {on_time} on time, {late} late, {missing} missing, {returned} returned",
        **{name: words.number(cell[name]) for name in ("due", "on_time", "late", "missing", "returned")},
    )
    received = f"{words.number(cell['due'] - cell['missing'])}/{words.number(cell['due'])}"
    parts = [html.Span(received, className="cell-figure"), html.Span(word, className="cell-word")]
    return html.Td(html.Span(parts, className=f"cell-link mark-{state}", title=title), className="cell")


@cache
def _counted(level: str, *, scoped: bool) -> Select[Any]:
    """How many are missing on the day, and how many of the period came late."""
    counts: list[ColumnElement[Any]] = [func.count().filter(test) for test in (_IS_MISSING, _IS_LATE_IN_PERIOD)]
    return _in_place(select(*counts), level, scoped=scoped)


@cache
def _listed(level: str, *, scoped: bool, limited: bool) -> Select[Any]:
    """Those missing, the longest overdue first, then those of the period that came late."""
    days = (func.coalesce(_RECEIVED_ON, _DAY) - _of.due_on).label("days")
    named = region_mart.c.region_name, region_mart.c.region_code
    told = _of.report, _of.period, _of.due_on, _RECEIVED_ON.label("received_on"), days, _of.returned_times
    statement = _in_place(select(*named, *told), level, scoped=scoped).where(or_(_IS_MISSING, _IS_LATE_IN_PERIOD))
    order = _IS_LATE, days.desc(), region_mart.c.region_code, _of.due_on, _of.report, _of.period, _of.community_code
    statement = statement.order_by(*order)
    return statement.limit(bindparam("most", type_=Integer)) if limited else statement


def _in_place(statement: Select[Any], level: str, *, scoped: bool) -> Select[Any]:
    statement = statement.join_from(report, region_mart, _of.region_id == region_mart.c.region_id)
    return statement.where(_of.due_on <= _DAY, *in_place(level, scoped=scoped))


def missing(view: View) -> Drawing:
    """Reports missing on the day in view, the longest overdue first; then those of the period that came late."""
    words, period = view.words, view.period
    level, scoped = level_in(view), view.build.scope.regions is not None
    values = {"day": view.as_of, "start": period.start, "end": period.end, **place_of(view)}
    [(gone, late)] = view.build.fetch(_counted(level, scoped=scoped), **values)

    def table(most: int | None = None) -> Table:
        more = {} if most is None else {"most": most}
        return _list(view, rows_of(view, _listed(level, scoped=scoped, limited=most is not None), **values, **more))

    shown = table(LISTED)
    reading = words.say(
        "{missing} reports are missing on {day}; {late} of the period came late.",
        missing=words.number(gone),
        day=words.day(view.as_of),
        late=words.number(late),
    )
    if not shown.rows:
        said = words.say("No report is missing, and none of the period came late.")
        calm = html.P([state_mark("met", words, short=True), said], className="all-done")
        return Drawing(reading, shown, body=calm, height=80)
    if gone + late > LISTED:
        reading += words.say(" The first {number} are listed; the file holds all.", number=words.number(LISTED))
    height = min(HEIGHT, 100 + 34 * len(shown.rows))
    body = grid(ids.panel_grid("data", "report-list"), shown, words, height)
    return Drawing(reading, shown, body=body, height=height, whole=table if gone + late > LISTED else None)


def _list(view: View, rows: Sequence[Row]) -> Table:
    words = view.words
    said = [
        dict(row) | {"received_said": words.day(row["received_on"]) if row["received_on"] else words.say("missing")}
        for row in rows
    ]
    columns = (
        Column("region_name", words.say("community")),
        Column("report", words.say("report")),
        Column("period", words.say("period")),
        Column("due_on", words.say("due on"), "short"),
        Column("received_said", words.say("received on")),
        Column("days", words.say("days late"), "rank"),
        Column("returned_times", words.say("times returned"), "rank"),
    )
    return Table(columns, said, ("region_code", "region"))
