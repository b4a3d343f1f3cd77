"""Worked examples as a reader follows them: the rows of a family, and what each figure makes of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from dash import html

from dashboard.panel import Column, Drawing, Row, Table
from dashboard.period import Period
from dashboard.semantics.catalogue import DIMENSIONS, METRICS
from dashboard.semantics.examples import Example, examples
from dashboard.text import Words, decimals_of
from dashboard.view import View
from etl.contract import Column as Delivered
from etl.contract import Kind
from etl.contract import Table as Source
from etl.tables import BY_NAME


def worked_examples(view: View) -> Drawing:
    """Every metric's example, family by family; the table view has one line a metric."""
    words = view.words
    told = list(examples().values())
    families = [list(family) for _, family in groupby(told, key=lambda example: id(example.rows))]
    reading = words.say(
        "{number} figures worked out by hand from a few rows; the tests compute the same rows and must find the same.",
        number=words.number(len(told)),
    )
    return Drawing(
        reading, _table(words, told), body=html.Div([_family(words, family) for family in families], className="worked")
    )


def _table(words: Words, told: Sequence[Example]) -> Table:
    rows: list[Row] = [
        {
            "label": words.of(METRICS[example.metric].label),
            "asked": _asked(words, example),
            "figure": _figure(words, example),
            "why": words.of(example.why),
        }
        for example in told
    ]
    columns = (
        Column("label", words.say("figure")),
        Column("asked", words.say("asked for")),
        Column("figure", words.say("worked out")),
        Column("why", words.say("why"), "long"),
    )
    return Table(columns, rows)


def _family(words: Words, family: Sequence[Example]) -> html.Details:
    rows = family[0].rows
    delivered = [_rows(words, BY_NAME[table], rows[table]) for table in rows if table != "regions"]
    figures = [part for example in family for part in _example(words, example)]
    return html.Details(
        [html.Summary(words.of(family[0].family)), html.Div(delivered, className="worked-rows"), html.Dl(figures)]
    )


def _example(words: Words, example: Example) -> list[Any]:
    metric = METRICS[example.metric]
    return [
        html.Dt([words.of(metric.label), html.Span(_asked(words, example), className="asked")]),
        html.Dd([html.Strong(_figure(words, example)), " ", words.of(example.why)]),
    ]


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


def _rows(words: Words, source: Source, rows: Sequence[Mapping[str, Any]]) -> html.Div:
    """The rows of one table: the columns that any of them fills, in the order of the contract."""
    used = [column for column in source.columns if any(column.name in row for row in rows)]
    persons = any("person_key" in row for row in rows)
    head = [words.of(column) for column in used]
    body = [[_cell(words, column, row.get(column.name)) for column in used] for row in rows]
    if persons:
        head.insert(1, words.say("person"))
        for cells, row in zip(body, rows, strict=True):
            cells.insert(1, row["person_key"])
    table = html.Table(
        [
            html.Caption(words.of(source)),
            html.Thead(html.Tr([html.Th(text, scope="col") for text in head])),
            html.Tbody([html.Tr([html.Td(text) for text in cells]) for cells in body]),
        ],
        className="figure-table",
    )
    return html.Div(table, className="table-room", tabIndex=0)


def _cell(words: Words, column: Delivered, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return words.say("yes") if value else words.say("no")
    if column.kind is Kind.MONTH and isinstance(value, date):
        return words.month_of_year(f"{value:%Y-%m}")
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, int | float) and column.kind is not Kind.CODE and column.name not in ("year", "budget_year"):
        return words.number(value, decimals_of(value))
    return next((words.of(choice) for choice in column.choices if choice.value == value), str(value))
