"""Ranking 最佳社区: who serves best, how sure that is, and what it is made of."""

from typing import Any, Final

from dash import html

from dashboard.components.bars import share_bar
from dashboard.drawings.league import league, likely, measured_by, ranking_of, unit_score
from dashboard.language import message
from dashboard.panel import Column, Drawing, Page, Panel, Table
from dashboard.ranking.reading import LEVELS
from dashboard.ranking.standard import Group, Leaf, Manual, Node
from dashboard.view import View


def _standard(view: View) -> Drawing:
    found = ranking_of(view)
    words, standard = view.words, found.standard
    rows = list(_nodes(view, standard.tree, 0, 100.0))
    items = [
        html.Li(
            [
                html.Span(row["label"], className=f"node depth-{row['depth']}"),
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
    columns = (
        Column("label", words.say("part")),
        Column("share", words.say("weight"), "%"),
        Column("scale", words.say("scale")),
    )
    body = html.Div(
        [
            html.P(words.of(standard.name), className="standard-name"),
            html.Ul(items, className="standard"),
            html.P(rules, className="muted"),
        ]
    )
    number = words.number(len(standard.leaves))
    reading = words.say("{number} indicators.", number=number)
    if standard.valid_from is not None:
        reading = words.say(
            "In force from {day}; {number} indicators.", day=words.day(standard.valid_from), number=number
        )
    return Drawing(reading, Table(columns, rows), body=body, height=420, metrics=measured_by(found))


def _nodes(view: View, group: Group, depth: int, share: float) -> list[dict[str, Any]]:
    """The tree in reading order with each node's share of the whole."""
    total = sum(child.weight for child in group.children)
    found: list[dict[str, Any]] = []
    for child in group.children:
        part = share * child.weight / total if total else 0.0
        found.append(
            {"label": view.words.of(child.label), "depth": depth, "share": part, "scale": _scale_said(view, child)}
        )
        if isinstance(child, Group):
            found += _nodes(view, child, depth + 1, part)
    return found


SCALES: Final = {
    "goalposts": message("fixed posts"),
    "minmax": message("lowest to highest"),
    "zscore": message("distance from the mean"),
    "rank": message("rank"),
}


def _scale_said(view: View, node: Node) -> str:
    if not isinstance(node, Leaf):
        return ""
    measure = node.measure
    if isinstance(measure, Manual):
        return view.words.say("points given")
    sign = "−" if measure.direction == "-" else "＋"
    scale = getattr(measure, "scale", None)
    return f"{sign} {view.words.say(SCALES[scale.method]) if scale else view.words.say('points')}"


PAGE = Page(
    name="ranking",
    path="/ranking",
    title=message("Ranking"),
    lead=message("Who serves best, how sure that is, and what it is made of."),
    panels=(
        Panel(
            "league",
            message("League table"),
            message("Score of 100; equal scores share a rank. A name leads to the region"),
            (),
            league,
            span=8,
            height=560,
        ),
        Panel(
            "standard",
            message("The standard"),
            message("What counts, and how much"),
            (),
            _standard,
            span=4,
            height=420,
        ),
        Panel(
            "unit",
            message("One unit's score"),
            message("The region in view, or the best one in it: points by indicator; the tick is the most possible"),
            (),
            unit_score,
            span=7,
            height=380,
        ),
        Panel(
            "likely",
            message("How sure the ranks are"),
            message(
                "A line from the best to the worst likely rank under other weights and scales; the dot is the rank"
            ),
            (),
            likely,
            span=5,
            height=380,
        ),
    ),
    levels=LEVELS,
    quarterly=True,
)
