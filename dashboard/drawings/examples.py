"""Worked examples as a reader follows them: what each figure makes of a few rows, and the rows."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from dashboard import ids
from dashboard.components.grid import grid
from dashboard.panel import Column, Drawing, Row, Table
from dashboard.period import Period
from dashboard.semantics.catalogue import DIMENSIONS, METRICS
from dashboard.semantics.examples import Example, examples
from dashboard.text import Words, decimals_of
from dashboard.view import View
from etl.contract import Column as Delivered
from etl.contract import Kind
from etl.tables import BY_NAME

HEIGHT: Final = 520
YEARS: Final = ("year", "budget_year", "target_year")  # numbers that name a year are not separated


def worked_examples(view: View) -> Drawing:
    """Every metric's example: what is asked of the rows of its family, what comes out, and why."""
    words = view.words
    rows: list[Row] = [
        {
            "family": words.of(example.family),
            "label": words.of(METRICS[example.metric].label),
            "asked": _asked(words, example),
            "figure": _figure(words, example),
            "why": words.of(example.why),
        }
        for example in examples().values()
    ]
    labels = {
        "family": words.say("rows of"),
        "label": words.say("figure"),
        "asked": words.say("asked for"),
        "figure": words.say("worked out"),
        "why": words.say("why"),
    }
    reading = words.say(
        "{number} figures worked out by hand from a few rows; the tests compute the same rows and must find the same.",
        number=words.number(len(rows)),
    )
    return _listed(view, "examples", labels, rows, reading)


def example_rows(view: View) -> Drawing:
    """The rows that the examples are worked out from, family by family, as they would be delivered."""
    words = view.words
    families = {example.family: example.rows for example in examples().values()}
    first = next(iter(families))  # the places are the same in all
    rows: list[Row] = [
        {"family": words.of(family), "table": words.of(BY_NAME[table]), "row": _said(words, table, row)}
        for family, tables in families.items()
        for table, delivered in tables.items()
        if table != "regions" or family is first
        for row in delivered
    ]
    labels = {"family": words.say("rows of"), "table": words.say("table"), "row": words.say("row")}
    reading = words.say(
        "{number} rows of an invented community; what is left out plays no part.", number=words.number(len(rows))
    )
    return _listed(view, "example_rows", labels, rows, reading)


def _listed(view: View, panel: str, labels: Mapping[str, str], rows: Sequence[Row], reading: str) -> Drawing:
    table = Table(
        tuple(Column(name, label, "long" if name in ("why", "row") else "") for name, label in labels.items()), rows
    )
    body = grid(ids.panel_grid("methods", panel), table, view.words, HEIGHT)
    return Drawing(reading, table, body=body, height=HEIGHT)


def _asked(words: Words, example: Example) -> str:
    """The period, and what is filtered by."""
    filters = [f"{words.of(DIMENSIONS[name].label)} {_value(words, name, value)}" for name, value in example.where]
    return " · ".join([words.period(Period(example.start, example.end)), *filters])


def _value(words: Words, dimension: str, value: str) -> str:
    label = DIMENSIONS[dimension].values.get(value)
    return words.of(label) if label else value


def _figure(words: Words, example: Example) -> str:
    metric = METRICS[example.metric]
    figure = words.with_unit(example.figure(metric.scale), metric.unit)
    if example.per is None:
        return figure
    above, below = (words.number(part, decimals_of(part)) for part in (example.amount, example.per))
    return f"{above} ÷ {below} = {figure}"


def _said(words: Words, table: str, row: Mapping[str, Any]) -> str:
    """`登记号 R1，人员 A，…`: the columns that the row fills, in the order of the contract."""
    parts = [
        f"{words.of(column)} {_cell(words, column, row[column.name])}"
        for column in BY_NAME[table].columns
        if column.name in row
    ]
    if "person_key" in row:
        person = words.say("person")
        parts.insert(1, f"{person} {row['person_key']}")
    return ("；" if words.chinese else "; ").join(parts)


def _cell(words: Words, column: Delivered, value: Any) -> str:
    if isinstance(value, bool):
        return words.say("yes") if value else words.say("no")
    if isinstance(value, date):
        return words.month_of_year(f"{value:%Y-%m}") if column.kind is Kind.MONTH else words.day(value)
    if isinstance(value, int | float) and column.name not in YEARS:
        return words.number(value, decimals_of(value))
    return next((words.of(choice) for choice in column.choices if choice.value == value), str(value))
