"""Year-end values with an 80 % interval and the probability of reaching a target (methods.md c.3): pure numbers.

What adds up over the year errs in proportion: its error is that of the logarithm. A level (a stock, a rate) errs in
its own unit. Both err as the same rule did in earlier years, one's own and, as POOLED years of them, the siblings'.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, exp, inf, log, sqrt
from statistics import fmean, pvariance
from typing import Final

from scipy.special import betainc, pdtr, stdtr, stdtrit

POOLED: Final = 4  # earlier years' worth of weight of the siblings' errors
SMALL: Final = 50  # counts below are forecast as counts
WIDE: Final = 0.27  # spread of a forecast without history at the start of a year (backtest of methods.md c.2)
NARROWS: Final = 1.2  # with which power of the time left that spread shrinks
CERTAIN: Final = 0.01  # a probability is never nearer to 0 or 1 than that while something is open
LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True)
class Forecast:
    """A year-end value. `spread`: of its logarithm (what adds up) or its own (`is_level`); `degrees` of freedom of t.

    `most`: what the figure cannot exceed; `is_final`: no day is left, the value is what it is.
    """

    value: float | None = None
    spread: float = 0.0
    degrees: float = inf
    now: float = 0.0
    is_level: bool = False
    most: float = inf
    is_final: bool = False

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
        less = direction == "-"
        if self.is_final:
            return float(self.value <= target if less else self.value >= target)
        if not self.is_level and self.now >= target and not less:
            return 1.0
        reached = self._below(target) if less else 1 - self._below(target)
        return min(max(reached, CERTAIN), 1 - CERTAIN)

    def _quantile(self, share: float) -> float | None:
        if self.value is None or self.is_final:
            return self.value
        if self.is_level:
            return min(max(0.0, self.value + self.spread * self._t(share)), self.most)
        if self.value < SMALL:
            return self.now + self._count_quantile(share, self.value - self.now)
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
        return _quantile_of_t(self.degrees, share)

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


@lru_cache(maxsize=1024)
def _quantile_of_t(degrees: float, share: float) -> float:
    """The forecasts of a level have few degrees of freedom between them."""
    return float(stdtrit(degrees, share))


def final(value: float, *, is_level: bool = False) -> Forecast:
    """What no day can change any more."""
    return Forecast(value, now=value, is_level=is_level, is_final=True)


def spread_of(own: Sequence[float], pool: float) -> tuple[float, float]:
    """The spread of one's own errors and the pool's variance (as much as POOLED years), and its degrees of freedom."""
    size = len(own) + POOLED
    return sqrt((sum(error**2 for error in own) + POOLED * pool) / size), size - 1


def variance(errors: Sequence[float]) -> float | None:
    """Of errors around nothing; None where there are none."""
    return sum(error**2 for error in errors) / len(errors) if errors else None


def variance_of_sum(errors: Iterable[Mapping[int, float]]) -> float | None:
    """Of the sum of regions whose errors by year are given: what they err together stays, what each errs alone shrinks.

    None where no year has at least two regions.
    """
    by_year: dict[int, list[float]] = {}
    for found in errors:
        for year, error in found.items():
            by_year.setdefault(year, []).append(error)
    several = [found for found in by_year.values() if len(found) > 1]
    if not several:
        return None
    alone = fmean(pvariance(found) * len(found) / (len(found) - 1) for found in several)
    every = fmean(error**2 for found in several for error in found)
    return max(every - alone, 0.0) + alone / fmean(len(found) for found in several)


def unknown_variance(elapsed: float, value: float = 0.0, rest: float = 0.0) -> float:
    """Of a forecast without any history: it narrows as the year goes, and holds the chance of counts."""
    chance = max(rest, 0.0) / value**2 if value > 0 else 0.0
    return float((WIDE * max(1 - elapsed, 0.0) ** NARROWS) ** 2 + chance)
