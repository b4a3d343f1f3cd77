"""Reports of communities: what was due, received, late, returned and is missing, by round and unit."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from dash import dcc, html
from sqlalchemy import Select, bindparam, select

from dashboard import ids
from dashboard.components.grid import grid
from dashboard.components.marks import state_mark
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.quality import Part, by_part, inside, rows_of
from dashboard.view import View
from etl.marts.platform import report
from etl.marts.region import region as region_mart

ROUNDS: Final = 9  # rounds of reports beside each other
HEIGHT: Final = 420
_of: Final = report.c
_DUE: Final[Select[Any]] = (
    select(report, region_mart.c.region_code, region_mart.c.region_name)
    .join_from(report, region_mart, _of.region_id == region_mart.c.region_id)
    .where(_of.due_on <= bindparam("day"))
    .order_by(_of.due_on, _of.report, region_mart.c.region_code)
)
Round = tuple[date, str, str]  # due on, which report, of which period


def _due(view: View) -> list[dict[str, Any]]:
    """All reports due by the day in view, each with how it stands on that day."""
    rows = inside(view, rows_of(view, _DUE, day=view.as_of))
    for row in rows:
        received = row["submitted_on"] if row["submitted_on"] and row["submitted_on"] <= view.as_of else None
        row["received_on"] = received
        row["is_late"] = received is not None and received > row["due_on"]
        row["is_missing"] = received is None
        row["days"] = max(((received or view.as_of) - row["due_on"]).days, 0)
    return rows


def calendar(view: View) -> Drawing:
    """Units down, rounds across: received of due, and whether on time; the newest rounds stand right."""
    rows = _due(view)
    if not rows:
        raise Withheld("no_rows")
    rounds: list[Round] = sorted({(row["due_on"], row["report"], row["period"]) for row in rows})[-ROUNDS:]
    shown = [row for row in rows if (row["due_on"], row["report"], row["period"]) in rounds]
    parts = by_part(view, shown)
    cells = [{"label": part.name, "code": part.code, **_cell_of(own, *one)} for part, own in parts for one in rounds]
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


def _cell_of(rows: Sequence[Row], due_on: date, name: str, period: str) -> dict[str, Any]:
    own = [row for row in rows if (row["due_on"], row["report"], row["period"]) == (due_on, name, period)]
    return {"due_on": due_on, "report": name, "period": period, **_counted(own)}


def _counted(rows: Sequence[Row]) -> dict[str, int]:
    return {
        "due": len(rows),
        "on_time": sum(not row["is_late"] and not row["is_missing"] for row in rows),
        "late": sum(row["is_late"] for row in rows),
        "returned": sum(row["returned_times"] > 0 for row in rows),
        "missing": sum(row["is_missing"] for row in rows),
    }


def _calendar_reading(view: View, rows: Sequence[Row], last: date) -> str:
    words, newest = view.words, _counted([row for row in rows if row["due_on"] == last])
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
        cells = [_mark(view, _cell_of(own, *one)) for one in rounds]
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


def missing(view: View) -> Drawing:
    """Reports missing on the day in view, the longest overdue first; then those of the period that came late."""
    words = view.words
    rows = _due(view)
    gone = sorted((row for row in rows if row["is_missing"]), key=lambda row: (row["due_on"], row["region_code"]))
    period = view.period
    late = [row for row in rows if row["is_late"] and period.start <= row["due_on"] <= period.end]
    late.sort(key=lambda row: (-row["days"], row["region_code"]))
    listed = [
        {
            "region_name": row["region_name"],
            "region_code": row["region_code"],
            "report": row["report"],
            "period": row["period"],
            "due_on": row["due_on"],
            "received_said": words.day(row["received_on"]) if row["received_on"] else words.say("missing"),
            "days": row["days"],
            "returned_times": row["returned_times"],
        }
        for row in (*gone, *late)
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
    table = Table(columns, listed, ("region_code", "region"))
    reading = words.say(
        "{missing} reports are missing on {day}; {late} of the period came late.",
        missing=words.number(len(gone)),
        day=words.day(view.as_of),
        late=words.number(len(late)),
    )
    if not listed:
        said = words.say("No report is missing, and none of the period came late.")
        calm = html.P([state_mark("met", words, short=True), said], className="all-done")
        return Drawing(reading, table, body=calm, height=80)
    height = min(HEIGHT, 100 + 34 * len(listed))
    return Drawing(
        reading, table, body=grid(ids.panel_grid("data", "report-list"), table, words, height), height=height
    )
