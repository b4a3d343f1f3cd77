"""Methods 指标说明: every figure and every source, from the catalogue and the contract themselves."""

from collections.abc import Sequence
from typing import Any, Final

from dashboard import ids
from dashboard.components.definition import DIRECTIONS, KINDS, source_labels
from dashboard.components.grid import grid
from dashboard.drawings.examples import example_rows, worked_examples
from dashboard.drawings.published import published
from dashboard.language import message
from dashboard.panel import Column, Drawing, Page, Panel, Table
from dashboard.semantics.catalogue import DIMENSIONS, METRICS
from dashboard.view import View
from etl.contract import Column as Delivered
from etl.contract import Kind
from etl.tables import TABLES

HEIGHT: Final = 520
TYPES: Final = {
    Kind.TEXT: message("text"),
    Kind.CODE: message("code"),
    Kind.REGION: message("region code"),
    Kind.ID_NUMBER: message("ID number, never stored"),
    Kind.IDENTIFIER: message("name or phone, never stored"),
    Kind.CHOICE: message("one of a list"),
    Kind.CHOICES: message("several of a list"),
    Kind.INDICATOR: message("an indicator"),
    Kind.PERIOD: message("month, quarter or year"),
    Kind.MONTH: message("month"),
    Kind.DATE: message("date"),
    Kind.WHOLE: message("whole number"),
    Kind.NUMBER: message("number"),
    Kind.MONEY: message("amount in yuan"),
    Kind.BOOLEAN: message("yes or no"),
}


def _metrics(view: View) -> Drawing:
    words = view.words
    rows = [
        {
            "label": words.of(metric.label),
            "name": name,
            "definition": words.of(metric.definition),
            "kind": f"{words.say(KINDS[metric.kind])} · {words.unit(metric.unit)}",
            "direction": words.say(DIRECTIONS[metric.direction]),
            "dimensions": words.listed([words.of(DIMENSIONS[each].label) for each in metric.dimensions]),
            "sources": words.listed(source_labels(view, name)),
        }
        for name, metric in METRICS.items()
    ]
    labels = {
        "label": words.say("figure"),
        "name": words.say("name"),
        "definition": words.say("definition"),
        "kind": words.say("kind and unit"),
        "direction": words.say("direction"),
        "dimensions": words.say("by"),
        "sources": words.say("source"),
    }
    return _dictionary(
        view, "metrics", rows, labels, words.say("{number} figures, each defined once.", number=words.number(len(rows)))
    )


def _tables(view: View) -> Drawing:
    words = view.words
    rows = [
        {
            "table": words.of(table),
            "file": table.name,
            "row": words.of(table.row),
            "column": words.of(column),
            "name": column.name,
            "type": _type(view, column),
            "required": words.say("required") if column.required else "",
        }
        for table in TABLES
        for column in table.columns
    ]
    labels = {
        "table": words.say("table"),
        "file": words.say("file"),
        "row": words.say("what a row is"),
        "column": words.say("column"),
        "name": words.say("name"),
        "type": words.say("kind"),
        "required": words.say("must it be there"),
    }
    reading = words.say(
        "{tables} tables with {columns} columns.", tables=words.number(len(TABLES)), columns=words.number(len(rows))
    )
    return _dictionary(view, "metrics", rows, labels, reading)


def _type(view: View, column: Delivered) -> str:
    said = view.words.say(TYPES[column.kind])
    choices = view.words.listed([view.words.of(choice) for choice in column.choices])
    return f"{said}: {choices}" if choices else said


LONG: Final = ("definition", "type", "dimensions", "sources")


def _dictionary(
    view: View, panel: str, rows: Sequence[dict[str, Any]], labels: dict[str, str], reading: str
) -> Drawing:
    table = Table(
        tuple(
            Column(name, label, "long" if name in LONG else "code" if name in ("name", "file") else "")
            for name, label in labels.items()
        ),
        rows,
    )
    body = grid(ids.panel_grid("methods", panel), table, view.words, HEIGHT)
    return Drawing(reading, table, body=body, height=HEIGHT)


PAGE = Page(
    name="methods",
    path="/methods",
    group="check",
    title=message("Methods"),
    lead=message("Every figure and every source table, from the code that computes them."),
    panels=(
        Panel(
            "metrics",
            message("Figures"),
            message("What each one means, and what it is made of"),
            (),
            _metrics,
            span=12,
            height=HEIGHT,
        ),
        Panel(
            "examples",
            message("Worked examples"),
            message("A few rows, and what each figure makes of them"),
            (),
            worked_examples,
            span=12,
            height=HEIGHT,
        ),
        Panel(
            "example_rows",
            message("The examples' rows"),
            message("What the figures above are worked out from"),
            (),
            example_rows,
            span=12,
            height=HEIGHT,
        ),
        Panel(
            "tables",
            message("Source tables"),
            message("What the deliveries promise, column by column"),
            (),
            _tables,
            span=12,
            height=HEIGHT,
        ),
        Panel(
            "published",
            message("Published by cities"),
            message("What cities have reported, beside the same figures computed here"),
            (),
            published,
            span=12,
            height=HEIGHT,
        ),
    ),
)
