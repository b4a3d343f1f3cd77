"""What a metric was in earlier years, as forecasts need it: so far and in all, year by year; at the ends of months."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from dashboard.season import Year, Years
from dashboard.semantics.answer import exists, figures_of
from dashboard.semantics.asking import Asking
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.measure import Flow
from dashboard.semantics.metric import Figures, Metric, added
from dashboard.semantics.question import Question
from dashboard.semantics.scope import EVERYTHING, Scope
from dashboard.semantics.summing import Measure
from dashboard.semantics.together import asked_together

if TYPE_CHECKING:
    from dashboard.warehouse import Build

BACK: Final = 8  # years that are looked back at
SPRING: Final = 3  # months in which a year that is recorded whole has something
WHOLE: Final = 0.5  # a year of less than that share of the next one's was not yet recorded whole
# By the first day of the period (None where not by one), and by region code.
Amounts = Mapping[date | None, Mapping[str, float]]
# Amounts of the days from one to another: by (level,), (level, "month") or (level, "year").
Source = Callable[[tuple[str, ...], date, date], Amounts]
_BY_MONTH: Final = "month"
_BY_YEAR: Final = "year"


@dataclass(frozen=True)
class Progress:
    """How far the regions of a level are this year, and were by the same day and in all in earlier years, by code."""

    now: Mapping[str, float]
    by_day: Mapping[int, Mapping[str, float]]
    in_all: Mapping[int, Mapping[str, float]]

    def of(self, code: str) -> Years:
        """The earlier years of a region; none where it is not in them."""
        return {
            year: Year(self.by_day[year].get(code, 0.0), amounts[code])
            for year, amounts in self.in_all.items()
            if code in amounts
        }

    @property
    def earlier(self) -> list[Years]:
        """The earlier years of every region that has any."""
        return [self.of(code) for code in dict.fromkeys(chain.from_iterable(self.in_all.values()))]


class Together:
    """Questions of several metrics to one build, asked at once; any other question is asked when it comes up.

    What adds up is asked for all such metrics of a level in one question, for they share their sums.
    """

    def __init__(self, build: "Build", scope: Scope, questions: Iterable[Question] = ()) -> None:
        self._build, self._scope = build, scope
        merged: dict[tuple[Question, str], list[str]] = {}
        for question in dict.fromkeys(questions):
            [name] = question.metrics
            plain = _is_plain(METRICS[name])
            merged.setdefault((replace(question, metrics=()), "" if plain else name), []).append(name)
        asked = [replace(alike, metrics=tuple(names)) for (alike, _), names in merged.items()]
        self._asked = {
            replace(asking.question, metrics=(name,)): asking
            for asking in asked_together(build, asked, scope)
            for name in asking.question.metrics
        }

    def asking(self, question: Question) -> Asking:
        """The question under way, with what has been found so far."""
        if question not in self._asked:
            self._asked[question] = Asking(self._build, question, self._scope)
        return self._asked[question]


def _is_plain(metric: Metric) -> bool:
    """Whether the metric is a sum of what happened, and nothing more."""
    return metric.kind == "flow" and metric.custom is None and not metric.per and not metric.required


class History:
    """One metric up to a day of a build, within a scope; `together`: with which it is asked."""

    def __init__(
        self, build: "Build", metric: Metric, day: date, scope: Scope, together: Together | None = None
    ) -> None:
        self._build, self._metric, self.day = build, metric, day
        self._together = together or Together(build, scope)
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

    def now(self, region_level: str) -> Mapping[str, float]:
        """What the regions of a level are this year so far."""
        return self._figures((region_level,), self._first, self.day).get(None, {})

    def month_ends(
        self, region_level: str
    ) -> tuple[Mapping[str, float], Mapping[tuple[int, int], Mapping[str, float]]]:
        """Of a level: what it is now, and at the end of each whole month known, by (year, month)."""
        found = self._figures(*_all_months(region_level, self.day))
        ends = {(month.year, month.month): figures for month, figures in found.items() if month is not None}
        return self.now(region_level), ends

    def city_of(self, code: str) -> str:
        """The code of a region's city."""
        return self._build.regions.city_of(code)

    def within(self, city: str, codes: Iterable[str]) -> list[str]:
        """Those of these regions that lie in a city."""
        return [code for code in codes if self.city_of(code) == city]

    @property
    def _first(self) -> date:
        return date(self.day.year, 1, 1)

    def whole_years(self) -> list[int]:
        """The earlier years that the data hold whole; of a ratio, its denominator."""
        return self._whole(self._sums(self._metric.per) if self._metric.per else self._figures)

    def _progress(self, source: Source, region_level: str) -> Progress:
        if self._metric.kind == "distinct":
            return self._apart(source, region_level)
        years = {
            first.year: amounts
            for first, amounts in source(*_all_years(region_level, self.day)).items()
            if first is not None
        }
        none = dict.fromkeys(chain.from_iterable(years.values()), 0.0)
        whole = self._whole(source)
        return Progress(
            {**none, **years.get(self.day.year, {})},
            {year: self._by_day(source, region_level, year) for year in whole},
            {year: {**none, **years.get(year, {})} for year in whole},
        )

    def _apart(self, source: Source, region_level: str) -> Progress:
        """Of what does not add up over months: each stretch is a question of its own."""
        whole = self._whole(source)
        return Progress(
            source((region_level,), self._first, self.day).get(None, {}),
            {year: self._by_day(source, region_level, year) for year in whole},
            {year: source((region_level,), date(year, 1, 1), date(year, 12, 31)).get(None, {}) for year in whole},
        )

    def _by_day(self, source: Source, region_level: str, year: int) -> Mapping[str, float]:
        """An earlier year up to the same day."""
        return source((region_level,), date(year, 1, 1), _same_day(self.day, year)).get(None, {})

    def _whole(self, source: Source) -> list[int]:
        """The earlier years that the data hold whole, back to the first that they do not."""
        in_all, spring = self._by_year(source) if _adds_up(self._metric) else self._by_months(source)
        found: list[int] = []
        for year in reversed(_years(self.day)):
            if spring.get(year, 0.0) <= 0 or in_all.get(year, 0.0) < WHOLE * in_all.get(year + 1, 0.0):
                break
            found.append(year)
        return sorted(found)

    def _by_year(self, source: Source) -> tuple[dict[int, float], dict[int, float]]:
        """The city's sums of the earlier years, and of their first months."""
        in_all: dict[int, float] = defaultdict(float)
        spring: dict[int, float] = defaultdict(float)
        for first, amounts in source(*_all_years("city", self.day)).items():
            if first is not None and first.year < self.day.year:
                in_all[first.year] += sum(amounts.values())
        for year in in_all:
            spring[year] = sum(source(*_spring(year)).get(None, {}).values())
        return in_all, spring

    def _by_months(self, source: Source) -> tuple[dict[int, float], dict[int, float]]:
        """The same of what does not add up: its months' figures added."""
        in_all: dict[int, float] = defaultdict(float)
        spring: dict[int, float] = defaultdict(float)
        start, end = date(self.day.year - BACK, 1, 1), date(self.day.year - 1, 12, 31)
        for month, amounts in source(("city", _BY_MONTH), start, end).items():
            if month is not None:
                amount = sum(amounts.values())
                in_all[month.year] += amount
                spring[month.year] += amount if month.month <= SPRING else 0.0
        return in_all, spring

    def _asked(self, by: tuple[str, ...], start: date, end: date) -> Amounts:
        asking = self._together.asking(_question(self._metric, by, start, end, self.day))
        found = self._by_period(figures_of(asking, self._metric))
        if self._metric.empty is not None and exists(asking, self._metric):
            # Of what happened, one period without anything says that the region is there.
            firsts = asking.firsts if self._metric.kind == "stock" else asking.firsts[:1]
            there = chain((place.code for place in asking.listed), *found.values())
            empty = dict.fromkeys(there, float(self._metric.empty))
            found |= {first: empty | found.get(first, {}) for first in firsts}
        return found

    def _by_period(self, figures: Figures) -> dict[date | None, dict[str, float]]:
        """Those that are known."""
        places = self._build.regions.by_id
        found: dict[date | None, dict[str, float]] = {}
        for (first, region_id), value in figures.items():
            if value is not None:
                if first not in found:
                    found[first] = {}
                found[first][places[region_id].code] = float(value)
        return found

    def _sums_of(self, measures: tuple[Measure, ...]) -> Source:
        @cache
        def of(by: tuple[str, ...], start: date, end: date) -> Amounts:
            asking = self._together.asking(_question(self._metric, by, start, end, self.day))
            return self._by_period(added(asking.amounts(measure) for measure in measures))

        return of


