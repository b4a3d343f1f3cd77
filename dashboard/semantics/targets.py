"""Targets of a year: how far each is, how far the year is, and what it takes (metrics.md, Targets)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from dashboard.forecast import Forecast
from dashboard.semantics.answer import figures_of
from dashboard.semantics.asking import Asking, day_as_of
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.dimension import LEVELS
from dashboard.semantics.history import Together
from dashboard.semantics.issued import Issued, IssuedTo, issued_at
from dashboard.semantics.metric import Metric
from dashboard.semantics.outlook import Outlook, asked_for
from dashboard.semantics.pace import curves_of, elapsed_by, watch_points_of
from dashboard.semantics.question import Question
from dashboard.semantics.regions import Place
from dashboard.semantics.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from dashboard.warehouse import Build

CLOSE: Final = Decimal("0.05")  # a level target missed by less than that share is still "watch"
ROUNDING: Final = 1e-9  # what doubles may be off where a state's limit is met exactly
PACE_DAYS: Final = 56


@dataclass(frozen=True)
class Target:
    """One target as `reemploy targets` prints it; `completion`, `time_elapsed` in percent, `lead` in points.

    `state`: met, on_track, watch, behind or missing. `weekly_pace`: the actual of the 56 days up to the day, per week.
    """

    target_year: int
    region_code: str
    indicator: str
    issuer: str
    revision: int
    value: float
    actual: float | None
    completion: float | None
    time_elapsed: float | None
    lead: float | None
    state: str
    forecast: float | None
    forecast_low: float | None
    forecast_high: float | None
    probability: float | None
    needed_per_week: float | None
    weekly_pace: float | None = None
    document_no: str | None = None
    signed_on: date | None = None
    owner: str | None = None


@dataclass(frozen=True)
class _Day:
    """The day on which a year's targets are judged: D, or 31 December of a past year; `is_seen`: the year has begun."""

    day: date
    year: int
    is_seen: bool

    @classmethod
    def of(cls, build: "Build", year: int | None, as_of: date | None) -> "_Day":
        """Of the year of D by default; QuestionError."""
        today = day_as_of(build.data_date, as_of)
        year = year or today.year
        return cls(min(today, date(year, 12, 31)), year, is_seen=year <= today.year)

    @property
    def days_left(self) -> int:
        return (date(self.year, 12, 31) - self.day).days


def targets(
    build: "Build",
    region: str | None = None,
    year: int | None = None,
    as_of: date | None = None,
    scope: Scope | None = None,
    *,
    level: str | None = None,
) -> list[Target]:
    """The targets of `year` (that of D by default) of a region and all below it, within `scope` (the build's own).

    QuestionError. `level`: of regions of this level alone. A forecast below the district follows the district's, so
    that every reader is told the same.
    """
    scope = build.scope if scope is None else scope
    judged = _Day.of(build, year, as_of)
    rows = issued_at(build, judged.year, level)
    for within in ([region] if region else None, scope.regions):
        if within is not None:
            places = [build.regions.find(code) for code in within]
            rows = [(place, row) for place, row in rows if place.lies_in(places)]
    judge = _Judge(build, judged, rows)
    return [judge.target(place, row) for place, row in rows]


class TargetsByRegion:
    """The targets of a year and a level: all their figures are counted at once, each is judged when it is asked for.

    A level has thousands of targets, of which a page shows some twenty.
    """

    def __init__(self, build: "Build", year: int, as_of: date, level: str) -> None:
        judged = _Day.of(build, year, as_of)
        rows = issued_at(build, judged.year, level)
        self._judge = _Judge(build, judged, rows)
        self._issued: dict[str, list[IssuedTo]] = {}
        for place, row in rows:
            self._issued.setdefault(row.region_code, []).append((place, row))
        self.of = cache(self._of)

    def _of(self, code: str) -> tuple[Target, ...]:
        """Those of the region of that code."""
        return tuple(self._judge.target(place, row) for place, row in self._issued.get(code, ()))


Promise = TypeVar("Promise", Target, Issued)


class _Figures:
    """What the targets' indicators are, by region, on the day judged."""

    def __init__(self, build: "Build", judged: _Day, scope: Scope, wanted: Iterable[tuple[str, str]]) -> None:
        self.judged = judged
        kinds = set(wanted) if judged.is_seen else set()
        so_far = self._questions(kinds, date(judged.year, 1, 1))
        growing = {kind for kind in kinds if adds_up(METRICS[kind[0]])}
        lately = self._questions(growing, judged.day - timedelta(days=PACE_DAYS - 1))
        ahead = [question for name, level in sorted(kinds) for question in asked_for(METRICS[name], judged.day, level)]
        together = Together(build, scope, [*so_far.values(), *lately.values(), *ahead])
        self.actual = _figures_of(so_far, together)
        self.lately = _figures_of(lately, together)
        outlooks = {name: Outlook(build, METRICS[name], judged.day, scope, together) for name, _ in kinds}
        self.forecast = {(name, level): outlooks[name].forecasts(level) for name, level in kinds}

    def _questions(self, kinds: Iterable[tuple[str, str]], start: date) -> dict[tuple[str, str], Question]:
        """One for each indicator and level, from `start` to the day judged."""
        return {
            (name, level): Question((name,), by=(level,), start=start, end=self.judged.day, as_of=self.judged.day)
            for name, level in sorted(kinds)
            if not METRICS[name].required
        }

    def of(self, found: Mapping[tuple[str, str], Mapping[object, Any]], metric: Metric, place: Place) -> float | None:
        """The figure of a place; what adds up is 0 where it exists and nothing happened."""
        by_code = found.get((metric.name, place.level))
        if by_code is None or metric.required:
            return None
        below = LEVELS.index(place.level) > LEVELS.index(metric.exists_from)
        value = by_code.get(place.code, None if below else metric.empty)
        return None if value is None else float(value)


