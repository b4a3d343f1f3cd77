"""What a metric was in earlier years, as forecasts need it: so far and in all, year by year; at the ends of months."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from dashboard.season import Year, Years
from dashboard.semantics.answer import answer, exists
from dashboard.semantics.asking import Asking
from dashboard.semantics.calendar import first_day
from dashboard.semantics.metric import Metric, added
from dashboard.semantics.question import Question
from dashboard.semantics.scope import EVERYTHING, Scope
from dashboard.semantics.summing import Measure

if TYPE_CHECKING:
    from dashboard.warehouse import Build

BACK: Final = 8  # years that are looked back at
SPRING: Final = 3  # months in which a year that is recorded whole has something
WHOLE: Final = 0.5  # a year of less than that share of the next one's was not yet recorded whole
# Amounts by region code and first day of the period (None where not by one), of the days from one to another: by
# (level,), (level, "month") or (level, "year").
Source = Callable[[tuple[str, ...], date, date], Mapping[tuple[str, date | None], float]]
_BY_MONTH: Final = "month"
_BY_YEAR: Final = "year"


@dataclass(frozen=True)
class Progress:
    """How far the regions of a level are this year, and were by the same day and in all in earlier years, by code."""

    now: Mapping[str, float]
    earlier: Mapping[str, Years]

    def of(self, code: str) -> Years:
        """The earlier years of a region; none where it is not in them."""
        return self.earlier.get(code, {})


class Together:
    """Questions about several metrics that add up: each is asked once for all of them, for they share their sums."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._names = tuple(sorted(metric.name for metric in metrics if _is_plain(metric)))
        self._asked: dict[tuple[object, ...], Asking] = {}

    def asking(self, build: "Build", question: Question, scope: Scope) -> Asking:
        """The question, of all of them if its metric is one; under way, with what has been found so far."""
        [name] = question.metrics
        if name in self._names:
            question = replace(question, metrics=self._names)
        key = (build, question, scope)
        if key not in self._asked:
            self._asked[key] = Asking(build, question, scope)
        return self._asked[key]


def _is_plain(metric: Metric) -> bool:
    """Whether the metric is a sum of what happened, and nothing more."""
    return metric.kind == "flow" and metric.custom is None and not metric.per and not metric.required


