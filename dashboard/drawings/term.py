"""Households without work against their term: how many are in it, close to its end, and past it."""

from typing import Any, Final

from dash import dcc, html

from dashboard.components.marks import state_mark
from dashboard.drawings.areas import ROW_HEIGHT
from dashboard.drawings.numbered import nothing_left
from dashboard.figures.bars import Series, lying_layers
from dashboard.figures.theme import BAD, EARLIER, WATCH
from dashboard.language import message
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.semantics.catalogue import METRICS
from dashboard.view import View

OPEN, SOON, LATE = "zero_households_open", "zero_households_due_soon", "zero_households_overdue"
COUNTED: Final = (OPEN, SOON, LATE)
PARTS: Final = (
    (message("past their term"), BAD),
    (message("term ends within 7 days"), WATCH),
    (message("term ends later"), EARLIER),
)
STANDS: Final = {
    "met": message("none open"),
    "on_track": message("all in their term"),
    "watch": message("term ends soon"),
    "behind": message("past the term"),
}
BESIDE: Final = ("zero_households_identified", "zero_households_cleared", "zero_households_cleared_20d")


def _parts(row: Row) -> tuple[float, float, float]:
    late, soon = float(row[LATE] or 0), float(row[SOON] or 0)
    return late, soon, float(row[OPEN] or 0) - late - soon


def countdown(view: View) -> Drawing:
    """One lying bar a region: households past their term, close to its end, and with more time."""
    rows = view.ask(*COUNTED, by=(view.level,), region=view.area)
    words = view.words
    held = [row for row in rows if row[OPEN]]
    columns = (
        Column("region_name", words.say("region")),
        *(Column(name, words.of(METRICS[name].label), "households") for name in COUNTED),
    )
    table = Table(columns, rows, ("region_code", "region"))
    if not held:
        sentence = words.say("No household here is without work today.")
        return Drawing(sentence, table, body=nothing_left(view), height=80)
    axis = words.axis([float(row[OPEN]) for row in held], "households")
    series = [
        Series(
            words.say(label),
            [_parts(row)[at] for row in held],
            [words.value(_parts(row)[at], "households") for row in held],
            color,
        )
        for at, (label, color) in enumerate(PARTS)
    ]
    drills = [("region", str(row["region_code"])) for row in held]
    return Drawing(
        reading(view, [sum(parts) for parts in zip(*(_parts(row) for row in held), strict=True)]),
        table,
        figure=lying_layers([str(row["region_name"]) for row in held], series, axis, drills),
        height=max(200, 90 + ROW_HEIGHT * len(held)),
    )


def reading(view: View, parts: list[float]) -> str:
    """How many are open, how many pass their term within the next 7 days, how many have passed it."""
    late, soon, later = parts
    words = view.words
    return words.say(
        "{number} households are open: {soon} pass their term within 7 days, {late} have passed it.",
        number=words.number(late + soon + later),
        soon=words.number(soon),
        late=words.number(late),
    )


def clearing(view: View) -> Drawing:
    """Region by region: what is open and how it stands, what was found and cleared in the period."""
    rows = view.ask(*COUNTED, *BESIDE, by=(view.level,), region=view.area)
    if not any(row[name] for row in rows for name in (OPEN, *BESIDE)):
        raise Withheld("no_rows")
    words = view.words
    shown = (*COUNTED, *BESIDE)
    said: list[Row] = [dict(row) | {"state": words.say(STANDS[_state(row)])} for row in rows]
    columns = (
        Column("region_name", words.say("region")),
        Column("state", words.say("state")),
        *(Column(name, words.of(METRICS[name].label), METRICS[name].unit) for name in shown),
    )
    head = [html.Th(words.say("region"), scope="col"), html.Th(words.say("state"), scope="col")]
    head += [_head(view, name) for name in shown]
    body = [html.Tr(_cells(view, row, shown), className=_here(view, row)) for row in rows]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="figure-table")
    clear = sum(_state(row) == "met" for row in rows)
    sentence = words.say(
        "In {clear} of {number} regions no household is open; {late} have one past its term.",
        clear=words.number(clear),
        number=words.number(len(rows)),
        late=words.number(sum(_state(row) == "behind" for row in rows)),
    )
    return Drawing(
        sentence,
        Table(columns, said, ("region_code", "region")),
        body=html.Div(table, className="table-room", tabIndex=0),
        height=60 + 34 * len(rows),
    )


def _state(row: Row) -> str:
    if not row[OPEN]:
        return "met"
    return "behind" if row[LATE] else "watch" if row[SOON] else "on_track"


def _head(view: View, name: str) -> html.Th:
    metric = METRICS[name]
    return html.Th(view.words.of(metric.label), scope="col", className="number", title=view.words.of(metric.definition))


def _cells(view: View, row: Row, shown: tuple[str, ...]) -> list[Any]:
    words, state = view.words, _state(row)
    name = dcc.Link(row["region_name"], href=view.drill("region", str(row["region_code"])))
    mark = html.Span([state_mark(state, words, short=True), words.say(STANDS[state])], className=f"stand state-{state}")
    figures = [
        html.Td(words.value(row[each], METRICS[each].unit), className="number figure" if row[each] else "number none")
        for each in shown
    ]
    return [html.Th(name, scope="row"), html.Td(mark), *figures]


def _here(view: View, row: Row) -> str:
    return "row-here" if row["region_code"] == view.region.code else ""
