"""The standard in full: what counts, how much, on which scale, and how much of the score goes with it."""

from typing import Any, Final

from dash import html

from dashboard.components.bars import share_bar
from dashboard.drawings.ranked import measured_by, ranking_of
from dashboard.language import message
from dashboard.panel import Column, Drawing, Table
from dashboard.ranking.diagnosis import diagnose
from dashboard.ranking.standard import Indicator, Leaf, Manual, Node, Scale
from dashboard.ranking.whatif import Weighed, weighed
from dashboard.semantics.catalogue import METRICS
from dashboard.view import View

SCALES: Final = {
    "goalposts": message("fixed posts"),
    "minmax": message("lowest to highest"),
    "zscore": message("distance from the mean"),
    "rank": message("rank"),
}


def standard_in_full(view: View) -> Drawing:
    """The tree of the standard in force, with each node's share of the whole."""
    found = ranking_of(view)
    words, standard = view.words, found.standard
    diagnosis = diagnose(found)
    rows = [_row(view, node, diagnosis.available, diagnosis.influence) for node in weighed(standard)]
    items = [
        html.Li(
            [
                html.Span(row["label"], className=f"node depth-{min(row['depth'], 3)}"),
                html.Span(row["scale"], className="node-scale"),
                share_bar(row["share"]),
                html.Span(words.value(row["share"], "%"), className="number"),
            ]
        )
        for row in rows
    ]
    rules = words.say(
        "Ranked are units with a labour force of {labour} or more and at least {share} of the weight measured.",
        labour=words.number(standard.labour_force_min),
        share=words.value(100 * standard.weight_present_min, "%"),
    )
    note = words.say(
        "Weights are trade-offs, not importance: they say how much of one part makes good for another. What a part"
        " really decides is its influence, in the table."
    )
    columns = (
        Column("label", words.say("part")),
        Column("share", words.say("weight"), "%"),
        Column("siblings", words.say("weight among its siblings"), "%"),
        Column("scale", words.say("scale")),
        Column("available", words.say("units measured"), "persons"),
        Column("influence", words.say("influence (r²)"), "%"),
    )
    body = html.Div(
        [
            html.P(words.of(standard.name), className="standard-name"),
            html.Ul(items, className="standard"),
            html.P(rules, className="muted"),
            html.P(note, className="muted"),
        ]
    )
    number = words.number(len(standard.leaves))
    reading = words.say("{number} indicators.", number=number)
    if standard.valid_from is not None:
        reading = words.say(
            "In force from {day}; {number} indicators.", day=words.day(standard.valid_from), number=number
        )
    return Drawing(reading, Table(columns, rows), body=body, height=420, metrics=measured_by(found))


def _row(view: View, found: Weighed, available: dict[str, int], influence: dict[str, float]) -> dict[str, Any]:
    return {
        "label": view.words.of(found.node.label),
        "depth": found.depth,
        "share": found.share,
        "siblings": found.weight,
        "scale": _scale_said(view, found.node),
        "available": available.get(found.path),
        "influence": None if found.depth else influence.get(found.node.name),
    }


def _scale_said(view: View, node: Node) -> str:
    if not isinstance(node, Leaf):
        return ""
    words, measure = view.words, node.measure
    if isinstance(measure, Manual):
        return words.say("points given")
    sign = "−" if measure.direction == "-" else "＋"
    if not isinstance(measure, Indicator):
        return f"{sign} {words.say('points')}"
    return f"{sign} {_posts(view, measure, measure.scale)}"


def _posts(view: View, measure: Indicator, scale: Scale) -> str:
    words = view.words
    if scale.method != "goalposts":
        return words.say(SCALES[scale.method])
    low, high = (words.number(each, 0 if each.is_integer() else 2) for each in (scale.low, scale.high))
    if measure.per_1000_labour_force:
        return words.say("{low} to {high} per 1,000", low=low, high=high)
    percent = "%" if METRICS[measure.column].unit == "%" else ""
    return f"{low}–{high}{percent}"