class History:
    """One metric up to a day of a build, within a scope; `together`: with which it is asked."""

    def __init__(
        self, build: "Build", metric: Metric, day: date, scope: Scope, together: Together | None = None
    ) -> None:
        self._build, self._metric, self.day, self._scope = build, metric, day, scope
        self._together = together or Together(())
        # Every level asks for its districts and its city too.
        self._figures = cache(self._asked)
        self._sums = cache(self._sums_of)

    def progress(self, region_level: str) -> Progress:
        """Of a metric that adds up."""
        return self._progress(self._figures, region_level)

    def parts(self, region_level: str) -> tuple[Progress, Progress]:
        """Of a ratio of two sums over the year: its numerator and its denominator."""
        return self._progress(self._sums(self._metric.of), region_level), self._progress(
            self._sums(self._metric.per), region_level
        )

    def month_ends(self, region_level: str) -> tuple[dict[str, float], dict[str, dict[tuple[int, int], float]]]:
        """Of a level: what it is now, and at the end of each whole month known, by (year, month)."""
        now = {code: value for (code, _), value in self._figures((region_level,), self._first, self.day).items()}
        found: dict[str, dict[tuple[int, int], float]] = defaultdict(dict)
        first = date(self.day.year - BACK, 1, 1)
        for (code, month), value in self._figures((region_level, _BY_MONTH), first, _month_end_by(self.day)).items():
            if month is not None:
                found[code][month.year, month.month] = value
        return now, found

    @property
    def _first(self) -> date:
        return date(self.day.year, 1, 1)

    def whole_years(self) -> list[int]:
        """The earlier years that the data hold whole; of a ratio, its denominator."""
        return self._whole(self._sums(self._metric.per) if self._metric.per else self._figures)

    def _progress(self, source: Source, region_level: str) -> Progress:
        if self._metric.kind == "distinct":
            return self._apart(source, region_level)
        in_all: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
        for (code, first), amount in source(
            (region_level, _BY_YEAR), date(self.day.year - BACK, 1, 1), self.day
        ).items():
            if first is not None:
                in_all[code][first.year] += amount
        now = {code: years.get(self.day.year, 0.0) for code, years in in_all.items()}
        whole = self._whole(source)
        by_day = {year: source((region_level,), date(year, 1, 1), _same_day(self.day, year)) for year in whole}
        return Progress(
            now,
            {
                code: {year: Year(by_day[year].get((code, None), 0.0), years[year]) for year in whole}
                for code, years in in_all.items()
            },
        )

    def _apart(self, source: Source, region_level: str) -> Progress:
        """Of what does not add up over months: each stretch is a question of its own."""
        now = {code: amount for (code, _), amount in source((region_level,), self._first, self.day).items()}
        earlier: dict[str, dict[int, Year]] = defaultdict(dict)
        for year in self._whole(source):
            by_day = source((region_level,), date(year, 1, 1), _same_day(self.day, year))
            for key, amount in source((region_level,), date(year, 1, 1), date(year, 12, 31)).items():
                earlier[key[0]][year] = Year(by_day.get(key, 0.0), amount)
        return Progress(now, earlier)

    def _whole(self, source: Source) -> list[int]:
        """The earlier years that the data hold whole, back to the first that they do not."""
        months = source(("city", _BY_MONTH), date(self.day.year - BACK, 1, 1), date(self.day.year - 1, 12, 31))
        in_all: dict[int, float] = defaultdict(float)
        spring: dict[int, float] = defaultdict(float)
        for (_, month), amount in months.items():
            if month is not None:
                in_all[month.year] += amount
                spring[month.year] += amount if month.month <= SPRING else 0.0
        found: list[int] = []
        for year in reversed(self._years):
            if spring[year] <= 0 or in_all[year] < WHOLE * in_all.get(year + 1, 0.0):
                break
            found.append(year)
        return sorted(found)

    @property
    def _years(self) -> range:
        return range(self.day.year - BACK, self.day.year)

    def _asked(self, by: tuple[str, ...], start: date, end: date) -> dict[tuple[str, date | None], float]:
        metric = self._metric
        asking = self._together.asking(self._build, self._question(by, start, end), self._scope)
        if _is_plain(metric) and not asking.shape.scoped:
            return self._added(asking)
        grain = asking.shape.grain
        return {
            (str(row["region_code"]), None if grain is None else first_day(str(row[grain]))): float(
                str(row[metric.name])
            )
            for row in answer(self._build, self._question(by, start, end), self._scope).rows
            if row[metric.name] is not None
        }

    def _added(self, asking: Asking) -> dict[tuple[str, date | None], float]:
        """Of what adds up: the sums as they come; where a region has none, nothing happened in its first period."""
        if not exists(asking, self._metric):
            return {}
        found = self._named(asking, self._metric.of)
        if self._metric.empty is not None:
            for place in asking.listed:
                found.setdefault((place.code, asking.firsts[0]), 0.0)
        return found

    def _named(self, asking: Asking, measures: tuple[Measure, ...]) -> dict[tuple[str, date | None], float]:
        places = self._build.regions.by_id
        amounts = added(asking.amounts(measure) for measure in measures)
        return {(places[key[1]].code, key[0]): float(amount) for key, amount in amounts.items()}

    def _sums_of(self, measures: tuple[Measure, ...]) -> Source:
        @cache
        def of(by: tuple[str, ...], start: date, end: date) -> dict[tuple[str, date | None], float]:
            return self._named(Asking(self._build, self._question(by, start, end), self._scope), measures)

        return of

    def _question(self, by: tuple[str, ...], start: date, end: date) -> Question:
        return Question((self._metric.name,), by=by, start=start, end=end, as_of=self.day)


def _same_day(day: date, year: int) -> date:
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def _month_end_by(day: date) -> date:
    """The last day of the last whole month by `day`."""
    return day if (day + timedelta(days=1)).day == 1 else day.replace(day=1) - timedelta(days=1)


def years_known(build: "Build", metric: Metric, day: date) -> int:
    """How many earlier years a forecast of `metric` made on `day` rests on."""
    return len(History(build, metric, day, EVERYTHING).whole_years())
