"""Since when a build holds what a metric sums: before that nothing was delivered, and 0 is no figure."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, func, select

from dashboard.remembered import remembered
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.distinct import Distinct
from dashboard.semantics.measure import Flow, Stock
from dashboard.semantics.span import Span
from dashboard.semantics.summing import Measure, Statement

if TYPE_CHECKING:
    from dashboard.warehouse import Build


@remembered(256)
def first_months(build: "Build", metrics: Sequence[str]) -> dict[str, date | None]:
    """The first day of the month in which each metric has begun; None where it has not.

    That is the earliest day of what is added up, and of a ratio the later of what stands above and of what stands
    below. The whole build counts: a small place may have its first training long after. Metrics of what has no days (a
    year's offices) are left out.
    """
    sides = {name: [side for side in (METRICS[name].of, METRICS[name].per) if side] for name in metrics}
    days = {measure: _day(measure) for each in sides.values() for side in each for measure in side}
    asked = {measure: _least(day) for measure, day in days.items() if day is not None}
    with build.at_once((statement, {}) for statement in asked.values()):
        least = {measure: build.fetch(statement)[0][0] for measure, statement in asked.items()}
    return {
        name: _later([_earliest([least[measure] for measure in side]) for side in each])
        for name, each in sides.items()
        if all(measure in asked for side in each for measure in side)
    }


def _day(measure: Measure) -> ColumnElement[Any] | None:
    """The day of each of its rows, or the one from which a row stands; None where they have none."""
    if isinstance(measure, Span):
        return measure.begins
    return measure.on if isinstance(measure, Flow | Stock | Distinct) else None


@lru_cache(maxsize=256)
def _least(day: ColumnElement[Any]) -> Statement:
    """The first of all days: the engine knows it without reading a row."""
    return select(func.min(day))


def _earliest(days: Sequence[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _later(days: Sequence[date | None]) -> date | None:
    known = [day for day in days if day is not None]
    return max(known).replace(day=1) if len(known) == len(days) else None
