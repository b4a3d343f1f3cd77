"""What a leaf's rate is made of, unit by unit: the counts that its interval and its funnel need.

Only a share of things counted, or a number of things per 1,000 labour force, has an interval of chance; a sum of
yuan, a median or a manual point has none.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from dashboard.period import Period
from dashboard.ranking.amounts import amounts_of
from dashboard.ranking.funnel import Counted, Funnel, Kind, funnel, interval_of
from dashboard.ranking.indicators import metrics_of, ranking_day
from dashboard.ranking.intervals import Interval
from dashboard.ranking.official import standard_of_city
from dashboard.ranking.scale import Floats
from dashboard.ranking.standard import Leaf, Manual
from dashboard.remembered import remembered
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.metric import PERCENT

if TYPE_CHECKING:
    from dashboard.warehouse import Build

_LABOUR_FORCE: Final = "labour_force"
_COUNTED: Final = frozenset({"persons", "posts", "placements", "referrals", "trainings", "fairs", "entities",
                             "households", "loans"})  # fmt: skip


def kind_of(leaf: Leaf) -> Kind | None:
    """Whether a leaf is a proportion, a rate of counts, or neither."""
    measure = leaf.measure
    metric = None if isinstance(measure, Manual) else METRICS.get(measure.column)
    if isinstance(measure, Manual) or metric is None or metric.custom is not None or metric.required:
        return None
    if metric.per:
        return "proportion" if metric.scale == PERCENT else None
    return "rate" if measure.per_1000_labour_force and metric.unit in _COUNTED else None


class _Counts(NamedTuple):
    """Numerator and denominator of each unit; NaN where the denominator is missing."""

    units: list[str]
    counts: Floats
    of: Floats


def _counts(build: "Build", leaf: Leaf, level: str, period: Period, among: tuple[Period, ...]) -> _Counts:
    """Of the units of `level`, in `period` as a ranking computes it (`among`: as there)."""
    metric = METRICS[leaf.measure.column]
    asked = metrics_of(standard_of_city(build, period))
    names = asked if metric.name in asked else (metric.name, _LABOUR_FORCE)
    among = among if period in among else (period,)
    amounts, row = amounts_of(build, names, level, among), among.index(period)
    places = build.regions.valid(level, ranking_day(build, period))
    units = [amounts.columns[place.region_id] for place in places]
    counts = np.nan_to_num(amounts.sums(metric.of)[row, units])
    bases = amounts.sums(metric.per or METRICS[_LABOUR_FORCE].of)[row, units]
    return _Counts([place.code for place in places], counts, bases)


# A rate of 1 as a leaf states it: in percent, or per 1,000 labour force.
PER: Final[dict[Kind, int]] = {"proportion": 100, "rate": 1000}


@remembered(128)
def funnel_of(build: "Build", leaf: Leaf, level: str, period: Period, among: tuple[Period, ...] = ()) -> Funnel | None:
    """The funnel of a leaf in a period, all units of the level being peers; None where chance has no part in it."""
    kind = kind_of(leaf)
    if kind is None:
        return None
    found = _counts(build, leaf, level, period, among)
    each = zip(found.units, found.counts.tolist(), found.of.tolist(), strict=True)
    return funnel([Counted(*one) for one in each], kind)


def interval_in(
    build: "Build", leaf: Leaf, level: str, period: Period, among: tuple[Period, ...] = (), *, unit: str
) -> Interval | None:
    """One unit's 95 % interval as the leaf states its rate; None where it has none, or `funnel_of` none at all."""
    kind = kind_of(leaf)
    if kind is None:
        return None
    units, counts, of = _counts(build, leaf, level, period, among)
    peers = (of > 0) & (counts >= 0)
    at = units.index(unit) if unit in units else None
    if at is None or not peers[at] or (kind == "proportion" and np.any(counts[peers] > of[peers])):
        return None
    found = interval_of(kind, Counted(unit, float(counts[at]), float(of[at])))
    return found and Interval(found.low * PER[kind], found.high * PER[kind])
