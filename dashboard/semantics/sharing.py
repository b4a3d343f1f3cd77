"""What districts still have to come, shared out among their streets and communities: thousands at once, as arrays.

The key is what each was so far in the year and in all the year before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isnan
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dashboard.forecast import Forecast, spread_of, unknown_variance, variance
from dashboard.season import widened
from dashboard.semantics.history import Progress

Array = NDArray[np.float64]
_YEARS: Final = 0  # earlier years that the key is made of: its errors are taken as those of a season of one


class Parts:
    """Regions of a level, each part of a district: `district_of` says of which, for each in the order of `progress`."""

    def __init__(self, progress: Progress, district_of: Sequence[str]) -> None:
        self.districts = list(dict.fromkeys(district_of))
        position = {code: place for place, code in enumerate(self.districts)}
        self._district = np.array([position[code] for code in district_of], dtype=np.intp)
        self._codes = list(progress.now)
        self._now = self._column(progress.now)
        self._by_day = {year: self._column(amounts) for year, amounts in progress.by_day.items()}
        self._in_all = {year: self._column(amounts) for year, amounts in progress.in_all.items()}

    def shared(self, year: int, left: Mapping[str, float]) -> Array:
        """Each one's figure so far in `year` with its part of what is left of its district; NaN where that is unknown.

        By this year's and last year's figures.
        """
        so_far, last = self._by_day.get(year, self._now), self._in_all.get(year - 1, np.zeros_like(self._now))
        total = self._summed(so_far) + self._summed(last)
        share = np.divide(so_far + last, total, out=np.zeros_like(total), where=total > 0)
        of_district: Array = np.array([left.get(code, np.nan) for code in self.districts])
        shared: Array = so_far + of_district[self._district] * share
        return shared

    def errors(self, year: int, left: Mapping[str, float]) -> Array:
        """By how much sharing out what was left of an earlier year would have erred, as ln(actual ÷ forecast)."""
        said, actual = self.shared(year, left), self._in_all[year]
        found = np.full_like(said, np.nan)
        told = (said > 0) & (actual > 0)
        found[told] = np.log(actual[told] / said[told]) / widened(_YEARS)
        return found

    def _column(self, amounts: Mapping[str, float]) -> Array:
        return np.array([amounts.get(code, 0.0) for code in self._codes])

    def _summed(self, amounts: Array) -> Array:
        """The sum of its district, for each."""
        sums = np.zeros(len(self.districts))
        np.add.at(sums, self._district, amounts)
        of_each: Array = sums[self._district]
        return of_each


@dataclass(frozen=True)
class PartForecasts(Mapping[str, Forecast]):
    """The forecasts of parts by code, each made when it is asked for.

    `expected` and the `errors` of each earlier year in the order of `now`; `elapsed` of the year.
    """

    now: Mapping[str, float]
    expected: Array
    errors: Sequence[Array]
    elapsed: float

    def __getitem__(self, code: str) -> Forecast:
        place = self._places[code]
        own = [float(errors[place]) for errors in self.errors if not isnan(errors[place])]
        return grown(self.now[code], float(self.expected[place]), own, self._pool, (len(self.errors), self.elapsed))

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {code: place for place, code in enumerate(self.now)}

    @cached_property
    def _pool(self) -> float | None:
        """The variance of all errors."""
        return variance([error for errors in self.errors for error in errors[~np.isnan(errors)].tolist()])


def grown(now: float, value: float, errors: Sequence[float], pool: float | None, known: tuple[int, float]) -> Forecast:
    """The forecast `value` of what adds up, from its own errors and the variance of the pool, if any.

    `known`: how many earlier years are, and the share of this year that is over.
    """
    years, elapsed = known
    if pool is None:
        spread, degrees = spread_of([], unknown_variance(elapsed, value, value - now))
        return Forecast(value, spread, degrees, now)
    spread, degrees = spread_of(errors, pool)
    return Forecast(value, spread * widened(years), degrees, now)
