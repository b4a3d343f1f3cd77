"""Days of the demonstration: when it begins and ends, its deliveries, and the seasons of its work.

A day is a whole number (days since 1970-01-01). `NEVER` is later than every day, so that an event that
does not happen needs no mask of its own.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]

NEVER: Final = 1_000_000
LAST_DAY: Final = date(2026, 9, 30)
# Shares of a month against an even year: the spring fairs, the summer's lull, the push before the year is judged.
SEASON: Final = (0.72, 0.66, 1.36, 1.27, 1.06, 0.95, 0.88, 0.80, 1.00, 0.96, 1.14, 1.20)


def day(when: date) -> int:
    """`when` as a whole number of days."""
    return (when - date(1970, 1, 1)).days


def months_of(days: NDArray[Any]) -> Days:
    """Months since year 0 (year × 12 + month − 1) of `days`."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12


def first_days(months: NDArray[Any]) -> Days:
    """The first day of each of `months` (year × 12 + month − 1)."""
    return (months - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def years_of(days: NDArray[Any]) -> Days:
    """Calendar years of `days`."""
    return months_of(days) // 12


@dataclass(frozen=True)
class Calendar:
    """The days on which deliveries are due (`ends`, ascending), and the first day of recorded work (`start`)."""

    ends: tuple[int, ...]
    start: int

    @property
    def end(self) -> int:
        """The last day of the demonstration."""
        return self.ends[-1]

    @property
    def years(self) -> range:
        """Calendar years from the first of recorded work to the last."""
        return range(int(years_of(np.array([self.start]))[0]), LAST_DAY.year + 1)

    @property
    def months(self) -> Days:
        """All months from the first of recorded work to the last."""
        bounds = months_of(np.array([self.start, self.end]))
        return np.arange(bounds[0], bounds[1] + 1)

    def delivery_of(self, days: NDArray[Any]) -> Days:
        """Number of the delivery (from 0) that first knows of each of `days`; `len(ends)` where none does."""
        return np.searchsorted(np.array(self.ends), days, side="left").astype(np.int64)

    def seasonal(self, rng: np.random.Generator, size: int) -> Days:
        """`size` days between start and end, more of them where the year's work is done."""
        days, effort = self._effort()
        inside = (days >= self.start) & (days <= self.end)
        low, high = effort[inside][0], effort[inside][-1]
        return np.interp(rng.uniform(low, high, size), effort, days).astype(np.int64)

    def after(self, days: Days, effort_needed: NDArray[np.float64]) -> Days:
        """The day on which `effort_needed` (in days of an average season) has been spent since each of `days`."""
        grid, effort = self._effort()
        wanted = np.interp(days, grid, effort) + effort_needed
        reached = np.interp(wanted, effort, grid, right=NEVER).astype(np.int64)
        return np.where(reached > self.end, NEVER, reached)

    def _effort(self) -> tuple[Days, NDArray[np.float64]]:
        grid = np.arange(self.start - 1500, self.end + 60, dtype=np.int64)
        weights = np.array(SEASON) / np.mean(SEASON)
        return grid, np.cumsum(weights[months_of(grid) % 12])


def quarterly(years: int) -> Calendar:
    """Deliveries of `years` × 4 quarters up to the last day; recorded work begins with the first one's year."""
    quarters = [LAST_DAY.year * 4 + 2 - back for back in range(years * 4)][::-1]
    months = np.array([quarter // 4 * 12 + quarter % 4 * 3 + 3 for quarter in quarters])
    ends = first_days(months) - 1
    start = first_days(np.array([quarters[0] // 4 * 12]))
    return Calendar(tuple(int(end) for end in ends), int(start[0]))
