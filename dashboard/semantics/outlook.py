"""What a year's targets will come to: the history that `dashboard.forecast` needs, and forecasts that add up.

Below the district, a region grows by its district's factor; the city is the sum of its districts: all adds up.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from dashboard.forecast import YEARS, Forecast, Year, cumulative, errors, level
from dashboard.semantics.answer import answer
from dashboard.semantics.calendar import month_after
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.dimension import LEVELS
from dashboard.semantics.metric import Metric
from dashboard.semantics.question import Question
from dashboard.semantics.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from dashboard.warehouse import Build

_DISTRICT: Final = LEVELS.index("district")
_MONTHS_BACK: Final = 24


class Outlook:
    """Forecasts of one metric from one day of a build; within a scope, of its part alone."""

    def __init__(self, build: "Build", metric: Metric, day: date, scope: Scope = EVERYTHING) -> None:
        self._build, self._metric, self._day, self._scope = build, metric, day, scope
        self._elapsed = day.timetuple().tm_yday / date(day.year, 12, 31).timetuple().tm_yday

    def forecasts(self, region_level: str) -> dict[object, Forecast]:
        """The forecast of every region of a level, by code."""
        if self._metric.required:
            return {}
        if self._metric.kind in ("stock", "ratio"):
            return self._levels(region_level)
        if self._metric.kind == "distinct":
            return self._apart(region_level)
        return self._added_up(region_level)

    def _levels(self, region_level: str) -> dict[object, Forecast]:
        """As they are now; their spread is that of the changes over as many months as the year has left."""
        ends = [
            month_after(date(self._day.year, self._day.month, 1), 1 - back) - timedelta(1)
            for back in range(_MONTHS_BACK)
        ]
        months = 12 - self._day.month or 1
        now = self._values(region_level, date(self._day.year, 1, 1), self._day)
        series = [self._values(region_level, date(end.year, 1, 1), min(end, self._day)) for end in ends]
        made = {}
        for code, value in now.items():
            past = [month.get(code) for month in series]
            pairs = zip(past, past[months:], strict=False)
            changes = [later - earlier for later, earlier in pairs if later is not None and earlier is not None]
            made[code] = level(value, changes)
        return made

    def _apart(self, region_level: str) -> dict[object, Forecast]:
        now, earlier = self._history(region_level)
        siblings = [error for years in earlier.values() for error in errors(years, self._elapsed)]
        return {code: cumulative(value, earlier[code], self._elapsed, siblings) for code, value in now.items()}

    def _added_up(self, region_level: str) -> dict[object, Forecast]:
        districts = self._apart("district")
        if region_level == "city":
            return self._city(districts)
        if LEVELS.index(region_level) == _DISTRICT:
            return districts
        now, _ = self._history(region_level)
        made = {}
        for code, value in now.items():
            above = districts.get(self._district_of(code))
            if above is not None and above.value is not None:
                factor = above.value / above.now if above.now else 1.0
                made[code] = Forecast(value * factor, above.spread, above.degrees, value)
        return made

    def _city(self, districts: Mapping[object, Forecast]) -> dict[object, Forecast]:
        """The sum of the districts, with the city's own spread: districts err together."""
        total = sum(forecast.value or 0.0 for forecast in districts.values())
        own = self._apart("city")
        return {code: Forecast(total, city.spread, city.degrees, city.now) for code, city in own.items()}

    def _district_of(self, code: object) -> object:
        regions = self._build.regions
        district = regions.find(str(code)).path[_DISTRICT]
        return None if district is None else regions.by_id[district].code

    def _history(self, region_level: str) -> tuple[dict[object, float], dict[object, dict[int, Year]]]:
        """What it is so far, and the earlier years that the data hold whole, by region."""
        day = self._day
        now = self._values(region_level, date(day.year, 1, 1), day)
        earlier: dict[object, dict[int, Year]] = defaultdict(dict)
        for year in range(day.year - YEARS, day.year):
            same_day = date(year, day.month, min(day.day, 28)) if day.month == 2 else day.replace(year=year)  # noqa: PLR2004 - February
            by_day = self._values(region_level, date(year, 1, 1), same_day)
            in_all = self._values(region_level, date(year, 1, 1), date(year, 12, 31))
            if not any(self._values("city", date(year, 1, 1), date(year, 3, 31)).values()):
                continue
            for code, value in in_all.items():
                earlier[code][year] = Year(by_day.get(code, 0.0), value)
        return now, earlier

    def _values(self, region_level: str, start: date, end: date) -> dict[object, float]:
        question = Question((self._metric.name,), by=(region_level,), start=start, end=end, as_of=self._day)
        rows = answer(self._build, question, self._scope).rows
        values = {row["region_code"]: row[self._metric.name] for row in rows}
        return {code: float(str(value)) for code, value in values.items() if value is not None}


def forecasts(build: "Build", indicator: str, region_level: str, day: date, scope: Scope) -> dict[object, Forecast]:
    """The forecast of one indicator for every region of a level, by code."""
    return Outlook(build, METRICS[indicator], day, scope).forecasts(region_level)
