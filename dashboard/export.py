"""What a panel shows as a document, so that its rows leave as CSV, or as a workbook whose cover explains them."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from dashboard.comparison import NAMES
from dashboard.components.definition import source_labels
from dashboard.components.picker import breakdown_label, value_label
from dashboard.panel import Drawing, Panel, Table
from dashboard.publish import document
from dashboard.publish.document import Cell, Definition, Document, Fact, Section
from dashboard.publish.render_csv import render_csv
from dashboard.publish.render_xlsx import render_xlsx
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.words import Text
from dashboard.text import Words
from dashboard.view import View

# What a panel's column holds that has no unit, as a document knows it.
KINDS: Final = {"long": "", "short": "", "place": "code", "bar": "score"}


def as_csv(table: Table, words: Words) -> bytes:
    """The rows with headers in the reader's language, numbers unrounded, UTF-8 with BOM, no cell a formula."""
    return render_csv(plain_table("table", "", table), words)


def as_workbook(panel: Panel, view: View, drawing: Drawing) -> bytes:
    """The rows on a sheet, behind a cover with their definitions, filters, source, load and dates."""
    words = view.words
    title = words.say(panel.title)
    metrics = drawing.metrics or panel.metrics
    return render_xlsx(
        Document(
            edition="",
            title=_same(f"{title} · {view.region.name}"),
            issuer=_same(words.say("Reemploy")),
            issued_on=view.data_date,
            sections=(Section(_same(title), (plain_table(panel.name, title, drawing.table),)),),
            facts=tuple(Fact(_same(label), _same(value)) for label, value in _facts(panel, view, drawing, metrics)),
            definitions=tuple(_definition(name) for name in metrics),
        ),
        words,
    )


def plain_table(name: str, title: str, table: Table) -> document.Table:
    """A panel's table as a document's: one language, raw values."""
    columns = tuple(
        document.Column(column.name, _same(column.label), KINDS.get(column.unit, column.unit))
        for column in table.columns
    )
    rows = tuple(tuple(_cell(row.get(column.name)) for column in table.columns) for row in table.rows)
    return document.Table(name, _same(title), columns, rows)


def _same(text: str) -> Text:
    """A text that has been said in the reader's language."""
    return Text(text, text)


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return str(value)
    return value if value is None or isinstance(value, str | int | float | Decimal | date) else str(value)


def _facts(panel: Panel, view: View, drawing: Drawing, metrics: Sequence[str]) -> Iterator[tuple[str, str]]:
    words = view.words
    yield words.say("What it shows"), words.say(panel.description)
    yield words.say("Reading"), drawing.reading
    yield words.say("Region"), " › ".join(region.name for region in view.tree.path(view.region))
    yield words.say("Period"), words.period(view.period)
    yield words.say("As at"), words.day(view.as_of)
    if view.selection.compare in NAMES:
        yield words.say("Compared with"), words.say(NAMES[view.selection.compare])
    held = view.filters(metrics)
    filters = [f"{breakdown_label(view, name)}: {value_label(view, name, value)}" for name, value in held]
    yield words.say("Filters"), words.listed(filters) or words.say("none")
    sources = dict.fromkeys(label for name in metrics for label in source_labels(view, name))
    if sources:
        yield words.say("Source tables"), words.listed(list(sources))
    yield words.say("Load"), str(view.build.load)
    yield words.say("Data to"), words.day(view.data_date)
    yield words.say("Address of this view"), view.href(view.selection)


def _definition(name: str) -> Definition:
    metric = METRICS[name]
    return Definition(name, metric.label, metric.definition)
