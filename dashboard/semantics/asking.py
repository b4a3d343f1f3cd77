"""A question under way: checked, resolved against a build and a scope, with the values of its statements."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dashboard.semantics.by_month import ByMonth, Piece
from dashboard.semantics.calendar import GRAINS, Span, first_by, spans
from dashboard.semantics.catalogue import DIMENSIONS, find_dimension, find_metric
from dashboard.semantics.dimension import LEVELS
from dashboard.semantics.measure import Flow
from dashboard.semantics.metric import Key, Metric, Value
from dashboard.semantics.question import NotAllowedError, Question, QuestionError
from dashboard.semantics.regions import Place
from dashboard.semantics.scope import Scope
from dashboard.semantics.span import run_up
from dashboard.semantics.summing import Measure, Measures, Shape, Statement

if TYPE_CHECKING:
    from dashboard.warehouse import Build

Noted = tuple[Statement, Mapping[str, Any]]


class Asking:
    """One question to one build; QuestionError where it asks for what is not there.

    `noting`: where it writes down the statements that it would ask, instead of asking them.
    """

    def __init__(
        self, build: "Build", question: Question, scope: Scope | None = None, noting: "list[Noted] | None" = None
    ) -> None:
        scope = build.scope if scope is None else scope
        self.build = build
        self.question = question
        self._noting = noting
        self.metrics: list[Metric] = [find_metric(name) for name in question.metrics]
        self.as_of = day_as_of(build.data_date, question.as_of)
        self.start = question.start or date(self.as_of.year, 1, 1)
        self.end = min(question.end or self.as_of, self.as_of)
        if question.end is not None and question.end < self.start:
            raise QuestionError(
                f"期间的终点 {question.end} 早于起点 {self.start}",
                f"the period ends on {question.end}, before it starts on {self.start}",
            )
        self._check_dimensions()
        self._scope = None if scope.regions is None else [build.regions.find(code) for code in scope.regions]
        self._areas = self._chosen_areas()
        self._amounts: dict[tuple[Measure, tuple[str, ...]], dict[Key, Value]] = {}
        self._alike: dict[Shape, dict[Hashable, list[Measure]]] = {}

    @cached_property
    def shape(self) -> Shape:
        """All of the question but its values."""
        by = self.question.by
        return Shape(
            by=tuple(name for name in by if name not in LEVELS and name not in GRAINS),
            level=next((name for name in by if name in LEVELS), None),
            grain=next((name for name in by if name in GRAINS), None),
            areas=tuple((name, level) for name, (level, _) in self._areas.items()),
            where=tuple((name, bool(values - {None}), None in values) for name, values in self._where.items()),
            single=tuple(name for name, values in self._where.items() if len(values) == 1),
            scoped=self._scope is not None,
            ripe=self.question.ripe,
            each=self._each,
        )

    @property
    def uses(self) -> frozenset[str]:
        """The dimensions that break down or filter."""
        return self.shape.uses

    @property
    def is_unseen(self) -> bool:
        """Whether the period lies wholly after D: nothing can be said of it."""
        return self.start > self.as_of

    @cached_property
    def depth(self) -> int:
        """The lowest level that the question is about, as a position in LEVELS."""
        levels = [level for level, _ in self._areas.values()] + [name for name in self.question.by if name in LEVELS]
        return max((LEVELS.index(level) for level in levels), default=0)

    @property
    def _each(self) -> str | None:
        """The level of the region that each figure is of; None where a figure is of several together."""
        alone = all(len(area) == 1 for _, area in self._areas.values()) and self.build.regions.has_one_city
        return LEVELS[self.depth] if alone and self._scope is None else None

    @cached_property
    def positions(self) -> list[int]:
        """Where in a key (first day of the period, region_id, dimensions) each name of `by` stands."""
        others = {name: position + 2 for position, name in enumerate(self.shape.by)}
        return [0 if name in GRAINS else 1 if name in LEVELS else others[name] for name in self.question.by]

    @cached_property
    def firsts(self) -> list[date | None]:
        """The first days of the periods; of a question without a grain, None."""
        return [span.first for span in self.spans] if self.shape.grain else [None]

    @cached_property
    def listed(self) -> list[Place]:
        """The regions side by side that are valid at the end of the period."""
        places: Sequence[Place] = self.build.regions.valid(self.shape.level or "", self.end)
        for _, area in self._areas.values():
            places = [place for place in places if place.touches(area)]
        return [place for place in places if self.owns(place.region_id)]

    def owns(self, region_id: int | None) -> bool:
        """Whether a region lies wholly in the scope."""
        return self._scope is None or (
            region_id is not None and self.build.regions.by_id[region_id].lies_in(self._scope)
        )

    def amounts(self, measure: Measure, extra: tuple[str, ...] = ()) -> Mapping[Key, Value]:
        """The measure's amounts by the question's groups, then by the dimensions `extra`."""
        if (measure, extra) not in self._amounts and not extra:
            self._amounts |= {(each, ()): found for each, found in self.by_month.amounts(measure).items()}
        if (measure, extra) not in self._amounts:
            shape = replace(self.shape, by=self.shape.by + extra)
            together = self.together(measure, shape) if not extra else (measure,)
            for each, found in zip(together, self.summed(together, shape), strict=True):
                self._amounts[each, extra] = found
        return self._amounts[measure, extra]

    def foreseen(self, measure: Measure) -> dict[Key, Value]:
        """The measure's amounts, to be put in by who sums them for several questions at once (`together`)."""
        return self._amounts.setdefault((measure, ()), {})

    def pieces(self, measure: Measure) -> list[Piece] | None:
        """The sums that the measure's amounts are made of; None where they are more than sums over periods."""
        return self.by_month.pieces(measure)

    def is_held(self, measure: Measure) -> bool:
        """Whether months hold the measure's amounts (`dashboard.semantics.by_month`)."""
        return self.by_month.holds(measure)

    def fetch(self, statement: Statement, **more: Any) -> list[tuple[Any, ...]]:
        """The rows of a statement over the question's shape, with the question's values and `more` bound."""
        values = {**self.values, **more}
        if self._noting is not None:
            self._noting.append((statement, values))
            return []
        return self.build.fetch(statement, **values)

    def wholly(self, together: Measures) -> Measures:
        """The same over sums by month between the days at the ends, where all have such."""
        whole = [each.whole for each in together]
        return tuple(each for each in whole if each) if all(whole) else together

    def together(self, measure: Measure, shape: Shape) -> Measures:
        """The measures of the question that go over the same rows: they are summed in one pass."""
        if shape not in self._alike:
            asked = (each for metric in self.metrics for each in metric.of + metric.per)
            alike: dict[Hashable, list[Measure]] = {}
            for each in dict.fromkeys(asked):
                if not self.by_month.holds(each):
                    alike.setdefault(each.rows(shape), []).append(each)
            self._alike[shape] = alike
        found = self._alike[shape].get(measure.rows(shape), [])
        return tuple(found) if measure in found else (*found, measure)

    def summed(self, together: Measures, shape: Shape, **values: date) -> list[dict[Key, Value]]:
        """The amounts of each from the rows themselves; `values`: of other days than the question's."""
        together = together if values else self.wholly(together)
        first, width = together[0], len(together)
        timeless, has_period = first.is_timeless(shape), shape.grain is not None
        if timeless:
            shape = replace(shape, grain=None)
        months = self.whole_months(first, is_timeless=timeless)
        rows = self.fetch(first.statement(together, shape), **(months | values))
        if timeless:
            rows = [(*([] if day is None else [day]), *row) for day in self.firsts for row in rows]
        found = []
        for position in range(-width, 0):
            amounts = [(row[:-width], row[position]) for row in rows if row[position] is not None]
            if first.moves(shape):
                amounts = run_up(amounts, [span.first for span in self.spans])
            found.append({self.key(group, has_period=has_period): amount for group, amount in amounts})
        return found

    def key(self, group: tuple[Any, ...], *, has_period: bool) -> Key:
        """First day of the period, region_id, dimensions; the first two are None where a statement gives none."""
        if not has_period:
            group = (None, *group)
        return group if self.shape.level else (group[0], None, *group[1:])

    @cached_property
    def spans(self) -> list[Span]:
        """The periods; of a question without a grain, the one."""
        return spans(self.start, self.end, self.shape.grain)

    def whole_months(self, measure: Measure, *, is_timeless: bool) -> dict[str, date]:
        """The first days of months between which a row's day within its month does not matter."""
        of_period = isinstance(measure, Flow) and not is_timeless
        until = (self.as_of if is_timeless else self.end) + timedelta(days=1)
        return {"whole_from": first_by(self.start) if of_period else date.min, "whole_until": until.replace(day=1)}

    @cached_property
    def by_month(self) -> ByMonth:
        """What of the question is summed by month already."""
        return ByMonth(self)

    @cached_property
    def values(self) -> dict[str, Any]:
        """The values of its statements, by name."""
        day = timedelta(days=1)
        values: dict[str, Any] = {"start": self.start, "end": self.end, "as_of": self.as_of}
        values |= {"at": self.end, "opening": self.start - day}
        values |= {"firsts": [span.first for span in self.spans], "ats": [span.end for span in self.spans]}
        values["openings"] = [span.start - day for span in self.spans]
        for name in ("first", "at", "opening"):
            values[f"first_{name}"], values[f"last_{name}"] = (
                (values[f"{name}s"] or [None])[0],
                (values[f"{name}s"] or [None])[-1],
            )
        values |= {f"area_{name}": [place.region_id for place in area] for name, (_, area) in self._areas.items()}
        values |= {f"where_{name}": sorted(chosen - {None}) for name, chosen in self._where.items()}
        values["scope"] = [place.region_id for place in self._scope or ()]
        return values

    @cached_property
    def _where(self) -> dict[str, set[Any]]:
        chosen: dict[str, set[Any]] = {}
        for name, value in self.question.where:
            if name not in LEVELS:
                chosen.setdefault(name, set()).add(DIMENSIONS[name].read(value))
        return chosen

    def _chosen_areas(self) -> dict[str, tuple[str, list[Place]]]:
        """Places chosen by `region` and by filters on a level, with that level; within one they are alternatives."""
        regions = self.build.regions
        areas: dict[str, tuple[str, list[Place]]] = {}
        for name, value in self.question.where:
            if name in LEVELS:
                areas.setdefault(name, (name, []))[1].append(_of_level(regions.find(value or ""), name))
        if self.question.region is not None:
            place = regions.find(self.question.region)
            areas["region"] = (place.level, [place])
        for _, area in areas.values():
            if self._scope is not None and not all(place.touches(self._scope) for place in area):
                raise NotAllowedError
        # The whole city needs no test of each row's region.
        return {name: (level, area) for name, (level, area) in areas.items() if not regions.is_all(area)}

    def _check_dimensions(self) -> None:
        asked = [*self.question.by, *(name for name, _ in self.question.where)]
        for name in asked:
            find_dimension(name)
        for kind in (LEVELS, tuple(GRAINS)):
            if sum(name in kind for name in self.question.by) > 1:
                raise QuestionError(f"{'、'.join(kind)} 只能取其一", f"only one of {', '.join(kind)} at a time")
        for name, _ in self.question.where:
            if name in GRAINS:
                raise QuestionError(f"{name} 请用期间筛选", f"filter by {name} with the period's start and end")
        for metric in self.metrics:
            _check_metric(metric, asked)


