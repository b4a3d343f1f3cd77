"""A dense table of figures: areas down, metrics across, the change against the earlier period under each."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dashboard.components.marks import tone
from dashboard.panel import Row
from dashboard.semantics.catalogue import METRICS
from dashboard.text import MINUS
from dashboard.view import View


def figure_table(view: View, heading: str, rows: Sequence[Row], metrics: Sequence[str]) -> html.Div:
    """Rows have `label`, `drill` (dimension, value) or None, the metrics, and `earlier` with the same metrics."""
    head = html.Tr([html.Th(heading, scope="col"), *(_head(view, name) for name in metrics)])
    body = [
        html.Tr([_name(view, row), *(_cell(view, row, name) for name in metrics)], className=_row_class(view, row))
        for row in rows
    ]
    return html.Div(
        html.Table([html.Thead(head), html.Tbody(body)], className="figure-table"), className="table-room", tabIndex=0
    )


def _head(view: View, name: str) -> html.Th:
    metric = METRICS[name]
    return html.Th(view.words.of(metric.label), scope="col", className="number", title=view.words.of(metric.definition))


def _name(view: View, row: Row) -> html.Th:
    drill = row.get("drill")
    label: Any = dcc.Link(row["label"], href=view.drill(*drill)) if drill else row["label"]
    return html.Th(label, scope="row")


def _cell(view: View, row: Row, name: str) -> html.Td:
    metric = METRICS[name]
    value, before = row[name], row["earlier"].get(name)
    parts: list[Any] = [view.words.value(value, metric.unit)]
    said = view.words.change(value, before, metric.unit)
    if said is not None:
        moved = float(value) - float(before) if said.startswith(("+", MINUS)) else 0.0
        direction = tone(moved, metric.direction)
        parts.append(html.Span(said, className=f"small-change change-{direction}"))
    return html.Td(parts, className="number figure" if value is not None else "number none")


def _row_class(view: View, row: Row) -> str:
    drill = row.get("drill")
    return "row-here" if drill and drill[1] == view.region.code else ""
