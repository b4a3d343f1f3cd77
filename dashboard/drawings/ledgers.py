"""The six that are to be clear: units down, fields across, the share filled in numbers and in shade; worst first."""

from collections.abc import Sequence
from typing import Any, Final

from dash import dcc, html

from dashboard.components.marks import HIDDEN
from dashboard.components.tile_map import Shade, shades
from dashboard.language import message
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.semantics.catalogue import METRICS
from dashboard.view import View

WHOLE: Final = "ledger_completeness"
SIX: Final = (
    "ledger_cause", "ledger_family", "ledger_skill", "ledger_job_wish", "ledger_insurance", "ledger_placement",
)  # fmt: skip
BESIDE: Final = "ledger_updated"  # told beside them, on no scale of theirs
SHOWN: Final = (WHOLE, *SIX, BESIDE)
# The less is filled, the darker: what is missing is what there is to do.
CLASSES: Final = ((98.0, 1), (95.0, 2), (90.0, 3), (80.0, 4), (0.0, 5))
LEGEND: Final = (
    message("98% or more"),
    message("95–98%"),
    message("90–95%"),
    message("80–90%"),
    message("under 80%"),
)
SORTED: Final[dict[str, Any]] = {"aria-sort": "ascending"}


def matrix(view: View) -> Drawing:
    """Each cell the share of one field in one unit; a click on a field orders the units by it."""
    by = view.selection.indicator if view.selection.indicator in SHOWN else WHOLE
    rows = view.ask(*SHOWN, by=(view.level,), region=view.area)
    rows = sorted(rows, key=lambda row: (row[by] is None, float(row[by] or 0)))
    if all(row[WHOLE] is None for row in rows):
        raise Withheld("no_rows")
    words = view.words
    whole = {**view.ask(*SHOWN, region=view.area)[0], "region_code": view.area.code, "region_name": view.area.name}
    head = html.Tr([html.Th(words.say("region"), scope="col"), *(_head(view, name, by) for name in SHOWN)])
    body = [_line(view, whole, "whole-row"), *(_line(view, row, _here(view, row)) for row in rows)]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="figure-table heat-table")
    legend = shades(
        [Shade(shade, words.say(said)) for (_, shade), said in zip(CLASSES, LEGEND, strict=True)],
        words.say("the stronger, the more is missing"),
    )
    columns = (
        Column("region_code", words.say("code"), "place"),
        Column("region_name", words.say("region")),
        *(Column(name, words.of(METRICS[name].label), "%") for name in SHOWN),
    )
    return Drawing(
        _reading(view, whole, rows),
        Table(columns, rows, ("region_code", "region")),
        body=html.Div([html.Div(table, className="table-room", tabIndex=0), legend]),
        height=100 + 34 * min(len(rows) + 1, 15),
    )


def _reading(view: View, whole: Row, rows: Sequence[Row]) -> str:
    words = view.words
    weakest = min((name for name in SIX if whole[name] is not None), key=lambda name: float(whole[name]), default=None)
    worst = min((row for row in rows if row[WHOLE] is not None), key=lambda row: float(row[WHOLE]))
    sentence = words.say(
        "{place}: ledgers are {share} complete; furthest behind is {name} with {least}.",
        place=str(whole["region_name"]),
        share=words.value(whole[WHOLE], "%"),
        name=str(worst["region_name"]),
        least=words.value(worst[WHOLE], "%"),
    )
    if weakest is None:
        return sentence
    field = words.say(
        "Least filled is {field} with {share}.",
        field=words.of(METRICS[weakest].label),
        share=words.value(whole[weakest], "%"),
    )
    return sentence + ("" if words.chinese else " ") + field


def _head(view: View, name: str, sorted_by: str) -> html.Th:
    words, here = view.words, name == sorted_by
    target = view.selection.but(indicator=None if here or name == WHOLE else name)
    link = dcc.Link(
        [words.of(METRICS[name].label), html.Span("▲" if here else "", className="sorted", **HIDDEN)],
        href=view.href(target),
        title=words.say("Those furthest behind first"),
    )
    return html.Th(link, scope="col", className="cell-head", **(SORTED if here else {}))


def _line(view: View, row: Row, name: str) -> html.Tr:
    link = dcc.Link(str(row["region_name"]), href=view.drill("region", str(row["region_code"])))
    return html.Tr([html.Th(link, scope="row"), *(_cell(view, each, row[each]) for each in SHOWN)], className=name)


def _cell(view: View, name: str, value: Any) -> html.Td:
    if value is None:
        return html.Td(view.words.say("no data"), className="heat-cell muted")
    if name == BESIDE:
        return html.Td(view.words.value(value, "%"), className="heat-cell heat-beside")
    shade = next(shade for least, shade in CLASSES if float(value) >= least)
    return html.Td(view.words.value(value, "%"), className=f"heat-cell shade-{shade}")


def _here(view: View, row: Row) -> str:
    return "row-here" if row["region_code"] == view.region.code else ""
