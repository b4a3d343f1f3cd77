"""Ranking 最佳社区: who serves best, how sure that is, and what it is made of."""

from functools import lru_cache
from typing import Any

from dash import dcc, html

from dashboard.components.bars import criterion_bars, share_bar
from dashboard.figures.bars import Bar
from dashboard.figures.contributions import contributions
from dashboard.language import message
from dashboard.panel import Column, Drawing, Page, Panel, Table, Withheld
from dashboard.period import Period
from dashboard.ranking.eligibility import Reason
from dashboard.ranking.explain import next_better, separation
from dashboard.ranking.official import ranking
from dashboard.ranking.ranking import RankedUnit, Ranking
from dashboard.ranking.standard import Group, Leaf, Manual, Node
from dashboard.semantics.catalogue import METRICS
from dashboard.view import View
from dashboard.warehouse import Build

LEVELS = ("community", "street", "district")


@lru_cache(maxsize=16)
def ranked(build: Build, period: Period, level: str) -> Ranking:
    """The ranking of a build's period; kept, for a page asks for it in several panels."""
    return ranking(build, period, level)


def _ranking(view: View) -> Ranking:
    found = ranked(view.build, view.period, view.selection.level or LEVELS[0])
    if not found.units:
        raise Withheld("no_rows")
    return found


def _inside(view: View, unit: RankedUnit) -> bool:
    """Whether the unit lies in the region in view (a community's peers are those of its street)."""
    return view.area in view.tree.path(view.tree.find(unit.code))


def _league(view: View) -> Drawing:
    found = _ranking(view)
    units = [unit for unit in found.units if _inside(view, unit)]
    if not units:
        raise Withheld("no_rows")
    words = view.words
    criteria = found.standard.tree.children
    heads = [
        (words.say("rank"), "number"),
        (words.say("unit"), ""),
        (words.say("score"), "number"),
        *((words.of(node.label), "criterion") for node in criteria),
        (words.say("rank between"), "number"),
    ]
    head = html.Tr([html.Th(label, scope="col", className=name) for label, name in heads])
    body = [_league_row(view, unit, len(criteria)) for unit in units]
    room = html.Div(
        html.Table([html.Thead(head), html.Tbody(body)], className="figure-table league"), className="table-room tall"
    )
    return Drawing(_league_reading(view, units), _league_table(view, found, units), body=room, height=560)


def _league_row(view: View, unit: RankedUnit, criteria: int) -> html.Tr:
    words = view.words
    name = html.Th(dcc.Link(unit.name, href=view.drill("region", unit.code)), scope="row")
    here = "row-here" if unit.code == view.region.code else ""
    if not unit.eligible:
        why = (
            "；".join(reason_said(view, reason) for reason in unit.reasons)
            if words.chinese
            else "; ".join(reason_said(view, reason) for reason in unit.reasons)
        )
        return html.Tr(
            [
                html.Td(words.say("not ranked"), className="muted number"),
                name,
                html.Td(why, colSpan=criteria + 2, className="muted"),
            ],
            className=here,
        )
    between = (
        words.say("{low} to {high}", low=str(unit.low), high=str(unit.high)) if unit.low != unit.high else str(unit.low)
    )
    mark = html.Span(words.say("not clearly in or out"), className="tag") if unit.unclear else None
    return html.Tr(
        [
            html.Td(str(unit.rank), className="number rank"),
            name,
            html.Td(words.number(float(unit.score), 2) if unit.score is not None else "", className="number figure"),
            *(
                html.Td(criterion_bars(each.score, words.number(each.score, 1)), className="criterion")
                for each in unit.criteria
            ),
            html.Td([mark, html.Span(between)] if mark else between, className="number"),
        ],
        className=here,
    )


def reason_said(view: View, reason: Reason) -> str:
    """Why a unit is not ranked, in the reader's words."""
    words = view.words
    if reason.code == "veto":
        return words.say("vetoed: {remark}", remark=reason.remark)
    if reason.code == "labour_force":
        if reason.found is None:
            return words.say("labour force not known")
        return words.say(
            "labour force {found}, below {limit}", found=words.number(reason.found), limit=words.number(reason.limit)
        )
    return words.say(
        "measured for {found} of the weight, {limit} needed",
        found=words.value(100 * (reason.found or 0), "%"),
        limit=words.value(100 * (reason.limit or 0), "%"),
    )


def _league_reading(view: View, units: list[RankedUnit]) -> str:
    words = view.words
    placed = [unit for unit in units if unit.rank is not None]
    if not placed:
        return words.say("None of these units could be ranked.")
    best = [unit.name for unit in placed if unit.rank == placed[0].rank]
    said = {
        "names": words.listed(best[:3]),
        "rank": str(placed[0].rank),
        "score": words.number(float(placed[0].score or 0), 2),
        "number": words.number(len(placed)),
    }
    if len(best) > 1:
        return words.say("{names} share rank {rank} with {score} points; {number} units are ranked here.", **said)
    return words.say("{names} leads here: rank {rank} with {score} points; {number} units are ranked here.", **said)


