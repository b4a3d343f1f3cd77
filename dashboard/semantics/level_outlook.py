"""What levels and ratios will be at the year's end: a stock moves half as far as it usually does; a ratio of what

happens in the year is the ratio of two forecasts. Both err in their own unit (points, persons), as in earlier years.
"""

from collections.abc import Mapping
from itertools import chain
from math import inf
from statistics import fmean
from typing import Final

from dashboard.forecast import Forecast, spread_of, unknown_variance, variance, variance_of_sum
from dashboard.season import YEARS, Season, Years, season_of
from dashboard.semantics.history import History
from dashboard.semantics.measure import Flow
from dashboard.semantics.metric import Metric

DAMPED: Final = 0.5  # how far a level's usual move to the year's end is believed
MONTHS_BACK: Final = 24
MOST_PERCENT: Final = 100.0
Ends = Mapping[tuple[int, int], Mapping[str, float]]  # figures at the ends of months: by (year, month), by code
Wrong = Mapping[str, Mapping[int, float]]


def runs_over_the_year(metric: Metric) -> bool:
    """Whether a ratio is of what happened since 1 January: both its sums grow over the year."""
    return metric.custom is None and bool(metric.per) and all(isinstance(part, Flow) for part in metric.of + metric.per)


def levels(history: History, metric: Metric, region_level: str, elapsed: float) -> dict[str, Forecast]:
    """As each is now, moved half as far as it usually moved by the year's end."""
    now, ends = history.month_ends(region_level)
    month = min(history.day.month, 11)
    moves = _moves(ends, month)
    wrong = {code: _errors(found) for code, found in moves.items()}
    pools: dict[str, float | None] = dict.fromkeys(now, _pool(wrong))
    if region_level == "city":
        _, below = history.month_ends("district")
        inside = _moves(below, month)
        for code in now:
            pools[code] = variance_of_sum(_errors(inside[each]) for each in history.within(code, inside))
    most = _most(metric)
    made = {}
    for code, value in now.items():
        usual = list(moves.get(code, {}).values())[-YEARS:]
        pool = pools[code]
        if pool is None:
            lately = variance(_lately(ends, code, 12 - month))
            pool = value**2 * unknown_variance(elapsed) if lately is None else lately
        spread, degrees = spread_of(list(wrong.get(code, {}).values()), pool)
        moved = value + (DAMPED * fmean(usual) if usual else 0.0)
        made[code] = Forecast(min(max(0.0, moved), most), spread, degrees, value, is_level=True, most=most)
    return made


def ratios(history: History, metric: Metric, region_level: str, elapsed: float) -> dict[str, Forecast]:
    """Numerator and denominator are forecast each; the error is that of their ratio."""
    above, below = history.parts(region_level)
    rules = season_of(above.earlier, elapsed), season_of(below.earlier, elapsed)
    wrong = {code: _ratio_errors(metric, rules, above.of(code), below.of(code)) for code in below.now}
    pools: dict[str, float | None] = dict.fromkeys(below.now, _pool(wrong))
    if region_level == "city":
        tops, bottoms = history.parts("district")
        for code in below.now:
            pools[code] = variance_of_sum(
                _ratio_errors(metric, rules, tops.of(each), bottoms.of(each))
                for each in history.within(code, bottoms.now)
            )
    made = {}
    for code, amount in below.now.items():
        if amount <= 0:
            continue
        top = rules[0].expected(above.now.get(code, 0.0), above.of(code))
        value = min(metric.scale * top / rules[1].expected(amount, below.of(code)), _most(metric))
        without = value**2 * unknown_variance(elapsed)
        pool = pools[code]
        spread, degrees = spread_of(list(wrong[code].values()), without if pool is None else pool)
        now = metric.scale * above.now.get(code, 0.0) / amount
        made[code] = Forecast(value, spread, degrees, now, is_level=True, most=_most(metric))
    return made


def _ratio_errors(metric: Metric, rules: tuple[Season, Season], above: Years, below: Years) -> dict[int, float]:
    """By how much the ratio of each earlier year differed from what would have been forecast."""
    tops, bottoms = rules[0].said_before(above), rules[1].said_before(below)
    return {
        year: metric.scale * (above[year].in_all / below[year].in_all - tops[year] / bottoms[year])
        for year in tops
        if bottoms.get(year) and below[year].in_all
    }


def _moves(ends: Ends, month: int) -> dict[str, dict[int, float]]:
    """How far each moved in each earlier year from this month's end to the year's, by code, the earliest first."""
    found: dict[str, dict[int, float]] = {code: {} for code in chain.from_iterable(ends.values())}
    for year in sorted({year for year, _ in ends}):
        before = ends.get((year, month), {})
        for code, end in ends.get((year, 12), {}).items():
            if code in before:
                found[code][year] = end - before[code]
    return found


def _errors(moves: Mapping[int, float]) -> dict[int, float]:
    """By how much each earlier year's move differed from half the usual move of the years before it.

    The first year's stands in for an error only where it is the only one: no usual move was known before it.
    """
    values, found = list(moves.values()), {}
    for place, year in enumerate(moves):
        before = values[max(0, place - YEARS) : place]
        if before or len(values) == 1:
            found[year] = values[place] - (DAMPED * fmean(before) if before else 0.0)
    return found


def _lately(ends: Ends, code: str, left: int) -> list[float]:
    """How far it moved within as many months as the year has left, over the last two years."""
    series = [figures[code] for _, figures in sorted(ends.items()) if code in figures][-MONTHS_BACK:]
    return [later - before for before, later in zip(series, series[left:], strict=False)]


def _pool(wrong: Wrong) -> float | None:
    return variance([error for found in wrong.values() for error in found.values()]) if len(wrong) > 1 else None


def _most(metric: Metric) -> float:
    return MOST_PERCENT if metric.unit == "%" else inf
