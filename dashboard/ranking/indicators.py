"""The warehouse's units × indicators: what a standard needs of one period, by the metrics that pages show.

Computed as at min(period's end, D), stocks on that day; rates that need time take the events whose term ends in the
period. Assessments are given to communities: a street's or district's manual points are the mean of its communities'.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from dashboard.period import Period
from dashboard.ranking.amounts import amounts_of
from dashboard.ranking.assessments import Points, points_of, vetoes_of
from dashboard.ranking.scale import Floats
from dashboard.ranking.standard import Manual, Standard
from dashboard.ranking.table import Table
from dashboard.semantics.dimension import LEVELS
from dashboard.semantics.regions import Place

if TYPE_CHECKING:
    from dashboard.warehouse import Build

_LABOUR_FORCE: Final = "labour_force"


def warehouse_table(
    build: "Build", standard: Standard, period: Period, level: str, among: tuple[Period, ...] = ()
) -> Table:
    """The table of `level`'s units valid at the period's end (cut at D) for the leaves of `standard`.

    `among`: periods, this one among them, that are asked together.
    """
    places = build.regions.valid(level, ranking_day(build, period))
    among = among or (period,)
    amounts = amounts_of(build, metrics_of(standard), level, among)
    row, units = among.index(period), [amounts.columns[place.region_id] for place in places]
    columns: dict[tuple[str, str], Floats] = {
        ("metric", name): amounts.figures(name)[row, units] for name in metrics_of(standard)
    }
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


def metrics_of(standard: Standard) -> tuple[str, ...]:
    """The metrics that a standard's leaves measure, and the labour force."""
    named = [leaf.measure.column for leaf in standard.leaves if not isinstance(leaf.measure, Manual)]
    return tuple(dict.fromkeys([*named, _LABOUR_FORCE]))


def _items(standard: Standard) -> tuple[str, ...]:
    return tuple(dict.fromkeys(leaf.measure.column for leaf in standard.leaves if isinstance(leaf.measure, Manual)))


def _above(build: "Build", region_id: int, level: str) -> int | None:
    return build.regions.by_id[region_id].path[LEVELS.index(level)]


def _points(
    build: "Build", given: Mapping[int, Points], level: str, places: Sequence[Place]
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