class _Policies:
    """What the cities' policies say of the pace on a day."""

    def __init__(self, build: "Build", day: date) -> None:
        self._day = day
        self._curves = cache(partial(curves_of, build))
        self._watch = cache(partial(watch_points_of, build))
        self._city_of = cache(build.regions.city_of)

    def of(self, place: Place, indicator: str) -> tuple[float, float]:
        """The share of the year's work due by then, in percent, and the points behind it that are still watch."""
        city = self._city_of(place.code)
        return elapsed_by(self._day, self._curves(city).get(indicator)), self._watch(city)


class _Judge:
    """Judges targets of a year against the figures of all their indicators and levels, counted at once."""

    def __init__(self, build: "Build", judged: _Day, rows: Iterable[IssuedTo]) -> None:
        self._figures = _Figures(build.whole, judged, EVERYTHING, {(row.indicator, place.level) for place, row in rows})
        self._policies = _Policies(build, judged.day)

    def target(self, place: Place, row: Issued) -> Target:
        """The target of a region, judged."""
        figures, judged = self._figures, self._figures.judged
        due, watch = self._policies.of(place, row.indicator)
        metric = METRICS[row.indicator]
        value = float(row.value)
        actual = figures.of(figures.actual, metric, place)
        lately = figures.of(figures.lately, metric, place)
        completion = 100 * actual / value if actual is not None and value else None
        elapsed = due if adds_up(metric) and judged.is_seen else None
        lead = completion - elapsed if completion is not None and elapsed is not None else None
        forecast = figures.forecast.get((metric.name, place.level), {}).get(place.code) or Forecast()
        needed = None if actual is None or judged.days_left == 0 else (value - actual) / (judged.days_left / 7)
        return Target(
            target_year=row.target_year,
            region_code=row.region_code,
            indicator=row.indicator,
            issuer=row.issuer,
            revision=row.revision,
            value=value,
            actual=actual,
            completion=completion,
            time_elapsed=elapsed,
            lead=lead,
            state=state_of(metric, value, actual, lead, watch),
            forecast=forecast.value,
            forecast_low=forecast.low,
            forecast_high=forecast.high,
            probability=forecast.probability(value, metric.direction),
            needed_per_week=needed,
            weekly_pace=None if lately is None else lately / (PACE_DAYS / 7),
            document_no=row.document_no,
            signed_on=row.signed_on,
            owner=row.owner,
        )


def _figures_of(
    questions: Mapping[tuple[str, str], Question], together: Together
) -> dict[tuple[str, str], dict[object, Any]]:
    return {kind: _by_code(together.asking(question), kind[0]) for kind, question in questions.items()}


def _by_code(asking: Asking, indicator: str) -> dict[object, Any]:
    """The figures of a question about one level, by region code."""
    places = asking.build.regions.by_id
    figures = figures_of(asking, METRICS[indicator])
    return {places[key[1]].code: value for key, value in figures.items() if value is not None}


def adds_up(metric: Metric) -> bool:
    """Whether the metric grows over the year towards its target: neither a ratio nor a stock, and more is no worse."""
    return metric.kind in ("flow", "distinct") and metric.direction != "-"


def state_of(metric: Metric, value: float, actual: float | None, lead: float | None, watch: float) -> str:
    """met, on_track, watch, behind, or missing where there is no actual; `watch` in points."""
    if actual is None:
        return "missing"
    less = metric.direction == "-"
    if (actual <= value + ROUNDING) if less else (actual >= value - ROUNDING):
        return "met"
    if adds_up(metric):
        if lead is None:
            return "behind"
        return by_lead(lead, watch)
    limit = value + float(CLOSE) * value * (1 if less else -1)
    close = actual <= limit + ROUNDING if less else actual >= limit - ROUNDING
    return "watch" if close else "behind"


def by_lead(lead: float, watch: float) -> str:
    """on_track, watch or behind, by the points ahead of the pace; `watch` in points."""
    return "on_track" if lead >= -ROUNDING else "watch" if lead >= -watch - ROUNDING else "behind"
