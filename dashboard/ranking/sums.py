"""Sums of measures by the region that rows name, over several periods at once, as arrays: what rankings are made of.

The statements are those of `dashboard.semantics.answer`. They run as few as can be, those of all periods together, and
what they give serves every level: a region's sum is that of the rows that name it or a region in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from dashboard.period import Period, period_before
from dashboard.ranking.scale import Floats
from dashboard.remembered import remembered
from dashboard.semantics.asking import Asking
from dashboard.semantics.dimension import LEVELS, OWN
from dashboard.semantics.question import Question
from dashboard.semantics.scope import EVERYTHING
from dashboard.semantics.summing import SUM, Measure, Measures, Shape, Statement
from dashboard.statements import Columns

if TYPE_CHECKING:
    from dashboard.warehouse import Build

_GRAINS: Final = {4: "year", 6: "quarter", 7: "month"}  # by the length of a period's name


class Sums:
    """The sums over `periods`, one after another, by the region that rows name: periods × `ids`. NaN is missing."""

    def __init__(self, build: "Build", metrics: tuple[str, ...], periods: Sequence[Period]) -> None:
        self.ids = sorted(build.regions.by_id)
        self._questions = [_Summing(build, metrics, each, self.ids) for each in _questions(build, periods)]
        parts = [(question, part) for question in self._questions for part in question.parts()]
        found = build.columns([(part.statement, part.values) for _, part in parts])
        for (question, part), columns in zip(parts, found, strict=True):
            question.take(part, columns)

    def of(self, measure: Measure) -> Floats | None:
        """Those of one measure; None where it is no sum of whole numbers, and so no array."""
        found = [question.sums.get(measure) for question in self._questions]
        known = [each for each in found if each is not None]
        return np.concatenate(known) if len(known) == len(found) else None


@remembered(4)
def sums_of(build: "Build", metrics: tuple[str, ...], periods: tuple[Period, ...]) -> Sums:
    """The sums of a build, asked once: a page ranks more than one level."""
    return Sums(build, metrics, periods)


def are_one_question(periods: Sequence[Period]) -> bool:
    """Whether periods are whole months, quarters or years, one after another, which one question can ask."""
    kinds = {len(period.name) for period in periods}
    follow = all(period_before(after) == before for before, after in pairwise(periods))
    return len(kinds) == 1 and kinds <= set(_GRAINS) and follow


def _questions(build: "Build", periods: Sequence[Period]) -> list[Sequence[Period]]:
    """The periods as few questions ask them: all in one, all but one that is yet to come or over in part, or each."""
    for several in (periods, periods[:-1]):
        if len(several) > 1 and _is_over(build, several[-1]) and are_one_question(several):
            return [several, *([each] for each in periods[len(several) :])]
    return [[each] for each in periods]


def _is_over(build: "Build", period: Period) -> bool:
    return build.data_date is not None and period.end <= build.data_date


@dataclass(frozen=True)
class _Part:
    """A statement, of whose last columns each adds to the sums of a measure; `moves`: what comes and goes, run up."""

    statement: Statement
    values: dict[str, Any]
    measures: Measures
    moves: bool = False


class _ByRegion(Asking):
    """A question by the region that rows name, whatever its level."""

    @cached_property
    def shape(self) -> Shape:
        """All of the question but its values."""
        return replace(super().shape, level=OWN, each=None)


class _Summing:
    """One question: of periods of one kind, one after another, or of a single one."""

    def __init__(self, build: "Build", metrics: tuple[str, ...], periods: Sequence[Period], ids: Sequence[int]) -> None:
        grain = () if len(periods) == 1 else (_GRAINS[len(periods[0].name)],)
        question = Question(metrics, (LEVELS[-1], *grain), start=periods[0].start, end=periods[-1].end, ripe=True)
        self._asking = _ByRegion(build, question, EVERYTHING)
        self._ids = np.array(ids, dtype=np.int64)
        self.sums: dict[Measure, Floats | None] = {}

    def parts(self) -> Iterator[_Part]:
        """The statements that it takes, each once."""
        asked = (each for metric in self._asking.metrics if metric.custom is None for each in metric.of + metric.per)
        for measure in asked:
            if measure in self.sums or measure.aggregate is not SUM:
                continue
            by_month = self._asking.by_month
            together = by_month.together(measure) or dict.fromkeys(self._alike(measure))
            self.sums |= dict.fromkeys(together, self._nothing())
            if not by_month.holds(measure):
                yield self._of_rows(tuple(together))
            elif not by_month.is_before:
                yield from self._of_months(measure, tuple(together))

    def take(self, part: _Part, columns: Columns | None) -> None:
        """Add what a statement gave."""
        found = self._read(columns, len(part.measures), moves=part.moves) if columns else None
        for at, measure in enumerate(part.measures):
            before = self.sums[measure]
            self.sums[measure] = None if found is None or before is None else added(before, found[at])

    def _alike(self, measure: Measure) -> Measures:
        return tuple(each for each in self._asking.together(measure, self._asking.shape) if each.aggregate is SUM)

    def _of_months(self, measure: Measure, together: Measures) -> Iterator[_Part]:
        by_month = self._asking.by_month
        held = by_month.together(measure)
        statement, values = by_month.of_months(held)
        yield _Part(statement, self._asking.values | values, together)
        name = held[measure].days
        if name != "flow" and self._asking.shape.grain is not None:  # of days that all end months
            return
        for measures, left, more in by_month.left(held):
            yield _Part(left, self._asking.values | more, measures)

    def _of_rows(self, together: Measures) -> _Part:
        asked, shape = self._asking.wholly(together), self._asking.shape
        values = self._asking.values | self._asking.whole_months(asked[0], is_timeless=False)
        return _Part(asked[0].statement(asked, shape), values, together, asked[0].moves(shape))

    def _read(self, columns: Columns, width: int, *, moves: bool) -> list[Floats]:
        """The last `width` columns of a statement, by period and region."""
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
        at = np.searchsorted(self._ids, regions).clip(max=len(self._ids) - 1)
        return np.where(self._ids[at] == regions, at, -1)

    def _nothing(self) -> Floats:
        return np.full((len(self._asking.firsts), len(self._ids)), np.nan)


def added(first: Floats, second: Floats) -> Floats:
    """Missing where both are."""
    return np.where(np.isnan(first), second, np.where(np.isnan(second), first, first + second))