def progress_questions(metric: Metric, day: date, region_level: str) -> Iterator[Question]:
    """What `progress` and `parts` ask of a level, of what adds up."""
    yield from _whole_questions(metric, day)
    yield _question(metric, *_all_years(region_level, day), day)
    for year in _years(day):
        yield _question(metric, (region_level,), date(year, 1, 1), _same_day(day, year), day)


def _whole_questions(metric: Metric, day: date) -> Iterator[Question]:
    """What tells which years are whole."""
    yield _question(metric, *_all_years("city", day), day)
    for year in _years(day):
        yield _question(metric, *_spring(year), day)


def month_end_questions(metric: Metric, day: date, region_level: str) -> Iterator[Question]:
    """What `month_ends` asks of a level."""
    yield _question(metric, (region_level,), date(day.year, 1, 1), day, day)
    yield _question(metric, *_all_months(region_level, day), day)


def _question(metric: Metric, by: tuple[str, ...], start: date, end: date, day: date) -> Question:
    return Question((metric.name,), by=by, start=start, end=end, as_of=day)


def _adds_up(metric: Metric) -> bool:
    """Whether years are the sums of their days; of a ratio, those of its denominator."""
    return metric.custom is None and all(isinstance(each, Flow) for each in metric.per or metric.of)


def _years(day: date) -> range:
    return range(day.year - BACK, day.year)


def _all_years(region_level: str, day: date) -> tuple[tuple[str, ...], date, date]:
    return (region_level, _BY_YEAR), date(day.year - BACK, 1, 1), day


def _all_months(region_level: str, day: date) -> tuple[tuple[str, ...], date, date]:
    return (region_level, _BY_MONTH), date(day.year - BACK, 1, 1), _month_end_by(day)


def _spring(year: int) -> tuple[tuple[str, ...], date, date]:
    return ("city",), date(year, 1, 1), date(year, SPRING, 31)


def _same_day(day: date, year: int) -> date:
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def _month_end_by(day: date) -> date:
    """The last day of the last whole month by `day`."""
    return day if (day + timedelta(days=1)).day == 1 else day.replace(day=1) - timedelta(days=1)


def years_known(build: "Build", metrics: Iterable[Metric], day: date) -> int | None:
    """How many earlier years forecasts of the metrics made on `day` rest on, at the fewest; None of no metrics."""
    metrics = tuple(dict.fromkeys(metrics))
    questions = [question for metric in metrics if _adds_up(metric) for question in _whole_questions(metric, day)]
    together = Together(build, EVERYTHING, questions)
    return min((len(History(build, each, day, EVERYTHING, together).whole_years()) for each in metrics), default=None)
