"""A ranking drawn: the league table, how sure the ranks are, and what one unit's score is made of."""

from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from dashboard import ids
from dashboard.components.grid import grid
from dashboard.figures.bars import Bar
from dashboard.figures.ranks import Span, contributions, likely_ranks
from dashboard.panel import Column, Drawing, Table, Withheld
from dashboard.period import Period
from dashboard.ranking.eligibility import Reason
from dashboard.ranking.explain import next_better, separation
from dashboard.ranking.official import ranking
from dashboard.ranking.ranking import RankedUnit, Ranking
from dashboard.ranking.reading import LEVELS
from dashboard.ranking.standard import Manual
from dashboard.view import View
from dashboard.warehouse import Build

LEAGUE_HEIGHT: Final = 600
SHOWN: Final = 16  # units in the chart of likely ranks


@lru_cache(maxsize=16)
def ranked(build: Build, period: Period, level: str) -> Ranking:
    """The ranking of a build's period; kept, for a page asks for it in several panels."""
    return ranking(build, period, level)


def ranking_of(view: View) -> Ranking:
    """The ranking of the period and level in view."""
    found = ranked(view.build, view.period, view.selection.level or LEVELS[0])
    if not found.units:
        raise Withheld("no_rows")
    return found


def measured_by(found: Ranking) -> tuple[str, ...]:
    """The metrics that the standard's indicators and rules are measured by."""
    columns = (leaf.measure.column for leaf in found.standard.leaves if not isinstance(leaf.measure, Manual))
    return tuple(dict.fromkeys(columns))


def _inside(view: View, unit: RankedUnit) -> bool:
    """Whether the unit lies in the region in view (a community's peers are those of its street)."""
    return view.area in view.tree.path(view.tree.find(unit.code))


def league(view: View) -> Drawing:
    """The table of the units in the region in view, by rank, then those not ranked with the reason."""
    found = ranking_of(view)
    units = [unit for unit in found.units if _inside(view, unit)]
    if not units:
        raise Withheld("no_rows")
    table = _league_table(view, found, units)
    shown = replace(
        table, columns=tuple(column for column in table.columns if column.name not in ("code", "low", "high"))
    )
    body = grid(ids.panel_grid("ranking", "league"), shown, view.words, LEAGUE_HEIGHT, here=view.region.code)
    return Drawing(_league_reading(view, units), table, body=body, height=LEAGUE_HEIGHT, metrics=measured_by(found))


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


def _between(unit: RankedUnit) -> str:
    """The ranks between which it likely lies: `2–6`, `1`, empty for one not ranked."""
    return str(unit.low or "") if unit.low == unit.high else f"{unit.low}–{unit.high}"


def _remark(view: View, unit: RankedUnit) -> str:
    """Why a unit is not ranked, or that its place among the best is not certain."""
    said = [view.words.say("not ranked")] if not unit.eligible else []
    said += [reason_said(view, reason) for reason in unit.reasons]
    if unit.unclear:
        said.append(view.words.say("not clearly in or out"))
    return view.words.listed(said)


def _league_table(view: View, found: Ranking, units: list[RankedUnit]) -> Table:
    words = view.words
    rows: list[dict[str, Any]] = [
        {
            "code": unit.code,
            "name": unit.name,
            "rank": unit.rank,
            "score": unit.score,
            "low": unit.low,
            "high": unit.high,
            "between": _between(unit),
            "remark": _remark(view, unit),
            **{criterion.name: criterion.score for criterion in unit.criteria},
        }
        for unit in units
    ]
    columns = [
        Column("rank", words.say("rank"), "rank"),
        Column("code", words.say("code"), "place"),
        Column("name", words.say("unit")),
        Column("score", words.say("score"), "score"),
        *(Column(node.name, words.of(node.label), "bar") for node in found.standard.tree.children),
        Column("low", words.say("best likely rank"), "rank"),
        Column("high", words.say("worst likely rank"), "rank"),
        Column("between", words.say("rank between"), "short"),
        Column("remark", words.say("remark")),
    ]
    return Table(tuple(columns), rows, ("code", "region"))


def likely(view: View) -> Drawing:
    """How sure the ranks are: the best units in the region in view with the ranks between which they likely lie."""
    found = ranking_of(view)
    units = [unit for unit in found.units if unit.rank is not None and _inside(view, unit)]
    if not units:
        raise Withheld("no_rows")
    words = view.words
    spans = [
        Span(
            unit.name,
            unit.rank or 0,
            unit.low or 0,
            unit.high or 0,
            words.say(
                "rank {rank}, likely {low} to {high}", rank=str(unit.rank), low=str(unit.low), high=str(unit.high)
            ),
            ("region", unit.code),
            chosen=view.region.level != "community" or unit.code == view.region.code,
        )
        for unit in units[:SHOWN]
    ]
    unclear = [unit for unit in units if unit.unclear]
    reading = words.say(
        "{number} of the units here are not clearly among the best ten or outside.", number=words.number(len(unclear))
    )
    figure = likely_ranks(spans, words.say("rank"), words.say("rank between"))
    return Drawing(reading, _league_table(view, found, units), figure=figure, height=max(220, 80 + 25 * len(spans)))


def _chosen(view: View, found: Ranking) -> RankedUnit:
    """The unit in view, or the best one in the region in view."""
    inside = [unit for unit in found.units if unit.rank is not None and _inside(view, unit)]
    own = [unit for unit in inside if unit.code == view.region.code]
    if not (own or inside):
        raise Withheld("no_rows")
    return (own or inside)[0]


def unit_score(view: View) -> Drawing:
    """The points of one unit by indicator, against the most that each could give."""
    found = ranking_of(view)
    unit = _chosen(view, found)
    words = view.words
    leaves = sorted(found.leaves(unit.code), key=lambda leaf: -leaf.contribution)
    bars = [
        Bar(
            label=words.of(leaf.leaf.label),
            value=leaf.contribution,
            said=words.number(leaf.contribution, 2),
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
        Column("leaf", words.say("indicator")),
        Column("value", words.say("measured"), "score"),
        Column("score", words.say("score of 100"), "score"),
        Column("weight", words.say("weight"), "score"),
        Column("contribution", words.say("points"), "score"),
    )
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
        other=other.name,
        gap=words.number(apart.total, 2),
        leaf=words.of(leaf.label),
        points=words.number(points, 2),
        **said,
    )
