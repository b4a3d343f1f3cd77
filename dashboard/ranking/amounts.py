"""The figures of all units of a level over several periods at once, as arrays: what rankings ask.

They are those of `dashboard.semantics.answer`: here sums come as columns (`dashboard.ranking.sums`), for a page ranks
thousands of units over many periods, and a number in a dictionary costs a hundred times one in an array.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dashboard.period import Period
from dashboard.ranking.scale import Floats
from dashboard.ranking.sums import added, sums_of
from dashboard.remembered import remembered
from dashboard.semantics.answer import exists
from dashboard.semantics.asking import Asking
from dashboard.semantics.dimension import LEVELS
from dashboard.semantics.metric import Key, Metric
from dashboard.semantics.question import Question
from dashboard.semantics.scope import EVERYTHING
from dashboard.semantics.summing import Measure

if TYPE_CHECKING:
    from dashboard.warehouse import Build


class Amounts:
    """The sums and figures of `metrics` in `periods` of all regions of `level`: periods × regions. NaN is missing."""

    def __init__(self, build: "Build", metrics: tuple[str, ...], level: str, periods: Sequence[Period]) -> None:
        self._askings = [
            Asking(build, Question(metrics, (level,), start=each.start, end=each.end, ripe=True), EVERYTHING)
            for each in periods
        ]
        self._sums = sums_of(build, metrics, tuple(periods))
        self._metrics = {metric.name: metric for metric in self._askings[0].metrics}
        self._level = LEVELS.index(level)
        self._regions = build.regions.by_id
        self._ids = [place.region_id for place in self._regions.values() if place.level == level]
        self._known: dict[Measure, Floats | None] = {}
        self._figures: dict[str, Floats] = {}

    @cached_property
    def columns(self) -> dict[int, int]:
        """The column of each region_id."""
        return {region_id: at for at, region_id in enumerate(self._ids)}

    def figures(self, name: str) -> Floats:
        """A metric's figures as `answer` gives them, unrounded."""
        if name not in self._figures:
            self._figures[name] = self._figures_of(self._metrics[name])
        return self._figures[name]

    def sums(self, measures: Iterable[Measure]) -> Floats:
        """Several measures added up: missing where none of them has a sum."""
        return reduce(added, (self._sum(measure) for measure in measures))

    def _figures_of(self, metric: Metric) -> Floats:
        there = np.array([exists(asking, metric) for asking in self._askings])
        if not there.any():
            return self._nothing()
        empty = np.nan if metric.empty is None else metric.empty
        if metric.custom is not None or any(self._array(each) is None for each in metric.of + metric.per):
            found = self._one_by_one(metric.figures, empty)
        elif metric.per:
            above, below = self.sums(metric.of), self.sums(metric.per)
            known = ~np.isnan(below) & (below != 0)
            found = np.divide(metric.scale * np.nan_to_num(above), below, out=self._nothing(), where=known)
        else:
            found = self.sums(metric.of)
            found = np.where(np.isnan(found), empty, found)
        return np.where(there[:, None], found, np.nan)

    def _sum(self, measure: Measure) -> Floats:
        found = self._array(measure)
        return self._one_by_one(lambda asking: asking.amounts(measure), np.nan) if found is None else found

    def _array(self, measure: Measure) -> Floats | None:
        """The sums of one measure; None where it is no sum of whole numbers."""
        if measure not in self._known:
            found = self._sums.of(measure)
            self._known[measure] = None if found is None else self._of_level(found)
        return self._known[measure]

    def _of_level(self, found: Floats) -> Floats:
        """By region of the level, from sums by the regions that rows name."""
        inside, at = self._above
        total = self._nothing()
        for row, own in enumerate(found[:, inside]):
            there = ~np.isnan(own)
            sums = np.bincount(at[there], own[there], len(self._ids))
            total[row] = np.where(np.bincount(at[there], minlength=len(self._ids)) > 0, sums, np.nan)
        return total

    @cached_property
    def _above(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Which of the regions that rows name lie in one of the level, and in which column of it."""
        ids = [self._regions[each].path[self._level] for each in self._sums.ids]
        pairs = [(own, self.columns[each]) for own, each in enumerate(ids) if each in self.columns]
        inside, at = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        return inside, at

    def _one_by_one(self, ask: Callable[[Asking], Mapping[Key, Any]], empty: float) -> Floats:
        """What is more than sums of whole numbers: period by period; `empty`: where nothing is said, not even None."""
        found = np.full_like(self._nothing(), empty)
        for row, asking in enumerate(self._askings):
            for (_, region_id), value in ask(asking).items():
                if region_id in self.columns:
                    found[row, self.columns[region_id]] = np.nan if value is None else float(value)
        return found

    def _nothing(self) -> Floats:
        return np.full((len(self._askings), len(self._ids)), np.nan)


@remembered(8)
def amounts_of(build: "Build", metrics: tuple[str, ...], level: str, periods: tuple[Period, ...]) -> Amounts:
    """The amounts of a build, asked once: of the same ones a ranking and its funnels are made."""
    return Amounts(build, metrics, level, periods)
