"""The warehouse's units × indicators: what a standard needs of one period, by the metrics that pages show.

Computed as at min(period's end, D), stocks on that day; rates that need time take the events whose term ends in the
period. Assessments are given to communities: a street's or district's manual points are the mean of its communities'.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from dashboard.period import Period
from dashboard.ranking.assessments import Points, points_of, vetoes_of
from dashboard.ranking.scale import Floats
from dashboard.ranking.standard import Manual, Standard
from dashboard.ranking.table import Table
from dashboard.semantics.answer import answer
from dashboard.semantics.dimension import LEVELS
from dashboard.semantics.question import Question
from dashboard.semantics.regions import Place

if TYPE_CHECKING:
    from dashboard.warehouse import Build

_LABOUR_FORCE: Final = "labour_force"


def warehouse_table(build: "Build", standard: Standard, period: Period, level: str) -> Table:
    """The table of `level`'s units valid at the period's end (cut at D) for the leaves of `standard`."""
    places = build.regions.valid(level, ranking_day(build, period))
    columns = _metrics(build, standard, period, level, places)
    labour_force = columns["metric", _LABOUR_FORCE]
    manual = points_of(build, period) if _items(standard) else {}
    givers: dict[str, tuple[str, ...]] = {}
    for item in _items(standard):
        columns["item", item], givers[item] = _points(build, manual.get(item, {}), level, places)
    return Table(
        units=tuple(place.code for place in places),
        names=tuple(place.name for place in places),
        columns=columns,
        labour_force=np.where(labour_force > 0, labour_force, np.nan),
        vetoes=vetoes_of(build, period) if level == "community" else {},
        givers=givers,
    )


def ranking_day(build: "Build", period: Period) -> date:
    """min(period's end, D)."""
    return min(period.end, build.data_date) if build.data_date else period.end


def _metrics(
    build: "Build", standard: Standard, period: Period, level: str, places: list[Place]
) -> dict[tuple[str, str], Floats]:
    named = [leaf.measure.column for leaf in standard.leaves if not isinstance(leaf.measure, Manual)]
    metrics = tuple(dict.fromkeys([*named, _LABOUR_FORCE]))
    question = Question(metrics, by=(level,), start=period.start, end=period.end, ripe=True)
    rows = {row["region_code"]: row for row in answer(build, question).rows}
    return {("metric", name): _column([rows.get(place.code) for place in places], name) for name in metrics}


def _column(rows: Iterable[Mapping[str, Any] | None], name: str) -> Floats:
    found = [None if row is None else row[name] for row in rows]
    return np.array([np.nan if value is None else float(value) for value in found], dtype=np.float64)


def _items(standard: Standard) -> tuple[str, ...]:
    return tuple(dict.fromkeys(leaf.measure.column for leaf in standard.leaves if isinstance(leaf.measure, Manual)))


def _above(build: "Build", region_id: int, level: str) -> int | None:
    return build.regions.by_id[region_id].path[LEVELS.index(level)]


def _points(
    build: "Build", given: Mapping[int, Points], level: str, places: list[Place]
) -> tuple[Floats, tuple[str, ...]]:
    below: dict[int | None, list[Points]] = defaultdict(list)
    for region_id, points in given.items():
        below[_above(build, region_id, level)].append(points)
    groups = [below.get(place.region_id, []) for place in places]
    means = [sum(one.points for one in group) / len(group) if group else np.nan for group in groups]
    return np.array(means, dtype=np.float64), tuple(_giver(group) for group in groups)


def _giver(group: list[Points]) -> str:
    said = {one.giver for one in group}
    return said.pop() if len(said) == 1 else "mixed" if said else ""