def _league_table(view: View, found: Ranking, units: list[RankedUnit]) -> Table:
    words = view.words
    rows: list[dict[str, Any]] = [
        {
            "code": unit.code, "name": unit.name, "rank": unit.rank, "score": unit.score, "low": unit.low, "high": unit.high,
            "reason": "; ".join(reason_said(view, reason) for reason in unit.reasons),
            **{criterion.name: criterion.score for criterion in unit.criteria},
        }
        for unit in units
    ]  # fmt: skip
    columns = [
        Column("rank", words.say("rank"), "rank"), Column("code", words.say("code")), Column("name", words.say("unit")), Column("score", words.say("score"), "score"),
        *(Column(node.name, words.of(node.label), "score") for node in found.standard.tree.children),
        Column("low", words.say("best likely rank"), "rank"), Column("high", words.say("worst likely rank"), "rank"), Column("reason", words.say("why not ranked")),
    ]  # fmt: skip
    return Table(tuple(columns), rows, ("code", "region"))


def _chosen(view: View, found: Ranking) -> RankedUnit:
    """The unit in view, or the best one in the region in view."""
    inside = [unit for unit in found.units if unit.rank is not None and _inside(view, unit)]
    own = [unit for unit in inside if unit.code == view.region.code]
    if not (own or inside):
        raise Withheld("no_rows")
    return (own or inside)[0]


def _unit(view: View) -> Drawing:
    found = _ranking(view)
    unit = _chosen(view, found)
    words = view.words
    leaves = sorted(found.leaves(unit.code), key=lambda leaf: -leaf.contribution)
    bars = [
        Bar(
            label=words.of(leaf.leaf.label),
            value=leaf.contribution,
            said=words.say(
                "{points} of {weight}", points=words.number(leaf.contribution, 2), weight=words.number(leaf.weight, 1)
            ),
            earlier=leaf.weight,
        )
        for leaf in leaves
    ]
    rows = [
        {
            "leaf": words.of(leaf.leaf.label),
            "value": leaf.value,
            "score": leaf.score,
            "weight": leaf.weight,
            "contribution": leaf.contribution,
        }
        for leaf in leaves
    ]
    columns = (
        Column("leaf", words.say("indicator")), Column("value", words.say("measured"), "score"), Column("score", words.say("score of 100"), "score"),
        Column("weight", words.say("weight"), "score"), Column("contribution", words.say("points"), "score"),
    )  # fmt: skip
    return Drawing(
        _unit_reading(view, found, unit),
        Table(columns, rows),
        figure=contributions(bars, words.say("points"), words.say("most possible")),
        height=max(260, 70 + 27 * len(bars)),
    )


def _unit_reading(view: View, found: Ranking, unit: RankedUnit) -> str:
    words = view.words
    said = {"name": unit.name, "rank": str(unit.rank), "score": words.number(float(unit.score or 0), 2)}
    other = next_better(found, unit.code)
    if other is None:
        return words.say("{name}: rank {rank} with {score} points; nobody stands before it.", **said)
    apart = separation(found, unit.code, other)
    leaf, points = apart.points[0]
    return words.say(
        "{name}: rank {rank} with {score} points; {other} is {gap} ahead, most of it in {leaf} ({points}).",
        other=other.name, gap=words.number(apart.total, 2), leaf=words.of(leaf.label), points=words.number(points, 2), **said,
    )  # fmt: skip


def _standard(view: View) -> Drawing:
    found = _ranking(view)
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
        labour=words.number(standard.labour_force_min), share=words.value(100 * standard.weight_present_min, "%"),
    )  # fmt: skip
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
    reading = words.say(
        "In force from {day}; {number} indicators.",
        day=words.day(standard.valid_from),
        number=words.number(len(standard.leaves)),
    )
    return Drawing(reading, Table(columns, rows), body=body, height=420)


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


SCALES = {
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
            _league,
            span=8,
            height=560,
        ),
        Panel(
            "standard",
            message("The standard"),
            message("What counts, and how much"),
            tuple(
                name
                for name in (
                    "posts_developed",
                    "public_welfare_posts",
                    "reporting_on_time",
                    "referral_success",
                    "unemployment_rate",
                    "placed_4050_rate",
                )
                if name in METRICS
            ),
            _standard,
            span=4,
            height=420,
        ),
        Panel(
            "unit",
            message("One unit's score"),
            message("The region in view, or the best one in it: points by indicator; the tick is the most possible"),
            (),
            _unit,
            span=12,
            height=320,
        ),
    ),
    levels=LEVELS,
    quarterly=True,
)
