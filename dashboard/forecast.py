"""Year-end values with an 80 % interval and the probability of reaching a target (methods.md c): pure numbers.

What adds up over the year is forecast by the season of earlier years: F = Y ÷ (share of the year done by this day),
from July on the mean with last year's rest scaled by the growth so far. The error is that of the same rule on earlier
years, pooled with the siblings'.

What is a level (a stock, a rate) stays as it is, give or take its usual change over the time left.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, exp, inf, log, sqrt
from typing import Final

from scipy.special import betainc, pdtr, stdtr, stdtrit

POOLED: Final = 4  # earlier years' worth of weight of the siblings' errors
DAMPED: Final = 0.75  # how far growth so far carries into the rest of the year
MIDDLE: Final = 0.5  # of the year: from then on last year's rest is listened to
SMALL: Final = 50  # counts below are forecast as counts
WIDE: Final = 0.27  # spread of a forecast without history at the start of a year (backtest of methods.md c.2)
CERTAIN: Final = 0.01  # a probability is never nearer to 0 or 1 than that while something is open
YEARS: Final = 3
LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True)
class Year:
    """One earlier year of a cumulative figure: what it was by the same day, and in all."""

    by_day: float
    in_all: float


@dataclass(frozen=True)
class Forecast:
    """A year-end value. `spread`: of its logarithm (cumulative) or its own (`is_level`); `degrees` of freedom of t."""

    value: float | None = None
    spread: float = 0.0
    degrees: float = inf
    now: float = 0.0
    is_level: bool = False

    @property
    def low(self) -> float | None:
        """One in ten lies below."""
        return self._quantile(LOW)

    @property
    def high(self) -> float | None:
        """One in ten lies above."""
        return self._quantile(HIGH)

    def probability(self, target: float, direction: str) -> float | None:
        """That the year-end value reaches `target` (does not exceed it, where less is better)."""
        if self.value is None:
            return None
        reached = 1 - self._below(target)
        if direction == "-":
            reached = self._below(target)
        elif not self.is_level and self.now >= target:
            return 1.0
        return min(max(reached, CERTAIN), 1 - CERTAIN)

    def _quantile(self, share: float) -> float | None:
        if self.value is None:
            return None
        if self.is_level:
            return max(0.0, self.value + self.spread * self._t(share))
        rest = self.value - self.now
        if self.value < SMALL:
            return self.now + self._count_quantile(share, rest)
        return max(self.now, self.value * exp(self.spread * self._t(share)))

    def _below(self, target: float) -> float:
        """The probability of less than `target` (of a level: of no more)."""
        value = self.value or 0.0
        if self.is_level:
            return float(stdtr(self.degrees, (target - value) / self.spread)) if self.spread else float(value <= target)
        if value < SMALL:
            return self._count_below(ceil(target - self.now) - 1, value - self.now)
        if target <= 0:
            return 0.0
        if not self.spread:
            return float(value < target)
        return float(stdtr(self.degrees, (log(target) - log(value)) / self.spread))

    def _t(self, share: float) -> float:
        return float(stdtrit(self.degrees, share))

    def _count_below(self, count: int, rest: float) -> float:
        """The probability of at most `count` more: negative binomial, Poisson where the spread is no wider."""
        if count < 0:
            return 0.0
        variance = (self.spread * (self.value or 0.0)) ** 2
        if variance <= rest or rest <= 0:
            return float(pdtr(count, max(rest, 0.0)))
        size = rest * rest / (variance - rest)
        return float(betainc(size, count + 1, size / (size + rest)))

    def _count_quantile(self, share: float, rest: float) -> int:
        count = 0
        while self._count_below(count, rest) < share:
            count += 1
        return count


def cumulative(now: float, earlier: Mapping[int, Year], elapsed: float, siblings: Sequence[float] = ()) -> Forecast:
    """Of a figure that adds up: `now` so far, earlier years, the share of the year elapsed, siblings' errors."""
    value = expected(now, earlier, elapsed)
    own = errors(earlier, elapsed)
    spread, degrees = _pooled(own, siblings, WIDE * (1 - elapsed) ** 1.2)
    return Forecast(value, spread * sqrt(1 + 1 / max(len(earlier), 1)), degrees, now)


def expected(now: float, earlier: Mapping[int, Year], elapsed: float) -> float:
    """The year-end value by the season of the last three of the earlier years; by the days where there is none."""
    known = {year: past for year, past in earlier.items() if past.in_all > 0}
    last = sorted(known)[-YEARS:]
    share = elapsed
    if last:
        share = sum(known[year].by_day for year in last) / sum(known[year].in_all for year in last)
        if len(last) == 1:
            share = (share + elapsed) / 2
    by_season = now / share if share > 0 else now
    if not last or elapsed <= MIDDLE:
        return max(now, by_season)
    before = known[last[-1]]
    growth = (now / before.by_day) ** DAMPED if before.by_day > 0 else 1.0
    return max(now, (by_season + now + (before.in_all - before.by_day) * growth) / 2)


def errors(earlier: Mapping[int, Year], elapsed: float) -> list[float]:
    """ln(actual ÷ forecast) of each earlier year, as it would have been forecast from the years before it."""
    found = []
    for year, past in sorted(earlier.items()):
        before = {other: figures for other, figures in earlier.items() if other < year}
        forecast = expected(past.by_day, before, elapsed)
        if before and forecast > 0 and past.in_all > 0:
            found.append(log(past.in_all / forecast))
    return found


def level(now: float, changes: Sequence[float]) -> Forecast:
    """Of a stock or a rate: as it is, with the spread of its earlier changes over as long a time."""
    if not changes:
        return Forecast(now, now * WIDE, POOLED, now, is_level=True)
    spread = sqrt(sum(change * change for change in changes) / len(changes))
    return Forecast(now, spread * sqrt(1 + 1 / len(changes)), max(len(changes) - 1, 1), now, is_level=True)


def _pooled(own: Sequence[float], siblings: Sequence[float], without: float) -> tuple[float, float]:
    """The spread of errors, own and siblings' (as much as POOLED years of one's own), and its degrees of freedom."""
    common = sum(error * error for error in siblings) / len(siblings) if siblings else without**2
    total = sum(error * error for error in own) + POOLED * common
    return sqrt(total / (len(own) + POOLED)), len(own) + POOLED - 1
