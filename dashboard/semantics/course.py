"""The course of a target over its year: what each month's end said, since when it is behind, when it was reached."""

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING

from dashboard.semantics.answer import answer
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.dimension import LEVELS
from dashboard.semantics.pace import curves_of, elapsed_by, watch_points_of
from dashboard.semantics.question import Question
from dashboard.semantics.targets import ROUNDING, Target, adds_up, state_of

if TYPE_CHECKING:
    from dashboard.warehouse import Build

Figures = Mapping[str, Mapping[int, float]]  # by region code and month, as at the month's end (or the day judged)


@dataclass(frozen=True)
class Point:
    """One month's end, or the day judged: the figure then, what was due by then (of what adds up), and the state."""

    day: date
    actual: float | None
    due: float | None
    state: str


@dataclass(frozen=True)
class Course:
    """A target month by month, up to the day judged."""

    points: tuple[Point, ...]

    @property
    def since(self) -> Point | None:
        """The first of the points from which the present state has held without a break."""
        held: Point | None = None
        for point in reversed(self.points):
            if point.state != self.points[-1].state:
                break
            held = point
        return held

    def month_reached(self, value: float) -> int | None:
        """The month (1 … 12) by whose end a figure that adds up had come to `value`."""
        return next((p.day.month for p in self.points if p.actual is not None and p.actual >= value - ROUNDING), None)


def courses(build: "Build", targets: Sequence[Target], day: date) -> list[Course]:
    """The course of each of `targets`, all of one indicator and one level of regions, up to `day` of their year."""
    if not targets:
        return []
    metric = METRICS[targets[0].indicator]
    figures = _figures(build, targets, day)
    curves, watches = cache(partial(curves_of, build)), cache(partial(watch_points_of, build))
    made = []
    for target in targets:
        code = build.regions.find(target.region_code).code
        city = build.regions.city_of(code)
        curve, watch = curves(city).get(metric.name), watches(city)
        points = []
        for month in range(1, day.month + 1):
            end = min(day, date(day.year, month, monthrange(day.year, month)[1]))
            actual = figures.get(code, {}).get(month, 0.0 if adds_up(metric) else None)
            due = elapsed_by(end, curve) * target.value / 100 if adds_up(metric) else None
            lead = (
                100 * (actual - due) / target.value if actual is not None and due is not None and target.value else None
            )
            points.append(Point(end, actual, due, state_of(metric, target.value, actual, lead, watch)))
        made.append(Course(tuple(points)))
    return made


def reached_on(build: "Build", targets: Sequence[Target], of: Sequence[Course]) -> list[date | None]:
    """The day on which each of the targets of courses `of` was reached; None where it has not, or does not add up."""
    so_far = cache(partial(_so_far, build))
    return [_day_reached(build, *each, so_far) for each in zip(targets, of, strict=True)]


def _day_reached(
    build: "Build", target: Target, course: Course, so_far: Callable[[Question], Mapping[str, float]]
) -> date | None:
    if not adds_up(METRICS[target.indicator]):
        return None
    month = course.month_reached(target.value)
    if month is None:
        return None
    end = course.points[month - 1].day
    place = build.regions.find(target.region_code)
    # Days are asked for a whole level at once; of communities, which are many, few stand side by side.
    asked = Question((target.indicator,), by=(place.level,), start=date(end.year, 1, 1))
    asked = replace(asked, region=place.code) if place.level == LEVELS[-1] else asked
    first, last = 1, end.day
    while first < last:  # it never falls: the day is found by halving the month
        middle = (first + last) // 2
        day = end.replace(day=middle)
        if so_far(replace(asked, end=day, as_of=day)).get(place.code, 0.0) >= target.value - ROUNDING:
            last = middle
        else:
            first = middle + 1
    return end.replace(day=first)


def _so_far(build: "Build", question: Question) -> dict[str, float]:
    """A question's figures by region code."""
    [name] = question.metrics
    return {str(row["region_code"]): float(str(row[name] or 0)) for row in answer(build, question).rows}


def _figures(build: "Build", targets: Sequence[Target], day: date) -> Figures:
    """Run up over the months for what adds up; of a ratio over the year so far, each month's end a question."""
    metric = METRICS[targets[0].indicator]
    places = [build.regions.find(target.region_code) for target in targets]
    level, region = places[0].level, build.regions.around(places).code
    asked = Question((metric.name,), (level,), region, start=date(day.year, 1, 1), end=day, as_of=day)
    found: dict[str, dict[int, float]] = {}
    if metric.kind in ("flow", "stock"):
        rows = answer(build, replace(asked, by=(level, "month"))).rows
        for row in rows:
            if row[metric.name] is None:
                continue
            months = found.setdefault(str(row["region_code"]), {})
            month = int(str(row["month"])[-2:])
            months[month] = float(str(row[metric.name])) + (months.get(month - 1, 0.0) if metric.kind == "flow" else 0)
        return found
    for month in range(1, day.month + 1):
        end = min(day, date(day.year, month, monthrange(day.year, month)[1]))
        for row in answer(build, replace(asked, end=end, as_of=end)).rows:
            if row[metric.name] is not None:
                found.setdefault(str(row["region_code"]), {})[month] = float(str(row[metric.name]))
    return found
