"""One unit's page: what its score is made of, and how it does among its like."""

from typing import Any, Final

from dashboard import ids
from dashboard.components.grid import grid
from dashboard.drawings.ranked import between, chosen_unit, level_of, measured_by, ranking_of, together
from dashboard.figures.steps import Rise, waterfall
from dashboard.panel import Column, Drawing, Table
from dashboard.ranking.ranking import LeafScore, RankedUnit, Ranking
from dashboard.ranking.rates import interval_in
from dashboard.ranking.standard import Leaf, walk
from dashboard.view import View

HEAD_HEIGHT, ROW_HEIGHT = 64, 31
PEERS: Final = 9  # units of like size, itself among them


def unit_score(view: View) -> Drawing:
    """The points of one unit, part by part, up to its score; each part's interval where chance moves it."""
    found = ranking_of(view)
    unit, words = chosen_unit(view, found), view.words
    leaves = found.leaves(unit.code)
    criteria = [
        words.of(node.label) for node in found.standard.tree.children for each in walk(node) if isinstance(each, Leaf)
    ]
    rises = [
        Rise(
            words.of(leaf.leaf.label),
            leaf.contribution,
            words.say(
                "{points} of {most}", points=words.number(leaf.contribution, 2), most=words.number(leaf.weight, 2)
            ),
            most=leaf.weight,
            group=criterion,
        )
        for leaf, criterion in zip(leaves, criteria, strict=True)
    ]
    rows = [_leaf_row(view, leaf, unit) for leaf in leaves]
    columns = (
        Column("leaf", words.say("indicator")),
        Column("value", words.say("measured"), "score"),
        Column("low", words.say("95 % from"), "score"),
        Column("high", words.say("95 % to"), "score"),
        Column("score", words.say("score of 100"), "score"),
        Column("weight", words.say("weight"), "score"),
        Column("contribution", words.say("points"), "score"),
    )
    total = (words.say("score"), words.number(float(unit.score or 0), 2))
    return Drawing(
        _score_reading(view, found, unit, leaves),
        Table(columns, rows),
        figure=waterfall(rises, total, words.say("points lost")),
        height=110 + 24 * len(rises),
        metrics=measured_by(found),
    )


def _leaf_row(view: View, leaf: LeafScore, unit: RankedUnit) -> dict[str, Any]:
    build, level = view.build.whole, level_of(view)
    interval = interval_in(build, leaf.leaf, level, view.period, together(view), unit=unit.code)
    return {
        "leaf": view.words.of(leaf.leaf.label),
        "value": leaf.value,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "score": leaf.score,
        "weight": leaf.weight,
        "contribution": leaf.contribution,
    }


def _score_reading(view: View, found: Ranking, unit: RankedUnit, leaves: tuple[LeafScore, ...]) -> str:
    words = view.words
    best = max(leaves, key=lambda leaf: leaf.contribution)
    lost = max(leaves, key=lambda leaf: leaf.weight - leaf.contribution)
    return words.say(
        "{name}: rank {rank} of {number} with {score} points; most come from {best}, most are lost in {lost}"
        " ({points}).",
        name=unit.name,
        rank=str(unit.rank),
        number=words.number(len(found.peers)),
        score=words.number(float(unit.score or 0), 2),
        best=words.of(best.leaf.label),
        lost=words.of(lost.leaf.label),
        points=words.number(lost.weight - lost.contribution, 2),
    )


def peers(view: View) -> Drawing:
    """The units nearest in labour force: how it does among its like."""
    found = ranking_of(view)
    unit, words = chosen_unit(view, found), view.words
    size = unit.labour_force or 0
    placed = [each for each in found.units if each.rank is not None and each.labour_force is not None]
    like = sorted(placed, key=lambda each: (abs((each.labour_force or 0) - size), each.code != unit.code))[:PEERS]
    like.sort(key=lambda each: each.rank or 0)
    rows = [
        {
            "code": each.code,
            "name": each.name,
            "labour_force": each.labour_force,
            "rank": each.rank,
            "between": between(each),
            "score": each.score,
            **{criterion.name: criterion.score for criterion in each.criteria},
        }
        for each in like
    ]
    columns = (
        Column("rank", words.say("rank"), "rank"),
        Column("name", words.say("unit")),
        Column("labour_force", words.say("labour force"), "persons"),
        Column("score", words.say("score"), "score"),
        *(Column(node.name, words.of(node.label), "bar") for node in found.standard.tree.children),
        Column("between", words.say("rank between"), "short"),
    )
    table = Table(columns, rows, ("code", "region"))
    height = HEAD_HEIGHT + ROW_HEIGHT * len(like)
    body = grid(ids.panel_grid("ranking", "peers"), table, words, height, here=unit.code)
    reading = words.say(
        "Among the {number} units nearest in labour force, {name} is number {place}.",
        number=str(len(like)),
        name=unit.name,
        place=str([each.code for each in like].index(unit.code) + 1),
    )
    return Drawing(reading, table, body=body, height=height)