def _check_metric(metric: Metric, asked: list[str]) -> None:
    for name in asked:
        if name not in LEVELS and name not in GRAINS and name not in metric.dimensions:
            offered = ", ".join(metric.dimensions) or "none but time and place"
            raise QuestionError(
                f"指标 {metric.name} 没有维度 {name}；它的维度：{offered}",
                f"{metric.name} has no dimension {name}; it has {offered}",
            )
    for name in metric.required:
        if name not in asked:
            raise QuestionError(f"指标 {metric.name} 必须按 {name} 细分", f"{metric.name} can only be asked by {name}")


def _of_level(place: Place, level: str) -> Place:
    if place.level != level:
        raise QuestionError(
            f"{place.name}（{place.code}）不是 {level} 级",
            f"{place.name} ({place.code}) is a {place.level}, not a {level}",
        )
    return place


def day_as_of(data_date: date | None, as_of: date | None) -> date:
    """D: the day given or the data date; QuestionError where there is neither, or the day is later than the data."""
    if data_date is None:
        raise QuestionError("尚无任何带日期的数据", "no data with a date has been loaded yet")
    if as_of is not None and as_of > data_date:
        raise QuestionError(
            f"{as_of} 晚于数据日期 {data_date}：尚无数据",
            f"{as_of} is after the data date {data_date}: nothing is known of it",
        )
    return as_of or data_date
