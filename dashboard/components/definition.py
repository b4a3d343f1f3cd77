"""What a figure means: said once on the metric, shown wherever the figure stands."""

from collections.abc import Sequence
from typing import Any, Final

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.marks import icon
from dashboard.components.opener import opener
from dashboard.language import message
from dashboard.parts import ratio_sums
from dashboard.semantics.catalogue import METRICS
from dashboard.text import decimals_of
from dashboard.view import View
from etl.tables import TABLES

KINDS: Final = {
    "flow": message("sum over the period"),
    "stock": message("at a day"),
    "ratio": message("ratio of two sums"),
    "distinct": message("different persons"),
}
DIRECTIONS: Final = {
    "+": message("more is better"),
    "-": message("less is better"),
    "": message("neither way is better"),
}
_TABLE_LABELS: Final = {table.name: table for table in TABLES}


def definitions(view: View, metrics: Sequence[str]) -> dmc.Popover:
    """A button that opens the definitions of `metrics` with their sources, load and data date."""
    words = view.words
    entries = [entry for name in metrics for entry in definition(view, name)]
    stamp = words.say(
        "Load {load}, data to {day}, as at {as_of}",
        load=str(view.build.load),
        day=words.day(view.data_date),
        as_of=words.day(view.as_of),
    )
    said = [icon("info"), words.say("Definition")]
    content = html.Div([html.Dl(entries), html.P(stamp, className="stamp")], className="definitions", tabIndex=0)
    return opener(said, content, "foot-link", position="top-end", width=420)


def definition(view: View, name: str) -> list[Any]:
    """One metric: its name, formula, kind, direction and source tables."""
    words, metric = view.words, METRICS[name]
    facts = [words.say(KINDS[metric.kind]), words.unit(metric.unit), words.say(DIRECTIONS[metric.direction])]
    return [
        html.Dt([words.of(metric.label), html.Code(name)]),
        html.Dd(words.of(metric.definition)),
        *_now(view, name),
        html.Dd(" · ".join(facts), className="facts"),
        html.Dd(words.say("Source: {tables}", tables=words.listed(source_labels(view, name))), className="facts"),
        *_rows_behind(view, name),
    ]


def _rows_behind(view: View, name: str) -> list[Any]:
    """The way to the rows behind the figure, for those who may see them; a quarterly page's period goes along."""
    if not view.build.scope.rows:
        return []
    selection = view.selection.but(indicator=name, by=None, section=None, part=None, since=None)
    if view.quarterly and selection.period is None:
        selection = selection.but(period=view.period_whole)
    link = dcc.Link(view.words.say("The rows behind it"), href=view.href(selection, "/rows"), className="way-to-rows")
    return [html.Dd(link)]


def _now(view: View, name: str) -> list[Any]:
    """Numerator and denominator of a ratio in this view, where it is made of two sums."""
    found = ratio_sums(view, name)
    if found is None:
        return []
    above, below = found
    said = view.words.say(
        "Here: {above} ÷ {below}",
        above=view.words.number(above, decimals_of(above)),
        below=view.words.number(below, decimals_of(below)),
    )
    return [html.Dd(said, className="facts")]


def source_labels(view: View, name: str) -> list[str]:
    """The source tables of a metric in the reader's language."""
    return [view.words.of(_TABLE_LABELS[table]) if table in _TABLE_LABELS else table for table in METRICS[name].sources]
