"""The figures of all units of a level over several periods at once, as arrays: what rankings ask.

The statements are those of `dashboard.semantics.answer`, and so are the figures: here sums come as columns, for a page
ranks thousands of units over many quarters, and a number in a dictionary costs a hundred times one in an array.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property, reduce
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from dashboard.period import Period, period_before
from dashboard.ranking.scale import Floats
from dashboard.remembered import remembered
from dashboard.semantics.answer import exists
from dashboard.semantics.asking import Asking
from dashboard.semantics.metric import Metric
from dashboard.semantics.question import Question
from dashboard.semantics.scope import EVERYTHING
from dashboard.semantics.summing import Measure, Measures, Shape, Statement

if TYPE_CHECKING:
    from dashboard.warehouse import Build

_GRAINS: Final = {4: "year", 6: "quarter", 7: "month"}  # by the length of a period's name


class _Inexact(Exception):  # noqa: N818 - no fault: decimals are added one by one
    """Sums of decimals are asked for, which an array would round."""


class Amounts:
    """The sums and figures of `metrics` in `periods`, one after another, of all regions of `level`: periods × regions.

    NaN is missing. `periods` are whole months, quarters or years, all of one kind; or it is one period of any kind.
    """

    def __init__(self, build: "Build", metrics: tuple[str, ...], level: str, periods: Sequence[Period]) -> None:
        grain = () if len(periods) == 1 else (_GRAINS[len(periods[0].name)],)
        question = Question(metrics, (level, *grain), start=periods[0].start, end=periods[-1].end, ripe=True)
        self._asking = Asking(build, question, EVERYTHING)
        self._level, self._periods = level, periods
        self._metrics = {metric.name: metric for metric in self._asking.metrics}
        self._ids = [place.region_id for place in build.regions.by_id.values() if place.level == level]
        self._sums: dict[Measure, Floats] = {}

    @cached_property
    def columns(self) -> dict[int, int]:
        """The column of each region_id."""
        return {region_id: at for at, region_id in enumerate(self._ids)}

    def figures(self, name: str) -> Floats:
        """A metric's figures as `answer` gives them, unrounded."""
        metric = self._metrics[name]
        if not exists(self._asking, metric):
            return self._nothing()
        if metric.custom is not None:
            return self._custom(metric)
        found = self._plain(metric)
        return found if metric.empty is None else np.where(np.isnan(found), metric.empty, found)

    def sums(self, measures: Iterable[Measure]) -> Floats:
        """Several measures added up: missing where none of them has a sum."""
        return reduce(_added, (self._sum(measure) for measure in measures))

    def _plain(self, metric: Metric) -> Floats:
        try:
            above = self.sums(metric.of)
            if not metric.per:
                return above
            below = self.sums(metric.per)
        except _Inexact:
            return self._custom(metric)
        known = ~np.isnan(below) & (below != 0)
        return np.divide(metric.scale * np.nan_to_num(above), below, out=self._nothing(), where=known)

    def _custom(self, metric: Metric) -> Floats:
        """What is more than sums of whole numbers: period by period, one by one."""
        found = np.full_like(self._nothing(), np.nan if metric.empty is None else metric.empty)
        for row, period in enumerate(self._periods):
            question = Question((metric.name,), (self._level,), start=period.start, end=period.end, ripe=True)
            for (_, region_id), value in metric.figures(Asking(self._asking.build, question, EVERYTHING)).items():
                if region_id in self.columns:
                    found[row, self.columns[region_id]] = np.nan if value is None else float(value)
        return found

    def _sum(self, measure: Measure) -> Floats:
        if measure not in self._sums:
            self._sums |= self._of_months(measure) or self._of_rows(
                self._asking.together(measure, self._asking.shape), self._asking.shape
            )
        return self._sums[measure]

    def _of_months(self, measure: Measure) -> dict[Measure, Floats]:
        """The measure, and what the same months give; none where months do not hold it."""
        by_month = self._asking.by_month
        together = by_month.together(measure)
        if not together:
            return {}
        if by_month.is_before:
            return dict.fromkeys(together, self._nothing())
        statement, values = by_month.of_months(together)
        found = dict(zip(together, self._read(statement, len(together), values), strict=True))
        name = together[measure].days
        if name != "flow" and len(self._periods) > 1:  # of days that all end months
            return found
        more = by_month.rest(name)
        if more is not None:
            shape, days = more
            groups: dict[object, list[Measure]] = {}
            for each in together:
                groups.setdefault(each.rows(shape), []).append(each)
            for group in groups.values():
                rest = self._of_rows(tuple(group), shape, **days)
                found |= {each: _added(found[each], amounts) for each, amounts in rest.items()}
        return found

    def _of_rows(self, together: Measures, shape: Shape, **values: Any) -> dict[Measure, Floats]:
        asked = together if values else self._asking.wholly(together)
        values = self._asking.whole_months(asked[0], is_timeless=False) | values
        found = self._read(asked[0].statement(asked, shape), len(asked), values, moves=asked[0].moves(shape))
        return dict(zip(together, found, strict=True))

    def _read(self, statement: Statement, width: int, values: dict[str, Any], *, moves: bool = False) -> list[Floats]:
        """The last `width` columns of a statement, by period and region; `moves`: what comes and goes, run up."""
        columns = self._asking.build.columns(statement, **{**self._asking.values, **values})
        if columns is None:
            raise _Inexact
        rows, at = self._rows(columns[:-width]), self._columns_of(columns[-width - 1])
        known = (rows >= 0) & (at >= 0)
        found = []
        for column in columns[-width:]:
            amounts = np.ma.filled(np.ma.asarray(column, dtype=np.float64), np.nan)
            used = known & ~np.isnan(amounts)
            each = self._nothing()
            if moves:
                total = np.zeros_like(each)
                np.add.at(total, (rows[used], at[used]), amounts[used])
                total = np.cumsum(total, axis=0)
                each = np.where(total == 0, np.nan, total)
            else:
                each[rows[used], at[used]] = amounts[used]
            found.append(each)
        return found

    def _rows(self, keys: Sequence[NDArray[Any]]) -> NDArray[np.int64]:
        """The row of each period; without a grain there is one."""
        if self._asking.shape.grain is None:
            return np.zeros(len(keys[0]), dtype=np.int64)
        firsts = np.array(self._asking.firsts, dtype="datetime64[D]")
        days = np.asarray(keys[0]).astype("datetime64[D]")
        at = np.clip(np.searchsorted(firsts, days), 0, len(firsts) - 1)
        return np.where(firsts[at] == days, at, -1)

    def _columns_of(self, regions: NDArray[Any]) -> NDArray[np.int64]:
        """The column of each region; -1: none."""
        at = np.searchsorted(self._sorted[0], regions).clip(max=max(len(self._ids) - 1, 0))
        return np.where(self._sorted[0][at] == regions, self._sorted[1][at], -1) if self._ids else at - 1

    @cached_property
    def _sorted(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The region_ids in order, and their columns."""
        ids = np.array(self._ids, dtype=np.int64)
        order = np.argsort(ids)
        return ids[order], order

    def _nothing(self) -> Floats:
        return np.full((len(self._asking.firsts), len(self._ids)), np.nan)


@remembered(16)
def amounts_of(build: "Build", metrics: tuple[str, ...], level: str, periods: tuple[Period, ...]) -> Amounts:
    """The amounts of a build, asked once: of the same ones a ranking and its funnels are made."""
    return Amounts(build, metrics, level, periods)


def are_one_question(periods: Sequence[Period]) -> bool:
    """Whether periods are whole months, quarters or years, one after another, which one question can ask."""
    kinds = {len(period.name) for period in periods}
    follow = all(period_before(after) == before for before, after in pairwise(periods))
    return len(kinds) == 1 and kinds <= set(_GRAINS) and follow


def _added(first: Floats, second: Floats) -> Floats:
    """Missing where both are."""
    return np.where(np.isnan(first), second, np.where(np.isnan(second), first, first + second))
