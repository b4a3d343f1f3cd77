"""A region's figures line by line, as a table and in words: value, change, place among the peers, months, trend."""

from collections.abc import Sequence
from typing import Any, Final

from dash import html

from dashboard.comparison import CHANGES
from dashboard.components.light import Div, Link, Span, Td, Th, Tr
from dashboard.components.marks import tone
from dashboard.components.peer_strip import TRENDS, peer_strip, place_said, spark_line, trend_mark
from dashboard.drawings.lines import Line, is_kept, is_per_head, lines_of
from dashboard.panel import Column, Drawing, Table, Withheld
from dashboard.semantics.catalogue import METRICS
from dashboard.text import MINUS
from dashboard.view import View

NAMED: Final = 4


def sheet(view: View, metrics: Sequence[str], page: Sequence[str]) -> Drawing:
    """The figures as a table; those that are not kept at this level are named under it.

    `page`: the figures of all sheets that stand together, which are asked for at once: what one statement sums of the
    same rows costs little more for ten figures than for one.
    """
    lines = lines_of(view, tuple(name for name in metrics if is_kept(view, name)), tuple(page))
    lines = [line for line in lines if line.value is not None or line.standing is not None]
    if not lines:
        raise Withheld("no_rows")
    body = Div([_table(view, lines), *_left_out(view, metrics, lines)], className="table-room sheet-room", tabIndex=0)
    return Drawing(
        reading(view, lines),
        _rows(view, lines),
        body=body,
        height=70 + 38 * len(lines),
        metrics=tuple(line.metric for line in lines),
    )


def reading(view: View, lines: Sequence[Line]) -> str:
    """How many figures stand in the better half, and which of them are on the way up or down."""
    words = view.words
    judged = [line for line in lines if METRICS[line.metric].direction and line.standing and line.standing.place]
    better = sum(line.standing.is_better_half for line in judged if line.standing)
    parts = []
    if judged:
        parts.append(
            words.say(
                "{better} of {number} figures stand in the better half of the {peers} peers.",
                better=words.number(better),
                number=words.number(len(judged)),
                peers=words.number(max(line.standing.number for line in judged if line.standing)),
            )
        )
    rising = [_label(view, line) for line in lines if _tone(line) == "better"]
    sinking = [_label(view, line) for line in lines if _tone(line) == "worse"]
    if rising:
        parts.append(words.say("Getting better: {names}.", names=_listed(view, rising)))
    if sinking:
        parts.append(words.say("Getting worse: {names}.", names=_listed(view, sinking)))
    return ("" if words.chinese else " ").join(parts) or words.say("No figure shows a tested trend.")


def _listed(view: View, names: list[str]) -> str:
    listed = view.words.listed(names[:NAMED])
    if len(names) <= NAMED:
        return listed
    return view.words.say("{names} and {number} more", names=listed, number=view.words.number(len(names) - NAMED))


def _tone(line: Line) -> str:
    way = {"rising": 1.0, "falling": -1.0}.get(line.trend.direction, 0.0)
    return tone(way, METRICS[line.metric].direction)


def _label(view: View, line: Line) -> str:
    return view.words.of(METRICS[line.metric].label)


def _table(view: View, lines: Sequence[Line]) -> html.Table:
    """The lines; where nobody stands beside the region (the city), without the columns of the peers."""
    words = view.words
    peers = any(line.standing for line in lines)
    heads = [
        (words.say("figure"), ""),
        (words.say("value"), "number"),
        *(
            [(words.say("place"), "number"), (words.say("among the peers; right is better"), "strip-cell")]
            if peers
            else []
        ),
        (words.say("twelve months"), "spark-cell"),
        (words.say("trend"), ""),
    ]
    head = Tr([Th(label, scope="col", className=name) for label, name in heads])
    body = html.Tbody([_line(view, line, peers=peers) for line in lines])
    return html.Table([html.Thead(head), body], className="figure-table sheet")


def _line(view: View, line: Line, *, peers: bool) -> html.Tr:
    words, metric = view.words, METRICS[line.metric]
    name = Link(words.of(metric.label), href=view.drill("indicator", line.metric), title=words.of(metric.definition))
    strip = peer_strip(line.standing, metric, words, per_head=is_per_head(line.metric))
    among = [
        Td(place_said(line.standing, words), className="number place"),
        Td(strip, className="strip-cell"),
    ]
    return Tr(
        [
            Th(name, scope="row"),
            Td(_value(view, line), className="number figure" if line.value is not None else "number none"),
            *(among if peers else []),
            Td(spark_line(line.history), className="spark-cell"),
            Td(trend_mark(line.trend, metric.direction, words), className="trend-cell"),
        ],
        className="row-here" if view.selection.indicator == line.metric else "",
    )


def _value(view: View, line: Line) -> list[Any]:
    words, metric = view.words, METRICS[line.metric]
    said = words.change(line.value, line.compared, metric.unit)
    parts: list[Any] = [words.with_unit(line.value, metric.unit)]
    if said is not None:
        moved = float(line.value) - float(line.compared) if said.startswith(("+", MINUS)) else 0
        kind = tone(moved, metric.direction)
        label = words.say(CHANGES[view.selection.compare])
        parts.append(Span(said, className=f"small-change change-{kind}", title=label))
    return parts


def _left_out(view: View, metrics: Sequence[str], lines: Sequence[Line]) -> list[Any]:
    shown = {line.metric for line in lines}
    names = [view.words.of(METRICS[name].label) for name in metrics if name not in shown]
    if not names:
        return []
    return [
        html.P(
            view.words.say("Not kept or no rows here: {names}.", names=view.words.listed(names)),
            className="muted left-out",
        )
    ]


def _rows(view: View, lines: Sequence[Line]) -> Table:
    words = view.words
    rows = [
        {
            "metric": _label(view, line),
            "unit": words.unit(METRICS[line.metric].unit),
            "value": line.value,
            "compared": line.compared,
            "place": place_said(line.standing, words),
            "trend": words.say(TRENDS[line.trend.direction]),
            "p": line.trend.p,
            **{part: getattr(line.standing, part) if line.standing else None for part in _PARTS},
        }
        for line in lines
    ]
    labels = dict(
        zip(
            _PARTS,
            (
                words.say("least"),
                words.say("first quartile"),
                words.say("median"),
                words.say("third quartile"),
                words.say("most"),
            ),
            strict=True,
        )
    )
    columns = [
        Column("metric", words.say("figure")),
        Column("unit", words.say("unit")),
        Column("value", words.say("value"), "score"),
    ]
    if view.selection.compare in CHANGES:
        columns.append(Column("compared", words.say("compared"), "score"))
    columns += [Column("place", words.say("place"), "short")]
    columns += [Column(name, label, "score") for name, label in labels.items()]
    columns += [Column("trend", words.say("trend"), "short"), Column("p", "p", "score")]
    return Table(tuple(columns), rows)


_PARTS: Final = ("low", "quarter", "median", "three_quarters", "high")
