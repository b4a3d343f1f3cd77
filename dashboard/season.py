"""What a figure that adds up will come to by the year's end, by the season of earlier years (methods.md c.1, c.2).

Two rules: the season, F = Y ÷ (share of the year done by this day); and the rest, F = Y + last year's rest, scaled by
the growth so far. The season alone before July, then the mean of both; where ENOUGH earlier years (of a region and its
siblings) show how wrong each rule was, both all year, weighed by that and drawn half-way to equal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt
from typing import Final, NamedTuple

YEARS: Final = 3  # that the season is made of
ENOUGH: Final = 4  # earlier years of which the errors of both rules are known, from which they are weighed
MIDDLE: Final = 0.5  # of the year: from then on last year's rest is listened to in any case


class Year(NamedTuple):
    """One earlier year of a figure that adds up: what it was by the same day, and in all."""

    by_day: float
    in_all: float

    @property
    def rest(self) -> float:
        """What came after the day."""
        return self.in_all - self.by_day

    def times(self, factor: float) -> "Year":
        """The same year of a figure `factor` times as large."""
        return Year(self.by_day * factor, self.in_all * factor)


Years = Mapping[int, Year]


@dataclass(frozen=True)
class Season:
    """How to go on from a day, a share `elapsed` into the year: `weight` of the season beside last year's rest."""

    elapsed: float
    weight: float

    def expected(self, now: float, earlier: Years) -> float:
        """The year-end value of what is `now` so far; by the days alone without a history."""
        known = _known(earlier)
        if not known:
            return now / self.elapsed if self.elapsed > 0 else now
        return self._mixed(now, known, damped=len(known) == 1)

    def said_before(self, earlier: Years) -> dict[int, float]:
        """What would have been forecast for each earlier year, by the years before it; the first has none before it."""
        said = {}
        for year, past in earlier.items():
            before = {other: figures for other, figures in _known(earlier).items() if other < year}
            if before:
                said[year] = self._mixed(past.by_day, before)
        return said

    def errors(self, earlier: Years) -> dict[int, float]:
        """ln(actual ÷ forecast) of each earlier year that could be forecast, as of a season known for certain."""
        return wrong_by(self.said_before(earlier), {year: past.in_all for year, past in earlier.items()})

    def _mixed(self, now: float, known: Years, *, damped: bool = False) -> float:
        by_season = by_share(now, known, self.elapsed, damped=damped)
        if self.weight == 1:
            return by_season
        return self.weight * by_season + (1 - self.weight) * by_rest(now, known, self.elapsed)


def by_share(now: float, known: Years, elapsed: float, *, damped: bool = False) -> float:
    """By the share of the year that the last three years had done by this day; `damped`: believed half-way."""
    last = sorted(known)[-YEARS:]
    share = sum(known[year].by_day for year in last) / sum(known[year].in_all for year in last)
    if share <= 0:  # nothing was ever done by this day: a share would make anything of it
        return by_rest(now, known, elapsed)
    return max(now, now / ((share + elapsed) / 2 if damped else share))


def by_rest(now: float, known: Years, elapsed: float) -> float:
    """By what last year still brought, scaled by the growth so far: the less of the year is gone, the less believed."""
    before = known[max(known)]
    growth = (now / before.by_day) ** ((1 + elapsed) / 2) if before.by_day > 0 else 1.0
    return max(now, now + before.rest * growth)


def season_of(siblings: Iterable[Years], elapsed: float) -> Season:
    """The season of regions that are forecast alike, its weight by how wrong either rule was in their earlier years."""
    rules = (Season(elapsed, 1.0), Season(elapsed, 0.0))
    wrong: list[list[float]] = [[], []]
    for earlier in siblings:
        for found, rule in zip(wrong, rules, strict=True):
            found += [error**2 for error in rule.errors(earlier).values()]
    season, rest = (sum(found) for found in wrong)
    if min(len(found) for found in wrong) < ENOUGH or season + rest == 0:
        return Season(elapsed, 1.0 if elapsed <= MIDDLE else 0.5)
    return Season(elapsed, (rest / (season + rest) + 0.5) / 2)


def wrong_by(said: Mapping[int, float], actual: Mapping[int, float]) -> dict[int, float]:
    """ln(actual ÷ said) by year, as of a season known for certain: a season of n years errs by √(1 + 1/n) as much."""
    before = sorted(year for year, value in actual.items() if value > 0)
    return {
        year: error_of(value, actual[year], before.index(year))
        for year, value in said.items()
        if value > 0 and actual[year] > 0
    }


def error_of(said: float, actual: float, years: int) -> float:
    """ln(actual ÷ said), both above 0, as of a season known for certain; `years`: how many it was made of."""
    return log(actual / said) / widened(years)


def widened(years: int) -> float:
    """By how much more a season of so many earlier years errs than one known for certain (methods.md c.3)."""
    return sqrt(1 + 1 / min(max(years, 1), YEARS))


def _known(earlier: Years) -> Years:
    return {year: past for year, past in sorted(earlier.items()) if past.in_all > 0}
