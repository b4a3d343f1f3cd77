"""What a year's targets will come to: forecasts by region that add up, from what `history` knows.

Districts are forecast each by its own season; the city is their sum, as wrong as such sums were in earlier years.
What a district still has to come is shared out among its streets and communities as their figures of both years were.
Levels and ratios are in `level_outlook`.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from dashboard.forecast import Forecast, final, variance, variance_of_sum
from dashboard.season import Season, Years, season_of, wrong_by
from dashboard.semantics.dimension import LEVELS
from dashboard.semantics.history import History, Progress, Together, month_end_questions, progress_questions
from dashboard.semantics.level_outlook import levels, ratios, runs_over_the_year
from dashboard.semantics.metric import Metric
from dashboard.semantics.question import Question
from dashboard.semantics.scope import EVERYTHING, Scope
from dashboard.semantics.sharing import PartForecasts, Parts, grown

if TYPE_CHECKING:
    from dashboard.warehouse import Build

_DISTRICT: Final = LEVELS.index("district")
Wrong = Mapping[str, Mapping[int, float]]  # ln(actual ÷ forecast) by region code and year


class Outlook:
    """Forecasts of one metric from one day of a build; within a scope, of its part alone."""

    def __init__(
        self,
        build: "Build",
        metric: Metric,
        day: date,
        scope: Scope = EVERYTHING,
        together: Together | None = None,
    ) -> None:
        self._build, self._metric, self._day = build, metric, day
        self._history = History(build, metric, day, scope, together)
        self._elapsed = day.timetuple().tm_yday / date(day.year, 12, 31).timetuple().tm_yday

    def forecasts(self, region_level: str) -> Mapping[str, Forecast]:
        """The forecast of every region of a level, by code; on 31 December nothing is open any more."""
        if self._metric.required:
            return {}
        if _is_over(self._day):
            is_level = self._metric.kind in ("stock", "ratio")
            return {code: final(now, is_level=is_level) for code, now in self._history.now(region_level).items()}
        return self._made(region_level)

    def _made(self, region_level: str) -> Mapping[str, Forecast]:
        if self._metric.kind in ("stock", "ratio"):
            rule = ratios if runs_over_the_year(self._metric) else levels
            return rule(self._history, self._metric, region_level, self._elapsed)
        if self._metric.kind == "distinct":
            return self._apart(self._history.progress(region_level), region_level)
        return self._added_up(region_level)

    def _apart(self, progress: Progress, region_level: str) -> dict[str, Forecast]:
        """Each by its own season: what is distinct does not add up."""
        rule = season_of(progress.earlier, self._elapsed)
        wrong = {code: rule.errors(progress.of(code)) for code in progress.now}
        if region_level == "city":
            below = self._history.progress("district")
            pools = {
                code: variance_of_sum(rule.errors(below.of(each)) for each in self._history.within(code, below.now))
                for code in progress.now
            }
        else:
            pools = dict.fromkeys(progress.now, _pooled(wrong))
        return {
            code: self._forecast(
                now, rule.expected(now, progress.of(code)), (wrong[code], len(progress.of(code))), pools[code]
            )
            for code, now in progress.now.items()
        }

    def _added_up(self, region_level: str) -> Mapping[str, Forecast]:
        city, progress = self._history.progress("city"), self._history.progress("district")
        rule = season_of(progress.earlier, self._elapsed)
        wrong = {code: rule.errors(progress.of(code)) for code in progress.now}
        pool = _pooled(wrong)
        districts = {
            code: self._forecast(
                now,
                rule.expected(now, progress.of(code) or _borrowed(city, self._history.city_of(code), now)),
                (wrong[code], len(progress.of(code))),
                pool,
            )
            for code, now in progress.now.items()
        }
        if LEVELS.index(region_level) == _DISTRICT:
            return districts
        if region_level == "city":
            return self._city(city, progress, rule, districts)
        return self._below(self._history.progress(region_level), progress, rule, districts)

    def _city(
        self, city: Progress, progress: Progress, rule: Season, districts: Mapping[str, Forecast]
    ) -> dict[str, Forecast]:
        """The sum of its districts, as wrong as such sums were: districts err together."""
        made = {}
        for code, now in city.now.items():
            inside = self._history.within(code, progress.now)
            total = sum(districts[each].value or 0.0 for each in inside)
            said = [rule.said_before(progress.of(each)) for each in inside]
            pool = variance_of_sum(rule.errors(progress.of(each)) for each in inside)
            sums = {year: sum(each.get(year, 0.0) for each in said) for year in city.of(code)}
            own = wrong_by(sums, {year: past.in_all for year, past in city.of(code).items()})
            made[code] = self._forecast(now, total, (own, len(city.of(code))), pool)
        return made

    def _below(
        self, progress: Progress, above: Progress, rule: Season, districts: Mapping[str, Forecast]
    ) -> Mapping[str, Forecast]:
        """What each district still has to come, shared out; the errors are those of the same sharing out."""
        parts = Parts(progress, [self._district_of(code) for code in progress.now])
        left = {code: (forecast.value or 0.0) - forecast.now for code, forecast in districts.items()}
        left_before = {code: _left_before(above.of(code), rule) for code in parts.districts}
        values = parts.shared(self._day.year, dict.fromkeys(parts.districts, 0.0) | left)
        errors = [
            parts.errors(year, {code: said[year] for code, said in left_before.items() if year in said})
            for year in progress.in_all
        ]
        return PartForecasts(progress.now, values, errors, self._elapsed)

    def _forecast(
        self, now: float, value: float, history: tuple[Mapping[int, float], int], pool: float | None
    ) -> Forecast:
        """From the value, its own errors and the number of earlier years, and the variance of the pool, if any."""
        own, years = history
        return grown(now, value, list(own.values()), pool, (years, self._elapsed))

    def _district_of(self, code: str) -> str:
        regions = self._build.regions
        district = regions.find(code).path[_DISTRICT]
        return "" if district is None else regions.by_id[district].code


def asked_for(metric: Metric, day: date, region_level: str) -> Iterator[Question]:
    """What the forecasts of a level will ask, as far as it can be told."""
    if metric.required or metric.kind == "distinct" or _is_over(day):
        return
    above = {"city", "district"} if metric.kind == "flow" else {"district"} if region_level == "city" else set()
    adds_up = metric.kind == "flow" or runs_over_the_year(metric)
    for level in sorted({region_level} | above):
        yield from (progress_questions if adds_up else month_end_questions)(metric, day, level)


def _is_over(day: date) -> bool:
    """Whether nothing of the year is left."""
    return (day.month, day.day) == (12, 31)


def _pooled(wrong: Wrong) -> float | None:
    return variance([error for found in wrong.values() for error in found.values()])


def _left_before(earlier: Years, rule: Season) -> dict[int, float]:
    """What would have been said, in each earlier year, to be still to come."""
    return {year: said - earlier[year].by_day for year, said in rule.said_before(earlier).items()}


def _borrowed(cities: Progress, city: str, now: float) -> Years:
    """The city's years in proportion: the season of a district that has no history of its own."""
    total = cities.now.get(city, 0.0)
    return {year: past.times(now / total) for year, past in cities.of(city).items()} if total > 0 else {}
