"""The league table: score, rank, how sure it is, how it moved, and the score of each criterion."""

from collections import Counter
from dataclasses import replace
from typing import Any, Final

from dashboard import ids
from dashboard.components.grid import grid
from dashboard.drawings.last_ranking import Last, last_ranking
from dashboard.drawings.ranked import between, inside, measured_by, moved, ranking_of, reason_said
from dashboard.panel import Column, Drawing, Table, Withheld
from dashboard.ranking.change import Standing
from dashboard.ranking.ranking import RankedUnit, Ranking
from dashboard.view import View

LEAGUE_HEIGHT: Final = 600
HEAD_HEIGHT, ROW_HEIGHT = 64, 31
# Codes, both ends of the interval and the former score stand in the table view and the download.
_ONLY_IN_TABLE: Final = ("code", "low", "high", "before", "change")


def league(view: View) -> Drawing:
    """The table of the units in the region in view, by rank, then those not ranked with the reason."""
    found = ranking_of(view)
    units = inside(view, found.units)
    if not units:
        raise Withheld("no_rows")
    table = league_table(view, found, units, last_ranking(view))
    shown = replace(table, columns=tuple(column for column in table.columns if column.name not in _ONLY_IN_TABLE))
    height = min(LEAGUE_HEIGHT, HEAD_HEIGHT + ROW_HEIGHT * len(units))
    body = grid(ids.panel_grid("ranking", "league"), shown, view.words, height, here=view.region.code)
    return Drawing(_reading(view, units), table, body=body, height=height, metrics=measured_by(found))


def _reading(view: View, units: list[RankedUnit]) -> str:
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


def _remark(view: View, unit: RankedUnit, *, shared: bool) -> str:
    """That a rank is shared, why a unit is not ranked, or that its place among the best is not certain."""
    said = [view.words.say("not ranked")] if not unit.eligible else []
    said += [reason_said(view, reason) for reason in unit.reasons]
    if shared:
        said.append(view.words.say("shared rank"))
    if unit.unclear:
        said.append(view.words.say("not clearly in or out"))
    return view.words.listed(said)


def league_table(view: View, found: Ranking, units: list[RankedUnit], last: Last) -> Table:
    """All that is known of the units' standing, as rows."""
    words = view.words
    ranks = Counter(unit.rank for unit in found.units if unit.rank is not None)
    rows = [
        _row(unit, last.rankings.published.get(unit.code))
        | {"remark": _remark(view, unit, shared=unit.rank is not None and ranks[unit.rank] > 1)}
        for unit in units
    ]
    before = words.period(last.period)
    columns = [
        Column("rank", words.say("rank"), "rank"),
        Column("moved", words.say("moved"), "short"),
        Column("code", words.say("code"), "place"),
        Column("name", words.say("unit")),
        Column("score", words.say("score"), "score"),
        Column("before", words.say("score in {period}", period=before), "score"),
        Column("change", words.say("change of score"), "score"),
        *(Column(node.name, words.of(node.label), "bar") for node in found.standard.tree.children),
        Column("low", words.say("best likely rank"), "rank"),
        Column("high", words.say("worst likely rank"), "rank"),
        Column("between", words.say("rank between"), "short"),
        Column("p_best", words.say("chance of the best ten, %"), "bar"),
        Column("remark", words.say("remark")),
    ]
    return Table(tuple(columns), rows, ("code", "region"))


def _row(unit: RankedUnit, before: Standing | None) -> dict[str, Any]:
    both = before is not None and unit.rank is not None and unit.score is not None
    return {
        "code": unit.code,
        "name": unit.name,
        "rank": unit.rank,
        "moved": moved(before.rank - unit.rank if both and before and unit.rank else None),
        "score": unit.score,
        "before": before.score if before else None,
        "change": unit.score - before.score if both and before and unit.score is not None else None,
        "low": unit.low,
        "high": unit.high,
        "between": between(unit),
        "p_best": None if unit.p_best is None else 100 * unit.p_best,
        **{criterion.name: criterion.score for criterion in unit.criteria},
    }
